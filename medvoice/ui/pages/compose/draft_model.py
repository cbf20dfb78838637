"""The drafts as a list in sections: all ids at once, rows when they come into view."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.pages.compose.rows import AT_A_TIME, SECTIONS, ListedDraft, section_title, when_words
from medvoice.ui.strings import number

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
# Rows kept in memory: some twenty screenfuls.
KEPT = 2000


class Head(str):
    """A section's name among the ids."""

    __slots__ = ()


class DraftModel(QAbstractListModel):
    """Heads and draft ids in one flat list. `rows_wanted(ids)` when rows come into view that are not there
    yet; the answer is `put`. UI thread only."""

    rows_wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._heads: list[int] = []
        self._rows: dict[str, ListedDraft] = {}
        self._rank: dict[str, int] = {}
        self._asked: set[str] = set()
        self._waiting: list[str] = []
        self.now = datetime.now(UTC)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._ask_rows)

    # Filling

    def fill(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        rows: Mapping[str, ListedDraft],
        newest: Sequence[str],
        now: datetime,
    ) -> None:
        """Show these sections; `rows` are what is known already, `newest` the order of the newest drafts."""
        self.beginResetModel()
        self._ids, self._heads = [], []
        for section, ids in sections:
            self._heads.append(len(self._ids))
            self._ids.append(Head(section))
            self._ids.extend(ids)
        self._rows = dict(rows)
        self._rank = {draft_id: place for place, draft_id in enumerate(newest)}
        self._asked.clear()
        self._waiting.clear()
        self.now = now
        self.endResetModel()

    def put(self, rows: Iterable[ListedDraft], now: datetime) -> None:
        """Rows that were asked for, or that look different now."""
        self.now = now
        if len(self._rows) > KEPT:
            for old in list(self._rows)[: len(self._rows) - KEPT // 2]:
                del self._rows[old]
                self._asked.discard(old)
        for row in rows:
            self._rows[row.row.id] = row
            self._asked.discard(row.row.id)
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def move(self, draft_id: str, section: str, *, is_first: bool = False) -> None:
        """Bring a draft into a section: to its top, or to the place its last change gives it. One that is
        not in the list is added."""
        at = self.place_of(draft_id)
        if is_first:
            self._rank[draft_id] = min(self._rank.values(), default=0) - 1
        is_there = at >= 0 and self.section_at(at) == section
        if is_there and (not is_first or self.is_head(at - 1)):
            return
        rows_before = len(self._ids)
        head = self._head_for(section)
        if at >= head:
            at += len(self._ids) - rows_before  # a head was made above it
        target = head + 1 if is_first else self._place_in(head, draft_id)
        if at < 0:
            self.beginInsertRows(QModelIndex(), target, target)
            self._ids.insert(target, draft_id)
            self._shift(target, 1)
            self.endInsertRows()
        elif target not in (at, at + 1):
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), target)
            target -= at < target
            self._ids.insert(target, self._ids.pop(at))
            self._shift(at + 1, -1)
            self._shift(target, 1)
            self.endMoveRows()
        self._tidy()

    def remove(self, draft_id: str) -> None:
        """Take a draft out of the list."""
        at = self.place_of(draft_id)
        self._rows.pop(draft_id, None)
        self._asked.discard(draft_id)
        if at >= 0:
            self._take_out(at)
            self._tidy()

    def _take_out(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._ids[at]
        self._heads = [head for head in self._heads if head != at]
        self._shift(at, -1)
        self.endRemoveRows()

    def _shift(self, start: int, by: int) -> None:
        """Heads from a row on moved by so many rows."""
        self._heads = [head + by if head >= start else head for head in self._heads]

    def _head_for(self, section: str) -> int:
        """The row of a section's head, made where it belongs when there is none."""
        names = [self._ids[at] for at in self._heads]
        if section in names:
            return self._heads[names.index(section)]
        order = SECTIONS.index(section)
        later = [at for at, name in zip(self._heads, names, strict=True) if SECTIONS.index(name) > order]
        at = later[0] if later else len(self._ids)
        self.beginInsertRows(QModelIndex(), at, at)
        self._ids.insert(at, Head(section))
        self._shift(at, 1)
        self._heads = sorted([*self._heads, at])
        self.endInsertRows()
        return at

    def _place_in(self, head: int, draft_id: str) -> int:
        rank, at = self._rank.get(draft_id), head + 1
        if rank is None:  # behind the newest: at the end, without a walk through a long section
            return next((each for each in self._heads if each > head), len(self._ids))
        while at < len(self._ids) and not self.is_head(at):
            if self._rank.get(self._ids[at], len(self._ids)) > rank:
                break
            at += 1
        return at

    def _tidy(self) -> None:
        """Take empty heads out and count the others anew."""
        for at in reversed(self._heads):
            if at + 1 == len(self._ids) or self.is_head(at + 1):
                self._take_out(at)
        for at in self._heads:
            self.dataChanged.emit(self.index(at), self.index(at))

    # Looking

    @property
    def heads(self) -> list[int]:
        """The rows of the heads, in order."""
        return self._heads

    def count(self) -> int:
        """How many drafts are in the list."""
        return len(self._ids) - len(self._heads)

    def is_head(self, at: int) -> bool:
        return isinstance(self._ids[at], Head)

    def section_at(self, at: int) -> str:
        """The section a row lies in."""
        return self._ids[self._heads[bisect_right(self._heads, at) - 1]]

    def head_words(self, at: int) -> tuple[str, str]:
        """Title and count of the section whose head stands in a row."""
        following = bisect_right(self._heads, at)
        end = self._heads[following] if following < len(self._heads) else len(self._ids)
        return section_title(self._ids[at]), number(end - at - 1)

    def id_at(self, at: int) -> str:
        """The draft in a row, "" for a head or no row."""
        return "" if not 0 <= at < len(self._ids) or self.is_head(at) else self._ids[at]

    def row_at(self, at: int) -> ListedDraft | None:
        """The row, None for a head and for one that is still on its way."""
        return self._rows.get(self._ids[at])

    def row_of(self, draft_id: str) -> ListedDraft | None:
        """The row of a draft, None where it is not known."""
        return self._rows.get(draft_id)

    def known(self) -> tuple[ListedDraft, ...]:
        """The rows in memory."""
        return tuple(self._rows.values())

    def place_of(self, draft_id: str) -> int:
        """The row of a draft, -1 for none."""
        try:
            return self._ids.index(draft_id)
        except ValueError:
            return -1

    def index_of(self, draft_id: str) -> QModelIndex:
        at = self.place_of(draft_id)
        return self.index(at) if at >= 0 else QModelIndex()

    def next_draft(self, at: int, by: int) -> int:
        """The row of the draft `by` drafts from a row, or of the last one on the way; -1 for none. Heads do
        not count."""
        if not self.count():
            return -1
        before = at - bisect_left(self._heads, at)
        order = min(max(before + by, 0), self.count() - 1)
        for place, head in enumerate(self._heads):
            if head - place > order:
                return order + place
        return order + len(self._heads)

    def want(self, at: int) -> None:
        """A row that is not here is being painted: ask for it and its neighbours."""
        for each in self._ids[max(at - 8, 0) : at + AT_A_TIME]:
            if not isinstance(each, Head) and each not in self._rows and each not in self._asked:
                self._asked.add(each)
                self._waiting.append(each)
        if self._waiting and not self._ask.isActive():
            self._ask.start()

    def _ask_rows(self) -> None:
        waiting, self._waiting = self._waiting[-4 * AT_A_TIME :], []
        for left_out in set(self._asked) - set(waiting) - set(self._rows):
            self._asked.discard(left_out)
        self.rows_wanted.emit(waiting)

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        at = index.row()
        if role == ROW_ROLE:
            return self.row_at(at)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if self.is_head(at):
                # The count is not the row's own: it changes with its neighbours.
                is_spoken = role == Qt.ItemDataRole.AccessibleTextRole
                return ", ".join(self.head_words(at)) if is_spoken else self.head_words(at)[0]
            return self._spoken(self.row_at(at))
        return None

    def _spoken(self, row: ListedDraft | None) -> str:
        if row is None:
            return self.tr("Draft, being read")
        channels = self.tr(" and ").join(CHANNEL_NAMES.get(each, each) for each in row.row.channels)
        words = row.row.title or row.row.first_line or self.tr("Untitled")
        return ", ".join(
            part for part in (words, row.topic, row.spoken, channels, when_words(row.row, self.now)) if part
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_head(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
