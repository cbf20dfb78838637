"""The bars of the Topics page: two that are stacked, the share against its target, and the twelve weeks."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, paint_text, paint_topic_marker, saved, text_width
from medvoice.ui.widgets.pill import PaintedMark

BAR_H, ROW_GAP, CAPTION_W = 26, 8, 104
SAY_FROM = 48  # px; a narrower segment has its colour alone (look.md 5)
CELL_W, CELL_H, CELL_STEP = 10, 16, 13.2


class StackedBars(PaintedMark):
    """What was meant above what was done, in the colours of the topics. `show_shares` takes for each bar its
    caption and (slot, name, percent) of each topic."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("topic_bars")
        self.bars: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, bars: Sequence[tuple[str, Sequence[tuple[str, str, int]]]]) -> None:
        self.bars = tuple((caption, tuple(parts)) for caption, parts in bars)
        said = [
            f"{caption}: "
            + (", ".join(f"{name} {n}%" for _, name, n in parts if n) or self.tr("nothing yet"))
            for caption, parts in self.bars
        ]
        self.setAccessibleName(". ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        px = self.theme.px
        return QSize(px(320), 2 * px(BAR_H) + px(ROW_GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.theme.px
        y = 0.0
        for caption, parts in self.bars:
            place = QRectF(0, y, px(CAPTION_W), px(BAR_H))
            paint_text(painter, self.theme, place, caption, "body", "text.secondary")
            left = px(CAPTION_W)
            self._paint_bar(painter, QRectF(left, y, self.width() - left, px(BAR_H)), parts)
            y += px(BAR_H) + px(ROW_GAP)
        painter.end()

    def _paint_bar(self, painter: QPainter, area: QRectF, parts: Sequence[tuple[str, str, int]]) -> None:
        theme, px = self.theme, self.theme.px
        paint_box(painter, theme, area, fill="bg.sunken", radius=theme.radius("chip"))
        shown = [part for part in parts if part[2] > 0]
        whole = max(sum(part[2] for part in shown), 100)
        x = area.x()
        for at, (slot, _name, percent) in enumerate(shown):
            width = area.width() * percent / whole
            is_end = at == len(shown) - 1 and sum(part[2] for part in shown) >= 100
            segment = QRectF(x, area.y(), width - (0 if is_end else 2), area.height())
            with saved(painter):
                painter.setClipRect(segment)
                wide = segment.adjusted(0 if at == 0 else -8, 0, 8 if not is_end else 0, 0)
                paint_box(painter, theme, wide, fill=f"topic.{slot}", radius=theme.radius("chip"))
            said = f"{percent}%"
            if width >= max(px(SAY_FROM), px(8 + 10 + 6 + 6) + text_width(theme, said, "smallStrong")):
                words = QRectF(segment.x() + px(8), segment.y(), segment.width() - px(8), segment.height())
                self._paint_share(painter, words, slot, said)
            x += width

    def _paint_share(self, painter: QPainter, area: QRectF, slot: str, words: str) -> None:
        px = self.theme.px
        side = px(10)
        mark = QRectF(area.x(), area.center().y() - side / 2, side, side)
        paint_topic_marker(painter, self.theme, mark, slot, "accent.on")
        rest = area.adjusted(side + px(6), 0, 0, 0)
        paint_text(painter, self.theme, rest, words, "smallStrong", "accent.on")


def paint_bullet(painter: QPainter, theme: Theme, area: QRectF, slot: str, share: int, target: int) -> None:
    """A share as a bar with its target as an upright mark. The bar's whole length is 40 percent, or what is
    more."""
    px = theme.px
    whole = max(40, share, target)
    middle = area.center().y()
    bar = QRectF(area.x(), middle - px(3), area.width(), px(6))
    paint_box(painter, theme, bar, fill="bg.hover", radius=3)
    if share:
        filled = QRectF(bar.x(), bar.y(), max(bar.width() * share / whole, px(6)), bar.height())
        paint_box(painter, theme, filled, fill=f"topic.{slot}", radius=3)
    if target:
        x = bar.x() + bar.width() * target / whole
        with saved(painter):
            painter.setPen(QPen(theme.color("text.primary"), 2))
            painter.drawLine(QPointF(x, middle - px(7)), QPointF(x, middle + px(7)))


def paint_weeks(painter: QPainter, theme: Theme, area: QRectF, slot: str, weeks: Sequence[bool]) -> None:
    """A cell for each week, filled where it had a post; the present one last."""
    px = theme.px
    y = area.center().y() - px(CELL_H) / 2
    for at, had in enumerate(weeks):
        cell = QRectF(area.x() + at * px(100) * CELL_STEP / 100, y, px(CELL_W), px(CELL_H))
        if had:
            paint_box(painter, theme, cell, fill=f"topic.{slot}", radius=3)
        else:
            paint_box(painter, theme, cell.adjusted(0.5, 0.5, -0.5, -0.5), border="border.default", radius=3)


def weeks_width(theme: Theme, count: int) -> float:
    """How wide so many cells are."""
    return count * theme.px(100) * CELL_STEP / 100
