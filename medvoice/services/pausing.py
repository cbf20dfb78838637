"""Pausing the queue: everything, a topic or an account, now or between two days (a safety signal, leaving the
employer). One act on, one act off; the publisher asks before each part."""

from dataclasses import replace
from datetime import datetime

from medvoice.domain.clock import Clock
from medvoice.domain.errors import UserError
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery
from medvoice.domain.pause import Pause, Scope
from medvoice.store.account import AccountStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.pause import PauseStore
from medvoice.store.record import RecordStore
from medvoice.store.topic import TopicStore


class Pausing:
    """Use cases of pauses over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.store = PauseStore(db)
        self.drafts = DraftStore(db)
        self.records = RecordStore(db)

    def start(
        self,
        scope: Scope,
        scope_id: str,
        by: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        reason: str = "",
    ) -> Pause:
        """Pause a scope from `since` (now when it is None) until `until` (until ended when None), both aware.
        Raises UserError `topic_unknown`, `account_unknown`, `pause_ends_before`."""
        now = self.clock.now()
        start = since or now
        if until is not None and until <= max(start, now):
            raise UserError("pause_ends_before")
        with transaction(self.db):
            if scope == "topic":
                TopicStore(self.db).get(scope_id)
            elif scope == "account":
                AccountStore(self.db).get(scope_id)
            else:
                scope_id = ""
            pause = Pause(new_id("z"), scope, scope_id, start, until, " ".join(reason.split()), by, now)
            self.store.save(pause)
            facts: dict[str, object] = {"scope": scope, "of": scope_id, "reason": pause.reason}
            self.records.append("pause_started", by, "", "", facts, now)
        return pause

    def end(self, pause_id: str, by: str) -> Pause:
        """End a pause; what was due meanwhile is looked at by the late policy. Ending twice is as good as
        once. Raises UserError `pause_unknown`."""
        with transaction(self.db):
            pause = self.store.get(pause_id)
            if pause.ended_at is not None:
                return pause
            pause = replace(pause, ended_at=self.clock.now())
            self.store.save(pause)
            facts: dict[str, object] = {"scope": pause.scope, "of": pause.scope_id}
            self.records.append("pause_ended", by, "", "", facts, self.clock.now())
        return pause

    def open(self) -> tuple[Pause, ...]:
        """Pauses that hold now or will, the earliest first."""
        now = self.clock.now()
        return tuple(each for each in self.store.open() if each.until is None or each.until > now)

    def holding(self, delivery: Delivery) -> Pause | None:
        """The pause that keeps a delivery back now, None when none does."""
        now = self.clock.now()
        on = [each for each in self.store.open() if each.is_on(now)]
        if not on:
            return None
        topic_id = self.drafts.get(delivery.draft_id).topic_id
        return next((each for each in on if each.covers(topic_id, delivery.account_id)), None)
