"""Line icons: SVG text with `currentColor` filled in, drawn at the needed size and kept."""

import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

# Drawn when a file is absent, so that a missing icon is seen as a plain ring and nothing else breaks.
FALLBACK_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="2"><circle cx="12" cy="12" r="8"/></svg>'
)
STROKE = re.compile(r'stroke-width="[^"]*"')


class IconStore:
    """Icons of one folder, cached by (name, colour, size, device pixel ratio). UI thread only."""

    def __init__(self, folder: Path | None, stroke_px: float = 1.75) -> None:
        self._folder = folder
        self._stroke_px = stroke_px
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def source(self, name: str) -> str:
        """The SVG text of an icon, a plain ring when the folder has none of that name."""
        if name not in self._sources:
            path = self._folder / f"{name}.svg" if self._folder is not None else None
            try:
                text = path.read_text("utf-8") if path is not None else FALLBACK_SVG
            except OSError:
                text = FALLBACK_SVG
            # Lucide draws on a 24 grid; stroke 1.75 there at every size keeps one visual weight.
            self._sources[name] = STROKE.sub(f'stroke-width="{self._stroke_px}"', text)
        return self._sources[name]

    def has(self, name: str) -> bool:
        return self._folder is not None and (self._folder / f"{name}.svg").is_file()

    def pixmap(self, name: str, hex_color: str, size_px: int, dpr: float) -> QPixmap:
        """The icon as a square of `size_px` device-independent pixels at that device pixel ratio."""
        key = (name, hex_color, size_px, dpr)
        if key not in self._pixmaps:
            side = max(1, round(size_px * dpr))
            pixmap = QPixmap(side, side)
            pixmap.fill(Qt.GlobalColor.transparent)
            svg = self.source(name).replace("currentColor", hex_color)
            renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            pixmap.setDevicePixelRatio(dpr)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]
