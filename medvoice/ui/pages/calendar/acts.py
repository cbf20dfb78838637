"""What is done on the calendar: one service call each on the work lane, with Undo."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from medvoice.domain.errors import FindingsBlock, MedVoiceError
from medvoice.services.changes import Changes
from medvoice.store.plan import Entry
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.calendar_data import Card
from medvoice.ui.models.moments import city, short_moment, spoken
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.queue.acts import Toast, person
from medvoice.ui.theme import Theme

ALL = Changes.of(drafts=["*"], deliveries=["*"])


class CalendarActs(QObject):
    """`problem(sentence)` is for the side pane; `draft_needed(id)` when something is left to do there;
    `moved(draft id, wall)` and `announced(sentence)` after each move; `audience_changed` when the readers are
    in another zone."""

    problem = Signal(str)
    draft_needed = Signal(str)
    moved = Signal(str, str)
    announced = Signal(str)
    audience_changed = Signal()

    def __init__(self, theme: Theme, bridge: Bridge, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.bridge = bridge
        self.toast = toast

    def move(self, card: Card, wall: str, zone: str) -> None:
        """Move a card to a wall time of the person; Undo brings it back while the old time is ahead."""
        entry = card.entry
        back = (entry.wall, entry.zone)

        def undo() -> None:
            self._move(entry, *back, None, None)

        def redo() -> None:
            self._move(entry, wall, zone, None, None)

        self._move(entry, wall, zone, undo, redo)

    def _move(
        self,
        entry: Entry,
        wall: str,
        zone: str,
        undo: Callable[[], None] | None,
        redo: Callable[[], None] | None,
    ) -> None:
        def act(desk: Desk) -> tuple[str, str, bool]:
            desk.planning.move(entry, wall, zone, person(desk))
            home, at = desk.identity.get().zone, desk.clock.now()
            from medvoice.domain.clock import wall_to_utc

            return short_moment(wall, zone, home), spoken(wall_to_utc(wall, zone), zone), entry.at > at

        def finish(answer: tuple[str, str, bool]) -> None:
            words, said, is_ahead = answer
            has_undo = undo is not None and is_ahead
            self.toast(
                self.tr("Moved to {moment}.").format(moment=words),
                undo if has_undo else None,
                redo if has_undo else None,
            )
            self.announced.emit(self.tr("Moved to {moment}").format(moment=said))
            self.moved.emit(entry.draft_id, wall)

        self._run(entry.draft_id, act, finish)

    def place(self, draft_id: str, wall: str, zone: str, *, has_undo: bool = True) -> None:
        """Give a draft that waits a moment in mind; Undo puts it back."""

        def undo() -> None:
            self._run(draft_id, lambda desk: desk.planning.unplace(draft_id), lambda _value: None)

        def redo() -> None:
            self.place(draft_id, wall, zone, has_undo=False)

        def act(desk: Desk) -> str:
            desk.planning.place(draft_id, wall, zone)
            return short_moment(wall, zone, desk.identity.get().zone)

        def finish(words: str) -> None:
            said = self.tr("Placed on {moment}. It is not scheduled yet.").format(moment=words)
            self.toast(said, undo if has_undo else None, redo if has_undo else None)
            self.announced.emit(said)
            self.moved.emit(draft_id, wall)

        self._run(draft_id, act, finish)

    def unschedule(self, card: Card) -> None:
        """Take a post out of the queue, or a draft from its moment; Undo puts it back while that is ahead."""
        entry = card.entry

        def act(desk: Desk) -> bool:
            with desk.queueing.together():
                for delivery_id in entry.deliveries:
                    desk.queueing.cancel(delivery_id, person(desk))
                desk.planning.unplace(entry.draft_id)
            return entry.at > desk.clock.now()

        def undo() -> None:
            self._run(entry.draft_id, self._back(entry), lambda _value: None)

        def redo() -> None:
            self._run(entry.draft_id, again, lambda _value: None)

        def again(desk: Desk) -> None:
            with desk.queueing.together():
                for delivery in desk.queueing.outbox.list(draft_id=entry.draft_id):
                    if delivery.state not in ("cancelled", "published"):
                        desk.queueing.cancel(delivery.id, person(desk))
                desk.planning.unplace(entry.draft_id)

        def finish(is_ahead: bool) -> None:
            words = (
                self.tr("Taken out of the queue. The draft is kept.")
                if entry.deliveries
                else self.tr("Taken from the calendar. The draft is kept.")
            )
            self.toast(words, undo if is_ahead else None, redo if is_ahead else None)
            self.announced.emit(words)

        self._run(entry.draft_id, act, finish)

    @staticmethod
    def _back(entry: Entry) -> Callable[[Desk], None]:
        def act(desk: Desk) -> None:
            if entry.deliveries:
                desk.queueing.schedule(
                    entry.draft_id, entry.wall, entry.zone, person(desk), channels=entry.channels
                )
            else:
                desk.planning.place(entry.draft_id, entry.wall, entry.zone)

        return act

    def start_draft(self, wall: str, zone: str, topic_id: str | None = None) -> None:
        """A new draft with a moment in mind, opened."""

        def act(desk: Desk) -> str:
            draft = desk.drafting.create(channels=("linkedin",), topic_id=topic_id)
            desk.drafting.save(draft.id, draft.revision, planned_wall=wall, planned_zone=zone)
            return draft.id

        self._run("*", act, self.draft_needed.emit)

    def spread(self, draft_ids: tuple[str, ...], *, has_undo: bool = True) -> None:
        """Give drafts the next free times of two weeks, one each; Undo takes them back."""
        from medvoice.ui.pages.calendar.empty_plan import spread

        def back(placed: tuple[str, ...]) -> Callable[[Desk], None]:
            def act(desk: Desk) -> None:
                with desk.queueing.together():
                    for draft_id in placed:
                        desk.planning.unplace(draft_id)

            return act

        def finish(placed: tuple[str, ...]) -> None:
            words = self.tr("{n} drafts have their time now. None is scheduled yet.").format(n=len(placed))
            if len(placed) == 1:
                words = self.tr("One draft has its time now. It is not scheduled yet.")
            elif not placed:
                words = self.tr("No free time within two weeks.")
            undo = partial(self._run, "*", back(placed), lambda _done: None)
            redo = partial(self.spread, placed, has_undo=False)
            has_way_back = has_undo and bool(placed)
            self.toast(words, undo if has_way_back else None, redo if has_way_back else None)
            self.announced.emit(words)

        self._run("*", lambda desk: spread(desk, draft_ids), finish)

    def set_audience(self, zone: str, *, has_undo: bool = True) -> None:
        """The zone of the readers from now on, "" for none; Undo brings back the one before."""

        def act(desk: Desk) -> str:
            slots = desk.planning.slots
            was = slots.audience_zone
            slots.set_audience_zone(zone)
            return was

        def finish(was: str) -> None:
            words = self.tr("Readers’ time: {city}.").format(city=city(zone))
            words = words if zone else self.tr("Your own time only.")
            undo = partial(self.set_audience, was, has_undo=False) if has_undo else None
            redo = partial(self.set_audience, zone, has_undo=False) if has_undo else None
            self.toast(words, undo, redo)
            self.announced.emit(words)
            self.audience_changed.emit()

        self._run("*", act, finish)

    def _run(self, draft_id: str, act: Callable[[Desk], Any], finish: Callable[[Any], None]) -> None:
        def failed(problem: BaseException) -> None:
            if isinstance(problem, MedVoiceError):
                self.problem.emit(sentence_for(problem))
            if isinstance(problem, FindingsBlock):
                self.draft_needed.emit(draft_id)

        self.bridge.work(act, owner=self, on_done=finish, on_error=failed, changes=ALL)
