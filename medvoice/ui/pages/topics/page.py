"""The Topics page: the sentence, the shares, one row per topic, and the chosen one at the side."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.models.topics_data import TopicsSnapshot, load_topics
from medvoice.ui.pages.calendar.acts import CalendarActs
from medvoice.ui.pages.queue.acts import Toast
from medvoice.ui.pages.topics.acts import TopicActs
from medvoice.ui.pages.topics.note import NotePopover
from medvoice.ui.pages.topics.promise import Promise
from medvoice.ui.pages.topics.rows import TopicTable
from medvoice.ui.pages.topics.side import TopicSide
from medvoice.ui.pages.topics.topic_sheet import TopicSheet
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.message import EmptyState
from medvoice.ui.widgets.pill import CountBadge

if TYPE_CHECKING:
    from medvoice.domain.topic import Topic
    from medvoice.ui.commands.command import Command

HEAD_H, SIDE_W, SIDE_FROM = 64, 312, 1080


class TopicsPage(Surface):
    """The page. `toast(words, undo, redo)` shows a sentence for some seconds; `draft_requested(id)` opens one
    in Compose."""

    draft_requested = Signal(str)

    def __init__(self, theme: Theme, bridge: Bridge, *, toast: Toast, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.theme, self.bridge, self.toast = theme, bridge, toast
        self.setObjectName("topics_page")
        self.read: TopicsSnapshot | None = None
        self._is_loading = self._is_stale = self._wants_keyboard = False
        self._wanted = ""  # a topic that was just saved
        self.acts = TopicActs(bridge, toast, self)
        self.plan = CalendarActs(theme, bridge, toast, self)
        self.sheet: TopicSheet | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        self.head = Surface("surface", edge="bottom")
        row = QHBoxLayout(self.head)
        row.setContentsMargins(px(24), 0, px(24), 0)
        row.setSpacing(px(16))
        row.addWidget(Label(theme, self.tr("Topics"), "viewTitle"))
        self.count = CountBadge(theme, "")
        row.addWidget(self.count)
        row.addStretch(1)
        self.new = Button(theme, self.tr("New topic"), icon="plus")
        self.new.setObjectName("topics_new")
        row.addWidget(self.new)
        self.head.setFixedHeight(px(HEAD_H))
        self._build_body()

    def _build_body(self) -> None:
        theme, px = self.theme, self.theme.px
        self.promise = Promise(theme)
        self.table = TopicTable(theme)
        self.hint = Label(
            theme,
            self.tr(
                "The upright mark on each bar is your target. A streak counts weeks in a row with a post. "
                "Resting is fine, nothing is lost."
            ),
            "small",
            "text.secondary",
            wraps=True,
        )
        self.hint.setContentsMargins(px(24), px(12), px(24), px(16))
        inside = Surface("surface")
        inside.setProperty("scroll", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.promise, self.table, self.hint):
            column.addWidget(each)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.empty = EmptyState(
            theme,
            self.tr("No topics yet"),
            self.tr(
                "A topic is one thing you want to be known for, and a promise in one sentence: real-world "
                "evidence, reading trials, life as an MSL. Six at most, two are a good start."
            ),
            self.tr("New topic"),
            icon="plus",
        )
        self._put_together(area)

    def _put_together(self, area: QScrollArea) -> None:
        self.stack = QStackedWidget()
        for each in (area, self.empty):
            self.stack.addWidget(each)
        self.side = TopicSide(self.theme)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.stack, 1)
        body.addWidget(self.side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addLayout(body, 1)
        self.note = NotePopover(self.theme, self)

    def _connect(self) -> None:
        self.bridge.changed.connect(self._workspace_changed)
        self.new.clicked.connect(self.add)
        self.empty.acted.connect(self.add)
        self.promise.sentence_changed.connect(self.acts.set_known_for)
        self.table.chosen.connect(lambda _id: self._show_side())
        self.table.opened.connect(lambda _id: self.edit())
        self.table.menu_requested.connect(self.show_menu)
        self.side.place_requested.connect(self.place)
        self.side.edit_requested.connect(self.edit)
        self.side.idea_requested.connect(self.acts.start)
        self.side.note_requested.connect(self.ask_note)
        self.note.noted.connect(lambda words: self.acts.note(words, self.table.topic_id))
        self.acts.saved.connect(self._saved)
        self.acts.refused.connect(self._refused)
        self.acts.problem.connect(self.side.show_problem)
        self.acts.draft_ready.connect(self.draft_requested)
        self.plan.problem.connect(self.side.show_problem)
        self.plan.draft_needed.connect(self.draft_requested)
        self.theme.changed.connect(self._place)

    # Reading

    def reload(self) -> None:
        """Read again; a wish that comes while one is under way is granted once, after it."""
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading = True
        self.bridge.work(load_topics, owner=self, on_done=self._loaded, on_error=self._not_loaded)

    def _loaded(self, snapshot: TopicsSnapshot) -> None:
        self._is_loading = False
        self.read = snapshot
        n = len(snapshot.rows)
        self.count.set_count(self.tr("1 topic") if n == 1 else self.tr("{n} topics").format(n=n))
        self.count.setVisible(bool(n))
        self.promise.show_snapshot(snapshot)
        self.table.show_rows(snapshot)
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        self.stack.setCurrentIndex(0 if snapshot.rows else 1)
        self.new.setVisible(bool(snapshot.rows))
        self.new.setEnabled(not snapshot.is_full)
        self.new.setToolTip(self.tr("Six topics are the most there are.") if snapshot.is_full else "")
        self._show_side()
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

    def _show_side(self) -> None:
        if self.read is not None:
            self.side.show_topic(self.read, self.table.topic_id)

    @property
    def topic(self) -> "Topic | None":
        """The chosen topic."""
        row = self.read.row(self.table.topic_id) if self.read else None
        return row.topic if row else None

    # Doing

    def add(self) -> None:
        """Ask for a new topic."""
        if self.read is not None and not self.read.is_full:
            self._sheet().open_with(None)

    def edit(self) -> None:
        """Open the sheet of the chosen topic."""
        if self.topic is not None:
            self._sheet().open_with(self.topic)

    def _sheet(self) -> TopicSheet:
        if self.sheet is None:
            self.sheet = TopicSheet(self.theme, self.window())
            self.sheet.saved.connect(self.acts.save)
            self.sheet.put_aside.connect(self._put_aside)
        return self.sheet

    def _saved(self, topic_id: str) -> None:
        self._wanted = topic_id
        if self.sheet is not None and self.sheet.isVisible():
            self.sheet.finish()

    def _refused(self, problem: Any) -> None:
        if self.sheet is not None and self.sheet.isVisible():
            self.sheet.show_problem(problem)

    def _put_aside(self, topic_id: str, written: dict[str, Any]) -> None:
        """Closed without saving: what was written can come back."""

        def back() -> None:
            row = self.read.row(topic_id) if self.read and topic_id else None
            self._sheet().open_with(row.topic if row else None, written)

        self.toast(self.tr("Closed without saving what you wrote."), back, lambda: None)

    def place(self) -> None:
        """Give the ready draft of the topic the next free time, or start one for it."""
        snapshot, topic = self.read, self.topic
        slot = snapshot.slots.get(topic.id) if snapshot and topic else None
        if snapshot is None or topic is None or slot is None:
            return
        ready = snapshot.ready.get(topic.id)
        if ready is not None:
            self.plan.place(ready.draft_id, slot.wall, slot.zone)
        else:
            self.plan.start_draft(slot.wall, slot.zone, topic.id)

    def ask_note(self) -> None:
        """Ask for an idea for the chosen topic."""
        anchor = self.side.findChild(QWidget, "topic_note") if self.side.isVisible() else self.new
        self.note.open_below(anchor or self.new)

    def remove(self) -> None:
        """Remove the chosen topic."""
        if self.topic is not None:
            self.acts.remove(self.topic)

    def merge(self, into: "Topic") -> None:
        """Merge the chosen topic into another one."""
        if self.topic is not None and self.topic.id != into.id:
            self.acts.merge(self.topic, into)

    def ask_merge(self) -> None:
        """Offer the other topics."""
        menu = self.menu()
        into = menu.findChild(QMenu, "topic_merge_menu") if menu is not None else None
        if into is not None:
            into.popup(self.table.mapToGlobal(self.table.rect().center()))

    def show_menu(self, at: QPoint) -> None:
        """The menu of the chosen topic."""
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def menu(self) -> QMenu | None:
        """What can be done with the chosen topic."""
        topic, snapshot = self.topic, self.read
        if topic is None or snapshot is None:
            return None
        menu = QMenu(self)
        menu.setObjectName("topic_menu")
        menu.addAction(self.tr("Edit…"), self.edit)
        menu.addAction(self.tr("Place or start a post"), self.place)
        menu.addAction(self.tr("Note an idea…"), self.ask_note)
        others = snapshot.others(topic.id)
        if others:
            into = menu.addMenu(self.tr("Merge into"))
            into.setObjectName("topic_merge_menu")
            for other in others:
                into.addAction(other.name, lambda _on=False, one=other: self.merge(one))
        menu.addSeparator()
        menu.addAction(self.tr("Remove topic"), self.remove)
        return menu

    def commands(self) -> "tuple[Command, ...]":
        """What can be done here, for the window's book of commands."""
        from medvoice.ui.pages.topics.topic_commands import topic_commands

        return topic_commands(self)

    # Room and keyboard

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self._wants_keyboard = True
        QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        if self._wants_keyboard and self.isVisible() and self.read is not None:
            self._wants_keyboard = False
            focus = self.window().focusWidget()
            if focus is None or not self.isAncestorOf(focus):
                if self.table.rows:
                    self.table.take_focus()
                else:
                    self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        """The side has its place where there is room for it and a topic to show."""
        scale = max(1.0, min(self.theme.text_scale, 1.3))
        has_rows = self.read is not None and bool(self.read.rows)
        self.side.setFixedWidth(round(SIDE_W * scale))
        self.side.setVisible(has_rows and self.width() >= SIDE_FROM * scale - 200)
