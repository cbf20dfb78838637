"""One pass over a folded sentence: words, numbers, signs, links, addresses, mentions and hashtags.

Hyphens, underscores, quotation marks, asterisks and white space separate words and are no tokens; every other
sign is one. Letters and digits are words of their own, so that `glp1`, `glp-1` and `glp 1` are the same.
Hashtags become the words they are made of.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

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
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_SIGNS = {chr(code): SIGN for code in range(128) if not chr(code).isalnum()}
_MIN_SPACED = 4
_HONEST_SIGNS = frozenset("()[]{}\"'“”‘’«»,;:!?&+=<>%$€£§°…")  # "[D]emonstrated", "patient(s)"
_ODD_SIGNS = frozenset(_SIGNS) - _HONEST_SIGNS
_NUMBER = re.compile(r"[0-9]+")
_CAMEL = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")
_LEET = re.compile(
    r"(?<![\w.,#@/&-])(?=[a-z0-9@$]*[a-z])(?=[a-z0-9@$]*[0-9@$])[a-z0-9@$]{4,16}(?![\w.,/-]?[\w])"
)
_UNLEET = str.maketrans("430157@$8", "aeoistasb")
_SPACED = re.compile(r"(?<![\w'])[a-z](?:(?:[ .\-_*·•|]|[^\w\s'\",;:()/&+]{1,3})[a-z]){3,40}(?![\w'])")
_SPLIT_WORD = re.compile(r"(?<![\w-])([a-z]{1,9})-([a-z]{1,12})(?![\w-])")
_OPENING = re.compile(r'"')


_Undone = tuple[int, int, tuple[str, ...], str]  # start, end, words, kind


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
                self.kinds = [*map(_SIGNS.get, texts, repeat(WORD))]
            else:
                self.kinds = [NUMBER if word[0] in _DIGITS else _SIGNS.get(word, WORD) for word in texts]
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
        for tag in self.tags:
            if tag.first <= index <= tag.last:
                return tag
        return None


def tokenize(
    folded: Folded, original: str, is_known: Callable[[str], bool], split: Callable[[str], tuple[str, ...]]
) -> Tokens:
    """The tokens of one sentence. `is_known` tells words of the lists (to undo s p a c i n g), and `split`
    divides a lower-case hashtag into words. Linear in the text."""
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
    _undo(tokens, text, folded, is_known, split)
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


def _signs_in_words(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """(word before, word after) where one to three signs stand between two words without any space."""
    starts, ends, kinds = tokens.starts, tokens.ends, tokens.kinds
    if SIGN not in kinds:
        return
    last = len(kinds) - 1
    for i, kind in enumerate(kinds):
        if kind != WORD or i >= last - 1 or kinds[i + 1] != SIGN or starts[i + 1] != ends[i]:
            continue
        if tokens.texts[i + 1] in _HONEST_SIGNS:
            continue
        after = i + 2
        while after <= last and kinds[after] == SIGN and after - i <= 3 and starts[after] == ends[after - 1]:
            after += 1
        if after <= last and kinds[after] == WORD and starts[after] == ends[after - 1]:
            yield i, after


def _has_digit_in_word(tokens: Tokens) -> bool:
    """Whether a number touches a word."""
    starts, ends, kinds = tokens.starts, tokens.ends, tokens.kinds
    return any(
        kind == NUMBER
        and (
            (i > 0 and kinds[i - 1] == WORD and ends[i - 1] == starts[i])
            or (i + 1 < len(kinds) and kinds[i + 1] == WORD and ends[i] == starts[i + 1])
        )
        for i, kind in enumerate(kinds)
    )


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


def _undo(
    tokens: Tokens,
    text: str,
    folded: Folded,
    is_known: Callable[[str], bool],
    split: Callable[[str], tuple[str, ...]],
) -> None:
    """Put disguised words together again: s p a c e d, sp-lit, l33t. Each is looked for only where a quick
    look says that it may stand."""
    found: list[_Undone] = []
    if "-" in text:
        found += _hyphenated(text, is_known)
    if not (text.isascii() and _ODD_SIGNS.isdisjoint(tokens.texts[:-1])):
        for before, after in _signs_in_words(tokens):
            whole = tokens.texts[before] + tokens.texts[after]
            if len(whole) > 4 and _is_torn(tokens.texts[before], tokens.texts[after], is_known):
                found.append((tokens.starts[before], tokens.ends[after], (whole,), "split"))
    if [*map(len, tokens.texts)].count(1) >= _MIN_SPACED:
        found += _spaced(text, is_known, split)
    if "@" in text or "$" in text:
        found += _leet(_LEET.finditer(text), is_known)
    elif NUMBER in tokens.kinds:
        matches = [match for at in _words_with_digits(text) if (match := _LEET.match(text, at))]
        if matches and _has_digit_in_word(tokens):
            found += _leet(matches, is_known)
    if found:
        last = -1
        for start, end, words, kind in sorted(found):
            if start < last:
                continue
            last = end
            _replace(tokens, start, end, words)
            low, high = folded.span(start, end)
            tokens.notes.append(Note(kind, low, high))
    if len(tokens.tags) > 1:
        _join_tags(tokens, folded, is_known)


def _hyphenated(text: str, is_known: Callable[[str], bool]) -> Iterator[_Undone]:
    for match in _SPLIT_WORD.finditer(text):
        whole = match[1] + match[2]
        is_compound = any(len(piece) > 3 and is_known(piece) for piece in match.groups())
        if len(whole) >= 4 and not is_compound and _is_torn(match[1], match[2], is_known):
            yield match.start(), match.end(), (whole,), "split"


def _spaced(
    text: str, is_known: Callable[[str], bool], split: Callable[[str], tuple[str, ...]]
) -> Iterator[_Undone]:
    for match in _SPACED.finditer(text):
        letters = "".join(char for char in match[0] if char.isalpha())
        words = (letters,) if is_known(letters) else split(letters)
        if len(words) > 1 and not all(is_known(word) and len(word) > 1 for word in words):
            continue
        if len(words) == 1 and not is_known(letters):
            continue
        yield match.start(), match.end(), words, "spaced"


def _words_with_digits(text: str) -> list[int]:
    """Where the runs of small letters and digits begin that hold both."""
    found: list[int] = []
    reached = 0
    for match in _NUMBER.finditer(text):
        low, high = match.span()
        if text[low - 1 : low] in _LETTERS or text[high : high + 1] in _LETTERS:
            while low > reached and text[low - 1] in _LETTERS:
                low -= 1
            if low > reached or not found:  # else the same run goes on
                found.append(low)
        reached = high
    return found


def _leet(matches: Iterable[re.Match[str]], is_known: Callable[[str], bool]) -> Iterator[_Undone]:
    for match in matches:
        plain = match[0].translate(_UNLEET)
        if plain.isalpha() and is_known(plain) and sum(char.isalpha() for char in match[0]) >= 2:
            yield match.start(), match.end(), (plain,), "leet"


def _is_torn(one: str, other: str, is_known: Callable[[str], bool]) -> bool:
    """Whether two pieces are a known word torn apart: known together, and not both by themselves."""
    return is_known(one + other) and not (is_known(one) and is_known(other))


def _join_tags(tokens: Tokens, folded: Folded, is_known: Callable[[str], bool]) -> None:
    """Put a word together again that is torn over two hashtags: `#key #truda`."""
    number = 0
    while number + 1 < len(tokens.tags):
        tag, other = tokens.tags[number], tokens.tags[number + 1]
        one, rest = tokens.texts[tag.last], tokens.texts[other.first]
        is_near = other.first == tag.last + 1 and other.start - tag.end <= 2
        if not (is_near and len(one + rest) > 4 and _is_torn(one, rest, is_known)):
            number += 1
            continue
        tokens.texts[tag.last : other.first + 1] = [one + rest]
        tokens.starts[tag.last : other.first + 1] = [tokens.starts[tag.last]]
        tokens.ends[tag.last : other.first + 1] = [tokens.ends[other.first]]
        tokens.kinds[tag.last : other.first + 1] = [WORD]
        tokens.tags[number : number + 2] = [Tag(tag.start, other.end, tag.first, other.last - 1)]
        tokens.tags[number + 1 :] = [
            Tag(later.start, later.end, later.first - 1, later.last - 1)
            for later in tokens.tags[number + 1 :]
        ]
        tokens.notes.append(Note("split", *folded.span(tag.start, other.end)))


def _replace(tokens: Tokens, start: int, end: int, words: tuple[str, ...]) -> None:
    first = next((i for i, at in enumerate(tokens.starts) if at >= start), None)
    if first is None or any(tag.start < end and start < tag.end for tag in tokens.tags):
        return
    after = first
    while after < len(tokens.starts) and tokens.starts[after] < end:
        after += 1
    span = slice(first, after)
    step = max(1, (end - start) // len(words))
    bounds = [start + step * i for i in range(len(words))] + [end]
    tokens.texts[span] = list(words)
    tokens.starts[span] = bounds[:-1]
    tokens.ends[span] = bounds[1:]
    tokens.kinds[span] = [WORD] * len(words)
    shift = len(words) - (after - first)
    tokens.tags = [
        Tag(tag.start, tag.end, tag.first + shift, tag.last + shift) if tag.first >= after else tag
        for tag in tokens.tags
    ]


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
