"""When to post next: the times a person keeps, the hour they usually take, and what is free.

The rule of the next free slot, in full: with times kept, the next of them that is at least two minutes ahead
and has no other post within half an hour. A time may be kept for one topic, or for one network: only a draft
of that topic, or with that network on, is offered it. Without a time that fits, the next working day (Monday
to Friday) at the usual hour, free in the same way and not within half an hour of a time kept for something
else. The usual hour is the one most often chosen among the last twenty posts of this person,
the latest choice winning a tie, and 08:10 before there are any. What was chosen for the night (before 6:00,
after 22:00) is not learned: who wants such an hour keeps it as one of their times.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from medvoice.domain.clock import Clock, read_wall, utc_to_wall, wall_to_utc, zone
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import ENDED, Delivery, PartState
from medvoice.services.embargoes import Embargoes
from medvoice.services.identity import Identity
from medvoice.services.topics import Topics
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore
from medvoice.store.setting import SettingStore

KEPT_KEY, AUDIENCE_KEY = "planning.times", "planning.audience_zone"
FIRST_HOUR = time(8, 10)
LEARNED_FROM, LEARNED_TO = time(6), time(22)
LOOKED_AT = 20
LEAD = timedelta(minutes=2)
APART = timedelta(minutes=30)
# As far ahead as a free slot is looked for; someone with a post in all of them is told so.
HORIZON_DAYS = 92
SATURDAY = 5
Why = Literal["kept", "usual", "chosen"]


@dataclass(frozen=True, slots=True, order=True)
class KeptTime:
    """A time of the week that a person keeps for posting: `weekday` 0 is Monday; wall time of their zone.
    `topic_id` and `network` say what it is kept for, "" for anything."""

    weekday: int
    hour: int
    minute: int
    topic_id: str = ""
    network: str = ""

    @property
    def clock(self) -> time:
        return time(self.hour, self.minute)

    @property
    def moment(self) -> "KeptTime":
        """The same time kept for anything."""
        return KeptTime(self.weekday, self.hour, self.minute)

    def fits(self, use: "Use") -> bool:
        """Whether a draft of this use may take it."""
        return self.topic_id in ("", use.topic_id) and (not self.network or self.network in use.networks)


@dataclass(frozen=True, slots=True)
class Use:
    """What a slot is looked for: the topic of a draft, "" for none, and the networks that are on."""

    topic_id: str = ""
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment to post: wall time `YYYY-MM-DD HH:MM` in an IANA zone, and why: one of the times kept, the
    usual hour of a working day, or chosen by the person."""

    wall: str
    zone: str
    why: Why


class Slots:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.settings = SettingStore(db)
        self.outbox = OutboxStore(db)
        self.drafts = DraftStore(db)
        self.topics = Topics(db, clock)
        self.identity = Identity(db)
        self.embargoes = Embargoes(db, clock)

    # What the person keeps

    @property
    def kept(self) -> tuple[KeptTime, ...]:
        """The times of the week that are kept, in order. What was kept for a topic that is gone is kept for
        the one it was merged into, else for anything; should the topic come back, for that again."""
        return tuple(sorted(set(self._kept_now().values())))

    def _kept_now(self) -> dict[KeptTime, KeptTime]:
        """What is stored, and what it means now."""
        stored = [KeptTime(*each) for each in json.loads(self.settings.get(KEPT_KEY, "[]"))]
        if not any(each.topic_id for each in stored):
            return dict(zip(stored, stored, strict=True))
        there, merged = {each.id for each in self.topics.list()}, self.topics.merged
        return {each: replace(each, topic_id=_now(each.topic_id, there, merged)) for each in stored}

    def keep(self, wall: str, is_kept: bool) -> tuple[KeptTime, ...]:
        """Keep the weekday and hour of a wall time as one of the person's, for anything; or no more, whatever
        it is kept for. Raises UserError `time_unreadable`."""
        one = kept_time_of(wall)
        if is_kept:
            return self.keep_time(one, True)
        with transaction(self.db):
            for each in [each for each in self.kept if each.moment == one]:
                self.keep_time(each, False)
        return self.kept

    def keep_time(self, one: KeptTime, is_kept: bool) -> tuple[KeptTime, ...]:
        """Keep a time of the week, or no more; all that are kept then, in order."""
        with transaction(self.db):
            rest = {stored for stored, now in self._kept_now().items() if now != one}
            times = sorted(rest | {one} if is_kept else rest)
            self.settings.save(KEPT_KEY, json.dumps([_plain(each) for each in times]))
        return self.kept

    @property
    def audience_zone(self) -> str:
        """The zone of the readers, "" when none was chosen."""
        return self.settings.get(AUDIENCE_KEY)

    def set_audience_zone(self, name: str) -> None:
        """Keep the zone of the readers; "" for none. Raises UserError `zone_unknown`."""
        if name:
            zone(name)
        self.settings.save(AUDIENCE_KEY, name)

    # What is free

    def next_free(self, draft_id: str = "", after: datetime | None = None) -> Slot:
        """The next free slot for a draft, by the rule of this module. Raises UserError `no_free_slot`."""
        found = self.free(1, draft_id, after)
        if not found:
            raise UserError("no_free_slot", days=HORIZON_DAYS)
        return found[0]

    def free(
        self, count: int, draft_id: str = "", after: datetime | None = None, use: Use | None = None
    ) -> tuple[Slot, ...]:
        """Up to `count` free slots, the next first; what the draft itself has planned does not count as
        taken. `after` is the earliest moment, UTC; now when it is None. `use` is that of the draft when it is
        None; without either every time that is kept counts. A draft under embargo waits for its end; there is
        no slot while that is not known."""
        zone_name = self.identity.get().zone
        earliest = max(self.clock.now() + LEAD, after or self.clock.now())
        holding = self.embargoes.holding(draft_id) if draft_id else None
        if holding is not None:
            if holding.lift.at is None:
                return ()
            earliest = max(earliest, holding.lift.at)
        wanted = use or (self.use_of(draft_id) if draft_id else None)
        return self._free_for((wanted,), count, earliest, zone_name, self.taken(draft_id))[0]

    def free_for(self, uses: Sequence[Use], count: int) -> tuple[tuple[Slot, ...], ...]:
        """As `free`, for several uses at once: a list of slots for each."""
        earliest = self.clock.now() + LEAD
        return self._free_for(uses, count, earliest, self.identity.get().zone, self.taken())

    def _free_for(
        self,
        uses: Sequence[Use | None],
        count: int,
        earliest: datetime,
        zone_name: str,
        taken: tuple[datetime, ...],
    ) -> tuple[tuple[Slot, ...], ...]:
        kept, usual = self.kept, usual_hour(self._chosen_hours(zone_name))
        found: list[tuple[Slot, ...]] = []
        for use in uses:
            fitting, others = _split(kept, use)
            found.append(free_slots(fitting, usual, taken, earliest, zone_name, count, others))
        return tuple(found)

    def use_of(self, draft_id: str) -> Use | None:
        """The topic and the networks of a draft; None for one that is not there."""
        try:
            draft = self.drafts.get(draft_id)
        except UserError:
            return None
        return Use(draft.topic_id or "", draft.channels_on)

    def taken(self, draft_id: str = "") -> tuple[datetime, ...]:
        """When other drafts go out: the moments (UTC) of deliveries that are not over."""
        return tuple(sorted({each.due_at for each in self._ahead() if each.draft_id != draft_id}))

    def _ahead(self) -> list[Delivery]:
        later = self.outbox.list(since=self.clock.now())
        return [each for each in later if any(part.state not in ENDED for part in each.parts)]

    def _chosen_hours(self, zone_name: str) -> list[time]:
        """The hours chosen lately, the latest first; a draft on two networks counts once, and what the person
        took out of the queue not at all."""
        lately = self.outbox.list(since=self.clock.now() - timedelta(days=HORIZON_DAYS))
        meant = [each for each in lately if each.state != PartState.CANCELLED]
        seen: dict[tuple[str, str], time] = {}
        for each in sorted(meant, key=lambda one: one.created_at, reverse=True):
            wall = utc_to_wall(each.due_at, zone_name)
            seen.setdefault((each.draft_id, wall), kept_time_of(wall).clock)
        return list(seen.values())[:LOOKED_AT]


def kept_time_of(wall: str) -> KeptTime:
    """Weekday and hour of a wall time. Raises UserError `time_unreadable`."""
    at, _offset = read_wall(wall)
    return KeptTime(at.weekday(), at.hour, at.minute)


def usual_hour(latest_first: Sequence[time]) -> time:
    """The hour of the day chosen most often; among equals the one chosen last."""
    learned = [hour for hour in latest_first if LEARNED_FROM <= hour <= LEARNED_TO]
    if not learned:
        return FIRST_HOUR
    counts = Counter(learned)
    most = max(counts.values())
    return next(hour for hour in learned if counts[hour] == most)


def free_slots(
    kept: Sequence[KeptTime],
    usual: time,
    taken: Sequence[datetime],
    earliest: datetime,
    zone_name: str,
    count: int,
    others: Sequence[KeptTime] = (),
) -> tuple[Slot, ...]:
    """The rule itself, pure: slots from `earliest` (UTC) on that no taken moment is within half an hour of.
    `kept` are the times that fit; the usual hour stays away from `others`, kept for something else.

    Hours that a clock change skips are left out. The usual hour counts from the next day on, so that "the
    next working day" is never today. Raises UserError `zone_unknown`.
    """
    found: list[Slot] = []
    today = earliest.astimezone(zone(zone_name)).date()
    for ahead in range(HORIZON_DAYS + 1):
        day = today + timedelta(days=ahead)
        for clock in hours_of(day, kept, usual, is_today=ahead == 0):
            if not kept and _is_near(clock, [each for each in others if each.weekday == day.weekday()]):
                continue
            wall = f"{day:%Y-%m-%d} {clock:%H:%M}"
            try:
                at = wall_to_utc(wall, zone_name)
            except UserError:
                continue
            if at >= earliest and all(abs(at - other) >= APART for other in taken):
                found.append(Slot(wall, zone_name, "kept" if kept else "usual"))
                if len(found) == count:
                    return tuple(found)
    return tuple(found)


def hours_of(day: date, kept: Sequence[KeptTime], usual: time, *, is_today: bool) -> tuple[time, ...]:
    """The hours of a day that can be offered."""
    if kept:
        return tuple(sorted({each.clock for each in kept if each.weekday == day.weekday()}))
    return () if is_today or day.weekday() >= SATURDAY else (usual,)


def _split(kept: Sequence[KeptTime], use: Use | None) -> tuple[list[KeptTime], list[KeptTime]]:
    """The times that fit a use, and the others."""
    fitting = [each for each in kept if use is None or each.fits(use)]
    return fitting, [each for each in kept if each not in fitting]


def _is_near(clock: time, others: Sequence[KeptTime]) -> bool:
    minute = clock.hour * 60 + clock.minute
    return any(abs(minute - each.hour * 60 - each.minute) * 60 < APART.seconds for each in others)


def _now(topic_id: str, there: Set[str], merged: Mapping[str, str]) -> str:
    """The topic that a time is kept for now: itself, what it was merged into, or "" when that is gone."""
    seen: set[str] = set()
    while topic_id and topic_id not in there and topic_id not in seen:
        seen.add(topic_id)
        topic_id = merged.get(topic_id, "")
    return topic_id if topic_id in there else ""


def _plain(one: KeptTime) -> list[int | str]:
    short: list[int | str] = [one.weekday, one.hour, one.minute]
    return [*short, one.topic_id, one.network] if one.topic_id or one.network else short
