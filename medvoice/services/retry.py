"""What to do after one try: a value that is returned, never an exception that is swallowed in a loop."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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

# Pauses after the first, second, … try that surely made nothing; the last one repeats.
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15))
# When to look for a post whose fate is unknown (platforms reference 7.2: reads over about two minutes).
LOOKS = (timedelta(seconds=15), timedelta(seconds=45), timedelta(seconds=120))
# LinkedIn names a duplicate for ten minutes; asking stops two minutes before (architecture 5, law 4).
ASK_WINDOW = timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """The part's next state. `retry_at` is when to send (waiting) or look (unconfirmed) again, UTC."""

    state: PartState
    reason: str
    detail: str = ""
    retry_at: datetime | None = None
    remote_id: str = ""
    remote_url: str = ""
    is_sign_in_over: bool = False


def decide(outcome: Outcome, *, attempts: int, was_unconfirmed: bool, now: datetime) -> RetryDecision:
    """The next step after `outcome`.

    `attempts` counts this try too; `was_unconfirmed` says that an earlier try of this part may have acted.
    Pure; may be called on any thread.
    """
    match outcome:
        case Published(remote_id, url):
            return RetryDecision(PartState.PUBLISHED, "", remote_id=remote_id, remote_url=url)
        case Duplicate():
            return _after_duplicate(outcome, was_unconfirmed, now)
        case NotSent(code, detail, retry_at):
            pause = PAUSES[min(attempts, len(PAUSES)) - 1]
            return RetryDecision(PartState.WAITING, code, detail, retry_at or now + pause)
        case Refused(code, detail):
            return RetryDecision(PartState.REFUSED, code, detail)
        case SignInNeeded(_, detail):
            return RetryDecision(PartState.HELD, "sign_in", detail, is_sign_in_over=True)
        case Stopped(code, detail):
            return RetryDecision(PartState.HELD, code, detail)
        case Unconfirmed(code, detail):
            return RetryDecision(PartState.UNCONFIRMED, code, detail, now + LOOKS[0])
        case HandedOver():
            return RetryDecision(PartState.HANDED_OVER, "by_hand")


def _after_duplicate(outcome: Duplicate, was_unconfirmed: bool, now: datetime) -> RetryDecision:
    """After an uncertain try a duplicate answer is evidence that the post is live (law 3); on a first try
    it means that the same text was posted before, not by this delivery."""
    if not was_unconfirmed:
        return RetryDecision(PartState.REFUSED, "already_posted", outcome.detail)
    if outcome.remote_id:
        return RetryDecision(
            PartState.PUBLISHED, "duplicate", outcome.detail, None, outcome.remote_id, outcome.url
        )
    return RetryDecision(PartState.UNCONFIRMED, "duplicate_seen", outcome.detail, now + LOOKS[0])


def next_look(last_try: datetime, now: datetime) -> datetime | None:
    """The next moment to look for a post of unknown fate; None after the last planned look, so that the
    person is asked."""
    for pause in LOOKS:
        if last_try + pause > now:
            return last_try + pause
    return None


def is_absence_proven(last_try: datetime, now: datetime) -> bool:
    """Whether not seeing the post now proves that it was not made: only after the last planned look."""
    return now - last_try >= LOOKS[-1]


def may_ask(first_sent_at: datetime | None, now: datetime) -> bool:
    """Whether the byte-identical post may still be sent once to learn of the first (LinkedIn only)."""
    return first_sent_at is not None and now - first_sent_at < ASK_WINDOW


@dataclass(frozen=True, slots=True)
class Lateness:
    """`is_missed`: do not send, ask. `needs_note`: send, and say in the record that it was late."""

    is_missed: bool
    needs_note: bool
    late_by: timedelta


def lateness(due_at: datetime, now: datetime, limit_min: int) -> Lateness:
    """The late policy (law 7): within 15 minutes send, up to the person's limit send with a note, beyond
    it ask. `limit_min` is in minutes."""
    late_by = max(now - due_at, timedelta(0))
    limit = timedelta(minutes=max(limit_min, 15))
    return Lateness(late_by > limit, timedelta(minutes=15) < late_by <= limit, late_by)
