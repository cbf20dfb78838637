"""The navigation rail: pages, the publishing agent's state, settings (look.md 4)."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton, Surface
from medvoice.ui.widgets.paint import badge_size, paint_box, paint_count_badge, paint_text

AGENT_HIDES_BELOW_PX = 620
AGENT_DOTS = {
    "on": "ok.solid",
    "paused": "warn.solid",
    "starting": "text.tertiary",
    "stopped": "danger.solid",
}
STARTS_WITHIN_MS = 12_000


class RailItem(PaintedButton):
    """68x54: icon 20 over a 12 px label; the page that is shown has a surface fill and an accent bar."""

    def __init__(self, theme: Theme, key: str, icon: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.key = key
        self.setObjectName(f"rail_{key}")
        self.be_one_of_several()
        self._icon_name = icon
        self._badge = 0
        self._extra = ""
        self.setText(label)
        self.setAccessibleName(label)

    @property
    def icon_name(self) -> str:
        return self._icon_name

    @property
    def badge(self) -> int:
        return self._badge

    def set_badge(self, count: int, spoken: str = "") -> None:
        """Number of things that need the person, 0 for none; `spoken` is "1 needs attention"."""
        self._badge = count
        self.setAccessibleName(f"{self.text()}, {spoken}" if count and spoken else self.text())
        self.update()

    def set_extra_tip(self, text: str) -> None:
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        return QSize(wide(self.theme, "railItem.w"), self.theme.px("railItem.h"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        is_on = self.isChecked()
        if is_on:
            border = "border.default" if theme.is_dark else "border.subtle"
            paint_box(painter, theme, self.rect(), fill="bg.surface", border=border, radius=10)
        elif self.is_hovered:
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=10)
        ink = "accent.text" if is_on else "text.secondary"
        side = theme.px("iconRail")
        x = (self.width() - side) / 2
        theme.paint_icon(painter, self._icon_name, ink, x, theme.px(8), int(theme.tokens.sizes["iconRail"]))
        label = QRectF(2, theme.px(30), self.width() - 4, theme.line_height("small"))
        role = "smallStrong" if is_on else "small"
        paint_text(painter, theme, label, self.text(), role, ink, Qt.AlignmentFlag.AlignHCenter)
        if self._badge:
            text = str(self._badge) if self._badge < 100 else "99+"
            size = badge_size(theme, text)
            box = QRectF(x + side - theme.px(5), theme.px(3), size.width(), size.height())
            ring = box.adjusted(-2, -2, 2, 2)
            paint_box(
                painter, theme, ring, fill="bg.surface" if is_on else "bg.rail", radius=ring.height() / 2
            )
            paint_count_badge(painter, theme, box, text, "solid")


class AgentBlock(PaintedButton):
    """Dot, "Agent" and "On", "Paused" or "Stopped"; a click asks for the agent's settings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("agent_block")
        self._state = "stopped"
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(lambda: self.set_state("stopped"))
        self.set_state("stopped")

    @property
    def state(self) -> str:
        return self._state

    def words(self) -> str:
        return {
            "on": self.tr("On"),
            "paused": self.tr("Paused"),
            "starting": self.tr("Starting"),
            "stopped": self.tr("Stopped"),
        }[self._state]

    def set_state(self, state: str) -> None:
        """ "on", "paused", "stopped", or "starting": then "stopped" after a while without news."""
        if state == "starting":
            self._wait.start(STARTS_WITHIN_MS)
        else:
            self._wait.stop()
        self._state = state
        self.setAccessibleName(self.tr("Publishing agent, {state}").format(state=self.words()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(wide(self.theme, "railItem.w"), self.theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        if self.is_hovered:
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=10)
        dot = theme.px(8)
        line = theme.line_height("small")
        name = self.tr("Agent")
        width = self.fontMetrics().horizontalAdvance(name) + 2
        left = max((self.width() - width - dot - theme.px(6)) / 2, 2)
        top = theme.px(6)
        paint_box(
            painter,
            theme,
            QRectF(left, top + (line - dot) / 2, dot, dot),
            fill=AGENT_DOTS[self._state],
            radius=dot / 2,
        )
        beside = QRectF(left + dot + theme.px(6), top, self.width() - left - dot - theme.px(6), line)
        paint_text(painter, theme, beside, name, "small", "text.secondary")
        below = QRectF(0, top + line + 1, self.width(), line)
        paint_text(
            painter, theme, below, self.words(), "small", "text.secondary", Qt.AlignmentFlag.AlignHCenter
        )


def wide(theme: Theme, size: str) -> int:
    """A width of the rail: as drawn, and for larger text as much more as its labels need."""
    return round(theme.fixed(size) * (1 + max(theme.text_scale - 1, 0) * 0.65))


class NavRail(Surface):
    """80 px wide, wider with larger text: labels are whole. One stop in the tab order: arrow keys move
    inside, Space or Enter opens the page.

    `page_requested(key)` when the person chose a page; `agent_requested` for a click on the agent.
    """

    page_requested = Signal(str)
    agent_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent=parent)
        self.setObjectName("nav_rail")
        self.theme = theme
        theme.changed.connect(self._fit)
        self._fit()
        self.setAccessibleName(self.tr("Pages"))
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 8)
        layout.setSpacing(4)
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        for part in (self._top, self._bottom):
            part.setSpacing(4)
        layout.addLayout(self._top)
        layout.addStretch(1)
        self.agent = AgentBlock(theme, self)
        self.agent.clicked.connect(self.agent_requested)
        layout.addWidget(self.agent)
        layout.addLayout(self._bottom)

    def _fit(self) -> None:
        self.setFixedWidth(wide(self.theme, "rail"))

    def add(self, key: str, icon: str, label: str, *, is_at_bottom: bool = False) -> RailItem:
        item = RailItem(self.theme, key, icon, label, self)
        self._items[key] = item
        self._group.addButton(item)
        (self._bottom if is_at_bottom else self._top).addWidget(item)
        if not self._group.checkedButton():
            item.setChecked(True)
        self._give_tab_stop()
        return item

    def item(self, key: str) -> RailItem:
        return self._items[key]

    def keys(self) -> list[str]:
        """Keys in the order shown, settings last."""
        return list(self._items)

    def current(self) -> str:
        button = self._group.checkedButton()
        return button.key if isinstance(button, RailItem) else ""

    def set_current(self, key: str) -> None:
        self._items[key].setChecked(True)
        self._give_tab_stop()
        self.update()

    def set_badge(self, key: str, count: int, spoken: str = "") -> None:
        self._items[key].set_badge(count, spoken)

    def focus_current(self) -> None:
        """Give the shown page's item the focus as if by Tab."""
        if self.current():
            self._items[self.current()].setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, button: RailItem) -> None:
        self._give_tab_stop()
        self.update()
        self.page_requested.emit(button.key)

    def _give_tab_stop(self) -> None:
        for item in self._items.values():
            policy = Qt.FocusPolicy.StrongFocus if item.isChecked() else Qt.FocusPolicy.ClickFocus
            item.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        items = [item for item in self._items.values() if item.isVisible()]
        focused = self.focusWidget()
        if event.key() in steps and isinstance(focused, RailItem) and focused in items:
            place = items.index(focused) + steps[Qt.Key(event.key())]
            if 0 <= place < len(items):
                items[place].setFocus(Qt.FocusReason.TabFocusReason)
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.agent.setVisible(self.height() >= AGENT_HIDES_BELOW_PX)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self._items.get(self.current())
        if current is not None:
            bar = QRect(-3, current.y() + 12, 6, current.height() - 24)
            paint_box(QPainter(self), self.theme, bar, fill="accent.solid", radius=3)
