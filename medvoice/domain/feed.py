"""Feeds that a person follows, and what came in them. All words are plain text by the time they are here."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One entry as a feed had it. `identity` tells it from all others of its feed and stays the same; `link`
    is an http(s) address or ""; `doi` and `pmid` are bare ("10.1000/x", "123"); the time is UTC."""

    identity: str
    title: str
    link: str = ""
    summary: str = ""
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document held. `is_partly` where it is broken and more may have stood in it."""

    title: str
    entries: tuple[Found, ...]
    is_partly: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for a feed once.

    `code` is "" for a document that was read, `feed_same` when nothing changed since the last time, else why
    there is none: `feed_gone`, `feed_missing`, `feed_refused`, `feed_busy`, `feed_server`, `feed_no_answer`,
    `feed_not_https`, `feed_private`, `feed_redirects`, `feed_too_large`, `feed_too_slow`, `feed_is_page`,
    `feed_unreadable`, `feed_entities`, `feed_too_deep`. `detail` is for people: an HTTP status, a short word,
    or the address of the feed that a page names. `moved_to` is where the server says it lives from now on.
    """

    code: str
    reading: Reading | None = None
    detail: str = ""
    moved_to: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription. `state` is the code of the last fetch, "" when it went well, `feed_partly` for a broken
    document; `next_at` is when it is asked for again by itself, None for never."""

    id: str
    url: str
    name: str
    topic_id: str | None
    added_at: datetime
    etag: str = ""
    last_modified: str = ""
    state: str = ""
    detail: str = ""
    moved_to: str = ""
    misses: int = 0
    checked_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is kept. `read_at` is None while it is new; `idea_id` names the idea made of it."""

    id: str
    feed_id: str
    found: Found
    seen_at: datetime
    last_seen_at: datetime
    read_at: datetime | None = None
    idea_id: str | None = None
