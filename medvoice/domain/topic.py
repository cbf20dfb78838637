"""A topic of the person's voice. At most six; each keeps its slot's colour and shape."""

from dataclasses import dataclass
from datetime import datetime

TOPIC_SLOTS = ("rwe", "io", "methods", "congress", "patient", "career")


@dataclass(frozen=True, slots=True)
class Topic:
    """`slot` is one of TOPIC_SLOTS and gives colour and shape; `promise` is one sentence;
    `target_share` is percent of posts, 0 to 100. `cadence_days` is how many days lie between two posts, 0 for
    no rhythm. `avoid` is what the person means to stay clear of; `hashtags` stand without their sign."""

    id: str
    name: str
    slot: str
    promise: str
    target_share: int
    keywords: tuple[str, ...]
    created_at: datetime
    cadence_days: int = 0
    audience: str = ""
    avoid: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
