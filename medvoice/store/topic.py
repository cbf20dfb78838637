"""Topics of the person's voice."""

from collections.abc import Iterable
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.store.codec import dump, load
from medvoice.store.connection import Workspace


class TopicStore:
    """Topics in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def add(self, topic: Topic) -> None:
        """Keep a new topic. Its slot and name must be free (the service looks first)."""
        row = _to_row(topic)
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        self.db.run(f"INSERT INTO topics ({names}) VALUES ({places})", row)  # noqa: S608 - own names

    def get(self, topic_id: str) -> Topic:
        """The topic. Raises UserError `topic_unknown`."""
        row = self.db.row("SELECT * FROM topics WHERE id = ?", [topic_id])
        if row is None:
            raise UserError("topic_unknown", id=topic_id)
        return _from_row(row)

    def list(self) -> "tuple[Topic, ...]":
        """All topics, oldest first."""
        return tuple(_from_row(row) for row in self.db.rows("SELECT * FROM topics ORDER BY created_at, id"))

    def save(self, topic: Topic) -> None:
        """Write all of `topic`. Raises UserError `topic_unknown`."""
        row = _to_row(topic)
        assignments = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        if not self.db.run(f"UPDATE topics SET {assignments} WHERE id = :id", row):  # noqa: S608
            raise UserError("topic_unknown", id=topic.id)

    def hand_over(self, topic_id: str, to_id: str) -> int:
        """Put all drafts of one topic under another; how many."""
        return self.db.run("UPDATE drafts SET topic_id = ? WHERE topic_id = ?", [to_id, topic_id])

    def draft_ids(self, topic_id: str) -> "tuple[str, ...]":
        """The drafts of a topic, archived ones too."""
        rows = self.db.rows("SELECT id FROM drafts WHERE topic_id = ? ORDER BY id", [topic_id])
        return tuple(row["id"] for row in rows)

    def give(self, draft_ids: Iterable[str], topic_id: str) -> None:
        """Put these drafts under a topic."""
        for draft_id in draft_ids:
            self.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [topic_id, draft_id])

    def remove(self, topic_id: str) -> None:
        """Forget the topic; its drafts stay, without one. Raises UserError `topic_unknown`."""
        if not self.db.run("DELETE FROM topics WHERE id = ?", [topic_id]):
            raise UserError("topic_unknown", id=topic_id)


def _to_row(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "name": topic.name,
        "slot": topic.slot,
        "promise": topic.promise,
        "target_share": topic.target_share,
        "keywords": dump(topic.keywords),
        "created_at": to_text(topic.created_at),
        "cadence_days": topic.cadence_days,
        "audience": topic.audience,
        "avoid": dump(topic.avoid),
        "hashtags": dump(topic.hashtags),
        "mentions": dump(topic.mentions),
    }


def _from_row(row: dict[str, Any]) -> Topic:
    known: dict[str, Any] = {"created_at": from_text(row["created_at"])}
    for name in ("keywords", "avoid", "hashtags", "mentions"):
        known[name] = tuple(load(row[name]))
    return Topic(**(row | known))
