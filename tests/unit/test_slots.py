"""The next free slot: the person's times, else the next working day at the usual hour; never a surprise."""

from datetime import UTC, datetime, time, timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.services.slots import KeptTime, free_slots, kept_time_of, usual_hour

BERLIN = "Europe/Berlin"
# Thursday, 09:00 in Berlin.
NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
USUAL = time(8, 10)


def walls(kept=(), taken=(), earliest=NOW, count=3, usual=USUAL, zone=BERLIN) -> list[str]:
    return [slot.wall for slot in free_slots(kept, usual, taken, earliest, zone, count)]


def test_without_kept_times_it_is_the_next_working_day_at_the_usual_hour() -> None:
    assert walls() == ["2026-11-27 08:10", "2026-11-30 08:10", "2026-12-01 08:10"]


def test_kept_times_come_first_and_weekends_count_when_kept() -> None:
    kept = (KeptTime(5, 10, 0), KeptTime(3, 12, 0), KeptTime(3, 8, 0))
    assert walls(kept) == ["2026-11-26 12:00", "2026-11-28 10:00", "2026-12-03 08:00"]
    assert {slot.why for slot in free_slots(kept, USUAL, (), NOW, BERLIN, 2)} == {"kept"}


def test_a_slot_with_a_post_within_half_an_hour_is_taken() -> None:
    at = datetime(2026, 11, 27, 7, 10, tzinfo=UTC)
    assert walls(taken=(at + timedelta(minutes=29),))[0] == "2026-11-30 08:10"
    assert walls(taken=(at + timedelta(minutes=30),))[0] == "2026-11-27 08:10"


def test_a_kept_time_that_has_just_begun_is_left_for_next_week() -> None:
    assert walls((KeptTime(3, 9, 0),), earliest=NOW + timedelta(minutes=2), count=1) == ["2026-12-03 09:00"]


def test_an_hour_that_the_clocks_skip_is_not_offered() -> None:
    before = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    assert walls((KeptTime(6, 2, 30),), earliest=before, count=1) == ["2027-04-04 02:30"]


def test_the_day_is_the_person_s_not_utc_s() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # Friday 00:30 in Berlin
    assert walls(earliest=late, count=1) == ["2026-11-30 08:10"]


def test_all_taken_gives_none() -> None:
    kept = (KeptTime(0, 8, 0),)
    first = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    taken = [first + timedelta(weeks=each) + timedelta(minutes=10) for each in range(20)]
    assert walls(kept, taken) == []


def test_the_usual_hour_is_the_one_chosen_most_the_latest_of_equals() -> None:
    eight, noon, five = time(8), time(12), time(17)
    assert usual_hour([]) == time(8, 10)
    assert usual_hour([noon, eight, eight]) == eight
    assert usual_hour([five, noon, eight]) == five


def test_an_hour_of_the_night_is_not_learned() -> None:
    night, six, ten = time(1, 17), time(6), time(22)
    assert usual_hour([night, night, time(22, 1), time(5, 59)]) == time(8, 10)
    assert usual_hour([night, night, six]) == six
    assert usual_hour([night, ten, six]) == ten


def test_a_wall_time_gives_its_weekday() -> None:
    assert kept_time_of("2026-11-26 08:10") == KeptTime(3, 8, 10)
    with pytest.raises(UserError):
        kept_time_of("tomorrow")
