"""The sentence about sign-ins that end soon."""

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.moments import day, days_left
from medvoice.ui.models.queue_rows import QueueSnapshot


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_reminder", text)


def reminder_words(snapshot: QueueSnapshot) -> str:
    """What ends when, and which posts wait beyond it; "" for nothing."""
    said: list[str] = []
    for each in snapshot.endings:
        words = _tr("Your sign-in to {channel} ends {when}, on {day}.").format(
            channel=CHANNEL_NAMES[each.account.network],
            when=days_left(each.ends_at, snapshot.now),
            day=day(each.ends_at, snapshot.zone, snapshot.now),
        )
        if each.waiting == 1:
            words += " " + _tr("1 post is planned after that.")
        elif each.waiting:
            words += " " + _tr("{n} posts are planned after that.").format(n=each.waiting)
        said.append(words)
    return " ".join(said)
