"""Reaching MedVoice from other programs: the tray, a key, a command, and the small window for an idea."""

import os
import socket
import stat
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from medvoice.infra.ringing import address_of, ring
from medvoice.ui.anywhere import Anywhere
from medvoice.ui.capture import Capture
from medvoice.ui.commands import UndoStack
from medvoice.ui.doorbell import Doorbell
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


class FakeKey:
    """A desktop that gives a key, unless another program has it."""

    taken = "Ctrl+Alt+X"

    def __init__(self) -> None:
        self.here, self.there = socket.socketpair()
        self.keys, self.brought, self.is_gone = "", [], False

    def fileno(self) -> int:
        return self.here.fileno()

    def grab(self, keys: str) -> str:
        self.keys = "" if keys == self.taken else keys
        return "taken" if keys == self.taken else ""

    def presses(self) -> int:
        if self.is_gone:
            raise ConnectionError
        self.here.setblocking(False)
        try:
            return len(self.here.recv(9))
        except BlockingIOError:
            return 0

    def bring(self, window_id: int) -> None:
        self.brought.append(window_id)

    def close(self) -> None:
        self.keys = ""
        self.here.close()
        self.there.close()


def test_a_key_of_the_desktop_is_chosen_and_asks_for_an_idea(stage, anywhere, monkeypatch, qtbot) -> None:
    made: list[FakeKey] = []

    def open_key(_platform: str) -> FakeKey:
        made.append(FakeKey())
        return made[-1]

    monkeypatch.setattr(anywhere.key, "_open_key", open_key)
    stage.window.show_settings("keyboard")
    reach = stage.window.settings.keyboard.reach
    assert reach.on.isVisible()
    assert not reach.command.isVisible()
    assert made[0].here.fileno() == -1, "only asked whether there is one"
    reach.on.box.setFocus()
    QTest.keyClick(reach.on.box, Qt.Key.Key_Space)
    assert made[-1].keys == "Ctrl+Alt+Space"

    edit = reach.key.edit
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_F5)
    stage.wait(lambda: reach.key.problem.text() == "Press Ctrl, Alt or the system key with it.")
    assert made[-1].keys == "Ctrl+Alt+Space"
    QTest.keyClick(edit, Qt.Key.Key_X, both)
    stage.wait(lambda: reach.key.problem.text() == "Another program has this key. Choose another.")
    QTest.keyClick(edit, Qt.Key.Key_J, both)
    stage.wait(lambda: made[-1].keys == "Ctrl+Alt+J")
    assert not reach.key.problem.isVisible()
    assert (stage.window.look.value("anywhere_keys"), len(made)) == ("Ctrl+Alt+J", 2)

    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    stage.wait(lambda: not stage.window.isActiveWindow())
    made[-1].there.send(b"!")
    stage.wait(lambda: anywhere.line is not None and anywhere.line.isVisible() and made[-1].brought)
    assert made[-1].brought == [int(anywhere.line.winId())]
    made[-1].is_gone = True
    made[-1].there.send(b"!")
    stage.wait(lambda: reach.key.problem.text() == "The system gives no key now.")


def is_put_out(stranger: socket.socket) -> bool:
    """Whether the other side has ended the talk."""
    try:
        return stranger.recv(10) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@pytest.mark.skipif(os.name != "posix", reason="a socket in the file system")
def test_a_command_asks_the_open_window(stage, anywhere) -> None:
    home: Path = stage.window.home
    place = Path(address_of(home))
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0, "for nobody else"
    stage.window.hide()
    answers: list[bool] = []
    caller = threading.Thread(target=lambda: answers.append(ring(home)))
    caller.start()
    stage.wait(lambda: answers)
    assert answers == [True]
    stage.wait(lambda: anywhere.line is not None and anywhere.line.isVisible())
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(str(place))
        stranger.sendall(b"x" * 5_000)
        stranger.setblocking(False)
        stage.wait(lambda: is_put_out(stranger))
    second = Doorbell(str(place), stage.window)
    assert not second.is_listening, "of two windows the first answers"
    stage.window.close()
    assert not ring(home, 0.2)
    # A window that was killed leaves its socket behind.
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place))
    late = Doorbell(str(place), stage.window)
    assert late.is_listening
    late.close()


def test_a_long_folder_has_its_socket_elsewhere(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 200)
    assert len(os.fsencode(address_of(long))) <= 104
    assert address_of(long) != address_of(tmp_path / ("y" * 200))


def test_a_desktop_without_a_tray_is_said(stage, anywhere, monkeypatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    stage.window.show_settings("keyboard")
    reach = stage.window.settings.keyboard.reach
    assert not reach.tray.box.isEnabled()
    assert reach.tray.help.text().startswith("This desktop has no tray")
    assert reach.command.text() == "medvoice idea capture"
    assert reach.command.isVisible(), "the offscreen platform gives no key"
    assert not reach.on.isVisible()
