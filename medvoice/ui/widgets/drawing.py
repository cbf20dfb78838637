"""The small drawings of empty states: a soft shape, grey lines and one line in the accent (look.md 4)."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.paint import paint_box, saved

Spots = Sequence[tuple[float, float]]
WIDTH, HEIGHT = 144, 88


class Drawing(QWidget):
    """144x88. `motif`: page, clock, check, search, calendar, people or chart. Silent to a screen reader:
    the words beside it do."""

    def __init__(self, theme: Theme, motif: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._motif = theme, motif
        self.setFixedSize(WIDTH, HEIGHT)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        with saved(painter):
            {
                "page": self._page,
                "clock": self._clock,
                "check": self._check,
                "search": self._search,
                "calendar": self._calendar,
                "people": self._people,
                "chart": self._chart,
            }[self._motif](painter)

    # Pens

    def _pen(self, painter: QPainter, color: str, width: float, *, is_dotted: bool = False) -> None:
        pen = QPen(self.theme.color(color), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if is_dotted:
            pen.setDashPattern([0.1, 2.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _soft(self, painter: QPainter, area: QRectF, radius: float) -> None:
        paint_box(painter, self.theme, area, fill="accent.soft", radius=radius)

    def _line(
        self, painter: QPainter, spots: Spots, color: str = "border.control", width: float = 1.5
    ) -> None:
        self._pen(painter, color, width)
        painter.drawPolyline([QPointF(x, y) for x, y in spots])

    def _accent(self, painter: QPainter, spots: Spots) -> None:
        self._line(painter, spots, "accent.text", 2)

    def _ring(
        self, painter: QPainter, x: float, y: float, radius: float, color: str = "border.control"
    ) -> None:
        self._pen(painter, color, 2 if color == "accent.text" else 1.5)
        painter.setBrush(self.theme.color("bg.surface"))
        painter.drawEllipse(QPointF(x, y), radius, radius)

    # Motifs

    def _page(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(34, 14, 76, 60), 9)
        for y, right in ((32, 90), (44, 98), (56, 67)):
            self._line(painter, ((46, y), (right, y)))
        pencil = ((78, 66), (76, 74), (84, 72), (106, 50), (100, 44), (78, 66))
        self._pen(painter, "accent.text", 2)
        painter.setBrush(self.theme.color("bg.surface"))
        painter.drawPolygon([QPointF(x, y) for x, y in pencil])

    def _bars(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(30, 20, 84, 16), 8)
        self._line(painter, ((40, 28), (76, 28)))
        self._pen(painter, "border.control", 1.5)
        painter.drawRoundedRect(QRectF(30, 46, 84, 16), 8, 8)

    def _check(self, painter: QPainter) -> None:
        self._bars(painter)
        self._accent(painter, ((94, 58), (103, 67), (118, 49)))

    def _clock(self, painter: QPainter) -> None:
        self._bars(painter)
        self._ring(painter, 106, 54, 15, "accent.text")
        self._accent(painter, ((106, 45), (106, 54), (112, 58)))

    def _search(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(44, 14, 56, 56), 28)
        self._pen(painter, "accent.text", 2)
        painter.drawEllipse(QPointF(72, 42), 20, 20)
        self._line(painter, ((64, 42), (80, 42)))
        self._accent(painter, ((87, 57), (102, 74)))

    def _calendar(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(30, 15, 84, 58), 8)
        for y in (31, 52):
            self._line(painter, ((30, y), (114, y)))
        for x in (51, 72, 93):
            self._line(painter, ((x, 31), (x, 73)))
        self._accent(painter, ((77, 41), (88, 41)))
        self._ring(painter, 61.5, 62.5, 4, "accent.text")

    def _people(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(42, 14, 60, 60), 30)
        for x, y in ((38, 26), (108, 30), (98, 71)):
            self._line(painter, ((72, 44), (x, y)))
            self._ring(painter, x, y, 6)
        self._ring(painter, 72, 44, 9, "accent.text")

    def _chart(self, painter: QPainter) -> None:
        self._soft(painter, QRectF(30, 14, 84, 60), 8)
        self._line(painter, ((40, 64), (104, 64)))
        self._pen(painter, "accent.text", 2.5, is_dotted=True)
        painter.drawPolyline([QPointF(x, y) for x, y in ((44, 56), (60, 48), (74, 51), (86, 38), (102, 29))])
