"""The next free time is looked for after the page is ready, on the work lane, and followed from then on."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medvoice.domain.errors import StorageError
from medvoice.services.slots import KeptTime, Slot, Slots
from medvoice.ui.pages.compose.proposing import Proposing

ZONE = "Europe/Berlin"
# The rig's clock stands on Thursday 12 November 2026, 10:00 in Berlin.
FIRST, SECOND = Slot("2026-11-13 08:10", ZONE, "usual"), Slot("2026-11-16 08:10", ZONE, "usual")


@pytest.fixture
def owner(rig):
    made = QObject()
    yield made
    made.deleteLater()


@pytest.fixture
def proposing(rig, owner) -> Proposing:
    return Proposing(rig.bridge, owner)


def told(proposing: Proposing) -> list[Slot | None]:
    seen: list[Slot | None] = []
    proposing.changed.connect(lambda: seen.append(proposing.slot))
    return seen


def test_nothing_is_read_until_a_draft_needs_it_and_what_is_under_way_is_done(rig, proposing) -> None:
    QApplication.processEvents()
    assert rig.runner.lanes == []
    proposing.want()
    assert rig.runner.lanes == [], "the page is shown first"
    QApplication.processEvents()
    assert rig.runner.lanes == ["work"]
    assert (proposing.slot, proposing.has_looked) == (FIRST, True)
    proposing.want()
    QApplication.processEvents()
    assert rig.runner.lanes == ["work"], "known once, for all drafts"


def test_nothing_is_read_for_changes_while_no_draft_needs_it(rig, proposing) -> None:
    rig.plan(in_=timedelta(hours=2))
    rig.bridge.look()
    rig.runner.lanes.clear()
    QApplication.processEvents()
    assert rig.runner.lanes == []


def test_it_follows_what_gets_taken_and_what_is_kept(rig, proposing) -> None:
    seen = told(proposing)
    proposing.want()
    QApplication.processEvents()
    rig.bridge.look()
    made = rig.desk.drafting.create(text="Another one", channels=("x",))
    rig.account()
    rig.desk.queueing.schedule(made.id, FIRST.wall, ZONE, "Jordan Sample", ("x",))
    rig.bridge.look()
    QApplication.processEvents()
    assert seen[0] == FIRST
    assert seen[-1].wall == SECOND.wall
    Slots(rig.desk.db, rig.clock).keep_time(KeptTime(5, 11, 45), True)
    rig.bridge.look()
    QApplication.processEvents()
    assert seen[-1] == Slot("2026-11-14 11:45", ZONE, "kept")


def test_a_change_while_it_is_being_read_is_read_again(rig, proposing) -> None:
    rig.runner.holding.add("work")
    proposing.want()
    QApplication.processEvents()
    proposing.want(is_over=True)
    QApplication.processEvents()
    assert len(rig.runner.waiting) == 1, "one reading at a time"
    rig.runner.let_go()
    QApplication.processEvents()
    assert len(rig.runner.waiting) == 1
    rig.runner.let_go()
    assert proposing.slot == FIRST


def test_none_free_is_known_too(rig, proposing, monkeypatch) -> None:
    monkeypatch.setattr(Slots, "free", lambda *_args, **_use: ())
    seen = told(proposing)
    proposing.want()
    QApplication.processEvents()
    assert (seen, proposing.has_looked, rig.problems) == ([None], True, [])


def test_what_cannot_be_read_is_said_by_the_one_door(rig, proposing, monkeypatch) -> None:
    problem = StorageError("workspace_locked")

    def locked(*_args: object, **_use: object) -> Slot:
        raise problem

    monkeypatch.setattr(Slots, "free", locked)
    proposing.want()
    QApplication.processEvents()
    assert (proposing.slot, proposing.has_looked, rig.problems) == (None, True, [problem])


def test_a_time_kept_for_a_topic_is_proposed_to_its_drafts_only(rig, proposing) -> None:
    topic = rig.desk.topics.add("Registries")
    Slots(rig.desk.db, rig.clock).keep_time(KeptTime(5, 11, 45, topic.id), True)
    kept, usual = Slot("2026-11-14 11:45", ZONE, "kept"), FIRST
    proposing.want(topic.id, ("x",))
    QApplication.processEvents()
    assert proposing.slot == kept
    proposing.want("", ("x",))
    assert not proposing.has_looked, "what was known was for another topic"
    QApplication.processEvents()
    assert proposing.slot == usual
    rig.runner.holding.add("work")
    proposing.want(topic.id, ("x",))
    QApplication.processEvents()
    proposing.want("", ("x",))  # before the answer came
    rig.runner.let_go()
    assert not proposing.has_looked
    QApplication.processEvents()
    rig.runner.let_go()
    assert (proposing.slot, proposing.has_looked) == (usual, True)
