"""Moments in words: weekday, date and 24-hour time where the person is. Pure but for the locale."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.clock import zone as zone_of
from medvoice.domain.errors import UserError


def _tr(text: str) -> str:
    return QCoreApplication.translate("moments", text)


def local(at: datetime, zone_name: str) -> datetime:
    """The instant in an IANA zone; in UTC when this computer does not know the zone."""
    try:
        return at.astimezone(zone_of(zone_name))
    except UserError:
        return at.astimezone(ZoneInfo("UTC"))


def clock_time(at: datetime, zone_name: str) -> str:
    """ "08:10"."""
    return local(at, zone_name).strftime("%H:%M")


def clock_seconds(at: datetime, zone_name: str) -> str:
    """ "08:10:02", for what happened one after the other."""
    return local(at, zone_name).strftime("%H:%M:%S")


def day(at: datetime, zone_name: str, now: datetime) -> str:
    """ "Thu 12 Nov", with the year when it is another one."""
    there = local(at, zone_name)
    pattern = "ddd d MMM" if there.year == local(now, zone_name).year else "ddd d MMM yyyy"
    return QLocale().toString(QDate(there.year, there.month, there.day), pattern)


def moment(at: datetime, zone_name: str, now: datetime, home_zone: str = "") -> str:
    """ "Thu 12 Nov, 08:10"; the zone's city is added when it is not where the person is."""
    words = _tr("{day}, {time}").format(day=day(at, zone_name, now), time=clock_time(at, zone_name))
    words += which_of_two(at, zone_name)
    if home_zone and local(at, zone_name).utcoffset() != local(at, home_zone).utcoffset():
        words += f" {city(zone_name)}"
    return words


def short_moment(wall: str, zone_name: str, home_zone: str) -> str:
    """ "Tue 17 Nov, 08:10" for a wall time `YYYY-MM-DD HH:MM`; with the city when it is another zone."""
    words = QLocale().toString(QDateTime.fromString(wall[:16], "yyyy-MM-dd HH:mm"), "ddd d MMM, HH:mm")
    words += _which_of_two(wall, zone_name) if zone_name else ""
    return words if zone_name == home_zone else f"{words} {city(zone_name)}"


def which_of_two(at: datetime, zone_name: str) -> str:
    """ " CET" for a moment whose hour comes twice that night, as the clocks go back; "" for all others."""
    there = local(at, zone_name)
    if there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset():
        return ""
    name = there.tzname() or ""
    return f" {name}" if name.isalpha() else f" UTC{there:%z}"


def _which_of_two(wall: str, zone_name: str) -> str:
    try:
        return which_of_two(wall_to_utc(wall, zone_name), zone_name)
    except UserError:  # not readable, or skipped by the clocks: as it stands
        return ""


def spoken(at: datetime, zone_name: str) -> str:
    """ "Tuesday 17 November, 08:10", to be read aloud."""
    there = local(at, zone_name)
    words = QLocale().toString(QDate(there.year, there.month, there.day), "dddd d MMMM")
    return _tr("{day}, {time}").format(day=words, time=there.strftime("%H:%M")) + which_of_two(at, zone_name)


def city(zone_name: str) -> str:
    """ "Berlin" of "Europe/Berlin"."""
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


def days_left(until: datetime, now: datetime) -> str:
    """ "in 39 days", "tomorrow", "today" or "ended", counted by the calendar (UTC)."""
    days = (until.date() - now.date()).days
    if until <= now:
        return _tr("ended")
    if days == 0:
        return _tr("today")
    return _tr("tomorrow") if days == 1 else _tr("in {n} days").format(n=days)
