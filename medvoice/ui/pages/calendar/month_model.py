"""The days of a month as a table of weeks, for the view and for screen readers."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from medvoice.ui.models.calendar_data import CalendarSnapshot, Card, day_words
from medvoice.ui.models.calendar_days import Span, day_name

Index = QModelIndex | QPersistentModelIndex
DAY_ROLE = Qt.ItemDataRole.UserRole + 1


class MonthModel(QAbstractTableModel):
    """The weeks a month touches. DAY_ROLE gives the date, the accessible text what is said of the day."""

    def __init__(self, span: Span, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.period = span
        self.snapshot: CalendarSnapshot | None = None

    def show_span(self, span: Span) -> None:
        """Other days; what was read of them follows with `show_snapshot`."""
        self.beginResetModel()
        self.period = span
        self.endResetModel()

    def show_snapshot(self, snapshot: CalendarSnapshot) -> None:
        """What stands on the days."""
        self.snapshot = snapshot
        self.dataChanged.emit(self.index(0, 0), self.index(self.weeks - 1, 6))

    @property
    def weeks(self) -> int:
        """How many weeks are shown."""
        return len(self.period.days) // 7

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self.weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return day_name(self.period.days[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day_at(index)
        if day is None:
            return None
        if role == DAY_ROLE:
            return day
        if role == Qt.ItemDataRole.AccessibleTextRole:
            bands = self.snapshot.bands if self.snapshot else ()
            said = day_words(day, self.cards_on(day), bands, self.snapshot.zone if self.snapshot else "UTC")
            return ", ".join([said, *self._suggested(day)])
        return None

    def _suggested(self, day: date) -> list[str]:
        """What is missing and suggested for a day, and which times of the person's are free."""
        if self.snapshot is None:
            return []
        here = day.isoformat()
        gaps = [gap for gap in self.snapshot.gaps if gap.slot and gap.slot.wall.startswith(here)]
        said = [self.tr("suggested: {topic}").format(topic=gap.topic.name) for gap in gaps]
        clocks = " ".join(self.snapshot.worth.open.get(day, ()))
        return [*said, *([self.tr("your time, free: {time}").format(time=clocks)] if clocks else [])]

    def day_at(self, index: Index) -> date | None:
        """The day of an index."""
        return self.period.days[index.row() * 7 + index.column()] if index.isValid() else None

    def index_of(self, day: date) -> QModelIndex:
        """The index of a day; none outside the span."""
        at = (day - self.period.first).days
        return self.index(at // 7, at % 7) if 0 <= at < 7 * self.weeks else QModelIndex()

    def cards_on(self, day: date) -> tuple[Card, ...]:
        """The cards of a day."""
        return self.snapshot.on(day) if self.snapshot else ()
