"""What the queue says when nothing waits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button


class EmptyQueue(QWidget):
    """One sentence and one button."""

    write_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queue_empty")
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        title = Label(theme, self.tr("Nothing waits to be published"), "panelTitle")
        words = Label(
            theme,
            self.tr("Posts you schedule appear here, with their time and what became of them."),
            "body",
            "text.secondary",
        )
        button = Button(theme, self.tr("Write a post"), kind="primary", icon="pen-line")
        button.setObjectName("queue_write")
        button.clicked.connect(self.write_requested)
        for part in (title, words):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(8))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
