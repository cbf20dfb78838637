"""Cards and bands as month and week paint them (look.md 4, "Calendar card" and "Bands")."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout

from medvoice.ui.models.calendar_data import Card, embargo_end
from medvoice.ui.models.calendar_hours import HoursKind, free_title, free_words
from medvoice.ui.models.calendar_zones import There
from medvoice.ui.pages.calendar.geometry import MARKER, Placed, title_place
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import (
    paint_box,
    paint_channel_tile,
    paint_row_focus,
    paint_text,
    paint_topic_marker,
    saved,
    text_width,
)

if TYPE_CHECKING:
    from medvoice.services.planning import Band

BAR_W, TILE, ICON = 3, 16, 14
HATCH_STEP = 7
ICON_INKS = {"danger": "danger.text", "warn": "warn.text", "ok": "ok.text"}


def inks(card: Card) -> tuple[str, str, str]:
    """Ground, text and bar of a card."""
    if not card.slot:
        return "bg.hover", "text.primary", "border.control"
    return f"topic.{card.slot}.soft", f"topic.{card.slot}.text", f"topic.{card.slot}"


def paint_card(
    painter: QPainter,
    theme: Theme,
    placed: Placed,
    *,
    is_faded: bool = False,
    is_current: bool = False,
) -> None:
    """A card at its place. Drafts stand on the page's ground with a border and a dashed bar."""
    rect, card = placed.rect, placed.card
    ground, ink, bar = inks(card)
    with saved(painter):
        painter.setOpacity(0.45 if is_faded else 1.0)
        radius = theme.radius("chip")
        if card.is_draft:
            paint_box(painter, theme, rect, fill="bg.surface", border="border.control", radius=radius)
        else:
            paint_box(painter, theme, rect, fill=ground, radius=radius)
        _paint_bar(painter, theme, rect, bar, is_dashed=card.is_draft)
        foot = _paint_words(painter, theme, placed, ink)
        below = QRectF(rect.x() + theme.px(8), foot.bottom() - 1, rect.width() - theme.px(14), foot.height())
        if card.there is not None:
            _paint_there(painter, theme, foot, below if placed.has_there else None, card.there)
        if placed.has_word:
            _paint_state(painter, theme, below.translated(0, 2), card)
    if is_current:
        # Around the card, so that its last line stays clear.
        paint_row_focus(painter, theme, rect.adjusted(-3, -3, 3, 3), radius=theme.radius("chip") + 3)


def _paint_bar(painter: QPainter, theme: Theme, rect: QRectF, ink: str, *, is_dashed: bool) -> None:
    x = rect.x() + 1.5
    pen = QPen(theme.color(ink), BAR_W, Qt.PenStyle.CustomDashLine if is_dashed else Qt.PenStyle.SolidLine)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if is_dashed:
        pen.setDashPattern([1.0, 1.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, rect.y() + 2), QPointF(x, rect.bottom() - 2))


def _paint_words(painter: QPainter, theme: Theme, placed: Placed, ink: str) -> QRectF:
    """Title and foot; what is left of the foot."""
    px, rect, card = theme.px, placed.rect, placed.card
    if card.slot:
        marker = QRectF(rect.x() + px(8), rect.y() + px(7), px(MARKER), px(MARKER))
        paint_topic_marker(painter, theme, marker, card.slot)
    words = title_place(theme, card, rect)
    line_h = theme.line_height("smallStrong")
    lines = wrap(theme, card.title, words.width(), 2 if placed.has_two_lines else 1)
    for at, line in enumerate(lines):
        line_rect = QRectF(words.x(), words.y() + at * line_h, words.width(), line_h)
        paint_text(painter, theme, line_rect, line, "smallStrong", ink)
    below = words.y() + len(lines) * line_h + px(1)
    foot = QRectF(rect.x() + px(8), below, rect.width() - px(14), px(16))
    return _paint_foot(painter, theme, foot, card, has_icon=not placed.has_word)


def _paint_foot(painter: QPainter, theme: Theme, foot: QRectF, card: Card, *, has_icon: bool) -> QRectF:
    """Tiles, time and the icon of its state; what is left between time and icon."""
    px = theme.px
    x, side = foot.x(), px(TILE)
    icon = px(ICON) if has_icon else 0
    needed = text_width(theme, card.time, "small")
    for channel in card.entry.channels:
        if x + side + px(4) + needed > foot.right() - icon:
            break  # the time comes before the networks
        paint_channel_tile(painter, theme, QRectF(x, foot.center().y() - side / 2, side, side), channel)
        x += side + px(4)
    width = foot.right() - icon - x
    if needed <= width:
        paint_text(
            painter, theme, QRectF(x, foot.y(), width, foot.height()), card.time, "small", "text.secondary"
        )
    if has_icon:
        ink = ICON_INKS.get(card.kind, "text.secondary")
        theme.paint_icon(painter, card.icon, ink, foot.right() - icon, foot.center().y() - icon / 2, ICON)
    left = x + needed
    return QRectF(left, foot.y(), foot.right() - icon - px(4) - left, foot.height())


def _paint_there(painter: QPainter, theme: Theme, rest: QRectF, below: QRectF | None, there: There) -> None:
    """The readers' time: in a line of its own, else after the time where it has room, else not."""
    for words in (there.words, there.short):
        said, place = (words, below) if below is not None else (f", {words}", rest)
        if text_width(theme, said, "small") <= place.width():
            paint_text(painter, theme, place, said, "small", "text.secondary")
            return


def _paint_state(painter: QPainter, theme: Theme, place: QRectF, card: Card) -> None:
    """Icon and word of its state."""
    px, ink = theme.px, ICON_INKS.get(card.kind, "text.secondary")
    theme.paint_icon(painter, card.icon, ink, place.x() + 1, place.center().y() - px(7), ICON)
    word = QRectF(place.x() + px(20), place.y(), place.width() - px(20), place.height())
    paint_text(painter, theme, word, card.word, "small", ink)


def paint_more(painter: QPainter, theme: Theme, place: QRectF, count: int) -> None:
    """How many more there are, beside a card."""
    paint_box(painter, theme, place, fill="bg.hover", radius=theme.radius("chip"))
    middle = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, theme, place, f"+{count}", "smallStrong", "accent.text", align=middle)


def paint_free(painter: QPainter, theme: Theme, rect: QRectF, kind: HoursKind, wall: str) -> None:
    """A free time of the person's: a dashed box with what it is and when."""
    px = theme.px
    with saved(painter):
        pen = QPen(theme.color("accent.text"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(theme.color("bg.surface"))
        radius = theme.radius("chip")
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    words = QRectF(rect.x() + px(8), rect.y() + px(4), rect.width() - px(14), px(17))
    title = fitting(theme, words.width(), "smallStrong", free_title(kind), free_title(""))
    paint_text(painter, theme, words, title, "smallStrong", "accent.text")
    when = fitting(theme, words.width(), "small", free_words(wall), wall[11:16])
    paint_text(painter, theme, words.translated(0, px(17)), when, "small", "accent.text")


def paint_suggestion(painter: QPainter, theme: Theme, rect: QRectF, topic: str, clock: str) -> None:
    """A topic that is missing and the time suggested for it: an outline with sparkles, no ground."""
    if rect.isEmpty():
        return
    px = theme.px
    paint_box(painter, theme, rect, border="border.control", radius=theme.radius("chip"))
    theme.paint_icon(painter, "sparkles", "accent.text", rect.x() + px(7), rect.y() + px(5), 12)
    title = QRectF(rect.x() + px(23), rect.y() + px(3), rect.width() - px(29), px(16))
    words = QCoreApplication.translate("calendar", "Gap: {topic}").format(topic=topic)
    paint_text(painter, theme, title, words, "smallStrong")
    line = QRectF(rect.x() + px(8), rect.y() + px(19), rect.width() - px(14), px(16))
    said = QCoreApplication.translate("calendar", "Suggested {time}").format(time=clock)
    paint_text(
        painter, theme, line, fitting(theme, line.width(), "small", said, clock), "small", "text.secondary"
    )


def fitting(theme: Theme, width: float, role: str, *texts: str) -> str:
    """The first of several ways to say something, longest first, that fits; the last where none does."""
    return next((text for text in texts if text_width(theme, text, role) <= width), texts[-1])


def wrap(theme: Theme, text: str, width: float, most: int) -> list[str]:
    """The text in at most so many lines; the last one is left to be cut with "…"."""
    font = theme.font("smallStrong")
    if most == 1 or QFontMetricsF(font).horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(width, 1))
    cut = line.textLength()
    layout.endLayout()
    rest = text[cut:].strip()
    return [text[:cut].rstrip(), rest] if rest else [text]


def band_words(band: "Band", zone: str) -> str:
    """What stands in a band."""
    if band.kind == "congress":
        return band.title
    if band.until is None:
        return QCoreApplication.translate("calendar", "Embargo, end not known")
    return QCoreApplication.translate("calendar", "Embargo until {time}").format(time=embargo_end(band, zone))


def paint_band(painter: QPainter, theme: Theme, rect: QRectF, band: "Band", zone: str) -> None:
    """A congress as a filled band with a pin, an embargo as a hatched one with a lock."""
    radius = theme.radius("tile")
    is_congress = band.kind == "congress"
    icon, ink = ("map-pin", "congress.text") if is_congress else ("lock", "text.primary")
    if is_congress:
        paint_box(painter, theme, rect, fill="congress.bg", radius=radius)
    else:
        paint_box(painter, theme, rect, fill="embargo.bg", border="embargo.hatch", radius=radius)
        paint_hatch(painter, theme, rect.adjusted(1, 1, -1, -1))
    side = theme.px(12)
    x = rect.x() + theme.px(7)
    words = band_words(band, zone)
    if not is_congress:
        # The words stand on plain ground, so that the hatch does not cross them.
        width = min(text_width(theme, words, "smallStrong") + side + theme.px(18), rect.width() - 4)
        plain = QRectF(rect.x() + 2, rect.y() + 2, width, rect.height() - 4)
        paint_box(painter, theme, plain, fill="embargo.bg", radius=radius - 1)
    theme.paint_icon(painter, icon, ink, x, rect.center().y() - side / 2, 12)
    x += side + theme.px(5)
    place = QRectF(x, rect.y(), rect.right() - theme.px(4) - x, rect.height())
    shorter = (embargo_end(band, zone),) if band.until is not None else ()
    words = fitting(theme, place.width(), "smallStrong", words, *shorter)
    paint_text(painter, theme, place, words, "smallStrong", ink)


def paint_lines(painter: QPainter, theme: Theme, cell: QRectF) -> None:
    """The thin lines at the right and lower edge of a cell."""
    ink = theme.color("border.subtle")
    painter.fillRect(QRectF(cell.right() - 1, cell.y(), 1, cell.height()), ink)
    painter.fillRect(QRectF(cell.x(), cell.bottom() - 1, cell.width(), 1), ink)


def paint_hatch(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """Slanted lines over an area."""
    with saved(painter):
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(theme.color("embargo.hatch"), 1))
        step = theme.px(HATCH_STEP)
        x = rect.x() - rect.height()
        while x < rect.right():
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.y()))
            x += step
