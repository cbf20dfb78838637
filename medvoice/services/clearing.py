"""Clearing: a person's own clearing of exactly this content, under exactly these rules.

Not company approval. What was cleared is bound by a hash to text, regions, packs, ticks and reasons; the gate
asks the same questions again at the instant of sending.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from medvoice.domain.clearance import Clearance, Content, Dismissal, Tick, clearance_hash
from medvoice.domain.clock import Clock, to_text
from medvoice.domain.draft import Draft
from medvoice.domain.errors import FindingsBlock, UserError
from medvoice.domain.finding import Finding, Level
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.identity import Identity
from medvoice.services.looking import ATTESTED, ROUTE, Looking
from medvoice.services.standing import (
    ChannelStanding,
    GateProblem,
    Standing,
    cleared_facts,
    contents_hash,
    fingerprint,
    join_items,
    sentence_around,
)
from medvoice.services.whose_view import sentence_on
from medvoice.store.clearance import ClearanceStore, Routing
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore
from medvoice.store.setting import SettingStore

MIN_REASON = 10


class Clearing:
    """Use cases of clearing over one connection; call from the thread that owns it. Raises StorageError."""

    def __init__(self, db: Workspace, checking: Checking, clock: Clock) -> None:
        self.db = db
        self.checking = checking
        self.clock = clock
        self.drafts = DraftStore(db)
        self.store = ClearanceStore(db)
        self.looking = Looking(self.store, SettingStore(db), checking, clock)
        self.outbox = OutboxStore(db)
        self.records = RecordStore(db)
        self.identity = Identity(db)

    # Looking

    def standing(self, draft_id: str) -> Standing:
        """Where the draft stands: findings, lengths, boxes and what is left, for the kept text.

        A possible adverse event that is seen is remembered until it is routed or answered. Raises UserError
        `draft_unknown`.
        """
        draft, profile = self.drafts.get(draft_id), self.identity.get()
        channels = self.looking.look(draft, profile)
        self._remember(draft, channels)
        return self._stand(draft, channels, profile)

    def content_of(self, draft: Draft, channel: str) -> Content:
        """What would reach the public on that channel. Pure."""
        return self.looking.content_of(draft, channel)

    def disclaimer_for(self, draft: Draft, channel: str) -> str:
        """The sentence that says whose view it is, see `whose_view`: short on X."""
        return sentence_on(channel, self.identity.get(), draft.regions)

    # Boxes

    def tick(self, draft_id: str, code: str, by: str) -> Standing:
        """Tick a box for the present text; a standing one for all posts of the next quarter. Raises UserError
        `tick_unknown` when the text does not ask it."""
        with transaction(self.db):
            draft, profile = self.drafts.get(draft_id), self.identity.get()
            channels = self.looking.look(draft, profile)
            self._tick(draft, channels, (code,), by)
            return self._stand(draft, channels, profile)

    def untick(self, draft_id: str, code: str, by: str = "") -> Standing:
        """Take a tick back; what was cleared with it is cleared no more, and waiting deliveries are held."""
        with transaction(self.db):
            self.looking.settings.remove(ATTESTED + code)
            if self.store.remove_tick(draft_id, code):
                self._withdraw(draft_id, by, {"unticked": code})
            return self.standing(draft_id)

    def reconfirm(self, draft_id: str, by: str) -> Standing:
        """Tick again, in one act, the boxes that were ticked before a change and whose trigger did not
        change with it."""
        with transaction(self.db):
            standing = self.standing(draft_id)
            codes = tuple(item.item.code for item in standing.items if item.can_reconfirm)
            self._tick(standing.draft, standing.per_channel, codes, by)
            return self._stand(standing.draft, standing.per_channel, self.identity.get())

    # Findings

    def dismiss(self, draft_id: str, rule: str, quote: str, reason: str, by: str) -> int:
        """Set a rule's open warnings on these words aside; see `dismiss_rule`."""
        return self.dismiss_rule(draft_id, rule, reason, by, quote)

    def dismiss_rule(self, draft_id: str, rule: str, reason: str, by: str, quote: str | None = None) -> int:
        """Set a rule's warnings aside, all or those on `quote`, with a reason of ten characters or more.

        Holds only while the same words stand in the same sentence. Returns how many findings it covers.
        Raises UserError `reason_too_short`, `cannot_dismiss_block`, `finding_unknown`.
        """
        reason = _reason(reason)
        with transaction(self.db):
            draft = self.drafts.get(draft_id)
            channels = self.looking.look(draft, self.identity.get())
            found = _matching(channels, rule, quote)
            warnings = [(each, finding) for each, finding in found if finding.level is Level.WARN]
            if not warnings:
                if any(finding.level is Level.BLOCK for _, finding in found):
                    raise UserError("cannot_dismiss_block", rule=rule)
                raise UserError("finding_unknown", rule=rule)
            now = self.clock.now()
            for each, finding in warnings:
                dismissal = Dismissal(draft_id, rule, finding.quote, reason, by, now)
                self.store.add_dismissal(dismissal, _sentence(each, finding))
            facts: dict[str, object] = {"rule": rule, "reason": reason}
            self.records.append("dismissed", by, draft_id, "", facts, now)
        return len(warnings)

    def undismiss(self, draft_id: str, rule: str, quote: str, by: str = "") -> bool:
        """Open a warning again; what was cleared with the reason is cleared no more. False when it was
        open."""
        with transaction(self.db):
            is_gone = self.store.remove_dismissal(draft_id, rule, quote)
            if is_gone:
                self._withdraw(draft_id, by, {"undismissed": rule})
        return is_gone

    def route(
        self, draft_id: str, rule: str, reference: str, aware_at: datetime, by: str, note: str = ""
    ) -> int:
        """Record that a possible adverse event went to safety, under their reference, with the moment of
        awareness (aware). Lifts the rule's blocks on the present words. Returns how many.

        Raises UserError `reference_missing`, `aware_in_future`, `cannot_route`, `finding_unknown`.
        """
        if not reference.strip():
            raise UserError("reference_missing")
        if aware_at > self.clock.now():
            raise UserError("aware_in_future")
        return self._answer(draft_id, rule, "routed", reference.strip(), aware_at, by, note.strip())

    def know_since(self, draft_id: str, aware_at: datetime) -> None:
        """Note since when the person knows of a possible adverse event that is not routed yet: the hours to
        tell safety count from there. Raises UserError `aware_in_future`."""
        if aware_at > self.clock.now():
            raise UserError("aware_in_future")
        with transaction(self.db):
            self.store.set_known_since(draft_id, aware_at)

    def misread(self, draft_id: str, rule: str, reason: str, by: str) -> int:
        """Record that the tool misread the present words and no adverse event is in them, with a reason of
        ten characters or more. As `route`; raises UserError `reason_too_short` too."""
        return self._answer(draft_id, rule, "misread", "", None, by, _reason(reason))

    # Clearing

    def clear(self, draft_id: str, by: str, ticks: Sequence[str] = ()) -> tuple[Clearance, ...]:
        """Clear every channel that is on, ticking `ticks` first; one clearance each, in channel order.

        One transaction: when something is left, nothing is kept, not even the ticks. A clearance that
        already says the same is not made twice. Raises FindingsBlock `not_clear` with params left (a tuple
        of Left), UserError `tick_unknown`, `name_missing`, `draft_unknown`.
        """
        if not by.strip():
            raise UserError("name_missing")
        self.remember(draft_id)
        with transaction(self.db):
            draft, profile = self.drafts.get(draft_id), self.identity.get()
            channels = self.looking.look(draft, profile)
            self._tick(draft, channels, ticks, by, is_lenient=True)
            standing = self._stand(draft, channels, profile)
            if standing.left:
                raise FindingsBlock("not_clear", draft=draft_id, left=standing.left)
            cleared = tuple(self._clear(standing, each, by, profile) for each in standing.per_channel)
        return cleared

    def remember(self, draft_id: str) -> None:
        """Note possible adverse events in the kept text, outside any transaction that may be undone."""
        draft = self.drafts.get(draft_id)
        self._remember(draft, self.looking.look(draft, self.identity.get()))

    def still_holds(self, clearance: Clearance, draft: Draft) -> bool:
        """Whether the clearance would pass the gate for this draft now."""
        return self._problem(clearance, draft, self.identity.get()) is None

    def gate(
        self, delivery: Delivery, draft: Draft, clearance: Clearance, profile: Profile
    ) -> GateProblem | None:
        """The look at the instant of sending: same content, same rules, nothing new found, all boxes ticked.
        None when it may go."""
        is_its_own = (delivery.clearance_id, delivery.clearance_hash, delivery.draft_id) == (
            clearance.id,
            clearance.hash,
            draft.id,
        )
        if not is_its_own or clearance.channel != delivery.channel:
            return GateProblem("not_cleared")
        return self._problem(clearance, draft, profile)

    def _problem(self, clearance: Clearance, draft: Draft, profile: Profile) -> GateProblem | None:
        bound = clearance_hash(clearance.content_hash, clearance.packs, clearance.ticks, clearance.dismissals)
        if clearance.draft_id != draft.id or bound != clearance.hash:
            return GateProblem("not_cleared")
        if clearance.voided_at is not None:
            is_edit = clearance.void_reason == "changed"
            return GateProblem("changed" if is_edit else "not_cleared", clearance.void_reason)
        content = self.content_of(draft, clearance.channel)
        if clearance.channel not in draft.channels_on or content.hash != clearance.content_hash:
            return GateProblem("changed")
        answers = {(rule, quote): reason for rule, quote, reason in clearance.dismissals}

        def dismissal_of(finding: Finding) -> Dismissal | None:
            reason = answers.get((finding.rule, finding.quote))
            if reason is None:
                return None
            return Dismissal(draft.id, finding.rule, finding.quote, reason, clearance.by, clearance.at)

        look = self.looking.look_at(draft, clearance.channel, profile, content, dismissal_of)
        if _packs(look) != clearance.packs:
            return GateProblem("rules_changed")
        new = (*look.blocks, *look.open_warnings)
        if new:
            return GateProblem("new_finding", new[0].rule)
        asked = [item.code for item in self.looking.items(look) if item.kind != "standing"]
        unticked = [code for code in asked if code not in clearance.ticks]
        return GateProblem("no_tick", unticked[0]) if unticked else None

    # Within

    def _stand(self, draft: Draft, channels: Sequence[ChannelStanding], profile: Profile) -> Standing:
        items = self.looking.item_standings(draft, channels)
        left = self.looking.left(draft, channels, items)
        per_channel: list[ChannelStanding] = []
        for each in channels:
            clearance = self.store.latest(draft.id, each.channel)
            if clearance is not None and self._problem(clearance, draft, profile) is not None:
                clearance = None
            per_channel.append(replace(each, clearance=clearance))
        stale = self.looking.stale(draft, channels) if channels else ()
        return Standing(draft, tuple(per_channel), items, left, stale)

    def _tick(
        self,
        draft: Draft,
        channels: Sequence[ChannelStanding],
        codes: Sequence[str],
        by: str,
        is_lenient: bool = False,
    ) -> None:
        """Tick for the present content. Lenient: a code of the checklist that is not asked here is no
        mistake."""
        items = {item.code: item for item in join_items(self.looking.items(each) for each in channels)}
        text_hash = contents_hash(each.content for each in channels)
        now = self.clock.now()
        for code in codes:
            item = items.get(code)
            if item is not None and item.kind == "standing":
                self.looking.settings.save(ATTESTED + code, to_text(now))
            elif item is not None:
                tick = Tick(draft.id, code, by, now, text_hash)
                self.store.set_tick(tick, self.looking.trigger_hash(item, channels))
            elif not is_lenient or code not in self.checking.checklist_codes:
                raise UserError("tick_unknown", item=code)

    def _remember(self, draft: Draft, channels: Sequence[ChannelStanding]) -> None:
        known = self.store.sightings(draft.id)
        for each in channels:
            for finding in each.blocks:
                if finding.lift == ROUTE and finding.rule not in known:
                    mark = fingerprint(finding.rule, finding.quote, _sentence(each, finding))
                    self.store.add_sighting(draft.id, finding.rule, mark, self.clock.now())

    def _answer(
        self,
        draft_id: str,
        rule: str,
        kind: str,
        reference: str,
        aware_at: datetime | None,
        by: str,
        note: str,
    ) -> int:
        with transaction(self.db):
            draft = self.drafts.get(draft_id)
            found = _matching(self.looking.look(draft, self.identity.get()), rule, None)
            events = [
                (each, finding)
                for each, finding in found
                if finding.level is Level.BLOCK and finding.lift == ROUTE
            ]
            # What was answered before keeps its answer, unless nothing else is left to answer.
            unanswered = [(each, finding) for each, finding in events if finding in each.blocks]
            marks = {
                fingerprint(rule, finding.quote, _sentence(each, finding))
                for each, finding in unanswered or events
            }
            seen = self.store.sightings(draft_id).get(rule)
            if not marks and seen is None:
                raise UserError("cannot_route" if found else "finding_unknown", rule=rule)
            now = self.clock.now()
            way = "routed" if kind == "routed" else "misread"
            for mark in sorted(marks or {seen or ""}):
                self.store.add_routing(Routing(draft_id, rule, mark, way, reference, aware_at, note, by, now))
            self.store.remove_sighting(draft_id, rule)
            facts: dict[str, object] = {"rule": rule, "reference": reference, "note": note}
            if aware_at is not None:
                facts["aware_at"] = to_text(aware_at)
            self.records.append(way, by, draft_id, "", facts, now)
        return max(len(marks), 1)

    def _clear(self, standing: Standing, each: ChannelStanding, by: str, profile: Profile) -> Clearance:
        draft, now = standing.draft, self.clock.now()
        packs = _packs(each)
        ticks = tuple(item.item.code for item in standing.items if item.is_ticked)
        dismissals = tuple(
            sorted({(d.finding.rule, d.finding.quote, d.dismissal.reason) for d in each.dismissed})
        )
        bound = clearance_hash(each.content.hash, packs, ticks, dismissals)
        if each.clearance is not None and each.clearance.hash == bound:
            return each.clearance
        clearance = Clearance(
            id=new_id("c"),
            draft_id=draft.id,
            draft_revision=draft.revision,
            channel=each.channel,
            content_hash=each.content.hash,
            packs=packs,
            ticks=ticks,
            dismissals=dismissals,
            by=by,
            at=now,
            hash=bound,
        )
        self.store.add(clearance)
        self.drafts.add_version(draft.id, draft.revision, draft, "cleared", "", now)
        self.records.append(
            "cleared", by, draft.id, "", cleared_facts(clearance, each, standing, profile), now
        )
        return clearance

    def _withdraw(self, draft_id: str, by: str, facts: dict[str, object]) -> None:
        """Void what rested on an answer that was taken back, and hold what waits."""
        now = self.clock.now()
        voided = self.store.void(draft_id, "answer_withdrawn", now)
        held = self.outbox.hold_unsent(draft_id, "not_cleared")
        if voided or held:
            facts = facts | {"voided": voided, "held": [delivery.id for delivery in held]}
            self.records.append("withdrawn", by, draft_id, "", facts, now)


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if len(text) < MIN_REASON:
        raise UserError("reason_too_short", needed=MIN_REASON)
    return text


def _matching(
    channels: Sequence[ChannelStanding], rule: str, quote: str | None
) -> list[tuple[ChannelStanding, Finding]]:
    return [
        (each, finding)
        for each in channels
        for finding in each.result.findings
        if finding.rule == rule and quote in (None, finding.quote)
    ]


def _sentence(each: ChannelStanding, finding: Finding) -> str:
    return sentence_around(each.document.text, finding.start, finding.end)


def _packs(look: ChannelStanding) -> tuple[tuple[str, str, str], ...]:
    return tuple((pack.id, pack.version, pack.sha256) for pack in look.result.packs)
