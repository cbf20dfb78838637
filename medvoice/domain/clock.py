"""The one way to ask what time it is.

Everything that decides by time takes a Clock, so that the demo and the tests can move it.
All instants are aware UTC; wall times exist only beside an IANA zone.
"""

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


def wall_to_utc(wall: str, zone_name: str) -> datetime:
    """The instant of a wall time `YYYY-MM-DD HH:MM` in an IANA zone.

    In the hour that a clock change repeats, the first of the two is meant. A wall time that the
    change skips does not exist and is refused rather than moved.
    Raises UserError `time_unreadable`, `zone_unknown` or `time_skipped`.
    """
    try:
        naive = datetime.strptime(wall.replace("T", " "), "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError as problem:
        raise UserError("time_unreadable", text=wall) from problem
    local = naive.replace(tzinfo=zone(zone_name), fold=0)
    at = local.astimezone(UTC)
    if at.astimezone(local.tzinfo).replace(tzinfo=None) != naive:
        raise UserError("time_skipped", text=wall, zone=zone_name)
    return at


def utc_to_wall(at: datetime, zone_name: str) -> str:
    """The wall time `YYYY-MM-DD HH:MM` of an instant in an IANA zone. Raises UserError `zone_unknown`."""
    return at.astimezone(zone(zone_name)).strftime("%Y-%m-%d %H:%M")
