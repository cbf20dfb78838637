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

from medvoice.ui.models.queue_rows import SECTIONS, QueueRow, QueueSnapshot

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SECTION_ROLE = ROW_ROLE + 1
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
    """A section heading: not selectable."""

    section: str
    count: int

    @property
    def title(self) -> str:
        return section_title(self.section)


class QueueModel(QAbstractListModel):
    """Headings and rows. `data(ROW_ROLE)` is a QueueRow or None, `data(SECTION_ROLE)` a Heading or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Heading | QueueRow] = []

    def set_snapshot(self, snapshot: QueueSnapshot) -> bool:
        """Show a snapshot. True when the list was rebuilt, so that a selection has to be set again; rows
        that only changed inside are repainted in place."""
        items = with_headings(snapshot.rows)
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
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken if isinstance(item, QueueRow) else f"{item.title}, {item.count}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self._items[index.row()], QueueRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def row_at(self, index: Index) -> QueueRow | None:
        """The row behind an index; None for a heading or nothing."""
        return self.data(index, ROW_ROLE)

    def index_of(self, delivery_id: str) -> QModelIndex:
        """The index of a delivery, invalid when it is not shown."""
        for at, item in enumerate(self._items):
            if isinstance(item, QueueRow) and item.id == delivery_id:
                return self.index(at)
        return QModelIndex()


def with_headings(rows: tuple[QueueRow, ...]) -> list[Heading | QueueRow]:
    """Rows in the order of SECTIONS, each section behind its heading; empty sections have none."""
    items: list[Heading | QueueRow] = []
    for section in SECTIONS:
        inside = [row for row in rows if row.section == section]
        if inside:
            items += [Heading(section, len(inside)), *inside]
    return items


def key_of(item: Heading | QueueRow) -> str:
    """What makes two items the same entry of the list."""
    return f"#{item.section}" if isinstance(item, Heading) else f"{item.section}/{item.id}"
