"""The only way off the UI thread: three lanes of workers whose answers come back on the UI thread.

The runner owns the signal that carries results: a signal owned by a runnable dies on the pool thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

Lane = Literal["work", "check", "net"]
T = TypeVar("T")
LANES: dict[Lane, int] = {"work": 1, "check": 1, "net": 2}
LIVE_CHECK_MS = 250


class Runner(Protocol):
    """What pages ask for; `TaskRunner` in the program, `InlineRunner` in tests."""

    def run(
        self,
        lane: Lane,
        fn: Callable[[], T],
        *,
        owner: QObject,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None: ...

    def shutdown(self) -> None: ...


class Threads:
    """A lane: at most so many threads, begun when a job finds none free. Any thread.

    As `concurrent.futures`, for a fiftieth of a start less. What is called must not raise.
    """

    def __init__(self, name: str, width: int) -> None:
        self._name, self._width = name, width
        self._waiting: deque[Callable[[], object]] = deque()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._free = 0
        self._is_ended = False

    def add(self, fn: Callable[[], object]) -> None:
        """Call `fn` when a thread is free, in the order of the calls."""
        with self._changed:
            self._waiting.append(fn)
            if self._free < len(self._waiting) and len(self._threads) < self._width:
                # A daemon: a process that ends by an error, without `end`, ends.
                thread = threading.Thread(
                    target=self._run, name=f"{self._name}_{len(self._threads)}", daemon=True
                )
                self._threads.append(thread)
                thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._free += 1
                self._changed.wait_for(lambda: self._waiting or self._is_ended)
                self._free -= 1
                if self._is_ended:
                    return
                fn = self._waiting.popleft()
            fn()
            del fn  # what it holds must not outlive it while the thread waits

    def end(self) -> None:
        """Let what runs end, drop what waits. Blocks for that time. Safe to call twice."""
        with self._changed:
            self._is_ended = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()


@dataclass(slots=True)
class _Job:
    fn: Callable[[], Any]
    owner: QObject
    on_done: Callable[[Any], None] | None
    on_error: Callable[[Exception], None] | None
    result: Any = None
    error: Exception | None = None


class TaskRunner(QObject):
    """Runs functions on lanes "work" (one thread), "check" (one) and "net" (two).

    `fn` takes nothing, touches no widget and returns its result. `on_done` or `on_error` run on the UI
    thread, in order of completion, and not at all when `owner` has been destroyed. An error without
    `on_error` is emitted as `failed`. Call from the UI thread only.
    """

    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, Threads] = {}
        self._jobs: dict[int, _Job] = {}
        self._is_closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        fn: Callable[[], T],
        *,
        owner: QObject,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        if self._is_closed:
            return
        job = _Job(fn, owner, on_done, on_error)
        self._jobs[id(job)] = job
        if lane not in self._lanes:
            self._lanes[lane] = Threads(f"medvoice-{lane}", LANES[lane])
        self._lanes[lane].add(lambda: self._work(job))

    @property
    def is_busy(self) -> bool:
        """Whether any job has not delivered yet."""
        return bool(self._jobs)

    def shutdown(self) -> None:
        """Let running jobs end, drop waiting ones, deliver nothing more. Safe to call twice."""
        self._is_closed = True
        for threads in self._lanes.values():
            threads.end()
        self._jobs.clear()

    def _work(self, job: _Job) -> None:
        try:
            job.result = job.fn()
        except Exception as error:  # noqa: BLE001 - every failure of a job is handed to its owner
            job.error = error
        if not self._is_closed:
            self._arrived.emit(job)

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        self._jobs.pop(id(job), None)
        if self._is_closed or not isValid(job.owner):
            return
        _answer(job, self.failed)


class InlineRunner(QObject):
    """For tests: runs at once on the calling thread; `held` collects jobs instead when `is_holding`."""

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_holding = False
        self.held: list[_Job] = []

    def run(
        self,
        lane: Lane,
        fn: Callable[[], T],
        *,
        owner: QObject,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        if lane not in LANES:
            raise ValueError(lane)
        self.held.append(_Job(fn, owner, on_done, on_error))
        if not self.is_holding:
            self.release()

    def release(self) -> None:
        """Run what is held, oldest first."""
        while self.held:
            job = self.held.pop(0)
            try:
                job.result = job.fn()
            except Exception as error:  # noqa: BLE001 - as in TaskRunner
                job.error = error
            if isValid(job.owner):
                _answer(job, self.failed)

    def shutdown(self) -> None:
        self.held.clear()


def _answer(job: _Job, failed: Any) -> None:
    if job.error is None:
        if job.on_done is not None:
            job.on_done(job.result)
    elif job.on_error is not None:
        job.on_error(job.error)
    else:
        import logging

        logging.getLogger(__name__).error("A background job ended badly", exc_info=job.error)
        failed.emit(job.error)


class LiveCheck(QObject):
    """Checks while typing: 250 ms after the last `poke`, a snapshot goes to the check lane.

    At most one check is in flight; the newest wins. `take()` gives (snapshot, revision) on the UI thread,
    `check(snapshot)` runs on the lane. `done(result)` is emitted only when `revision()` still equals the
    snapshot's; a stale answer starts the next check at once. `broken(error)` when the check raised.
    """

    started = Signal()
    done = Signal(object)
    broken = Signal(object)

    def __init__(
        self,
        runner: Runner,
        take: Callable[[], tuple[Any, int]],
        check: Callable[[Any], Any],
        revision: Callable[[], int],
        *,
        delay_ms: int = LIVE_CHECK_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._take, self._check, self._revision_now = runner, take, check, revision
        self._in_flight = False
        self._is_pending = False
        self._sent_revision = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self.check_now)

    @property
    def is_busy(self) -> bool:
        """A check waits or runs: what is shown may be older than the text."""
        return self._timer.isActive() or self._in_flight

    def poke(self) -> None:
        """The text changed: check 250 ms after the last call."""
        self._timer.start()

    def stop(self) -> None:
        """Forget what waits, for instance when another draft is opened."""
        self._timer.stop()
        self._is_pending = False

    def check_now(self) -> None:
        """Check without waiting; when one is in flight, right after it."""
        self._timer.stop()
        if self._in_flight:
            self._is_pending = True
            return
        snapshot, self._sent_revision = self._take()
        self._in_flight = True
        self._is_pending = False
        self.started.emit()
        check = self._check
        self._runner.run(
            "check", lambda: check(snapshot), owner=self, on_done=self._arrived, on_error=self._failed
        )

    def _arrived(self, result: Any) -> None:
        self._in_flight = False
        is_fresh = self._revision_now() == self._sent_revision
        if is_fresh and not self._is_pending:
            self.done.emit(result)
        elif not self._timer.isActive():
            self.check_now()

    def _failed(self, error: Exception) -> None:
        self._in_flight = False
        if self._is_pending:
            self.check_now()
        else:
            self.broken.emit(error)
