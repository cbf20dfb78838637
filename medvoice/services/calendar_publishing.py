"""The plan in a calendar of the person's own, kept there item by item.

Only items that MedVoice put there are touched, and of those only the version it wrote: what somebody edited
meanwhile stays as it is and is said. Off until the person gives an address; the password lies in the vault.
"""

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from medvoice.domain.clock import Clock, from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.services.calendars import AHEAD, BACK
from medvoice.services.planning import Planning
from medvoice.services.ports import Vault
from medvoice.store.connection import Workspace, transaction
from medvoice.store.published_item import PublishedItem, PublishedItemStore
from medvoice.store.secret import SecretStore
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

URL_KEY, USER_KEY, TITLES_KEY, MARK_KEY = "dav.url", "dav.user", "dav.titles", "dav.mark"
STATE_KEY, DETAIL_KEY, AT_KEY, NEXT_KEY, MISSES_KEY = (
    "dav.state",
    "dav.detail",
    "dav.at",
    "dav.next",
    "dav.misses",
)
OWNER, NAME = "caldav", "password"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=2)
# Until the person looks: asking again and again with a wrong password locks accounts.
NEEDS_PERSON = ("dav_sign_in", "dav_no_collection", "dav_not_calendar", "dav_elsewhere")
FIXED = datetime(2000, 1, 1, tzinfo=UTC)


class Stands(Protocol):
    """Versions by name of item, or a code that says why they are not known."""

    @property
    def versions(self) -> dict[str, str]: ...
    @property
    def code(self) -> str: ...
    @property
    def detail(self) -> str: ...


class Wrote(Protocol):
    """What came of one write."""

    @property
    def code(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def detail(self) -> str: ...


class CalendarDoor(Protocol):
    """A server of calendars. Blocks on the network."""

    def look(self, url: str, user: str, password: str) -> Stands: ...
    def put(self, url: str, name: str, body: bytes, version: str, user: str, password: str) -> Wrote: ...
    def delete(self, url: str, name: str, version: str, user: str, password: str) -> Wrote: ...


class Locks(Protocol):
    """Keeps two processes from the same thing."""

    def __call__(self, name: str) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plan is published, and what the last time came to. `state` "" is fine; `at` is UTC."""

    url: str
    user: str
    has_titles: bool
    state: str
    detail: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What `put_back` needs."""

    settings: dict[str, str]
    sealed: bytes | None
    items: tuple[PublishedItem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What publishing came to. `edited` are the names of items that somebody changed there and that were left
    as they are. `code` says what ended it early, "" for nothing."""

    put: int = 0
    deleted: int = 0
    edited: tuple[str, ...] = ()
    code: str = ""
    detail: str = ""


class CalendarPublishing:
    """Use cases over one connection; call from the thread that owns it. `publish` blocks on the network."""

    def __init__(
        self, db: Workspace, clock: Clock, planning: Planning, vault: Vault, door: CalendarDoor, locks: Locks
    ) -> None:
        self.db, self.clock, self.planning = db, clock, planning
        self.vault, self.door, self.locks = vault, door, locks
        self.settings = SettingStore(db)
        self.secrets = SecretStore(db)
        self.items = PublishedItemStore(db)
        self.topics = TopicStore(db)

    # Where to

    @property
    def place(self) -> Place | None:
        """Where the plan is published, None while it is not."""
        get = self.settings.get
        if not get(URL_KEY):
            return None
        at = get(AT_KEY)
        return Place(
            get(URL_KEY), get(USER_KEY), get(TITLES_KEY) == "1", get(STATE_KEY), get(DETAIL_KEY),
            from_text(at) if at else None,
        )  # fmt: skip

    def set_place(self, url: str, user: str, password: str, *, has_titles: bool = True) -> None:
        """Publish the plan to this collection from now on. An empty password keeps the one that is known.
        What stands in another collection stays there. Raises UserError `dav_not_https`, AccountError."""
        url = fit(url)
        sealed = self.vault.seal(f"{OWNER}/{NAME}", password.encode()) if password else None
        with transaction(self.db):
            if self.settings.get(URL_KEY) != url:
                self.items.clear()
            if sealed is not None:
                self.secrets.put(OWNER, NAME, sealed)
            self.settings.save(URL_KEY, url)
            self.settings.save(USER_KEY, user.strip())
            self.settings.save(TITLES_KEY, "1" if has_titles else "")
            self._forget_state()

    def stop(self, *, removes_items: bool = False) -> Report:
        """Publish no more and forget the password; with `removes_items` what MedVoice put there is taken away
        first (all of it, or nothing is forgotten)."""
        report = Report()
        if removes_items and self.place is not None:
            with self.locks("calendar"):
                report = self._follow({}, overwrites=False)
            if report.code:
                return report
        with transaction(self.db):
            self.items.clear()
            self.secrets.remove(OWNER)
            for key in (URL_KEY, USER_KEY, TITLES_KEY):
                self.settings.remove(key)
            self._forget_state()
        return report

    def kept(self) -> Kept:
        """All that `stop` forgets, the password sealed as it is."""
        return Kept(self.settings.list("dav."), self.secrets.get(OWNER, NAME), self.items.list())

    def put_back(self, kept: Kept) -> None:
        """Take back a `stop` that took nothing away."""
        with transaction(self.db):
            for key, value in kept.settings.items():
                self.settings.save(key, value)
            if kept.sealed:
                self.secrets.put(OWNER, NAME, kept.sealed)
            for item in kept.items:
                self.items.save(item)

    def _forget_state(self) -> None:
        for key in (MARK_KEY, STATE_KEY, DETAIL_KEY, AT_KEY, NEXT_KEY, MISSES_KEY):
            self.settings.remove(key)

    # Publishing

    def publish_if_due(self) -> Report | None:
        """As `publish`, where the plan changed since the last time and nothing speaks against asking now;
        None otherwise. Raises as `publish`."""
        place, next_at = self.place, self.settings.get(NEXT_KEY)
        if place is None or place.state in NEEDS_PERSON:
            return None
        if next_at and from_text(next_at) > self.clock.now():
            return None
        if not place.state and self.settings.get(MARK_KEY) == mark_of(self.wanted()):
            return None
        return self.publish()

    def publish(self, *, overwrites: bool = False) -> Report:
        """Make the collection hold the plan. `overwrites` puts ours over what somebody edited. Raises
        UserError `dav_off`, AccountError (`keys_locked`, `keys_busy`, …), StorageError."""
        if self.place is None:
            raise UserError("dav_off")
        with self.locks("calendar"):
            wanted = self.wanted()
            report = self._follow(wanted, overwrites=overwrites)
        now = self.clock.now()
        with transaction(self.db):
            self.settings.save(STATE_KEY, report.code or ("dav_edited" if report.edited else ""))
            self.settings.save(DETAIL_KEY, report.detail or ", ".join(report.edited)[:300])
            self.settings.save(AT_KEY, to_text(now))
            misses = int(self.settings.get(MISSES_KEY) or "0") + 1 if report.code else 0
            self.settings.save(MISSES_KEY, str(misses))
            wait = min(FIRST_WAIT * 2 ** min(misses - 1, 10), LONGEST_WAIT) if misses else timedelta(0)
            if report.edited:
                wait = LONGEST_WAIT
            self.settings.save(NEXT_KEY, to_text(now + wait))
            if not report.code:
                self.settings.save(MARK_KEY, mark_of(wanted))
        return report

    def wanted(self) -> dict[str, bytes]:
        """The items that are to stand there, by name, each as iCalendar of a fixed moment."""
        from medvoice.services.ical import to_ics  # a start of the agent does not need it

        today = self.clock.now().date()
        first, last = today - BACK, today + AHEAD
        topics = {topic.id: topic.name for topic in self.topics.list()}
        has_titles = self.settings.get(TITLES_KEY) == "1"
        made = [
            to_ics([entry], (), topics, FIXED, has_titles=has_titles)
            for entry in self.planning.between(first, last, "UTC")
        ]
        made += [
            to_ics((), [band], topics, FIXED)
            for band in self.planning.bands(first, last)
            if band.kind == "congress" or band.until is not None
        ]
        return {name_of(each): as_item(each) for each in made}

    def _follow(self, wanted: Mapping[str, bytes], *, overwrites: bool) -> Report:
        url, user = self.settings.get(URL_KEY), self.settings.get(USER_KEY)
        sealed = self.secrets.get(OWNER, NAME)
        password = self.vault.open(f"{OWNER}/{NAME}", sealed).decode() if sealed else ""
        there = self.door.look(url, user, password)
        if there.code:
            return Report(code=there.code, detail=there.detail)
        work = _Work(self, url, user, password, there.versions, overwrites)
        for item in self.items.list():
            if item.name not in wanted:
                work.take_away(item)
        known = {item.name: item for item in self.items.list()}
        for name, body in wanted.items():
            work.bring(name, body, known.get(name))
        if work.needs_versions and not work.code:
            again = self.door.look(url, user, password)
            for item in self.items.list():
                if item.name in work.needs_versions and item.name in again.versions:
                    self.items.save(PublishedItem(item.name, again.versions[item.name], item.body_sha256))
        return Report(work.put, work.deleted, tuple(work.edited), work.code, work.detail)


class _Work:
    """One pass over a collection; each item is committed before the next is touched."""

    def __init__(
        self,
        all_: CalendarPublishing,
        url: str,
        user: str,
        password: str,
        versions: dict[str, str],
        overwrites: bool,
    ) -> None:
        self.door, self.items, self.now = all_.door, all_.items, all_.clock.now()
        self.url, self.user, self.password = url, user, password
        self.versions, self.overwrites = versions, overwrites
        self.put = self.deleted = 0
        self.edited: list[str] = []
        self.needs_versions: set[str] = set()
        self.code = self.detail = ""

    def take_away(self, item: PublishedItem) -> None:
        """An item of ours that is not in the plan any more."""
        version = self.versions.get(item.name)
        if self.code:
            return
        if version is None:
            self.items.remove(item.name)
        elif version != item.version and not self.overwrites:
            self.edited.append(item.name)
        elif self._is_done(
            self.door.delete(self.url, item.name, version, self.user, self.password), item.name
        ):
            self.items.remove(item.name)
            self.deleted += 1

    def bring(self, name: str, body: bytes, known: PublishedItem | None) -> None:
        """An item of the plan."""
        if self.code:
            return
        digest = hashlib.sha256(body).hexdigest()
        version = self.versions.get(name, "")
        if known is not None and version and version != known.version and not self.overwrites:
            self.edited.append(name)
            return
        if known is not None and version == known.version and known.body_sha256 == digest:
            return
        # One of this name that we know nothing of is ours all the same: its answer got lost.
        stamped = body.replace(b"DTSTAMP:20000101T000000Z", f"DTSTAMP:{self.now:%Y%m%dT%H%M%SZ}".encode())
        wrote = self.door.put(self.url, name, stamped, version, self.user, self.password)
        if self._is_done(wrote, name):
            self.items.save(PublishedItem(name, wrote.version, digest))
            if not wrote.version:
                self.needs_versions.add(name)
            self.put += 1

    def _is_done(self, wrote: Wrote, name: str) -> bool:
        if wrote.code == "dav_conflict":
            self.edited.append(name)
        elif wrote.code:
            self.code, self.detail = wrote.code, wrote.detail
        return not wrote.code


def fit(url: str) -> str:
    """The address of a collection as it is kept, ended by a slash. Raises UserError `dav_not_https`."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        is_near = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        is_fit = (parts.scheme == "https" or is_near) and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_fit = False
    if not is_fit or len(url) > 2_000 or any(each.isspace() or not each.isprintable() for each in url):
        raise UserError("dav_not_https", text=url[:200])
    return url.partition("#")[0].partition("?")[0].rstrip("/") + "/"


def name_of(ics: bytes) -> str:
    """The name of the item: its UID, which stays the same while a post is moved."""
    line = next(line for line in ics.split(b"\r\n") if line.startswith(b"UID:"))
    return f"medvoice-{line[4:].decode().partition('@')[0]}.ics"


def as_item(ics: bytes) -> bytes:
    """As an item of a collection: RFC 4791 4.1 allows no METHOD there."""
    lines = ics.split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.startswith((b"METHOD:", b"X-WR-CALNAME:")))


def mark_of(wanted: Mapping[str, bytes]) -> str:
    """Another value whenever the items are others."""
    digest = hashlib.sha256()
    for name in sorted(wanted):
        digest.update(name.encode() + b"\0" + wanted[name] + b"\0")
    return digest.hexdigest()
