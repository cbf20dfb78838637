"""What the checker is given and what it answers. All spans are code points of the given text."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from medvoice.domain.level import LEVEL_ORDER as LEVEL_ORDER
from medvoice.domain.level import REGIONS as REGIONS
from medvoice.domain.level import Level as Level
from medvoice.domain.product import Product as Product

Confidence = Literal["pattern", "combination", "heuristic", "learned"]
# `reaction` is somebody else's text before one likes or shares it, `question` one that was put to the author,
# `routed_reply` the answer to a question that is not theirs to answer; the last four go out beside a post.
Surface = Literal[
    "post",
    "comment",
    "reply",
    "question",
    "routed_reply",
    "reshare",
    "reaction",
    "profile",
    "alt_text",
    "document",
    "first_comment",
    "link",
]
SURFACES: tuple[Surface, ...] = get_args(Surface)


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be checked on one channel for some regions, with what the profile says of its author.

    `parts` are the (start, end) offsets of thread posts in `text`, empty for a single post.
    """

    text: str
    channel: str = "linkedin"
    regions: tuple[str, ...] = ("US", "EU", "UK")
    surface: Surface = "post"
    employer: str = ""
    products: tuple[Product, ...] = ()
    competitors: tuple[str, ...] = ()
    confidential_words: tuple[str, ...] = ()
    profile_carries_disclaimer: bool = False
    image_count: int = 0
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of a rule. `dated` is the date of the text cited, as far as it is known; `is_verified` is
    False where the reference marks the fact unverified."""

    doc: str
    url: str = ""
    dated: str = ""
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe replacement of text[start:end]: it deletes, generalises or moves words and never asserts."""

    label: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit of one rule. `advice` says what would make it pass; `cue` is the context word that changed
    the level, if any; `lift` names the way out of a block: route, permission, reviewer or none ("")."""

    rule: str
    version: str
    category: str
    level: Level
    start: int
    end: int
    quote: str
    message: str
    why: str
    advice: str
    basis: tuple[Citation, ...]
    fixes: tuple[Fix, ...]
    regions: tuple[str, ...]
    confidence: Confidence
    pack: str
    cue: str | None = None
    lift: str = ""


@dataclass(frozen=True, slots=True)
class PackRef:
    """Which rules were in force. `review_state` is "draft" or "reviewed by … on …"; `is_stale` after
    `review_by`."""

    id: str
    version: str
    sha256: str
    title: str
    effective: date
    review_by: date
    review_state: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer of one check. `unread` are sentences about what was not read (images, languages, too long).
    `atoms` are evidence kinds seen anywhere (for instance product, disease, statistic, mention) and trigger
    checklist items."""

    findings: tuple[Finding, ...]
    packs: tuple[PackRef, ...]
    unread: tuple[str, ...] = ()
    atoms: frozenset[str] = frozenset()

    @property
    def is_blocked(self) -> bool:
        return any(finding.level is Level.BLOCK for finding in self.findings)
