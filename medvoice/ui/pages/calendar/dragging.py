"""Dragging a card to another day: the card itself follows the pointer, the day under it says what a drop
would mean, and one that may not be says why. Keys do the same (look.md 5); this is the mouse's way."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card, Waiting, best_wall, why_not
from medvoice.ui.pages.calendar.geometry import Placed
from medvoice.ui.pages.calendar.painting import paint_card
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, paint_text

MIME = "application/x-medvoice-card"
START_PX = 6

if TYPE_CHECKING:

    class DayView(Protocol):
        """What dragging needs of a view."""

        theme: Theme

        @property
        def snapshot(self) -> CalendarSnapshot | None: ...
        def day_under(self, at: QPointF) -> date | None: ...


class Dragging(QObject):
    """The drags of one view. `dropped(key, wall)` is for a card, `placed(draft id, wall)` for the tray's."""

    dropped = Signal(str, str)
    placed = Signal(str, str)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.view = view
        self.key = ""
        self.target: date | None = None
        self.words = ""
        self.is_allowed = False
        self._pressed: Card | None = None
        self._pressed_at = QPointF()
        # Runs the drag; a test answers for the person.
        self.run: Callable[[QDrag], object] = lambda drag: drag.exec(Qt.DropAction.MoveAction)
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    # From here

    def press(self, card: Card, at: QPointF) -> None:
        """The mouse went down on a card."""
        self._pressed = card if card.can_move else None
        self._pressed_at = at

    def release(self) -> None:
        """The mouse went up without a drag."""
        self._pressed = None

    def move(self, event: QMouseEvent) -> bool:
        """The mouse moved; True once a drag has run."""
        card = self._pressed
        if card is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if (event.position() - self._pressed_at).manhattanLength() < START_PX:
            return False
        self._pressed = None
        self.key = card.key
        drag = QDrag(self.view)
        drag.setMimeData(mime_of(card))
        theme: Theme = self.view.theme  # pyright: ignore[reportAttributeAccessIssue]
        drag.setPixmap(picture(theme, card, self.view.devicePixelRatioF()))
        drag.setHotSpot(QPoint(theme.px(20), theme.px(14)))
        try:
            self.run(drag)
        finally:
            self._end()
        return True

    def _end(self) -> None:
        self.key, self.target, self.words = "", None, ""
        self.view.viewport().update()

    # To here

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(
            event, QDragMoveEvent
        ):
            return self._over(event)
        if event.type() == QEvent.Type.DragLeave:
            self.target = None
            self.view.viewport().update()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._drop(event)
        return False

    def _over(self, event: QDragMoveEvent) -> bool:
        found = self._what(event)
        if found is None:
            event.ignore()
            return True
        self.target = self.view.day_under(event.position())  # pyright: ignore[reportAttributeAccessIssue]
        wall, reason = self._at(found)
        self.is_allowed = bool(wall) and not reason
        self.words = reason or (self.tr("Drop for {time}").format(time=wall[11:16]) if wall else "")
        self.view.viewport().update()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept() if self.is_allowed else event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        found = self._what(event)
        self.target = self.view.day_under(event.position())  # pyright: ignore[reportAttributeAccessIssue]
        wall, reason = self._at(found) if found is not None else ("", "")
        self._end()
        if found is None or not wall or reason:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        if isinstance(found, Card):
            if wall[:10] != found.day.isoformat():
                self.dropped.emit(found.key, wall)
        else:
            self.placed.emit(found.draft_id, wall)
        return True

    def _what(self, event: QDropEvent) -> Card | Waiting | None:
        snapshot: CalendarSnapshot | None = self.view.snapshot  # pyright: ignore[reportAttributeAccessIssue]
        if snapshot is None or not event.mimeData().hasFormat(MIME):
            return None
        kind, _, key = bytes(event.mimeData().data(MIME).data()).decode().partition(":")
        if kind == "card":
            return snapshot.find(key)
        return next((each for each in snapshot.tray if each.draft_id == key), None)

    def _at(self, found: Card | Waiting) -> tuple[str, str]:
        """The wall time of a drop on the day under the pointer, and why it may not be."""
        snapshot: CalendarSnapshot | None = self.view.snapshot  # pyright: ignore[reportAttributeAccessIssue]
        if snapshot is None or self.target is None:
            return "", ""
        wall = (
            f"{self.target.isoformat()} {found.time}"
            if isinstance(found, Card)
            else best_wall(self.target, snapshot)
        )
        return wall, why_not(found, wall, snapshot)

    def paint_target(self, painter: QPainter, cell: QRectF) -> None:
        """The day under a drag: a frame and what a drop would mean."""
        theme: Theme = self.view.theme  # pyright: ignore[reportAttributeAccessIssue]
        ink = "accent.text" if self.is_allowed else "danger.text"
        fill = "accent.soft" if self.is_allowed else "danger.soft"
        border = "accent.solid" if self.is_allowed else None
        paint_box(painter, theme, cell, fill=fill, border=border, radius=0, border_px=2)
        px = theme.px
        words = QRectF(cell.x() + px(6), cell.y() + px(28), cell.width() - px(12), px(20))
        paint_text(painter, theme, words, self.words, "smallStrong", ink)


def mime_of(what: Card | Waiting) -> QMimeData:
    """What a drag carries: the name of a card, or of a draft that waits for a place."""
    data = QMimeData()
    key = f"card:{what.key}" if isinstance(what, Card) else f"draft:{what.draft_id}"
    data.setData(MIME, QByteArray(key.encode()))
    return data


def picture(theme: Theme, card: Card, dpr: float) -> QPixmap:
    """The card as it follows the pointer."""
    width, height = theme.px(150), theme.px(38)
    pixmap = QPixmap(round(width * dpr), round(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_card(painter, theme, Placed(card, QRectF(0, 0, width, height), has_two_lines=False))
    painter.end()
    return pixmap
