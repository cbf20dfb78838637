"""The calm line about posts that wait for an embargo; Calendar and Queue show the same."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from medvoice.ui.bridge import Bridge
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.notice_line import NoticeLine

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

# More ends than these are for the events of Network.
LINES = 3


class EmbargoLine(NoticeLine):
    """What waits, and for when."""

    def __init__(self, theme: Theme, bridge: Bridge, parent: QWidget, *, has_rule: bool = True) -> None:
        super().__init__(theme, bridge, parent, "embargo_line", "lock", read_lines, has_rule=has_rule)


def read_lines(desk: "Desk") -> tuple[str, ...]:
    """The lines, the next end first. Work lane. Raises StorageError."""
    from medvoice.ui.models.events_data import load_waits, wait_words

    waits = load_waits(desk)
    if not waits:
        return ()
    zone, now = desk.identity.get().zone, desk.clock.now()
    return tuple(wait_words(each, zone, now) for each in waits[:LINES])
