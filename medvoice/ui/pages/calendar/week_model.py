"""The hours of a week as a table, for the view and for screen readers."""

from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from medvoice.domain.clock import zone as zone_of
from medvoice.ui.models.calendar_data import CalendarSnapshot, Card, day_words
from medvoice.ui.models.calendar_days import Span, day_name
from medvoice.ui.models.calendar_hours import free_title
from medvoice.ui.models.calendar_zones import there

Index = QModelIndex | QPersistentModelIndex
HOURS = 24


class WeekModel(QAbstractTableModel):
    """24 hours of seven days. The accessible text of an hour names its day, itself and its cards."""

    def __init__(self, span: Span, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.period = span
        self.snapshot: CalendarSnapshot | None = None

    def show_span(self, span: Span) -> None:
        """Another week."""
        self.beginResetModel()
        self.period = span
        self.endResetModel()

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """What stands in it."""
        self.snapshot = snapshot
        self.dataChanged.emit(self.index(0, 0), self.index(HOURS - 1, 6))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else HOURS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return day_name(self.period.days[section], "ddd d")
        return f"{section:02}:00"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        day = self.period.days[index.column()]
        snapshot = self.snapshot
        cards = self.cards_in(day, index.row())
        bands = snapshot.bands if snapshot else ()
        said = day_words(day, cards, bands, snapshot.zone if snapshot else "UTC")
        hour = f"{datetime.combine(day, time(index.row())):%H:%M}"
        extra = [*self._there(day, index.row()), *self._free(day, index.row())]
        return ", ".join([hour, *extra, said, *(card.spoken for card in cards)])

    def _free(self, day: date, hour: int) -> list[str]:
        """That a time of the person's is free in it."""
        worth = self.snapshot.worth if self.snapshot else None
        here = f"{day.isoformat()} {hour:02}"
        found = [wall for wall in worth.free if wall.startswith(here)] if worth else []
        return [f"{free_title(worth.kind)} {wall[11:16]}" for wall in found] if worth else []

    def _there(self, day: date, hour: int) -> list[str]:
        """What hour that is for the readers, where it is another one."""
        snapshot = self.snapshot
        if snapshot is None or not snapshot.audience:
            return []
        naive = datetime.combine(day, time(hour))
        found = there(naive.replace(tzinfo=zone_of(snapshot.zone)), snapshot.zone, snapshot.audience)
        return [found.words] if found is not None else []

    def cards_in(self, day: date, hour: int) -> tuple[Card, ...]:
        """The cards that begin in an hour of a day."""
        if self.snapshot is None:
            return ()
        return tuple(card for card in self.snapshot.on(day) if card.minute // 60 == hour)
