"""A box to tick and a row of choices, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import paint_box, paint_check_box, paint_text, text_width


class TickBox(PaintedButton):
    """A box and its words; the whole row can be clicked."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setText(text)

    def sizeHint(self) -> QSize:
        px = self.theme.px
        width = px(18) + px(8) + text_width(self.theme, self.text()) + px(4)
        return QSize(int(width + 1), max(px(28), self.theme.line_height("body")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.theme.px(18)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_check_box(painter, self.theme, box, self.isChecked(), self.isEnabled())
        x = side + self.theme.px(8)
        ink = "text.primary" if self.isEnabled() else "text.disabled"
        paint_text(
            painter, self.theme, QRectF(x, 0, self.width() - x, self.height()), self.text(), "body", ink
        )


class Segment(PaintedButton):
    """One of several choices that stand side by side."""

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.icon_name = icon
        self.be_one_of_several()
        self.setText(text)

    @property
    def focus_radius(self) -> int:
        return self.theme.radius("chip")

    def sizeHint(self) -> QSize:
        px = self.theme.px
        icon = px(15) + px(6) if self.icon_name else 0
        width = text_width(self.theme, self.text(), "bodyStrong") + icon + 2 * px(13) + 1
        return QSize(int(width), px("hitMin"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        is_on = self.isChecked()
        if is_on:
            paint_box(painter, theme, self.rect(), fill="bg.surface", border="border.default", radius=6)
        elif self.is_hovered:
            paint_box(painter, theme, self.rect(), fill="bg.selected", radius=6)
        ink, role = ("text.primary", "bodyStrong") if is_on else ("text.secondary", "bodyMedium")
        icon = theme.px(15) + theme.px(6) if self.icon_name else 0
        x = (self.width() - text_width(theme, self.text(), role) - icon) / 2
        if self.icon_name:
            side = theme.px(15)
            theme.paint_icon(painter, self.icon_name, ink, x, (self.height() - side) / 2, 15)
            x += icon
        words = QRectF(x, 0, self.width() - x, self.height())
        paint_text(painter, theme, words, self.text(), role, ink)


class Track(QWidget):
    """The ground of a row of choices."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), self.theme, self.rect(), fill="bg.hover", radius=8)


class Choice(QWidget):
    """Exactly one of `options` (value, words, icon). Arrows move, `chosen(value)` tells."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, options: Sequence[tuple[object, str, str]]) -> None:
        super().__init__()
        self.values = [value for value, _words, _icon in options]
        self.group = QButtonGroup(self)
        track = Track(theme, self)
        inner = QHBoxLayout(track)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.setSpacing(2)
        for at, (value, words, icon) in enumerate(options):
            button = Segment(theme, words, icon, track)
            button.setObjectName(f"choice_{value}")
            button.installEventFilter(self)
            self.group.addButton(button, at)
            inner.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(track)
        row.addStretch(1)
        self.group.idClicked.connect(self._clicked)

    def value(self) -> object:
        """The chosen value, None before any is."""
        at = self.group.checkedId()
        return self.values[at] if at >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose without telling. A value that is not offered chooses nothing."""
        if value in self.values:
            self.group.button(self.values.index(value)).setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                at = (self.group.checkedId() + step) % len(self.values)
                button = self.group.button(at)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                button.click()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, at: int) -> None:
        self.chosen.emit(self.values[at])


class Combo(QComboBox):
    """A combo box with our own arrow: the style sheet cannot take one from an icon of the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.theme.px(15)
        x, y = self.width() - side - self.theme.px(8), (self.height() - side) / 2
        self.theme.paint_icon(QPainter(self), "chevron-down", "text.secondary", x, y, 15)
