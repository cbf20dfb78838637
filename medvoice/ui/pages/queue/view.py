"""The list of the queue with its keys: Enter, R, Space, O, and the row menu."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QListView, QMenu, QWidget

from medvoice.ui.models.queue_groups import GroupRow
from medvoice.ui.models.queue_model import Index, QueueModel
from medvoice.ui.models.queue_rows import QueueRow
from medvoice.ui.pages.queue.delegate import QueueDelegate
from medvoice.ui.theme import Theme

# On a draft over its parts: R for its main act, Space to pause or go on with all.
GROUP_KEYS = {
    Qt.Key.Key_R: ("resume_all_of", "choose_time_all"),
    Qt.Key.Key_Space: ("pause_all_of", "resume_all_of"),
}


class QueueList(QListView):
    """Signals carry the delivery id: `chosen` when the current row changed, `details_requested` (Enter),
    `draft_requested` (double click), `action_requested(id, key)`. A draft over its parts tells the id of the
    part that needs the person most, and `group_requested(group id, key)` for what is done with all."""

    chosen = Signal(str)
    details_requested = Signal(str)
    draft_requested = Signal(str)
    action_requested = Signal(str, str)
    group_requested = Signal(str, str)
    escaped = Signal()

    def __init__(self, theme: Theme, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows = model
        self.setObjectName("queue_list")
        self.setAccessibleName(self.tr("Queue"))
        self.setModel(model)
        self.delegate = QueueDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.delegate.action_requested.connect(self.action_requested)
        self.delegate.menu_requested.connect(self._show_menu)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def current_row(self) -> QueueRow | None:
        """The row that has the cursor; for a draft over its parts the one that speaks for it."""
        return self.speaker(self.currentIndex())

    def speaker(self, index: Index) -> QueueRow | None:
        """The row whose details show for an index."""
        group = self.rows.group_at(index)
        return group.lead if group is not None else self.rows.row_at(index)

    def select(self, delivery_id: str) -> bool:
        """Move the cursor to a delivery; False when it is not shown."""
        index = self.rows.index_of(delivery_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self.selectionModel().isSelected(current):
            # Qt gives the first row the cursor when the list gets the focus, and chooses nothing.
            self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self.speaker(current)
        # While the mouse is down nothing may move below it: a click is told when it is over.
        if row is not None and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if row is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_requested.emit(row.id)
        elif event.key() in GROUP_KEYS and (group := self.rows.group_at(self.currentIndex())) is not None:
            self._act_on_all(group, GROUP_KEYS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_R:
            if row.actions and row.actions[0].key != "open_draft":
                self.action_requested.emit(row.id, row.actions[0].key)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle_pause(row)
        elif event.key() == Qt.Key.Key_O:
            if row.link:
                self.action_requested.emit(row.id, "open_post")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index, at = self.currentIndex(), self.visualRect(self.currentIndex()).center()
        else:
            index, at = self.indexAt(event.pos()), event.pos()
        item = self.rows.group_at(index) or self.rows.row_at(index)
        if item is not None:
            self._show_menu(item.id, self.viewport().mapToGlobal(at))

    def menu_for(self, item: QueueRow | GroupRow) -> QMenu:
        """Every action of a row or of a draft with its parts, the painted one too."""
        menu = QMenu(self)
        menu.setObjectName("queue_menu")
        for action in item.actions:
            entry = menu.addAction(self.theme.icon(action.icon), action.label)
            entry.setObjectName(f"queue_menu_{action.key}")
            entry.triggered.connect(self._teller(item, action.key))
        return menu

    def _teller(self, item: QueueRow | GroupRow, key: str):
        def tell() -> None:
            if isinstance(item, QueueRow):
                self.action_requested.emit(item.id, key)
            else:
                self.group_requested.emit(item.id, key)

        return tell

    def _act_on_all(self, group: GroupRow, keys: tuple[str, ...]) -> None:
        """The first of these that the draft's parts all offer."""
        offered = {action.key for action in group.actions}
        key = next((each for each in keys if each in offered), "")
        if key:
            self.group_requested.emit(group.id, key)

    def _show_menu(self, entry_id: str, at: QPoint) -> None:
        index = self.rows.index_of(entry_id)
        item = self.rows.group_at(index) or self.rows.row_at(index)
        if item is not None:
            menu = self.menu_for(item)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def toggle_pause(self) -> None:
        """Pause or resume what the cursor is on."""
        group, row = self.rows.group_at(self.currentIndex()), self.current_row()
        if group is not None:
            self._act_on_all(group, GROUP_KEYS[Qt.Key.Key_Space])
        elif row is not None:
            self._toggle_pause(row)

    def _toggle_pause(self, row: QueueRow) -> None:
        for action in row.actions:
            if action.key in ("pause", "resume"):
                self.action_requested.emit(row.id, action.key)
                return

    def _clicked(self, index: Index) -> None:
        row = self.speaker(index)
        if row is not None and not self.delegate.took_click:
            self.chosen.emit(row.id)

    def _double_clicked(self, index: Index) -> None:
        row = self.speaker(index)
        if row is not None:
            self.draft_requested.emit(row.delivery.draft_id)
