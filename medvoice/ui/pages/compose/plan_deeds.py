"""Scheduling a draft, moving it and taking it out of the queue, each with its way back and again.

A deed belongs to the draft it was done on: Undo after another draft was opened still means that one.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.outbox import Delivery
from medvoice.ui.bridge import Desk

if TYPE_CHECKING:
    from medvoice.services.slots import Slot
    from medvoice.ui.pages.compose.planning import Planning

SlotOf = Callable[[Desk], "Slot"]


class PlanDeeds(QObject):
    """Acts of `Planning` on the work lane, told by a toast that takes them back. UI thread only."""

    def __init__(self, planning: "Planning") -> None:
        super().__init__(planning)
        self._planning = planning

    def plan(self, draft_id: str, channels: Sequence[str], slot_of: SlotOf) -> None:
        """Clear and plan a draft. Undo takes out of the queue what was planned."""
        by = self._planning.person()

        def act(desk: Desk) -> "tuple[Slot, list[Delivery]]":
            slot = slot_of(desk)
            return slot, list(desk.queueing.schedule(draft_id, slot.wall, slot.zone, by, channels))

        def done(made: "tuple[Slot, list[Delivery]]") -> None:
            slot, planned = made
            again = lambda: self._replan(draft_id, channels, slot.wall, slot.zone, planned)  # noqa: E731
            self._tell(self.scheduled_words(planned, slot), lambda: self._take_out(draft_id, planned), again)

        self._planning.work(act, done, draft_id)

    def unschedule(self, draft_id: str, waiting: Sequence[Delivery]) -> None:
        """Take what waits of a draft out of the queue. Undo plans it again while its time is ahead."""
        planned, first = list(waiting), waiting[0]
        channels = [each.channel for each in waiting]

        def done(_value: object) -> None:
            words = self.tr("Unscheduled. Your text is unchanged.")
            back = lambda: self._replan(draft_id, channels, first.wall, first.zone, planned)  # noqa: E731
            is_ahead = first.due_at > self._planning.now()
            again = lambda: self._take_out(draft_id, planned, words)  # noqa: E731
            self._tell(words, back if is_ahead else None, again)

        self._cancel(draft_id, planned, done)

    def move(self, draft_id: str, movable: Sequence[Delivery], wall: str, zone: str) -> None:
        """Another time for what waits of a draft. Undo moves each back while its old time is ahead."""

        def done(_value: object) -> None:
            words = self.tr("Moved to {time}").format(time=self._planning.spoken_time(wall, zone))
            is_ahead = all(each.due_at > self._planning.now() for each in movable)
            back = lambda: self._put(draft_id, [(each.id, each.wall, each.zone) for each in movable])  # noqa: E731
            self._tell(words, back if is_ahead else None, lambda: self._put(draft_id, places))

        places = [(each.id, wall, zone) for each in movable]
        self._put(draft_id, places, done)

    # Ways back and again: these are no deeds of their own

    def _put(
        self,
        draft_id: str,
        places: Sequence[tuple[str, str, str]],
        done: Callable[[Any], None] | None = None,
    ) -> None:
        by, (_id, wall, zone) = self._planning.person(), places[0]

        def moved(_value: object) -> None:
            time = self._planning.spoken_time(wall, zone)
            self._planning.toast(self.tr("Moved to {time}").format(time=time), None)

        self._planning.work(
            lambda desk: [desk.queueing.move(each, to, at, by) for each, to, at in places],
            done or moved,
            draft_id,
        )

    def _replan(
        self, draft_id: str, channels: Sequence[str], wall: str, zone: str, planned: list[Delivery]
    ) -> None:
        """Plan once more; `planned` is what a later step takes out. It is written and read on the lane, whose
        order holds when the keys are quicker than the work."""

        by = self._planning.person()

        def act(desk: Desk) -> None:
            planned[:] = desk.queueing.schedule(draft_id, wall, zone, by, channels)

        def done(_value: object) -> None:
            time = self._planning.spoken_time(wall, zone)
            self._planning.toast(self.tr("Scheduled for {time}").format(time=time), None)

        self._planning.work(act, done, draft_id)

    def _take_out(self, draft_id: str, planned: Sequence[Delivery], words: str = "") -> None:
        words = words or self.tr("Taken back. Your text is unchanged.")
        self._cancel(draft_id, planned, lambda _value: self._planning.toast(words, None))

    def _cancel(self, draft_id: str, planned: Sequence[Delivery], done: Callable[[Any], None]) -> None:
        by = self._planning.person()
        self._planning.work(
            lambda desk: [desk.queueing.cancel(each.id, by) for each in planned], done, draft_id
        )

    # Words

    def scheduled_words(self, deliveries: Sequence[Delivery], slot: "Slot") -> str:
        """What the toast says. One line has room for where or for why: where is what the person chose, why is
        what they did not. That nothing goes out by itself is always said."""
        from medvoice.ui.models.time_choice import why_sentence

        when, why = self._planning.spoken_time(slot.wall, slot.zone), why_sentence(slot)
        names = self.tr(" and ").join(CHANNEL_NAMES[each.channel] for each in deliveries)
        words = self.tr("Scheduled for {time}") if why else self.tr("Scheduled for {time} on {channels}")
        if deliveries and all(each.route == "by_hand" for each in deliveries):
            words = self.tr("Scheduled for {time}, by hand") if why else self.tr(
                "Scheduled for {time}. You are reminded, and post it by hand"
            )  # fmt: skip
        return words.format(time=when, channels=names) + why

    def _tell(self, words: str, undo: Callable[[], None] | None, redo: Callable[[], None] | None) -> None:
        if undo is None:
            self._planning.toast(words, None)
        else:
            self._planning.toast(words, undo, redo)
