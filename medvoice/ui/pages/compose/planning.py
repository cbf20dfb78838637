"""From checked to planned: the Schedule button, the time, and what changed since it was cleared."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.moments import short_moment
from medvoice.ui.pages.compose.answering import Answering, Toast
from medvoice.ui.pages.compose.lanes import Opened
from medvoice.ui.pages.compose.plan_deeds import PlanDeeds
from medvoice.ui.pages.compose.proposing import Proposing
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.pages.compose.todo import (
    Facts,
    Todo,
    active,
    chosen_time,
    embargo_todos,
    free_time,
    is_movable,
    is_stale,
    locked,
    needs_sign_in,
    next_slot,
    pill,
    planned_time,
    sign_in_ends,
    todos,
    wanted,
)
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.domain.draft import Draft
    from medvoice.services.slots import Slot
    from medvoice.services.standing import Standing
    from medvoice.ui.models.draft_embargo import DraftEmbargo
    from medvoice.ui.models.time_choice import Offers
    from medvoice.ui.models.what_changed import Change
    from medvoice.ui.pages.compose.time_popover import TimePopover


class Planning(Answering):
    """Keeps the bar's pill, time and Schedule button true to the draft. `time_proposed` when the bar shows
    another time that nobody chose, `time_chosen(wall, zone)` when the person chose one for a draft that is
    not scheduled."""

    queue_requested = Signal()
    left_requested = Signal()
    time_proposed = Signal()
    time_chosen = Signal(str, str)

    def __init__(
        self, theme: Theme, bridge: Bridge, session: Session, bar: TopBar, toast: Toast, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme, self.bridge, self.session, self.bar, self.toast = theme, bridge, session, bar, toast
        self.owner = parent
        self.left: tuple[Todo, ...] = ()
        self.changed: tuple[Change, ...] = ()
        self._changed_of = ""
        self.facts = Facts()
        self.wall, self.zone = "", "UTC"
        self.proposed: Slot | None = None
        self.deeds = PlanDeeds(self)
        self.proposing = Proposing(bridge, self)
        self.proposing.changed.connect(self._proposal_changed)
        self._embargo: DraftEmbargo | None = None
        self._standing: Standing | None = None
        self._read_at_s = time.monotonic()
        bar.schedule_button.schedule_requested.connect(self.schedule)
        bar.schedule_button.menu_requested.connect(self._open_menu)
        bar.time_button.clicked.connect(self.choose_time)
        bar.pill.installEventFilter(self)

    # Showing

    def show_facts(self, opened: Opened) -> None:
        """Take the deliveries, the person and the accounts of the open draft."""
        self.facts = Facts(opened.deliveries, opened.profile, opened.accounts, opened.now)
        self._read_at_s = time.monotonic()

    def show_embargo(self, embargo: "DraftEmbargo | None") -> None:
        """Take what the open draft waits for."""
        self._embargo = embargo
        self.show_standing(self._standing)
        self.bar.fit(self.bar.width())

    @property
    def embargo(self) -> "DraftEmbargo | None":
        """The embargo that holds the open draft back now, None for none."""
        waits, draft = self._embargo, self.session.draft
        is_mine = waits is not None and draft is not None and waits.draft_id == draft.id
        return waits if is_mine and waits is not None and waits.is_open(self.now()) else None

    def now(self) -> datetime:
        """The moment by the workspace's clock, which practice may have moved."""
        since = timedelta(seconds=time.monotonic() - self._read_at_s)
        return (self.facts.now or datetime.now(UTC)) + since

    def show_standing(self, standing: "Standing | None") -> None:
        """Say where the draft stands; None while the text is ahead of the check."""
        self._standing = standing
        draft = self.session.draft
        if draft is None:
            return
        self._show_time(draft)
        self.left = todos(draft, standing, self.facts) if standing is not None else ()
        look = pill(draft, standing, self.facts)
        waits = self.embargo
        if waits is not None and wanted(draft, self.facts.deliveries):
            self.left += embargo_todos(waits, self.now()) if standing is not None else ()
            look = locked() if look.kind == "ok" else look
        self.bar.pill.set_status(look.kind, look.icon, look.word)
        self._find_changes(standing)
        for channel, chip in self.bar.chips.items():
            chip.set_needs_sign_in(needs_sign_in(channel, self.facts))
        self._show_button()

    def _show_time(self, draft: "Draft") -> None:
        """The chosen time, or the one that is proposed and what it is."""
        proposing, waits = self.proposing, self.embargo
        free, has_looked = proposing.slot, proposing.has_looked
        if waits is not None:
            free, has_looked = waits.slot, False
        self.facts = replace(self.facts, free=free, has_looked=has_looked)
        facts = replace(self.facts, now=self.now())
        self.wall, self.zone = planned_time(draft, facts)
        self.proposed = free_time(draft, facts)
        if chosen_time(draft, facts) is None:
            is_over = proposing.has_looked and not self.wall
            proposing.want(draft.topic_id or "", draft.channels_on, is_over=is_over)
        words = self.spoken_time(self.wall, self.zone) if self.wall else self.tr("Choose a time")
        lead = self.tr("Next free") if self.proposed else ""
        spoken = self.tr("Next free time: {time}").format(time=words) if self.proposed else ""
        self.bar.time_button.show_time(words, lead, spoken)

    def _proposal_changed(self) -> None:
        """Another time is free next: the bar follows where it shows one that nobody chose."""
        before = self.bar.time_button.text(), self.proposed
        is_at_work = self.bar.schedule_button.state == "working"
        if self.session.draft is not None and not is_at_work:
            self.show_standing(self._standing)
            if before != (self.bar.time_button.text(), self.proposed):
                self.bar.fit(self.bar.width())
                self.time_proposed.emit()

    def _find_changes(self, standing: "Standing | None") -> None:
        stale = [each for each in self.facts.deliveries if is_stale(each)]
        draft_id = self.session.draft.id if self.session.draft else ""
        if not stale or (standing is None and draft_id != self._changed_of):
            self.changed = ()
        elif standing is not None:
            from medvoice.ui.models.what_changed import changes_of

            now = {each.channel: each.content.parts for each in standing.per_channel}
            self.changed, self._changed_of = changes_of(stale, now), draft_id
        hand = Qt.CursorShape.PointingHandCursor if self.changed else Qt.CursorShape.ArrowCursor
        self.bar.pill.setCursor(hand)
        self.bar.pill.setToolTip(self._changed_words())

    def _changed_words(self) -> str:
        return " ".join(each.words for each in self.changed[:1])

    def _show_button(self) -> None:
        button, draft = self.bar.schedule_button, self.session.draft
        if draft is None:
            return
        under_way, waits = active(self.facts.deliveries), self.embargo
        when = self.spoken_time(self.wall, self.zone)
        if [item.kind for item in self.left] == ["published"]:
            button.set_published()
        elif any(each.state == "sending" for each in under_way):
            button.set_publishing()
        elif self.left:
            button.set_not_ready(len(self.left))
        elif under_way and not wanted(draft, self.facts.deliveries):
            button.set_scheduled(when)
        elif self._standing is None or not self.wall:
            button.set_unchecked()
        elif waits is not None and (self.proposed or waits.is_too_early(self.wall, self.zone)):
            button.set_embargo(waits.until(self.now()), waits.sentence(self.now()))
        elif self.changed:
            button.set_changed(when, self._changed_words())
        else:
            button.set_ready(when)

    def wait(self) -> None:
        """The text is ahead of what was checked: nothing may be scheduled by a click now."""
        if self.bar.schedule_button.state in ("ready", "changed", "embargo", "working"):
            self.bar.schedule_button.set_unchecked()

    def spoken_time(self, wall: str, zone: str) -> str:
        """`Tue 17 Nov, 08:10` for a wall time; with the city when it is not the person's zone."""
        return short_moment(wall, zone, self.facts.profile.zone)

    def say_left(self) -> None:
        self.left_requested.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and self.changed:
            self.show_changes()
        return super().eventFilter(watched, event)

    def show_changes(self) -> None:
        """What changed since it was cleared; nothing happens when nothing did."""
        if self.changed:
            from medvoice.ui.pages.compose.popovers import ChangesPopover

            ChangesPopover(self.theme, self.owner, self.changed).show_below(self.bar.pill)

    # Time

    def choose_time(self) -> None:
        """Open the panel with typed words, free times, calendar and zones."""
        if self.session.draft is None:
            return
        from medvoice.ui.pages.compose.time_popover import TimePopover

        home = self.facts.profile.zone
        wall = self.wall or next_slot(self.now(), self.zone)
        popover = TimePopover(self.theme, self.owner, wall, self.zone, self.now(), home)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if any(is_movable(each) for each in active(self.facts.deliveries)):
            popover.set_move()
        elif self.left:
            popover.set_left(len(self.left))
        if self.embargo is not None:
            popover.show_embargo(self.embargo)
        popover.chosen.connect(self._time_chosen)
        popover.schedule_wanted.connect(self._schedule_at)
        popover.audience_chosen.connect(self._keep_audience)
        popover.keep_wanted.connect(lambda wall, is_kept: self._keep_time(popover, wall, is_kept))
        popover.show_below(self.bar.time_button, is_right_aligned=True)
        self._read_offers(popover)

    def _read_offers(self, popover: "TimePopover") -> None:
        from medvoice.ui.pages.compose.lane_slots import read_offers

        draft_id = self.session.draft.id if self.session.draft else ""
        channels = self.session.draft.channels_on if self.session.draft else ()
        ends = tuple((each.ends_at, each.words) for each in sign_in_ends(channels, self.facts))

        def done(offers: "Offers") -> None:
            popover.show_offers(replace(offers, ends=ends))

        self.bridge.work(lambda desk: read_offers(desk, draft_id), owner=popover, on_done=done)

    def _keep_time(self, popover: "TimePopover", wall: str, is_kept: bool) -> None:
        from medvoice.ui.pages.compose.lane_slots import keep_time

        changes = Changes.of(is_profile=True)
        self.bridge.work(lambda desk: keep_time(desk, wall, is_kept), owner=popover, changes=changes)
        self._read_offers(popover)

    def _keep_audience(self, zone: str) -> None:
        from medvoice.ui.pages.compose.lane_slots import set_audience

        self.bridge.work(lambda desk: set_audience(desk, zone), owner=self)

    def _time_chosen(self, wall: str, zone: str) -> None:
        movable = [each for each in active(self.facts.deliveries) if is_movable(each)]
        if movable and self.session.draft is not None:
            self.deeds.move(self.session.draft.id, movable, wall, zone)
            return
        self.time_chosen.emit(wall, zone)
        self.show_standing(self._standing)

    # Scheduling

    def _schedule_at(self, wall: str, zone: str) -> None:
        """Use the time and schedule at once; what is left is shown when something is."""
        self.session.change(planned_wall=wall, planned_zone=zone)
        self.show_standing(self._standing)
        if self.left:
            self.say_left()
            return
        self.bar.schedule_button.set_working()
        self.session.after_saving(lambda: self._plan(self._at(wall, zone)))

    def schedule(self) -> None:
        """Clear and plan in one step, after the last words are saved, for exactly the time in the bar."""
        waits, slot = self.embargo, self.proposed
        if self.bar.schedule_button.state == "embargo" and waits is not None:
            slot = waits.slot  # what was chosen is too early
        slot_of = self._at(self.wall, self.zone, slot)
        self.bar.schedule_button.set_working()
        self.session.save()
        self.session.after_saving(lambda: self._plan(slot_of))

    def schedule_next(self) -> None:
        """Schedule at the next free time (Ctrl+Shift+Enter): one of the person's own times, else the next
        working day at the usual hour. What is left is shown when something is."""
        draft = self.session.draft
        if draft is None:
            return
        # That the time chosen before lies beyond a sign-in does not matter for another time.
        if any(not item.code.startswith("sign_in_ends_") for item in self.left):
            self.say_left()
            return
        if not wanted(draft, self.facts.deliveries):
            self.toast(self.tr("It is scheduled already. Ctrl+Shift+T changes the time."), None)
            return
        from medvoice.ui.pages.compose.lane_slots import next_free

        self.bar.schedule_button.set_working()
        self.session.save()
        self.session.after_saving(lambda: self._plan(lambda desk: next_free(desk, draft.id)))

    @staticmethod
    def _at(wall: str, zone: str, proposed: "Slot | None" = None) -> "Callable[[Desk], Slot]":
        from medvoice.services.slots import Slot

        slot = proposed or Slot(wall, zone, "chosen")
        return lambda _desk: slot

    def _plan(self, slot_of: "Callable[[Desk], Slot]") -> None:
        draft = self.session.draft
        if draft is not None:
            self.deeds.plan(draft.id, wanted(draft, self.facts.deliveries), slot_of)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with a scheduled or published draft."""
        menu = QMenu(parent)
        menu.setObjectName("scheduled_menu")
        if any(is_movable(each) for each in active(self.facts.deliveries)):
            menu.addAction(self.tr("Change time"), self.choose_time)
            menu.addAction(self.tr("Unschedule"), self.unschedule)
        for each in self.facts.deliveries:
            link = next((part.remote_url for part in each.parts if part.remote_url), "")
            if link:
                words = self.tr("Copy the link on {channel}").format(channel=CHANNEL_NAMES[each.channel])
                menu.addAction(words, lambda link=link: QGuiApplication.clipboard().setText(link))
        menu.addAction(self.tr("Show in the queue"), self.queue_requested.emit)
        return menu

    def _open_menu(self) -> None:
        button, menu = self.bar.schedule_button, self.menu(self.owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def unschedule(self) -> None:
        """Take what waits of the draft out of the queue; Undo plans it again while its time is ahead."""
        draft = self.session.draft
        waiting = tuple(each for each in active(self.facts.deliveries) if is_movable(each))
        if draft is None or not waiting:
            return
        self.deeds.unschedule(draft.id, waiting)
