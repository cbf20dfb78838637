"""What the time panel says about a moment: how far, where else, what stands against it, what else to use."""

from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.clock import utc_to_wall, wall_to_utc, walls_of
from medvoice.services.slots import KeptTime, Slot
from medvoice.ui.models import time_choice
from medvoice.ui.models.moments import moment, short_moment
from medvoice.ui.models.time_choice import (
    Offers,
    distance,
    elsewhere,
    free_words,
    judge,
    kept_words,
    posts_by_day,
    short_words,
    why_words,
)
from medvoice.ui.models.typed_time import read_typed

pytestmark = pytest.mark.usefixtures("british")

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
# Wednesday, 10:07 in Berlin.
NOW = datetime(2026, 11, 25, 9, 7, tzinfo=UTC)


def test_a_past_time_offers_the_next_at_that_hour() -> None:
    early = judge("2026-11-24 18:00", BERLIN, NOW)
    assert early.problem == ("That has passed: it is Wed 25 Nov, 10:07 there now. The next 18:00 is today.")
    assert early.instead == "2026-11-25 18:00"
    assert judge("2026-11-25 08:00", BERLIN, NOW).instead == "2026-11-26 08:00"


def test_a_skipped_hour_offers_the_first_that_exists() -> None:
    judged = judge("2027-03-28 02:30", BERLIN, NOW)
    assert (judged.at, judged.instead) == (None, "2027-03-28 03:00")
    assert not judge(judged.instead, BERLIN, NOW).problem


def test_a_repeated_hour_is_a_note_and_the_first_is_meant() -> None:
    judged = judge("2027-10-31 02:30", BERLIN, NOW)
    assert judged.problem == ""
    assert judged.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert judged.note.endswith("The first one is meant.")


def test_the_second_of_two_hours_is_another_instant_and_both_are_named() -> None:
    judged = judge("2027-10-31 02:30+01:00", BERLIN, NOW)
    assert (judged.problem, judged.at) == ("", datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
    assert judged.note.endswith("The second one is meant.")
    words = [short_moment(wall, BERLIN, BERLIN) for wall in walls_of("2027-10-31 02:30", BERLIN)]
    assert words == ["Sun 31 Oct, 02:30 CEST", "Sun 31 Oct, 02:30 CET"]
    assert moment(judged.at, BERLIN, NOW) == "Sun 31 Oct 2027, 02:30 CET"
    assert short_moment("2027-10-31 03:30", BERLIN, BERLIN) == "Sun 31 Oct, 03:30"


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"])
def test_every_instant_is_found_again_from_its_wall_time(zone: str) -> None:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    for step in range(0, 365 * 24 * 2):
        moment_at = at + step * timedelta(minutes=30)
        assert wall_to_utc(utc_to_wall(moment_at, zone), zone) == moment_at


def test_an_offset_that_a_zone_does_not_have_then_is_refused() -> None:
    assert walls_of("2027-03-28 02:30", BERLIN) == ("2027-03-28 02:30",)
    for wall in ("2027-10-31 02:30+05:00", "2027-06-01 08:00+01:00", "2027-06-01 08:00+2"):
        assert judge(wall, BERLIN, NOW).problem, wall
    assert judge("2027-06-01 08:00+02:00", BERLIN, NOW).at == datetime(2027, 6, 1, 6, tzinfo=UTC)


def test_a_post_near_by_is_told_and_a_sign_in_that_ends_before_refuses() -> None:
    at = datetime(2026, 11, 26, 7, 10, tzinfo=UTC)
    near = judge("2026-11-26 08:30", BERLIN, NOW, Offers(taken=(at,)))
    assert near.note == "Another post goes out at 08:10 that day."
    assert judge("2026-11-26 08:45", BERLIN, NOW, Offers(taken=(at,))).note == "Tomorrow."
    ends = Offers(ends=((at, "It ends."),))
    assert judge("2026-11-26 08:11", BERLIN, NOW, ends).problem == "It ends."
    assert judge("2026-11-26 08:09", BERLIN, NOW, ends).problem == ""


def test_a_post_that_says_the_same_is_told_wherever_it_would_stand() -> None:
    offers = Offers(alike="82% of it stands in “Small cohorts” too.")
    for wall in ("2026-11-26 08:10", "2027-03-02 17:45"):
        judged = judge(wall, BERLIN, NOW, offers)
        assert (judged.problem, judged.note) == ("", offers.alike)


def test_an_unknown_zone_is_a_problem() -> None:
    assert judge("2026-11-26 08:30", "Europe/B", NOW).problem.startswith("This is not a time zone.")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 25, 9, 8, tzinfo=UTC), "In 1 minute."),
        (datetime(2026, 11, 25, 9, 47, tzinfo=UTC), "In 40 minutes."),
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), "Today."),
        (datetime(2026, 11, 25, 23, 1, tzinfo=UTC), "Tomorrow."),
        (datetime(2026, 11, 30, 9, 7, tzinfo=UTC), "In 5 days."),
    ],
)
def test_how_far_by_the_calendar_there(at, words) -> None:
    assert distance(at, BERLIN, NOW) == words


def test_the_same_moment_elsewhere_only_where_it_differs() -> None:
    at = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    assert elsewhere(at, BERLIN, BERLIN, "") == ()
    assert elsewhere(at, BERLIN, "Europe/Paris", "") == ()
    assert elsewhere(at, BERLIN, BERLIN, NEW_YORK) == ("Wed 25 Nov, 22:00 for readers in New York",)
    assert elsewhere(at, NEW_YORK, BERLIN, NEW_YORK) == ("Thu 26 Nov, 04:00 where you are (Berlin)",)


def test_what_the_field_shows_can_be_read_again() -> None:
    wall = "2026-12-01 08:10"
    typed = read_typed(short_words(wall), NOW.replace(tzinfo=None), datetime(2026, 1, 1, 0, 0).time())  # noqa: DTZ001
    assert typed is not None
    assert typed.at.strftime("%Y-%m-%d %H:%M") == wall


def test_words_about_the_person_s_own_times() -> None:
    kept = (KeptTime(1, 8, 10),)
    assert kept_words("2026-12-01 08:10", kept) == ("No longer my time: Tuesday, 08:10", True)
    assert kept_words("2026-12-01 08:15", kept) == ("Keep as my time: Tuesday, 08:15", False)
    slot = Slot("2026-12-01 08:10", BERLIN, "kept")
    assert (why_words(slot), free_words((slot,))) == ("one of your times", "Next free of your times")


def test_posts_are_counted_by_the_day_there() -> None:
    taken = (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), datetime(2026, 11, 25, 23, 1, tzinfo=UTC))
    assert {str(day): count for day, count in posts_by_day(taken, BERLIN).items()} == {
        "2026-11-25": 1,
        "2026-11-26": 1,
    }


def test_the_first_free_time_is_called_so_and_no_other() -> None:
    free = Slot("2026-11-26 08:10", BERLIN, "usual"), Slot("2026-11-27 08:10", BERLIN, "usual")
    offers = Offers(slots=free)
    first = judge("2026-11-26 08:10", BERLIN, NOW, offers)
    assert first.note == "Tomorrow. Next free time: working day, your usual hour."
    assert judge("2026-11-27 08:10", BERLIN, NOW, offers).note == "In 2 days."
    assert judge("2026-11-26 08:10", NEW_YORK, NOW, offers).note == "Tomorrow."


def test_away_from_home_the_laptop_s_clock_is_said_once(monkeypatch) -> None:
    at = wall_to_utc("2026-12-01 08:10", BERLIN)
    monkeypatch.setattr(time_choice, "laptop_zone", lambda: NEW_YORK)
    assert elsewhere(at, BERLIN, BERLIN, "") == ("02:10 by this laptop's clock (New York)",)
    there = wall_to_utc("2026-12-01 08:10", NEW_YORK)
    assert elsewhere(there, NEW_YORK, BERLIN, "") == ("14:10 at home (Berlin)",)
    assert elsewhere(at, BERLIN, BERLIN, NEW_YORK) == (
        "02:10 by this laptop's clock (New York)",
        "02:10 for readers in New York",
    )
    monkeypatch.setattr(time_choice, "laptop_zone", lambda: "Europe/Paris")
    assert elsewhere(at, BERLIN, BERLIN, "") == (), "another name for the same hour says nothing"
