"""Parts of the pane of an event: a linked post, an abstract, and the line with its place."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from medvoice.services.embargoes import Embargo
from medvoice.ui.models.embargo_words import abstract_name
from medvoice.ui.models.events_data import Linked, posts_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.paint import (
    badge_size,
    paint_box,
    paint_count_badge,
    paint_text,
    paint_topic_marker,
)
from medvoice.ui.widgets.pill import PaintedMark

POST_H, ABSTRACT_H = 54, 50


class _Row(PaintedButton):
    """A row of the pane that can be pressed."""

    HEIGHT = POST_H

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(self.HEIGHT))


class LinkedPost(_Row):
    """A post that draws on the event; a press opens it."""

    def __init__(self, theme: Theme, post: Linked, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.post = post
        self.setAccessibleName(post.spoken)
        self.setAccessibleDescription(self.tr("Opens it in Compose"))
        self.setToolTip(post.title)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        fill = "bg.hover" if self.is_hovered or self.isDown() else "bg.surface"
        area = QRectF(self.rect())
        paint_box(painter, theme, area, fill=fill, border="border.subtle", radius=theme.radius("card"))
        middle, x = area.center().y(), px(12)
        if self.post.slot:
            marker = QRectF(x, middle - px(5), px(10), px(10))
            paint_topic_marker(painter, theme, marker, self.post.slot)
        x += px(18)
        width = area.right() - px(36) - x
        paint_text(painter, theme, QRectF(x, middle - px(19), width, px(19)), self.post.title, "bodyStrong")
        words = " · ".join(each for each in (self.post.when, self.post.state) if each)
        below = QRectF(x, middle + px(1), width, px(17))
        paint_text(painter, theme, below, words, "small", "text.secondary")
        theme.paint_icon(painter, self.post.icon, self.post.ink, area.right() - px(27), middle - px(7.5), 15)
        painter.end()


class AbstractRow(_Row):
    """An abstract with the end of its embargo and the number of posts; a press opens its menu.
    `stepped(row, 1 or -1)` for Down and Up, which the scroll area around would take for itself."""

    HEIGHT = ABSTRACT_H
    stepped = Signal(object, int)

    def __init__(
        self,
        theme: Theme,
        embargo: Embargo,
        words: str,
        is_over: bool,
        posts: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.embargo, self.words, self.posts = embargo, words, posts
        self.icon_name = "lock-open" if is_over else "lock"
        self.setObjectName(f"abstract_row_{embargo.abstract.id}")
        name = abstract_name(embargo.abstract)
        self.setText(name)
        self.setAccessibleName(", ".join((name, words, posts_words(posts))))
        self.setAccessibleDescription(self.tr("Opens what can be done with it"))
        self.setToolTip(f"{name}\n{words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(self, step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        area = QRectF(self.rect())
        if self.is_hovered or self.isDown():
            paint_box(painter, theme, area, fill="bg.hover", radius=theme.radius("row"))
        middle, right = area.center().y(), area.right() - px(6)
        if self.posts:
            size = badge_size(theme, str(self.posts))
            badge = QRectF(right - size.width(), middle - size.height() / 2, size.width(), size.height())
            paint_count_badge(painter, theme, badge, str(self.posts), "accent")
            right = badge.x() - px(8)
        ink = "text.tertiary" if self.icon_name == "lock-open" else "warn.text"
        theme.paint_icon(painter, self.icon_name, ink, px(6), middle - px(16), 14)
        x = px(28)
        title = QRectF(x, middle - px(19), right - x, px(19))
        paint_text(painter, theme, title, self.text(), "bodyMedium")
        below = QRectF(x, middle + px(1), right - x, px(17))
        paint_text(painter, theme, below, self.words, "small", "text.secondary")
        painter.end()


class _Pin(PaintedMark):
    """The pin before a place; the words beside it carry the meaning."""

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(16), self.theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.theme.paint_icon(QPainter(self), "map-pin", "text.secondary", 0, self.theme.px(1), 15)


class PlaceLine(QWidget):
    """Pin, place and days."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(_Pin(theme, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(theme, words, "body", "text.secondary", wraps=True), 1)
