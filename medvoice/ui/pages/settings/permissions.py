"""Recorded permissions: each lifts a block whose way out is a permission."""

from dataclasses import dataclass, fields

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
from medvoice.domain.profile import Permission
from medvoice.ui.pages.settings.products import grid
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel, Surface
from medvoice.ui.widgets.button import Button, IconButton


@dataclass(frozen=True, slots=True)
class Piece:
    """One field of a permission."""

    name: str
    caption: str
    placeholder: str = ""


def pieces() -> tuple[Piece, ...]:
    """The written fields in order; the channel is a choice beside them."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("PermissionCard", text)

    return (
        Piece("grantor", tr("Who gave it")),
        Piece("scope", tr("For what")),
        Piece("rule", tr("Rule it lifts"), "EU-DTC-01"),
        Piece("expires_on", tr("Ends on"), "2026-12-31"),
        Piece("evidence", tr("Where it is kept")),
    )


class PermissionCard(Surface):
    """One permission. `edited` when a field was left, `removed` by its button."""

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, permission: Permission) -> None:
        super().__init__("well")
        self.lines: dict[str, QLineEdit] = {}
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(12), px(8), px(12))
        cells = grid(theme)
        for at, piece in enumerate(pieces()):
            line = QLineEdit(getattr(permission, piece.name))
            line.setPlaceholderText(piece.placeholder)
            line.setObjectName(f"permission_{piece.name}")
            line.editingFinished.connect(self._edited)
            self.lines[piece.name] = line
            cells.addLayout(self._cell(theme, piece.caption, line), at // 2, at % 2)
        self.channel = Combo(theme)
        self.channel.setObjectName("permission_channel")
        self.channel.addItem(self.tr("All channels"), "")
        for channel in CHANNELS:
            self.channel.addItem(CHANNEL_NAMES[channel], channel)
        self.channel.setCurrentIndex(max(self.channel.findData(permission.channel), 0))
        self.channel.activated.connect(self._edited)
        cells.addLayout(self._cell(theme, self.tr("Channel"), self.channel), 2, 1)
        row.addLayout(cells, 1)
        remove = IconButton(theme, "trash-2", self.tr("Remove this permission"))
        remove.setObjectName("permission_remove")
        remove.clicked.connect(self.removed)
        row.addWidget(remove)

    def _cell(self, theme: Theme, caption: str, editor: QWidget) -> QVBoxLayout:
        cell = QVBoxLayout()
        cell.setSpacing(theme.px(4))
        label = Label(theme, caption, "small", "text.secondary")
        label.setBuddy(editor)
        editor.setAccessibleName(caption)
        cell.addWidget(label)
        cell.addWidget(editor)
        return cell

    def value(self) -> Permission:
        """The permission as written."""
        written = {name: line.text().strip() for name, line in self.lines.items()}
        return Permission(channel=self.channel.currentData() or "", **written)

    @property
    def is_blank(self) -> bool:
        made = self.value()
        return not any(getattr(made, each.name) for each in fields(made))

    def _edited(self) -> None:
        self.edited.emit()


class PermissionList(QWidget):
    """All permissions. `edited` asks the page to save `value()`; `removed` before it when a written one was
    taken out."""

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("permissions")
        self.cards: list[PermissionCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.holder = QVBoxLayout()
        self.holder.setSpacing(theme.px(8))
        column.addLayout(self.holder)
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName("problem_permissions")
        self.problem.hide()
        column.addWidget(self.problem)
        add = Button(theme, self.tr("Record a permission"), icon="plus", size="small")
        add.setObjectName("add_permission")
        add.clicked.connect(self._add)
        column.addWidget(add)

    def value(self) -> tuple[Permission, ...]:
        """What is written, blank cards left out."""
        return tuple(card.value() for card in self.cards if not card.is_blank)

    def show_value(self, permissions: tuple[Permission, ...]) -> None:
        """Show the stored permissions, unless they are what is written already."""
        if permissions == self.value():
            return
        for card in self.cards:
            card.deleteLater()
        self.cards = []
        for permission in permissions:
            self._put(permission)

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _put(self, permission: Permission) -> PermissionCard:
        card = PermissionCard(self.theme, permission)
        card.edited.connect(self.edited)
        card.removed.connect(self._remove)
        self.cards.append(card)
        self.holder.addWidget(card)
        return card

    def _add(self) -> None:
        self._put(Permission("", "", "", "", "", "")).lines["grantor"].setFocus()

    def _remove(self) -> None:
        card = self.sender()
        if isinstance(card, PermissionCard):
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
            if not card.is_blank:
                self.removed.emit()
            self.edited.emit()
