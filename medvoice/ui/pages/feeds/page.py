"""What is new: the feeds at the left, what came in the middle, one entry to be read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.feeds_data import FeedsSnapshot, load_feeds
from medvoice.ui.pages.feeds.acts import FeedActs
from medvoice.ui.pages.feeds.lists import EntriesList, FeedsList
from medvoice.ui.pages.feeds.pane import EntryPane
from medvoice.ui.pages.feeds.telling import Teller
from medvoice.ui.pages.queue.acts import Toast
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.message import EmptyState

if TYPE_CHECKING:
    from medvoice.domain.feed import Entry, Feed
    from medvoice.ui.commands.command import Command
    from medvoice.ui.pages.feeds.sheet import FeedSheet

HEAD_H, FEEDS_W, PANE_W, PANE_H, BESIDE_FROM = 64, 272, 344, 264, 1080
WORDS_FROM, WATCH_MS = 860, 5000


class FeedsPage(Surface):
    """The page. `toast(words, undo, redo)` shows a sentence; `open_url` opens an address in the browser;
    `draft_requested(id)` opens an idea in Compose."""

    draft_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        *,
        toast: Toast,
        open_url: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self.theme, self.bridge, self.toast, self.open_url = theme, bridge, toast, open_url
        self.setObjectName("feeds_page")
        self.setWindowTitle(self.tr("What is new"))
        self.read: FeedsSnapshot | None = None
        self.sheet: FeedSheet | None = None
        self._is_loading = self._is_stale = self._wants_keyboard = False
        self._wanted = ""
        self._waiting = 0
        self.acts = FeedActs(bridge, toast, self)
        self._build()
        self.teller = Teller(theme, self.notes, self.acts, self)
        self._connect()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)

    def _make_head(self) -> None:
        theme, px = self.theme, self.theme.px
        self.head = Surface("surface", edge="bottom")
        self.head.setFixedHeight(px(HEAD_H))
        row = QHBoxLayout(self.head)
        row.setContentsMargins(px(24), 0, px(24), 0)
        row.setSpacing(px(12))
        row.addWidget(Label(theme, self.tr("What is new"), "viewTitle"))
        self.which = SegmentedControl(theme, self.tr("Which entries"))
        self.which.setObjectName("feeds_which")
        self.which.add("new", self.tr("New"))
        self.which.add("all", self.tr("All"))
        row.addWidget(self.which)
        row.addStretch(1)
        self.all_read = Button(theme, self.tr("Mark all as read"), icon="check")
        self.all_read.setObjectName("feeds_all_read")
        self.fetch = Button(theme, self.tr("Fetch now"), icon="refresh-cw")
        self.fetch.setObjectName("feeds_fetch")
        self.add = Button(theme, self.tr("Follow a feed"), icon="plus")
        self.add.setObjectName("feeds_add")
        for button in (self.all_read, self.fetch, self.add):
            row.addWidget(button)

    def _make_body(self) -> QWidget:
        theme, px = self.theme, self.theme.px
        self.feeds = FeedsList(theme)
        side = Surface("sidebar", edge="right")
        side.setFixedWidth(px(FEEDS_W))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, px(10), 1, px(10))
        column.addWidget(self.feeds)
        self.side = side
        self.entries = EntriesList(theme)
        self.nothing = EmptyState(
            theme, self.tr("Nothing new"), self.tr("What comes next is shown here."), motif="check"
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.entries)
        self.middle.addWidget(self.nothing)
        self.pane = EntryPane(theme)
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(px(16), 0, px(16), 0)
        self.notes.setSpacing(px(8))
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addLayout(self.notes)
        centre.addWidget(self.middle, 1)
        self.reading = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.reading.setSpacing(0)
        self.reading.addLayout(centre, 1)
        self.reading.addWidget(self.pane)
        filled = QWidget()
        body = QHBoxLayout(filled)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(side)
        body.addLayout(self.reading, 1)
        return filled

    def _make_empty(self) -> EmptyState:
        made = EmptyState(
            self.theme,
            self.tr("No feeds yet"),
            self.tr(
                "Follow a journal's contents, a PubMed search (its Create RSS), or the news of an"
                " authority. One press makes an idea of what comes. Nothing is fetched before you say so."
            ),
            self.tr("Follow a feed"),
            icon="plus",
        )
        made.button.setObjectName("feeds_add_first")
        return made

    def _build(self) -> None:
        self._make_head()
        filled, self.empty = self._make_body(), self._make_empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.bridge.changed.connect(self._workspace_changed)
        self.add.clicked.connect(lambda: self.act("add"))
        self.empty.acted.connect(lambda: self.act("add"))
        self.fetch.clicked.connect(lambda: self.act("fetch"))
        self.all_read.clicked.connect(lambda: self.act("all_read"))
        self.which.chosen.connect(lambda _key: self.reload())
        self.feeds.chosen.connect(lambda _key: self.reload())
        self.feeds.acted.connect(self.act)
        self.feeds.menu_requested.connect(self.show_menu)
        self.entries.acted.connect(self.act)
        self.entries.chosen.connect(lambda _key: self._show_entry())
        self.pane.acted.connect(self.act)
        self.acts.done.connect(self.reload)
        self.acts.added.connect(self._want)
        self.acts.fetched.connect(self._came)
        self.acts.problem.connect(lambda words: self.toast(words, None, None))
        self.theme.changed.connect(self._place)

    # Reading

    def reload(self) -> None:
        """Read again; a wish that comes while one is under way is granted once, after it."""
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading = True
        feed_id, is_new = self.feeds.key, self.which.current() == "new"
        self.bridge.work(
            lambda desk: load_feeds(desk, feed_id, is_new=is_new),
            owner=self,
            on_done=self._loaded,
            on_error=self._not_loaded,
        )

    def _loaded(self, snapshot: FeedsSnapshot) -> None:
        self.read = snapshot
        # The lists tell of their cursor while they are filled: nothing is read again for that.
        self.feeds.show_snapshot(snapshot)
        if self._wanted and snapshot.feed(self._wanted):
            self.feeds.choose(self._wanted)
            self._wanted, self._is_stale = "", True
        else:
            self._is_stale = False
        self._is_loading = False
        self.entries.show_snapshot(snapshot)
        has_feeds = bool(snapshot.feeds)
        self.stack.setCurrentIndex(0 if has_feeds else 1)
        self.middle.setCurrentIndex(0 if snapshot.entries else 1)
        for each in (self.which, self.fetch, self.add):
            each.setVisible(has_feeds)
        self.all_read.setEnabled(any(entry.read_at is None for entry in snapshot.entries))
        self.teller.show(snapshot, self.feed)
        self._show_entry()
        self._place()
        self._take_keyboard()
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def _not_loaded(self, problem: BaseException) -> None:
        self._is_loading = False
        self.bridge.report(problem)

    def _workspace_changed(self, changes: Changes) -> None:
        if changes and self.isVisible():
            self.reload()

    def _look(self) -> None:
        """The agent fetches in another process: see whether something came."""

        def seen(mark: tuple[object, ...]) -> None:
            if self.read is not None and mark != self.read.mark:
                self.reload()

        self.bridge.work(
            lambda desk: (desk.feeds.is_on, *desk.feeds.store.mark()),
            owner=self,
            on_done=seen,
            on_error=lambda _problem: None,
        )

    @property
    def feed(self) -> "Feed | None":
        """The chosen feed, None for all."""
        return self.read.feed(self.feeds.key) if self.read is not None else None

    @property
    def entry(self) -> "Entry | None":
        """The chosen entry."""
        return self.entries.entry

    def _show_entry(self) -> None:
        if self.read is not None:
            self.pane.show_entry(self.entry, self.read)

    # Doing

    def act(self, name: str) -> None:
        """Do what a key, a button or a command stands for."""
        entry, feed = self.entry, self.feed
        if name == "add":
            self.open_sheet(None)
        elif name == "fetch":
            self.fetch_now()
        elif name == "all_read" and self.read is not None:
            self.acts.set_read(self.read.entries, is_read=True)
        elif name == "switch" and self.read is not None:
            self.acts.set_on(not self.read.is_on)
        elif name in ("edit", "remove") and feed is not None:
            self.open_sheet(feed) if name == "edit" else self.acts.remove(feed)
        elif entry is not None:
            self._act_on(name, entry)

    def _act_on(self, name: str, entry: "Entry") -> None:
        if name == "idea" and entry.idea_id is None:
            self.acts.make_idea(entry)
        elif name in ("idea", "draft") and entry.idea_id is not None:
            self.draft_requested.emit(entry.idea_id)
        elif name == "read":
            self.acts.set_read((entry,), is_read=entry.read_at is None)
        elif name == "open" and entry.found.link:
            self.open_url(entry.found.link)
            if entry.read_at is None:
                self.acts.set_read((entry,), is_read=True)

    def fetch_now(self) -> None:
        """Ask for the chosen feed, or for all."""
        if self.read is None or self._waiting:
            return
        wanted = (self.feed,) if self.feed is not None else self.read.feeds
        self._waiting = len(wanted)
        self.fetch.setEnabled(False)
        self.fetch.setText(self.tr("Fetching…"))
        for feed in wanted:
            self.acts.fetch(feed.id)

    def _came(self, _came: object) -> None:
        self._waiting = max(self._waiting - 1, 0)
        if not self._waiting:
            self.fetch.setEnabled(True)
            self.fetch.setText(self.tr("Fetch now"))
        self.reload()

    def open_sheet(self, feed: "Feed | None", url: str = "") -> None:
        """Follow a feed, or edit one."""
        if self.read is None:
            return
        if self.sheet is None:
            from medvoice.ui.pages.feeds.sheet import FeedSheet

            self.sheet = FeedSheet(self.theme, self.acts, self.window())
            self.sheet.put_aside.connect(self._put_aside)
        self.sheet.open_with(feed, self.read, url)

    def _put_aside(self, url: str) -> None:
        words = self.tr("Closed without following that address.")
        self.toast(words, lambda: self.open_sheet(None, url), lambda: None)

    def _want(self, feed_id: str) -> None:
        self._wanted = feed_id

    def menu(self) -> QMenu:
        """What can be done with the chosen feed."""
        menu = QMenu(self)
        menu.setObjectName("feed_menu")
        if self.feed is not None:
            menu.addAction(self.tr("Edit…") + "\tE", lambda: self.act("edit"))
        menu.addAction(self.tr("Fetch now") + "\tF", lambda: self.act("fetch"))
        menu.addAction(self.tr("Mark all as read") + "\tA", lambda: self.act("all_read"))
        if self.feed is not None:
            menu.addSeparator()
            menu.addAction(self.tr("Follow no more") + "\tDel", lambda: self.act("remove"))
        return menu

    def show_menu(self, at: QPoint) -> None:
        """Open it there."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def commands(self) -> "tuple[Command, ...]":
        """What can be done here, for the window's book of commands."""
        from medvoice.ui.pages.feeds.feed_commands import feed_commands

        return feed_commands(self)

    # Room and keyboard

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()
        self.reload()
        self._wants_keyboard = True
        QTimer.singleShot(0, self, self._take_keyboard)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _take_keyboard(self) -> None:
        if not self._wants_keyboard or not self.isVisible() or self.read is None:
            return
        self._wants_keyboard = False
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            first = (
                self.empty.button
                if not self.read.feeds
                else self.entries
                if self.read.entries
                else self.feeds
            )
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        """The entry stands beside the list, and below it where there is little room."""
        scale = max(1.0, min(self.theme.text_scale, 1.3))
        is_beside = self.width() >= (BESIDE_FROM - 80) * scale
        self.side.setFixedWidth(round(FEEDS_W * scale))
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        has_feeds = self.read is not None and bool(self.read.feeds)
        # In little room it is a key, an entry of the menu and of the palette.
        self.all_read.setVisible(has_feeds and self.width() >= WORDS_FROM * scale)
        if self.reading.direction() != direction:
            self.reading.setDirection(direction)
            self.pane.lie(is_below=not is_beside)
        if is_beside:
            self.pane.setFixedWidth(round(PANE_W * scale))
            self.pane.setMinimumHeight(0)
            self.pane.setMaximumHeight(16_777_215)
        else:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16_777_215)
            self.pane.setFixedHeight(min(round(PANE_H * scale), self.height() // 3))
        self.pane.setVisible(self.read is not None and bool(self.read.entries))
