"""What Compose does on the lanes: read, save, copy and look at a draft. No widget, no signal."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from medvoice.domain.draft import CHANNELS, Draft, Variant, body_offset
from medvoice.domain.errors import StorageError, UserError
from medvoice.ui.bridge import Desk
from medvoice.ui.pages.compose.journal import Unsaved

if TYPE_CHECKING:
    # Named only: opening the last draft at a start makes no finding.
    from medvoice.domain.account import Account
    from medvoice.domain.channel.measure import Measure
    from medvoice.domain.finding import Finding
    from medvoice.domain.outbox import Delivery
    from medvoice.domain.profile import Profile
    from medvoice.services.standing import Standing

REPORTS = "reports"


# A text of a million characters holds the window up for seconds with each key.
MAX_EDITED = 300_000


@dataclass(frozen=True, slots=True)
class Live:
    """What a look at the text on the screen found, saved or not; `at` is when, `known_since` as in Opened."""

    draft: Draft
    standing: "Standing"
    at: datetime
    known_since: datetime | None = None

    @property
    def measures(self) -> "dict[str, Measure]":
        return {each.channel: each.measure for each in self.standing.per_channel}

    @property
    def findings(self) -> "dict[str, tuple[Finding, ...]]":
        return {each.channel: each.result.findings for each in self.standing.per_channel}


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the page shows of a saved draft. `standing` is None right after loading: the check lane
    brings it, so that the rules need not be read before the first word can be typed. `known_since` is when
    the person knew of a possible side effect in it that is not reported yet, None for none."""

    draft: Draft
    standing: "Standing | None"
    deliveries: "tuple[Delivery, ...]"
    profile: "Profile"
    accounts: "tuple[Account, ...]"
    now: datetime
    known_since: datetime | None = None


@dataclass(slots=True)
class Base:
    """What the workspace holds of a draft as far as this window knows. The work lane's own."""

    draft_id: str
    revision: int
    saved: Draft | None = None


def with_variant(draft: Draft, variant: Variant) -> Draft:
    """The draft with this variant in the place of the channel's one."""
    kept = [each for each in draft.variants if each.channel != variant.channel]
    variants = sorted([*kept, variant], key=lambda each: CHANNELS.index(each.channel))
    return replace(draft, variants=tuple(variants))


def with_marks_moved(old: Draft, new: Draft) -> Draft:
    """The new draft with its thread splits at the words where they were; a split whose place was typed over
    is gone."""
    for variant in new.variants:
        if not variant.split_marks:
            continue
        before, after = body_of(old, variant.channel), body_of(new, variant.channel)
        if before == after:
            continue
        head = common_start(before, after)
        tail = common_start(before[head:][::-1], after[head:][::-1])
        grown = len(after) - len(before)
        was, now = body_offset(old, variant.channel), body_offset(new, variant.channel)
        places = (mark - was for mark in variant.split_marks)
        kept = [at if at <= head else at + grown for at in places if at <= head or at >= len(before) - tail]
        new = with_variant(new, replace(variant, split_marks=tuple(at + now for at in kept)))
    return new


def common_start(first: str, second: str) -> int:
    """How many characters both begin with."""
    limit = min(len(first), len(second))
    if first[:limit] == second[:limit]:
        return limit
    return next(at for at in range(limit) if first[at] != second[at])


def body_of(draft: Draft, channel: str) -> str:
    """The channel's words as typed: its own text, or the main text it follows."""
    own = draft.variant(channel).text
    return draft.text if own is None else own


def longest(draft: Draft) -> int:
    """The length of the longest text of a draft."""
    return max(len(draft.title), len(draft.text), *(len(each.text or "") for each in draft.variants), 0)


def read_draft(desk: Desk, draft_id: str, is_checked: bool = True) -> Opened:
    """A draft with its standing (where `is_checked`) and its deliveries. Work lane."""
    from medvoice.store.draft import DraftStore
    from medvoice.store.outbox import OutboxStore

    return Opened(
        DraftStore(desk.db).get(draft_id),  # a start reads its last draft before it needs what changes drafts
        desk.clearing.standing(draft_id) if is_checked else None,
        OutboxStore(desk.db).list(draft_id=draft_id),
        desk.identity.get(),
        desk.accounts.list(),
        desk.clock.now(),
        desk.clearing.store.known_since(draft_id) if is_checked else None,
    )


def save_draft(desk: Desk, draft: Draft, base: Base) -> Opened:
    """Save all of a draft on the revision the save before it left. Work lane. Raises as Drafting.save."""
    saved = desk.drafting.save(
        base.draft_id,
        base.revision,
        title=draft.title,
        text=draft.text,
        variants=draft.variants,
        regions=draft.regions,
        topic_id=draft.topic_id,
        planned_wall=draft.planned_wall,
        planned_zone=draft.planned_zone,
        is_idea=draft.is_idea,
    )
    base.revision, base.saved = saved.revision, draft
    return read_draft(desk, base.draft_id)


def copy_of(desk: Desk, draft: Draft) -> Draft:
    """A new draft with the words and variants of this one. Work lane."""
    topics = {topic.id for topic in desk.topics.list()}
    topic_id = draft.topic_id if draft.topic_id in topics else None
    made = desk.drafting.create(draft.title, draft.text, topic_id, draft.channels_on, draft.is_idea)
    return desk.drafting.save(made.id, made.revision, variants=draft.variants)


def take_up(desk: Desk, unsaved: Unsaved) -> str:
    """Bring journalled words into the workspace: into their draft where nobody else wrote it since, else as a
    draft of their own. The id, "" when nothing was lost. Work lane."""
    try:
        kept = desk.drafting.get(unsaved.draft_id)
    except UserError:
        kept = None
    if kept is not None:
        words = unsaved.onto(kept)
        if words == kept:
            return ""
        if unsaved.follows(kept):
            desk.drafting.save(
                kept.id, kept.revision, title=words.title, text=words.text, variants=words.variants
            )
            return kept.id
        return copy_of(desk, words).id
    return desk.drafting.create(unsaved.title, unsaved.text).id


def look_at(desk: Desk, draft: Draft) -> Live:
    """Where the text on the screen stands, saved or not. Check lane; nothing is written."""
    from medvoice.services.standing import Standing

    looking = desk.clearing.looking
    channels = looking.look(draft, desk.identity.get())
    items = looking.item_standings(draft, channels)
    left = looking.left(draft, channels, items)
    known_since = desk.clearing.store.known_since(draft.id)
    stale = desk.clearing.looking.stale(draft, channels)
    return Live(draft, Standing(draft, channels, items, left, stale), desk.clock.now(), known_since)


def write_report(folder: Path, text: str) -> Path:
    """Keep a report about a wrong finding as a file of its own in `folder`. Any lane. Raises StorageError
    `home_unusable`."""
    from hashlib import sha256

    digest = sha256(text.encode()).hexdigest()[:8]
    path = folder / f"finding-{digest}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise StorageError("home_unusable", path=str(folder)) from problem
    return path
