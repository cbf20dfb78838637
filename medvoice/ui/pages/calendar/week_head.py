"""The head of the week: the names of its days, and the bands of congresses and embargoes below them."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.ui.models.calendar_data import CalendarSnapshot
from medvoice.ui.models.calendar_days import day_name
from medvoice.ui.models.calendar_zones import short_zone
from medvoice.ui.models.moments import local
from medvoice.ui.pages.calendar.geometry import BAND_GAP, BAND_H, Lane
from medvoice.ui.pages.calendar.hour_gutter import RIGHT
from medvoice.ui.pages.calendar.painting import paint_band
from medvoice.ui.pages.calendar.week_view import WeekView
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_text, text_width

NAMES_H, BAND_EXTRA = 44, 2


class WeekHead(QWidget):
    """Stands over the hours and keeps to their columns."""

    def __init__(self, theme: Theme, view: WeekView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.view = view
        view.horizontalHeader().geometriesChanged.connect(self.update)
        view.model().dataChanged.connect(self.fit)
        view.model().modelReset.connect(self.fit)
        view.day_chosen.connect(self.update)
        view.card_chosen.connect(self.update)
        theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as its bands need."""
        count = max((lane.lane + 1 for lane in self.view.lanes()), default=0)
        px = self.theme.px
        bands = count * px(BAND_H + BAND_EXTRA + BAND_GAP) + px(8) if count else 0
        self.setFixedHeight(px(NAMES_H) + bands)
        self.update()

    def column(self, at: int) -> tuple[float, float]:
        """Left edge and width of a day."""
        left = self.view.verticalHeader().width() + self.view.columnViewportPosition(at)
        return left, self.view.columnWidth(at)

    def band_rect(self, lane: Lane) -> QRectF:
        """Where a band lies; an embargo ends at its hour."""
        px, snapshot = self.theme.px, self.view.snapshot
        left = self.column(lane.first)[0] + px(3)
        last, width = self.column(lane.last)
        right = last + width - px(3)
        if lane.ends_here and lane.band.until is not None and snapshot is not None:
            there = local(lane.band.until, snapshot.zone)
            right = max(last + width * (there.hour * 60 + there.minute) / 1440, left + px(24))
        top = px(NAMES_H) + px(4) + lane.lane * px(BAND_H + BAND_EXTRA + BAND_GAP)
        return QRectF(left, top, right - left, px(BAND_H + BAND_EXTRA))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.fillRect(self.rect(), theme.color("bg.surface"))
        snapshot = self.view.snapshot
        for at, day in enumerate(self.view.period.days):
            left, width = self.column(at)
            is_today = snapshot is not None and day == snapshot.today
            name = day_name(day)
            x, room = left + px(10), text_width(theme, name, "small") + px(6)
            names = QRectF(x, 0, room, px(NAMES_H))
            paint_text(painter, theme, names, name, "small", "accent.text" if is_today else "text.secondary")
            number = QRectF(x + room, 0, width - room - px(12), px(NAMES_H))
            ink = "accent.text" if is_today else "text.primary"
            paint_text(painter, theme, number, str(day.day), "panelTitle", ink)
            painter.fillRect(QRectF(left + width - 1, 0, 1, self.height()), theme.color("border.subtle"))
        if snapshot is not None:
            self._paint_zones(painter, snapshot)
            lanes = self.view.lanes()
            if lanes:
                place = self.band_rect(lanes[0])
                left, right = px(6), self.view.verticalHeader().width() - px(8)
                row = QRectF(left, px(NAMES_H) + px(4), right - left, place.height())
                paint_text(painter, theme, row, self.tr("All day"), "small", "text.tertiary", RIGHT)
            for lane in lanes:
                paint_band(painter, theme, self.band_rect(lane), lane.band, snapshot.zone)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.color("border.default"))
        painter.end()

    def _paint_zones(self, painter: QPainter, snapshot: CalendarSnapshot) -> None:
        """Whose hours stand below, where there are two: by the day the cursor is on."""
        if not self.view.gutter.has_two:
            return
        day, high = self.view.day(), self.theme.px(NAMES_H)
        for (left, wide), name, ink in zip(
            self.view.gutter.columns(),
            (snapshot.audience, snapshot.zone),
            ("text.tertiary", "text.secondary"),
            strict=True,
        ):
            # Wider than the hours where the name is long: both keep to the right edge of their column.
            place = QRectF(left - self.theme.px(8), 0, wide + self.theme.px(8), high)
            paint_text(painter, self.theme, place, short_zone(day, name), "small", ink, RIGHT)


class WeekPane(QWidget):
    """Head and hours together."""

    def __init__(self, theme: Theme, view: WeekView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = WeekHead(theme, view, self)
        column.addWidget(self.head)
        column.addWidget(view, 1)
