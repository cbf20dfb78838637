"""Prompts, posts that return, and times for one topic, in the settings: added, rested and removed by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from medvoice.domain.outbox import PartState
from medvoice.services.evergreen import Evergreen
from medvoice.services.slots import KeptTime, Slots
from medvoice.ui.pages.settings import SettingsPage

pytestmark = pytest.mark.usefixtures("british")


class Hands:
    """The sheet, what was told, and hands to use it."""

    def __init__(self, page: SettingsPage, rig, told: list[tuple[str, Callable[[], None] | None]]) -> None:
        self.page, self.rig, self.told, self.sheet = page, rig, told, page.rhythm

    def find(self, name: str) -> list[QWidget]:
        return [each for each in self.sheet.findChildren(QWidget, name) if each.isVisibleTo(self.sheet)]

    def press(self, name: str) -> None:
        button = self.find(name)[0]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Space)

    def words(self, name: str) -> list[str]:
        rows = self.find(name)
        return [" | ".join(each.text() for each in row.findChildren(QLabel)) for row in rows]

    def undo(self) -> None:
        back = self.told[-1][1]
        assert back is not None
        back()


@pytest.fixture
def open_sheet(rig, open_settings):
    def make() -> Hands:
        page, told = open_settings("rhythm", 1000)
        return Hands(page, rig, told)

    return make


def test_a_time_for_one_topic_and_network_is_added_and_told_apart(rig, open_sheet) -> None:
    topic = rig.desk.topics.add("Registries")
    hands = open_sheet()
    times = hands.sheet.times
    QTest.keyClicks(times.line, "8:10")
    times.topic.setCurrentIndex(times.topic.findData(topic.id))
    times.network.setCurrentIndex(times.network.findData("x"))
    times.add.click()
    assert Slots(rig.desk.db, rig.clock).kept == (KeptTime(0, 8, 10, topic.id, "x"),)
    assert times.rows[0].only.text() == "only Registries on X"
    assert hands.told[-1][0] == "Added to your times: Monday, 08:10, Registries, X"
    QTest.keyClicks(times.line, "8:10")
    times.topic.setCurrentIndex(0)
    times.add.click()
    assert len(Slots(rig.desk.db, rig.clock).kept) == 2, "the same moment for another use is another time"
    rig.desk.topics.rename(topic.id, "Evidence")
    hands.page.reload()
    assert [row.only.text() for row in times.rows] == ["only on X", "only Evidence on X"]


def test_a_prompt_is_added_by_keys_rests_goes_on_and_is_removed(rig, open_sheet) -> None:
    topic = rig.desk.topics.add("Registries")
    hands = open_sheet()
    sheet = hands.sheet
    assert [each.isVisibleTo(sheet) for each in (sheet.prompts.none, sheet.returning.none)] == [True, True]
    QTest.keyClicks(sheet.words, "A paper in plain words")
    sheet.often.setCurrentIndex(sheet.often.findText("First of the month"))
    sheet.weekday.setCurrentIndex(1)
    sheet.topic.setCurrentIndex(sheet.topic.findData(topic.id))
    QTest.keyClicks(sheet.clock, "9.30")
    QTest.keyClick(sheet.clock, Qt.Key.Key_Return)
    made = rig.desk.prompts.list()[0]
    assert (made.words, made.topic_id, f"{made.clock:%H:%M}") == ("A paper in plain words", topic.id, "09:30")
    assert hands.words("prompts_row") == [
        "A paper in plain words | First Tuesday of the month, 09:30, Registries. Next: Tue 1 Dec, 09:30"
    ]
    hands.press("prompt_rest")
    assert hands.words("prompts_row")[0].endswith("Registries. Resting.")
    assert QApplication.focusWidget() is None or hands.page.focusWidget().objectName() == "prompt_go_on"
    hands.undo()
    assert rig.desk.prompts.list()[0].is_on
    hands.press("prompt_remove")
    assert (rig.desk.prompts.list(), hands.told[-1][0]) == ((), "Removed: A paper in plain words")
    assert hands.page.focusWidget() is sheet.words
    hands.undo()
    assert rig.desk.prompts.list() == (made,)


def test_what_cannot_be_a_prompt_is_said_and_stays_written(open_sheet) -> None:
    hands = open_sheet()
    sheet = hands.sheet
    sheet.add.click()
    assert sheet.prompt_problem.text() == "Write what you want to be reminded of."
    QTest.keyClicks(sheet.words, "A question")
    assert not sheet.prompt_problem.isVisibleTo(sheet)
    QTest.keyClicks(sheet.clock, "soon")
    sheet.add.click()
    assert sheet.prompt_problem.text() == "Write the time as 08:10."
    assert (sheet.words.text(), sheet.clock.text(), hands.told) == ("A question", "soon", [])


def test_a_post_that_is_out_may_return_and_is_let_go(rig, open_sheet) -> None:
    rig.end_as(PartState.PUBLISHED)
    hands = open_sheet()
    sheet = hands.sheet
    title = sheet.post.currentText()
    assert title
    hands.press("return_add")
    assert [each.weeks for each in rig.desk.evergreens.list()] == [26]
    assert hands.words("returning_row")[0].startswith(f"{title} | Every 26 weeks. Comes back as an idea on ")
    assert not sheet.post.isVisibleTo(sheet), "no other post is out"
    hands.press("return_remove")
    assert rig.desk.evergreens.list() == ()
    hands.undo()
    assert [each.weeks for each in rig.desk.evergreens.list()] == [26]


def test_it_fits_the_smallest_window_at_the_largest_text(rig, open_sheet, theme) -> None:
    rig.desk.topics.add("Methods for observational research")
    hands = open_sheet()
    theme.set_text_scale(1.5)
    hands.page.resize(1024 - 106, 680)
    hands.sheet.times.topic.setCurrentIndex(hands.sheet.times.topic.count() - 1)
    QTest.keyClicks(hands.sheet.times.line, "8:10")
    hands.sheet.times.add.click()
    QApplication.processEvents()
    assert hands.sheet.widget().width() <= hands.sheet.viewport().width()


def test_undo_keeps_when_it_last_came_back_and_a_draft_that_is_gone_is_not_listed(rig, open_sheet) -> None:
    out = rig.end_as(PartState.PUBLISHED)
    evergreens = rig.desk.evergreens
    evergreens.add(out.draft_id, 4)
    rig.clock.advance(timedelta(weeks=5))
    evergreens.make_due()
    before = evergreens.list()
    evergreens.put_back(Evergreen("d_gone", 26, before[0].since))
    hands = open_sheet()
    assert len(hands.words("returning_row")) == 1
    hands.press("return_remove")
    hands.undo()
    assert [each for each in evergreens.list() if each.draft_id != "d_gone"] == list(before)
