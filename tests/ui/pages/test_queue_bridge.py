"""The bridge: lanes, desks, what changed, and the end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject

from medvoice.domain.errors import StorageError, UserError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import ANY, Bridge, agent_state_of, touches


def collect(bridge: Bridge) -> list[Changes]:
    seen: list[Changes] = []
    bridge.changed.connect(seen.append)
    return seen


def test_work_answers_with_the_value_and_tells_what_changed(rig) -> None:
    seen, answers = collect(rig.bridge), []
    owner = QObject()
    touched = Changes.of(drafts=["d1"])
    rig.bridge.work(lambda desk: desk.identity.get().name, owner=owner, on_done=answers.append)
    rig.bridge.work(lambda _desk: ("value", touched), owner=owner, on_done=answers.append)
    rig.bridge.work(lambda _desk: 7, owner=owner, on_done=answers.append, changes=touched)
    assert answers == ["Jordan Sample", "value", 7]
    assert seen == [touched, touched]


def test_a_value_that_carries_changes_is_handed_on_whole(rig) -> None:
    class Made:
        changes = Changes.of(accounts=["a1"])

    seen, answers, made = collect(rig.bridge), [], Made()
    rig.bridge.net(lambda _desk: made, owner=rig.bridge, on_done=answers.append)
    assert answers == [made]
    assert seen == [Made.changes]
    assert rig.runner.lanes[-1] == "net"


def test_a_page_that_is_gone_hears_nothing_but_the_change_is_told(rig) -> None:
    import shiboken6

    seen, answers = collect(rig.bridge), []
    owner = QObject()

    def act(_desk: Any) -> Changes:
        shiboken6.delete(owner)
        return Changes.of(drafts=["d1"])

    rig.bridge.work(act, owner=owner, on_done=answers.append)
    assert answers == []
    assert seen == [Changes.of(drafts=["d1"])]


def fail(problem: Exception):
    def act(_desk: Any) -> None:
        raise problem

    return act


def test_foreseen_problems_go_to_the_caller_and_bugs_to_both(rig) -> None:
    mine: list[BaseException] = []
    foreseen, bug = UserError("time_past"), ZeroDivisionError()
    rig.bridge.work(fail(foreseen), owner=rig.bridge, on_error=mine.append)
    assert (mine, rig.problems) == ([foreseen], [])
    rig.bridge.work(fail(bug), owner=rig.bridge, on_error=mine.append)
    rig.bridge.work(fail(foreseen), owner=rig.bridge)
    assert mine == [foreseen, bug]
    assert rig.problems == [bug, foreseen]


def test_a_desk_that_cannot_be_opened_is_tried_again(rig) -> None:
    answers: list[Any] = []
    opens = iter([StorageError("workspace_locked"), rig.desk])

    def open_desk():
        found = next(opens)
        if isinstance(found, Exception):
            raise found
        return found

    bridge = Bridge(rig.runner, open_desk, rig.problems.append)
    for _ in range(2):
        bridge.work(lambda desk: desk.clock.now(), owner=bridge, on_done=answers.append)
    assert [problem.code for problem in rig.problems] == ["workspace_locked"]
    assert answers == [rig.clock.now()]


def test_what_another_process_wrote_is_told_by_kind(rig) -> None:
    seen = collect(rig.bridge)
    rig.bridge.look()
    rig.desk.drafting.create(title="From the command line", text="x")
    rig.bridge.look()
    rig.bridge.look()
    assert [(bool(c.drafts), bool(c.deliveries), c.is_profile) for c in seen] == [(True, False, False)]
    rig.plan()
    rig.bridge.look()
    assert touches(seen[-1].deliveries, "any id at all")
    assert seen[-1].deliveries == {ANY}


def test_a_beating_agent_is_no_change_of_the_workspace(rig) -> None:
    rig.bridge.look()
    seen, states = collect(rig.bridge), []
    rig.bridge.agent_changed.connect(states.append)
    fence = rig.outbox.acquire_lease("agent", rig.clock.now(), 120)
    rig.bridge.look()
    rig.clock.advance(timedelta(seconds=2))
    rig.outbox.renew_lease("agent", fence, rig.clock.now(), 120)
    rig.bridge.look()
    assert seen == []
    assert states == ["on"]
    rig.clock.advance(timedelta(seconds=20))
    rig.bridge.look()
    assert rig.bridge.agent_state == "stopped"


def test_the_agent_is_paused_when_the_queue_is(rig) -> None:
    rig.outbox.acquire_lease("agent", rig.clock.now(), 120)
    rig.desk.queueing.set_all_paused(True, "Jordan Sample")
    assert agent_state_of(rig.desk) == "paused"


class Threads:
    """Real lanes: one, one and two threads. Callbacks come on the lane, which is enough here."""

    def __init__(self) -> None:
        self.lanes = {"work": ThreadPoolExecutor(1), "check": ThreadPoolExecutor(1)}
        self.lanes["net"] = ThreadPoolExecutor(2)

    def run(self, lane: str, fn, *, owner, on_done=None, on_error=None) -> None:
        def job() -> None:
            try:
                value = fn()
            except Exception as problem:  # noqa: BLE001 - handed on
                assert on_error is not None
                on_error(problem)
                return
            if on_done is not None:
                on_done(value)

        self.lanes[lane].submit(job)

    def close(self) -> None:
        for lane in self.lanes.values():
            lane.shutdown()


@pytest.mark.timeout(20)
def test_every_thread_has_a_desk_of_its_own_and_closes_it_itself(rig) -> None:
    runner, problems = Threads(), []
    opened: dict[int, Any] = {}
    both = threading.Barrier(2)

    def open_desk():
        desk = rig.open_desk()
        opened[threading.get_ident()] = desk
        return desk

    bridge = Bridge(runner, open_desk, problems.append)
    for _ in range(2):
        bridge.work(lambda desk: desk.identity.get(), owner=bridge)
        bridge.net(lambda desk: (desk.identity.get(), both.wait(5)), owner=bridge)
    bridge.close()
    runner.close()
    assert problems == []
    assert len(opened) == 3
    assert all(desk.is_closed for desk in opened.values())
    bridge.work(lambda _desk: pytest.fail("closed"), owner=bridge)


def test_closing_is_told_before_the_lanes_end(rig) -> None:
    told = []
    rig.bridge.closing.connect(lambda: told.append(len(rig.runner.lanes)))
    rig.bridge.work(lambda desk: None, owner=rig.bridge)
    rig.bridge.close()
    rig.bridge.close()
    assert told == [1]
    assert rig.desks[-1].is_closed
