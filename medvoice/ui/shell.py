"""The frame of the window: rail, pages, toast and menu. It knows nothing of what the pages do."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton, Surface
from medvoice.ui.widgets.paint import badge_size, paint_box, paint_count_badge, paint_text
from medvoice.ui.widgets.toast import Toast

RAIL_ITEM_LOW = 620


class RailItem(PaintedButton):
    """Icon over word, 68x54; the current one has a ground and a bar at the left."""

    def __init__(self, theme: Theme, key: str, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key, self._icon = key, icon
        self.setObjectName(f"rail_{key}")
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self._badge = 0

    def set_badge(self, count: int) -> None:
        self._badge = count
        word = self.tr("{name}, {n} need attention").format(name=self.text(), n=count)
        self.setAccessibleName(word if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.fixed("rail"), self.theme.px("railItem.h") + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(6, 3, self.width() - 12, self.height() - 6)
        is_on = self.isChecked()
        if is_on:
            paint_box(painter, self.theme, box, fill="bg.surface", border="border.subtle", radius=10)
            bar = QRectF(0, box.center().y() - 10, 3, 20)
            painter.fillRect(bar, self.theme.color("accent.solid"))
        elif self.is_hovered:
            paint_box(painter, self.theme, box, fill="bg.hover", radius=10)
        tone = "accent.text" if is_on else "text.secondary"
        side = self.theme.px(20)
        self.theme.paint_icon(painter, self._icon, tone, (self.width() - side) / 2, box.top() + 8, 20)
        words = QRectF(0, box.top() + 8 + side + 2, self.width(), self.theme.px(18))
        role = "smallStrong" if is_on else "small"
        paint_text(painter, self.theme, words, self.text(), role, tone, Qt.AlignmentFlag.AlignHCenter)
        if self._badge:
            size = badge_size(self.theme, str(self._badge))
            spot = QRectF(self.width() / 2 + 6, box.top() + 2, size.width(), size.height())
            paint_count_badge(painter, self.theme, spot, str(self._badge), "solid")


class AgentBlock(PaintedButton):
    """Dot, "Agent", and its state in a word."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("agent_block")
        self.set_state("stopped")

    def set_state(self, state: str) -> None:
        """on, paused or stopped."""
        self.state = state
        self.setAccessibleName(self.tr("Publishing agent, {state}").format(state=self.word()))
        self.update()

    def word(self) -> str:
        return {"on": self.tr("On"), "paused": self.tr("Paused")}.get(self.state, self.tr("Stopped"))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.fixed("rail"), self.theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tones = {"on": "ok.solid", "paused": "warn.solid"}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(tones.get(self.state, "border.control")))
        painter.drawEllipse(QRectF(16, self.theme.px(6), 8, 8))
        line = self.theme.px(18)
        paint_text(painter, self.theme, QRectF(30, 1, 50, line), self.tr("Agent"), "small", "text.secondary")
        centre = Qt.AlignmentFlag.AlignHCenter
        below = QRectF(0, line, self.width(), line)
        paint_text(painter, self.theme, below, self.word(), "small", "text.secondary", centre)


class Shell(QMainWindow):
    """The window's frame. Pages are added with a key; `page_shown(key)` when one comes to the front."""

    page_shown = Signal(str)
    agent_clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setMinimumSize(theme.fixed("windowMin.w"), theme.fixed("windowMin.h"))
        self.resize(theme.fixed("windowDefault.w"), theme.fixed("windowDefault.h"))
        self.rail = Surface("rail", edge="right")
        self.rail.setObjectName("rail")
        self.rail.setFixedWidth(theme.fixed("rail"))
        self._rail_column = QVBoxLayout(self.rail)
        self._rail_column.setContentsMargins(0, 8, 0, 8)
        self._rail_column.setSpacing(4)
        self._rail_column.addStretch(1)
        self.agent_block = AgentBlock(theme)
        self.agent_block.clicked.connect(self.agent_clicked)
        self._rail_column.addWidget(self.agent_block)
        self.stack = QStackedWidget()
        self.items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._pages: dict[str, QWidget] = {}
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        self.toast = Toast(theme, self.stack)
        self._menus: dict[str, QMenu] = {}

    def add_page(self, key: str, text: str, icon: str, page: QWidget, *, at_bottom: bool = False) -> None:
        """A page with its rail item."""
        item = RailItem(self.theme, key, text, icon)
        item.clicked.connect(lambda: self.show_page(key))
        self._group.addButton(item)
        self.items[key] = item
        self._pages[key] = page
        self.stack.addWidget(page)
        column = self._rail_column
        column.insertWidget(column.count() if at_bottom else len(self.items) - 1, item)

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.items[key].setChecked(True)
        self.stack.setCurrentWidget(self._pages[key])
        self.page_shown.emit(key)

    def page(self) -> str:
        """The key of the page in front."""
        return next((key for key, page in self._pages.items() if page is self.stack.currentWidget()), "")

    def add_action(
        self, menu: str, text: str, keys: str | QKeySequence.StandardKey, call: Callable[[], None]
    ) -> QAction:
        """A command in the menu bar with its shortcut; all commands stand there."""
        if menu not in self._menus:
            self._menus[menu] = self.menuBar().addMenu(menu)
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: call())
        self._menus[menu].addAction(action)
        self.addAction(action)
        return action
