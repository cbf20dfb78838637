"""Things that float: popover with its drawn shadow, and the toast."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.button import IconButton
from medvoice.ui.widgets.compositing import can_be_see_through
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width

SHADOW_REACH = 28  # how far the blur is visible around the box
SHADOW_Y = 8
SLICE = SHADOW_REACH + 16
TOAST_ABOVE_PX = 16


@lru_cache(maxsize=8)
def _shadow_pixmap(alpha: int, radius: int) -> QPixmap:
    """A blurred rounded box, drawn once and stretched as nine slices."""
    # Imported when something floats: a start does not pay for the graphics scene.
    from PySide6.QtWidgets import QGraphicsBlurEffect, QGraphicsPixmapItem, QGraphicsScene

    side = 2 * SLICE + 8
    box = QPixmap(side, side)
    box.fill(Qt.GlobalColor.transparent)
    painter = QPainter(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shadow = QColor(Qt.GlobalColor.black)
    shadow.setAlpha(alpha)
    painter.setBrush(shadow)
    reach = SHADOW_REACH
    painter.drawRoundedRect(QRectF(reach, reach, side - 2 * reach, side - 2 * reach), radius, radius)
    painter.end()
    scene = QGraphicsScene()
    item = QGraphicsPixmapItem(box)
    blur = QGraphicsBlurEffect()
    blur.setBlurRadius(SHADOW_REACH)
    item.setGraphicsEffect(blur)
    scene.addItem(item)
    blurred = QPixmap(side, side)
    blurred.fill(Qt.GlobalColor.transparent)
    painter = QPainter(blurred)
    scene.render(painter, QRectF(0, 0, side, side), QRectF(0, 0, side, side))
    painter.end()
    return blurred


def paint_shadow(painter: QPainter, theme: Theme, box: QRect, radius: int = 12) -> None:
    """The shadow of a floating box; the painter's device must reach 28 px beyond `box`."""
    pixmap = _shadow_pixmap(round(255 * (0.5 if theme.is_dark else 0.2)), radius)
    target = box.translated(0, SHADOW_Y) + QMargins(SHADOW_REACH, SHADOW_REACH, SHADOW_REACH, SHADOW_REACH)
    side, cut = pixmap.width(), SLICE
    xs = (
        (target.left(), cut, 0),
        (target.left() + cut, target.width() - 2 * cut, cut),
        (target.right() + 1 - cut, cut, side - cut),
    )
    ys = (
        (target.top(), cut, 0),
        (target.top() + cut, target.height() - 2 * cut, cut),
        (target.bottom() + 1 - cut, cut, side - cut),
    )
    for x, width, source_x in xs:
        for y, height, source_y in ys:
            source_width = side - 2 * cut if source_x == cut else cut
            source_height = side - 2 * cut if source_y == cut else cut
            painter.drawPixmap(
                QRect(x, y, width, height), pixmap, QRect(source_x, source_y, source_width, source_height)
            )


class Popover(QFrame):
    """A frameless popup with a shadow; put widgets into `body`. Esc and a click outside close it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, width: int = 330) -> None:
        super().__init__(
            parent,
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint,
        )
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._is_cut_out = False
        self.setObjectName("popover")
        margin = SHADOW_REACH
        outer = QVBoxLayout(self)
        outer.setContentsMargins(margin, margin - SHADOW_Y, margin, margin + SHADOW_Y)
        inner = QWidget(self)
        inner.setFixedWidth(theme.px(width))
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        outer.addWidget(inner)

    def show_below(self, anchor: QWidget, *, is_right_aligned: bool = False) -> None:
        """Open under a widget, moved inside the screen when it would leave it; focus goes inside."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 6))
        if is_right_aligned:
            corner.setX(anchor.mapToGlobal(QPoint(anchor.width(), 0)).x() - self.width() + 2 * SHADOW_REACH)
        corner -= QPoint(SHADOW_REACH, SHADOW_REACH - SHADOW_Y)
        room = anchor.screen().availableGeometry()
        corner.setX(
            max(room.left() - SHADOW_REACH, min(corner.x(), room.right() - self.width() + SHADOW_REACH))
        )
        corner.setY(
            max(room.top() - SHADOW_REACH, min(corner.y(), room.bottom() - self.height() + SHADOW_REACH))
        )
        self.move(corner)
        self.show()
        self.focusNextChild()

    def _box(self) -> QRect:
        """Where the popover is, without the room for its shadow."""
        layout = self.layout()
        assert layout is not None
        return self.rect().marginsRemoved(layout.contentsMargins())

    def _cut_out(self) -> None:
        """Where nothing can be see-through there is no shadow, and the room for it is not part of us."""
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self._box()), 12, 12)
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))

    def showEvent(self, event: QShowEvent) -> None:
        self._is_cut_out = not can_be_see_through()
        if self._is_cut_out:
            self._cut_out()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_cut_out:
            self._cut_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self._box()
        if self._is_cut_out:
            painter.fillRect(box, self.theme.color("bg.raised"))  # the corners are not mixed with anything
        else:
            paint_shadow(painter, self.theme, box)
        paint_box(painter, self.theme, box, fill="bg.raised", border="border.default", radius=12)


class _ToastAction(PaintedButton):
    def sizeHint(self) -> QSize:
        width = text_width(self.theme, self.text(), "bodyStrong") + self.theme.px(16)
        return QSize(int(width), self.theme.px("hitMin"))

    def paintEvent(self, event: QPaintEvent) -> None:
        align = Qt.AlignmentFlag.AlignHCenter
        painter = QPainter(self)
        paint_text(painter, self.theme, self.rect(), self.text(), "bodyStrong", "text.onTooltip", align)
        if self.is_hovered:
            line = QRectF(8, self.height() - 6, self.width() - 16, 1)
            paint_box(painter, self.theme, line, fill="text.onTooltip", radius=0)


class Toast(QFrame):
    """One sentence over the page with an optional action ("Undo") and a close button.

    Stays 8 s; the clock stands still while the pointer or the focus is on it. One at a time: a new text
    replaces the old one. Never takes the focus. Spoken politely to screen readers.
    """

    closed = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.theme = theme
        self.setObjectName("toast")
        self._action: Callable[[], object] | None = None
        self._bottom = TOAST_ABOVE_PX
        self._span: tuple[int, int] | None = None
        self._label = Label(theme, "", "bodyMedium", "text.onTooltip", parent=self)
        self._undo = _ToastAction(theme, self)
        self._undo.setObjectName("toast_action")
        self._close = IconButton(theme, "x", self.tr("Close message"), size="small", parent=self)
        self._close.set_ink("text.onTooltip")
        layout = self._row = QHBoxLayout(self)
        layout.setSpacing(10)
        for part in (self._label, self._undo, self._close):
            layout.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._undo.clicked.connect(self._act)
        self._close.clicked.connect(self.dismiss)
        for part in (self._undo, self._close):
            part.installEventFilter(self)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, action_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Show `text`; `action` is called once when the person clicks `action_text`."""
        self._label.setText(text)
        self._action = action
        self._undo.setText(action_text)
        self._undo.setAccessibleName(action_text)
        self._undo.setVisible(bool(action_text))
        self.setAccessibleName(text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(int(self.theme.tokens.motion["toastVisible"]))
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        return self._label.text()

    def set_room(self, left: int, right: int, bottom: int) -> None:
        """Centre between `left` and `right` of the host, `bottom` px above its lower edge."""
        self._span, self._bottom = (left, right), bottom
        self.place()

    def _fit(self, room: int) -> None:
        """One line where it fits, else as many as the words need: nothing that is told is cut."""
        self._row.setContentsMargins(
            SHADOW_REACH + 16 + self.theme.px(16) + 10, SHADOW_REACH - 2, SHADOW_REACH + 8, SHADOW_REACH + 6
        )
        beside = [part.sizeHint().width() + 10 for part in (self._undo, self._close) if not part.isHidden()]
        margins = self._row.contentsMargins()
        room -= sum(beside) + margins.left() + margins.right() - 2 * SHADOW_REACH
        wanted = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 2
        self._label.setWordWrap(wanted > room)
        self._label.setFixedWidth(max(min(wanted, room), self.theme.px(120)))

    def place(self) -> None:
        host = self.parentWidget()
        assert host is not None
        left, right = self._span or (0, host.width())
        self._fit(min(right - left, host.width()) - 32)
        self.adjustSize()
        x = (left + right - self.width()) // 2
        y = host.height() - self._bottom - self.height() + SHADOW_REACH + SHADOW_Y
        # Inside the window whatever happened to the room: Undo has to be reached.
        most = host.width() - self.width() + SHADOW_REACH
        self.move(max(min(max(x, left - SHADOW_REACH), most), -SHADOW_REACH), y)

    def dismiss(self) -> None:
        self._timer.stop()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _act(self) -> None:
        action, self._action = self._action, None
        self.dismiss()
        if action is not None:
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.place()
        elif event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._resume()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._resume()
        super().leaveEvent(event)

    def _resume(self) -> None:
        has_focus = self._undo.hasFocus() or self._close.hasFocus()
        if self.isVisible() and not has_focus and not self.underMouse():
            self._timer.start(int(self.theme.tokens.motion["toastVisible"]))

    @property
    def is_counting(self) -> bool:
        return self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        reach = SHADOW_REACH
        box = self.rect().adjusted(reach, reach - SHADOW_Y, -reach, -reach)
        paint_shadow(painter, self.theme, box, 10)
        paint_box(painter, self.theme, box, fill="bg.tooltip", radius=10)
        side = self.theme.px(16)
        y = box.center().y() - side / 2 + 0.5
        self.theme.paint_icon(painter, "circle-check", "text.onTooltip", box.x() + 16, y)
