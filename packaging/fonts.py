"""Build the static TTF files in resources/fonts from two npm packages, both under the SIL Open Font License.

Qt does not change the glyphs of a variable font on `QFont.setWeight`, nor does it merge the subset files of
one family, so each weight is its own file and each Newsreader subset its own family: ask for the families
"MV Newsreader", "MV Newsreader Ext", "Inter", in this order.

The build is repeatable: same packages in, same bytes out. To run it:

    uv run --no-project --with fonttools==4.68.0 --with brotli==1.2.1 packaging/fonts.py
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from npm_archive import NpmArchive, unpack

try:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer
except ImportError:
    raise SystemExit(__doc__) from None

INTER = NpmArchive(
    "inter-ui",
    "4.1.1",
    "451h0J29HyOmA+JXgSi/6M12tL7ZCZ8arYKZUXiOXTJpJbAKqJvFh3k5SiV3x7tKe0C0KyrKUUiQIvvZ2PQDcA==",
)
NEWSREADER = NpmArchive(
    "@fontsource-variable/newsreader",
    "5.3.0",
    "rrzYi43qMpbzwuFtf9OkWH8sxAPVPcQQQEwXpPtwaKYeJ8yVg5aLs5kawmo1f2Q1t1M38TLmEKCkGVDsYwgdFw==",
)
INTER_STYLES = ("Regular", "Medium", "SemiBold", "Italic")
FAMILIES = {"latin": "MV Newsreader", "latin-ext": "MV Newsreader Ext"}
WEIGHT_NAMES = {400: "Regular", 500: "Medium"}
# Between two lines, in parts of the size: with it a wrapped text has the design's 13 on 18 and 12 on 16.
# Neither Qt's labels nor its style sheets know a line height, and a single line is no higher for it.
INTER_GAP = 0.12
# OpenType name ids (the specification's "name" table).
FAMILY, STYLE, FULL, POSTSCRIPT, TYPO_FAMILY, TYPO_STYLE = 1, 2, 4, 6, 16, 17
OUTDATED_NAMES = (TYPO_FAMILY, TYPO_STYLE, 21, 22, 25)
WINDOWS_UNICODE_ENGLISH = (3, 1, 0x409)


def build_inter(package: Path, out: Path) -> None:
    """Unwrap the wanted Inter styles from their web container and open their lines; no glyph changes."""
    for style in INTER_STYLES:
        font = TTFont(package / "web" / f"Inter-{style}.woff2", recalcTimestamp=False)
        font.flavor = None
        font["hhea"].lineGap = font["OS/2"].sTypoLineGap = round(font["head"].unitsPerEm * INTER_GAP)
        font.save(out / f"Inter-{style}.ttf")
    shutil.copyfile(package / "LICENSE.txt", out / "OFL-Inter.txt")


def build_newsreader(package: Path, out: Path) -> None:
    """Cut upright 400 and 500 and italic 400 out of the variable font, each under its own name."""
    for subset, family in FAMILIES.items():
        for weight, is_italic in ((400, False), (500, False), (400, True)):
            slope = "italic" if is_italic else "normal"
            source = package / "files" / f"newsreader-{subset}-wght-{slope}.woff2"
            font = TTFont(source, recalcTimestamp=False)
            font.flavor = None
            font = instancer.instantiateVariableFont(font, {"wght": weight})
            style = "Italic" if is_italic else WEIGHT_NAMES[weight]
            rename(font, family, style)
            font["OS/2"].usWeightClass = weight
            font.save(out / f"{family}-{style}.ttf".replace(" ", ""))
    shutil.copyfile(package / "LICENSE", out / "OFL-Newsreader.txt")


def rename(font: TTFont, family: str, style: str) -> None:
    """Name a font so that one family holds all its styles; the old four-style names stay for old readers."""
    names = font["name"]
    for outdated in OUTDATED_NAMES:
        names.removeNames(nameID=outdated)
    is_four_style = style in ("Regular", "Italic")
    wanted = {
        FAMILY: family if is_four_style else f"{family} {style}",
        STYLE: style if is_four_style else "Regular",
        FULL: f"{family} {style}",
        POSTSCRIPT: f"{family}-{style}".replace(" ", ""),
        TYPO_FAMILY: family,
        TYPO_STYLE: style,
    }
    for name_id, value in wanted.items():
        names.setName(value, name_id, *WINDOWS_UNICODE_ENGLISH)


def main() -> int:
    """Fetch, build, and write into resources/fonts (or the folder given as the one argument)."""
    root = Path(__file__).resolve().parents[1]
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "resources" / "fonts"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build_inter(unpack(INTER, Path(folder)), out)
        build_newsreader(unpack(NEWSREADER, Path(folder)), out)
    for path in sorted(out.iterdir()):
        print(f"{path.stat().st_size:>9,}  {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
