"""MedVoice in the system's tray: an idea, the window, a pause and the way out, from any program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

if TYPE_CHECKING:
    from medvoice.domain.pause import Pause
    from medvoice.ui.main_window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("tray", text)


class Tray(QObject):
    """The icon and its menu; gone with `take_away` and with the window. `idea_wanted` asks for the line.

    A click shows the window, a middle click the line. UI thread only.
    """

    idea_wanted = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("tray")
        self.menu = QMenu(window)
        self.menu.setObjectName("tray_menu")
        self.idea = self.menu.addAction(_tr("New idea"), self.idea_wanted.emit)
        self.open = self.menu.addAction(_tr("Open MedVoice"), self.show_window)
        self.menu.addSeparator()
        self.pause = self.menu.addAction(_tr("Pause everything"), self.pause_or_resume)
        self.menu.addSeparator()
        self.quit = self.menu.addAction(_tr("Quit MedVoice"), window.close)
        self.menu.aboutToShow.connect(self.look)
        self.icon = QSystemTrayIcon(self)
        # The program's own picture is set once the window is shown.
        picture = window.windowIcon()
        self.icon.setIcon(window.theme.icon("medvoice", size=64) if picture.isNull() else picture)
        self.icon.setToolTip("MedVoice")
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._clicked)
        self.icon.show()
        self.look()

    def take_away(self) -> None:
        """Take the icon out of the tray."""
        self.icon.hide()
        self.menu.deleteLater()
        self.deleteLater()

    def look(self) -> None:
        """The menu says what a pause would do now."""
        pauses = self._window.pauses
        self.pause.setEnabled(pauses is not None and pauses.news is not None)
        is_paused = self._pause_of_all() is not None
        self.pause.setText(_tr("Resume everything") if is_paused else _tr("Pause everything"))

    def _pause_of_all(self) -> "Pause | None":
        pauses = self._window.pauses
        news = pauses.news if pauses is not None else None
        if news is None:
            return None
        return next((one for one in news.open if one.scope == "all" and one.is_on(news.now)), None)

    def pause_or_resume(self) -> None:
        """Pause everything until it is resumed, or end that pause. The window says it, with Undo."""
        from medvoice.ui.pause_sheet import Pausable, PauseWish

        pauses, current = self._window.pauses, self._pause_of_all()
        if pauses is None:
            return
        if current is not None:
            pauses.resume(current)
        else:
            everything = Pausable("all", "", QCoreApplication.translate("pauses", "Everything"))
            pauses.pause(PauseWish(everything, None, None, ""))

    def show_window(self) -> None:
        """Bring the window to the front, whatever state it is in."""
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self.idea_wanted.emit()
        elif reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_window()


def has_tray() -> bool:
    """Whether the desktop shows one."""
    return QSystemTrayIcon.isSystemTrayAvailable()
