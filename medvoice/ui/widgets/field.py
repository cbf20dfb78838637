"""Text fields: the search field with key caps, and a labelled field with a place for what is wrong."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, repolish
from medvoice.ui.widgets.paint import paint_box
from medvoice.ui.widgets.pill import KeyCap


class SearchField(QFrame):
    """A field with a magnifier; key caps of `shortcut` show while it is empty and not in use.

    `searched(text)` on each change, `left_downwards` for the Down key (to the list below), Esc empties.
    """

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(
        self, theme: Theme, placeholder: str, shortcut: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("search_field")
        self.edit = _BareEdit(self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.edit.textChanged.connect(self._changed)
        self.edit.down_pressed.connect(self.left_downwards)
        self.setFocusProxy(self.edit)
        self._caps: list[KeyCap] = []
        layout = self._row = QHBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self.edit, 1)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).split("+")
        for key in keys if shortcut else []:
            cap = KeyCap(theme, key, self)
            self._caps.append(cap)
            layout.addWidget(cap)
        theme.changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        return self.edit.text()

    def clear(self) -> None:
        self.edit.clear()

    def _changed(self, text: str) -> None:
        self._fit()
        self.searched.emit(text)

    def _fit(self) -> None:
        """The keys show while the field is empty and the words beside them are whole."""
        margins = self._row.contentsMargins()
        words = self.edit.fontMetrics().horizontalAdvance(self.edit.placeholderText()) + self.theme.px(8)
        caps = sum(cap.sizeHint().width() + self._row.spacing() for cap in self._caps)
        has_room = margins.left() + words + caps + margins.right() <= self.width()
        for cap in self._caps:
            cap.setVisible(has_room and not self.edit.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        self.edit.setFont(self.theme.font("body"))
        self._row.setContentsMargins(self.theme.px(34), 0, self.theme.px(10), 0)
        self.setFixedHeight(self.theme.px("control"))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(248), self.theme.px("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        radius = theme.radius("input")
        paint_box(painter, theme, self.rect(), fill="bg.surface", border="border.control", radius=radius)
        side = theme.px(16)
        theme.paint_icon(painter, "search", "text.tertiary", theme.px(10), (self.height() - side) / 2)


class _BareEdit(QLineEdit):
    down_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Field(QWidget):
    """Label above, field, and a line below for help or for what is wrong (notices verb "inline").

    `edit` is the QLineEdit, or a QPlainTextEdit with `lines` above 1. The label names the field.
    """

    def __init__(
        self, theme: Theme, label: str, help_text: str = "", *, lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._help = help_text
        self._lines = lines
        self.edit: QLineEdit | QPlainTextEdit = QLineEdit(self) if lines == 1 else QPlainTextEdit(self)
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setProperty("field", True)
            self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(label)
        self._label = Label(theme, label, "bodyMedium", parent=self)
        self._label.setBuddy(self.edit)
        self._below = ProblemLabel(theme, "text.tertiary", parent=self)
        self._below.setText(help_text)
        self._below.setVisible(bool(help_text))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for part in (self._label, self.edit, self._below):
            layout.addWidget(part)
        theme.changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        return self.edit.text() if isinstance(self.edit, QLineEdit) else self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        else:
            self.edit.setPlainText(text)

    def set_problem(self, words: str) -> None:
        """Say under the field what is wrong, "" when nothing is; read aloud as the field's description."""
        self.edit.setProperty("problem", bool(words))
        repolish(self.edit)
        self._below.setText(words or self._help)
        self._below.set_tone("danger.text" if words else "text.tertiary")
        self._below.setVisible(bool(words or self._help))
        self.edit.setAccessibleDescription(words or self._help)

    def problem(self) -> str:
        return self._below.text() if self.edit.property("problem") else ""

    def _restyle(self) -> None:
        self.edit.setFont(self.theme.font("body"))
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setFixedHeight(self.theme.line_height("body") * self._lines + self.theme.px(16))
