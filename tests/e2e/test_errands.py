"""What the agent does beside sending: on its own thread, only when switched on, and never in the way."""

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from medvoice.bootstrap import open_workspace
from medvoice.domain.errors import StorageError
from medvoice.domain.feed import Fetched, Found, Reading
from medvoice.errands import Errands
from medvoice.platforms.sources import feeds as door

ANSWER = Fetched("", Reading("Sample", (Found("1", "One"),)))


def test_feeds_are_fetched_once_switched_on_and_a_stuck_server_holds_up_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, is_stuck, may_go = threading.Semaphore(0), threading.Event(), threading.Event()

    class Slow(door.FeedSource):
        def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
            asked.release()
            if is_stuck.is_set():
                may_go.wait(10)
            return ANSWER

    monkeypatch.setattr(door, "FeedSource", Slow)
    desk = open_workspace(tmp_path)
    desk.feeds.add("https://j.example/feed")
    said: list[dict[str, object]] = []
    errands = Errands(lambda: open_workspace(tmp_path, desk.rulebook), said.append, every_s=0.02)
    errands.start()
    assert not asked.acquire(timeout=0.2), "off: nothing is asked"
    desk.feeds.set_on(True)
    assert asked.acquire(timeout=5)
    deadline = time.monotonic() + 5
    while not said and time.monotonic() < deadline:
        time.sleep(0.01)
    (feed,) = desk.feeds.list()
    assert said == [{"event": "feed", "feed": feed.id, "new": 1, "state": ""}]
    assert feed.next_at is not None
    assert feed.next_at - desk.clock.now() > timedelta(hours=5), "and not again for six hours"

    is_stuck.set()
    desk.feeds.add("https://k.example/feed")
    assert asked.acquire(timeout=5)
    desk.drafting.create(title="Written while a server does not answer")
    monkeypatch.setattr("medvoice.errands.END_S", 0.05)
    began = time.monotonic()
    errands.end()
    assert time.monotonic() - began < 1, "the end does not wait for a server"
    may_go.set()
    errands.thread.join(5)
    desk.close()


def test_a_workspace_that_cannot_be_opened_is_said() -> None:
    said: list[dict[str, object]] = []

    def closed() -> object:
        raise StorageError("workspace_locked")

    errands = Errands(closed, said.append)  # pyright: ignore[reportArgumentType]
    errands.start()
    errands.thread.join(5)
    assert said == [{"event": "errands", "code": "workspace_locked"}]
