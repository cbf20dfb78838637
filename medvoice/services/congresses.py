"""Keeping congresses: events, sessions, abstracts, and which draft draws on which abstract.

A change that lets an embargo end later holds at once what waits to go out before it; nothing is moved by
itself. What a draft draws on is recorded, and so is taking it back.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from medvoice.domain.clock import Clock, zone
from medvoice.domain.congress import Abstract, Event, Session
from medvoice.domain.embargo import latest_instant, lift_of
from medvoice.domain.errors import UserError
from medvoice.domain.ids import new_id
from medvoice.domain.outbox import Delivery, PartState
from medvoice.services.embargoes import Embargoes
from medvoice.store.congress import CongressStore
from medvoice.store.connection import Workspace, transaction
from medvoice.store.draft import DraftStore
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore

WAITING = (PartState.PLANNED, PartState.DUE, PartState.WAITING)
HELD_FOR = "under_embargo"
FIRST_YEAR, LAST_YEAR = 2000, 2200


class Congresses:
    """Use cases of congresses over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self.store = CongressStore(db)
        self.embargoes = Embargoes(db, clock)
        self.drafts = DraftStore(db)
        self.outbox = OutboxStore(db)
        self.records = RecordStore(db)

    # Events

    def add_event(self, name: str, zone_name: str, starts_on: date, ends_on: date, **more: Any) -> Event:
        """Add an event; `more` are other fields of Event. Raises UserError `event_without_name`,
        `zone_unknown`, `event_ends_before`, `day_unreadable`."""
        event = Event(new_id("e"), name, zone_name, starts_on, ends_on, self.clock.now(), **more)
        event = _sound(event)
        with transaction(self.db):
            self.store.save_event(event)
        return event

    def change_event(self, event_id: str, by: str, **fields: Any) -> tuple[Event, tuple[Delivery, ...]]:
        """Change fields of an event; the deliveries that are held for it. Raises UserError as `add_event`
        does, and `event_unknown`."""
        with transaction(self.db):
            event = _sound(replace(self.store.event(event_id), **fields))
            self.store.save_event(event)
            return event, self._hold_early([each.id for each in self.store.abstracts(event_id)], by)

    def remove_event(self, event_id: str) -> None:
        """Forget an event with its sessions and abstracts. Raises UserError `event_unknown`, `event_in_use`
        while a draft draws on one of its abstracts."""
        with transaction(self.db):
            self.store.event(event_id)
            abstracts = [each.id for each in self.store.abstracts(event_id)]
            drafts = self.store.drafts_of(abstracts)
            if drafts:
                raise UserError("event_in_use", drafts=len(drafts))
            self.store.remove_event(event_id)

    def put_back(
        self, event: Event, sessions: Collection[Session] = (), abstracts: Collection[Abstract] = ()
    ) -> None:
        """Keep again what was forgotten, as it was, with its ids: the way back of a removal."""
        with transaction(self.db):
            self.store.save_event(event)
            for session in sessions:
                self.store.save_session(session)
            for abstract in abstracts:
                self.store.save_abstract(abstract)

    # Sessions

    def add_session(self, event_id: str, title: str, wall: str) -> Session:
        """Add a session that starts at `wall`, `YYYY-MM-DD HH:MM` in the event's zone. Raises UserError
        `event_unknown`, `session_without_title`, `time_unreadable`, `session_outside`."""
        with transaction(self.db):
            session = self._sound_session(Session(new_id("s"), event_id, title, wall))
            self.store.save_session(session)
        return session

    def change_session(
        self, session_id: str, by: str, title: str | None = None, wall: str | None = None
    ) -> tuple[Session, tuple[Delivery, ...]]:
        """Change a session; the deliveries that are held for it. Raises UserError as `add_session` does, and
        `session_unknown`."""
        with transaction(self.db):
            old = self.store.session(session_id)
            changed = replace(
                old, title=old.title if title is None else title, wall=old.wall if wall is None else wall
            )
            session = self._sound_session(changed)
            self.store.save_session(session)
            return session, self._hold_early(self._shown_in(session), by)

    def remove_session(self, session_id: str, by: str) -> tuple[Delivery, ...]:
        """Forget a session: embargoes that wait for it have no known end then. Returns what is held for it.
        Raises UserError `session_unknown`."""
        with transaction(self.db):
            shown = self._shown_in(self.store.session(session_id))
            self.store.remove_session(session_id)
            return self._hold_early(shown, by)

    # Abstracts

    def add_abstract(self, event_id: str, title: str, **more: Any) -> Abstract:
        """Add an abstract; `more` are other fields of Abstract. Raises UserError `event_unknown`,
        `abstract_without_title`, `session_unknown`, `time_unreadable`, `zone_unknown`."""
        with transaction(self.db):
            self.store.event(event_id)
            abstract = self._sound_abstract(
                Abstract(new_id("b"), event_id, title, more.pop("kind", "regular"), **more)
            )
            self.store.save_abstract(abstract)
        return abstract

    def change_abstract(
        self, abstract_id: str, by: str, **fields: Any
    ) -> tuple[Abstract, tuple[Delivery, ...]]:
        """Change fields of an abstract; the deliveries that are held for it. A change of the end of its
        embargo is recorded for each draft that draws on it. Raises UserError as `add_abstract` does, and
        `abstract_unknown`."""
        with transaction(self.db):
            old = self.store.abstract(abstract_id)
            abstract = self._sound_abstract(replace(old, **fields))
            before = self._end(old)
            self.store.save_abstract(abstract)
            after = self._end(abstract)
            if before != after:
                facts: dict[str, object] = {"abstract": abstract.title, "from": before, "to": after}
                for draft_id in self.store.drafts_of([abstract_id]):
                    self.records.append("embargo_changed", by, draft_id, "", facts, self.clock.now())
            return abstract, self._hold_early([abstract_id], by)

    def remove_abstract(self, abstract_id: str) -> None:
        """Forget an abstract. Raises UserError `abstract_unknown`, `abstract_in_use` while a draft draws on
        it."""
        with transaction(self.db):
            self.store.abstract(abstract_id)
            drafts = self.store.drafts_of([abstract_id])
            if drafts:
                raise UserError("abstract_in_use", drafts=len(drafts))
            self.store.remove_abstract(abstract_id)

    # Drafts

    def link(self, draft_id: str, abstract_id: str, by: str) -> tuple[Delivery, ...]:
        """Note that a draft draws on an abstract; the deliveries that are held for it. Raises UserError
        `draft_unknown`, `abstract_unknown`."""
        with transaction(self.db):
            self.drafts.get(draft_id)
            abstract = self.store.abstract(abstract_id)
            if self.store.link(draft_id, abstract_id, self.clock.now()):
                facts: dict[str, object] = {"abstract": abstract.title, "until": self._end(abstract)}
                self.records.append("embargo_linked", by, draft_id, "", facts, self.clock.now())
            return self._hold_early([abstract_id], by)

    def unlink(self, draft_id: str, abstract_id: str, by: str) -> bool:
        """Note that a draft draws on an abstract no more; False when it did not. Recorded."""
        with transaction(self.db):
            abstract = self.store.abstract(abstract_id)
            is_gone = self.store.unlink(draft_id, abstract_id)
            if is_gone:
                facts: dict[str, object] = {"abstract": abstract.title, "until": self._end(abstract)}
                self.records.append("embargo_unlinked", by, draft_id, "", facts, self.clock.now())
        return is_gone

    # Within

    def _end(self, abstract: Abstract) -> str:
        session = self.store.session(abstract.session_id) if abstract.session_id else None
        lift = lift_of(self.store.event(abstract.event_id), abstract, session)
        return f"{lift.wall} {lift.zone}" if lift.at else "unknown"

    def _shown_in(self, session: Session) -> list[str]:
        return [each.id for each in self.store.abstracts(session.event_id) if each.session_id == session.id]

    def _hold_early(self, abstract_ids: Collection[str], by: str) -> tuple[Delivery, ...]:
        """Hold what waits to go out before the embargo of its draft ends."""
        held: list[Delivery] = []
        for draft_id in self.store.drafts_of(abstract_ids):
            holding = self.embargoes.holding(draft_id)
            for delivery in self.outbox.list(states=WAITING, draft_id=draft_id):
                if holding is None or holding.lift.is_over(delivery.due_at):
                    continue
                for part in delivery.parts:
                    if part.state in WAITING:
                        self.outbox.move_part(
                            part.id, part.state, PartState.HELD, reason=HELD_FOR, retry_at=None
                        )
                facts: dict[str, object] = {"reason": HELD_FOR, "abstract": holding.abstract.title}
                self.records.append("held", by, draft_id, delivery.id, facts, self.clock.now())
                held.append(self.outbox.get(delivery.id))
        return tuple(held)

    def _sound_session(self, session: Session) -> Session:
        title = " ".join(session.title.split())
        if not title:
            raise UserError("session_without_title")
        event = self.store.event(session.event_id)
        # Refuses what is no time; which of two instants a repeated hour means is the embargo's to say.
        latest_instant(session.wall, event.zone)
        wall = session.wall.replace("T", " ")
        if not event.starts_on <= date.fromisoformat(wall[:10]) <= event.ends_on:
            raise UserError("session_outside", wall=wall, event=event.name)
        return replace(session, title=title, wall=wall)

    def _sound_abstract(self, abstract: Abstract) -> Abstract:
        title = " ".join(abstract.title.split())
        if not title:
            raise UserError("abstract_without_title")
        if abstract.session_id and self.store.session(abstract.session_id).event_id != abstract.event_id:
            raise UserError("session_unknown", id=abstract.session_id)
        if abstract.kind != "fixed":
            return replace(abstract, title=title, number=abstract.number.strip(), wall="", zone="")
        zone_name = abstract.zone or self.store.event(abstract.event_id).zone
        latest_instant(abstract.wall, zone_name)
        wall = abstract.wall.replace("T", " ")
        return replace(abstract, title=title, number=abstract.number.strip(), wall=wall, zone=zone_name)


def _sound(event: Event) -> Event:
    """The event with tidy words. Raises UserError when it cannot be one."""
    name = " ".join(event.name.split())
    if not name:
        raise UserError("event_without_name")
    zone(event.zone)
    days = [day for day in (event.starts_on, event.ends_on, event.release_on) if day is not None]
    for day in days:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError("day_unreadable", text=day.isoformat())
    if event.ends_on < event.starts_on:
        raise UserError("event_ends_before", starts=str(event.starts_on), ends=str(event.ends_on))
    hashtag = event.hashtag.strip().lstrip("#")
    return replace(event, name=name, hashtag=hashtag, place=event.place.strip(), url=event.url.strip())
