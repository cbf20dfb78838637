"""The side pane: one post in full, with what can be done and what happened."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.moments import moment
from medvoice.ui.models.queue_actions import Action, can_ask
from medvoice.ui.models.queue_story import Story
from medvoice.ui.models.states import sentence_of, state_of
from medvoice.ui.models.watch_words import watch_words
from medvoice.ui.pages.queue.forms import LinkForm, PaneForm, TimeForm
from medvoice.ui.pages.queue.pane_parts import add_others, add_text, stop_hint
from medvoice.ui.pages.queue.steps import StepList
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Rule, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.change_view import ChangeView
from medvoice.ui.widgets.pill import ChannelTile, StatusPill

EXAMPLES = {
    "linkedin": "https://www.linkedin.com/feed/update/…",
    "x": "https://x.com/…/status/…",
}
LINKS = frozenset({"open_draft", "open_post", "copy_link", "look"})


class QueuePane(Surface):
    """`action_requested(delivery id, key)`; `time_chosen(id, wall)`; `link_chosen(id, text)`;
    `other_chosen(id)` for the same draft on another network; `closed`.

    `show_story` builds it anew; an open form stays while the post is in the same state.
    """

    action_requested = Signal(str, str)
    time_chosen = Signal(str, str)
    link_chosen = Signal(str, str)
    other_chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("sunken", edge="left", parent=parent)
        self.theme = theme
        self.setObjectName("queue_pane")
        self.setAccessibleName(self.tr("Details of the post"))
        self.story: Story | None = None
        self.form: PaneForm | None = None
        self.primary: Button | None = None
        self._form_key, self._form_count = "", 1
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("scroll", True)
        self.place = QVBoxLayout(holder)
        self.place.setContentsMargins(0, 0, 0, 0)
        self.content: QWidget | None = None
        self.scroller.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self.scroller)
        theme.changed.connect(self._restyle)

    # What it shows

    @property
    def delivery_id(self) -> str:
        return self.story.row.id if self.story else ""

    def show_story(self, story: Story) -> None:
        """Show a post. Nothing is touched when it looks the same as before."""
        before = self.story
        self.story = story
        is_equal = before is not None and replace(before, now=story.now) == story
        if is_equal and before is not None and not self._ask_ended(before, story):
            return
        is_same = before is not None and before.row.id == story.row.id
        is_same = is_same and before is not None and before.row.look == story.row.look
        if self.form is not None and is_same:
            return
        self._rebuild()

    @staticmethod
    def _ask_ended(before: Story, story: Story) -> bool:
        return can_ask(before.row.delivery, before.now) != can_ask(story.row.delivery, story.now)

    def open_form(self, key: str, count: int = 1) -> None:
        """Put the form of an action in the place of the buttons: "time" (for `count` parts of the draft) or
        "link"."""
        self._form_key, self._form_count = key, count
        self._build()
        if self.form is not None:
            self.form.take_keyboard()

    def close_form(self) -> None:
        """Back to the buttons."""
        if self.form is not None:
            self._rebuild()
            self.focus_primary()

    def show_problem(self, words: str) -> None:
        """A sentence at the form, or below the buttons."""
        if self.form is not None:
            self.form.show_problem(words)
        else:
            self.note.setText(words)
            self.note.show()

    def focus_primary(self) -> None:
        """Give the keyboard to the main button."""
        target = self.primary or self.close_button
        target.setFocus(Qt.FocusReason.TabFocusReason)

    # Building

    def _rebuild(self) -> None:
        self._form_key = ""
        self._build()

    def _restyle(self) -> None:
        """Built anew in other colours or sizes; what was typed in a form stays."""
        typed = self.form.field.text() if self.form is not None else ""
        had_focus = self.form is not None and self.form.field.hasFocus()
        self._build()
        if self.form is not None:
            self.form.put(typed)
            if had_focus:
                self.form.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.form = None
        self.primary = None
        if self.story is None:
            return
        px = self.theme.px
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(0)
        self._add_head(column)
        self._add_deeds(column)
        column.addSpacing(px(16))
        column.addWidget(Rule())
        self._add_parts(column)
        add_text(self.theme, column, self.story)
        if self.story.change is not None:
            column.addSpacing(px(16))
            column.addWidget(Label(self.theme, self.tr("What changed"), "bodyStrong"))
            column.addSpacing(px(8))
            column.addWidget(ChangeView(self.theme, self.story.change))
            column.addSpacing(px(16))
            column.addWidget(Rule())
        add_others(self.theme, column, self.story, self.other_chosen)
        column.addSpacing(px(16))
        column.addWidget(Label(self.theme, self.tr("What happened"), "bodyStrong"))
        column.addSpacing(px(10))
        column.addWidget(StepList(self.theme, self.story.steps))
        column.addSpacing(px(16))
        self._add_links(column)
        column.addStretch(1)
        # The press that led here may come from a button of the old content, so that it must outlive the
        # press; it keeps its parent, because Python would free at once what has none.
        old = self.content
        self.content = content
        self.place.addWidget(content)
        content.show()
        if old is not None:
            self.place.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _add_head(self, column: QVBoxLayout) -> None:
        assert self.story is not None
        row, px = self.story.row, self.theme.px
        top = QHBoxLayout()
        pill = StatusPill(self.theme, row.look.kind, row.look.icon, row.look.word)
        pill.setObjectName("queue_pane_pill")
        self.close_button = IconButton(self.theme, "x", self.tr("Close details"), size="small")
        self.close_button.setObjectName("queue_pane_close")
        self.close_button.clicked.connect(self.closed)
        top.addWidget(pill)
        top.addStretch(1)
        top.addWidget(self.close_button)
        column.addLayout(top)
        column.addSpacing(px(10))
        title = Label(self.theme, row.title, "panelTitle", wraps=True, is_selectable=True)
        title.setObjectName("queue_pane_title")
        column.addWidget(title)
        column.addSpacing(px(6))
        when = QHBoxLayout()
        when.setSpacing(px(8))
        when.addWidget(ChannelTile(self.theme, row.channel, CHANNEL_NAMES[row.channel]))
        planned = moment(row.delivery.due_at, row.delivery.zone, self.story.now, self.story.zone)
        when.addWidget(Label(self.theme, planned, "body", "text.secondary"))
        when.addStretch(1)
        column.addLayout(when)
        words = self.sentence()
        if words:
            column.addSpacing(px(10))
            sentence = Label(self.theme, words, "body", "text.secondary", wraps=True, is_selectable=True)
            sentence.setObjectName("queue_pane_sentence")
            column.addWidget(sentence)

    def sentence(self) -> str:
        """What happened, what is safe and what helps."""
        assert self.story is not None
        row = self.story.row
        state = state_of(row.delivery)
        if state in ("planned", "due", "paused", "published", "sending"):
            return row.line.rstrip(".") + "."
        return sentence_of(row.delivery, CHANNEL_NAMES[row.channel], is_edited=row.is_edited)

    def _add_deeds(self, column: QVBoxLayout) -> None:
        """The form when one is open, else the buttons."""
        assert self.story is not None
        px = self.theme.px
        column.addSpacing(px(14))
        if self._form_key:
            self.form = self._make_form(self._form_key)
            column.addWidget(self.form)
            return
        deeds = [action for action in self.story.row.actions if action.key not in LINKS]
        if self.story.row.actions[0].key == "open_post":
            deeds.insert(0, self.story.row.actions[0])
        if deeds:
            self.primary = self._button(deeds[0], "primary" if self._fills(deeds[0]) else "default")
            self.primary.set_expanding()
            column.addWidget(self.primary)
            column.addSpacing(px(8))
            column.addLayout(self._grid(deeds[1:]))
        self.note = ProblemLabel(self.theme)
        self.note.setObjectName("queue_pane_note")
        self.note.hide()
        column.addWidget(self.note)
        hint = self.hint()
        if hint:
            column.addSpacing(px(8))
            column.addWidget(Label(self.theme, hint, "small", "text.tertiary", wraps=True))

    def _fills(self, action: Action) -> bool:
        """Filled only when the person is needed: for a post that is on its way nothing presses."""
        assert self.story is not None
        return self.story.row.needs_you or action.key in ("sign_in", "resume", "schedule_again")

    def _grid(self, actions: list[Action]) -> QLayout:
        """Two buttons a line where both fit whole, else one below the other."""
        column = QVBoxLayout()
        gap = self.theme.px(8)
        column.setSpacing(gap)
        room = self.width() - self.theme.px(40) - 2
        waiting = [self._button(action, "default") for action in actions]
        while waiting:
            line = QHBoxLayout()
            line.setSpacing(gap)
            pair = waiting[:2]
            if sum(button.sizeHint().width() for button in pair) + gap > room:
                pair = waiting[:1]
            waiting = waiting[len(pair) :]
            for button in pair:
                button.set_expanding()
                line.addWidget(button, button.sizeHint().width())
            column.addLayout(line)
        return column

    def _button(self, action: Action, kind: str) -> Button:
        icon = action.icon if kind == "primary" else ""
        button = Button(self.theme, action.label, kind=kind, icon=icon)
        if kind == "primary":
            button = Button(self.theme, action.label, kind=kind, icon=icon, size="large")
        button.setObjectName(f"queue_do_{action.key}")
        button.clicked.connect(self._teller(action.key))
        return button

    def _teller(self, key: str):
        def tell() -> None:
            self.action_requested.emit(self.delivery_id, key)

        return tell

    def hint(self) -> str:
        """What a button with weight will do, said before it is pressed."""
        assert self.story is not None
        delivery = self.story.row.delivery
        state, has_stop = state_of(delivery), any(each.key == "stop" for each in self.story.row.actions)
        if state == "sending":
            return stop_hint(has_stop=has_stop)
        if state == "missed" and delivery.route != "by_hand":
            return self.tr("“Post now” sends it as you cleared it, after one more look at the rules.")
        if self.story.row.is_edited:
            return self.tr("If it is posted already, paste its link.")
        if state != "unconfirmed":
            return watch_words(self.story)
        words = self.tr("“It is not there” sends the post again.")
        if can_ask(delivery, self.story.now):
            words += " " + self.tr(
                "“Ask LinkedIn” sends exactly the same post once: LinkedIn then names the first if it is"
                " there, or makes this one."
            )
        return words

    def _make_form(self, key: str) -> PaneForm:
        assert self.story is not None
        delivery, delivery_id = self.story.row.delivery, self.story.row.id
        if key == "time":
            story, count = self.story, self._form_count
            form = TimeForm(self.theme, delivery, story.now, story.zone, count, story.embargo)
            form.chosen.connect(lambda wall: self.time_chosen.emit(delivery_id, wall))
        else:
            form = LinkForm(self.theme, CHANNEL_NAMES[delivery.channel], EXAMPLES[delivery.channel])
            form.chosen.connect(lambda text: self.link_chosen.emit(delivery_id, text))
        form.left.connect(self.close_form)
        return form

    def _add_parts(self, column: QVBoxLayout) -> None:
        """For a thread that is posted by hand: each post has its own copy button."""
        assert self.story is not None
        delivery = self.story.row.delivery
        if state_of(delivery) != "handed_over" or len(delivery.parts) < 2:
            return
        column.addSpacing(self.theme.px(16))
        for part in delivery.parts:
            words = self.tr("Copy post {n} of {all}").format(n=part.position + 1, all=len(delivery.parts))
            button = Button(self.theme, words, icon="copy", size="small")
            button.setObjectName(f"queue_copy_{part.position}")
            button.clicked.connect(lambda _=False, text=part.text: QGuiApplication.clipboard().setText(text))
            column.addWidget(button)
            column.addSpacing(self.theme.px(6))

    def _add_links(self, column: QVBoxLayout) -> None:
        assert self.story is not None
        shown = [action for action in self.story.row.actions if action.key in LINKS]
        if self.story.row.actions[0].key == "open_post":
            shown = shown[1:]
        links = QVBoxLayout()
        links.setSpacing(0)
        column.addLayout(links)
        for action in shown:
            link = Button(self.theme, action.label, kind="link", icon=action.icon, size="small")
            link.setObjectName(f"queue_do_{action.key}")
            link.set_flush()
            link.clicked.connect(self._teller(action.key))
            links.addWidget(link)
        copy = Button(self.theme, self.tr("Copy what happened"), kind="link", icon="copy", size="small")
        copy.setObjectName("queue_copy_story")
        copy.set_flush()
        copy.clicked.connect(self._copy_story)
        links.addWidget(copy)

    def _copy_story(self) -> None:
        if self.story is not None:
            QGuiApplication.clipboard().setText(self.story.as_text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.form is None:
            self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
