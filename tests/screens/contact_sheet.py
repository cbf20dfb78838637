"""Pictures of every page and state, looked over, and a sheet to look at beside the mockups.

    python -m tests.screens.contact_sheet FOLDER [--only PART] [--quick]

Renders each scene (tests/screens/scenes.py) in light and dark, at 1440x900, 1100x720 and 1024x680, at 100 and
150 % text, on the sample workspace. FOLDER gets the pictures, `sheet-<page>-<look>.png` and `report.txt` with
what the looks found. `--only compose` takes the scenes whose name begins so; `--quick` renders 1440x900 in
light and dark at 100 % alone. Exit code 1 when something was found.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from medvoice.ui.theme import Mode

from .looking import look_over
from .scenes import EACH_LOOK, EMPTY, SCENES
from .stand import Stand, open_stand, rest, write_sample

SIZES = (QSize(1440, 900), QSize(1100, 720), QSize(1024, 680))
MODES = (Mode.LIGHT, Mode.DARK)
SCALES = (1.0, 1.5)
THUMB_W, GAP_PX, CAPTION_PX, COLUMNS = 720, 16, 22, 2
SETTLE_MS = 250


@dataclass(frozen=True, slots=True)
class Look:
    """One way to show a scene."""

    mode: Mode
    size: QSize
    scale: float

    @property
    def name(self) -> str:
        return f"{self.mode.value}-{self.size.width()}x{self.size.height()}-{round(self.scale * 100)}"


ALL_LOOKS = tuple(Look(mode, size, scale) for scale in SCALES for size in SIZES for mode in MODES)
QUICK_LOOKS = tuple(Look(mode, SIZES[0], 1.0) for mode in MODES)


def picture_of(window: QWidget, floating: QWidget | None) -> QImage:
    """The window, with what floats over it."""
    image = window.grab().toImage()
    if floating is not None and floating.isWindow():
        corner = window.mapFromGlobal(floating.mapToGlobal(QPoint(0, 0)))
        painter = QPainter(image)
        painter.drawPixmap(corner, floating.grab())
        painter.end()
    return image


def show(stand: Stand, look: Look) -> None:
    """Give the window a look and wait for the layout."""
    stand.theme.set_mode(look.mode)
    stand.theme.set_text_scale(look.scale)
    stand.window.resize(look.size)
    rest(SETTLE_MS)
    for part in stand.window.findChildren(QWidget):
        # The pointer of the offscreen platform rests in the corner: nobody hovers there.
        if part.underMouse():
            part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            part.update()


def render(sample: Path, name: str, looks: Sequence[Look]) -> Iterator[tuple[Look, QImage, list[str]]]:
    """A scene in each look, from a fresh copy of the sample workspace: picture and findings.

    A panel does not outlive a change of its window: its scene is made anew for each look.
    """
    turns = [[look] for look in looks] if name in EACH_LOOK else [list(looks)]
    for turn in turns:
        with tempfile.TemporaryDirectory(prefix="medvoice-scene-") as folder:
            home = Path(folder) / "workspace"
            if name not in EMPTY:
                shutil.copytree(sample, home)
            stand = open_stand(home)
            try:
                show(stand, turn[0])
                floating = SCENES[name](stand)
                rest(SETTLE_MS)
                for look in turn:
                    if look is not turn[0]:
                        show(stand, look)
                    yield look, picture_of(stand.window, floating), found_in(stand, floating)
            finally:
                stand.close()


def found_in(stand: Stand, floating: QWidget | None) -> list[str]:
    """What is wrong with the window, and with what floats over it."""
    ink = stand.theme.hex("text.disabled")
    found = look_over(stand.window, ink)
    if floating is not None and floating.isVisible():
        found += [f"panel: {each}" for each in look_over(floating, ink)]
    return found


def make_sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    """The pictures side by side, each with its name."""
    thumbs = [(name, image.scaledToWidth(THUMB_W, SMOOTH)) for name, image in pictures]
    row_h = max(image.height() for _name, image in thumbs) + CAPTION_PX + GAP_PX
    rows = -(-len(thumbs) // COLUMNS)
    sheet = QImage(COLUMNS * (THUMB_W + GAP_PX) + GAP_PX, rows * row_h + GAP_PX, QImage.Format.Format_RGB32)
    sheet.fill(QColor("gray"))
    painter = QPainter(sheet)
    for at, (name, image) in enumerate(thumbs):
        x, y = GAP_PX + (at % COLUMNS) * (THUMB_W + GAP_PX), GAP_PX + (at // COLUMNS) * row_h
        painter.drawText(QRect(x, y, THUMB_W, CAPTION_PX), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(QPoint(x, y + CAPTION_PX), image)
    painter.end()
    return sheet


SMOOTH = Qt.TransformationMode.SmoothTransformation


def run(folder: Path, only: str, looks: Sequence[Look]) -> int:
    """Render, write, report. Returns how many findings there are."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = folder / "sample-workspace"
    if not sample.exists():
        write_sample(sample)
    lines: list[str] = []
    sheets: dict[str, list[tuple[str, QImage]]] = {}
    for name in (each for each in SCENES if each.startswith(only)):
        start_s = time.monotonic()
        try:
            for look, image, found in render(sample, name, looks):
                image.save(str(folder / f"{name}-{look.name}.png"))
                key = f"{name.split('_')[0]}-{look.name}"
                sheets.setdefault(key, []).append((name, image))
                lines += [f"{name} {look.name}: {each}" for each in found]
        except (TimeoutError, LookupError, StopIteration, AssertionError) as problem:
            lines.append(f"{name}: could not be shown: {problem!r}")
        print(f"{name} {time.monotonic() - start_s:.1f} s", flush=True)
    for key, pictures in sheets.items():
        make_sheet(pictures).save(str(folder / f"sheet-{key}.png"))
    (folder / "report.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    return len(lines)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    looks = QUICK_LOOKS if given.quick else ALL_LOOKS
    return 1 if run(given.folder, given.only, looks) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
