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
    """`slot` is the next free time for a draft of the topic and networks last wanted, None where none is
    free; `has_looked` once that is known. `changed` when either is another than before. UI thread only; the
    reading is done on the work lane.

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
        self._use: tuple[str, tuple[str, ...]] = ("", ())
        self._is_for_all = True
        self._soon = self._timer(0)
        self._again = self._timer(AGAIN_MS)
        bridge.changed.connect(self._workspace_changed)

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self._read)
        return timer

    def want(self, topic_id: str = "", networks: tuple[str, ...] = (), *, is_over: bool = False) -> None:
        """A draft of this topic with these networks on needs it. `is_over`: what is known has passed."""
        is_other = (topic_id, networks) != self._use and not self._is_for_all
        self._use = topic_id, networks
        if is_other:
            self.has_looked = False
        if not self._is_wanted or is_over or is_other:
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
        use = self._use
        self.bridge.work(
            lambda desk: _look(desk, *use),
            owner=self,
            on_done=lambda found: self._found(found, use),
            on_error=self._not_found,
        )

    def _found(self, found: "tuple[Slot | None, bool]", use: "tuple[str, tuple[str, ...]]") -> None:
        slot, self._is_for_all = found
        self._is_reading = False
        self._again.start()
        if self._is_outdated:
            self._is_outdated = False
            self._soon.start()
        if use != self._use and not self._is_for_all:  # another draft stands there meanwhile, and asked anew
            return
        is_new = not self.has_looked or slot != self.slot
        self.slot, self.has_looked = slot, True
        if is_new:
            self.changed.emit()

    def _not_found(self, problem: BaseException) -> None:
        """Reading was not possible: the proposal without it, and the problem is said by the one door."""
        self._found((None, True), self._use)
        self.bridge.report(problem)


def _look(desk: Desk, topic_id: str, networks: tuple[str, ...]) -> "tuple[Slot | None, bool]":
    from medvoice.services.slots import Use
    from medvoice.ui.pages.compose.lane_slots import proposal

    return proposal(desk, Use(topic_id, networks))
