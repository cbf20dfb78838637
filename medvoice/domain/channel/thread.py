"""Splits a text into the posts of an X thread.

A word, link, hashtag, mention or emoji is never cut. A post ends with a paragraph where one ends late
enough, else with a line or sentence, else with a word. Only what is longer than a whole post by itself is
cut, and then between characters as readers see them. Posts are numbered only when asked.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from .charset import SPACES
from .emoji import clusters
from .entities import extract
from .grapheme import boundary_before, is_boundary
from .span import Span
from .urls import MAX_URL_LENGTH
from .weighted import V3, sign_weight, weighted_length

# Below this a post could not hold a link, a word and a number.
MIN_LIMIT = 40
# A post that ends with a paragraph or sentence shall be at least this full; else words fill it up.
MIN_FILL = 0.4

# Spaces that hold words together (NBSP and its kin) are no place to split: "30 %" stays whole.
_BREAKS = (
    SPACES.replace("\xa0", "").replace("\u202f", "").replace("\u2000-\u200a", "\u2000-\u2006\u2008-\u200a")
)
_TOKEN = re.compile(f"[^{_BREAKS}。！？]+(?:[。！？]+[」』”’）]*)?|[。！？]+[」』”’）]*")
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'»”’)\]」』）]*\Z")
_NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# What a full stop after it does not end a sentence for.
_SHORT_FORMS = frozenset(
    {"al", "approx", "bzw", "ca", "cf", "co", "dr", "e.g", "eg", "fig", "i.e", "ie", "inc", "jr", "ltd", "mr"}
    | {"mrs", "ms", "no", "nr", "pp", "prof", "resp", "sr", "st", "u.a", "usw", "vs", "z.b"}
)


class Rank(IntEnum):
    """How good a place is to end a post."""

    WORD = 1
    SENTENCE = 2
    PARAGRAPH = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One post: `text` as it is sent, made of `source[start:end]`, and its weighted `length`."""

    text: str
    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class _Token:
    """What is not split: a word with what clings to it. `gap` is the weight of the space before it."""

    start: int
    end: int
    weight: int
    gap: int
    rank: Rank


def _weight(text: str) -> int:
    if text.isascii() and "." not in text:
        return len(text)
    return weighted_length(text, V3).length


def _rank(word: str, space: str) -> Rank:
    """How good it is to end a post after `word`, which `space` follows."""
    newlines = len(_NEWLINE.findall(space))
    if newlines > 1:
        return Rank.PARAGRAPH
    if newlines:
        return Rank.SENTENCE
    tail = word[-32:]
    end = _SENTENCE_END.search(tail)
    if end is None:
        return Rank.WORD
    core = tail[: end.start()].strip("(\"'«“‘[").lower()
    is_short_form = end.group().startswith(".") and (core in _SHORT_FORMS or len(core) < 2 or core.isdigit())
    return Rank.WORD if is_short_form else Rank.SENTENCE


class _Post(NamedTuple):
    """A post to be: `text[start:end]` weighs `length`."""

    start: int
    end: int
    length: int


class _Atoms:
    """What must not be cut: entities and emoji of a text, in order, none overlapping."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted([span for group in extract(text) for span in group] + list(clusters(text))):
            if not self.ends or start >= self.ends[-1]:
                self.starts.append(start)
                self.ends.append(end)

    def around(self, index: int) -> Span | None:
        """The atom that a cut before `index` would break."""
        at = bisect_left(self.starts, index) - 1
        return Span(self.starts[at], self.ends[at]) if at >= 0 and index < self.ends[at] else None


def _words(text: str, start: int, end: int, atoms: _Atoms) -> list[Span]:
    """The unbreakable runs between `start` and `end`."""
    found: list[Span] = []
    for match in _TOKEN.finditer(text, start, end):
        left, right = match.span()
        glued = found and found[-1].end == left
        if glued and (atoms.around(left) or not is_boundary(text, left)):
            found[-1] = Span(found[-1].start, right)
        else:
            found.append(Span(left, right))
    return found


def _tokens(text: str, start: int, end: int, atoms: _Atoms) -> list[_Token]:
    """The words between `start` and `end`, weighed and ranked."""
    words = _words(text, start, end, atoms)
    tokens: list[_Token] = []
    previous = start
    for index, word in enumerate(words):
        following = words[index + 1].start if index + 1 < len(words) else end
        body = text[word.start : word.end]
        gap = _weight(text[previous : word.start])
        rank = _rank(body, text[word.end : following])
        tokens.append(_Token(word.start, word.end, _weight(body), gap, rank))
        previous = word.end
    return tokens


def _places(text: str, start: int, end: int, budget: int, atoms: _Atoms | None) -> list[int]:
    """Where a word may be cut so that what stands before weighs no more than `budget`, one by one."""
    places: list[int] = []
    weight = 0
    index = start
    while index < end and weight <= budget:
        atom = atoms.around(index + 1) if atoms else None
        if atom is None:
            weight += sign_weight(text[index])
            index += 1
        elif atom.end - index > MAX_URL_LENGTH:
            break  # no link, so it weighs too much; and weighing it at every cut would take long
        else:
            stop = min(atom.end, end)
            weight += _weight(text[index:stop])
            index = stop
        if weight <= budget and index < end and is_boundary(text, index):
            places.append(index)
    return places


def _cut_inside(text: str, start: int, end: int, budget: int, atoms: _Atoms) -> _Post:
    """The post cut off a word that is too long for one: as much as fits, ending between atoms if it can."""
    for spared in (atoms, None):
        for place in reversed(_places(text, start, end, budget, spared)):
            if (length := _weight(text[start:place])) <= budget:
                return _Post(start, place, length)
    # One character of more marks than a post holds.
    place = min(start + budget // 2, end - 1)
    while (length := _weight(text[start:place])) > budget and place > start + 1:
        place = start + (place - start) // 2
    return _Post(start, place, length)


def _choose(tokens: list[_Token], first: int, budget: int) -> int:
    """How many tokens from `first` on make the next post; 0 when not even one fits."""
    best = {Rank.PARAGRAPH: 0, Rank.SENTENCE: 0, Rank.WORD: 0}
    weight = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        weight += token.weight + (token.gap if index > first else 0)
        if weight > budget:
            break
        count = index - first + 1
        best[Rank.WORD] = count
        if weight >= MIN_FILL * budget:
            best[token.rank] = count
    else:
        return len(tokens) - first
    return best[Rank.PARAGRAPH] or best[Rank.SENTENCE] or best[Rank.WORD]


def _posts(text: str, tokens: list[_Token], budget: int, atoms: _Atoms) -> list[_Post]:
    """The posts of one stretch, each within `budget`."""
    tokens = list(tokens)
    found: list[_Post] = []
    first = 0
    while first < len(tokens):
        token = tokens[first]
        count = _choose(tokens, first, budget)
        length = token.weight
        # Weights add up but for the very first sign of a text, which may change what is a link.
        while count and (length := _weight(text[token.start : tokens[first + count - 1].end])) > budget:
            count -= 1
        if count:
            first += count
            found.append(_Post(token.start, tokens[first - 1].end, length))
            continue
        post = _cut_inside(text, token.start, token.end, budget, atoms)
        found.append(post)
        tokens[first] = replace(token, start=post.end, weight=max(1, length - post.length))
    return found


def _cuts(text: str, marks: tuple[int, ...], atoms: _Atoms) -> list[int]:
    """The person's own split marks with both ends; a mark inside an atom moves to its beginning."""
    cuts = {0, len(text)}
    for mark in marks:
        if 0 < mark < len(text):
            place = boundary_before(text, mark)
            atom = atoms.around(place)
            cuts.add(atom.start if atom else place)
    return sorted(cuts)


def split(
    text: str, limit: int = V3.limit, numbered: bool = False, marks: tuple[int, ...] = ()
) -> tuple[Part, ...]:
    """The posts of a thread, at least one; joined they carry every sign that is not space once, in order.

    `limit` is in weighted units (280, more for paying members), `marks` are offsets in code points where
    the person splits. A text that fits and has no marks is one post, sign for sign. `numbered` adds " 1/5"
    to each post of a thread, counted in the limit. Raises ValueError when `limit` is under MIN_LIMIT.
    """
    if limit < MIN_LIMIT:
        raise ValueError(f"a post of {limit} holds no link with its number")
    if not marks and (length := _weight(text)) <= limit:
        return (Part(text, 0, len(text), length),)
    atoms = _Atoms(text)
    stretches = [_tokens(text, left, right, atoms) for left, right in pairwise(_cuts(text, marks, atoms))]

    def posts_within(budget: int) -> list[_Post]:
        return [post for tokens in stretches for post in _posts(text, tokens, budget, atoms)]

    posts = posts_within(limit)
    digits = len(str(len(posts)))
    while numbered and len(posts) > 1:
        with_room = posts_within(limit - len(" /") - 2 * digits)
        if len(with_room) < 10**digits:
            return tuple(_numbered(text, with_room))
        digits += 1
    if not posts:
        return (Part("", 0, 0, 0),)
    return tuple(Part(text[start:end], start, end, length) for start, end, length in posts)


def _numbered(text: str, posts: list[_Post]) -> list[Part]:
    """The posts with their numbers at the end; a number weighs what it has signs."""
    parts: list[Part] = []
    for number, (start, end, length) in enumerate(posts, 1):
        suffix = f" {number}/{len(posts)}"
        parts.append(Part(text[start:end] + suffix, start, end, length + len(suffix)))
    return parts
