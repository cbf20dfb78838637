"""Folding a sentence to what is matched: lower case, no accents, no disguises, with a source-index list.

Why not NFKC: it keeps no offsets and knows no look-alikes (checker reference, section 6). One code point may
fold to several (the sharp s, ligatures, one half) or to none (zero width), so the map is a plain list of
source indices. Folding is for matching only, never for display.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from medvoice.compliance.confusables import TABLE

_PLAIN = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "「": '"', "」": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "–", "—": "—", "―": "—", "−": "-", "…": "...",
    "⁄": "/", "∕": "/", "×": "x", "％": "%", "＃": "#", "＠": "@",
}  # fmt: skip
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERLAYS = frozenset("\u0335\u0336\u0337\u0338\u0332\u0333\u033f\u0305")
_ZERO_WIDTH = frozenset(
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u034f\u115f\u3164\uffa0"
)
_HIDDEN = _ZERO_WIDTH | _BIDI | {"\u00ad"}
_LONGEST_HIDDEN = 24  # more hidden signs in a row hide nothing inside a word
_GREEK_IN_SCIENCE = frozenset("αβγδεζηθκλμπστφχψωµΔΣΩΦΨΓΛΘ")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_RUN_WITH_HIDDEN = re.compile(r"\S+")

STYLED = "styled"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """A disguise seen: kind as in the pack format's `signs`, span in code points of the given text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """`source[i]` is the index in the given text that folded[i] comes from; None when they are the same."""

    text: str
    source: list[int] | None
    notes: tuple[Note, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that folded[start:end] comes from. `end` > `start`."""
        if self.source is None:
            return start, end
        indices = self.source[start:end]
        return min(indices), max(indices) + 1


@lru_cache(maxsize=8192)
def fold_char(char: str) -> tuple[str, str]:
    """(what the code point folds to, its kind): "" plain, "styled", "other" (a letter of another script),
    "zero_width", "soft_hyphen", "bidi", "overlay", "mark"."""
    if char in _PLAIN:
        return _PLAIN[char], ""
    if char == "\u00ad":
        return "", "soft_hyphen"
    if char in _BIDI:
        return "", "bidi"
    if char in _ZERO_WIDTH:
        return "", "zero_width"
    if char in _OVERLAYS:
        return "", "overlay"
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return "", "mark"
    if category[0] == "Z":
        return " ", ""
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", char).casefold() if not unicodedata.combining(part)
    )
    plain = (unicodedata.normalize("NFKC", plain) or plain).replace("⁄", "/")
    if not char.isalpha() and not unicodedata.category(char).startswith("S"):
        return (plain or char), ""
    return _fold_letter(char, plain)


def _fold_letter(char: str, plain: str) -> tuple[str, str]:
    name = unicodedata.name(char, "")
    if plain.isascii():
        is_latin = name.startswith("LATIN") and "SMALL CAPITAL" not in name and "FULLWIDTH" not in name
        is_styled = (
            not is_latin and any(part.isalpha() for part in plain) and len(plain) == 1 and char not in "ªº"
        )
        return plain or char, STYLED if is_styled else ""
    if "LATIN" in name:
        small_capital = name.removeprefix("LATIN LETTER SMALL CAPITAL ")
        if len(small_capital) == 1:
            return small_capital.lower(), STYLED
        if char in TABLE and ("SMALL CAPITAL" in name or "SQUARED" in name or "CIRCLED" in name):
            return TABLE[char], STYLED
        return _PLAIN.get(plain, plain), ""
    if name.startswith(("NEGATIVE", "SQUARED", "CIRCLED", "MODIFIER")) and char in TABLE:
        return TABLE[char], STYLED
    return plain, OTHER if char.isalpha() else ""


def fold(text: str, is_known: Callable[[str], bool] | None = None) -> Folded:
    """Fold one sentence. `is_known` tells whether a plain word is in any word list; with it, a word made
    wholly of look-alikes is folded too. Linear time; any Unicode, lone surrogates included. Any thread."""
    if text.isascii():
        return Folded(text.lower(), None, ())
    pieces: list[str] = []
    source: list[int] = []
    kinds: list[tuple[int, str]] = []
    done = 0
    for match in _NOT_ASCII.finditer(text):
        index = match.start()
        if index > done:
            pieces.append(text[done:index].lower())
            source.extend(range(done, index))
        done = index + 1
        plain, kind = fold_char(text[index])
        if kind:
            kinds.append((index, kind))
        if plain:
            pieces.append(plain)
            source.extend([index] * len(plain))
    pieces.append(text[done:].lower())
    source.extend(range(done, len(text)))
    folded = "".join(pieces)
    if not kinds:
        return Folded(folded, source, ())
    found = {kind for _, kind in kinds}
    notes: list[Note] = []
    if OTHER in found:
        folded = _fold_words(text, folded, source, is_known, notes)
    if "\u202e" in text or "\u202d" in text:
        folded, source = _turn(text, folded, source)
    if found - {OTHER, "mark"}:
        _note(text, kinds, notes)
    notes.sort(key=lambda note: (note.start, note.kind))
    return Folded(folded, source, tuple(notes))


def _fold_words(
    text: str,
    folded: str,
    source: list[int],
    is_known: Callable[[str], bool] | None,
    notes: list[Note],
) -> str:
    """Words that mix Latin with look-alikes become Latin; wholly foreign words only when known."""
    has_latin = any(char.isascii() and char.isalpha() for char in folded)
    letters = list(folded)
    for word in _WORD.finditer(folded):
        part = word[0]
        if part.isascii():
            continue
        first, last = source[word.start()], source[word.end() - 1]
        foreign = [i for i, char in enumerate(part) if not char.isascii()]
        plain = "".join(
            TABLE.get(text[source[word.start() + i]], TABLE.get(c, c)) for i, c in enumerate(part)
        )
        if not plain.isascii():
            continue
        if len(foreign) < len(part):
            edge = foreign == [0] or foreign == [len(part) - 1]
            if edge and text[source[word.start() + foreign[0]]] in _GREEK_IN_SCIENCE:
                continue
        elif not (has_latin and len(part) >= 4 and is_known is not None and is_known(plain)):
            continue
        letters[word.start() : word.end()] = list(plain)
        notes.append(Note("mixed_script", first, last + 1))
    return "".join(letters)


def _turn(text: str, folded: str, source: list[int]) -> tuple[str, list[int]]:
    """Read what stands between a right-to-left override and its end the way it is shown."""
    order = list(range(len(folded)))
    start: int | None = None
    for index, char in enumerate(text + "\u202c"):
        if char == "\u202e" and start is None:
            start = index
        elif char in "\u202c\u202d" and start is not None:
            inside = [i for i in range(len(source)) if start < source[i] < index]
            if inside:
                order[inside[0] : inside[-1] + 1] = order[inside[0] : inside[-1] + 1][::-1]
            start = None
    return "".join(folded[i] for i in order), [source[i] for i in order]


def _is_latin(char: str) -> bool:
    plain, kind = fold_char(char) if char >= "\x80" else (char, "")
    return bool(plain) and kind != OTHER and plain[0].isascii() and plain[0].isalpha()


def _inside_word(text: str, index: int) -> bool:
    """Whether hidden signs at `index` stand between two Latin letters."""
    before, after = index - 1, index + 1
    low, high = max(0, index - _LONGEST_HIDDEN), min(len(text), index + _LONGEST_HIDDEN)
    while before >= low and text[before] in _HIDDEN:
        before -= 1
    while after < high and text[after] in _HIDDEN:
        after += 1
    return before >= low and after < high and _is_latin(text[before]) and _is_latin(text[after])


def _note(text: str, kinds: list[tuple[int, str]], notes: list[Note]) -> None:
    """Notes for hidden and styled signs, one for each word (run without spaces) and kind."""
    words = [(match.start(), match.end()) for match in _RUN_WITH_HIDDEN.finditer(text)]
    position = 0
    counts: dict[tuple[str, int, int], int] = {}
    for index, kind in kinds:
        if kind in (OTHER, "mark"):
            continue
        if kind in ("zero_width", "soft_hyphen") and not _inside_word(text, index):
            continue
        if kind == "bidi" and not _bidi_matters(text, index):
            continue
        while position < len(words) - 1 and words[position][1] <= index:
            position += 1
        start, end = words[position] if words else (index, index + 1)
        if not start <= index < end:
            start, end = index, index + 1
        key = (kind, start, end)
        counts[key] = counts.get(key, 0) + 1
    for (kind, start, end), count in counts.items():
        if kind == STYLED and count < 2 and end - start > 1:
            continue
        notes.append(Note(kind, start, end))


def _bidi_matters(text: str, index: int) -> bool:
    """An override always; another control only between Latin letters."""
    return text[index] in "\u202d\u202e" or _inside_word(text, index)
