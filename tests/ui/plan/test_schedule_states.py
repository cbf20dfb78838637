"""The Schedule button in each of its states: what it says, to eyes and ears, and what a press asks for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from medvoice.ui.widgets.schedule_button import DEAF_AFTER_SCHEDULING_MS, ScheduleButton

TIME = "Tue 17 Nov, 08:10"


@pytest.mark.parametrize(
    ("put", "state", "text", "name", "kind", "asks"),
    [
        (lambda b: b.set_ready(TIME), "ready", "Schedule", f"Schedule for {TIME}", "primary", "schedule"),
        (
            lambda b: b.set_changed(TIME, "2 new words."),
            "changed",
            "Schedule again",
            f"Schedule again for {TIME}, changed since you cleared it",
            "primary",
            "schedule",
        ),
        (lambda b: b.set_not_ready(2), "not_ready", "Schedule", "Schedule, 2 things left", "neutral", "left"),
        (lambda b: b.set_not_ready(1), "not_ready", "Schedule", "Schedule, 1 thing left", "neutral", "left"),
        (
            lambda b: b.set_unchecked(),
            "not_ready",
            "Schedule",
            "Schedule, not checked yet",
            "neutral",
            "left",
        ),
        (
            lambda b: b.set_scheduled(TIME),
            "scheduled",
            "Scheduled",
            f"Scheduled for {TIME}",
            "default",
            "menu",
        ),
        (lambda b: b.set_publishing(), "publishing", "Publishing", "Publishing", "default", "menu"),
        (lambda b: b.set_published(), "published", "Published", "Published", "default", "menu"),
        (
            lambda b: b.set_embargo("19 Nov, 09:00"),
            "embargo",
            "Schedule after 19 Nov, 09:00",
            "Schedule after 19 Nov, 09:00",
            "neutral",
            "schedule",
        ),
    ],
)
def test_each_state_says_where_it_stands(
    theme, qtbot, put: Callable[[ScheduleButton], None], state, text, name, kind, asks
) -> None:
    button = ScheduleButton(theme)
    qtbot.addWidget(button)
    asked: list[str] = []
    button.schedule_requested.connect(lambda: asked.append("schedule"))
    button.left_requested.connect(lambda: asked.append("left"))
    button.menu_requested.connect(lambda: asked.append("menu"))
    put(button)
    assert (button.state, button.text(), button.accessibleName(), button.kind) == (state, text, name, kind)
    if state == "scheduled":
        button.click()
        assert asked == [], "a double click must not open the menu"
        qtbot.wait(DEAF_AFTER_SCHEDULING_MS + 50)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert asked == [asks]


def test_what_changed_is_told_only_in_that_state(theme, qtbot) -> None:
    button = ScheduleButton(theme)
    qtbot.addWidget(button)
    button.set_changed(TIME, "2 new words.")
    assert (button.accessibleDescription(), button.toolTip()) == ("2 new words.", "2 new words.")
    button.set_ready(TIME)
    assert (button.accessibleDescription(), button.toolTip()) == ("", "")


def test_while_it_works_a_press_asks_for_nothing(theme, qtbot) -> None:
    button = ScheduleButton(theme)
    qtbot.addWidget(button)
    button.set_ready(TIME)
    button.set_working()
    asked: list[str] = []
    button.schedule_requested.connect(lambda: asked.append("schedule"))
    button.click()
    assert asked == []
    assert button.text() == "Schedule"
