"""Two states of a draft side by side: which words went and which came, in title, text and own texts. Pure."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from medvoice.domain.draft import CHANNELS, Draft
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.wording import Kind, Piece, diff, shortened

# Words are compared inside paragraphs that changed; beyond this product of their numbers only paragraphs.
MAX_PRODUCT = 4_000_000
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Compared:
    """One text of two drafts. `part` is "title", "text" or a channel."""

    part: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.kind == "same" for piece in self.pieces)

    def words(self, kind: str) -> int:
        """How many words went ("old") or came ("new")."""
        return sum(len(_WORD.findall(piece.text)) for piece in self.pieces if piece.kind == kind)


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word, paragraph by paragraph where the texts are long. The pieces without "new" make `old`,
    those without "old" make `new`."""
    if len(old) * len(new) <= MAX_PRODUCT:
        return trimmed(diff(old, new))
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Piece] = []
    for name, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[low:high]), "".join(after[start:end])
        if name == "equal":
            found.append(Piece("same", gone))
        elif len(gone) * len(come) <= MAX_PRODUCT:
            found.extend(diff(gone, come))
        else:
            found.extend(piece for piece in (Piece("old", gone), Piece("new", come)) if piece.text)
    return trimmed(found)


def trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces without what a change has in common at both ends, mostly white space and signs."""
    found: list[Piece] = []

    def add(kind: Kind, text: str) -> None:
        if text and found and found[-1].kind == kind == "same":
            found[-1] = Piece("same", found[-1].text + text)
        elif text:
            found.append(Piece(kind, text))

    waiting = ""
    for kind, text in (*pieces, Piece("same", "")):
        if kind == "old":
            waiting = text
            continue
        gone, waiting = waiting, ""
        come = text if kind == "new" else ""
        head = _common(gone, come)
        tail = _common(gone[head:][::-1], come[head:][::-1])
        add("same", gone[:head])
        add("old", gone[head : len(gone) - tail])
        add("new", come[head : len(come) - tail])
        add("same", gone[len(gone) - tail :] if tail else "")
        if kind == "same":
            add("same", text)
    return tuple(found)


def _common(first: str, second: str) -> int:
    """How many characters both begin with, up to the last one that ends no word in its middle."""
    count = 0
    while count < min(len(first), len(second)) and first[count] == second[count]:
        count += 1
    while count > 0 and any(
        len(text) > count and text[count - 1].isalnum() and text[count].isalnum() for text in (first, second)
    ):
        count -= 1
    return count


def compare_drafts(old: Draft, new: Draft) -> tuple[Compared, ...]:
    """What differs between two states: title, text, and own texts of channels, in this order. A channel
    that follows the main text has no text of its own."""
    pairs = [("title", old.title, new.title), ("text", old.text, new.text)]
    for channel in CHANNELS:
        before, after = old.variant(channel).text, new.variant(channel).text
        if before is not None or after is not None:
            pairs.append((channel, before or "", after or ""))
    return tuple(Compared(part, compare_texts(a, b)) for part, a, b in pairs if a != b)


def around(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """All that changed, and of what stayed the words next to it."""
    return tuple(
        short if short.kind == "same" else whole
        for short, whole in zip(shortened(pieces), pieces, strict=True)
    )


def markup(theme: Theme, pieces: tuple[Piece, ...]) -> str:
    """Rich text: what went is struck through, what came is underlined; ends of paragraphs are signs."""
    old = f"color:{theme.hex('danger.text')};text-decoration:line-through"
    new = f"color:{theme.hex('ok.text')};background:{theme.hex('ok.soft')};text-decoration:underline"
    made: list[str] = []
    was_old = False
    for kind, text in around(pieces):
        words = html.escape(text)
        if was_old and kind == "new" and not text[:1].isspace() and not made[-1].endswith(" </span>"):
            made.append(" ")
        was_old = kind == "old"
        if kind == "same":
            made.append(words.replace("\n", "<br>"))
            continue
        words = words.replace("\n", "¶<br>" if kind == "new" else "¶")
        made.append(f'<span style="{old if kind == "old" else new}">{words}</span>')
    height = theme.line_height("quote")
    return f'<p style="line-height:{height}px; -qt-line-height-type:fixed;">{"".join(made)}</p>'


def spoken(pieces: tuple[Piece, ...], removed: str, added: str) -> str:
    """The change for who listens: `removed` and `added` are the words before what went and came."""
    parts = [
        f"{removed if piece.kind == 'old' else added} {piece.text.strip()}"
        for piece in around(pieces)
        if piece.kind != "same" and piece.text.strip()
    ]
    return ". ".join(parts)
