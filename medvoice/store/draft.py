"""Drafts: kept, listed, searched, and their kept versions. Owner's thread only, as all stores."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.draft import Draft
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import PartState, derive_state
from medvoice.store.codec import draft_from_row, draft_to_row, dump, load, stamp
from medvoice.store.connection import Workspace, transaction

# A search looks at this many of the newest drafts that hold the words, so that a common word stays fast.
SEARCH_WINDOW = 1000
_WORD = re.compile(r"\w+")
ROW_SELECT = """
SELECT d.id, d.title, d.first_line, d.channels, d.topic_id, d.updated_at, d.is_idea, d.archived_at,
    d.planned_wall, d.planned_zone, d.revision,
    (SELECT group_concat(p.state || CASE y.is_paused WHEN 1 THEN '+' ELSE '' END, ' ')
        FROM deliveries y JOIN parts p ON p.delivery_id = y.id
        WHERE y.draft_id = d.id AND p.state <> 'cancelled') AS states,
    (SELECT min(y.due_at) FROM deliveries y JOIN parts p ON p.delivery_id = y.id
        WHERE y.draft_id = d.id AND p.state NOT IN ('published', 'refused', 'cancelled')) AS due_at
FROM drafts d
"""


@dataclass(frozen=True, slots=True)
class DraftFilter:
    """What to list; None means either. `limit` None lists all."""

    is_archived: bool | None = False
    is_idea: bool | None = None
    topic_id: str | None = None
    channel: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as a list shows it, without its text.

    `first_line` is at most 120 code points. `delivery_state` is "" while nothing was scheduled, else the
    word of `derive_state` over all its deliveries. `due_at` is the next moment, UTC. `updated_at` and
    `archived_at` are UTC.
    """

    id: str
    title: str
    first_line: str
    channels: tuple[str, ...]
    topic_id: str | None
    updated_at: datetime
    is_idea: bool
    archived: bool
    delivery_state: str
    planned_wall: str
    planned_zone: str
    due_at: datetime | None
    revision: int
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A kept state of a draft. `why` is a short code: `saved`, `cleared`, `named`, `before_restore`."""

    number: int
    draft_id: str
    revision: int
    why: str
    name: str
    at: datetime
    snapshot: Draft


class DraftStore:
    """Drafts in one workspace. Methods raise StorageError when the file cannot be read or written."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises UserError `draft_unknown`."""
        row = self.db.row("SELECT * FROM drafts WHERE id = ?", [draft_id])
        if row is None:
            raise UserError("draft_unknown", id=draft_id)
        return draft_from_row(row)

    def add(self, draft: Draft) -> None:
        """Keep a new draft."""
        row = draft_to_row(draft)
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        self.db.run(f"INSERT INTO drafts ({names}) VALUES ({places})", row)  # noqa: S608 - own names

    def save(self, draft: Draft, expected_revision: int) -> Draft:
        """Write all of `draft` if the kept one still has `expected_revision`; returns it.

        Raises UserError `draft_changed_elsewhere` when it has another one, `draft_unknown` when it is gone.
        """
        row = draft_to_row(draft)
        assignments = ", ".join(f"{name} = :{name}" for name in row if name not in ("id", "created_at"))
        changed = self.db.run(
            f"UPDATE drafts SET {assignments} WHERE id = :id AND revision = :expected",  # noqa: S608
            row | {"expected": expected_revision},
        )
        if not changed:
            current = self.get(draft.id)
            raise UserError(
                "draft_changed_elsewhere", id=draft.id, expected=expected_revision, revision=current.revision
            )
        return draft

    def set_archived(self, draft_id: str, at: datetime | None) -> bool:
        """Archive at `at` or, with None, take out of the archive. False when it already was so."""
        return bool(
            self.db.run(
                "UPDATE drafts SET archived_at = :at"
                " WHERE id = :id AND (archived_at IS NULL) <> (:at IS NULL)",
                {"id": draft_id, "at": stamp(at)},
            )
        )

    def archived_before(self, moment: datetime) -> "tuple[str, ...]":
        """Ids of drafts that were archived at `moment` or earlier, oldest first."""
        rows = self.db.rows(
            "SELECT id FROM drafts WHERE archived_at <= ? ORDER BY archived_at", [to_text(moment)]
        )
        return tuple(row["id"] for row in rows)

    def remove(self, draft_id: str) -> None:
        """Delete for good, with versions, ticks and dismissals.

        Raises UserError `draft_has_records` when it was ever cleared, routed or scheduled: that is kept.
        """
        with transaction(self.db):
            for table in ("clearances", "routings", "sightings", "deliveries"):
                if self.db.row(f"SELECT 1 FROM {table} WHERE draft_id = ? LIMIT 1", [draft_id]):  # noqa: S608
                    raise UserError("draft_has_records", id=draft_id)
            self.db.run("DELETE FROM drafts WHERE id = ?", [draft_id])

    def list(self, wanted: DraftFilter = DraftFilter()) -> "tuple[DraftRow, ...]":
        """Rows, last changed first, in one statement."""
        where, values = ["1"], {}
        if wanted.is_archived is not None:
            where.append(f"d.archived_at IS {'NOT ' if wanted.is_archived else ''}NULL")
        if wanted.is_idea is not None:
            where.append("d.is_idea = :is_idea")
            values["is_idea"] = int(wanted.is_idea)
        if wanted.topic_id is not None:
            where.append("d.topic_id = :topic_id")
            values["topic_id"] = wanted.topic_id
        if wanted.channel is not None:
            where.append("instr(' ' || d.channels || ' ', ' ' || :channel || ' ') > 0")
            values["channel"] = wanted.channel
        values["limit"] = -1 if wanted.limit is None else wanted.limit
        order = "ORDER BY d.updated_at DESC, d.number DESC LIMIT :limit"
        sql = f"{ROW_SELECT} WHERE {' AND '.join(where)} {order}"
        return tuple(list_row(row) for row in self.db.rows(sql, values))

    def search(
        self, query: str, limit: int = 50, *, is_archived: bool | None = False
    ) -> "tuple[DraftRow, ...]":
        """Drafts that hold all words of `query` (each as a beginning of a word, accents and case ignored) in
        title, text or channel texts; last changed first. Any text is safe; one without words finds none.

        When more than SEARCH_WINDOW drafts match, the newest written of them are looked at.
        """
        match = match_expression(query)
        if not match:
            return ()
        archived = "" if is_archived is None else f"AND d.archived_at IS {'NOT ' if is_archived else ''}NULL"
        sql = (
            f"{ROW_SELECT} WHERE d.number IN (SELECT rowid FROM drafts_fts WHERE drafts_fts MATCH :match"  # noqa: S608
            f" ORDER BY rowid DESC LIMIT :window) {archived}"
            " ORDER BY d.updated_at DESC, d.number DESC LIMIT :limit"
        )
        values = {"match": match, "window": SEARCH_WINDOW, "limit": limit}
        return tuple(list_row(row) for row in self.db.rows(sql, values))

    def add_version(
        self, draft_id: str, revision: int, snapshot: Draft, why: str, name: str, at: datetime
    ) -> int:
        """Keep a state of the draft; returns the version's number."""
        row = self.db.row(
            "INSERT INTO draft_versions (draft_id, revision, why, name, at, snapshot)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
            [draft_id, revision, why, name, to_text(at), dump(draft_to_row(snapshot))],
        )
        assert row is not None
        return int(row["number"])

    def versions(self, draft_id: str, limit: int = -1) -> "tuple[DraftVersion, ...]":
        """The newest `limit` kept states, all with -1; newest first."""
        rows = self.db.rows(
            "SELECT * FROM draft_versions WHERE draft_id = ? ORDER BY number DESC LIMIT ?", [draft_id, limit]
        )
        return tuple(_version(row) for row in rows)

    def name_version(self, draft_id: str, number: int, name: str) -> None:
        """Name a kept state. Raises UserError `version_unknown`."""
        changed = self.db.run(
            "UPDATE draft_versions SET name = ? WHERE draft_id = ? AND number = ?", [name, draft_id, number]
        )
        if not changed:
            raise UserError("version_unknown", id=draft_id, number=number)

    def last_version_at(self, draft_id: str) -> datetime | None:
        """When the newest kept state was kept, UTC; None when there is none."""
        row = self.db.row(
            "SELECT at FROM draft_versions WHERE draft_id = ? ORDER BY number DESC LIMIT 1", [draft_id]
        )
        return from_text(row["at"]) if row else None

    def get_version(self, draft_id: str, number: int) -> DraftVersion:
        """One kept state. Raises UserError `version_unknown`."""
        row = self.db.row(
            "SELECT * FROM draft_versions WHERE draft_id = ? AND number = ?", [draft_id, number]
        )
        if row is None:
            raise UserError("version_unknown", id=draft_id, number=number)
        return _version(row)


def match_expression(query: str) -> str:
    """An FTS5 expression that means: each word of `query` begins a word. "" when there is no word.

    Only word characters reach the expression, each word in double quotes, so no operator can.
    """
    words = _WORD.findall(query)[:16]
    return " ".join(f'"{word}"*' for word in words if any(character.isalnum() for character in word))


def list_row(row: dict[str, Any]) -> DraftRow:
    """A row of ROW_SELECT."""
    return DraftRow(
        id=row["id"],
        title=row["title"],
        first_line=row["first_line"],
        channels=tuple(row["channels"].split()),
        topic_id=row["topic_id"],
        updated_at=from_text(row["updated_at"]),
        is_idea=bool(row["is_idea"]),
        archived=row["archived_at"] is not None,
        delivery_state=summary_of(row["states"]),
        planned_wall=row["planned_wall"],
        planned_zone=row["planned_zone"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        revision=row["revision"],
        archived_at=from_text(row["archived_at"]) if row["archived_at"] else None,
    )


def summary_of(states: str | None) -> str:
    """The word of `derive_state` for the states of all parts, as the select joins them; "" for none."""
    if not states:
        return ""
    words = states.split()
    is_paused = any(word.endswith("+") for word in words)
    return derive_state([PartState(word.rstrip("+")) for word in words], is_paused)


def _version(row: dict[str, Any]) -> DraftVersion:
    return DraftVersion(
        number=row["number"],
        draft_id=row["draft_id"],
        revision=row["revision"],
        why=row["why"],
        name=row["name"],
        at=from_text(row["at"]),
        snapshot=draft_from_row(load(row["snapshot"])),
    )
