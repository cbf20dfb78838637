"""What is done on the Topics page: one service call each on the work lane, with Undo."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from medvoice.domain.errors import MedVoiceError
from medvoice.domain.topic import Topic
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.pages.queue.acts import Toast
from medvoice.ui.strings import sentence_for

ALL = Changes.of(drafts=["*"], deliveries=["*"], topics=["*"])


class TopicActs(QObject):
    """`saved(topic id)` and `refused(problem)` answer the sheet, `problem(sentence)` is for the side,
    `draft_ready(draft id)` opens one in Compose."""

    saved = Signal(str)
    refused = Signal(object)
    problem = Signal(str)
    draft_ready = Signal(str)

    def __init__(self, bridge: Bridge, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.toast = toast

    def save(self, topic_id: str, fields: dict[str, Any]) -> None:
        """A new topic (id "") or another state of one. Undo takes it back."""

        def act(desk: Desk) -> tuple[Topic | None, Topic]:
            if not topic_id:
                return None, desk.topics.add(**fields)
            before = desk.topics.get(topic_id)
            return before, desk.topics.change(topic_id, **fields)

        def finish(answer: tuple[Topic | None, Topic]) -> None:
            before, after = answer
            self.saved.emit(after.id)
            if before == after:
                return
            undo = self._undo_of_save(before, after)
            words = self.tr("Saved.") if before else self.tr("{name} is one of your topics now.")
            self.toast(
                words.format(name=after.name), undo, lambda: self._restore(after, is_new=before is None)
            )

        self.bridge.work(act, owner=self, on_done=finish, on_error=self._refused, changes=ALL)

    def _undo_of_save(self, before: Topic | None, after: Topic) -> Callable[[], None]:
        if before is None:
            return lambda: self._run(lambda desk: desk.topics.remove(after.id))
        return lambda: self._restore(before)

    def _restore(self, topic: Topic, *, is_new: bool = False) -> None:
        def act(desk: Desk) -> None:
            if is_new:
                desk.topics.put_back(topic, ())
            else:
                names = ("name", "promise", "target_share", "keywords", "cadence_days", "audience")
                values = {name: getattr(topic, name) for name in (*names, "avoid", "hashtags", "mentions")}
                desk.topics.change(topic.id, **values)

        self._run(act)

    def set_known_for(self, sentence: str) -> None:
        """What the person wants to be known for; Undo brings the sentence before."""

        def act(desk: Desk) -> str:
            before = desk.topics.known_for
            desk.topics.set_known_for(sentence)
            return before

        def finish(before: str) -> None:
            if before != " ".join(sentence.split()):
                self.toast(
                    self.tr("Saved."),
                    lambda: self._run(lambda desk: desk.topics.set_known_for(before)),
                    lambda: self._run(lambda desk: desk.topics.set_known_for(sentence)),
                )

        self._run(act, finish)

    def remove(self, topic: Topic) -> None:
        """Remove a topic; its drafts and posts stay. Undo brings both together again."""

        def act(desk: Desk) -> tuple[str, ...]:
            drafts = desk.topics.draft_ids(topic.id)
            desk.topics.remove(topic.id)
            return drafts

        def finish(drafts: tuple[str, ...]) -> None:
            words = self.tr("{name} is no topic any more. Its drafts and posts are kept.")
            self.toast(
                words.format(name=topic.name),
                lambda: self._run(lambda desk: desk.topics.put_back(topic, drafts)),
                lambda: self._run(lambda desk: desk.topics.remove(topic.id)),
            )

        self._run(act, finish)

    def merge(self, topic: Topic, into: Topic) -> None:
        """All drafts and words of a topic go to another one. Undo parts them again."""

        def act(desk: Desk) -> tuple[tuple[str, ...], Topic]:
            drafts, before = desk.topics.draft_ids(topic.id), desk.topics.get(into.id)
            desk.topics.merge(topic.id, into.id)
            return drafts, before

        def finish(answer: tuple[tuple[str, ...], Topic]) -> None:
            drafts, before = answer
            words = self.tr("{name} went into {into}: {n} drafts and posts, its keywords and hashtags.")
            self.toast(
                words.format(name=topic.name, into=into.name, n=len(drafts)),
                lambda: self._run(lambda desk: desk.topics.put_back(topic, drafts, before)),
                lambda: self._run(lambda desk: desk.topics.merge(topic.id, into.id)),
            )

        self._run(act, finish)

    def start(self, idea_id: str) -> None:
        """Make a draft of an idea, and open it. Undo makes it an idea again."""

        def undo(desk: Desk) -> None:
            draft = desk.drafting.get(idea_id)
            desk.drafting.save(idea_id, draft.revision, is_idea=True)

        def finish(_draft: object) -> None:
            self.draft_ready.emit(idea_id)
            self.toast(
                self.tr("The idea is a draft now."),
                lambda: self._run(undo),
                lambda: self._run(lambda desk: desk.ideas.to_draft(idea_id)),
            )

        self._run(lambda desk: desk.ideas.to_draft(idea_id), finish)

    def note(self, words: str, topic_id: str) -> None:
        """Note an idea for a topic. Undo deletes it."""

        def finish(draft_id: str) -> None:
            self.toast(
                self.tr("Noted."),
                lambda: self._run(lambda desk: desk.drafting.archive(draft_id)),
                lambda: self._run(lambda desk: desk.drafting.unarchive(draft_id)),
            )

        self._run(lambda desk: desk.ideas.add(words, topic_id=topic_id or None).id, finish)

    def _run(self, act: Callable[[Desk], Any], finish: Callable[[Any], None] | None = None) -> None:
        self.bridge.work(act, owner=self, on_done=finish, on_error=self._failed, changes=ALL)

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.problem.emit(sentence_for(problem))
        else:
            self.bridge.report(problem)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.refused.emit(problem)
        else:
            self.bridge.report(problem)
