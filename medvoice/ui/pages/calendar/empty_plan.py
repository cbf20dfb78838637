"""What an empty calendar says: what will stand here, and one thing to begin with (look.md, mockup 16)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.errors import UserError
from medvoice.ui.models.calendar_data import CalendarSnapshot
from medvoice.ui.models.calendar_hours import next_open
from medvoice.ui.models.moments import short_moment
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.message import EmptyState

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

WIDTH, HEIGHT, GAP, FORTNIGHT = 440, 300, 12, timedelta(days=14)


class EmptyPlan(Surface):
    """A card over the middle of the days. `plan_requested` spreads what waits over two weeks,
    `new_requested(wall)` begins a post, `events_requested` leads to congresses."""

    plan_requested = Signal()
    new_requested = Signal(str)
    events_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("card", parent=parent)
        self.theme = theme
        self.setObjectName("calendar_empty")
        self.state: EmptyState | None = None
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """Stand there while nothing was ever planned, with words that fit what waits."""
        if not snapshot.is_bare:
            self.hide()
            return
        count, wall = len(snapshot.tray), snapshot.next_wall
        when = short_moment(wall, snapshot.zone, snapshot.zone) if wall else ""
        if count:
            said = self.tr("{n} drafts wait for a place. Spread them over free times from {moment} on.")
            if count == 1:
                said = self.tr("One draft waits for a place. Put it on the next free time, {moment}.")
            words = (said.format(n=count, moment=when), self.tr("Plan two weeks"), "calendar-plus")
        else:
            said = self.tr("Your posts will stand here on their days. The next free time is {moment}.")
            words = (said.format(moment=when), self.tr("Write the first post"), "plus")
        if words != self._shown:
            self._shown = words
            self._make(*words, wall="" if count else wall)
        self.show()
        self.raise_()

    def _make(self, sentence: str, button: str, icon: str, *, wall: str) -> None:
        if self.state is not None:
            self.state.hide()
            self._column.removeWidget(self.state)
            self.state.deleteLater()
        made = EmptyState(
            self.theme,
            self.tr("Nothing planned yet"),
            sentence,
            button,
            self.tr("Add a congress"),
            motif="calendar",
            icon=icon,
            parent=self,
        )
        made.button.setObjectName("calendar_empty_begin")
        made.second.setObjectName("calendar_empty_events")
        made.acted.connect(lambda: self.new_requested.emit(wall) if wall else self.plan_requested.emit())
        made.second_acted.connect(self.events_requested)
        self._column.addWidget(made)
        made.show()
        self.state = made

    def place(self, area: QRect, keep_free: QRect) -> None:
        """In the middle of an area, never larger; above or below what is to be seen, where there is room."""
        scale = self.theme.text_scale
        width = min(round(WIDTH * scale), area.width() - 24)
        height = min(round(HEIGHT * scale), area.height() - 24)
        left, top = area.x() + (area.width() - width) // 2, area.y() + (area.height() - height) // 2
        if keep_free.top() <= top + height and keep_free.bottom() >= top:
            above, below = keep_free.top() - height - GAP, keep_free.bottom() + GAP
            if above >= area.y() + GAP:
                top = above
            elif below + height <= area.bottom():
                top = below
        self.setGeometry(left, top, width, height)


def spread(desk: "Desk", draft_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Give drafts the next free times of two weeks, one each and in order, all or nothing; the ids of those
    that got one. Work lane."""
    until, placed = desk.clock.now() + FORTNIGHT, []
    with desk.queueing.together():
        for draft_id in draft_ids:
            try:
                slot = next_open(desk, draft_id)
            except UserError:  # none within reach: it waits for an embargo without a known end
                continue
            if wall_to_utc(slot.wall, slot.zone) <= until:
                desk.planning.place(draft_id, slot.wall, slot.zone)
                placed.append(draft_id)
    return tuple(placed)
