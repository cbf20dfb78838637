"""The table of topics: one row each, with share, weeks, streak, next post and status."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from medvoice.services.topic_progress import Progress
from medvoice.ui.models.topics_data import (
    TopicsSnapshot,
    next_words,
    rhythm_words,
    share_words,
    spoken_row,
    status_look,
    streak_words,
)
from medvoice.ui.pages.topics.bars import paint_bullet, paint_weeks, weeks_width
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import PaintedButton
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_pill,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
    pill_size,
    text_width,
)
from medvoice.ui.widgets.pill import PaintedMark

ROW_H, HEAD_H, SIDE = 76, 36, 24
# Where the columns begin in a wide table; without the weeks or the streak where there is less room.
SHARE_X, WEEKS_X, STREAK_X, NEXT_X, WIDE = 268, 458, 634, 738, 1000
BAR_W, NARROW_BAR_W, WEEKS_FROM, STREAK_FROM = 170, 112, 860, 700


class Columns:
    """Where each column begins in a table of a width; None for one that has no room."""

    def __init__(self, theme: Theme, width: int) -> None:
        scale = theme.text_scale
        has_weeks, has_streak = width >= WEEKS_FROM * scale, width >= STREAK_FROM * scale
        px = theme.px
        self.bar = px(BAR_W)
        right = width - px(SIDE) - px(120)  # the status word
        if width >= WIDE * scale:
            self.share, self.weeks, self.streak, self.next = (
                px(SHARE_X), px(WEEKS_X), px(STREAK_X), px(NEXT_X),
            )  # fmt: skip
            return
        self.next = right - px(112)
        x = self.next
        x -= px(92) if has_streak else 0
        self.streak = x if has_streak else None
        x -= int(weeks_width(theme, 12)) + px(16) if has_weeks else 0
        self.weeks = x if has_weeks else None
        self.bar = px(NARROW_BAR_W)
        self.share = max(x - self.bar - px(16), px(150))


class TopicsHead(PaintedMark):
    """The names of the columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, self.theme.px(HEAD_H))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.fillRect(self.rect(), theme.color("bg.sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("border.default"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border.default"))
        columns = Columns(theme, self.width())
        words = (
            (theme.px(SIDE), self.tr("Topic"), columns.share),
            (columns.share, self.tr("Share of posts"), columns.weeks or columns.streak or columns.next),
            (columns.weeks, self.tr("Last 12 weeks"), columns.streak or columns.next),
            (columns.streak, self.tr("Streak"), columns.next),
            (columns.next, self.tr("Next post"), self.width()),
        )
        for x, name, end in words:
            if x is not None:
                place = QRectF(x, 0, end - x - theme.px(8), self.height())
                paint_text(painter, theme, place, name, "smallStrong", "text.secondary")
        painter.end()


class TopicRow(PaintedButton):
    """One topic. A press chooses it; `opened` by Enter, F2 or a double click, `menu_requested(place)`."""

    opened = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, row: Progress, snapshot: TopicsSnapshot, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.row, self.snapshot = row, snapshot
        self.setObjectName(f"topic_row_{row.topic.slot}")
        self.be_one_of_several()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken_row(row, snapshot))

    def sizeHint(self) -> QSize:
        return QSize(320, self.theme.px(ROW_H))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_requested.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().center()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        fill = "bg.selected" if self.isChecked() else "bg.hover" if self.is_hovered else ""
        if fill:
            painter.fillRect(self.rect(), theme.color(fill))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border.default"))
        columns, middle = Columns(theme, self.width()), self.height() / 2
        self._paint_name(painter, middle, columns)
        self._paint_share(painter, middle, columns)
        slot = self.row.topic.slot
        if columns.weeks is not None:
            area = QRectF(columns.weeks, 0, weeks_width(theme, len(self.row.weeks)), self.height())
            paint_weeks(painter, theme, area, slot, self.row.weeks)
        if columns.streak is not None:
            self._two_lines(
                painter, columns.streak, columns.next, streak_words(self.row), self.tr("streak"), "bodyMedium"
            )
        look = status_look(self.row)
        size = pill_size(theme, look[1], look[2])
        pill = QRectF(
            self.width() - px(SIDE) - size.width(), middle - size.height() / 2, size.width(), size.height()
        )
        when = next_words(self.row, self.snapshot)
        self._two_lines(
            painter, columns.next, int(pill.x()), when, rhythm_words(self.row.topic), "bodyMedium"
        )
        paint_pill(painter, theme, pill.toRect(), *look)
        if self.hasFocus():
            paint_row_focus(painter, theme, QRectF(self.rect()).adjusted(2, 2, -2, -3))
        painter.end()

    def _paint_name(self, painter: QPainter, middle: float, columns: Columns) -> None:
        theme, px, topic = self.theme, self.theme.px, self.row.topic
        tile = QRectF(px(SIDE), middle - px(14), px(28), px(28))
        paint_box(painter, theme, tile, fill=f"topic.{topic.slot}.soft", radius=theme.radius("chip"))
        paint_topic_marker(
            painter, theme, QRectF(tile.center().x() - px(6), middle - px(6), px(12), px(12)), topic.slot
        )
        x = int(tile.right()) + px(20)
        self._two_lines(painter, x, columns.share, topic.name, topic.promise, "bodyStrong")

    def _paint_share(self, painter: QPainter, middle: float, columns: Columns) -> None:
        theme, px = self.theme, self.theme.px
        share, target = share_words(self.row)
        width = text_width(theme, share, "bodyStrong") + 2
        line = QRectF(columns.share, middle - px(21), width, px(20))
        paint_text(painter, theme, line, share, "bodyStrong")
        rest = QRectF(line.right() + px(6), line.y(), px(110), px(20))
        paint_text(painter, theme, rest, target, "body", "text.secondary")
        bar = QRectF(columns.share, middle + px(2), columns.bar, px(18))
        paint_bullet(painter, theme, bar, self.row.topic.slot, self.row.share, self.row.topic.target_share)

    def _two_lines(self, painter: QPainter, x: float, end: float, first: str, second: str, role: str) -> None:
        theme, px = self.theme, self.theme.px
        middle, width = self.height() / 2, end - x - px(8)
        top = middle - px(19) if second else middle - px(10)
        paint_text(painter, theme, QRectF(x, top, width, px(20)), first, role)
        if second:
            paint_text(
                painter, theme, QRectF(x, middle + px(1), width, px(18)), second, "small", "text.secondary"
            )


class TopicTable(QWidget):
    """All rows. `chosen(topic id)` when another one is, `opened(topic id)`, `menu_requested(place)`; up and
    down go through the rows."""

    chosen = Signal(str)
    opened = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("topic_table")
        self.rows: list[TopicRow] = []
        self.head = TopicsHead(theme, self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.head)

    @property
    def topic_id(self) -> str:
        """The chosen topic, "" for none."""
        return next((row.row.topic.id for row in self.rows if row.isChecked()), "")

    def show_rows(self, snapshot: TopicsSnapshot) -> None:
        """The rows anew; the chosen one stays chosen, else the first."""
        wanted = self.topic_id
        had_focus = self.hasFocus() or any(row.hasFocus() for row in self.rows)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for each in snapshot.rows:
            row = TopicRow(self.theme, each, snapshot, self)
            row.clicked.connect(lambda _on=False, one=each.topic.id: self.chosen.emit(one))
            row.opened.connect(lambda one=each.topic.id: self.opened.emit(one))
            row.menu_requested.connect(self._ask_menu)
            self.column.addWidget(row)
            row.show()
            self.rows.append(row)
        chosen = next((row for row in self.rows if row.row.topic.id == wanted), None)
        chosen = chosen or (self.rows[0] if self.rows else None)
        if chosen is not None:
            chosen.setChecked(True)
            if had_focus:
                chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, topic_id: str) -> None:
        """Choose a topic; nothing happens when it is not there."""
        for row in self.rows:
            if row.row.topic.id == topic_id and not row.isChecked():
                row.setChecked(True)
                self.chosen.emit(topic_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The table has no keyboard of its own: its chosen row has."""
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard to the chosen row."""
        row = next((row for row in self.rows if row.isChecked()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_menu(self, place: QPoint) -> None:
        row = self.sender()
        if isinstance(row, TopicRow):
            self.choose(row.row.topic.id)
        self.menu_requested.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.rows) - 1}
        if not self.rows or event.modifiers() or not (step or event.key() in ends):
            super().keyPressEvent(event)
            return
        at = next((i for i, row in enumerate(self.rows) if row.isChecked()), 0)
        at = ends.get(Qt.Key(event.key()), max(0, min(at + step, len(self.rows) - 1)))
        row = self.rows[at]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(row.row.topic.id)
