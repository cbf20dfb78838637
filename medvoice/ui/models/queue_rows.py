"""What the queue shows, as frozen rows made on the work lane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.account import Account
from medvoice.domain.clearance import Clearance
from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
from medvoice.domain.outbox import Delivery, PartState
from medvoice.services.reminding import Ending, ending_sign_ins
from medvoice.ui.models.moments import clock_time, day, moment
from medvoice.ui.models.queue_actions import Action, Facts, actions_for
from medvoice.ui.models.states import Look, look_of, looks, sentence_of, speaking_part, state_of

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

# How far back ended posts are shown; older ones are in the records.
SHOWN_FOR = timedelta(days=92)
SECTIONS = ("needs", "now", "scheduled", "published", "cancelled")
_OPEN = frozenset(PartState) - {PartState.PUBLISHED, PartState.CANCELLED}
_WAITS_FOR_PERSON = frozenset({"held", "changed", "unconfirmed", "missed", "refused", "handed_over"})


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_rows", text)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One delivery as a row. `time` and `day` are in the zone the person chose. `done` of `total` posts of
    a thread are published. `actions` begin with the primary one."""

    delivery: Delivery
    section: str
    time: str
    day: str
    topic_slot: str
    title: str
    channel: str
    line: str
    look: Look
    actions: tuple[Action, ...]
    link: str
    done: int
    total: int
    # 1 to `member_of` where it is one of several parts of a draft that go out together, 0 where it stands
    # alone (see queue_groups).
    member_at: int = 0
    member_of: int = 0
    is_edited: bool = False
    account_name: str = ""

    @property
    def id(self) -> str:
        return self.delivery.id

    @property
    def needs_you(self) -> bool:
        return self.section == "needs"

    @property
    def shows_progress(self) -> bool:
        return self.total > 1 and self.section == "now"

    @property
    def spoken(self) -> str:
        """What a screen reader says: what, state, when, where."""
        what = (CHANNEL_NAMES[self.channel], self.title) if self.member_at else (self.title,)
        words = (
            *what,
            self.look.word,
            f"{self.day}, {self.time}",
            "" if self.member_at else CHANNEL_NAMES[self.channel],
            self.line,
        )
        return ", ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """The whole queue at `now`, in the order of the page. `endings` are sign-ins that end within a week."""

    rows: tuple[QueueRow, ...]
    is_all_paused: bool
    zone: str
    now: datetime
    endings: tuple[Ending, ...] = ()

    @property
    def needs_you(self) -> int:
        """Deliveries that wait for the person."""
        return sum(row.needs_you for row in self.rows)


def load_queue(desk: "Desk") -> QueueSnapshot:
    """Read the queue. Work lane. Raises StorageError."""
    queueing = desk.queueing
    now = desk.clock.now()
    zone = desk.identity.get().zone
    accounts = {account.id: account for account in desk.accounts.list()}
    still_open = queueing.outbox.list(states=_OPEN)
    seen = {delivery.id for delivery in still_open}
    ended = [each for each in queueing.outbox.list(since=now - SHOWN_FOR) if each.id not in seen]
    deliveries = without_replaced([*still_open, *ended])
    slots = topic_slots(desk, {delivery.draft_id for delivery in deliveries})
    rows = [
        make_row(
            delivery,
            accounts.get(delivery.account_id),
            queueing.clearances.get(delivery.clearance_id) if needs_clearance(delivery) else None,
            slots.get(delivery.draft_id, ""),
            zone,
            now,
        )
        for delivery in deliveries
    ]
    if queueing.is_all_paused:
        rows = [with_all_paused(row, now) for row in rows]
    endings = ending_sign_ins(accounts.values(), still_open, now)
    return QueueSnapshot(in_order(rows), queueing.is_all_paused, zone, now, endings)


def topic_slots(desk: "Desk", draft_ids: Iterable[str]) -> dict[str, str]:
    """The topic's slot of each draft that has one."""
    slot_of = {topic.id: topic.slot for topic in desk.topics.list()}
    found: dict[str, str] = {}
    for draft_id in draft_ids:
        topic_id = desk.queueing.drafts.get(draft_id).topic_id
        if topic_id in slot_of:
            found[draft_id] = slot_of[topic_id]
    return found


def without_replaced(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Leave out what a newer delivery of the same draft and channel took the place of."""
    gone = ("cancelled", "refused")
    newest: dict[tuple[str, str], tuple[bool, datetime]] = {}
    for each in deliveries:
        key, rank = (each.draft_id, each.channel), (state_of(each) not in gone, each.created_at)
        newest[key] = max(newest.get(key, rank), rank)
    return [
        each
        for each in deliveries
        if state_of(each) not in gone or newest[(each.draft_id, each.channel)] == (False, each.created_at)
    ]


def is_on_its_way(delivery: Delivery) -> bool:
    """Planned and nothing tried yet, so that the row tells of its clearing."""
    return state_of(delivery) in ("planned", "due", "paused")


def needs_clearance(delivery: Delivery) -> bool:
    """Whether the row tells of its clearing, or of what became of it while the person has it in hand."""
    return is_on_its_way(delivery) or speaking_part(delivery).state is PartState.HANDED_OVER


def make_row(
    delivery: Delivery,
    account: Account | None,
    clearance: Clearance | None,
    topic_slot: str,
    home_zone: str,
    now: datetime,
) -> QueueRow:
    """One row. Pure but for the locale."""
    name = CHANNEL_NAMES[delivery.channel]
    zone = delivery.zone or home_zone
    is_waiting = delivery.route != "by_hand" and is_on_its_way(delivery)
    ends_at = account.expires_at if account is not None and account.state == "connected" else None
    is_short = ends_at is not None and ends_at < delivery.due_at
    needs_sign_in = is_waiting and (account is None or account.state != "connected" or is_short)
    is_edited = delivery.state == "handed_over" and clearance is not None and clearance.voided_at is not None
    link = next((part.remote_url for part in delivery.parts if part.remote_url), "")
    handle = account.handle if account is not None and account.route == "oauth" else ""
    # The practice network has no profile pages to look at.
    can_look = (bool(handle) or delivery.channel == "linkedin") and not (account and account.is_practice)
    facts = Facts(name, now, needs_sign_in, bool(link), is_edited, can_look)
    line = line_of(delivery, name, clearance, needs_sign_in, home_zone, now, is_edited=is_edited)
    if is_waiting and ends_at is not None and is_short:
        ends = moment(ends_at, home_zone, now)
        line = _tr("Your sign-in to {channel} ends before that, on {moment}.").format(
            channel=name, moment=ends
        )
    shown_at = published_at(delivery) or delivery.due_at
    return QueueRow(
        delivery=delivery,
        section=section_of(delivery, now),
        time=clock_time(shown_at, zone),
        day=day(shown_at, zone, now),
        topic_slot=topic_slot,
        title=delivery.title,
        channel=delivery.channel,
        line=line,
        look=look_of(delivery, name, zone, needs_sign_in, is_edited=is_edited),
        actions=actions_for(delivery, facts),
        link=link,
        done=sum(part.state is PartState.PUBLISHED for part in delivery.parts),
        total=len(delivery.parts),
        is_edited=is_edited,
        account_name=handle,
    )


def with_all_paused(row: QueueRow, now: datetime) -> QueueRow:
    """How a row that is on its way stands while the whole queue is paused."""
    if state_of(row.delivery) not in ("planned", "due", "waiting"):
        return row
    line = _tr("Waits until you resume all posts")
    if row.delivery.due_at < now:
        line = _tr("Its time has passed. After you resume, MedVoice posts it late or asks you first.")
    return replace(row, look=looks()["paused"], line=line)


def published_at(delivery: Delivery) -> datetime | None:
    """When all of it was live; None before."""
    moments = [part.published_at for part in delivery.parts if part.published_at is not None]
    return max(moments) if len(moments) == len(delivery.parts) else None


def section_of(delivery: Delivery, now: datetime) -> str:
    """Where on the page a delivery stands: one of SECTIONS."""
    state = state_of(delivery)
    if state == "partly":
        inner = speaking_part(delivery).state
        if inner in (PartState.PLANNED, PartState.DUE, PartState.WAITING):
            return "now"
        return "published" if inner is PartState.CANCELLED else "needs"
    if state in _WAITS_FOR_PERSON:
        return "needs"
    if state in ("sending", "due"):
        return "now"
    if state == "published":
        return "published"
    if state == "cancelled":
        return "cancelled"
    return "scheduled"


def line_of(
    delivery: Delivery,
    name: str,
    clearance: Clearance | None,
    needs_sign_in: bool,
    home_zone: str,
    now: datetime,
    *,
    is_edited: bool = False,
) -> str:
    """The line below the title."""
    state = state_of(delivery)
    if state == "published":
        return published_line(delivery, home_zone, now)
    if needs_sign_in:
        return _tr("It waits for your sign-in to {channel}.").format(channel=name)
    if state == "sending":
        return _tr("Being sent to {channel} now").format(channel=name)
    if state == "partly" and section_of(delivery, now) == "now":
        return _tr("Going on with the thread")
    if is_on_its_way(delivery):
        return planned_line(delivery, name, clearance, home_zone, now)
    return sentence_of(delivery, name, is_short=True, is_edited=is_edited)


def planned_line(
    delivery: Delivery, name: str, clearance: Clearance | None, home_zone: str, now: datetime
) -> str:
    """When it was cleared, and who will post it."""
    words: list[str] = []
    if clearance is not None:
        when = day(clearance.at, home_zone, now)
        words.append(_tr("Checked and cleared by you on {day}").format(day=when))
    if delivery.route == "by_hand":
        words.append(_tr("you post it by hand"))
    elif len(delivery.parts) > 1:
        words.append(_tr("thread of {n}").format(n=len(delivery.parts)))
    return ", ".join(words) or _tr("Waits for {channel}").format(channel=name)


def published_line(delivery: Delivery, home_zone: str, now: datetime) -> str:
    """How it went out."""
    part = delivery.parts[-1]
    when = part.published_at or delivery.due_at
    if part.reason == "by_you":
        words = _tr("Posted by you, link pasted") if delivery.route == "by_hand" else _tr("You found it live")
    elif delivery.route == "by_hand":
        words = _tr("Posted by you")
    else:
        words = _tr("Posted at {time}").format(time=clock_time(when, delivery.zone or home_zone))
    if len(delivery.parts) > 1:
        words += ", " + _tr("thread of {n}").format(n=len(delivery.parts))
    planned = moment(delivery.due_at, delivery.zone or home_zone, now)
    if (when - delivery.due_at).total_seconds() > 15 * 60:
        words += ", " + _tr("planned for {moment}").format(moment=planned)
    return words


def in_order(rows: Iterable[QueueRow]) -> tuple[QueueRow, ...]:
    """By section; what is ahead earliest first, what is over newest first."""

    def key(row: QueueRow) -> tuple[int, float, str, int, str]:
        # By the planned moment, so that the parts of one draft stay together.
        at = row.delivery.due_at.timestamp()
        is_over = row.section in ("published", "cancelled")
        order = CHANNELS.index(row.channel)
        return (SECTIONS.index(row.section), -at if is_over else at, row.delivery.draft_id, order, row.id)

    return tuple(sorted(rows, key=key))
