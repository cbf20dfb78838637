"""The first 72 hours below a post, in words. Pure but for the locale."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.ui.models.moments import moment

if TYPE_CHECKING:
    from medvoice.services.comment_watch import Watch
    from medvoice.ui.bridge import Desk
    from medvoice.ui.models.queue_story import Story

NAMED = 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("watch_words", text)


def watch_words(story: "Story") -> str:
    """For the pane of one post: when to look next, and why it matters. "" when the watch is over."""
    watch = story.watch
    if watch is None or watch.next_at is None:
        return ""
    if watch.is_due(story.now):
        words = _tr("Look at its comments now.")
    else:
        words = _tr("Look at its comments next on {moment}.").format(
            moment=moment(watch.next_at, story.zone, story.now)
        )
    return words + " " + _tr("A side effect told there counts from when you could read it.")


def line_words(watches: "tuple[Watch, ...]", now: datetime) -> str:
    """For the top of the queue: the posts whose comments are to be looked at now, "" for none."""
    due = list(dict.fromkeys(each.delivery.title for each in watches if each.is_due(now)))
    if not due:
        return ""
    named = ", ".join(_tr("“{title}”").format(title=title) for title in due[:NAMED])
    if len(due) > NAMED:
        named = _tr("{named} and {n} more").format(named=named, n=len(due) - NAMED)
    return _tr("Look at the comments of {named}.").format(named=named)


def read_line(desk: "Desk") -> tuple[str, ...]:
    """The line, if there is one. Work lane. Raises StorageError."""
    words = line_words(desk.queueing.comments.list(), desk.clock.now())
    return (words,) if words else ()
