"""The plan: what stands when, what congresses and embargoes lie over it, what is missing, and moving things.

Month, week and list are read from the one query of `Planning.between`. Days are days of a zone: the caller's.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from medvoice.domain.clock import Clock, utc_to_wall, wall_to_utc, zone
from medvoice.domain.congress import Event
from medvoice.domain.draft import CHANNELS
from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.services.drafting import Drafting
from medvoice.services.embargoes import Embargo, Embargoes
from medvoice.services.slots import Slot, Slots, Use
from medvoice.store.congress import CongressStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.plan import DRAFT, Entry, PlanStore
from medvoice.store.topic import TopicStore

if TYPE_CHECKING:
    from medvoice.services.queueing import Queueing

# Days without anything planned that are worth a calm word, and how far ahead one looks.
QUIET_DAYS, LOOK_AHEAD_DAYS = 4, 28


@dataclass(frozen=True, slots=True)
class Band:
    """A congress, or the embargo of its abstracts, over the days from `first` to `last`, both included.
    `until` is the end of the embargo, UTC, None for a congress and for an end that is not known."""

    kind: Literal["congress", "embargo"]
    event_id: str
    title: str
    first: date
    last: date
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic that its rhythm asks for: nothing of it since `last_on` (None: never), `slot` is free."""

    topic: Topic
    last_on: date | None
    due_on: date
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days ahead without a post, from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Share:
    """Posts of one topic in a month against what its rhythm asks for; `target` 0 is no rhythm."""

    topic: Topic
    count: int
    target: int


class Planning:
    """Use cases of the calendar over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock, queueing: "Queueing") -> None:
        self.db = db
        self.clock = clock
        self.queueing = queueing
        self.drafting = Drafting(db, clock)
        self.store = PlanStore(db)
        self.topics = TopicStore(db)
        self.congresses = CongressStore(db)
        self.embargoes = Embargoes(db, clock)
        self.slots = Slots(db, clock)

    # Looking

    def between(self, first: date, last: date, zone_name: str) -> tuple[Entry, ...]:
        """Entries of the days from `first` to `last`, both included, of a zone; see `PlanStore.between`.
        Raises UserError `zone_unknown`."""
        return self.store.between(midnight(first, zone_name), midnight(last + timedelta(days=1), zone_name))

    def bands(self, first: date, last: date) -> tuple[Band, ...]:
        """Congresses and embargoes over these days, the earliest first. Days are those of the congress."""
        found: list[Band] = []
        # An abstract may be published before its congress: look a little further for events.
        for event in self.congresses.events(first, last + timedelta(days=60)):
            if event.starts_on <= last:
                title = _place(event.name, event.place)
                found.append(Band("congress", event.id, title, event.starts_on, event.ends_on))
            ends = {_end(each) for each in self.embargoes.of_event(event.id)}
            found += [_embargo_band(event, until) for until in sorted(ends)]
        return tuple(band for band in found if band.first <= last and band.last >= first)

    def unplaced(self, limit: int = 50) -> tuple[dict[str, Any], ...]:
        """Drafts with words and without a moment, last changed first; see `PlanStore.unplaced`."""
        return self.store.unplaced(limit)

    # What is missing

    def gaps(self, zone_name: str) -> tuple[Gap, ...]:
        """Topics whose rhythm has run out, the longest overdue first, each with the next free slot (all of
        them different)."""
        now = self.clock.now()
        today = now.astimezone(zone(zone_name)).date()
        latest = self.store.latest_by_topic(datetime.max.replace(tzinfo=UTC))
        late: list[tuple[date, Topic, date | None]] = []
        for topic in self.topics.list():
            if not topic.cadence_days:
                continue
            at = latest.get(topic.id, topic.created_at)
            last_on = at.astimezone(zone(zone_name)).date()
            due_on = last_on + timedelta(days=topic.cadence_days)
            if due_on < today:
                late.append((due_on, topic, last_on if topic.id in latest else None))
        late.sort(key=lambda each: (each[0], each[1].name))
        given: set[Slot] = set()
        gaps: list[Gap] = []
        uses = [Use(topic.id, CHANNELS) for _due_on, topic, _last_on in late]
        free_for = self.slots.free_for(uses, len(late)) if late else ()
        for (due_on, topic, last_on), free in zip(late, free_for, strict=True):
            slot = next((each for each in free if each not in given), None)
            given |= {slot} if slot else set()
            gaps.append(Gap(topic, last_on, due_on, slot))
        return tuple(gaps)

    def quiet(self, zone_name: str) -> tuple[Quiet, ...]:
        """Stretches of four or more days without a post in the next four weeks."""
        today = self.clock.now().astimezone(zone(zone_name)).date()
        last = today + timedelta(days=LOOK_AHEAD_DAYS)
        busy = {local_day(each.at, zone_name) for each in self.between(today, last, zone_name)}
        found: list[Quiet] = []
        start: date | None = None
        for ahead in range(LOOK_AHEAD_DAYS + 2):
            day = today + timedelta(days=ahead)
            if day not in busy and day <= last:
                start = start or day
                continue
            if start is not None and (day - start).days >= QUIET_DAYS:
                found.append(Quiet(start, day - timedelta(days=1)))
            start = None
        return tuple(found)

    def month_shares(self, first: date, zone_name: str) -> tuple[Share, ...]:
        """What each topic has in the month of `first`, against its rhythm; topics in their order."""
        month = first.replace(day=1)
        following = (month + timedelta(days=32)).replace(day=1)
        days = (following - month).days
        entries = self.between(month, following - timedelta(days=1), zone_name)
        counts = {topic.id: 0 for topic in self.topics.list()}
        for entry in entries:
            if entry.topic_id in counts:
                counts[entry.topic_id] += 1
        return tuple(
            Share(topic, counts[topic.id], round(days / topic.cadence_days) if topic.cadence_days else 0)
            for topic in self.topics.list()
        )

    # Moving

    def move(self, entry: Entry, wall: str, zone_name: str, by: str) -> None:
        """Move all of an entry to another moment, all or nothing: deliveries keep their clearance, a draft
        gets another moment in mind. Raises UserError as `Queueing.move` does, `draft_changed_elsewhere`."""
        with transaction(self.db):
            for delivery_id in entry.deliveries:
                self.queueing.move(delivery_id, wall, zone_name, by)
            if not entry.deliveries:
                self.place(entry.draft_id, wall, zone_name)

    def place(self, draft_id: str, wall: str, zone_name: str) -> None:
        """Give a draft a moment in mind; nothing is scheduled or cleared by it. Raises UserError `time_past`,
        `under_embargo`, `embargo_unknown`, `time_unreadable`, `time_skipped`, `zone_unknown`."""
        at = wall_to_utc(wall, zone_name)
        if at < self.clock.now():
            raise UserError("time_past", wall=wall, zone=zone_name)
        self.embargoes.refuse_before(draft_id, at)
        self._set_moment(draft_id, wall, zone_name)

    def unplace(self, draft_id: str) -> None:
        """Take the moment in mind away."""
        self._set_moment(draft_id, "", "")

    def _set_moment(self, draft_id: str, wall: str, zone_name: str) -> None:
        with transaction(self.db):
            draft = self.drafting.get(draft_id)
            self.drafting.save(draft_id, draft.revision, planned_wall=wall, planned_zone=zone_name)

    def why_not(self, entry: Entry, wall: str, zone_name: str) -> UserError | None:
        """What would refuse a move to that moment, None when nothing would: for the words under a drag. Reads
        only."""
        try:
            at = wall_to_utc(wall, zone_name)
            if at < self.clock.now():
                raise UserError("time_past", wall=wall, zone=zone_name)
            self.embargoes.refuse_before(entry.draft_id, at)
        except UserError as problem:
            return problem
        if entry.state not in (DRAFT, "planned", "waiting", "held", "missed", "due", "paused"):
            return UserError("cannot_move", state=entry.state)
        return None


def midnight(day: date, zone_name: str) -> datetime:
    """The first instant, UTC, of a day in a zone, also where the clocks skip midnight. Raises UserError
    `zone_unknown`."""
    # Python reads a skipped time by the offset before the jump: midnight is then the instant of the jump.
    return datetime.combine(day, time(), zone(zone_name)).astimezone(UTC)


def local_day(at: datetime, zone_name: str) -> date:
    """The day of an instant in a zone. Raises UserError `zone_unknown`."""
    return date.fromisoformat(utc_to_wall(at, zone_name)[:10])


def _place(name: str, place: str) -> str:
    return f"{name}, {place}" if place else name


def _end(embargo: Embargo) -> datetime:
    return embargo.lift.at or datetime.max.replace(tzinfo=UTC)


def _embargo_band(event: Event, until: datetime) -> Band:
    """From the first day of the congress, or the day of the end where that is before, to the day of the end;
    to the last day of the congress where the end is not known."""
    if until == datetime.max.replace(tzinfo=UTC):
        return Band("embargo", event.id, event.name, event.starts_on, event.ends_on)
    last = local_day(until, event.zone)
    return Band("embargo", event.id, event.name, min(event.starts_on, last), last, until)
