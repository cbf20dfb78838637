"""What the time panel says about a chosen moment: where else it is what time, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTimeZone

from medvoice.domain.clock import WALL as FORMAT
from medvoice.domain.clock import read_wall, wall_to_utc
from medvoice.domain.errors import UserError
from medvoice.services.slots import APART, KeptTime, Slot
from medvoice.ui.models.clock_change import change_at, change_words
from medvoice.ui.models.draft_embargo import DraftEmbargo
from medvoice.ui.models.moments import city, clock_time, day, local
from medvoice.ui.strings import sentence_for


def _tr(text: str) -> str:
    return QCoreApplication.translate("time_choice", text)


@dataclass(frozen=True, slots=True)
class Offers:
    """What the workspace knows for choosing a time: free slots, the person's times, the readers' zone ("" for
    none), the moments that other posts have taken (UTC), when sign-ins end that the post rests on (UTC), with
    a sentence, the embargo that the draft waits for, and what is said of a post that says nearly the same."""

    slots: tuple[Slot, ...] = ()
    kept: tuple[KeptTime, ...] = ()
    audience_zone: str = ""
    taken: tuple[datetime, ...] = ()
    ends: tuple[tuple[datetime, str], ...] = ()
    embargo: DraftEmbargo | None = None
    alike: str = ""


NO_OFFERS = Offers()


@dataclass(frozen=True, slots=True)
class Judged:
    """`at` is the instant (UTC), None where there is none; `problem` a sentence when it cannot be used;
    `note` a sentence that only informs; `instead` a wall time that exists and is ahead, "" for none."""

    at: datetime | None
    problem: str = ""
    note: str = ""
    instead: str = ""


def judge(wall: str, zone: str, now: datetime, offers: Offers = NO_OFFERS) -> Judged:
    """Whether a wall time can be used, and what is worth saying about it. `now` is UTC."""
    try:
        change = change_at(wall, zone)
        if change is not None and change.kind == "skipped":
            after = change.after.strftime(FORMAT)
            return Judged(None, change_words(change, wall, zone), instead=after)
        at = wall_to_utc(wall, zone)
    except UserError as problem:
        return Judged(None, sentence_for(problem))
    if at <= now:
        return Judged(at, past_words(wall, zone, now), instead=next_at_hour(wall, zone, now))
    waits = offers.embargo
    if waits is not None and waits.is_too_early(wall, zone):
        return Judged(at, waits.sentence(now), instead=waits.first_wall(zone))
    too_late = [words for ends_at, words in offers.ends if ends_at < at]
    if too_late:
        return Judged(at, too_late[0])
    if change is not None:
        return Judged(at, note=change_words(change, wall, zone))
    near = [other for other in offers.taken if abs(other - at) < APART]
    if near:
        words = _tr("Another post goes out at {time} that day.")
        return Judged(at, note=words.format(time=clock_time(near[0], zone)))
    if offers.alike:
        return Judged(at, note=offers.alike)
    words = distance(at, zone, now)
    first = offers.slots[0] if offers.slots else None
    if first is not None and (first.wall, first.zone) == (wall, zone):
        free = _tr("{distance} Next free time: {why}.")
        words = free.format(distance=words, why=why_words(first))
    return Judged(at, note=words)


def past_words(wall: str, zone: str, now: datetime) -> str:
    """Why a past moment cannot be used, with the next one at that hour."""
    clock, there = hour_of(wall), local(now, zone)
    words = _tr("That has passed: it is {now} there now. The next {time} is {when}.")
    is_today = clock > there.strftime("%H:%M")
    when = _tr("today") if is_today else _tr("tomorrow")
    moment_now = f"{day(now, zone, now)}, {clock_time(now, zone)}"
    return words.format(now=moment_now, time=clock, when=when)


def next_at_hour(wall: str, zone: str, now: datetime) -> str:
    """The next wall time at the hour of `wall`: what `past_words` names."""
    there = local(now, zone)
    at = datetime.combine(there.date(), read_wall(wall)[0].time())
    return (at if at > there.replace(tzinfo=None) else at + timedelta(days=1)).strftime(FORMAT)


def distance(at: datetime, zone: str, now: datetime) -> str:
    """ "In 40 minutes", "Tomorrow", "In 5 days", counted by the calendar there."""
    minutes = round((at - now).total_seconds() / 60)
    days = (local(at, zone).date() - local(now, zone).date()).days
    if minutes < 60:
        return _tr("In 1 minute.") if minutes <= 1 else _tr("In {n} minutes.").format(n=minutes)
    if days == 0:
        return _tr("Today.")
    return _tr("Tomorrow.") if days == 1 else _tr("In {n} days.").format(n=days)


def long_words(wall: str) -> str:
    """ "Tuesday 17 November 2026, 08:10"."""
    at, _offset = read_wall(wall)
    words = QLocale().toString(QDate(at.year, at.month, at.day), "dddd d MMMM yyyy")
    return _tr("{day}, {time}").format(day=words, time=hour_of(wall))


def short_words(wall: str) -> str:
    """ "Tue 17 Nov 2026, 08:10", which `read_typed` reads again."""
    at, _offset = read_wall(wall)
    return f"{QLocale().toString(QDate(at.year, at.month, at.day), 'ddd d MMM yyyy')}, {hour_of(wall)}"


def hour_of(wall: str) -> str:
    """ "08:10"; without the offset that a wall time may end in."""
    return wall[11:16]


def elsewhere(at: datetime, zone: str, home: str, audience: str) -> tuple[str, ...]:
    """The same moment at home, by the laptop's clock where that is another (on a journey), and for the
    readers, where that differs from `zone`."""
    lines: list[str] = []
    said, laptop = {local(at, zone).utcoffset()}, laptop_zone()
    is_away = bool(laptop) and local(at, laptop).utcoffset() != local(at, home or zone).utcoffset()
    for other, words in (
        (home, _tr("{time} at home ({city})") if is_away else _tr("{time} where you are ({city})")),
        (laptop, _tr("{time} by this laptop's clock ({city})")),
        (audience, _tr("{time} for readers in {city}")),
    ):
        offset = local(at, other).utcoffset() if other else None
        if offset is None or (offset in said and other != audience) or offset == local(at, zone).utcoffset():
            continue
        said.add(offset)
        time = clock_time(at, other)
        if local(at, other).date() != local(at, zone).date():
            time = f"{day(at, other, at)}, {time}"
        lines.append(words.format(time=time, city=city(other)))
    return tuple(lines)


def laptop_zone() -> str:
    """The IANA zone of the laptop now; on a journey it can be another than the person's own."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")


def slot_words(slot: Slot, now: datetime) -> str:
    """ "Tue 17 Nov, 08:10"."""
    at = wall_to_utc(slot.wall, slot.zone)
    return f"{day(at, slot.zone, now)}, {hour_of(slot.wall)}"


def why_words(slot: Slot) -> str:
    """Why a slot is offered."""
    return _tr("one of your times") if slot.why == "kept" else _tr("working day, your usual hour")


def free_words(slots: Sequence[Slot]) -> str:
    """The heading of the free times: what they are."""
    if any(slot.why == "kept" for slot in slots):
        return _tr("Next free of your times")
    return _tr("Next free working days, at your usual hour")


def why_sentence(slot: Slot) -> str:
    """What a toast adds when the time was found and not chosen; begins with a colon."""
    if slot.why == "kept":
        return _tr(": your next free time")
    if slot.why == "usual":
        return _tr(": next free working day, usual hour")
    return ""


def kept_words(wall: str, kept: Sequence[KeptTime]) -> tuple[str, bool]:
    """What the button about keeping this time says, and whether it is kept now."""
    at, _offset = read_wall(wall)
    weekday = QLocale().standaloneDayName(at.isoweekday())
    is_kept = KeptTime(at.weekday(), at.hour, at.minute) in kept
    words = (
        _tr("No longer my time: {weekday}, {time}") if is_kept else _tr("Keep as my time: {weekday}, {time}")
    )
    return words.format(weekday=weekday, time=hour_of(wall)), is_kept


def posts_by_day(taken: Sequence[datetime], zone: str) -> dict[date, int]:
    """How many posts go out on which day there."""
    found: dict[date, int] = {}
    for at in taken:
        there = local(at, zone).date()
        found[there] = found.get(there, 0) + 1
    return found
