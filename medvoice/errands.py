"""What the agent does beside sending: feeds are fetched, the plan is published. On a thread and a connection
of its own, so that a slow server never holds up a post."""

import importlib
import logging
import threading
from collections.abc import Callable
from contextlib import closing

from medvoice.bootstrap import Workspace
from medvoice.domain.errors import MedVoiceError

EVERY_S, END_S = 60.0, 2.0
NEEDED = (
    "medvoice.platforms.sources.caldav",
    "medvoice.platforms.sources.feeds",
    "medvoice.services.calendar_publishing",
    "medvoice.services.feeds",
)
# Of one round; the others wait for the next.
MOST_FEEDS = 10
Say = Callable[[dict[str, object]], None]
log = logging.getLogger(__name__)


class Errands:
    """`open_desk` opens a workspace for the thread that calls it; `say(line)` is called on the thread."""

    def __init__(self, open_desk: Callable[[], Workspace], say: Say, every_s: float = EVERY_S) -> None:
        self.open_desk, self.say, self.every_s = open_desk, say, every_s
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        """Begin; once. What the errands import is imported here first: `requests` breaks when two threads
        import it at the same time."""
        for name in NEEDED:
            importlib.import_module(name)
        self.thread.start()

    def end(self) -> None:
        """Stop after what is under way; a server that does not answer is not waited for longer than two
        seconds."""
        self.stop.set()
        if self.thread.ident is not None:
            self.thread.join(END_S)

    def _run(self) -> None:
        try:
            with closing(self.open_desk()) as desk:
                while not self.stop.is_set():
                    for errand in (fetch_feeds, publish_calendar):
                        self._do(errand, desk)
                    self.stop.wait(self.every_s)
        except MedVoiceError as problem:
            self.say({"event": "errands", "code": problem.code})

    def _do(self, errand: Callable[[Workspace, Say, threading.Event], None], desk: Workspace) -> None:
        try:
            errand(desk, self.say, self.stop)
        except MedVoiceError as problem:
            self.say({"event": errand.__name__, "code": problem.code})
        except Exception:  # a mistake of ours in one errand must not end the others
            log.exception("an errand stopped")


def publish_calendar(desk: Workspace, say: Say, stop: threading.Event) -> None:
    """Bring the calendar elsewhere up to date where the plan changed. Raises AccountError, StorageError."""
    report = None if stop.is_set() else desk.calendar_publishing.publish_if_due()
    if report is not None:
        line: dict[str, object] = {
            "event": "calendar_published",
            "put": report.put,
            "deleted": report.deleted,
        }
        say(line | {"edited": len(report.edited), "code": report.code})


def fetch_feeds(desk: Workspace, say: Say, stop: threading.Event) -> None:
    """Ask for the feeds that are due. Raises StorageError."""
    for feed in desk.feeds.due()[:MOST_FEEDS]:
        if stop.is_set():
            return
        came = desk.feeds.fetch(feed.id)
        say({"event": "feed", "feed": feed.id, "new": came.added, "state": came.feed.state})
