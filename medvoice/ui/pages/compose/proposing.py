"""The next free time, known to the bar without being asked for each draft."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk

if TYPE_CHECKING:
    from medvoice.services.slots import Slot

# What is free changes as time passes: looked at again at least so often while the window stands.
AGAIN_MS = 15 * 60_000


class Proposing(QObject):
    """`slot` is the next free time, None where none is free; `has_looked` once that is known. `changed` when
    either is another than before. UI thread only; the reading is done on the work lane.

    Nothing is read before `want`, and that begins when what is under way on the UI thread is done: a draft is
    shown and can be edited without it.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.slot: Slot | None = None
        self.has_looked = False
        self._is_wanted = self._is_reading = self._is_outdated = False
        self._soon = self._timer(0)
        self._again = self._timer(AGAIN_MS)
        bridge.changed.connect(self._workspace_changed)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self._read)
        return timer

    def want(self, *, is_over: bool = False) -> None:
        """A draft needs it. `is_over`: what is known has passed."""
        if not self._is_wanted or is_over:
            self._is_wanted = True
            self._soon.start()

    def _workspace_changed(self, changes: Changes) -> None:
        if self._is_wanted and (changes.deliveries or changes.is_profile):
            self._soon.start()

    def _read(self) -> None:
        if self._is_reading:
            self._is_outdated = True
            return
        self._is_reading = True
        self.bridge.work(_look, owner=self, on_done=self._found, on_error=self._not_found)

    def _found(self, slot: "Slot | None") -> None:
        self._is_reading = False
        self._again.start()
        if self._is_outdated:
            self._is_outdated = False
            self._soon.start()
        is_new = not self.has_looked or slot != self.slot
        self.slot, self.has_looked = slot, True
        if is_new:
            self.changed.emit()

    def _not_found(self, problem: BaseException) -> None:
        """Reading was not possible: the proposal without it, and the problem is said by the one door."""
        self._found(None)
        self.bridge.report(problem)


def _look(desk: Desk) -> "Slot | None":
    from medvoice.ui.pages.compose.lane_slots import proposal

    return proposal(desk)
