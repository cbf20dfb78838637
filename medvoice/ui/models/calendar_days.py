"""Days of the calendar's views, by the locale's first day of the week. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QDate, QLocale

ViewKind = Literal["month", "week", "list"]
LIST_DAYS = 42


@dataclass(frozen=True, slots=True)
class Span:
    """The days a view shows, both included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        return _days(self.first, self.last)


@lru_cache(maxsize=64)
def _days(first: date, last: date) -> tuple[date, ...]:
    """Asked for each cell that is painted."""
    return tuple(first + timedelta(days=at) for at in range((last - first).days + 1))


def first_weekday() -> int:
    """The day the week starts with where the person lives: 0 is Monday."""
    return QLocale().firstDayOfWeek().value - 1


def week_of(day: date, starts_on: int | None = None) -> date:
    """The first day of the week of a day."""
    start = first_weekday() if starts_on is None else starts_on
    return day - timedelta(days=(day.weekday() - start) % 7)


def span_of(kind: ViewKind, day: date) -> Span:
    """What a view shows with `day` in it: the weeks its month touches, its week, or six weeks from it on."""
    if kind == "month":
        first = day.replace(day=1)
        return Span(week_of(first), week_of(_last_of(first)) + timedelta(days=6))
    if kind == "week":
        first = week_of(day)
        return Span(first, first + timedelta(days=6))
    return Span(day, day + timedelta(days=LIST_DAYS - 1))


def step(kind: ViewKind, day: date, by: int) -> date:
    """The same place in the view before (-1) or after (1); a month keeps the day where it has one."""
    if kind == "week":
        return day + timedelta(days=7 * by)
    if kind == "list":
        return day + timedelta(days=LIST_DAYS * by)
    month = day.month - 1 + by
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, _last_of(date(year, month, 1)).day))


def _last_of(first: date) -> date:
    """The last day of the month that begins with `first`."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def title_of(kind: ViewKind, day: date, *, is_short: bool = False) -> str:
    """ "November 2026", or "16–22 November" for a week or list; the month's name cut where it is short."""
    locale = QLocale()
    month = "MMM" if is_short else "MMMM"
    if kind == "month":
        return locale.toString(qdate(day), f"{month} yyyy")
    span = span_of(kind, day)
    if span.first.month == span.last.month:
        return f"{span.first.day}–{locale.toString(qdate(span.last), f'd {month}')}"
    has_year = span.last.year != span.first.year and not is_short
    last = locale.toString(qdate(span.last), "d MMM yyyy" if has_year else "d MMM")
    return f"{locale.toString(qdate(span.first), 'd MMM')} – {last}"


def day_name(day: date, pattern: str = "ddd") -> str:
    """A day by a pattern of Qt: "ddd" is "Mon"."""
    return QLocale().toString(qdate(day), pattern)


def qdate(day: date) -> QDate:
    """A day as Qt has it."""
    return QDate(day.year, day.month, day.day)
