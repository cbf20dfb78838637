"""Catching an idea from any page by one key, from the clipboard too, and nothing written is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from medvoice.ui.capture import Capture
from medvoice.ui.commands import UndoStack

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def opened(stage) -> Capture:
    QTest.keyClick(QApplication.focusWidget() or stage.window, Qt.Key.Key_I, BOTH)
    found = stage.window.findChild(Capture, "capture")
    assert found is not None
    assert found.isVisible()
    return found


def ideas(stage) -> dict[str, str]:
    return {each.row.title: each.source.url if each.source else "" for each in stage.workspace.ideas.list()}


def test_a_key_a_line_and_enter_keep_an_idea(stage) -> None:
    stage.window.show_page("queue")
    stage.wait(lambda: stage.window.queue.snapshot is not None)  # its list goes when it is empty
    before = stage.window.rail.item("queue")
    before.setFocus()
    capture = opened(stage)
    line = stage.window.focusWidget()
    assert isinstance(line, QLineEdit), "the line has the keyboard at once"
    QTest.keyClicks(line, "Ask about the denominator https://example.org/paper")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not capture.isVisible()
    assert opened(stage).line.text() == "Ask about the denominator https://example.org/paper", (
        "nothing is lost"
    )
    QTest.keyClick(capture.line, Qt.Key.Key_Return)
    stage.bot.waitUntil(lambda: not capture.isVisible())
    assert ideas(stage)["Ask about the denominator https://example.org/paper"] == "https://example.org/paper"
    stage.bot.waitUntil(lambda: stage.window.focusWidget() is before)  # back to what one was doing
    UndoStack.of(stage.window).undo()
    stage.bot.waitUntil(lambda: "Ask about the denominator https://example.org/paper" not in ideas(stage))


def test_the_clipboard_is_read_when_asked_only(stage) -> None:
    QApplication.clipboard().setText("A line\nand another")
    capture = opened(stage)
    assert capture.line.text() == ""
    capture.paste.click()
    assert capture.line.text() == "A line and another"
    capture.line.setText("http://[broken")
    capture.keep()
    stage.bot.waitUntil(lambda: capture.problem.isVisible())
    assert capture.isVisible(), "what cannot be kept stays written"
    assert capture.line.text() == "http://[broken"
