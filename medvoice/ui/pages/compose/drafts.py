"""The draft list and the workspace: filling, searching, judging, making and archiving drafts."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.pages.compose.draft_list import DraftList
from medvoice.ui.pages.compose.rows import JUDGED, Loaded, judge_rows, listed, load_rows
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.store.draft import DraftRow

Toast = Callable[[str, Callable[[], None] | None], None]


class Drafts(QObject):
    """`filled(first draft's id)`, `topics_read(topics)`, `empty()` when there is no draft at all;
    `chosen(id)` when the person wants one shown, `entered(id)` to go into it, `made(id)` for a new one."""

    filled = Signal(str)
    chosen = Signal(str)
    entered = Signal(str)
    made = Signal(str)
    topics_read = Signal(object)
    empty = Signal()

    def __init__(self, theme: Theme, bridge: Bridge, session: Session, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self.bridge, self.session, self.toast = bridge, session, toast
        self.list = DraftList(theme)
        self._verdicts: dict[tuple[str, int], str] = {}
        self._rows: tuple[DraftRow, ...] = ()
        self._slots: dict[str, str] = {}
        self._now: datetime | None = None
        self._query = ""
        self._is_judging = False
        self._may_judge = False
        self._current = ""
        self.list.searched.connect(self._search)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.entered)
        self.list.new_requested.connect(self.make)
        self.list.archive_requested.connect(self.archive)
        bridge.changed.connect(self._changed)

    def reload(self) -> None:
        """Read the list again."""
        query = self._query
        self.bridge.work(lambda desk: load_rows(desk, query), owner=self, on_done=self._loaded)

    def select(self, draft_id: str) -> None:
        """Mark the draft that is open."""
        self._current = draft_id
        self._fill()

    def _search(self, query: str) -> None:
        self._query = query
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes.drafts or changes.deliveries or changes.topics or changes.is_profile:
            if changes.is_profile:
                self._verdicts.clear()
            self.reload()

    def _loaded(self, found: Loaded) -> None:
        self._rows, self._now = found.rows, found.now
        self._slots = {topic.id: topic.slot for topic in found.topics}
        self.topics_read.emit(found.topics)
        self._fill()
        if self._rows:
            self.filled.emit(self._rows[0].id)
        elif not self._query:
            self.empty.emit()
        self._judge()

    def _fill(self) -> None:
        if self._now is not None:
            self.list.fill(listed(self._rows, self._slots, self._verdicts), self._now, self._current)

    def begin_judging(self) -> None:
        """The first draft is open: the rules may be read now, for the marks of the others."""
        self._may_judge = True
        self._judge()

    def _judge(self) -> None:
        """Look at drafts nobody looked at in this revision, newest first, a few at a time."""
        if self._is_judging or not self._may_judge:
            return
        waiting = tuple(
            row
            for row in self._rows
            if not row.delivery_state and not row.is_idea and (row.id, row.revision) not in self._verdicts
        )[:JUDGED]
        if waiting:
            self._is_judging = True
            self.bridge.check(
                lambda desk: judge_rows(desk, waiting),
                owner=self,
                on_done=self._judged,
                on_error=self._not_judged,
            )

    def _not_judged(self, problem: BaseException) -> None:
        """The rows stay without a verdict until the list is read again."""
        self._is_judging = False
        self.bridge.report(problem)

    def _judged(self, verdicts: dict[tuple[str, int], str]) -> None:
        self._is_judging = False
        self._verdicts |= verdicts
        self._fill()
        self._judge()

    def make(self) -> None:
        """A new, empty draft, open and ready to type."""
        self.session.save()
        if self.list.search.text():
            self.list.search.clear()
        open_now = self.session.draft
        if open_now is not None and not open_now.title and not open_now.text.strip():
            self.made.emit(open_now.id)  # this one is still empty
            return

        def work(desk: Desk) -> tuple[str, Changes]:
            made = desk.drafting.create(channels=("linkedin",))
            return made.id, Changes.of(drafts=[made.id])

        self.bridge.work(work, owner=self, on_done=self.made.emit)

    def archive(self, draft_id: str) -> None:
        """Move a draft to the archive; the toast brings it back."""
        if self.session.draft is not None and self.session.draft.id == draft_id:
            self.session.save()
        self._put(draft_id, True)

    def _put(self, draft_id: str, is_archived: bool) -> None:
        def work(desk: Desk) -> tuple[Any, Changes]:
            if is_archived:
                return desk.drafting.archive(draft_id), Changes.of(drafts=[draft_id])
            return desk.drafting.unarchive(draft_id), Changes.of(drafts=[draft_id])

        def done(_draft: Any) -> None:
            if is_archived:
                if self.session.draft is not None and self.session.draft.id == draft_id:
                    self.session.close_draft()
                self.toast(self.tr("Moved to the archive"), lambda: self._put(draft_id, False))
            else:
                self.chosen.emit(draft_id)

        self.bridge.work(work, owner=self, on_done=done, on_error=self._refused)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.toast(sentence_for(problem), None)
