"""How deliveries, parts and tries lie in their tables."""

from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.outbox import Attempt, Delivery, Part, PartState
from medvoice.store.codec import instant, stamp
from medvoice.store.connection import Workspace


def insert(db: Workspace, table: str, row: dict[str, object]) -> None:
    """Insert one row under its own column names."""
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    db.run(f"INSERT INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608 - own names


def delivery_to_row(delivery: Delivery) -> dict[str, object]:
    """The columns of `deliveries`; parts lie in their own table."""
    return {
        "id": delivery.id,
        "draft_id": delivery.draft_id,
        "draft_revision": delivery.draft_revision,
        "title": delivery.title,
        "channel": delivery.channel,
        "account_id": delivery.account_id,
        "route": delivery.route,
        "clearance_id": delivery.clearance_id,
        "clearance_hash": delivery.clearance_hash,
        "due_at": to_text(delivery.due_at),
        "wall": delivery.wall,
        "zone": delivery.zone,
        "is_paused": int(delivery.is_paused),
        "is_late_allowed": int(delivery.is_late_allowed),
        "created_at": to_text(delivery.created_at),
    }


def part_to_row(part: Part) -> dict[str, object]:
    """The columns of `parts`."""
    return {
        "id": part.id,
        "delivery_id": part.delivery_id,
        "position": part.position,
        "text": part.text,
        "state": str(part.state),
        "reason": part.reason,
        "attempts": part.attempts,
        "body_sha256": part.body_sha256,
        "retry_at": stamp(part.retry_at),
        "first_sent_at": stamp(part.first_sent_at),
        "published_at": stamp(part.published_at),
        "remote_id": part.remote_id,
        "remote_url": part.remote_url,
        "fence": part.fence,
    }


def delivery_from_rows(rows: list[dict[str, Any]]) -> Delivery:
    """A delivery from its joined rows, one per part in order; `part_id` is the part's own id."""
    row = rows[0]
    return Delivery(
        id=row["id"],
        draft_id=row["draft_id"],
        draft_revision=row["draft_revision"],
        title=row["title"],
        channel=row["channel"],
        account_id=row["account_id"],
        route=row["route"],
        clearance_id=row["clearance_id"],
        clearance_hash=row["clearance_hash"],
        due_at=from_text(row["due_at"]),
        wall=row["wall"],
        zone=row["zone"],
        is_paused=bool(row["is_paused"]),
        is_late_allowed=bool(row["is_late_allowed"]),
        created_at=from_text(row["created_at"]),
        parts=tuple(part_from_row(item | {"id": item["part_id"], "delivery_id": row["id"]}) for item in rows),
    )


def part_from_row(row: dict[str, Any]) -> Part:
    """The inverse of `part_to_row`."""
    return Part(
        id=row["id"],
        delivery_id=row["delivery_id"],
        position=row["position"],
        text=row["text"],
        state=PartState(row["state"]),
        reason=row["reason"],
        attempts=row["attempts"],
        body_sha256=row["body_sha256"],
        retry_at=instant(row["retry_at"]),
        first_sent_at=instant(row["first_sent_at"]),
        published_at=instant(row["published_at"]),
        remote_id=row["remote_id"],
        remote_url=row["remote_url"],
        fence=row["fence"],
    )


def attempt_from_row(row: dict[str, Any]) -> Attempt:
    """One try."""
    return Attempt(
        part_id=row["part_id"],
        number=row["number"],
        fence=row["fence"],
        body_sha256=row["body_sha256"],
        started_at=from_text(row["started_at"]),
        ended_at=instant(row["ended_at"]),
        outcome=row["outcome"],
        detail=row["detail"],
    )
