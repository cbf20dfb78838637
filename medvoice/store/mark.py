"""Cheap marks of what a workspace holds, to tell what another process changed. The lease is left out: its
heartbeat would look like a change every other second."""

from dataclasses import dataclass

from medvoice.store.connection import Workspace

_OPEN = (
    "SELECT id, state, reason, retry_at FROM parts WHERE state NOT IN ('published', 'refused', 'cancelled')"
    " ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One value per kind of thing; two marks that are equal mean that nothing of that kind changed."""

    drafts: str
    deliveries: str
    accounts: str
    topics: str
    settings: str


def mark_of(db: Workspace) -> Mark:
    """The mark of the workspace as it is now. Owner's thread only. Raises StorageError."""
    deliveries = db.rows("SELECT count(*) AS n, max(created_at) AS last FROM deliveries")
    steering = db.rows("SELECT max(number) AS last FROM records")
    return Mark(
        drafts=repr(db.rows("SELECT count(*) AS n, max(updated_at) AS last FROM drafts")),
        deliveries=repr([deliveries, steering, db.rows(_OPEN)]),
        accounts=repr(db.rows("SELECT * FROM accounts ORDER BY id")),
        topics=repr(db.rows("SELECT * FROM topics ORDER BY id")),
        settings=repr(db.rows("SELECT * FROM settings ORDER BY key")),
    )
