"""Reaching MedVoice from other programs: the tray and the small window for an idea."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from medvoice.ui.anywhere import Anywhere
from medvoice.ui.capture import Capture
from medvoice.ui.commands import UndoStack
from medvoice.ui.pages.settings.tick import TickBox

# The offscreen platform has neither a tray nor an order of windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")


@pytest.fixture
def anywhere(stage) -> Anywhere:
    stage.wait(lambda: stage.window.findChild(Anywhere, "anywhere") is not None)
    return Anywhere.of(stage.window)


def titles(stage) -> list[str]:
    return [each.row.title for each in stage.workspace.ideas.list()]


def test_the_tray_is_switched_on_and_an_idea_kept_from_it(stage, anywhere, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    window = stage.window
    assert anywhere.tray is None, "off until it is asked for"
    window.show_settings("keyboard")
    box = stage.find(TickBox, "edit_tray")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    tray = anywhere.tray
    assert tray is not None
    assert not tray.icon.icon().isNull()
    assert str(window.look.value("tray")) == "1"

    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    stage.wait(lambda: not window.isActiveWindow())
    tray.idea.trigger()
    line = anywhere.line
    assert line is not None
    stage.wait(lambda: line.isActiveWindow() and line.form.line.hasFocus())
    assert window.findChild(Capture, "capture") is None, "the large window stays as it is"
    QTest.keyClicks(line.form.line, "Half a thought")
    QTest.keyClick(line.form.line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    assert line.form.line.selectedText() == "Half a thought", "nothing is lost"
    QTest.keyClicks(line.form.line, "A whole one https://example.org/a")
    QTest.keyClick(line.form.line, Qt.Key.Key_Return)
    stage.wait(lambda: not line.isVisible() and window.toast.text() == "Noted. It stands under Ideas.")
    assert titles(stage) == ["A whole one https://example.org/a"]
    UndoStack.of(window).undo()
    stage.wait(lambda: titles(stage) == [])

    window.showMinimized()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert not window.isMinimized()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert anywhere.tray is None
    assert str(window.look.value("tray")) == "0"


def test_everything_is_paused_and_resumed_from_the_tray(stage, anywhere) -> None:
    anywhere.switch_tray(True)
    tray = anywhere.tray
    stage.wait(lambda: stage.window.pauses is not None and stage.window.pauses.news is not None)
    tray.menu.aboutToShow.emit()
    assert (tray.pause.text(), tray.pause.isEnabled()) == ("Pause everything", True)
    tray.pause.trigger()
    stage.wait(lambda: stage.window.pauses.has_pause)
    assert [each.scope for each in stage.workspace.pausing.open()] == ["all"]
    tray.menu.aboutToShow.emit()
    assert tray.pause.text() == "Resume everything"
    tray.pause.trigger()
    stage.wait(lambda: not stage.window.pauses.has_pause)
    anywhere.ask()
    assert stage.window.findChild(Capture, "capture").isVisible(), "who is in the window is asked there"
    tray.quit.trigger()
    assert not stage.window.isVisible()
    assert anywhere.tray is None


def test_a_desktop_without_a_tray_is_said(stage, anywhere, monkeypatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    stage.window.show_settings("keyboard")
    reach = stage.window.settings.keyboard.reach
    assert not reach.tray.box.isEnabled()
    assert reach.tray.help.text().startswith("This desktop has no tray")
