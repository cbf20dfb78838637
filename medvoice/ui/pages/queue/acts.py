"""Carries out what the person chose in the queue: one service call each, with Undo where there is one."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from medvoice.domain.errors import FindingsBlock, MedVoiceError
from medvoice.domain.outbox import Delivery, PartState
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.moments import moment
from medvoice.ui.models.problems import sentence_for

Deed = Callable[[], None]
# Shows a sentence for some seconds, with Undo when a function is given, and how to do it again after that.
Toast = Callable[[str, Deed | None, Deed | None], None]
Act = Callable[[Desk, str], Any]


GONE_OUT = (PartState.SENDING, PartState.PUBLISHED, PartState.UNCONFIRMED)


class QueueActs(QObject):
    """`problem(delivery id, sentence)` is for the pane; `done(delivery id)` closes its form."""

    problem = Signal(str, str)
    done = Signal(str)
    draft_needed = Signal(str)

    def __init__(self, bridge: Bridge, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.toast = toast

    # One act each

    def post_now(self, delivery: Delivery) -> None:
        self._do(
            delivery, lambda desk, by: desk.queueing.post_now(delivery.id, by), self.tr("It goes out now.")
        )

    def pause_parts(self, deliveries: Sequence[Delivery], is_paused: bool, *, has_undo: bool = True) -> None:
        """Pause or resume one post or all parts of a draft, with Undo."""

        def undo() -> None:
            self.pause_parts(deliveries, not is_paused, has_undo=False)

        def redo() -> None:
            self.pause_parts(deliveries, is_paused, has_undo=False)

        def act(desk: Desk, by: str) -> None:
            with desk.queueing.together():
                for each in deliveries:
                    desk.queueing.set_paused(each.id, is_paused, by)

        words = self.tr("Paused. It stays in the queue.") if is_paused else self.tr("Resumed.")
        way = (undo, redo) if has_undo else (None, None)
        self._do(deliveries[0], act, words, *way)

    def unschedule_all(self, deliveries: Sequence[Delivery], *, opens_draft: bool = False) -> None:
        """Take one post or all parts of a draft out; Undo plans them again for the same time while that is
        ahead and nothing of it is out."""
        first = deliveries[0]
        words = self.tr("Taken out of the queue. The draft is kept.")
        planned = list(deliveries)  # Undo makes new ones, which are what "again" takes out

        def undo() -> None:
            back = self.tr("Back in the queue.")
            self.schedule(deliveries, first.wall, first.zone, back, made=planned)

        def redo() -> None:
            self._do(first, act, words)

        def act(desk: Desk, by: str) -> bool:
            with desk.queueing.together():
                for each in planned:
                    desk.queueing.cancel(each.id, by)
            return first.due_at > desk.clock.now()

        def finish(is_ahead: bool) -> None:
            is_out = any(part.state in GONE_OUT for each in deliveries for part in each.parts)
            way = (undo, redo) if is_ahead and not is_out else (None, None)
            if opens_draft:
                self.draft_needed.emit(first.draft_id)
            self.toast(words, *way)

        self._run(first, act, finish)

    def stop(self, delivery: Delivery) -> None:
        """Let nothing more of it go out; what has left stays."""
        is_whole = not any(part.state in GONE_OUT for part in delivery.parts)
        words = self.tr("Stopped. Nothing was posted.") if is_whole else self.tr(
            "Stopped. What is out stays, the rest is not sent."
        )  # fmt: skip
        self._do(delivery, lambda desk, by: desk.queueing.stop(delivery.id, by), words)

    def back_to_draft(self, delivery: Delivery) -> None:
        """Take it out and open the draft; Undo as `unschedule_all`."""
        self.unschedule_all([delivery], opens_draft=True)

    def move(self, deliveries: Sequence[Delivery], wall: str, zone: str, *, has_undo: bool = True) -> None:
        """Another time for one post or all parts of a draft; Undo goes back while the old one is ahead."""
        delivery = deliveries[0]

        def undo() -> None:
            self.move(deliveries, delivery.wall, delivery.zone, has_undo=False)

        def redo() -> None:
            self.move(deliveries, wall, zone, has_undo=False)

        def act(desk: Desk, by: str) -> tuple[str, bool]:
            with desk.queueing.together():
                moved = [desk.queueing.move(each.id, wall, zone, by) for each in deliveries]
            now = desk.clock.now()
            return moment(moved[0].due_at, zone, now, desk.identity.get().zone), delivery.due_at > now

        def finish(answer: tuple[str, bool]) -> None:
            words, is_ahead = answer
            way = (undo, redo) if is_ahead and has_undo else (None, None)
            self.toast(self.tr("Moved to {moment}.").format(moment=words), *way)

        self._run(delivery, act, finish)

    def schedule(
        self,
        deliveries: Sequence[Delivery],
        wall: str,
        zone: str,
        words: str = "",
        made: list[Delivery] | None = None,
    ) -> None:
        """Plan the draft once more on the same channels, by the same way. `made` is filled with what was
        planned by what is a way back itself; without it Undo takes out of the queue what was planned."""
        delivery = deliveries[0]
        planned: list[Delivery] = []
        taken_back = self.tr("Taken out of the queue. The draft is kept.")

        def undo() -> None:
            self._do(
                delivery, lambda desk, by: [desk.queueing.cancel(each.id, by) for each in planned], taken_back
            )

        def redo() -> None:
            self.schedule(deliveries, wall, zone, made=planned)

        def act(desk: Desk, by: str) -> tuple[str, list[Delivery]]:
            channels = tuple(each.channel for each in deliveries)
            is_by_hand = all(each.route == "by_hand" for each in deliveries)
            new = desk.queueing.schedule(delivery.draft_id, wall, zone, by, channels, by_hand=is_by_hand)
            when = moment(new[0].due_at, zone, desk.clock.now(), desk.identity.get().zone)
            return when, list(new)

        def finish(answer: tuple[str, list[Delivery]]) -> None:
            when, new = answer
            (planned if made is None else made)[:] = new
            way = (undo, redo) if made is None else (None, None)
            self.toast(words or self.tr("Scheduled for {moment}.").format(moment=when), *way)

        self._run(delivery, act, finish)

    def is_live(self, delivery: Delivery, link: str) -> None:
        """The person found it: keep the link."""
        self._do(
            delivery,
            lambda desk, by: desk.queueing.resolve_live(delivery.id, link, by),
            self.tr("Noted as published."),
        )

    def not_there(self, delivery: Delivery) -> None:
        """The person looked and did not find it; a by-hand post was not done."""
        words = self.tr("Noted. It is sent again now.")
        if delivery.route == "by_hand":
            words = self.tr("Noted as not done.")
        self._do(delivery, lambda desk, by: desk.queueing.resolve_absent(delivery.id, by), words)

    def looked(self, delivery: Delivery) -> None:
        """The person looked at the comments of a post; this is on record."""
        self._do(
            delivery,
            lambda desk, by: desk.queueing.comments.looked(delivery.id, by),
            self.tr("Noted, on record."),
        )

    def ask(self, delivery: Delivery) -> None:
        """Ask LinkedIn by sending the same post once."""
        words = self.tr("LinkedIn is being asked.")
        self._do(delivery, lambda desk, by: desk.queueing.resolve_ask(delivery.id, by), words)

    def pause_all(self, is_paused: bool, *, has_undo: bool = True) -> None:
        """Pause or resume the whole queue, with Undo."""

        def undo() -> None:
            self.pause_all(not is_paused, has_undo=False)

        def redo() -> None:
            self.pause_all(is_paused, has_undo=False)

        def finish(_value: object) -> None:
            words = self.tr("All posts are paused.") if is_paused else self.tr("Posts go out again.")
            way = (undo, redo) if has_undo else (None, None)
            self.toast(words, *way)

        self.bridge.work(
            lambda desk: desk.queueing.set_all_paused(is_paused, person(desk)),
            owner=self,
            on_done=finish,
            changes=Changes.of(deliveries=["*"]),
        )

    # Shared

    def _do(
        self, delivery: Delivery, act: Act, words: str, undo: Deed | None = None, redo: Deed | None = None
    ) -> None:
        def finish(_value: object) -> None:
            self.toast(words, undo, redo)

        self._run(delivery, act, finish)

    def _run(self, delivery: Delivery, act: Act, finish: Callable[[Any], None]) -> None:
        def on_done(value: Any) -> None:
            self.done.emit(delivery.id)
            finish(value)

        def on_error(problem: BaseException) -> None:
            if isinstance(problem, MedVoiceError):
                self.problem.emit(delivery.id, sentence_for(problem))
            if isinstance(problem, FindingsBlock):
                self.draft_needed.emit(delivery.draft_id)

        self.bridge.work(
            lambda desk: act(desk, person(desk)),
            owner=self,
            on_done=on_done,
            on_error=on_error,
            changes=Changes.of(deliveries=[delivery.id], drafts=[delivery.draft_id]),
        )


def person(desk: Desk) -> str:
    """Who signs what is done from the window."""
    return desk.identity.get().name or "you"
