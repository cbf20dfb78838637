"""Fields that save themselves: a caption, an editor, a line of help and a line for what does not fit."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from medvoice.ui.pages.settings.tick import Choice, Combo, TickBox
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, repolish

# Autosave after the last key (look.md 6).
SAVE_AFTER_MS = 800
TICKS_IN_ROW = 3
ZONE_LETTERS = 14


class Field(QWidget):
    """`committed(value)` when the person is done with it, or has stopped typing for 800 ms."""

    committed = Signal(object)

    def __init__(self, theme: Theme, name: str, caption: str, editor: QWidget, help_: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.editor = editor
        self.setObjectName(f"field_{name}")
        editor.setObjectName(f"edit_{name}")
        self.caption = Label(theme, caption, "bodyMedium")
        self.caption.setBuddy(editor)
        editor.setAccessibleName(caption)
        # Children from the start: a label shown without a parent is a window, and takes the focus with it.
        self.help = Label(theme, help_, "small", "text.tertiary", wraps=True, parent=self)
        self.help.setVisible(bool(help_))
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName(f"problem_{name}")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for part in (self.caption, editor, self.problem, self.help):
            column.addWidget(part)
        column.addStretch(1)  # beside a field that says what does not fit
        self._shown: object = None
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.commit)

    def value(self) -> object:
        """What the editor holds now."""
        raise NotImplementedError

    def put(self, value: object) -> None:
        """Write a value into the editor."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show what is stored, unless the person is writing something else there."""
        if self.is_touched:
            return
        self._shown = value
        if self.value() != value:
            self.editor.blockSignals(True)
            self.put(value)
            self.editor.blockSignals(False)

    @property
    def is_touched(self) -> bool:
        """Whether the editor holds something that was not told yet, or was refused."""
        return self._is_dirty or self.problem.isVisibleTo(self)

    def touch(self) -> None:
        """The person changed something: tell in 800 ms."""
        self._is_dirty = True
        self._timer.start()

    def mark(self) -> None:
        """The person changed something that is told only when the field is left."""
        self._is_dirty = True

    def commit(self) -> None:
        """Tell the value now, if the person changed it."""
        self._timer.stop()
        was_dirty, self._is_dirty = self._is_dirty, False
        value = self.value()
        if was_dirty and value != self._shown:
            self._shown = value
            self.committed.emit(value)

    def take(self, _value: object = None) -> None:
        """The person chose something whole: tell it now."""
        self._is_dirty = True
        self.commit()

    def show_problem(self, words: str) -> None:
        """Say what does not fit; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        self.editor.setProperty("problem", bool(words))
        repolish(self.editor)


class TextField(Field):
    """One line."""

    def __init__(self, theme: Theme, name: str, caption: str, help_: str = "", placeholder: str = "") -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        super().__init__(theme, name, caption, self.line, help_)
        self.line.textEdited.connect(self.touch)
        self.line.editingFinished.connect(self.commit)

    def value(self) -> str:
        return self.line.text().strip()

    def put(self, value: object) -> None:
        self.line.setText(str(value))
        self.line.setCursorPosition(0)  # a long sentence is read from its beginning


class LinesField(Field):
    """One word or phrase a line; the value is a tuple."""

    def __init__(self, theme: Theme, name: str, caption: str, help_: str = "") -> None:
        self.text = QPlainTextEdit()
        self.text.setProperty("field", True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(92))
        super().__init__(theme, name, caption, self.text, help_)
        self.text.textChanged.connect(self.touch)

    def value(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def put(self, value: object) -> None:
        self.text.setPlainText("\n".join(value if isinstance(value, tuple) else ()))


class ChoiceField(Field):
    """One of a few."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        caption: str,
        options: Sequence[tuple[object, str, str]],
        help_: str = "",
    ) -> None:
        self.choice = Choice(theme, options)
        super().__init__(theme, name, caption, self.choice, help_)
        self.choice.chosen.connect(self.take)

    def value(self) -> object:
        return self.choice.value()

    def put(self, value: object) -> None:
        self.choice.set_value(value)


class TicksField(Field):
    """Several of a few; the value is a tuple in the order offered."""

    def __init__(
        self, theme: Theme, name: str, caption: str, options: Sequence[tuple[str, str]], help_: str = ""
    ) -> None:
        self.boxes: dict[str, TickBox] = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(20))
        grid.setColumnStretch(TICKS_IN_ROW, 1)
        for at, (value, words) in enumerate(options):
            box = TickBox(theme, words)
            box.setObjectName(f"tick_{value}")
            box.toggled.connect(self.take)
            self.boxes[value] = box
            grid.addWidget(box, at // TICKS_IN_ROW, at % TICKS_IN_ROW)
        super().__init__(theme, name, caption, holder, help_)

    def value(self) -> tuple[str, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def put(self, value: object) -> None:
        wanted = value if isinstance(value, tuple) else ()
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key in wanted)
            box.blockSignals(False)
            box.update()


class TickField(Field):
    """Yes or no; the words stand beside the box."""

    def __init__(self, theme: Theme, name: str, words: str, help_: str = "") -> None:
        self.box = TickBox(theme, words)
        super().__init__(theme, name, words, self.box, help_)
        self.caption.hide()
        self.box.toggled.connect(self.take)

    def value(self) -> bool:
        return self.box.isChecked()

    def put(self, value: object) -> None:
        self.box.setChecked(bool(value))
        self.box.update()


class NumberField(Field):
    """A whole number with its unit."""

    def __init__(
        self, theme: Theme, name: str, caption: str, limits: tuple[int, int], unit: str, help_: str = ""
    ) -> None:
        self.spin = QSpinBox()
        self.spin.setRange(*limits)
        self.spin.setSingleStep(15)
        self.spin.setSuffix(f" {unit}")
        self.spin.setMaximumWidth(theme.px(160))
        self.spin.setKeyboardTracking(False)
        inner = self.spin.lineEdit()
        assert inner is not None
        # Bare, or the field inside the field has the height of a field of its own.
        inner.setProperty("bare", True)
        # As far in as the words of a line: the style sheet's padding does not reach it.
        inner.setTextMargins(theme.px(10), 0, 0, 0)
        super().__init__(theme, name, caption, self.spin, help_)
        self.spin.valueChanged.connect(self.touch)
        self.spin.editingFinished.connect(self.commit)

    def value(self) -> int:
        return self.spin.value()

    def put(self, value: object) -> None:
        self.spin.setValue(int(str(value)))


class ZoneField(Field):
    """An IANA time zone: typed with completion."""

    def __init__(self, theme: Theme, name: str, caption: str, help_: str = "") -> None:
        self.combo = Combo(theme)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # As wide as its column, not as its longest zone.
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(ZONE_LETTERS)
        super().__init__(theme, name, caption, self.combo, help_)
        self.combo.addItems(sorted(available_timezones()))
        completer = self.combo.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        edit = self.combo.lineEdit()
        assert edit is not None
        edit.setObjectName(f"edit_{name}_text")
        edit.setAccessibleName(caption)
        edit.editingFinished.connect(self.commit)
        edit.textEdited.connect(self.mark)
        self.combo.activated.connect(self.take)

    def value(self) -> str:
        return self.combo.currentText().strip()

    def put(self, value: object) -> None:
        self.combo.setCurrentText(str(value))
