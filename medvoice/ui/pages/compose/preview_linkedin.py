"""The post as a card of LinkedIn's feed, with the place where it folds."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from medvoice.ui.pages.compose.fold import FORMS, LINES, fold_at
from medvoice.ui.pages.compose.post_text import PostText
from medvoice.ui.pages.compose.preview_parts import Avatar, FoldLine, ReaderRow
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule, Surface
from medvoice.ui.widgets.button import Button

REST = 160


@dataclass(frozen=True, slots=True)
class Author:
    """Who posts, and when, as words."""

    name: str
    role: str
    time: str


class LinkedInCard(Surface):
    """`text` as the feed shows it to who scrolls by, or whole. `toggled()` for "…more" and its like."""

    toggled = Signal()

    def __init__(
        self,
        theme: Theme,
        author: Author,
        text: str,
        links: Sequence[tuple[int, int]],
        *,
        form: str,
        is_whole: bool,
    ) -> None:
        super().__init__("card")
        self.theme = theme
        self.setObjectName("linkedin_card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(14), theme.px(14), theme.px(8))
        column.setSpacing(theme.px(10))
        column.addLayout(self._who(author))
        self.fold = fold_at(text, FORMS[form], theme.font("body"))
        if not text:
            column.addWidget(Label(theme, self.tr("No text yet"), "body", "text.tertiary"))
        elif self.fold >= len(text):
            column.addWidget(self._words(text, links))
        else:
            self._add_folded(column, text, links, is_whole)
        column.addWidget(Rule())
        column.addWidget(ReaderRow(theme))

    def _who(self, author: Author) -> QHBoxLayout:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(Avatar(theme, author.name, 40), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, author.name, "bodyStrong", wraps=True))
        if author.role:
            words.addWidget(Label(theme, author.role, "small", "text.secondary", wraps=True))
        when = QHBoxLayout()
        when.setSpacing(theme.px(5))
        when.addWidget(Label(theme, f"{author.time} ·", "small", "text.tertiary"))
        globe = QLabel()
        globe.setPixmap(theme.pixmap("globe", "text.tertiary", 12, self.devicePixelRatioF()))
        globe.setAccessibleName(self.tr("Anyone can read it"))
        when.addWidget(globe)
        when.addStretch(1)
        words.addLayout(when)
        row.addLayout(words, 1)
        return row

    def _words(self, text: str, links: Sequence[tuple[int, int]], more: str = "", tone: str = "") -> PostText:
        words = PostText(self.theme, text, links, more=more, tone=tone or "text.primary")
        words.more_clicked.connect(self.toggled)
        return words

    def _add_folded(
        self, column: QVBoxLayout, text: str, links: Sequence[tuple[int, int]], is_whole: bool
    ) -> None:
        theme, fold = self.theme, self.fold
        if is_whole:
            column.addWidget(self._words(text, links))
            self._add_toggle(column, self.tr("Show as in the feed"))
            return
        # "…more" stands on the last line shown, not on one below it.
        head = self._words(text[:fold].rstrip(" ").removesuffix("\n"), links, self.tr("…more"))
        head.setObjectName("above_fold")
        column.addWidget(head)
        words = self.tr("Fold after {lines} lines, {n} characters").format(lines=LINES, n=fold)
        line = FoldLine(theme, words)
        line.setToolTip(
            self.tr("An estimate: LinkedIn does not say where it folds, and letters differ between devices.")
        )
        column.addWidget(line)
        rest = text[fold:].lstrip()
        start = len(text) - len(rest)
        kept = rest if len(rest) <= REST else " ".join(rest[:REST].split(" ")[:-1]).rstrip() or rest[:REST]
        shown = kept if kept == rest else f"{kept} …"
        reach = start + len(kept)
        moved = [(max(low, start) - start, min(high, reach) - start) for low, high in links]
        inside = [(low, high) for low, high in moved if low < high]
        tail = self._words(shown, inside, tone="text.secondary")
        tail.setObjectName("below_fold")
        column.addWidget(tail)
        self._add_toggle(column, self.tr("Show whole post"))

    def _add_toggle(self, column: QVBoxLayout, words: str) -> None:
        button = Button(self.theme, words, kind="link", size="small")
        button.setObjectName("show_whole")
        button.set_flush()
        button.clicked.connect(self.toggled)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
