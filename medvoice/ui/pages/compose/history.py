"""Versions of the open draft: read, compared with now, named, brought back and taken back again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from medvoice.domain.draft import CHANNEL_NAMES, Draft
from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Desk
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.services.versions import VersionLine
    from medvoice.ui.pages.compose.history_tab import HistoryTab
    from medvoice.ui.pages.compose.page import ComposePage
    from medvoice.ui.pages.compose.text_diff import Compared

KEY = "history"


class History(QObject):
    """The tab is made when it is first asked for, and read while it is in front. UI thread only."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        self._tab: HistoryTab | None = None
        self._draft_id = ""
        self._wanted = ""
        page.pane.chosen.connect(self._pane_chosen)
        page.session.opened.connect(lambda _opened: self._opened())

    @property
    def tab(self) -> "HistoryTab":
        """The page of the right pane."""
        if self._tab is None:
            from medvoice.ui.pages.compose.history_tab import HistoryTab

            self._tab = HistoryTab(self.page.theme)
            self._tab.opened.connect(self._compare)
            self._tab.restore_requested.connect(self.restore)
            self._tab.named.connect(self._name)
            self._tab.keep_requested.connect(self.keep)
            self.page.pane.add(KEY, self.tr("History"), self._tab)
        return self._tab

    # Showing

    def show(self) -> None:
        """Bring the versions of the open draft to the person."""
        if self.page.session.draft is None:
            return
        self.page.pane.setVisible(True)
        tab = self.tab
        self.page.pane.show_page(KEY)
        tab.setFocus(Qt.FocusReason.ShortcutFocusReason)
        tab.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_for(self, draft_id: str) -> None:
        """Open a draft and show its versions."""
        draft = self.page.session.draft
        if draft is not None and draft.id == draft_id:
            self.show()
        else:
            self._wanted = draft_id
            self.page.drafts.chosen.emit(draft_id)

    def _opened(self) -> None:
        draft = self.page.session.draft
        if draft is None:
            return
        if draft.id == self._wanted:
            self._wanted = ""
            self.show()
        elif self._is_shown():
            self.reload()

    def _is_shown(self) -> bool:
        return self._tab is not None and self.page.pane.current() == KEY and self._tab.isVisible()

    def _pane_chosen(self, key: str) -> None:
        if key == KEY:
            self.reload()

    def reload(self) -> None:
        """Read the list again."""
        draft = self.page.session.draft
        if draft is None or self._tab is None:
            return
        draft_id = draft.id
        if draft_id != self._draft_id:
            self._tab.close_version()
            self._draft_id = draft_id

        def work(desk: Desk) -> "tuple[VersionLine, ...]":
            from medvoice.services.versions import list_versions
            from medvoice.ui.pages.compose.history_tab import SHOWN

            return list_versions(desk.drafting, draft_id, SHOWN)

        self.page.bridge.work(work, owner=self, on_done=partial(self._read, draft_id))

    def _read(self, draft_id: str, lines: "tuple[VersionLine, ...]") -> None:
        if self._tab is not None and draft_id == self._draft_id:
            zone = self.page.planning.facts.profile.zone
            self._tab.show_versions(lines, zone, self.page.planning.now())

    def _compare(self, number: int) -> None:
        """Off the window's thread: long texts take their time."""
        now = self.page.session.on_screen()
        if now is None:
            return
        draft_id, tab = now.id, self.tab

        def work(desk: Desk) -> "tuple[Compared, ...]":
            from medvoice.services.versions import state_of
            from medvoice.ui.pages.compose.text_diff import compare_drafts

            return compare_drafts(state_of(desk.drafting, draft_id, number, now), now)

        self.page.bridge.check(
            work,
            owner=self,
            on_done=lambda found: tab.show_difference(number, found),
            on_error=self._refused,
        )

    # Acting

    def keep(self, name: str = "") -> None:
        """Keep the present text as a version, after it is saved."""
        draft = self.page.session.draft
        if draft is None:
            return
        draft_id = draft.id

        def go() -> None:
            self._work(partial(_keep, draft_id=draft_id, name=name), self.tr("This version is kept"))

        self.page.session.save()
        self.page.session.after_saving(go)

    def keep_before_fix(self) -> None:
        """A suggested wording is about to be used: keep what stands there. The lane keeps the order."""
        draft = self.page.session.draft
        if draft is not None:
            self.page.session.save()
            self.page.bridge.work(lambda desk: desk.drafting.keep_version(draft.id, "before_fix"), owner=self)

    def _name(self, number: int, name: str) -> None:
        words = self.tr("Named “{name}”").format(name=name) if name else self.tr("The name is gone")
        self._work(partial(_name, draft_id=self._draft_id, number=number, name=name), words)

    def restore(self, number: int) -> None:
        """Bring a version back; Undo brings back what stood here."""
        draft = self.page.session.draft
        if draft is None:
            return

        def go() -> None:
            self.page.bridge.work(
                partial(_restore, draft_id=draft.id, number=number),
                owner=self,
                on_done=partial(self._restored, draft, number),
                on_error=self._refused,
                changes=Changes.of(drafts=[draft.id]),
            )

        self.page.session.save()
        self.page.session.after_saving(go)

    def _restored(self, draft: Draft, number: int, before: int) -> None:
        self.page.session.reload()
        put = partial(self._put, draft.id)
        self.page.toast(self.tr("The version is back"), partial(put, before), partial(put, number))

    def _put(self, draft_id: str, number: int) -> None:
        """Bring a version back without a word; for Undo and Redo."""
        self.page.session.save()
        self.page.bridge.work(
            partial(_restore, draft_id=draft_id, number=number),
            owner=self,
            on_done=lambda _before: self.page.session.reload(),
            on_error=self._refused,
            changes=Changes.of(drafts=[draft_id]),
        )

    def _work(self, work: "partial[None]", words: str) -> None:
        def done(_value: object) -> None:
            self.page.toast(words, None)
            if self._is_shown():
                self.reload()

        self.page.bridge.work(work, owner=self, on_done=done, on_error=self._refused)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.page.toast(sentence_for(problem), None)

    # A channel beside the main text

    def compare_channel(self, channel: str) -> None:
        """What a channel's own text has otherwise than the main text."""
        from medvoice.ui.pages.compose.variant_popover import VariantPopover

        draft = self.page.session.on_screen()
        if draft is None or draft.variant(channel).text is None:
            return
        popover = VariantPopover(self.page.theme, self.page, draft, channel, CHANNEL_NAMES[channel])
        popover.follow_requested.connect(lambda: self.page.acts.set_own_text(channel, False))
        popover.show_below(self.page.column.more, is_right_aligned=True)


def _keep(desk: Desk, draft_id: str, name: str) -> None:
    from medvoice.services.versions import keep_version

    keep_version(desk.drafting, draft_id, name)


def _name(desk: Desk, draft_id: str, number: int, name: str) -> None:
    from medvoice.services.versions import name_version

    name_version(desk.drafting, draft_id, number, name)


def _restore(desk: Desk, draft_id: str, number: int) -> int:
    from medvoice.services.versions import restore

    return restore(desk.drafting, draft_id, number)[1]
