"""The list at the left of the settings."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton, Surface
from medvoice.ui.widgets.paint import paint_box, paint_text

NAV_W, BARE_W = 240, 56
# What a sheet needs before its words and fields are cut.
LEAST_SHEET_W = 480


class NavItem(PaintedButton):
    """Icon and words; the current one has a ground."""

    def __init__(self, theme: Theme, key: str, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key, self.icon_name = key, icon
        self.setObjectName(f"settings_nav_{key}")
        self.be_one_of_several()
        self.is_bare = False
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bare(self, is_bare: bool) -> None:
        """Only the icon; the words are its tooltip then."""
        self.is_bare = is_bare
        self.setToolTip(self.text() if is_bare else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(40 if self.is_bare else 200), self.theme.px(38))

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
        x = (self.width() - side) / 2 if self.is_bare else theme.px(12)
        theme.paint_icon(painter, self.icon_name, ink, x, (self.height() - side) / 2, 16)
        if self.is_bare:
            return
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
        self.title = Label(theme, self.tr("Settings"), "panelTitle")
        self.title.setContentsMargins(px(12), 0, 0, px(10))
        column.addWidget(self.title)
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

    @property
    def is_bare(self) -> bool:
        """Whether it shows icons alone."""
        return self.items[0].is_bare

    def fit(self, room: int) -> None:
        """Icons alone where the words would leave a sheet less than `room` pixels allow."""
        is_bare = room - self.theme.px(NAV_W) < self.theme.px(LEAST_SHEET_W)
        if is_bare != self.is_bare:
            self.title.setVisible(not is_bare)
            for item in self.items:
                item.set_bare(is_bare)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedWidth(self.theme.px(BARE_W if self.is_bare else NAV_W))
