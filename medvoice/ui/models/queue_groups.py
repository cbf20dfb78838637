"""Parts of one draft that go out together stand together: a row for the draft, one for each network below."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.queue_actions import Action
from medvoice.ui.models.queue_rows import QueueRow

# What can be done with all parts at once, where every part offers it: key of the parts, key, words, icon.
SHARED = (
    ("choose_time", "choose_time_all", "Change time of all", "calendar-clock"),
    ("pause", "pause_all_of", "Pause all of it", "pause"),
    ("resume", "resume_all_of", "Resume all of it", "play"),
    ("unschedule", "unschedule_all", "Unschedule all of it", "ban"),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("queue_groups", text)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A draft whose parts stand below it. `rows` are those parts, two or more, of one section and minute."""

    rows: tuple[QueueRow, ...]

    @property
    def id(self) -> str:
        return group_key(self.rows[0])

    @property
    def lead(self) -> QueueRow:
        """The part that shows when the draft is chosen: the first that is not simply on its way."""
        uneasy = [row for row in self.rows if row.look.kind in ("danger", "warn")]
        return (uneasy or list(self.rows))[0]

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done with all parts at once."""
        made = [
            Action(key, _tr(words), icon)
            for each, key, words, icon in SHARED
            if all(each in {action.key for action in row.actions} for row in self.rows)
        ]
        return (*made, Action("open_draft", _tr("Open the draft"), "pencil"))

    @property
    def spoken(self) -> str:
        """What a screen reader says: what, when, and each network with its state."""
        first = self.rows[0]
        parts = [f"{CHANNEL_NAMES[row.channel]}, {row.look.word}" for row in self.rows]
        return "; ".join([f"{first.title}, {first.day}, {first.time}", *parts])


def group_key(row: QueueRow) -> str:
    """What rows of one group share."""
    return f"g:{row.section}:{row.delivery.draft_id}:{row.delivery.due_at.isoformat()}"


def grouped(rows: Sequence[QueueRow]) -> list[GroupRow | QueueRow]:
    """Rows in their order, with those of one draft, section and minute behind a row of their own. Rows of a
    group follow each other already (queue_rows.in_order)."""
    items: list[GroupRow | QueueRow] = []
    at = 0
    while at < len(rows):
        same = [row for row in rows[at:] if group_key(row) == group_key(rows[at])]
        if len(same) > 1:
            members = [
                replace(row, member_at=place + 1, member_of=len(same)) for place, row in enumerate(same)
            ]
            items += [GroupRow(tuple(members)), *members]
        else:
            items.append(rows[at])
        at += len(same)
    return items
