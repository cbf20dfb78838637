"""The list: the days one after another, each with its cards. The same keys as the month."""

from datetime import date
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card, day_words
from medvoice.ui.models.calendar_days import Span, day_name, span_of
from medvoice.ui.pages.calendar.grid_keys import meaning
from medvoice.ui.pages.calendar.painting import band_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_pill,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
    pill_size,
    text_width,
)

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
CARD_H, DAY_H, SIDE = 44, 40, 24


class ListModel(QAbstractListModel):
    """Rows are days that have something or are today, and cards. ROW_ROLE gives a date or a Card."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.snapshot: CalendarSnapshot | None = None
        self.rows: list[date | Card] = []

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """What stands on the days."""
        self.beginResetModel()
        self.snapshot = snapshot
        self.rows = []
        for day in Span(snapshot.first, snapshot.last).days:
            cards = snapshot.on(day)
            if cards or day == snapshot.today or self.bands_on(day):
                self.rows += [day, *cards]
        self.endResetModel()

    def bands_on(self, day: date) -> list[str]:
        """What congress begins on a day, and which embargo ends on it."""
        snapshot = self.snapshot
        if snapshot is None:
            return []
        return [
            band_words(band, snapshot.zone)
            for band in snapshot.bands
            if (band.first if band.kind == "congress" else band.last) == day
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.snapshot is None:
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            if isinstance(row, Card):
                return row.spoken
            return day_words(row, self.snapshot.on(row), self.snapshot.bands, self.snapshot.zone)
        return None

    def index_of(self, what: date | str) -> QModelIndex:
        """The index of a day or of a card by its key; none when it is not shown."""
        for at, row in enumerate(self.rows):
            if row == what or (isinstance(row, Card) and row.key == what):
                return self.index(at, 0)
        return QModelIndex()


class ListDelegate(QStyledItemDelegate):
    """Paints days and cards."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = cast("CalendarList", self.parent())
        return QSize(200, view.theme.px(CARD_H if isinstance(index.data(ROW_ROLE), Card) else DAY_H))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("CalendarList", self.parent())
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        row = index.data(ROW_ROLE)
        ground = area.adjusted(view.theme.px(12), 1, -view.theme.px(12), -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, view.theme, ground, fill="bg.selected", radius=view.theme.radius("row"))
        elif state & QStyle.StateFlag.State_MouseOver and isinstance(row, Card):
            paint_box(painter, view.theme, ground, fill="bg.hover", radius=view.theme.radius("row"))
        if isinstance(row, Card):
            self._paint_card(painter, view.theme, area, row, min(view.there_w, area.width() / 4))
        else:
            self._paint_day(painter, view, area, row)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_row_focus(painter, view.theme, ground)

    def _paint_day(self, painter: QPainter, view: "CalendarList", area: QRectF, day: date) -> None:
        theme, px = view.theme, view.theme.px
        snapshot = view.days.snapshot
        words = day_name(day, "dddd d MMMM")
        is_today = snapshot is not None and day == snapshot.today
        if is_today:
            words = self.tr("Today, {day}").format(day=words)
        x, middle = area.x() + px(SIDE), area.center().y() + px(3)
        width = text_width(theme, words, "bodyStrong") + 2
        place = QRectF(x, middle - px(10), width, px(20))
        paint_text(painter, theme, place, words, "bodyStrong", "accent.text" if is_today else "text.primary")
        rest = " · ".join(view.days.bands_on(day))
        if rest:
            left = place.right() + px(12)
            rest_rect = QRectF(left, place.y(), area.right() - px(SIDE) - left, place.height())
            paint_text(painter, theme, rest_rect, rest, "small", "text.secondary")

    def _paint_card(self, painter: QPainter, theme: Theme, area: QRectF, card: Card, wide: float) -> None:
        """`wide` is the room for the readers' time, 0 for none."""
        px = theme.px
        none = Qt.TextElideMode.ElideNone
        middle = area.center().y()
        x = area.x() + px(SIDE)
        paint_text(
            painter, theme, QRectF(x, middle - px(10), px(48), px(20)), card.time, "bodyMedium", elide=none
        )
        x += px(56)
        if wide:
            self._paint_there(painter, theme, QRectF(x - px(8), middle - px(10), wide, px(20)), card)
            x += wide + px(4)
        if card.slot:
            paint_topic_marker(painter, theme, QRectF(x, middle - px(5), px(10), px(10)), card.slot)
        x += px(18)
        size = pill_size(theme, card.icon, card.word)
        pill = QRectF(
            area.right() - px(SIDE) - size.width(), middle - size.height() / 2, size.width(), size.height()
        )
        tiles = pill.x() - px(12) - len(card.entry.channels) * px(22)
        title = QRectF(x, middle - px(10), max(tiles - px(8) - x, 0), px(20))
        paint_text(painter, theme, title, card.title, "bodyMedium")
        for at, channel in enumerate(card.entry.channels):
            tile = QRectF(tiles + at * px(22), middle - px(9), px(18), px(18))
            paint_channel_tile(painter, theme, tile, channel)
        paint_pill(painter, theme, pill, card.kind, card.icon, card.word)

    def _paint_there(self, painter: QPainter, theme: Theme, place: QRectF, card: Card) -> None:
        if card.there is None:
            return
        words = card.there.words
        shown = words if text_width(theme, words, "small") <= place.width() else card.there.short
        paint_text(painter, theme, place, shown, "small", "text.secondary")


class CalendarList(QListView):
    """Signals as of MonthView."""

    acted = Signal(str)
    day_chosen = Signal(object)
    card_chosen = Signal(str)
    opened = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, theme: Theme, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.days = ListModel(self)
        self.shown = span_of("list", day)
        self.setObjectName("calendar_list")
        self.setAccessibleName(self.tr("List of days"))
        self.setModel(self.days)
        self.setItemDelegate(ListDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._double_clicked)
        self.there_w = 0.0
        theme.changed.connect(self._restyle)

    # The names below shadow nothing of Qt's; they are what the page asks of each view.

    def show_month(self, day: date) -> None:
        """Show the days from one on."""
        self.shown = span_of("list", day)

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """What stands on the days; the cursor stays on its card or day."""
        card, day = self.card(), self.day()
        self.days.show_snapshot(snapshot)
        self._measure()
        found = self.days.index_of(card.key) if card is not None else QModelIndex()
        self._put(found if found.isValid() else self._near(day))

    def _measure(self) -> None:
        """The room that the readers' times need: none where they are the person's own."""
        said = {card.there.words for card in self.days.rows if isinstance(card, Card) and card.there}
        self.there_w = max((text_width(self.theme, words, "small") for words in said), default=0.0)
        self.there_w += self.theme.px(8) if said else 0

    def _restyle(self) -> None:
        self._measure()
        self.scheduleDelayedItemsLayout()

    @property
    def period(self) -> Span:
        return self.shown

    @property
    def snapshot(self) -> CalendarSnapshot | None:
        return self.days.snapshot

    def _row(self) -> date | Card | None:
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def day(self) -> date:
        """The day the cursor is on or in."""
        row = self._row()
        return row.day if isinstance(row, Card) else row or self.shown.first

    def card(self) -> Card | None:
        """The card the cursor is on."""
        row = self._row()
        return row if isinstance(row, Card) else None

    def set_day(self, day: date) -> None:
        """Move the cursor to a day, or to the next one that is shown."""
        self._put(self._near(day))

    def set_card(self, key: str) -> None:
        """Put the cursor on a card."""
        self._put(self.days.index_of(key))

    def _near(self, day: date) -> QModelIndex:
        later = [row for row in self.days.rows if not isinstance(row, Card) and row >= day]
        return self.days.index_of(later[0]) if later else QModelIndex()

    def _put(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, Card):
            self.card_chosen.emit(row.key)
        elif row is not None:
            self.day_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = meaning(event)
        if act:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._put(self.indexAt(event.pos()))
        self.menu_requested.emit(event.globalPos())

    def _double_clicked(self, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Card):
            self.opened.emit(row.key)
