"""A suggested wording as a diff: what goes is struck through, what comes is underlined, the rest is quiet."""

import html
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface

Kind = Literal["same", "old", "new"]
_TOKENS = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
# Of unchanged words, so many stay at each side of a change; fewer between two changes make them one.
CONTEXT_WORDS, JOIN_WORDS = 5, 2
LONG = 260


class Piece(NamedTuple):
    """A stretch of the diff."""

    kind: Kind
    text: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)


def diff(old: str, new: str) -> tuple[Piece, ...]:
    """`old` and `new` word by word. The pieces without "new" make `old`, those without "old" make `new`."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Piece] = []
    for name, low, high, start, end in matcher.get_opcodes():
        if name == "equal":
            found.append(Piece("same", "".join(before[low:high])))
            continue
        if high > low:
            found.append(Piece("old", "".join(before[low:high])))
        if end > start:
            found.append(Piece("new", "".join(after[start:end])))
    return _joined(found)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Changes with next to nothing between them as one change: confetti cannot be read."""
    found: list[Piece] = []
    old = new = ""
    for number, (kind, text) in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1 and bool(old or new)
        if kind == "old":
            old += text
        elif kind == "new":
            new += text
        elif is_between and len(re.findall(r"\w+", text)) < JOIN_WORDS:
            old, new = old + text, new + text
        else:
            found += _changed(old, new)
            found.append(Piece("same", text))
            old = new = ""
    return (*found, *_changed(old, new))


def _changed(old: str, new: str) -> list[Piece]:
    made = (Piece("old", old), Piece("new", new))
    return [piece for piece in made if piece.text]


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with the far ends of long unchanged stretches, and the middle of long changes, left out."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.kind != "same":
            text = short(text)
        else:
            words = re.findall(r"\S+\s*|\s+", text)
            head = CONTEXT_WORDS if number else 0
            tail = CONTEXT_WORDS if number < len(pieces) - 1 else 0
            if len(words) > head + tail + 1:
                left, right = "".join(words[:head]), "".join(words[len(words) - tail :])
                text = f"{left.rstrip()} … {right.lstrip()}" if head else f"… {right.lstrip()}"
        found.append(Piece(piece.kind, text))
    return tuple(found)


def short(text: str, limit: int = LONG) -> str:
    """A long text with its middle left out."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"


def spoken(old: str, new: str) -> str:
    """The diff for who listens."""
    if not new.strip():
        return _tr("Take out “{old}”").format(old=old.strip())
    if not old.strip():
        return _tr("Add “{new}”").format(new=new.strip())
    return _tr("Replace “{old}” with “{new}”").format(old=old.strip(), new=new.strip())


class WordingDiff(Surface):
    """The well with the diff of one suggestion. Remade by its owner when the colours change."""

    def __init__(self, theme: Theme, old: str, new: str) -> None:
        super().__init__("well")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        label = QLabel(_markup(theme, shortened(diff(old.strip(), new.strip()))))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setFont(theme.font("quote"))
        label.setProperty("tone", "text.secondary")
        label.setAccessibleName(spoken(old, new))
        column.addWidget(label)


def _markup(theme: Theme, pieces: Sequence[Piece]) -> str:
    old = f"color:{theme.hex('danger.text')};text-decoration:line-through"
    new = f"color:{theme.hex('ok.text')};background:{theme.hex('ok.soft')};text-decoration:underline"
    made: list[str] = []
    was_old = False
    for kind, text in pieces:
        words = html.escape(text).replace("\n", "<br>")
        if kind == "same":
            made.append(words)
        else:
            gap = " " if was_old and kind == "new" and not text[:1].isspace() else ""
            made.append(f'{gap}<span style="{old if kind == "old" else new}">{words}</span>')
        was_old = kind == "old"
    height = theme.line_height("quote")
    return f'<p style="line-height:{height}px; -qt-line-height-type:fixed;">{"".join(made)}</p>'
