"""How the post will look: a LinkedIn card with its fold, and an X thread with ring meters."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.domain.draft import Draft, channel_text
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule, Surface
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.paint import paint_box
from medvoice.ui.widgets.pill import ChannelTile, PaintedMark, RingMeter

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure

PHONE_WIDTH = 300


class Avatar(PaintedMark):
    """The person's initials on a soft disc; `line` draws the thread's connector below it."""

    def __init__(self, theme: Theme, name: str, size: int, *, line: bool = False) -> None:
        super().__init__(theme)
        letters = "".join(word[0] for word in name.split()[:2] if word[0].isalpha())
        self._letters, self._size, self._line = letters.upper() or "·", size, line
        if line:
            policy = self.sizePolicy()
            policy.setVerticalPolicy(policy.Policy.Expanding)
            self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        side = self.theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, side = QPainter(self), self.theme, self.theme.px(self._size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(0, 0, side, side)
        paint_box(painter, theme, disc, fill="accent.soft", radius=side / 2)
        font = theme.font("bodyStrong" if self._size > 30 else "caption")
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("accent.text"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._letters)
        if self._line and self.height() > side + 8:
            line = QRectF(side / 2 - 1, side + 4, 2, self.height() - side - 4)
            painter.fillRect(line, theme.color("border.default"))


class FoldLine(PaintedMark):
    """A dashed line with words in its middle, where LinkedIn hides the rest."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme)
        self._words = words
        self.setAccessibleName(words)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setFont(theme.font("small"))
        width = painter.fontMetrics().horizontalAdvance(self._words) + 2 * theme.px(8)
        left, middle = (self.width() - width) / 2, self.height() // 2
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        pen = QPen(theme.color("border.control"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(0, middle, int(left), middle)
        painter.drawLine(int(left + width), middle, self.width(), middle)


class PreviewTab(QScrollArea):
    """Plain text as each network lays it out; line breaks, emoji and direction as typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("preview_tab")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name, self._role, self._time = "", "", ""
        self._draft: Draft | None = None
        self._measures: Mapping[str, Measure] = {}
        self._form, self._is_whole, self._channel = "desktop", False, "linkedin"
        self._is_stale = False
        body = QWidget()
        body.setProperty("scroll", True)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(20))
        self._column.setSpacing(theme.px(14))
        self._column.addLayout(self._head())
        self._posts = QVBoxLayout()
        self._posts.setSpacing(theme.px(10))
        self._column.addLayout(self._posts)
        self._column.addStretch(1)
        self.setWidget(body)
        theme.changed.connect(self._theme_changed)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(4))
        self.choice = SegmentedControl(self.theme, self.tr("Network"))
        self.choice.setObjectName("preview_choice")
        self.choice.add("linkedin", self.tr("LinkedIn"), "linkedin")
        self.choice.add("x", self.tr("X"), "x")
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
        self, draft: Draft, measures: "Mapping[str, Measure]", name: str, role: str, time: str
    ) -> None:
        """Show this draft as `name` would post it at `time`."""
        is_other = self._draft is None or self._draft.id != draft.id
        self._draft, self._measures, self._time = draft, measures, time
        self._name, self._role = name or self.tr("Your name"), role
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
        """Show the other network."""
        self._channel = channel
        self.choice.set_current(channel)
        self.rebuild()

    def _choose_form(self, form: str) -> None:
        self._form = form
        self.rebuild()

    def _toggle_whole(self) -> None:
        self._is_whole = not self._is_whole
        self.rebuild()

    def _theme_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.rebuild()

    def rebuild(self) -> None:
        """Lay the posts out anew."""
        self._is_stale = False
        clear_layout(self._posts)
        for button in self._forms.values():
            button.setVisible(self._channel == "linkedin")
        if self._draft is None:
            return
        if self._channel not in self._draft.channels_on:
            words = self.tr("This channel is off for this draft.")
            self._posts.addWidget(Label(self.theme, words, "body", "text.tertiary", wraps=True))
        elif self._channel == "linkedin":
            row = QHBoxLayout()
            card = self._card(channel_text(self._draft, "linkedin"))
            if self._form == "mobile":
                card.setMaximumWidth(self.theme.px(PHONE_WIDTH))
            row.addWidget(card)
            self._posts.addLayout(row)
        else:
            self._show_thread()

    # LinkedIn

    def _who(self) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(Avatar(theme, self._name, 40), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, self._name, "bodyStrong", wraps=True))
        if self._role:
            words.addWidget(Label(theme, self._role, "small", "text.secondary", wraps=True))
        words.addWidget(Label(theme, self._time, "small", "text.tertiary"))
        row.addLayout(words, 1)
        return row

    def _card(self, text: str) -> QWidget:
        from medvoice.domain.channel.measure import fold_at

        theme = self.theme
        card = Surface("card")
        card.setObjectName("linkedin_card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(14), theme.px(14), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(10))
        column.addLayout(self._who())
        fold = fold_at(text, "mobile" if self._form == "mobile" else "desktop")
        if not text:
            column.addWidget(Label(theme, self.tr("No text yet"), "body", "text.tertiary"))
        elif fold >= len(text):
            column.addWidget(Label(theme, text, "body", wraps=True, is_selectable=True))
        else:
            self._add_folded(column, text, fold)
        return card

    def _add_folded(self, column: QVBoxLayout, text: str, fold: int) -> None:
        theme = self.theme
        above = text[:fold].rstrip() + "… " + self.tr("more")
        column.addWidget(Label(theme, above, "body", wraps=True, is_selectable=True))
        column.addWidget(FoldLine(theme, self.tr("Fold, about {n} characters").format(n=fold)))
        rest = text[fold:].strip()
        cut = rest if self._is_whole else "… " + rest[:160].rstrip() + (" …" if len(rest) > 160 else "")
        column.addWidget(Label(theme, cut, "body", "text.secondary", wraps=True, is_selectable=True))
        if len(rest) > 160:
            words = self.tr("Show less") if self._is_whole else self.tr("Show whole post")
            more = Button(theme, words, kind="link", size="small")
            more.setObjectName("show_whole")
            more.clicked.connect(self._toggle_whole)
            column.addWidget(Rule())
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)

    # X

    def _show_thread(self) -> None:
        theme = self.theme
        parts = self._measures["x"].parts if "x" in self._measures else ()
        limit = self._measures["x"].limit if "x" in self._measures else 280
        if len(parts) > 1:
            head = QHBoxLayout()
            head.setSpacing(theme.px(8))
            head.addWidget(ChannelTile(theme, "x", "X", 16))
            words = self.tr("X thread, {n} posts").format(n=len(parts))
            head.addWidget(Label(theme, words, "bodyStrong"), 1)
            self._posts.addLayout(head)
        if not parts:
            self._posts.addWidget(Label(theme, self.tr("No text yet"), "body", "text.tertiary"))
        for at, part in enumerate(parts, 1):
            self._posts.addWidget(self._post(part.text, part.length, limit, at, len(parts)))

    def _post(self, text: str, used: int, limit: int, number: int, count: int) -> QWidget:
        theme = self.theme
        post = QWidget()
        post.setObjectName(f"x_post_{number}")
        row = QHBoxLayout(post)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(Avatar(theme, self._name, 28, line=number < count))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(6))
        top.addWidget(Label(theme, self._name, "bodyStrong"))
        if count > 1:
            top.addWidget(Label(theme, f"{number}/{count}", "small", "text.tertiary"))
        top.addStretch(1)
        ring = RingMeter(theme)
        ring.set_meter(used, limit)
        top.addWidget(ring)
        tone = "danger.text" if used > limit else "text.secondary"
        top.addWidget(Label(theme, f"{used}/{limit}", "small", tone))
        column.addLayout(top)
        column.addWidget(Label(theme, text, "body", wraps=True, is_selectable=True))
        column.addSpacing(theme.px(4))
        row.addLayout(column, 1)
        return post
