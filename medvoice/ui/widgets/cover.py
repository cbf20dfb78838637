"""A box over the whole window, with the page dimmed behind it: palette and shortcut sheet."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.overlay import paint_shadow
from medvoice.ui.widgets.paint import paint_box

SCRIM, MARGIN_PX = 0.38, 24


class Cover(QWidget):
    """Put widgets into `body`. Esc and a click beside the box close it; the focus then goes back to where it
    `came_from`. No key of the window works while it is open. `closed` afterwards."""

    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget, *, width: int, top: int) -> None:
        super().__init__(window)
        self.theme = theme
        self.came_from: QWidget | None = None
        self._width, self._top = width, top
        self.box = QWidget(self)
        self.box.setObjectName("cover_box")
        self.body = QVBoxLayout(self.box)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.hide()
        window.installEventFilter(self)
        theme.changed.connect(self.place)

    def wanted_height(self) -> int:
        """How high the box would like to be; it is cut to the window."""
        return self.box.sizeHint().height()

    def open(self) -> None:
        """Cover the window and take the focus."""
        if not self.isVisible():
            self.came_from = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the focus to what is used first."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Uncover the window; the focus goes back."""
        if not self.isVisible():
            return
        target, self.came_from = self.came_from, None
        self.hide()
        if target is not None and isValid(target):
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Lie over the whole window, the box in the middle."""
        host = self.parentWidget()
        assert host is not None
        self.setGeometry(host.rect())
        top = self._top if self.height() > 720 else MARGIN_PX * 2
        width = min(self.theme.px(self._width), self.width() - 2 * MARGIN_PX)
        self.box.setFixedWidth(width)
        height = min(self.wanted_height(), self.height() - top - MARGIN_PX)
        self.box.setGeometry(QRect((self.width() - width) // 2, top, width, height))
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Taken here, so that the key arrives as a key and no shortcut of the window answers it.
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab stays inside the box."""
        stops = [
            part
            for part in self.box.findChildren(QWidget)
            if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if not stops:
            return True
        here = self.focusWidget()
        at = stops.index(here) if here in stops else -1 if is_next else 0
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if is_next else -1)) % len(stops)].setFocus(reason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        event.accept()  # what is behind hears no key

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = "bg.rail" if self.theme.is_dark else "text.primary"
        painter.fillRect(self.rect(), self.theme.color(ground, 0.6 if self.theme.is_dark else SCRIM))
        box, radius = self.box.geometry(), self.theme.radius("popover")
        paint_shadow(painter, self.theme, box)
        paint_box(painter, self.theme, box, fill="bg.raised", border="border.default", radius=radius)
