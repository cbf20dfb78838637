"""The words of a post as a network shows them: its line breaks, each line in its own direction, emoji from
the system, links and tags in the colour of links."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy

from medvoice.ui.editor.spans import SpanMap
from medvoice.ui.theme import Theme

Spans = Sequence[tuple[int, int]]
MORE_LINK = "more"
# What Qt itself writes for an empty line; it holds no sign.
EMPTY = '<p style="-qt-paragraph-type:empty;margin:0"><br></p>'


class PostText(QLabel):
    """Shows `text`, from which selections copy plain text. `links` are spans in code points. With `more`
    ("…more") that word stands at the end and asks by `more_clicked`."""

    more_clicked = Signal()

    def __init__(
        self, theme: Theme, text: str, links: Spans = (), *, more: str = "", tone: str = "text.primary"
    ) -> None:
        super().__init__()
        self.theme = theme
        self._plain, self._links, self._more = text, links, more
        self._place: int | None = None
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("tone", tone)
        self.setFont(theme.font("body"))
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        self.setTextInteractionFlags(flags)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.linkActivated.connect(lambda _link: self.more_clicked.emit())
        self.set_words(text, links)

    def set_words(self, text: str, links: Spans = ()) -> None:
        """Show other words in its place."""
        self._plain, self._links = text, links
        self.setAccessibleName(text + (f" {self._more}" if self._more else ""))
        self.setText(self._markup())

    def plain_text(self) -> str:
        """The words without the mark for more."""
        return self._plain

    def _markup(self) -> str:
        color = self.theme.hex("accent.text")
        lines: list[str] = []
        offset = 0
        for line in self._plain.split("\n"):
            end = offset + len(line)
            made, at = "", offset
            for start, stop in sorted(self._links):
                if start >= end or stop <= offset or start < at:
                    continue
                made += html.escape(self._plain[at:start])
                made += (
                    f'<span style="color:{color}">{html.escape(self._plain[start : min(stop, end)])}</span>'
                )
                at = min(stop, end)
            lines.append(made + html.escape(self._plain[at:end]))
            offset = end + 1
        if self._more:
            muted = self.theme.hex("text.secondary")
            style = f"color:{muted};text-decoration:none"
            lines[-1] += f'<a href="{MORE_LINK}" style="{style}">{html.escape(self._more)}</a>'
        style = "margin:0;white-space:pre-wrap"
        return "".join(f'<p style="{style}">{line}</p>' if line else EMPTY for line in lines)

    # Where a word lies, for splits that are dragged

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setHtml(self.text())
        document.setTextWidth(self.width())
        return document

    def code_point_at(self, point: QPoint) -> int:
        """The place in the text nearest to a point of the widget."""
        document = self._document()
        at = document.documentLayout().hitTest(QPointF(point), Qt.HitTestAccuracy.FuzzyHit)
        return min(SpanMap(self._plain).to_code_point(max(at, 0)), len(self._plain))

    def show_place(self, place: int | None) -> None:
        """Draw a mark before the word at `place` (code points), None for no mark."""
        if place != self._place:
            self._place = place
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._place is None:
            return
        document = self._document()
        line, column = self._line_of(self._place)
        block = document.findBlockByNumber(line)
        layout = block.layout()
        text_line = layout.lineForTextPosition(column)
        if not text_line.isValid():
            return
        x, _ = text_line.cursorToX(column)  # pyright: ignore[reportGeneralTypeIssues]
        top = document.documentLayout().blockBoundingRect(block).top() + text_line.y()
        painter = QPainter(self)
        painter.setPen(QPen(self.theme.color("accent.solid"), 2))
        painter.drawLine(QPointF(x, top), QPointF(x, top + text_line.height()))

    def _line_of(self, place: int) -> tuple[int, int]:
        """Line and UTF-16 column of a place."""
        before = self._plain[:place]
        line = before.count("\n")
        column = before.rsplit("\n", 1)[-1]
        return line, len(column.encode("utf-16-le")) // 2
