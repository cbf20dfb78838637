"""What was a breach and what was none: a ruling in our words, and two sentences that differ in little."""

import html
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a ruling: `word` ("Was a breach"), what it was about, and whose ruling of when."""

    word: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """`found` with the spans (code points) that the rule marks in it; `passes` is "" where there is none, and
    so is `found`. `breach` and `passed` are the sides of a ruling, or of two."""

    found: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    passes: str = ""
    breach: Side | None = None
    passed: Side | None = None


class MinimalPair(Surface):
    """The pair in a well. Remade by its owner when the colours change."""

    def __init__(self, theme: Theme, pair: Pair) -> None:
        super().__init__("well")
        self.setObjectName("minimal_pair")
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(8))
        if pair.breach is not None:
            column.addLayout(self._side("danger", "circle-x", pair.breach))
        if pair.passed is not None:
            column.addLayout(self._side("ok", "circle-check", pair.passed))
        if not pair.found:
            return
        words = self.tr("How the rule reads it, in invented sentences")
        column.addWidget(Label(theme, words, "small", "text.tertiary", wraps=True))
        column.addLayout(self._line("danger", "circle-x", self.tr("Is found"), pair.found, pair.spans))
        if pair.passes:
            column.addLayout(self._line("ok", "circle-check", self.tr("Passes"), pair.passes, ()))

    def _side(self, kind: str, icon: str, side: Side) -> QHBoxLayout:
        theme = self.theme
        line, words = self._row(kind, icon, side.word)
        text = Label(theme, side.text, "body", wraps=True, is_selectable=True)
        text.setAccessibleName(f"{side.word}: {side.text} {side.source}")
        words.addWidget(text)
        words.addWidget(Label(theme, side.source, "small", "text.tertiary", wraps=True, is_selectable=True))
        return line

    def _line(
        self, kind: str, icon: str, word: str, text: str, spans: tuple[tuple[int, int], ...]
    ) -> QHBoxLayout:
        theme = self.theme
        line, words = self._row(kind, icon, word)
        label = QLabel(self._marked(text, spans))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        label.setProperty("tone", "text.primary")
        label.setAccessibleName(f"{word}: {text}")
        words.addWidget(label)
        return line

    def _row(self, kind: str, icon: str, word: str) -> tuple[QHBoxLayout, QVBoxLayout]:
        """A mark and a word, with room for more below the word."""
        theme = self.theme
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, f"{kind}.solid", 15, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(theme, word, "smallStrong", f"{kind}.text"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return line, words

    def _marked(self, text: str, spans: tuple[tuple[int, int], ...]) -> str:
        style = f"color:{self.theme.hex('danger.text')};background:{self.theme.hex('danger.soft')}"
        made, at = "", 0
        for start, end in spans:
            made += html.escape(text[at:start])
            made += f'<span style="{style}">{html.escape(text[start:end])}</span>'
            at = end
        return (made + html.escape(text[at:])).replace("\n", "<br>")
