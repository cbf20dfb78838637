"""What was typed, taken back and done again: a history of words alone.

Qt's own history holds formats too, so that the first Ctrl+Z after another text size would take back the
height of the lines and no word; and it cannot be told to leave them out. It stays off here.
"""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor, QTextDocument

# A run of typing ends when the keys rest so long.
PAUSE_S = 2.0
STEPS_KEPT, BYTES_KEPT = 1000, 16 * 1024 * 1024
NEW_LINE = "\u2029".encode("utf-16-le")
UNIT = 2  # bytes of a UTF-16 unit, in which Qt counts


@dataclass(slots=True)
class Step:
    """`gone` made way for `came` at `at` (UTF-16 units); both as UTF-16. A run grows with the next key."""

    at: int
    gone: bytes
    came: bytes
    is_run: bool
    typed_s: float

    @property
    def size(self) -> int:
        return len(self.gone) + len(self.came)


class WordHistory(QObject):
    """The history of one document; its child. UI thread only."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        document.setUndoRedoEnabled(False)
        self._document = document
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_walking = False
        self._size = 0
        self._before = self._units()
        document.contentsChange.connect(self._changed)

    def start(self) -> None:
        """A text was loaded: nothing can be taken back."""
        self._done.clear()
        self._undone.clear()
        self._size = 0
        self._before = self._units()

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def seal(self) -> None:
        """The next key begins a step of its own."""
        if self._done:
            self._done[-1].is_run = False

    def undo(self) -> int:
        """Take back the last step; where the caret belongs then (UTF-16 units), -1 for nothing to take
        back."""
        if not self._done:
            return -1
        step = self._done.pop()
        step.is_run = False
        self._undone.append(step)
        self._size -= step.size
        return self._put(step.at, step.came, step.gone)

    def redo(self) -> int:
        """Do the last step again; as `undo`."""
        if not self._undone:
            return -1
        step = self._undone.pop()
        self._done.append(step)
        self._size += step.size
        return self._put(step.at, step.gone, step.came)

    def _put(self, at: int, old: bytes, new: bytes) -> int:
        cursor = QTextCursor(self._document)
        cursor.setPosition(at)
        cursor.setPosition(at + len(old) // UNIT, QTextCursor.MoveMode.KeepAnchor)
        self._is_walking = True
        try:
            cursor.insertText(new.decode("utf-16-le", "surrogatepass"))
        finally:
            self._is_walking = False
        return at + len(new) // UNIT

    def _units(self) -> bytes:
        return self._document.toRawText().removesuffix("\0").encode("utf-16-le", "surrogatepass")

    def _changed(self, position: int, removed: int, added: int) -> None:
        before, now = self._before, self._units()
        self._before = now
        if self._is_walking or before == now:  # the same words in another format are no step
            return
        at = position * UNIT
        gone, came = before[at : at + removed * UNIT], now[at : at + added * UNIT]
        is_all = before[:at] == now[:at] and before[at + len(gone) :] == now[at + len(came) :]
        if not is_all:  # never seen; a step that does not say all would put words in the wrong place
            at, gone, came = 0, before, now
        self._note(Step(at // UNIT, gone, came, _is_one(came or gone), time.monotonic()))

    def _note(self, step: Step) -> None:
        self._undone.clear()
        last = self._done[-1] if self._done else None
        self._size += step.size
        goes_on = last is not None and last.is_run and step.is_run and step.typed_s - last.typed_s < PAUSE_S
        if last is not None and goes_on and _joined(last, step):
            last.typed_s = step.typed_s
            return
        self._done.append(step)
        while len(self._done) > STEPS_KEPT or (self._size > BYTES_KEPT and len(self._done) > 1):
            self._size -= self._done.pop(0).size


def _is_one(units: bytes) -> bool:
    """One sign: one unit, or the two of a sign beyond the first plane."""
    return len(units) == UNIT or (len(units) == 2 * UNIT and 0xD8 <= units[1] <= 0xDB)


def _joined(last: Step, step: Step) -> bool:
    """Whether a key goes on where the last one was; `last` has grown by it then."""
    end = last.at + len(last.came) // UNIT
    if not step.gone and step.came != NEW_LINE and last.came and step.at == end:
        last.came += step.came
        return True
    if step.came or last.came:
        return False
    if step.at + len(step.gone) // UNIT == last.at:  # Backspace
        last.at, last.gone = step.at, step.gone + last.gone
        return True
    if step.at == last.at:  # Delete
        last.gone += step.gone
        return True
    return False
