"""A panel to choose one of many by typing: a field, and below it what fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.paint import paint_box, paint_text

Index = QModelIndex | QPersistentModelIndex
WIDTH, ROW_H, ROWS = 400, 46, 6
MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose. `is_on`: it is chosen already, and choosing it again takes that back."""

    key: str
    title: str
    note: str = ""
    is_on: bool = False


class PickModel(QAbstractListModel):
    """The picks that fit what was typed: each word somewhere in title or note."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picks: tuple[Pick, ...] = ()
        self.shown: tuple[Pick, ...] = ()

    def show(self, picks: Sequence[Pick], words: str) -> None:
        self.beginResetModel()
        self.picks = tuple(picks)
        wanted = words.casefold().split()
        self.shown = tuple(
            pick for pick in picks if all(w in f"{pick.title} {pick.note}".casefold() for w in wanted)
        )
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        pick = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return pick.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("chosen") if pick.is_on else ""
            return ", ".join(each for each in (pick.title, pick.note, state) if each)
        return pick if role == Qt.ItemDataRole.UserRole else None


class PickDelegate(QStyledItemDelegate):
    """Title, note below it, and a check mark at the left of what is chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(ROW_H))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self.theme, self.theme.px
        pick = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            paint_box(painter, theme, area, fill="bg.selected", radius=theme.radius("row"))
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_box(painter, theme, area, fill="bg.hover", radius=theme.radius("row"))
        if pick.is_on:
            theme.paint_icon(painter, "check", "accent.text", area.x() + px(8), area.center().y() - px(8), 16)
        x = area.x() + px(32)
        width = area.right() - px(8) - x
        if not pick.note:
            paint_text(painter, theme, QRectF(x, area.y(), width, area.height()), pick.title, "bodyMedium")
            return
        paint_text(painter, theme, QRectF(x, area.y() + px(5), width, px(18)), pick.title, "bodyMedium")
        below = QRectF(x, area.y() + px(24), width, px(16))
        paint_text(painter, theme, below, pick.note, "small", "text.secondary")


class PickPopover(Popover):
    """`chosen(Pick)` for Enter or a click; the keyboard stays in the field, Up and Down move the choice."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, title: str, placeholder: str) -> None:
        super().__init__(theme, parent, width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = Label(theme, title, "section", wraps=True)
        self.body.addWidget(heading)
        self.edit = QLineEdit()
        self.edit.setObjectName("pick_field")
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(title)
        self.edit.setAccessibleDescription(placeholder)
        heading.setBuddy(self.edit)
        self.body.addWidget(self.edit)
        self.model = PickModel(self)
        self.list = QListView()
        self.list.setObjectName("pick_list")
        self.list.setAccessibleName(title)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setFixedHeight(theme.px(ROW_H) * 2)
        self.body.addWidget(self.list)
        self.empty = Label(theme, "", "small", "text.secondary", wraps=True)
        self.empty.hide()
        self.body.addWidget(self.empty)
        self._empty_words = ""
        self._is_filled = self._wants_first = False
        self.edit.textEdited.connect(self._type)
        self.list.clicked.connect(self._choose)
        self.ring = FocusRing(theme, self)

    def say_empty(self, words: str) -> None:
        """What is said where there is nothing to choose from."""
        self._empty_words = words

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Fill the list; the first that fits is chosen by Enter."""
        self.model.show(picks, self.edit.text())
        self._is_filled = True
        self._showed()
        if self._wants_first:
            self._choose(self.list.currentIndex())

    def _type(self, words: str) -> None:
        self.model.show(self.model.picks, words)
        self._showed()

    def _showed(self) -> None:
        count = len(self.model.shown)
        self.list.setVisible(bool(count))
        self.empty.setVisible(not count)
        self.empty.setText(
            self._empty_words if not self.model.picks else self.tr("Nothing fits these words.")
        )
        self.list.setFixedHeight(self.theme.px(ROW_H) * min(max(count, 1), ROWS))
        if count:
            self._put(0)
        self.adjustSize()

    def _put(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        pick = self.model.shown[row]
        # The field keeps the keyboard: its description says what Enter would choose.
        self.edit.setAccessibleDescription(f"{pick.title}, {pick.note}" if pick.note else pick.title)

    def _choose(self, index: QModelIndex) -> None:
        pick = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if pick is not None:
            self.close()
            self.chosen.emit(pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self.list.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Who types ahead of the list gets what fits once it is there.
            self._wants_first = not self._is_filled
            self._choose(self.list.currentIndex())
        elif key in MOVES and self.model.shown:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS}.get(key, ROWS)
            self._put(min(max(at + step, 0), len(self.model.shown) - 1))
        else:
            super().keyPressEvent(event)

    def show_below(self, anchor: QWidget, *, is_right_aligned: bool = False) -> None:
        super().show_below(anchor, is_right_aligned=is_right_aligned)
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
