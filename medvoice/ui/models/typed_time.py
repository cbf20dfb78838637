"""A moment as a person types it: "tomorrow 8:10", "Thu 12:00", "in 2 hours", "17 Nov". Pure but for the
locale's names of days and months."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS_EN = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# "8:10", "8.10", "8h10", "08:10", with or without am or pm; a bare hour needs "am" or "at" before it.
CLOCK = re.compile(r"\b(?P<h>\d{1,2})\s*(?:[:.h]\s*(?P<m>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?(?!\w)")
FOUR = re.compile(r"^(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)$")
ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
DOTTED = re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4}))?(?!\d)")
SLASHED = re.compile(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}))?\b")
IN = re.compile(r"\bin\s+(?:(?P<n>\d{1,3})|an?|half an)\s*(?P<unit>min|hour|h\b|day|week)[a-z]*")
WORD_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
ENOUGH = 3  # letters of a day or month that are enough


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood, as wall time without a zone; seconds are zero. `has_time` is False when only a day
    was typed and the hour was kept."""

    at: datetime
    has_time: bool = True


def read_typed(text: str, now: datetime, kept: time) -> Typed | None:
    """The moment meant by `text`, None when there is none in it.

    `now` is the present wall time, naive, in the zone that is meant; `kept` is the hour for a day without
    one. A time without a day is the next such moment. A day without a year is the next such day. A past day
    that was named in full is returned as it is: refusing it is the caller's.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    relative = IN.search(words)
    if relative is not None:
        return _relative(relative, words, now, kept)
    day, rest = _read_day(words, now.date())
    clock = _read_clock(rest)
    if day is None and clock is None:
        return None
    if clock is None and _has_leftovers(rest):
        return None
    if day is None:
        assert clock is not None
        at = datetime.combine(now.date(), clock)
        return Typed(at if at > now else at + timedelta(days=1))
    return Typed(datetime.combine(day, clock or kept), clock is not None)


def read_clock(text: str) -> time | None:
    """The time of day meant by `text` alone ("8:10", "8 pm", "noon"), None when it is none or says more."""
    return _read_clock(" ".join(text.lower().split()))


def _relative(match: re.Match[str], words: str, now: datetime, kept: time) -> Typed:
    count = int(match["n"]) if match["n"] else 1
    unit = match["unit"]
    if unit == "min":
        return Typed(_minute(now + timedelta(minutes=count)))
    if unit in ("hour", "h"):
        minutes = 30 if "half an" in match[0] else 60 * count
        return Typed(_minute(now + timedelta(minutes=minutes)))
    day = now.date() + timedelta(days=count * (7 if unit == "week" else 1))
    clock = _read_clock(words.replace(match[0], " "))
    return Typed(datetime.combine(day, clock or kept), clock is not None)


def _minute(at: datetime) -> datetime:
    """The whole minute that is not before `at`."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def _read_day(words: str, today: date) -> tuple[date | None, str]:
    """The day that is named and the words without it."""
    for read in (_iso, _dotted, _slashed, _month_named, _weekday_named, _day_word):
        found, rest = read(words, today)
        if found is not None:
            return found, rest
    return None, words


def _iso(words: str, _today: date) -> tuple[date | None, str]:
    match = ISO.search(words)
    return _made(match, words, match and (match["y"], match["m"], match["d"]))


def _dotted(words: str, today: date) -> tuple[date | None, str]:
    match = DOTTED.search(words)
    if match is None:
        return None, words
    return _made(match, words, (match["y"], match["m"], match["d"]), today)


def _slashed(words: str, today: date) -> tuple[date | None, str]:
    """Day and month in the order of the person's language; the other way round where only that can be."""
    match = SLASHED.search(words)
    if match is None:
        return None, words
    first, second = match["a"], match["b"]
    pattern = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    is_month_first = pattern.find("M") < pattern.find("d")
    if int(first) > 12 or (not is_month_first and int(second) <= 12):
        return _made(match, words, (match["y"], second, first), today)
    return _made(match, words, (match["y"], first, second), today)


def _month_named(words: str, today: date) -> tuple[date | None, str]:
    """ "17 Nov", "Nov 17", "17 November 2026", "17. Nov."; a weekday beside it is not looked at."""
    names = _names(MONTHS_EN, [QLocale().monthName(at).lower() for at in range(1, 13)])
    for match in re.finditer(r"[^\W\d_]+", words):
        month = _known(match[0], names)
        if month is None:
            continue
        around = re.compile(
            rf"(?:\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+)?{re.escape(match[0])}\.?"
            r"(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d:.h]|\s*(?:am|pm)\b))?(?:\s+(?P<y>20\d{2})\b)?"
        )
        found = around.search(words)
        number = found and (found["d1"] or found["d2"])
        if not found or not number:
            continue
        day, rest = _made(found, words, (found["y"], str(month + 1), number), today)
        if day is not None:
            return day, _without_weekday(rest)
    return None, words


def _weekday_named(words: str, today: date) -> tuple[date | None, str]:
    """ "Thu" is the next Thursday, "next Thu" that of the week after this one."""
    names = _names(DAYS_EN, [QLocale().dayName(at).lower() for at in range(1, 8)])
    for match in re.finditer(r"(?P<next>\bnext\s+)?(?P<name>[^\W\d_]+)\.?", words):
        weekday = _known(match["name"], names)
        if weekday is None:
            continue
        ahead = (weekday - today.weekday()) % 7 or 7
        if match["next"]:
            ahead = 7 - today.weekday() + weekday
        return today + timedelta(days=ahead), _cut(words, match)
    return None, words


def _without_weekday(words: str) -> str:
    _day, rest = _weekday_named(words, date(2000, 1, 3))
    return rest


def _day_word(words: str, today: date) -> tuple[date | None, str]:
    after = ("day after tomorrow", _tr("day after tomorrow").lower())
    tomorrow = ("tomorrow", "tmrw", _tr("tomorrow").lower())
    today_words = ("today", _tr("today").lower())
    for days, names in ((2, after), (1, tomorrow), (0, today_words)):
        for name in names:
            match = re.search(rf"\b(?:the\s+)?{re.escape(name)}\b", words)
            if match is not None:
                return today + timedelta(days=days), _cut(words, match)
    return None, words


def _read_clock(words: str) -> time | None:
    """The hour that is named; None where there is none or it cannot be."""
    for name, moment in WORD_TIMES.items():
        if re.search(rf"\b{name}\b", words):
            return moment
    bare = re.sub(r"\b(?:at|um|à|by|o'clock)\b", " ", words).strip()
    four = FOUR.match(bare)
    if four is not None:
        return time(int(four["h"]), int(four["m"]))
    match = CLOCK.search(bare)
    if match is None or _has_leftovers(_cut(bare, match)):
        return None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = (match["half"] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _has_leftovers(words: str) -> bool:
    """Whether something was typed that nobody understood: better asked again than guessed."""
    return bool(re.sub(r"\b(?:at|on|the|this|next|um|am|den)\b|\W", "", words))


def _names(english: tuple[str, ...], local: list[str]) -> list[tuple[str, ...]]:
    return [(one, other.rstrip(".")) for one, other in zip(english, local, strict=True)]


def _known(word: str, names: list[tuple[str, ...]]) -> int | None:
    """Which name begins with `word`, three letters at least; None where none or several do."""
    if len(word) < ENOUGH:
        return None
    found = {at for at, both in enumerate(names) if any(name.startswith(word) for name in both)}
    return found.pop() if len(found) == 1 else None


def _made(
    match: re.Match[str] | None,
    words: str,
    parts: tuple[str | None, str, str] | None,
    today: date | None = None,
) -> tuple[date | None, str]:
    """The date of year, month and day; without a year the next such day that `today` does not lie behind."""
    if match is None or parts is None:
        return None, words
    year, month, day = parts
    years = [int(year)] if year else [today.year, today.year + 1] if today else []
    for each in years:
        try:
            made = date(each, int(month), int(day))
        except ValueError:
            continue
        if year or today is None or made >= today:
            return made, _cut(words, match)
    return None, words


def _cut(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()]} {words[match.end() :]}".strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("typed_time", text)
