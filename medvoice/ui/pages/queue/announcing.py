"""Spoken at once: what newly waits for the person, wherever they are in the window."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from medvoice.ui.models.queue_rows import QueueSnapshot


def announce_new(source: QWidget, before: QueueSnapshot, now: QueueSnapshot) -> None:
    """Say each post that did not need the person before and does now (look.md 8: held is assertive)."""
    known = {row.id for row in before.rows if row.needs_you}
    for row in now.rows:
        if row.needs_you and row.id not in known:
            event = QAccessibleAnnouncementEvent(source, f"{row.look.word}: {row.title}. {row.line}")
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)
