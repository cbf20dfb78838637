"""What people type for a moment is understood, or asked again; nights when clocks change are told."""

from datetime import datetime, time

import pytest
from PySide6.QtCore import QLocale

from medvoice.domain.errors import UserError
from medvoice.ui.models.clock_change import change_at, change_words
from medvoice.ui.models.typed_time import read_clock, read_typed

pytestmark = pytest.mark.usefixtures("british")

# A Wednesday.
NOW = datetime(2026, 11, 25, 10, 7)  # noqa: DTZ001 - wall time
KEPT = time(8, 10)


def meant(text: str) -> str:
    typed = read_typed(text, NOW, KEPT)
    return typed.at.strftime("%Y-%m-%d %H:%M") if typed else ""


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("tomorrow 8:10", "2026-11-26 08:10"),
        ("Tomorrow at 8:10", "2026-11-26 08:10"),
        ("Thu 12:00", "2026-11-26 12:00"),
        ("thursday, noon", "2026-11-26 12:00"),
        ("wed 9:00", "2026-12-02 09:00"),
        ("next fri 9:00", "2026-12-04 09:00"),
        ("Fri", "2026-11-27 08:10"),
        ("today 18:30", "2026-11-25 18:30"),
        ("18:30", "2026-11-25 18:30"),
        ("9:00", "2026-11-26 09:00"),
        ("6pm", "2026-11-25 18:00"),
        ("6:15 pm", "2026-11-25 18:15"),
        ("12 am", "2026-11-26 00:00"),
        ("1830", "2026-11-25 18:30"),
        ("8.10", "2026-11-26 08:10"),
        ("8h10", "2026-11-26 08:10"),
        ("in 20 minutes", "2026-11-25 10:27"),
        ("in 2 hours", "2026-11-25 12:07"),
        ("in half an hour", "2026-11-25 10:37"),
        ("in an hour", "2026-11-25 11:07"),
        ("in 3 days", "2026-11-28 08:10"),
        ("in 3 days 9:00", "2026-11-28 09:00"),
        ("in a week", "2026-12-02 08:10"),
        ("17 Nov", "2027-11-17 08:10"),
        ("1 Dec 12:00", "2026-12-01 12:00"),
        ("Dec 1, 12:00", "2026-12-01 12:00"),
        ("Tue 1 December 2026, 12:00", "2026-12-01 12:00"),
        ("1st dec at 7pm", "2026-12-01 19:00"),
        ("1 dec 1830", "2026-12-01 18:30"),
        ("1 dec 2027 18:30", "2027-12-01 18:30"),
        ("8", "2026-11-26 08:00"),
        ("dec 3 5pm", "2026-12-03 17:00"),
        ("2026-12-01 08:10", "2026-12-01 08:10"),
        ("1.12. 8:10", "2026-12-01 08:10"),
        ("1.12.2027 8:10", "2027-12-01 08:10"),
        ("1/12 8:10", "2026-12-01 08:10"),
        ("day after tomorrow 9:30", "2026-11-27 09:30"),
        ("2020-01-01 08:00", "2020-01-01 08:00"),
    ],
)
def test_words_are_understood(text, wall) -> None:
    assert meant(text) == wall


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25:00", "8:75", "13pm", "30 Feb 8:00", "tomorrow maybe", "Thu 12:00 or so", "2026-13-01"],
)
def test_what_is_not_a_moment_is_asked_again(text) -> None:
    assert meant(text) == ""


def test_month_first_where_people_write_so() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert meant("1/12 8:10") == "2027-01-12 08:10"
    assert meant("25/12 8:10") == "2026-12-25 08:10"


def test_names_of_the_person_s_language_too() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert meant("Donnerstag 12:00") == "2026-11-26 12:00"
    assert meant("1. Dezember 12:00") == "2026-12-01 12:00"
    assert meant("Thursday 12:00") == "2026-11-26 12:00"


def test_a_day_alone_says_that_the_hour_was_kept() -> None:
    typed = read_typed("Fri", NOW, KEPT)
    assert typed is not None
    assert not typed.has_time


@pytest.mark.parametrize(
    ("wall", "zone", "kind", "before", "after"),
    [
        ("2027-03-28 02:30", "Europe/Berlin", "skipped", "02:00", "03:00"),
        ("2027-10-31 02:30", "Europe/Berlin", "twice", "03:00", "02:00"),
        ("2027-03-14 02:05", "America/New_York", "skipped", "02:00", "03:00"),
        ("2027-11-07 01:59", "America/New_York", "twice", "02:00", "01:00"),
        ("2027-10-03 02:10", "Australia/Lord_Howe", "skipped", "02:00", "02:30"),
    ],
)
def test_nights_when_clocks_change(wall, zone, kind, before, after) -> None:
    change = change_at(wall, zone)
    assert change is not None
    assert (change.kind, change.before.strftime("%H:%M"), change.after.strftime("%H:%M")) == (
        kind,
        before,
        after,
    )
    words = change_words(change, wall, zone)
    assert all(each in words for each in (before, after, wall[-5:]))


def test_other_hours_have_no_change() -> None:
    assert change_at("2027-03-28 03:00", "Europe/Berlin") is None
    assert change_at("2027-03-28 01:59", "Europe/Berlin") is None
    with pytest.raises(UserError):
        change_at("2027-03-28 01:59", "Mars/Base")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:10", time(8, 10)),
        (" 8.10 ", time(8, 10)),
        ("1710", time(17, 10)),
        ("5 PM", time(17)),
        ("Noon", time(12)),
        ("0:00", time(0)),
        ("", None),
        ("25:00", None),
        ("8:60", None),
        ("Tue 8:10", None),
        ("in 2 hours", None),
    ],
)
def test_a_time_of_day_alone(text: str, clock: time | None) -> None:
    assert read_clock(text) == clock
