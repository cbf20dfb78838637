"""The line for an idea in a small window of its own: from the tray, by a key of the system, by command."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from medvoice.ui.capture import WIDTH, CaptureForm
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from medvoice.ui.bridge import Bridge

ABOVE = 0.28  # of the screen: where the eye is, and what one reads elsewhere stays in sight


class CaptureWindow(QWidget):
    """`kept(draft_id)` after it has closed itself. Esc closes it; what was written is there the next time.

    It has no parent, so that the large window stays where it is: whoever makes it keeps and deletes it.
    """

    kept = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, bridge: "Bridge") -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.theme = theme
        self.setObjectName("capture_window")
        self.setWindowTitle(QCoreApplication.translate("capture", "New idea · MedVoice"))
        flags = Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        over = Qt.WindowType.WindowCloseButtonHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(Qt.WindowType.Window | flags | over)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.form = CaptureForm(theme, bridge, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        column.addWidget(self.form)
        self.form.kept.connect(self._kept)
        FocusRing(theme, self)
        theme.changed.connect(self._restyle)
        self._restyle()

    def ask(self) -> None:
        """Come to the front, above everything, with the keyboard in the line."""
        if not self.isVisible():
            self.adjustSize()
            room = (QGuiApplication.screenAt(QCursor.pos()) or self.screen()).availableGeometry()
            left = room.x() + (room.width() - self.width()) // 2
            self.move(left, room.y() + round(room.height() * ABOVE))
            self.form.take_focus()
        self.show()
        self.raise_()
        self.activateWindow()

    def _restyle(self) -> None:
        self.setStyleSheet(self.theme.qss())  # that of the large window does not reach here
        self.form.setFixedWidth(self.theme.px(WIDTH))

    def _kept(self, draft_id: str) -> None:
        self.close()
        self.kept.emit(draft_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
