"""The practice network's memory of every post that was made, with the bytes that made it."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One post that was made.

    `network` is "linkedin" or "x"; `author` the member id there (LinkedIn sub, X numeric id);
    `remote_id` the URN or the numeric id; `text` what readers see now; `request_body` the raw body that
    made it; `headers` the request headers of interest (never the token); times are aware UTC of the
    practice clock, `real_at_s` the machine's epoch seconds at the act (for tests that kill clients).
    """

    network: str
    author: str
    remote_id: str
    text: str
    request_body: bytes
    headers: dict[str, str]
    created_at: datetime
    real_at_s: float
    reply_to: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: times as ISO 8601 with offset, the body as base64."""
        value = asdict(self)
        value["request_body"] = base64.b64encode(self.request_body).decode("ascii")
        for name in ("created_at", "edited_at", "deleted_at"):
            value[name] = value[name].isoformat() if value[name] else None
        return value


class Ledger:
    """All posts, in order of creation. Safe to call from any thread.

    With `file`, each change is appended to it as one JSON line `{"event": ..., **entry}` and flushed
    before the answer leaves, so that a test may read it from another process.
    """

    def __init__(self, now: Callable[[], float], file: Path | None = None) -> None:
        self._now = now
        self._file = file
        self._lock = threading.RLock()
        self._entries: dict[tuple[str, str], LedgerEntry] = {}

    def entries(self) -> list[LedgerEntry]:
        """A copy of the list."""
        with self._lock:
            return list(self._entries.values())

    def get(self, network: str, remote_id: str) -> LedgerEntry | None:
        """The entry with this id, deleted or not."""
        with self._lock:
            return self._entries.get((network, remote_id))

    def by_author(self, network: str, author: str) -> list[LedgerEntry]:
        """What this member has on show, oldest first."""
        with self._lock:
            return [
                entry
                for entry in self._entries.values()
                if entry.network == network and entry.author == author and entry.deleted_at is None
            ]

    def add(
        self,
        *,
        network: str,
        author: str,
        remote_id: str,
        text: str,
        request_body: bytes,
        headers: dict[str, str],
        reply_to: str | None = None,
    ) -> LedgerEntry:
        """Record a post that was just made."""
        entry = LedgerEntry(
            network=network,
            author=author,
            remote_id=remote_id,
            text=text,
            request_body=request_body,
            headers=headers,
            created_at=self._utc(),
            real_at_s=time.time(),
            reply_to=reply_to,
        )
        self._put("created", entry)
        return entry

    def edit(self, network: str, remote_id: str, text: str) -> None:
        """Replace the visible text. Raises KeyError for an unknown id."""
        with self._lock:
            entry = self._entries[network, remote_id]
            self._put("edited", replace(entry, text=text, edited_at=self._utc()))

    def delete(self, network: str, remote_id: str) -> None:
        """Mark as deleted; a second time changes nothing. Raises KeyError for an unknown id."""
        with self._lock:
            entry = self._entries[network, remote_id]
            if entry.deleted_at is None:
                self._put("deleted", replace(entry, deleted_at=self._utc()))

    def clear(self) -> None:
        """Forget everything in memory. The file, if any, keeps its lines."""
        with self._lock:
            self._entries.clear()

    def _utc(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)

    def _put(self, event: str, entry: LedgerEntry) -> None:
        with self._lock:
            self._entries[entry.network, entry.remote_id] = entry
            if self._file is not None:
                line = json.dumps({"event": event, **entry.as_json()}, ensure_ascii=True)
                with self._file.open("a", encoding="ascii") as out:
                    out.write(line + "\n")
