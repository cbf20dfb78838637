"""What month and week have in common: set-up as a table, the cursor on a card, and the hands of the mouse."""

from abc import abstractmethod
from datetime import date
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip, QWidget

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card
from medvoice.ui.models.calendar_days import Span
from medvoice.ui.pages.calendar.dragging import Dragging
from medvoice.ui.pages.calendar.month_model import MonthModel
from medvoice.ui.pages.calendar.week_model import WeekModel
from medvoice.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Lets the view paint each of its cells."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, 40)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("GridView", self.parent())
        view.paint_cell(painter, QRectF(option.rect), index)  # pyright: ignore[reportAttributeAccessIssue]


class GridView(QTableView):
    """`acted(act)` is a key (see grid_keys); `day_chosen(date)` and `card_chosen(key)` when the cursor moved;
    `opened(key)` on a double click; `more_requested(date)`; `menu_requested(global position)`; `beyond(date)`
    for a step out of what is shown. What is dropped is told by `drag`."""

    acted = Signal(str)
    day_chosen = Signal(object)
    card_chosen = Signal(str)
    opened = Signal(str)
    more_requested = Signal(object)
    menu_requested = Signal(object)
    beyond = Signal(object)

    def __init__(
        self, theme: Theme, cells: MonthModel | WeekModel, name: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.cells = cells
        cells.setParent(self)
        self.card_key = ""
        self.setObjectName(name)
        self.setModel(cells)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.drag = Dragging(self)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    # What is shown

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """What stands on the days; the cursor leaves a card that is gone."""
        self.cells.show_snapshot(snapshot)
        if self.card_key and snapshot.find(self.card_key) is None:
            self.card_key = ""
        self.viewport().update()

    @property
    def snapshot(self) -> CalendarSnapshot | None:
        return self.cells.snapshot

    @property
    def period(self) -> Span:
        return self.cells.period

    def card(self) -> Card | None:
        """The card the cursor is on, None when it is on the day itself."""
        snapshot = self.snapshot
        return snapshot.find(self.card_key) if snapshot and self.card_key else None

    def set_card(self, key: str) -> None:
        """Put the cursor on a card."""
        card = self.snapshot.find(key) if self.snapshot else None
        if card is None:
            return
        self.go_to_card(card)
        self.card_key = key
        self.viewport().update()
        self.card_chosen.emit(key)

    # What each of them knows

    @abstractmethod
    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        """Paint a cell of the table."""

    @abstractmethod
    def go_to_card(self, card: Card) -> None:
        """Move the cursor to the cell of a card."""

    @abstractmethod
    def card_at(self, at: QPointF) -> Card | None:
        """The card under a point of the viewport."""

    @abstractmethod
    def day_under(self, at: QPointF) -> date | None:
        """The day under a point of the viewport."""

    def pressed_beside(self, at: QPointF) -> None:
        """The mouse went down where no card is."""

    def is_warm(self, at: QPointF) -> bool:
        """Whether a press there does something."""
        return self.card_at(at) is not None

    # Hands

    def viewportEvent(self, event: QEvent) -> bool:
        # A card may be too small for all it says.
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            card = self.card_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), card.at_length if card else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        card = self.card_at(event.position())
        if card is None:
            super().mousePressEvent(event)
            self.pressed_beside(event.position())
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.set_card(card.key)
        self.drag.press(card, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.drag.move(event):
            shape = Qt.CursorShape
            warm = self.is_warm(event.position())
            self.viewport().setCursor(shape.PointingHandCursor if warm else shape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.drag.release()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self.card_at(event.position())
        if card is not None:
            self.opened.emit(card.key)
        elif self.indexAt(event.position().toPoint()).isValid():
            self.acted.emit("new")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.card_at(QPointF(event.pos()))
        if card is not None:
            self.set_card(card.key)
        self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()
