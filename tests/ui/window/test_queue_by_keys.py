"""From a ready draft to the queue and back by keys alone: schedule, move, take out, take that back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def deliveries(stage):
    return stage.workspace.queueing.outbox.list()


def test_schedule_move_unschedule_and_undo(stage):
    window, compose = stage.window, stage.window.compose
    session = compose.session
    stage.wait(lambda: not session.is_dirty and not session.live_check.is_busy)
    rows = compose.compliance.rows
    stage.wait(lambda: bool(rows))
    for code in list(rows):
        stage.bot.keyClick(rows[code], Qt.Key.Key_Space)
        stage.wait(lambda code=code: rows[code].isChecked())
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "ready")
    stage.bot.keyClick(compose.column.editor, Qt.Key.Key_Return, CTRL)
    stage.wait(lambda: [each.state for each in deliveries(stage)] == ["planned"])

    compose.column.editor.setFocus()
    stage.bot.keyClick(window, Qt.Key.Key_3, CTRL)
    stage.wait(lambda: window.page() == "queue" and window.queue.snapshot and window.queue.snapshot.rows)
    page = window.queue
    stage.wait(lambda: window.focusWidget() is page.list)
    stage.bot.keyClick(page.list, Qt.Key.Key_Down)
    stage.wait(lambda: page.pane.isVisible())
    stage.bot.keyClick(page.list, Qt.Key.Key_Return)
    stage.wait(lambda: window.focusWidget().objectName() == "queue_do_choose_time")
    stage.bot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    stage.wait(lambda: window.focusWidget().objectName() == "queue_time_field")
    stage.bot.keyClicks(window.focusWidget(), "2031-05-05 09:30")
    stage.bot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    stage.wait(lambda: deliveries(stage)[0].wall == "2031-05-05 09:30")

    stage.bot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    stage.wait(lambda: window.focusWidget() is page.list)
    stage.bot.keyClick(page.list, Qt.Key.Key_Return)
    stage.wait(lambda: window.focusWidget().objectName() == "queue_do_choose_time")
    stage.bot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget().objectName() == "queue_do_unschedule"
    stage.bot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    stage.wait(lambda: [each.state for each in deliveries(stage)] == ["cancelled"])

    stage.wait(lambda: window.toast.text().startswith("Taken out of the queue"))
    stage.bot.keyClick(page.list, Qt.Key.Key_Z, CTRL)
    stage.wait(lambda: sorted(each.state for each in deliveries(stage)) == ["cancelled", "planned"])
    assert {each.wall for each in deliveries(stage)} == {"2031-05-05 09:30"}


def test_ctrl_f_finds_in_the_queue_and_the_palette_knows_its_commands(stage):
    window = stage.window
    stage.bot.keyClick(window, Qt.Key.Key_3, CTRL)
    stage.wait(lambda: window.page() == "queue")
    names = {command.name for command in window.hub.book.all()}
    assert {"queue.main", "queue.pause_all", "queue.unschedule"} <= names
    assert window.hub.book.clashes == ()
    stage.bot.keyClick(window, Qt.Key.Key_1, CTRL)
    names = {command.name for command in window.hub.book.all()}
    assert "queue.main" not in names
