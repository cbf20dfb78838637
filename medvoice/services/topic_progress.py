"""How the topics stand against what the person meant: shares, weeks, streaks, the next post. Nothing nags: it
is read when the page is opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from medvoice.domain.clock import Clock
from medvoice.domain.topic import Topic
from medvoice.services.planning import local_day
from medvoice.store.connection import Workspace
from medvoice.store.plan import PlanStore
from medvoice.store.topic import TopicStore

WINDOW = timedelta(days=90)
WEEKS = 12
# Percentage points a share may lie above its target before it is said.
A_LITTLE = 3
Status = Literal["on_plan", "over", "behind", "no_posts", "resting"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One topic. `share` is percent of the posts of the last 90 days that have a topic; `weeks` says for each
    of the last twelve whether it had a post, the present one last; `streak` is how many weeks in a row up to
    now (the present one need not have its post yet). Moments are UTC. `behind` is how many posts its rhythm
    asks for by now."""

    topic: Topic
    share: int
    posts: int
    weeks: tuple[bool, ...]
    streak: int
    last_at: datetime | None
    next_at: datetime | None
    behind: int
    status: Status


class TopicProgress:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.clock = clock
        self.store = PlanStore(db)
        self.topics = TopicStore(db)

    def all(self, zone_name: str) -> tuple[Progress, ...]:
        """All topics in their order. Weeks begin on Monday in the zone. Raises UserError `zone_unknown`."""
        now = self.clock.now()
        topics = self.topics.list()
        known = {topic.id for topic in topics}
        posts = [
            (topic_id, at)
            for _, topic_id, at in self.store.published_since(now - timedelta(weeks=2 * WEEKS))
            if topic_id in known and at <= now
        ]
        last = self.store.latest_by_topic(now)
        upcoming = self.store.next_by_topic(now)
        lately = [topic_id for topic_id, at in posts if at >= now - WINDOW]
        shares = whole_shares({topic.id: lately.count(topic.id) for topic in topics})
        monday = monday_of(local_day(now, zone_name))
        found: list[Progress] = []
        for topic in topics:
            days = {local_day(at, zone_name) for topic_id, at in posts if topic_id == topic.id}
            had = {(monday - monday_of(day)).days // 7 for day in days}
            behind = behind_by(topic, last.get(topic.id), upcoming.get(topic.id), now)
            share, count = shares[topic.id], lately.count(topic.id)
            found.append(
                Progress(
                    topic,
                    share,
                    count,
                    tuple(week in had for week in reversed(range(WEEKS))),
                    streak_of(had),
                    last.get(topic.id),
                    upcoming.get(topic.id),
                    behind,
                    _status(topic, share, count, behind, bool(lately)),
                )
            )
        return tuple(found)


def _status(topic: Topic, share: int, count: int, behind: int, has_posts: bool) -> Status:
    if behind:
        return "behind"
    if not has_posts or (not count and not topic.cadence_days and not topic.target_share):
        return "no_posts"
    if topic.target_share and share > topic.target_share + A_LITTLE:
        return "over"
    return "on_plan" if count else "resting"


def behind_by(topic: Topic, last_at: datetime | None, next_at: datetime | None, now: datetime) -> int:
    """How many posts the rhythm of a topic asks for by now; none once the next one is planned in time."""
    if not topic.cadence_days:
        return 0
    rhythm = timedelta(days=topic.cadence_days)
    since = last_at or topic.created_at
    if next_at is not None and next_at <= max(since + rhythm, now + rhythm):
        return 0
    return max(0, int((now - since) / rhythm))


def whole_shares(counts: dict[str, int]) -> dict[str, int]:
    """Whole percentages that add up to 100, by the largest remainder; all 0 without posts."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0)
    shares = {key: count * 100 // total for key, count in counts.items()}
    rest = sorted(counts, key=lambda key: (-(counts[key] * 100 % total), key))
    for key in rest[: 100 - sum(shares.values())]:
        shares[key] += 1
    return shares


def streak_of(weeks_ago: set[int]) -> int:
    """Weeks in a row with a post, counted back from the present one or from the one before it."""
    week = 0 if 0 in weeks_ago else 1
    streak = 0
    while week in weeks_ago:
        streak += 1
        week += 1
    return streak


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
