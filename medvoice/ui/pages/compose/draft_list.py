"""The left column: title, filter, New, search, and the drafts in sections."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.ui.pages.compose.draft_model import DraftModel
from medvoice.ui.pages.compose.draft_view import DraftView
from medvoice.ui.pages.compose.list_filter import FilterStrip
from medvoice.ui.pages.compose.rows import ListedDraft, Shelf
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.field import SearchField

SEARCH_DELAY_MS = 150


class DraftList(Surface):
    """The column. `chosen(draft_id)` on selection, `searched(query)` a moment after typing,
    `menu_requested(draft_id, global point)` for what else can be done with a draft."""

    chosen = Signal(str)
    opened = Signal(str)
    searched = Signal(str)
    new_requested = Signal()
    archive_requested = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__("sidebar", edge="right")
        self.theme = theme
        self.setObjectName("draft_list")
        self.model = DraftModel(self)
        self.view = DraftView(theme, self.model, self)
        self.view.setObjectName("draft_view")
        self.view.setAccessibleName(self.tr("Drafts"))
        self.search = SearchField(theme, self.tr("Search drafts"), "Ctrl+Shift+F")
        self.search.edit.setObjectName("draft_search")
        self.new_button = Button(theme, self.tr("New"), kind="soft", icon="plus")
        self.new_button.setObjectName("new_draft")
        self.filter = FilterStrip(theme)
        self.filter_button = IconButton(theme, "list-filter", self.tr("Filter drafts"))
        self.filter_button.setObjectName("draft_filter")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_DELAY_MS)
        self._build()
        self._connect()
        self._is_filling = False

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give the focus to the list. No focus proxy: Tab would pass over everything else in here."""
        self.view.setFocus(reason)

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(16), 1, 0)
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setContentsMargins(px(20), 0, px(12), px(6))
        head.addWidget(Label(self.theme, self.tr("Drafts"), "panelTitle"))
        head.addStretch(1)
        head.addWidget(self.filter_button)
        head.addWidget(self.new_button)
        field = QHBoxLayout()
        field.setContentsMargins(px(12), 0, px(12), 0)
        field.addWidget(self.search)
        self.empty = Label(self.theme, "", "body", "text.tertiary", wraps=True)
        self.empty.setObjectName("drafts_empty")
        self.all_button = Button(self.theme, self.tr("Show all drafts"), size="small")
        self.all_button.setObjectName("drafts_show_all")
        # A widget, since a layout keeps its margins while what is in it is hidden.
        self._nothing = QWidget()
        words = QVBoxLayout(self._nothing)
        words.setContentsMargins(px(20), px(12), px(20), 0)
        words.setSpacing(px(8))
        words.addWidget(self.empty)
        words.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._nothing.hide()
        self.all_button.hide()
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(self.filter)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_requested)
        self.search.searched.connect(lambda _text: self._delay.start())
        self.search.left_downwards.connect(self._enter_list)
        self.filter.switched.connect(self._filter_switched)
        self.filter_button.clicked.connect(lambda: self.filter.open_menu(self.filter_button))
        self.all_button.clicked.connect(self.show_all)
        self._delay.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.archive_requested.connect(self.archive_requested)
        self.view.opened.connect(self.opened)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.menu_requested.connect(self.menu_requested)

    def _filter_switched(self, is_on: bool) -> None:
        self.filter_button.set_ink("accent.text" if is_on else "text.secondary")
        self.filter_button.set_name(self.tr("Filter drafts, on") if is_on else self.tr("Filter drafts"))

    # Filling

    def fill(self, shelf: Shelf, rows: Mapping[str, ListedDraft], current: str) -> None:
        """Show the drafts and keep the current one selected without opening it again."""
        with self.quietly():
            scroll = self.view.verticalScrollBar().value()
            self.model.fill(shelf.sections, rows, [key.id for key in shelf.newest], shelf.now)
            self.mark(current)
            self.view.verticalScrollBar().setValue(scroll)
        self.say_empty()

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What changes in the list meanwhile is not the person's choice."""
        was, self._is_filling = self._is_filling, True
        try:
            yield
            self.view.doItemsLayout()
        finally:
            self._is_filling = was

    def mark(self, draft_id: str) -> None:
        """Select the draft that is open, without opening it again."""
        with self.quietly():
            index = self.model.index_of(draft_id)
            flag = QItemSelectionModel.SelectionFlag
            if index.isValid():
                self.view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
            else:
                self.view.selectionModel().setCurrentIndex(QModelIndex(), flag.Clear)

    def say_empty(self) -> None:
        """Why the list is empty, and the way back to all drafts."""
        query, choice = self.search.text().strip(), self.filter.choice
        is_empty = not self.model.count()
        if query:
            words = self.tr("No draft for “{words}”.").format(words=query)
        elif choice.state == "archive" and not choice.topic_id and not choice.channel:
            words = self.tr("The archive is empty. Drafts you put away stay here for 30 days.")
        elif not choice.is_any:
            words = self.tr("No draft like this.")
        else:
            words = self.tr("No drafts yet.")
        self.empty.setText(words)
        self._nothing.setVisible(is_empty)
        self.all_button.setVisible(is_empty and bool(query or not choice.is_any))

    def show_all(self) -> None:
        """Neither search nor filter."""
        self.search.clear()
        self.filter.clear()
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    # Moving

    def _enter_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid():
            self.step(1)

    def count(self) -> int:
        """How many drafts are in the list."""
        return self.model.count()

    def step(self, by: int) -> None:
        """Select the next or previous draft."""
        at = self.view.currentIndex().row()
        following = self.model.next_draft(at, by) if at >= 0 else self.model.next_draft(0, 0)
        if following >= 0:
            self.view.setCurrentIndex(self.model.index(following))

    def _current_changed(self, index: QModelIndex) -> None:
        self._emit(index, self.chosen.emit, is_choice=True)

    def _double_clicked(self, index: QModelIndex) -> None:
        self._emit(index, self.opened.emit, is_choice=False)

    def _emit(self, index: QModelIndex, call: Callable[[str], None], *, is_choice: bool) -> None:
        draft_id = self.model.id_at(index.row())
        if draft_id and not (is_choice and self._is_filling):
            call(draft_id)
