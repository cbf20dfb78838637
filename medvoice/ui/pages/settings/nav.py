"""The list at the left of the settings."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton, Surface
from medvoice.ui.widgets.paint import paint_box, paint_text

NAV_W = 240


class NavItem(PaintedButton):
    """Icon and words; the current one has a ground."""

    def __init__(self, theme: Theme, key: str, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key, self.icon_name = key, icon
        self.setObjectName(f"settings_nav_{key}")
        self.be_one_of_several()
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        is_on = self.isChecked()
        if is_on:
            paint_box(
                painter,
                theme,
                self.rect(),
                fill="bg.surface",
                border="border.default",
                radius=theme.radius("row"),
            )
        elif self.is_hovered:
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=theme.radius("row"))
        ink = "text.primary" if is_on else "text.secondary"
        side = theme.px(16)
        theme.paint_icon(painter, self.icon_name, ink, theme.px(12), (self.height() - side) / 2, 16)
        words = QRectF(theme.px(40), 0, self.width() - theme.px(44), self.height())
        paint_text(painter, theme, words, self.text(), "bodyStrong" if is_on else "body", ink)


class SettingsNav(Surface):
    """`chosen(key)`. One stop for Tab; up and down move inside."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, entries: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__("sidebar", edge="right")
        self.theme = theme
        self.setObjectName("settings_nav")
        self.items: list[NavItem] = []
        self.group = QButtonGroup(self)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(18), px(8), px(8))
        column.setSpacing(px(2))
        title = Label(theme, self.tr("Settings"), "panelTitle")
        title.setContentsMargins(px(12), 0, 0, px(10))
        column.addWidget(title)
        for key, icon, text in entries:
            item = NavItem(theme, key, icon, text)
            item.clicked.connect(self._clicked)
            self.group.addButton(item)
            self.items.append(item)
            column.addWidget(item)
        column.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_current(self, key: str) -> None:
        """Mark an entry without telling."""
        for item in self.items:
            item.setChecked(item.key == key)
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item.key == key else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        now = next((at for at, item in enumerate(self.items) if item.isChecked()), 0)
        item = self.items[(now + step) % len(self.items)]
        item.setFocus(Qt.FocusReason.TabFocusReason)
        item.click()

    def _clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            self.set_current(item.key)
            self.chosen.emit(item.key)

    def _restyle(self) -> None:
        self.setFixedWidth(self.theme.px(NAV_W))
