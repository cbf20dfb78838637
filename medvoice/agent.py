"""The one publisher: a process that sends what is due and looks after what is doubtful. Never reaches Qt.

One agent per workspace: an OS lock (freed by the system when the process dies) guards the start, and the
lease in the workspace with its fencing number guards every write.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TextIO

from medvoice.bootstrap import Workspace, open_workspace
from medvoice.domain.errors import AccountError, StorageError, UserError
from medvoice.errands import Errands
from medvoice.infra.locks import FileLocks
from medvoice.infra.logs import Redactor, set_up_logs
from medvoice.infra.settings import write_atomic
from medvoice.services.publishing import LeaseLost, PassReport, Publishing, describe

INTERVAL_S = 2.0
# Longer than the longest send (connect and read time-outs of platforms/http), so that a live agent keeps it.
LEASE_S = 120
CALENDAR_EVERY_S = 60.0


class Agent:
    """Passes over the queue until told to stop. Build and run it on one thread; `stop` may be set by any."""

    def __init__(self, workspace: Workspace, stop: threading.Event, out: TextIO | None) -> None:
        self.workspace = workspace
        self.stop = stop
        self.out = out
        self.holder = f"{socket.gethostname()}:{os.getpid()}"
        self.fence = 0
        self.calendar_due_s = 0.0

    def run(self, once: bool, interval_s: float = INTERVAL_S, errands: Errands | None = None) -> int:
        """Exit code: 0 fine, 3 when the keys cannot be opened. The caller holds the OS lock. `errands` begin
        once all that sending needs is there: two threads must not import the same libraries at once."""
        outbox = self.workspace.queueing.outbox
        now = self.workspace.clock.now()
        fence = outbox.acquire_lease(self.holder, now, LEASE_S, is_forced=True)
        if fence is None:
            raise StorageError("lease_refused")
        self.fence = fence
        publishing = self.workspace.publishing(self.beat)
        if errands is not None:
            errands.start()
        try:
            self._loop(publishing, once, interval_s)
        except LeaseLost:
            self.say({"event": "lease_lost"})
        finally:
            outbox.release_lease(self.holder, self.fence)
        return 0

    def _loop(self, publishing: Publishing, once: bool, interval_s: float) -> None:
        while not self.stop.is_set():
            self.beat()
            report = publishing.run_pass(self.fence)
            self._tell(report)
            self._keep_calendar()
            if once or self.stop.wait(interval_s):
                return

    def _keep_calendar(self) -> None:
        """Once a minute: what comes back becomes an idea, and the file that other calendars
        subscribe to follows the plan. A place that cannot be written is told and stops nothing."""
        now_s = time.monotonic()
        if now_s < self.calendar_due_s:
            return
        self.calendar_due_s = now_s + CALENDAR_EVERY_S
        for made in (*self.workspace.prompts.make_due(), *self.workspace.evergreens.make_due()):
            self.say({"event": "idea", "id": made.id, "title": made.title})
        try:
            if self.workspace.calendars.write_live(write_atomic):
                self.say({"event": "calendar_written"})
        except UserError as problem:
            self.say({"event": "calendar", "code": problem.code})

    def beat(self) -> None:
        """Renew the lease. Raises LeaseLost when another agent holds it."""
        outbox = self.workspace.queueing.outbox
        if not outbox.renew_lease(self.holder, self.fence, self.workspace.clock.now(), LEASE_S):
            raise LeaseLost

    def _tell(self, report: PassReport) -> None:
        for line in describe(report):
            self.say({"event": "part"} | line)

    def say(self, line: dict[str, object]) -> None:
        """One line of JSON for who started the agent; any thread."""
        if self.out is not None:
            print(json.dumps(line), file=self.out, flush=True)


@contextmanager
def only_agent(folder: Path) -> Iterator[bool]:
    """Hold the workspace's agent lock; yields False when another agent runs."""
    with ExitStack() as stack:
        try:
            stack.enter_context(FileLocks(folder, timeout_s=0)("agent"))
        except AccountError:
            yield False
            return
        yield True


def run(home: Path | None, once: bool = False, as_json: bool = False, while_open: bool = False) -> int:
    """Run the agent on the workspace at `home`. With `while_open` it ends when standard input closes,
    so that it never outlives the window that started it. Returns the exit code."""
    stop = threading.Event()
    _install_signals(stop)
    if while_open:
        threading.Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
    workspace = open_workspace(home)
    set_up_logs(workspace.paths.logs, "agent", Redactor())
    try:
        with only_agent(workspace.paths.locks) as taken:
            if not taken:
                _complain(as_json, "another_agent", "Another MedVoice agent publishes for this workspace.")
                return 0 if once else 2
            workspace.back_up()
            agent = Agent(workspace, stop, sys.stdout if as_json else None)
            with ExitStack() as beside:
                errands = None
                if not once:
                    errands = Errands(lambda: open_workspace(home, workspace.rulebook), agent.say)
                    beside.callback(errands.end)
                return agent.run(once, errands=errands)
    except AccountError as problem:
        _complain(as_json, problem.code, str(problem))
        return problem.exit_code
    finally:
        workspace.close()


def is_running(workspace: Workspace) -> bool:
    """Whether an agent is alive: its lease is not over."""
    lease = workspace.queueing.outbox.lease()
    if lease is None:
        return False
    return lease.expires_at - timedelta(seconds=LEASE_S - 15) > workspace.clock.now()


def _install_signals(stop: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, end)
        signal.signal(signal.SIGTERM, end)


def _stop_at_end_of_input(stop: threading.Event) -> None:
    while sys.stdin.read(1):
        pass
    stop.set()


def _complain(as_json: bool, code: str, words: str) -> None:
    if as_json:
        print(json.dumps({"event": "stopped", "code": code}), flush=True)
    else:
        print(words, file=sys.stderr, flush=True)
