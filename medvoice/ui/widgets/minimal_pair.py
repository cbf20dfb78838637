"""Two sentences that differ in little: one that a rule finds, one that it lets pass."""

import html
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Surface


@dataclass(frozen=True, slots=True)
class Pair:
    """`found` with the spans (code points) that the rule marks in it; `passes` is "" where there is none."""

    found: str
    spans: tuple[tuple[int, int], ...] = ()
    passes: str = ""


class MinimalPair(Surface):
    """The pair in a well. Remade by its owner when the colours change."""

    def __init__(self, theme: Theme, pair: Pair) -> None:
        super().__init__("well")
        self.setObjectName("minimal_pair")
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addLayout(self._line("danger", "circle-x", self.tr("Is found"), pair.found, pair.spans))
        if pair.passes:
            column.addLayout(self._line("ok", "circle-check", self.tr("Passes"), pair.passes, ()))
        words = self.tr("Invented sentences, from the tests of this rule.")
        column.addWidget(Label(theme, words, "small", "text.tertiary", wraps=True))

    def _line(
        self, kind: str, icon: str, word: str, text: str, spans: tuple[tuple[int, int], ...]
    ) -> QHBoxLayout:
        theme = self.theme
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, f"{kind}.solid", 15, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(theme, word, "smallStrong", f"{kind}.text"))
        label = QLabel(self._marked(text, spans))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        label.setProperty("tone", "text.primary")
        label.setAccessibleName(f"{word}: {text}")
        words.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return line

    def _marked(self, text: str, spans: tuple[tuple[int, int], ...]) -> str:
        style = f"color:{self.theme.hex('danger.text')};background:{self.theme.hex('danger.soft')}"
        made, at = "", 0
        for start, end in spans:
            made += html.escape(text[at:start])
            made += f'<span style="{style}">{html.escape(text[start:end])}</span>'
            at = end
        return (made + html.escape(text[at:])).replace("\n", "<br>")
