"""What stands between the open draft and its time, and how the bar says so. Pure but for the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.account import Account, signed_in
from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.draft import CHANNEL_NAMES, Draft
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import ENDED, Delivery
from medvoice.domain.profile import Profile
from medvoice.ui.models.moments import local, short_moment
from medvoice.ui.models.states import STALE, Look, look_of, speaking_part, state_of
from medvoice.ui.pages.compose.listing import counts, things_left

if TYPE_CHECKING:
    from medvoice.services.slots import Slot
    from medvoice.services.standing import Standing
    from medvoice.ui.models.draft_embargo import DraftEmbargo

SLOT_MIN = 15
# Least time between now and the first slot that is offered.
LEAD = timedelta(minutes=2)
# Where a time is proposed with no free one to be had: Monday to Friday, from 8:00 to before 18:00.
OPENS_H, CLOSES_H, WORKING_DAYS = 8, 18, 5
NEEDS_YOU = ("unconfirmed", "held", "missed", "refused", "handed_over", "partly")
MOVABLE = ("planned", "due", "waiting", "paused", "missed")

NOBODY = Profile()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Todo", text)


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of "Two things before you schedule". `kind`: block, warning, tick, length, empty, no_channel
    (see standing.Left), name, account, embargo, queue or published. Spans are code points of the channel
    text."""

    kind: str
    code: str
    words: str
    channel: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bar needs besides the text: deliveries of the draft, the person, the accounts, the moment, and
    the next free time, None where there is none or (not `has_looked`) it was not looked for yet."""

    deliveries: tuple[Delivery, ...] = ()
    profile: Profile = NOBODY
    accounts: tuple[Account, ...] = ()
    now: datetime | None = None
    free: "Slot | None" = None
    has_looked: bool = False


def locked() -> Look:
    """The pill of a draft that is ready but for an embargo."""
    return Look("warn", "lock", _tr("Under embargo"))


def embargo_todos(waits: "DraftEmbargo", now: datetime) -> tuple[Todo, ...]:
    """What is left of an embargo: to find out when it ends."""
    if waits.ends_at is not None:
        return ()
    words = _tr("Find out when the embargo of “{title}” ends.").format(title=waits.name)
    return (Todo("embargo", "embargo_unknown", words),)


def is_stale(delivery: Delivery) -> bool:
    """Held because the text or the rules changed: scheduling again replaces it."""
    open_parts = [part for part in delivery.parts if part.state not in ENDED]
    return bool(open_parts) and all(
        str(part.state) == "held" and part.reason in STALE for part in open_parts
    ) and not any(str(part.state) == "published" for part in delivery.parts)  # fmt: skip


def active(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Deliveries with something still to do, that a new one would not replace; the earliest first."""
    found = [
        each
        for each in deliveries
        if not is_stale(each) and any(part.state not in ENDED for part in each.parts)
    ]
    return tuple(sorted(found, key=lambda each: each.due_at))


def wanted(draft: Draft, deliveries: Sequence[Delivery]) -> tuple[str, ...]:
    """The channels that a click on Schedule plans: on, not under way, and not published as they are."""
    busy = {each.channel for each in active(deliveries)}
    done = {
        each.channel
        for each in deliveries
        if each.state == "published" and each.draft_revision == draft.revision
    }
    return tuple(channel for channel in draft.channels_on if channel not in busy | done)


def todos(draft: Draft, standing: "Standing", facts: Facts) -> tuple[Todo, ...]:
    """All that is left, most urgent first."""
    found = [
        Todo("queue", each.id, _queue_words(each, draft, facts), each.channel)
        for each in active(facts.deliveries)
        if state_of(each) in NEEDS_YOU
    ]
    channels = wanted(draft, facts.deliveries)
    if not channels and draft.channels_on:
        if not active(facts.deliveries):
            found.append(Todo("published", "published", _tr("This text is published already.")))
        return tuple(found)
    found += [
        Todo(item.kind, item.code, item.words, item.channel, item.start, item.end)
        for item in things_left(standing)
    ]
    if not facts.profile.name.strip():
        found.append(Todo("name", "name", _tr("Say who you are: your name goes on the record.")))
    for channel in channels:
        known = [a for a in facts.accounts if a.network == channel and a.state != "disconnected"]
        if not known and channel != "linkedin":
            words = _tr("Connect an account for {channel}.").format(channel=CHANNEL_NAMES[channel])
            found.append(Todo("account", f"account_{channel}", words, channel))
    wall, zone = planned_time(draft, facts)
    found += [
        Todo("account", f"sign_in_ends_{ending.channel}", ending.words, ending.channel)
        for ending in sign_in_ends(channels, facts)
        if wall and is_ahead(wall, zone, ending.ends_at)
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SignInEnd:
    """When (UTC) the sign-in that would carry a channel's post ends, and a sentence about it."""

    channel: str
    ends_at: datetime
    words: str


def sign_in_ends(channels: Sequence[str], facts: Facts) -> tuple[SignInEnd, ...]:
    """The ends of the sign-ins that posts to these channels rest on; a post after that is refused."""
    is_by_hand = facts.profile.linkedin_route == "by_hand"
    found: list[SignInEnd] = []
    for channel in channels:
        account = signed_in(facts.accounts, channel, is_linkedin_by_hand=is_by_hand)
        if account is not None and account.expires_at is not None:
            when = short_moment(utc_to_wall(account.expires_at, facts.profile.zone), "", "")
            words = _tr("Your sign-in to {channel} ends {moment}: sign in again, or post before.")
            words = words.format(channel=CHANNEL_NAMES[channel], moment=when)
            found.append(SignInEnd(channel, account.expires_at, words))
    return tuple(found)


def needs_sign_in(channel: str, facts: Facts) -> bool:
    """Whether posts to this channel wait for a new sign-in."""
    if channel == "linkedin" and facts.profile.linkedin_route != "oauth":
        return False
    known = [a for a in facts.accounts if a.network == channel and a.route == "oauth"]
    return bool(known) and all(account.state == "sign_in" for account in known)


def pill(draft: Draft, standing: "Standing | None", facts: Facts) -> Look:
    """The status pill: what is under way first, then what the text needs."""
    under_way = active(facts.deliveries)
    urgent = [each for each in under_way if state_of(each) in (*NEEDS_YOU, "sending")]
    if urgent:
        return _look(urgent[0], facts, draft)
    if any(is_stale(each) for each in facts.deliveries):
        return Look("warn", "pencil", _tr("Changed since you cleared it"))
    blocks, warnings = counts(standing) if standing is not None else (0, 0)
    if blocks:
        return Look("danger", "octagon-alert", _tr("{n} must fix").format(n=blocks))
    if warnings:
        return Look("warn", "triangle-alert", _tr("{n} to check").format(n=warnings))
    if under_way:
        return _look(under_way[0], facts, draft)
    if any(each.state == "published" for each in facts.deliveries) and not wanted(draft, facts.deliveries):
        return Look("ok", "circle-check", _tr("Published"))
    if draft.is_idea:
        return Look("neutral", "lightbulb", _tr("Idea"))
    if standing is None or todos(draft, standing, facts):
        return Look("neutral", "pencil", _tr("Draft"))
    return Look("ok", "circle-check", _tr("Ready"))


def is_edited_in_hand(delivery: Delivery, draft: Draft) -> bool:
    """Whether the person has it in hand to post, as it was cleared, while the draft says something else."""
    return delivery.state == "handed_over" and delivery.draft_revision != draft.revision


def _queue_words(delivery: Delivery, draft: Draft, facts: Facts) -> str:
    name = CHANNEL_NAMES[delivery.channel]
    if is_edited_in_hand(delivery, draft):
        return _tr("Say which text you post on {channel}: the cleared one or this.").format(channel=name)
    return f"{_look(delivery, facts, draft).word}: {name}"


def _look(delivery: Delivery, facts: Facts, draft: Draft) -> Look:
    is_edited = is_edited_in_hand(delivery, draft)
    return look_of(delivery, CHANNEL_NAMES[delivery.channel], facts.profile.zone, is_edited=is_edited)


def is_movable(delivery: Delivery) -> bool:
    """Whether its time can still be changed, or it be taken back."""
    state = state_of(delivery)
    return state in MOVABLE or (state == "held" and speaking_part(delivery).reason not in STALE)


def chosen_time(draft: Draft, facts: Facts) -> tuple[str, str] | None:
    """Wall time and zone of what is under way, else of what the person chose and is still ahead."""
    under_way = active(facts.deliveries)
    if under_way:
        return under_way[0].wall, under_way[0].zone
    stale = [each for each in facts.deliveries if is_stale(each)]
    chosen = [(draft.planned_wall, draft.planned_zone), *((each.wall, each.zone) for each in stale)]
    for wall, zone in chosen:
        if wall and facts.now is not None and is_ahead(wall, zone, facts.now):
            return wall, zone
    return None


def free_time(draft: Draft, facts: Facts) -> "Slot | None":
    """The next free time where it is what the bar proposes: nothing was chosen and it is still ahead."""
    free = facts.free
    if free is None or facts.now is None or chosen_time(draft, facts) is not None:
        return None
    return free if is_ahead(free.wall, free.zone, facts.now) else None


def planned_time(draft: Draft, facts: Facts) -> tuple[str, str]:
    """Wall time and zone that the bar shows: the chosen time, else the next free one, else, where none is
    free, the next quarter of an hour in working hours; "" while it is not known what is free."""
    chosen = chosen_time(draft, facts)
    if chosen is not None:
        return chosen
    free = free_time(draft, facts)
    if free is not None:
        return free.wall, free.zone
    zone = facts.profile.zone
    is_looking = facts.now is None or not facts.has_looked or facts.free is not None
    return ("" if is_looking or facts.now is None else next_slot(facts.now, zone)), zone


def is_ahead(wall: str, zone: str, now: datetime) -> bool:
    """Whether that moment exists and is still to come."""
    try:
        return wall_to_utc(wall, zone) > now
    except UserError:
        return False


def next_slot(now: datetime, zone: str) -> str:
    """The next quarter of an hour in working hours there, as wall time. Computed in UTC: every zone's
    quarters are UTC's, and an hour that a clock change skips is never met."""
    at = now + LEAD
    extra_s = (-(at.minute * 60 + at.second)) % (SLOT_MIN * 60)
    at += timedelta(seconds=extra_s)
    while not is_working(local(at, zone)):
        at += timedelta(minutes=SLOT_MIN)
    return utc_to_wall(at, zone)


def is_working(there: datetime) -> bool:
    """Whether a local moment is in working hours."""
    return there.weekday() < WORKING_DAYS and OPENS_H <= there.hour < CLOSES_H
