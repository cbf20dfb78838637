"""Pauses of the queue."""

from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.domain.pause import Pause
from medvoice.store.codec import instant, stamp
from medvoice.store.connection import Workspace


class PauseStore:
    """Pauses in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def save(self, pause: Pause) -> None:
        """Keep a pause, new or changed."""
        row = {
            "id": pause.id,
            "scope": pause.scope,
            "scope_id": pause.scope_id,
            "since": to_text(pause.since),
            "until": stamp(pause.until),
            "reason": pause.reason,
            "by": pause.by,
            "at": to_text(pause.at),
            "ended_at": stamp(pause.ended_at),
        }
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        self.db.run(f"INSERT OR REPLACE INTO pauses ({names}) VALUES ({places})", row)  # noqa: S608 - own names

    def get(self, pause_id: str) -> Pause:
        """The pause. Raises UserError `pause_unknown`."""
        row = self.db.row("SELECT * FROM pauses WHERE id = ?", [pause_id])
        if row is None:
            raise UserError("pause_unknown", id=pause_id)
        return _from_row(row)

    def open(self) -> tuple[Pause, ...]:
        """Pauses that nobody ended, over or not, the earliest first."""
        rows = self.db.rows("SELECT * FROM pauses WHERE ended_at IS NULL ORDER BY since, at, id")
        return tuple(_from_row(row) for row in rows)


def _from_row(row: dict[str, Any]) -> Pause:
    known: dict[str, Any] = {
        "since": from_text(row["since"]),
        "until": instant(row["until"]),
        "at": from_text(row["at"]),
        "ended_at": instant(row["ended_at"]),
    }
    return Pause(**(row | known))
