"""All keys on one sheet (F1), read from the commands in force."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from medvoice.ui.commands.book import CommandBook
from medvoice.ui.commands.command import SECTIONS, Command, section_title
from medvoice.ui.commands.palette_rows import key_caps
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import IconButton
from medvoice.ui.widgets.cover import Cover
from medvoice.ui.widgets.pill import KeyCap

WIDTH, TOP, COLUMNS = 980, 72, 2


class _Row(QWidget):
    """What it does at the left, its keys at the right; one sentence for a screen reader."""

    def __init__(self, theme: Theme, words: str, caps: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{words}, {' '.join(caps)}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        row.setSpacing(theme.px(5))
        row.addWidget(Label(theme, words, "body", wraps=True), 1)
        for cap in caps:
            row.addWidget(KeyCap(theme, cap), 0, Qt.AlignmentFlag.AlignVCenter)


class ShortcutSheet(Cover):
    """The keys by menu, in columns. What only works while a list has the focus says so."""

    def __init__(self, theme: Theme, book: CommandBook, window: QWidget) -> None:
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self.setObjectName("shortcut_sheet")
        self._book = book
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(28), theme.px(20), theme.px(20), theme.px(8))
        self.setAccessibleName(self.tr("All keys"))
        head.addWidget(Label(theme, self.tr("All keys"), "panelTitle"))
        head.addStretch(1)
        self.close_button = IconButton(theme, "x", self.tr("Close"))
        self.close_button.clicked.connect(self.close_up)
        head.addWidget(self.close_button)
        self.area = QScrollArea()
        self.area.setObjectName("shortcut_scroll")
        self.area.setAccessibleName(self.tr("All keys"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setProperty("focusRing", False)  # the sheet itself lies over everything
        self.body.addLayout(head)
        self.body.addWidget(self.area, 1)
        theme.changed.connect(self._theme_changed)

    def wanted_height(self) -> int:
        inner = self.area.widget()
        return self.theme.px(72) + (inner.sizeHint().height() if inner is not None else 0)

    def open(self) -> None:
        if self.isVisible():
            self.close_up()
            return
        self._fill()
        super().open()

    def take_focus(self) -> None:
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _theme_changed(self) -> None:
        if self.isVisible():
            self._fill()
            self.place()

    def _fill(self) -> None:
        """The groups, each to the column that is shorter so far."""
        px = self.theme.px
        inner = QWidget()
        inner.setProperty("scroll", True)
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(px(28), 0, px(28), px(20))
        columns.setSpacing(px(48))
        stacks = [QVBoxLayout() for _number in range(COLUMNS)]
        heights = [0] * COLUMNS
        for stack in stacks:
            stack.setSpacing(0)
            columns.addLayout(stack, 1)
        for section in SECTIONS:
            commands = [one for one in self._book.all() if one.section == section and keys_of(one)]
            if commands:
                shortest = heights.index(min(heights))
                heights[shortest] += len(commands) + 2
                self._add_group(stacks[shortest], section_title(section), commands, inner)
        for stack in stacks:
            stack.addStretch(1)
        old = self.area.takeWidget()
        if old is not None:
            old.deleteLater()
        self.area.setWidget(inner)

    def _add_group(self, stack: QVBoxLayout, title: str, commands: list[Command], inner: QWidget) -> None:
        head = Label(self.theme, title, "smallStrong", "text.secondary", parent=inner)
        head.setContentsMargins(0, self.theme.px(14), 0, self.theme.px(4))
        stack.addWidget(head)
        for command in commands:
            words = command.label
            if not command.shortcut:
                words = self.tr("{deed}, in the list").format(deed=command.label)
            stack.addWidget(_Row(self.theme, words, key_caps(keys_of(command)), inner))


def keys_of(command: Command) -> str:
    """What is shown for a command, "" for nothing."""
    return command.shortcut or command.local_keys
