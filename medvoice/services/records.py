"""Reading the append-only trail: what was cleared, scheduled, sent and published, by whom and when."""

import json
from collections.abc import Iterable
from typing import Any

from medvoice.domain.clock import to_text
from medvoice.domain.record import Record
from medvoice.store.connection import Workspace
from medvoice.store.record import RecordStore


class Records:
    """Use cases of the trail over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace) -> None:
        self.store = RecordStore(db)

    def list(
        self,
        *,
        draft_id: str | None = None,
        delivery_id: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
    ) -> "tuple[Record, ...]":
        """The newest `limit` entries, in the order they were written."""
        found = self.store.list(draft_id=draft_id, delivery_id=delivery_id, kind=kind, limit=limit)
        return tuple(reversed(found))

    def show(self, number: int) -> Record:
        """One entry. Raises UserError `record_unknown`."""
        return self.store.get(number)

    def facts(self, record: Record) -> dict[str, Any]:
        """The entry's facts as plain values."""
        return json.loads(record.facts)

    def verify(self) -> int | None:
        """The first entry that is missing, altered or out of order; None when the chain is whole."""
        return self.store.verify()

    def export_text(self, *, draft_id: str | None = None) -> str:
        """The entries as text for a colleague: one block each, oldest first, with the result of `verify`."""
        broken = self.verify()
        end = "The record is whole." if broken is None else f"Entry {broken} does not fit the one before."
        return "\n".join([*_blocks(self.list(draft_id=draft_id)), end, ""])


def _blocks(records: Iterable[Record]) -> Iterable[str]:
    for record in records:
        yield f"{record.number}. {to_text(record.at)} {record.kind} by {record.by or '-'}"
        for name, value in (("draft", record.draft_id), ("delivery", record.delivery_id)):
            if value:
                yield f"   {name}: {value}"
        facts: dict[str, Any] = json.loads(record.facts)
        for name, value in facts.items():
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"   {name}: {shown}"
        yield f"   fingerprint: {record.hash}"
        yield ""
