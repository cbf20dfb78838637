"""Where a draft stands on its way to being cleared, as values, and the pure judgements behind them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from medvoice.compliance.checklist import DISMISSED, Item
from medvoice.domain.channel.measure import Measure
from medvoice.domain.clearance import Clearance, Content, Dismissal, digest
from medvoice.domain.draft import Draft
from medvoice.domain.finding import CheckResult, Document, Finding, Level
from medvoice.domain.profile import Profile

# Whether a sentence of a document shows a kind of evidence by itself.
Shows = Callable[[Document, str, str], bool]
LeftKind = Literal["block", "warning", "tick", "length", "empty", "no_channel"]
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|[。！？\n\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that stands between a draft and its clearing. `code` is a rule, a checklist code or a word;
    `start` and `end` are code points of the channel text, 0 where there is no place."""

    kind: LeftKind
    code: str
    channel: str
    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A warning that the person set aside, with the reason."""

    finding: Finding
    dismissal: Dismissal


@dataclass(frozen=True, slots=True)
class Lifted:
    """A block that a recorded way out lifts: `routed`, `misread` or `permission`. `detail` is the safety
    reference, the reason, or who permitted it."""

    finding: Finding
    way: Literal["routed", "misread", "permission"]
    detail: str


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """One channel that is on. `blocks` and `open_warnings` are what is left of `result`; `clearance` is the
    one that holds for exactly this, None when there is none."""

    channel: str
    content: Content
    document: Document
    measure: Measure
    result: CheckResult
    blocks: tuple[Finding, ...]
    open_warnings: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...]
    lifted: tuple[Lifted, ...]
    clearance: Clearance | None = None


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """A box of the checklist. `was_ticked_before_change`: it was ticked for an earlier text;
    `can_reconfirm`: and what asks for it has not changed since."""

    item: Item
    is_ticked: bool
    was_ticked_before_change: bool
    can_reconfirm: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it for one draft. Standing items (kind `standing`) are shown and never required. `stale` are the
    dismissals whose words stand nowhere in the text any more: they count for nothing, and are said."""

    draft: Draft
    per_channel: tuple[ChannelStanding, ...]
    items: tuple[ItemStanding, ...]
    left: tuple[Left, ...]
    stale: tuple[Dismissal, ...] = ()

    @property
    def is_cleared(self) -> bool:
        """Whether every channel that is on has a clearance that holds."""
        return bool(self.per_channel) and all(each.clearance is not None for each in self.per_channel)

    @property
    def can_reconfirm(self) -> bool:
        return any(item.can_reconfirm for item in self.items)


@dataclass(frozen=True, slots=True)
class GateProblem:
    """Why a delivery may not be sent now. `code`: not_cleared, changed, rules_changed, new_finding or
    no_tick; `detail` names the rule or item."""

    code: str
    detail: str = ""


def judge(
    result: CheckResult,
    dismissal_of: Callable[[Finding], Dismissal | None],
    lift_of: Callable[[Finding], Lifted | None],
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Dismissed, ...], tuple[Lifted, ...]]:
    """The findings sorted into blocks that stand, warnings that are open, dismissed ones and lifted ones.
    Suggestions are in none of them. A dismissal never reaches a block."""
    blocks: list[Finding] = []
    warnings: list[Finding] = []
    dismissed: list[Dismissed] = []
    lifted: list[Lifted] = []
    for finding in result.findings:
        if finding.level is Level.BLOCK:
            lift = lift_of(finding)
            if lift is None:
                blocks.append(finding)
            else:
                lifted.append(lift)
        elif finding.level is Level.WARN:
            dismissal = dismissal_of(finding)
            if dismissal is None:
                warnings.append(finding)
            else:
                dismissed.append(Dismissed(finding, dismissal))
    return tuple(blocks), tuple(warnings), tuple(dismissed), tuple(lifted)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or line of `text` that holds [start, end) code points, with white space made single."""
    left = 0
    for match in _SENTENCE_END.finditer(text, 0, start):
        left = match.end()
    following = _SENTENCE_END.search(text, max(end - 1, start))
    right = following.end() if following else len(text)
    return " ".join(text[left:right].split())


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences and lines of `text`, cut as `sentence_around` cuts them, without blank ones."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces = (text[left:right] for left, right in pairwise([0, *ends, len(text)]))
    return tuple(" ".join(piece.split()) for piece in pieces if piece.strip())


def fingerprint(rule: str, quote: str, sentence: str) -> str:
    """A digest that stands for a finding without repeating its words."""
    return digest([rule, quote, sentence])


def permission_for(finding: Finding, channel: str, profile: Profile, today: date) -> Lifted | None:
    """The recorded permission that lifts this block on this channel today, None when there is none.

    A permission names its rule; its channel "" means all; `expires_on` is the last day it holds, "" is
    open-ended, and one that is no date holds never.
    """
    for permission in profile.permissions:
        is_for_this = permission.rule == finding.rule and permission.channel in ("", channel)
        if is_for_this and permission.grantor.strip() and _is_valid_on(permission.expires_on, today):
            return Lifted(finding, "permission", permission.grantor)
    return None


def _is_valid_on(expires_on: str, today: date) -> bool:
    if not expires_on:
        return True
    try:
        return today <= date.fromisoformat(expires_on)
    except ValueError:
        return False


def contents_hash(contents: Iterable[Content]) -> str:
    """What ticks are bound to: all channels that are on together."""
    return digest(sorted(content.hash for content in contents))


def join_items(per_channel: Iterable[Sequence[Item]]) -> tuple[Item, ...]:
    """The checklists of several channels as one, each code once, core first, then triggered and standing."""
    found: dict[str, Item] = {}
    for items in per_channel:
        for item in items:
            found.setdefault(item.code, item)
    order = {"core": 0, "triggered": 1, "standing": 2}
    return tuple(sorted(found.values(), key=lambda item: (order[item.kind], item.code)))


def length_left(measure: Measure, is_forbidden: bool) -> Left | None:
    """What is wrong with the length or the characters for the channel, None when nothing is."""
    if measure.channel == "x":
        if is_forbidden:
            return Left("length", "characters", "x", "X refuses a character of this text.")
        return None
    if measure.used > measure.limit:
        over = measure.used - measure.limit
        words = f"{measure.used:,} of {measure.limit:,} characters: shorten it by {over:,}."
        return Left("length", "too_long", measure.channel, words)
    return None


def cleared_facts(
    clearance: Clearance, each: ChannelStanding, standing: Standing, profile: Profile
) -> dict[str, object]:
    """What a `cleared` record keeps. Words of a finding that went to safety are left out: they may be a
    patient's data."""
    policy = profile.policy
    return {
        "meaning": "Cleared by the author. Not company approval.",
        "clearance": clearance.id,
        "channel": each.channel,
        "revision": clearance.draft_revision,
        "parts": list(each.content.parts),
        "regions": list(each.content.regions),
        "links": list(each.content.links),
        "content_hash": clearance.content_hash,
        "hash": clearance.hash,
        "packs": [[p.id, p.version, p.sha256, p.review_state] for p in each.result.packs],
        "unread": list(each.result.unread),
        "findings": [
            [f.rule, str(f.level), f.start, f.end, "" if f.lift == "route" else f.quote]
            for f in each.result.findings
        ],
        "dismissals": [list(item) for item in clearance.dismissals],
        "lifted": [[item.finding.rule, item.way, item.detail] for item in each.lifted],
        "stale_dismissals": [[item.rule, item.quote, item.reason] for item in standing.stale],
        "ticks": {item.item.code: item.item.text for item in standing.items if item.is_ticked},
        "policy": policy.version or "recorded" if policy.is_recorded else "company policy not recorded",
    }


def trigger_hash(item: Item, channels: Sequence[ChannelStanding], shows: Shows) -> str:
    """A digest of what in the content asks for this box: a change of it must be ticked anew, a change
    elsewhere can be reconfirmed.

    Core items are asked always. For the others it is the sentences that show the trigger by themselves, or
    all of the content when none does.
    """
    evidence: object
    if item.kind == "core":
        evidence = "always"
    elif item.trigger in DISMISSED:
        evidence = sorted({(d.finding.rule, d.finding.quote) for each in channels for d in each.dismissed})
    else:
        found = {
            sentence
            for each in channels
            if item.trigger in each.result.atoms
            for sentence in sentences_of(each.document.text)
            if shows(each.document, sentence, item.trigger)
        }
        evidence = sorted(found) or contents_hash(each.content for each in channels)
    return digest([item.code, evidence])
