"""Where ideas came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.store.connection import Workspace


@dataclass(frozen=True, slots=True)
class Source:
    """What an idea rests on. `way` is how it came in: `typed`, `clipboard`, `dropped`, `feed` or `file`."""

    draft_id: str
    url: str
    title: str
    way: str
    at: datetime


class IdeaStore:
    """Sources of ideas in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def save(self, source: Source) -> None:
        """Keep a source, one per draft."""
        self.db.run(
            "INSERT OR REPLACE INTO idea_sources (draft_id, url, title, way, at) VALUES (?, ?, ?, ?, ?)",
            [source.draft_id, source.url, source.title, source.way, to_text(source.at)],
        )

    def find(self, draft_id: str) -> Source | None:
        """The source of a draft, None when none was kept."""
        row = self.db.row("SELECT * FROM idea_sources WHERE draft_id = ?", [draft_id])
        return None if row is None else _source(row)

    def by_url(self, url: str) -> Source | None:
        """The source with this address, None when none was kept."""
        row = self.db.row("SELECT * FROM idea_sources WHERE url = ? ORDER BY at LIMIT 1", [url])
        return None if row is None else _source(row)


def _source(row: dict[str, Any]) -> Source:
    return Source(row["draft_id"], row["url"], row["title"], row["way"], from_text(row["at"]))
