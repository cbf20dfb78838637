"""Feeds and their entries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from medvoice.domain.clock import to_text
from medvoice.domain.errors import UserError
from medvoice.domain.feed import Entry, Feed, Found
from medvoice.store.codec import instant, marks, stamp
from medvoice.store.connection import Workspace

_WORDS = ("identity", "title", "link", "summary", "journal", "doi", "pmid")


class FeedStore:
    """Feeds in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def save(self, feed: Feed) -> None:
        """Keep a feed, new or changed. Its address must be free (the service looks first)."""
        row = {
            "id": feed.id,
            "url": feed.url,
            "name": feed.name,
            "topic_id": feed.topic_id,
            "added_at": to_text(feed.added_at),
            "etag": feed.etag,
            "last_modified": feed.last_modified,
            "state": feed.state,
            "detail": feed.detail,
            "moved_to": feed.moved_to,
            "misses": feed.misses,
            "checked_at": stamp(feed.checked_at),
            "next_at": stamp(feed.next_at),
        }
        names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        changed = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        self.db.run(
            f"INSERT INTO feeds ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {changed}",  # noqa: S608
            row,
        )

    def get(self, feed_id: str) -> Feed:
        """The feed. Raises UserError `feed_unknown`."""
        row = self.db.row("SELECT * FROM feeds WHERE id = ?", [feed_id])
        if row is None:
            raise UserError("feed_unknown", id=feed_id)
        return _feed(row)

    def by_url(self, url: str) -> Feed | None:
        """The feed with this address, None when there is none."""
        row = self.db.row("SELECT * FROM feeds WHERE url = ?", [url])
        return None if row is None else _feed(row)

    def list(self) -> "tuple[Feed, ...]":
        """All feeds by name."""
        return tuple(
            _feed(row) for row in self.db.rows("SELECT * FROM feeds ORDER BY name COLLATE NOCASE, id")
        )

    def remove(self, feed_id: str) -> None:
        """Forget a feed and its entries. Raises UserError `feed_unknown`."""
        if not self.db.run("DELETE FROM feeds WHERE id = ?", [feed_id]):
            raise UserError("feed_unknown", id=feed_id)

    # Entries

    def put_entry(self, entry: Entry) -> bool:
        """Keep an entry; of one that is known its words and when it was last seen, while what the person did
        with it stays. Whether it is new."""
        row = {name: getattr(entry.found, name) for name in _WORDS} | {
            "id": entry.id,
            "feed_id": entry.feed_id,
            "published_at": stamp(entry.found.published_at),
            "seen_at": to_text(entry.seen_at),
            "last_seen_at": to_text(entry.last_seen_at),
            "read_at": stamp(entry.read_at),
            "idea_id": entry.idea_id,
        }
        names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        fresh = (*_WORDS, "published_at", "last_seen_at")
        changed = ", ".join(f"{name} = :{name}" for name in fresh)
        if self.db.run(f"UPDATE feed_entries SET {changed} WHERE id = :id", row):  # noqa: S608
            return False
        self.db.run(f"INSERT INTO feed_entries ({names}) VALUES ({places})", row)  # noqa: S608
        return True

    def entry(self, entry_id: str) -> Entry:
        """The entry. Raises UserError `entry_unknown`."""
        row = self.db.row("SELECT * FROM feed_entries WHERE id = ?", [entry_id])
        if row is None:
            raise UserError("entry_unknown", id=entry_id)
        return _entry(row)

    def entries(
        self, feed_id: str | None = None, *, is_new: bool = False, limit: int = -1
    ) -> tuple[Entry, ...]:
        """Entries, the latest first (a day in the future counts as the day it came); of one feed, or only
        the new ones, where asked."""
        rows = self.db.rows(
            "SELECT * FROM feed_entries WHERE (:feed IS NULL OR feed_id = :feed)"
            " AND (NOT :new OR read_at IS NULL)"
            " ORDER BY min(coalesce(published_at, seen_at), seen_at) DESC, id LIMIT :limit",
            {"feed": feed_id, "new": is_new, "limit": limit},
        )
        return tuple(_entry(row) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many entries are new, by feed."""
        rows = self.db.rows(
            "SELECT feed_id, count(*) AS n FROM feed_entries WHERE read_at IS NULL GROUP BY feed_id"
        )
        return {row["feed_id"]: row["n"] for row in rows}

    def set_read(self, entry_ids: Iterable[str], read_at: datetime | None) -> None:
        """Mark entries as read, or as new again."""
        ids = list(entry_ids)
        for at in range(0, len(ids), 500):
            some = ids[at : at + 500]
            self.db.run(
                f"UPDATE feed_entries SET read_at = ? WHERE id IN ({marks(some)})",  # noqa: S608
                [stamp(read_at), *some],
            )

    def set_idea(self, entry_id: str, idea_id: str | None) -> None:
        """Say which idea was made of an entry."""
        self.db.run("UPDATE feed_entries SET idea_id = ? WHERE id = ?", [idea_id, entry_id])

    def prune(self, feed_id: str, before: datetime) -> int:
        """Forget what has not stood in the feed since then; how many."""
        return self.db.run(
            "DELETE FROM feed_entries WHERE feed_id = ? AND last_seen_at < ?", [feed_id, to_text(before)]
        )

    def mark(self) -> tuple[object, ...]:
        """A value that is another one whenever a list of feeds or entries would be."""
        row = self.db.row(
            "SELECT (SELECT count(*) FROM feeds) AS feeds, (SELECT max(checked_at) FROM feeds) AS checked,"
            " (SELECT count(*) FROM feed_entries) AS entries,"
            " (SELECT count(*) FROM feed_entries WHERE read_at IS NULL) AS fresh"
        )
        return tuple(row.values()) if row else ()


def _feed(row: dict[str, Any]) -> Feed:
    times: dict[str, Any] = {name: instant(row[name]) for name in ("added_at", "checked_at", "next_at")}
    return Feed(**(row | times))


def _entry(row: dict[str, Any]) -> Entry:
    found = Found(**{name: row[name] for name in _WORDS}, published_at=instant(row["published_at"]))
    seen, last = instant(row["seen_at"]), instant(row["last_seen_at"])
    assert seen is not None, "the column is never empty"
    assert last is not None, "the column is never empty"
    return Entry(row["id"], row["feed_id"], found, seen, last, instant(row["read_at"]), row["idea_id"])
