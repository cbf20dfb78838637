"""The publisher's lease: one holder at a time, told apart by a fencing number that only rises."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.clock import from_text, to_text
from medvoice.store.connection import Workspace, transaction


@dataclass(frozen=True, slots=True)
class Lease:
    """Who publishes now. `fence` is what each of its writes must carry; times are UTC."""

    holder: str
    fence: int
    expires_at: datetime
    heartbeat_at: datetime


def acquire_lease(
    db: Workspace, holder: str, now: datetime, ttl_s: float, is_forced: bool = False
) -> int | None:
    """Take the lease if it is free, over, or from a clock that was since set back; the new fence, else None.

    Not even the same holder can take it twice: renew instead. `is_forced` takes it whoever has it: for a
    caller that holds the workspace's OS lock, so that the former holder is surely dead.
    """
    ttl = timedelta(seconds=ttl_s)
    with transaction(db):
        rows = db.rows(
            "UPDATE lease SET holder = :holder, fence = fence + 1, expires_at = :expires, heartbeat_at = :now"
            " WHERE id = 1 AND (:forced OR holder = '' OR expires_at <= :now OR heartbeat_at > :far)"
            " RETURNING fence",
            {
                "holder": holder,
                "forced": int(is_forced),
                "now": to_text(now),
                "expires": to_text(now + ttl),
                # A heartbeat this far ahead cannot be of a living publisher on this computer's clock.
                "far": to_text(now + ttl),
            },
        )
    return int(rows[0]["fence"]) if rows else None


def renew_lease(db: Workspace, holder: str, fence: int, now: datetime, ttl_s: float) -> bool:
    """Heartbeat. False when another holder has taken over; an expired lease nobody took is renewed."""
    return bool(
        db.run(
            "UPDATE lease SET expires_at = ?, heartbeat_at = ? WHERE id = 1 AND holder = ? AND fence = ?",
            [to_text(now + timedelta(seconds=ttl_s)), to_text(now), holder, fence],
        )
    )


def release_lease(db: Workspace, holder: str, fence: int) -> bool:
    """Give the lease back so that the next one need not wait. The fence stays used."""
    return bool(
        db.run("UPDATE lease SET holder = '' WHERE id = 1 AND holder = ? AND fence = ?", [holder, fence])
    )


def current_lease(db: Workspace) -> Lease | None:
    """The lease as it stands, expired or not; None when it was given back or never taken."""
    row = db.row("SELECT holder, fence, expires_at, heartbeat_at FROM lease WHERE id = 1 AND holder <> ''")
    if row is None:
        return None
    return Lease(row["holder"], row["fence"], from_text(row["expires_at"]), from_text(row["heartbeat_at"]))
