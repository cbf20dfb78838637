"""The readers' time beside the person's: right on every day of the year, in each view, and chosen by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.errors import UserError
from medvoice.ui.models.calendar_days import Span
from medvoice.ui.models.calendar_zones import (
    ahead_words,
    differs,
    hours_there,
    reach_words,
    short_zone,
    there,
    zone_offers,
)

from .conftest import ZONE, in_mind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
K = Qt.Key
CHANGES = (date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 1), date(2026, 7, 1))


def test_each_hour_is_the_readers_own_in_all_zones_also_where_the_clocks_change() -> None:
    homes = (ZONE, "America/New_York", "Australia/Lord_Howe")
    for at, audience in enumerate(sorted(available_timezones())):
        home, day = homes[at % 3], CHANGES[at % 4]
        for hour, found in enumerate(hours_there(day, home, audience)):
            try:
                moment = wall_to_utc(f"{day} {hour:02}:00", home)
            except UserError:
                assert found.clock == "", (home, day, hour)
                continue
            assert found.clock == utc_to_wall(moment, audience)[11:16], (home, audience, day, hour)


def test_the_night_the_clocks_change_has_its_own_hours() -> None:
    back = [each.clock for each in hours_there(date(2026, 10, 25), ZONE, "Asia/Tokyo")]
    assert back[:5] == ["07:00", "08:00", "09:00", "11:00", "12:00"]
    forth = [each.clock for each in hours_there(date(2027, 3, 28), ZONE, "Asia/Tokyo")]
    assert forth[:5] == ["08:00", "09:00", "", "10:00", "11:00"]
    days = [(at, each.day) for at, each in enumerate(hours_there(date(2026, 11, 12), ZONE, "Asia/Tokyo"))]
    assert [each for each in days if each[1]] == [(16, "Fri")]


def test_a_moment_there_in_words() -> None:
    def said(audience: str, *clock: int) -> tuple[str, str]:
        found = there(datetime(2026, 11, 24, *clock, tzinfo=UTC), ZONE, audience)
        return (found.words, found.short) if found else ("", "")

    assert said("Asia/Tokyo", 7, 10) == ("16:10 in Tokyo", "16:10 JST")
    assert said("Asia/Tokyo", 17, 10) == ("Wed 02:10 in Tokyo", "Wed 02:10 JST")
    assert said("Asia/Kolkata", 7, 10) == ("12:40 in Kolkata", "12:40 IST")
    assert said("America/Sao_Paulo", 7, 10) == ("04:10 in Sao Paulo", "04:10 UTC−3")
    assert said("Asia/Kathmandu", 7, 10)[1] == "12:55 UTC+5:45"
    assert said("UTC", 7, 10) == ("07:10 UTC", "07:10 UTC")
    assert said("Europe/Vienna", 7, 10) == said("", 7, 10) == ("", "")
    assert (short_zone(date(2026, 7, 1), ZONE), short_zone(date(2026, 12, 1), ZONE)) == ("CEST", "CET")
    # Cairo has the clocks of Berlin for part of the year.
    summer, winter = date(2026, 9, 1), date(2026, 11, 24)
    assert differs(Span(summer, summer), ZONE, "Africa/Johannesburg") is False
    assert differs(Span(winter, winter), ZONE, "Africa/Johannesburg") is True


def test_how_far_apart_the_clocks_are_and_from_when_on() -> None:
    week = Span(date(2026, 10, 19), date(2026, 10, 25))
    assert ahead_words(week, ZONE, "Asia/Tokyo") == (
        "Tokyo is 7 hours ahead of you.",
        "From Sun 25 Oct on, Tokyo is 8 hours ahead of you: the clocks change.",
    )
    quiet = Span(date(2026, 11, 9), date(2026, 11, 15))
    assert ahead_words(quiet, ZONE, "America/New_York") == ("New York is 6 hours behind you.",)
    assert ahead_words(quiet, ZONE, "Asia/Kolkata") == ("Kolkata is 4 h 30 min ahead of you.",)
    assert ahead_words(quiet, ZONE, "Europe/Rome") == ahead_words(quiet, ZONE, "") == ()


def test_whom_a_moment_reaches() -> None:
    parts = {0: "afternoon", 6: "evening", 12: "when most of them sleep", 19: "in their morning"}
    for hours, words in parts.items():
        at = datetime(2026, 11, 24, 7, 10, tzinfo=UTC) + timedelta(hours=hours)
        assert words in reach_words(at, ZONE, "Asia/Tokyo"), hours
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert reach_words(friday, ZONE, "Australia/Sydney") == (
        "Your readers in Sydney see it at Sat 07:00, on their weekend."
    )
    assert reach_words(friday, ZONE, "Europe/Rome") == ""


def test_zones_are_offered_by_city_with_what_time_it_is_there() -> None:
    found = {each.key: each for each in zone_offers(datetime(2026, 11, 12, 9, 0, tzinfo=UTC), ZONE)}
    assert found["Asia/Tokyo"].note == "Asia/Tokyo · 18:00 now, 8 hours ahead"
    assert found["Europe/Vienna"].note.endswith("your time")
    assert not {"US/Eastern", "Etc/GMT+5", "posixrules"} & found.keys()


def test_the_readers_clock_is_chosen_by_keys_seen_everywhere_and_taken_back(rig, calendar, qtbot) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-24 08:10")
    hands = calendar()
    page = hands.page
    assert hands.card("Registry or trial?").there is None
    hands.key(K.Key_Z)
    popover = QApplication.activePopupWidget()
    assert popover is not None
    field = popover.findChild(QWidget, "pick_field")
    assert field is not None
    QTest.keyClicks(field, "tokyo")
    QTest.keyClick(field, K.Key_Return)
    assert hands.toasts[-1][0] == "Readers’ time: Tokyo."
    assert page.header.readers.accessibleName() == "Readers’ time zone: Tokyo"
    card = hands.card("Registry or trial?")
    assert card.there is not None
    assert card.there.words == "16:10 in Tokyo"
    assert card.spoken.startswith("Registry or trial?, 08:10, 16:10 in Tokyo, ")
    assert card.at_length == "Registry or trial?\n08:10, 16:10 in Tokyo, LinkedIn, Draft"
    index = page.month.days.index_of(card.day)
    assert page.month.layout_of(index).placed[0].has_there
    hands.put_on("Registry or trial?")
    assert hands.find("calendar_reach").text() == (
        "Your readers in Tokyo see it at 16:10, in their afternoon."
    )
    hands.key(K.Key_W)
    gutter = page.week.gutter
    assert gutter.has_two
    assert [each.clock for each in gutter.hours()][8] == "16:00"
    said = page.week.hours.index(8, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("08:00, 16:00 in Tokyo, Tuesday 24 November")
    wide = gutter.width()
    hands.key(K.Key_L)
    assert page.list.there_w > 0
    hands.toasts[-1][1]()
    assert hands.toasts[-1][0] == "Your own time only."
    assert page.list.there_w == 0
    hands.key(K.Key_W)
    assert not gutter.has_two
    assert gutter.width() < wide
