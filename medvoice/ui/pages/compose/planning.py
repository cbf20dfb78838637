"""From checked to planned: the Schedule button, the time, ticks, dismissals, the personal-view sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QObject
from PySide6.QtWidgets import QMenu, QWidget

from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.errors import FindingsBlock, MedVoiceError, UserError
from medvoice.domain.outbox import Delivery
from medvoice.services.changes import Changes
from medvoice.services.standing import Left, Standing
from medvoice.ui.bridge import Bridge, Desk
from medvoice.ui.models.problems import sentence_for
from medvoice.ui.pages.compose.compliance_tab import open_counts
from medvoice.ui.pages.compose.popovers import FORMAT, TimePopover, next_slot
from medvoice.ui.pages.compose.session import Opened, Session, live_delivery, read_draft
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.theme import Theme

Toast = Callable[[str, Callable[[], None] | None], None]


class Planning(QObject):
    """Keeps the bar's pill, time and Schedule button true to the standing."""

    def __init__(
        self, theme: Theme, bridge: Bridge, session: Session, bar: TopBar, toast: Toast, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.theme, self.bridge, self.session, self.bar, self.toast = theme, bridge, session, bar, toast
        self.owner = parent
        self.left: tuple[Left, ...] = ()
        self.wall = ""
        self.delivery: Delivery | None = None
        self.now: datetime | None = None
        bar.schedule_button.schedule_requested.connect(self.schedule)
        bar.schedule_button.menu_requested.connect(self._open_menu)
        bar.time_button.clicked.connect(self.choose_time)

    # Showing

    def show(self, opened: Opened) -> None:
        """Say where the draft stands."""
        # The same words left on two channels are one thing for the person.
        self.left = tuple({(x.kind, x.code, x.words): x for x in opened.standing.left}.values())
        self.now = opened.now
        self.delivery = live_delivery(opened.deliveries)
        zone = opened.profile.zone
        if self.delivery is not None:
            self.wall = self.delivery.wall
        else:
            planned = opened.draft.planned_wall
            is_ahead = planned and wall_to_utc(planned, zone) > opened.now
            local = datetime.strptime(utc_to_wall(opened.now, zone), "%Y-%m-%d %H:%M")  # noqa: DTZ007
            self.wall = planned if is_ahead else next_slot(local)
        self.bar.time_button.setText(spoken_time(self.wall))
        self.bar.time_button.updateGeometry()
        self._show_pill(opened.standing)
        self._show_button()

    def _show_button(self) -> None:
        button = self.bar.schedule_button
        if self.delivery is not None and not self._is_changed():
            button.set_scheduled(spoken_time(self.wall))
        elif self.left:
            button.set_not_ready(len(self.left))
        else:
            button.set_ready(spoken_time(self.wall))

    def _is_changed(self) -> bool:
        """Whether the planned delivery waits to be cleared again."""
        return self.delivery is not None and self.delivery.state == "held"

    def _show_pill(self, standing: Standing) -> None:
        blocks, warnings = open_counts(standing)
        pill = self.bar.pill
        if self._is_changed():
            pill.set_status("warn", "pencil", self.tr("Changed since you cleared it"))
        elif blocks:
            pill.set_status("danger", "octagon-alert", self.tr("{n} must fix").format(n=blocks))
        elif warnings:
            pill.set_status("warn", "triangle-alert", self.tr("{n} to check").format(n=warnings))
        elif self.delivery is not None:
            pill.set_status("neutral", "clock", self.tr("Scheduled"))
        elif self.left:
            pill.set_status("neutral", "pencil", self.tr("Draft"))
        else:
            pill.set_status("ok", "circle-check", self.tr("Ready"))

    def wait(self) -> None:
        """The text is ahead of what was checked: nothing may be scheduled by a click now."""
        if self.bar.schedule_button.state == "ready":
            self.bar.schedule_button.set_unchecked()

    # Time

    def choose_time(self) -> None:
        """Open the panel with date and time."""
        popover = TimePopover(self.theme, self.owner, self.wall, self.session.profile.zone)
        popover.chosen.connect(self._time_chosen)
        popover.show_below(self.bar.time_button, is_right_aligned=True)

    def _time_chosen(self, wall: str) -> None:
        zone = self.session.profile.zone
        if self.delivery is not None and not self._is_changed():
            delivery_id, by = self.delivery.id, self._by()
            self._work(
                lambda desk: desk.queueing.move(delivery_id, wall, zone, by),
                lambda _d: self.toast(self.tr("Moved to {time}").format(time=spoken_time(wall)), None),
            )
        else:
            self.session.change(planned_wall=wall, planned_zone=zone)

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
        wall, zone, by = self.wall, self.session.profile.zone, self._by()
        self._work(
            lambda desk: desk.queueing.schedule(draft.id, wall, zone, by),
            lambda made: self._scheduled(made, wall),
        )

    def _scheduled(self, deliveries: tuple[Delivery, ...], wall: str) -> None:
        ids = [delivery.id for delivery in deliveries]

        def undo() -> None:
            by = self._by()
            self._work(lambda desk: [desk.queueing.cancel(each, by) for each in ids], lambda _v: None)

        self.toast(self.tr("Scheduled for {time}").format(time=spoken_time(wall)), undo)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with a scheduled draft."""
        menu = QMenu(parent)
        menu.addAction(self.tr("Change time"), self.choose_time)
        menu.addAction(self.tr("Unschedule"), self.unschedule)
        return menu

    def _open_menu(self) -> None:
        button = self.bar.schedule_button
        self.menu(self.owner).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def unschedule(self) -> None:
        """Take all open deliveries of the draft out of the queue."""
        draft, by = self.session.draft, self._by()
        if draft is None:
            return

        def work(desk: Desk) -> int:
            found = desk.queueing.outbox.list(draft_id=draft.id)
            waiting = [
                each for each in found if each.state in ("planned", "held", "waiting", "paused", "missed")
            ]
            return len([desk.queueing.cancel(each.id, by) for each in waiting])

        self._work(work, lambda _n: self.toast(self.tr("Unscheduled. Your text is unchanged."), None))

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
        """Set a warning aside, with the reason."""
        by = self._by()
        self._answer(lambda desk, draft_id: desk.clearing.dismiss_rule(draft_id, rule, reason, by))

    def route(self, rule: str, reference: str, aware: str) -> None:
        """Note that an adverse event went to safety: reference and time of awareness."""
        by, zone = self._by(), self.session.profile.zone
        self._answer(
            lambda desk, draft_id: desk.clearing.route(
                draft_id, rule, reference, wall_to_utc(aware, zone), by, ""
            )
        )

    def switch_disclaimer(self, channel: str, is_on: bool) -> None:
        """Put the personal-view sentence before the text of a channel, or take it off."""
        draft = self.session.draft
        if draft is None:
            return
        variant = draft.variant(channel)
        if not is_on:
            self.session.set_variant(replace(variant, disclaimer=""))
            return

        def done(sentence: str) -> None:
            self.session.set_variant(replace(variant, disclaimer=sentence, disclaimer_place="start"))

        self.bridge.work(lambda desk: desk.clearing.disclaimer_for(draft, channel), owner=self, on_done=done)

    def _answer(self, act: Callable[[Desk, str], object]) -> None:
        """Save first, so that the answer is for the text on the screen, then act and show."""
        self.session.save()
        self.session.after_saving(lambda: self._work(self._for_draft(act), lambda _v: None))

    def _for_draft(self, act: Callable[[Desk, str], object]) -> Callable[[Desk], object]:
        draft = self.session.draft
        return lambda desk: act(desk, draft.id) if draft is not None else None

    def _by(self) -> str:
        return self.session.profile.name or "you"

    def _work(self, fn: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        """Run a use case, then show the draft as it stands after it."""
        draft = self.session.draft
        if draft is None:
            return

        def work(desk: Desk) -> tuple[tuple[Any, Opened], Changes]:
            value = fn(desk)
            return (value, read_draft(desk, draft.id)), Changes.of(drafts=[draft.id], deliveries=["*"])

        def done(pair: tuple[Any, Opened]) -> None:
            value, opened = pair
            if self.session.draft is not None and self.session.draft.id == opened.draft.id:
                self.session.draft = opened.draft
                self.session.opened.emit(opened)
            then(value)

        self.bridge.work(work, owner=self, on_done=done, on_error=self._failed)

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, FindingsBlock):
            words = self.tr("Some things are left before it can be scheduled.")
        elif isinstance(problem, (UserError, MedVoiceError)):
            words = sentence_for(problem)
        else:
            words = self.tr("That did not work. Your text is safe.")
        self.toast(words, None)
        self.session.reload()


def spoken_time(wall: str) -> str:
    """`Tue 17 Nov, 08:10` for a wall time."""
    return QLocale().toString(QDateTime.fromString(wall, FORMAT), "ddd d MMM, HH:mm")
