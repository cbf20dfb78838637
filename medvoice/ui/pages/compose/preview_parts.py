"""Marks of the preview: the person's initials, the fold, and the row of what readers can do."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, paint_text, text_width
from medvoice.ui.widgets.pill import PaintedMark


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
        self.words = words
        self.setObjectName("fold_line")
        self.setAccessibleName(words)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setFont(theme.font("small"))
        width = painter.fontMetrics().horizontalAdvance(self.words) + 2 * theme.px(8)
        left, middle = (self.width() - width) / 2, self.height() // 2
        painter.setPen(theme.color("text.secondary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        painter.setPen(QPen(theme.color("border.control"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(0, middle, int(left), middle)
        painter.drawLine(int(left + width), middle, self.width(), middle)


class ReaderRow(PaintedMark):
    """Like, Comment, Repost, Send, as they will stand below the post. Nothing here can be clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._entries = (
            ("thumbs-up", self.tr("Like")),
            ("message-square", self.tr("Comment")),
            ("repeat-2", self.tr("Repost")),
            ("send", self.tr("Send")),
        )
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        icon, gap = theme.px(14), theme.px(6)
        widths = [icon + gap + text_width(theme, words, "small") for _, words in self._entries]
        has_words = sum(widths) + 3 * gap < self.width()
        if not has_words:
            widths = [float(icon)] * len(self._entries)
        between = (self.width() - sum(widths)) / len(self._entries)
        x = between / 2
        for (name, words), width in zip(self._entries, widths, strict=True):
            theme.paint_icon(painter, name, "text.secondary", x, (self.height() - icon) / 2, 14)
            if has_words:
                area = QRectF(x + icon + gap, 0, width - icon - gap + 2, self.height())
                paint_text(painter, theme, area, words, "small", "text.secondary")
            x += width + between
