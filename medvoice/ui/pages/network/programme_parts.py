"""Parts of the programme in the sheet: a row of what is there, and the forms to add and change one."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.congress import Event
from medvoice.ui.models.embargo_words import KIND_CHOICES, kind_words
from medvoice.ui.pages.network.acts import EventActs
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button, IconButton

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PartRow(QWidget):
    """A session or an abstract that is there: words, Edit and Remove."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, key: str, words: str, note: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(ElidedLabel(theme, words, "bodyMedium"), 3)
        row.addWidget(ElidedLabel(theme, note, "small", "text.secondary"), 2)
        for icon, name, signal, kind in (
            ("pencil", words, self.changed, "change"),
            ("trash-2", words, self.removed, "remove"),
        ):
            spoken = self.tr("Edit {name}") if kind == "change" else self.tr("Remove {name}")
            button = IconButton(theme, icon, spoken.format(name=name), size="small")
            button.setObjectName(f"part_{kind}_{key}")
            button.clicked.connect(signal)
            row.addWidget(button)


class PartForm(QWidget):
    """A line of fields with a button; `submitted` for the button and for Enter in any field."""

    submitted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, name: str, add_words: str, change_words_: str) -> None:
        super().__init__()
        self.theme = theme
        self._words = (add_words, change_words_)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(6))
        self.problem = ProblemLabel(theme, parent=self)
        self.problem.setObjectName(f"problem_{name}")
        self.problem.hide()
        self.note = Label(theme, "", "small", "text.secondary", wraps=True, parent=self)
        self.note.setObjectName(f"note_{name}")
        self.note.hide()
        self.button = Button(theme, add_words, size="small", icon="plus")
        self.button.setObjectName(f"{name}_submit")
        self.button.clicked.connect(self.submitted)
        self.cancel = Button(theme, self.tr("Do not change it"), kind="ghost", size="small")
        self.cancel.setObjectName(f"{name}_cancel")
        self.cancel.clicked.connect(self.cancelled)
        self.cancel.hide()

    def line(self, name: str, spoken: str, stretch: int, row: QHBoxLayout) -> QLineEdit:
        """A field in a row, its name seen while it is empty."""
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        made.setPlaceholderText(spoken)
        made.returnPressed.connect(self.submitted)
        row.addWidget(made, stretch)
        return made

    def finish(self) -> None:
        """The lines below the fields, and the buttons."""
        self.column.addWidget(self.problem)
        self.column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        row.addWidget(self.button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.column.addLayout(row)

    def say(self, field: QWidget, problem: str, note: str = "") -> None:
        """What does not fit, at its field; else what the fields mean."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.note.setText(note)
        self.note.setVisible(bool(note) and not problem)
        field.setAccessibleDescription(problem or note)

    def set_changing(self, is_changing: bool) -> None:
        """Whether the fields hold something that is there already."""
        self.button.setText(self._words[is_changing])
        self.button.set_icon("check" if is_changing else "plus")
        self.cancel.setVisible(is_changing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A closed box of choices has no use for Enter.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.submitted.emit()
            return True
        return super().eventFilter(watched, event)


class SessionForm(PartForm):
    """Title and start of a session."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "session", "", "")
        self._words = (self.tr("Add session"), self.tr("Change session"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.title = self.line("session_title", self.tr("Title of the session"), 3, row)
        self.when = self.line("session_when", self.tr("Start, such as 19 Nov 9:00"), 2, row)
        self.column.addLayout(row)
        self.finish()
        self.set_changing(False)


class AbstractForm(PartForm):
    """Number and title of an abstract, how its embargo is fixed, and the session or time it waits for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "abstract", "", "")
        self._words = (self.tr("Add abstract"), self.tr("Change abstract"))
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.px(8))
        self.number = self.line("abstract_number", self.tr("Number"), 1, first)
        self.title = self.line("abstract_title", self.tr("Title of the abstract"), 4, first)
        self.kind = self._combo("abstract_kind", self.tr("How its embargo ends"), second)
        words = kind_words()
        for each in KIND_CHOICES:
            self.kind.addItem(words[each], each)
        self.session = self._combo("abstract_session", self.tr("Session it is shown in"), second)
        self.when = self.line("abstract_when", self.tr("Ends, such as 19 Nov 9:00"), 1, second)
        self.when.hide()
        self.column.addLayout(first)
        self.column.addLayout(second)
        self.finish()
        self.set_changing(False)

    def _combo(self, name: str, spoken: str, row: QHBoxLayout) -> Combo:
        made = Combo(self.theme)
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        made.installEventFilter(self)
        row.addWidget(made, 1)
        return made


class PartCard(Surface):
    """A card with rows and a form."""

    def __init__(self, theme: Theme, acts: EventActs, title: str, lead: str, form: PartForm) -> None:
        super().__init__("card")
        self.theme, self.acts = theme, acts
        self.event_now: Event | None = None
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(Label(theme, title, "section"))
        column.addWidget(Label(theme, lead, "small", "text.secondary", wraps=True))
        self.shown_rows: list[PartRow] = []
        self.rows = QVBoxLayout()
        self.rows.setSpacing(px(2))
        column.addLayout(self.rows)
        column.addWidget(form)

    def clear_rows(self) -> None:
        """Take the rows away; they go when the loop is free."""
        for row in self.shown_rows:
            self.rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.shown_rows = []

    def put_row(self, row: PartRow) -> None:
        """A row at the end."""
        self.shown_rows.append(row)
        self.rows.addWidget(row)
