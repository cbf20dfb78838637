"""The archive under new rules: held, bound anew, or listed; stopped on the way nothing is lost."""

import pytest

from medvoice.domain.outbox import PartState
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.rechecking import Rechecking
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore

from .conftest import plan
from .tiny_rules import rulebook

ME = "Jordan Sample"
TICKS = ("C01", "C02", "C07", "C26")


class Archive:
    """Cleared deliveries of one workspace, looked at under the rules of the day."""

    def __init__(self, db, clock) -> None:
        self.db, self.clock = db, clock
        self.under()

    def under(self, **rules: str) -> Rechecking:
        self.clearing = Clearing(self.db, Checking(rulebook(**rules), self.clock), self.clock)
        self.rechecking = Rechecking(self.db, self.clock, self.clearing)
        return self.rechecking

    def cleared(self, text: str, state: PartState = PartState.PLANNED):
        draft = Drafting(self.db, self.clock).create(text=text)
        if "wobbly" in text:
            self.clearing.dismiss_rule(draft.id, "T-WARN", "it is about furniture", ME)
        (clearance,) = self.clearing.clear(draft.id, ME, TICKS)
        delivery = plan(self.db, draft=draft)
        self.db.run(
            "UPDATE deliveries SET clearance_id = ?, clearance_hash = ? WHERE id = ?",
            [clearance.id, clearance.hash, delivery.id],
        )
        self.db.run("UPDATE parts SET state = ?, text = ? WHERE delivery_id = ?", [state, text, delivery.id])
        return OutboxStore(self.db).get(delivery.id)

    def state(self, delivery) -> tuple[str, str]:
        part = OutboxStore(self.db).get(delivery.id).parts[0]
        return str(part.state), part.reason

    def kinds(self) -> list[str]:
        return [record.kind for record in RecordStore(self.db).list() if record.kind != "cleared"]


@pytest.fixture
def archive(db, clock) -> Archive:
    return Archive(db, clock)


def test_under_the_same_rules_nothing_happens(archive) -> None:
    waiting = archive.cleared("A wobbly chair with 4 legs.")
    found = archive.rechecking.run(ME)
    assert (found.checked, found.held, found.rebound, found.published) == (1, (), (), ())
    assert archive.state(waiting) == ("planned", "")
    assert "rechecked" not in archive.kinds()
    assert not archive.rechecking.is_due()


def test_nothing_new_is_bound_to_the_new_rules_and_passes_the_gate(archive) -> None:
    waiting = archive.cleared("A wobbly chair with 4 legs.")
    rechecking = archive.under(version="2")
    found = rechecking.run(ME)
    assert found.rebound == (waiting.id,)
    after = OutboxStore(archive.db).get(waiting.id)
    assert after.clearance_id != waiting.clearance_id
    draft = archive.clearing.drafts.get(waiting.draft_id)
    clearance = archive.clearing.store.get(after.clearance_id)
    assert archive.clearing.gate(after, draft, clearance, archive.clearing.identity.get()) is None
    assert clearance.dismissals == archive.clearing.store.get(waiting.clearance_id).dismissals
    assert archive.kinds()[:2] == ["rechecked", "rebound"]


def test_a_new_warning_holds_what_is_scheduled(archive) -> None:
    waiting, other = archive.cleared("A chair with a cushion."), archive.cleared("A table.")
    found = archive.under(version="2", extra_word="cushion").run(ME)
    (held,) = found.held
    assert (held.delivery.id, [one.rule for one in held.findings]) == (waiting.id, ["T-NEW"])
    assert archive.state(waiting) == ("held", "new_finding")
    assert archive.state(other) == ("planned", "")
    assert found.rebound == (other.id,)
    assert "held" in archive.kinds()


def test_what_is_published_is_listed_with_what_is_new_only(archive) -> None:
    live = archive.cleared("A wobbly cushion.", PartState.PUBLISHED)
    quiet = archive.cleared("A wobbly chair.", PartState.PUBLISHED)
    found = archive.under(version="2", extra_word="cushion").run(ME)
    (newly,) = found.published
    assert (newly.delivery.id, [one.rule for one in newly.findings]) == (live.id, ["T-NEW"])
    assert archive.state(live) == archive.state(quiet) == ("published", "")
    assert found.checked == 2


def test_due_when_the_rules_changed_and_only_then(archive) -> None:
    assert not archive.rechecking.is_due()
    archive.cleared("A chair.")
    assert archive.rechecking.is_due()
    archive.rechecking.run(ME)
    assert not archive.under().is_due()
    assert archive.under(version="2").is_due()


def test_stopped_on_the_way_it_is_due_again_and_loses_nothing(archive) -> None:
    first, second = archive.cleared("A chair."), archive.cleared("A table.")
    heard: list[tuple[int, int]] = []
    rechecking = archive.under(version="2")
    found = rechecking.run(ME, lambda done, total: heard.append((done, total)), lambda: bool(heard))
    assert (found.is_whole, len(found.rebound), heard) == (False, 1, [(1, 2)])
    assert rechecking.is_due()
    again = rechecking.run(ME)
    assert {*found.rebound, *again.rebound} == {first.id, second.id}


def test_a_post_on_its_way_is_left_alone(archive) -> None:
    sending = archive.cleared("A chair.", PartState.SENDING)
    assert archive.under(version="2").run(ME).checked == 0
    assert not OutboxStore(archive.db).bind(sending.id, sending.clearance_id, "c_other", "00")
    assert archive.state(sending)[0] == "sending"


def test_step_by_step_it_is_the_same_round_and_what_left_meanwhile_is_left_alone(archive) -> None:
    first, second = archive.cleared("A chair."), archive.cleared("A cushion.")
    live = archive.cleared("A wobbly cushion.", PartState.PUBLISHED)
    rechecking = archive.under(version="2", extra_word="cushion")
    round_ = rechecking.begin()
    assert round_.total == 3
    outbox = OutboxStore(archive.db)
    assert round_.live == tuple(each.id for each in outbox.list(states=(PartState.PUBLISHED,)))
    assert round_.waiting == tuple(each.id for each in outbox.list(states=(PartState.PLANNED,)))
    assert rechecking.step(round_, ME, 1)
    archive.db.run("UPDATE parts SET state = 'sending' WHERE delivery_id = ?", [round_.ids[1]])
    assert not rechecking.step(round_, ME, 5)
    left = next(each for each in (first, second) if each.id == round_.ids[1])
    assert archive.state(left) == ("sending", "")
    assert [one.delivery.id for one in round_.result().published] == [live.id]
    assert not rechecking.is_due()


def test_an_empty_archive_is_a_round_of_one_step(archive) -> None:
    round_ = archive.rechecking.begin()
    assert not archive.rechecking.step(round_, ME, 5)
    assert archive.rechecking.run(ME).checked == 0


def test_what_was_found_can_be_read_again_as_far_as_it_still_stands(archive) -> None:
    archive.cleared("A quiet chair.")
    waiting = archive.cleared("A chair with a cushion.")
    live = archive.cleared("A wobbly cushion.", PartState.PUBLISHED)
    assert archive.rechecking.found_mark() == 0
    assert archive.rechecking.last() is None
    rechecking = archive.under(version="2", extra_word="cushion")
    found = rechecking.run(ME)
    assert rechecking.found_mark() > 0
    again = rechecking.last()
    assert [one.delivery.id for one in again.held] == [waiting.id]
    assert [one.delivery.id for one in again.published] == [live.id]
    assert [one.findings for one in again.held] == [one.findings for one in found.held]
    assert again.rebound == found.rebound
    assert again.at == archive.clock.now()
    archive.db.run("UPDATE parts SET state = 'cancelled' WHERE delivery_id = ?", [waiting.id])
    assert rechecking.last().held == ()
    assert archive.under(version="3").last() is None, "of other rules it says nothing"


def test_of_a_thread_half_out_only_what_is_out_is_told(archive) -> None:
    """It is read as a whole all the same: a sentence in the part that waits may answer for the first."""
    half = archive.cleared("A chair with a cushion.", PartState.PUBLISHED)
    archive.db.run(
        "INSERT INTO parts SELECT 'p_second', delivery_id, 1, 'A table with a pillow.', 'held', '', 0,"
        " body_sha256, NULL, NULL, NULL, '', '', fence FROM parts WHERE delivery_id = ?",
        [half.id],
    )
    found = archive.under(version="2", extra_word="pillow").run(ME)
    assert found.published == ()
    found = archive.under(version="3", extra_word="cushion").run(ME)
    assert [(one.delivery.id, one.findings[0].rule) for one in found.published] == [(half.id, "T-NEW")]
