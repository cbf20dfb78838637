"""Deliveries, their parts and every try: the ledger that publishing lives by (architecture section 5).

Every change of a state is a compare-and-set. A write that carries a fence is refused when the lease has
moved on, so a publisher that was stopped and woke up again can change nothing.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from medvoice.domain.clock import to_text
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Attempt, Delivery, Part, PartState, UnlawfulMoveError, check_move
from medvoice.store.codec import instant, marks, stamp
from medvoice.store.connection import Workspace, transaction
from medvoice.store.lease import Lease, acquire_lease, current_lease, release_lease, renew_lease
from medvoice.store.outbox_rows import (
    attempt_from_row,
    delivery_from_rows,
    delivery_to_row,
    insert,
    part_from_row,
    part_to_row,
)

# What a move may write besides the state.
_COLUMNS = frozenset({"reason", "retry_at", "published_at", "remote_id", "remote_url"})
# What an edit of the draft stops: everything of which no request can have left.
_NOT_YET_SENT = (PartState.PLANNED, PartState.DUE, PartState.WAITING)
# Deliveries with their parts in one statement, around the choice of deliveries.
_BEFORE = """
SELECT z.*, p.id AS part_id, p.position, p.text, p.state, p.reason, p.attempts, p.body_sha256,
    p.retry_at, p.first_sent_at, p.published_at, p.remote_id, p.remote_url, p.fence
FROM (SELECT y.* FROM deliveries y"""
_AFTER = """ORDER BY y.due_at, y.id LIMIT ?) z JOIN parts p ON p.delivery_id = z.id
ORDER BY z.due_at, z.id, p.position"""


class OutboxStore:
    """The outbox of one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def add(self, delivery: Delivery) -> None:
        """Keep a new delivery with its parts. Raises ValueError without parts."""
        if not delivery.parts:
            raise ValueError("a delivery needs at least one part")
        with transaction(self.db):
            insert(self.db, "deliveries", delivery_to_row(delivery))
            for part in delivery.parts:
                insert(self.db, "parts", part_to_row(part))

    def get(self, delivery_id: str) -> Delivery:
        """The delivery with its parts. Raises UserError `delivery_unknown`."""
        found = self._load("WHERE y.id = ?", [delivery_id])
        if not found:
            raise UserError("delivery_unknown", id=delivery_id)
        return found[0]

    def get_part(self, part_id: str) -> Part:
        """One part. Raises UserError `part_unknown`."""
        row = self.db.row("SELECT * FROM parts WHERE id = ?", [part_id])
        if row is None:
            raise UserError("part_unknown", id=part_id)
        return part_from_row(row)

    def list(
        self,
        *,
        states: Collection[PartState] | None = None,
        draft_id: str | None = None,
        channel: str | None = None,
        account_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> "tuple[Delivery, ...]":
        """Deliveries by due moment, earliest first.

        `states`: with at least one part in one of them. `since` is included, `until` is not; both aware.
        """
        conditions: dict[str, list[object]] = {}
        if states is not None:
            sql = (
                f"EXISTS (SELECT 1 FROM parts p WHERE p.delivery_id = y.id AND p.state IN ({marks(states)}))"  # noqa: S608
            )
            conditions[sql] = [str(state) for state in states]
        if since is not None:
            conditions["y.due_at >= ?"] = [to_text(since)]
        if until is not None:
            conditions["y.due_at < ?"] = [to_text(until)]
        equal = {"draft_id": draft_id, "channel": channel, "account_id": account_id}
        conditions |= {f"y.{name} = ?": [value] for name, value in equal.items() if value is not None}
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        values = [value for group in conditions.values() for value in group]
        return self._load(where, values, limit)

    def ids(self, states: Collection[PartState]) -> "tuple[str, ...]":
        """Ids of the deliveries with at least one part in one of the states, earliest due first. Quick with
        many thousands of them."""
        rows = self.db.rows(
            "SELECT y.id FROM deliveries y WHERE EXISTS (SELECT 1 FROM parts p WHERE p.delivery_id = y.id"  # noqa: S608
            f" AND p.state IN ({marks(states)})) ORDER BY y.due_at, y.id",
            [str(state) for state in states],
        )
        return tuple(row["id"] for row in rows)

    def due(self, now: datetime) -> "tuple[Delivery, ...]":
        """Deliveries for which something may have to happen at `now`, earliest due first.

        That is: not paused, due, with a part planned, due, or waiting whose moment has come; or a part of
        unknown fate that is to be looked for now, or that the person asked to have asked about.
        """
        moment = to_text(now)
        return self._load(
            "WHERE EXISTS (SELECT 1 FROM parts p WHERE p.delivery_id = y.id AND ("
            " (y.is_paused = 0 AND y.due_at <= ? AND (p.state IN ('planned', 'due')"
            "   OR (p.state = 'waiting' AND (p.retry_at IS NULL OR p.retry_at <= ?))))"
            " OR (p.state = 'unconfirmed' AND (p.retry_at <= ? OR p.reason = 'ask_requested'))))",
            [moment, moment, moment],
        )

    def next_moment(self, now: datetime) -> datetime | None:
        """The earliest instant after `now` at which `due` may grow, UTC; None when nothing waits."""
        row = self.db.row(
            "SELECT min(moment) AS moment FROM ("
            " SELECT min(y.due_at) AS moment FROM deliveries y JOIN parts p ON p.delivery_id = y.id"
            "  WHERE y.is_paused = 0 AND p.state IN ('planned', 'due', 'waiting') AND y.due_at > :now"
            " UNION ALL SELECT min(retry_at) FROM parts"
            "  WHERE state IN ('waiting', 'unconfirmed') AND retry_at > :now)",
            {"now": to_text(now)},
        )
        return instant(row["moment"]) if row else None

    def sending_parts(self) -> "tuple[Part, ...]":
        """Parts of which a request may be on its way, or whose publisher died."""
        rows = self.db.rows("SELECT * FROM parts WHERE state = 'sending' ORDER BY first_sent_at, id")
        return tuple(part_from_row(row) for row in rows)

    def move_part(
        self,
        part_id: str,
        old: PartState | Collection[PartState],
        new: PartState,
        *,
        fence: int | None = None,
        **columns: object,
    ) -> bool:
        """Compare-and-set of a part's state; writes `columns` (reason, retry_at, published_at, remote_id,
        remote_url) with it. An empty remote id or address never overwrites one.

        False when the part was not in `old`, or when `fence` is given and is not the lease's.
        Raises UnlawfulMoveError for a move the table does not know, and for one to `sending`, which only
        `begin_attempt` makes; TypeError for another column.
        """
        olds = (old,) if isinstance(old, PartState) else tuple(old)
        if new is PartState.SENDING:
            raise UnlawfulMoveError("unlawful_move", old=", ".join(olds), new=str(new))
        for state in olds:
            check_move(state, new)
        if not columns.keys() <= _COLUMNS:
            raise TypeError(f"no columns of a move: {sorted(columns.keys() - _COLUMNS)}")
        sets = ["state = :new"]
        values: dict[str, object] = {"new": str(new), "id": part_id, "fence": fence}
        for name, value in columns.items():
            is_remote = name in ("remote_id", "remote_url")
            sets.append(
                f"{name} = CASE :{name} WHEN '' THEN {name} ELSE :{name} END"
                if is_remote
                else f"{name} = :{name}"
            )
            values[name] = stamp(value) if isinstance(value, datetime) else value
        where = "id = :id"
        for index, state in enumerate(olds):
            values[f"old{index}"] = str(state)
        where += f" AND state IN ({', '.join(f':old{index}' for index in range(len(olds)))})"
        if fence is not None:
            sets.append("fence = :fence")
            where += " AND (SELECT fence FROM lease WHERE id = 1) = :fence"
        return bool(self.db.run(f"UPDATE parts SET {', '.join(sets)} WHERE {where}", values))  # noqa: S608

    def begin_attempt(
        self,
        part_id: str,
        fence: int,
        body_sha256: str,
        at: datetime,
        old: PartState = PartState.DUE,
    ) -> int | None:
        """Claim a part for one request: `old` → `sending`, one more attempt, its row begun.

        Commit before the request leaves. Returns the attempt's number, or None when the claim is lost: the
        part is not in `old`, the lease has moved on, or (from `due`) the delivery was paused or its draft
        edited meanwhile. Raises UnlawfulMoveError when `old` may not become `sending`.
        """
        check_move(old, PartState.SENDING)
        claim = (
            "UPDATE parts SET state = 'sending', attempts = attempts + 1, body_sha256 = :body,"
            " fence = :fence, reason = '', retry_at = NULL, first_sent_at = coalesce(first_sent_at, :at)"
            " WHERE id = :id AND state = :old AND (SELECT fence FROM lease WHERE id = 1) = :fence"
        )
        if old is PartState.DUE:
            claim += (
                " AND EXISTS (SELECT 1 FROM deliveries y JOIN drafts d ON d.id = y.draft_id"
                " WHERE y.id = parts.delivery_id AND y.is_paused = 0 AND d.revision = y.draft_revision)"
            )
        moment = to_text(at)
        with transaction(self.db):
            rows = self.db.rows(
                f"{claim} RETURNING attempts",
                {"id": part_id, "old": str(old), "fence": fence, "body": body_sha256, "at": moment},
            )
            if not rows:
                return None
            number = int(rows[0]["attempts"])
            self.db.run(
                "INSERT INTO attempts (part_id, number, fence, body_sha256, started_at, ended_at, outcome,"
                " detail) VALUES (?, ?, ?, ?, ?, NULL, '', '')",
                [part_id, number, fence, body_sha256, moment],
            )
        return number

    def end_attempt(self, part_id: str, number: int, outcome: str, detail: str, at: datetime) -> bool:
        """Write what came of a try; False when it was ended before (the first word stands)."""
        return bool(
            self.db.run(
                "UPDATE attempts SET ended_at = ?, outcome = ?, detail = ?"
                " WHERE part_id = ? AND number = ? AND ended_at IS NULL",
                [to_text(at), outcome, detail, part_id, number],
            )
        )

    def attempts(self, part_id: str) -> "tuple[Attempt, ...]":
        """All tries of a part, first to last."""
        rows = self.db.rows("SELECT * FROM attempts WHERE part_id = ? ORDER BY number", [part_id])
        return tuple(attempt_from_row(row) for row in rows)

    def note_unconfirmed(
        self, part_id: str, fence: int | None, reason: str, retry_at: datetime | None
    ) -> bool:
        """Keep a part of unknown fate where it is, with a new reason and the next look (None: no more).

        `fence` None is for the person's own wish. False when it is no longer unconfirmed or the lease has
        moved on.
        """
        return bool(
            self.db.run(
                "UPDATE parts SET reason = :reason, retry_at = :retry_at WHERE id = :id"
                " AND state = 'unconfirmed'"
                " AND (:fence IS NULL OR (SELECT fence FROM lease WHERE id = 1) = :fence)",
                {"id": part_id, "fence": fence, "reason": reason, "retry_at": stamp(retry_at)},
            )
        )

    def hold_unsent(self, draft_id: str, reason: str) -> "tuple[Delivery, ...]":
        """Hold all parts of a draft that are planned, due or waiting; the deliveries it touched, as before.

        What is already on its way stays as it is: an edit in the publish minute loses.
        """
        with transaction(self.db):
            touched = self.list(states=_NOT_YET_SENT, draft_id=draft_id)
            for delivery in touched:
                for part in delivery.parts:
                    if part.state in _NOT_YET_SENT:
                        self.move_part(part.id, part.state, PartState.HELD, reason=reason, retry_at=None)
        return touched

    def bind(self, delivery_id: str, before: str, clearance_id: str, clearance_hash: str) -> bool:
        """Let a delivery rest on another clearance; False when it rests on another one than `before` by now,
        or a part of it is under way."""
        return bool(
            self.db.run(
                "UPDATE deliveries SET clearance_id = ?, clearance_hash = ? WHERE id = ? AND clearance_id = ?"
                " AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.delivery_id = deliveries.id"
                " AND p.state = 'sending')",
                [clearance_id, clearance_hash, delivery_id, before],
            )
        )

    def set_due(self, delivery_id: str, due_at: datetime, wall: str, zone: str) -> bool:
        """Choose another moment: the instant and what the person typed. False when there is no such one."""
        return bool(
            self.db.run(
                "UPDATE deliveries SET due_at = ?, wall = ?, zone = ? WHERE id = ?",
                [to_text(due_at), wall, zone, delivery_id],
            )
        )

    def set_paused(self, delivery_id: str, is_paused: bool) -> bool:
        """Pause or go on. False when there is no such delivery."""
        return bool(
            self.db.run("UPDATE deliveries SET is_paused = ? WHERE id = ?", [int(is_paused), delivery_id])
        )

    def set_late_allowed(self, delivery_id: str, is_late_allowed: bool) -> bool:
        """Remember that the person wants it sent however late. False when there is no such delivery."""
        return bool(
            self.db.run(
                "UPDATE deliveries SET is_late_allowed = ? WHERE id = ?", [int(is_late_allowed), delivery_id]
            )
        )

    def acquire_lease(self, holder: str, now: datetime, ttl_s: float, is_forced: bool = False) -> int | None:
        """See `store.lease.acquire_lease`."""
        return acquire_lease(self.db, holder, now, ttl_s, is_forced)

    def renew_lease(self, holder: str, fence: int, now: datetime, ttl_s: float) -> bool:
        """See `store.lease.renew_lease`."""
        return renew_lease(self.db, holder, fence, now, ttl_s)

    def release_lease(self, holder: str, fence: int) -> bool:
        """See `store.lease.release_lease`."""
        return release_lease(self.db, holder, fence)

    def lease(self) -> Lease | None:
        """See `store.lease.current_lease`."""
        return current_lease(self.db)

    def _load(self, where: str, values: Iterable[object], limit: int | None = None) -> "tuple[Delivery, ...]":
        """Deliveries and their parts in one statement."""
        sql = f"{_BEFORE} {where} {_AFTER}"
        rows = self.db.rows(sql, [*values, -1 if limit is None else limit])
        grouped: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            grouped.setdefault(row["id"], []).append(row)
        return tuple(delivery_from_rows(group) for group in grouped.values())
