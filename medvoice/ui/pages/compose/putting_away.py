"""What can be done with a whole draft: made, duplicated, put into the archive, taken out of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Desk
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.ui.pages.compose.drafts import Drafts


class PuttingAway(QObject):
    """Each act can be taken back, by the toast and by Ctrl+Z. UI thread only."""

    def __init__(self, drafts: "Drafts") -> None:
        super().__init__(drafts)
        self._drafts = drafts

    def make(self) -> None:
        """A new, empty draft."""

        def work(desk: Desk) -> tuple[str, Changes]:
            made = desk.drafting.create(channels=("linkedin",))
            return made.id, Changes.of(drafts=[made.id])

        self._work(work, self._drafts.made.emit)

    def duplicate(self, draft_id: str) -> None:
        """A copy, open; nothing of it is cleared or planned."""
        self._save_if_open(draft_id)

        def work(desk: Desk) -> tuple[str, Changes]:
            made = desk.drafting.duplicate(draft_id)
            return made.id, Changes.of(drafts=[made.id])

        def done(made_id: str) -> None:
            self._drafts.made.emit(made_id)
            self._tell(
                self.tr("Duplicated"),
                lambda: self._put(made_id, is_archived=True, back_to=draft_id),
                lambda: self._put(made_id, is_archived=False),
            )

        self._work(work, done)

    def archive(self, draft_id: str) -> None:
        """Move a draft to the archive, where it stays for 30 days."""
        self._save_if_open(draft_id)

        def told() -> None:
            self._tell(
                self.tr("Moved to the archive"),
                lambda: self._put(draft_id, is_archived=False),
                lambda: self._put(draft_id, is_archived=True),
            )

        self._put(draft_id, is_archived=True, then=told)

    def restore(self, draft_id: str) -> None:
        """Take a draft out of the archive and open it."""

        def told() -> None:
            self._tell(
                self.tr("Back among the drafts"),
                lambda: self._put(draft_id, is_archived=True),
                lambda: self._put(draft_id, is_archived=False),
            )

        self._put(draft_id, is_archived=False, then=told)

    def _put(
        self,
        draft_id: str,
        *,
        is_archived: bool,
        back_to: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        def work(desk: Desk) -> tuple[Any, Changes]:
            move = desk.drafting.archive if is_archived else desk.drafting.unarchive
            return move(draft_id), Changes.of(drafts=[draft_id])

        def done(_draft: Any) -> None:
            session = self._drafts.session
            is_open = session.draft is not None and session.draft.id == draft_id
            if is_archived and is_open:
                session.close_draft()
                if back_to:
                    self._drafts.chosen.emit(back_to)
            elif not is_archived:
                if is_open:
                    session.reload()
                else:
                    self._drafts.chosen.emit(draft_id)
            if then is not None:
                then()

        self._work(work, done)

    def clear_old(self) -> None:
        """Let go of what lay in the archive for longer than 30 days and was never cleared or scheduled."""
        from medvoice.services.archive import clear_archive

        self._drafts.bridge.work(
            lambda desk: clear_archive(desk.drafting),
            owner=self,
            on_done=lambda ids: self._drafts.reload() if ids else None,
        )

    # Menu

    def menu(self, draft_id: str) -> QMenu:
        """What can be done with a draft of the list."""
        drafts = self._drafts
        menu = QMenu(drafts.list)
        menu.setObjectName("draft_row_menu")
        row = drafts.list.model.row_of(draft_id)
        is_archived = row is not None and row.row.archived
        menu.addAction(self.tr("Open"), lambda: drafts.entered.emit(draft_id))
        menu.addAction(self.tr("Duplicate"), lambda: self.duplicate(draft_id))
        menu.addAction(self.tr("Versions and history"), lambda: drafts.history_wanted.emit(draft_id))
        menu.addSeparator()
        if is_archived:
            menu.addAction(self.tr("Restore from the archive"), lambda: self.restore(draft_id))
        else:
            menu.addAction(self.tr("Move to the archive"), lambda: self.archive(draft_id))
        return menu

    def open_menu(self, draft_id: str, where: QPoint) -> None:
        """Show the menu at a point of the screen."""
        menu = self.menu(draft_id)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    # Telling

    def _save_if_open(self, draft_id: str) -> None:
        session = self._drafts.session
        if session.draft is not None and session.draft.id == draft_id:
            session.save()

    def _tell(self, words: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        self._drafts.toast(words, undo, redo)

    def _work(self, work: Callable[[Desk], Any], done: Callable[[Any], None]) -> None:
        self._drafts.bridge.work(work, owner=self, on_done=done, on_error=self._refused)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self._drafts.toast(sentence_for(problem), None)
