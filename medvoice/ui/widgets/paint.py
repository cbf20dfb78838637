"""Painted parts that widgets and item delegates share, so that both look the same.

Every function takes (painter, theme, rect, …) in device-independent pixels, restores the painter and
returns nothing; the `…_width` and `…_size` functions use the same geometry.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from medvoice.ui.theme import Theme

TILE_LETTERS = {"linkedin": "in", "x": "X"}
# Ground and text of each kind of pill, banner and badge.
KIND_COLORS = {
    "neutral": ("bg.hover", "text.secondary"),
    "accent": ("accent.soft", "accent.text"),
    "danger": ("danger.soft", "danger.text"),
    "warn": ("warn.soft", "warn.text"),
    "info": ("info.soft", "info.text"),
    "ok": ("ok.soft", "ok.text"),
}
HEXAGON = ((1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87))
TRIANGLE = ((0, -0.9), (1, 0.85), (-1, 0.85))
DIAMOND = ((0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0))


@contextmanager
def saved(painter: QPainter) -> Iterator[QPainter]:
    """The painter with antialiasing, restored afterwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.restore()


def paint_box(
    painter: QPainter,
    theme: Theme,
    rect: QRectF | QRect,
    *,
    fill: str | None = None,
    border: str | None = None,
    radius: float = 8,
    border_px: float = 1,
) -> None:
    """A rounded box; the border lies inside `rect`. With more contrast a tint becomes a border of 2 px in the
    colour of its text."""
    area = QRectF(rect)
    if theme.is_high_contrast:
        if fill is not None and fill.endswith(".soft"):
            fill, border = "bg.surface", border or fill.replace(".soft", ".text")
        elif fill == "bg.selected" and border is None:
            border = "accent.text"
        elif fill == "bg.hover" and border is None and theme.has_system_colors:
            border = "border.control"  # such a theme has one ground only
        border_px = max(border_px, 2)
    with saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        if border is not None:
            painter.setPen(QPen(theme.color(border), border_px))
            area = area.adjusted(border_px / 2, border_px / 2, -border_px / 2, -border_px / 2)
            radius = max(radius - border_px / 2, 0)
        painter.setBrush(theme.color(fill) if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, radius, radius)


def paint_text(
    painter: QPainter,
    theme: Theme,
    rect: QRectF | QRect,
    text: str,
    role: str = "body",
    color: str = "text.primary",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line, vertically centred, cut with "…" when it does not fit. Plain numbers get tabular figures."""
    font = theme.font(role, is_tabular=is_number(text))
    metrics = QFontMetricsF(font)
    with saved(painter):
        painter.setFont(font)
        painter.setPen(theme.color(color))
        shown = text
        if elide != Qt.TextElideMode.ElideNone:
            shown = metrics.elidedText(text, elide, QRectF(rect).width() + 0.5)
        painter.drawText(QRectF(rect), int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def text_width(theme: Theme, text: str, role: str = "body") -> float:
    """Width of one line as `paint_text` draws it."""
    return QFontMetricsF(theme.font(role, is_tabular=is_number(text))).horizontalAdvance(text)


def is_number(text: str) -> bool:
    """Times, meters and counts: digits without words ("08:10", "787 / 3,000")."""
    return text[:1].isdigit() and not any(char.isalpha() for char in text)


# Pills


def pill_size(theme: Theme, icon: str, text: str) -> QSize:
    """Size of a status pill: 24 high, icon 14 and one word, both scaled."""
    icon_part = theme.px(14) + theme.px(5) if icon else 0
    width = theme.px(9) * 2 + icon_part + text_width(theme, text, "smallStrong")
    return QSize(int(width + 1), theme.px("pill"))


def paint_pill(
    painter: QPainter,
    theme: Theme,
    rect: QRectF | QRect,
    kind: str,
    icon: str,
    text: str,
    *,
    is_selected: bool = False,
) -> None:
    """A status pill. `kind`: neutral, accent, danger, warn, info, ok. Pills never elide their word.
    `is_selected`: it lies on a selected row, whose ground an accent would share."""
    ground, ink = KIND_COLORS[kind]
    if is_selected and kind in ("accent", "neutral"):
        ground = "bg.surface"
    area = QRectF(rect)
    paint_box(painter, theme, area, fill=ground, radius=area.height() / 2)
    x = area.x() + theme.px(9)
    if icon:
        side = theme.px(14)
        theme.paint_icon(painter, icon, ink, x, area.center().y() - side / 2, 14)
        x += side + theme.px(5)
    word = QRectF(x, area.y(), area.right() - x, area.height())
    paint_text(painter, theme, word, text, "smallStrong", ink, elide=Qt.TextElideMode.ElideNone)


def topic_chip_size(theme: Theme, name: str) -> QSize:
    width = theme.px(8) * 2 + theme.px(10) + theme.px(6) + text_width(theme, name, "smallStrong")
    return QSize(int(width + 1), theme.px("pill"))


def paint_topic_chip(painter: QPainter, theme: Theme, rect: QRectF | QRect, slot: str, name: str) -> None:
    """A topic chip: shape and name on the soft ground of the slot ("rwe", "io", …)."""
    area = QRectF(rect)
    paint_box(painter, theme, area, fill=f"topic.{slot}.soft", radius=theme.radius("chip"))
    side = theme.px(10)
    x = area.x() + theme.px(8)
    paint_topic_marker(painter, theme, QRectF(x, area.center().y() - side / 2, side, side), slot)
    x += side + theme.px(6)
    word = QRectF(x, area.y(), area.right() - theme.px(6) - x, area.height())
    paint_text(painter, theme, word, name, "smallStrong", f"topic.{slot}.text")


# Small marks


def paint_topic_marker(
    painter: QPainter, theme: Theme, rect: QRectF | QRect, slot: str, ink: str = ""
) -> None:
    """The shape of a topic slot, as large as the square `rect` allows, in the slot's colour or in `ink`."""
    area = QRectF(rect)
    shape = theme.tokens.topic_shape[slot]
    color = theme.color(ink or f"topic.{slot}")
    half = area.width() / 2 * 0.86
    center = area.center()
    with saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if shape == "circle":
            painter.drawEllipse(center, half, half)
        elif shape == "square":
            side = half * 1.8
            painter.drawRoundedRect(QRectF(center.x() - side / 2, center.y() - side / 2, side, side), 1, 1)
        elif shape == "ring":
            pen_px = max(area.width() * 0.2, 2.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, pen_px))
            painter.drawEllipse(center, half - pen_px / 2, half - pen_px / 2)
        else:
            corners = {"hexagon": HEXAGON, "triangle": TRIANGLE, "diamond": DIAMOND}[shape]
            points = [QPointF(center.x() + x * half, center.y() + y * half) for x, y in corners]
            painter.drawPolygon(QPolygonF(points))


def paint_channel_tile(painter: QPainter, theme: Theme, rect: QRectF | QRect, channel: str) -> None:
    """A neutral letter tile ("in", "X"); other channels show their first letter."""
    area = QRectF(rect)
    paint_box(painter, theme, area, fill="text.secondary", radius=min(theme.radius("tile"), area.width() / 4))
    letters = TILE_LETTERS.get(channel, channel[:1].upper())
    font = theme.font("smallStrong")
    font.setPixelSize(max(8, round(area.height() * 0.58)))
    with saved(painter):
        painter.setFont(font)
        painter.setPen(theme.color("bg.surface"))
        painter.drawText(area.adjusted(0, -0.5, 0, -0.5), Qt.AlignmentFlag.AlignCenter, letters)


def badge_size(theme: Theme, text: str) -> QSize:
    height = theme.px(18)
    return QSize(max(height, int(text_width(theme, text, "caption") + theme.px(10))), height)


def paint_count_badge(
    painter: QPainter, theme: Theme, rect: QRectF | QRect, text: str, kind: str = "neutral"
) -> None:
    """A number on a small pill; kind "solid" is the filled danger badge of the rail."""
    area = QRectF(rect)
    ground, ink = ("danger.solid", "bg.surface") if kind == "solid" else KIND_COLORS[kind]
    paint_box(painter, theme, area, fill=ground, radius=area.height() / 2)
    font = theme.font("caption")
    font.setWeight(font.Weight.DemiBold)
    with saved(painter):
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def paint_meter_bar(
    painter: QPainter, theme: Theme, rect: QRectF | QRect, share: float, color: str = "accent.solid"
) -> None:
    """A thin bar; `share` is 0 to 1, more counts as full."""
    area = QRectF(rect)
    if theme.has_system_colors:  # a line: the track would have the colour of the bar
        painter.fillRect(QRectF(area.x(), area.center().y(), area.width(), 1), theme.color("border.default"))
    else:
        paint_box(painter, theme, area, fill="border.default", radius=area.height() / 2)
    share = min(max(share, 0.0), 1.0)
    if share > 0:
        filled = QRectF(area.x(), area.y(), max(area.width() * share, area.height()), area.height())
        paint_box(painter, theme, filled, fill=color, radius=area.height() / 2)


def paint_ring_meter(painter: QPainter, theme: Theme, rect: QRectF | QRect, share: float, color: str) -> None:
    """A ring that fills clockwise from the top; `share` 0 to 1."""
    pen_px = max(QRectF(rect).width() / 7, 2.0)
    area = QRectF(rect).adjusted(pen_px / 2, pen_px / 2, -pen_px / 2, -pen_px / 2)
    with saved(painter):
        painter.setPen(QPen(theme.color("border.default"), pen_px))
        painter.drawEllipse(area)
        pen = QPen(theme.color(color), pen_px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, 90 * 16, -round(min(max(share, 0.0), 1.0) * 360 * 16))


def paint_check_box(
    painter: QPainter, theme: Theme, rect: QRectF | QRect, is_on: bool, is_enabled: bool = True
) -> None:
    """The 18 px box, radius 5, with a tick when on."""
    area = QRectF(rect)
    if is_on:
        fill = "accent.solid" if is_enabled else "text.disabled"
        paint_box(painter, theme, area, fill=fill, radius=5)
        with saved(painter):
            pen = QPen(theme.color("accent.on"), area.width() / 9)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            side = area.width()
            path = QPainterPath(QPointF(area.x() + side * 0.27, area.y() + side * 0.52))
            path.lineTo(area.x() + side * 0.43, area.y() + side * 0.68)
            path.lineTo(area.x() + side * 0.74, area.y() + side * 0.34)
            painter.drawPath(path)
    else:
        border = "border.control" if is_enabled else "border.default"
        paint_box(painter, theme, area, fill="bg.surface", border=border, radius=5, border_px=1.5)


def key_cap_size(theme: Theme, text: str) -> QSize:
    height = theme.px(18)
    return QSize(max(height, int(text_width(theme, text, "caption") + theme.px(10))), height)


def paint_key_cap(painter: QPainter, theme: Theme, rect: QRectF | QRect, text: str) -> None:
    paint_box(painter, theme, rect, fill="bg.surface", border="border.default", radius=theme.radius("key"))
    paint_text(painter, theme, rect, text, "caption", "text.secondary", Qt.AlignmentFlag.AlignHCenter)


def paint_row_focus(painter: QPainter, theme: Theme, rect: QRectF | QRect, radius: float = 8) -> None:
    """The focus ring of item views: 2 px inside the row, inset 1 (look.md 4)."""
    inner = QRectF(rect).adjusted(1, 1, -1, -1)
    paint_box(painter, theme, inner, border="focus.ring", radius=radius, border_px=2)


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """`share` 0 gives `first`, 1 gives `second`."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )
