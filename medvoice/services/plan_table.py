"""The whole plan as a table, out and in: JSON for programs, CSV for spreadsheets.

A spreadsheet runs a cell that begins like a formula: such cells get an apostrophe in front, which is taken
off again when the table comes back.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.draft import CHANNELS, Draft
from medvoice.domain.errors import UserError
from medvoice.services.drafting import Drafting
from medvoice.services.topics import Topics
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftRow
from medvoice.store.plan import PlanStore

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
MAX_BYTES, MAX_ROWS = 20_000_000, 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One draft. `wall` and `zone` are its moment in mind; `channels` are joined by blanks. `state` is for
    reading only, as are the channels of a draft that exists."""

    id: str
    title: str
    topic: str
    channels: str
    wall: str
    zone: str
    state: str
    text: str


COLUMNS = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a table: ids of drafts that are new and changed, and how many rows changed nothing."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def to_json(rows: Iterable[Row]) -> str:
    """The rows as a JSON list of objects."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)


def to_csv(rows: Iterable[Row]) -> str:
    """The rows as CSV with a head line, lines ended by CR LF; no cell begins like a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_harmless(str(getattr(row, name))) for name in COLUMNS])
    return out.getvalue()


def from_json(text: str) -> tuple[Row, ...]:
    """The inverse of `to_json`; missing fields are empty. Raises UserError `table_unreadable` (params line,
    reason)."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UserError(
            "table_unreadable", line=getattr(problem, "lineno", 1), reason="not JSON"
        ) from problem
    if not isinstance(values, list):
        raise UserError("table_unreadable", line=1, reason="not a list")
    items: list[Any] = list(values)  # pyright: ignore[reportUnknownArgumentType]
    return _rows(enumerate(items, 1))


def from_csv(text: str) -> tuple[Row, ...]:
    """The inverse of `to_csv`; columns may stand in any order and be missing. Raises UserError
    `table_unreadable`."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    try:
        read = [
            (at, {name: _honest(value or "") for name, value in each.items() if name in COLUMNS})
            for at, each in enumerate(reader, 2)
        ]
    except csv.Error as problem:
        raise UserError("table_unreadable", line=reader.line_num, reason=str(problem)) from problem
    if not set(reader.fieldnames or ()) & {"title", "text"}:
        raise UserError("table_unreadable", line=1, reason="no column title or text")
    return _rows(read)


def _rows(values: Iterable[tuple[int, Any]]) -> tuple[Row, ...]:
    found: list[Row] = []
    for at, value in values:
        if not isinstance(value, Mapping):
            raise UserError("table_unreadable", line=at, reason="not an object")
        cells: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
        known = {name: cells.get(name) or "" for name in COLUMNS}
        wrong = next((name for name, cell in known.items() if not isinstance(cell, str)), "")
        if wrong:
            raise UserError("table_unreadable", line=at, reason=f"{wrong} is no text")
        if len(found) == MAX_ROWS:
            raise UserError("table_too_large", most=MAX_ROWS)
        found.append(Row(**known))
    return tuple(found)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _honest(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


class PlanTable:
    """The table of one workspace; call from the thread that owns the connection."""

    def __init__(self, db: Workspace, drafting: Drafting, topics: Topics) -> None:
        self.db = db
        self.drafting = drafting
        self.topics = topics
        self.store = PlanStore(db)

    def rows(self) -> tuple[Row, ...]:
        """All drafts that are not archived, last changed first."""
        names = {topic.id: topic.name for topic in self.topics.list()}
        return tuple(self._row(each, names) for each in self.drafting.list())

    def _row(self, row: DraftRow, names: Mapping[str, str]) -> Row:
        draft = self.drafting.get(row.id)
        return Row(
            id=row.id,
            title=row.title,
            topic=names.get(row.topic_id or "", ""),
            channels=" ".join(row.channels),
            wall=row.planned_wall,
            zone=row.planned_zone,
            state=row.delivery_state or ("idea" if row.is_idea else "draft"),
            text=draft.text,
        )

    def take(self, rows: Iterable[Row]) -> Taken:
        """Take a table in, all or nothing. A row with the id of a draft, or without one but with its very
        words, changes it; another one is a new draft. What is cleared is voided by a change as by any other
        edit; nothing is scheduled. Taking the same table twice changes nothing the second time.

        Raises UserError `row_unfit` (params line, why: the code of what is wrong) and as `Drafting` does.
        """
        added: list[str] = []
        changed: list[str] = []
        same = 0
        with transaction(self.db):
            ids = self.store.ids_by_words()
            topics = {topic.name.casefold(): topic.id for topic in self.topics.list()}
            for at, row in enumerate(rows, 1):
                try:
                    topic_id = self._topic(row.topic, topics)
                    channels = self._fit(row)
                    draft = self._draft(row.id) or self._draft(ids.get((row.title, row.text), ""))
                    if draft is None:
                        added.append(self._add(row, topic_id, channels))
                    elif self._change(draft, row, topic_id):
                        changed.append(draft.id)
                    else:
                        same += 1
                except UserError as problem:
                    raise UserError("row_unfit", line=at, why=problem.code) from problem
        return Taken(tuple(added), tuple(changed), same)

    def _fit(self, row: Row) -> tuple[str, ...]:
        channels = tuple(row.channels.split())
        for channel in channels:
            if channel not in CHANNELS:
                raise UserError("channel_unknown", channel=channel)
        if row.wall:
            wall_to_utc(row.wall, row.zone or "UTC")
        return channels

    def _topic(self, name: str, topics: dict[str, str]) -> str | None:
        if not name.strip():
            return None
        key = " ".join(name.split()).casefold()
        if key not in topics:
            topics[key] = self.topics.add(name).id
        return topics[key]

    def _draft(self, draft_id: str) -> Draft | None:
        try:
            return self.drafting.get(draft_id) if draft_id else None
        except UserError:
            return None

    def _add(self, row: Row, topic_id: str | None, channels: tuple[str, ...]) -> str:
        draft = self.drafting.create(title=row.title, text=row.text, channels=channels or CHANNELS)
        self.drafting.save(
            draft.id,
            draft.revision,
            topic_id=topic_id,
            planned_wall=row.wall,
            planned_zone=row.zone or ("UTC" if row.wall else ""),
        )
        return draft.id

    def _change(self, draft: Draft, row: Row, topic_id: str | None) -> bool:
        saved = self.drafting.save(
            draft.id,
            draft.revision,
            title=row.title,
            text=row.text,
            topic_id=topic_id,
            planned_wall=row.wall,
            planned_zone=row.zone,
        )
        return saved != draft
