"""How the post will look: a LinkedIn card with its fold, and an X thread with ring meters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.channel.measure import Measure, fold_at
from medvoice.domain.draft import Draft, channel_text
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.pill import RingMeter


class PreviewTab(QScrollArea):
    """Plain text as each network lays it out; line breaks, emoji and direction as typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("preview_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name, self._role = "", ""
        self._draft: Draft | None = None
        self._measures: dict[str, Measure] = {}
        self._form, self._is_whole, self._channel = "desktop", False, "linkedin"
        body = QWidget()
        body.setProperty("scroll", True)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        self._column.setSpacing(theme.px(12))
        self._column.addLayout(self._head())
        self._posts = QVBoxLayout()
        self._posts.setSpacing(theme.px(8))
        self._column.addLayout(self._posts)
        self._column.addStretch(1)
        self.setWidget(body)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.choice = SegmentedControl(self.theme, self.tr("Network"))
        self.choice.add("linkedin", self.tr("LinkedIn"), "linkedin")
        self.choice.add("x", self.tr("X"), "x")
        self.choice.chosen.connect(self._choose)
        row.addWidget(self.choice)
        row.addStretch(1)
        for form, icon, name in (
            ("mobile", "smartphone", self.tr("Phone width")),
            ("desktop", "monitor", self.tr("Desktop width")),
        ):
            button = IconButton(self.theme, icon, name)
            button.clicked.connect(lambda _on=False, form=form: self._choose_form(form))
            row.addWidget(button)
        return row

    def show_draft(self, draft: Draft, measures: dict[str, Measure], name: str, role: str) -> None:
        """Show this draft as `name` would post it."""
        self._draft, self._measures = draft, measures
        self._name, self._role = name or self.tr("Your name"), role
        if self.isVisible():
            self.rebuild()

    def showEvent(self, event: object) -> None:
        self.rebuild()

    def _choose(self, channel: str) -> None:
        self._channel = channel
        self.rebuild()

    def _choose_form(self, form: str) -> None:
        self._form = form
        self.rebuild()

    def _toggle_whole(self) -> None:
        self._is_whole = not self._is_whole
        self.rebuild()

    def rebuild(self) -> None:
        """Lay the posts out anew."""
        while (item := self._posts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._draft is None:
            return
        if self._channel not in self._draft.channels_on:
            words = self.tr("This channel is off for this draft.")
            self._posts.addWidget(Label(self.theme, words, "body", "text.tertiary", wraps=True))
        elif self._channel == "linkedin":
            self._posts.addWidget(self._card(channel_text(self._draft, "linkedin")))
        else:
            parts = self._measures["x"].parts if "x" in self._measures else ()
            for at, part in enumerate(parts):
                self._posts.addWidget(self._tweet(part.text, part.length, at + 1, len(parts)))

    def _who(self, extra: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(self.theme, self._name, "bodyStrong"))
        column.addWidget(Label(self.theme, extra, "small", "text.tertiary"))
        return column

    def _card(self, text: str) -> QWidget:
        theme = self.theme
        card = Surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addLayout(self._who(self._role))
        fold = fold_at(text, "mobile" if self._form == "mobile" else "desktop")
        is_folded = fold < len(text)
        shown = text[:fold].rstrip() + " … " + self.tr("more") if is_folded else text
        column.addWidget(Label(theme, shown, "body", wraps=True, is_selectable=True))
        if is_folded:
            column.addWidget(Rule())
            note = self.tr("Fold, about {n} characters").format(n=fold)
            column.addWidget(Label(theme, note, "small", "text.tertiary"))
            if self._is_whole:
                rest = Label(theme, text[fold:].lstrip(), "body", "text.secondary", wraps=True)
                column.addWidget(rest)
            words = self.tr("Show less") if self._is_whole else self.tr("Show whole post")
            more = Button(theme, words, kind="link", size="small")
            more.clicked.connect(self._toggle_whole)
            column.addWidget(more)
        return card

    def _tweet(self, text: str, used: int, number: int, count: int) -> QWidget:
        theme = self.theme
        card = Surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        top = QHBoxLayout()
        top.addWidget(Label(theme, self._name, "bodyStrong"))
        if count > 1:
            top.addWidget(Label(theme, f"{number}/{count}", "small", "text.tertiary"))
        top.addStretch(1)
        ring = RingMeter(theme)
        ring.set_meter(used, 280)
        top.addWidget(ring)
        top.addWidget(Label(theme, f"{used}/280", "small", "text.secondary"))
        column.addLayout(top)
        column.addWidget(Label(theme, text, "body", wraps=True, is_selectable=True))
        return card
