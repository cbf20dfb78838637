"""What the nights when clocks change do to a wall time, in facts and in a sentence. UI thread or lane."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import read_wall
from medvoice.domain.clock import zone as zone_of
from medvoice.ui.models.moments import city


@dataclass(frozen=True, slots=True)
class ClockChange:
    """`kind` "skipped": the wall time does not exist; "twice": it comes two times. `before` and `after` are
    the wall times right at the change, both naive: 02:00 and 03:00, or 03:00 and 02:00; `offset` is that from
    UTC once the clocks are changed."""

    kind: str
    before: datetime
    after: datetime
    offset: timedelta


def change_at(wall: str, zone_name: str) -> ClockChange | None:
    """The clock change that a wall time (see `read_wall`) falls into, None on all other days.

    Raises UserError `zone_unknown` or `time_unreadable`.
    """
    (naive, _offset), there = read_wall(wall), zone_of(zone_name)
    first = naive.replace(tzinfo=there, fold=0).utcoffset()
    second = naive.replace(tzinfo=there, fold=1).utcoffset()
    if first is None or second is None or first == second:
        return None
    at = _instant(naive, there, first, second)
    before, after = (at + first).replace(tzinfo=None), (at + second).replace(tzinfo=None)
    return ClockChange("skipped" if second > first else "twice", before, after, second)


def _instant(naive: datetime, there: ZoneInfo, first: timedelta, second: timedelta) -> datetime:
    """The instant of the change, to the minute, by halving the hours around it."""
    middle = (naive - first).replace(tzinfo=UTC)
    low, high = middle - timedelta(hours=3), middle + timedelta(hours=3)
    while high - low > timedelta(minutes=1):
        half = low + (high - low) / 2
        half = half.replace(second=0, microsecond=0)
        if half == low:
            break
        if half.astimezone(there).utcoffset() == second:
            high = half
        else:
            low = half
    return high


def change_words(change: ClockChange, wall: str, zone_name: str) -> str:
    """One sentence about it."""
    time, name = wall[11:16], city(zone_name)
    before, after = change.before.strftime("%H:%M"), change.after.strftime("%H:%M")
    if change.kind == "skipped":
        words = _tr(
            "There is no {time} that night: the clocks in {city} go from {before} to {after}. Use {after}."
        )
    else:
        words = _tr(
            "{time} comes twice that night, as the clocks in {city} go back from {before} to {after}."
        )
        is_second = read_wall(wall)[1] == change.offset
        words += _tr(" The second one is meant.") if is_second else _tr(" The first one is meant.")
    return words.format(time=time, city=name, before=before, after=after)


def _tr(text: str) -> str:
    return QCoreApplication.translate("clock_change", text)
