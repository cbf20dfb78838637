"""When the embargo of an abstract ends: per abstract, never per congress.

The rules of ASCO and ESMO as read in 2024: ASCO's regular abstracts at 17:00 Eastern time on the day of their
release, late-breaking ones at 07:00 Central time on the day they are presented; ESMO's at the start of the
official session, social media named explicitly. A congress may change them from year to year: the person
looks them up and may fix an instant for each abstract. What is not known keeps the embargo closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from medvoice.domain.clock import zone as zone_of
from medvoice.domain.congress import Abstract, Event, Kind, Session, Style
from medvoice.domain.errors import UserError

Why = Literal["release", "presentation", "session", "fixed", "release_missing", "session_missing"]


@dataclass(frozen=True, slots=True)
class DayRule:
    """The embargo ends at a clock time of a zone on a known day: that of the release or the presentation."""

    day: Literal["release", "presentation"]
    clock: time
    zone: str


# What is not named here ends when the session of the abstract starts, the latest of the known customs.
DAY_RULES: dict[tuple[Style, Kind], DayRule] = {
    ("asco", "regular"): DayRule("release", time(17), "America/New_York"),
    ("asco", "late_breaking"): DayRule("presentation", time(7), "America/Chicago"),
}


@dataclass(frozen=True, slots=True)
class Lift:
    """The end of an embargo: the instant, UTC, and as the congress says it, `YYYY-MM-DD HH:MM` in `zone`.
    `at` is None while a day it needs is not known: the embargo stands."""

    at: datetime | None
    wall: str
    zone: str
    why: Why

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended at `now` (aware); the instant itself is after it."""
        return self.at is not None and now >= self.at


def lift_of(event: Event, abstract: Abstract, session: Session | None) -> Lift:
    """When the abstract's embargo ends. Raises UserError `zone_unknown`, `time_unreadable`."""
    if abstract.kind == "fixed":
        return _lift(abstract.wall, abstract.zone or event.zone, "fixed")
    rule = None if abstract.kind == "session" else DAY_RULES.get((event.style, abstract.kind))
    if rule is not None and rule.day == "release":
        if event.release_on is None:
            return Lift(None, "", rule.zone, "release_missing")
        return _lift(f"{event.release_on.isoformat()} {rule.clock:%H:%M}", rule.zone, "release")
    if session is None:
        return Lift(None, "", rule.zone if rule else event.zone, "session_missing")
    if rule is not None:
        return _lift(f"{session.wall[:10]} {rule.clock:%H:%M}", rule.zone, "presentation")
    return _lift(session.wall, event.zone, "session")


def _lift(wall: str, zone: str, why: Why) -> Lift:
    return Lift(latest_instant(wall, zone), wall, zone, why)


def latest_instant(wall: str, zone: str) -> datetime:
    """The latest instant, UTC, that a wall time `YYYY-MM-DD HH:MM` in an IANA zone can mean: the second of a
    repeated hour, and never before a skipped one. An embargo may end late, not early.

    Raises UserError `time_unreadable`, `zone_unknown`.
    """
    try:
        naive = datetime.strptime(wall.replace("T", " "), "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError as problem:
        raise UserError("time_unreadable", text=wall) from problem
    place = zone_of(zone)
    try:
        return max(naive.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as problem:
        raise UserError("time_unreadable", text=wall) from problem


def latest(lifts: Iterable[Lift]) -> Lift | None:
    """The lift that all of them have to wait for: one that is not known, else the last; None for none."""
    found = list(lifts)
    unknown = next((each for each in found if each.at is None), None)
    return unknown or max(found, key=lambda each: each.at or datetime.max.replace(tzinfo=UTC), default=None)
