"""The person's times of the week in the settings: seen, added and removed by mouse and keys, with Undo."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.domain.errors import StorageError
from medvoice.services.slots import KeptTime, Slots
from medvoice.ui.pages.settings import SettingsPage
from medvoice.ui.pages.settings.kept_times import KeptTimes

pytestmark = pytest.mark.usefixtures("british")

TUESDAY, FRIDAY = KeptTime(1, 8, 10), KeptTime(4, 12, 30)


class Times:
    """The section on its page, what was told, and hands to use it."""

    def __init__(self, page: SettingsPage, rig, told: list[tuple[str, Callable[[], None] | None]]) -> None:
        self.page, self.rig, self.told = page, rig, told
        self.part: KeptTimes = page.rhythm.times

    @property
    def kept(self) -> tuple[KeptTime, ...]:
        return Slots(self.rig.desk.db, self.rig.clock).kept

    def shown(self) -> list[str]:
        return [f"{row.day.text()} {row.time.text()}" for row in self.part.rows]

    def add(self, weekday: int, clock: str) -> None:
        self.part.day.setCurrentIndex(weekday)
        self.part.line.selectAll()
        QTest.keyClicks(self.part.line, clock)
        QTest.keyClick(self.part.line, Qt.Key.Key_Return)

    def focus(self) -> QWidget | None:
        QApplication.processEvents()
        return self.page.focusWidget()


@pytest.fixture
def times(rig, open_settings) -> Times:
    page, told = open_settings("rhythm")
    return Times(page, rig, told)


def test_with_none_it_says_what_is_proposed_then(times) -> None:
    assert times.part.none.isVisibleTo(times.page)
    assert times.part.none.text().startswith("None yet: the next free working day")
    assert times.part.zone.text() == "By the clock where you are: Europe/Berlin."
    assert times.shown() == []


def test_times_are_added_by_keys_in_the_order_of_the_week(times) -> None:
    times.add(4, "12.30")
    times.add(1, "8:10")
    assert times.kept == (TUESDAY, FRIDAY)
    assert times.shown() == ["Tuesday 08:10", "Friday 12:30"]
    assert not times.part.none.isVisibleTo(times.page)
    assert [words for words, _undo in times.told] == [
        "Added to your times: Friday, 12:30",
        "Added to your times: Tuesday, 08:10",
    ]
    assert times.part.line.text() == ""
    assert times.focus() is times.part.line, "the next one can be typed at once"


def test_adding_is_taken_back(times) -> None:
    times.add(1, "8:10")
    undo = times.told[-1][1]
    assert undo is not None
    undo()
    assert (times.kept, times.shown()) == ((), [])
    assert len(times.told) == 1, "taking back tells nothing that could be taken back again"


def test_removing_moves_the_keyboard_to_the_next_and_is_taken_back(times) -> None:
    times.add(1, "8:10")
    times.add(4, "12:30")
    first = times.part.rows[0].remove
    assert first.accessibleName() == "Remove Tuesday, 08:10"
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert times.kept == (FRIDAY,)
    assert times.focus() is times.part.rows[0].remove
    assert times.told[-1][0] == "Removed from your times: Tuesday, 08:10"
    times.told[-1][1]()
    assert times.kept == (TUESDAY, FRIDAY)
    assert times.shown() == ["Tuesday 08:10", "Friday 12:30"]


def test_delete_removes_and_the_last_one_leads_to_the_fields(times) -> None:
    times.add(1, "8:10")
    button = times.part.rows[0].remove
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Delete)
    assert times.kept == ()
    assert times.focus() is times.part.day
    assert times.part.none.isVisibleTo(times.page)


@pytest.mark.parametrize("text", ["", "soon", "25:00"])
def test_what_is_no_time_of_day_is_said_and_kept_in_the_field(times, text) -> None:
    times.add(1, text)
    assert times.part.problem.text() == "Write the time as 08:10."
    assert times.part.problem.isVisibleTo(times.page)
    assert times.part.line.accessibleDescription() == "Write the time as 08:10."
    assert (times.part.line.text(), times.kept, times.told) == (text, (), [])
    QTest.keyClicks(times.part.line, "8")
    assert not times.part.problem.isVisibleTo(times.page)


def test_the_same_time_twice_is_said(times) -> None:
    times.add(1, "8:10")
    times.add(1, "08:10")
    assert times.part.problem.text() == "Tuesday, 08:10 is one of your times already."
    assert len(times.told) == 1


def test_what_another_place_keeps_is_shown(times) -> None:
    desk = times.rig.open_desk()
    Slots(desk.db, times.rig.clock).keep_time(FRIDAY, True)
    times.rig.bridge.look()
    times.page.reload()
    assert times.shown() == ["Friday 12:30"]


def test_the_zone_is_the_person_s(times) -> None:
    identity = times.rig.desk.identity
    identity.save(replace(identity.get(), zone="America/New_York"))
    times.page.reload()
    assert times.part.zone.text() == "By the clock where you are: America/New_York."


def test_a_full_disk_is_said_and_nothing_is_lost(times, monkeypatch) -> None:
    times.add(1, "8:10")

    def full(*_args: object) -> None:
        raise StorageError("disk_full")

    monkeypatch.setattr(Slots, "keep_time", full)
    row = times.part.rows[0]
    row.remove.click()
    assert times.part.problem.isVisibleTo(times.page)
    assert row.isEnabled()
    assert times.shown() == ["Tuesday 08:10"]


def test_the_smallest_window_has_room_for_it_at_the_largest_text(times, theme) -> None:
    theme.set_text_scale(1.5)
    times.page.resize(1024 - 106, 680)
    times.add(2, "8:10")
    QApplication.processEvents()
    sheet = times.page.rhythm
    assert sheet.widget().width() <= sheet.viewport().width()
    for each in (times.part.rows[0].day, times.part.rows[0].time, times.part.day, times.part.add):
        words = each.currentText() if each is times.part.day else each.text()
        assert each.fontMetrics().horizontalAdvance(words) < each.width()


def test_every_part_has_a_name_and_a_place_in_the_order(times) -> None:
    times.add(1, "8:10")
    part = times.part
    chain = [part.rows[0].remove, part.day, part.line, part.topic, part.network, part.add]
    assert all(each.accessibleName() or each.text() for each in chain)
    assert all(min(each.width(), each.height()) >= 28 for each in chain)
    chain[0].setFocus(Qt.FocusReason.TabFocusReason)
    for each in chain[1:]:
        QTest.keyClick(times.page.focusWidget(), Qt.Key.Key_Tab)
        assert times.focus() is each
