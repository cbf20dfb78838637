"""Deliveries and their parts: states, lawful moves, and the derived state of a whole delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from medvoice.domain.account import Route
from medvoice.domain.errors import MedVoiceError


class PartState(StrEnum):
    """States of architecture section 5; `handed_over` is a by-hand part that waits for the person."""

    PLANNED = "planned"
    DUE = "due"
    SENDING = "sending"
    PUBLISHED = "published"
    REFUSED = "refused"
    WAITING = "waiting"
    UNCONFIRMED = "unconfirmed"
    MISSED = "missed"
    HELD = "held"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"


S = PartState
MOVES: dict[PartState, frozenset[PartState]] = {
    S.PLANNED: frozenset({S.DUE, S.MISSED, S.HELD, S.CANCELLED, S.PLANNED}),
    S.DUE: frozenset({S.SENDING, S.HANDED_OVER, S.MISSED, S.HELD, S.CANCELLED, S.PLANNED, S.WAITING}),
    S.SENDING: frozenset({S.PUBLISHED, S.REFUSED, S.WAITING, S.UNCONFIRMED, S.HELD}),
    S.PUBLISHED: frozenset(),
    S.REFUSED: frozenset({S.CANCELLED}),
    S.WAITING: frozenset({S.DUE, S.MISSED, S.HELD, S.CANCELLED, S.PLANNED}),
    S.UNCONFIRMED: frozenset({S.PUBLISHED, S.DUE, S.PLANNED, S.SENDING, S.CANCELLED}),
    S.MISSED: frozenset({S.DUE, S.PLANNED, S.CANCELLED}),
    S.HELD: frozenset({S.DUE, S.PLANNED, S.MISSED, S.CANCELLED}),
    S.CANCELLED: frozenset({S.PLANNED}),
    S.HANDED_OVER: frozenset({S.PUBLISHED, S.CANCELLED, S.PLANNED, S.MISSED}),
}
ENDED = frozenset({S.PUBLISHED, S.REFUSED, S.CANCELLED})
NEEDS_YOU = frozenset({S.HELD, S.UNCONFIRMED, S.MISSED, S.REFUSED, S.HANDED_OVER})


class UnlawfulMoveError(MedVoiceError):
    """A state change the table does not know: a bug of ours, never shown as the person's."""


def check_move(old: PartState, new: PartState) -> None:
    """Raise UnlawfulMoveError unless `old` may become `new`."""
    if new not in MOVES[old]:
        raise UnlawfulMoveError("unlawful_move", old=str(old), new=str(new))


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a delivery: `position` counts from 0. `text` is the visible text as cleared.

    `body_sha256` is of the exact request body of the latest try. `first_sent_at` is the first moment a
    request may have left; `attempts` counts tries whose `sending` row was committed.
    """

    id: str
    delivery_id: str
    position: int
    text: str
    state: PartState
    reason: str
    attempts: int
    body_sha256: str
    retry_at: datetime | None
    first_sent_at: datetime | None
    published_at: datetime | None
    remote_id: str
    remote_url: str
    fence: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One draft on its way to one account. `due_at` is UTC; `wall` and `zone` are what the person chose."""

    id: str
    draft_id: str
    draft_revision: int
    title: str
    channel: str
    account_id: str
    route: Route
    clearance_id: str
    clearance_hash: str
    due_at: datetime
    wall: str
    zone: str
    is_paused: bool
    is_late_allowed: bool
    created_at: datetime
    parts: tuple[Part, ...]

    @property
    def state(self) -> str:
        return derive_state([part.state for part in self.parts], self.is_paused)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one part. `outcome` is "" while it is under way and stays so if the process died."""

    part_id: str
    number: int
    fence: int
    body_sha256: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    detail: str


def derive_state(states: Sequence[PartState], is_paused: bool = False) -> str:
    """The word for a whole delivery: a PartState value, or "partly" or "paused".

    The most urgent part speaks; a delivery with some parts published and nothing under way is "partly".
    """
    if not states:
        return str(S.CANCELLED)
    kinds = set(states)
    if len(kinds) == 1:
        only = states[0]
        return "paused" if is_paused and only in (S.PLANNED, S.DUE, S.WAITING) else str(only)
    for urgent in (S.SENDING, S.UNCONFIRMED):
        if urgent in kinds:
            return str(urgent)
    if S.PUBLISHED in kinds:
        return "partly"
    for rest in (S.HELD, S.REFUSED, S.HANDED_OVER, S.MISSED, S.WAITING, S.DUE, S.PLANNED):
        if rest in kinds:
            return "paused" if is_paused and rest in (S.PLANNED, S.DUE, S.WAITING) else str(rest)
    return str(S.CANCELLED)


def may_send_next(parts: Sequence[Part]) -> Part | None:
    """The one part that may be sent now, in order: all before it are published. None when nothing may."""
    for part in parts:
        if part.state is S.PUBLISHED:
            continue
        return part if part.state is S.DUE else None
    return None
