"""What the calendar shows, read on the work lane as one value: cards by day, bands, gaps, and what waits for
a place. Month, week and list are painted from the same cards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import zone as zone_of
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.services.slots import Use
from medvoice.ui.models.calendar_days import Span
from medvoice.ui.models.calendar_hours import FREE_LOOKED_AT, NOTHING_KNOWN, Worth, read_worth
from medvoice.ui.models.calendar_zones import There, there
from medvoice.ui.models.moments import clock_time, local, spoken
from medvoice.ui.models.states import looks

if TYPE_CHECKING:
    from medvoice.services.planning import Band, Gap, Quiet, Share
    from medvoice.store.plan import Entry
    from medvoice.ui.bridge import Desk

UNKNOWN = datetime.max.replace(tzinfo=UTC)
MOVABLE = frozenset({"draft", "planned", "waiting", "held", "missed", "due", "paused"})
TRAY_SIZE = 30
EVER = timedelta(days=3660)


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_data", text)


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as a card. `day` and `minute` (of the day) are in the person's zone; `icon`, `kind` and `word`
    show its state. `waits_until` is the end of an embargo, UTC: None for none, UNKNOWN for no known end.
    `there` is the moment where the readers are, None where that is no other time."""

    entry: "Entry"
    topic: Topic | None
    day: date
    minute: int
    icon: str
    kind: str
    word: str
    waits_until: datetime | None = None
    there: There | None = None

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def slot(self) -> str:
        return self.topic.slot if self.topic else ""

    @property
    def time(self) -> str:
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    @property
    def title(self) -> str:
        return self.entry.title or _tr("Untitled")

    @property
    def is_draft(self) -> bool:
        return not self.entry.deliveries

    @property
    def can_move(self) -> bool:
        return self.entry.state in MOVABLE

    @property
    def spoken(self) -> str:
        """What a screen reader says: what, when, where, state."""
        names = _tr(" and ").join(CHANNEL_NAMES[each] for each in self.entry.channels)
        there = self.there.words if self.there else ""
        words = (self.title, self.time, there, names, self.word, self.topic.name if self.topic else "")
        return ", ".join(each for each in words if each)

    @property
    def at_length(self) -> str:
        """All of it in two lines: title; time, the readers' time, networks and state."""
        names = _tr(" and ").join(CHANNEL_NAMES[each] for each in self.entry.channels)
        words = (self.time, self.there.words if self.there else "", names, self.word)
        return f"{self.title}\n{', '.join(each for each in words if each)}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for a place."""

    draft_id: str
    title: str
    slot: str
    channels: tuple[str, ...]
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarSnapshot:
    """The days from `first` to `last` in a zone, as they stood at `now` (UTC). `audience` is the zone of the
    readers, "" for none; `worth` says which hours of the week are worth posting. `is_bare`: nothing was ever
    planned in this workspace."""

    first: date
    last: date
    zone: str
    now: datetime
    cards: "dict[date, tuple[Card, ...]]"
    bands: "tuple[Band, ...]"
    topics: tuple[Topic, ...]
    gaps: "tuple[Gap, ...]"
    quiet: "tuple[Quiet, ...]"
    shares: "tuple[Share, ...]"
    tray: tuple[Waiting, ...]
    next_wall: str = ""
    audience: str = ""
    worth: Worth = NOTHING_KNOWN
    is_bare: bool = False

    @property
    def today(self) -> date:
        return local(self.now, self.zone).date()

    def on(self, day: date) -> tuple[Card, ...]:
        """The cards of a day, in order."""
        return self.cards.get(day, ())

    def find(self, key: str) -> Card | None:
        """The card of that name, None when it is gone or out of sight."""
        return next((card for cards in self.cards.values() for card in cards if card.key == key), None)

    def all(self) -> tuple[Card, ...]:
        """All cards in order."""
        return tuple(card for day in sorted(self.cards) for card in self.cards[day])


def load_calendar(desk: "Desk", first: date, last: date, month: date) -> CalendarSnapshot:
    """Read the calendar; `month` is any day of the month whose plan is counted. Work lane. Raises
    StorageError."""
    planning, now = desk.planning, desk.clock.now()
    zone = desk.identity.get().zone
    topics = desk.topics.list()
    topic_of = {topic.id: topic for topic in topics}
    audience = known_zone(planning.slots.audience_zone)
    held = planning.congresses.drafts_with_abstracts()

    def waits(draft_id: str) -> datetime | None:
        holding = planning.embargoes.holding(draft_id) if draft_id in held else None
        if holding is None or holding.lift.is_over(now):
            return None
        return holding.lift.at or UNKNOWN

    entries = planning.between(first, last, zone)
    cards = [
        make_card(entry, topic_of.get(entry.topic_id or ""), zone, waits(entry.draft_id), audience)
        for entry in entries
    ]
    free = planning.slots.free(FREE_LOOKED_AT, use=Use())
    return CalendarSnapshot(
        first=first,
        last=last,
        zone=zone,
        now=now,
        cards=by_day(cards),
        bands=planning.bands(first, last),
        topics=topics,
        gaps=planning.gaps(zone),
        quiet=planning.quiet(zone),
        shares=planning.month_shares(month, zone),
        tray=read_tray(desk, topic_of, waits),
        next_wall=free[0].wall if free else "",
        audience=audience,
        worth=read_worth(desk, Span(first, last), zone, free, [entry.at for entry in entries]),
        is_bare=not entries and is_bare(desk, zone),
    )


def is_bare(desk: "Desk", zone: str) -> bool:
    """Whether nothing was ever planned. Work lane."""
    if desk.planning.slots.outbox.list(limit=1):
        return False
    today = local(desk.clock.now(), zone).date()
    return not desk.planning.between(today - EVER, today + EVER, zone)


def read_tray(
    desk: "Desk", topic_of: Mapping[str, Topic], waits: Callable[[str], datetime | None]
) -> tuple[Waiting, ...]:
    """What waits for a place; `waits` tells the end of a draft's embargo. Work lane."""
    return tuple(
        Waiting(
            row["id"],
            row["title"] or row["first_line"],
            topic_of[row["topic_id"]].slot if row["topic_id"] in topic_of else "",
            row["channels"],
            waits(row["id"]),
        )
        for row in desk.planning.unplaced(TRAY_SIZE)
    )


def known_zone(name: str) -> str:
    """A zone as it is, "" for one that this computer does not know."""
    try:
        return zone_of(name).key if name else ""
    except UserError:
        return ""


def make_card(
    entry: "Entry",
    topic: Topic | None,
    zone: str,
    waits_until: datetime | None = None,
    audience: str = "",
) -> Card:
    """A card of an entry. Pure."""
    here = local(entry.at, zone)
    minute = here.hour * 60 + here.minute
    if not entry.deliveries:
        icon, kind, word = "pencil", "neutral", _tr("Draft")
    else:
        look = looks()[entry.state]
        icon, kind, word = look.icon, look.kind, look.word.split("{")[0].strip() or look.word
        word = {"waiting": _tr("Trying again"), "partly": _tr("Partly published")}.get(entry.state, word)
    if waits_until is not None and entry.state in MOVABLE:
        icon, kind, word = "lock", "warn", _tr("After embargo")
    over_there = there(entry.at, zone, audience)
    return Card(entry, topic, here.date(), minute, icon, kind, word, waits_until, over_there)


def by_day(cards: Iterable[Card]) -> dict[date, tuple[Card, ...]]:
    """Cards by their day, in order. Pure."""
    found: dict[date, list[Card]] = {}
    for card in cards:
        found.setdefault(card.day, []).append(card)
    return {
        day: tuple(sorted(some, key=lambda each: (each.minute, each.title))) for day, some in found.items()
    }


def why_not(card: Card | Waiting, wall: str, snapshot: CalendarSnapshot) -> str:
    """Why a card cannot stand at a wall time, in a few words; "" when it can. By what the snapshot knows: the
    service looks again."""
    if isinstance(card, Card) and not card.can_move:
        return _tr("Cannot be moved any more")
    naive = datetime.fromisoformat(wall)
    at = naive.replace(tzinfo=zone_of(snapshot.zone))
    if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != naive:
        return _tr("The clocks skip this hour")
    if at <= snapshot.now:
        return _tr("In the past")
    if card.waits_until == UNKNOWN:
        return _tr("End of the embargo not known")
    if card.waits_until is not None and at < card.waits_until:
        return _tr("Embargo until {moment}").format(moment=short(card.waits_until, snapshot.zone))
    return ""


def short(at: datetime, zone: str) -> str:
    """ "Thu 19 Nov, 09:00" """
    from medvoice.ui.models.moments import moment

    return moment(at, zone, at)


def day_words(day: date, cards: Sequence[Card], bands: "Sequence[Band]", zone: str) -> str:
    """What a screen reader says of a day: date, congresses and embargoes, how many posts."""
    at = datetime.combine(day, time(12), zone_of(zone))
    words = [spoken(at, zone).split(",")[0]]
    for band in bands:
        if not band.first <= day <= band.last:
            continue
        if band.kind == "congress":
            words.append(band.title)
        elif band.until is None:
            words.append(_tr("embargo without a known end"))
        else:
            words.append(_tr("embargo until {time}").format(time=embargo_end(band, zone)))
    count = len(cards)
    words.append(
        _tr("1 post") if count == 1 else _tr("{n} posts").format(n=count) if count else _tr("no posts")
    )
    return ", ".join(words)


def embargo_end(band: "Band", zone: str) -> str:
    """ "Thu 19 Nov, 09:00" """
    return short(band.until, zone) if band.until else _tr("not known")


def best_wall(day: date, snapshot: CalendarSnapshot) -> str:
    """The best hour of a day: one the person keeps, else the usual one; `YYYY-MM-DD HH:MM`."""
    kept = snapshot.worth.for_any if snapshot.worth.kind == "kept" else ()
    minutes = [minute for weekday, minute in kept if weekday == day.weekday()]
    taken = {card.minute for card in snapshot.on(day)}
    free = [minute for minute in minutes if all(abs(minute - other) >= 30 for other in taken)]
    clock = snapshot.next_wall[11:16] or "08:10"
    if free or minutes:
        minute = (free or minutes)[0]
        clock = f"{minute // 60:02}:{minute % 60:02}"
    return f"{day.isoformat()} {clock}"


def shifted(card: Card, days: int = 0, minutes: int = 0) -> str:
    """The wall time of a card moved by days or minutes; minutes snap to the quarter of an hour."""
    at = datetime.combine(card.day, time(card.minute // 60, card.minute % 60)) + timedelta(days=days)
    if minutes:
        step = 15 if minutes > 0 else -15
        quarter = at.minute % 15
        at += timedelta(minutes=step - quarter if step > 0 or not quarter else -quarter)
    return f"{at:%Y-%m-%d %H:%M}"


def now_words(snapshot: CalendarSnapshot) -> str:
    """ "09:41", the time in the person's zone."""
    return clock_time(snapshot.now, snapshot.zone)
