"""Colours of #tags, @mentions, links and [1] in the editor. Qt calls it for changed blocks only."""

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from medvoice.ui.theme import Theme

# For the eye only: what counts as a tag or link on a network is decided by medvoice.domain.channel.
TOKEN = re.compile(
    r"https?://[^\s<>]+"
    r"|(?<![\w#@/&])[#＃](?=[\w]*[^\W\d_])\w+"
    r"|(?<![\w@.])@\w{1,50}(?:[.]\w+)*"
    r"|\[\d{1,3}\]"
)
MAX_BLOCK = 20_000  # longer paragraphs are pasted data: not worth a pause while typing


class TokenHighlighter(QSyntaxHighlighter):
    """Findings are not its business: their spans come from a worker and are painted by the editor."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._format = QTextCharFormat()
        self._take_colors()
        theme.changed.connect(self._theme_changed)

    def highlightBlock(self, text: str) -> None:
        if len(text) > MAX_BLOCK or not any(sign in text for sign in ("#", "＃", "@", "[", "://")):
            return
        # Python counts code points, Qt UTF-16 units: correct for each character beyond the first plane.
        is_wide = max(text) > "\uffff"
        for match in TOKEN.finditer(text):
            start, length = match.start(), match.end() - match.start()
            if is_wide:
                start += sum(char > "\uffff" for char in text[: match.start()])
                length += sum(char > "\uffff" for char in match.group())
            self.setFormat(start, length, self._format)

    def _take_colors(self) -> None:
        self._format.setForeground(self._theme.color("accent.text"))

    def _theme_changed(self) -> None:
        self._take_colors()
        self.rehighlight()
