"""The hours at the left of the week: the person's own, and before them those of the readers where their
clocks show something else; and the time it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from medvoice.ui.models.calendar_zones import HourThere, differs, hours_there
from medvoice.ui.models.moments import local
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width

if TYPE_CHECKING:
    from medvoice.ui.pages.calendar.week_view import WeekView

SIDE, BETWEEN, LINE_H, NOW_H = 12, 14, 16, 18
RIGHT = Qt.AlignmentFlag.AlignRight


class HourGutter(QHeaderView):
    """The vertical header of the week. Each hour stands at its line."""

    def __init__(self, theme: Theme, view: "WeekView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.theme = theme
        self.week = view
        self.has_two = False

    def sizeHint(self) -> QSize:
        return QSize(self._wide(), super().sizeHint().height())

    def _wide(self) -> int:
        mine = round(text_width(self.theme, "00:00", "small"))
        both = 2 * mine + self.theme.px(BETWEEN) if self.has_two else mine
        return both + self.theme.px(SIDE) + self.theme.px(10)

    def fit(self) -> None:
        """As wide as it needs: twice where the clocks of the readers differ in the week."""
        snapshot = self.week.snapshot
        self.has_two = snapshot is not None and differs(self.week.period, snapshot.zone, snapshot.audience)
        if self.width() != self._wide():
            self.setFixedWidth(self._wide())
            self.week.updateGeometries()
        self.viewport().update()

    def columns(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Left edge and width of the readers' hours, then of the person's."""
        wide = text_width(self.theme, "00:00", "small")
        mine = self.width() - self.theme.px(SIDE) - wide
        return (mine - self.theme.px(BETWEEN) - wide, wide), (mine, wide)

    def hours(self) -> tuple[HourThere, ...]:
        """The readers' hours on the day the cursor is on; none where there is no second column."""
        snapshot = self.week.snapshot
        if snapshot is None or not self.has_two:
            return ()
        return hours_there(self.week.day(), snapshot.zone, snapshot.audience)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self.viewport()), self.theme
        painter.fillRect(self.viewport().rect(), theme.color("bg.surface"))
        now = self._paint_now(painter)
        theirs, mine = self.columns()
        there, line = self.hours(), theme.px(LINE_H)
        for hour in range(1, self.count()):
            middle = self.sectionViewportPosition(hour)
            if middle < -line or middle > self.viewport().height() + line:
                continue
            place = QRectF(mine[0], middle - line / 2, mine[1], line)
            if now is None or abs(middle - now) > line:
                paint_text(painter, theme, place, f"{hour:02}:00", "small", "text.secondary", RIGHT)
            if there:
                self._paint_there(painter, QRectF(theirs[0], place.y(), theirs[1], line), there[hour])
        painter.end()

    def _paint_there(self, painter: QPainter, place: QRectF, hour: HourThere) -> None:
        ink = "accent.text" if hour.day else "text.tertiary"
        paint_text(painter, self.theme, place, hour.clock, "small", ink, RIGHT)
        if hour.day:
            below = place.translated(0, place.height() - 2)
            paint_text(painter, self.theme, below, hour.day, "small", ink, RIGHT)

    def _paint_now(self, painter: QPainter) -> float | None:
        """The time it is, where today shows; its height."""
        snapshot, theme = self.week.snapshot, self.theme
        if snapshot is None or not self.week.period.first <= snapshot.today <= self.week.period.last:
            return None
        here = local(snapshot.now, snapshot.zone)
        middle = self.week.y_of(here.hour * 60 + here.minute)
        wide, high = text_width(theme, "00:00", "smallStrong") + theme.px(10), theme.px(NOW_H)
        place = QRectF(self.width() - theme.px(SIDE) + theme.px(5) - wide, middle - high / 2, wide, high)
        paint_box(painter, theme, place, fill="danger.soft", radius=theme.radius("tile"))
        middle_of = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, theme, place, f"{here:%H:%M}", "smallStrong", "danger.text", middle_of)
        return middle
