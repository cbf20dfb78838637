"""Embargoes in words: until when, there and where the person is. Pure but for the locale."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from medvoice.domain.congress import Abstract, Event, Kind, Session
from medvoice.domain.embargo import Lift
from medvoice.ui.models.moments import city, day, local, moment, which_of_two

# What a person chooses from: the kinds of the domain, and "not known yet".
KIND_CHOICES = ("regular", "late_breaking", "session", "fixed", "unknown")


def _tr(text: str) -> str:
    return QCoreApplication.translate("embargo_words", text)


def kind_words() -> dict[str, str]:
    """How an embargo is fixed, as a choice."""
    return {
        "regular": _tr("Regular abstract"),
        "late_breaking": _tr("Late-breaking"),
        "session": _tr("Start of its session"),
        "fixed": _tr("A fixed time"),
        "unknown": _tr("Not known yet"),
    }


def covers_words(kinds: Sequence[Kind]) -> str:
    """ "2 regular, 1 late-breaking": how many abstracts of each kind."""
    names: dict[Kind, str] = {
        "regular": _tr("{n} regular"),
        "late_breaking": _tr("{n} late-breaking"),
        "session": _tr("{n} until the session"),
        "fixed": _tr("{n} with a fixed time"),
    }
    return ", ".join(names[kind].format(n=kinds.count(kind)) for kind in dict.fromkeys(kinds))


def style_words() -> dict[str, str]:
    """Whose rules an event follows, and what they say."""
    return {
        "asco": _tr(
            "Regular abstracts: 17:00 Eastern time on the day of release. Late-breaking: 07:00 Central time"
            " on the day they are presented. As read in 2024: please compare with this year's policy."
        ),
        "esmo": _tr(
            "At the start of the official session, posts included. As read in 2024: please compare with this"
            " year's policy."
        ),
        "own": _tr("At the start of its session, unless you give a time. MedVoice never guesses."),
    }


def policy_words() -> dict[str, str]:
    """What an event says of posting or of photographs."""
    return {
        "allowed": _tr("Allowed"),
        "ask": _tr("Ask first"),
        "no": _tr("Not allowed"),
        "unknown": _tr("Not looked up yet"),
    }


def day_text(on: date, pattern: str) -> str:
    """A day in the person's language; `pattern` is Qt's ("ddd d MMM yyyy")."""
    return QLocale().toString(QDate(on.year, on.month, on.day), pattern)


def days_words(event: Event, *, is_long: bool = False) -> str:
    """ "17 to 20 Nov 2026", or "Tue 17 to Fri 20 Nov 2026"; months and years only where they differ."""
    first, last = event.starts_on, event.ends_on
    week = "ddd " if is_long else ""
    end = day_text(last, f"{week}d MMM yyyy")
    if first == last:
        return end
    if first.year != last.year:
        start = day_text(first, f"{week}d MMM yyyy")
    else:
        start = day_text(first, f"{week}d" if first.month == last.month else f"{week}d MMM")
    return _tr("{first} to {last}").format(first=start, last=end)


def place_words(event: Event, *, is_long: bool = False) -> str:
    """ "Vienna, 17 to 20 Nov 2026"."""
    return ", ".join(each for each in (event.place, days_words(event, is_long=is_long)) if each)


def lift_words(lift: Lift, now: datetime) -> str:
    """ "Thu 19 Nov, 09:00 Vienna", as the congress says it; what is missing where it is not known."""
    if lift.at is None:
        return why_unknown(lift)
    words = f"{day(lift.at, lift.zone, now)}, {local(lift.at, lift.zone):%H:%M}"
    return f"{words}{which_of_two(lift.at, lift.zone)} {city(lift.zone)}"


def why_unknown(lift: Lift) -> str:
    """What has to be known first."""
    if lift.why == "release_missing":
        return _tr("Not known: the day of release is missing")
    return _tr("Not known: its session is missing")


def is_elsewhere(lift: Lift, home: str) -> bool:
    """Whether clocks show another time where the person is when the embargo ends."""
    return lift.at is not None and local(lift.at, lift.zone).utcoffset() != local(lift.at, home).utcoffset()


def for_you(lift: Lift, home: str, now: datetime) -> str:
    """The same moment where the person is."""
    if lift.at is None:
        return _tr("Posts stay locked until then")
    if not is_elsewhere(lift, home):
        return _tr("Same time as you")
    return f"{moment(lift.at, home, now)} {city(home)}"


def until_words(lift: Lift, home: str, now: datetime) -> str:
    """ "Thu 19 Nov, 07:00 Chicago, 14:00 where you are": both zones where they differ."""
    words = lift_words(lift, now)
    if lift.at is None or not is_elsewhere(lift, home):
        return words
    there, here = local(lift.at, lift.zone), local(lift.at, home)
    when = f"{here:%H:%M}" if there.date() == here.date() else moment(lift.at, home, now)
    return _tr("{moment}, {time} where you are").format(moment=words, time=when)


def short_until(lift: Lift, home: str, now: datetime) -> str:
    """ "Until Thu 19 Nov, 14:00", by the person's own clock; what is missing where it is not known."""
    if lift.at is None:
        return why_unknown(lift)
    return _tr("Until {moment}").format(moment=moment(lift.at, home, now))


def plain_until(lift: Lift, home: str, now: datetime) -> str:
    """ "19 Nov, 09:00" where the person is, as short as a button needs it; "" while it is not known."""
    if lift.at is None:
        return ""
    here = local(lift.at, home)
    pattern = "d MMM" if here.year == local(now, home).year else "d MMM yyyy"
    return f"{day_text(here.date(), pattern)}, {here:%H:%M}{which_of_two(lift.at, home)}"


def abstract_name(abstract: Abstract) -> str:
    """ "LBA3 A registry of 400"."""
    return f"{abstract.number} {abstract.title}" if abstract.number else abstract.title


def choice_of(abstract: Abstract, style: str) -> str:
    """Which of KIND_CHOICES an abstract is: one that waits for a session nobody named is not known yet."""
    needs_session = abstract.kind == "session" or (abstract.kind != "fixed" and style != "asco")
    if abstract.kind == "session" and needs_session and not abstract.session_id:
        return "unknown"
    return abstract.kind


def session_words(session: Session) -> str:
    """ "Thu 19 Nov, 09:00 Registry studies"."""
    on = date.fromisoformat(session.wall[:10])
    return f"{day_text(on, 'ddd d MMM')}, {session.wall[11:16]} {session.title}"
