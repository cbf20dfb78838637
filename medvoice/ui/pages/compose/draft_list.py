"""The left column: title, New, search, and the drafts in sections, painted by one delegate."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from medvoice.ui.pages.compose.rows import ListedDraft, section_title, when_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.field import SearchField
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
)

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
SEARCH_DELAY_MS = 150
ROW_HEIGHT, HEAD_HEIGHT = 76, 34


class DraftModel(QAbstractListModel):
    """Section heads (a pair of title and count) and drafts, in one flat list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ListedDraft | tuple[str, int]] = []
        self.now = datetime.now(UTC)

    def fill(self, drafts: Sequence[ListedDraft], now: datetime) -> None:
        """Show these drafts; heads stand before each section."""
        rows: list[ListedDraft | tuple[str, int]] = []
        for at, item in enumerate(drafts):
            if at == 0 or drafts[at - 1].section != item.section:
                rows.append((section_title(item.section), sum(d.section == item.section for d in drafts)))
            rows.append(item)
        self.beginResetModel()
        self.rows, self.now = rows, now
        self.endResetModel()

    def index_of(self, draft_id: str) -> QModelIndex:
        for at, row in enumerate(self.rows):
            if isinstance(row, ListedDraft) and row.row.id == draft_id:
                return self.index(at)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, tuple):
                return f"{row[0]}, {row[1]}"
            channels = " and ".join(row.row.channels)
            when = when_words(row.row, self.now)
            return f"{row.row.title or row.row.first_line}, {row.spoken}, {channels}, {when}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], tuple):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class DraftDelegate(QStyledItemDelegate):
    """Paints heads and rows; the same geometry at every device pixel ratio."""

    def __init__(self, theme: Theme, model: DraftModel) -> None:
        super().__init__()
        self.theme, self.model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_head = isinstance(self.model.rows[index.row()], tuple)
        return QSize(200, self.theme.px(HEAD_HEIGHT if is_head else ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.model.rows[index.row()]
        area = QRectF(option.rect)
        if isinstance(row, tuple):
            self._paint_head(painter, area, row)
        else:
            self._paint_row(painter, area, row, option.state)
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRectF, head: tuple[str, int]) -> None:
        inner = area.adjusted(self.theme.px(20), self.theme.px(8), -self.theme.px(20), 0)
        paint_text(painter, self.theme, inner, head[0], "smallStrong", "text.secondary")
        right = Qt.AlignmentFlag.AlignRight
        paint_text(painter, self.theme, inner, str(head[1]), "small", "text.tertiary", right)

    def _paint_row(self, painter: QPainter, area: QRectF, item: ListedDraft, state: QStyle.StateFlag) -> None:
        theme, px = self.theme, self.theme.px
        box = area.adjusted(px(8), 1, -px(8), -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, theme, box, fill="bg.surface", border="border.default", radius=8)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, theme, box, fill="bg.hover", radius=8)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint_row_focus(painter, theme, box)
        left, right = box.left() + px(12), box.right() - px(12)
        line = px(20)
        top = box.top() + px(8)
        x = left
        if item.slot:
            paint_topic_marker(painter, theme, QRectF(x, top + px(5), px(10), px(10)), item.slot)
            x += px(18)
        theme.paint_icon(painter, item.icon, item.tone, right - px(15), top + px(2), 15)
        title = item.row.title or item.row.first_line or self.tr("Untitled")
        paint_text(painter, theme, QRectF(x, top, right - px(22) - x, line), title, "bodyStrong")
        first = QRectF(left, top + line, right - left, px(18))
        paint_text(painter, theme, first, item.row.first_line, "small", "text.secondary")
        below = top + line + px(20)
        x = left
        for channel in item.row.channels:
            paint_channel_tile(painter, theme, QRectF(x, below + px(1), px(16), px(16)), channel)
            x += px(22)
        when = QRectF(x, below, right - x, px(18))
        paint_text(painter, theme, when, when_words(item.row, self.model.now), "small", "text.tertiary")


class DraftView(QListView):
    """The list itself; Enter opens, Ctrl+Backspace or Delete archives."""

    archive_requested = Signal(str)
    opened = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW_ROLE)
        is_back = event.key() == Qt.Key.Key_Backspace
        is_delete = event.key() == Qt.Key.Key_Delete or (
            is_back and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )
        if isinstance(row, ListedDraft) and is_delete:
            self.archive_requested.emit(row.row.id)
            return
        if isinstance(row, ListedDraft) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row.row.id)
            return
        super().keyPressEvent(event)


class DraftList(Surface):
    """The column. `chosen(draft_id)` on selection, `searched(query)` a moment after typing."""

    chosen = Signal(str)
    opened = Signal(str)
    searched = Signal(str)
    new_requested = Signal()
    archive_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("sidebar", edge="right")
        self.theme = theme
        self.setObjectName("draft_list")
        self.model = DraftModel()
        self.delegate = DraftDelegate(theme, self.model)
        self.view = DraftView()
        self.view.setObjectName("draft_view")
        self.view.setAccessibleName(self.tr("Drafts"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(self.delegate)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.search = SearchField(theme, self.tr("Search drafts"), "Ctrl+Shift+F")
        self.search.edit.setObjectName("draft_search")
        self.new_button = Button(theme, self.tr("New"), kind="soft", icon="plus")
        self.new_button.setObjectName("new_draft")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_DELAY_MS)
        self._build()
        self._is_filling = False

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give the focus to the list. No focus proxy: Tab would pass over everything else in here."""
        self.view.setFocus(reason)

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(14), 1, 0)
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setContentsMargins(px(20), 0, px(12), 0)
        head.addWidget(Label(self.theme, self.tr("Drafts"), "panelTitle"))
        head.addStretch(1)
        head.addWidget(self.new_button)
        field = QHBoxLayout()
        field.setContentsMargins(px(12), 0, px(12), 0)
        field.addWidget(self.search)
        self.empty = Label(self.theme, "", "body", "text.tertiary", wraps=True)
        self.empty.setContentsMargins(px(20), px(12), px(20), 0)
        self.empty.hide()
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        self.new_button.clicked.connect(self.new_requested)
        self.search.searched.connect(lambda _text: self._delay.start())
        self.search.left_downwards.connect(self._enter_list)
        self._delay.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.archive_requested.connect(self.archive_requested)
        self.view.opened.connect(self.opened)
        self.view.doubleClicked.connect(self._double_clicked)

    def fill(self, drafts: Sequence[ListedDraft], now: datetime, current: str) -> None:
        """Show the drafts and keep the current one selected without opening it again."""
        self._is_filling = True
        scroll = self.view.verticalScrollBar().value()
        self.model.fill(drafts, now)
        index = self.model.index_of(current)
        if index.isValid():
            self.view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.view.verticalScrollBar().setValue(scroll)
        is_search = bool(self.search.text().strip())
        words = self.tr("No draft holds these words.") if is_search else self.tr("No drafts yet.")
        self.empty.setText(words)
        self.empty.setVisible(not drafts)
        self._is_filling = False

    def _enter_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid():
            self.step(1)

    def count(self) -> int:
        return sum(isinstance(row, ListedDraft) for row in self.model.rows)

    def step(self, by: int) -> None:
        """Select the next or previous draft."""
        at = self.view.currentIndex().row() + by
        while 0 <= at < len(self.model.rows) and isinstance(self.model.rows[at], tuple):
            at += by
        if 0 <= at < len(self.model.rows):
            self.view.setCurrentIndex(self.model.index(at))

    def _current_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not self._is_filling and isinstance(row, ListedDraft):
            self.chosen.emit(row.row.id)

    def _double_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ListedDraft):
            self.opened.emit(row.row.id)
