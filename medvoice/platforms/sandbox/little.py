r"""LinkedIn's "little" text, read as a server reads it (platforms reference 1.6).

Written from the published grammar, not from any escaper: Text, Mention, Hashtag, HashtagTemplate.
A reserved character that belongs to none of them and has no backslash before it ends the visible text:
LinkedIn answers 201 and shows only what came before.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

RESERVED = frozenset("|{}@[]()<>#\\*_~")
_URN = re.compile(r"urn:li:(?:person|organization):[A-Za-z0-9_-]+")
_HASH_SLOTS = ("\\#", "#", "\\＃", "＃")
_TEMPLATE_HEAD = "{hashtag|"


@dataclass(frozen=True, slots=True)
class LittleText:
    """The visible text, and the index in the commentary of the character that cut it (None: nothing cut)."""

    visible: str
    cut_at: int | None


def read_little(commentary: str) -> str:
    """What a reader of the post would see. Code points in, code points out; never raises."""
    return parse_little(commentary).visible


def parse_little(commentary: str) -> LittleText:
    """Read `commentary` up to its end or to the first reserved character that stands bare."""
    shown: list[str] = []
    at = 0
    while at < len(commentary):
        element = _element(commentary, at)
        if element is None:
            return LittleText("".join(shown), at)
        text, at = element
        shown.append(text)
    return LittleText("".join(shown), None)


def _element(source: str, at: int) -> tuple[str, int] | None:
    """The element at `at` as (visible text, index after it); None when a reserved character stands bare."""
    character = source[at]
    if character not in RESERVED:
        return character, at + 1
    if character == "\\":
        return _escaped(source, at)
    if character == "#":
        return _hashtag(source, at)
    if character == "{":
        return _template(source, at)
    if character == "@":
        return _mention(source, at)
    return None


def _escaped(source: str, at: int) -> tuple[str, int] | None:
    following = source[at + 1 : at + 2]
    return (following, at + 2) if following and following in RESERVED else None


def _is_word(character: str) -> bool:
    """Letters, digits and the marks that sit on letters."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _hashtag(source: str, at: int) -> tuple[str, int] | None:
    """`#` and one word; an underscore in the word carries its backslash like anywhere else."""
    word: list[str] = []
    end = at + 1
    while end < len(source):
        if source.startswith("\\_", end):
            word.append("_")
            end += 2
        elif _is_word(source[end]):
            word.append(source[end])
            end += 1
        else:
            break
    return ("#" + "".join(word), end) if word else None


def _text_until(source: str, at: int, closing: str) -> tuple[str, int] | None:
    """Plain or escaped text up to the bare `closing`: (text, index after it). None when it never comes."""
    text: list[str] = []
    while at < len(source):
        if source[at] == closing:
            return "".join(text), at + 1
        if source[at] == "\\":
            pair = _escaped(source, at)
            if pair is None:
                return None
            text.append(pair[0])
            at = pair[1]
        elif source[at] in RESERVED:
            return None
        else:
            text.append(source[at])
            at += 1
    return None


def _template(source: str, at: int) -> tuple[str, int] | None:
    r"""`{hashtag|\#|word}`; the middle slot may be `#` or the full-width sign, with or without backslash."""
    if not source.startswith(_TEMPLATE_HEAD, at):
        return None
    at += len(_TEMPLATE_HEAD)
    for slot in _HASH_SLOTS:
        if source.startswith(slot + "|", at):
            tail = _text_until(source, at + len(slot) + 1, "}")
            return (slot[-1] + tail[0], tail[1]) if tail and tail[0] else None
    return None


def _mention(source: str, at: int) -> tuple[str, int] | None:
    """`@[name](urn)` or `@(urn)`: readers see the name, or the URN where no name was given."""
    at += 1
    name: str | None = None
    if source.startswith("[", at):
        named = _text_until(source, at + 1, "]")
        if named is None:
            return None
        name, at = named
    if not source.startswith("(", at):
        return None
    urn = _URN.match(source, at + 1)
    if urn is None or not source.startswith(")", urn.end()):
        return None
    return name or urn.group(), urn.end() + 1
