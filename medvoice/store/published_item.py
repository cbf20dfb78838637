"""What MedVoice put into a calendar elsewhere: names, versions, and what was written."""

from dataclasses import dataclass

from medvoice.store.connection import Workspace


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """An item: its name in the collection, its version there (ETag), and what was written."""

    name: str
    version: str
    body_sha256: str


class PublishedItemStore:
    """Items in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def list(self) -> "tuple[PublishedItem, ...]":
        """All of them by name."""
        rows = self.db.rows("SELECT href, etag, body_sha256 FROM published_items ORDER BY href")
        return tuple(PublishedItem(row["href"], row["etag"], row["body_sha256"]) for row in rows)

    def save(self, item: PublishedItem) -> None:
        """Keep an item, one per name."""
        self.db.run(
            "INSERT OR REPLACE INTO published_items (uid, href, etag, body_sha256, state)"
            " VALUES (?, ?, ?, ?, '')",
            [item.name, item.name, item.version, item.body_sha256],
        )

    def remove(self, name: str) -> None:
        """Forget an item."""
        self.db.run("DELETE FROM published_items WHERE uid = ?", [name])

    def clear(self) -> None:
        """Forget all."""
        self.db.run("DELETE FROM published_items")
