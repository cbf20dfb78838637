"""Looking at a draft: every channel that is on is measured and checked, and what is left is listed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from medvoice.compliance.checklist import Item
from medvoice.domain.channel.weighted import has_forbidden
from medvoice.domain.clearance import Content, Dismissal
from medvoice.domain.clock import Clock, from_text
from medvoice.domain.draft import CHANNEL_NAMES, Draft
from medvoice.domain.finding import Document, Finding
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.standing import (
    ChannelStanding,
    ItemStanding,
    Left,
    Lifted,
    contents_hash,
    fingerprint,
    join_items,
    judge,
    length_left,
    permission_for,
    sentence_around,
    trigger_hash,
)
from medvoice.store.clearance import ClearanceStore, KeptTick
from medvoice.store.setting import SettingStore

ROUTE = "route"
NOTED = "An earlier wording spoke of a possible adverse event. Say where it was reported, or why it was none."
# Standing items are confirmed for all posts, and anew every quarter (compliance reference, first section).
QUARTER = timedelta(days=92)
ATTESTED = "attested."
NO_RULES = "No rules are in force, so nothing was checked."


class Looking:
    """Reads only. Over one connection; call from the thread that owns it."""

    def __init__(
        self, store: ClearanceStore, settings: SettingStore, checking: Checking, clock: Clock
    ) -> None:
        self.store = store
        self.settings = settings
        self.checking = checking
        self.clock = clock

    def content_of(self, draft: Draft, channel: str) -> Content:
        """What would reach the public on that channel. Pure."""
        measured = self.checking.measure_of(draft, channel)
        text = self.checking.text_of(draft, channel)
        return Content(
            channel=channel,
            parts=tuple(part.text for part in measured.parts),
            regions=draft.regions,
            links=tuple(text[span.start : span.end] for span in measured.urls),
        )

    def trigger_hash(self, item: Item, channels: Sequence[ChannelStanding]) -> str:
        """See `standing.trigger_hash`."""
        return trigger_hash(item, channels, self._shows)

    def _shows(self, document: Document, sentence: str, trigger: str) -> bool:
        alone = replace(document, text=sentence, parts=())
        return trigger in self.checking.check_document(alone).atoms

    def look(self, draft: Draft, profile: Profile) -> tuple[ChannelStanding, ...]:
        """All channels that are on, with the kept dismissals whose sentence still stands."""
        kept = {
            (item.dismissal.rule, item.dismissal.quote, item.sentence): item.dismissal
            for item in self.store.kept_dismissals(draft.id)
        }
        found: list[ChannelStanding] = []
        for channel in draft.channels_on:
            text = self.checking.text_of(draft, channel)

            def dismissal_of(finding: Finding, text: str = text) -> Dismissal | None:
                sentence = sentence_around(text, finding.start, finding.end)
                return kept.get((finding.rule, finding.quote, sentence))

            content = self.content_of(draft, channel)
            found.append(self.look_at(draft, channel, profile, content, dismissal_of))
        return tuple(found)

    def stale(self, draft: Draft, channels: Sequence[ChannelStanding]) -> tuple[Dismissal, ...]:
        """The kept dismissals that fit no finding of these channels any more, oldest first."""
        used = {
            (one.finding.rule, one.finding.quote, sentence_around(text, one.finding.start, one.finding.end))
            for each in channels
            for one in each.dismissed
            for text in (each.document.text,)
        }
        return tuple(
            kept.dismissal
            for kept in self.store.kept_dismissals(draft.id)
            if (kept.dismissal.rule, kept.dismissal.quote, kept.sentence) not in used
        )

    def look_at(
        self,
        draft: Draft,
        channel: str,
        profile: Profile,
        content: Content,
        dismissal_of: Callable[[Finding], Dismissal | None],
    ) -> ChannelStanding:
        """One channel, with the dismissals that `dismissal_of` knows and the lifts on record."""
        document = self.checking.document_for(draft, channel, profile)
        result = self.checking.check_document(document)
        routings = {routing.fingerprint: routing for routing in self.store.routings(draft.id)}
        today = self.clock.now().date()

        def lift_of(finding: Finding) -> Lifted | None:
            if finding.lift == "permission":
                return permission_for(finding, channel, profile, today)
            if finding.lift != ROUTE:
                return None
            sentence = sentence_around(document.text, finding.start, finding.end)
            routing = routings.get(fingerprint(finding.rule, finding.quote, sentence))
            if routing is None:
                return None
            return Lifted(finding, routing.kind, routing.reference or routing.note)

        blocks, warnings, dismissed, lifted = judge(result, dismissal_of, lift_of)
        measured = self.checking.measure_of(draft, channel)
        return ChannelStanding(
            channel, content, document, measured, result, blocks, warnings, dismissed, lifted
        )

    def attested_at(self, code: str) -> datetime | None:
        """When the person last confirmed a standing item, None when that is a quarter ago or never was."""
        kept = self.settings.get(ATTESTED + code)
        at = from_text(kept) if kept else None
        return at if at is not None and self.clock.now() - at < QUARTER else None

    def items(self, look: ChannelStanding) -> tuple[Item, ...]:
        """The checklist that one channel asks for."""
        return self.checking.items_for(
            look.result, look.document, has_image=False, dismissed_warnings=bool(look.dismissed)
        )

    def item_standings(self, draft: Draft, channels: Sequence[ChannelStanding]) -> tuple[ItemStanding, ...]:
        """All boxes, with the kept ticks that are for exactly this content."""
        kept = {item.tick.code: item for item in self.store.kept_ticks(draft.id)}
        text_hash = contents_hash(each.content for each in channels)
        standings: list[ItemStanding] = []
        for item in join_items(self.items(each) for each in channels):
            if item.kind == "standing":
                standings.append(ItemStanding(item, self.attested_at(item.code) is not None, False))
                continue
            tick = kept.get(item.code)
            is_ticked = tick is not None and _stands(tick, text_hash)
            was_ticked = tick is not None and not is_ticked
            can = was_ticked and tick is not None and tick.trigger_hash == self.trigger_hash(item, channels)
            standings.append(ItemStanding(item, is_ticked, was_ticked, can))
        return tuple(standings)

    def left(
        self, draft: Draft, channels: Sequence[ChannelStanding], items: Sequence[ItemStanding]
    ) -> tuple[Left, ...]:
        """What stands between the draft and its clearing, most urgent first on each channel."""
        if not channels:
            return (Left("no_channel", "no_channel", "", "No channel is switched on."),)
        left: list[Left] = []
        for each in channels:
            left.extend(self._left_on(draft, each))
        current = {finding.rule for each in channels for finding in each.blocks}
        for rule in self.store.sightings(draft.id):
            if rule not in current:
                left.append(Left("block", rule, "", NOTED))
        for item in items:
            if not item.is_ticked and item.item.kind != "standing":
                left.append(Left("tick", item.item.code, "", item.item.text))
        return tuple(left)

    def _left_on(self, draft: Draft, each: ChannelStanding) -> list[Left]:
        channel = each.channel
        left: list[Left] = []
        if not self.checking.body_of(draft, channel):
            left.append(Left("empty", "empty", channel, f"There is no text for {CHANNEL_NAMES[channel]}."))
        too_long = length_left(each.measure, has_forbidden(each.document.text))
        if too_long is not None:
            left.append(too_long)
        if not each.result.packs:
            left.append(Left("block", "no_rules", channel, NO_RULES))
        for kind, findings in (("block", each.blocks), ("warning", each.open_warnings)):
            for finding in findings:
                place = (finding.start, finding.end)
                left.append(
                    Left(
                        "block" if kind == "block" else "warning",
                        finding.rule,
                        channel,
                        finding.message,
                        *place,
                    )
                )
        return left


def _stands(kept: KeptTick, text_hash: str) -> bool:
    return kept.fell_at is None and kept.tick.text_hash == text_hash
