"""The channel chip: on or off, how much room is left, and whether the account needs a sign-in."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from medvoice.ui.strings import number
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_meter_bar,
    paint_text,
    text_width,
)

WARN_SHARE = 0.9
BAR = (36, 4)
TILE = 20


class ChannelChip(PaintedButton):
    """Checkable, 32 high: tile, name, bar 36x4, numbers, mark. `toggled(bool)` when the person switches it;
    `sign_in_requested` instead, while the account needs a sign-in.

    `density`: 0 all parts, 1 without the bar, 2 without bar and name, 3 tile and mark alone.
    """

    sign_in_requested = Signal()

    def __init__(self, theme: Theme, channel: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName(f"channel_chip_{channel}")
        self.setCheckable(True)
        self._channel = channel
        self._plain_name = name
        self._name = name
        self._used, self._limit = 0, 1
        self._needs_sign_in = False
        self._density = 0
        self._parts = 1
        self.toggled.connect(self._speak)
        self._speak()

    @property
    def channel(self) -> str:
        return self._channel

    def set_meter(self, used: int, limit: int, parts: int = 1) -> None:
        """Used and allowed length in the channel's unit; of the longest post when there are `parts`."""
        if parts > 1:
            self._name = self.tr("Thread of {n}").format(n=parts)
        else:
            self._name = self._plain_name
        self._used, self._limit, self._parts = used, max(limit, 1), parts
        self._speak()

    def set_needs_sign_in(self, is_needed: bool) -> None:
        self._needs_sign_in = is_needed
        self._speak()

    def set_density(self, density: int) -> None:
        """0 to 3; see the class."""
        self._density = density
        self.theme_changed()

    def nextCheckState(self) -> None:
        if self._needs_sign_in:
            self.sign_in_requested.emit()
        else:
            super().nextCheckState()

    def words(self) -> str:
        """The text beside the bar: "787 / 3,000", "18 left", "14 over", "Off" or "Sign in"."""
        if self._needs_sign_in:
            return self.tr("Sign in")
        if not self.isChecked():
            return self.tr("Off")
        if self._used > self._limit:
            return self.tr("{n} over").format(n=number(self._used - self._limit))
        if self._used >= self._limit * WARN_SHARE:
            return self.tr("{n} left").format(n=number(self._limit - self._used))
        if self._density == 2 and self._parts > 1:
            return self.tr("{n} posts").format(n=self._parts)
        return f"{number(self._used)} / {number(self._limit)}"

    def tone(self) -> str:
        """ "ok", "warn", "danger", "off" or "sign_in"."""
        if self._needs_sign_in:
            return "sign_in"
        if not self.isChecked():
            return "off"
        if self._used > self._limit:
            return "danger"
        return "warn" if self._used >= self._limit * WARN_SHARE else "ok"

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = theme.px(6) + theme.px(TILE)
        if self._density < 2:
            width += theme.px(8) + text_width(theme, self._title(), "bodyMedium")
        if self._has_bar():
            width += theme.px(8) + theme.px(BAR[0])
        if self._density < 3:
            width += theme.px(8) + text_width(theme, self.words(), "small")
        width += theme.px(7) + theme.px(14) + theme.px(9)
        return QSize(int(width + 1), theme.px("control"))

    def _title(self) -> str:
        """The channel's name, or "Thread of 5" while it is on."""
        return self._name if self.isChecked() else self._plain_name

    def _has_bar(self) -> bool:
        return self._density == 0 and not self._needs_sign_in

    def _speak(self) -> None:
        if self._needs_sign_in:
            name = self.tr("{channel}, sign in needed").format(channel=self._plain_name)
        elif not self.isChecked():
            name = self.tr("{channel}, off").format(channel=self._plain_name)
        else:
            name = self.tr("{channel}, on, {used} of {limit} characters").format(
                channel=self._name if self._parts == 1 else f"{self._plain_name}, {self._name}",
                used=number(self._used),
                limit=number(self._limit),
            )
        self.setAccessibleName(name)
        self.setToolTip(name if self._density else "")
        self.theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, tone = QPainter(self), self.theme, self.tone()
        border = "border.default" if tone == "off" else "border.control"
        fill = "bg.hover" if self.is_hovered or self.isDown() else "bg.surface"
        paint_box(painter, theme, self.rect(), fill=fill, border=border, radius=self.focus_radius)
        middle = self.height() / 2
        x = float(theme.px(6))
        tile = theme.px(TILE)
        paint_channel_tile(painter, theme, QRectF(x, middle - tile / 2, tile, tile), self._channel)
        x += tile
        if self._density < 2:
            x += theme.px(8)
            width = text_width(theme, self._title(), "bodyMedium") + 1
            ink = "text.tertiary" if tone == "off" else "text.primary"
            paint_text(painter, theme, QRectF(x, 0, width, self.height()), self._title(), "bodyMedium", ink)
            x += width
        self._paint_meter(painter, x, tone)

    def _paint_meter(self, painter: QPainter, x: float, tone: str) -> None:
        theme, middle = self.theme, self.height() / 2
        bar_color = {"danger": "danger.solid", "warn": "warn.solid"}.get(tone, "accent.solid")
        ink = {
            "danger": "danger.text",
            "warn": "warn.text",
            "sign_in": "warn.text",
            "off": "text.tertiary",
        }.get(tone, "text.secondary")
        if self._has_bar():
            x += theme.px(8)
            width, height = theme.px(BAR[0]), theme.px(BAR[1])
            share = 0.0 if tone == "off" else self._used / self._limit
            paint_meter_bar(painter, theme, QRectF(x, middle - height / 2, width, height), share, bar_color)
            x += width
        if self._density < 3:
            x += theme.px(8)
            words = self.words()
            width = text_width(theme, words, "small") + 1
            paint_text(painter, theme, QRectF(x, 0, width, self.height()), words, "small", ink)
            x += width
        x += theme.px(6)
        marks = {"danger": "octagon-alert", "warn": "triangle-alert", "sign_in": "log-in", "off": "minus"}
        mark_ink = "accent.text" if tone == "ok" else ink
        side = theme.px(14)
        theme.paint_icon(painter, marks.get(tone, "check"), mark_ink, x, middle - side / 2, 14)
