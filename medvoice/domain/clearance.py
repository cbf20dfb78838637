"""What was cleared, by whom, and the hash that binds it to the exact content."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

ENGINE_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that would reach the public on one channel, and for whom.

    `parts` are the visible texts of the posts in order (one for a single post). `media` are SHA-256 hex
    digests, `alt_texts` stand in the same order.
    """

    channel: str
    parts: tuple[str, ...]
    regions: tuple[str, ...]
    links: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 hex over canonical JSON of all fields."""
        return digest(
            {
                "channel": self.channel,
                "parts": list(self.parts),
                "regions": sorted(self.regions),
                "links": list(self.links),
                "media": list(self.media),
                "alt_texts": list(self.alt_texts),
            }
        )


@dataclass(frozen=True, slots=True)
class Dismissal:
    """An open warning that the person set aside with a reason (ten characters or more). It holds only while
    the same words stand in the text."""

    draft_id: str
    rule: str
    quote: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tick:
    """A checklist item that a person ticked for this content."""

    draft_id: str
    code: str
    by: str
    at: datetime
    text_hash: str


@dataclass(frozen=True, slots=True)
class Clearance:
    """A person's own clearing of one channel's content. Not company approval.

    `content_hash` is Content.hash; `hash` binds it to the rules and answers as well. `packs` are
    (id, version, sha256).
    """

    id: str
    draft_id: str
    draft_revision: int
    channel: str
    content_hash: str
    packs: tuple[tuple[str, str, str], ...]
    ticks: tuple[str, ...]
    dismissals: tuple[tuple[str, str, str], ...]
    by: str
    at: datetime
    hash: str
    voided_at: datetime | None = None
    void_reason: str = ""


def clearance_hash(
    content_hash: str,
    packs: tuple[tuple[str, str, str], ...],
    ticks: tuple[str, ...],
    dismissals: tuple[tuple[str, str, str], ...],
) -> str:
    """SHA-256 hex that binds content, rules, engine and answers together."""
    return digest(
        {
            "content": content_hash,
            "packs": [list(pack) for pack in packs],
            "engine": ENGINE_VERSION,
            "ticks": sorted(ticks),
            "dismissals": sorted(list(item) for item in dismissals),
        }
    )


def digest(value: object) -> str:
    """SHA-256 hex of canonical JSON: sorted keys, no spaces, UTF-8 with lone surrogates escaped."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
