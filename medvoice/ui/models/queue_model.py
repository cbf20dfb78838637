"""The queue as a Qt list: section headings and rows, filled from a snapshot made on the work lane."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from medvoice.ui.models.queue_groups import GroupRow, grouped
from medvoice.ui.models.queue_rows import SECTIONS, QueueRow

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SECTION_ROLE = ROW_ROLE + 1
GROUP_ROLE = ROW_ROLE + 2
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


def section_title(section: str) -> str:
    """The heading of a section."""
    names = {
        "needs": QCoreApplication.translate("queue_model", "Needs attention"),
        "now": QCoreApplication.translate("queue_model", "Publishing now"),
        "scheduled": QCoreApplication.translate("queue_model", "Scheduled"),
        "published": QCoreApplication.translate("queue_model", "Published"),
        "cancelled": QCoreApplication.translate("queue_model", "Cancelled"),
    }
    return names[section]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: not selectable. A draft on two networks counts once."""

    section: str
    count: int

    @property
    def title(self) -> str:
        return section_title(self.section)


Item = Heading | GroupRow | QueueRow


class QueueModel(QAbstractListModel):
    """Headings, groups and rows. `data(ROW_ROLE)` is a QueueRow or None, `data(GROUP_ROLE)` a GroupRow or
    None, `data(SECTION_ROLE)` a Heading or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []

    def set_rows(self, rows: tuple[QueueRow, ...]) -> bool:
        """Show these rows. True when the list was rebuilt, so that a selection has to be set again; rows
        that only changed inside are repainted in place."""
        items = with_headings(rows)
        if items == self._items:
            return False
        if [key_of(item) for item in items] == [key_of(item) for item in self._items]:
            changed = [at for at, item in enumerate(items) if item != self._items[at]]
            self._items = items
            for at in changed:
                self.dataChanged.emit(self.index(at), self.index(at))
            return False
        self.beginResetModel()
        self._items = items
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        if role == ROW_ROLE:
            return item if isinstance(item, QueueRow) else None
        if role == SECTION_ROLE:
            return item if isinstance(item, Heading) else None
        if role == GROUP_ROLE:
            return item if isinstance(item, GroupRow) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.rows[0].title if isinstance(item, GroupRow) else item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title}, {item.count}" if isinstance(item, Heading) else item.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def row_at(self, index: Index) -> QueueRow | None:
        """The row behind an index; None for a heading, a group or nothing."""
        return self.data(index, ROW_ROLE)

    def group_at(self, index: Index) -> GroupRow | None:
        """The group behind an index; None for anything else."""
        return self.data(index, GROUP_ROLE)

    def index_of(self, entry_id: str) -> QModelIndex:
        """The index of a delivery or a group, invalid when it is not shown."""
        for at, item in enumerate(self._items):
            if not isinstance(item, Heading) and item.id == entry_id:
                return self.index(at)
        return QModelIndex()


def with_headings(rows: tuple[QueueRow, ...]) -> list[Item]:
    """Rows in the order of SECTIONS, each section behind its heading; empty sections have none."""
    items: list[Item] = []
    for section in SECTIONS:
        inside = grouped([row for row in rows if row.section == section])
        if inside:
            count = sum(not (isinstance(item, QueueRow) and item.member_at) for item in inside)
            items += [Heading(section, count), *inside]
    return items


def key_of(item: Item) -> str:
    """What makes two items the same entry of the list."""
    if isinstance(item, Heading):
        return f"#{item.section}"
    return item.id if isinstance(item, GroupRow) else f"{item.section}/{item.id}/{item.member_at}"
