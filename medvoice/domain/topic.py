"""A topic of the person's voice. At most six; each keeps its slot's colour and shape."""

from dataclasses import dataclass
from datetime import datetime

TOPIC_SLOTS = ("rwe", "io", "methods", "congress", "patient", "career")


@dataclass(frozen=True, slots=True)
class Topic:
    """`slot` is one of TOPIC_SLOTS and gives colour and shape; `promise` is one sentence;
    `target_share` is percent of posts, 0 to 100."""

    id: str
    name: str
    slot: str
    promise: str
    target_share: int
    keywords: tuple[str, ...]
    created_at: datetime
