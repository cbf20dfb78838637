"""The one way to ask what time it is.

Everything that decides by time takes a Clock, so that the demo and the tests can move it.
All instants are aware UTC; wall times exist only beside an IANA zone.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from medvoice.domain.errors import UserError


class Clock(Protocol):
    """Gives the present instant, aware and in UTC. May be called on any thread."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The computer's clock moved by a fixed amount, for practice workspaces."""

    def __init__(self, shift: timedelta) -> None:
        self.shift = shift

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


class FixedClock:
    """A clock that stands still until `advance` moves it."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by


def to_text(at: datetime) -> str:
    """An aware instant as UTC ISO text with microseconds and `Z`; sorts as text."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The inverse of `to_text`; also reads ISO text with an offset. Raises ValueError."""
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if at.tzinfo is None:
        raise ValueError(f"instant without a zone: {text!r}")
    return at.astimezone(UTC)


def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises UserError `zone_unknown`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise UserError("zone_unknown", zone=name) from problem


WALL = "%Y-%m-%d %H:%M"
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<h>\d{2}):(?P<m>\d{2})$")


def read_wall(wall: str) -> tuple[datetime, timedelta | None]:
    """A wall time `YYYY-MM-DD HH:MM` as a naive datetime, and the offset from UTC that may stand at its end.

    The offset (`2031-10-26 02:30+01:00`) says which one is meant in the hour that a clock change repeats;
    None where none stands there. Raises UserError `time_unreadable`.
    """
    match = _OFFSET.search(wall, 16)
    offset = None
    if match is not None:
        offset = timedelta(hours=int(match["h"]), minutes=int(match["m"]))
        offset = -offset if match["sign"] == "-" else offset
    if not wall:
        raise UserError("time_unreadable", text=wall)
    bare = (wall[: match.start()] if match else wall).replace("T", " ")
    try:
        # What MedVoice writes itself is read at a start, where `strptime` would cost a fiftieth of it.
        is_plain = _PLAIN.fullmatch(bare) is not None
        naive = datetime.fromisoformat(bare) if is_plain else datetime.strptime(bare, WALL)  # noqa: DTZ007
    except ValueError as problem:
        raise UserError("time_unreadable", text=wall) from problem
    return naive, offset


def wall_to_utc(wall: str, zone_name: str) -> datetime:
    """The instant of a wall time (see `read_wall`) in an IANA zone.

    In the hour that a clock change repeats, the first of the two is meant where no offset says otherwise. A
    wall time that the change skips does not exist and is refused rather than moved.
    Raises UserError `time_unreadable` (also for an offset that the zone does not have then), `zone_unknown`
    or `time_skipped`.
    """
    naive, offset = read_wall(wall)
    first, second = (naive.replace(tzinfo=zone(zone_name), fold=fold) for fold in (0, 1))
    at = first.astimezone(UTC)
    if at.astimezone(first.tzinfo).replace(tzinfo=None) != naive:
        raise UserError("time_skipped", text=wall, zone=zone_name)
    if offset in (None, first.utcoffset()):
        return at
    if offset == second.utcoffset():
        return second.astimezone(UTC)
    raise UserError("time_unreadable", text=wall)


def utc_to_wall(at: datetime, zone_name: str) -> str:
    """The wall time `YYYY-MM-DD HH:MM` of an instant in an IANA zone, with the offset for the second of two
    that a clock change makes alike: `wall_to_utc` finds the same instant. Raises UserError `zone_unknown`."""
    local = at.astimezone(zone(zone_name))
    wall = local.strftime(WALL)
    return f"{wall}{offset_text(local)}" if local.fold else wall


def walls_of(wall: str, zone_name: str) -> tuple[str, ...]:
    """The wall time alone, or both spellings where a clock change makes it come twice, the first one first.

    Raises UserError `time_unreadable` or `zone_unknown`.
    """
    naive, _offset = read_wall(wall)
    first, second = (naive.replace(tzinfo=zone(zone_name), fold=fold) for fold in (0, 1))
    plain = naive.strftime(WALL)
    # Later by the clock, earlier by the offset: only where the clocks went back.
    if first.astimezone(UTC) < second.astimezone(UTC):
        return plain, f"{plain}{offset_text(second)}"
    return (plain,)


def offset_text(local: datetime) -> str:
    """`+01:00`."""
    text = local.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
