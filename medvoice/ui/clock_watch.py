"""Notices that the computer's clock, its time zone or the way it writes dates changed while the window is
open, so that no word on the screen stays wrong."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, QTimeZone, Signal

LOOK_MS = 5000
# A clock that is set by the network moves by less; a person who sets it moves it by more.
JUMP = timedelta(minutes=2)


def running_s() -> float:
    """Seconds that only go forward, sleep counted where the system can."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class ClockWatch(QObject):
    """`jumped(timedelta)` when the clock was set forward (more than 0) or back by two minutes or more,
    `moved(zone id)` when the time zone is another, `woke` after at least a minute in which nothing ran. UI
    thread only. `now` answers in aware UTC; it, `running` and `zone` can be replaced."""

    jumped = Signal(object)
    moved = Signal(str)
    woke = Signal()
    ASLEEP_S = 60.0

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        running: Callable[[], float] = running_s,
        zone: Callable[[], str] = lambda: bytes(QTimeZone.systemTimeZoneId().data()).decode(),
    ) -> None:
        super().__init__(parent)
        self._now, self._running, self._zone = now, running, zone
        self._seen = (now(), running(), zone())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look every five seconds from now on."""
        self._seen = (self._now(), self._running(), self._zone())
        self._timer.start()

    def look(self) -> None:
        """Compare with the look before."""
        was, ran, zone = self._seen
        self._seen = (self._now(), self._running(), self._zone())
        passed = self._seen[1] - ran
        drift = self._seen[0] - was - timedelta(seconds=passed)
        if abs(drift) >= JUMP:
            self.jumped.emit(drift)
        elif passed >= self.ASLEEP_S:
            self.woke.emit()
        if self._seen[2] != zone:
            if hasattr(time, "tzset"):
                time.tzset()  # Python keeps the zone it started in
            self.moved.emit(self._seen[2])
