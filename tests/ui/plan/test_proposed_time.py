"""Which time the bar proposes: the chosen one, the next free one, or the next quarter in working hours."""

from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.draft import Draft
from medvoice.domain.profile import Profile
from medvoice.services.slots import Slot
from medvoice.ui.pages.compose.todo import Facts, free_time, next_slot, planned_time

BERLIN = "Europe/Berlin"
# Wednesday, 10:07 in Berlin.
NOW = datetime(2026, 11, 25, 9, 7, tzinfo=UTC)
FREE = Slot("2026-11-26 08:10", BERLIN, "usual")
PERSON = Profile(name="Jordan Sample", zone=BERLIN)


def draft(wall: str = "") -> Draft:
    return Draft("d1", "", "Words.", None, "mixed", (), (), 1, False, wall, BERLIN, NOW, NOW)


def facts(free: Slot | None = FREE, has_looked: bool = True, now: datetime = NOW) -> Facts:
    return Facts(profile=PERSON, now=now, free=free, has_looked=has_looked)


def test_nothing_chosen_means_the_next_free_time() -> None:
    assert planned_time(draft(), facts()) == (FREE.wall, BERLIN)
    assert free_time(draft(), facts()) is FREE


def test_what_the_person_chose_stays_until_it_has_passed() -> None:
    chosen = draft("2026-11-25 15:00")
    assert planned_time(chosen, facts()) == ("2026-11-25 15:00", BERLIN)
    assert free_time(chosen, facts()) is None
    later = facts(now=NOW + timedelta(hours=6))
    assert planned_time(chosen, later) == (FREE.wall, BERLIN)


def test_before_it_was_looked_for_and_once_it_has_passed_there_is_no_proposal() -> None:
    assert planned_time(draft(), facts(None, has_looked=False)) == ("", BERLIN)
    passed = facts(now=NOW + timedelta(days=2))
    assert planned_time(draft(), passed) == ("", BERLIN)
    assert free_time(draft(), passed) is None


def test_with_no_free_time_the_next_quarter_in_working_hours() -> None:
    assert planned_time(draft(), facts(None)) == ("2026-11-25 10:15", BERLIN)
    assert free_time(draft(), facts(None)) is None


@pytest.mark.parametrize(
    ("now", "wall"),
    [
        (datetime(2026, 11, 25, 16, 42, tzinfo=UTC), "2026-11-25 17:45"),
        (datetime(2026, 11, 25, 16, 44, tzinfo=UTC), "2026-11-26 08:00"),
        (datetime(2026, 11, 25, 2, 0, tzinfo=UTC), "2026-11-25 08:00"),
        (datetime(2026, 11, 27, 22, 0, tzinfo=UTC), "2026-11-30 08:00"),
        # The night in which the clocks go forward.
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "2027-03-29 08:00"),
    ],
)
def test_a_quarter_is_never_proposed_for_the_night_or_the_weekend(now: datetime, wall: str) -> None:
    assert next_slot(now, BERLIN) == wall
