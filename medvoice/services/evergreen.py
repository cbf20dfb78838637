"""Posts that may return. After so many weeks a copy of one comes back as an idea: "Is it still true?" Only
the person makes a draft of it, and the rules read it anew. Nothing returns by itself, and no clearance
comes along."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.clock import Clock, from_text, to_text
from medvoice.domain.draft import Draft, title_of
from medvoice.domain.errors import UserError
from medvoice.services.drafting import Drafting
from medvoice.store.connection import Workspace, transaction
from medvoice.store.plan import PlanStore
from medvoice.store.setting import SettingStore

EVERGREEN_KEY = "planning.evergreen"
LEAST_WEEKS, MOST_WEEKS = 4, 260
QUESTION = "Is it still true?"


@dataclass(frozen=True, slots=True)
class Evergreen:
    """A post that may return `weeks` weeks after `since` (UTC: when it went out, or last came back)."""

    draft_id: str
    weeks: int
    since: datetime

    @property
    def due_at(self) -> datetime:
        return self.since + timedelta(weeks=self.weeks)


class Evergreens:
    """Use cases over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.settings = SettingStore(db)
        self.drafting = Drafting(db, clock)
        self.plan = PlanStore(db)

    def list(self) -> "tuple[Evergreen, ...]":
        """All posts that may return, the next first."""
        rows = json.loads(self.settings.get(EVERGREEN_KEY, "[]"))
        found = [Evergreen(draft_id, weeks, from_text(since)) for draft_id, weeks, since in rows]
        return tuple(sorted(found, key=lambda one: (one.due_at, one.draft_id)))

    def add(self, draft_id: str, weeks: int) -> Evergreen:
        """Let a published post return. Raises UserError `draft_unknown`, `not_published`,
        `weeks_unreadable`."""
        if not LEAST_WEEKS <= weeks <= MOST_WEEKS:
            raise UserError("weeks_unreadable", least=LEAST_WEEKS, most=MOST_WEEKS)
        with transaction(self.db):
            self.drafting.get(draft_id)
            now = self.clock.now()
            posts = self.plan.published_since(now - timedelta(days=3660))
            went_out = [at for posted, _topic, at in posts if posted == draft_id and at <= now]
            if not went_out:
                raise UserError("not_published")
            made = Evergreen(draft_id, weeks, max(went_out))
            self._keep((*(each for each in self.list() if each.draft_id != draft_id), made))
        return made

    def remove(self, draft_id: str) -> None:
        """Let a post return no more; nothing happens when it did not."""
        with transaction(self.db):
            self._keep(tuple(each for each in self.list() if each.draft_id != draft_id))

    def put_back(self, one: Evergreen) -> None:
        """Keep again what was removed, with the moment it last came back: the way back."""
        with transaction(self.db):
            self._keep((*(each for each in self.list() if each.draft_id != one.draft_id), one))

    def titled(self) -> "tuple[tuple[Evergreen, str], ...]":
        """All posts that may return with their titles, the next first; without those whose draft is gone."""
        found: list[tuple[Evergreen, str]] = []
        for each in self.list():
            try:
                found.append((each, title_of(self.drafting.get(each.draft_id))))
            except UserError:
                continue  # `make_due` lets it go
        return tuple(found)

    def make_due(self) -> "tuple[Draft, ...]":
        """An idea for each post whose time has come. A draft that is gone is let go."""
        now, made = self.clock.now(), list[Draft]()
        if not any(each.due_at <= now for each in self.list()):
            return ()
        with transaction(self.db):
            kept: list[Evergreen] = []
            for each in self.list():
                if each.due_at > now:
                    kept.append(each)
                    continue
                try:
                    old = self.drafting.get(each.draft_id)
                except UserError:
                    continue
                copy = self.drafting.duplicate(old.id)  # with the abstracts it draws on
                title = f"{QUESTION} {old.title}".strip()
                made.append(self.drafting.save(copy.id, copy.revision, title=title, is_idea=True))
                kept.append(Evergreen(each.draft_id, each.weeks, now))
            self._keep(tuple(kept))
        return tuple(made)

    def _keep(self, some: "tuple[Evergreen, ...]") -> None:
        rows = [[each.draft_id, each.weeks, to_text(each.since)] for each in some]
        self.settings.save(EVERGREEN_KEY, json.dumps(rows))
