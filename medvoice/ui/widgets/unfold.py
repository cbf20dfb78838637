"""A part that opens and closes downwards; its content is cut off while it moves, never squeezed."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme

NO_LIMIT = 16_777_215  # Qt's own for a height without limit


class Unfold(QWidget):
    """Holds one widget. `set_open` takes the theme's 180 ms, or none where less motion is wanted or the part
    is not on the screen; `settled(is_open)` at the end."""

    settled = Signal(bool)

    def __init__(self, theme: Theme, inner: QWidget, *, is_open: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.inner = inner
        inner.setParent(self)
        inner.installEventFilter(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._is_open = is_open
        self._motion = QPropertyAnimation(self, b"maximumHeight", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._end)
        if not is_open:
            self.hide()
        # Not shown here: without a parent it would be a window, and take the focus with it.

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def is_moving(self) -> bool:
        return self._motion.state() == QPropertyAnimation.State.Running

    def set_open(self, is_open: bool, *, is_animated: bool = True) -> None:
        """Open or close. A closed part takes no room and no focus."""
        if is_open == self._is_open:
            return
        self._is_open = is_open
        self._motion.stop()
        parent = self.parentWidget()
        is_on_screen = parent is not None and parent.isVisible()
        duration_ms = self.theme.duration_ms("base") if is_animated and is_on_screen else 0
        start = self.height() if self.isVisible() else 0
        if not is_open and not self.isVisible() and not self.isHidden():
            start = self.heightForWidth(self._width())  # just put into its layout
        if not duration_ms:
            self._end()
            return
        self.setMaximumHeight(start)
        self.show()
        self._motion.setDuration(duration_ms)
        self._motion.setStartValue(start)
        self._motion.setEndValue(self.heightForWidth(self._width()) if is_open else 0)
        self._motion.start()

    def _end(self) -> None:
        self.setMaximumHeight(NO_LIMIT)
        self.setVisible(self._is_open)
        self.updateGeometry()
        self.settled.emit(self._is_open)

    def _width(self) -> int:
        parent = self.parentWidget()
        if self.width() > 100 or parent is None:
            return self.width()
        return parent.contentsRect().width()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.inner.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self.inner.sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(self.inner.sizeHint().width(), self.heightForWidth(self._width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.inner.setGeometry(QRect(0, 0, self.width(), self.heightForWidth(self.width())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return False
