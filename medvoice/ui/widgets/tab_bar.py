"""The tabs of the right pane (44 high) and the small segmented choice."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton, Surface
from medvoice.ui.widgets.paint import badge_size, paint_box, paint_count_badge, paint_text, text_width


class Tab(PaintedButton):
    """One tab: word and an optional count."""

    def __init__(self, theme: Theme, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key = key
        self.setObjectName(f"tab_{key}")
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self._count, self._kind = "", "neutral"

    def set_count(self, count: str, kind: str = "neutral") -> None:
        self._count, self._kind = count, kind
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.theme_changed()

    def sizeHint(self) -> QSize:
        width = text_width(self.theme, self.text(), "bodyStrong") + self.theme.px(20)
        if self._count:
            width += badge_size(self.theme, self._count).width() + self.theme.px(6)
        return QSize(int(width), self.theme.px("tabBar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "accent.text" if self.isChecked() else "text.secondary"
        role = "bodyStrong" if self.isChecked() else "bodyMedium"
        area = QRectF(self.rect()).adjusted(self.theme.px(10), 0, 0, 0)
        paint_text(painter, self.theme, area, self.text(), role, tone)
        if self._count:
            size = badge_size(self.theme, self._count)
            box = QRectF(self.width() - size.width() - self.theme.px(8), 0, size.width(), size.height())
            box.moveTop((self.height() - size.height()) / 2)
            paint_count_badge(painter, self.theme, box, self._count, self._kind)
        if self.isChecked():
            line = QRectF(self.theme.px(8), self.height() - 2, self.width() - self.theme.px(16), 2)
            painter.fillRect(line, self.theme.color("accent.solid"))


class TabBar(Surface):
    """Tabs side by side; `chosen(key)`. Arrow keys move between them."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, tabs: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__("sunken", edge="bottom", parent=parent)
        self.theme = theme
        self.tabs = {key: Tab(theme, key, text) for key, text in tabs}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
        row.setSpacing(theme.px(2))
        for tab in self.tabs.values():
            group.addButton(tab)
            row.addWidget(tab)
            tab.clicked.connect(self._clicked)
        row.addStretch(1)
        self.setFixedHeight(theme.px("tabBar"))

    def choose(self, key: str) -> None:
        """Make a tab the current one and say so."""
        self.tabs[key].setChecked(True)
        self.chosen.emit(key)

    def current(self) -> str:
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), "")

    def _clicked(self) -> None:
        self.chosen.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self.tabs)
        key = keys[(keys.index(self.current()) + step) % len(keys)]
        self.choose(key)
        self.tabs[key].setFocus(Qt.FocusReason.TabFocusReason)


class Segment(PaintedButton):
    """One choice of a segmented control."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        width = text_width(self.theme, self.text(), "bodyStrong") + self.theme.px(22)
        return QSize(int(width), self.theme.px("controlSmall"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        fill, border = ("bg.surface", "border.default") if is_on else ("bg.hover", None)
        paint_box(painter, self.theme, self.rect(), fill=fill, border=border, radius=8)
        role, tone = ("bodyStrong", "text.primary") if is_on else ("bodyMedium", "text.secondary")
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, self.theme, self.rect(), self.text(), role, tone, centre)
