"""The draft list as the window needs it: all of it in outline, the rows of a screenful, found words.

Owner's thread only, as all stores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medvoice.store.connection import Workspace
from medvoice.store.draft import ROW_SELECT, SEARCH_WINDOW, DraftRow, list_row, match_expression, summary_of

# Around words that a search found. Control signs, so that no text is mistaken for them by the eye.
FOUND_START, FOUND_END = "\x02", "\x03"
SNIPPET_WORDS = 14
_ALL_STATES = """
SELECT y.draft_id, group_concat(p.state || CASE y.is_paused WHEN 1 THEN '+' ELSE '' END, ' ')
    FROM deliveries y JOIN parts p ON p.delivery_id = y.id
    WHERE p.state <> 'cancelled' GROUP BY y.draft_id
"""
# Id, revision, 1 for an idea, the word of its delivery's state ("" for none).
OutlineRow = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """What the list shows. `query` as typed, "" for no search; None means any."""

    query: str = ""
    topic_id: str | None = None
    channel: str | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class DraftKey:
    """A draft of the list without its words: enough to count it and to know its section."""

    id: str
    revision: int
    is_idea: bool
    delivery_state: str


@dataclass(frozen=True, slots=True)
class Found:
    """Title and a piece of the text with FOUND_START and FOUND_END around the words of a search."""

    title: str
    snippet: str


class DraftShelf:
    """Reads the list. Raises StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def outline(self, wanted: ShelfFilter) -> list[OutlineRow]:
        """All drafts that fit, last changed first; of a search the newest SEARCH_WINDOW at most.

        A hundred thousand take 0.1 s, and the collector of garbage, which passes over plain tuples, nothing.
        """
        where, values = _where(wanted)
        if where is None:
            return []
        found = self.db.tuples(
            f"SELECT d.id, d.revision, d.is_idea FROM drafts d WHERE {where}"  # noqa: S608
            " ORDER BY d.updated_at DESC, d.number DESC",
            values,
        )
        states = {draft_id: summary_of(words) for draft_id, words in self.db.tuples(_ALL_STATES)}
        return [(each, revision, is_idea, states.get(each, "")) for each, revision, is_idea in found]

    def newest(self, wanted: ShelfFilter, limit: int) -> tuple[DraftRow, ...]:
        """The first rows of the list, last changed first."""
        where, values = _where(wanted)
        if where is None:
            return ()
        sql = f"{ROW_SELECT} WHERE {where} ORDER BY d.updated_at DESC, d.number DESC LIMIT :limit"
        return tuple(list_row(row) for row in self.db.rows(sql, values | {"limit": limit}))

    def due(self) -> dict[str, str]:
        """When each draft that is not out yet goes out next: UTC as text that sorts, by draft."""
        rows = self.db.rows(
            "SELECT y.draft_id AS id, min(y.due_at) AS due_at FROM deliveries y"
            " JOIN parts p ON p.delivery_id = y.id"
            " WHERE p.state NOT IN ('published', 'refused', 'cancelled') GROUP BY y.draft_id"
        )
        return {row["id"]: row["due_at"] for row in rows}

    def rows(self, ids: Sequence[str]) -> tuple[DraftRow, ...]:
        """These rows, in no order; ids that are gone are left out. At most some hundred at a time."""
        places = ", ".join("?" for _ in ids)
        found = self.db.rows(f"{ROW_SELECT} WHERE d.id IN ({places})", list(ids))
        return tuple(list_row(row) for row in found)

    def found(self, query: str, ids: Sequence[str]) -> dict[str, Found]:
        """Where the words of a search stand in these drafts."""
        match = match_expression(query)
        if not match or not ids:
            return {}
        places = ", ".join("?" for _ in ids)
        marks = f"'{FOUND_START}', '{FOUND_END}'"
        sql = (
            f"SELECT d.id, highlight(drafts_fts, 0, {marks}) AS title,"  # noqa: S608 - own marks and places
            f" snippet(drafts_fts, 1, {marks}, '…', {SNIPPET_WORDS}) AS text,"
            f" snippet(drafts_fts, 2, {marks}, '…', {SNIPPET_WORDS}) AS own"
            " FROM drafts_fts JOIN drafts d ON d.number = drafts_fts.rowid"
            f" WHERE drafts_fts MATCH ? AND d.id IN ({places})"
        )
        return {row["id"]: _found(row) for row in self.db.rows(sql, [match, *ids])}


def _found(row: dict[str, Any]) -> Found:
    text = str(row["text"])
    own = str(row["own"])
    snippet = own if FOUND_START not in text and FOUND_START in own else text
    return Found(str(row["title"]), " ".join(snippet.split()))


def _where(wanted: ShelfFilter) -> tuple[str | None, dict[str, Any]]:
    """The condition and its values; None when a search has no word to look for."""
    parts = [f"d.archived_at IS {'NOT ' if wanted.is_archived else ''}NULL"]
    values: dict[str, Any] = {}
    if wanted.topic_id is not None:
        parts.append("d.topic_id = :topic_id")
        values["topic_id"] = wanted.topic_id
    if wanted.channel is not None:
        parts.append("instr(' ' || d.channels || ' ', ' ' || :channel || ' ') > 0")
        values["channel"] = wanted.channel
    if wanted.query.strip():
        match = match_expression(wanted.query)
        if not match:
            return None, {}
        parts.append(
            "d.number IN (SELECT rowid FROM drafts_fts WHERE drafts_fts MATCH :match"
            " ORDER BY rowid DESC LIMIT :window)"
        )
        values |= {"match": match, "window": SEARCH_WINDOW}
    return " AND ".join(parts), values
