"""The month: a table of days with cards, bands painted over the weeks, and cards that can be dragged."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from medvoice.ui.models.calendar_data import Card
from medvoice.ui.models.calendar_days import day_name, span_of
from medvoice.ui.pages.calendar.geometry import (
    BAND_GAP,
    BAND_H,
    HEAD_H,
    DayLayout,
    Lane,
    lane_room,
    lanes_of,
    lanes_on,
    lay_out_day,
    suggestion_rect,
)
from medvoice.ui.pages.calendar.grid_keys import meaning
from medvoice.ui.pages.calendar.grid_view import GridView, Index
from medvoice.ui.pages.calendar.month_model import DAY_ROLE, MonthModel
from medvoice.ui.pages.calendar.painting import paint_band, paint_card, paint_lines, paint_suggestion
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, paint_row_focus, paint_text, text_width

if TYPE_CHECKING:
    from medvoice.services.planning import Gap


class MonthView(GridView):
    """The weeks a month touches, a cell a day; signals as of GridView, and `gap_chosen(topic id, wall)` for a
    suggestion on a day."""

    gap_chosen = Signal(str, str)

    def __init__(self, theme: Theme, day: date, parent: QWidget | None = None) -> None:
        self.month = day.replace(day=1)
        self.days = MonthModel(span_of("month", day))
        super().__init__(theme, self.days, "calendar_month", parent)
        self.setAccessibleName(self.tr("Month"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.set_day(day)
        theme.changed.connect(self._restyle)
        self._restyle()

    # What is shown

    def show_month(self, day: date) -> None:
        """Show the month of a day, the cursor on it."""
        self.month = day.replace(day=1)
        self.card_key = ""
        self.days.show_span(span_of("month", day))
        self.set_day(day)

    def day(self) -> date:
        """The day the cursor is on."""
        return self.days.day_at(self.currentIndex()) or self.month

    def set_day(self, day: date) -> None:
        """Move the cursor to a day that is shown."""
        index = self.days.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    def go_to_card(self, card: Card) -> None:
        if self.day() != card.day:
            self.set_day(card.day)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.card_key = ""
        day = self.days.day_at(current)
        if day is not None:
            self.day_chosen.emit(day)

    # Geometry

    def lanes(self, row: int) -> tuple[Lane, ...]:
        """The bands over a week, as many as have room."""
        week = self.period.days[row * 7 : row * 7 + 7]
        found = lanes_of(self.snapshot.bands, week) if self.snapshot else ()
        room = lane_room(self.theme, self.rowHeight(row))
        return tuple(lane for lane in found if lane.lane < room)

    def layout_of(self, index: Index) -> DayLayout:
        """Where the cards of a day lie, in the viewport."""
        day = index.data(DAY_ROLE)
        lanes = lanes_on(self.lanes(index.row()), index.column())
        cell = QRectF(self.visualRect(QModelIndex(index)))  # pyright: ignore[reportArgumentType]
        return lay_out_day(self.theme, cell, self.days.cards_on(day), lanes)

    def gap_on(self, day: date) -> "Gap | None":
        """The topic that a day is suggested for."""
        gaps = self.snapshot.gaps if self.snapshot else ()
        here = day.isoformat()
        return next((gap for gap in gaps if gap.slot and gap.slot.wall.startswith(here)), None)

    def gap_rect(self, index: Index, layout: DayLayout) -> QRectF:
        """Where the suggestion of a day lies, below its cards; empty where it has no room."""
        cell = QRectF(self.visualRect(QModelIndex(index)))  # pyright: ignore[reportArgumentType]
        lanes = lanes_on(self.lanes(index.row()), index.column())
        rect = suggestion_rect(self.theme, cell, layout, lanes)
        return rect if not layout.more else QRectF()

    def _gap_at(self, at: QPointF) -> "Gap | None":
        index = self.indexAt(at.toPoint())
        gap = self.gap_on(index.data(DAY_ROLE)) if index.isValid() else None
        return gap if gap and self.gap_rect(index, self.layout_of(index)).contains(at) else None

    def card_at(self, at: QPointF) -> Card | None:
        """The card under a point of the viewport."""
        index = self.indexAt(at.toPoint())
        if not index.isValid():
            return None
        return next((each.card for each in self.layout_of(index).placed if each.rect.contains(at)), None)

    def day_under(self, at: QPointF) -> date | None:
        """The day under a point of the viewport."""
        return self.days.day_at(self.indexAt(at.toPoint()))

    def rect_of_day(self, day: date) -> QRectF:
        """Where a day lies in the viewport."""
        return QRectF(self.visualRect(self.days.index_of(day)))

    # Painting

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        theme, day = self.theme, self.days.day_at(index)
        if day is None:
            return
        is_other = day.month != self.month.month
        painter.fillRect(cell, theme.color("bg.sidebar" if is_other else "bg.surface"))
        paint_lines(painter, theme, cell)
        is_target = self.drag.target == day
        if is_target:
            self.drag.paint_target(painter, cell)
        left = self._paint_number(painter, cell, day)
        if not is_target:
            layout = self.layout_of(index)
            if not layout.more or layout.more_rect.y() > cell.y():
                self._paint_open(painter, cell, day, left)
            for each in layout.placed:
                faded = each.card.key == self.drag.key
                current = self.hasFocus() and each.card.key == self.card_key
                paint_card(painter, theme, each, is_faded=faded, is_current=current)
            gap = self.gap_on(day)
            if gap is not None and gap.slot is not None:
                place = self.gap_rect(index, layout)
                paint_suggestion(painter, theme, place, gap.topic.name, gap.slot.wall[11:16])
            if layout.more:
                words = self._more_words(layout)
                paint_text(painter, theme, layout.more_rect, words, "smallStrong", "accent.text")
        if self.hasFocus() and index == self.currentIndex() and not self.card_key:
            paint_row_focus(painter, theme, cell.adjusted(1, 1, -2, -2))

    def _more_words(self, layout: DayLayout) -> str:
        """How many more there are; how many, where none of them shows."""
        count = layout.more
        words = self.tr("+{n} more").format(n=count)
        if not layout.placed:
            words = self.tr("1 post") if count == 1 else self.tr("{n} posts").format(n=count)
        fits = text_width(self.theme, words, "smallStrong") <= layout.more_rect.width()
        return words if fits else f"+{count}"

    def _paint_open(self, painter: QPainter, cell: QRectF, day: date, left: float) -> None:
        """The person's times that are free that day, at the right of its head, as many as have room."""
        clocks = self.snapshot.worth.open.get(day, ()) if self.snapshot else ()
        theme, px = self.theme, self.theme.px
        wide, right = text_width(theme, "00:00", "small") + px(10), cell.right() - px(5)
        room = int((right - left - px(4)) // (wide + px(3)))
        for at, clock in enumerate(reversed(clocks[: max(room, 0)])):
            chip = QRectF(right - wide - at * (wide + px(3)), cell.y() + px(4), wide, px(HEAD_H - 8))
            paint_box(painter, theme, chip, fill="accent.soft", radius=theme.radius("tile"))
            middle = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, theme, chip, clock, "small", "accent.text", align=middle)

    def _paint_number(self, painter: QPainter, cell: QRectF, day: date) -> float:
        """The number of the day; where it ends."""
        theme, px = self.theme, self.theme.px
        snapshot = self.snapshot
        text = str(day.day)
        if day.day == 1 or (day == self.period.first and day.month != self.month.month):
            text = day_name(day, "d MMM")
        head = QRectF(cell.x() + px(6), cell.y() + px(3), cell.width() - px(12), px(HEAD_H - 6))
        if snapshot is None or day != snapshot.today:
            ink = "text.tertiary" if day.month != self.month.month else "text.secondary"
            paint_text(painter, theme, head, text, "smallStrong", ink)
            return head.x() + text_width(theme, text, "smallStrong")
        width = max(text_width(theme, text, "smallStrong") + px(14), px(26))
        pill = QRectF(head.x(), head.y(), width, head.height())
        paint_box(painter, theme, pill, fill="accent.solid", radius=pill.height() / 2)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, theme, pill, text, "smallStrong", "accent.on", align=centre)
        rest = QRectF(pill.right() + px(6), head.y(), head.right() - pill.right() - px(6), head.height())
        paint_text(painter, theme, rest, self.tr("Today"), "small", "accent.text")
        return rest.x() + text_width(theme, self.tr("Today"), "small")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.snapshot is None:
            return
        painter = QPainter(self.viewport())
        for row in range(self.days.weeks):
            for lane in self.lanes(row):
                paint_band(painter, self.theme, self.band_rect(row, lane), lane.band, self.snapshot.zone)
        painter.end()

    def band_rect(self, row: int, lane: Lane) -> QRectF:
        """Where a band lies over a week: an embargo ends at its hour."""
        px = self.theme.px
        first = QRectF(self.visualRect(self.days.index(row, lane.first)))
        last = QRectF(self.visualRect(self.days.index(row, lane.last)))
        left = first.x() + (px(3) if lane.starts_here else 0)
        right = last.right() - (px(3) if lane.ends_here else 0)
        band = lane.band
        if lane.ends_here and band.until is not None and self.snapshot is not None:
            from medvoice.ui.models.moments import local

            there = local(band.until, self.snapshot.zone)
            share = (there.hour * 60 + there.minute) / 1440
            right = max(last.x() + last.width() * share, left + px(24))
        top = first.y() + px(HEAD_H) + lane.lane * px(BAND_H + BAND_GAP)
        return QRectF(left, top, right - left, px(BAND_H))

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = meaning(event)
        if act:
            self.acted.emit(act)
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._step_card(
            1 if event.key() == Qt.Key.Key_Tab else -1
        ):
            return
        if self._walk_out(event):
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab goes through the cards of the day before it leaves the grid.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if step and self._step_card(step):
                return True
        return super().event(event)

    def _step_card(self, step: int) -> bool:
        """The next card of the day; False when there is none that way, and the cursor is on the day again."""
        keys = ["", *(card.key for card in self.days.cards_on(self.day()))]
        at = keys.index(self.card_key) if self.card_key in keys else 0
        following = at + step
        if not 0 <= following < len(keys):
            self.card_key = ""
            self.viewport().update()
            return False
        if keys[following]:
            self.set_card(keys[following])
        else:
            self.card_key = ""
            self.day_chosen.emit(self.day())
            self.viewport().update()
        return True

    def _walk_out(self, event: QKeyEvent) -> bool:
        """Arrows go on to the week before or after, also beyond what is shown."""
        from datetime import timedelta

        by = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }.get(Qt.Key(event.key()), 0)
        if not by or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        day = self.day() + timedelta(days=by)
        if self.days.index_of(day).isValid():
            self.set_day(day)
        else:
            self.beyond.emit(day)
        return True

    def pressed_beside(self, at: QPointF) -> None:
        index = self.indexAt(at.toPoint())
        if index.isValid() and self.layout_of(index).more_rect.contains(at):
            self.more_requested.emit(self.days.day_at(index))
        gap = self._gap_at(at)
        if gap is not None and gap.slot is not None:
            self.gap_chosen.emit(gap.topic.id, gap.slot.wall)

    def is_warm(self, at: QPointF) -> bool:
        index = self.indexAt(at.toPoint())
        is_more = index.isValid() and self.layout_of(index).more_rect.contains(at)
        return super().is_warm(at) or is_more or self._gap_at(at) is not None

    def _restyle(self) -> None:
        self.horizontalHeader().setFixedHeight(self.theme.px(28))
        self.horizontalHeader().setFont(self.theme.font("smallStrong"))
        self.viewport().update()
