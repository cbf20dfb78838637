"""LinkedIn's "little" text: the format of a post's `commentary`.

Fifteen signs are reserved. One that is not escaped makes no error: LinkedIn publishes the post cut off
there, so everything is escaped that is not meant as an element (`|{}@[]()<>#\\*_~`, also inside links;
LinkedIn unescapes before it shows). Source: LinkedIn's little-text-format page, and the reports of the
silent cut gathered in 2026.
"""

import re
from typing import Literal

from . import entities
from .span import Span

RESERVED = frozenset("\\|{}@[]()<>#*_~")

HashtagStyle = Literal["bare", "template", "escaped"]

_RESERVED_SIGN = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_ELEMENT = re.compile(
    r"\\(?P<sign>[\\|{}@\[\]()<>#*_~])"
    r"|\{hashtag\|\\?[#＃]\|(?P<template>(?:[^\\|{}@\[\]()<>#*_~]|\\[\\|{}@\[\]()<>#*_~])+)\}"
    r"|@\[(?P<name>(?:[^\\|{}@\[\]()<>#*_~]|\\[\\|{}@\[\]()<>#*_~])+)\]\(urn:li:[^()\\]+\)"
    r"|#(?P<bare>(?:\w|\\_)+)"
)
_ESCAPED = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")
# LinkedIn says "a single word" and no more: only tags that are one by any reading stay live.
_PLAIN_TAG = re.compile(r"#(?=[^\W_])\w*[^\W\d_]\w*")
# A sign or a link before the tag leaves open what LinkedIn makes of it.
_MAY_PRECEDE_TAG = re.compile(r"[\s(\[{«“‘\"'.,;:!?¡¿…–—]\Z")


def _escape_plain(text: str) -> str:
    return _RESERVED_SIGN.sub(r"\\\g<0>", text)


def live_hashtags(text: str) -> tuple[Span, ...]:
    """The hashtags of a plain text that `escape` keeps live, each with its sign, in code points.

    A tag of letters, digits and low lines, with a letter, that begins with a letter or digit and stands
    free: at the start, after a space or after punctuation. `C#`, `#1` and `page#part` of a link are none.
    """
    return tuple(
        span
        for span in entities.hashtags(text)
        if _PLAIN_TAG.fullmatch(text, span.start, span.end)
        and not text[span.end : span.end + 1].isalnum()
        and (span.start == 0 or _MAY_PRECEDE_TAG.match(text, span.start - 1, span.start))
    )


def hashtag_template(tag: str) -> str:
    """The explicit element for one hashtag, given without its sign."""
    return f"{{hashtag|\\#|{_escape_plain(tag)}}}"


def mention(name: str, urn: str) -> str:
    """The element that mentions a person or organisation; LinkedIn matches the name with its case."""
    return f"@[{_escape_plain(name)}]({urn})"


def escape(text: str, hashtags: HashtagStyle = "bare") -> str:
    """A plain text as little text: what a reader sees is the text, sign for sign.

    `hashtags` says what becomes of `live_hashtags`: "bare" leaves `#` as it is and escapes a low line in
    the tag, which is how members write and what every published client sends; "template" writes the
    explicit element; "escaped" makes plain text of them. Every other `#` is escaped. Any `@` is plain text,
    since others cannot be looked up with a member's own rights.
    """
    if hashtags == "escaped":
        return _escape_plain(text)
    pieces: list[str] = []
    position = 0
    for span in live_hashtags(text):
        pieces.append(_escape_plain(text[position : span.start]))
        tag = text[span.start + 1 : span.end]
        pieces.append(hashtag_template(tag) if hashtags == "template" else f"#{_escape_plain(tag)}")
        position = span.end
    pieces.append(_escape_plain(text[position:]))
    return "".join(pieces)


def unescape(little: str) -> str:
    """What a reader sees of a little text. Raises ValueError at a sign that LinkedIn would cut at."""
    pieces: list[str] = []
    position = 0
    while sign := _RESERVED_SIGN.search(little, position):
        pieces.append(little[position : sign.start()])
        element = _ELEMENT.match(little, sign.start())
        if element is None:
            raise ValueError(f"unescaped reserved sign at {sign.start()}")
        if element["sign"]:
            pieces.append(element["sign"])
        elif element["name"]:
            pieces.append(_ESCAPED.sub(r"\1", element["name"]))
        else:
            pieces.append("#" + _ESCAPED.sub(r"\1", element["template"] or element["bare"]))
        position = element.end()
    pieces.append(little[position:])
    return "".join(pieces)
