"""The queue page: head, list and side pane, kept in step with the workspace."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.domain.errors import UserError
from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.queue_model import QueueModel
from medvoice.ui.models.queue_rows import QueueRow, QueueSnapshot, load_queue
from medvoice.ui.models.queue_story import Story, load_story
from medvoice.ui.pages.queue.acts import QueueActs, Toast
from medvoice.ui.pages.queue.header import QueueHeader
from medvoice.ui.pages.queue.pane import QueuePane
from medvoice.ui.pages.queue.view import QueueList
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.message import EmptyState

PANE_WIDE, PANE_NARROW = 344, 308
# The page is the window without its rail of 80: look.md 3 counts windows of 1180.
OVER_LIST_BELOW, WIDE_FROM = 1100, 1280
# Words with times in them ("within eight minutes") grow old while nothing else changes.
AGING_MS = 15_000


class QueuePage(Surface):
    """The queue.

    `composer_url(network, text)` gives the address of a network's composer, `open_url` opens an address
    in the browser, `toast(words, undo)` shows a sentence for some seconds.
    `needs_you_changed` is for the badge of the rail.
    """

    draft_requested = Signal(str)
    settings_requested = Signal(str)
    compose_requested = Signal()
    needs_you_changed = Signal(int)

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
        self._chosen = ""
        self._is_pane_open = False
        self._is_loading = False
        self._is_stale = False
        self.acts = QueueActs(bridge, toast, self)
        self.model = QueueModel(self)
        self.header = QueueHeader(theme)
        self.body = QWidget()
        self.list = QueueList(theme, self.model, self.body)
        self.pane = QueuePane(theme, self.body)
        self.pane.hide()
        self.empty = EmptyState(
            theme,
            self.tr("Nothing waits to be published"),
            self.tr("Posts you schedule appear here, with their time and what became of them."),
            self.tr("Write a post"),
            motif="clock",
            parent=self.body,
        )
        self.empty.button.setObjectName("queue_write")
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.body, 1)
        self._aging = QTimer(self)
        self._aging.setInterval(AGING_MS)
        self._aging.timeout.connect(self.reload)
        self._connect()

    def _connect(self) -> None:
        self.bridge.changed.connect(self._workspace_changed)
        self.bridge.agent_changed.connect(self._show_agent)
        self.header.pause_all_requested.connect(self.acts.pause_all)
        self.empty.acted.connect(self.compose_requested)
        self.list.chosen.connect(self.show_details)
        self.list.details_requested.connect(self._enter_details)
        self.list.draft_requested.connect(self.draft_requested)
        self.list.action_requested.connect(self.act)
        self.list.escaped.connect(self.close_pane)
        self.pane.action_requested.connect(self.act)
        self.pane.time_chosen.connect(self._time_chosen)
        self.pane.link_chosen.connect(self._link_chosen)
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
        was_rebuilt = self.model.set_snapshot(snapshot)
        self._mark_primary()
        if was_rebuilt and self._chosen and not self.list.select(self._chosen):
            self.close_pane()
        self.empty.setVisible(not snapshot.rows)
        self.list.setVisible(bool(snapshot.rows))
        self._show_agent()
        if before is None or before.needs_you != snapshot.needs_you:
            self.needs_you_changed.emit(snapshot.needs_you)
        if self._is_pane_open:
            self._load_story()
        if self._is_stale:
            self._is_stale = False
            self.reload()

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
        rows = self.snapshot.rows if self.snapshot else ()
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

    def _enter_details(self, delivery_id: str) -> None:
        self.show_details(delivery_id)
        if self.pane.delivery_id == delivery_id and self._is_pane_open:
            self.pane.focus_primary()

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

    def _no_story(self, problem: BaseException) -> None:
        if isinstance(problem, UserError):
            self.close_pane()
        else:
            self.bridge.report(problem)

    # Acting

    def row_of(self, delivery_id: str) -> QueueRow | None:
        """The row of a delivery, None when it is no longer shown."""
        return self.model.row_at(self.model.index_of(delivery_id))

    def act(self, delivery_id: str, key: str) -> None:
        """Do what an action's key says for a delivery."""
        row = self.row_of(delivery_id)
        if row is None:
            return
        delivery = row.delivery
        if key in ("choose_time", "schedule_again"):
            self._open_form(delivery_id, "time")
        elif key == "is_live":
            self._open_form(delivery_id, "link")
        elif key == "sign_in":
            self.settings_requested.emit("accounts")
        elif key in ("clear_again", "open_draft"):
            self.draft_requested.emit(delivery.draft_id)
        elif key == "open_post":
            self.open_url(row.link)
        elif key == "copy_open":
            self._copy_and_open(row)
        elif key == "later":
            self.close_pane()
        else:
            self._serve(row, key)

    def _serve(self, row: QueueRow, key: str) -> None:
        delivery, acts = row.delivery, self.acts
        deeds = {
            "post_now": lambda: acts.post_now(delivery),
            "pause": lambda: acts.pause(delivery, True),
            "resume": lambda: acts.pause(delivery, False),
            "unschedule": lambda: acts.unschedule(delivery),
            "back_to_draft": lambda: acts.back_to_draft(delivery),
            "not_there": lambda: acts.not_there(delivery),
            "not_done": lambda: acts.not_there(delivery),
            "ask": lambda: acts.ask(delivery),
        }
        deeds[key]()

    def _open_form(self, delivery_id: str, form: str) -> None:
        """Open the pane on the delivery, then its form."""
        self._chosen = delivery_id
        self.list.select(delivery_id)

        def then(story: Story) -> None:
            self._show_story(story)
            self.pane.open_form(form)

        self.bridge.work(
            lambda desk: load_story(desk, delivery_id), owner=self, on_done=then, on_error=self._no_story
        )

    def _copy_and_open(self, row: QueueRow) -> None:
        """The text goes to the clipboard first: the composer may open empty."""
        parts = [part.text for part in row.delivery.parts]
        QGuiApplication.clipboard().setText(parts[0] if len(parts) > 1 else "\n\n".join(parts))
        self.open_url(self.composer_url(row.channel, parts[0]))
        self.acts.toast(self.tr("The text is on your clipboard."), None)

    def _time_chosen(self, delivery_id: str, wall: str) -> None:
        row = self.row_of(delivery_id)
        if row is None:
            return
        if row.section == "cancelled":
            self.acts.schedule(row.delivery, wall, row.delivery.zone)
        else:
            self.acts.move(row.delivery, wall, row.delivery.zone)

    def _link_chosen(self, delivery_id: str, text: str) -> None:
        row = self.row_of(delivery_id)
        if row is not None:
            self.acts.is_live(row.delivery, text)

    def _act_done(self, delivery_id: str) -> None:
        if self.pane.delivery_id == delivery_id:
            self.pane.close_form()

    def _show_problem(self, delivery_id: str, words: str) -> None:
        if self._is_pane_open and self.pane.delivery_id == delivery_id:
            self.pane.show_problem(words)
        else:
            self.acts.toast(words, None)

    # Placing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()
        self._aging.start()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._aging.stop()

    @property
    def is_pane_over_list(self) -> bool:
        """Whether the page is too narrow for list and pane side by side."""
        return self.width() < self.theme.px(OVER_LIST_BELOW) * self._growth()

    def _growth(self) -> float:
        """From 130 % text every threshold grows with the text (look.md 3); below it none does."""
        scale = self.theme.text_scale
        return 1.0 if scale >= 1.3 else 1.0 / scale

    def _place(self) -> None:
        """List and pane side by side, or the pane over the list."""
        width, height = self.width(), self.height() - self.header.height()
        pane_w = PANE_WIDE if width >= WIDE_FROM else PANE_NARROW
        pane_w = round(pane_w * max(1.0, min(self.theme.text_scale, 1.3)))
        beside = self._is_pane_open and not self.is_pane_over_list
        list_w = width - pane_w if beside else width
        self.list.setGeometry(0, 0, list_w, height)
        self.empty.setGeometry(0, 0, width, height)
        self.pane.setGeometry(width - pane_w, 0, pane_w, height)
        self.pane.raise_()
