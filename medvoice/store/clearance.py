"""Clearances and what leads to them: ticks, dismissals, and how must-fix findings were routed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from medvoice.domain.clearance import Clearance, Dismissal, Tick
from medvoice.domain.clock import from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.store.codec import dump, instant, load, stamp
from medvoice.store.connection import Workspace


@dataclass(frozen=True, slots=True)
class KeptTick:
    """A tick with the digest of what triggered its item, and when the tick fell (None while it stands)."""

    tick: Tick
    trigger_hash: str
    fell_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptDismissal:
    """A dismissal with the sentence in which the words stood."""

    dismissal: Dismissal
    sentence: str


@dataclass(frozen=True, slots=True)
class Routing:
    """The way out of a must-fix finding that a person took: sent to safety (`routed`, with the reference and
    the time of awareness, UTC) or read wrongly by the tool (`misread`, `note` is the reason).

    `fingerprint` stands for rule, words and sentence, so that nothing of a patient's data is kept here.
    """

    draft_id: str
    rule: str
    fingerprint: str
    kind: Literal["routed", "misread"]
    reference: str
    aware_at: datetime | None
    note: str
    by: str
    at: datetime


class ClearanceStore:
    """Clearing data in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def add(self, clearance: Clearance) -> None:
        """Keep a clearance."""
        self.db.run(
            "INSERT INTO clearances (id, draft_id, draft_revision, channel, content_hash, packs,"
            " ticks, dismissals, by, at, hash, voided_at, void_reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                clearance.id,
                clearance.draft_id,
                clearance.draft_revision,
                clearance.channel,
                clearance.content_hash,
                dump(clearance.packs),
                dump(clearance.ticks),
                dump(clearance.dismissals),
                clearance.by,
                to_text(clearance.at),
                clearance.hash,
                stamp(clearance.voided_at),
                clearance.void_reason,
            ],
        )

    def get(self, clearance_id: str) -> Clearance:
        """The clearance, voided or not. Raises UserError `clearance_unknown`."""
        row = self.db.row("SELECT * FROM clearances WHERE id = ?", [clearance_id])
        if row is None:
            raise UserError("clearance_unknown", id=clearance_id)
        return _clearance(row)

    def latest(self, draft_id: str, channel: str) -> Clearance | None:
        """The newest clearance of that channel unless it is voided; None then or when there is none."""
        row = self.db.row(
            "SELECT * FROM clearances WHERE draft_id = ? AND channel = ? ORDER BY number DESC LIMIT 1",
            [draft_id, channel],
        )
        return None if row is None or row["voided_at"] is not None else _clearance(row)

    def list(self, draft_id: str) -> "tuple[Clearance, ...]":
        """All clearances of a draft, newest first, voided ones included."""
        rows = self.db.rows("SELECT * FROM clearances WHERE draft_id = ? ORDER BY number DESC", [draft_id])
        return tuple(_clearance(row) for row in rows)

    def void(self, draft_id: str, reason: str, at: datetime, channel: str | None = None) -> int:
        """Void the standing clearances of a draft, or of one of its channels; returns how many."""
        return self.db.run(
            "UPDATE clearances SET voided_at = :at, void_reason = :reason WHERE draft_id = :draft_id"
            " AND voided_at IS NULL AND (:channel IS NULL OR channel = :channel)",
            {"at": to_text(at), "reason": reason, "draft_id": draft_id, "channel": channel},
        )

    def set_tick(self, tick: Tick, trigger_hash: str = "") -> None:
        """Keep a tick, in the place of an earlier one of the same code. It stands until it falls."""
        self.db.run(
            "INSERT INTO ticks (draft_id, code, by, at, text_hash, trigger_hash, fell_at)"
            " VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (draft_id, code) DO UPDATE SET by = excluded.by,"
            " at = excluded.at, text_hash = excluded.text_hash, trigger_hash = excluded.trigger_hash,"
            " fell_at = NULL",
            [tick.draft_id, tick.code, tick.by, to_text(tick.at), tick.text_hash, trigger_hash],
        )

    def remove_tick(self, draft_id: str, code: str) -> bool:
        """Take a tick away for good; False when there was none."""
        return bool(self.db.run("DELETE FROM ticks WHERE draft_id = ? AND code = ?", [draft_id, code]))

    def drop_ticks(self, draft_id: str, at: datetime) -> int:
        """Let all standing ticks fall after a change; returns how many. Fallen ones can be reconfirmed."""
        return self.db.run(
            "UPDATE ticks SET fell_at = ? WHERE draft_id = ? AND fell_at IS NULL", [to_text(at), draft_id]
        )

    def ticks(self, draft_id: str) -> "tuple[Tick, ...]":
        """The ticks that stand, by code."""
        return tuple(kept.tick for kept in self.kept_ticks(draft_id) if kept.fell_at is None)

    def kept_ticks(self, draft_id: str) -> "tuple[KeptTick, ...]":
        """Standing and fallen ticks, by code."""
        rows = self.db.rows("SELECT * FROM ticks WHERE draft_id = ? ORDER BY code", [draft_id])
        return tuple(
            KeptTick(
                Tick(row["draft_id"], row["code"], row["by"], from_text(row["at"]), row["text_hash"]),
                row["trigger_hash"],
                instant(row["fell_at"]),
            )
            for row in rows
        )

    def add_dismissal(self, dismissal: Dismissal, sentence: str = "") -> None:
        """Keep a dismissal of the words `quote` in `sentence`, in the place of an earlier one of the same."""
        self.db.run(
            "INSERT INTO dismissals (draft_id, rule, quote, sentence, reason, by, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (draft_id, rule, quote, sentence)"
            " DO UPDATE SET reason = excluded.reason, by = excluded.by, at = excluded.at",
            [
                dismissal.draft_id,
                dismissal.rule,
                dismissal.quote,
                sentence,
                dismissal.reason,
                dismissal.by,
                to_text(dismissal.at),
            ],
        )

    def remove_dismissal(self, draft_id: str, rule: str, quote: str) -> bool:
        """Take the dismissals of a rule's words back; False when there was none."""
        return bool(
            self.db.run(
                "DELETE FROM dismissals WHERE draft_id = ? AND rule = ? AND quote = ?",
                [draft_id, rule, quote],
            )
        )

    def dismissals(self, draft_id: str) -> "tuple[Dismissal, ...]":
        """All dismissals of a draft, oldest first, whether or not their words still stand."""
        return tuple(kept.dismissal for kept in self.kept_dismissals(draft_id))

    def kept_dismissals(self, draft_id: str) -> "tuple[KeptDismissal, ...]":
        """As `dismissals`, with the sentence each one was made for."""
        rows = self.db.rows("SELECT * FROM dismissals WHERE draft_id = ? ORDER BY at, rowid", [draft_id])
        return tuple(
            KeptDismissal(
                Dismissal(
                    row["draft_id"], row["rule"], row["quote"], row["reason"], row["by"], from_text(row["at"])
                ),
                row["sentence"],
            )
            for row in rows
        )

    def add_routing(self, routing: Routing) -> None:
        """Keep how a must-fix finding was routed. Routings are never removed."""
        self.db.run(
            "INSERT INTO routings (draft_id, rule, fingerprint, kind, reference, aware_at, note, by, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                routing.draft_id,
                routing.rule,
                routing.fingerprint,
                routing.kind,
                routing.reference,
                stamp(routing.aware_at),
                routing.note,
                routing.by,
                to_text(routing.at),
            ],
        )

    def routings(self, draft_id: str) -> "tuple[Routing, ...]":
        """All routings of a draft, oldest first."""
        rows = self.db.rows("SELECT * FROM routings WHERE draft_id = ? ORDER BY number", [draft_id])
        return tuple(_routing(row) for row in rows)

    def add_sighting(self, draft_id: str, rule: str, fingerprint: str, at: datetime) -> bool:
        """Remember that a finding that must be routed was seen: deleting the text does not clear it. One for
        each rule; False when there is one."""
        return bool(
            self.db.run(
                "INSERT INTO sightings (draft_id, rule, fingerprint, seen_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (draft_id, rule) DO NOTHING",
                [draft_id, rule, fingerprint, to_text(at)],
            )
        )

    def remove_sighting(self, draft_id: str, rule: str) -> bool:
        """It was routed or answered. False when there was none."""
        return bool(self.db.run("DELETE FROM sightings WHERE draft_id = ? AND rule = ?", [draft_id, rule]))

    def known_since(self, draft_id: str) -> datetime | None:
        """Since when the person knows of what was seen and is not routed yet (UTC): what they said, else when
        it was first seen. None when nothing waits."""
        row = self.db.row("SELECT min(seen_at) AS at FROM sightings WHERE draft_id = ?", [draft_id])
        return from_text(row["at"]) if row is not None and row["at"] else None

    def set_known_since(self, draft_id: str, at: datetime) -> None:
        """The person said since when they know of it."""
        self.db.run("UPDATE sightings SET seen_at = ? WHERE draft_id = ?", [to_text(at), draft_id])

    def sightings(self, draft_id: str) -> dict[str, str]:
        """The fingerprints of what was seen and not yet routed, by rule."""
        rows = self.db.rows(
            "SELECT rule, fingerprint FROM sightings WHERE draft_id = ? ORDER BY rule", [draft_id]
        )
        return {row["rule"]: row["fingerprint"] for row in rows}


def _routing(row: dict[str, Any]) -> Routing:
    return Routing(
        draft_id=row["draft_id"],
        rule=row["rule"],
        fingerprint=row["fingerprint"],
        kind=row["kind"],
        reference=row["reference"],
        aware_at=instant(row["aware_at"]),
        note=row["note"],
        by=row["by"],
        at=from_text(row["at"]),
    )


def _clearance(row: dict[str, Any]) -> Clearance:
    return Clearance(
        id=row["id"],
        draft_id=row["draft_id"],
        draft_revision=row["draft_revision"],
        channel=row["channel"],
        content_hash=row["content_hash"],
        packs=tuple((pack[0], pack[1], pack[2]) for pack in load(row["packs"])),
        ticks=tuple(load(row["ticks"])),
        dismissals=tuple((item[0], item[1], item[2]) for item in load(row["dismissals"])),
        by=row["by"],
        at=from_text(row["at"]),
        hash=row["hash"],
        voided_at=instant(row["voided_at"]),
        void_reason=row["void_reason"],
    )
