"""What the person answered in the pane, noted on the window's stack so that Ctrl+Z takes it back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Desk
from medvoice.ui.pages.compose.lanes import with_variant

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.page import ComposePage


class TakingBack(QObject):
    """Notes ticks, regions and sentences, each for the draft it was done on, whichever is open when it is
    taken back. A dismissal is noted by its toast."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        tab = page.compliance
        tab.ticked.connect(self.note_tick)
        tab.reconfirm_requested.connect(self.note_reconfirmed)
        tab.regions_chosen.connect(self.set_regions)
        tab.disclaimer_switched.connect(self.note_disclaimer)
        page.preview.marks_changed.connect(self.set_splits)
        page.preview.numbered.connect(self.set_numbered)
        page.planning.time_chosen.connect(self.set_time)
        page.column.topic_chosen.connect(self.set_topic)
        page.column.idea_switched.connect(self.set_idea)

    def _push(self, label: str, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        from medvoice.ui.commands import UndoStack

        UndoStack.of(self.page).push(label, undo, redo)

    def _on(self, draft_id: str, act: Callable[[Desk, str], object]) -> None:
        """Act on a draft on the work lane, after what is on the screen is saved. The pane shows it then."""

        def go() -> None:
            self.page.bridge.work(
                lambda desk: act(desk, draft_id),
                owner=self,
                changes=Changes.of(drafts=[draft_id], deliveries=["*"]),
            )

        self.page.session.save()
        self.page.session.after_saving(go)

    def note_tick(self, code: str, is_on: bool) -> None:
        """A box was ticked or unticked."""
        draft, by = self.page.session.draft, self.page.planning.facts.profile.name.strip() or self.tr("you")
        row = self.page.compliance.rows.get(code)
        if draft is None or row is None:
            return
        draft_id = draft.id

        def put(wanted: bool) -> None:
            if wanted:
                self._on(draft_id, lambda desk, draft_id: desk.clearing.tick(draft_id, code, by))
            else:
                self._on(draft_id, lambda desk, draft_id: desk.clearing.untick(draft_id, code, by))

        words = self.tr("Tick: {what}") if is_on else self.tr("Untick: {what}")
        self._push(words.format(what=row.text()), lambda: put(not is_on), lambda: put(is_on))

    def note_reconfirmed(self) -> None:
        """What still holds was ticked again in one act, and is unticked in one."""
        draft, standing = self.page.session.draft, self.page.standing
        by = self.page.planning.facts.profile.name.strip() or self.tr("you")
        if draft is None or standing is None:
            return
        codes = tuple(item.item.code for item in standing.items if item.can_reconfirm)
        draft_id = draft.id

        def untick(desk: Desk, draft_id: str) -> object:
            return [desk.clearing.untick(draft_id, code, by) for code in codes]

        def tick(desk: Desk, draft_id: str) -> object:
            return [desk.clearing.tick(draft_id, code, by) for code in codes]

        if codes:
            self._push(
                self.tr("Reconfirm {n} checks").format(n=len(codes)),
                lambda: self._on(draft_id, untick),
                lambda: self._on(draft_id, tick),
            )

    def set_regions(self, regions: tuple[str, ...]) -> None:
        """The person chose other regions for the open draft."""
        self.change(self.tr("Change of regions"), regions=regions)

    def set_topic(self, topic_id: str) -> None:
        """The person chose a topic for the open draft, "" for none."""
        self.change(self.tr("Change of topic"), topic_id=topic_id or None)

    def set_idea(self, is_idea: bool) -> None:
        """The draft is only an idea, or one no more."""
        words = self.tr("Marked as an idea") if is_idea else self.tr("An idea no more")
        self.change(words, is_idea=is_idea)

    def set_time(self, wall: str, zone: str) -> None:
        """The person chose when to post; nothing is planned yet."""
        self.change(self.tr("Choice of a time"), planned_wall=wall, planned_zone=zone)

    def change(self, label: str, **changes: Any) -> None:
        """Change fields of the open draft (see domain.draft.Draft) and note how to take that back."""
        draft = self.page.session.draft
        if draft is None:
            return
        draft_id, before = draft.id, {name: getattr(draft, name) for name in changes}
        self._put(draft_id, changes)
        if before != changes:
            self._push(label, lambda: self._put(draft_id, before), lambda: self._put(draft_id, changes))

    def _put(self, draft_id: str, changes: dict[str, Any]) -> None:
        session = self.page.session
        if session.draft is not None and session.draft.id == draft_id:
            session.change(**changes)
            session.live_check.check_now()
            return

        def save(desk: Desk, draft_id: str) -> object:
            kept = desk.drafting.get(draft_id)
            return desk.drafting.save(draft_id, kept.revision, **changes)

        self._on(draft_id, save)

    def note_disclaimer(self, channel: str, is_on: bool) -> None:
        """The sentence of a channel was switched."""
        draft = self.page.session.draft
        if draft is None:
            return
        draft_id, before = draft.id, draft.variant(channel).disclaimer

        def put(wanted: bool) -> None:
            session = self.page.session
            if session.draft is not None and session.draft.id == draft_id:
                if wanted and not before:
                    self.page.planning.switch_disclaimer(channel, True)
                else:
                    session.set_variant(channel, disclaimer=before if wanted else "")
                return
            self._on(draft_id, lambda desk, draft_id: _save_sentence(desk, draft_id, channel, wanted, before))

        name = CHANNEL_NAMES[channel]
        words = self.tr("Disclaimer on for {channel}") if is_on else self.tr("Disclaimer off for {channel}")
        self._push(words.format(channel=name), lambda: put(not is_on), lambda: put(is_on))

    def set_splits(self, marks: tuple[int, ...]) -> None:
        """The person moved, made or took away a split of the X thread."""
        self.change_variant("x", self.tr("Change of a split"), split_marks=marks)

    def set_numbered(self, is_on: bool) -> None:
        """The person wants the posts of the thread numbered, or not."""
        words = self.tr("Numbers on") if is_on else self.tr("Numbers off")
        self.change_variant("x", words, is_numbered=is_on)

    def set_channel(self, channel: str, is_on: bool) -> None:
        """The person switched a channel."""
        words = self.tr("{channel} on") if is_on else self.tr("{channel} off")
        self.change_variant(channel, words.format(channel=CHANNEL_NAMES[channel]), is_on=is_on)

    def change_variant(self, channel: str, label: str, **changes: Any) -> None:
        """Change what a channel has of its own (see domain.draft.Variant) in the open draft, and note how to
        take that back."""
        draft = self.page.session.draft
        if draft is None:
            return
        draft_id, kept = draft.id, {name: getattr(draft.variant(channel), name) for name in changes}
        put = partial(self.put_variant, draft_id, channel)
        put(changes)
        self._push(label, lambda: put(kept), lambda: put(changes))

    def put_variant(self, draft_id: str, channel: str, changes: dict[str, Any]) -> None:
        """The change alone, on whichever draft; nothing is noted."""
        page, session = self.page, self.page.session
        if session.draft is not None and session.draft.id == draft_id:
            if changes.get("text", "") is None and session.layer == channel:
                page.show_layer("")  # what is typed from here on is the main text's
            session.set_variant(channel, **changes)
            session.live_check.check_now()
            return

        def save(desk: Desk, draft_id: str) -> object:
            kept = desk.drafting.get(draft_id)
            variant = replace(kept.variant(channel), **changes)
            return desk.drafting.save(draft_id, kept.revision, variants=with_variant(kept, variant).variants)

        self._on(draft_id, save)


def _save_sentence(desk: Desk, draft_id: str, channel: str, wanted: bool, before: str) -> object:
    kept = desk.drafting.get(draft_id)
    sentence = (before or desk.clearing.disclaimer_for(kept, channel)) if wanted else ""
    variant = replace(kept.variant(channel), disclaimer=sentence)
    return desk.drafting.save(draft_id, kept.revision, variants=with_variant(kept, variant).variants)
