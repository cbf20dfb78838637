"""What is done on the page of feeds: one service call each, with Undo; servers are asked on the net lane."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from medvoice.domain.errors import MedVoiceError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.queue.acts import Toast

if TYPE_CHECKING:
    from medvoice.domain.draft import Draft
    from medvoice.domain.feed import Entry, Feed, Fetched
    from medvoice.services.feeds import Came


class FeedActs(QObject):
    """`done` after whatever was changed, `problem(sentence)` when something could not be. Of the sheet:
    `tested(Fetched)`, `added(feed id)`, `refused(problem)`. `fetched(Came or None)` after each feed asked."""

    done = Signal()
    problem = Signal(str)
    tested = Signal(object)
    added = Signal(str)
    refused = Signal(object)
    fetched = Signal(object)

    def __init__(self, bridge: Bridge, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.toast = bridge, toast

    # Subscriptions

    def test(self, url: str) -> None:
        """Ask for an address once; nothing is kept."""
        self.bridge.net(
            lambda desk: desk.feeds.test(url), owner=self, on_done=self.tested.emit, on_error=self._refused
        )

    def add(self, url: str, name: str, topic_id: str | None, fetched: "Fetched") -> None:
        """Follow a feed, with what the test brought. Undo follows it no more."""

        def finish(came: "Came") -> None:
            kept: list[Any] = []
            feed = came.feed

            def undo() -> None:
                self._run(lambda desk: desk.feeds.remove(feed.id), kept.append)

            def redo() -> None:
                self._run(lambda desk: desk.feeds.put_back(kept.pop()))

            words = self.tr("You follow {name} now. {n} entries came.")
            self.toast(words.format(name=feed.name, n=came.added), undo, redo)
            self.added.emit(feed.id)
            self.done.emit()

        self.bridge.work(
            lambda desk: desk.feeds.add(url, name, topic_id, fetched),
            owner=self,
            on_done=finish,
            on_error=self._refused,
        )

    def change(self, feed: "Feed", name: str, topic_id: str | None) -> None:
        """Another name or topic. Undo brings those before."""

        def finish(after: "Feed") -> None:
            if after != feed:
                self.toast(
                    self.tr("Saved."),
                    lambda: self._run(lambda desk: desk.feeds.change(feed.id, feed.name, feed.topic_id)),
                    lambda: self._run(lambda desk: desk.feeds.change(feed.id, after.name, after.topic_id)),
                )
            self.added.emit(feed.id)

        self._run(lambda desk: desk.feeds.change(feed.id, name, topic_id), finish)

    def remove(self, feed: "Feed") -> None:
        """Follow a feed no more. Undo brings it back with all that came."""

        def finish(removed: Any) -> None:
            words = self.tr("You do not follow {name} any more. Ideas made of it are kept.")
            self.toast(
                words.format(name=feed.name),
                lambda: self._run(lambda desk: desk.feeds.put_back(removed)),
                lambda: self._run(lambda desk: desk.feeds.remove(feed.id)),
            )

        self._run(lambda desk: desk.feeds.remove(feed.id), finish)

    def move(self, feed: "Feed", *, is_wanted: bool) -> None:
        """Take the new address that the server named, or stay. Undo asks again."""

        def finish(_feed: object) -> None:
            words = (
                self.tr("{name} has its new address.") if is_wanted else self.tr("{name} stays where it is.")
            )
            self.toast(
                words.format(name=feed.name),
                lambda: self._run(lambda desk: desk.feeds.move_back(feed)),
                lambda: self._run(lambda desk: desk.feeds.move(feed.id, is_wanted)),
            )

        self._run(lambda desk: desk.feeds.move(feed.id, is_wanted), finish)

    def set_on(self, is_on: bool) -> None:
        """Fetch feeds by themselves, or no more."""

        def finish(_nothing: object) -> None:
            words = (
                self.tr("Feeds are fetched every six hours now.")
                if is_on
                else self.tr("Feeds are not fetched by themselves any more.")
            )
            self.toast(
                words,
                lambda: self._run(lambda desk: desk.feeds.set_on(not is_on)),
                lambda: self._run(lambda desk: desk.feeds.set_on(is_on)),
            )

        self._run(lambda desk: desk.feeds.set_on(is_on), finish)

    def fetch(self, feed_id: str) -> None:
        """Ask for a feed now."""
        self.bridge.net(
            lambda desk: desk.feeds.fetch(feed_id),
            owner=self,
            on_done=self.fetched.emit,
            on_error=self._not_fetched,
        )

    def _not_fetched(self, problem: BaseException) -> None:
        self.fetched.emit(None)
        self._failed(problem)

    # Entries

    def set_read(self, entries: "tuple[Entry, ...]", *, is_read: bool) -> None:
        """Mark entries as read or new. Undo brings back what they were."""
        ids = [entry.id for entry in entries if (entry.read_at is not None) != is_read]
        if not ids:
            return

        def mark(value: bool) -> Callable[[], None]:
            return lambda: self._run(lambda desk: desk.feeds.mark_read(ids, is_read=value))

        def finish(_nothing: object) -> None:
            if len(ids) == 1:
                words = self.tr("Marked as read.") if is_read else self.tr("Marked as new.")
            else:
                words = self.tr("{n} marked as read.") if is_read else self.tr("{n} marked as new.")
            self.toast(words.format(n=len(ids)), mark(not is_read), mark(is_read))

        self._run(lambda desk: desk.feeds.mark_read(ids, is_read=is_read), finish)

    def make_idea(self, entry: "Entry") -> None:
        """Keep an entry as an idea with its reference. Undo archives the idea."""

        def finish(_draft: "Draft") -> None:
            self.toast(
                self.tr("Kept as an idea, with its reference."),
                lambda: self._run(lambda desk: desk.feeds.take_back_idea(entry), changes=IDEAS),
                lambda: self._run(lambda desk: desk.feeds.to_idea(entry.id), changes=IDEAS),
            )

        self._run(lambda desk: desk.feeds.to_idea(entry.id), finish, changes=IDEAS)

    def _run(
        self,
        act: Callable[[Desk], Any],
        finish: Callable[[Any], None] | None = None,
        changes: Changes | None = None,
    ) -> None:
        def done(value: Any) -> None:
            if finish is not None:
                finish(value)
            self.done.emit()

        self.bridge.work(act, owner=self, on_done=done, on_error=self._failed, changes=changes)

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.problem.emit(sentence_for(problem))
            self.done.emit()
        else:
            self.bridge.report(problem)

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, MedVoiceError):
            self.refused.emit(problem)
        else:
            self.bridge.report(problem)


IDEAS = Changes.of(drafts=["*"])
