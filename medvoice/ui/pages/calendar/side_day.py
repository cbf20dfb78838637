"""A day with more posts than its cell has room for, at the side of the calendar: all of them, in order."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card
from medvoice.ui.models.calendar_days import day_name
from medvoice.ui.pages.calendar.painting import ICON_INKS
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_text,
    paint_topic_marker,
    text_width,
)

ROW_H = 52


class DayRow(PaintedButton):
    """A post of the day: time, topic, title; below it its state. A press shows it."""

    def __init__(self, theme: Theme, card: Card, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.card = card
        self.setObjectName("calendar_day_row")
        self.setAccessibleName(card.spoken)
        self.setToolTip(card.at_length)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(ROW_H))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px, card = QPainter(self), self.theme, self.theme.px, self.card
        area = QRectF(self.rect())
        fill = "bg.hover" if self.is_hovered else "bg.surface"
        paint_box(painter, theme, area, fill=fill, border="border.default", radius=theme.radius("row"))
        wide = text_width(theme, "00:00", "bodyMedium")
        x = px(12)
        paint_text(painter, theme, QRectF(x, px(7), wide + 2, px(20)), card.time, "bodyMedium")
        x += wide + px(10)
        if card.slot:
            paint_topic_marker(painter, theme, QRectF(x, px(12), px(10), px(10)), card.slot)
            x += px(16)
        title = QRectF(x, px(7), area.right() - px(10) - x, px(20))
        paint_text(painter, theme, title, card.title, "bodyMedium")
        left, below = px(12) + wide + px(10), px(28)
        ink = ICON_INKS.get(card.kind, "text.secondary")
        theme.paint_icon(painter, card.icon, ink, left, below + px(1), 14)
        right = area.right() - px(10)
        for channel in reversed(card.entry.channels):
            right -= px(16)
            paint_channel_tile(painter, theme, QRectF(right, below, px(16), px(16)), channel)
            right -= px(4)
        word = QRectF(left + px(20), below, right - left - px(24), px(16))
        paint_text(painter, theme, word, card.word, "small", "text.secondary")
        painter.end()


class DayPosts(QWidget):
    """The posts of a day one below the other: `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, snapshot: CalendarSnapshot, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        cards = snapshot.on(day)
        self.title = day_name(day, "dddd d MMMM")
        self.count = self.tr("1 post") if len(cards) == 1 else self.tr("{n} posts").format(n=len(cards))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for card in cards:
            row = DayRow(theme, card, self)
            row.clicked.connect(self._teller(card.key))
            column.addWidget(row)

    def _teller(self, key: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(key)
