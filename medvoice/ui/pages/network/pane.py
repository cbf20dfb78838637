"""The side of the events: one event with its embargoes, linked posts, policies, sessions and abstracts."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.embargo import Lift
from medvoice.services.embargoes import Embargo
from medvoice.ui.models.embargo_words import (
    covers_words,
    for_you,
    lift_words,
    place_words,
    policy_words,
    session_words,
    style_words,
    until_words,
)
from medvoice.ui.models.events_data import EventRow, EventsSnapshot, left_words
from medvoice.ui.pages.network.pane_parts import AbstractRow, LinkedPost, PlaceLine
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.pill import CountBadge, StatusPill


class EventPane(Surface):
    """`acted(act, id)`: edit, add_abstract, close, link, and of one abstract tie, draft, change or forget;
    `draft_requested(draft id)`."""

    acted = Signal(str, str)
    draft_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edge="left", parent=parent)
        self.theme = theme
        self.setObjectName("event_pane")
        self.setAccessibleName(self.tr("The chosen event"))
        self.event_id = ""
        self.is_over = False
        self._last: tuple[EventsSnapshot, EventRow] | None = None
        self._focus = ""
        self.abstracts: dict[str, AbstractRow] = {}
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self.area)
        theme.changed.connect(self.refresh)

    # Showing

    def show_row(self, snapshot: EventsSnapshot, row: EventRow) -> None:
        """Show an event; what has the focus keeps it where it is still there."""
        if self._last == (snapshot, row):
            return
        self._keep_focus()
        self._last = (snapshot, row)
        self.event_id = row.id
        column = self._fresh()
        self._head(column, snapshot, row)
        self._embargo(column, snapshot, row)
        self._posts(column, row)
        self._abstracts(column, snapshot, row)
        self._sessions(column, row)
        self._policies(column, row)
        column.addStretch(1)
        self._bring_focus_back()

    def refresh(self) -> None:
        """Show the same again, such as after a change of colours."""
        if self._last is not None:
            last, self._last = self._last, None
            self.show_row(*last)

    def _keep_focus(self) -> None:
        focus = self.focusWidget()
        self._focus = focus.objectName() if focus is not None and focus.hasFocus() else ""

    def _bring_focus_back(self) -> None:
        if self._focus:
            found = self.findChild(QWidget, self._focus) or self.edit
            found.show()  # the layout shows it later, and what is not seen takes no focus
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self, column: QVBoxLayout, snapshot: EventsSnapshot, row: EventRow) -> None:
        theme = self.theme
        head = QHBoxLayout()
        lifts = [each.lift for each in row.embargoes]
        words = left_words(lifts, snapshot.zone, snapshot.now)
        head.addWidget(StatusPill(theme, row.pill.kind, row.pill.icon, words))
        head.addStretch(1)
        self.edit = Button(theme, self.tr("Edit"), kind="ghost", size="small", icon="pencil")
        self.edit.setObjectName("event_edit")
        self.edit.setAccessibleName(self.tr("Edit {name}").format(name=row.event.name))
        self.edit.clicked.connect(lambda: self.acted.emit("edit", row.id))
        head.addWidget(self.edit)
        if self.is_over:
            close = IconButton(theme, "x", self.tr("Close"), size="small")
            close.setObjectName("event_close")
            close.clicked.connect(lambda: self.acted.emit("close", row.id))
            head.addWidget(close)
        column.addLayout(head)
        column.addWidget(Label(theme, row.event.name, "panelTitle", wraps=True, is_selectable=True))
        column.addWidget(PlaceLine(theme, place_words(row.event, is_long=True)))
        column.addSpacing(theme.px(4))

    def _embargo(self, column: QVBoxLayout, snapshot: EventsSnapshot, row: EventRow) -> None:
        theme = self.theme
        card, inner = self._card()
        inner.addWidget(Label(theme, self.tr("Embargo"), "bodyStrong"))
        groups = row.groups
        for at, (lift, some) in enumerate(groups):
            if at:
                inner.addWidget(Rule())
            self._facts(inner, snapshot, lift, some)
        if not groups:
            words = self.tr("No abstracts yet. An embargo belongs to an abstract, never to the whole event.")
            inner.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
        else:
            words = style_words()[row.event.style]
            inner.addWidget(Label(theme, words, "small", "text.tertiary", wraps=True))
        if row.event.url:
            source = Button(
                theme, self.tr("Policy of the event"), kind="link", size="small", icon="external-link"
            )
            source.setObjectName("event_source")
            source.set_flush()
            source.setAccessibleDescription(row.event.url)
            source.setToolTip(row.event.url)
            source.clicked.connect(lambda: self.acted.emit("link", row.event.url))
            inner.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)
        column.addSpacing(theme.px(8))

    def _facts(
        self, inner: QVBoxLayout, snapshot: EventsSnapshot, lift: Lift, some: Sequence[Embargo]
    ) -> None:
        covers = covers_words([each.abstract.kind for each in some])
        self._table(
            inner,
            (
                (self.tr("Lifts"), lift_words(lift, snapshot.now)),
                (self.tr("For you"), for_you(lift, snapshot.zone, snapshot.now)),
                (self.tr("Covers"), covers),
            ),
        )

    def _posts(self, column: QVBoxLayout, row: EventRow) -> None:
        column.addWidget(Label(self.theme, self.tr("Linked posts"), "bodyStrong"))
        for post in row.posts:
            made = LinkedPost(self.theme, post)
            made.setObjectName(f"linked_{post.draft_id}")
            made.clicked.connect(lambda _on=False, one=post.draft_id: self.draft_requested.emit(one))
            column.addWidget(made)
        if not row.posts:
            words = self.tr("None yet. Choose an abstract below, and tie a draft to it.")
            column.addWidget(Label(self.theme, words, "small", "text.secondary", wraps=True))
        column.addSpacing(self.theme.px(8))

    def _abstracts(self, column: QVBoxLayout, snapshot: EventsSnapshot, row: EventRow) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.theme.px(8))
        head.addWidget(Label(self.theme, self.tr("Abstracts"), "bodyStrong"))
        if row.embargoes:
            head.addWidget(CountBadge(self.theme, str(len(row.embargoes))))
        head.addStretch(1)
        add = Button(self.theme, self.tr("Add"), kind="ghost", size="small", icon="plus")
        add.setObjectName("event_add_abstract")
        add.setAccessibleName(self.tr("Add an abstract"))
        add.clicked.connect(lambda: self.acted.emit("add_abstract", row.id))
        head.addWidget(add)
        column.addLayout(head)
        self.abstracts = {}
        for each in row.embargoes:
            until = until_words(each.lift, snapshot.zone, snapshot.now)
            is_over = each.lift.is_over(snapshot.now)
            words = self.tr("Embargo over") if is_over else until
            made = AbstractRow(self.theme, each, words, is_over, len(row.of_abstract(each.abstract.id)))
            made.clicked.connect(lambda _on=False, made=made: self._menu(made))
            made.stepped.connect(self._step)
            self.abstracts[each.abstract.id] = made
            column.addWidget(made)
        column.addSpacing(self.theme.px(8))

    def _sessions(self, column: QVBoxLayout, row: EventRow) -> None:
        if not row.sessions:
            return
        column.addWidget(Label(self.theme, self.tr("Sessions"), "bodyStrong"))
        for each in row.sessions:
            words = session_words(each)
            column.addWidget(Label(self.theme, words, "body", "text.secondary", wraps=True))
        column.addSpacing(self.theme.px(8))

    def _policies(self, column: QVBoxLayout, row: EventRow) -> None:
        policies = policy_words()
        facts = [
            (self.tr("Posting"), policies[row.event.social_policy]),
            (self.tr("Photos"), policies[row.event.photo_policy]),
        ]
        if row.event.hashtag:
            facts.append((self.tr("Hashtag"), f"#{row.event.hashtag}"))
        column.addWidget(Label(self.theme, self.tr("What the event asks"), "bodyStrong"))
        self._table(column, facts)
        if row.event.notes:
            column.addWidget(Label(self.theme, row.event.notes, "small", "text.secondary", wraps=True))

    def _table(self, column: QVBoxLayout, facts: Sequence[tuple[str, str]]) -> None:
        theme, grid = self.theme, QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.px(68))
        for at, (name, value) in enumerate(facts):
            label = Label(theme, name, "body", "text.secondary")
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            shown = Label(theme, value, "body", wraps=True, is_selectable=True)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(shown, at, 1)
        column.addLayout(grid)

    def _card(self) -> tuple[Surface, QVBoxLayout]:
        card = Surface("card")
        inner = QVBoxLayout(card)
        side = self.theme.px(14)
        inner.setContentsMargins(side, side - 2, side, side - 2)
        inner.setSpacing(self.theme.px(8))
        return card, inner

    def _fresh(self) -> QVBoxLayout:
        """An empty page in the scroll area; the one before goes when the loop is free."""
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()
        page = QWidget()
        page.setProperty("scroll", True)
        column = QVBoxLayout(page)
        side = self.theme.px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(self.theme.px(8))
        self.area.setWidget(page)
        return column

    # Of one abstract

    def abstract_menu(self, row: AbstractRow) -> QMenu:
        """What can be done with an abstract."""
        menu = QMenu(self)
        menu.setObjectName("abstract_menu")
        for act, words in (
            ("tie", self.tr("Tie a draft, or take one off")),
            ("draft", self.tr("New draft for it")),
            ("change", self.tr("Edit this abstract")),
            ("forget", self.tr("Remove this abstract")),
        ):
            entry = menu.addAction(words)
            entry.setObjectName(f"abstract_{act}")
            entry.triggered.connect(lambda _on=False, act=act: self.acted.emit(act, row.embargo.abstract.id))
        return menu

    def _menu(self, row: AbstractRow) -> None:
        menu = self.abstract_menu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(row.mapToGlobal(QPoint(0, row.height())))
        menu.setActiveAction(menu.actions()[0])

    def focus_first(self) -> None:
        """Give the pane the keyboard: its first abstract, else Edit."""
        first = next(iter(self.abstracts.values()), self.edit)
        first.show()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(first)

    def _step(self, row: AbstractRow, step: int) -> None:
        rows = list(self.abstracts.values())
        target = rows[min(max(rows.index(row) + step, 0), len(rows) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.acted.emit("close", self.event_id)
        else:
            super().keyPressEvent(event)
