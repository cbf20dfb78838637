"""The step-by-step "What happened": an icon and a line down to the next, title and detail."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from medvoice.ui.models.queue_story import Step
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label

INKS = {
    "ok": "ok.solid",
    "danger": "danger.solid",
    "warn": "warn.solid",
    "info": "info.solid",
    "neutral": "text.secondary",
}


class StepMark(QWidget):
    """The icon at the top and, unless it is the last step, a line below it."""

    def __init__(self, theme: Theme, step: Step, is_last: bool) -> None:
        super().__init__()
        self.theme = theme
        self.step = step
        self.is_last = is_last
        self.setFixedWidth(theme.px(18))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.theme.px(18)
        self.theme.paint_icon(painter, self.step.icon, INKS[self.step.kind], 0, 0, 18)
        if not self.is_last:
            top = side + self.theme.px(4)
            painter.fillRect(
                side // 2, top, 2, self.height() - top - self.theme.px(4), self.theme.color("border.default")
            )


class StepList(QWidget):
    """All steps, oldest first; text can be selected."""

    def __init__(self, theme: Theme, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self.setObjectName("queue_steps")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, step in enumerate(steps):
            is_last = at == len(steps) - 1
            row = QHBoxLayout()
            row.setSpacing(theme.px(12))
            row.addWidget(StepMark(theme, step, is_last))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.setContentsMargins(0, 0, 0, 0 if is_last else theme.px(12))
            title = Label(theme, step.title, "bodyMedium", wraps=True, is_selectable=True)
            detail = Label(theme, step.detail, "small", "text.secondary", wraps=True, is_selectable=True)
            words.addWidget(title)
            words.addWidget(detail)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            row.addLayout(words, 1)
            column.addLayout(row)
