"""The plan for other calendars: a file once, a file kept up to date, and congresses read from files."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from medvoice.domain.clock import Clock
from medvoice.domain.congress import Event
from medvoice.domain.errors import UserError
from medvoice.services.congresses import Congresses
from medvoice.services.planning import Planning
from medvoice.store.connection import Workspace, transaction
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

if TYPE_CHECKING:
    from medvoice.services.ical import Read

LIVE_KEY, LIVE_TITLES_KEY, LIVE_MARK_KEY = "calendar.file", "calendar.titles", "calendar.mark"
# What the live file holds: two months back, a year ahead.
BACK, AHEAD = timedelta(days=62), timedelta(days=366)
# Writes bytes to a path, all or nothing. Raises OSError.
Write = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file of congresses: those that are new, and how many were known."""

    events: tuple[Event, ...]
    known: int


class Calendars:
    """Use cases over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock, planning: Planning, congresses: Congresses) -> None:
        self.db = db
        self.clock = clock
        self.planning = planning
        self.congresses = congresses
        self.settings = SettingStore(db)
        self.topics = TopicStore(db)

    def ics(self, first: date, last: date, zone_name: str, *, has_titles: bool = True) -> bytes:
        """The days from `first` to `last`, both included, of a zone as iCalendar."""
        return self._ics(first, last, zone_name, self.clock.now(), has_titles=has_titles)

    def _ics(self, first: date, last: date, zone_name: str, now: datetime, *, has_titles: bool) -> bytes:
        from medvoice.services.ical import to_ics  # a start of the agent does not need it

        topics = {topic.id: topic.name for topic in self.topics.list()}
        entries = self.planning.between(first, last, zone_name)
        return to_ics(entries, self.planning.bands(first, last), topics, now, has_titles=has_titles)

    # A file that is kept up to date

    @property
    def live_file(self) -> str:
        """The path of the file that is kept up to date, "" for none."""
        return self.settings.get(LIVE_KEY)

    def set_live_file(self, path: Path | None, *, has_titles: bool = True) -> None:
        """Keep the plan in a file that other calendars subscribe to; None for no more. The file that was
        written stays where it is."""
        with transaction(self.db):
            self.settings.save(LIVE_KEY, str(path.absolute()) if path else "")
            self.settings.save(LIVE_TITLES_KEY, "1" if has_titles else "")
            self.settings.save(LIVE_MARK_KEY, "")

    def write_live(self, write: Write) -> bool:
        """Write the live file when the plan is another one than it holds; whether it was written. Raises
        UserError `calendar_unwritable` (params path, reason)."""
        path = self.live_file
        if not path:
            return False
        today = self.clock.now().date()
        first, last = today - BACK, today + AHEAD
        has_titles = self.settings.get(LIVE_TITLES_KEY) == "1"
        # Written with one moment for all, so that only the plan decides whether it is another one.
        plain = self._ics(first, last, "UTC", datetime(2000, 1, 1, tzinfo=UTC), has_titles=has_titles)
        mark = hashlib.sha256(plain).hexdigest()
        if mark == self.settings.get(LIVE_MARK_KEY) and Path(path).is_file():
            return False
        try:
            write(Path(path), self.ics(first, last, "UTC", has_titles=has_titles))
        except OSError as problem:
            raise UserError("calendar_unwritable", path=path, reason=problem.strerror or "") from problem
        self.settings.save(LIVE_MARK_KEY, mark)
        return True

    # Congresses of other calendars

    def add_events(self, read: "Read", zone_name: str) -> Added:
        """Keep the congresses of a file, all or none; those of the same name and days are known already.
        `zone_name` stands in where the file names no zone. Raises UserError as `Congresses.add_event`."""
        known = {
            (each.name.casefold(), each.starts_on, each.ends_on) for each in self.congresses.store.events()
        }
        added: list[Event] = []
        with transaction(self.db):
            for found in read.events:
                name = " ".join(found.name.split())
                if (name.casefold(), found.first, found.last) in known:
                    continue
                known.add((name.casefold(), found.first, found.last))
                event = self.congresses.add_event(name, found.zone or zone_name, found.first, found.last)
                event = replace(event, place=found.place, url=found.url)
                self.congresses.store.save_event(event)
                added.append(event)
        return Added(tuple(added), len(read.events) - len(added))
