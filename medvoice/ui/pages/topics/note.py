"""One line for an idea."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.overlay import Popover


class NotePopover(Popover):
    """`noted(words)` by Enter. What was written and not noted is there again the next time."""

    noted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, width=340)
        self.setObjectName("topic_note_popover")
        self.line = QLineEdit()
        self.line.setObjectName("topic_note_edit")
        self.line.setAccessibleName(self.tr("Idea"))
        self.line.setPlaceholderText(self.tr("Questions I wish I had asked"))
        self.body.addWidget(Label(theme, self.tr("Note an idea"), "bodyStrong"))
        self.body.addWidget(self.line)
        self.body.addWidget(
            Label(
                theme,
                self.tr("Enter keeps it. A link in it becomes its source."),
                "small",
                "text.secondary",
                wraps=True,
            )
        )
        self.line.returnPressed.connect(self._take)

    def open_below(self, anchor: QWidget) -> None:
        """Ask for it."""
        self.show_below(anchor)
        self.line.setFocus()

    def _take(self) -> None:
        words = self.line.text().strip()
        if words:
            self.line.clear()
            self.hide()
            self.noted.emit(words)
