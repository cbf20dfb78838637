"""What stands in the calendar: scheduled and published posts, and drafts with a moment in mind."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from medvoice.domain.clock import from_text, to_text, wall_to_utc
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import PartState, derive_state
from medvoice.store.codec import marks
from medvoice.store.connection import Workspace

DRAFT = "draft"
# A wall time lies at most this far from the same digits in UTC.
ZONE_SPAN = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, or a draft with a moment in mind (`state` "draft", no deliveries).

    Deliveries of one draft at one moment are one entry. `at` is UTC; `wall` and `zone` are as the person
    chose them. `state` is the word of `derive_state` over all parts.
    """

    draft_id: str
    deliveries: tuple[str, ...]
    title: str
    topic_id: str | None
    channels: tuple[str, ...]
    at: datetime
    wall: str
    zone: str
    state: str

    @property
    def key(self) -> str:
        """Names the entry while it stays where it is."""
        return f"{self.draft_id}@{self.wall}{self.zone}"


class PlanStore:
    """Reads over drafts and deliveries in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def between(self, since: datetime, until: datetime) -> tuple[Entry, ...]:
        """All entries from `since` to before `until` (aware), by moment, then title. What was cancelled is
        left out."""
        found = [*self._posts(since, until), *self._drafts(since, until)]
        return tuple(sorted(found, key=lambda each: (each.at, each.title.casefold(), each.draft_id)))

    def latest_by_topic(self, until: datetime) -> dict[str, datetime]:
        """Per topic the last moment, UTC, before `until` at which a post was published or stands planned."""
        out = "p.state NOT IN ('cancelled', 'refused', 'missed')"
        return self._by_topic("y.due_at < ?", "DESC", out, until)

    def next_by_topic(self, since: datetime) -> dict[str, datetime]:
        """Per topic the first moment, UTC, from `since` on at which a post stands planned."""
        return self._by_topic(
            "y.due_at >= ?", "ASC", "p.state IN ('planned', 'due', 'waiting', 'held')", since
        )

    def _by_topic(self, bound: str, order: str, states: str, at: datetime) -> dict[str, datetime]:
        """One walk along the moments per topic, which ends at its first post; all arguments are our own."""
        found: dict[str, datetime] = {}
        for topic in self.db.rows("SELECT id FROM topics"):
            row = self.db.row(
                "SELECT y.due_at FROM deliveries y CROSS JOIN drafts d ON d.id = y.draft_id"  # noqa: S608
                f" WHERE d.topic_id = ? AND {bound} AND EXISTS (SELECT 1 FROM parts p"
                f" WHERE p.delivery_id = y.id AND {states}) ORDER BY y.due_at {order} LIMIT 1",
                [topic["id"], to_text(at)],
            )
            if row is not None:
                found[topic["id"]] = from_text(row["due_at"])
        return found

    def unplaced(self, limit: int) -> tuple[dict[str, Any], ...]:
        """Drafts, no ideas, that have words, no moment in mind and were never scheduled; last changed first.
        Rows of id, title, topic_id, channels (a tuple) and first_line."""
        rows = self.db.rows(
            "SELECT id, title, topic_id, channels, first_line FROM drafts d WHERE archived_at IS NULL"
            " AND is_idea = 0 AND planned_wall = '' AND first_line <> ''"
            " AND NOT EXISTS (SELECT 1 FROM deliveries y JOIN parts p ON p.delivery_id = y.id"
            " WHERE y.draft_id = d.id AND p.state <> 'cancelled')"
            " ORDER BY updated_at DESC, number DESC LIMIT ?",
            [limit],
        )
        return tuple(row | {"channels": tuple(row["channels"].split())} for row in rows)

    def ids_by_words(self) -> dict[tuple[str, str], str]:
        """Ids of drafts that are not archived, by title and text."""
        rows = self.db.rows("SELECT id, title, text FROM drafts WHERE archived_at IS NULL")
        return {(row["title"], row["text"]): row["id"] for row in rows}

    def posted_since(self, since: datetime) -> dict[str, tuple[str, str, str, datetime]]:
        """Deliveries that went out at `since` (aware) or later or still wait: by id the draft, the channel,
        the title and the moment, UTC. What was cancelled or not accepted is left out."""
        rows = self.db.rows(
            "SELECT y.id, y.draft_id, y.channel, coalesce(nullif(d.title, ''), y.title) AS title, y.due_at"
            " FROM deliveries y JOIN drafts d ON d.id = y.draft_id WHERE y.due_at >= ? AND EXISTS"
            " (SELECT 1 FROM parts p WHERE p.delivery_id = y.id AND p.state NOT IN ('cancelled', 'refused'))",
            [to_text(since)],
        )
        return {
            row["id"]: (row["draft_id"], row["channel"], row["title"], from_text(row["due_at"]))
            for row in rows
        }

    def texts_of(self, delivery_ids: Collection[str]) -> dict[str, str]:
        """The whole words of deliveries by id, a thread's parts one after another."""
        found: dict[str, str] = {}
        ids = list(delivery_ids)
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            rows = self.db.rows(
                "SELECT delivery_id, text FROM parts"  # noqa: S608 - placeholders only
                f" WHERE delivery_id IN ({marks(some)}) ORDER BY delivery_id, position",
                some,
            )
            for row in rows:
                known = found.get(row["delivery_id"], "")
                found[row["delivery_id"]] = f"{known}\n\n{row['text']}" if known else row["text"]
        return found

    def published_since(self, since: datetime) -> tuple[tuple[str, str | None, datetime], ...]:
        """Posts that are out since then (aware): draft, topic and moment (UTC), one per draft and moment."""
        rows = self.db.rows(
            "SELECT DISTINCT y.draft_id, d.topic_id, y.due_at FROM deliveries y JOIN drafts d"
            " ON d.id = y.draft_id WHERE y.due_at >= ? AND EXISTS (SELECT 1 FROM parts p"
            " WHERE p.delivery_id = y.id AND p.state = 'published') ORDER BY y.due_at",
            [to_text(since)],
        )
        return tuple((row["draft_id"], row["topic_id"], from_text(row["due_at"])) for row in rows)

    def tagged_texts(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Topic and words of drafts that the person put under a topic, last changed first."""
        rows = self.db.rows(
            "SELECT topic_id, title || char(10) || text AS words FROM drafts WHERE topic_id IS NOT NULL"
            " ORDER BY updated_at DESC, number DESC LIMIT ?",
            [limit],
        )
        return tuple((row["topic_id"], row["words"]) for row in rows)

    def _posts(self, since: datetime, until: datetime) -> Iterable[Entry]:
        rows = self.db.rows(
            "SELECT y.id, y.draft_id, y.channel, y.due_at, y.wall, y.zone, y.is_paused,"
            " y.title AS sent_title, d.title, d.first_line, d.topic_id, group_concat(p.state, ' ') AS states"
            " FROM deliveries y JOIN drafts d ON d.id = y.draft_id JOIN parts p ON p.delivery_id = y.id"
            " WHERE y.due_at >= ? AND y.due_at < ? AND p.state <> 'cancelled'"
            " GROUP BY y.id ORDER BY y.due_at, y.channel, y.id",
            [to_text(since), to_text(until)],
        )
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault((row["draft_id"], row["due_at"]), []).append(row)
        return [_post(group) for group in groups.values()]

    def _drafts(self, since: datetime, until: datetime) -> Iterable[Entry]:
        rows = self.db.rows(
            "SELECT id, title, first_line, topic_id, channels, planned_wall, planned_zone FROM drafts d"
            " WHERE planned_wall <> '' AND archived_at IS NULL AND planned_wall >= ? AND planned_wall < ?"
            " AND NOT EXISTS (SELECT 1 FROM deliveries y JOIN parts p ON p.delivery_id = y.id"
            " WHERE y.draft_id = d.id AND p.state <> 'cancelled')",
            [_day(since, -ZONE_SPAN), _day(until, ZONE_SPAN)],
        )
        for row in rows:
            try:
                at = wall_to_utc(row["planned_wall"], row["planned_zone"])
            except UserError:
                # A zone that this computer's time data does not know any more: it cannot be placed.
                continue
            if since <= at < until:
                yield Entry(
                    row["id"],
                    (),
                    row["title"] or row["first_line"],
                    row["topic_id"],
                    tuple(row["channels"].split()),
                    at,
                    row["planned_wall"],
                    row["planned_zone"],
                    DRAFT,
                )


def _day(at: datetime, by: timedelta) -> str:
    try:
        return to_text(at + by)[:10]
    except OverflowError:
        return to_text(at)[:10]


def _post(rows: list[dict[str, Any]]) -> Entry:
    first = rows[0]
    states = [PartState(state) for row in rows for state in row["states"].split()]
    return Entry(
        first["draft_id"],
        tuple(row["id"] for row in rows),
        first["title"] or first["sent_title"],
        first["topic_id"],
        tuple(dict.fromkeys(row["channel"] for row in rows)),
        from_text(first["due_at"]),
        first["wall"],
        first["zone"],
        derive_state(states, all(row["is_paused"] for row in rows)),
    )
