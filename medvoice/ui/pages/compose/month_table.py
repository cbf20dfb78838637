"""A month to choose a day from, by arrows or click; days with posts carry a dot and say so."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import IconButton
from medvoice.ui.widgets.paint import paint_box, paint_row_focus, paint_text

Index = QModelIndex | QPersistentModelIndex
ROWS, DAYS = 6, 7
CELL_H = 30
NO_INDEX = QModelIndex()


class MonthModel(QAbstractTableModel):
    """Six weeks around a month; weeks begin as the person's language has it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first = self.shown = date.today().replace(day=1)  # noqa: DTZ011 - replaced before it is seen
        self.posts: Mapping[date, int] = {}
        self.today = self.shown

    def show_month(self, month: date) -> None:
        """Show the month that holds `month`."""
        self.beginResetModel()
        self.shown = month.replace(day=1)
        starts_on = QLocale().firstDayOfWeek().value
        self.first = self.shown - timedelta(days=(self.shown.isoweekday() - starts_on) % DAYS)
        self.endResetModel()

    def day_at(self, index: Index) -> date:
        return self.first + timedelta(days=index.row() * DAYS + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day, invalid outside the six weeks."""
        ahead = (day - self.first).days
        return self.index(ahead // DAYS, ahead % DAYS) if 0 <= ahead < ROWS * DAYS else QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else DAYS

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        day = self.day_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(day)
        return None

    def spoken(self, day: date) -> str:
        """ "Tuesday 17 November 2026, 1 post"."""
        words = QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")
        count = self.posts.get(day, 0)
        if not count:
            return words
        posts = self.tr("1 post") if count == 1 else self.tr("{n} posts").format(n=count)
        return f"{words}, {posts}"


class DayDelegate(QStyledItemDelegate):
    """A number in a round cell; a dot below it where posts go out."""

    def __init__(self, theme: Theme, model: MonthModel, view: "DayGrid") -> None:
        super().__init__(view)
        self.theme, self.model, self.view = theme, model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(CELL_H), self.theme.px(CELL_H))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, day = self.theme, self.model.day_at(index)
        area = QRectF(option.rect).adjusted(2, 1, -2, -1)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_ring = is_chosen and self.view.hasFocus() and self.view.shows_focus
        if is_chosen:
            # The ring needs a gap to be seen around a fill of its own colour.
            box = area.adjusted(4, 3, -4, -3) if has_ring else area
            paint_box(painter, theme, box, fill="accent.solid", radius=theme.radius("button"))
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, theme, area, fill="bg.hover", radius=theme.radius("button"))
        ink = "text.primary" if day.month == self.model.shown.month else "text.tertiary"
        if day < self.model.today:
            ink = "text.disabled"
        if is_chosen:
            ink = "accent.on"
        role = "bodyStrong" if day == self.model.today else "body"
        paint_text(painter, theme, area, str(day.day), role, ink, Qt.AlignmentFlag.AlignHCenter)
        if self.model.posts.get(day):
            side = theme.px(4)
            dot = QRectF(area.center().x() - side / 2, area.bottom() - side - 2, side, side)
            fill = "accent.on" if is_chosen else "accent.solid"
            paint_box(painter, theme, dot, fill=fill, radius=side / 2)
        if has_ring:
            paint_row_focus(painter, theme, area.adjusted(-1, -1, 1, 1))


class DayGrid(QTableView):
    """The cells. Arrows go from day to day and on into the next month; PgUp, PgDn by month; Home: today."""

    day_wanted = Signal(object)

    def __init__(self, theme: Theme, model: MonthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.days = model
        self.shows_focus = False
        self.setObjectName("time_calendar")
        self.setAccessibleName(self.tr("Day"))
        self.setModel(model)
        self.setItemDelegate(DayDelegate(theme, model, self))
        self.setShowGrid(False)
        # The delegate paints the chosen day round; the style would put a square below it.
        self.setStyleSheet("selection-background-color: transparent;")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(theme.px(CELL_H))
        self.horizontalHeader().setDefaultSectionSize(theme.px(36))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedSize(theme.px(36) * DAYS, theme.px(CELL_H) * ROWS)
        self.clicked.connect(lambda index: self.day_wanted.emit(model.day_at(index)))

    def current(self) -> date:
        return self.days.day_at(self.currentIndex()) if self.currentIndex().isValid() else self.days.today

    def focusInEvent(self, event: Any) -> None:
        self.shows_focus = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = event.key(), self.current()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        self.shows_focus = True
        if key in steps:
            self.day_wanted.emit(day + timedelta(days=steps[Qt.Key(key)]))
        elif key in months:
            self.day_wanted.emit(add_months(day, months[Qt.Key(key)]))
        elif key == Qt.Key.Key_Home:
            self.day_wanted.emit(self.days.today)
        else:
            event.ignore()  # Enter, Esc and Tab are the popover's


class MonthTable(QWidget):
    """Head with the month's name and two arrows, names of days, cells. `day_chosen(date)`."""

    day_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.model = MonthModel(self)
        self.grid = DayGrid(theme, self.model, self)
        self.grid.day_wanted.connect(self.day_chosen)
        self.name = Label(theme, "", "bodyStrong", parent=self)
        self.name.setObjectName("time_month")
        back = IconButton(theme, "chevron-left", self.tr("Previous month"), size="small", parent=self)
        ahead = IconButton(theme, "chevron-right", self.tr("Next month"), size="small", parent=self)
        back.clicked.connect(lambda: self._turn(-1))
        ahead.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(8), 0, 0, 0)
        head.addWidget(self.name, 1)
        head.addWidget(back)
        head.addWidget(ahead)
        self.names = QHBoxLayout()
        self.names.setSpacing(0)
        starts_on = QLocale().firstDayOfWeek().value
        for at in range(DAYS):
            short = QLocale().dayName((starts_on - 1 + at) % DAYS + 1, QLocale.FormatType.ShortFormat)
            label = Label(theme, short[:2], "small", "text.tertiary", parent=self)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setFixedWidth(theme.px(36))
            self.names.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self.names)
        column.addWidget(self.grid)

    def show_day(self, day: date, today: date) -> None:
        """Put the cursor on a day, in its month."""
        self.model.today = today
        if day.replace(day=1) != self.model.shown or not self.model.index_of(day).isValid():
            self.model.show_month(day)
        self._say_month()
        self.grid.setCurrentIndex(self.model.index_of(day))

    def show_posts(self, posts: Mapping[date, int]) -> None:
        """How many posts go out on which day."""
        self.model.posts = posts
        self.grid.viewport().update()

    def _turn(self, months: int) -> None:
        self.model.show_month(add_months(self.model.shown, months))
        self._say_month()

    def _say_month(self) -> None:
        shown = self.model.shown
        self.name.setText(QLocale().toString(QDate(shown.year, shown.month, 1), "MMMM yyyy"))


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
