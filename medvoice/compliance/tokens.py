"""One pass over a folded sentence: words, numbers, signs, links, addresses, mentions and hashtags.

Hyphens, underscores, quotation marks, asterisks and white space separate words and are no tokens; every other
sign is one. Letters and digits are words of their own, so that `glp1`, `glp-1` and `glp 1` are the same.
Hashtags become the words they are made of.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter

from medvoice.compliance.fold import Folded, Note

WORD, NUMBER, SIGN, URL, EMAIL, MENTION = range(6)
_PLAIN = r"""(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
 |(?P<num>\d+(?:[.,]\d+)*)
 |(?P<sign>(?<=\s)[-–](?=\s)|[^\s\w"'*~-])"""
_TLD = (
    r"(?:com|org|net|eu|io|gov|edu|int|info|health|bio|ly|me|co|gl|is|at|de|ch|fr|uk|us|ca|au|jp|in|app"
    r"|news|page|link)"
)
_RICH = (
    rf"""(?P<url>(?:https?://|www\.)[^\s<>"]{{1,2000}}|(?<![\w@.])(?:[a-z0-9-]{{1,63}}\.){{1,5}}{_TLD}(?![\w-])
        (?:/[^\s<>"]{{0,2000}})?)
 |(?P<email>[a-z0-9._%+-]{{1,64}}@[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{1,4}})
 |(?P<mention>@[\w.-]{{1,100}})
 |(?P<tag>[#＃]\w{{1,150}})
 |"""
    + _PLAIN
)
_TOKEN = re.compile(_PLAIN, re.VERBOSE)
# The same without groups, so that `findall` answers the tokens themselves: a third of the time. And for
# folded ASCII.
_BARE = re.compile(re.sub(r"\?P<\w+>", "?:", _PLAIN), re.VERBOSE)
_BARE_ASCII = re.compile(r"""[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*|(?<=\s)-(?=\s)|[^\sa-z0-9_"'*~-]""", re.ASCII)
_TOKEN_RICH = re.compile(_RICH, re.VERBOSE)
_NEEDS_RICH = re.compile(r"[a-z0-9]\.[a-z]|[@#]\w|://")
_DIGIT = re.compile(r"\d")
_DIGITS = frozenset("0123456789")
SIGNS = {chr(code): SIGN for code in range(128) if not chr(code).isalnum()}
_CAMEL = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")
_FIRST_OF = attrgetter("first")
_OPENING = re.compile(r'"')


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag: its span with the sign (folded), and the tokens that are its words."""

    start: int
    end: int
    first: int
    last: int


class Tokens:
    """Parallel lists. Spans are code points of the folded sentence; `quotes` are those between marks. Where
    the tokens of a plain sentence start and end is found when it is first asked for: of most sentences
    nobody asks. A plain sentence has no links, addresses, mentions or hashtags."""

    __slots__ = (
        "_ends",
        "_plain",
        "_raw",
        "_starts",
        "is_plain",
        "kinds",
        "notes",
        "quotes",
        "tags",
        "texts",
    )

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.kinds: list[int] = []
        self.tags: list[Tag] = []
        self.quotes: list[tuple[int, int]] = []
        self.notes: list[Note] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.is_plain = False
        self._plain = ""
        self._raw: list[str] = []

    @property
    def starts(self) -> list[int]:
        if self._plain:
            self._find_places()
        return self._starts

    @property
    def ends(self) -> list[int]:
        if self._plain:
            self._find_places()
        return self._ends

    def read_plain(self, text: str) -> None:
        """Take the tokens of a plain sentence."""
        if text.isascii():
            texts = self.texts = _BARE_ASCII.findall(text)
            if _DIGIT.search(text) is None:
                self.kinds = [*map(SIGNS.get, texts, repeat(WORD))]
            else:
                self.kinds = [NUMBER if word[0] in _DIGITS else SIGNS.get(word, WORD) for word in texts]
        else:
            texts = self.texts = _BARE.findall(text)
            self.kinds = [
                NUMBER if word[0].isdecimal() else WORD if word[0].isalnum() else SIGN for word in texts
            ]
        self._plain, self._raw, self.is_plain = text, texts, True

    def _find_places(self) -> None:
        """Between two tokens only white space and signs that are no tokens stand, so each token is where its
        text comes next. A hyphen is a token or not by what stands around it."""
        text, self._plain = self._plain, ""
        if "-" in self._raw or "–" in self._raw:
            spans = [match.span() for match in (_BARE_ASCII if text.isascii() else _BARE).finditer(text)]
            self._starts, self._ends = map(list, zip(*spans, strict=True))
            return
        starts, ends, find, at = self._starts, self._ends, text.find, 0
        for word in self._raw:
            at = find(word, at)
            starts.append(at)
            at += len(word)
            ends.append(at)

    def tag_of(self, index: int) -> Tag | None:
        """The hashtag that token `index` is in."""
        tags = self.tags
        if not tags:
            return None
        before = bisect_right(tags, index, key=_FIRST_OF) - 1
        return tags[before] if before >= 0 and index <= tags[before].last else None


def read_tokens(
    folded: Folded, original: str, is_known: Callable[[str], bool], split: Callable[[str], tuple[str, ...]]
) -> Tokens:
    """The tokens of one sentence as they stand. `is_known` tells words of the lists, and `split` divides a
    lower-case hashtag into words. Linear in the text."""
    text = folded.text
    tokens = Tokens()
    has_dot = "." in text[:-1]
    is_rich = (has_dot or "@" in text or "#" in text or "://" in text) and _NEEDS_RICH.search(text)
    if is_rich:
        _read_rich(tokens, text, folded, original, is_known, split)
    else:
        tokens.read_plain(text)
    if "'s" in text:
        tokens.texts = [
            word[:-2] if len(word) > 3 and word.endswith("'s") and kind == WORD else word
            for word, kind in zip(tokens.texts, tokens.kinds, strict=True)
        ]
    if '"' in text:
        marks = [match.start() for match in _OPENING.finditer(text)]
        tokens.quotes = list(zip(marks[::2], marks[1::2], strict=False))
    return tokens


def _read_rich(
    tokens: Tokens,
    text: str,
    folded: Folded,
    original: str,
    is_known: Callable[[str], bool],
    split: Callable[[str], tuple[str, ...]],
) -> None:
    """Tokens of a sentence that may hold links, addresses, mentions or hashtags."""
    texts, starts, ends, kinds = tokens.texts, tokens.starts, tokens.ends, tokens.kinds
    for match in _TOKEN_RICH.finditer(text):
        group = match.lastgroup
        start, end = match.span()
        if group == "tag":
            _add_tag(tokens, folded, original, start, end, is_known, split)
        elif group in ("url", "email", "mention"):
            kind = URL if group == "url" else EMAIL if group == "email" else MENTION
            _add_address(tokens, match[0], start, kind)
        else:
            texts.append(match[0])
            starts.append(start)
            ends.append(end)
            kinds.append(WORD if group == "word" else NUMBER if group == "num" else SIGN)


def _add_address(tokens: Tokens, value: str, start: int, kind: int) -> None:
    """A link, address or mention, and after it as signs what ends the sentence rather than the link."""
    address = value.rstrip(".,;:!?)]}'…")
    for text, at, one in (
        (address, start, kind),
        *(
            (char, start + len(address) + i, SIGN)
            for i, char in enumerate(value[len(address) :])
            if char != "'"
        ),
    ):
        if text:
            tokens.texts.append(text)
            tokens.starts.append(at)
            tokens.ends.append(at + len(text))
            tokens.kinds.append(one)


def _add_tag(
    tokens: Tokens,
    folded: Folded,
    original: str,
    start: int,
    end: int,
    is_known: Callable[[str], bool],
    split: Callable[[str], tuple[str, ...]],
) -> None:
    body = folded.text[start + 1 : end]
    first = len(tokens.texts)
    pieces: list[tuple[str, int]] = []
    if is_known(body):
        pieces.append((body, 0))
    else:
        raw = (
            original[start + 1 : end] if folded.source is None else _case_of(folded, original, start + 1, end)
        )
        for match in _CAMEL.finditer(raw):
            at = match.start()
            for piece in split(body[at : match.end()]):
                pieces.append((piece, at))
                at += len(piece)
    for piece, at in pieces or [(body, 0)]:
        tokens.texts.append(piece)
        tokens.starts.append(start + 1 + at)
        tokens.ends.append(start + 1 + at + len(piece))
        tokens.kinds.append(NUMBER if piece.isdigit() else WORD)
    tokens.tags.append(Tag(start, end, first, len(tokens.texts) - 1))


def _case_of(folded: Folded, original: str, start: int, end: int) -> str:
    """folded[start:end] with the capitals of the original, one letter for one letter."""
    assert folded.source is not None
    return "".join(
        char.upper() if original[folded.source[i]].isupper() and len(char.upper()) == 1 else char
        for i, char in enumerate(folded.text[start:end], start)
    )


def term_tokens(term: str) -> tuple[str, ...]:
    """The tokens of one wording of a term, `<num>` and `<any>` kept."""
    plain = term.replace("-", " ")
    words = plain.split()
    if term.isascii() and " - " not in term and "".join(words).isalpha():
        return tuple(words)
    pieces: list[str] = []
    for part in re.split(r"(<num>|<any>)", term):
        if part in ("<num>", "<any>"):
            pieces.append(part)
        else:
            found = _TOKEN_RICH if _NEEDS_RICH.search(part) else _TOKEN
            for match in found.finditer(part):
                value = match[0]
                if match.lastgroup == "word" and value.endswith("'s") and len(value) > 3:
                    value = value[:-2]
                pieces.append(value)
    return tuple(pieces)
