"""The append-only trail. Triggers refuse a change; the chain of hashes shows one made around them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.domain.record import Record, record_hash
from medvoice.store.codec import dump
from medvoice.store.connection import Workspace, transaction


class RecordStore:
    """Records in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def append(
        self,
        kind: str,
        by: str,
        draft_id: str,
        delivery_id: str,
        facts: dict[str, Any] | dict[str, object],
        at: datetime,
    ) -> Record:
        """Add an entry that carries the hash of the one before. `facts` must be JSON values and hold no
        secret. Joins the caller's transaction, which then decides whether the entry stays."""
        with transaction(self.db):
            last = self.db.row("SELECT number, hash FROM records ORDER BY number DESC LIMIT 1")
            number = last["number"] + 1 if last else 1
            previous = last["hash"] if last else ""
            text, moment = dump(facts), to_text(at)
            record = Record(
                number=number,
                at=from_text(moment),
                kind=kind,
                by=by,
                draft_id=draft_id,
                delivery_id=delivery_id,
                facts=text,
                previous=previous,
                hash=record_hash(number, moment, kind, by, draft_id, delivery_id, text, previous),
            )
            self.db.run(
                "INSERT INTO records (number, at, kind, by, draft_id, delivery_id, facts, previous, hash)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [number, moment, kind, by, draft_id, delivery_id, text, previous, record.hash],
            )
        return record

    def get(self, number: int) -> Record:
        """One entry. Raises UserError `record_unknown`."""
        row = self.db.row("SELECT * FROM records WHERE number = ?", [number])
        if row is None:
            raise UserError("record_unknown", number=number)
        return _from_row(row)

    def list(
        self,
        *,
        draft_id: str | None = None,
        delivery_id: str | None = None,
        kind: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> "tuple[Record, ...]":
        """Entries, newest first. `since` is included, `until` is not; both aware."""
        conditions: dict[str, object] = {
            "draft_id = ?": draft_id,
            "delivery_id = ?": delivery_id,
            "kind = ?": kind,
            "at >= ?": to_text(since) if since else None,
            "at < ?": to_text(until) if until else None,
        }
        chosen = {sql: value for sql, value in conditions.items() if value is not None}
        where = " AND ".join(chosen) or "1"
        rows = self.db.rows(
            f"SELECT * FROM records WHERE {where} ORDER BY number DESC LIMIT ?",  # noqa: S608 - own words
            [*chosen.values(), -1 if limit is None else limit],
        )
        return tuple(_from_row(row) for row in rows)

    def verify(self) -> int | None:
        """The number of the first entry that is missing, altered or out of order; None when all hold.

        Entries cut off at the end cannot be seen from inside; keep the last hash elsewhere for that.
        """
        expected, previous = 1, ""
        for row in self._all():
            recomputed = record_hash(
                row["number"],
                row["at"],
                row["kind"],
                row["by"],
                row["draft_id"],
                row["delivery_id"],
                row["facts"],
                row["previous"],
            )
            if row["number"] != expected or row["previous"] != previous or row["hash"] != recomputed:
                return expected
            expected, previous = expected + 1, row["hash"]
        return None

    def _all(self, size: int = 1000) -> Iterator[dict[str, Any]]:
        """All entries in order, a page at a time."""
        after = -(2**63)
        while page := self.db.rows(
            "SELECT * FROM records WHERE number > ? ORDER BY number LIMIT ?", [after, size]
        ):
            yield from page
            after = page[-1]["number"]


def _from_row(row: dict[str, Any]) -> Record:
    return Record(**{**row, "at": from_text(row["at"])})
