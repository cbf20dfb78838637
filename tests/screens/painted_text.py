"""What a window really writes: each run of text with its place, its colour and the widget that drew it.

Every visible widget is drawn once more onto a device that keeps text and forgets the rest, so words that a
widget or a delegate paints itself are seen as well as labels.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QPaintDevice, QPaintEngine, QPainter, QPen, QRegion, QTextItem, QTransform
from PySide6.QtWidgets import QWidget

METRIC = QPaintDevice.PaintDeviceMetric
DIRTY = QPaintEngine.DirtyFlag


@dataclass(frozen=True, slots=True)
class Painted:
    """`place` is the ink's box in pixels of the widget; `ink` "#rrggbb"; `size_px` the font's height."""

    words: str
    place: QRectF
    ink: str
    size_px: int
    weight: int
    widget: QWidget

    def in_window(self, window: QWidget) -> QRectF:
        """The same box in pixels of the window."""
        corner = self.widget.mapTo(window, QPoint(0, 0))
        return self.place.translated(QPointF(corner))


class TextEngine(QPaintEngine):
    """Keeps text items, ignores every shape."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found: list[tuple[str, QRectF, str, int, int]] = []
        self._pen, self._transform = QPen(), QTransform()

    def begin(self, _device: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: Any) -> None:
        if state.state() & DIRTY.DirtyPen:
            self._pen = state.pen()
        if state.state() & DIRTY.DirtyTransform:
            self._transform = state.transform()

    def drawTextItem(self, point: QPointF, item: QTextItem) -> None:
        if not item.text().strip():
            return
        at, font = self._transform.map(point), item.font()
        # Nearly all letters stay within these; ascent and descent hold accents and room between lines.
        box = QRectF(
            at.x(), at.y() - 0.75 * item.ascent(), item.width(), 0.75 * item.ascent() + 0.5 * item.descent()
        )
        self.found.append((item.text(), box, self._pen.color().name(), font.pixelSize(), int(font.weight())))

    def drawPixmap(self, *_what: object) -> None: ...

    def drawPath(self, *_what: object) -> None: ...

    def drawPolygon(self, *_what: object) -> None: ...

    def drawRects(self, *_what: object) -> None: ...

    def drawLines(self, *_what: object) -> None: ...

    def drawPoints(self, *_what: object) -> None: ...

    def drawEllipse(self, *_what: object) -> None: ...

    def drawImage(self, *_what: object) -> None: ...

    def drawTiledPixmap(self, *_what: object) -> None: ...


class TextDevice(QPaintDevice):
    """A device of a widget's size around a TextEngine."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = TextEngine()
        self._metrics = {
            METRIC.PdmWidth: size.width(),
            METRIC.PdmHeight: size.height(),
            METRIC.PdmDpiX: 96,
            METRIC.PdmDpiY: 96,
            METRIC.PdmPhysicalDpiX: 96,
            METRIC.PdmPhysicalDpiY: 96,
            METRIC.PdmDepth: 32,
            METRIC.PdmNumColors: 1 << 24,
            METRIC.PdmDevicePixelRatio: 1,
            METRIC.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(which, 0)


def texts_of(widget: QWidget) -> list[Painted]:
    """What one widget writes itself, without its children."""
    device = TextDevice(widget.size())
    painter = QPainter(device)
    widget.render(painter, QPoint(0, 0), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return [Painted(*each, widget) for each in device.engine.found]


def texts_in(window: QWidget) -> list[Painted]:
    """What a window and all that is visible in it write."""
    widgets = [window, *(each for each in window.findChildren(QWidget) if each.isVisible())]
    shown = [each for each in widgets if each.window() is window and not each.visibleRegion().isEmpty()]
    return [text for each in shown for text in texts_of(each)]
