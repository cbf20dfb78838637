"""The margin beside the text: where each post of a thread begins, "2/5", with scissors at a split by hand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_text, text_width

DASH_PX, GAP_PX = 14, 8
NARROWEST_PX = 34


@dataclass(slots=True)
class SplitMark:
    """A post begins at `position` (UTF-16 units of the document). `is_own` when the person put it there."""

    position: int
    label: str
    is_own: bool


class SplitMargin(QWidget):
    """Lies over the editor's left margin and lets the pointer through. UI thread only."""

    def __init__(self, theme: Theme, editor: QTextEdit) -> None:
        super().__init__(editor)
        self.setObjectName("split_margin")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.theme, self._editor = theme, editor
        self.marks: list[SplitMark] = []
        editor.verticalScrollBar().valueChanged.connect(self.update)
        self.follow(editor.document())
        theme.changed.connect(self.update)
        self.hide()

    def follow(self, document: QTextDocument) -> None:
        """Paint again when this document is laid out anew."""
        unique = Qt.ConnectionType.UniqueConnection
        document.documentLayout().update.connect(self._laid_out, unique)

    def _laid_out(self) -> None:
        self.update()

    def show_marks(self, marks: list[SplitMark]) -> None:
        """These posts; none hides the margin."""
        self.marks = marks
        self.setVisible(bool(marks))
        self.place()

    def place(self) -> None:
        """Fit the margin of the editor."""
        left = self._editor.viewport().x()
        self.setGeometry(0, 0, left, self._editor.height())
        self.update()

    def shift(self, position: int, removed: int, added: int) -> None:
        """Marks move with the words; one whose place was deleted goes."""
        kept = []
        for mark in self.marks:
            if mark.position >= position + removed:
                mark.position += added - removed
            elif mark.position > position:
                continue
            kept.append(mark)
        if len(kept) != len(self.marks) or kept:
            self.marks = kept
            self.update()

    def lines(self) -> list[tuple[SplitMark, float]]:
        """Each mark with the height of the middle of its line, in coordinates of the margin."""
        document, view = self._editor.document(), self._editor.viewport()
        layout, scroll = document.documentLayout(), self._editor.verticalScrollBar().value()
        found = []
        for mark in self.marks:
            block = document.findBlock(mark.position)
            if not block.isValid():
                continue
            line = block.layout().lineForTextPosition(mark.position - block.position())
            if line.isValid():
                top = layout.blockBoundingRect(block).top() + line.y() + line.height()
                middle = top - self.theme.line_height("editor") / 2
                found.append((mark, view.y() + middle - scroll))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, right = self.theme, self.width() - self.theme.px(GAP_PX)
        painter = QPainter(self)
        for mark, middle in self.lines():
            if not -20 < middle < self.height() + 20:
                continue
            tone = "accent.text" if mark.is_own else "text.tertiary"
            if mark.is_own and self.width() >= theme.px(NARROWEST_PX + 24):
                theme.paint_icon(painter, "scissors", tone, right - theme.px(46), middle - theme.px(7), 14)
            height = theme.px(18)
            area = QRectF(0, middle - height / 2, right, height)
            label = mark.label
            if text_width(theme, label, "small") > right:  # the margin of a narrow page
                label = label.partition("/")[0]
            paint_text(painter, theme, area, label, "small", tone, Qt.AlignmentFlag.AlignRight)
            pen = QPen(theme.color("border.default" if not mark.is_own else "accent.text"))
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            above = middle - theme.line_height("editor") / 2
            painter.drawLine(QPointF(right - theme.px(DASH_PX), above), QPointF(self.width(), above))
