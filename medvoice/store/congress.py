"""Congresses, their sessions and abstracts, and which drafts draw on which abstract."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.congress import Abstract, Event, Session
from medvoice.domain.errors import UserError
from medvoice.store.codec import marks
from medvoice.store.connection import Workspace


class CongressStore:
    """Congresses in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    # Events

    def save_event(self, event: Event) -> None:
        """Keep an event, new or changed."""
        self._save("events", _event_row(event))

    def event(self, event_id: str) -> Event:
        """The event. Raises UserError `event_unknown`."""
        row = self.db.row("SELECT * FROM events WHERE id = ?", [event_id])
        if row is None:
            raise UserError("event_unknown", id=event_id)
        return _event(row)

    def events(self, since: date | None = None, until: date | None = None) -> tuple[Event, ...]:
        """Events that touch the days from `since` to `until`, both included; the earliest first."""
        rows = self.db.rows(
            "SELECT * FROM events WHERE ends_on >= ? AND starts_on <= ? ORDER BY starts_on, name, id",
            [(since or date.min).isoformat(), (until or date.max).isoformat()],
        )
        return tuple(_event(row) for row in rows)

    def remove_event(self, event_id: str) -> None:
        """Forget an event with its sessions and abstracts. The service has looked that no draft draws on
        them; the database refuses it otherwise. Raises UserError `event_unknown`."""
        self.db.run("DELETE FROM abstracts WHERE event_id = ?", [event_id])
        if not self.db.run("DELETE FROM events WHERE id = ?", [event_id]):
            raise UserError("event_unknown", id=event_id)

    # Sessions

    def save_session(self, session: Session) -> None:
        """Keep a session, new or changed."""
        row = {"id": session.id, "event_id": session.event_id, "title": session.title, "wall": session.wall}
        self._save("sessions", row)

    def session(self, session_id: str) -> Session:
        """The session. Raises UserError `session_unknown`."""
        row = self.db.row("SELECT * FROM sessions WHERE id = ?", [session_id])
        if row is None:
            raise UserError("session_unknown", id=session_id)
        return Session(**row)

    def sessions(self, event_id: str) -> tuple[Session, ...]:
        """The sessions of an event, the earliest first."""
        rows = self.db.rows("SELECT * FROM sessions WHERE event_id = ? ORDER BY wall, title, id", [event_id])
        return tuple(Session(**row) for row in rows)

    def remove_session(self, session_id: str) -> None:
        """Forget a session; its abstracts stay, without one. Raises UserError `session_unknown`."""
        if not self.db.run("DELETE FROM sessions WHERE id = ?", [session_id]):
            raise UserError("session_unknown", id=session_id)

    # Abstracts

    def save_abstract(self, abstract: Abstract) -> None:
        """Keep an abstract, new or changed."""
        self._save("abstracts", _abstract_row(abstract))

    def abstract(self, abstract_id: str) -> Abstract:
        """The abstract. Raises UserError `abstract_unknown`."""
        row = self.db.row("SELECT * FROM abstracts WHERE id = ?", [abstract_id])
        if row is None:
            raise UserError("abstract_unknown", id=abstract_id)
        return _abstract(row)

    def abstracts(self, event_id: str) -> tuple[Abstract, ...]:
        """The abstracts of an event, in the order in which they were added."""
        rows = self.db.rows("SELECT * FROM abstracts WHERE event_id = ? ORDER BY number", [event_id])
        return tuple(_abstract(row) for row in rows)

    def remove_abstract(self, abstract_id: str) -> None:
        """Forget an abstract on which no draft draws. Raises UserError `abstract_unknown`."""
        if not self.db.run("DELETE FROM abstracts WHERE id = ?", [abstract_id]):
            raise UserError("abstract_unknown", id=abstract_id)

    # Which draft draws on what

    def copy_links(self, from_draft_id: str, to_draft_id: str) -> None:
        """Let one draft draw on all that another draws on."""
        self.db.run(
            "INSERT OR IGNORE INTO draft_abstracts (draft_id, abstract_id, at)"
            " SELECT ?, abstract_id, at FROM draft_abstracts WHERE draft_id = ?",
            [to_draft_id, from_draft_id],
        )

    def link(self, draft_id: str, abstract_id: str, at: datetime) -> bool:
        """Note that a draft draws on an abstract; False when it was noted."""
        return bool(
            self.db.run(
                "INSERT OR IGNORE INTO draft_abstracts (draft_id, abstract_id, at) VALUES (?, ?, ?)",
                [draft_id, abstract_id, to_text(at)],
            )
        )

    def unlink(self, draft_id: str, abstract_id: str) -> bool:
        """Take that back; False when there was nothing."""
        return bool(
            self.db.run(
                "DELETE FROM draft_abstracts WHERE draft_id = ? AND abstract_id = ?", [draft_id, abstract_id]
            )
        )

    def of_draft(self, draft_id: str) -> tuple[Abstract, ...]:
        """The abstracts that a draft draws on, in the order in which they were noted."""
        rows = self.db.rows(
            "SELECT a.* FROM abstracts a JOIN draft_abstracts d ON d.abstract_id = a.id"
            " WHERE d.draft_id = ? ORDER BY d.at, a.number",
            [draft_id],
        )
        return tuple(_abstract(row) for row in rows)

    def drafts_with_abstracts(self) -> frozenset[str]:
        """Ids of all drafts that draw on an abstract."""
        rows = self.db.rows("SELECT DISTINCT draft_id FROM draft_abstracts")
        return frozenset(row["draft_id"] for row in rows)

    def drafts_of(self, abstract_ids: Collection[str]) -> tuple[str, ...]:
        """Ids of the drafts that draw on any of these abstracts."""
        rows = self.db.rows(
            "SELECT DISTINCT draft_id FROM draft_abstracts"  # noqa: S608 - placeholders only
            f" WHERE abstract_id IN ({marks(abstract_ids)}) ORDER BY draft_id",
            list(abstract_ids),
        )
        return tuple(row["draft_id"] for row in rows)

    def _save(self, table: str, row: Mapping[str, object]) -> None:
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        news = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        self.db.run(
            f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {news}",  # noqa: S608
            row,
        )


def _event_row(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "name": event.name,
        "zone": event.zone,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "style": event.style,
        "release_on": event.release_on.isoformat() if event.release_on else None,
        "place": event.place,
        "hashtag": event.hashtag,
        "social_policy": event.social_policy,
        "photo_policy": event.photo_policy,
        "url": event.url,
        "notes": event.notes,
        "created_at": to_text(event.created_at),
    }


def _event(row: dict[str, Any]) -> Event:
    known: dict[str, Any] = {
        "starts_on": date.fromisoformat(row["starts_on"]),
        "ends_on": date.fromisoformat(row["ends_on"]),
        "release_on": date.fromisoformat(row["release_on"]) if row["release_on"] else None,
        "created_at": from_text(row["created_at"]),
    }
    return Event(**(row | known))


def _abstract_row(abstract: Abstract) -> dict[str, object]:
    return {
        "id": abstract.id,
        "event_id": abstract.event_id,
        "title": abstract.title,
        "kind": abstract.kind,
        "label": abstract.number,
        "session_id": abstract.session_id or None,
        "wall": abstract.wall,
        "zone": abstract.zone,
    }


def _abstract(row: dict[str, Any]) -> Abstract:
    return Abstract(
        id=row["id"],
        event_id=row["event_id"],
        title=row["title"],
        kind=row["kind"],
        number=row["label"],
        session_id=row["session_id"] or "",
        wall=row["wall"],
        zone=row["zone"],
    )
