"""Words that were torn or dressed up to hide from a reader of lists: put together again, and noted."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from operator import attrgetter

from medvoice.compliance.fold import Folded, Note
from medvoice.compliance.tokens import NUMBER, SIGN, SIGNS, WORD, Tag, Tokens, read_tokens

_MIN_SPACED = 4
_HONEST_SIGNS = frozenset("()[]{}\"'“”‘’«»,;:!?&+=<>%$€£§°…")  # "[D]emonstrated", "patient(s)"
_ODD_SIGNS = frozenset(SIGNS) - _HONEST_SIGNS
_NUMBER = re.compile(r"[0-9]+")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_LEET = re.compile(
    r"(?<![\w.,#@/&-])(?=[a-z0-9@$]*[a-z])(?=[a-z0-9@$]*[0-9@$])[a-z0-9@$]{4,16}(?![\w.,/-]?[\w])"
)
_UNLEET = str.maketrans("430157@$8", "aeoistasb")
_SPACED = re.compile(r"(?<![\w'])[a-z](?:(?:[ .\-_*·•|]|[^\w\s'\",;:()/&+]{1,3})[a-z]){3,40}(?![\w'])")
_SPLIT_WORD = re.compile(r"(?<![\w-])([a-z]{1,9})-([a-z]{1,12})(?![\w-])")
_Undone = tuple[int, int, tuple[str, ...], str]  # start, end, words, kind
_DIGITS = frozenset("0123456789")
_START_OF = attrgetter("start")


def tokenize(
    folded: Folded, original: str, is_known: Callable[[str], bool], split: Callable[[str], tuple[str, ...]]
) -> Tokens:
    """The tokens of one sentence, disguised words put together again: s p a c e d, sp-lit, l33t. `is_known`
    tells words of the lists, and `split` divides a lower-case hashtag into words. Each disguise is looked for
    only where a quick look says that it may stand. Linear in the text."""
    tokens, text = read_tokens(folded, original, is_known, split), folded.text
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
        chosen: list[_Undone] = []
        for one in sorted(found):
            if not chosen or one[0] >= chosen[-1][1]:
                chosen.append(one)
                tokens.notes.append(Note(one[3], *folded.span(one[0], one[1])))
        _replace(tokens, chosen)
    if len(tokens.tags) > 1:
        _join_tags(tokens, folded, is_known)
    return tokens


def _hyphenated(text: str, is_known: Callable[[str], bool]) -> Iterator[_Undone]:
    for match in _SPLIT_WORD.finditer(text):
        whole = match[1] + match[2]
        is_compound = any(len(piece) > 3 and is_known(piece) for piece in match.groups())
        if len(whole) >= 4 and not is_compound and _is_torn(match[1], match[2], is_known):
            yield match.start(), match.end(), (whole,), "split"


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


def _leet(matches: Iterable[re.Match[str]], is_known: Callable[[str], bool]) -> Iterator[_Undone]:
    for match in matches:
        plain = match[0].translate(_UNLEET)
        if plain.isalpha() and is_known(plain) and sum(char.isalpha() for char in match[0]) >= 2:
            yield match.start(), match.end(), (plain,), "leet"


def _is_torn(one: str, other: str, is_known: Callable[[str], bool]) -> bool:
    """Whether two pieces are a known word torn apart: known together, and not both by themselves."""
    return is_known(one + other) and not (is_known(one) and is_known(other))


def _replace(tokens: Tokens, found: Iterable[_Undone]) -> None:
    """Put the words found in the place of the tokens they are made of, but not inside a hashtag. They are in
    order and do not overlap."""
    starts, ends, tags = tokens.starts, tokens.ends, tokens.tags
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    kinds: list[int] = []
    shifts: list[tuple[int, int]] = []
    done = 0
    for start, end, words, _ in found:
        before = bisect_left(tags, end, key=_START_OF) - 1
        first = bisect_left(starts, start)
        if first == len(starts) or (before >= 0 and tags[before].end > start):
            continue
        after = bisect_left(starts, end, first)
        step = max(1, (end - start) // len(words))
        bounds = [start + step * i for i in range(len(words))] + [end]
        texts += [*tokens.texts[done:first], *words]
        places += [*zip(starts[done:first], ends[done:first], strict=True), *pairwise(bounds)]
        kinds += [*tokens.kinds[done:first], *[WORD] * len(words)]
        done = after
        shifts.append((after, len(words) - (after - first)))
    tokens.texts = texts + tokens.texts[done:]
    tokens.kinds = kinds + tokens.kinds[done:]
    places += zip(starts[done:], ends[done:], strict=True)
    starts[:] = [start for start, _ in places]
    ends[:] = [end for _, end in places]
    if tags and any(shift for _, shift in shifts):
        tokens.tags = [_shifted(tag, sum(by for after, by in shifts if tag.first >= after)) for tag in tags]


def _shifted(tag: Tag, by: int) -> Tag:
    return Tag(tag.start, tag.end, tag.first + by, tag.last + by) if by else tag


def _join_tags(tokens: Tokens, folded: Folded, is_known: Callable[[str], bool]) -> None:
    """Put a word together again that is torn over two hashtags: `#key #truda`."""
    joined = tokens.tags[:1]
    removed = 0
    for later in tokens.tags[1:]:
        tag, other = joined[-1], _shifted(later, -removed)
        one, rest = tokens.texts[tag.last], tokens.texts[other.first]
        is_near = other.first == tag.last + 1 and other.start - tag.end <= 2
        if not (is_near and len(one + rest) > 4 and _is_torn(one, rest, is_known)):
            joined.append(other)
            continue
        tokens.texts[tag.last : other.first + 1] = [one + rest]
        tokens.starts[tag.last : other.first + 1] = [tokens.starts[tag.last]]
        tokens.ends[tag.last : other.first + 1] = [tokens.ends[other.first]]
        tokens.kinds[tag.last : other.first + 1] = [WORD]
        joined[-1] = Tag(tag.start, other.end, tag.first, other.last - 1)
        removed += 1
        tokens.notes.append(Note("split", *folded.span(tag.start, other.end)))
    tokens.tags = joined
