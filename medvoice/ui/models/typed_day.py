"""A day, and a start within an event, as a person types them. Pure but for the locale's names."""

from datetime import date, datetime, time

from medvoice.ui.models.typed_time import read_typed

NOON = time(12)


def read_day(text: str, today: date) -> date | None:
    """The day meant by "2026-11-17", "17 Nov 2026" or "17 Nov"; None when there is no such day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        typed = read_typed(text, datetime.combine(today, time()), NOON)
    return typed.at.date() if typed is not None and not typed.has_time else None


def read_start(text: str, first: date, last: date) -> str:
    """The wall time `YYYY-MM-DD HH:MM` meant by "2026-11-19 09:00", "19 Nov 9:00", "Thu 9:00", or by "9:00"
    where an event has one day; "" when there is none. A day without a year is one of the event's."""
    typed = read_typed(text, datetime.combine(first, time()), NOON)
    if typed is None or not typed.has_time:
        return ""
    at = typed.at
    if at.date() > last and at.date().replace(year=first.year) == first:
        at = at.replace(year=first.year)
    return at.strftime("%Y-%m-%d %H:%M")
