"""Drafts out of Markdown, plain text and Word: one file is one draft, or several with `---` between them.

Posts are plain text, so marks of Markdown go and their words stay: links keep their address in brackets,
lists their dashes, headings become lines. All of a call is kept or nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft
from medvoice.domain.errors import UserError
from medvoice.services.drafting import Drafting
from medvoice.store.connection import Workspace, transaction

ENDINGS = (".md", ".markdown", ".txt", ".docx")
WORD_ENDINGS = (".docx", ".doc")  # the old kind is refused in words of its own
MOST_BYTES, MOST_WORD_BYTES = 2_000_000, 30_000_000  # Word keeps its pictures inside
MOST_DRAFTS, MOST_TEXT, TITLE_LENGTH = 200, 100_000, 80
_BREAK = re.compile(r"(?m)^[ \t]*-{3,}[ \t]*$")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$")
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{1,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((https?://[^)\s]{1,2000})\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,400}?)(?<=\S)\1")
_SOFT = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=\S)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,400})`")
_FRONT = re.compile(r"\A---[ \t]*\n(?:[\w-]+:[^\n]*\n)+---[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft as a file gives it. `images` is how many pictures the file named, which do not come along;
    `others` is what else did not, and how many: `comments`, `deletions`, `notes`, `formulas`, `hidden`."""

    title: str
    text: str
    images: int = 0
    others: tuple[tuple[str, int], ...] = ()


def left_out(found: Sequence[Imported]) -> dict[str, int]:
    """What of all of them did not come along, and how many: `images` and the kinds of `others`."""
    counted: Counter[str] = Counter()
    for one in found:
        counted["images"] += one.images
        counted.update(dict(one.others))
    return {kind: count for kind, count in counted.items() if count}


def most_bytes(name: str) -> int:
    """How large a file of this name may be."""
    return MOST_WORD_BYTES if name.lower().endswith(WORD_ENDINGS) else MOST_BYTES


def check_size(name: str, data: bytes) -> None:
    """Raises UserError `file_too_large`."""
    most = most_bytes(name)
    if len(data) > most:
        raise UserError("file_too_large", name=name, most=most, megabytes=most // 1_000_000)


def read_text(name: str, data: bytes) -> str:
    """The text of a file: UTF-8 or, with its mark, UTF-16; line ends made one kind. Raises UserError
    `file_too_large`, `file_not_text`."""
    check_size(name, data)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UserError("file_not_text", name=name) from problem
    if "\0" in text:
        raise UserError("file_not_text", name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_drafts(name: str, data: bytes) -> tuple[Imported, ...]:
    """The drafts of a file, by its name `.docx`, `.md`, `.markdown`, `.txt` or another of plain text. Pure.
    Raises UserError as `read_text` and `importing_word.read_word` do, and `file_empty`, `too_many_drafts`,
    `draft_too_long`."""
    if name.lower().endswith(WORD_ENDINGS):
        from medvoice.services.importing_word import read_word

        found = read_word(name, data)
    else:
        found = _of_text(name, data)
    if not found:
        raise UserError("file_empty", name=name)
    if len(found) > MOST_DRAFTS:
        raise UserError("too_many_drafts", name=name, most=MOST_DRAFTS)
    if any(len(one.text) > MOST_TEXT for one in found):
        raise UserError("draft_too_long", name=name, most=MOST_TEXT)
    return found


def _of_text(name: str, data: bytes) -> tuple[Imported, ...]:
    text = read_text(name, data)
    is_markdown = name.lower().endswith((".md", ".markdown"))
    if is_markdown:
        text = _FRONT.sub("", text)
    pieces = [piece.strip() for piece in _BREAK.split(text)]
    return tuple(_imported(piece, is_markdown) for piece in pieces if piece)


def _imported(piece: str, is_markdown: bool) -> Imported:
    heading = _HEADING.match(piece) if is_markdown else None
    title = " ".join(_plain(heading[1]).split()) if heading else ""
    body = piece[heading.end() :].strip() if heading else piece
    images = len(_IMAGE.findall(body)) if is_markdown else 0
    text = _plain(body).strip() if is_markdown else body
    if not title:
        title = " ".join(text.split("\n", 1)[0].split())
    return Imported(short_title(title), re.sub(r"\n{3,}", "\n\n", text), images)


def _plain(text: str) -> str:
    """Markdown's marks gone, its words kept."""
    text = _IMAGE.sub("", text)
    text = _LINK.sub(lambda one: one[2] if one[1] == one[2] else f"{one[1]} ({one[2]})", text)
    text = _HEADING.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _SOFT.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    return re.sub(r"(?m)^( {0,3})[*+] (?=\S)", r"\1- ", text)


def short_title(title: str) -> str:
    """A title that fits the list, cut between words."""
    if len(title) <= TITLE_LENGTH:
        return title
    return f"{title[:TITLE_LENGTH].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


class Importing:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.drafting = Drafting(db, clock)

    def keep(self, imported: Sequence[Imported], topic_id: str | None = None) -> tuple[Draft, ...]:
        """Make drafts of them, all or none. Raises UserError `topic_unknown`."""
        with transaction(self.db):
            return tuple(
                self.drafting.create(title=one.title, text=one.text, topic_id=topic_id) for one in imported
            )
