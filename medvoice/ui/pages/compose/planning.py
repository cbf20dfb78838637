"""From checked to planned: the Schedule button, the time, and the person's answers to findings and boxes."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import FindingsBlock, MedVoiceError
from medvoice.domain.outbox import Delivery
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.moments import city
from medvoice.ui.pages.compose.lanes import Opened, read_draft
from medvoice.ui.pages.compose.session import Session
from medvoice.ui.pages.compose.todo import (
    Facts,
    Todo,
    active,
    is_movable,
    needs_sign_in,
    pill,
    planned_time,
    todos,
    wanted,
)
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme

if TYPE_CHECKING:
    from medvoice.services.standing import Standing

Toast = Callable[[str, Callable[[], None] | None], None]

FORMAT = "yyyy-MM-dd HH:mm"


class Planning(QObject):
    """Keeps the bar's pill, time and Schedule button true to the draft."""

    queue_requested = Signal()
    left_requested = Signal()

    def __init__(
        self, theme: Theme, bridge: Bridge, session: Session, bar: TopBar, toast: Toast, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme, self.bridge, self.session, self.bar, self.toast = theme, bridge, session, bar, toast
        self.owner = parent
        self.left: tuple[Todo, ...] = ()
        self.facts = Facts()
        self.wall, self.zone = "", "UTC"
        self._standing: Standing | None = None
        self._read_at_s = time.monotonic()
        bar.schedule_button.schedule_requested.connect(self.schedule)
        bar.schedule_button.menu_requested.connect(self._open_menu)
        bar.time_button.clicked.connect(self.choose_time)

    # Showing

    def show_facts(self, opened: Opened) -> None:
        """Take the deliveries, the person and the accounts of the open draft."""
        self.facts = Facts(opened.deliveries, opened.profile, opened.accounts, opened.now)
        self._read_at_s = time.monotonic()

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
        self.left = todos(draft, standing, self.facts) if standing is not None else ()
        self.wall, self.zone = planned_time(draft, replace(self.facts, now=self.now()))
        self.bar.time_button.setText(self.spoken_time(self.wall, self.zone))
        self.bar.time_button.updateGeometry()
        look = pill(draft, standing, self.facts)
        self.bar.pill.set_status(look.kind, look.icon, look.word)
        for channel, chip in self.bar.chips.items():
            chip.set_needs_sign_in(needs_sign_in(channel, self.facts))
        self._show_button()

    def _show_button(self) -> None:
        button = self.bar.schedule_button
        draft = self.session.draft
        if draft is None:
            return
        is_planned = bool(active(self.facts.deliveries)) and not wanted(draft, self.facts.deliveries)
        if self.left:
            button.set_not_ready(len(self.left))
        elif is_planned:
            button.set_scheduled(self.spoken_time(self.wall, self.zone))
        elif self._standing is None:
            button.set_unchecked()
        else:
            button.set_ready(self.spoken_time(self.wall, self.zone))

    def wait(self) -> None:
        """The text is ahead of what was checked: nothing may be scheduled by a click now."""
        if self.bar.schedule_button.state in ("ready", "working"):
            self.bar.schedule_button.set_unchecked()

    def spoken_time(self, wall: str, zone: str) -> str:
        """`Tue 17 Nov, 08:10` for a wall time; with the city when it is not the person's zone."""
        words = QLocale().toString(QDateTime.fromString(wall, FORMAT), "ddd d MMM, HH:mm")
        return words if zone == self.facts.profile.zone else f"{words} {city(zone)}"

    # Time

    def choose_time(self) -> None:
        """Open the panel with date, time and zone."""
        if self.session.draft is None:
            return
        from medvoice.ui.pages.compose.popovers import TimePopover

        popover = TimePopover(self.theme, self.owner, self.wall, self.zone, self.now())
        popover.chosen.connect(self._time_chosen)
        popover.show_below(self.bar.time_button, is_right_aligned=True)

    def _time_chosen(self, wall: str, zone: str) -> None:
        movable = [each.id for each in active(self.facts.deliveries) if is_movable(each)]
        if not movable:
            self.session.change(planned_wall=wall, planned_zone=zone)
            self.show_standing(self._standing)
            return
        by = self._by()

        def moved(_value: object) -> None:
            self.toast(self.tr("Moved to {time}").format(time=self.spoken_time(wall, zone)), None)

        self._work(lambda desk: [desk.queueing.move(each, wall, zone, by) for each in movable], moved)

    # Scheduling

    def schedule(self) -> None:
        """Clear and plan in one step, after the last words are saved."""
        self.bar.schedule_button.set_working()
        self.session.save()
        self.session.after_saving(self._schedule_now)

    def _schedule_now(self) -> None:
        draft = self.session.draft
        if draft is None:
            return
        wall, zone, by = self.wall, self.zone, self._by()
        channels = wanted(draft, self.facts.deliveries)
        self._work(
            lambda desk: desk.queueing.schedule(draft.id, wall, zone, by, channels),
            lambda made: self._scheduled(made, wall, zone),
        )

    def _scheduled(self, deliveries: tuple[Delivery, ...], wall: str, zone: str) -> None:
        draft = self.session.draft

        def undo() -> None:
            self._cancel(tuple(each.id for each in deliveries), draft.id if draft else "")

        names = self.tr(" and ").join(CHANNEL_NAMES[each.channel] for each in deliveries)
        words = self.tr("Scheduled for {time} on {channels}")
        self.toast(words.format(time=self.spoken_time(wall, zone), channels=names), undo)

    def _cancel(self, ids: tuple[str, ...], draft_id: str, words: str = "") -> None:
        by = self._by()

        def done(_value: object) -> None:
            if words:
                self.toast(words, None)

        self._work(lambda desk: [desk.queueing.cancel(each, by) for each in ids], done, draft_id)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with a scheduled draft."""
        menu = QMenu(parent)
        menu.setObjectName("scheduled_menu")
        if any(is_movable(each) for each in active(self.facts.deliveries)):
            menu.addAction(self.tr("Change time"), self.choose_time)
            menu.addAction(self.tr("Unschedule"), self.unschedule)
        menu.addAction(self.tr("Show in the queue"), self.queue_requested.emit)
        return menu

    def _open_menu(self) -> None:
        button = self.bar.schedule_button
        self.menu(self.owner).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def unschedule(self) -> None:
        """Take what waits of the draft out of the queue; Undo plans it again."""
        draft = self.session.draft
        ids = tuple(each.id for each in active(self.facts.deliveries) if is_movable(each))
        if draft is not None and ids:
            self._cancel(ids, draft.id, self.tr("Unscheduled. Your text is unchanged."))

    def keep_version(self) -> None:
        """Keep the present text as a version, after it is saved."""
        draft = self.session.draft
        if draft is None:
            return

        def go() -> None:
            self.bridge.work(
                lambda desk: desk.drafting.keep_version(draft.id),
                owner=self,
                on_done=lambda _kept: self.toast(self.tr("This version is kept"), None),
                on_error=self._failed,
            )

        self.session.save()
        self.session.after_saving(go)

    # The person's answers

    def tick(self, code: str, is_on: bool) -> None:
        """Tick or untick a box for exactly this text."""
        by = self._by()
        if is_on:
            self._answer(lambda desk, draft_id: desk.clearing.tick(draft_id, code, by))
        else:
            self._answer(lambda desk, draft_id: desk.clearing.untick(draft_id, code, by))

    def reconfirm(self) -> None:
        """Tick again what was ticked for the text before and has not changed."""
        by = self._by()
        self._answer(lambda desk, draft_id: desk.clearing.reconfirm(draft_id, by))

    def dismiss(self, rule: str, reason: str) -> None:
        """Set a rule's warnings aside, with the reason; Undo opens them again."""
        by = self._by()
        quotes = {
            finding.quote
            for each in (self._standing.per_channel if self._standing else ())
            for finding in each.open_warnings
            if finding.rule == rule
        }

        def undo() -> None:
            self._answer(
                lambda desk, draft_id: [desk.clearing.undismiss(draft_id, rule, q, by) for q in quotes]
            )

        self._answer(
            lambda desk, draft_id: desk.clearing.dismiss_rule(draft_id, rule, reason, by),
            lambda: self.toast(self.tr("Set aside, with your reason on record"), undo),
        )

    def undismiss(self, rule: str, quote: str) -> None:
        """Open a warning again."""
        by = self._by()
        self._answer(lambda desk, draft_id: desk.clearing.undismiss(draft_id, rule, quote, by))

    def route(self, rule: str, reference: str, since: str) -> None:
        """Note that a possible adverse event went to safety: their reference and since when it is known."""
        by, zone = self._by(), self.facts.profile.zone
        self._answer(
            lambda desk, draft_id: desk.clearing.route(
                draft_id, rule, reference, wall_to_utc(since, zone), by
            )
        )

    def misread(self, rule: str, reason: str) -> None:
        """Note that these words tell of no adverse event."""
        by = self._by()
        self._answer(lambda desk, draft_id: desk.clearing.misread(draft_id, rule, reason, by))

    def switch_disclaimer(self, channel: str, is_on: bool) -> None:
        """Add the sentence that says whose view it is to a channel, or take it off."""
        draft = self.session.draft
        if draft is None:
            return
        if not is_on:
            self.session.set_variant(replace(draft.variant(channel), disclaimer=""))
            return

        def done(sentence: str) -> None:
            if self.session.draft is not None and self.session.draft.id == draft.id:
                variant = self.session.draft.variant(channel)
                self.session.set_variant(replace(variant, disclaimer=sentence))

        self.bridge.work(lambda desk: desk.clearing.disclaimer_for(draft, channel), owner=self, on_done=done)

    def _answer(self, act: Callable[[Desk, str], object], then: Callable[[], None] | None = None) -> None:
        """Save first, so that the answer is for the text on the screen, then act and show."""

        def go() -> None:
            draft = self.session.draft
            if draft is not None:
                draft_id = draft.id
                self._work(lambda desk: act(desk, draft_id), lambda _v: then() if then else None)

        self.session.save()
        self.session.after_saving(go)

    def _by(self) -> str:
        return self.facts.profile.name.strip() or self.tr("you")

    def _work(self, fn: Callable[[Desk], Any], then: Callable[[Any], None], draft_id: str = "") -> None:
        """Run a use case, then show the draft as it stands after it."""
        if not draft_id:
            if self.session.draft is None:
                return
            draft_id = self.session.draft.id

        def work(desk: Desk) -> tuple[tuple[Any, Opened], Changes]:
            value = fn(desk)
            return (value, read_draft(desk, draft_id)), Changes.of(drafts=[draft_id], deliveries=["*"])

        def done(pair: tuple[Any, Opened]) -> None:
            value, opened = pair
            self.session.adopt(opened)
            then(value)

        self.bridge.work(work, owner=self, on_done=done, on_error=self._failed)

    def _failed(self, problem: BaseException) -> None:
        self.session.reload()
        self.show_standing(self._standing)
        if isinstance(problem, FindingsBlock):
            self.left_requested.emit()
        elif isinstance(problem, MedVoiceError):
            self.toast(sentence_for(problem), None)
