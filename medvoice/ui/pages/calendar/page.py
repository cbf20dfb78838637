"""The calendar page: month, week and list over one reading of the workspace, with its side."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.calendar_data import CalendarSnapshot, Card, load_calendar
from medvoice.ui.models.calendar_days import ViewKind, day_name, step, title_of
from medvoice.ui.models.clash_words import clash_sentences
from medvoice.ui.pages.calendar.acts import CalendarActs
from medvoice.ui.pages.calendar.doing import VIEWS, CalendarDoing
from medvoice.ui.pages.calendar.empty_plan import EmptyPlan
from medvoice.ui.pages.calendar.filtering import only_topic
from medvoice.ui.pages.calendar.go_to import GoTo
from medvoice.ui.pages.calendar.header import CalendarHeader, TopicRow
from medvoice.ui.pages.calendar.list_view import CalendarList
from medvoice.ui.pages.calendar.month_view import MonthView
from medvoice.ui.pages.calendar.side import CalendarSide
from medvoice.ui.pages.calendar.week_head import WeekPane
from medvoice.ui.pages.calendar.week_view import WeekView
from medvoice.ui.pages.queue.acts import Toast
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.embargo_line import EmbargoLine

if TYPE_CHECKING:
    from medvoice.ui.commands.command import Command

SIDE_W, SIDE_FROM = 304, 1200


class CalendarPage(Surface):
    """The calendar. `toast(words, undo, redo)` shows a sentence for some seconds. `draft_requested(id)` opens
    one in Compose, `events_requested` asks for the congresses."""

    draft_requested = Signal(str)
    events_requested = Signal()

    def __init__(
        self, theme: Theme, bridge: Bridge, *, toast: Toast, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__("surface", parent=parent)
        self.theme = theme
        self.bridge = bridge
        self.setObjectName("calendar_page")
        self.kind: ViewKind = "month"
        self.day = today
        self.read: CalendarSnapshot | None = None
        self._is_loading = self._is_stale = self._wants_keyboard = False
        self.follow = ""
        self.opened_day: date | None = None
        self._wants_side: bool | None = None
        self.acts = CalendarActs(theme, bridge, toast, self)
        self.doing = CalendarDoing(self)
        self.header = CalendarHeader(theme)
        self.topics = TopicRow(theme)
        self.body = QWidget()
        self.month = MonthView(theme, today)
        self.week = WeekView(theme, today)
        self.list = CalendarList(theme, today)
        self.stack = QStackedWidget(self.body)
        for view in (self.month, WeekPane(theme, self.week), self.list):
            self.stack.addWidget(view)
        self.empty = EmptyPlan(theme, self.body)
        self.side = CalendarSide(theme, self.body)
        self.waits = EmbargoLine(theme, bridge, self.side)
        self.side.put_below(self.waits)
        self.go_to = GoTo(theme, self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.header, self.topics):
            column.addWidget(each)
        column.addWidget(self.body, 1)
        self._connect()
        self._title()

    def _connect(self) -> None:
        self.bridge.changed.connect(self._workspace_changed)
        self.header.stepped.connect(self.step)
        self.header.today_requested.connect(self.show_today)
        self.header.view_chosen.connect(self.show_view)
        self.header.new_requested.connect(lambda: self.doing.act("new"))
        self.header.side_requested.connect(self.toggle_side)
        self.header.readers_requested.connect(lambda: self.doing.act("readers"))
        self.topics.chosen.connect(lambda _topic: self._show())
        for view in self.views:
            view.acted.connect(self.doing.act)
            view.day_chosen.connect(self._day_chosen)
            view.card_chosen.connect(self._card_chosen)
            view.opened.connect(self._open)
            view.menu_requested.connect(self.doing.show_menu)
        for view in (self.month, self.week):
            view.beyond.connect(self.show_day)
            view.drag.dropped.connect(self.doing.dropped)
            view.drag.placed.connect(self.doing.placed)
        for view in (self.month, self.week):
            view.more_requested.connect(self._show_more)
        self.empty.plan_requested.connect(self.doing.plan_two_weeks)
        self.empty.new_requested.connect(self.doing.take_slot)
        self.empty.events_requested.connect(self.events_requested)
        self.side.place_requested.connect(self.doing.fill_gap)
        self.month.gap_chosen.connect(self.doing.fill_gap)
        self.week.slot_chosen.connect(self.doing.take_slot)
        self.side.slot_requested.connect(self.doing.take_slot)
        self.side.gap_skipped.connect(self._show)
        self.side.card_requested.connect(lambda key: self.view.set_card(key))
        self.side.tray_requested.connect(self.doing.place_next)
        self.side.open_requested.connect(self.draft_requested)
        self.side.menu_requested.connect(self.doing.show_menu)
        self.side.closed.connect(self.leave_card)
        self.go_to.chosen.connect(self._go)
        self.go_to.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.acts.draft_needed.connect(self.draft_requested)
        self.acts.moved.connect(self._moved)
        self.acts.audience_changed.connect(self.reload)
        self.theme.changed.connect(self._place)

    @property
    def views(self) -> tuple[MonthView, WeekView, CalendarList]:
        return (self.month, self.week, self.list)

    @property
    def view(self) -> MonthView | WeekView | CalendarList:
        """The view that shows."""
        return self.views[VIEWS.index(self.kind)]

    # Reading

    def reload(self) -> None:
        """Read again; a wish that comes while one is under way is granted once, after it."""
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading = True
        span, month = self.view.period, self.day
        self.bridge.work(
            lambda desk: load_calendar(desk, span.first, span.last, month),
            owner=self,
            on_done=self._loaded,
            on_error=self._not_loaded,
        )

    def _loaded(self, snapshot: CalendarSnapshot) -> None:
        self._is_loading = False
        span = self.view.period
        if (snapshot.first, snapshot.last) == (span.first, span.last):
            self.read = snapshot
            self._show()
        if self._is_stale or self.read is not snapshot:
            self._is_stale = False
            self.reload()

    def _not_loaded(self, problem: BaseException) -> None:
        self._is_loading = False
        self.bridge.report(problem)

    def _workspace_changed(self, changes: Changes) -> None:
        if changes and self.isVisible():
            self.reload()

    @property
    def snapshot(self) -> CalendarSnapshot | None:
        """What shows, the other topics left out where one is chosen, and the gaps that were skipped."""
        if self.read is None:
            return None
        gaps = tuple(gap for gap in self.read.gaps if gap.topic.id not in self.side.skipped)
        return only_topic(replace(self.read, gaps=gaps), self.topics.topic_id)

    def _show(self) -> None:
        snapshot = self.snapshot
        if snapshot is None:
            return
        self.topics.show_topics(snapshot.topics)
        self.header.show_readers(snapshot.audience)
        kind = snapshot.worth.kind
        is_tinted = self.kind == "week" or (self.kind == "month" and kind == "kept")
        self.topics.show_hours(kind if is_tinted else "")
        self.view.show_snapshot(snapshot)
        self.empty.show_snapshot(snapshot)
        self.header.new.set_kind("default" if snapshot.is_bare else "primary")
        followed = next((card for card in snapshot.all() if card.entry.draft_id == self.follow), None)
        if followed is not None:
            self.follow = ""
            self.view.set_card(followed.key)
        card = self.view.card()
        if card is not None and self.side.shown:
            self.show_card(snapshot, card)
        elif self.opened_day is not None:
            self.side.show_day(snapshot, self.opened_day)
        else:
            self.side.show_plan(snapshot, day_name(self.day, "MMMM"))
        self._place()
        self._take_keyboard()

    # Through time

    def show_view(self, kind: str) -> None:
        """Month, week or list, on the day the cursor is on."""
        # The view that comes to the front takes the focus, and puts its cursor where it likes.
        day = self.view.day()
        self.kind = next(each for each in VIEWS if each == kind)
        self.header.views.set_current(kind)
        self.stack.setCurrentIndex(VIEWS.index(self.kind))
        self.show_day(day)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        """Show a day, the cursor on it."""
        self.day = day
        self.read = None
        self.view.show_month(day)
        self._title()
        self.reload()

    def step(self, by: int) -> None:
        """The month, week or six weeks before (-1) or after (1)."""
        self.show_day(step(self.kind, self.view.day() if self.kind != "list" else self.day, by))

    def show_today(self) -> None:
        """Show today."""
        self.show_day(self.read.today if self.read else self.today())

    def today(self) -> date:
        """Today where the person is, as far as this computer knows."""
        return datetime.now().astimezone().date()

    def ask_date(self) -> None:
        """Ask for a date to show."""
        self.go_to.move(self.theme.px(24), self.theme.px(12))
        self.go_to.open(self.view.day())

    def _go(self, day: date) -> None:
        self.show_day(day)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> None:
        """The month that shows keeps its name while the cursor is on a day of the next one."""
        day = self.month.month if self.kind == "month" else self.day
        self.header.show_title(title_of(self.kind, day), title_of(self.kind, day, is_short=True))

    # The cursor

    def _day_chosen(self, day: date) -> None:
        self.day = day
        self.opened_day = None
        self._title()
        if self.side.shown:
            self._show_plan()

    def _card_chosen(self, key: str) -> None:
        snapshot = self.snapshot
        card = snapshot.find(key) if snapshot else None
        if snapshot is None or card is None:
            return
        self.day = card.day
        if self.side.shown or self._has_room():
            self.show_card(snapshot, card)

    def show_card(self, snapshot: CalendarSnapshot, card: Card) -> None:
        """The card at the side, and what it clashes with as soon as that is known."""
        self.side.show_card(snapshot, card)
        if card.can_move:
            self.bridge.work(
                lambda desk: desk.clashes.of(card.entry.draft_id, card.entry.at, snapshot.zone),
                owner=self,
                on_done=lambda found: self.side.show_clashes(
                    card.key, clash_sentences(found, snapshot.zone, snapshot.now)
                ),
            )

    def leave_card(self) -> None:
        """Close what shows of a card; without one, the side gives the grid its place back."""
        had_card, snapshot = bool(self.side.shown), self.snapshot
        is_card = snapshot is not None and snapshot.find(self.side.shown) is not None
        if is_card and self.opened_day == self.day and snapshot is not None:
            self.side.show_day(snapshot, self.day)  # back to the day it was opened from
        else:
            self.opened_day = None
            self._show_plan()
        if not had_card and not self._has_room():
            self._wants_side = None
            self._place()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_plan(self) -> None:
        snapshot = self.snapshot
        if snapshot is not None:
            self.side.show_plan(snapshot, day_name(self.day, "MMMM"))

    def _open(self, key: str) -> None:
        snapshot = self.snapshot
        card = snapshot.find(key) if snapshot else None
        if card is not None:
            self.draft_requested.emit(card.entry.draft_id)

    def _show_more(self, day: date) -> None:
        """All posts of a day at the side."""
        self.opened_day = day
        self.open_side()
        if self.snapshot is not None:
            self.side.show_day(self.snapshot, day)

    def _moved(self, _draft_id: str, wall: str) -> None:
        """Go where it went when that is out of sight."""
        day = date.fromisoformat(wall[:10])
        span = self.view.period
        if not span.first <= day <= span.last:
            self.show_day(day)

    def commands(self) -> "tuple[Command, ...]":
        """What can be done here, for the window's book of commands."""
        from medvoice.ui.pages.calendar.calendar_commands import calendar_commands

        return calendar_commands(self)

    def _has_room(self) -> bool:
        return (
            self.width() >= self.theme.px(SIDE_FROM)
            if self.theme.text_scale >= 1.3
            else self.width() >= SIDE_FROM
        )

    def open_side(self) -> None:
        """Show the side."""
        self._wants_side = True
        self._place()

    def toggle_side(self) -> None:
        """Show the side or give the grid its place."""
        self._wants_side = not self.side.isVisibleTo(self)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()
        self.reload()
        self.waits.read()
        self._wants_keyboard = True
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        if self._wants_keyboard and self.isVisible() and self.read is not None:
            self._wants_keyboard = False
            focus = self.window().focusWidget()
            if focus is None or not self.isAncestorOf(focus) or self.header.isAncestorOf(focus):
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        """Grid and side; where there is little room the side opens over the grid."""
        width, height = self.body.width(), self.body.height()
        has_room = self._has_room()
        is_open = has_room if self._wants_side is None else self._wants_side
        side_w = round(SIDE_W * max(1.0, min(self.theme.text_scale, 1.3)))
        self.side.setVisible(is_open)
        self.side.setGeometry(width - side_w, 0, side_w, height)
        self.stack.setGeometry(0, 0, width - side_w if is_open and has_room else width, height)
        today = self.month.rect_of_day(self.read.today if self.read else self.today()).toRect()
        corner = self.month.viewport().mapTo(self.body, today.topLeft())
        seen = QRect(corner, today.size()) if self.kind == "month" else QRect()
        self.empty.place(self.stack.geometry(), seen)
        self.side.raise_()
