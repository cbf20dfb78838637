"""Planning and steering deliveries: schedule, move, cancel, and the person's word on doubtful posts."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from medvoice.domain.account import Account
from medvoice.domain.clearance import Clearance
from medvoice.domain.clock import Clock, wall_to_utc
from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft, title_of
from medvoice.domain.errors import UserError
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import ENDED, Delivery, Part, PartState
from medvoice.services.carriers import Carriers, refuse_beyond_sign_in
from medvoice.services.clearing import Clearing
from medvoice.services.comment_watch import CommentWatch
from medvoice.services.embargoes import Embargoes
from medvoice.services.identity import Identity
from medvoice.services.publishing import PAUSED_KEY
from medvoice.services.reconciling import ASK_REASON
from medvoice.services.retry import may_ask
from medvoice.services.spending import Spending, month_around
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore
from medvoice.store.setting import SettingStore

# Reads a pasted link of a network: (network, pasted) -> (remote id, url). Raises UserError.
ReadLink = Callable[[str, str], tuple[str, str]]
MOVABLE = (PartState.PLANNED, PartState.WAITING, PartState.HELD, PartState.MISSED, PartState.DUE)
STALE_CLEARANCE = frozenset({"changed", "rules_changed", "not_cleared", "new_finding", "no_tick"})
# A slot this far in the past still counts as "now": the person typed the running minute.
PAST_GRACE = timedelta(minutes=1)


class Queueing:
    """Use cases of the queue over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock, clearing: Clearing, read_link: ReadLink) -> None:
        self.db = db
        self.clock = clock
        self.clearing = clearing
        self.read_link = read_link
        self.outbox = OutboxStore(db)
        self.drafts = DraftStore(db)
        self.accounts = AccountStore(db)
        self.clearances = ClearanceStore(db)
        self.records = RecordStore(db)
        self.settings = SettingStore(db)
        self.identity = Identity(db)
        self.carriers = Carriers(self.accounts, clock)
        self.embargoes = Embargoes(db, clock)
        self.spending = Spending(db, clock)
        self.comments = CommentWatch(db, clock)

    def together(self) -> AbstractContextManager[object]:
        """Acts inside are kept all or none: for the parts of one draft."""
        return transaction(self.db)

    # Planning

    def schedule(
        self,
        draft_id: str,
        wall: str,
        zone: str,
        by: str,
        channels: Sequence[str] = (),
        ticks: Sequence[str] = (),
        by_hand: bool = False,
    ) -> tuple[Delivery, ...]:
        """Clear what is not cleared and plan it, in one transaction. No `channels` means all that are on.

        `wall` is `YYYY-MM-DD HH:MM` in the IANA zone `zone`. Raises FindingsBlock when it cannot be
        cleared, UserError (`time_past`, `account_missing`, `already_scheduled`, `already_published`,
        `channel_off`, `sign_in_ends_before`, `under_embargo`, `embargo_unknown`, `over_budget`).
        """
        due_at = wall_to_utc(wall, zone)
        if due_at < self.clock.now() - PAST_GRACE:
            raise UserError("time_past", wall=wall, zone=zone)
        # A possible adverse event that was seen stays noted even when the plan below is undone.
        self.clearing.remember(draft_id)
        with transaction(self.db):
            draft = self.drafts.get(draft_id)
            self.embargoes.refuse_before(draft_id, due_at)
            wanted = tuple(channels) or draft.channels_on
            profile = self.identity.get()
            for channel in wanted:
                if channel not in CHANNELS:
                    raise UserError("channel_unknown", channel=channel)
                if channel not in draft.channels_on:
                    raise UserError("channel_off", channel=channel)
                self._make_room(draft, channel)
            accounts = {each: self.carriers.account_for(each, profile, by_hand, due_at) for each in wanted}
            clearances = self._cleared(draft, wanted, by, ticks)
            return tuple(
                self._plan(draft, channel, accounts[channel], clearances[channel], due_at, wall, zone, by)
                for channel in wanted
            )

    def _make_room(self, draft: Draft, channel: str) -> None:
        """Refuse a second delivery of the same content; replace one that only waits to be cleared again."""
        for delivery in self.outbox.list(draft_id=draft.id, channel=channel):
            states = {part.state for part in delivery.parts}
            if states <= {PartState.CANCELLED, PartState.REFUSED}:
                continue
            if states == {PartState.PUBLISHED}:
                if delivery.draft_revision == draft.revision:
                    raise UserError("already_published", channel=channel, delivery=delivery.id)
                continue
            is_stale = all(
                part.state is PartState.HELD and part.reason in STALE_CLEARANCE for part in delivery.parts
            )
            if not is_stale:
                raise UserError("already_scheduled", channel=channel, delivery=delivery.id)
            self._set_open_parts(delivery, PartState.CANCELLED, "replaced")

    def _cleared(
        self, draft: Draft, wanted: Sequence[str], by: str, ticks: Sequence[str]
    ) -> dict[str, Clearance]:
        """A standing clearance per channel, making those that are missing."""
        found: dict[str, Clearance] = {}
        for channel in wanted:
            clearance = self.clearances.latest(draft.id, channel)
            if clearance is not None and self.clearing.still_holds(clearance, draft):
                found[channel] = clearance
        if len(found) < len(wanted):
            found = {item.channel: item for item in self.clearing.clear(draft.id, by, tuple(ticks))}
        return found

    def _plan(
        self,
        draft: Draft,
        channel: str,
        account: Account,
        clearance: Clearance,
        due_at: datetime,
        wall: str,
        zone: str,
        by: str,
    ) -> Delivery:
        delivery_id = new_id("y")
        texts = self.clearing.content_of(draft, channel).parts
        self.spending.refuse_beyond(account, texts, due_at)
        delivery = Delivery(
            id=delivery_id,
            draft_id=draft.id,
            draft_revision=draft.revision,
            title=title_of(draft),
            channel=channel,
            account_id=account.id,
            route=account.route,
            clearance_id=clearance.id,
            clearance_hash=clearance.hash,
            due_at=due_at,
            wall=wall,
            zone=zone,
            is_paused=False,
            is_late_allowed=False,
            created_at=self.clock.now(),
            parts=tuple(planned_part(delivery_id, at, text) for at, text in enumerate(texts)),
        )
        self.outbox.add(delivery)
        facts: dict[str, object] = {
            "wall": wall,
            "zone": zone,
            "channel": channel,
            "clearance": clearance.hash,
        }
        self._record("scheduled", by, delivery, facts)
        return delivery

    # Steering

    def move(self, delivery_id: str, wall: str, zone: str, by: str) -> Delivery:
        """Plan the open parts for another time; the clearance stays. Raises UserError `time_past`,
        `cannot_move`, `clear_again`, `sign_in_ends_before`, `under_embargo`, `embargo_unknown`,
        `over_budget` (only into another month)."""
        due_at = wall_to_utc(wall, zone)
        if due_at < self.clock.now() - PAST_GRACE:
            raise UserError("time_past", wall=wall, zone=zone)
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            self._refuse_if_stale(delivery)
            self.embargoes.refuse_before(delivery.draft_id, due_at)
            account = self.accounts.find(delivery.account_id)
            if account is not None:
                refuse_beyond_sign_in(account, due_at, zone)
                if month_around(due_at) != month_around(delivery.due_at):
                    texts = [part.text for part in delivery.parts if part.state in MOVABLE]
                    self.spending.refuse_beyond(account, texts, due_at, delivery_id)
            if not self._set_open_parts(delivery, PartState.PLANNED, "", MOVABLE):
                raise UserError("cannot_move", state=delivery.state)
            self.outbox.set_due(delivery_id, due_at, wall, zone)
            self.outbox.set_late_allowed(delivery_id, False)
            self._record("moved", by, delivery, {"from": delivery.wall, "to": wall, "zone": zone})
        return self.outbox.get(delivery_id)

    def cancel(self, delivery_id: str, by: str) -> Delivery:
        """Take a delivery out of the queue; what is published stays so. Raises UserError
        `resolve_first` for a post of unknown fate, `cannot_cancel` when nothing is open."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            states = {part.state for part in delivery.parts}
            if states & {PartState.UNCONFIRMED, PartState.SENDING}:
                raise UserError("resolve_first", delivery=delivery_id)
            open_states = (*MOVABLE, PartState.HANDED_OVER, PartState.REFUSED)
            if not self._set_open_parts(delivery, PartState.CANCELLED, "by_you", open_states):
                raise UserError("cannot_cancel", state=delivery.state)
            self._record("cancelled", by, delivery, {})
        return self.outbox.get(delivery_id)

    def stop(self, delivery_id: str, by: str) -> Delivery:
        """Let nothing more of a delivery go out: what is under way or out stays, the parts that were not yet
        sent are cancelled. Raises UserError `cannot_cancel` when none is left to stop."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            stopped = self._set_open_parts(delivery, PartState.CANCELLED, "by_you", MOVABLE)
            if not stopped:
                raise UserError("cannot_cancel", state=delivery.state)
            self._record("stopped", by, delivery, {"parts": stopped, "of": len(delivery.parts)})
        return self.outbox.get(delivery_id)

    def post_now(self, delivery_id: str, by: str) -> Delivery:
        """Let a missed, waiting, held or half-published delivery go out at the next pass, however late.
        The gate still looks at it. Raises UserError `cannot_move`, `clear_again`, `under_embargo`,
        `embargo_unknown`."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            self._refuse_if_stale(delivery)
            self.embargoes.refuse_before(delivery.draft_id, self.clock.now())
            if not self._set_open_parts(delivery, PartState.PLANNED, "", MOVABLE):
                raise UserError("cannot_move", state=delivery.state)
            self.outbox.set_late_allowed(delivery_id, True)
            if delivery.due_at > self.clock.now():
                self.outbox.set_due(delivery_id, self.clock.now(), delivery.wall, delivery.zone)
            self._record("post_now", by, delivery, {})
        return self.outbox.get(delivery_id)

    @staticmethod
    def _refuse_if_stale(delivery: Delivery) -> None:
        if any(p.state is PartState.HELD and p.reason in STALE_CLEARANCE for p in delivery.parts):
            raise UserError("clear_again", delivery=delivery.id)

    def set_paused(self, delivery_id: str, is_paused: bool, by: str) -> None:
        """Pause or resume one delivery."""
        with transaction(self.db):
            self.outbox.set_paused(delivery_id, is_paused)
            delivery = self.outbox.get(delivery_id)
            self._record("paused" if is_paused else "resumed", by, delivery, {})

    def set_all_paused(self, is_paused: bool, by: str) -> None:
        """Pause or resume the whole queue."""
        with transaction(self.db):
            self.settings.save(PAUSED_KEY, "1" if is_paused else "")
            kind = "paused_all" if is_paused else "resumed_all"
            self.records.append(kind, by, "", "", {}, self.clock.now())

    @property
    def is_all_paused(self) -> bool:
        return self.settings.get(PAUSED_KEY) == "1"

    def free_signed_in(self, account_id: str) -> int:
        """After a new sign-in: plan again what was held for it. The late policy still decides. Returns
        how many parts were freed."""
        freed = 0
        with transaction(self.db):
            for delivery in self.outbox.list(states={PartState.HELD}):
                for part in delivery.parts:
                    is_ours = delivery.account_id == account_id and part.reason in ("sign_in", "no_keyring")
                    if is_ours and part.state is PartState.HELD:
                        self.outbox.move_part(part.id, {PartState.HELD}, PartState.PLANNED, reason="")
                        freed += 1
        return freed

    # The person's word

    def resolve_live(self, delivery_id: str, link: str, by: str) -> Delivery:
        """The person found the post: adopt its link. For a by-hand post this is "done".
        Raises UserError `link_not_a_post`, `nothing_to_resolve`."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            part = self._doubtful(delivery)
            remote_id, url = self.read_link(delivery.channel, link)
            parts = [part]
            if part.state is PartState.HANDED_OVER:
                parts = [p for p in delivery.parts if p.state is PartState.HANDED_OVER]
            for at, each in enumerate(parts):
                self.outbox.move_part(
                    each.id,
                    {each.state},
                    PartState.PUBLISHED,
                    reason="by_you",
                    retry_at=None,
                    remote_id=remote_id if at == 0 else "",
                    remote_url=url,
                    published_at=each.first_sent_at or self.clock.now(),
                )
            self._record("published", by, delivery, {"url": url, "said_by": "person"})
        return self.outbox.get(delivery_id)

    def resolve_absent(self, delivery_id: str, by: str) -> Delivery:
        """The person looked and it is not there: send it again at the next pass. A by-hand post that was
        not done becomes missed."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            part = self._doubtful(delivery)
            if part.state is PartState.HANDED_OVER:
                self._set_open_parts(delivery, PartState.MISSED, "not_done", (PartState.HANDED_OVER,))
            else:
                self.outbox.move_part(
                    part.id, {part.state}, PartState.PLANNED, reason="absent_by_you", retry_at=None
                )
                self.outbox.set_late_allowed(delivery_id, True)
            self._record("not_there", by, delivery, {"part": part.position + 1, "said_by": "person"})
        return self.outbox.get(delivery_id)

    def resolve_ask(self, delivery_id: str, by: str) -> Delivery:
        """Ask the network by sending the byte-identical post once (LinkedIn, within eight minutes of the
        first try). Raises UserError `ask_too_late`, `ask_not_here`, `nothing_to_resolve`."""
        with transaction(self.db):
            delivery = self.outbox.get(delivery_id)
            part = self._doubtful(delivery)
            if delivery.channel != "linkedin" or part.state is not PartState.UNCONFIRMED:
                raise UserError("ask_not_here", channel=CHANNEL_NAMES[delivery.channel])
            if not may_ask(part.first_sent_at, self.clock.now()):
                raise UserError("ask_too_late")
            self.outbox.note_unconfirmed(part.id, None, ASK_REASON, self.clock.now())
            self._record("asked", by, delivery, {"part": part.position + 1})
        return self.outbox.get(delivery_id)

    @staticmethod
    def _doubtful(delivery: Delivery) -> Part:
        for part in delivery.parts:
            if part.state in (PartState.UNCONFIRMED, PartState.HANDED_OVER):
                return part
        raise UserError("nothing_to_resolve", state=delivery.state)

    # Shared

    def _set_open_parts(
        self,
        delivery: Delivery,
        new: PartState,
        reason: str,
        states: Sequence[PartState] = tuple(s for s in PartState if s not in ENDED),
    ) -> int:
        """Move all parts in `states`; returns how many moved. A part that changed meanwhile is left."""
        moved = 0
        for part in delivery.parts:
            if part.state in states:
                moved += self.outbox.move_part(part.id, {part.state}, new, reason=reason, retry_at=None)
        return moved

    def _record(self, kind: str, by: str, delivery: Delivery, facts: dict[str, object]) -> None:
        self.records.append(kind, by, delivery.draft_id, delivery.id, facts, self.clock.now())


def planned_part(delivery_id: str, position: int, text: str) -> Part:
    """A part as it stands when it is planned."""
    return Part(
        id=new_id("p"),
        delivery_id=delivery_id,
        position=position,
        text=text,
        state=PartState.PLANNED,
        reason="",
        attempts=0,
        body_sha256="",
        retry_at=None,
        first_sent_at=None,
        published_at=None,
        remote_id="",
        remote_url="",
        fence=0,
    )
