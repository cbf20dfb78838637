"""The week: hours of seven days, cards at their minute, embargoed hours hatched, and the hour it is."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card
from medvoice.ui.models.calendar_days import span_of
from medvoice.ui.models.moments import local
from medvoice.ui.pages.calendar.geometry import Lane, lanes_of
from medvoice.ui.pages.calendar.grid_keys import meaning
from medvoice.ui.pages.calendar.grid_view import GridView, Index
from medvoice.ui.pages.calendar.hour_gutter import HourGutter
from medvoice.ui.pages.calendar.hour_layout import HourLayout, lay_out_hours
from medvoice.ui.pages.calendar.painting import (
    fitting,
    paint_card,
    paint_free,
    paint_hatch,
    paint_lines,
    paint_more,
)
from medvoice.ui.pages.calendar.week_model import HOURS, WeekModel
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_row_focus, paint_text

HOUR_H, HATCH_W, FIRST_HOUR = 46, 9, 7
FREE_H = 42


class WeekView(GridView):
    """24 hours of seven days; signals as of GridView, `slot_chosen(wall)` for the free time that shows."""

    slot_chosen = Signal(str)

    def __init__(self, theme: Theme, day: date, parent: QWidget | None = None) -> None:
        self.hours = WeekModel(span_of("week", day))
        super().__init__(theme, self.hours, "calendar_week", parent)
        self.setAccessibleName(self.tr("Week"))
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.gutter = HourGutter(theme, self)
        self.setVerticalHeader(self.gutter)
        self.gutter.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(self.gutter.viewport().update)
        self._has_scrolled = False
        theme.changed.connect(self._restyle)
        self._restyle()

    # What is shown

    def show_month(self, day: date) -> None:
        """Show the week of a day, the cursor on it at the hour it was."""
        hour = max(self.currentIndex().row(), 8)
        self.card_key = ""
        self.hours.show_span(span_of("week", day))
        self.setCurrentIndex(self.hours.index(hour, (day - self.period.first).days))

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        super().show_snapshot(snapshot)
        self.gutter.fit()
        here = self.hours.cards_in(self.day(), self.hour())
        if here and not self.card_key:
            self.card_key = here[0].key  # an hour with cards has its cursor on the first of them
        if not self._has_scrolled:
            self._has_scrolled = True
            self.verticalScrollBar().setValue(self.theme.px(HOUR_H) * FIRST_HOUR - self.theme.px(20))

    def day(self) -> date:
        """The day the cursor is on."""
        index = self.currentIndex()
        return self.period.days[index.column()] if index.isValid() else self.period.first

    def hour(self) -> int:
        """The hour the cursor is on."""
        return max(self.currentIndex().row(), 0)

    def set_day(self, day: date) -> None:
        """Move the cursor to a day of the week, at the hour it is on."""
        column = (day - self.period.first).days
        if 0 <= column < 7:
            self.setCurrentIndex(self.hours.index(max(self.currentIndex().row(), 8), column))

    def go_to_card(self, card: Card) -> None:
        self.setCurrentIndex(self.hours.index(card.minute // 60, (card.day - self.period.first).days))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.card_key = ""
        if not current.isValid():
            return
        self.gutter.viewport().update()
        cards = self.hours.cards_in(self.period.days[current.column()], current.row())
        if cards:
            self.card_key = cards[0].key
            self.card_chosen.emit(self.card_key)
        else:
            self.day_chosen.emit(self.period.days[current.column()])
        self.viewport().update()

    # Geometry

    def y_of(self, minute: float) -> float:
        """The height of a minute of the day in the viewport."""
        return self.rowViewportPosition(0) + self.theme.px(HOUR_H) * minute / 60

    def lanes(self) -> tuple[Lane, ...]:
        """The bands over the week."""
        return lanes_of(self.snapshot.bands, self.period.days) if self.snapshot else ()

    def layout_of(self, column: int) -> HourLayout:
        """Where the cards of a day lie in the viewport."""
        snapshot = self.snapshot
        cards = snapshot.on(self.period.days[column]) if snapshot else ()
        left, width = self._card_column(column)
        return lay_out_hours(self.theme, cards, left, width, self.y_of, self.card_key)

    def _card_column(self, column: int) -> tuple[float, float]:
        """Left edge and width of the cards of a day: right of the hatch where an embargo lies over it."""
        px, day = self.theme.px, self.period.days[column]
        bands = self.snapshot.bands if self.snapshot else ()
        is_hatched = any(band.kind == "embargo" and band.first <= day <= band.last for band in bands)
        inset = px(HATCH_W) + px(3) if is_hatched else px(4)
        return self.columnViewportPosition(column) + inset, self.columnWidth(column) - inset - px(5)

    def free_slot(self) -> str:
        """The next free time of the person's in the week, "" for none; a wall time."""
        free = self.snapshot.worth.free if self.snapshot else ()
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return next((wall for wall in free if first <= wall[:10] <= last), "")

    def free_rect(self) -> QRectF:
        """Where it lies in the viewport; empty for none."""
        wall = self.free_slot()
        if not wall:
            return QRectF()
        column = (date.fromisoformat(wall[:10]) - self.period.first).days
        top = self.y_of(int(wall[11:13]) * 60 + int(wall[14:16]))
        left, width = self._card_column(column)
        return QRectF(left, top, width - 2, self.theme.px(FREE_H))

    def slot_in_hand(self) -> str:
        """The free time of the person's in the hour the cursor is on, "" for none."""
        free = self.snapshot.worth.free if self.snapshot else ()
        here = f"{self.day().isoformat()} {self.hour():02}"
        return next((wall for wall in free if wall.startswith(here)), "")

    def pressed_beside(self, at: QPointF) -> None:
        if self.free_rect().contains(at):
            self.slot_chosen.emit(self.free_slot())
        elif self._is_more(at):
            self.more_requested.emit(self.day_under(at))

    def is_warm(self, at: QPointF) -> bool:
        return super().is_warm(at) or self.free_rect().contains(at) or self._is_more(at)

    def _is_more(self, at: QPointF) -> bool:
        column = self.columnAt(int(at.x()))
        return column >= 0 and any(place.contains(at) for place, _count in self.layout_of(column).more)

    def card_at(self, at: QPointF) -> Card | None:
        """The card under a point of the viewport."""
        column = self.columnAt(int(at.x()))
        if column < 0:
            return None
        placed = reversed(self.layout_of(column).placed)
        return next((each.card for each in placed if each.rect.contains(at)), None)

    def day_under(self, at: QPointF) -> date | None:
        """The day under a point of the viewport."""
        column = self.columnAt(int(at.x()))
        return self.period.days[column] if column >= 0 else None

    # Painting

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        theme, day = self.theme, self.period.days[index.column()]
        is_rest = day.weekday() >= 5
        painter.fillRect(cell, theme.color("bg.sidebar" if is_rest else "bg.surface"))
        snapshot = self.snapshot
        if snapshot is not None:
            for weekday, minute in snapshot.worth.hours:
                if weekday == day.weekday() and minute // 60 == index.row():
                    painter.fillRect(cell, theme.color("accent.soft", 0.6))
        paint_lines(painter, theme, cell)
        if self.hasFocus() and index == self.currentIndex() and not self.card_key:
            paint_row_focus(painter, theme, cell.adjusted(1, 1, -2, -2))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.snapshot is None:
            return
        painter = QPainter(self.viewport())
        wall = self.free_slot()
        if wall:
            paint_free(painter, self.theme, self.free_rect(), self.snapshot.worth.kind, wall)
        for column in range(7):
            self._paint_embargo(painter, column)
            if self.drag.target == self.period.days[column]:
                left, width = self.columnViewportPosition(column), self.columnWidth(column)
                area = QRectF(left, 0, width, self.viewport().height())
                self.drag.paint_target(painter, area)
                continue
            self._paint_cards(painter, column)
        self._paint_now(painter)
        painter.end()

    def _paint_cards(self, painter: QPainter, column: int) -> None:
        layout = self.layout_of(column)
        for each in layout.placed:
            current = self.hasFocus() and each.card.key == self.card_key
            faded = each.card.key == self.drag.key
            paint_card(painter, self.theme, each, is_faded=faded, is_current=current)
        for place, count in layout.more:
            paint_more(painter, self.theme, place, count)

    def _paint_embargo(self, painter: QPainter, column: int) -> None:
        """A hatch at the left edge of each day an embargo covers, up to its hour."""
        snapshot, day = self.snapshot, self.period.days[column]
        if snapshot is None:
            return
        for band in snapshot.bands:
            if band.kind != "embargo" or not band.first <= day <= band.last:
                continue
            minutes = 1440
            if band.until is not None and local(band.until, snapshot.zone).date() == day:
                there = local(band.until, snapshot.zone)
                minutes = there.hour * 60 + there.minute
            top, height = self.rowViewportPosition(0), self.theme.px(HOUR_H) * minutes / 60
            left = self.columnViewportPosition(column)
            strip = QRectF(left, top, self.theme.px(HATCH_W), height)
            painter.fillRect(strip, self.theme.color("embargo.bg"))
            paint_hatch(painter, self.theme, strip)
            if minutes < 1440:
                self._paint_lift(painter, QRectF(left, strip.bottom(), self.columnWidth(column), 0), minutes)

    def _paint_lift(self, painter: QPainter, line: QRectF, minutes: int) -> None:
        """Where an embargo ends: a line over the day, an open lock and the time."""
        theme, px = self.theme, self.theme.px
        painter.fillRect(QRectF(line.x(), line.y(), line.width() - 1, 1), theme.color("embargo.hatch"))
        theme.paint_icon(painter, "lock-open", "text.secondary", line.x() + px(6), line.y() + px(5), 13)
        time = f"{minutes // 60:02}:{minutes % 60:02}"
        place = QRectF(line.x() + px(24), line.y() + px(3), line.width() - px(28), px(18))
        words = fitting(theme, place.width(), "small", self.tr("Lifts at {time}").format(time=time), time)
        paint_text(painter, theme, place, words, "small", "text.secondary")

    def _paint_now(self, painter: QPainter) -> None:
        snapshot = self.snapshot
        if snapshot is None or not self.period.first <= snapshot.today <= self.period.last:
            return
        there = local(snapshot.now, snapshot.zone)
        column = (snapshot.today - self.period.first).days
        y = self.y_of(there.hour * 60 + there.minute)
        left = self.columnViewportPosition(column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("danger.solid"), 2))
        painter.drawLine(QPointF(left, y), QPointF(left + self.columnWidth(column) - 2, y))
        painter.setBrush(self.theme.color("danger.solid"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(left + 2, y), 4, 4)

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = meaning(event)
        if act:
            self.acted.emit(act)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        day = self.day() + timedelta(days=step)
        if step and not self.period.first <= day <= self.period.last:
            self.beyond.emit(day)
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        theme = self.theme
        top = self.verticalScrollBar().value() / max(self.rowHeight(0), 1)
        for row in range(HOURS):
            self.verticalHeader().resizeSection(row, theme.px(HOUR_H))
        self.verticalHeader().setDefaultSectionSize(theme.px(HOUR_H))
        self.gutter.fit()
        self.updateGeometries()
        self.verticalScrollBar().setValue(round(top * theme.px(HOUR_H)))  # the same hours stay in sight
        self.viewport().update()
