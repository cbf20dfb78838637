"""The one publisher's work: what is due is checked once more, sent once, and what came of it is kept.

Runs in the agent process only. The order of writes is the law of architecture section 5: the `sending`
row before the request, the network's id before anything else.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

from medvoice.domain.account import Account, Route, Tokens
from medvoice.domain.clock import Clock
from medvoice.domain.errors import AccountError, RemoteError, UserError
from medvoice.domain.outbox import ENDED, Delivery, Part, PartState
from medvoice.domain.outcome import Unconfirmed
from medvoice.services.embargoes import Embargoes
from medvoice.services.identity import Identity
from medvoice.services.pausing import Pausing
from medvoice.services.ports import Notifier, Prepared, Publisher, SignIns
from medvoice.services.reconciling import Reconciling
from medvoice.services.reminding import Reminding
from medvoice.services.retry import RetryDecision, decide, lateness
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore
from medvoice.store.setting import SettingStore

if TYPE_CHECKING:
    from medvoice.services.clearing import Clearing

PublisherFor = Callable[[str, Route], Publisher]
READY = (PartState.PLANNED, PartState.WAITING, PartState.DUE)
# Before the keys or the token service answer nothing was sent; look again in a minute.
KEYS_PAUSE = timedelta(minutes=1)
PAUSED_KEY = "publishing.paused"


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to one part in a pass."""

    delivery_id: str
    part_id: str
    position: int
    state: str
    reason: str
    remote_url: str = ""


@dataclass(slots=True)
class PassReport:
    """What one pass did, in order."""

    steps: list[Step] = field(default_factory=list[Step])


class LeaseLost(Exception):  # noqa: N818 - not an error: another publisher took over
    """A write was refused because another publisher holds the lease. Nothing more may be sent."""


class Overtaken(Exception):  # noqa: N818 - not an error: the person acted in the same moment
    """The part changed under us (cancelled, paused, edited): leave the delivery for the next pass."""


class Publishing:
    """One publisher over one connection. Not thread-safe. `beat` renews the lease before each send and
    raises LeaseLost when another publisher has it."""

    def __init__(
        self,
        db: Workspace,
        clock: Clock,
        clearing: "Clearing",
        publisher_for: PublisherFor,
        sign_ins: SignIns,
        notifier: Notifier,
        beat: Callable[[], None],
    ) -> None:
        self.db = db
        self.clock = clock
        self.clearing = clearing
        self.publisher_for = publisher_for
        self.sign_ins = sign_ins
        self.notifier = notifier
        self.beat = beat
        self.outbox = OutboxStore(db)
        self.drafts = DraftStore(db)
        self.accounts = AccountStore(db)
        self.clearances = ClearanceStore(db)
        self.records = RecordStore(db)
        self.settings = SettingStore(db)
        self.identity = Identity(db)
        self.embargoes = Embargoes(db, clock)
        self.pausing = Pausing(db, clock)
        self.reconciling = Reconciling(self)
        self.reminding = Reminding(db, clock, notifier)

    def run_pass(self, fence: int) -> PassReport:
        """Do all that is due now, once. Raises LeaseLost when another publisher has taken over,
        StorageError when the workspace cannot be written."""
        report = PassReport()
        self.reconciling.recover(fence, report)
        for delivery in self.outbox.due(self.clock.now()):
            try:
                self.reconciling.reconcile(delivery.id, fence, report)
                self._advance(delivery.id, fence, report)
            except Overtaken:
                continue
        self.reminding.tell_once()
        return report

    @property
    def is_paused(self) -> bool:
        return self.settings.get(PAUSED_KEY) == "1"

    def _advance(self, delivery_id: str, fence: int, report: PassReport) -> None:
        """Send the parts of one delivery in order until one does not end as published."""
        while True:
            delivery = self.outbox.get(delivery_id)
            if delivery.is_paused or self.is_paused or self.pausing.holding(delivery) is not None:
                return
            part = next_open(delivery)
            if part is None or part.state not in READY or not self._is_time(delivery, part):
                return
            if not self._pass_gate(delivery, part, fence, report):
                return
            if delivery.route == "by_hand":
                self._hand_over(delivery, fence, report)
                return
            if self._send(delivery, part, fence, report) is not PartState.PUBLISHED:
                return

    def _is_time(self, delivery: Delivery, part: Part) -> bool:
        now = self.clock.now()
        if part.state is PartState.WAITING:
            return part.retry_at is None or part.retry_at <= now
        return delivery.due_at <= now

    def _pass_gate(self, delivery: Delivery, part: Part, fence: int, report: PassReport) -> bool:
        """The look at the instant of sending. On yes the part is `due`; else it is missed or held."""
        late = lateness(delivery.due_at, self.clock.now(), self.identity.get().late_limit_min)
        if late.is_missed and not delivery.is_late_allowed:
            self._move(delivery, part, PartState.MISSED, fence, report, "too_late")
            self.notifier.tell("Missed", f"“{delivery.title}” was not sent at {delivery.wall}.")
            return False
        problem = self._problem(delivery, part)
        if problem:
            self._move(delivery, part, PartState.HELD, fence, report, problem)
            self.notifier.tell("Held, not sent", f"“{delivery.title}” was not posted. Your text is safe.")
            return False
        if part.state is not PartState.DUE:
            reason = "late" if late.needs_note or late.is_missed else ""
            self._write(part, {part.state}, PartState.DUE, fence, reason=reason, retry_at=None)
        return True

    def _problem(self, delivery: Delivery, part: Part) -> str:
        """The code of what stands in the way of sending, "" when nothing does."""
        account = self.accounts.find(delivery.account_id)
        if account is None or account.state == "disconnected":
            return "account_gone"
        if account.state == "sign_in":
            return "sign_in"
        draft = self.drafts.get(delivery.draft_id)
        try:
            self.embargoes.refuse_before(draft.id, self.clock.now())
        except UserError as closed:
            return closed.code
        clearance = self.clearances.get(delivery.clearance_id)
        problem = self.clearing.gate(delivery, draft, clearance, self.identity.get())
        if problem is not None:
            return problem.code
        parts = self.clearing.content_of(draft, delivery.channel).parts
        if part.position >= len(parts) or parts[part.position] != part.text:
            return "changed"
        return ""

    def _hand_over(self, delivery: Delivery, fence: int, report: PassReport) -> None:
        for part in delivery.parts:
            if part.state in READY:
                old = self.outbox.get_part(part.id)
                if old.state is not PartState.DUE:
                    self._write(old, {old.state}, PartState.DUE, fence, reason="", retry_at=None)
                self._move(delivery, part, PartState.HANDED_OVER, fence, report, "by_hand", {PartState.DUE})
        words = f"“{delivery.title}” is ready to copy. You post it by hand."
        holding = self.embargoes.holding(delivery.draft_id)
        if holding is not None:
            words += (
                f" Its embargo ends {holding.lift.wall} {holding.lift.zone}: look at another clock first."
            )
        self.notifier.tell("Time to post", words)

    def _send(self, delivery: Delivery, part: Part, fence: int, report: PassReport) -> PartState:
        """One try. Returns the part's state after it."""
        account = self.accounts.get(delivery.account_id)
        publisher = self.publisher_for(delivery.channel, delivery.route)
        if not self._is_embargo_over_there(delivery, part, account, publisher, fence, report):
            return PartState.WAITING
        tokens = self._tokens(delivery, part, account, fence, report)
        if tokens is None:
            return PartState.HELD
        try:
            prepared = publisher.prepare(account, delivery, part, parent_of(delivery, part))
        except UserError as problem:
            self._move(delivery, part, PartState.HELD, fence, report, problem.code, {PartState.DUE})
            return PartState.HELD
        decision = self.try_once(delivery, part, account, tokens, publisher, prepared, fence, PartState.DUE)
        report.steps.append(step_of(delivery, part, decision))
        return decision.state

    def _is_embargo_over_there(
        self,
        delivery: Delivery,
        part: Part,
        account: Account,
        publisher: Publisher,
        fence: int,
        report: PassReport,
    ) -> bool:
        """Whether the embargo is over by the network's clock too: this computer's may have been set ahead.
        Else the part waits for as long as the network says, or a minute when it says nothing."""
        wait = self.embargoes.wait_by(delivery.draft_id, lambda: publisher.time_of(account))
        if wait is None:
            return True
        reason = "clock_ahead" if wait else "time_unproven"
        self._put_off(delivery, part, fence, report, reason, wait or KEYS_PAUSE)
        return False

    def _tokens(
        self, delivery: Delivery, part: Part, account: Account, fence: int, report: PassReport
    ) -> Tokens | None:
        """Fresh tokens, or None after the part was held or put off. A locked keyring is "not now"."""
        try:
            return self.sign_ins.tokens(account)
        except AccountError as problem:
            if problem.code == "keys_locked":
                self._put_off(delivery, part, fence, report, problem.code)
            else:
                code = "sign_in" if problem.code == "sign_in_needed" else problem.code
                self._move(delivery, part, PartState.HELD, fence, report, code, {PartState.DUE})
                self.notifier.tell("Held, not sent", f"“{delivery.title}” waits for your sign-in.")
        except RemoteError as problem:
            self._put_off(delivery, part, fence, report, problem.code)
        return None

    def _put_off(
        self,
        delivery: Delivery,
        part: Part,
        fence: int,
        report: PassReport,
        reason: str,
        pause: timedelta = KEYS_PAUSE,
    ) -> None:
        retry_at = self.clock.now() + pause
        self._move(
            delivery, part, PartState.WAITING, fence, report, reason, {PartState.DUE}, retry_at=retry_at
        )

    def try_once(
        self,
        delivery: Delivery,
        part: Part,
        account: Account,
        tokens: Tokens,
        publisher: Publisher,
        prepared: Prepared,
        fence: int,
        old: PartState,
    ) -> RetryDecision:
        """Commit `sending` with the body's hash, send once, and commit what came of it before anything
        else. Raises LeaseLost when the claim is lost; then nothing was sent."""
        self.beat()
        was_unconfirmed = old is PartState.UNCONFIRMED or self.was_unconfirmed(part)
        body_hash = hashlib.sha256(prepared.body).hexdigest()
        with transaction(self.db):
            number = self.outbox.begin_attempt(part.id, fence, body_hash, self.clock.now(), old)
            if number is None:
                self.give_way(fence)
            self._record("sending", delivery, part, {"attempt": number, "body_sha256": body_hash})
        try:
            outcome = publisher.send(account, tokens, prepared)
        except Exception as bug:
            outcome = Unconfirmed("adapter_bug", type(bug).__name__)
            self.settle(
                delivery,
                part,
                number,
                decide(outcome, attempts=number, was_unconfirmed=True, now=self.clock.now()),
                fence,
            )
            raise
        decision = decide(outcome, attempts=number, was_unconfirmed=was_unconfirmed, now=self.clock.now())
        self.settle(delivery, part, number, decision, fence)
        if decision.is_sign_in_over:
            self.sign_ins.forget(account, decision.detail)
        return decision

    def settle(
        self, delivery: Delivery, part: Part, number: int, decision: RetryDecision, fence: int
    ) -> None:
        """Commit the outcome of a try: part, attempt and record in one transaction."""
        now = self.clock.now()
        with transaction(self.db):
            self._write(
                part,
                {PartState.SENDING},
                decision.state,
                fence,
                reason=decision.reason,
                retry_at=decision.retry_at,
                remote_id=decision.remote_id,
                remote_url=decision.remote_url,
                published_at=now if decision.state is PartState.PUBLISHED else None,
            )
            self.outbox.end_attempt(part.id, number, str(decision.state), decision.detail, now)
            self._record(
                str(decision.state),
                delivery,
                part,
                {"attempt": number, "reason": decision.reason, "url": decision.remote_url},
            )
        if decision.state in (PartState.UNCONFIRMED, PartState.HELD, PartState.REFUSED):
            self.notifier.tell("MedVoice needs you", f"“{delivery.title}”: please look at the queue.")

    def was_unconfirmed(self, part: Part) -> bool:
        """Whether any earlier try of this part may have acted."""
        return any(
            attempt.outcome in ("", str(PartState.UNCONFIRMED)) for attempt in self.outbox.attempts(part.id)
        )

    def _move(
        self,
        delivery: Delivery,
        part: Part,
        new: PartState,
        fence: int,
        report: PassReport,
        reason: str,
        old: set[PartState] | None = None,
        **columns: object,
    ) -> None:
        with transaction(self.db):
            self._write(part, old or {part.state}, new, fence, reason=reason, **columns)
            self._record(str(new), delivery, part, {"reason": reason})
        report.steps.append(Step(delivery.id, part.id, part.position, str(new), reason))

    def _write(self, part: Part, old: set[PartState], new: PartState, fence: int, **columns: object) -> None:
        if not self.outbox.move_part(part.id, old, new, fence=fence, **columns):
            self.give_way(fence)

    def give_way(self, fence: int) -> NoReturn:
        """A write was refused: say whether to another publisher (LeaseLost) or to the person (Overtaken)."""
        lease = self.outbox.lease()
        if lease is None or lease.fence != fence:
            raise LeaseLost
        raise Overtaken

    def _record(self, kind: str, delivery: Delivery, part: Part, facts: dict[str, object]) -> None:
        facts = {"part": part.position + 1, "of": len(delivery.parts), "channel": delivery.channel} | facts
        self.records.append(kind, "agent", delivery.draft_id, delivery.id, facts, self.clock.now())


def next_open(delivery: Delivery) -> Part | None:
    """The first part that is not published; None when all are, or when an earlier one was cancelled."""
    for part in delivery.parts:
        if part.state is not PartState.PUBLISHED:
            return None if part.state in ENDED else part
    return None


def parent_of(delivery: Delivery, part: Part) -> str:
    """The remote id of the post that this part answers, "" for the first."""
    return delivery.parts[part.position - 1].remote_id if part.position else ""


def step_of(delivery: Delivery, part: Part, decision: RetryDecision) -> Step:
    """A decision as a line of the pass's report."""
    return Step(
        delivery.id, part.id, part.position, str(decision.state), decision.reason, decision.remote_url
    )


def describe(report: PassReport) -> list[dict[str, object]]:
    """The report as plain values for JSON."""
    return [
        {
            "delivery": step.delivery_id,
            "part": step.position + 1,
            "state": step.state,
            "reason": step.reason,
            "url": step.remote_url,
        }
        for step in report.steps
    ]
