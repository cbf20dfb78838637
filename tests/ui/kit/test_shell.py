"""The frame: sizes, pages, commands, panes, toast."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSplitter, QTextEdit, QVBoxLayout, QWidget

from medvoice.ui.commands import Command, CommandBook
from medvoice.ui.commands.menus import Menus
from medvoice.ui.shell import Shell
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.overlay import SHADOW_REACH


class Page(QWidget):
    """List, text with a button over it, and a right pane, as Compose has them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list, self.middle, self.right = QWidget(), QWidget(), QWidget()
        self.pick, self.tool, self.act = Button(theme, "Pick"), Button(theme, "Tool"), Button(theme, "Act")
        self.text = QTextEdit()
        QVBoxLayout(self.list).addWidget(self.pick)
        column = QVBoxLayout(self.middle)
        column.addWidget(self.tool)
        column.addWidget(self.text)
        QVBoxLayout(self.right).addWidget(self.act)
        inner, outer = QSplitter(), QSplitter()
        inner.addWidget(self.middle)
        inner.addWidget(self.right)
        outer.addWidget(self.list)
        outer.addWidget(inner)
        inner.setSizes([600, 384])
        outer.setSizes([272, 1000])
        QHBoxLayout(self).addWidget(outer)


@pytest.fixture
def shell(theme: Theme, qtbot) -> Shell:
    shell = Shell(theme)
    qtbot.addWidget(shell)
    for key, text, icon in (("compose", "Compose", "pen-line"), ("queue", "Queue", "send")):
        shell.add_item(key, text, icon)
    shell.add_item("settings", "Settings", "settings", at_bottom=True)
    shell.set_page("compose", Page(theme))
    for key in ("queue", "settings"):
        shell.set_page(key, QWidget())
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=2000)
    return shell


@pytest.fixture
def book(qapp) -> CommandBook:
    return CommandBook(qapp)


def test_sizes_of_the_frame(shell: Shell) -> None:
    assert shell.size().toTuple() == (1440, 900)
    assert shell.minimumSize().toTuple() == (1024, 680)
    assert shell.rail.width() == 80
    shell.theme.set_text_scale(1.5)
    assert shell.rail.width() == 106


def test_pages_come_to_the_front(shell: Shell, qtbot) -> None:
    assert shell.page() == "compose"
    with qtbot.waitSignal(shell.page_shown, timeout=1000) as told:
        qtbot.mouseClick(shell.rail.item("queue"), Qt.MouseButton.LeftButton)
    assert told.args == ["queue"]
    assert (shell.page(), shell.rail.current()) == ("queue", "queue")
    shell.show_page("settings")
    assert shell.rail.current() == "settings"


def test_a_command_stands_in_the_menu_and_has_its_key(shell: Shell, book: CommandBook, qtbot) -> None:
    said: list[str] = []
    book.set_source("window", [Command("go.queue", "Queue", "go", lambda: said.append("queue"), "Ctrl+3")])
    menus = Menus(shell, book)
    shown = [action.menu() for action in shell.menuBar().actions() if action.isVisible()]
    assert [[action.text() for action in menu.actions()] for menu in shown] == [["Queue"]]
    assert menus.is_global or not shell.menuBar().isVisible()
    qtbot.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert said == ["queue"]


def test_what_cannot_be_done_is_grey_with_the_reason_and_its_key_says_so(shell, book, qtbot) -> None:
    reason, told = ["after 1 fix"], []
    book.told.connect(told.append)
    book.set_source(
        "page",
        [Command("post.go", "Schedule", "post", lambda: told.append("done"), "Ctrl+J", lambda: reason[0])],
    )
    menus = Menus(shell, book)
    menu = shell.menuBar().findChild(QMenu, "menu_post")
    menu.aboutToShow.emit()
    action = menus.action("post.go")
    assert (action.isEnabled(), action.text()) == (False, "Schedule: after 1 fix")
    menu.aboutToHide.emit()
    qtbot.waitUntil(action.isEnabled, timeout=1000)
    qtbot.keyClick(shell, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    reason[0] = ""
    qtbot.keyClick(shell, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert told == ["after 1 fix", "done"]


def test_f6_goes_round_and_back_and_keeps_the_place(shell: Shell, book: CommandBook, qtbot) -> None:
    step = shell.move_pane
    book.set_source(
        "window",
        [
            Command("view.next", "Next pane", "view", lambda: step(1), "F6"),
            Command("view.previous", "Previous pane", "view", lambda: step(-1), "Shift+F6"),
        ],
    )
    menus = Menus(shell, book)
    assert menus.parent() is shell
    page = shell.stack.currentWidget()
    shell.rail.focus_current()
    seen = []
    for _ in range(4):
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        seen.append(shell.focusWidget())
    assert seen == [page.pick, page.text, page.act, shell.rail.item("compose")]
    page.tool.setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert page.act.hasFocus()
    qtbot.keyClick(shell, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.tool.hasFocus()
    assert shell.focus_ring.target is page.tool
    page.list.hide()
    qtbot.keyClick(shell, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert shell.rail.item("compose").hasFocus()


def test_f6_reaches_a_banner_and_the_toast_while_they_are_there(shell: Shell, qtbot) -> None:
    page = shell.stack.currentWidget()
    undone: list[str] = []
    banner = Banner(shell.theme, "danger", "Not saved, the disk is full.", "Copy text")
    banner.acted.connect(lambda: undone.append("copied"))
    shell.add_banner(banner)
    shell.tell("Moved to the archive", lambda: undone.append("back"))
    shell.rail.focus_current()
    shell.move_pane(1)
    assert banner.isAncestorOf(shell.focusWidget())
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    page.act.setFocus()
    shell.move_pane(1)
    assert shell.toast.isAncestorOf(shell.focusWidget())
    assert not shell.toast.is_counting
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Return)
    assert undone == ["copied", "back"]
    assert not shell.toast.isVisible()
    assert page.act.hasFocus()


def test_the_toast_never_lies_over_the_right_pane(shell: Shell) -> None:
    page = shell.stack.currentWidget()
    shell.tell("Scheduled for Tue 17 Nov, 08:10", lambda: None)
    edge = page.right.mapTo(shell.stack, QPoint(0, 0)).x()
    assert shell.toast.isVisible()
    assert shell.toast.geometry().right() < edge
    assert shell.toast.geometry().left() > page.list.mapTo(shell.stack, QPoint(0, 0)).x()
    assert shell.toast.geometry().bottom() <= shell.stack.height()


def test_the_toast_follows_the_panes_of_a_window_that_changes(shell: Shell, qtbot) -> None:
    shell.resize(1440, 900)
    shell.tell("Scheduled for Tue 17 Nov, 08:10", lambda: None)
    shell.resize(1024, 680)
    page = shell.stack.currentWidget()
    qtbot.waitUntil(lambda: shell.toast.geometry().right() < page.right.mapTo(shell._body, QPoint(0, 0)).x())
    assert shell.toast.geometry().left() >= shell.rail.width() - SHADOW_REACH


def test_banners_stand_above_the_page(shell: Shell, qtbot) -> None:
    top = shell.stack.y()
    shell.add_banner(Banner(shell.theme, "danger", "Not saved, the disk is full."))
    qtbot.waitUntil(lambda: shell.stack.y() > top, timeout=1000)


def test_two_banners_do_not_touch_and_leave_no_gap_behind(shell: Shell, qtbot) -> None:
    top = shell.stack.y()
    first, second = (Banner(shell.theme, kind, "Something to know.") for kind in ("danger", "warn"))
    for banner in (first, second):
        shell.add_banner(banner)
    qtbot.waitUntil(lambda: second.y() >= first.geometry().bottom() + 8, timeout=1000)
    assert first.x() >= 8
    first.hide()
    first.deleteLater()
    qtbot.waitUntil(lambda: second.y() < 20, timeout=1000)
    second.hide()
    qtbot.waitUntil(lambda: shell.stack.y() == top, timeout=1000)


def test_the_ground_of_the_rail_follows_the_mode(shell: Shell) -> None:
    for mode in (Mode.DARK, Mode.LIGHT):
        shell.theme.set_mode(mode)
        assert shell.grab().toImage().pixelColor(40, 400).name().upper() == shell.theme.hex("bg.rail")


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_banner_is_read_whole_in_the_smallest_window(shell: Shell, qtbot, scale: float) -> None:
    shell.theme.set_text_scale(scale)
    words = "No keyring was found to keep your sign-in safe. Nothing was stored. Install one first."
    for kind in ("danger", "warn", "info"):
        shell.add_banner(Banner(shell.theme, kind, f"{words} {words}", "Open accounts", is_closable=True))
    for width in (1440, 1024, 1440):
        shell.resize(width, 680)
        qtbot.wait(20)
        for label in shell.findChildren(Banner)[0].findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width())
    shell.theme.set_text_scale(1.0)


def test_what_stands_in_a_banner_is_in_its_middle(shell: Shell, qtbot) -> None:
    banner = Banner(shell.theme, "danger", "X ended the sign-in. One post is held.", "Show in Queue")
    shell.add_banner(banner)
    for width in (1440, 1024, 1440):
        shell.resize(width, 680)
        qtbot.wait(20)
        middle = banner.rect().center().y()
        assert abs(banner.action.geometry().center().y() - middle) <= 1
        assert abs(banner.findChild(QLabel).geometry().center().y() - middle) <= 1
