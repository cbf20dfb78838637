"""Findings as the editor holds them, and how their underlines are drawn (look.md 4, Underlines)."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from medvoice.ui.theme import Theme

# Level of a finding to severity of the tokens.
SEVERITY = {"block": "must", "warn": "check", "advise": "suggestion"}
BELOW_BASELINE = 5.5
WAVE_WIDTH, WAVE_HEIGHT, WAVE_PEN = 3.5, 2.6, 1.6
TINT_ABOVE, TINT_HEIGHT = 17, 23


@dataclass(slots=True)
class Mark:
    """A finding in the text. `start` and `end` are UTF-16 units and move with edits."""

    start: int
    end: int
    level: str
    id: str
    title: str = ""

    @property
    def severity(self) -> str:
        return SEVERITY.get(self.level, "suggestion")


def shift_marks(marks: list[Mark], position: int, removed: int, added: int) -> list[Mark]:
    """The marks after an edit of the text. A mark whose inside was edited is dropped: it speaks of words
    that are no longer there, and the next check will say it anew."""
    kept: list[Mark] = []
    edit_end = position + removed
    for mark in marks:
        if mark.end <= position:
            kept.append(mark)
        elif mark.start >= edit_end:
            mark.start += added - removed
            mark.end += added - removed
            kept.append(mark)
    return kept


def paint_tint(painter: QPainter, theme: Theme, mark: Mark, lines: list[tuple[QRectF, float]]) -> None:
    """The soft ground of must-fix findings; drawn below the text. `lines` are (rect, baseline)."""
    spec = theme.tokens.severity[mark.severity]
    if not spec.get("tint"):
        return
    scale = theme.text_scale
    for rect, baseline in lines:
        tint = QRectF(rect.x(), baseline - TINT_ABOVE * scale, rect.width(), TINT_HEIGHT * scale)
        painter.fillRect(tint, theme.color(f"{spec['color']}.soft"))


def paint_underline(painter: QPainter, theme: Theme, mark: Mark, lines: list[tuple[QRectF, float]]) -> None:
    """Wave, dashes or dots; drawn above the text."""
    spec = theme.tokens.severity[mark.severity]
    pen = QPen(theme.color(f"{spec['color']}.solid"))
    scale = theme.text_scale
    style = spec["underline"]
    for rect, baseline in lines:
        y = baseline + BELOW_BASELINE * scale
        if style == "wave":
            pen.setWidthF(WAVE_PEN)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_wave(rect.left(), rect.right(), y))
            continue
        pen.setWidthF(2)
        is_dash = style == "dash"
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if is_dash else Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([3, 1.5] if is_dash else [0.01, 2])  # in pen widths: 6/3 px, dots each 4 px
        painter.setPen(pen)
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y))


def paint_found(painter: QPainter, theme: Theme, rect: QRectF, baseline: float, *, is_here: bool) -> None:
    """The ground of words that a search found; the present place has a frame. Drawn below the text."""
    scale = theme.text_scale
    box = QRectF(rect.x() - 1, baseline - TINT_ABOVE * scale, rect.width() + 2, TINT_HEIGHT * scale)
    painter.fillRect(box, theme.color("accent.soft"))
    if is_here:
        painter.setPen(QPen(theme.color("accent.solid"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-1, -1, 1, 1))


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    x, is_up = left, True
    while x < right:
        path.quadTo(x + WAVE_WIDTH / 2, y + (-WAVE_HEIGHT if is_up else WAVE_HEIGHT), x + WAVE_WIDTH, y)
        x += WAVE_WIDTH
        is_up = not is_up
    return path
