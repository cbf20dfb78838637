"""A likely topic for the open draft, on the button that asks for one: seen, never set by itself."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from medvoice.domain.draft import Draft
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Desk

if TYPE_CHECKING:
    from medvoice.services.likely_topic import Guess
    from medvoice.services.topic_guessing import TopicGuessing
    from medvoice.ui.pages.compose.page import ComposePage

# Looked for when the text is at rest: after it was saved, and then some.
AT_REST_MS = 700
# Fewer words say too little, and a draft that has just been begun is left alone.
LEAST_WORDS = 5
MARK = "lightbulb"


class TopicOffer(QObject):
    """UI thread only; guessed on the work lane. What comes for words that are gone by then is dropped."""

    def __init__(self, page: "ComposePage") -> None:
        super().__init__(page)
        self.page = page
        self.guess: Guess | None = None
        self._of: tuple[str, int] = ("", 0)
        self._asked = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AT_REST_MS)
        self._soon.timeout.connect(self._look)
        page.session.opened.connect(lambda _opened: self._opened())
        page.bridge.changed.connect(self._workspace_changed)
        page.column.topic_menu.connect(self._add_to)

    @property
    def is_at_rest(self) -> bool:
        """Whether the words as they stand were looked at."""
        draft = self.page.session.draft
        return draft is not None and self._of == (draft.id, draft.revision) and self._asked == 0

    def _opened(self) -> None:
        draft = self.page.session.draft
        if draft is None:
            return
        if draft.topic_id is not None or (self.guess and self._of[0] != draft.id):
            self._show(None)
        if draft.topic_id is None and self._of != (draft.id, draft.revision):
            self._soon.start()

    def _workspace_changed(self, changes: Changes) -> None:
        if changes.topics:
            self._of = ("", 0)
            self._opened()

    def _look(self) -> None:
        page = self.page
        draft = page.session.draft
        if draft is None or draft.topic_id is not None or not page.column.topics or page.session.is_dirty:
            return  # the save that is on its way comes here again
        words = f"{draft.title}\n{draft.text}"
        self._of = draft.id, draft.revision
        if len(words.split()) < LEAST_WORDS:
            self._show(None)
            return
        self._asked += 1
        page.bridge.work(
            lambda desk: _guessing(desk).offer(draft.id, words),
            owner=self,
            on_done=lambda found: self._found(draft, found),
            on_error=self._not_found,
        )

    def _not_found(self, problem: BaseException) -> None:
        self._asked -= 1
        self.page.bridge.report(problem)

    def _found(self, asked: Draft, found: "Guess | None") -> None:
        self._asked -= 1
        draft = self.page.session.draft
        if draft is not None and (draft.id, draft.revision) == (asked.id, asked.revision):
            self._show(found if draft.topic_id is None else None)

    def _show(self, found: "Guess | None") -> None:
        self.guess = found
        button = self.page.column.no_topic
        button.setText(
            self.tr("{topic}?").format(topic=found.topic.name) if found else self.tr("Choose a topic")
        )
        button.set_icon(MARK if found else "")
        button.setToolTip(self._because(found) if found else "")
        button.setAccessibleDescription(button.toolTip())
        self.page.column.place()

    def _because(self, found: "Guess") -> str:
        words = self.tr("Likely, because of: {words}. Nothing is set until you choose.")
        return words.format(words=", ".join(found.because))

    def _add_to(self, menu: QMenu) -> None:
        """Put the offer at the head of the menu of topics."""
        found, draft = self.guess, self.page.session.draft
        if found is None or draft is None or draft.topic_id is not None:
            return
        before = menu.actions()[0]
        because = self.tr("Because of: {words}").format(words=", ".join(found.because))
        use = self.tr("Use {topic}").format(topic=found.topic.name)
        for words, act in (
            (use, partial(self.page.column.topic_chosen.emit, found.topic.id)),
            (because, None),
            (self.tr("Not this one"), partial(self._refuse, draft.id, found)),
        ):
            action = menu.addAction(words)
            menu.removeAction(action)
            menu.insertAction(before, action)
            action.setEnabled(act is not None)
            if act is not None:
                action.triggered.connect(lambda _is_on=False, act=act: act())
        menu.insertSeparator(before)

    def _refuse(self, draft_id: str, found: "Guess") -> None:
        bridge, topic_id = self.page.bridge, found.topic.id
        self._show(None)

        def again() -> None:
            bridge.work(lambda desk: _guessing(desk).offer_again(draft_id), owner=self, on_done=forgot)

        def forgot(_done: object) -> None:
            self._of = ("", 0)
            self._opened()

        bridge.work(lambda desk: _guessing(desk).refuse(draft_id, topic_id), owner=self)
        words = self.tr("{topic} is not offered for this draft any more.").format(topic=found.topic.name)
        self.page.toast(words, again)


def _guessing(desk: Desk) -> "TopicGuessing":
    from medvoice.services.topic_guessing import TopicGuessing

    return TopicGuessing(desk.db)
