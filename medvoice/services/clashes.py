"""What a moment for a post would clash with: another post in the same hour or close by, too many on one day,
or one that says nearly the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from medvoice.domain.clock import Clock
from medvoice.domain.draft import channel_text
from medvoice.domain.likeness import Likenesses
from medvoice.services.planning import local_day, midnight
from medvoice.store.connection import Workspace
from medvoice.store.draft import DraftStore
from medvoice.store.plan import PlanStore

CLOSE = timedelta(hours=4)
LOOK_BACK = timedelta(days=90)
# More than this on one account and day reads as noise; the networks themselves allow far more.
MOST_A_DAY = 3
Kind = Literal["same_hour", "close", "many", "alike"]


@dataclass(frozen=True, slots=True)
class Clash:
    """`same_hour` and `close` name the other post and its moment (UTC), `many` how many the day has with this
    one, `alike` the other post and the share of word runs in common."""

    kind: Kind
    channel: str
    draft_id: str = ""
    title: str = ""
    at: datetime | None = None
    count: int = 0
    share: float = 0.0


class Clashes:
    """Over one connection; call from the thread that owns it. Keeps what it has read of posts, so that the
    next look is quick: keep the object. `canonical` turns a brand into its generic."""

    def __init__(self, db: Workspace, clock: Clock, canonical: Callable[[str], str] = str) -> None:
        self.clock = clock
        self.store = PlanStore(db)
        self.drafts = DraftStore(db)
        self.likenesses = Likenesses(canonical)
        self.facts: dict[str, tuple[str, str, str, datetime]] = {}

    def of(self, draft_id: str, at: datetime, zone_name: str) -> tuple[Clash, ...]:
        """What the draft would clash with if it went out at `at` (aware) on its channels; the gravest first.
        Days are those of the zone. Raises UserError `draft_unknown`, `zone_unknown`."""
        draft = self.drafts.get(draft_id)
        found: list[Clash] = []
        day = local_day(at, zone_name)
        since, until = midnight(day, zone_name), midnight(day + timedelta(days=1), zone_name)
        around = self.store.between(min(since, at - CLOSE), max(until, at + CLOSE))
        others = [each for each in around if each.draft_id != draft_id and each.deliveries]
        for channel in draft.channels_on:
            here = [each for each in others if channel in each.channels]
            for each in here:
                apart = abs(each.at - at)
                if apart < CLOSE:
                    kind: Kind = "same_hour" if apart < timedelta(hours=1) else "close"
                    found.append(Clash(kind, channel, each.draft_id, each.title, each.at))
            count = 1 + sum(since <= each.at < until for each in here)
            if count > MOST_A_DAY:
                found.append(Clash("many", channel, count=count))
        self._read()
        for channel in draft.channels_on:
            found += self._alike(draft_id, channel, channel_text(draft, channel))
        order = {"alike": 0, "same_hour": 1, "many": 2, "close": 3}
        return tuple(sorted(found, key=lambda each: (order[each.kind], each.channel, each.title)))

    def _alike(self, draft_id: str, channel: str, text: str) -> list[Clash]:
        own = [key for key, fact in self.facts.items() if fact[0] == draft_id]
        found: list[Clash] = []
        for each in self.likenesses.alike(text, without=own):
            other, other_channel, title, at = self.facts[each.key]
            if other_channel == channel:
                found.append(Clash("alike", channel, other, title, at, share=each.share))
        return found

    def _read(self) -> None:
        """Read the posts of the queue and the last ninety days that are not known yet."""
        wanted = self.store.posted_since(self.clock.now() - LOOK_BACK)
        for key in self.facts.keys() - wanted.keys():
            self.likenesses.drop(key)
            del self.facts[key]
        new = wanted.keys() - self.facts.keys()
        texts = self.store.texts_of(new)
        for key in new:
            self.likenesses.keep(key, texts.get(key, ""))
            self.facts[key] = wanted[key]
