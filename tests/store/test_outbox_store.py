"""The ledger: compare-and-set on every move, claims that only one can win, tries that are never lost."""

import threading
from datetime import timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.domain.outbox import MOVES, PartState, UnlawfulMoveError
from medvoice.store.connection import open_workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore

from .conftest import START, a_draft, plan

S = PartState
BODY = "ab" * 32


@pytest.fixture
def outbox(db) -> OutboxStore:
    return OutboxStore(db)


@pytest.fixture
def fence(outbox) -> int:
    fence = outbox.acquire_lease("agent-1", START, 60)
    assert fence == 1
    return fence


def test_a_delivery_comes_back_as_it_was(db, outbox) -> None:
    delivery = plan(
        db,
        S.PUBLISHED,
        S.WAITING,
        part_changes={
            "retry_at": START + timedelta(minutes=5),
            "first_sent_at": START,
            "published_at": START + timedelta(microseconds=1),
            "remote_id": "urn:1",
            "remote_url": "https://example.org/1",
            "attempts": 2,
            "body_sha256": BODY,
            "fence": 3,
        },
        is_late_allowed=True,
    )
    assert outbox.get(delivery.id) == delivery
    assert outbox.get_part(delivery.parts[1].id) == delivery.parts[1]
    assert outbox.list() == (delivery,)


def test_what_is_not_there_is_said(outbox, db) -> None:
    with pytest.raises(UserError, match="delivery_unknown"):
        outbox.get("y_none")
    with pytest.raises(UserError, match="part_unknown"):
        outbox.get_part("p_none")
    delivery = plan(db)
    with pytest.raises(ValueError, match="at least one part"):
        outbox.add(
            type(delivery)(**{name: getattr(delivery, name) for name in delivery.__slots__} | {"parts": ()})
        )
    assert outbox.next_moment(START) is None


def test_listing_filters_in_the_database(db, outbox) -> None:
    draft = a_draft()
    DraftStore(db).add(draft)
    early = plan(db, S.PUBLISHED, due_at=START - timedelta(days=1))
    held = plan(db, S.PUBLISHED, S.HELD, draft=draft)
    late = plan(db, S.PLANNED, due_at=START + timedelta(days=1), channel="x")
    assert [d.id for d in outbox.list()] == [early.id, held.id, late.id]
    assert outbox.list(states={S.HELD, S.MISSED}) == (held,)
    assert outbox.list(states=()) == ()
    assert outbox.list(draft_id=draft.id) == (held,)
    assert outbox.list(channel="x") == (late,)
    assert outbox.list(account_id=early.account_id) == (early,)
    assert outbox.list(since=START) == (held, late)
    assert outbox.list(until=START) == (early,)
    assert outbox.list(since=START, until=START + timedelta(days=1), limit=5) == (held,)
    assert outbox.list(limit=1) == (early,)


def test_due_is_what_may_need_doing(db, outbox) -> None:
    now, later = START, START + timedelta(minutes=1)
    planned = plan(db, S.PLANNED)
    due = plan(db, S.PUBLISHED, S.DUE)
    waiting = plan(db, S.WAITING, part_changes={"retry_at": now})
    forgotten = plan(db, S.WAITING)
    looking = plan(db, S.UNCONFIRMED, part_changes={"retry_at": now}, is_paused=True)
    asked = plan(db, S.UNCONFIRMED, part_changes={"reason": "ask_requested"}, due_at=later)
    plan(db, S.PLANNED, due_at=later)
    plan(db, S.PLANNED, is_paused=True)
    plan(db, S.WAITING, part_changes={"retry_at": later})
    plan(db, S.UNCONFIRMED, part_changes={"retry_at": later})
    plan(db, S.UNCONFIRMED)
    for state in (S.SENDING, S.PUBLISHED, S.REFUSED, S.MISSED, S.HELD, S.CANCELLED, S.HANDED_OVER):
        plan(db, state)
    expected = {planned.id, due.id, waiting.id, forgotten.id, looking.id, asked.id}
    assert {delivery.id for delivery in outbox.due(now)} == expected


def test_the_next_moment_is_the_nearest_of_all(db, outbox) -> None:
    plan(db, S.PLANNED, due_at=START + timedelta(hours=2))
    assert outbox.next_moment(START) == START + timedelta(hours=2)
    plan(db, S.UNCONFIRMED, part_changes={"retry_at": START + timedelta(hours=1)})
    assert outbox.next_moment(START) == START + timedelta(hours=1)
    assert outbox.next_moment(START + timedelta(hours=1)) == START + timedelta(hours=2)


def test_every_lawful_move_is_made_once(db, outbox) -> None:
    for old, news in MOVES.items():
        for new in news - {S.SENDING}:
            part = plan(db, old).parts[0]
            assert outbox.move_part(part.id, old, new, reason="why")
            moved = outbox.get_part(part.id)
            assert (moved.state, moved.reason) == (new, "why")
            if new is not old and new not in (S.PLANNED, S.DUE):
                assert not outbox.move_part(part.id, {old}, new)


def test_no_unlawful_move_is_made(db, outbox) -> None:
    for old in S:
        for new in set(S) - MOVES[old] | {S.SENDING}:
            part = plan(db, old).parts[0]
            with pytest.raises(UnlawfulMoveError):
                outbox.move_part(part.id, {old}, new)
            assert outbox.get_part(part.id).state is old


def test_a_move_from_where_the_part_is_not_changes_nothing(db, outbox) -> None:
    part = plan(db, S.HELD).parts[0]
    assert not outbox.move_part(part.id, {S.PLANNED, S.WAITING}, S.DUE, reason="late")
    assert outbox.get_part(part.id) == part
    assert not outbox.move_part("p_none", S.HELD, S.DUE)


def test_only_columns_of_a_move_are_written(db, outbox) -> None:
    part = plan(db, S.PLANNED).parts[0]
    with pytest.raises(TypeError, match="text"):
        outbox.move_part(part.id, S.PLANNED, S.DUE, text="something else")
    assert outbox.get_part(part.id) == part


def test_an_empty_remote_id_never_overwrites_one(db, outbox) -> None:
    part = plan(db, S.UNCONFIRMED, part_changes={"remote_id": "urn:1", "remote_url": "https://e/1"}).parts[0]
    assert outbox.move_part(
        part.id, S.UNCONFIRMED, S.PUBLISHED, remote_id="", remote_url="", published_at=START
    )
    kept = outbox.get_part(part.id)
    assert (kept.remote_id, kept.remote_url, kept.published_at) == ("urn:1", "https://e/1", START)


def test_a_write_with_an_old_fence_is_refused(db, outbox, fence) -> None:
    part = plan(db, S.DUE).parts[0]
    doubtful = plan(db, S.UNCONFIRMED).parts[0]
    outbox.release_lease("agent-1", fence)
    newer = outbox.acquire_lease("agent-2", START, 60)
    assert newer == fence + 1
    assert not outbox.move_part(part.id, S.DUE, S.WAITING, fence=fence)
    assert outbox.begin_attempt(part.id, fence, BODY, START) is None
    assert not outbox.note_unconfirmed(doubtful.id, fence, "later", None)
    assert outbox.attempts(part.id) == ()
    assert outbox.get_part(part.id) == part
    assert outbox.move_part(part.id, S.DUE, S.WAITING, fence=newer)
    assert outbox.get_part(part.id).fence == newer
    assert outbox.note_unconfirmed(doubtful.id, newer, "later", START)
    assert outbox.get_part(doubtful.id).retry_at == START
    assert outbox.note_unconfirmed(doubtful.id, None, "ask_requested", None)
    assert not outbox.note_unconfirmed(part.id, None, "ask_requested", None)


def test_a_claim_writes_the_try_with_it(db, outbox, fence) -> None:
    part = plan(db, S.DUE).parts[0]
    assert outbox.begin_attempt(part.id, fence, BODY, START) == 1
    claimed = outbox.get_part(part.id)
    assert (claimed.state, claimed.attempts, claimed.body_sha256) == (S.SENDING, 1, BODY)
    assert (claimed.first_sent_at, claimed.fence) == (START, fence)
    (attempt,) = outbox.attempts(part.id)
    assert (attempt.number, attempt.fence, attempt.outcome, attempt.ended_at) == (1, fence, "", None)
    assert outbox.sending_parts() == (claimed,)
    assert outbox.begin_attempt(part.id, fence, BODY, START) is None
    assert outbox.end_attempt(part.id, 1, "waiting", "503", START + timedelta(seconds=1))
    assert not outbox.end_attempt(part.id, 1, "published", "", START)
    assert outbox.attempts(part.id)[0].outcome == "waiting"
    # A second try keeps the first moment a request may have left.
    outbox.move_part(part.id, S.SENDING, S.WAITING, fence=fence, retry_at=START)
    outbox.move_part(part.id, S.WAITING, S.DUE, fence=fence)
    assert outbox.begin_attempt(part.id, fence, BODY, START + timedelta(minutes=1)) == 2
    assert outbox.get_part(part.id).first_sent_at == START
    assert [attempt.number for attempt in outbox.attempts(part.id)] == [1, 2]


def test_a_claim_outside_the_lawful_moves_is_a_bug(db, outbox, fence) -> None:
    part = plan(db, S.PLANNED).parts[0]
    with pytest.raises(UnlawfulMoveError):
        outbox.begin_attempt(part.id, fence, BODY, START, S.PLANNED)


def test_an_edit_before_the_claim_wins_and_after_it_loses(db, outbox, fence) -> None:
    draft = a_draft()
    DraftStore(db).add(draft)
    delivery = plan(db, S.DUE, draft=draft)
    DraftStore(db).save(a_draft(id=draft.id, text="Edited", revision=2), 1)
    assert outbox.begin_attempt(delivery.parts[0].id, fence, BODY, START) is None
    other = plan(db, S.DUE, S.PLANNED)
    assert outbox.begin_attempt(other.parts[0].id, fence, BODY, START) == 1
    assert outbox.hold_unsent(other.draft_id, "changed")[0].id == other.id
    states = [(part.state, part.reason) for part in outbox.get(other.id).parts]
    assert states == [(S.SENDING, ""), (S.HELD, "changed")]
    assert outbox.hold_unsent(other.draft_id, "changed") == ()


def test_a_paused_delivery_is_not_claimed_but_a_doubtful_one_may_be_asked(db, outbox, fence) -> None:
    delivery = plan(db, S.DUE)
    assert outbox.set_paused(delivery.id, True)
    assert outbox.begin_attempt(delivery.parts[0].id, fence, BODY, START) is None
    assert outbox.set_paused(delivery.id, False)
    assert outbox.begin_attempt(delivery.parts[0].id, fence, BODY, START) == 1
    doubtful = plan(db, S.UNCONFIRMED, is_paused=True)
    assert outbox.begin_attempt(doubtful.parts[0].id, fence, BODY, START, S.UNCONFIRMED) == 1


def test_the_persons_choices_are_kept(db, outbox) -> None:
    delivery = plan(db)
    moment = START + timedelta(days=3)
    assert outbox.set_due(delivery.id, moment, "2026-12-04 02:00", "America/New_York")
    assert outbox.set_late_allowed(delivery.id, True)
    kept = outbox.get(delivery.id)
    assert (kept.due_at, kept.wall, kept.zone) == (moment, "2026-12-04 02:00", "America/New_York")
    assert kept.is_late_allowed
    assert not outbox.set_due("y_none", moment, "", "")
    assert not outbox.set_paused("y_none", True)
    assert not outbox.set_late_allowed("y_none", True)


def test_one_claim_wins_when_many_connections_race(path, clock, db, outbox, fence) -> None:
    """Ten threads, ten connections, forty parts: each part is claimed exactly once."""
    parts = [plan(db, S.DUE).parts[0].id for _ in range(40)]
    wins: list[str] = []
    gate = threading.Barrier(10)

    def race() -> None:
        mine = open_workspace(path, clock=clock)
        try:
            gate.wait()
            for part_id in parts:
                if OutboxStore(mine).begin_attempt(part_id, fence, BODY, START) is not None:
                    wins.append(part_id)
        finally:
            mine.close()

    threads = [threading.Thread(target=race) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wins) == sorted(parts)
    assert all(len(outbox.attempts(part_id)) == 1 for part_id in parts)


def test_a_claim_undone_with_its_transaction_leaves_no_try(db, outbox, fence) -> None:
    part = plan(db, S.DUE).parts[0]
    with pytest.raises(ZeroDivisionError), transaction(db):  # noqa: PT012
        assert outbox.begin_attempt(part.id, fence, BODY, START) == 1
        raise ZeroDivisionError
    assert outbox.get_part(part.id) == part
    assert outbox.attempts(part.id) == ()
