"""Pills, topic chips, count badges, channel tiles and ring meters as widgets."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import (
    badge_size,
    key_cap_size,
    paint_channel_tile,
    paint_count_badge,
    paint_key_cap,
    paint_pill,
    paint_ring_meter,
    paint_row_focus,
    paint_topic_chip,
    paint_topic_marker,
    pill_size,
    topic_chip_size,
)


class PaintedMark(QWidget):
    """Base of small marks that only show something; the accessible name says it in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class StatusPill(PaintedMark):
    """Icon and word, for instance `set_status("danger", "octagon-alert", "1 must fix")`."""

    def __init__(
        self,
        theme: Theme,
        kind: str = "neutral",
        icon: str = "",
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.set_status(kind, icon, text)

    def set_status(self, kind: str, icon: str, text: str) -> None:
        self._status = (kind, icon, text)
        self.setAccessibleName(text)
        self.refresh()

    def text(self) -> str:
        return self._status[2]

    @property
    def kind(self) -> str:
        return self._status[0]

    def sizeHint(self) -> QSize:
        return pill_size(self.theme, self._status[1], self._status[2])

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.theme, self.rect(), *self._status)


class TopicChip(PaintedButton):
    """A topic as shape and name; a click asks for the topic menu (signal `clicked`). `slot` is one of
    tokens' six: rwe, io, methods, congress, patient, career."""

    def __init__(
        self, theme: Theme, slot: str = "rwe", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._is_faded = False
        self.set_topic(slot, name)

    def set_faded(self, is_faded: bool) -> None:
        """Paler, where another topic is the one that shows."""
        self._is_faded = is_faded
        self.update()

    def set_topic(self, slot: str, name: str) -> None:
        self._slot, self._name = slot, name
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Topic of this post"))
        self.theme_changed()

    def sizeHint(self) -> QSize:
        chip = topic_chip_size(self.theme, self._name)
        return chip.expandedTo(QSize(self.theme.px("hitMin"), self.theme.px("hitMin")))

    def focus_rect(self) -> QRect:
        """The chip itself; the target around it is higher."""
        height = topic_chip_size(self.theme, self._name).height()
        return QRect(0, (self.height() - height) // 2, self.width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(0.45 if self._is_faded else 1.0)
        paint_topic_chip(painter, self.theme, self.focus_rect(), self._slot, self._name)
        if self.isDown():
            paint_row_focus(painter, self.theme, self.focus_rect(), self.theme.radius("chip"))


class TopicMarker(PaintedMark):
    """The shape alone, 10 px unless told."""

    def __init__(self, theme: Theme, slot: str, size: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._slot, self._side = slot, size

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_topic_marker(QPainter(self), self.theme, self.rect(), self._slot)


class ChannelTile(PaintedMark):
    """The letter tile of a channel, 16 px unless told."""

    def __init__(
        self, theme: Theme, channel: str, name: str = "", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._channel, self._side = channel, size
        self.setAccessibleName(name or channel)

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_channel_tile(QPainter(self), self.theme, self.rect(), self._channel)


class CountBadge(PaintedMark):
    """A number; kinds as for pills. `name` is read aloud ("3 findings")."""

    def __init__(
        self, theme: Theme, text: str = "", kind: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.set_count(text, kind)

    def set_count(self, text: str, kind: str = "neutral", name: str = "") -> None:
        self._text, self._kind = text, kind
        self.setAccessibleName(name or text)
        self.refresh()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return badge_size(self.theme, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_count_badge(QPainter(self), self.theme, self.rect(), self._text, self._kind)


class KeyCap(PaintedMark):
    """A key as drawn on a keyboard."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = text

    def sizeHint(self) -> QSize:
        return key_cap_size(self.theme, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key_cap(QPainter(self), self.theme, self.rect(), self._text)


class RingMeter(PaintedMark):
    """The 16 px ring of a thread post: accent, warn from 90 %, danger over. The numbers stand beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._used, self._limit = 0, 1

    def set_meter(self, used: int, limit: int) -> None:
        """`used` and `limit` in the channel's own unit; limit above 0."""
        self._used, self._limit = used, limit
        words = self.tr("{used} of {limit} characters").format(used=used, limit=limit)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(16)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        share = self._used / self._limit
        color = "danger.solid" if share > 1 else "warn.solid" if share >= 0.9 else "accent.solid"
        paint_ring_meter(
            QPainter(self), self.theme, QRectF(QRect(0, 0, self.width(), self.height())), share, color
        )
