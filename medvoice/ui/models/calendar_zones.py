"""The readers' time beside the person's own: the same moment on two clocks, and what it means over there.
Pure but for the locale. `home` and `audience` are IANA zones; "" for `audience` is none."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import zone as zone_of
from medvoice.ui.models.calendar_days import Span, day_name
from medvoice.ui.models.moments import city, local

# Regions of the IANA list whose zones are named after cities; the rest are old names of the same zones.
REGIONS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
)
SATURDAY = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_zones", text)


@dataclass(frozen=True, slots=True)
class There:
    """A moment where the readers are. `day` is the short name of their day when it is not the person's, else
    ""; `zone` the short name of the zone then."""

    clock: str
    day: str
    place: str
    zone: str

    @property
    def words(self) -> str:
        """ "14:10 in Tokyo", "Thu 01:10 in Tokyo"."""
        time = f"{self.day} {self.clock}".strip()
        if self.place == self.zone:
            return f"{time} {self.place}"
        return _tr("{time} in {city}").format(time=time, city=self.place)

    @property
    def short(self) -> str:
        """ "14:10 JST"."""
        return f"{self.day} {self.clock} {self.zone}".strip()


@dataclass(frozen=True, slots=True)
class HourThere:
    """An hour of the person's day on the readers' clock: "" where the person's clocks skip it. `day` names
    their day at its first hour that is shown."""

    clock: str
    day: str = ""


def there(at: datetime, home: str, audience: str) -> There | None:
    """A moment (UTC) where the readers are; None where their clocks show what the person's do."""
    if not audience:
        return None
    mine, theirs = local(at, home), local(at, audience)
    if mine.utcoffset() == theirs.utcoffset():
        return None
    day = "" if mine.date() == theirs.date() else day_name(theirs.date())
    return There(f"{theirs:%H:%M}", day, city(audience), _name_of(theirs))


def short_zone(day: date, name: str) -> str:
    """ "CET", "JST", or "UTC+3" for a zone without letters of its own, at noon of a day."""
    return _name_of(datetime(day.year, day.month, day.day, 12, tzinfo=zone_of(name)))


def _name_of(at: datetime) -> str:
    name = at.tzname() or ""
    if name.isalpha():
        return name
    offset = at.utcoffset() or timedelta()
    sign = "−" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


@lru_cache(maxsize=64)
def hours_there(day: date, home: str, audience: str) -> tuple[HourThere, ...]:
    """The 24 hours of a day of the person's on the readers' clock. An hour that comes twice is the first."""
    found: list[HourThere] = []
    before: date | None = None
    for hour in range(24):
        naive = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - wall time, given its zone below
        at = naive.replace(tzinfo=zone_of(home)).astimezone(UTC)
        if at.astimezone(zone_of(home)).replace(tzinfo=None) != naive:
            found.append(HourThere(""))
            continue
        theirs = local(at, audience)
        is_new = theirs.date() != (day if before is None else before)
        before = theirs.date()
        found.append(HourThere(f"{theirs:%H:%M}", day_name(before) if is_new else ""))
    return tuple(found)


def differs(span: Span, home: str, audience: str) -> bool:
    """Whether the clocks differ at any time of these days."""
    return bool(audience) and any(_ahead(day, home, audience) for day in (*span.days, _after(span.last)))


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _ahead(day: date, home: str, audience: str) -> timedelta:
    """How far the readers' clocks are ahead of the person's at the person's midnight."""
    at = datetime(day.year, day.month, day.day, tzinfo=zone_of(home)).astimezone(UTC)
    mine, theirs = local(at, home).utcoffset(), local(at, audience).utcoffset()
    return (theirs or timedelta()) - (mine or timedelta())


def ahead_words(span: Span, home: str, audience: str) -> tuple[str, ...]:
    """What is worth knowing of the two clocks in these days: how far apart they are, and from when on that
    is something else."""
    if not differs(span, home, audience):
        return ()
    place = city(audience)
    first = _tr("{city} is {apart}.").format(city=place, apart=_apart(_ahead(span.first, home, audience)))
    lines = [first]
    for day in span.days:
        was, now = _ahead(day, home, audience), _ahead(_after(day), home, audience)
        if was != now:
            words = _tr("From {day} on, {city} is {apart}: the clocks change.")
            name = day_name(day, "ddd d MMM")
            lines.append(words.format(day=name, city=place, apart=_apart(now)))
    return tuple(lines)


def _apart(by: timedelta) -> str:
    """ "8 hours ahead of you"."""
    if not by:
        return _tr("at your time")
    words = _tr("{amount} ahead of you") if by > timedelta() else _tr("{amount} behind you")
    return words.format(amount=_amount(abs(by)))


def _amount(by: timedelta) -> str:
    """ "8 hours", "1 hour", "5 h 30 min"."""
    hours, minutes = divmod(by // timedelta(minutes=1), 60)
    if minutes and not hours:
        return _tr("{n} minutes").format(n=minutes)
    if minutes:
        return _tr("{h} h {m} min").format(h=hours, m=minutes)
    return _tr("1 hour") if hours == 1 else _tr("{n} hours").format(n=hours)


def reach_words(at: datetime, home: str, audience: str) -> str:
    """Whom a moment (UTC) reaches: what hour and what day it is over there; "" where the clocks agree."""
    found = there(at, home, audience)
    if found is None:
        return ""
    theirs = local(at, audience)
    time = f"{found.day} {found.clock}".strip()
    words = _tr("Your readers in {city} see it at {time}, {part}.")
    part = _part_of_day(theirs.hour, is_weekend=theirs.weekday() >= SATURDAY)
    return words.format(city=found.place, time=time, part=part)


def _part_of_day(hour: int, *, is_weekend: bool) -> str:
    if hour < 6 or hour >= 23:
        return _tr("when most of them sleep")
    if is_weekend:
        return _tr("on their weekend")
    if hour < 9:
        return _tr("before their working day")
    if hour < 12:
        return _tr("in their morning")
    if hour < 14:
        return _tr("around their midday")
    if hour < 18:
        return _tr("in their afternoon")
    return _tr("in their evening")


@dataclass(frozen=True, slots=True)
class ZoneOffer:
    """A zone that can be chosen for the readers."""

    key: str
    place: str
    note: str


def zone_offers(now: datetime, home: str) -> tuple[ZoneOffer, ...]:
    """Zones by city, with the time it is there and how far that is from the person's. Reads some hundred
    files when it is first called: not on the window's thread."""
    found: list[ZoneOffer] = []
    for name in available_timezones():
        if name != "UTC" and name.split("/", 1)[0] not in REGIONS:
            continue
        theirs, mine = local(now, name), local(now, home)
        by = (theirs.utcoffset() or timedelta()) - (mine.utcoffset() or timedelta())
        away = _tr("your time")
        if by:
            words = _tr("{amount} ahead") if by > timedelta() else _tr("{amount} behind")
            away = words.format(amount=_amount(abs(by)))
        note = _tr("{zone} · {time} now, {away}").format(zone=name, time=f"{theirs:%H:%M}", away=away)
        found.append(ZoneOffer(name, city(name), note))
    return tuple(sorted(found, key=lambda each: (each.place, each.key)))
