"""How a row of the draft list looks: a head, a draft, a draft with found words, a draft on its way."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from medvoice.ui.pages.compose.draft_model import DraftModel
from medvoice.ui.pages.compose.rows import ListedDraft, when_words
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
)

# As medvoice.store.draft_shelf writes them.
FOUND_START, FOUND_END = "\x02", "\x03"
ELLIPSIS = "…"


class DraftPainter:
    """The same geometry at every device pixel ratio. The view says what is selected, hovered and focused:
    loading the style's enumerations for it costs a start its time."""

    def __init__(self, theme: Theme, model: DraftModel) -> None:
        self.theme, self.model = theme, model

    def paint(
        self, painter: QPainter, area: QRectF, at: int, *, is_selected: bool, is_hovered: bool, has_ring: bool
    ) -> None:
        """One row of the model in `area`."""
        if self.model.is_head(at):
            self._paint_head(painter, area, self.model.head_words(at))
            return
        theme, item = self.theme, self.model.row_at(at)
        box = area.adjusted(theme.px(8), 0, -theme.px(7), 0)
        if is_selected:
            paint_box(painter, theme, box, fill="bg.surface", border="border.default", radius=8)
        elif is_hovered:
            paint_box(painter, theme, box, fill="bg.hover", radius=8)
        if has_ring:
            paint_row_focus(painter, theme, box)
        if item is None:
            self.model.want(at)
            self._paint_bars(painter, box)
        else:
            self._paint_row(painter, box, item)

    def _paint_head(self, painter: QPainter, area: QRectF, head: tuple[str, str]) -> None:
        inner = area.adjusted(self.theme.px(20), self.theme.px(8), -self.theme.px(20), 0)
        paint_text(painter, self.theme, inner, head[0], "smallStrong", "text.tertiary")
        right = Qt.AlignmentFlag.AlignRight
        paint_text(painter, self.theme, inner, head[1], "smallStrong", "text.tertiary", right)

    def _paint_bars(self, painter: QPainter, box: QRectF) -> None:
        """Where the words will be."""
        px = self.theme.px
        for top, share in ((14, 0.55), (34, 0.8), (54, 0.3)):
            bar = QRectF(box.left() + px(12), box.top() + px(top), (box.width() - px(24)) * share, px(8))
            paint_box(painter, self.theme, bar, fill="bg.hover", radius=4)

    def _paint_row(self, painter: QPainter, box: QRectF, item: ListedDraft) -> None:
        theme, px = self.theme, self.theme.px
        left, right = box.left() + px(12), box.right() - px(12)
        line = px(20)
        top = box.top() + px(10)
        x = left
        if item.slot:
            paint_topic_marker(painter, theme, QRectF(x, top + px(5), px(10), px(10)), item.slot)
            x += px(18)
        theme.paint_icon(painter, item.icon, item.tone, right - px(15), top + px(2), 15)
        title = item.row.title or item.row.first_line or self.model.tr("Untitled")
        first = item.row.first_line
        if item.found is not None:
            title, first = item.found.title or title, item.found.snippet
        paint_found(painter, theme, QRectF(x, top, right - px(22) - x, line), title, "bodyStrong")
        words = QRectF(left, top + line + px(1), right - left, px(18))
        paint_found(painter, theme, words, first, "small", "text.secondary")
        below = top + line + px(21)
        x = left
        for channel in item.row.channels:
            paint_channel_tile(painter, theme, QRectF(x, below + px(1), px(16), px(16)), channel)
            x += px(22)
        when = QRectF(x, below, right - x, px(18))
        paint_text(painter, theme, when, when_words(item.row, self.model.now), "small", "text.tertiary")


def paint_found(
    painter: QPainter, theme: Theme, area: QRectF, text: str, role: str, color: str = "text.primary"
) -> None:
    """One line with a ground behind the words between FOUND_START and FOUND_END, cut with "…"."""
    if FOUND_START not in text:
        paint_text(painter, theme, area, text, role, color)
        return
    metrics = QFontMetricsF(theme.font(role))
    x = area.left()
    for part in text.split(FOUND_START):
        found, mark, rest = part.partition(FOUND_END)
        pieces = ((found, True), (rest, False)) if mark else ((part, False),)
        for words, is_found in pieces:
            room = area.right() - x
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(shown)
            if is_found and shown not in ("", ELLIPSIS):
                ground = QRectF(x - 1, area.top() + 1, width + 2, area.height() - 2)
                paint_box(painter, theme, ground, fill="accent.soft", radius=3)
            ink = "accent.text" if is_found else color
            piece = QRectF(x, area.top(), width + 1, area.height())
            paint_text(painter, theme, piece, shown, role, ink, elide=Qt.TextElideMode.ElideNone)
            x += width
            if shown != words or x >= area.right() - 1:
                return
