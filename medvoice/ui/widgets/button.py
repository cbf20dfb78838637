"""Buttons: five kinds in three sizes, and the icon button."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import badge_size, paint_box, paint_count_badge, paint_text, text_width

HEIGHTS = {"small": "controlSmall", "normal": "control", "large": "controlLarge"}


@dataclass(frozen=True, slots=True)
class Skin:
    """Colours of one kind: fill at rest, hovered, pressed; ink; border."""

    rest: str | None
    hover: str
    pressed: str
    ink: str
    border: str | None = None
    role: str = "bodyMedium"


SKINS = {
    "primary": Skin("accent.solid", "accent.hover", "accent.pressed", "accent.on", None, "bodyStrong"),
    "default": Skin("bg.surface", "bg.hover", "bg.selected", "text.primary", "border.default"),
    "soft": Skin("accent.soft", "bg.hover", "bg.selected", "accent.text", None, "bodyStrong"),
    "ghost": Skin(None, "bg.hover", "bg.selected", "text.secondary"),
    "danger": Skin("bg.surface", "danger.soft", "danger.soft", "danger.text", "danger.border"),
    "link": Skin(None, "bg.hover", "bg.selected", "accent.text", None, "bodyMedium"),
    "neutral": Skin("bg.hover", "bg.selected", "bg.selected", "text.secondary", None, "bodyStrong"),
}


class Button(PaintedButton):
    """Text, or icon and text. `kind`: primary (one per view), default, soft, ghost, danger, link, neutral.
    `size`: small 28, normal 32, large 36. The accessible name is the text."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        kind: str = "default",
        size: str = "normal",
        icon: str = "",
        trailing_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._size = size
        self._icon_name = icon
        self._trailing = trailing_icon
        self._count = ""
        self._count_kind = "neutral"
        self._is_flush = False
        self._icon_inks = ("", "")
        self.setText(text)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self.updateGeometry()
        self.update()

    @property
    def icon_name(self) -> str:
        """The icon before the text, "" for none."""
        return self._icon_name

    def set_count(self, text: str, kind: str = "neutral") -> None:
        """A count badge after the text, "" for none."""
        self._count, self._count_kind = text, kind
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> str:
        """The count badge after the text, "" for none."""
        return self._count

    def set_icon_inks(self, before: str, after: str) -> None:
        """The tokens of the icons before and after the text, "" for the text's own."""
        self._icon_inks = (before, after)
        self.update()

    def _icon_ink(self, at: int, ink: str) -> str:
        return (self._icon_inks[at] if self.isEnabled() else "") or ink

    def set_flush(self) -> None:
        """A link whose words begin at its left edge, in line with the words above; under the mouse they are
        underlined instead of having a ground."""
        self._is_flush = True
        self.updateGeometry()

    def set_expanding(self, is_wide: bool = True) -> None:
        """Take the whole width of the layout instead of the width of the text."""
        policy = QSizePolicy.Policy.Expanding if is_wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> str:
        return self._kind

    def skin(self) -> Skin:
        return SKINS[self._kind]

    def sizeHint(self) -> QSize:
        theme = self.theme
        padding = 0 if self._is_flush else theme.px(8) if self._kind == "link" else theme.px(12)
        return QSize(int(self._content_width() + 2 * padding + 1), theme.px(HEIGHTS[self._size]))

    def _content_width(self) -> float:
        theme = self.theme
        width = text_width(theme, self.text(), self.skin().role) if self.text() else 0.0
        gap = theme.px(6) if self.text() else 0
        for name in (self._icon_name, self._trailing):
            width += theme.px(15) + gap if name else 0
        if self._count:
            width += badge_size(theme, self._count).width() + theme.px(8)
        return width

    def _width_after_text(self) -> float:
        """What stands right of the words: count and trailing icon."""
        width = badge_size(self.theme, self._count).width() + self.theme.px(8) if self._count else 0
        return width + (self.theme.px(21) if self._trailing else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        self._paint_content(painter, self._ink())

    def _ink(self) -> str:
        return self.skin().ink if self.isEnabled() else "text.disabled"

    def _paint_ground(self, painter: QPainter) -> None:
        skin = self.skin()
        fill, border = skin.rest, skin.border
        if self._is_flush:
            return
        if not self.isEnabled():
            fill = "bg.sunken" if fill is not None else None
            border = "border.subtle" if fill is not None else None
        elif self.isDown() or self.isChecked():
            fill = skin.pressed
        elif self.is_hovered:
            fill = skin.hover
        if fill is not None or border is not None:
            paint_box(painter, self.theme, self.rect(), fill=fill, border=border, radius=self.focus_radius)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        theme = self.theme
        x = (self.width() - self._content_width()) / 2
        side, gap = theme.px(15), theme.px(6)
        if self._icon_name:
            theme.paint_icon(
                painter, self._icon_name, self._icon_ink(0, ink), x, (self.height() - side) / 2, 15
            )
            x += side + (gap if self.text() else 0)
        if self.text():
            role = self.skin().role
            width = text_width(theme, self.text(), role)
            room = self.width() - x - self._width_after_text()
            area = QRectF(x, 0, max(min(width + 1, room), 0), self.height())
            paint_text(painter, theme, area, self.text(), role, ink)
            if self._is_flush and self.is_hovered:
                middle = (self.height() + theme.line_height(role)) / 2
                painter.fillRect(QRectF(x, middle - 2, area.width(), 1), theme.color(ink))
            x += width
        if self._count:
            size = badge_size(theme, self._count)
            x += theme.px(8)
            box = QRectF(x, (self.height() - size.height()) / 2, size.width(), size.height())
            paint_count_badge(painter, theme, box, self._count, self._count_kind)
            x += size.width()
        if self._trailing:
            y = (self.height() - side) / 2
            theme.paint_icon(painter, self._trailing, self._icon_ink(1, ink), x + gap, y, 15)


class IconButton(PaintedButton):
    """A square ghost button with an icon only. `name` is spoken and is the tooltip; at least 28 px."""

    def __init__(
        self, theme: Theme, icon: str, name: str, *, size: str = "normal", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._icon_name = icon
        self._size = size
        self._ink_name = "text.secondary"
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self.update()

    def set_ink(self, color: str) -> None:
        """The token of the icon's colour, for grounds other than the surfaces."""
        self._ink_name = color
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(HEIGHTS[self._size])
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._ink_name if self.isEnabled() else "text.disabled"
        if self.isChecked():
            ink = "accent.text"
            paint_box(painter, self.theme, self.rect(), fill="accent.soft", radius=self.focus_radius)
        elif self.is_hovered or self.isDown():
            fill = "bg.selected" if self.isDown() else "bg.hover"
            if self._ink_name != "text.onTooltip":
                paint_box(painter, self.theme, self.rect(), fill=fill, radius=self.focus_radius)
        side = self.theme.px(16)
        x, y = (self.width() - side) / 2, (self.height() - side) / 2
        self.theme.paint_icon(painter, self._icon_name, ink, x, y, 16)
