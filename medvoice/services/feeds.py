"""Feeds: what is followed, when it is asked for again, what is new, and ideas made of it.

Nothing is fetched by itself unless the person switched it on. No transaction is open while a server is asked.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from medvoice.domain.clock import Clock
from medvoice.domain.draft import Draft
from medvoice.domain.errors import UserError
from medvoice.domain.feed import Entry, Feed, Fetched, Found
from medvoice.domain.ids import new_id
from medvoice.services.changes import Changes
from medvoice.services.drafting import Drafting
from medvoice.services.ideas import Ideas
from medvoice.store.connection import Workspace, transaction
from medvoice.store.feed import FeedStore
from medvoice.store.setting import SettingStore

ON_KEY = "feeds.on"
# Below it, by feed: the new address that the person did not want.
STAY_KEY = "feeds.stay."
EVERY = timedelta(hours=6)
# After a fetch that did not go well: half an hour, doubled each time, a day at most.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=30), timedelta(days=1)
KEPT_FOR = timedelta(days=90)
MOST_FEEDS, MOST_NAME = 50, 80
GONE = ("feed_gone",)


class FeedSource(Protocol):
    """Where feeds come from. Blocks on the network."""

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """One document, or why there is none."""
        ...

    def refusal(self, url: str) -> str:
        """The code of why an address is not asked at all, "" when it may be."""
        ...


@dataclass(frozen=True, slots=True)
class Came:
    """What one fetch of a feed came to: the feed as it stands now, and how many entries are new."""

    feed: Feed
    added: int


@dataclass(frozen=True, slots=True)
class Removed:
    """What `put_back` needs."""

    feed: Feed
    entries: tuple[Entry, ...]


class Feeds:
    """Use cases over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock, source: FeedSource) -> None:
        self.db = db
        self.clock = clock
        self.source = source
        self.store = FeedStore(db)
        self.ideas = Ideas(db, clock)
        self.drafting = Drafting(db, clock)
        self.settings = SettingStore(db)

    @property
    def is_on(self) -> bool:
        """Whether feeds are fetched by themselves."""
        return self.settings.get(ON_KEY) == "1"

    def set_on(self, is_on: bool) -> None:
        """Fetch feeds by themselves, or no more."""
        self.settings.save(ON_KEY, "1" if is_on else "")

    # Subscriptions

    def add(
        self, url: str, name: str = "", topic_id: str | None = None, fetched: Fetched | None = None
    ) -> Came:
        """Follow a feed. With what a first fetch brought, its entries are there at once. Raises UserError
        `feed_not_https`, `feed_private` (params host), `feed_known` (name), `feeds_full` (most)."""
        url = self.fit(url)
        known = self.store.by_url(url)
        if known is not None:
            raise UserError("feed_known", name=known.name)
        if len(self.store.list()) >= MOST_FEEDS:
            raise UserError("feeds_full", most=MOST_FEEDS)
        title = fetched.reading.title if fetched and fetched.reading else ""
        now = self.clock.now()
        feed = Feed(new_id("f"), url, _name(name) or _name(title) or url, topic_id, now, next_at=now)
        with transaction(self.db):
            self.store.save(feed)
            return self.take(feed.id, fetched) if fetched else Came(feed, 0)

    def fit(self, url: str) -> str:
        """The address as it is kept. Raises UserError `feed_not_https`, `feed_private`."""
        url = url.strip()
        if url.startswith("feed://"):
            url = "https://" + url.removeprefix("feed://")
        refused = self.source.refusal(url)
        if refused or len(url) > 2_000 or any(each.isspace() or not each.isprintable() for each in url):
            raise UserError(refused or "feed_not_https", text=url[:200])
        return url

    def test(self, url: str) -> Fetched:
        """Ask for a feed once and keep nothing. Raises as `fit`."""
        return self.source.fetch(self.fit(url))

    def list(self) -> tuple[Feed, ...]:
        """All feeds by name."""
        return self.store.list()

    def change(self, feed_id: str, name: str, topic_id: str | None) -> Feed:
        """Another name or topic. Raises UserError `feed_unknown`."""
        with transaction(self.db):
            feed = self.store.get(feed_id)
            feed = replace(feed, name=_name(name) or feed.name, topic_id=topic_id)
            self.store.save(feed)
        return feed

    def remove(self, feed_id: str) -> Removed:
        """Follow it no more; what was kept of it goes, ideas made of it stay. Raises UserError
        `feed_unknown`."""
        with transaction(self.db):
            removed = Removed(self.store.get(feed_id), self.store.entries(feed_id))
            self.store.remove(feed_id)
        return removed

    def put_back(self, removed: Removed) -> None:
        """Take back a removal."""
        with transaction(self.db):
            self.store.save(removed.feed)
            for entry in removed.entries:
                self.store.put_entry(entry)

    def move(self, feed_id: str, is_wanted: bool = True) -> Feed:
        """Answer a server that says its feed lives elsewhere now: take the new address, or stay. Raises
        UserError `feed_unknown`, `feed_known`, `feed_not_https`, `feed_private`."""
        with transaction(self.db):
            feed = self.store.get(feed_id)
            url = self.fit(feed.moved_to) if is_wanted and feed.moved_to else feed.url
            if not is_wanted:
                self.settings.save(STAY_KEY + feed_id, feed.moved_to)
            other = self.store.by_url(url)
            if other is not None and other.id != feed_id:
                raise UserError("feed_known", name=other.name)
            feed = replace(feed, url=url, moved_to="")
            self.store.save(feed)
        return feed

    def move_back(self, before: Feed) -> None:
        """Undo `move`: the address, and the question, are as `before` had them."""
        with transaction(self.db):
            self.settings.remove(STAY_KEY + before.id)
            feed = self.store.get(before.id)
            self.store.save(replace(feed, url=before.url, moved_to=before.moved_to))

    # Fetching

    def due(self) -> tuple[Feed, ...]:
        """The feeds that are to be asked for now, those that wait longest first; none while it is off."""
        now = self.clock.now()
        waiting = [feed for feed in self.store.list() if feed.next_at is not None and feed.next_at <= now]
        return tuple(sorted(waiting, key=lambda feed: feed.next_at or now)) if self.is_on else ()

    def fetch(self, feed_id: str) -> Came:
        """Ask for a feed now. Raises UserError `feed_unknown`."""
        feed = self.store.get(feed_id)
        return self.take(feed_id, self.source.fetch(feed.url, feed.etag, feed.last_modified))

    def take(self, feed_id: str, fetched: Fetched) -> Came:
        """Keep what a fetch brought. Entries that are known keep what the person did with them; a fetch that
        did not go well changes no entry. Raises UserError `feed_unknown`."""
        now = self.clock.now()
        with transaction(self.db):
            feed = self.store.get(feed_id)
            added = self._keep(feed, fetched, now)
            if fetched.moved_to in (feed.url, self.settings.get(STAY_KEY + feed.id)):
                fetched = replace(fetched, moved_to="")
            feed = _after(feed, fetched, now)
            self.store.save(feed)
        return Came(feed, added)

    def _keep(self, feed: Feed, fetched: Fetched, now: datetime) -> int:
        if fetched.reading is None:
            return 0
        made = (entry_of(feed.id, found, now) for found in fetched.reading.entries)
        added = sum(self.store.put_entry(entry) for entry in made)
        if not fetched.reading.is_partly:
            # What stands in the feed still was seen just now: only what left it long ago goes.
            self.store.prune(feed.id, now - KEPT_FOR)
        return added

    # What is new

    def entries(
        self, feed_id: str | None = None, *, is_new: bool = False, limit: int = 500
    ) -> tuple[Entry, ...]:
        """What came, the latest first."""
        return self.store.entries(feed_id, is_new=is_new, limit=limit)

    def mark_read(self, entry_ids: Iterable[str], *, is_read: bool = True) -> None:
        """Mark entries as read, or as new again."""
        with transaction(self.db):
            self.store.set_read(entry_ids, self.clock.now() if is_read else None)

    def to_idea(self, entry_id: str, topic_id: str | None = None) -> Draft:
        """Make an idea of an entry, with its reference, and mark it as read; the idea that was made before is
        given back. Raises UserError `entry_unknown`."""
        with transaction(self.db):
            entry = self.store.entry(entry_id)
            if entry.idea_id is not None:
                draft = self.drafting.get(entry.idea_id)
                if draft.archived_at is None:
                    return draft
            feed = self.store.get(entry.feed_id)
            found = entry.found
            link = f"https://doi.org/{found.doi}" if found.doi else found.link
            draft = self.ideas.add(
                f"{found.title}\n{reference(found)}",
                url=link or feed.url,
                source_title=found.title,
                topic_id=topic_id or feed.topic_id,
                way="feed",
            )
            self.store.set_idea(entry_id, draft.id)
            self.store.set_read([entry_id], entry.read_at or self.clock.now())
        return draft

    def take_back_idea(self, entry: Entry) -> Changes:
        """Undo `to_idea`: the idea is archived, the entry is as `entry` had it."""
        with transaction(self.db):
            now = self.store.entry(entry.id)
            if now.idea_id is not None:
                self.drafting.archive(now.idea_id)
            self.store.set_idea(entry.id, entry.idea_id)
            self.store.set_read([entry.id], entry.read_at)
        return Changes.of(drafts=[now.idea_id] if now.idea_id else [])


def entry_of(feed_id: str, found: Found, now: datetime) -> Entry:
    """The entry that is kept of what was found; the same identity in the same feed is the same entry."""
    digest = hashlib.sha256(f"{feed_id}\n{found.identity}".encode("utf-8", "surrogatepass")).hexdigest()
    return Entry(f"e_{digest[:24]}", feed_id, found, now, now)


def reference(found: Found) -> str:
    """What an idea says of where it comes from, one fact a line."""
    year = f", {found.published_at.year}" if found.published_at else ""
    lines = (
        f"{found.journal}{year}" if found.journal else "",
        f"DOI {found.doi}" if found.doi else "",
        f"PMID {found.pmid}" if found.pmid else "",
        found.link,
    )
    return "\n".join(line for line in lines if line)


def _after(feed: Feed, fetched: Fetched, now: datetime) -> Feed:
    """The feed after a fetch: its state, and when it is asked again."""
    feed = replace(feed, checked_at=now)
    if fetched.code in ("", "feed_same"):
        # A broken document that did not change is broken still.
        is_partly = fetched.reading.is_partly if fetched.reading else feed.state == "feed_partly"
        if fetched.reading is not None:
            feed = replace(feed, etag=fetched.etag, last_modified=fetched.last_modified)
        state, moved_to = "feed_partly" if is_partly else "", fetched.moved_to
        return replace(feed, state=state, detail="", moved_to=moved_to, misses=0, next_at=now + EVERY)
    misses = feed.misses + 1
    wait = min(FIRST_WAIT * 2 ** min(misses - 1, 10), LONGEST_WAIT)
    if fetched.retry_after_s is not None:
        wait = max(wait, timedelta(seconds=fetched.retry_after_s))
    next_at = None if fetched.code in GONE else now + wait
    return replace(feed, state=fetched.code, detail=fetched.detail[:300], misses=misses, next_at=next_at)


def _name(text: str) -> str:
    return " ".join("".join(each for each in text if each.isprintable()).split())[:MOST_NAME]
