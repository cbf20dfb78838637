"""Hours worth posting: the times of the week a person keeps, else the hour they usually take. What is known
is called by its name; nothing is called the best that no number stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.clock import zone as zone_of
from medvoice.domain.errors import UserError
from medvoice.services.planning import midnight
from medvoice.services.slots import FIRST_HOUR, Use
from medvoice.ui.models.calendar_days import Span, day_name, week_of

if TYPE_CHECKING:
    from medvoice.services.slots import KeptTime, Slot, Slots
    from medvoice.ui.bridge import Desk
    from medvoice.ui.models.calendar_data import CalendarSnapshot, Waiting

HoursKind = Literal["kept", "usual", ""]
# Weekday (0 is Monday) and minute of the day.
Hours = tuple[tuple[int, int], ...]
WORKING_DAYS, APART_MINUTES = 5, 30
FREE_LOOKED_AT, LOOK_BACK = 40, timedelta(days=92)


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_hours", text)


@dataclass(frozen=True, slots=True)
class Worth:
    """The hours of the week worth posting, by `kind` the times that are kept or the usual one; `for_any` are
    those that no topic and no network has to itself. `week` are the days that `free` is about, None for none
    of those that show: wall times of hours for any draft at which nothing stands, the next first. `open` are
    the clocks of such times that are kept and free, by day."""

    kind: HoursKind = ""
    hours: Hours = ()
    for_any: Hours = ()
    week: Span | None = None
    free: tuple[str, ...] = ()
    open: dict[date, tuple[str, ...]] = field(default_factory=dict)


NOTHING_KNOWN = Worth()


def read_worth(
    desk: "Desk", span: Span, zone: str, free: "tuple[Slot, ...]", busy: Sequence[datetime]
) -> Worth:
    """What is known of the hours in a span of days; `free` are the next free slots of no draft in particular,
    `busy` the moments at which something stands in the span (UTC). Work lane. Raises StorageError."""
    kind, hours, for_any = read_hours(desk, free)
    if not kind:
        return NOTHING_KNOWN
    now = desk.clock.now()
    week = week_shown(span, now.astimezone(zone_of(zone)).date())
    clocks = {day: open_hours(day, for_any, zone, busy, now) for day in span.days if kind == "kept"}
    is_open = {day: found for day, found in clocks.items() if found}
    mine = tuple(each for each in free if each.why == kind)  # where all times are kept for something, none
    return Worth(kind, hours, for_any, week, free_in(desk, week, mine, busy), is_open)


def read_hours(desk: "Desk", free: "tuple[Slot, ...]") -> tuple[HoursKind, Hours, Hours]:
    """What the hours of the week are: kept, the usual one of working days, or none when the person has
    neither; all of them, and those for any draft. `free` are free slots of no draft in particular. Work lane.
    Raises StorageError."""
    slots = desk.planning.slots
    kept = slots.kept
    if kept:
        return "kept", _hours(kept), _hours(each for each in kept if each == each.moment)
    clock = free[0].wall[11:16] if free else ""
    if not clock or not _is_theirs(slots, clock, free[0].zone):
        return "", (), ()
    minute = int(clock[:2]) * 60 + int(clock[3:])
    usual = tuple((weekday, minute) for weekday in range(WORKING_DAYS))
    return "usual", usual, usual


def _hours(kept: "Iterable[KeptTime]") -> Hours:
    return tuple(sorted({(each.weekday, each.hour * 60 + each.minute) for each in kept}))


def _is_theirs(slots: "Slots", clock: str, zone: str) -> bool:
    """Whether the person has chosen that hour: before any post the usual hour is only what MedVoice begins
    with."""
    if clock != f"{FIRST_HOUR:%H:%M}":
        return True
    lately = slots.outbox.list(since=slots.clock.now() - LOOK_BACK)
    return any(utc_to_wall(each.due_at, zone)[11:16] == clock for each in lately)


def week_shown(span: Span, today: date) -> Span | None:
    """The week whose free times are told: the one that shows, else what shows of this one."""
    if len(span.days) == 7:
        return span
    start = week_of(today)
    days = Span(max(start, span.first), min(start + timedelta(days=6), span.last))
    return days if days.first <= days.last else None


def free_in(
    desk: "Desk", week: Span | None, free: "tuple[Slot, ...]", busy: Sequence[datetime]
) -> tuple[str, ...]:
    """The free slots of a week as wall times; `free` are the next ones from now on, `busy` the moments at
    which something stands there (a draft with a moment in mind takes it too). Work lane."""
    if week is None or not free:
        return ()
    first, last = week.first.isoformat(), week.last.isoformat()
    if free[-1].wall[:10] < first:
        after = midnight(week.first, free[-1].zone)
        free = desk.planning.slots.free(FREE_LOOKED_AT, after=after, use=Use())
    inside = [each for each in free if first <= each.wall[:10] <= last]
    return tuple(each.wall for each in _open(inside, busy))


def next_open(desk: "Desk", draft_id: str) -> "Slot":
    """The next free slot for a draft at which no other draft stands with a moment in mind. Work lane. Raises
    UserError `no_free_slot`."""
    planning = desk.planning
    first = planning.slots.next_free(draft_id)
    free = planning.slots.free(FREE_LOOKED_AT, draft_id)
    days = [date.fromisoformat(each.wall[:10]) for each in (free[0], free[-1])]
    entries = planning.between(days[0], days[1], first.zone)
    return next(iter(_open(free, [each.at for each in entries if each.draft_id != draft_id])), first)


def _open(free: "Sequence[Slot]", busy: Sequence[datetime]) -> "tuple[Slot, ...]":
    apart = timedelta(minutes=APART_MINUTES)
    moments = [(slot, wall_to_utc(slot.wall, slot.zone)) for slot in free]
    return tuple(slot for slot, at in moments if all(abs(at - other) >= apart for other in busy))


def open_hours(
    day: date, hours: Hours, zone: str, busy: Sequence[datetime], now: datetime
) -> tuple[str, ...]:
    """The clocks of hours on a day that are ahead and that nothing is near; `busy` and `now` are UTC."""
    found: list[str] = []
    for weekday, minute in hours:
        clock = f"{minute // 60:02}:{minute % 60:02}"
        if weekday != day.weekday():
            continue
        try:
            at = wall_to_utc(f"{day.isoformat()} {clock}", zone)
        except UserError:  # skipped by the clocks
            continue
        if at > now and all(abs(at - other) >= timedelta(minutes=APART_MINUTES) for other in busy):
            found.append(clock)
    return tuple(found)


def hours_words(kind: HoursKind) -> str:
    """What the tinted hours are, "" for none."""
    return {"kept": _tr("Your times"), "usual": _tr("Your usual hour"), "": ""}[kind]


def free_title(kind: HoursKind) -> str:
    """The heading of a free time in the week; for "" in one word."""
    return {"kept": _tr("Your time, free"), "usual": _tr("Usual hour, free"), "": _tr("Free")}[kind]


def free_words(wall: str) -> str:
    """ "Wed 12:00"."""
    return f"{day_name(date.fromisoformat(wall[:10]))} {wall[11:16]}"


def first_fitting(snapshot: "CalendarSnapshot", wall: str) -> "Waiting | None":
    """The first draft of the tray that may stand at a wall time."""
    from medvoice.ui.models.calendar_data import why_not

    return next((each for each in snapshot.tray if not why_not(each, wall, snapshot)), None)
