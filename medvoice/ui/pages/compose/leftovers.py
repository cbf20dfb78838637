"""Words that are not in the workspace: those a crash left in the journal, and those of drafts that were
closed before the disk took them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from medvoice.domain.draft import Draft
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.pages.compose.journal import Journal, Unsaved
from medvoice.ui.pages.compose.lanes import take_up
from medvoice.ui.pages.compose.presence import Presence

AGAIN_MS = 5000


class Leftovers(QObject):
    """Brings them in: at the start, and every five seconds while this window holds some. UI thread only."""

    def __init__(self, bridge: Bridge, journal: Journal, presence: Presence, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._journal, self._presence = bridge, journal, presence
        self._held: dict[str, Unsaved] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._bring_in)

    def replay(self, done: Callable[[str], None]) -> None:
        """Take up what a crash left unsaved; `done` gets the id of a draft that it was for, or ""."""
        # What another window has unsaved is its own business.
        left = tuple(each for each in self._journal.read_all() if self._presence.is_free(each.draft_id))
        if not left:
            done("")
            return

        def finish(draft_ids: tuple[str, ...]) -> None:
            for unsaved in left:
                self._journal.remove(unsaved.draft_id)
            done(draft_ids[-1] if draft_ids else "")

        def failed(problem: BaseException) -> None:
            self._bridge.report(problem)
            done("")

        self._bridge.work(
            lambda desk: tuple(filter(None, (take_up(desk, unsaved) for unsaved in left))),
            owner=self,
            on_done=finish,
            on_error=failed,
            changes=lambda ids: Changes.of(drafts=list(ids)),
        )

    def keep(self, unsaved: Unsaved) -> None:
        """Words of a draft that is no longer open: held here and in the journal until they are in."""
        self._held[unsaved.draft_id] = unsaved
        self._again.start()
        try:
            self._journal.write(unsaved)
        except OSError:
            return  # the disk is full; they are held in memory and tried again

    def take(self, draft: Draft) -> Draft:
        """The draft that is being opened, with the words that are held for it."""
        unsaved = self._held.get(draft.id)
        if unsaved is None or not unsaved.follows(draft):
            return draft  # changed elsewhere: bringing in makes a draft of its own of the words
        del self._held[draft.id]
        return unsaved.onto(draft)

    def _bring_in(self) -> None:
        for unsaved in tuple(self._held.values()):
            self._bring(unsaved)

    def _bring(self, unsaved: Unsaved) -> None:
        def done(_draft_id: str) -> None:
            if self._held.get(unsaved.draft_id) is unsaved:
                del self._held[unsaved.draft_id]
                self._journal.remove(unsaved.draft_id)

        def failed(_problem: BaseException) -> None:
            self._again.start()  # it was said when the save did not succeed

        self._bridge.work(
            lambda desk: take_up(desk, unsaved),
            owner=self,
            on_done=done,
            on_error=failed,
            changes=lambda draft_id: Changes.of(drafts=[draft_id] if draft_id else []),
        )
