"""The append-only trail: each entry carries the hash of the one before it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """`kind` says what happened (`cleared`, `scheduled`, `sending`, `published`, …); `facts` is canonical
    JSON text with no secrets in it. `hash` covers all other fields and `previous`."""

    number: int
    at: datetime
    kind: str
    by: str
    draft_id: str
    delivery_id: str
    facts: str
    previous: str
    hash: str


def record_hash(
    number: int, at: str, kind: str, by: str, draft_id: str, delivery_id: str, facts: str, previous: str
) -> str:
    """SHA-256 hex that chains one entry to the one before. `at` is UTC ISO text."""
    from medvoice.domain.clearance import digest  # hashing is loaded with the first record, not at a start

    return digest([number, at, kind, by, draft_id, delivery_id, facts, previous])
