"""The side of the calendar: what is missing, what waits for a place, the month's plan; or the chosen post."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.calendar_data import UNKNOWN, CalendarSnapshot, Card, short
from medvoice.ui.models.calendar_days import Span, day_name
from medvoice.ui.models.calendar_hours import free_words
from medvoice.ui.models.calendar_zones import reach_words
from medvoice.ui.models.moments import short_moment
from medvoice.ui.pages.calendar.side_day import DayPosts
from medvoice.ui.pages.calendar.side_parts import IconLine, ShareRow, TallPage, TrayCard
from medvoice.ui.pages.calendar.side_week import FreeTimes, week_lines
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.pill import KeyCap, StatusPill, TopicChip


class CalendarSide(Surface):
    """`place_requested(topic id, wall)` for a gap, `slot_requested(wall)` for a free time of the week,
    `tray_requested(draft id)`, `open_requested(draft id)`, `move_requested`, `menu_requested`, `closed` for
    the chosen post, `card_requested(key)` for one of the day that shows,
    `gap_skipped` when one is no more to be told."""

    place_requested = Signal(str, str)
    slot_requested = Signal(str)
    tray_requested = Signal(str)
    open_requested = Signal(str)
    move_requested = Signal()
    menu_requested = Signal(object)
    closed = Signal()
    gap_skipped = Signal()
    card_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("sidebar", edge="left", parent=parent)
        self.theme = theme
        self.setObjectName("calendar_side")
        self.setAccessibleName(self.tr("Plan"))
        self.shown = ""
        self.skipped: set[str] = set()
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self._outer = outer
        self.problem = ProblemLabel(theme)
        self.clashes: QVBoxLayout | None = None
        self._month = ""
        self._page: TallPage | None = None
        self._last: tuple[CalendarSnapshot, Card | date | None] | None = None
        theme.changed.connect(self._again)

    def put_below(self, widget: QWidget) -> None:
        """Something that stays at the foot whatever shows above."""
        self._outer.addWidget(widget)

    def show_plan(self, snapshot: CalendarSnapshot, month: str) -> None:
        """What is missing, what waits and how the month stands."""
        self._last = (snapshot, None)
        self._month = month
        column = self._fresh()
        self._add_gaps(column, snapshot)
        self._add_free(column, snapshot)
        self._add_tray(column, snapshot)
        self._add_week(column, snapshot)
        self._add_shares(column, snapshot, month)
        self._put(column, "")

    def show_day(self, snapshot: CalendarSnapshot, day: date) -> None:
        """All posts of a day."""
        self._last = (snapshot, day)
        column = self._fresh()
        posts = DayPosts(self.theme, snapshot, day, self)
        posts.chosen.connect(self.card_requested)
        head = QHBoxLayout()
        head.addWidget(Label(self.theme, posts.title, "section", wraps=True), 1)
        head.addWidget(self._close_button())
        column.addLayout(head)
        column.addWidget(Label(self.theme, posts.count, "small", "text.secondary"))
        column.addWidget(posts)
        self._put(column, day.isoformat())

    def _close_button(self) -> IconButton:
        close = IconButton(self.theme, "x", self.tr("Close"))
        close.setObjectName("calendar_close")
        close.clicked.connect(self.closed)
        return close

    def show_card(self, snapshot: CalendarSnapshot, card: Card) -> None:
        """The chosen post or draft."""
        self._last = (snapshot, card)
        column = self._fresh()
        theme, px = self.theme, self.theme.px
        head = QHBoxLayout()
        if card.topic is not None:
            head.addWidget(TopicChip(theme, card.topic.slot, card.topic.name))
        head.addStretch(1)
        head.addWidget(self._close_button())
        column.addLayout(head)
        column.addWidget(Label(theme, card.title, "panelTitle", wraps=True))
        pill = StatusPill(theme, card.kind, card.icon, card.word)
        column.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(4))
        for line in self._facts(snapshot, card):
            column.addWidget(line)
        self.clashes = QVBoxLayout()
        self.clashes.setSpacing(px(8))
        column.addLayout(self.clashes)
        column.addWidget(self.problem)
        column.addSpacing(px(6))
        column.addLayout(self._buttons(card))
        column.addSpacing(px(14))
        self._add_keys(column, is_week=len(Span(snapshot.first, snapshot.last).days) == 7)
        column.addSpacing(px(14))
        self._add_week(column, snapshot)
        self._put(column, card.key)

    def _facts(self, snapshot: CalendarSnapshot, card: Card) -> list[IconLine]:
        """When it goes out, whom it reaches there, where it goes, and what it waits for."""
        theme, when = self.theme, short_moment(card.entry.wall, card.entry.zone, snapshot.zone)
        if card.there is not None:
            when = f"{when}, {card.there.words}"
        lines = [IconLine(theme, "clock", when, tone="text.primary")]
        reach = reach_words(card.entry.at, snapshot.zone, snapshot.audience)
        if reach:
            lines.append(IconLine(theme, "globe", reach))
            lines[-1].label.setObjectName("calendar_reach")
        for channel in card.entry.channels:
            lines.append(IconLine(theme, channel, CHANNEL_NAMES[channel], tone="text.primary"))
        if card.waits_until is not None:
            words = self._waits(card, snapshot)
            lines.append(IconLine(theme, "lock", words, "warn.text", tone="warn.text"))
        return lines

    def show_clashes(self, key: str, sentences: Sequence[str]) -> None:
        """What the chosen post clashes with; nothing happens when another one was chosen meanwhile."""
        if self.shown != key or self.clashes is None:
            return
        while (item := self.clashes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words in sentences:
            banner = Banner(self.theme, "warn", words, parent=self)
            banner.setObjectName("calendar_clash")
            self.clashes.addWidget(banner)
            banner.show()

    def _waits(self, card: Card, snapshot: CalendarSnapshot) -> str:
        if card.waits_until is None or card.waits_until == UNKNOWN:
            return self.tr("It draws on an abstract, and when its embargo ends is not known.")
        words = self.tr("It draws on an abstract under embargo until {moment}.")
        return words.format(moment=short(card.waits_until, snapshot.zone))

    def _buttons(self, card: Card) -> QHBoxLayout:
        theme, row = self.theme, QHBoxLayout()
        row.setSpacing(theme.px(8))
        opens = Button(theme, self.tr("Open draft"), kind="primary")
        opens.setObjectName("calendar_open")
        opens.clicked.connect(lambda: self.open_requested.emit(card.entry.draft_id))
        moves = Button(theme, self.tr("Move"), trailing_icon="chevron-down")
        moves.setObjectName("calendar_move")
        moves.setEnabled(card.can_move)
        moves.clicked.connect(lambda: self.menu_requested.emit(moves.mapToGlobal(QPoint(0, moves.height()))))
        row.addWidget(opens)
        row.addWidget(moves)
        row.addStretch(1)
        return row

    def _add_keys(self, column: QVBoxLayout, *, is_week: bool) -> None:
        theme = self.theme
        column.addWidget(Label(theme, self.tr("Move with the keyboard"), "bodyStrong"))
        for keys, words in (
            (("Alt", "← →"), self.tr("one day")),
            (("Alt", "↑ ↓"), self.tr("15 minutes") if is_week else self.tr("one week")),
            (("Alt", "PgUp PgDn"), self.tr("one week")),
            (("B",), self.tr("next free time")),
            (("Del",), self.tr("unschedule")),
            (("Ctrl", "Z"), self.tr("undo the move")),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.px(6))
            for key in keys:
                row.addWidget(KeyCap(theme, key))
            row.addWidget(Label(theme, words, "small", "text.secondary", wraps=True), 1)
            column.addLayout(row)

    def _add_gaps(self, column: QVBoxLayout, snapshot: CalendarSnapshot) -> None:
        gaps = [gap for gap in snapshot.gaps if gap.topic.id not in self.skipped]
        if not gaps and (not snapshot.quiet or snapshot.is_bare):
            return
        self._heading(column, self.tr("Gaps"), str(len(gaps) + len(snapshot.quiet)))
        theme = self.theme
        for gap in gaps:
            since = (
                self.tr("since {day}").format(day=day_name(gap.last_on, "d MMM"))
                if gap.last_on
                else self.tr("yet")
            )
            title = self.tr("Nothing on {topic} {since}").format(topic=gap.topic.name, since=since)
            card, inner = self._box()
            inner.addWidget(Label(theme, title, "bodyStrong", wraps=True))
            words = self.tr("Your plan is one every {n} days.").format(n=gap.topic.cadence_days)
            if gap.slot is not None:
                free = self.tr("{moment} is free.").format(moment=free_words(gap.slot.wall))
                words = f"{words} {free}"
            inner.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
            row = QHBoxLayout()
            if gap.slot is not None:
                when = short_moment(gap.slot.wall, gap.slot.zone, snapshot.zone)
                day = day_name(date.fromisoformat(gap.slot.wall[:10]), "ddd d MMM")
                place = Button(theme, self.tr("New for {day}").format(day=day), kind="soft", size="small")
                place.setAccessibleName(self.tr("New for {moment}").format(moment=when))
                place.setToolTip(place.accessibleName())
                place.setObjectName("calendar_place_gap")
                place.clicked.connect(self._placer(gap.topic.id, gap.slot.wall))
                row.addWidget(place)
            skip = Button(theme, self.tr("Skip"), kind="ghost", size="small")
            skip.setObjectName("calendar_skip_gap")
            skip.clicked.connect(self._skipper(gap.topic.id))
            row.addWidget(skip)
            row.addStretch(1)
            inner.addLayout(row)
            column.addWidget(card)
        for quiet in snapshot.quiet[:1]:
            card, inner = self._box()
            first, last = day_name(quiet.first, "d MMM"), day_name(quiet.last, "d MMM")
            title = self.tr("Quiet stretch, {first} to {last}").format(first=first, last=last)
            inner.addWidget(Label(theme, title, "bodyStrong", wraps=True))
            words = (
                self.tr("Fine if you planned it. Nothing is overdue.")
                if not gaps
                else self.tr("Fine if you planned it.")
            )
            inner.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
            column.addWidget(card)
        column.addSpacing(theme.px(10))

    def _placer(self, topic_id: str, wall: str) -> Callable[[], None]:
        return lambda: self.place_requested.emit(topic_id, wall)

    def _skipper(self, topic_id: str) -> Callable[[], None]:
        def skip() -> None:
            self.skipped.add(topic_id)
            self.gap_skipped.emit()

        return skip

    def _add_free(self, column: QVBoxLayout, snapshot: CalendarSnapshot) -> None:
        if not snapshot.worth.free:
            return
        times = FreeTimes(self.theme, snapshot, self)
        times.chosen.connect(self.slot_requested)
        self._heading(column, times.title, times.note)
        column.addWidget(times)
        column.addSpacing(self.theme.px(10))

    def _add_week(self, column: QVBoxLayout, snapshot: CalendarSnapshot) -> None:
        title, lines = week_lines(self.theme, snapshot)
        if not lines:
            return
        self._heading(column, title, "")
        for line in lines:
            column.addWidget(line)
        column.addSpacing(self.theme.px(10))

    def _add_tray(self, column: QVBoxLayout, snapshot: CalendarSnapshot) -> None:
        self._heading(
            column, self.tr("Waiting for a place"), self.tr("Drag, or press P") if snapshot.tray else ""
        )
        if not snapshot.tray:
            words = self.tr("Each draft has its moment, or there is none yet.")
            column.addWidget(Label(self.theme, words, "small", "text.secondary", wraps=True))
        for waiting in snapshot.tray[:6]:
            card = TrayCard(self.theme, waiting, self)
            card.clicked.connect(self._tray_teller(waiting.draft_id))
            column.addWidget(card)
        if len(snapshot.tray) > 6:
            words = self.tr("{n} more in Compose").format(n=len(snapshot.tray) - 6)
            column.addWidget(Label(self.theme, words, "small", "text.tertiary"))
        column.addSpacing(self.theme.px(10))

    def _tray_teller(self, draft_id: str) -> Callable[[], None]:
        return lambda: self.tray_requested.emit(draft_id)

    def _add_shares(self, column: QVBoxLayout, snapshot: CalendarSnapshot, month: str) -> None:
        if not snapshot.shares:
            return
        count = sum(each.count for each in snapshot.shares if each.target)
        target = sum(each.target for each in snapshot.shares)
        words = self.tr("{n} of {target}").format(n=count, target=target) if target else ""
        self._heading(column, self.tr("{month} plan").format(month=month), words)
        for each in snapshot.shares:
            column.addWidget(ShareRow(self.theme, each.topic.slot, each.topic.name, each.count, each.target))

    def _heading(self, column: QVBoxLayout, title: str, note: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Label(self.theme, title, "section"), 1)
        if note:
            row.addWidget(Label(self.theme, note, "small", "text.secondary"))
        column.addLayout(row)

    def _box(self) -> tuple[Surface, QVBoxLayout]:
        card = Surface("card")
        inner = QVBoxLayout(card)
        side = self.theme.px(12)
        inner.setContentsMargins(side, side, side, side)
        inner.setSpacing(self.theme.px(6))
        return card, inner

    def _fresh(self) -> QVBoxLayout:
        """A page to fill; `_put` shows it when it is whole, so that nothing is seen or measured half made."""
        self.problem.setParent(self)
        self.problem.hide()
        self._page = page = TallPage()
        page.setProperty("scroll", True)  # the ground of the side shows through
        column = QVBoxLayout(page)
        side = self.theme.px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(self.theme.px(8))
        return column

    def _put(self, column: QVBoxLayout, what: str) -> None:
        """Show the page that was filled; the one before goes when the loop is free. The same thing told again
        stays scrolled to where it was."""
        column.addStretch(1)
        bar = self.area.verticalScrollBar()
        at = bar.value() if self.shown == what else 0
        self.shown = what
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()
        if self._page is not None:
            self.area.setWidget(self._page)
        bar.setValue(at)

    def show_problem(self, words: str) -> None:
        """What stood in the way of what was just tried."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _again(self) -> None:
        if self._last is None:
            return
        snapshot, what = self._last
        if what is None:
            self.show_plan(snapshot, self._month)
        elif isinstance(what, Card):
            self.show_card(snapshot, what)
        else:
            self.show_day(snapshot, what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
