"""What comes back: every so many weeks on a weekday, or in every month on the nth weekday or a day.

Days are days of a zone. A day that a month does not have is its last day, so that no month is left out. A
time that the clocks skip is the moment they jump to, one that they repeat is the first; both are said.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from medvoice.domain.clock import zone
from medvoice.domain.errors import UserError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
MOST_STEPS = 52
Every = Literal["week", "month"]
Shift = Literal["", "skipped", "twice"]
_WORDS = re.compile(r"(?:every\s+)?(?:(?P<nth>first|second|third|fourth|last)\s+)?(?P<day>[a-z]{3,9})")
_NUMBER = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Every `step` weeks on `weekday` (0 is Monday), or every `step` months on the `nth` `weekday` (-1 is the
    last), or on `day` of the month where `weekday` is None. Counts from `start_on` on."""

    every: Every
    start_on: date
    step: int = 1
    weekday: int | None = None
    nth: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        is_week = self.every == "week" and self.weekday is not None
        by_weekday = self.weekday is not None and self.nth in NTH.values()
        is_month = self.every == "month" and (by_weekday or (self.weekday is None and 1 <= self.day <= 31))
        if not (is_week or is_month) or not 1 <= self.step <= MOST_STEPS or not 0 <= (self.weekday or 0) <= 6:
            raise UserError("recurrence_unreadable", text=f"{self.every} {self.weekday} {self.day}")

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last`, both included, in order; never before `start_on`."""
        first = max(first, self.start_on)
        if self.every == "week":
            yield from self._weekly(first, last)
            return
        month = (first.year * 12 + first.month - 1) - (self.start_on.year * 12 + self.start_on.month - 1)
        month -= month % self.step
        while (day := self._in_month(month)) <= last:
            if day >= first:
                yield day
            month += self.step

    def _weekly(self, first: date, last: date) -> Iterator[date]:
        assert self.weekday is not None
        day = self.start_on + timedelta(days=(self.weekday - self.start_on.weekday()) % 7)
        pace = timedelta(weeks=self.step)
        if day < first:
            day += pace * -(-(first - day).days // pace.days)
        while day <= last:
            yield day
            day += pace

    def _in_month(self, months: int) -> date:
        """The day in the month that lies so many after that of `start_on`."""
        at = self.start_on.year * 12 + self.start_on.month - 1 + months
        year, month = at // 12, at % 12 + 1
        first_weekday, length = monthrange(year, month)
        if self.weekday is None:
            return date(year, month, min(self.day, length))
        first = 1 + (self.weekday - first_weekday) % 7
        if self.nth > 0:
            return date(year, month, first + 7 * (self.nth - 1))
        return date(year, month, first + 7 * ((length - first) // 7))


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, UTC, of a day and a clock time in a zone; `shift` says what the clocks did to it."""

    at: datetime
    shift: Shift = ""


def moment_of(day: date, clock: time, zone_name: str) -> Moment:
    """The instant of a wall time, by the rule at the top of this module. Raises UserError `zone_unknown`."""
    place = zone(zone_name)
    naive = datetime.combine(day, clock)
    first, second = (naive.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) == naive:
        return Moment(first, "twice" if second > first else "")
    return Moment(_jump(second, first, zone_name), "skipped")


def _jump(before: datetime, after: datetime, zone_name: str) -> datetime:
    """The instant at which the offset of a zone changes between two others, to the second."""
    place = zone(zone_name)
    offset = before.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def read_recurrence(every: str, on: str, step: int, start_on: date) -> Recurrence:
    """From words: `week` on "tuesday"; `month` on "first tuesday", "last friday" or "31". Raises UserError
    `recurrence_unreadable`."""
    words = " ".join(on.lower().split())
    number = _NUMBER.fullmatch(words)
    if every == "month" and number is not None:
        return Recurrence("month", start_on, step, day=int(number["day"]))
    match = _WORDS.fullmatch(words)
    named = [at for at, name in enumerate(WEEKDAYS) if match is not None and name.startswith(match["day"])]
    if match is None or len(named) != 1 or every not in ("week", "month"):
        raise UserError("recurrence_unreadable", text=on)
    if every == "week" and not match["nth"]:
        return Recurrence("week", start_on, step, weekday=named[0])
    if every == "month" and match["nth"]:
        return Recurrence("month", start_on, step, weekday=named[0], nth=NTH[match["nth"]])
    raise UserError("recurrence_unreadable", text=on)
