"""The list of events: what is ahead, what is over, each with its day, place, embargo and posts."""

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

from medvoice.ui.models.embargo_words import day_text, place_words
from medvoice.ui.models.events_data import EventRow, EventsSnapshot, posts_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    badge_size,
    paint_box,
    paint_count_badge,
    paint_pill,
    paint_row_focus,
    paint_text,
    pill_size,
    text_width,
)

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
EVENT_H, HEAD_H, NOTE_H, SIDE = 76, 48, 48, 24
TILE_W, TILE_H, POSTS_W, WIDE_FROM = 52, 46, 104, 560
KEYS = {
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_N: "add",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_I: "import",
}


class EventsModel(QAbstractListModel):
    """Rows are a heading with its count, an EventRow, or the note at the end. ROW_ROLE gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[EventRow | tuple[str, int] | str] = []

    def show_snapshot(self, snapshot: EventsSnapshot) -> None:
        """What is ahead and what is over."""
        self.beginResetModel()
        self.rows = []
        for words, some in ((self.tr("Coming up"), snapshot.coming), (self.tr("Past"), snapshot.past)):
            if some:
                self.rows += [(words, len(some)), *some]
        self.rows.append(
            self.tr("An embargo with no known date locks every linked post. MedVoice never guesses.")
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], EventRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, EventRow):
            return row.event.name
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return None
        if isinstance(row, EventRow):
            words = (row.event.name, place_words(row.event, is_long=True), row.pill.word)
            return ", ".join((*words, posts_words(len(row.posts))))
        return f"{row[0]}, {row[1]}" if isinstance(row, tuple) else row

    def index_of(self, event_id: str) -> QModelIndex:
        """The index of an event; none when it is not there."""
        for at, row in enumerate(self.rows):
            if isinstance(row, EventRow) and row.id == event_id:
                return self.index(at)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first event."""
        found = next((row for row in self.rows if isinstance(row, EventRow)), None)
        return self.index_of(found.id) if found is not None else QModelIndex()


class EventsDelegate(QStyledItemDelegate):
    """Paints headings, events and the note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = cast("EventsList", self.parent())
        row = index.data(ROW_ROLE)
        height = EVENT_H if isinstance(row, EventRow) else NOTE_H if isinstance(row, str) else HEAD_H
        if isinstance(row, str):
            room = view.viewport().width() - view.theme.px(2 * SIDE + 24)
            lines = 1 + int(text_width(view.theme, row, "small") // max(room, 1))
            return QSize(200, view.theme.px(NOTE_H) + (lines - 1) * view.theme.line_height("small"))
        return QSize(200, view.theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("EventsList", self.parent())
        theme, px = view.theme, view.theme.px
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        row = index.data(ROW_ROLE)
        if isinstance(row, tuple):
            self._paint_head(painter, theme, area, *row)
        elif isinstance(row, EventRow):
            ground = area.adjusted(px(8), 0, -px(8), -1)
            is_selected = bool(state & QStyle.StateFlag.State_Selected)
            if is_selected:
                paint_box(painter, theme, ground, fill="bg.selected", radius=theme.radius("row"))
            elif state & QStyle.StateFlag.State_MouseOver:
                paint_box(painter, theme, ground, fill="bg.hover", radius=theme.radius("row"))
            if not is_selected:
                line = QRectF(area.x() + px(8), area.bottom() - 1, area.width() - px(16), 1)
                painter.fillRect(line, theme.color("border.subtle"))
            self._paint_event(painter, theme, area, row, is_selected)
            if state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
                paint_row_focus(painter, theme, ground)
        else:
            self._paint_note(painter, theme, area, row)

    def _paint_head(self, painter: QPainter, theme: Theme, area: QRectF, words: str, count: int) -> None:
        px = theme.px
        middle = area.bottom() - px(20)
        width = text_width(theme, words, "section") + 2
        place = QRectF(area.x() + px(SIDE), middle - px(12), width, px(24))
        paint_text(painter, theme, place, words, "section")
        size = badge_size(theme, str(count))
        badge = QRectF(place.right() + px(8), middle - size.height() / 2, size.width(), size.height())
        paint_count_badge(painter, theme, badge, str(count))

    def _paint_note(self, painter: QPainter, theme: Theme, area: QRectF, words: str) -> None:
        px = theme.px
        theme.paint_icon(painter, "info", "text.secondary", area.x() + px(SIDE), area.y() + px(16), 16)
        painter.save()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.secondary"))
        place = area.adjusted(px(SIDE + 24), px(16), -px(SIDE), 0)
        painter.drawText(place, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), words)
        painter.restore()

    def _paint_event(
        self, painter: QPainter, theme: Theme, area: QRectF, row: EventRow, is_selected: bool
    ) -> None:
        px = theme.px
        middle = area.center().y()
        tile = QRectF(area.x() + px(SIDE), middle - px(TILE_H) / 2, px(TILE_W), px(TILE_H))
        self._paint_tile(painter, theme, tile, row)
        right = area.right() - px(SIDE)
        if area.width() >= px(WIDE_FROM):
            posts = QRectF(right - px(POSTS_W), middle - px(10), px(POSTS_W), px(20))
            align = Qt.AlignmentFlag.AlignRight
            paint_text(painter, theme, posts, posts_words(len(row.posts)), "body", "text.secondary", align)
            right = posts.x() - px(8)
        size = pill_size(theme, row.pill.icon, row.pill.word)
        pill = QRectF(right - size.width(), middle - size.height() / 2, size.width(), size.height())
        paint_pill(painter, theme, pill, row.pill.kind, row.pill.icon, row.pill.word, is_selected=is_selected)
        x = tile.right() + px(16)
        width = pill.x() - px(12) - x
        name = QRectF(x, middle - px(20), width, px(20))
        paint_text(painter, theme, name, row.event.name, "bodyLarge")
        theme.paint_icon(painter, "map-pin", "text.tertiary", x, middle + px(4), 13)
        below = QRectF(x + px(18), middle + px(1), width - px(18), px(20))
        paint_text(painter, theme, below, place_words(row.event), "small", "text.secondary")

    def _paint_tile(self, painter: QPainter, theme: Theme, tile: QRectF, row: EventRow) -> None:
        px, on = theme.px, row.event.starts_on
        paint_box(
            painter, theme, tile, fill="bg.surface", border="border.default", radius=theme.radius("row")
        )
        align = Qt.AlignmentFlag.AlignHCenter
        month = QRectF(tile.x(), tile.y() + px(4), tile.width(), px(16))
        paint_text(painter, theme, month, day_text(on, "MMM"), "small", "text.secondary", align)
        number = QRectF(tile.x(), tile.y() + px(18), tile.width(), px(24))
        paint_text(painter, theme, number, str(on.day), "panelTitle", "text.primary", align)


class EventsList(QListView):
    """`chosen(event id)` as the cursor moves, `acted(act)` for keys: enter, add, edit, remove, import,
    escape; `menu_requested(point)`."""

    chosen = Signal(str)
    acted = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.events = EventsModel(self)
        self.setObjectName("events_list")
        self.setAccessibleName(self.tr("Events"))
        self.setModel(self.events)
        self.setItemDelegate(EventsDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(lambda _index: self.acted.emit("enter"))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_snapshot(self, snapshot: EventsSnapshot, event_id: str) -> None:
        """Show the events, the cursor on the one that was chosen, else on the first."""
        self.events.show_snapshot(snapshot)
        found = self.events.index_of(event_id)
        self._put(found if found.isValid() else self.events.first())

    @property
    def row(self) -> EventRow | None:
        """The event the cursor is on."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, EventRow) else None

    def select(self, event_id: str) -> None:
        """Put the cursor on an event."""
        self._put(self.events.index_of(event_id))

    def _put(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, EventRow):
            self.chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = KEYS.get(Qt.Key(event.key()), "") if not event.modifiers() else ""
        if act:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._put(self.indexAt(event.pos()))
        self.menu_requested.emit(event.globalPos())
