"""What the events of Network show, read on the work lane as one value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.congress import Event, Session
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.embargo import Lift, latest
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import ENDED
from medvoice.ui.models.embargo_words import plain_until
from medvoice.ui.models.moments import local, short_moment
from medvoice.ui.models.states import Look, look_of

if TYPE_CHECKING:
    from medvoice.domain.draft import Draft
    from medvoice.domain.outbox import Delivery
    from medvoice.services.embargoes import Embargo
    from medvoice.ui.bridge import Desk


def _tr(text: str) -> str:
    return QCoreApplication.translate("events_data", text)


@dataclass(frozen=True, slots=True)
class Linked:
    """A post that draws on an abstract: its topic's slot ("" for none), when it goes out, and how it stands.
    `icon` and `ink` show its state, `state` says it."""

    draft_id: str
    title: str
    slot: str
    when: str
    icon: str
    ink: str
    state: str
    abstract_ids: frozenset[str]
    at: datetime | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(each for each in (self.title, self.when, self.state) if each)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its programme and the posts that draw on it; `pill` says how its embargoes stand."""

    event: Event
    sessions: tuple[Session, ...]
    embargoes: "tuple[Embargo, ...]"
    posts: tuple[Linked, ...]
    pill: Look
    is_past: bool

    @property
    def id(self) -> str:
        return self.event.id

    def of_abstract(self, abstract_id: str) -> tuple[Linked, ...]:
        """The posts that draw on one abstract."""
        return tuple(each for each in self.posts if abstract_id in each.abstract_ids)

    @property
    def groups(self) -> "tuple[tuple[Lift, tuple[Embargo, ...]], ...]":
        """The abstracts whose embargo ends at one moment, the next first; those not known at the end."""
        found: dict[tuple[datetime | None, str, str, str], list[Embargo]] = {}
        for each in self.embargoes:
            why = each.lift.why if each.lift.at is None else ""
            found.setdefault((each.lift.at, each.lift.wall, each.lift.zone, why), []).append(each)
        some = [(embargoes[0].lift, tuple(embargoes)) for embargoes in found.values()]
        return tuple(sorted(some, key=lambda pair: (pair[0].at is None, pair[0].at, pair[0].zone)))


@dataclass(frozen=True, slots=True)
class EventsSnapshot:
    """All events: what is ahead, the next first, and what is over, the last first. `zone` is the person's."""

    now: datetime
    zone: str
    coming: tuple[EventRow, ...]
    past: tuple[EventRow, ...]

    @property
    def all(self) -> tuple[EventRow, ...]:
        return (*self.coming, *self.past)

    def find(self, event_id: str) -> EventRow | None:
        """The row of an event, None when it is gone."""
        return next((row for row in self.all if row.id == event_id), None)


@dataclass(frozen=True, slots=True)
class Wait:
    """How many posts wait for one end of an embargo."""

    event: Event
    lift: Lift
    count: int


def load_events(desk: "Desk") -> EventsSnapshot:
    """Read the events. Work lane. Raises StorageError."""
    now, zone = desk.clock.now(), desk.identity.get().zone
    congresses = desk.congresses
    slots = {topic.id: topic.slot for topic in desk.topics.list()}
    rows: list[EventRow] = []
    for event in congresses.store.events():
        embargoes = congresses.embargoes.of_event(event.id)
        uses: dict[str, set[str]] = {}
        for each in embargoes:
            for draft_id in congresses.store.drafts_of([each.abstract.id]):
                uses.setdefault(draft_id, set()).add(each.abstract.id)
        posts = [
            _linked(desk, draft_id, frozenset(ids), slots, embargoes, zone) for draft_id, ids in uses.items()
        ]
        rows.append(
            EventRow(
                event,
                congresses.store.sessions(event.id),
                embargoes,
                tuple(sorted(posts, key=lambda post: (post.at is None, post.at, post.title))),
                pill_of([each.lift for each in embargoes], zone, now),
                event.ends_on < local(now, event.zone).date(),
            )
        )
    past = [row for row in rows if row.is_past]
    return EventsSnapshot(now, zone, tuple(row for row in rows if not row.is_past), tuple(reversed(past)))


def pill_of(lifts: Sequence[Lift], zone: str, now: datetime) -> Look:
    """How the embargoes of an event stand, in a word. Pure."""
    last = latest(lifts)
    if last is None:
        return Look("neutral", "lock-open", _tr("No embargo"))
    if last.at is None:
        return Look("warn", "lock", _tr("Date not known"))
    if not last.is_over(now):
        return Look("warn", "lock", _tr("Until {time}").format(time=plain_until(last, zone, now)))
    words = plain_until(last, zone, now).split(",")[0]
    return Look("ok", "circle-check", _tr("Lifted {day}").format(day=words))


def left_words(lifts: Iterable[Lift], zone: str, now: datetime) -> str:
    """ "Embargo, 6 days left"; the pill's own words where there is nothing to count."""
    lifts = tuple(lifts)
    last = latest(lifts)
    if last is None or last.at is None or last.is_over(now):
        return pill_of(lifts, zone, now).word
    days = (local(last.at, zone).date() - local(now, zone).date()).days
    if days == 0:
        return _tr("Embargo, ends today")
    return _tr("Embargo, 1 day left") if days == 1 else _tr("Embargo, {n} days left").format(n=days)


def posts_words(count: int) -> str:
    """ "3 posts"."""
    if not count:
        return _tr("No posts yet")
    return _tr("1 post") if count == 1 else _tr("{n} posts").format(n=count)


def _linked(
    desk: "Desk",
    draft_id: str,
    ids: frozenset[str],
    slots: dict[str, str],
    embargoes: "Sequence[Embargo]",
    zone: str,
) -> Linked:
    draft, now = desk.drafting.get(draft_id), desk.clock.now()
    deliveries = desk.queueing.outbox.list(draft_id=draft_id)
    lift = latest(each.lift for each in embargoes if each.abstract.id in ids)
    when, icon, ink, state = _standing(draft, deliveries, zone)
    is_out = any(str(each.state) == "published" for each in deliveries)
    if lift is not None and not lift.is_over(now) and not is_out:
        icon, ink, state = "lock", "warn.text", _tr("waits")
    title = draft.title.strip() or draft.text.strip()[:60] or _tr("Untitled")
    slot = slots.get(draft.topic_id or "", "")
    return Linked(draft_id, title, slot, when, icon, ink, state, ids, _moment(draft, deliveries, zone))


def _moment(draft: "Draft", deliveries: "Sequence[Delivery]", zone: str) -> datetime | None:
    """When a post goes out or went out, else the moment that was meant for the draft."""
    known = [each.due_at for each in deliveries if str(each.state) != "cancelled"]
    if known:
        return min(known)
    try:
        return wall_to_utc(draft.planned_wall, draft.planned_zone or zone) if draft.planned_wall else None
    except UserError:
        return None  # an hour that the clocks skip, written by another program


def _standing(draft: "Draft", deliveries: "Sequence[Delivery]", zone: str) -> tuple[str, str, str, str]:
    """When a post goes out; icon, ink and word of its state."""
    open_ones = [each for each in deliveries if any(part.state not in ENDED for part in each.parts)]
    out = [each for each in deliveries if str(each.state) == "published"]
    told = open_ones or out
    if told:
        shown = min(told, key=lambda each: each.due_at)
        look = look_of(shown, CHANNEL_NAMES[shown.channel], zone)
        ink = f"{look.kind}.text" if look.kind not in ("neutral", "accent") else "text.tertiary"
        return short_moment(shown.wall, shown.zone, zone), look.icon, ink, look.word
    when = _tr("Draft")
    if draft.planned_wall:
        words = short_moment(draft.planned_wall, draft.planned_zone or zone, zone)
        when = _tr("Draft, {moment}").format(moment=words)
    return when, "pencil", "text.tertiary", _tr("draft") if draft.planned_wall else ""


def load_waits(desk: "Desk") -> tuple[Wait, ...]:
    """What waits for which end of an embargo, the next first; drafts in the archive and posts that are out do
    not. Work lane. Raises StorageError."""
    now = desk.clock.now()
    found: dict[tuple[str, datetime | None], Wait] = {}
    store, embargoes = desk.congresses.store, desk.congresses.embargoes
    # Asked by event: over the years there are many more posts than congresses, and most embargoes are over.
    each_event = (embargoes.of_event(event.id) for event in store.events())
    still_on = [each.abstract.id for some in each_event for each in some if not each.lift.is_over(now)]
    for draft_id in store.drafts_of(still_on) if still_on else ():
        holding = embargoes.holding(draft_id)
        if holding is None or holding.lift.is_over(now):
            continue
        if desk.drafting.get(draft_id).archived_at is not None:
            continue
        key = (holding.event.id, holding.lift.at)
        before = found.get(key)
        found[key] = Wait(holding.event, holding.lift, before.count + 1 if before else 1)
    return tuple(
        sorted(found.values(), key=lambda wait: (wait.lift.at is None, wait.lift.at, wait.event.name))
    )


def wait_words(wait: Wait, zone: str, now: datetime) -> str:
    """The calm line: "One post waits for the Vienna embargo. It cannot go out before Thu 19 Nov, 09:00."."""
    name = wait.event.place.split(",")[0].strip() or wait.event.name
    count = _tr("One post waits") if wait.count == 1 else _tr("{n} posts wait").format(n=wait.count)
    if wait.lift.at is None:
        words = _tr("{count} for the embargo of {name}, and when it ends is not known.")
        return words.format(count=count, name=wait.event.name)
    from medvoice.ui.models.moments import moment

    words = (
        _tr("{count} for the {name} embargo. It cannot go out before {moment}.")
        if wait.count == 1
        else _tr("{count} for the {name} embargo. They cannot go out before {moment}.")
    )
    return words.format(count=count, name=name, moment=moment(wait.lift.at, zone, now))
