"""Parts of the calendar's side: what waits for a place, a topic's share of the month, lines with signs."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.calendar_data import Waiting
from medvoice.ui.pages.calendar.dragging import START_PX, mime_of
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_text,
    paint_topic_marker,
    text_width,
)
from medvoice.ui.widgets.pill import PaintedMark

SHARE_H, TRAY_H = 26, 40


class TallPage(QWidget):
    """What scrolls at the side: never lower than its wrapped words need, whatever was measured before."""

    def event(self, event: QEvent) -> bool:
        # Asked before: the event that deletes us leaves nothing to ask.
        is_about_size = event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        done = super().event(event)
        layout = self.layout() if is_about_size else None
        if layout is not None:
            needed = max(layout.heightForWidth(self.width()), 0)
            if needed != self.minimumHeight():
                self.setMinimumHeight(needed)
        return done


class TrayCard(PaintedButton):
    """A draft that waits for a place; it can be dragged, and a press asks for the next good one."""

    def __init__(self, theme: Theme, waiting: Waiting, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.waiting = waiting
        self.setObjectName("calendar_tray_card")
        self._pressed_at = QPointF()
        self.run: Callable[[QDrag], object] = lambda drag: drag.exec(Qt.DropAction.MoveAction)
        names = ", ".join(CHANNEL_NAMES[each] for each in waiting.channels)
        self.setAccessibleName(", ".join(each for each in (waiting.title, names) if each))
        self.setAccessibleDescription(self.tr("Puts it on the next free time. It can be dragged to a day."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(TRAY_H))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_far = (event.position() - self._pressed_at).manhattanLength() >= START_PX
        if event.buttons() & Qt.MouseButton.LeftButton and is_far:
            self.setDown(False)
            drag = QDrag(self)
            drag.setMimeData(mime_of(self.waiting))
            drag.setPixmap(self.grab())
            drag.setHotSpot(QPoint(self.theme.px(20), self.theme.px(20)))
            self.run(drag)
            return
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        fill = "bg.hover" if self.is_hovered else "bg.surface"
        area = QRectF(self.rect())
        paint_box(painter, theme, area, fill=fill, border="border.default", radius=theme.radius("row"))
        x, middle = px(10), self.height() / 2
        for row in range(3):
            for column in range(2):
                dot = QRectF(x + column * px(5), middle - px(6) + row * px(5), px(2), px(2))
                painter.fillRect(dot, theme.color("text.tertiary"))
        x += px(18)
        if self.waiting.slot:
            marker = QRectF(x, middle - px(5), px(10), px(10))
            paint_topic_marker(painter, theme, marker, self.waiting.slot)
            x += px(18)
        right = self.width() - px(10)
        for channel in reversed(self.waiting.channels):
            right -= px(18)
            paint_channel_tile(painter, theme, QRectF(right, middle - px(9), px(18), px(18)), channel)
            right -= px(4)
        place = QRectF(x, 0, right - px(6) - x, self.height())
        paint_text(painter, theme, place, self.waiting.title, "bodyMedium")
        painter.end()


class ShareRow(PaintedMark):
    """A topic's posts of the month against its rhythm, with a bar."""

    def __init__(self, theme: Theme, slot: str, name: str, count: int, target: int) -> None:
        super().__init__(theme)
        self.slot, self.name, self.count, self.target = slot, name, count, target
        self.setAccessibleName(f"{name}, {self.words}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        if not self.target:
            return str(self.count)
        return self.tr("{n} of {target}").format(n=self.count, target=self.target)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(SHARE_H))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        middle = self.height() / 2
        paint_topic_marker(painter, theme, QRectF(0, middle - px(5), px(10), px(10)), self.slot)
        bar = QRectF(self.width() - px(64), middle - 2, px(64), 4)
        width = text_width(theme, self.words, "small") + 2
        number = QRectF(bar.x() - px(8) - width, 0, width, self.height())
        name = QRectF(px(18), 0, number.x() - px(24), self.height())
        paint_text(painter, theme, name, self.name, "body")
        paint_text(painter, theme, number, self.words, "small", "text.secondary")
        paint_box(painter, theme, bar, fill="border.default", radius=2)
        share = min(self.count / self.target, 1.0) if self.target else float(self.count > 0)
        if share:
            filled = QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
            paint_box(painter, theme, filled, fill=f"topic.{self.slot}", radius=2)
        painter.end()


class IconLine(QWidget):
    """A sentence with a sign before it; `icon` "tint" is the ground of hours worth posting, a channel its
    tile. `ink` is that of the icon, `tone` that of the words."""

    def __init__(
        self, theme: Theme, icon: str, words: str, ink: str = "text.secondary", tone: str = "text.secondary"
    ) -> None:
        super().__init__()
        self.theme, self.icon, self.ink = theme, icon, ink
        self.label = Label(theme, words, "body", tone, wraps=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), 0, 0, 0)
        column.addWidget(self.label)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.theme.px
        top = self.label.y() + (self.theme.line_height("body") - px(15)) / 2
        if self.icon == "tint":
            box = QRectF(0, top + px(2), px(15), px(11))
            paint_box(painter, self.theme, box, fill="accent.soft", border="accent.solid", radius=3)
        elif self.icon in CHANNEL_NAMES:
            paint_channel_tile(painter, self.theme, QRectF(0, top, px(15), px(15)), self.icon)
        else:
            self.theme.paint_icon(painter, self.icon, self.ink, 0, top, 15)
        painter.end()
