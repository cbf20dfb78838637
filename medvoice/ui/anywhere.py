"""The ways to MedVoice from other programs: a key of the desktop, the tray, and a command. Each leads to the
line for an idea."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from medvoice.ui.doorbell import Doorbell
from medvoice.ui.hot_key import HotKey

if TYPE_CHECKING:
    from medvoice.ui.capture_window import CaptureWindow
    from medvoice.ui.main_window import MainWindow
    from medvoice.ui.tray import Tray

TRAY = "tray"


class Anywhere(QObject):
    """One for each window, `of` gives it. What the person switches on is kept for the next time. UI thread
    only."""

    changed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setObjectName("anywhere")
        self._window = window
        self.line: CaptureWindow | None = None
        self.tray: Tray | None = None
        self.key = HotKey(window.outside.open_key, window.look, self)
        self.key.pressed.connect(self._pressed)
        self.bell: Doorbell | None = None
        if address := window.outside.bell():
            self.bell = Doorbell(address, self)
            self.bell.rung.connect(self.ask)
        window.bridge.closing.connect(self._end)
        if str(window.look.value(TRAY, 0)) == "1":
            self._show_tray()

    @staticmethod
    def of(window: "MainWindow") -> "Anywhere":
        """The one of a window."""
        found = window.findChild(Anywhere, "anywhere")
        return found if found is not None else Anywhere(window)

    # An idea

    def ask(self) -> None:
        """Ask for an idea: in the window if the person is there, else in a small one of its own."""
        window = self._window
        if window.is_closed:
            return
        if window.isActiveWindow():
            command = window.hub.book.find("idea.new")
            if command is not None:
                command.run()
            return
        if self.line is None:
            from medvoice.ui.capture import tell_kept
            from medvoice.ui.capture_window import CaptureWindow

            self.line = CaptureWindow(window.theme, window.bridge)
            self.line.kept.connect(lambda draft_id: tell_kept(window, (draft_id,)))
        self.line.ask()

    def _pressed(self) -> None:
        self.ask()
        if self.line is not None and self.line.isVisible():
            self.key.bring(int(self.line.winId()))

    # The tray

    @property
    def is_tray_on(self) -> bool:
        return self.tray is not None

    def switch_tray(self, is_on: bool) -> None:
        """Show the icon or take it away; kept."""
        self._window.look.setValue(TRAY, int(is_on))
        if is_on and self.tray is None:
            self._show_tray()
        elif not is_on and self.tray is not None:
            self.tray.take_away()
            self.tray = None
        self.changed.emit()

    def _show_tray(self) -> None:
        from medvoice.ui.tray import Tray

        self.tray = Tray(self._window)
        self.tray.idea_wanted.connect(self.ask)

    def _end(self) -> None:
        """The window closes: nothing of it stays on the screen."""
        self.key.stop()
        if self.bell is not None:
            self.bell.close()
        if self.tray is not None:
            self.tray.take_away()
            self.tray = None
        if self.line is not None and isValid(self.line):
            self.line.close()
            self.line.deleteLater()
            self.line = None
