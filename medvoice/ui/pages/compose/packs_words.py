"""Against which rules a text was checked, and how long ago, in words. Pure but for the words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

if TYPE_CHECKING:
    from medvoice.domain.finding import PackRef
    from medvoice.services.standing import ChannelStanding

MINUTE_S, HOUR_S = 60, 3600


def _tr(text: str) -> str:
    return QCoreApplication.translate("Packs", text)


def packs_of(standings: "Sequence[ChannelStanding]") -> "tuple[PackRef, ...]":
    """The packs in force for these channels, each once."""
    packs = {pack.id: pack for each in standings for pack in each.result.packs}
    return tuple(packs.values())


def on_day(day: date) -> str:
    """ "12 Nov 2026"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def rules_line(packs: "Sequence[PackRef]") -> str:
    """ "EU, UK, US rules of 12 Nov 2026": regions by name, the date of the newest; "" for none."""
    if not packs:
        return ""
    names = [pack.id.upper() for pack in packs if pack.id != "core"]
    newest = on_day(max(pack.effective for pack in packs))
    if not names:
        return _tr("general rules of {day}").format(day=newest)
    return _tr("{regions} rules of {day}").format(regions=", ".join(names), day=newest)


def regions_line(packs: "Sequence[PackRef]") -> str:
    """The same without its date: "EU, UK, US rules"; "" for none."""
    names = [pack.id.upper() for pack in packs if pack.id != "core"]
    if not names:
        return _tr("general rules") if packs else ""
    return _tr("{regions} rules").format(regions=", ".join(names))


def review_words(packs: "Sequence[PackRef]") -> str:
    """What the person has to know of how far the rules were looked at; "" for nothing."""
    words: list[str] = []
    if any(pack.review_state == "draft" for pack in packs):
        words.append(_tr("Draft rules, no legal review."))
    if any(pack.is_stale for pack in packs):
        words.append(_tr("Some rules are past their review date."))
    return " ".join(words)


def rules_tooltip(packs: "Sequence[PackRef]") -> str:
    """Each pack on a line of its own: title, version, since when."""
    return "\n".join(
        _tr("{title}, {version}, in force since {day}").format(
            title=pack.title, version=pack.version, day=on_day(pack.effective)
        )
        for pack in packs
    )


def age(checked_at: datetime, now: datetime) -> str:
    """ "now", "5 s ago", "3 min ago", then the time of day."""
    age_s = int((now - checked_at).total_seconds())
    if age_s < 2:
        return _tr("now")
    if age_s < MINUTE_S:
        return _tr("{n} s ago").format(n=age_s)
    if age_s < HOUR_S:
        return _tr("{n} min ago").format(n=age_s // MINUTE_S)
    return _tr("at {time}").format(time=checked_at.astimezone().strftime("%H:%M"))
