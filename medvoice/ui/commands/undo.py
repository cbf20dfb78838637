"""What can be taken back outside a text: one stack per window. A text keeps its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

Deed = Callable[[], object]
LIMIT = 100


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A deed that was done: how to take it back and, where there is one, how to do it again."""

    label: str
    undo: Deed
    redo: Deed | None


class UndoStack(QObject):
    """UI thread only. Deeds are inverse service calls, so they may be started and end later. `changed` when
    there is another thing to take back; `taken_back(label)` and `done_again(label)` after each."""

    changed = Signal()
    taken_back = Signal(str)
    done_again = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_stack")
        self._done: list[Entry] = []
        self._undone: list[Entry] = []

    @staticmethod
    def of(widget: QWidget) -> "UndoStack":
        """The stack of the window a widget is in."""
        window = widget.window()
        found = window.findChild(UndoStack, "undo_stack")
        return found if found is not None else UndoStack(window)

    def push(self, label: str, undo: Deed, redo: Deed | None = None) -> Entry:
        """Note something that was just done. `label` says what was done ("Tick: no patient can be
        recognised"); `undo` takes it back, `redo` does it again, neither may push anew. One that
        answers False could not, and has said why."""
        entry = Entry(label, undo, redo)
        self._done.append(entry)
        del self._done[:-LIMIT]
        self._undone.clear()
        self.changed.emit()
        return entry

    @property
    def undo_label(self) -> str:
        """What Ctrl+Z would take back, "" for nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What Ctrl+Shift+Z would do again, "" for nothing."""
        return self._undone[-1].label if self._undone else ""

    def undo(self) -> bool:
        """Take back what was done last; False for nothing."""
        return self.take_back(self._done[-1]) if self._done else False

    def take_back(self, entry: Entry) -> bool:
        """Take back one deed, the last or an earlier one; False when it is taken back already."""
        if entry not in self._done:
            return False
        self._done.remove(entry)
        if entry.redo is not None:
            self._undone.append(entry)
        has_refused = entry.undo() is False
        self.changed.emit()
        if not has_refused:
            self.taken_back.emit(entry.label)
        return True

    def redo(self) -> bool:
        """Do again what was taken back last; False for nothing."""
        if not self._undone:
            return False
        entry = self._undone.pop()
        self._done.append(entry)
        assert entry.redo is not None
        entry.redo()
        self.changed.emit()
        self.done_again.emit(entry.label)
        return True
