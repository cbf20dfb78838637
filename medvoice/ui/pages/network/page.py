"""The Network page: events with their embargoes, one chosen at the side; a sheet to add and edit them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.embargo_words import abstract_name
from medvoice.ui.models.events_data import EventRow, EventsSnapshot, load_events
from medvoice.ui.pages.network.acts import EventActs
from medvoice.ui.pages.network.list_view import EventsList
from medvoice.ui.pages.network.pane import EventPane
from medvoice.ui.pages.queue.acts import Toast
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import EmptyState

if TYPE_CHECKING:
    from medvoice.ui.commands.command import Command
    from medvoice.ui.pages.network.import_sheet import ImportSheet
    from medvoice.ui.pages.network.sheet import EventSheet

HEADER_H, PANE_WIDE, PANE_NARROW = 64, 344, 308
WIDE_FROM, BESIDE_FROM = 1280, 1100


class NetworkPage(Surface):
    """Events. `toast(words, undo, redo)` shows a sentence; `open_url` opens an address; `choose_file(parent)`
    asks for a calendar file, "" for none. `draft_requested(id)` opens a draft in Compose."""

    draft_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        *,
        toast: Toast,
        open_url: Callable[[str], object],
        choose_file: Callable[[QWidget], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self.theme, self.bridge, self.open_url = theme, bridge, open_url
        self.choose_file = choose_file or ask_for_file
        self.setObjectName("network_page")
        self.snapshot: EventsSnapshot | None = None
        self.event_id = ""
        self._is_loading = self._is_stale = self._wants_keyboard = False
        self._wants_pane: bool | None = None
        self.acts = EventActs(theme, bridge, toast, self)
        self.sheet: EventSheet | None = None
        self.import_sheet: ImportSheet | None = None
        self.body = QWidget()
        self.list = EventsList(theme, self.body)
        self.pane = EventPane(theme, self.body)
        self.pane.hide()
        self.empty = self._make_empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self.stack, 1)
        bridge.changed.connect(self._workspace_changed)
        self.list.chosen.connect(self._chosen)
        self.list.acted.connect(self.act)
        self.list.menu_requested.connect(self._open_menu)
        self.pane.acted.connect(self._pane_acted)
        self.pane.draft_requested.connect(self.draft_requested)
        self.stack.currentChanged.connect(self._stack_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _header(self) -> Surface:
        theme = self.theme
        self.header = Surface("surface", edge="bottom")
        self.header.setObjectName("network_header")
        self.title = Label(theme, self.tr("Network"), "viewTitle")
        self.take = Button(theme, self.tr("Import"), icon="download")
        self.take.setObjectName("network_import")
        self.take.setAccessibleName(self.tr("Import congress dates from a calendar file"))
        self.take.setToolTip(self.take.accessibleName())
        self.take.clicked.connect(lambda: self.act("import"))
        self.add = Button(theme, self.tr("Add event"), kind="primary", icon="calendar-plus")
        self.add.setObjectName("network_add")
        self.add.clicked.connect(lambda: self.act("add"))
        self._row = row = QHBoxLayout(self.header)
        row.setSpacing(theme.px(12))
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.take)
        row.addWidget(self.add)
        return self.header

    def _stack_changed(self, _at: int) -> None:
        """A sheet has the one filled button."""
        is_list = self.stack.currentWidget() is self.body
        for button in (self.take, self.add):
            button.setVisible(is_list)

    def _make_empty(self) -> EmptyState:
        made = EmptyState(
            self.theme,
            self.tr("No events yet"),
            self.tr(
                "Add a congress with its abstracts. A draft that draws on one cannot go out before its"
                " embargo ends."
            ),
            self.tr("Add event"),
            motif="calendar",
            parent=self.body,
        )
        made.button.setObjectName("network_add_first")
        made.acted.connect(lambda: self.act("add"))
        made.hide()
        return made

    def _restyle(self) -> None:
        side = self.theme.px(24)
        self._row.setContentsMargins(side, 0, side, 0)
        self.header.setFixedHeight(self.theme.px(HEADER_H))
        self._place()

    # Reading

    def reload(self) -> None:
        """Read again; a wish that comes while one is under way is granted once, after it."""
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading = True
        self.bridge.work(load_events, owner=self, on_done=self._loaded, on_error=self._not_loaded)

    def _loaded(self, snapshot: EventsSnapshot) -> None:
        self._is_loading = False
        self.snapshot = snapshot
        self._show()
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def _not_loaded(self, problem: BaseException) -> None:
        self._is_loading = False
        self.bridge.report(problem)

    def _workspace_changed(self, changes: Changes) -> None:
        if changes and self.isVisible():
            self.reload()

    def _show(self) -> None:
        snapshot = self.snapshot
        if snapshot is None:
            return
        has_any = bool(snapshot.all)
        comes, goes = (self.list, self.empty) if has_any else (self.empty, self.list)
        focus = self.window().focusWidget()
        has_moved = focus is not None and (focus is goes or goes.isAncestorOf(focus))
        comes.show()
        if has_moved:  # before its place goes away: Qt would hand the keyboard to the rail
            (self.list if has_any else self.empty.button).setFocus(Qt.FocusReason.OtherFocusReason)
        goes.hide()
        # The empty state has the one filled button.
        self.add.set_kind("primary" if has_any else "default")
        self.list.show_snapshot(snapshot, self.event_id)
        row = self.row
        if row is not None:
            self.pane.show_row(snapshot, row)
        if self.sheet is not None and self.stack.currentWidget() is self.sheet:
            self.sheet.follow(snapshot)
        self._place()
        self._take_keyboard()

    @property
    def row(self) -> EventRow | None:
        """The event that is chosen."""
        return self.snapshot.find(self.event_id) if self.snapshot else None

    def _chosen(self, event_id: str) -> None:
        self.event_id = event_id
        if self.row is not None and self.snapshot is not None:
            self.pane.show_row(self.snapshot, self.row)

    # Acting

    def act(self, act: str) -> None:
        """Do what a key, a menu or a command stands for: add, edit, remove, import, enter, abstract or
        escape."""
        row = self.row
        if act == "add":
            self.open_sheet(None)
        elif act == "import":
            self._import()
        elif act == "escape":
            self.close_pane()
        elif row is None:
            return
        elif act == "edit":
            self.open_sheet(row)
        elif act == "abstract":
            self.open_sheet(row, at="abstracts")
        elif act == "remove":
            self.acts.remove_event(row.event)
        elif act == "enter":
            self._wants_pane = True
            self._place()
            self.pane.focus_first()

    def _pane_acted(self, act: str, key: str) -> None:
        if act in ("edit", "close", "add_abstract"):
            self.act({"edit": "edit", "close": "escape", "add_abstract": "abstract"}[act])
        elif act == "link":
            self.open_url(key)
        else:
            self._act_on_abstract(act, key)

    def _act_on_abstract(self, act: str, abstract_id: str) -> None:
        from medvoice.ui.pages.network import tying

        row, anchor = self.row, self.pane.abstracts.get(abstract_id)
        if row is None or anchor is None:
            return
        abstract = anchor.embargo.abstract
        if act == "tie":
            tying.choose_draft(self.acts, self, anchor, abstract_id, abstract_name(abstract))
        elif act == "draft":
            tying.start_draft(self.acts, abstract_id, abstract.title, self.draft_requested.emit)
        elif act == "change":
            self.open_sheet(row, at="abstracts", abstract_id=abstract_id)
        elif act == "forget":
            self.acts.remove_abstract(row.event, abstract)

    def menu_for(self) -> QMenu:
        """What can be done with the chosen event, each with its key."""
        menu = QMenu(self)
        menu.setObjectName("event_menu")
        entries = (
            ("enter", self.tr("Show at the side"), "Enter"),
            ("edit", self.tr("Edit"), "E"),
            ("abstract", self.tr("Add an abstract"), ""),
            ("remove", self.tr("Remove"), "Del"),
            ("add", self.tr("Add event"), "N"),
            ("import", self.tr("Import congress dates"), "I"),
        )
        for act, words, keys in entries:
            if self.row is None and act not in ("add", "import"):
                continue
            entry = menu.addAction(f"{words}\t{keys}" if keys else words)
            entry.setObjectName(f"event_menu_{act}")
            entry.triggered.connect(lambda _on=False, act=act: self.act(act))
        return menu

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu_for()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def show_event(self, event_id: str) -> None:
        """Put the cursor on an event, and its facts at the side."""
        self.event_id = event_id
        self._wants_pane = True
        self.stack.setCurrentWidget(self.body)
        self.reload()

    # Sheets

    def open_sheet(self, row: EventRow | None, at: str = "", abstract_id: str = "") -> None:
        """Add an event, or edit the one of a row; `at` "abstracts" goes to that part of it."""
        if self.sheet is None:
            from medvoice.ui.pages.network.sheet import EventSheet

            self.sheet = EventSheet(self.theme, self.acts)
            self.sheet.left.connect(self.close_sheet)
            self.stack.addWidget(self.sheet)
        zone = self.snapshot.zone if self.snapshot else "UTC"
        self.sheet.open(row, zone, at=at, abstract_id=abstract_id)
        self.stack.setCurrentWidget(self.sheet)

    def close_sheet(self, event_id: str = "") -> None:
        """Back to the list, on the event that was added or edited."""
        self.event_id = event_id or self.event_id
        self.stack.setCurrentWidget(self.body)
        self._wants_keyboard = True
        self.reload()

    def _import(self) -> None:
        path = self.choose_file(self)
        if path:
            self.show_import(path)

    def show_import(self, path: str) -> None:
        """Show what a calendar file holds before anything is taken from it."""
        from medvoice.ui.pages.network.import_sheet import ImportSheet

        if self.import_sheet is None:
            self.import_sheet = ImportSheet(self.theme, self.acts)
            self.import_sheet.left.connect(self.close_sheet)
            self.stack.addWidget(self.import_sheet)
        sheet = self.import_sheet
        zone = self.snapshot.zone if self.snapshot else "UTC"
        sheet.open(path, zone, lambda: self.stack.setCurrentWidget(sheet))

    # Commands

    def commands(self) -> "tuple[Command, ...]":
        """What can be done here, for the window's book of commands."""
        from medvoice.ui.pages.network.network_commands import network_commands

        return network_commands(self)

    # Placing

    def close_pane(self) -> None:
        """Give the list the keyboard; a pane that lies over it goes."""
        if self.pane.is_over:
            self._wants_pane = None
        self._place()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()
        self.reload()
        self._wants_keyboard = True
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        """The list, or the button of the empty page, unless the person went elsewhere meanwhile."""
        if not self._wants_keyboard or not self.isVisible() or self.snapshot is None:
            return
        if self.stack.currentWidget() is not self.body:
            return
        self._wants_keyboard = False
        focus = self.window().focusWidget()
        is_free = focus is None or not self.isAncestorOf(focus) or not self.body.isAncestorOf(focus)
        rail = focus is not None and not self.isAncestorOf(focus) and focus.isVisible()
        if is_free and not rail:
            first = self.list if self.list.isVisible() else self.empty.button
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """List and pane side by side; where there is little room the pane opens over the list."""
        growth = max(1.0, self.theme.text_scale)
        width, height = self.width(), self.height() - self.header.height()
        is_beside = width >= round((BESIDE_FROM - 80) * growth)
        pane_w = round((PANE_WIDE if width >= WIDE_FROM - 80 else PANE_NARROW) * growth)
        is_open = self.row is not None and (is_beside if self._wants_pane is None else True)
        if self.pane.is_over != (not is_beside):
            self.pane.is_over = not is_beside
            self.pane.refresh()
        self.pane.setVisible(is_open)
        self.pane.setGeometry(width - pane_w, 0, pane_w, height)
        list_w = width - pane_w if is_open and is_beside else width
        self.list.setGeometry(0, 0, list_w, height)
        self.empty.setGeometry(0, 0, width, height)
        self.pane.raise_()


def ask_for_file(parent: QWidget) -> str:
    """The system's dialog for a calendar file; "" when none was chosen."""
    from PySide6.QtWidgets import QFileDialog

    title = parent.tr("Choose a calendar file")
    path, _kind = QFileDialog.getOpenFileName(parent, title, "", parent.tr("Calendars (*.ics *.ical)"))
    return path
