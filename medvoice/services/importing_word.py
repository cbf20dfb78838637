"""Drafts out of a Word file: its words as plain text, part by part, and a count of what stays behind.

A break of the page, a paragraph `---` or each Heading 1 begins another draft; a heading in front is the
title. Tracked deletions, comments and hidden words do not come along, nor do pictures, notes and formulas, as
a post has no place for them; all are counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from medvoice.services.importing import Imported, check_size, short_title
from medvoice.services.word_package import DEEPEST, Style, W, WordPackage, listed, open_word, value_of

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Signs of the font Symbol, which Word keeps by their place in it.
SYMBOLS: dict[str, str] = dict(
    zip("a b g d m s \xa3 \xb1 \xb3 \xb4 \xb9 \xbb \xae".split(), "αβγδµσ≤±≥×≠≈→", strict=True)
)
UNKNOWN = "\ufffd"
_LINE = re.compile(r"[-–—_*]{3,}")
_FIELD_LINK = re.compile(r'HYPERLINK\s+"(https?://[^"\s]{1,2000})"')
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SIGNS = re.compile(r"[0-9+\-−n]+")
# What holds words of its own; everything else that is not named in `_Reader` is passed by.
HOLDERS = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir")
)
LEFT_OUT = {
    f"{W}del": "deletions",
    f"{W}commentReference": "comments",
    f"{W}footnoteReference": "notes",
    f"{W}endnoteReference": "notes",
    f"{W}drawing": "images",
    f"{W}pict": "images",
    f"{W}object": "images",
    f"{MATH}oMath": "formulas",
    f"{MATH}oMathPara": "formulas",
}


def read_word(name: str, data: bytes) -> tuple[Imported, ...]:
    """The drafts of a Word file, in order; () when it holds no words. Pure; any thread. Raises UserError
    `file_too_large`, and as `word_package.open_word`."""
    check_size(name, data)
    reader = _Reader(open_word(name, data))
    reader.read(reader.package.body)
    return reader.drafts()


def _is_on(properties: Any, name: str) -> bool:
    """Whether a switch such as `vanish` stands among the properties and is not off."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and value_of(found) not in ("0", "false", "off")


@dataclass(slots=True)
class _Piece:
    """A draft in the making: blocks of text, each with whether it is a line of a list."""

    title: str = ""
    blocks: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    out: Counter[str] = field(default_factory=Counter[str])
    is_title_alone: bool = False

    def text(self) -> str:
        """Paragraphs with a blank line between them, lines of a list without."""
        words: list[str] = []
        was_listed = False
        for block, is_listed in self.blocks:
            if words:
                words.append("\n" if is_listed and was_listed else "\n\n")
            words.append(block)
            was_listed = is_listed
        return "".join(words)

    def is_draft(self) -> bool:
        """Whether there is anything to write on with: the title of a whole document is not."""
        return bool(self.blocks) or (bool(self.title) and not self.is_title_alone)

    def imported(self) -> Imported:
        text = self.text()
        title = self.title or " ".join(text.split("\n", 1)[0].split())
        others = tuple(sorted((kind, n) for kind, n in self.out.items() if kind != "images"))
        return Imported(short_title(title), text, self.out["images"], others)


class _Reader:
    """Goes through a body once; `drafts` afterwards."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self._pieces = [_Piece()]
        self._words: list[str] = []
        self._field: list[str] | None = None  # what a field is made of, until its words begin
        self._open: tuple[int, str] | None = None  # where the words of a field begin, and its address
        self._counts: dict[str, list[int]] = {}

    @property
    def _piece(self) -> _Piece:
        return self._pieces[-1]

    def drafts(self) -> tuple[Imported, ...]:
        """What was read. What stayed behind in a part without words is counted with a neighbour."""
        kept: list[_Piece] = []
        stray: Counter[str] = Counter()
        for piece in self._pieces:
            stray += piece.out
            if piece.is_draft():
                piece.out, stray = stray, Counter()
                kept.append(piece)
        if kept:
            kept[-1].out += stray
        return tuple(piece.imported() for piece in kept)

    def read(self, holder: Any) -> None:
        """The blocks of a body, or of what holds some in it."""
        for element in holder.iterchildren():
            tag = element.tag
            if tag == f"{W}p":
                self._paragraph(element)
            elif tag == f"{W}tbl":
                self._table(element)
            elif tag in HOLDERS:
                self.read(element)
            elif tag in LEFT_OUT:
                self._piece.out[LEFT_OUT[tag]] += 1

    def _begin(self) -> None:
        """Another draft, unless this one holds nothing yet."""
        if self._piece.blocks or self._piece.title:
            self._pieces.append(_Piece())
            self._counts.clear()

    def _paragraph(self, element: Any) -> None:
        properties = element.find(f"{W}pPr")
        style = self.package.styles.get(
            "" if properties is None else value_of(properties.find(f"{W}pStyle")), Style()
        )
        style = listed(properties, style)
        if _is_on(properties, "pageBreakBefore"):
            self._begin()
        self._words, self._field, self._open = [], None, None
        self._inline(element)
        parts = "".join(self._words).split("\f")
        for at, part in enumerate(parts):
            if at:
                self._begin()
            self._block(_tidy(part), style)
        if _ends_a_part(properties):
            self._begin()

    def _block(self, words: str, style: Style) -> None:
        if not words:
            return
        if _LINE.fullmatch(words):
            self._begin()
        elif style.level is not None:
            self._heading(" ".join(words.split()), style.level)
        elif style.list_id:
            self._piece.blocks.append((self._marked(words, style), True))
        else:
            self._piece.blocks.append((words, False))

    def _heading(self, words: str, level: int) -> None:
        if level <= 1:
            self._begin()
        if self._piece.title or self._piece.blocks:
            self._piece.blocks.append((words, False))
        else:
            self._piece.title = words
            self._piece.is_title_alone = level == 0

    def _marked(self, words: str, style: Style) -> str:
        counts = self._counts.setdefault(style.list_id, [0] * (DEEPEST + 1))
        counts[style.depth] += 1
        counts[style.depth + 1 :] = [0] * (DEEPEST - style.depth)
        is_numbered = self.package.lists.get((style.list_id, style.depth)) == "decimal"
        mark = f"{counts[style.depth]}." if is_numbered else "-"
        inner = words.replace("\n", "\n" + "  " * (style.depth + 1))
        return f"{'  ' * style.depth}{mark} {inner}"

    def _table(self, table: Any) -> None:
        """Each row a line, its cells apart by a dot."""
        for row in _inside(table, "tr", "tbl"):
            cells: list[str] = []
            for cell in _inside(row, "tc", "tr"):
                self._words = []
                for paragraph in cell.iter(f"{W}p"):
                    if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None:
                        self._inline(paragraph)
                        self._words.append(" ")
                cells.append(" ".join("".join(self._words).split()))
            line = " · ".join(each for each in cells if each)
            if line:
                self._piece.blocks.append((line, True))

    # Inside a paragraph

    def _inline(self, holder: Any) -> None:
        for element in holder.iterchildren():
            tag = element.tag
            if tag == f"{W}r":
                self._run(element)
            elif tag == f"{W}hyperlink":
                self._link(element)
            elif tag in HOLDERS:
                self._inline(element)
            elif tag in LEFT_OUT:
                self._piece.out[LEFT_OUT[tag]] += 1

    def _link(self, element: Any) -> None:
        start = len(self._words)
        self._inline(element)
        found = self.package.links.get(element.get(f"{R}id") or "")
        if found is not None and found.is_external:
            self._address(start, str(found.target_ref))

    def _address(self, start: int, url: str) -> None:
        """The address in brackets, behind the words from `start` on that it is not the same as."""
        words = "".join(self._words[start:]).strip()
        if words and url.startswith(("https://", "http://")) and words.rstrip("/") != url.rstrip("/"):
            self._words.append(f" ({url})")

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        is_hidden = _is_on(properties, "vanish")
        place = "" if properties is None else value_of(properties.find(f"{W}vertAlign"))
        has_words = False
        for element in run.iterchildren():
            tag = element.tag
            if tag in LEFT_OUT:
                self._piece.out[LEFT_OUT[tag]] += 1
            elif tag == f"{COMPATIBLE}AlternateContent" and _has(element, "drawing", "pict"):
                self._piece.out["images"] += 1
            elif tag == f"{W}fldChar":
                self._mark(str(element.get(f"{W}fldCharType")))
            elif tag == f"{W}instrText":
                if self._field is not None:
                    self._field.append(element.text or "")
            elif self._field is None:
                words = _of(element, place)
                has_words = has_words or bool(words)
                self._words.append("" if is_hidden else words)
        if is_hidden and has_words:
            self._piece.out["hidden"] += 1

    def _mark(self, kind: str) -> None:
        """Begin, middle or end of a field; that of a link keeps where its words begin."""
        if kind == "begin":
            self._field = []
        elif kind == "separate" and self._field is not None:
            found = _FIELD_LINK.search("".join(self._field))
            self._field = None
            self._open = (len(self._words), found[1]) if found else None
        elif kind == "end":
            self._field = None
            if self._open is not None:
                self._address(*self._open)
                self._open = None


def _has(element: Any, *names: str) -> bool:
    return next(element.iter(*(f"{W}{name}" for name in names)), None) is not None


def _inside(holder: Any, name: str, kind: str) -> Iterator[Any]:
    """Rows of a table, cells of a row: not those of a table in a cell."""
    for each in holder.iter(f"{W}{name}"):
        if next(each.iterancestors(f"{W}{kind}"), None) is holder:
            yield each


def _of(element: Any, place: str) -> str:
    """What a piece of a run writes; a page's end is a form feed."""
    tag = element.tag
    if tag == f"{W}t":
        words = str(element.text or "").replace("\f", " ")
        if place in ("superscript", "subscript") and _SIGNS.fullmatch(words):
            return words.translate(RAISED if place == "superscript" else LOWERED)
        return words
    if tag == f"{COMPATIBLE}AlternateContent":  # a coloured sign such as an emoji
        return "".join(str(each.text or "") for each in element.iter(f"{W}t"))
    if tag == f"{W}sym":
        return _symbol(str(element.get(f"{W}font") or ""), str(element.get(f"{W}char") or ""))
    if tag == f"{W}br":
        return "\f" if element.get(f"{W}type") == "page" else "\n"
    return {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(tag, "")


def _symbol(font: str, place: str) -> str:
    try:
        sign = chr(int(place, 16) & 0xFF)
    except ValueError:
        return UNKNOWN
    return SYMBOLS.get(sign, UNKNOWN) if font.lower() == "symbol" else UNKNOWN


def _ends_a_part(properties: Any) -> bool:
    """Whether a section ends behind a paragraph, or a line is drawn below it: what Word makes of `---`."""
    if properties is None:
        return False
    section = properties.find(f"{W}sectPr")
    if section is not None and value_of(section.find(f"{W}type")) not in ("continuous", "nextColumn"):
        return True
    borders = properties.find(f"{W}pBdr")
    if borders is None:
        return False
    drawn = {each.tag for each in borders.iterchildren() if value_of(each) not in ("", "nil", "none")}
    return drawn == {f"{W}bottom"}


def _tidy(words: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in words.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
