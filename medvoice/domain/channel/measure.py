"""How long a text is for a channel, and what the channel makes of it."""

import re
from dataclasses import dataclass
from typing import Literal

from medvoice.domain.errors import UserError

from . import entities
from .grapheme import boundary_before
from .span import Span
from .thread import Part, split
from .weighted import V3, has_forbidden, weighted_length

# Documented for LinkedIn's older share API and enforced by its composer; counted as readers see the text.
LINKEDIN_LIMIT = 3_000
# LinkedIn shows about this much before "…more"; not documented, reported in 2026 (platforms notes, 2026-11).
FOLD_DESKTOP = 210
FOLD_MOBILE = 140
# And no more than this many lines.
FOLD_LINES = 3

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Measure:
    """The answer for one text on one channel; spans are code points of the text as given.

    `used` and `limit` are in `unit`. `valid`: the text as one post is neither empty nor too long and has
    no sign the network refuses. `parts` are the posts it makes: one for LinkedIn; for X a thread when it
    is over the limit or has split marks. `mentions` are what X links (LinkedIn shows them as plain text).
    """

    channel: str
    used: int
    limit: int
    unit: Literal["code points", "weighted"]
    valid: bool
    urls: tuple[Span, ...]
    hashtags: tuple[Span, ...]
    mentions: tuple[Span, ...]
    parts: tuple[Part, ...]


def measure(
    text: str,
    channel: str,
    *,
    limit_override: int | None = None,
    numbered: bool = False,
    marks: tuple[int, ...] = (),
) -> Measure:
    """Measures a text for "linkedin" or "x"; linear in its length, any thread.

    `limit_override` replaces the channel's limit (X's longer posts of paying members). `numbered` and
    `marks` are X's thread options, see `thread.split`. Raises UserError `bad_field` for another channel.
    """
    found = entities.extract(text)
    if channel == "x":
        limit = limit_override or V3.limit
        used = weighted_length(text, V3).length
        valid = 0 < used <= limit and not has_forbidden(text)
        parts = split(text, limit, numbered, marks)
        return Measure(
            channel, used, limit, "weighted", valid, found.urls, found.hashtags, found.mentions, parts
        )
    if channel != "linkedin":
        raise UserError("bad_field", field="channel", value=channel)
    limit = limit_override or LINKEDIN_LIMIT
    used = len(text)
    valid = used <= limit and bool(text.strip())
    parts = (Part(text, 0, used, used),)
    return Measure(
        channel, used, limit, "code points", valid, found.urls, found.hashtags, found.mentions, parts
    )


def fold_at(text: str, form: Literal["desktop", "mobile"] = "desktop") -> int:
    """Where LinkedIn hides the rest of a post behind "…more", in code points; the length when it shows all.

    An estimate: so many characters or lines, whichever comes first, and never inside a character.
    """
    limit = FOLD_DESKTOP if form == "desktop" else FOLD_MOBILE
    if len(text) > limit:
        limit = boundary_before(text, limit) or limit
    ends = [match.start() for match in _LINE_END.finditer(text, 0, min(limit, len(text)))]
    if len(ends) >= FOLD_LINES and text[ends[FOLD_LINES - 1] :].strip():
        return ends[FOLD_LINES - 1]
    return min(limit, len(text))
