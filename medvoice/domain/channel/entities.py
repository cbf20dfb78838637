"""Links, hashtags, mentions and cashtags as X finds them, by the rules published with twitter-text 3.

Every offset is in code points and a hashtag's or mention's span holds its sign. A letter or digit of a
hashtag is what Unicode calls so (the Unicode of the running Python).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from . import charset
from .span import Span
from .urls import urls

__all__ = [
    "Entities",
    "NameOrList",
    "Span",
    "cashtags",
    "extract",
    "hashtags",
    "mentions",
    "mentions_or_lists",
    "reply_to",
    "urls",
]


class NameOrList(NamedTuple):
    """A mention and the list it names, if any: `screen_name` without its sign, `list_slug` with its slash."""

    start: int
    end: int
    screen_name: str
    list_slug: str


class Entities(NamedTuple):
    """All entities of a text, none overlapping another: of two that do, the earlier one stands."""

    urls: tuple[Span, ...]
    hashtags: tuple[Span, ...]
    mentions: tuple[Span, ...]
    cashtags: tuple[Span, ...]


_HASH = re.compile(f"[{charset.HASH_SIGNS}](?![\ufe0f\u20e3])")
# Signs that may stand inside a hashtag beside letters, marks and digits.
_IN_HASHTAG = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)
_MENTION = re.compile(
    "(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt):?)"
    f"([{charset.AT_SIGNS}])([a-zA-Z0-9_]{{1,20}})(/[a-zA-Z][a-zA-Z0-9_-]{{0,24}})?"
)
_VOIDS_MENTION = re.compile(f"[{charset.AT_SIGNS}{charset.LATIN_ACCENTS}]|://")
_VOIDS_HASHTAG = re.compile(f"[{charset.HASH_SIGNS}]|://")
_REPLY = re.compile(f"[{charset.SPACES}]*([{charset.AT_SIGNS}][a-zA-Z0-9_]{{1,20}})")
_CASHTAG = re.compile(
    rf"(?:^|[{charset.SPACES}])(\$[a-zA-Z]{{1,6}}(?:[._][a-zA-Z]{{1,2}})?)"
    rf"(?=\Z|[{charset.SPACES}\ufeff{charset.PUNCTUATION}])"
)


def _is_letter(char: str) -> bool:
    """A letter or a mark: a hashtag needs one."""
    return unicodedata.category(char)[0] in "LM"


def _may_be_in_hashtag(char: str) -> bool:
    return char in _IN_HASHTAG or unicodedata.category(char) == "Nd" or _is_letter(char)


def _may_precede_hashtag(char: str) -> bool:
    """Emoji styles are marks, yet a hashtag may follow an emoji."""
    return char in "\ufe0e\ufe0f" or not (
        char == "&" or "\ud800" <= char <= "\udfff" or _may_be_in_hashtag(char)
    )


def _all_hashtags(text: str) -> tuple[Span, ...]:
    """The hashtags without regard to links."""
    found: list[Span] = []
    floor = 0
    for sign in _HASH.finditer(text):
        start = sign.start()
        if start and (start - 1 < floor or not _may_precede_hashtag(text[start - 1])):
            continue
        end = start + 1
        has_letter = False
        while end < len(text) and _may_be_in_hashtag(text[end]):
            has_letter = has_letter or _is_letter(text[end])
            end += 1
        if has_letter:
            floor = end
            if not _VOIDS_HASHTAG.match(text, end):
                found.append(Span(start, end))
    return tuple(found)


def _without_overlap(*groups: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """The same groups less every span that begins inside one that began before it."""
    kept: list[list[Span]] = [[] for _ in groups]
    end = 0
    for span, index in sorted((span, index) for index, group in enumerate(groups) for span in group):
        if span.start >= end:
            kept[index].append(span)
            end = span.end
    return tuple(tuple(spans) for spans in kept)


def hashtags(text: str) -> tuple[Span, ...]:
    """The hashtags, each with its sign: at least one letter, not glued to a word, not part of a link."""
    found = _all_hashtags(text)
    return _without_overlap(found, urls(text))[0] if found else ()


def mentions_or_lists(text: str) -> tuple[NameOrList, ...]:
    """The `@name` and `@name/list` in a text: names of up to 20 ASCII letters, digits, low lines."""
    if "@" not in text and "＠" not in text:
        return ()
    return tuple(
        NameOrList(match.start(1), match.end(), match.group(2), match.group(3) or "")
        for match in _MENTION.finditer(text)
        if not _VOIDS_MENTION.match(text, match.end())
    )


def mentions(text: str) -> tuple[Span, ...]:
    """The `@name` that name a person, each with its sign; a list is none."""
    return tuple(Span(found.start, found.end) for found in mentions_or_lists(text) if not found.list_slug)


def reply_to(text: str) -> Span | None:
    """The mention a text begins with, which makes it a reply; None when it begins otherwise."""
    match = _REPLY.match(text)
    if match is None or _VOIDS_MENTION.match(text, match.end()):
        return None
    return Span(match.start(1), match.end())


def cashtags(text: str) -> tuple[Span, ...]:
    """The `$STOCK` tags, each with its sign: one to six letters, and one or two more after `.` or `_`."""
    if "$" not in text:
        return ()
    return tuple(Span(*match.span(1)) for match in _CASHTAG.finditer(text))


def extract(text: str) -> Entities:
    """All entities at once; lists count as mentions. Linear in the length of the text."""
    names = tuple(Span(found.start, found.end) for found in mentions_or_lists(text))
    return Entities(*_without_overlap(urls(text), _all_hashtags(text), names, cashtags(text)))
