"""The queue page: head, list and side pane, kept in step with the workspace."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.domain.errors import UserError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.queue_filter import Emptiness, QueueFilter, emptiness, nothing
from medvoice.ui.models.queue_model import QueueModel
from medvoice.ui.models.queue_reminder import reminder_words
from medvoice.ui.models.queue_rows import QueueRow, QueueSnapshot, load_queue
from medvoice.ui.models.queue_story import Story, load_story
from medvoice.ui.models.watch_words import read_line
from medvoice.ui.pages.queue.acts import QueueActs, Toast
from medvoice.ui.pages.queue.announcing import announce_new
from medvoice.ui.pages.queue.doing import QueueDoing
from medvoice.ui.pages.queue.filter_bar import FilterBar
from medvoice.ui.pages.queue.geometry import STACKED_BELOW
from medvoice.ui.pages.queue.header import QueueHeader
from medvoice.ui.pages.queue.pane import QueuePane
from medvoice.ui.pages.queue.view import QueueList
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.embargo_line import EmbargoLine
from medvoice.ui.widgets.message import EmptyState
from medvoice.ui.widgets.notice_line import NoticeLine

if TYPE_CHECKING:
    from medvoice.ui.commands.command import Command

PANE_WIDE, PANE_NARROW = 344, 308
WIDE_FROM = 1280
# Words with times in them ("within eight minutes") grow old while nothing else changes.
AGING_MS = 15_000


class QueuePage(Surface):
    """The queue.

    `composer_url(network, text)` gives the address of a network's composer, `open_url` opens an address
    in the browser, `toast(words, undo)` shows a sentence for some seconds.
    `needs_you_changed` is for the badge of the rail; `sign_in_reminder` carries a sentence for a banner, ""
    when its cause is gone.
    """

    draft_requested = Signal(str)
    settings_requested = Signal(str)
    answer_requested = Signal()
    compose_requested = Signal()
    needs_you_changed = Signal(int)
    sign_in_reminder = Signal(str)

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        *,
        composer_url: Callable[[str, str], str],
        open_url: Callable[[str], object],
        toast: Toast,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent=parent)
        self.theme = theme
        self.bridge = bridge
        self.composer_url = composer_url
        self.open_url = open_url
        self.setObjectName("queue_page")
        self.snapshot: QueueSnapshot | None = None
        self._chosen = self._entered = ""
        self._is_pane_open = self._wants_keyboard = False
        self._is_loading = False
        self._is_stale = False
        self.acts = QueueActs(bridge, toast, self)
        self.doing = QueueDoing(self)
        self.wanted = QueueFilter()
        self.model = QueueModel(self)
        self.header = QueueHeader(theme)
        self.filters = FilterBar(theme)
        self.waits = EmbargoLine(theme, bridge, self, has_rule=False)
        self.comments = NoticeLine(theme, bridge, self, "comments_line", "eye", read_line, has_rule=False)
        self.body = QWidget()
        self.list = QueueList(theme, self.model, self.body)
        self.pane = QueuePane(theme, self.body)
        self.pane.hide()
        self._told: tuple[object, ...] = ()
        self.emptiness = nothing()
        self.empty = self._make_empty(self.emptiness)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.filters)
        column.addWidget(self.waits)
        column.addWidget(self.comments)
        column.addWidget(self.body, 1)
        self._aging = QTimer(self)
        self._aging.setInterval(AGING_MS)
        self._aging.timeout.connect(self.reload)
        self._connect()

    def _connect(self) -> None:
        for line in (self.waits, self.comments):
            line.shown.connect(lambda: QTimer.singleShot(0, self, self._place))
        self.bridge.changed.connect(self._workspace_changed)
        self.bridge.agent_changed.connect(self._show_agent)
        self.header.pause_all_requested.connect(self.acts.pause_all)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left_downwards.connect(self.focus_list)
        self.list.chosen.connect(self.show_details)
        self.list.details_requested.connect(self.enter_details)
        self.list.draft_requested.connect(self.draft_requested)
        self.list.action_requested.connect(self.doing.act)
        self.list.group_requested.connect(self.doing.act_on_group)
        self.list.escaped.connect(self.close_pane)
        self.pane.action_requested.connect(self.doing.act)
        self.pane.time_chosen.connect(self.doing.time_chosen)
        self.pane.link_chosen.connect(self.doing.link_chosen)
        self.pane.other_chosen.connect(self._other_chosen)
        self.pane.closed.connect(self.close_pane)
        self.acts.problem.connect(self._show_problem)
        self.acts.done.connect(self._act_done)
        self.acts.draft_needed.connect(self.draft_requested)
        self.theme.changed.connect(self._place)

    # Loading

    def reload(self) -> None:
        """Read the queue again; a wish that comes while one is under way is granted once, after it."""
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading = True
        self.bridge.work(load_queue, owner=self, on_done=self._loaded, on_error=self._load_failed)

    def _loaded(self, snapshot: QueueSnapshot) -> None:
        self._is_loading = False
        before, self.snapshot = self.snapshot, snapshot
        self._show_rows()
        self._show_agent()
        self._remind(snapshot)
        if before is None or before.needs_you != snapshot.needs_you:
            self.needs_you_changed.emit(snapshot.needs_you)
        if before is not None:
            announce_new(self, before, snapshot)
        if self._is_pane_open:
            self._load_story()
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def _show_rows(self) -> None:
        """The rows that the filters let through, or why there are none."""
        if self.snapshot is None:
            return
        rows = self.wanted.rows(self.snapshot)
        current = self.list.currentIndex()
        group = self.model.group_at(current)
        was_rebuilt = self.model.set_rows(rows)
        self._mark_primary()
        if was_rebuilt and self._chosen:
            is_kept = group is not None and self.list.select(group.id)
            if not is_kept and not self.list.select(self._chosen):
                self.close_pane()
        self.filters.setVisible(bool(self.snapshot.rows))
        self.list.setVisible(bool(rows))
        if not rows:
            self._show_emptiness(emptiness(self.snapshot, self.wanted))
        self.empty.setVisible(not rows)
        self._place()
        self._take_keyboard()

    def _show_emptiness(self, what: Emptiness) -> None:
        if self.emptiness == what:
            return
        old, self.emptiness = self.empty, what
        self.empty = self._make_empty(what)
        old.hide()
        old.deleteLater()

    def _make_empty(self, what: Emptiness) -> EmptyState:
        made = EmptyState(
            self.theme,
            what.title,
            what.words,
            what.button,
            motif=what.motif,
            kind="default" if what.clears else "primary",
            parent=self.body,
        )
        made.button.setObjectName("queue_show_all" if what.clears else "queue_write")
        made.acted.connect(self._empty_acted)
        made.hide()
        return made

    def _empty_acted(self) -> None:
        if self.emptiness.clears:
            self.filters.clear()
            self.focus_list()
        else:
            self.compose_requested.emit()

    def _filter_changed(self, wanted: QueueFilter) -> None:
        self.wanted = wanted
        self._show_rows()

    def focus_list(self) -> None:
        """Give the list the keyboard, on its first row where none is chosen."""
        if not self.list.currentIndex().isValid():
            first = next(iter(self.wanted.rows(self.snapshot)), None) if self.snapshot else None
            if first is not None:
                self.list.select(first.id)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _remind(self, snapshot: QueueSnapshot) -> None:
        """Tell of sign-ins that end soon, once for each set of them; "" when there is none any more."""
        key = tuple((each.account.id, each.ends_at, each.waiting) for each in snapshot.endings)
        if key != self._told:
            self._told = key
            self.sign_in_reminder.emit(reminder_words(snapshot))

    def _load_failed(self, problem: BaseException) -> None:
        self._is_loading = False
        self.bridge.report(problem)

    def _workspace_changed(self, changes: Changes) -> None:
        if changes:
            self.reload()

    def _show_agent(self, _state: str = "") -> None:
        is_paused = self.snapshot is not None and self.snapshot.is_all_paused
        self.header.show_agent(self.bridge.agent_state, is_paused=is_paused)

    def _mark_primary(self) -> None:
        """The first row that needs the person has the one filled button, while no pane shows its own."""
        rows = self.wanted.rows(self.snapshot) if self.snapshot else ()
        first = next((row.id for row in rows if row.needs_you), "")
        wanted = "" if self._is_pane_open else first
        if self.list.delegate.primary_id != wanted:
            self.list.delegate.primary_id = wanted
            self.list.viewport().update()

    # The side pane

    def show_details(self, delivery_id: str) -> None:
        """Open the pane on a delivery."""
        if delivery_id != self._chosen or not self._is_pane_open:
            self._chosen = delivery_id
            self._load_story()

    def enter_details(self, delivery_id: str) -> None:
        self._entered = delivery_id
        self.show_details(delivery_id)
        self._enter_pane()

    def _enter_pane(self) -> None:
        """Give the pane the keyboard once it shows what Enter was pressed for."""
        if self._is_pane_open and self._entered and self.pane.delivery_id == self._entered:
            self._entered = ""
            self.pane.focus_primary()

    def _other_chosen(self, delivery_id: str) -> None:
        """The same draft on another network; its row may be hidden by the filters."""
        if not self.list.select(delivery_id):
            self.show_details(delivery_id)

    def close_pane(self) -> None:
        """Hide the pane and give the list the keyboard."""
        had_focus = self.pane.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._is_pane_open = False
        self._chosen = ""
        self.pane.hide()
        self._place()
        self._mark_primary()
        if had_focus:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_story(self) -> None:
        wanted = self._chosen
        self.bridge.work(
            lambda desk: load_story(desk, wanted),
            owner=self,
            on_done=self._show_story,
            on_error=self._no_story,
        )

    def _show_story(self, story: Story) -> None:
        if story.row.id != self._chosen:
            return
        self.pane.show_story(story)
        if not self._is_pane_open:
            self._is_pane_open = True
            self.pane.show()
            self._place()
            self._mark_primary()
        self._enter_pane()

    def _no_story(self, problem: BaseException) -> None:
        if isinstance(problem, UserError):
            self.close_pane()
        else:
            self.bridge.report(problem)

    # Acting

    def row_of(self, delivery_id: str) -> QueueRow | None:
        """The row of a delivery, None when it is no longer shown."""
        return self.model.row_at(self.model.index_of(delivery_id))

    def open_form(self, delivery_id: str, form: str, count: int = 1) -> None:
        """Open the pane on the delivery, then its form."""
        self._chosen = delivery_id
        self.list.select(delivery_id)

        def then(story: Story) -> None:
            self._show_story(story)
            self.pane.open_form(form, count)

        self.bridge.work(
            lambda desk: load_story(desk, delivery_id), owner=self, on_done=then, on_error=self._no_story
        )

    def _act_done(self, delivery_id: str) -> None:
        if self.pane.delivery_id == delivery_id:
            self.pane.close_form()

    def _show_problem(self, delivery_id: str, words: str) -> None:
        if self._is_pane_open and self.pane.delivery_id == delivery_id:
            self.pane.show_problem(words)
        else:
            self.acts.toast(words, None, None)

    # Commands

    def commands(self) -> "tuple[Command, ...]":
        """What can be done here, for the window's book of commands."""
        from medvoice.ui.pages.queue.queue_commands import queue_commands

        return queue_commands(self)

    # Placing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()
        self._aging.start()
        self.reload()
        self.waits.read()
        self.comments.read()
        self._wants_keyboard = True
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        """Where the page before had the keyboard, Qt hands it to the first button here: the list is meant,
        as soon as it has rows. A person who has gone elsewhere since is left there."""
        focus = self.focusWidget()
        if not self._wants_keyboard or focus is None or not focus.hasFocus():
            return
        if not self.header.isAncestorOf(focus):
            self._wants_keyboard = False
        elif self.list.isVisible():
            self._wants_keyboard = False
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._aging.stop()

    def _place(self) -> None:
        """List and pane side by side. Where that leaves the rows no room for a button of their own, the pane
        has it."""
        parts = (self.header, self.filters, self.waits, self.comments)
        bars = sum(part.height() for part in parts if not part.isHidden())
        width, height = self.width(), self.height() - bars
        pane_w = PANE_WIDE if width >= WIDE_FROM else PANE_NARROW
        pane_w = round(pane_w * max(1.0, min(self.theme.text_scale, 1.3)))
        list_w = width - pane_w if self._is_pane_open else width
        self.list.delegate.has_buttons = not self._is_pane_open or list_w >= self.theme.px(STACKED_BELOW)
        was_w = self.list.width()
        self.list.setGeometry(0, 0, list_w, height)
        if was_w != list_w:
            self.list.scheduleDelayedItemsLayout()
            if self.list.currentIndex().isValid():
                self.list.scrollTo(self.list.currentIndex())
        self.empty.setGeometry(0, 0, width, height)
        self.pane.setGeometry(width - pane_w, 0, pane_w, height)
        self.pane.raise_()
