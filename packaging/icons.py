"""Copy the Lucide icons that MedVoice uses into resources/icons, with their notice (ISC, some Feather's MIT).

Each file keeps `currentColor`, which the window replaces by a colour token, and takes the design's stroke of
1.75. To add an icon, add its Lucide name below and run `python packaging/icons.py`. medvoice.svg is our own.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from npm_archive import NpmArchive, unpack

LUCIDE = NpmArchive(
    "lucide-static",
    "1.62.0",
    "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
)
STROKE_WIDTH = "1.75"
NAMES = """
archive arrow-right at-sign ban bell book-open bot calendar-clock calendar-days calendar-plus chart-column
check chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed circle-help
circle-pause circle-x clipboard-paste clock clock-alert copy download ellipsis external-link eye file-clock
file-text filter folder-open globe hash history image info key-round keyboard layers lightbulb link
list-filter loader-circle lock lock-open log-in log-out map-pin message-square minus monitor moon network
octagon-alert palette panel-left panel-right pause pen-line pencil play plug plus quote redo-2 refresh-cw
repeat-2 rotate-cw rotate-cw-clock scale scissors search send settings shield sliders-horizontal smartphone
sparkles square sun thumbs-up trash-2 triangle-alert undo-2 upload user users wand-sparkles x
""".split()


def plain_svg(svg: str) -> str:
    """Lucide's SVG on few lines: without its class, with our stroke width."""
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{STROKE_WIDTH}"')
    opening = re.search(r"<svg[^>]*>", svg)
    if opening is None:
        raise SystemExit("This is no SVG file.")
    one_line = re.sub(r"\s+", " ", opening.group()).replace(" >", ">")
    return svg[: opening.start()] + one_line + svg[opening.end() :]


def main() -> int:
    """Fetch the package and write the wanted icons and their notice."""
    out = Path(__file__).resolve().parents[1] / "resources" / "icons"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(LUCIDE, Path(folder))
        for name in NAMES:
            source = package / "icons" / f"{name}.svg"
            if not source.is_file():
                raise SystemExit(f"Lucide {LUCIDE.version} has no icon named {name}.")
            (out / f"{name}.svg").write_text(plain_svg(source.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copyfile(package / "LICENSE", out / "LICENSE-lucide.txt")
    print(f"{len(NAMES)} icons in {out.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
