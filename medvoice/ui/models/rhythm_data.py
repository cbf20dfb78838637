"""What the sheet about one's rhythm shows, read on the work lane as one value, and its words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from medvoice.domain.draft import title_of
from medvoice.ui.models.moments import day, moment

if TYPE_CHECKING:
    from medvoice.domain.recurrence import Moment, Recurrence
    from medvoice.domain.topic import Topic
    from medvoice.services.evergreen import Evergreen
    from medvoice.services.prompts import Prompt
    from medvoice.services.slots import KeptTime
    from medvoice.ui.bridge import Desk

# As far back as a post is looked for that may return, and as many as are offered.
LOOK_BACK, OFFERED = timedelta(days=730), 40
NTH = (1, 2, 3, 4, -1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rhythm_data", text)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """As it stood at `now` (UTC), days in `zone`. `prompts` with their next moments; `returning` with their
    titles; `published` are drafts with titles that could return, the newest first."""

    times: "tuple[KeptTime, ...]"
    topics: "tuple[Topic, ...]"
    prompts: "tuple[tuple[Prompt, tuple[Moment, ...]], ...]"
    returning: "tuple[tuple[Evergreen, str], ...]"
    published: tuple[tuple[str, str], ...]
    zone: str
    now: datetime

    def topic(self, topic_id: str | None) -> "Topic | None":
        """A topic by its id."""
        return next((each for each in self.topics if each.id == topic_id), None)


def read_rhythm(desk: "Desk") -> Rhythm:
    """Read it. Work lane. Raises StorageError."""
    now = desk.clock.now()
    prompts = desk.prompts.list()
    posted = dict.fromkeys(
        each[0] for each in reversed(desk.evergreens.plan.published_since(now - LOOK_BACK))
    )
    return Rhythm(
        desk.planning.slots.kept,
        desk.topics.list(),
        tuple((each, desk.prompts.upcoming(each, 1) if each.is_on else ()) for each in prompts),
        desk.evergreens.titled(),
        tuple((draft_id, title_of(desk.drafting.get(draft_id))) for draft_id in list(posted)[:OFFERED]),
        desk.identity.get().zone,
        now,
    )


def weekday_name(weekday: int) -> str:
    """ "Tuesday"; 0 is Monday."""
    return QLocale().standaloneDayName(weekday + 1)


def nth_words(nth: int) -> str:
    """ "Second", "Last"."""
    words = {1: _tr("First"), 2: _tr("Second"), 3: _tr("Third"), 4: _tr("Fourth"), -1: _tr("Last")}
    return words[nth]


def rule_words(rule: "Recurrence") -> str:
    """ "Every Tuesday", "Every 2 weeks on Tuesday", "First Tuesday of the month", "Day 31 of every 3rd
    month"."""
    name = "" if rule.weekday is None else weekday_name(rule.weekday)
    if rule.every == "week":
        words = _tr("Every {day}") if rule.step == 1 else _tr("Every {n} weeks on {day}")
        return words.format(day=name, n=rule.step)
    if rule.weekday is None:
        which = _tr("Day {n} of the month").format(n=rule.day)
    else:
        which = _tr("{nth} {day} of the month").format(nth=nth_words(rule.nth), day=name)
    return which if rule.step == 1 else _tr("{which}, every {n} months").format(which=which, n=rule.step)


def prompt_words(prompt: "Prompt", upcoming: "tuple[Moment, ...]", read: Rhythm) -> str:
    """How often, and when next; what a change of the clocks does to it is said."""
    words = _tr("{rule}, {time}").format(rule=rule_words(prompt.rule), time=f"{prompt.clock:%H:%M}")
    topic = read.topic(prompt.topic_id)
    if topic is not None:
        words = _tr("{words}, {topic}").format(words=words, topic=topic.name)
    if not prompt.is_on:
        return _tr("{words}. Resting.").format(words=words)
    if not upcoming:
        return words
    words = _tr("{words}. Next: {moment}").format(
        words=words, moment=moment(upcoming[0].at, read.zone, read.now)
    )
    if upcoming[0].shift == "skipped":
        words += _tr(" (the clocks skip its hour that day)")
    return words


def return_words(one: "Evergreen", read: Rhythm) -> str:
    """When it comes back, and how often."""
    words = _tr("Every {n} weeks. Comes back as an idea on {day}.")
    return words.format(n=one.weeks, day=day(max(one.due_at, read.now), read.zone, read.now))
