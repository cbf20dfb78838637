"""Posts whose fate is unknown: after a crash, a time-out, or when the person asks.

A part in `sending` whose publisher is gone may be live: it becomes `unconfirmed`, never `due`. Where the
network can be read the agent looks; elsewhere only the person can tell.
"""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from medvoice.domain.account import Account
from medvoice.domain.errors import AccountError, RemoteError
from medvoice.domain.outbox import Delivery, Part, PartState
from medvoice.domain.outcome import Absent, CannotTell, Found
from medvoice.services.retry import is_absence_proven, may_ask, next_look
from medvoice.store.connection import transaction

if TYPE_CHECKING:
    from medvoice.services.publishing import PassReport, Publishing

ASK_REASON = "ask_requested"
# Networks whose own posts the sign-in can read back (platforms reference section 7).
READABLE = frozenset({"x"})


class Reconciling:
    """Part of one Publishing; same connection, same thread."""

    def __init__(self, publishing: "Publishing") -> None:
        self.publishing = publishing

    def recover(self, fence: int, report: "PassReport") -> None:
        """Call what a dead publisher left in `sending` by its name: unconfirmed."""
        own = self.publishing
        for part in own.outbox.sending_parts():
            delivery = own.outbox.get(part.delivery_id)
            now = own.clock.now()
            with transaction(own.db):
                self._set(delivery, part, PartState.UNCONFIRMED, fence, "interrupted", now)
                own.outbox.end_attempt(part.id, part.attempts, str(PartState.UNCONFIRMED), "interrupted", now)
            self._note(report, delivery, part, PartState.UNCONFIRMED, "interrupted")
            own.notifier.tell("Please check", f"“{delivery.title}” may or may not be live.")

    def reconcile(self, delivery_id: str, fence: int, report: "PassReport") -> None:
        """Look, or ask when the person wants it, for the unconfirmed part of a delivery, if it is time."""
        own = self.publishing
        delivery = own.outbox.get(delivery_id)
        for part in delivery.parts:
            if part.state is PartState.UNCONFIRMED:
                if part.reason == ASK_REASON:
                    self._ask(delivery, part, fence, report)
                elif part.retry_at is not None and part.retry_at <= own.clock.now():
                    self._look(delivery, part, fence, report)
                return

    def _look(self, delivery: Delivery, part: Part, fence: int, report: "PassReport") -> None:
        own = self.publishing
        now = own.clock.now()
        last_try = self._last_try(part)
        account = own.accounts.find(delivery.account_id)
        if account is None or delivery.channel not in READABLE:
            self._stay(delivery, part, fence, part.reason, None)
            return
        sighting = self._sight(delivery, part, account)
        if isinstance(sighting, Found):
            with transaction(own.db):
                self._set(
                    delivery,
                    part,
                    PartState.PUBLISHED,
                    fence,
                    "found",
                    None,
                    remote_id=sighting.remote_id,
                    remote_url=sighting.url,
                    published_at=part.first_sent_at,
                )
            self._note(report, delivery, part, PartState.PUBLISHED, "found", sighting.url)
        elif isinstance(sighting, Absent) and is_absence_proven(last_try, now):
            if part.reason == "duplicate_seen":
                self._stay(delivery, part, fence, part.reason, None)
                return
            with transaction(own.db):
                self._set(delivery, part, PartState.DUE, fence, "proven_absent", None)
            self._note(report, delivery, part, PartState.DUE, "proven_absent")
        else:
            self._stay(delivery, part, fence, part.reason, next_look(last_try, now))

    def _sight(self, delivery: Delivery, part: Part, account: Account) -> Found | Absent | CannotTell:
        from medvoice.services.publishing import parent_of

        own = self.publishing
        try:
            tokens = own.sign_ins.tokens(account)
        except (AccountError, RemoteError) as problem:
            return CannotTell(problem.code, "")
        publisher = own.publisher_for(delivery.channel, delivery.route)
        since = part.first_sent_at or delivery.due_at
        return publisher.look(account, tokens, part, parent_of(delivery, part), since)

    def _ask(self, delivery: Delivery, part: Part, fence: int, report: "PassReport") -> None:
        """Send the byte-identical post once more, so that the network names the duplicate."""
        from medvoice.services.publishing import parent_of, step_of

        own = self.publishing
        account = own.accounts.find(delivery.account_id)
        if account is None or not may_ask(part.first_sent_at, own.clock.now()):
            self._stay(delivery, part, fence, "ask_too_late", None)
            self._note(report, delivery, part, PartState.UNCONFIRMED, "ask_too_late")
            return
        try:
            tokens = own.sign_ins.tokens(account)
        except (AccountError, RemoteError) as problem:
            self._stay(delivery, part, fence, problem.code, None)
            return
        publisher = own.publisher_for(delivery.channel, delivery.route)
        prepared = publisher.prepare(account, delivery, part, parent_of(delivery, part))
        if hashlib.sha256(prepared.body).hexdigest() != part.body_sha256:
            self._stay(delivery, part, fence, "not_identical", None)
            return
        decision = own.try_once(
            delivery, part, account, tokens, publisher, prepared, fence, PartState.UNCONFIRMED
        )
        report.steps.append(step_of(delivery, part, decision))

    def _last_try(self, part: Part) -> datetime:
        own = self.publishing
        attempts = own.outbox.attempts(part.id)
        if attempts:
            return attempts[-1].ended_at or attempts[-1].started_at
        return part.first_sent_at or own.clock.now()

    def _stay(
        self, delivery: Delivery, part: Part, fence: int, reason: str, retry_at: datetime | None
    ) -> None:
        """Keep the part unconfirmed; `retry_at` None means that only the person can tell now."""
        self.publishing.outbox.note_unconfirmed(part.id, fence, reason, retry_at)

    def _set(
        self,
        delivery: Delivery,
        part: Part,
        new: PartState,
        fence: int,
        reason: str,
        retry_at: datetime | None,
        **columns: object,
    ) -> None:
        own = self.publishing
        moved = own.outbox.move_part(
            part.id, {part.state}, new, fence=fence, reason=reason, retry_at=retry_at, **columns
        )
        if not moved:
            own.give_way(fence)
        facts = {"part": part.position + 1, "reason": reason, "channel": delivery.channel}
        own.records.append(str(new), "agent", delivery.draft_id, delivery.id, facts, own.clock.now())

    def _note(
        self,
        report: "PassReport",
        delivery: Delivery,
        part: Part,
        state: PartState,
        reason: str,
        url: str = "",
    ) -> None:
        from medvoice.services.publishing import Step

        report.steps.append(Step(delivery.id, part.id, part.position, str(state), reason, url))
