"""The two lists of the page: the feeds at the left, what came in them in the middle."""

from typing import TYPE_CHECKING, Any, cast

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

from medvoice.ui.models.feeds_data import FINE, FeedsSnapshot, line_words, spoken_entry, state_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    badge_size,
    paint_box,
    paint_count_badge,
    paint_row_focus,
    paint_text,
)

if TYPE_CHECKING:
    from medvoice.domain.feed import Entry

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE, KEY_ROLE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
FEED_H, ENTRY_H, SIDE = 38, 64, 20
ENTRY_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_I: "idea",
    Qt.Key.Key_R: "read",
    Qt.Key.Key_A: "all_read",
    Qt.Key.Key_F: "fetch",
    Qt.Key.Key_N: "add",
}
FEED_KEYS = {
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_F: "fetch",
    Qt.Key.Key_N: "add",
    Qt.Key.Key_A: "all_read",
}


class RowsModel(QAbstractListModel):
    """Rows as (key, value, what is said of it)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, Any, str]] = []

    def show_rows(self, rows: list[tuple[str, Any, str]]) -> None:
        """Replace them all."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key, value, words = self.rows[index.row()]
        if role == ROW_ROLE:
            return value
        if role == KEY_ROLE:
            return key
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words
        return None

    def at(self, key: str) -> int:
        """The row of a key, -1 for none."""
        return next((at for at, row in enumerate(self.rows) if row[0] == key), -1)


class RowsView(QListView):
    """A list of such rows; `chosen(key)` as the cursor moves, `acted(act)` for keys,
    `menu_requested(point)`."""

    chosen = Signal(str)
    acted = Signal(str)
    menu_requested = Signal(object)
    KEYS: dict[Qt.Key, str] = {}  # noqa: RUF012 - replaced by subclasses, never written
    ROW_H = FEED_H

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.snapshot: FeedsSnapshot | None = None
        self.rows = RowsModel(self)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def key(self) -> str:
        """The key of the row with the cursor, "" for none."""
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def put(self, rows: list[tuple[str, Any, str]], near: int = 0) -> None:
        """Show rows; the cursor stays on its key, else at the place it had."""
        key, at = self.key, max(self.currentIndex().row(), near)
        self.rows.show_rows(rows)
        row = self.rows.at(key)
        if row < 0 and rows:
            row = min(at, len(rows) - 1)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))

    def choose(self, key: str) -> None:
        """Put the cursor on a row."""
        row = self.rows.at(key)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.scrollTo(self.currentIndex())
            self.chosen.emit(str(current.data(KEY_ROLE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self.KEYS.get(Qt.Key(event.key()), "") if not event.modifiers() else ""
        if act:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
        self.menu_requested.emit(event.globalPos())


class _Delegate(QStyledItemDelegate):
    """The ground of a row; what stands on it is painted by `paint_row`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = cast("RowsView", self.parent())
        return QSize(120, view.theme.px(view.ROW_H))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("RowsView", self.parent())
        theme, px = view.theme, view.theme.px
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        ground = area.adjusted(px(8), 1, -px(8), -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, theme, ground, fill="bg.selected", radius=theme.radius("row"))
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, theme, ground, fill="bg.hover", radius=theme.radius("row"))
        self.paint_row(painter, view, area, index)
        if state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            paint_row_focus(painter, theme, ground)

    def paint_row(self, painter: QPainter, view: RowsView, area: QRectF, index: Index) -> None:
        raise NotImplementedError


class _FeedDelegate(_Delegate):
    def paint_row(self, painter: QPainter, view: RowsView, area: QRectF, index: Index) -> None:
        theme, px = view.theme, view.theme.px
        icon, ink, name, count = index.data(ROW_ROLE)
        middle, right = area.center().y(), area.right() - px(SIDE - 2)
        theme.paint_icon(painter, icon, ink, area.x() + px(SIDE), middle - px(8), 16)
        if count:
            size = badge_size(theme, str(count))
            place = QRectF(right - size.width(), middle - size.height() / 2, size.width(), size.height())
            paint_count_badge(painter, theme, place, str(count))
            right = place.x() - px(8)
        x = area.x() + px(SIDE + 26)
        role = "bodyStrong" if count else "body"
        paint_text(painter, theme, QRectF(x, middle - px(11), right - x, px(22)), name, role)


class FeedsList(RowsView):
    """All feeds, then each with how much is new; the key of the first row is ""."""

    KEYS = FEED_KEYS

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Feeds"), parent)
        self.setObjectName("feeds_list")
        self.setProperty("ground", "sidebar")
        self.setItemDelegate(_FeedDelegate(self))

    def show_snapshot(self, snapshot: FeedsSnapshot) -> None:
        """Show the feeds, the cursor where it was."""
        self.snapshot = snapshot
        everything = self.tr("All feeds")
        rows: list[tuple[str, Any, str]] = [
            (
                "",
                ("layers", "text.secondary", everything, snapshot.fresh),
                self._said(everything, snapshot.fresh),
            )
        ]
        for feed in snapshot.feeds:
            count = snapshot.counts.get(feed.id, 0)
            is_odd = feed.state not in FINE or bool(feed.moved_to)
            icon, ink = ("triangle-alert", "warn.text") if is_odd else ("globe", "text.secondary")
            words = self._said(feed.name, count, state_words(feed))
            rows.append((feed.id, (icon, ink, feed.name, count), words))
        self.put(rows)

    def _said(self, name: str, count: int, state: str = "") -> str:
        words = self.tr("{n} new").format(n=count) if count else self.tr("nothing new")
        return ", ".join(part for part in (name, words, state) if part)


class _EntryDelegate(_Delegate):
    def paint_row(self, painter: QPainter, view: RowsView, area: QRectF, index: Index) -> None:
        theme, px = view.theme, view.theme.px
        entry: Entry = index.data(ROW_ROLE)
        middle, x, right = area.center().y(), area.x() + px(SIDE), area.right() - px(SIDE)
        is_new = entry.read_at is None
        if is_new:
            dot = QRectF(x, middle - px(14), px(8), px(8))
            paint_box(painter, theme, dot, fill="accent.solid", radius=px(4))
        x += px(18)
        if entry.idea_id:
            right -= px(16)
            theme.paint_icon(painter, "lightbulb", "text.secondary", right, middle - px(8), 16)
            right -= px(8)
        title = QRectF(x, middle - px(22), right - x, px(22))
        ink = "text.primary" if is_new else "text.secondary"
        paint_text(painter, theme, title, entry.found.title, "bodyStrong" if is_new else "body", ink)
        if view.snapshot is not None:
            below = QRectF(x, middle + px(1), right - x, px(19))
            paint_text(painter, theme, below, line_words(entry, view.snapshot), "small", "text.secondary")


class EntriesList(RowsView):
    """What came, the latest first."""

    KEYS = ENTRY_KEYS
    ROW_H = ENTRY_H

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("What is new"), parent)
        self.setObjectName("entries_list")
        self.setItemDelegate(_EntryDelegate(self))
        self.doubleClicked.connect(lambda _index: self.acted.emit("open"))

    def show_snapshot(self, snapshot: FeedsSnapshot) -> None:
        """Show the entries, the cursor where it was."""
        self.snapshot = snapshot
        self.put([(entry.id, entry, spoken_entry(entry, snapshot)) for entry in snapshot.entries])

    @property
    def entry(self) -> "Entry | None":
        """The entry with the cursor."""
        index = self.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None
