"""The publisher's laws, on a real workspace file with a scripted network."""

import sqlite3
from datetime import timedelta

import pytest

from medvoice.domain.errors import AccountError, RemoteError, UserError
from medvoice.domain.outbox import PartState
from medvoice.domain.outcome import (
    Absent,
    CannotTell,
    Duplicate,
    Found,
    NotSent,
    Published,
    Refused,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.services.publishing import LeaseLost, describe
from medvoice.services.reconciling import ASK_REASON


def test_a_due_post_goes_out_once_and_its_id_is_kept(rig):
    delivery = rig.plan("Hello")
    report = rig.run()
    assert rig.network.sent == [b"Hello"]
    part = rig.outbox.get(delivery.id).parts[0]
    assert (part.state, part.remote_id, part.attempts) == (PartState.PUBLISHED, "91", 1)
    assert describe(report)[-1]["state"] == "published"
    rig.run()
    assert len(rig.network.sent) == 1
    kinds = [record.kind for record in reversed(rig.publishing.records.list())]
    assert kinds == ["sending", "published"]
    assert rig.beats >= 1


def test_nothing_goes_out_before_its_time(rig):
    delivery = rig.plan(due_at=rig.clock.now() + timedelta(minutes=5))
    rig.run()
    assert rig.states(delivery) == ["planned"]
    rig.wait(minutes=5)
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_the_sending_row_is_committed_before_the_request(rig):
    """Another connection sees `sending`, attempt and body hash while the request is on its way."""
    seen = []

    def look() -> None:
        other = sqlite3.connect(rig.path)
        seen.append(
            other.execute(
                "SELECT p.state, p.body_sha256, a.outcome FROM parts p JOIN attempts a ON a.part_id = p.id"
            ).fetchone()
        )
        other.close()

    rig.network.before_answer = look
    rig.plan("Hello")
    rig.run()
    assert seen == [("sending", "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969", "")]


def test_a_thread_goes_out_in_order_under_its_own_posts(rig):
    delivery = rig.plan("one\n---\ntwo\n---\nthree")
    rig.run()
    assert rig.network.sent == [b"one", b"two", b"three"]
    assert rig.network.parents == ["", "91", "92"]
    assert rig.states(delivery) == ["published"] * 3


def test_a_thread_stops_at_the_part_that_is_not_published(rig):
    delivery = rig.plan("one\n---\ntwo\n---\nthree")
    rig.network.outcomes = [Published("91", "u"), Unconfirmed("timeout", "")]
    rig.run()
    assert rig.states(delivery) == ["published", "unconfirmed", "planned"]
    assert rig.outbox.get(delivery.id).state == "unconfirmed"
    rig.run()
    assert len(rig.network.sent) == 2


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (NotSent("refused_connection", ""), "waiting", "refused_connection"),
        (Refused("too_long", ""), "refused", "too_long"),
        (SignInNeeded("expired", ""), "held", "sign_in"),
        (Stopped("credits_gone", ""), "held", "credits_gone"),
        (Unconfirmed("timeout", ""), "unconfirmed", "timeout"),
        (Duplicate("7", "u", ""), "refused", "already_posted"),
    ],
)
def test_each_outcome_has_its_state(rig, outcome, state, reason):
    delivery = rig.plan()
    rig.network.outcomes = [outcome]
    rig.run()
    assert rig.states(delivery) == [state]
    assert rig.reasons(delivery) == [reason]
    assert bool(rig.sign_ins.forgotten) == (reason == "sign_in")


def test_a_safe_try_is_repeated_after_its_pause(rig):
    delivery = rig.plan()
    rig.network.outcomes = [NotSent("dns", ""), NotSent("dns", ""), Published("5", "u")]
    rig.run()
    rig.run()
    assert len(rig.network.sent) == 1
    rig.wait(seconds=30)
    rig.run()
    assert rig.states(delivery) == ["waiting"]
    rig.wait(seconds=30)
    rig.run()
    assert len(rig.network.sent) == 2
    rig.wait(minutes=2)
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_the_networks_own_retry_time_is_kept(rig):
    delivery = rig.plan()
    later = rig.clock.now() + timedelta(minutes=10)
    rig.network.outcomes = [NotSent("rate_limited", "", later)]
    rig.run()
    assert rig.outbox.get(delivery.id).parts[0].retry_at == later


@pytest.mark.parametrize(
    ("late_min", "state", "record"), [(14, "published", ""), (59, "published", ""), (61, "missed", "missed")]
)
def test_the_late_policy(rig, late_min, state, record):
    delivery = rig.plan()
    rig.wait(minutes=late_min)
    rig.run()
    assert rig.states(delivery) == [state]
    assert ("Missed" in rig.told.titles) == bool(record)


def test_a_missed_post_goes_out_when_the_person_allows_it(rig):
    delivery = rig.plan()
    rig.wait(hours=3)
    rig.run()
    rig.outbox.move_part(delivery.parts[0].id, PartState.MISSED, PartState.PLANNED)
    rig.outbox.set_late_allowed(delivery.id, True)
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_the_gate_holds_what_changed(rig):
    delivery = rig.plan()
    rig.gate.refuse("changed")
    rig.run()
    assert rig.states(delivery) == ["held"]
    assert rig.reasons(delivery) == ["changed"]
    assert rig.network.sent == []


def test_an_edited_row_is_held(rig):
    """Somebody changed the part's text in the database: the cleared content says otherwise."""
    delivery = rig.plan("Hello")
    rig.db.run("UPDATE parts SET text = 'Buy now'")
    rig.run()
    assert (rig.states(delivery), rig.network.sent) == (["held"], [])


def test_a_shorter_draft_is_held(rig):
    delivery = rig.plan("one\n---\ntwo")
    rig.network.outcomes = [Published("1", "u")]
    rig.gate.parts = ("one",)
    rig.run()
    assert rig.states(delivery) == ["published", "held"]


@pytest.mark.parametrize(("state", "reason"), [("sign_in", "sign_in"), ("disconnected", "account_gone")])
def test_an_account_that_cannot_send_holds(rig, state, reason):
    delivery = rig.plan(state=state)
    rig.run()
    assert rig.reasons(delivery) == [reason]


@pytest.mark.parametrize(
    ("problem", "state", "reason"),
    [
        (AccountError("keys_locked"), "waiting", "keys_locked"),
        (AccountError("sign_in_needed"), "held", "sign_in"),
        (AccountError("no_keyring"), "held", "no_keyring"),
        (RemoteError("sign_in_no_answer"), "waiting", "sign_in_no_answer"),
    ],
)
def test_without_tokens_nothing_is_sent(rig, problem, state, reason):
    delivery = rig.plan()
    rig.sign_ins.problem = problem
    rig.run()
    assert (rig.states(delivery), rig.reasons(delivery)) == ([state], [reason])
    assert rig.network.sent == []
    rig.sign_ins.problem = None
    rig.wait(minutes=1)
    rig.run()
    assert (rig.states(delivery) == ["published"]) == (state == "waiting")


def test_a_text_that_cannot_be_prepared_is_held(rig):
    delivery = rig.plan()
    rig.network.prepare_problem = UserError("text_too_long")
    rig.run()
    assert rig.reasons(delivery) == ["text_too_long"]


def test_paused_means_nothing_leaves(rig):
    delivery = rig.plan()
    rig.publishing.settings.save("publishing.paused", "1")
    rig.run()
    assert rig.states(delivery) == ["planned"]
    rig.publishing.settings.save("publishing.paused", "")
    rig.outbox.set_paused(delivery.id, True)
    rig.run()
    assert rig.states(delivery) == ["planned"]


def test_by_hand_is_handed_over_whole_and_never_sent(rig):
    delivery = rig.plan("one\n---\ntwo", channel="linkedin", route="by_hand")
    rig.run()
    assert rig.states(delivery) == ["handed_over", "handed_over"]
    assert rig.network.sent == []
    assert "Time to post" in rig.told.titles


def test_a_bug_in_an_adapter_leaves_the_post_unconfirmed(rig):
    delivery = rig.plan()
    rig.network.outcomes = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        rig.run()
    assert rig.states(delivery) == ["unconfirmed"]


def test_a_dead_publishers_sending_row_becomes_unconfirmed(rig):
    delivery = rig.plan(channel="linkedin")
    part = delivery.parts[0]
    rig.outbox.move_part(part.id, PartState.PLANNED, PartState.DUE)
    rig.outbox.begin_attempt(part.id, rig.fence, "00", rig.clock.now())
    rig.fence = rig.outbox.acquire_lease("next", rig.clock.now(), 120, is_forced=True)
    rig.run()
    assert rig.states(delivery) == ["unconfirmed"]
    assert rig.reasons(delivery) == ["interrupted"]
    rig.wait(hours=5)
    rig.run()
    assert rig.network.sent == []


def unconfirmed(rig, channel="x"):
    delivery = rig.plan(channel=channel)
    rig.network.outcomes = [Unconfirmed("timeout", "")]
    rig.run()
    return delivery


def test_x_is_looked_at_and_found(rig):
    delivery = unconfirmed(rig)
    rig.run()
    rig.network.sightings = [Found("77", "https://x/77")]
    rig.wait(seconds=15)
    rig.run()
    part = rig.outbox.get(delivery.id).parts[0]
    assert (part.state, part.remote_id) == (PartState.PUBLISHED, "77")
    assert len(rig.network.sent) == 1


def test_x_is_sent_again_only_after_absence_is_proven(rig):
    delivery = unconfirmed(rig)
    for pause in (15, 30):
        rig.wait(seconds=pause)
        rig.run()
        assert rig.states(delivery) == ["unconfirmed"]
    assert len(rig.network.sent) == 1
    rig.wait(seconds=75)
    rig.run()
    assert rig.states(delivery) == ["published"]
    assert len(rig.network.sent) == 2


def test_when_looking_fails_to_the_end_the_person_is_asked(rig):
    delivery = unconfirmed(rig)
    rig.network.sightings = [CannotTell("rate_limited", "")] * 3
    for pause in (15, 30, 75):
        rig.wait(seconds=pause)
        rig.run()
    part = rig.outbox.get(delivery.id).parts[0]
    assert (part.state, part.retry_at) == (PartState.UNCONFIRMED, None)
    rig.sign_ins.problem = AccountError("keys_locked")
    rig.wait(minutes=5)
    rig.run()
    assert len(rig.network.sent) == 1


def test_looking_without_keys_is_not_absence(rig):
    delivery = unconfirmed(rig)
    rig.sign_ins.problem = AccountError("keys_locked")
    rig.wait(seconds=121)
    rig.run()
    assert rig.states(delivery) == ["unconfirmed"]


def test_a_duplicate_after_an_uncertain_try_is_evidence(rig):
    delivery = unconfirmed(rig)
    rig.network.outcomes = [Duplicate("", "", "")]
    rig.wait(seconds=121)
    rig.run()
    assert rig.states(delivery) == ["unconfirmed"]
    assert rig.reasons(delivery) == ["duplicate_seen"]
    rig.wait(seconds=15)
    rig.network.sightings = [Absent()] * 9
    rig.run()
    rig.wait(seconds=120)
    rig.run()
    assert len(rig.network.sent) == 2, "a post that is evidently live must not be sent again"
    assert rig.states(delivery) == ["unconfirmed"]


def test_linkedin_is_never_sent_again_by_itself(rig):
    delivery = unconfirmed(rig, "linkedin")
    for _ in range(6):
        rig.wait(minutes=10)
        rig.run()
    assert len(rig.network.sent) == 1
    assert rig.states(delivery) == ["unconfirmed"]


def ask(rig, delivery):
    part = rig.outbox.get(delivery.id).parts[0]
    rig.outbox.note_unconfirmed(part.id, None, ASK_REASON, rig.clock.now())
    rig.run()


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Duplicate("urn:li:share:7", "u", ""), "published"),
        (Published("urn:li:share:8", "u"), "published"),
        (Unconfirmed("timeout", ""), "unconfirmed"),
    ],
)
def test_asking_linkedin_sends_the_same_bytes_once(rig, outcome, state):
    delivery = unconfirmed(rig, "linkedin")
    rig.network.outcomes = [outcome]
    rig.wait(minutes=7)
    ask(rig, delivery)
    assert rig.network.sent == [b"Hello", b"Hello"]
    assert rig.states(delivery) == [state]


def test_asking_too_late_sends_nothing(rig):
    delivery = unconfirmed(rig, "linkedin")
    rig.wait(minutes=8)
    ask(rig, delivery)
    assert len(rig.network.sent) == 1
    assert rig.reasons(delivery) == ["ask_too_late"]


def test_asking_with_other_bytes_sends_nothing(rig):
    delivery = unconfirmed(rig, "linkedin")
    rig.network.suffix = "!"
    ask(rig, delivery)
    assert (len(rig.network.sent), rig.reasons(delivery)) == (1, ["not_identical"])


def test_asking_without_keys_sends_nothing(rig):
    delivery = unconfirmed(rig, "linkedin")
    rig.sign_ins.problem = AccountError("keys_locked")
    ask(rig, delivery)
    assert (len(rig.network.sent), rig.reasons(delivery)) == (1, ["keys_locked"])


def test_a_publisher_that_lost_its_lease_writes_nothing(rig):
    delivery = rig.plan()
    rig.outbox.acquire_lease("other", rig.clock.now(), 120, is_forced=True)
    with pytest.raises(LeaseLost):
        rig.run()
    assert (rig.states(delivery), rig.network.sent) == (["planned"], [])


def test_an_edit_in_the_publish_minute_loses_nothing_and_sends_nothing(rig):
    """The draft changes between the gate and the claim: the claim is refused, other deliveries go on."""
    first, second = rig.plan("first"), rig.plan("second")
    original = rig.publishing.beat

    def edit_then_beat() -> None:
        rig.db.run("UPDATE drafts SET revision = 2 WHERE id = ?", [first.draft_id])
        original()

    rig.publishing.beat = edit_then_beat
    rig.run()
    assert rig.network.sent == [b"second"]
    assert rig.states(first) == ["due"]
    assert rig.states(second) == ["published"]
