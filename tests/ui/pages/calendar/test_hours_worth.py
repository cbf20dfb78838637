"""Hours worth posting: the person's own times, called so, where they are free, and one click to use them."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from medvoice.services.slots import KeptTime
from medvoice.ui.models.calendar_days import Span
from medvoice.ui.models.calendar_hours import week_shown

from .conftest import embargo, in_mind

K = Qt.Key
# NOW is Thursday 12 November: the week of the tests is that of the congress, 16 to 22 November.
TUESDAY, WEDNESDAY = "2026-11-17 08:10", "2026-11-18 12:00"


def keep(rig, *walls: str) -> None:
    for wall in walls:
        rig.desk.planning.slots.keep(wall, True)


@pytest.fixture
def week(rig, calendar):
    """The week of 16 November, shown."""

    def make():
        hands = calendar()
        hands.page.show_view("week")
        hands.page.show_day(date(2026, 11, 16))
        return hands

    return make


def test_a_person_of_whom_nothing_is_known_is_told_no_hours(rig, calendar) -> None:
    hands = calendar()
    assert hands.page.read.worth.kind == ""
    assert hands.page.topics.legend.hours == ""
    assert hands.page.read.next_wall == "2026-11-13 08:10", "where a post would go is known all the same"


def test_the_usual_hour_is_told_as_such_once_it_was_chosen(rig, week) -> None:
    rig.plan("Small cohorts", in_=timedelta(days=1, hours=3))
    hands = week()
    worth = hands.page.read.worth
    assert (worth.kind, worth.hours[0], len(worth.hours)) == ("usual", (0, 13 * 60), 5)
    assert worth.free == tuple(f"2026-11-{day} 13:00" for day in range(16, 21))
    assert worth.open == {}, "each working day alike: nothing to mark in the month"
    assert hands.page.topics.legend.hours == "usual"
    hands.key(K.Key_M)
    assert hands.page.topics.legend.hours == ""


def test_kept_times_are_marked_where_they_are_free(rig, calendar) -> None:
    keep(rig, TUESDAY, WEDNESDAY)
    in_mind(rig, "Near it", "2026-11-17 08:30")
    rig.plan("Scheduled", in_=timedelta(days=13, hours=2, minutes=15))
    hands = calendar()
    worth = hands.page.read.worth
    assert worth.kind == "kept"
    marked = {day.day: clocks for day, clocks in worth.open.items() if day.month == 11}
    assert marked == {18: ("12:00",), 24: ("08:10",)}, "not the past, not where something stands"
    assert hands.page.topics.legend.hours == "kept"
    assert worth.free == (), "this week has none left"


def test_the_week_shows_the_next_free_time_and_a_click_places_the_first_draft(rig, week, qtbot) -> None:
    keep(rig, TUESDAY, WEDNESDAY)
    in_mind(rig, "Bench to bedside")
    hands = week()
    view = hands.page.week
    assert view.free_slot() == TUESDAY
    said = view.hours.index(8, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("08:00, Your time, free 08:10, ")
    at = view.free_rect().center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.wall("Bench to bedside") == TUESDAY
    assert view.free_slot() == WEDNESDAY
    hands.toasts[-1][1]()
    assert hands.page.read.all() == ()
    assert view.free_slot() == TUESDAY


def test_p_in_the_week_takes_the_time_under_the_cursor(rig, week) -> None:
    keep(rig, TUESDAY, "2026-11-17 15:30")
    in_mind(rig, "Bench to bedside")
    hands = week()
    view = hands.page.week
    view.setCurrentIndex(view.hours.index(15, 1))
    hands.key(K.Key_P)
    assert hands.wall("Bench to bedside") == "2026-11-17 15:30"


def test_the_side_lists_free_times_and_skips_a_draft_that_may_not_stand_there(rig, week, qtbot) -> None:
    keep(rig, TUESDAY, WEDNESDAY)
    held = in_mind(rig, "Under embargo")
    hands = week()
    assert hands.find("calendar_take_slot").accessibleName() == "Place “Under embargo” on Wed 18 Nov, 12:00"
    qtbot.mouseClick(hands.find("calendar_take_slot"), Qt.MouseButton.LeftButton)
    assert hands.wall("Under embargo") == WEDNESDAY
    hands.toasts[-1][1]()
    embargo(rig, held, "2026-11-19 09:00")
    hands.page.reload()
    assert hands.find("calendar_take_slot").accessibleName() == "New post on Wed 18 Nov, 12:00"
    hands.page.doing.take_slot(TUESDAY)
    assert "Embargo until Thu 19 Nov, 09:00" in hands.toasts[-1][0]
    in_mind(rig, "Free to go")
    hands.page.reload()
    hands.page.doing.take_slot(TUESDAY)
    assert hands.wall("Free to go") == TUESDAY


def test_without_a_draft_the_button_begins_one_for_that_time(rig, week, qtbot) -> None:
    keep(rig, TUESDAY)
    hands = week()
    qtbot.mouseClick(hands.find("calendar_take_slot"), Qt.MouseButton.LeftButton)
    assert rig.desk.drafting.get(hands.drafts[-1]).planned_wall == TUESDAY


def test_two_from_the_tray_do_not_get_the_same_time_and_b_waits_for_an_embargo(rig, calendar) -> None:
    for title in ("First", "Second"):
        in_mind(rig, title)
    hands = calendar()
    for waiting in hands.page.read.tray:
        hands.page.doing.place_next(waiting.draft_id)
    assert {hands.wall("First"), hands.wall("Second")} == {"2026-11-13 08:10", "2026-11-16 08:10"}
    held = in_mind(rig, "Three talks", "2026-11-25 12:30")
    embargo(rig, held, "2026-11-19 09:00")
    hands.page.reload()
    hands.put_on("Three talks")
    hands.key(K.Key_B)
    assert hands.wall("Three talks") == "2026-11-20 08:10"


def test_this_week_says_what_lies_over_it(rig, week) -> None:
    keep(rig, TUESDAY)
    held = in_mind(rig, "Three talks")
    embargo(rig, held, "2026-11-19 09:00")
    rig.desk.planning.slots.set_audience_zone("Asia/Tokyo")
    hands = week()
    said = [each.text() for each in hands.page.side.findChildren(type(hands.page.topics.label))]
    for words in (
        "16–22 November",
        "Sample Forum, Tue 17 to Fri 20 Nov",
        "Posts on its abstracts wait for Thu 19 Nov, 09:00",
        "Tinted hours: your times",
        "Tokyo is 8 hours ahead of you.",
    ):
        assert words in said, words


def test_the_week_that_is_told_is_the_one_that_shows_or_this_one() -> None:
    today = date(2026, 11, 12)
    week = Span(date(2026, 11, 30), date(2026, 12, 6))
    assert week_shown(week, today) == week
    month = Span(date(2026, 10, 26), date(2026, 12, 6))
    assert week_shown(month, today).first.isocalendar().week == 46
    assert week_shown(Span(date(2027, 1, 1), date(2027, 2, 11)), today) is None
    assert week_shown(Span(today, today + timedelta(days=41)), today).first == today


def test_a_time_kept_for_a_topic_is_tinted_but_offered_to_no_other_draft(rig, week) -> None:
    topic = rig.desk.topics.add("Registries")
    slots = rig.desk.planning.slots
    slots.keep_time(KeptTime(1, 8, 10, topic.id), True)
    hands = week()
    worth = hands.page.read.worth
    assert (worth.kind, worth.hours, worth.for_any) == ("kept", ((1, 490),), ())
    assert (worth.free, worth.open) == ((), {}), "it waits for that topic"
    keep(rig, WEDNESDAY)
    hands.page.reload()
    worth = hands.page.read.worth
    assert (worth.hours, worth.for_any) == (((1, 490), (2, 720)), ((2, 720),))
    assert worth.free == (WEDNESDAY,)
    assert list(worth.open) == [date(2026, 11, 18)]
