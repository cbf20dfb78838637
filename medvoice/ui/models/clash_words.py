"""What a post would clash with, in a sentence each."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.moments import clock_time, moment

if TYPE_CHECKING:
    from medvoice.services.clashes import Clash

MOST = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("clash_words", text)


def clash_sentences(clashes: "Sequence[Clash]", zone: str, now: datetime) -> tuple[str, ...]:
    """The gravest first, one sentence each, at most MOST and then how many more there are."""
    found = tuple(dict.fromkeys(_sentence(each, zone, now) for each in clashes))
    if len(found) <= MOST:
        return found
    return (*found[:MOST], _tr("{n} more posts are close by.").format(n=len(found) - MOST))


def _sentence(clash: "Clash", zone: str, now: datetime) -> str:
    name, title = CHANNEL_NAMES[clash.channel], clash.title or _tr("Untitled")
    if clash.kind == "many":
        words = _tr("With this one {n} posts go to {network} on that day.")
        return words.format(n=clash.count, network=name)
    if clash.kind == "alike":
        words = _tr("{share} of it stands in “{title}” too ({moment}). {network} may refuse the second one.")
        when = moment(clash.at, zone, now) if clash.at else ""
        return words.format(share=f"{round(clash.share * 100)}%", title=title, moment=when, network=name)
    when = clock_time(clash.at, zone) if clash.at else ""
    if clash.kind == "same_hour":
        words = _tr("“{title}” goes to {network} within the same hour, at {time}.")
    else:
        words = _tr("“{title}” goes to {network} close by, at {time}.")
    return words.format(title=title, network=name, time=when)
