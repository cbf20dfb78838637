"""Where the posts of a thread begin, and where a beginning may be moved to. Pure; code points of the channel
text."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medvoice.domain.channel.thread import Part

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'»”’)\]]*\s+\Z|\n\s*\Z")


def beginnings(parts: "Sequence[Part]") -> tuple[int, ...]:
    """Where the posts after the first begin."""
    return tuple(part.start for part in parts[1:])


def places(text: str, parts: "Sequence[Part]", split: int) -> tuple[int, ...]:
    """Where the beginning of post `split` + 1 (counted from 0: `parts[split + 1]`) may go: at each word
    between the second of the post before and the last of its own."""
    low, high = parts[split].start, parts[split + 1].end
    words = [match.start() for match in _WORD.finditer(text, low, high)]
    return tuple(words[1:])


def sentence_places(text: str, parts: "Sequence[Part]", split: int) -> tuple[int, ...]:
    """Those of `places` at which a sentence or a line begins."""
    return tuple(at for at in places(text, parts, split) if _SENTENCE_END.search(text, max(0, at - 12), at))


def moved(parts: "Sequence[Part]", marks: Sequence[int], split: int, place: int) -> tuple[int, ...]:
    """The split marks after the beginning of `parts[split + 1]` went to `place`. What stands before stays as
    it is; what follows flows anew, but for the person's own marks."""
    before = beginnings(parts[: split + 1])
    later = [mark for mark in marks if mark > max(place, parts[split + 1].start)]
    return tuple(sorted({*before, place, *later}))


def joined(parts: "Sequence[Part]", marks: Sequence[int], split: int) -> tuple[int, ...]:
    """The split marks without the person's own one at the beginning of `parts[split + 1]`."""
    at = parts[split + 1].start
    return tuple(mark for mark in marks if not parts[split].end < mark <= at)


def is_own(parts: "Sequence[Part]", marks: Sequence[int], split: int) -> bool:
    """Whether the person put this split there."""
    return joined(parts, marks, split) != tuple(marks)


def step(options: Sequence[int], at: int, direction: int) -> int:
    """The next place of `options` after (1) or before (-1) `at`; `at` itself where there is none."""
    if direction > 0:
        return next((each for each in options if each > at), at)
    return next((each for each in reversed(options) if each < at), at)
