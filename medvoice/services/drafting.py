"""Writing: drafts made, saved, kept in versions, archived. An edit of what could be published voids what
was cleared and holds what waits to be sent, all in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum

from medvoice.domain.clock import Clock, wall_to_utc
from medvoice.domain.draft import CHANNELS, Draft, Variant, channel_text
from medvoice.domain.errors import UserError
from medvoice.domain.finding import REGIONS
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import ENDED, PartState
from medvoice.domain.profile import Profile
from medvoice.services.identity import Identity
from medvoice.store.congress import CongressStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftFilter, DraftRow, DraftStore, DraftVersion
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore
from medvoice.store.topic import TopicStore

# Autosave runs every second or so; a state is kept when the last kept one is this old.
VERSION_EVERY = timedelta(minutes=5)
ARCHIVE_DAYS = 30
CHANGED = "changed"


class Unset(Enum):
    """The default of an argument for which None means something."""

    UNSET = "unset"


class Drafting:
    """Use cases of drafts over one connection; call from the thread that owns it. Raises StorageError."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.store = DraftStore(db)
        self.outbox = OutboxStore(db)
        self.records = RecordStore(db)
        self.topics = TopicStore(db)
        self.identity = Identity(db)

    def create(
        self,
        title: str = "",
        text: str = "",
        topic_id: str | None = None,
        channels: Sequence[str] = ("linkedin",),
        is_idea: bool = False,
        regions: Sequence[str] = (),
    ) -> Draft:
        """A new draft with a variant for every channel, those in `channels` on, for the profile's regions.

        The profile's own disclosure sentence, where the person wrote one, is added at the end of each; X gets
        a short one.
        Raises UserError `channel_unknown`, `region_unknown`, `topic_unknown`.
        """
        for channel in channels:
            if channel not in CHANNELS:
                raise UserError("channel_unknown", channel=channel)
        profile = self.identity.get()
        now = self.clock.now()
        draft = Draft(
            id=new_id("d"),
            title=clean(title),
            text=clean(text),
            topic_id=topic_id,
            audience="",
            regions=tuple(regions) or profile.regions,
            variants=tuple(
                Variant(channel, is_on=channel in channels, disclaimer=_own_sentence(channel, profile))
                for channel in CHANNELS
            ),
            revision=1,
            is_idea=is_idea,
            planned_wall="",
            planned_zone="",
            created_at=now,
            updated_at=now,
        )
        with transaction(self.db):
            self._refuse_unknown(draft)
            self.store.add(draft)
        return draft

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises UserError `draft_unknown`."""
        return self.store.get(draft_id)

    def list(
        self,
        archived: bool | None = False,
        *,
        is_idea: bool | None = None,
        topic_id: str | None = None,
        channel: str | None = None,
        limit: int | None = None,
    ) -> "tuple[DraftRow, ...]":
        """Rows, last changed first; None means either."""
        return self.store.list(DraftFilter(archived, is_idea, topic_id, channel, limit))

    def search(self, query: str, limit: int = 50) -> "tuple[DraftRow, ...]":
        """Drafts that hold all words of `query`, last changed first. See `DraftStore.search`."""
        return self.store.search(query, limit)

    def save(
        self,
        draft_id: str,
        expected_revision: int,
        *,
        title: str | None = None,
        text: str | None = None,
        variants: Sequence[Variant] | None = None,
        regions: Sequence[str] | None = None,
        audience: str | None = None,
        topic_id: str | Unset | None = Unset.UNSET,
        planned_wall: str | None = None,
        planned_zone: str | None = None,
        is_idea: bool | None = None,
    ) -> Draft:
        """Save what is given, if the draft still has `expected_revision`.

        The revision rises only when something changed that could be published, or its audience; then
        clearances are voided, ticks fall and deliveries that wait are held. Lone surrogates and NUL, which
        no network takes, are kept as U+FFFD.
        Raises UserError `draft_changed_elsewhere`, `draft_unknown`, `channel_unknown`, `region_unknown`,
        `topic_unknown`, `time_unreadable`, `time_skipped`, `zone_unknown`.
        """
        with transaction(self.db):
            old = self.store.get(draft_id)
            if old.revision != expected_revision:
                raise UserError(
                    "draft_changed_elsewhere", id=draft_id, expected=expected_revision, revision=old.revision
                )
            new = replace(
                old,
                title=old.title if title is None else clean(title),
                text=old.text if text is None else clean(text),
                variants=old.variants if variants is None else tuple(map(_clean_variant, variants)),
                regions=old.regions if regions is None else tuple(dict.fromkeys(regions)),
                audience=old.audience if audience is None else clean(audience),
                topic_id=old.topic_id if isinstance(topic_id, Unset) else topic_id,
                planned_wall=old.planned_wall if planned_wall is None else planned_wall,
                planned_zone=old.planned_zone if planned_zone is None else planned_zone,
                is_idea=old.is_idea if is_idea is None else is_idea,
            )
            return self._write(old, new)

    def keep_version(self, draft_id: str, why: str = "named", name: str = "") -> DraftVersion:
        """Keep the present state for good, under a name if the person gave one."""
        with transaction(self.db):
            return self.store.get_version(draft_id, self._keep(self.store.get(draft_id), why, name))

    def versions(self, draft_id: str) -> "tuple[DraftVersion, ...]":
        """All kept states, newest first."""
        return self.store.versions(draft_id)

    def restore_version(self, draft_id: str, number: int) -> Draft:
        """Bring a kept state's text, variants and regions back, as a new revision; the present state is kept
        first. Raises UserError `version_unknown`."""
        with transaction(self.db):
            old = self.store.get(draft_id)
            kept = self.store.get_version(draft_id, number).snapshot
            self._keep(old, "before_restore")
            new = replace(
                old,
                title=kept.title,
                text=kept.text,
                variants=kept.variants,
                regions=kept.regions,
                audience=kept.audience,
            )
            return self._write(old, new)

    def archive(self, draft_id: str) -> Draft:
        """Put a draft away. Raises UserError `draft_in_queue` while something of it waits to be sent."""
        with transaction(self.db):
            self.store.get(draft_id)
            for delivery in self.outbox.list(draft_id=draft_id):
                if any(part.state not in ENDED | {PartState.MISSED} for part in delivery.parts):
                    raise UserError("draft_in_queue", id=draft_id, delivery=delivery.id)
            self.store.set_archived(draft_id, self.clock.now())
            return self.store.get(draft_id)

    def unarchive(self, draft_id: str) -> Draft:
        """Take a draft out of the archive."""
        with transaction(self.db):
            self.store.get(draft_id)
            self.store.set_archived(draft_id, None)
            return self.store.get(draft_id)

    def duplicate(self, draft_id: str) -> Draft:
        """A fresh copy: nothing of it is cleared, ticked, dismissed or planned. It draws on the same
        abstracts: a copy is no way around an embargo."""
        with transaction(self.db):
            old = self.store.get(draft_id)
            now = self.clock.now()
            copy = replace(
                old,
                id=new_id("d"),
                revision=1,
                planned_wall="",
                planned_zone="",
                created_at=now,
                updated_at=now,
                archived_at=None,
            )
            self.store.add(copy)
            CongressStore(self.db).copy_links(old.id, copy.id)
        return copy

    def remove_forever(self, draft_id: str) -> None:
        """Delete a draft that lies in the archive for 30 days or more.

        Raises UserError `not_archived`, `archived_too_recently` (params until), and `draft_has_records` for
        one that was ever cleared, routed or scheduled: its trail is kept.
        """
        with transaction(self.db):
            draft = self.store.get(draft_id)
            if draft.archived_at is None:
                raise UserError("not_archived", id=draft_id)
            until = draft.archived_at + timedelta(days=ARCHIVE_DAYS)
            if self.clock.now() < until:
                raise UserError("archived_too_recently", id=draft_id, until=until)
            self.store.remove(draft_id)

    def _write(self, old: Draft, new: Draft) -> Draft:
        """Inside a transaction."""
        self._refuse_unknown(new)
        if new == old:
            return old
        now = self.clock.now()
        new = replace(new, updated_at=now)
        if publishable(old) != publishable(new):
            new = replace(new, revision=old.revision + 1)
            last_kept_at = self.store.last_version_at(old.id)
            if last_kept_at is None or now - last_kept_at >= VERSION_EVERY:
                self._keep(old, "saved")
            self._unsettle(old)
        return self.store.save(new, old.revision)

    def _unsettle(self, draft: Draft) -> None:
        """Take back what rested on the old content."""
        now = self.clock.now()
        from medvoice.store.clearance import ClearanceStore  # not needed to list and open drafts at a start

        clearances = ClearanceStore(self.db)
        voided = clearances.void(draft.id, CHANGED, now)
        clearances.drop_ticks(draft.id, now)
        held = self.outbox.hold_unsent(draft.id, CHANGED)
        if voided or held:
            facts: dict[str, object] = {
                "revision": draft.revision,
                "voided": voided,
                "held": [delivery.id for delivery in held],
            }
            by = self.identity.get().name
            self.records.append(CHANGED, by, draft.id, "", facts, now)

    def _keep(self, draft: Draft, why: str, name: str = "") -> int:
        return self.store.add_version(draft.id, draft.revision, draft, why, clean(name), self.clock.now())

    def _refuse_unknown(self, draft: Draft) -> None:
        for variant in draft.variants:
            if variant.channel not in CHANNELS:
                raise UserError("channel_unknown", channel=variant.channel)
        for region in draft.regions:
            if region not in REGIONS:
                raise UserError("region_unknown", region=region)
        if draft.topic_id is not None:
            self.topics.get(draft.topic_id)
        if draft.planned_wall:
            wall_to_utc(draft.planned_wall, draft.planned_zone)


def publishable(draft: Draft) -> object:
    """What an edit must change to be an edit of the content: texts of the channels that are on, how they
    are split, regions and audience. Outer white space is never posted and does not count."""
    channels = tuple(
        (variant.channel, channel_text(draft, variant.channel), variant.is_numbered, variant.split_marks)
        for variant in sorted(draft.variants, key=lambda variant: variant.channel)
        if variant.is_on
    )
    main = "" if channels else draft.text.strip()
    return (channels, main, tuple(sorted(draft.regions)), draft.audience)


def clean(text: str) -> str:
    """The text with each lone surrogate and NUL as U+FFFD: SQLite and the networks take neither."""
    return (
        "".join(
            "\ufffd" if "\ud800" <= character <= "\udfff" or character == "\x00" else character
            for character in text
        )
        if _is_unclean(text)
        else text
    )


def _is_unclean(text: str) -> bool:
    if "\x00" in text:
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _clean_variant(variant: Variant) -> Variant:
    return replace(
        variant,
        text=None if variant.text is None else clean(variant.text),
        disclaimer=clean(variant.disclaimer),
    )


def _own_sentence(channel: str, profile: Profile) -> str:
    """What a new draft carries on a channel: nothing where the person wrote no sentence of their own."""
    from medvoice.services.whose_view import sentence_on  # reads the disclaimers of the packs

    return clean(sentence_on(channel, profile)) if profile.disclosure.strip() else ""
