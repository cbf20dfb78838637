"""How the post will look: a LinkedIn card with its fold, below it the X thread whose splits can be moved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft, channel_text
from medvoice.ui.pages.compose.layouts import clear_layout, tab_in_reading_order
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import CheckItem, SegmentedControl
from medvoice.ui.widgets.over_bar import OverBar
from medvoice.ui.widgets.pill import ChannelTile

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure
    from medvoice.ui.pages.compose.preview_linkedin import Author
    from medvoice.ui.pages.compose.preview_thread import ThreadView

PHONE_WIDTH = 300


class PreviewTab(QScrollArea):
    """Plain text as each network lays it out; line breaks, emoji and direction as typed.

    `marks_changed(marks)`: the person moved a split of the X thread; `numbered(is_on)`: they want the posts
    numbered; `copied(text, words)`: text to be copied, with what to say about it.
    """

    marks_changed = Signal(object)
    numbered = Signal(bool)
    copied = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("preview_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name, self._role, self._time = "", "", ""
        self.setAccessibleName(self.tr("Preview"))
        self._draft: Draft | None = None
        self._measures: Mapping[str, Measure] = {}
        self._form, self._is_whole, self._channel = "desktop", False, "linkedin"
        self._is_stale = self._costs = False
        self._cost: Label | None = None
        self._shown: object = None
        self._split: int | None = None
        self._around: object = None
        self.thread_view: ThreadView | None = None
        body = QWidget()
        body.setProperty("scroll", True)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(20))
        self._column.setSpacing(theme.px(14))
        self._column.addLayout(self._head())
        self._posts = QVBoxLayout()
        self._posts.setSpacing(theme.px(10))
        self._column.addLayout(self._posts)
        self._thread = QVBoxLayout()
        self._thread.setSpacing(theme.px(10))
        self._column.addLayout(self._thread)
        self._column.addStretch(1)
        self.setWidget(body)
        self._over = OverBar(self)
        theme.changed.connect(self._theme_changed)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(4))
        self.choice = SegmentedControl(self.theme, self.tr("Network"))
        self.choice.setObjectName("preview_choice")
        self.choice.add("linkedin", self.tr("LinkedIn"), "linkedin")
        self.choice.add("x", self.tr("X thread"), "x")
        self.choice.chosen.connect(self.choose)
        row.addWidget(self.choice)
        row.addStretch(1)
        self._forms: dict[str, IconButton] = {}
        group = QButtonGroup(self)
        for form, icon, name in (
            ("mobile", "smartphone", self.tr("Phone width")),
            ("desktop", "monitor", self.tr("Desktop width")),
        ):
            button = IconButton(self.theme, icon, name)
            button.setObjectName(f"preview_{form}")
            button.setCheckable(True)
            button.setChecked(form == self._form)
            button.clicked.connect(lambda _on=False, form=form: self._choose_form(form))
            group.addButton(button)
            self._forms[form] = button
            row.addWidget(button)
        return row

    def show_draft(
        self,
        draft: Draft,
        measures: "Mapping[str, Measure]",
        name: str,
        role: str,
        time: str,
        costs: bool = False,
    ) -> None:
        """Show this draft as `name` would post it at `time`; `costs` says that X charges for it."""
        is_other = self._draft is None or self._draft.id != draft.id
        self._draft, self._measures, self._time = draft, measures, time
        self._name, self._role, self._costs = name or self.tr("Your name"), role, costs
        if is_other:
            self._is_whole, self._split = False, None
        if is_other and self._channel not in draft.channels_on and draft.channels_on:
            self._channel = draft.channels_on[0]
            self.choice.set_current(self._channel)
        self._is_stale = True
        if self.isVisible():
            self.rebuild()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # pyright: ignore[reportArgumentType]
        if self._is_stale:
            self.rebuild()

    def choose(self, channel: str) -> None:
        """Show LinkedIn and what X gets below it, or X alone."""
        self._channel = channel
        self.choice.set_current(channel)
        self.rebuild()

    def _choose_form(self, form: str) -> None:
        self._form = form
        self.rebuild()

    def _toggle_whole(self) -> None:
        self._is_whole = not self._is_whole
        self.rebuild()
        button = self.findChild(Button, "show_whole")
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _theme_changed(self) -> None:
        self._is_stale, self._shown, self._around = True, None, None
        if self.isVisible():
            self.rebuild()

    def _sight(self) -> object:
        """All that the picture depends on."""
        draft = self._draft
        if draft is None:
            return None
        look = (self._channel, self._form, self._is_whole, self._costs)
        view = (draft.id, *look, self._name, self._role, self._time)
        channels = ("x",) if self._channel == "x" else (self._channel, "x")
        each = ((draft.variant(one), self._text(one), self._measures.get(one)) for one in channels)
        return (*view, *each)

    def _text(self, channel: str) -> str:
        return channel_text(self._draft, channel) if self._draft is not None else ""

    def rebuild(self) -> None:
        """Lay the posts out anew, where anything of them changed."""
        self._is_stale = False
        sight = self._sight()
        if sight is not None and sight == self._shown:
            return
        self._shown = sight
        is_thread_kept = self._is_renewed()
        if is_thread_kept:
            self._say_cost()
        if is_thread_kept and self._channel == "x":
            return
        clear_layout(self._posts)
        if not is_thread_kept:
            self.thread_view = self._cost = None
            clear_layout(self._thread)
        for button in self._forms.values():
            button.setVisible(self._channel == "linkedin")
        draft = self._draft
        if draft is None:
            return
        if self._channel not in draft.channels_on:
            words = self.tr("This channel is off for this draft.")
            self._posts.addWidget(Label(self.theme, words, "body", "text.tertiary", wraps=True))
        elif self._channel == "linkedin":
            self._show_card()
        if "x" in draft.channels_on and not is_thread_kept:
            self._show_thread()
        body = self.widget()
        if body is not None:
            tab_in_reading_order(self, body)

    def _outside(self) -> object:
        """What of the picture stands around the posts of a thread."""
        draft, measure = self._draft, self._measures.get("x")
        if draft is None or measure is None:
            return None
        variant = draft.variant("x")
        parts = (bool(variant.split_marks), len(measure.parts), self._channel)
        look = (self._name, self._time, self._costs)
        return (draft.id, *look, variant.is_on, variant.is_numbered, *parts)

    def _is_renewed(self) -> bool:
        """Whether only words of the thread on the screen had to change: that is quick enough for typing."""
        before, self._around = self._around, self._outside()
        view, draft = self.thread_view, self._draft
        if view is None or draft is None or before is None or before != self._around:
            return False
        return view.renew(self._text("x"), self._measures["x"], draft.variant("x").split_marks)

    def _author(self) -> "Author":
        from medvoice.ui.pages.compose.preview_linkedin import Author

        return Author(self._name, self._role, self._time)

    def _copy_button(self, words: str, channel: str) -> QHBoxLayout:
        button = Button(self.theme, words, kind="ghost", size="small", icon="copy")
        button.setObjectName("copy_whole" if channel == self._channel else f"copy_whole_{channel}")
        button.setEnabled(bool(self._text(channel)))
        button.clicked.connect(lambda: self._copy(channel))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        return row

    # LinkedIn

    def _show_card(self) -> None:
        from medvoice.ui.pages.compose.preview_linkedin import LinkedInCard

        measure = self._measures.get("linkedin")
        spans = (*measure.urls, *measure.hashtags) if measure is not None else ()
        card = LinkedInCard(
            self.theme,
            self._author(),
            self._text("linkedin"),
            [(span.start, span.end) for span in spans],
            form=self._form,
            is_whole=self._is_whole,
        )
        card.toggled.connect(self._toggle_whole)
        if self._form == "mobile":
            card.setMaximumWidth(self.theme.px(PHONE_WIDTH))
        row = QHBoxLayout()
        row.addWidget(card)
        self._posts.addLayout(row)
        self._posts.addLayout(self._copy_button(self.tr("Copy as it will appear"), "linkedin"))

    # X

    def _show_thread(self) -> None:
        from medvoice.ui.pages.compose.preview_thread import ThreadView

        theme, draft = self.theme, self._draft
        measure = self._measures.get("x")
        if draft is None or measure is None or not self._text("x"):
            if self._channel == "x":
                self._thread.addWidget(Label(theme, self.tr("No text yet"), "body", "text.tertiary"))
            return
        variant = draft.variant("x")
        if len(measure.parts) > 1 or self._channel != "x":
            self._thread.addLayout(self._thread_head(len(measure.parts), bool(variant.split_marks)))
        view = ThreadView(theme, self._author(), self._text("x"), measure, variant.split_marks)
        view.marks_changed.connect(self._marks_moved)
        view.copied.connect(self._copy_part)
        self.thread_view = view
        self._thread.addWidget(view)
        if self._costs:
            self._cost = Label(theme, "", "small", "text.tertiary", wraps=True)
            self._cost.setObjectName("x_cost")
            self._thread.addWidget(self._cost)
            self._say_cost()
        if len(measure.parts) > 1:
            number = CheckItem(
                theme, "number_posts", self.tr("Number the posts"), self.tr("Adds 1/5 and so on")
            )
            number.set_ticked(variant.is_numbered)
            number.ticked.connect(self.numbered)
            self._thread.addWidget(number)
        words = (
            self.tr("Copy the whole thread") if len(measure.parts) > 1 else self.tr("Copy as it will appear")
        )
        self._thread.addLayout(self._copy_button(words, "x"))
        if self._split is not None and self._split < len(view.handles):
            view.handles[self._split].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_cost(self) -> None:
        """What X takes for the posts as they stand."""
        measure = self._measures.get("x")
        if self._cost is not None and measure is not None:
            from medvoice.ui.models.cost_words import cost_words

            self._cost.setText(cost_words([part.text for part in measure.parts]))

    def _thread_head(self, count: int, has_marks: bool) -> QHBoxLayout:
        theme = self.theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(ChannelTile(theme, "x", "X", 16))
        words = self.tr("X thread, {n} posts").format(n=count) if count > 1 else self.tr("X, one post")
        head.addWidget(Label(theme, words, "bodyStrong"), 1)
        if has_marks:
            again = Button(theme, self.tr("Split by itself"), kind="link", size="small")
            again.setObjectName("split_by_itself")
            again.setToolTip(self.tr("Take out your own splits"))
            again.clicked.connect(lambda: self._marks_moved((), 0))
            head.addWidget(again)
        return head

    def _marks_moved(self, marks: tuple[int, ...], split: int) -> None:
        """Show the new splits at once; the check of the new posts follows."""
        draft = self._draft
        if draft is None:
            return
        from medvoice.domain.channel.measure import measure

        variant = replace(draft.variant("x"), split_marks=marks)
        others = tuple(each if each.channel != "x" else variant for each in draft.variants)
        self._draft = replace(draft, variants=others)
        made = measure(self._text("x"), "x", numbered=variant.is_numbered, marks=marks)
        self._measures = {**self._measures, "x": made}
        self._split = split
        self.rebuild()
        if self.thread_view is not None:
            self.thread_view.say_split(split)
        self.marks_changed.emit(marks)

    def _copy_part(self, number: int) -> None:
        part = self._measures["x"].parts[number - 1]
        self.copied.emit(part.text, self.tr("Post {n} copied as it will appear").format(n=number))

    def copy_whole(self) -> None:
        """Copy all that the shown channel gets; the posts of a thread with a blank line between them."""
        self._copy(self._channel)

    def _copy(self, channel: str) -> None:
        if channel == "x" and "x" in self._measures:
            text = "\n\n".join(part.text for part in self._measures["x"].parts)
        else:
            text = self._text(channel)
        if text:
            self.copied.emit(text, self.tr("Copied as it will appear"))
