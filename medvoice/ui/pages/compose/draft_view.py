"""The list of drafts on the screen: heads and rows of two heights, laid out by arithmetic, so that a hundred
thousand drafts cost what twenty do."""

from bisect import bisect_left

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from medvoice.ui.pages.compose.draft_model import DraftModel
from medvoice.ui.pages.compose.draft_painter import DraftPainter
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import KEYBOARD_REASONS, viewport_of
from medvoice.ui.widgets.over_bar import OverBar

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, HEAD_HEIGHT = 78, 34
WALKING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
BEHIND = 24  # room after the last row


class DraftView(QListView):
    """Enter opens, Delete or Ctrl+Backspace archives, Shift+F10 and the Menu key show what else can be done.
    Signals carry draft ids; `menu_requested(id, global point)`."""

    archive_requested = Signal(str)
    opened = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, theme: Theme, model: DraftModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = viewport_of(self)
        self.theme, self.drafts = theme, model
        self._painter = DraftPainter(theme, model)
        self._pointer_y = -1
        self._has_ring = False
        self.setModel(model)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._over = OverBar(self)
        theme.changed.connect(self.doItemsLayout)

    # Geometry

    def top_of(self, at: int) -> int:
        """Where a row begins, in pixels from the start of the list."""
        row, head = self.theme.px(ROW_HEIGHT), self.theme.px(HEAD_HEIGHT)
        heads = bisect_left(self.drafts.heads, at)
        return heads * head + (at - heads) * row

    def row_at(self, y: int) -> int:
        """The row at a height of the list, -1 outside."""
        low, high = 0, self.drafts.rowCount()
        if y < 0 or y >= self.top_of(high):
            return -1
        while high - low > 1:
            middle = (low + high) // 2
            if self.top_of(middle) <= y:
                low = middle
            else:
                high = middle
        return low

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        at = index.row()
        height = self.top_of(at + 1) - self.top_of(at)
        return QRect(0, self.top_of(at) - self.verticalOffset(), self.viewport().width(), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = self.row_at(point.y() + self.verticalOffset())
        return self.drafts.index(at) if at >= 0 else QModelIndex()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        room, bar = self.viewport().height(), self.verticalScrollBar()
        whole = self.top_of(self.drafts.rowCount()) + self.theme.px(BEHIND)
        bar.setRange(0, max(whole - room, 0))
        bar.setPageStep(room)
        bar.setSingleStep(self.theme.px(ROW_HEIGHT) // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        at = index.row()
        top, end = self.top_of(at), self.top_of(at + 1)
        if at and self.drafts.is_head(at - 1):
            top = self.top_of(at - 1)  # the first of a section comes with its head
        self.updateGeometries()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue((top + end - room) // 2)
        elif top < bar.value() or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif end > bar.value() + room:
            bar.setValue(end - room)

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.topLeft())
        if index.isValid() and not self.drafts.is_head(index.row()):
            self.selectionModel().select(index, command)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, chosen = event.rect(), self.currentIndex().row()
        at = max(self.row_at(max(area.top() + self.verticalOffset(), 0)), 0)
        hovered = self.row_at(self._pointer_y + self.verticalOffset()) if self._pointer_y >= 0 else -1
        while at < self.drafts.rowCount():
            rect = self.visualRect(self.drafts.index(at))
            if rect.top() > area.bottom():
                break
            self._painter.paint(
                painter,
                QRectF(rect),
                at,
                is_selected=at == chosen,
                is_hovered=at == hovered,
                has_ring=at == chosen and self._has_ring and self.hasFocus(),
            )
            at += 1
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(event.position().toPoint().y())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, y: int) -> None:
        self._pointer_y = y
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._has_ring = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._has_ring = False
        super().mousePressEvent(event)

    # Keys

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        at = self.currentIndex().row()
        page = max(self.viewport().height() // self.theme.px(ROW_HEIGHT) - 1, 1)
        whole = self.drafts.rowCount()
        steps = {
            QAbstractItemView.CursorAction.MoveUp: -1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveDown: 1,
            QAbstractItemView.CursorAction.MoveNext: 1,
            QAbstractItemView.CursorAction.MovePageUp: -page,
            QAbstractItemView.CursorAction.MovePageDown: page,
            QAbstractItemView.CursorAction.MoveHome: -whole,
            QAbstractItemView.CursorAction.MoveEnd: whole,
        }
        if action not in steps:
            return self.currentIndex()
        following = self.drafts.next_draft(at, steps[action]) if at >= 0 else self.drafts.next_draft(0, 0)
        return self.drafts.index(following) if following >= 0 else QModelIndex()

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the search field; walking through all rows would stop the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_ring = True
        draft_id = self.drafts.id_at(self.currentIndex().row())
        is_back = event.key() == Qt.Key.Key_Backspace
        is_delete = event.key() == Qt.Key.Key_Delete or (
            is_back and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )
        if draft_id and is_delete:
            self.archive_requested.emit(draft_id)
        elif draft_id and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(draft_id)
        else:
            super().keyPressEvent(event)
            if event.key() in WALKING:
                self.scrollTo(self.currentIndex())  # also when it was the current one already

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(event.pos())
        draft_id = self.drafts.id_at(index.row())
        if draft_id:
            where = self.visualRect(index).center() if is_key else event.pos()
            self.menu_requested.emit(draft_id, self.viewport().mapToGlobal(where))
