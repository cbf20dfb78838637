"""The plan as iCalendar (RFC 5545), and congresses read from it.

Instants are written in UTC only: written zones shift the first hour of summer time in one widely used reader.
What is read is another's file: sizes are bounded, nothing of it is followed, and what cannot be read is said.
"""

# The library leaves the values of `add` and `walk` open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component
from icalendar import Event as VEvent

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.services.planning import Band
from medvoice.store.plan import DRAFT, Entry

# How long a post takes up another calendar.
SHOWN_FOR = timedelta(minutes=15)
MAX_BYTES, MAX_EVENTS = 2_000_000, 2_000
UID_AT = "@medvoice.invalid"


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event of somebody's file. `zone` is "" where the file names none that is known."""

    name: str
    first: date
    last: date
    zone: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held. `left_out` are the names of events that could not be read, with the reason's code:
    `no_date`, `date_unreadable`, `ends_before`, `repeats`, `too_many`."""

    events: tuple[FoundEvent, ...]
    left_out: tuple[tuple[str, str], ...]


def to_ics(
    entries: Iterable[Entry],
    bands: Iterable[Band],
    topics: Mapping[str, str],
    now: datetime,
    *,
    has_titles: bool = True,
) -> bytes:
    """A calendar of these entries and bands, lines ended by CR LF. `topics` are names by id; `now` (UTC) is
    when it was written. Without titles a post is called "A post". The same arguments give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//MedVoice//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "MedVoice")
    for entry in entries:
        calendar.add_component(_post(entry, topics, now, has_titles))
    for band in bands:
        if band.kind == "congress" or band.until is not None:
            calendar.add_component(_band(band, now))
    return calendar.to_ical()


def _post(entry: Entry, topics: Mapping[str, str], now: datetime, has_titles: bool) -> VEvent:
    names = " and ".join(CHANNEL_NAMES[each] for each in entry.channels)
    event = VEvent()
    event.add("uid", min(entry.deliveries, default=entry.draft_id) + UID_AT)
    event.add("dtstamp", now)
    event.add("dtstart", entry.at)
    event.add("dtend", entry.at + SHOWN_FOR)
    event.add("summary", _printable(entry.title if has_titles else "") or "A post")
    event.add("description", f"{names}, {entry.state}" if names else entry.state)
    event.add("status", "TENTATIVE" if entry.state == DRAFT else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    topic = topics.get(entry.topic_id or "", "")
    if topic and has_titles:
        event.add("categories", [_printable(topic)])
    return event


def _band(band: Band, now: datetime) -> VEvent:
    event = VEvent()
    event.add("dtstamp", now)
    event.add("transp", "TRANSPARENT")
    if band.until is None:
        event.add("uid", band.event_id + UID_AT)
        event.add("dtstart", band.first)
        event.add("dtend", band.last + timedelta(days=1))
        event.add("summary", _printable(band.title))
    else:
        event.add("uid", f"{band.event_id}.{band.until:%Y%m%dT%H%M%SZ}{UID_AT}")
        event.add("dtstart", band.until)
        event.add("dtend", band.until + SHOWN_FOR)
        event.add("summary", f"Embargo ends: {_printable(band.title)}")
    return event


def read_events(raw: bytes) -> Read:
    """The events of a file. Raises UserError `calendar_too_large` (params size, most), `calendar_unreadable`
    (line or reason)."""
    if len(raw) > MAX_BYTES:
        raise UserError("calendar_too_large", size=len(raw), most=MAX_BYTES)
    try:
        calendars = Calendar.from_ical(raw, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, RecursionError) as problem:
        raise UserError("calendar_unreadable", reason=str(problem)[:200]) from problem
    found: list[FoundEvent] = []
    left_out: list[tuple[str, str]] = []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not calendars:
        raise UserError("calendar_unreadable", reason="no VCALENDAR")
    for event in events[:MAX_EVENTS]:
        name = _text(event, "SUMMARY") or "Untitled"
        read = _read_one(event, name)
        if isinstance(read, FoundEvent):
            found.append(read)
        else:
            left_out.append((name, read))
    left_out += [(_text(event, "SUMMARY") or "Untitled", "too_many") for event in events[MAX_EVENTS:]]
    return Read(tuple(found), tuple(left_out))


def _read_one(event: Component, name: str) -> FoundEvent | str:
    if "RRULE" in event or "RDATE" in event:
        return "repeats"
    if any(each in ("DTSTART", "DTEND") for each, _ in event.errors if each):
        return "date_unreadable"
    start, end = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if start is None:
        return "no_date"
    first, last = _day(start), _day(start if end is None else end)
    # The end of an all-day event is the day after it.
    if end is not None and not isinstance(end, datetime):
        last = max(first, last - timedelta(days=1)) if last > first else last
    if last < first:
        return "ends_before"
    return FoundEvent(name, first, last, _zone(start), _text(event, "LOCATION"), _text(event, "URL"))


def _moment(event: Component, name: str) -> date | datetime | None:
    value = event.get(name)
    found = getattr(value, "dt", None)
    return found if isinstance(found, date) else None


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def _zone(at: date | datetime) -> str:
    if not isinstance(at, datetime) or at.tzinfo is None:
        return ""
    key = getattr(at.tzinfo, "key", "")
    return key if isinstance(key, str) and key != "UTC" else ""


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    values: Sequence[object] = value if isinstance(value, list) else [value]
    return " ".join(str(values[0] if values[0] is not None else "").split())[:300]


def _printable(text: str) -> str:
    """One line without control characters, which iCalendar has no way to write."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
