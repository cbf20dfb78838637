"""The side of the calendar: what is missing, what waits for a place, the month's plan; or the chosen post."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.calendar_data import UNKNOWN, CalendarSnapshot, Card, Waiting, short
from medvoice.ui.models.calendar_days import day_name
from medvoice.ui.models.calendar_zones import reach_words
from medvoice.ui.models.moments import short_moment
from medvoice.ui.pages.calendar.dragging import START_PX, mime_of
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_text,
    paint_topic_marker,
    text_width,
)
from medvoice.ui.widgets.pill import KeyCap, PaintedMark, StatusPill, TopicChip

SHARE_H, TRAY_H = 26, 48


class TrayCard(PaintedButton):
    """A draft that waits for a place; it can be dragged, and a press asks for the next good one."""

    def __init__(self, theme: Theme, waiting: Waiting, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.waiting = waiting
        self.setObjectName("calendar_tray_card")
        self._pressed_at = QPointF()
        self.run: Callable[[QDrag], object] = lambda drag: drag.exec(Qt.DropAction.MoveAction)
        names = ", ".join(CHANNEL_NAMES[each] for each in waiting.channels)
        self.setAccessibleName(", ".join(each for each in (waiting.title, names) if each))
        self.setAccessibleDescription(self.tr("Puts it on the next free time. It can be dragged to a day."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(TRAY_H))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_far = (event.position() - self._pressed_at).manhattanLength() >= START_PX
        if event.buttons() & Qt.MouseButton.LeftButton and is_far:
            self.setDown(False)
            drag = QDrag(self)
            drag.setMimeData(mime_of(self.waiting))
            drag.setPixmap(self.grab())
            drag.setHotSpot(QPoint(self.theme.px(20), self.theme.px(20)))
            self.run(drag)
            return
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        fill = "bg.hover" if self.is_hovered else "bg.surface"
        area = QRectF(self.rect())
        paint_box(painter, theme, area, fill=fill, border="border.default", radius=theme.radius("row"))
        x, middle = px(12), self.height() / 2
        if self.waiting.slot:
            marker = QRectF(x, middle - px(5), px(10), px(10))
            paint_topic_marker(painter, theme, marker, self.waiting.slot)
            x += px(18)
        right = self.width() - px(10)
        for channel in reversed(self.waiting.channels):
            right -= px(18)
            paint_channel_tile(painter, theme, QRectF(right, middle - px(9), px(18), px(18)), channel)
            right -= px(4)
        place = QRectF(x, 0, right - px(6) - x, self.height())
        paint_text(painter, theme, place, self.waiting.title, "bodyMedium")
        painter.end()


class ShareRow(PaintedMark):
    """A topic's posts of the month against its rhythm, with a bar."""

    def __init__(self, theme: Theme, slot: str, name: str, count: int, target: int) -> None:
        super().__init__(theme)
        self.slot, self.name, self.count, self.target = slot, name, count, target
        self.setAccessibleName(f"{name}, {self.words}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        if not self.target:
            return str(self.count)
        return self.tr("{n} of {target}").format(n=self.count, target=self.target)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(SHARE_H))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        middle = self.height() / 2
        paint_topic_marker(painter, theme, QRectF(0, middle - px(5), px(10), px(10)), self.slot)
        bar = QRectF(self.width() - px(64), middle - 2, px(64), 4)
        width = text_width(theme, self.words, "small") + 2
        number = QRectF(bar.x() - px(8) - width, 0, width, self.height())
        name = QRectF(px(18), 0, number.x() - px(24), self.height())
        paint_text(painter, theme, name, self.name, "body")
        paint_text(painter, theme, number, self.words, "small", "text.secondary")
        paint_box(painter, theme, bar, fill="border.default", radius=2)
        share = min(self.count / self.target, 1.0) if self.target else float(self.count > 0)
        if share:
            filled = QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
            paint_box(painter, theme, filled, fill=f"topic.{self.slot}", radius=2)
        painter.end()


class CalendarSide(Surface):
    """`place_requested(topic id, wall)` for a gap, `tray_requested(draft id)`, `open_requested(draft id)`,
    `move_requested`, `menu_requested`, `closed` for the chosen post."""

    place_requested = Signal(str, str)
    tray_requested = Signal(str)
    open_requested = Signal(str)
    move_requested = Signal()
    menu_requested = Signal(object)
    closed = Signal()

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
        self._last: tuple[CalendarSnapshot, Card | None] | None = None
        theme.changed.connect(self._again)

    def put_below(self, widget: QWidget) -> None:
        """Something that stays at the foot whatever shows above."""
        self._outer.addWidget(widget)

    def show_plan(self, snapshot: CalendarSnapshot, month: str) -> None:
        """What is missing, what waits and how the month stands."""
        self._last = (snapshot, None)
        self._month = month
        column = self._fresh()
        self.shown = ""
        self._add_gaps(column, snapshot)
        self._add_tray(column, snapshot)
        self._add_shares(column, snapshot, month)
        column.addStretch(1)

    def show_card(self, snapshot: CalendarSnapshot, card: Card) -> None:
        """The chosen post or draft."""
        self._last = (snapshot, card)
        column = self._fresh()
        self.shown = card.key
        theme, px = self.theme, self.theme.px
        head = QHBoxLayout()
        if card.topic is not None:
            head.addWidget(TopicChip(theme, card.topic.slot, card.topic.name))
        head.addStretch(1)
        close = IconButton(theme, "x", self.tr("Close"))
        close.setObjectName("calendar_close")
        close.clicked.connect(self.closed)
        head.addWidget(close)
        column.addLayout(head)
        column.addWidget(Label(theme, card.title, "panelTitle", wraps=True))
        pill = StatusPill(theme, card.kind, card.icon, card.word)
        column.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(4))
        when = short_moment(card.entry.wall, card.entry.zone, snapshot.zone)
        if card.there is not None:
            when = f"{when}, {card.there.words}"
        column.addWidget(Label(theme, when, "body", wraps=True))
        reach = reach_words(card.entry.at, snapshot.zone, snapshot.audience)
        if reach:
            line = Label(theme, reach, "small", "text.secondary", wraps=True)
            line.setObjectName("calendar_reach")
            column.addWidget(line)
        names = self.tr(" and ").join(CHANNEL_NAMES[each] for each in card.entry.channels)
        column.addWidget(Label(theme, names, "body", "text.secondary", wraps=True))
        if card.waits_until is not None:
            column.addWidget(Label(theme, self._waits(card, snapshot), "body", "warn.text", wraps=True))
        self.clashes = QVBoxLayout()
        self.clashes.setSpacing(px(8))
        column.addLayout(self.clashes)
        column.addWidget(self.problem)
        column.addSpacing(px(6))
        column.addLayout(self._buttons(card))
        column.addSpacing(px(14))
        self._add_keys(column)
        column.addStretch(1)

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

    def _add_keys(self, column: QVBoxLayout) -> None:
        theme = self.theme
        column.addWidget(Label(theme, self.tr("Move with the keyboard"), "bodyStrong"))
        for keys, words in (
            (("Alt", "← →"), self.tr("one day")),
            (("Alt", "↑ ↓"), self.tr("one week; in the week 15 minutes")),
            (("Alt", "PgUp PgDn"), self.tr("one week")),
            (("B",), self.tr("next free time")),
            (("Del",), self.tr("unschedule")),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.px(6))
            for key in keys:
                row.addWidget(KeyCap(theme, key))
            row.addWidget(Label(theme, words, "small", "text.secondary", wraps=True), 1)
            column.addLayout(row)

    def _add_gaps(self, column: QVBoxLayout, snapshot: CalendarSnapshot) -> None:
        gaps = [gap for gap in snapshot.gaps if gap.topic.id not in self.skipped]
        if not gaps and not snapshot.quiet:
            return
        self._heading(column, self.tr("Gaps"), str(len(gaps) + len(snapshot.quiet)))
        theme = self.theme
        for gap in gaps:
            since = (
                self.tr("since {day}").format(day=day_name(gap.last_on, "d MMM"))
                if gap.last_on
                else self.tr("yet")
            )
            title = self.tr("No {topic} post {since}").format(topic=gap.topic.name, since=since)
            card, inner = self._box()
            inner.addWidget(Label(theme, title, "bodyStrong", wraps=True))
            words = self.tr("Your plan is one every {n} days.").format(n=gap.topic.cadence_days)
            inner.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
            row = QHBoxLayout()
            if gap.slot is not None:
                when = short_moment(gap.slot.wall, gap.slot.zone, snapshot.zone)
                place = Button(
                    theme, self.tr("New for {moment}").format(moment=when), kind="soft", size="small"
                )
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
            self._again()

        return skip

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
        count = sum(each.count for each in snapshot.shares)
        target = sum(each.target for each in snapshot.shares)
        words = self.tr("{n} of {target}").format(n=count, target=target) if target else str(count)
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
        """An empty page in the scroll area; the one before goes when the loop is free."""
        self.problem.setParent(self)
        self.problem.hide()
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()
        page = QWidget()
        page.setProperty("scroll", True)  # the ground of the side shows through
        column = QVBoxLayout(page)
        side = self.theme.px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(self.theme.px(8))
        self.area.setWidget(page)
        return column

    def show_problem(self, words: str) -> None:
        """What stood in the way of what was just tried."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _again(self) -> None:
        if self._last is None:
            return
        snapshot, card = self._last
        if card is None:
            self.show_plan(snapshot, self._month)
        else:
            self.show_card(snapshot, card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
