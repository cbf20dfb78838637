"""A Word file opened safely: its body, the styles and lists its paragraphs belong to, and its links.

python-docx opens the package. It stands among the services, as the parser of calendars does, because nothing
of the system is touched: bytes in, values out. The file is one that the person chose, so it is not read apart
as feeds are; but `_safe` looks through the zip first, and what python-docx gets is a package made anew.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from medvoice.domain.errors import UserError

# A book of 500 pages has about 10 MB of XML in 30 parts; photographs make the rest of a file.
MOST_PARTS, MOST_UNPACKED, MOST_XML = 2_000, 300_000_000, 16_000_000
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of a .docx under a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
# Cut short, packed in a way that is not known, or under a password of the zip.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
DOCTYPES = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
XML_ENDINGS = (".xml", ".rels")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLES = {"title": 0} | {f"heading {n}": n for n in range(1, 10)}
DEEPEST = 8  # of lists


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph's style. `level` is 0 for the title, 1 to 9 for headings, None otherwise;
    `list_id` and `depth` say which list it belongs to."""

    level: int | None = None
    list_id: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class WordPackage:
    """`body` is its element; `links` are relationships by id; `styles` are those of paragraphs by id; `lists`
    says how the lines of a list and depth are numbered, `bullet`, `decimal` and others."""

    body: Any
    styles: dict[str, Style]
    lists: dict[tuple[str, int], str]
    links: Any


def open_word(name: str, data: bytes) -> WordPackage:
    """Pure; any thread. Raises UserError `word_old`, `word_locked`, `word_unreadable`, `word_unsafe`, each
    with the param name."""
    if data.startswith(OLD):
        raise UserError("word_locked" if LOCKED in data else "word_old", name=name)
    package = _safe(name, data)
    import docx  # with lxml a quarter of a second: paid by who imports from Word

    try:
        document: Any = docx.Document(BytesIO(package))
        styles = _styles_of(document.styles.element)
        return WordPackage(document.element.body, styles, _lists_of(document.part), document.part.rels)
    except Exception as problem:  # the library lets out whatever a damaged package brings up inside it
        raise UserError("word_unreadable", name=name) from problem


def _safe(name: str, data: bytes) -> bytes:
    """The package anew: its XML, read no further than it says it is long, and its pictures empty. Neither an
    archive that unpacks to far more than it is, nor one that defines entities, gets past here."""
    made = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as given, ZipFile(made, "w") as kept:
            parts = given.infolist()
            xml = [part for part in parts if _is_xml(part)]
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or sum(part.file_size for part in xml) > MOST_XML
                or len({part.filename for part in parts}) < len(parts)
            ):
                raise UserError("word_unsafe", name=name)
            for part in parts:
                content = _content(given, part) if _is_xml(part) else b""
                if any(mark in content for mark in DOCTYPES):
                    raise UserError("word_unsafe", name=name)
                kept.writestr(ZipInfo(part.filename), content)
    except BROKEN as problem:
        raise UserError("word_unreadable", name=name) from problem
    return made.getvalue()


def _is_xml(part: ZipInfo) -> bool:
    return part.filename.lower().endswith(XML_ENDINGS)


def _content(given: ZipFile, part: ZipInfo) -> bytes:
    # Unpacks so many bytes and no more; `read()` would unpack all there is before it looks at what was said.
    with given.open(part) as stream:
        return stream.read(part.file_size)


def _styles_of(element: Any) -> dict[str, Style]:
    """Paragraph styles by id, what they take from others included."""
    raw = {each.get(f"{W}styleId") or "": each for each in element.iterchildren(f"{W}style")}

    def look(key: str, left: int) -> Style:
        one = raw.get(key)
        if one is None or not left:
            return Style()
        base = look(value_of(one.find(f"{W}basedOn")), left - 1)
        level = TITLES.get(value_of(one.find(f"{W}name")).lower(), base.level)
        return listed(one.find(f"{W}pPr"), Style(level, base.list_id, base.depth))

    return {key: look(key, 12) for key in raw}


def listed(properties: Any, style: Style) -> Style:
    """The style, with the list that the properties of a paragraph name."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return style
    list_id = value_of(numbering.find(f"{W}numId")) or style.list_id
    depth = value_of(numbering.find(f"{W}ilvl"))
    return Style(style.level, "" if list_id == "0" else list_id, _depth(depth) if depth else style.depth)


def _depth(text: str) -> int:
    """0 for what is no number of a list's level."""
    return min(int(text), DEEPEST) if text.isdecimal() and len(text) < 4 else 0


def _lists_of(part: Any) -> dict[tuple[str, int], str]:
    """How the lines of each list and depth are numbered: `bullet`, `decimal` and others."""
    found = next((x for x in part.rels.values() if x.reltype.endswith("/numbering")), None)
    if found is None or found.is_external:
        return {}
    root: Any = found.target_part.element
    kinds: dict[str, dict[int, str]] = {}
    for each in root.iterchildren(f"{W}abstractNum"):
        levels = kinds.setdefault(str(each.get(f"{W}abstractNumId")), {})
        for level in each.iterchildren(f"{W}lvl"):
            levels[_depth(level.get(f"{W}ilvl") or "")] = value_of(level.find(f"{W}numFmt"))
    lists: dict[tuple[str, int], str] = {}
    for each in root.iterchildren(f"{W}num"):
        levels = kinds.get(value_of(each.find(f"{W}abstractNumId")), {})
        lists |= {(str(each.get(f"{W}numId")), depth): kind for depth, kind in levels.items()}
    return lists


def value_of(element: Any) -> str:
    """The `w:val` of an element, "" where there is none."""
    return "" if element is None else str(element.get(f"{W}val") or "")
