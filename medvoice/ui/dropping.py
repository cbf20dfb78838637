"""What is dropped on the window: links and words become ideas, files become drafts, each with Undo.

Text fields and the calendar take their own drops first; only what they leave comes here.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.strings import sentence_for

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk
    from medvoice.ui.main_window import MainWindow
    from medvoice.ui.models.drop_offer import DropOffer
    from medvoice.ui.widgets.drop_veil import DropVeil

# From one part of the window to the next a drag leaves and comes back at once.
AWAY_MS = 80
ALL = Changes.of(drafts=["*"])


class Dropping(QObject):
    """Takes drops for a window that can be used. UI thread only; ends with the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.offer: DropOffer | None = None
        self.veil: DropVeil | None = None
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(AWAY_MS)
        self._away.timeout.connect(self._lift)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self.offer = None
            self._away.start()
            return True
        if isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if isinstance(event, QDragMoveEvent):
            return self._move(event)
        if isinstance(event, QDropEvent):
            return self._drop(event)
        if event.type() == QEvent.Type.Resize and self.veil is not None:
            self.veil.setGeometry(self._window.rect())
        return False

    def _say(self, offer: "DropOffer") -> None:
        from medvoice.ui.widgets.drop_veil import DropVeil

        if self.veil is None:
            self.veil = DropVeil(self._window.theme, self._window)
        self._away.stop()
        self.veil.say(offer)

    def _lift(self) -> None:
        self._away.stop()
        if self.veil is not None:
            self.veil.hide()

    def _enter(self, event: QDragEnterEvent) -> bool:
        from medvoice.ui.models.drop_offer import read_offer

        # Words drawn out of a text of ours would leave it.
        self.offer = None if event.source() is not None else read_offer(event.mimeData())
        if self.offer is None or not _way(event):
            event.ignore()
            return True
        self._say(self.offer)
        # One that will be refused is taken too: only then do we hear when it goes.
        event.setDropAction(_way(event))
        event.accept()
        return True

    def _move(self, event: QDragMoveEvent) -> bool:
        if self.offer is None or self.offer.refusal:
            event.ignore()
        else:
            event.setDropAction(_way(event))
            event.accept()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._lift()
        offer, self.offer = self.offer, None
        if offer is None:
            event.ignore()
        elif offer.refusal:
            event.ignore()
            self._window.tell(f"{offer.refusal}.")
        else:
            event.setDropAction(_way(event))
            event.accept()
            self.take(offer)
        return True

    def take(self, offer: "DropOffer") -> None:
        """Do what a drop of it means."""
        if offer.paths:
            from medvoice.ui.bring_in import bring_in

            bring_in(self._window, offer.paths)
            return

        def act(desk: "Desk") -> tuple[str, ...]:
            if offer.words:
                return (desk.ideas.add(offer.words, way="dropped").id,)
            return tuple(each.id for each in desk.ideas.add_links([(x.url, x.title) for x in offer.links]))

        self._window.bridge.work(act, owner=self, on_done=self._kept, on_error=self._refused, changes=ALL)

    def _kept(self, ids: tuple[str, ...]) -> None:
        from medvoice.ui.capture import tell_kept

        tell_kept(self._window, ids)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self._window.tell(sentence_for(problem))
        else:
            self._window.bridge.report(problem)


def _way(event: QDropEvent) -> Qt.DropAction:
    """A copy, never a move: what is dropped stays where it came from. `IgnoreAction` where neither that nor
    a link to it is offered; it counts as False."""
    possible = event.possibleActions()
    for way in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if possible & way:
            return way
    return Qt.DropAction.IgnoreAction
