"""Lanes: results on the UI thread, dropped for dead owners; the live check's rules."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from medvoice.ui.tasks import InlineRunner, LiveCheck, TaskRunner


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.shutdown()


def test_work_runs_elsewhere_and_answers_on_the_ui_thread(runner: TaskRunner, qtbot) -> None:
    owner, seen = QObject(), []
    ui_thread = threading.get_ident()
    runner.run(
        "work",
        threading.get_ident,
        owner=owner,
        on_done=lambda there: seen.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    there, here = seen[0]
    assert here == ui_thread != there
    assert QThread.currentThread() is owner.thread()


def test_the_work_lane_keeps_the_order(runner: TaskRunner, qtbot) -> None:
    owner, seen = QObject(), []
    for number in range(20):
        runner.run("work", lambda number=number: number, owner=owner, on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20, timeout=3000)
    assert seen == list(range(20))
    assert not runner.is_busy


def test_the_net_lane_has_two_threads(runner: TaskRunner, qtbot) -> None:
    owner, seen = QObject(), []
    both = threading.Barrier(2, timeout=3)
    for _ in range(2):
        runner.run("net", both.wait, owner=owner, on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=3000)
    assert sorted(seen) == [0, 1]


def test_an_error_goes_to_its_owner(runner: TaskRunner, qtbot) -> None:
    owner, seen = QObject(), []

    def bad() -> None:
        raise ValueError("no")

    runner.run("check", bad, owner=owner, on_done=seen.append, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert isinstance(seen[0], ValueError)


def test_an_error_nobody_takes_is_told(runner: TaskRunner, qtbot, caplog) -> None:
    owner = QObject()
    with qtbot.waitSignal(runner.failed, timeout=3000) as told:
        runner.run("check", lambda: 1 / 0, owner=owner)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_answers_for_a_dead_owner_are_dropped(runner: TaskRunner, qtbot) -> None:
    gone, alive, seen = QObject(), QObject(), []
    hold = threading.Event()
    runner.run("work", hold.wait, owner=gone, on_done=lambda _r: seen.append("gone"))
    runner.run("work", lambda: None, owner=alive, on_done=lambda _r: seen.append("alive"))
    delete(gone)
    hold.set()
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert seen == ["alive"]


def test_nothing_is_delivered_after_shutdown(runner: TaskRunner, qtbot) -> None:
    owner, seen = QObject(), []
    runner.run("work", lambda: 1, owner=owner, on_done=seen.append)
    runner.shutdown()
    runner.shutdown()
    runner.run("work", lambda: 2, owner=owner, on_done=seen.append)
    qtbot.wait(20)
    assert seen == []


class Desk:
    """A text with a revision, and a check that answers what it was given."""

    def __init__(self, delay_ms: int = 250) -> None:
        self.runner = InlineRunner()
        self.runner.is_holding = True
        self.revision = 1
        self.checked: list[int] = []
        self.shown: list[int] = []
        self.live = LiveCheck(
            self.runner,
            lambda: (self.revision, self.revision),
            self._check,
            lambda: self.revision,
            delay_ms=delay_ms,
        )
        self.live.done.connect(self.shown.append)

    def _check(self, revision: int) -> int:
        self.checked.append(revision)
        return revision


def test_one_check_in_flight_and_the_newest_wins(qapp) -> None:
    desk = Desk()
    desk.live.check_now()
    for revision in (2, 3, 4):
        desk.revision = revision
        desk.live.check_now()
    assert len(desk.runner.held) == 1
    desk.runner.release()
    assert desk.checked == [1, 4]
    assert desk.shown == [4]
    assert not desk.live.is_busy


def test_a_stale_answer_is_not_shown_and_checked_again(qapp) -> None:
    desk = Desk()
    desk.live.check_now()
    desk.revision = 2
    desk.runner.release()
    assert desk.checked == [1, 2]
    assert desk.shown == [2]


def test_a_stale_answer_while_typing_waits_for_the_pause(qapp) -> None:
    desk = Desk()
    desk.live.check_now()
    desk.revision = 2
    desk.live.poke()
    desk.runner.release()
    assert desk.checked == [1]
    assert desk.shown == []
    assert desk.live.is_busy


def test_typing_is_checked_once_after_the_pause(qtbot) -> None:
    desk = Desk(delay_ms=30)
    desk.runner.is_holding = False
    for revision in range(2, 8):
        desk.revision = revision
        desk.live.poke()
    qtbot.waitUntil(lambda: bool(desk.shown), timeout=2000)
    assert desk.checked == [7]


def test_stop_forgets_what_waits(qtbot) -> None:
    desk = Desk(delay_ms=10)
    desk.live.poke()
    desk.live.stop()
    qtbot.wait(30)
    assert desk.runner.held == []


def test_a_check_that_breaks_is_told_and_the_next_one_runs(qapp) -> None:
    runner, broken, done = InlineRunner(), [], []
    answers = [ZeroDivisionError("x"), 7]

    def check(_text: object) -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    live = LiveCheck(runner, lambda: ("text", 1), check, lambda: 1)
    live.broken.connect(broken.append)
    live.done.connect(done.append)
    live.check_now()
    live.check_now()
    assert isinstance(broken[0], ZeroDivisionError)
    assert done == [7]
