"""One overlay per window that draws the focus ring around whatever has the keyboard focus."""

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import KEYBOARD_REASONS, PaintedButton
from medvoice.ui.widgets.paint import paint_box

# By name: a class named in Python is loaded with all its enumerations, and the first frame shows none.
FIELDS = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QAbstractSpinBox")
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """2 px ring, 2 px gap. Shown after Tab, Shift+Tab, arrows and shortcuts, always in text fields.

    A widget with the property `focusRing` False draws its own mark. Item views do, too.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme = theme
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = 8
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self._place)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring surrounds now, None when it is hidden."""
        return self._target

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self._unwatch()
        host = self.parentWidget()
        is_here = new is not None and host is not None and new.window() is host.window()
        wants = is_here and new is not None and self._wants(new)
        self._target = new if wants else None
        if self._target is not None:
            self._watch(self._target)
        self._place()

    def _wants(self, widget: QWidget) -> bool:
        if widget.property("focusRing") is False:
            return False
        if widget.inherits("QLineEdit") and widget.property("bare"):
            return widget.parentWidget() is not None
        if any(widget.inherits(name) for name in FIELDS):
            return True
        if widget.inherits("QAbstractItemView") or (
            widget.inherits("QAbstractScrollArea") and not widget.inherits("QScrollArea")
        ):
            return False
        if isinstance(widget, PaintedButton):
            return widget.focus_reason in KEYBOARD_REASONS
        if widget.inherits("QComboBox") and widget.property("editable"):
            return True
        return QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton

    def _watch(self, widget: QWidget) -> None:
        walker: QWidget | None = widget
        while walker is not None and walker is not self.parentWidget():
            walker.installEventFilter(self)
            self._watched.append(walker)
            walker = walker.parentWidget()
        widget.destroyed.connect(self._target_gone)

    def _unwatch(self) -> None:
        for widget in self._watched:
            try:
                widget.removeEventFilter(self)
            except RuntimeError:
                continue  # the C++ widget is gone already
        if self._target is not None:
            with suppress(RuntimeError):
                self._target.destroyed.disconnect(self._target_gone)
        self._watched = []

    def _target_gone(self) -> None:
        self._target = None
        self._watched = []
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._place()
        return False

    def _framed(self) -> QWidget | None:
        """The widget the ring goes around: the frame of a bare field, else the target itself."""
        target = self._target
        if target is not None and target.property("bare") and target.parentWidget() is not None:
            return target.parentWidget()
        return target

    def _place(self) -> None:
        framed = self._framed()
        if framed is None or not framed.isVisible():
            self.hide()
            return
        inner = framed.focus_rect() if isinstance(framed, PaintedButton) else framed.rect()
        self._radius = getattr(framed, "focus_radius", self.theme.radius("input"))
        host = self.parentWidget()
        assert host is not None
        reach = self.theme.fixed("stroke.focus") + self.theme.fixed("stroke.focusGap")
        box = QRect(framed.mapTo(host, inner.topLeft()), inner.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(box)
        if not self._clip(framed, box, reach):
            self.hide()
            return
        self.raise_()
        self.show()
        self.update()

    def _clip(self, framed: QWidget, box: QRect, reach: int) -> bool:
        """Keep the ring inside the scroll areas around its widget. False where that is scrolled away: an
        empty mask would be none."""
        visible = QRect(QPoint(0, 0), box.size())
        inner = visible.adjusted(reach, reach, -reach, -reach)
        host, walker = self.parentWidget(), framed.parentWidget()
        while host is not None and walker is not None and walker is not host:
            area = walker.parentWidget()
            if isinstance(area, QScrollArea) and area.viewport() is walker:
                port = QRect(walker.mapTo(host, QPoint(0, 0)), walker.size())
                port.translate(-box.topLeft())
                visible &= port.adjusted(-reach, -reach, reach, reach) if port.intersects(inner) else QRect()
            walker = area
        self.setMask(QRegion(visible))
        return not visible.isEmpty()

    def paintEvent(self, event: QPaintEvent) -> None:
        width = self.theme.fixed("stroke.focus")
        radius = self._radius + width + self.theme.fixed("stroke.focusGap")
        area = QRectF(self.rect())
        paint_box(QPainter(self), self.theme, area, border="focus.ring", radius=radius, border_px=width)
