"""What the Topics page shows, read on the work lane as one value, and its words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNELS
from medvoice.domain.topic import TOPIC_SLOTS
from medvoice.services.slots import Use
from medvoice.ui.models.moments import day, moment, short_moment

if TYPE_CHECKING:
    from medvoice.domain.topic import Topic
    from medvoice.services.ideas import Idea
    from medvoice.services.slots import Slot
    from medvoice.services.topic_progress import Progress
    from medvoice.ui.bridge import Desk

ANGLES = 4
MOST_TOPICS = len(TOPIC_SLOTS)
FEW_POSTS = 5  # below, a share says little


def _tr(text: str) -> str:
    return QCoreApplication.translate("topics_data", text)


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft of a topic that waits for a place."""

    draft_id: str
    title: str


@dataclass(frozen=True, slots=True)
class TopicsSnapshot:
    """Topics as they stood at `now` (UTC), days in `zone`. By topic id: the next free
    time for one of its posts, what is `ready`, and the ideas that are `angles` to try."""

    known_for: str
    rows: "tuple[Progress, ...]"
    zone: str
    now: datetime
    slots: "dict[str, Slot]"
    ready: dict[str, Ready]
    angles: "dict[str, tuple[Idea, ...]]"

    @property
    def posts(self) -> int:
        """How many posts with a topic the shares are made of."""
        return sum(row.posts for row in self.rows)

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_TOPICS

    def row(self, topic_id: str) -> "Progress | None":
        """The row of a topic, None when it is gone."""
        return next((row for row in self.rows if row.topic.id == topic_id), None)

    def others(self, topic_id: str) -> "tuple[Topic, ...]":
        """The other topics."""
        return tuple(row.topic for row in self.rows if row.topic.id != topic_id)


def load_topics(desk: "Desk") -> TopicsSnapshot:
    """Read it. Work lane. Raises StorageError."""
    zone, now = desk.identity.get().zone, desk.clock.now()
    ready: dict[str, Ready] = {}
    for row in desk.planning.unplaced():
        if row["topic_id"]:
            title = row["title"] or row["first_line"] or _tr("Untitled")
            ready.setdefault(row["topic_id"], Ready(row["id"], title))
    angles: dict[str, tuple[Idea, ...]] = {}
    for idea in desk.ideas.list():
        topic_id = idea.row.topic_id
        if topic_id and len(angles.get(topic_id, ())) < ANGLES:
            angles[topic_id] = (*angles.get(topic_id, ()), idea)
    rows = desk.topic_progress.all(zone)
    free = desk.planning.slots.free_for([Use(row.topic.id, CHANNELS) for row in rows], 1)
    return TopicsSnapshot(
        known_for=desk.topics.known_for,
        rows=rows,
        zone=zone,
        now=now,
        slots={row.topic.id: one[0] for row, one in zip(rows, free, strict=True) if one},
        ready=ready,
        angles=angles,
    )


def status_look(row: "Progress") -> tuple[str, str, str]:
    """Kind, icon and word of a topic's status."""
    words = {
        "on_plan": ("ok", "circle-check", _tr("On plan")),
        "over": ("info", "info", _tr("A little over")),
        "behind": ("warn", "triangle-alert", _tr("Behind by {n}").format(n=row.behind)),
        "no_posts": ("neutral", "circle-dashed", _tr("No posts yet")),
        "resting": ("neutral", "circle-pause", _tr("Resting")),
    }
    return words[row.status]


def share_words(row: "Progress") -> tuple[str, str]:
    """ "34%" and "target 30%", the second "" without a target."""
    target = row.topic.target_share
    return f"{row.share}%", _tr("target {n}%").format(n=target) if target else ""


def streak_words(row: "Progress") -> str:
    """ "8 weeks" """
    return _tr("1 week") if row.streak == 1 else _tr("{n} weeks").format(n=row.streak)


def next_words(row: "Progress", snapshot: TopicsSnapshot) -> str:
    """ "Tue 17 Nov", "Today, 12:30", "Nothing yet"."""
    if row.next_at is None:
        return _tr("Nothing yet")
    at = moment(row.next_at, snapshot.zone, snapshot.now)
    today = day(snapshot.now, snapshot.zone, snapshot.now)
    on = day(row.next_at, snapshot.zone, snapshot.now)
    return at.replace(on, _tr("Today")) if on == today else on


def rhythm_words(topic: "Topic") -> str:
    """ "every 7 days", "no rhythm"."""
    if not topic.cadence_days:
        return _tr("no rhythm")
    return _tr("every day") if topic.cadence_days == 1 else _tr("every {n} days").format(n=topic.cadence_days)


def spoken_row(row: "Progress", snapshot: TopicsSnapshot) -> str:
    """What a screen reader says of a topic: name, share, weeks, streak, next post, status."""
    share, target = share_words(row)
    had = sum(row.weeks)
    parts = (
        row.topic.name,
        row.topic.promise,
        _tr("{share} of posts").format(share=share) + (f", {target}" if target else ""),
        _tr("posts in {n} of the last {all} weeks").format(n=had, all=len(row.weeks)),
        _tr("streak {weeks}").format(weeks=streak_words(row)),
        _tr("next post {when}").format(when=next_words(row, snapshot)),
        rhythm_words(row.topic),
        status_look(row)[2],
    )
    return ", ".join(part for part in parts if part)


def advice(row: "Progress", snapshot: TopicsSnapshot) -> tuple[str, str]:
    """The calm word about a topic that waits, and the words of the button that places it ("" for none)."""
    slot, ready = snapshot.slots.get(row.topic.id), snapshot.ready.get(row.topic.id)
    last = (
        _tr("Last post {day}.").format(day=day(row.last_at, snapshot.zone, snapshot.now))
        if row.last_at
        else _tr("No post yet.")
    )
    if slot is None:
        return last, ""
    when = short_moment(slot.wall, slot.zone, snapshot.zone)
    if ready is not None:
        words = _tr("{last} One draft is ready, and {when} is free.").format(last=last, when=when)
        return words, _tr("Place it on {day}").format(day=when.split(",")[0])
    words = _tr("{last} {when} is free.").format(last=last, when=when)
    return words, _tr("Start one for {day}").format(day=when.split(",")[0])
