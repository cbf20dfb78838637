"""X's weighted length, by the rules published with twitter-text 3.

A text is brought to NFC; a link weighs 23; an emoji of several code points weighs as one (version 3);
every other code point weighs 1 in the light ranges (Latin, Greek, Cyrillic, Arabic, Hebrew and more up to
U+10FF, spaces, dashes, quotation marks, primes) and 2 elsewhere (CJK, emoji, the euro sign, `…`, `•`, `→`).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from . import charset
from .emoji import clusters
from .span import Span
from .urls import urls

LIGHT_RANGES = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
# What a paying X member may write; the same weights are assumed (X states none for long posts).
PREMIUM_LIMIT = 25_000


@dataclass(frozen=True, slots=True)
class CountingConfig:
    """One published version of X's counting rules; weights are in whole units, not in hundredths.

    `light_ranges` are inclusive ranges of code points that weigh 1; all others weigh `default_weight`.
    """

    version: int
    limit: int
    default_weight: int
    url_weight: int = 23
    is_emoji_one: bool = False
    light_ranges: tuple[tuple[int, int], ...] = field(default=LIGHT_RANGES)


V1 = CountingConfig(version=1, limit=140, default_weight=1)
V2 = CountingConfig(version=2, limit=280, default_weight=2)
V3 = CountingConfig(version=3, limit=280, default_weight=2, is_emoji_one=True)


class Weighted(NamedTuple):
    """What a text weighs. `valid`: X takes it as one post (not empty, not over, no forbidden sign)."""

    length: int
    limit: int
    valid: bool


_FORBIDDEN = re.compile(f"[{charset.INVALID}]")


@cache
def _heavy(config: CountingConfig) -> re.Pattern[str]:
    """Runs of code points outside the light ranges."""
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in config.light_ranges)
    return re.compile(f"[^{ranges}]+")


def _plain_weight(text: str, config: CountingConfig) -> int:
    """What the code points weigh one by one, links and emoji aside."""
    if text.isascii() or config.default_weight == 1:
        return len(text)
    heavy = sum(map(len, _heavy(config).findall(text)))
    return len(text) + heavy * (config.default_weight - 1)


def sign_weight(sign: str) -> int:
    """What one code point weighs by itself in version 3."""
    return 1 if _heavy(V3).match(sign) is None else V3.default_weight


def has_forbidden(text: str) -> bool:
    """Whether a sign is in the text that X refuses: U+FFFE, U+FEFF, U+FFFF."""
    return _FORBIDDEN.search(text) is not None


def _outside(spans: Iterable[Span], links: tuple[Span, ...]) -> list[Span]:
    """The spans that do not begin inside a link; both are in order."""
    kept: list[Span] = []
    index = 0
    for span in spans:
        while index < len(links) and links[index].end <= span.start:
            index += 1
        if index == len(links) or span.start < links[index].start:
            kept.append(span)
    return kept


def weighted_length(text: str, config: CountingConfig = V3) -> Weighted:
    """Counts a text as X does; linear in its length. Lone surrogates weigh 2 and are for others to refuse."""
    normal = unicodedata.normalize("NFC", text)
    links = urls(normal)
    length = _plain_weight(normal, config)
    for link in links:
        length += config.url_weight - _plain_weight(normal[link.start : link.end], config)
    if config.is_emoji_one:
        for emoji in _outside(clusters(normal), links):
            length += config.default_weight - _plain_weight(normal[emoji.start : emoji.end], config)
    return Weighted(length, config.limit, 0 < length <= config.limit and not has_forbidden(normal))
