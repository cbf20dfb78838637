"""The one way from the window to the services: a desk per lane thread, answers back on the UI thread.

`ui` may not know the composition root, so app.py hands in a factory for desks.
"""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.desk import Desk as Desk

if TYPE_CHECKING:
    from medvoice.store.mark import Mark

T = TypeVar("T")
WATCH_MS = 2000
# An agent beats at least every two seconds while it is idle; a send may take longer than one beat.
HEARTBEAT_LIMIT = timedelta(seconds=15)
CLOSE_WAIT_S = 3.0
# Threads of each lane (architecture section 3).
LANES = {"work": 1, "check": 1, "net": 2}
ANY = "*"
WORLD = Changes.of(drafts=[ANY], deliveries=[ANY], accounts=[ANY], topics=[ANY], is_profile=True)


class Runner(Protocol):
    """What the bridge needs of `ui.tasks.TaskRunner`. Lanes: "work" and "check" with one thread, "net" with
    two. Callbacks arrive on the UI thread and are dropped when `owner` is gone."""

    def run(
        self,
        lane: Any,
        fn: Callable[[], Any],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Any: ...


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a look at the workspace saw."""

    version: int
    mark: "Mark | None"
    agent: str


class Bridge(QObject):
    """Runs services on their lanes. All methods are for the UI thread; `fn` runs on the lane's thread.

    `changed` says what any finished call, or another process, touched; the id "*" stands for all of a kind
    (see `touches`). `agent_changed` carries "on", "paused" or "stopped". `closing` is the moment to cancel
    what still waits on a lane. `on_problem` gets every problem that no caller took, and every bug.
    """

    changed = Signal(object)
    agent_changed = Signal(str)
    closing = Signal()

    def __init__(
        self,
        runner: Runner,
        open_desk: Callable[[], Desk],
        on_problem: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._open_desk = open_desk
        self._on_problem = on_problem
        self._desks = Desks(open_desk)
        self._is_closed = False
        self._is_looking = False
        self._version = -1
        self._mark: Mark | None = None
        self.agent_state = "stopped"
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self.look)

    # Lanes

    def work(
        self,
        fn: Callable[[Desk], T],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        changes: Changes | Callable[[Any], Changes] | None = None,
    ) -> None:
        """Run `fn` where drafts and the queue are read and written, one call after the other.

        What it touched is emitted as `changed`: `changes`, or what the value says (a Changes, a value with
        `.changes`, or a pair of value and Changes, of which `on_done` gets the value alone). `on_error`
        gets what was raised; a bug is told to `on_problem` as well.
        """
        self._run("work", fn, owner, on_done, on_error, changes)

    def net(
        self,
        fn: Callable[[Desk], T],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        changes: Changes | Callable[[Any], Changes] | None = None,
    ) -> None:
        """As `work`, for what waits on a network; two at a time, each with a desk of its own."""
        self._run("net", fn, owner, on_done, on_error, changes)

    def check(
        self,
        fn: Callable[[Desk], T],
        *,
        owner: QObject,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """As `work`, for the checker; nothing is written there."""
        self._run("check", fn, owner, on_done, on_error, None)

    def _run(
        self,
        lane: str,
        fn: Callable[[Desk], Any],
        owner: QObject,
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[BaseException], None] | None,
        changes: Changes | Callable[[Any], Changes] | None,
    ) -> None:
        if self._is_closed:
            return

        def job() -> Any:
            return self._desks.use(lane, fn)

        def done(value: Any) -> None:
            value, touched = split(value, changes)
            try:
                if on_done is not None and shiboken6.isValid(owner):
                    on_done(value)
            finally:
                if touched:
                    self.changed.emit(touched)

        def failed(problem: BaseException) -> None:
            is_taken = on_error is not None and shiboken6.isValid(owner)
            if is_taken and on_error is not None:
                on_error(problem)
            if not is_taken or not isinstance(problem, MedVoiceError):
                self._on_problem(problem)

        # The bridge owns the call: what was written is told even when the page that asked is gone.
        self._runner.run(lane, job, owner=self, on_done=done, on_error=failed)

    def report(self, problem: BaseException) -> None:
        """Show a problem that the caller of a lane cannot show itself. A bug was reported already."""
        if isinstance(problem, MedVoiceError):
            self._on_problem(problem)

    # Watching

    def start_watching(self) -> None:
        """Look every two seconds for what other processes (the agent, the command line) wrote."""
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Look once; at most one look is under way."""
        if self._is_looking or self._is_closed:
            return
        self._is_looking = True
        known = self._version
        self.work(
            lambda desk: pulse_of(desk, known), owner=self, on_done=self._seen, on_error=self._look_failed
        )

    def _seen(self, pulse: Pulse) -> None:
        self._is_looking = False
        self._version = pulse.version
        if pulse.agent != self.agent_state:
            self.agent_state = pulse.agent
            self.agent_changed.emit(pulse.agent)
        if pulse.mark is None:
            return
        before, self._mark = self._mark, pulse.mark
        touched = difference(before, pulse.mark) if before is not None else Changes()
        if touched:
            self.changed.emit(touched)

    def _look_failed(self, problem: BaseException) -> None:
        self._is_looking = False
        if isinstance(problem, MedVoiceError) and problem.code != "workspace_locked":
            self._timer.stop()
            self._on_problem(problem)

    # The end

    def close(self) -> None:
        """Cancel what waits, let the lanes finish, and close every desk on its own thread. Blocks for that
        time, three seconds at most. The runner is shut down by its owner afterwards."""
        if self._is_closed:
            return
        self._timer.stop()
        self.closing.emit()
        self._is_closed = True
        for lane, width in LANES.items():
            for _ in range(width):
                self._runner.run(
                    lane,
                    partial(self._desks.close_mine, lane),
                    owner=self,
                    on_done=None,
                    on_error=self._on_problem,
                )
        self._desks.wait_closed(CLOSE_WAIT_S)


class Desks:
    """One desk per thread, opened when the thread first needs it and closed on that thread."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self._open_desk = open_desk
        self._local = threading.local()
        self._changed = threading.Condition()
        self._open: Counter[str] = Counter()
        self._running: Counter[str] = Counter()

    def use(self, lane: str, fn: Callable[[Desk], T]) -> T:
        """Call `fn` with this thread's desk. Raises what opening raises (the next call tries again) and
        what `fn` raises."""
        with self._changed:
            self._running[lane] += 1
        try:
            return fn(self._mine(lane))
        finally:
            with self._changed:
                self._running[lane] -= 1
                self._changed.notify_all()

    def _mine(self, lane: str) -> Desk:
        desk: Desk | None = getattr(self._local, "desk", None)
        if desk is None:
            desk = self._open_desk()
            self._local.desk, self._local.lane = desk, lane
            with self._changed:
                self._open[lane] += 1
        return desk

    def wait_closed(self, timeout_s: float) -> bool:
        """Block until no lane works and no desk is open; whether that came about in time."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not any(self._open.values()) and not any(self._running.values()), timeout_s
            )

    def close_mine(self, lane: str) -> None:
        """Close this thread's desk, then keep the thread until the others of the lane have closed theirs,
        so that no thread takes the closing meant for another."""
        desk: Desk | None = getattr(self._local, "desk", None)
        if desk is not None:
            self._local.desk = None
            try:
                desk.close()
            finally:
                with self._changed:
                    self._open[self._local.lane] -= 1
                    self._changed.notify_all()
        with self._changed:
            # What still waits on a network after this time is closed by the end of the process.
            self._changed.wait_for(lambda: not self._open[lane] and not self._running[lane], CLOSE_WAIT_S)


def split(value: Any, changes: Changes | Callable[[Any], Changes] | None) -> tuple[Any, Changes]:
    """The value for the caller and what it says it touched."""
    touched = Changes()
    said: object = getattr(value, "changes", value)
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Changes):  # pyright: ignore[reportUnknownArgumentType]
        value, said = value
    if isinstance(said, Changes):
        touched = said
    if callable(changes):
        return value, touched | changes(value)
    return value, touched | changes if changes is not None else touched


def touches(ids: frozenset[str], *wanted: str) -> bool:
    """Whether a kind of a Changes value names any of `wanted`, or all."""
    return ANY in ids or any(one in ids for one in wanted)


def pulse_of(desk: Desk, known: int) -> Pulse:
    """The agent's state, and the workspace's mark when another connection has committed. Work lane."""
    from medvoice.store.connection import data_version
    from medvoice.store.mark import mark_of

    version = data_version(desk.db)
    return Pulse(version, mark_of(desk.db) if version != known else None, agent_state_of(desk))


def agent_state_of(desk: Desk) -> str:
    """ "on", "paused" (all of the queue) or "stopped" (no agent has beaten lately)."""
    lease = desk.queueing.outbox.lease()
    if lease is None or lease.heartbeat_at + HEARTBEAT_LIMIT <= desk.clock.now():
        return "stopped"
    return "paused" if desk.queueing.is_all_paused else "on"


def difference(before: "Mark", now: "Mark") -> Changes:
    """All of every kind whose mark differs."""
    return Changes.of(
        drafts=[ANY] if before.drafts != now.drafts else [],
        deliveries=[ANY] if before.deliveries != now.deliveries else [],
        accounts=[ANY] if before.accounts != now.accounts else [],
        topics=[ANY] if before.topics != now.topics else [],
        is_profile=before.settings != now.settings,
    )
