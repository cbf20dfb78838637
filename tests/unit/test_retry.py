"""What follows from one try: the table of outcomes, the pauses, the looks, and the late policy."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.outbox import PartState
from medvoice.domain.outcome import (
    Duplicate,
    HandedOver,
    NotSent,
    Outcome,
    Published,
    Refused,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.services.retry import (
    decide,
    is_absence_proven,
    lateness,
    may_ask,
    next_look,
)

P = PartState
NOW = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(outcome: Outcome, attempts: int = 1, was_unconfirmed: bool = False):
    return decide(outcome, attempts=attempts, was_unconfirmed=was_unconfirmed, now=NOW)


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Published("9", "u"), P.PUBLISHED, ""),
        (NotSent("rate_limited", "429"), P.WAITING, "rate_limited"),
        (Refused("too_long", "400"), P.REFUSED, "too_long"),
        (SignInNeeded("token_expired", "401"), P.HELD, "sign_in"),
        (Stopped("credits_gone", "402"), P.HELD, "credits_gone"),
        (Unconfirmed("timeout", "no answer"), P.UNCONFIRMED, "timeout"),
        (HandedOver(), P.HANDED_OVER, "by_hand"),
        (Duplicate("9", "u", "422"), P.REFUSED, "already_posted"),
    ],
)
def test_each_outcome_has_its_state(outcome: Outcome, state: PartState, reason: str) -> None:
    decision = after(outcome)
    assert (decision.state, decision.reason) == (state, reason)
    assert decision.is_sign_in_over is isinstance(outcome, SignInNeeded)
    assert (decision.retry_at is not None) is (state in (P.WAITING, P.UNCONFIRMED))


def test_the_id_and_the_link_are_kept() -> None:
    decision = after(Published("9", "https://x.com/i/status/9"))
    assert (decision.remote_id, decision.remote_url) == ("9", "https://x.com/i/status/9")


@pytest.mark.parametrize(
    ("attempts", "pause_s"), [(1, 30), (2, 120), (3, 300), (4, 900), (5, 900), (60, 900)]
)
def test_pauses_grow_and_then_stay(attempts: int, pause_s: int) -> None:
    decision = after(NotSent("refused_connection", ""), attempts)
    assert decision.retry_at == NOW + timedelta(seconds=pause_s)


def test_the_network_s_own_word_on_when_counts_more() -> None:
    later = NOW + timedelta(hours=9)
    assert after(NotSent("rate_limited", "", later), 2).retry_at == later


def test_an_uncertain_post_is_looked_for_never_sent_again_by_itself() -> None:
    decision = after(Unconfirmed("reset", ""))
    assert decision.state is P.UNCONFIRMED
    assert decision.retry_at == NOW + timedelta(seconds=15)


def test_a_duplicate_after_an_uncertain_try_is_the_post_itself() -> None:
    named = after(Duplicate("9", "u", "422"), 2, was_unconfirmed=True)
    assert (named.state, named.reason, named.remote_id, named.remote_url) == (
        P.PUBLISHED,
        "duplicate",
        "9",
        "u",
    )
    unnamed = after(Duplicate("", "", "403"), 2, was_unconfirmed=True)
    assert (unnamed.state, unnamed.reason) == (P.UNCONFIRMED, "duplicate_seen")
    assert unnamed.retry_at is not None


@pytest.mark.parametrize(
    ("passed_s", "next_s"), [(0, 15), (14.9, 15), (15, 45), (44, 45), (45, 120), (119, 120), (120, None)]
)
def test_three_looks_in_two_minutes_then_the_person(passed_s: float, next_s: int | None) -> None:
    found = next_look(NOW, NOW + timedelta(seconds=passed_s))
    assert found == (None if next_s is None else NOW + timedelta(seconds=next_s))
    assert is_absence_proven(NOW, NOW + timedelta(seconds=passed_s)) is (next_s is None)


def test_asking_ends_two_minutes_before_linkedin_forgets() -> None:
    assert may_ask(NOW, NOW)
    assert may_ask(NOW, NOW + timedelta(seconds=479))
    assert not may_ask(NOW, NOW + timedelta(seconds=480))
    assert not may_ask(None, NOW)


@pytest.mark.parametrize(
    ("late_min", "limit_min", "missed", "note"),
    [
        (-30, 60, False, False),
        (0, 60, False, False),
        (15, 60, False, False),
        (15.1, 60, False, True),
        (60, 60, False, True),
        (60.1, 60, True, False),
        (16, 0, True, False),
        (14, 0, False, False),
        (1000, 1440, False, True),
    ],
)
def test_how_late_is_too_late(late_min: float, limit_min: int, missed: bool, note: bool) -> None:
    found = lateness(NOW, NOW + late_min * MINUTE, limit_min)
    assert (found.is_missed, found.needs_note) == (missed, note)
    assert found.late_by == max(late_min, 0) * MINUTE


@given(st.floats(-1e5, 1e5), st.integers(0, 1440))
def test_a_post_is_never_both_missed_and_sent_with_a_note(late_min: float, limit_min: int) -> None:
    found = lateness(NOW, NOW + late_min * MINUTE, limit_min)
    assert not (found.is_missed and found.needs_note)
    if late_min <= 15:
        assert not found.is_missed
        assert not found.needs_note


@given(
    st.sampled_from(
        [
            Duplicate("", "", ""),
            Duplicate("9", "u", ""),
            Unconfirmed("timeout", ""),
            Published("9", "u"),
        ]
    ),
    st.integers(1, 50),
)
def test_what_may_be_live_never_waits_to_be_sent(outcome: Outcome, attempts: int) -> None:
    """Law 2: only what surely made nothing is sent again without a word of the person."""
    decision = after(outcome, attempts, was_unconfirmed=True)
    assert decision.state in (P.PUBLISHED, P.UNCONFIRMED)
