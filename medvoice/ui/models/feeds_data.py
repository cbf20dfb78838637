"""What the page of feeds shows, read on the work lane as one value, and its words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.models.moments import day, moment

if TYPE_CHECKING:
    from medvoice.domain.feed import Entry, Feed
    from medvoice.domain.topic import Topic
    from medvoice.ui.bridge import Desk

MOST = 500
# States after which a feed needs nobody.
FINE = ("", "feed_same")


def _tr(text: str) -> str:
    return QCoreApplication.translate("feeds_data", text)


@dataclass(frozen=True, slots=True)
class FeedsSnapshot:
    """Feeds and entries as they stood at `now` (UTC), days in `zone`. `counts` is how many are new, by feed;
    `mark` is another one whenever something here changed."""

    is_on: bool
    feeds: "tuple[Feed, ...]"
    counts: dict[str, int]
    entries: "tuple[Entry, ...]"
    topics: "tuple[Topic, ...]"
    zone: str
    now: datetime
    mark: tuple[object, ...]

    def feed(self, feed_id: str) -> "Feed | None":
        """The feed, None when it is gone."""
        return next((feed for feed in self.feeds if feed.id == feed_id), None)

    def name(self, feed_id: str) -> str:
        """The name of a feed."""
        feed = self.feed(feed_id)
        return feed.name if feed else ""

    @property
    def fresh(self) -> int:
        """How many entries are new."""
        return sum(self.counts.values())

    @property
    def is_offline(self) -> bool:
        """Whether no feed that was asked has answered."""
        asked = [feed for feed in self.feeds if feed.checked_at is not None]
        return bool(asked) and all(feed.state == "feed_no_answer" for feed in asked)


def load_feeds(desk: "Desk", feed_id: str = "", *, is_new: bool = True) -> FeedsSnapshot:
    """Read them; entries of one feed, or of all. Work lane. Raises StorageError."""
    store = desk.feeds.store
    return FeedsSnapshot(
        is_on=desk.feeds.is_on,
        feeds=desk.feeds.list(),
        counts=store.counts(),
        entries=desk.feeds.entries(feed_id or None, is_new=is_new, limit=MOST),
        topics=desk.topics.list(),
        zone=desk.identity.get().zone,
        now=desk.clock.now(),
        mark=(desk.feeds.is_on, *store.mark()),
    )


def state_words(feed: "Feed") -> str:
    """What the last fetch came to, "" when nothing is the matter."""
    return code_words(feed.state, feed.detail)


def code_words(code: str, detail: str = "") -> str:
    """The sentence for a code of a fetch, "" for a good one."""
    words = {
        "feed_partly": _tr("The feed is broken in places. What could be read is here."),
        "feed_gone": _tr("The server says that this feed is gone for good. It is not asked for any more."),
        "feed_missing": _tr("There is nothing at this address now."),
        "feed_refused": _tr("The server does not give it out ({detail})."),
        "feed_busy": _tr("The server asks to wait. It is asked again later."),
        "feed_server": _tr("The server has trouble ({detail}). It is asked again later."),
        "feed_no_answer": _tr("No answer came. It is asked again later."),
        "feed_not_https": _tr("It leads to an address that is not secure ({detail}). It was not followed."),
        "feed_private": _tr("It leads to this computer or its own network. It was not followed."),
        "feed_redirects": _tr("It is passed on from one address to the next without end."),
        "feed_too_large": _tr("It is larger than 2 MB. Nothing was taken from it."),
        "feed_too_slow": _tr("It came too slowly. It is asked again later."),
        "feed_is_page": _tr("This is the address of a web page, not of a feed."),
        "feed_unreadable": _tr("What came is not a feed that can be read."),
        "feed_entities": _tr("It defines words of its own in a way that can do harm. It was not read."),
        "feed_too_deep": _tr("It is nested too deeply. It was not read."),
    }
    return words.get(code, "").format(detail=detail)


def when_words(entry: "Entry", snapshot: FeedsSnapshot) -> str:
    """ "Mon 2 Nov", the day it was published, else the day it came."""
    return day(entry.found.published_at or entry.seen_at, snapshot.zone, snapshot.now)


def line_words(entry: "Entry", snapshot: FeedsSnapshot) -> str:
    """ "Sample Medicine · Mon 2 Nov"."""
    where = entry.found.journal or snapshot.name(entry.feed_id)
    return " · ".join(part for part in (where, when_words(entry, snapshot)) if part)


def checked_words(feed: "Feed", snapshot: FeedsSnapshot) -> str:
    """ "Asked Mon 2 Nov, 10:00. Next Mon 2 Nov, 16:00."."""
    if feed.checked_at is None:
        return _tr("Not asked yet.")
    words = _tr("Asked {when}.").format(when=moment(feed.checked_at, snapshot.zone, snapshot.now))
    if snapshot.is_on and feed.next_at is not None:
        words += " " + _tr("Next {when}.").format(when=moment(feed.next_at, snapshot.zone, snapshot.now))
    return words


def spoken_entry(entry: "Entry", snapshot: FeedsSnapshot) -> str:
    """What a screen reader says of an entry."""
    state = _tr("new") if entry.read_at is None else _tr("read")
    idea = _tr("kept as an idea") if entry.idea_id else ""
    parts = (entry.found.title, line_words(entry, snapshot), state, idea)
    return ", ".join(part for part in parts if part)
