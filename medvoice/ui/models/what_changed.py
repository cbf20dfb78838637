"""What changed between two texts, word by word, for people: a few words around each change."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.outbox import Delivery
from medvoice.ui.models.states import STALE, cause_of, speaking_part

# Words, or the white space and marks between them.
PIECES = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
WORDS = re.compile(r"\w+(?:['’]\w+)*")
AROUND = 4
# Beyond this many pieces a word-by-word look is slow and nobody reads it.
TOO_LONG = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: "kept", "gone" or "new". "…" stands for kept words that are left out."""

    kind: Literal["kept", "gone", "new"]
    text: str


def changes_between(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order; none when the texts are equal. Pure."""
    if old == new:
        return ()
    before, after = PIECES.findall(old), PIECES.findall(new)
    if len(before) + len(after) > TOO_LONG:
        return (Piece("gone", _short(old)), Piece("new", _short(new)))
    pieces = _settled(list(_diff(before, after)))
    return tuple(_shortened(piece, at, len(pieces)) for at, piece in enumerate(pieces))


def _diff(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gone = new = ""
    codes = matcher.get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(codes):
        same = "".join(before[a:b]) if kind == "equal" else ""
        if same and not same.strip() and 0 < at < len(codes) - 1:
            gone, new = gone + same, new + same  # a space alone does not part two changes
        elif same:
            yield from _change(gone, new)
            gone = new = ""
            yield Piece("kept", same)
        else:
            gone, new = gone + "".join(before[a:b]), new + "".join(after[c:d])
    yield from _change(gone, new)


def _settled(pieces: list[Piece]) -> list[Piece]:
    """A new sentence begins after the full stop before it, not with it: where the sign that begins a change
    comes right after it too, the change is moved behind the sign."""
    for at in range(1, len(pieces) - 1):
        before, middle, after = pieces[at - 1 : at + 2]
        if before.kind != "kept" or middle.kind == "kept" or after.kind != "kept":
            continue
        while middle.text[0] == after.text[:1] and not middle.text[0].isalnum():
            sign = middle.text[0]
            before = Piece("kept", before.text + sign)
            middle = Piece(middle.kind, middle.text[1:] + sign)
            after = Piece("kept", after.text[1:])
        pieces[at - 1 : at + 2] = [before, middle, after]
    return [piece for piece in pieces if piece.text]


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)


def _shortened(piece: Piece, at: int, count: int) -> Piece:
    """Kept words far from any change give way to "…"; line breaks are told by a space."""
    text = re.sub(r"\s+", " ", piece.text)
    if piece.kind != "kept":
        return Piece(piece.kind, text)
    words = PIECES.findall(text)
    head = "".join(words[: 2 * AROUND]) if at else ""
    tail = "".join(words[-2 * AROUND :]) if at < count - 1 else ""
    if len(head) + len(tail) + 1 >= len(text):
        return Piece("kept", text)
    return Piece("kept", f"{head}…{tail}")


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= 160 else f"{text[:80]}…{text[-79:]}"


def summary(pieces: tuple[Piece, ...]) -> str:
    """ "3 words taken out, 2 new." or a sentence for what is no word."""
    gone = sum(len(WORDS.findall(piece.text)) for piece in pieces if piece.kind == "gone")
    new = sum(len(WORDS.findall(piece.text)) for piece in pieces if piece.kind == "new")
    words: list[str] = []
    if gone:
        words.append(_tr("1 word taken out") if gone == 1 else _tr("{n} words taken out").format(n=gone))
    if new and gone:
        words.append(_tr("1 new") if new == 1 else _tr("{n} new").format(n=new))
    elif new:
        words.append(_tr("1 new word") if new == 1 else _tr("{n} new words").format(n=new))
    if words:
        return ", ".join(words) + "."
    return _tr("Only signs or spaces changed.") if pieces else _tr("The text itself is the same.")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed on one channel since it was cleared: why it is held in a sentence, the pieces, and both
    as `words`."""

    channel: str
    cause: str
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        return f"{self.cause} {summary(self.pieces)}" if self.pieces else self.cause


def changes_of(stale: Iterable[Delivery], now: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """Of deliveries that are held because something changed: their text as cleared against the present one.
    `now` has the parts by channel; a channel without any is off by now."""
    found: list[Change] = []
    for each in stale:
        reason = speaking_part(each).reason
        # What the person has in hand to post keeps its own reason; only an edit brings it here.
        cause = cause_of(reason if reason in STALE else "changed", CHANNEL_NAMES[each.channel])
        if each.channel not in now:
            cause = _tr("{channel} is switched off for this draft now.").format(
                channel=CHANNEL_NAMES[each.channel]
            )
        old = "\n\n".join(part.text for part in each.parts)
        new = "\n\n".join(now.get(each.channel, (old,)))
        found.append(Change(each.channel, cause, changes_between(old, new)))
    return tuple(found)


def spoken(pieces: tuple[Piece, ...]) -> str:
    """The changes in words, for a screen reader."""
    said: list[str] = []
    for piece in pieces:
        if piece.kind == "gone":
            said.append(_tr("taken out: “{words}”").format(words=piece.text.strip()))
        elif piece.kind == "new":
            said.append(_tr("new: “{words}”").format(words=piece.text.strip()))
    return "; ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("what_changed", text)
