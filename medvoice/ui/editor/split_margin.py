"""The margin beside the text: where each post of a thread begins, "2/5", with scissors at a split by hand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from medvoice.ui.theme import Theme

DASH_PX, GAP_PX, CLOSE_GAP_PX = 14, 8, 3
SMALLEST_PX = 12  # no text on the screen is smaller
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
        theme, painter = self.theme, QPainter(self)
        font, right = self._font()
        painter.setFont(font)
        for mark, middle in self.lines():
            half = theme.px(18) / 2
            if not half <= middle <= self.height() - half:
                continue  # cut by the edge it could be taken for another number
            tone = "accent.text" if mark.is_own else "text.tertiary"
            if mark.is_own and self.width() >= theme.px(NARROWEST_PX + 24):
                theme.paint_icon(painter, "scissors", tone, right - theme.px(46), middle - theme.px(7), 14)
            area = QRectF(0, middle - half, right, 2 * half)
            painter.setPen(theme.color(tone))
            place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, int(place), mark.label)
            pen = QPen(theme.color("border.default" if not mark.is_own else "accent.text"))
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            above = middle - theme.line_height("editor") / 2
            painter.drawLine(QPointF(right - theme.px(DASH_PX), above), QPointF(self.width(), above))

    def _font(self) -> tuple[QFont, float]:
        """In which the longest label fits beside the text, and where it ends: a narrow page has a margin that
        does not grow with the text size."""
        font = self.theme.font("small")
        longest = max((mark.label for mark in self.marks), key=len, default="")
        for gap in (self.theme.px(GAP_PX), CLOSE_GAP_PX):
            right = self.width() - gap
            for size in range(font.pixelSize(), SMALLEST_PX - 1, -1):
                font.setPixelSize(size)
                if QFontMetricsF(font).horizontalAdvance(longest) <= right:
                    return font, right
            font = self.theme.font("small")
        font.setPixelSize(SMALLEST_PX)
        return font, self.width() - CLOSE_GAP_PX
