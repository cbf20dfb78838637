"""A list of entries in a card of the settings: words, what is said about each, and its buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import IconButton
from medvoice.ui.widgets.pill import TopicMarker


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of an entry: `name` for tests, an icon, what it is called, what it does."""

    name: str
    icon: str
    words: str
    act: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `slot` is that of its topic, "" for none. Two of the same `key` are the same entry."""

    key: str
    title: str
    words: str
    deeds: tuple[Deed, ...]
    slot: str = ""
    is_faded: bool = False


class Entries(QWidget):
    """Entries below each other, or `none` where there are none. When one goes, the keyboard goes to the next,
    and to `after` when it was the last."""

    def __init__(self, theme: Theme, name: str, none: str) -> None:
        super().__init__()
        self.theme, self.name = theme, name
        self.setObjectName(name)
        self.keys: tuple[str, ...] = ()
        self.rows: dict[str, QWidget] = {}
        self.after: QWidget | None = None
        self.none = Label(theme, none, "body", "text.secondary", wraps=True)
        self.none.setObjectName(f"{name}_none")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(10))
        self.column.addWidget(self.none)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in this order."""
        place = self._place()
        for row in self.rows.values():
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        has_marks = any(each.slot for each in entries)
        self.rows = {each.key: self._row(each, has_marks) for each in entries}
        self.none.setVisible(not entries)
        before, self.keys = self.keys, tuple(self.rows)
        if place is not None:
            self._return(*place, before)

    def _place(self) -> tuple[str, int] | None:
        """The entry and the button that have the keyboard."""
        focus = self.focusWidget() if self.isAncestorOf(self) else None
        focus = focus or self.window().focusWidget()
        for key, row in self.rows.items():
            if focus is not None and row.isAncestorOf(focus):
                buttons = row.findChildren(IconButton)
                return key, next((at for at, each in enumerate(buttons) if each is focus), 0)
        return None

    def _return(self, key: str, button: int, before: tuple[str, ...]) -> None:
        at = before.index(key) if key in before else 0
        target = key if key in self.rows else (self.keys[min(at, len(self.keys) - 1)] if self.keys else "")
        if target:
            buttons = self.rows[target].findChildren(IconButton)
            buttons[min(button, len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.after is not None:
            self.after.setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, entry: Entry, has_marks: bool) -> QWidget:
        theme = self.theme
        row = QWidget(self)
        row.setObjectName(f"{self.name}_row")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        if entry.slot:
            mark = QVBoxLayout()
            mark.setContentsMargins(0, theme.px(4), 0, 0)
            mark.addWidget(TopicMarker(theme, entry.slot, parent=row))
            mark.addStretch(1)
            line.addLayout(mark)
        elif has_marks:
            line.addSpacing(theme.px(18))  # a marker and what stands between it and the words
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        tone = "text.secondary" if entry.is_faded else "text.primary"
        words.addWidget(Label(theme, entry.title, "bodyMedium", tone, wraps=True, parent=row))
        words.addWidget(Label(theme, entry.words, "small", "text.secondary", wraps=True, parent=row))
        line.addLayout(words, 1)
        for deed in entry.deeds:
            button = IconButton(theme, deed.icon, f"{deed.words}: {entry.title}", parent=row)
            button.setObjectName(deed.name)
            button.setToolTip(deed.words)
            button.clicked.connect(deed.act)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(row)
        row.show()
        return row
