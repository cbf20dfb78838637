"""The menu bar and the keys, both from the book: the one place where shortcuts are installed."""

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget
from shiboken6 import isValid

from medvoice.ui.commands.book import CommandBook
from medvoice.ui.commands.command import SECTIONS, section_title

# What ends a menu, below a line of its own, as everywhere.
LAST = ("window.close",)


class Menus(QObject):
    """Global on macOS, where the desktop takes it; elsewhere it shows after Alt or F10 and goes when it is
    left. The keys work without it. An action in the menu is grey while something is in the way and says what;
    its key then tells the same."""

    def __init__(self, window: QMainWindow, book: CommandBook) -> None:
        super().__init__(window)
        self._window, self._book = window, book
        self._bar = window.menuBar()
        self._bar.setObjectName("menu_bar")
        self.is_global = sys.platform == "darwin" or self._bar.isNativeMenuBar()
        self._bar.setProperty("focusRing", False)  # the open menu shows where one is
        self._bar.setVisible(self.is_global)
        self._bar.installEventFilter(self)
        self._alt = AltAlone(window, self)
        self._alt.pressed.connect(self.show_bar)
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        self._before: QWidget | None = None
        for section in SECTIONS:
            menu = QMenu(f"&{section_title(section)}", self._bar)
            menu.setObjectName(f"menu_{section}")
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._ask)
            menu.aboutToHide.connect(self._free)
            self._bar.addMenu(menu)
            self._menus[section] = menu
        book.changed.connect(self._fill)
        self._fill()

    def action(self, name: str) -> QAction:
        """The action of a command. Raises KeyError for a name that is not in force."""
        return self._actions[name]

    def actions(self) -> list[QAction]:
        """The actions of all commands in force."""
        return list(self._actions.values())

    def show_bar(self) -> None:
        """Show the bar with the first menu marked, as Alt does."""
        if not self.is_global:
            focus = self._window.focusWidget()
            if focus is not self._bar:
                self._before = focus
            self._bar.show()
            self._bar.setFocus()
            first = next((each for each in self._bar.actions() if each.isVisible()), None)
            if first is not None:
                self._bar.setActiveAction(first)

    def toggle_bar(self) -> None:
        """F10: show the bar, or put it away."""
        if self._bar.isVisible() and not self.is_global:
            self._put_away()
        else:
            self.show_bar()

    def _put_away(self) -> None:
        """Who came to the bar by key goes back to where they were, and not to what Qt finds next to it."""
        had_focus = self._window.focusWidget() in (self._bar, None)
        self._bar.hide()
        before, self._before = self._before, None
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self) -> None:
        for menu in self._menus.values():
            menu.clear()  # separators, too
        for action in self._actions.values():
            self._window.removeAction(action)
            action.deleteLater()
        self._actions.clear()
        for command in self._book.all():
            action = QAction(_escaped(command.label), self._window)
            action.setObjectName(f"action_{command.name}")
            action.setShortcuts([QKeySequence(keys) for keys in self._book.keys_of(command)])
            action.triggered.connect(self._run)
            self._actions[command.name] = action
            self._window.addAction(action)
            if command.name not in LAST:
                self._menus[command.section].addAction(action)
        for name in LAST:
            if name in self._actions:
                menu = self._menus[self._book.find(name).section]
                menu.addSeparator()
                menu.addAction(self._actions[name])
        for menu in self._menus.values():
            menu.menuAction().setVisible(not menu.isEmpty())

    def _run(self) -> None:
        action = self.sender()
        for name, each in self._actions.items():
            if each is action:
                self._book.run(name)
                return

    def _ask(self) -> None:
        """Grey what cannot be done now, with the reason."""
        menu = self.sender()
        for name, action in self._actions.items():
            if isinstance(menu, QMenu) and action in menu.actions():
                command = self._book.find(name)
                reason = command.why_disabled()
                action.setEnabled(not reason)
                action.setToolTip(reason or command.label)
                said = reason or command.detail()
                action.setText(_escaped(f"{command.label}: {said}" if said else command.label))

    def _free(self) -> None:
        """The keys answer again once no menu is open."""
        QTimer.singleShot(0, self, self._closed)

    def _closed(self) -> None:
        if any(menu.isVisible() for menu in self._menus.values()):
            return
        for action in self._actions.values():
            action.setEnabled(True)
        if not self.is_global and not self._bar.hasFocus():
            self._put_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.is_global:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self._free()
        is_pressed = event.type() == QEvent.Type.KeyPress and watched is self._bar
        if is_pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._put_away()  # Qt would leave the focus on the bar
            return True
        return False


class AltAlone(QObject):
    """`pressed` when Alt goes down and up in a window with nothing between: Alt with another key is that
    key's, and so is Alt with the mouse."""

    pressed = Signal()
    BREAKS = (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.WindowDeactivate,
    )

    def __init__(self, window: QMainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._is_down = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self._is_down:
            if kind == QEvent.Type.KeyPress and self._is_alt(event):
                self._watch(True)
        elif kind == QEvent.Type.KeyRelease and self._is_alt(event):
            self._watch(False)
            self.pressed.emit()
        elif kind in self.BREAKS and not self._is_alt(event):
            self._watch(False)
        return False

    def _is_alt(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt

    def _watch(self, is_down: bool) -> None:
        # All events of the program come by only while Alt is held.
        self._is_down = is_down
        app = QCoreApplication.instance()
        if app is not None and is_down:
            app.installEventFilter(self)
        elif app is not None:
            app.removeEventFilter(self)


def _escaped(label: str) -> str:
    return label.replace("&", "&&")
