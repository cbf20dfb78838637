"""Going to a date: a small field below the title; Enter goes there, Escape goes back."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button


class GoTo(Surface):
    """Lies over the page's upper left corner. `chosen(date)`; `left` when it closes without one."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("card", parent=parent)
        self.theme = theme
        self.setObjectName("calendar_go_to")
        self.setAccessibleName(self.tr("Go to a date"))
        self.label = Label(theme, self.tr("Go to"), "bodyMedium", parent=self)
        self.field = QLineEdit(self)
        self.field.setObjectName("calendar_go_to_field")
        self.field.setAccessibleName(self.tr("Date"))
        self.problem = ProblemLabel(theme, parent=self)
        self.problem.hide()
        self.label.setBuddy(self.field)
        self.button = Button(theme, self.tr("Show"), kind="primary", parent=self)
        self.button.setObjectName("calendar_go_to_show")
        column = QVBoxLayout(self)
        side = theme.px(12)
        column.setContentsMargins(side, side, side, side)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for each in (self.label, self.field, self.button):
            row.addWidget(each)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.button.clicked.connect(self._go)
        self.hide()

    def open(self, day: date) -> None:
        """Ask, starting from a day."""
        self.field.setText(day.isoformat())
        self.problem.hide()
        self.adjustSize()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _go(self) -> None:
        try:
            there = date.fromisoformat(self.field.text().strip())
        except ValueError:
            self.problem.setText(self.tr("Write the date as 2026-12-01."))
            self.problem.show()
            self.adjustSize()
            return
        self.hide()
        self.chosen.emit(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
