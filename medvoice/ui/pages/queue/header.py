"""The head of the queue: title, the agent in words, and the button that pauses everything."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.nav_rail import AGENT_DOTS
from medvoice.ui.widgets.paint import paint_box
from medvoice.ui.widgets.pill import PaintedMark

HEIGHT = 64


class AgentDot(PaintedMark):
    """A dot beside the agent's words; the words carry the meaning too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._ink = "text.tertiary"

    def set_ink(self, token: str) -> None:
        self._ink = token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(8), self.theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), self.theme, self.rect(), fill=self._ink, radius=self.width() / 2)


class QueueHeader(Surface):
    """`pause_all_requested(wants pause)`."""

    pause_all_requested = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="bottom", parent=parent)
        self.theme = theme
        self.setObjectName("queue_header")
        self._is_paused = False
        self.title = Label(theme, self.tr("Queue"), "viewTitle")
        self.dot = AgentDot(theme)
        self.agent = ElidedLabel(theme, "", "body", "text.secondary")
        self.agent.setObjectName("queue_agent")
        self.pause = Button(theme, self.tr("Pause all"), icon="pause")
        self.pause.setObjectName("queue_pause_all")
        self.pause.clicked.connect(self._clicked)
        row = self.row = QHBoxLayout(self)
        row.setSpacing(theme.px(8))
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.dot)
        row.addWidget(self.agent, 100)
        row.addSpacing(theme.px(4))
        row.addWidget(self.pause)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_agent("stopped", is_paused=False)

    def show_agent(self, state: str, *, is_paused: bool) -> None:
        """`state`: "on", "paused" or "stopped"; `is_paused` is the person's wish for the whole queue."""
        self._is_paused = is_paused
        shown = "paused" if is_paused else state
        words = {
            "on": self.tr("Agent is on. It posts at the planned minute."),
            "paused": self.tr("Everything is paused. Nothing goes out."),
            "stopped": self.tr("Agent is not running. Planned posts wait for it."),
        }[shown]
        self.agent.set_text(words)
        self._fit()
        self.dot.set_ink(AGENT_DOTS[shown])
        self.pause.setText(self.tr("Resume all") if is_paused else self.tr("Pause all"))
        self.pause.set_icon("play" if is_paused else "pause")

    def _clicked(self) -> None:
        self.pause_all_requested.emit(not self._is_paused)

    def _restyle(self) -> None:
        side = self.theme.px(24)
        self.row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(self.theme.px(HEIGHT))
        self._fit()

    def _fit(self) -> None:
        """The words take no more room than they need, so that the dot stays beside them."""
        self.agent.setMaximumWidth(self.agent.sizeHint().width() + 2)
