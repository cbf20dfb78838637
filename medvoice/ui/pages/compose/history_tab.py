"""The versions of a draft in the right pane: when, why, how long, and what differs from now."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.ui.models.moments import moment
from medvoice.ui.pages.compose.counting import words
from medvoice.ui.pages.compose.layouts import clear_layout
from medvoice.ui.pages.compose.text_diff import Compared, markup, spoken
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.paint import paint_box, paint_text

if TYPE_CHECKING:
    from medvoice.services.versions import VersionLine

SHOWN = 200


class VersionRow(PaintedButton):
    """One version: its name or moment, why it was kept, its words. Opens what differs from now."""

    def __init__(self, theme: Theme, line: "VersionLine", title: str, below: str) -> None:
        super().__init__(theme)
        self.line, self.title, self.below = line, title, below
        self.setObjectName(f"version_{line.number}")
        self.setCheckable(True)
        self.setAccessibleName(f"{title}, {below}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, self.theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            paint_box(painter, theme, self.rect(), fill="bg.surface", border="border.default", radius=8)
        elif self.is_hovered or self.isDown():
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=8)
        side = px(15)
        icon = "chevron-down" if self.isChecked() else "chevron-right"
        theme.paint_icon(painter, icon, "text.tertiary", px(10), (self.height() - side) / 2, 15)
        left, width = px(34), self.width() - px(46)
        role = "bodyStrong" if self.line.name else "bodyMedium"
        paint_text(painter, theme, QRectF(left, px(7), width, px(20)), self.title, role)
        area = QRectF(left, px(27), width, px(18))
        paint_text(painter, theme, area, self.below, "small", "text.tertiary")


class HistoryTab(QScrollArea):
    """`opened(number)` when the person wants to see a version, `restore_requested(number)`,
    `named(number, name)`, `keep_requested(name)`. Up and Down walk over the versions."""

    opened = Signal(int)
    restore_requested = Signal(int)
    named = Signal(int, str)
    keep_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setObjectName("history_tab")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: dict[int, VersionRow] = {}
        self._places: dict[int, QVBoxLayout] = {}
        self.open_number = 0
        self._lines: tuple[VersionLine, ...] = ()
        px = theme.px
        inner = Surface("sunken")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._column.setSpacing(px(8))
        self._column.addWidget(Label(theme, self.tr("Versions"), "section"))
        how = self.tr("Your text is saved by itself. Here you find it as it was.")
        self._column.addWidget(Label(theme, how, "small", "text.secondary", wraps=True))
        self._column.addLayout(self._keep_row())
        self.nothing = Label(theme, self.tr("No version is kept yet."), "body", "text.tertiary", wraps=True)
        self.nothing.setObjectName("no_versions")
        self._column.addWidget(self.nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self.setWidget(inner)
        theme.changed.connect(self._recolor)

    def _keep_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.name = QLineEdit()
        self.name.setObjectName("version_name")
        self.name.setPlaceholderText(self.tr("A name, if you like"))
        self.name.setAccessibleName(self.tr("Name of the version"))
        self.name.setMaxLength(80)
        self.keep_button = Button(self.theme, self.tr("Keep this version"), size="small")
        self.keep_button.setObjectName("keep_version")
        row.addWidget(self.name, 1)
        row.addWidget(self.keep_button)
        self.keep_button.clicked.connect(self._keep)
        self.name.returnPressed.connect(self._keep)
        return row

    def _keep(self) -> None:
        self.keep_requested.emit(self.name.text().strip())
        self.name.clear()

    # Showing

    def show_versions(self, lines: "Sequence[VersionLine]", zone: str, now: datetime) -> None:
        """The list, newest first; what was open stays open when it is still there."""
        if tuple(lines) == self._lines:
            if self.open_number and not self._is_naming():
                self.opened.emit(self.open_number)  # the words of now are others
            return
        self._lines = tuple(lines)
        was_open, has_focus = self.open_number, self._focused()
        clear_layout(self._list)
        self.rows.clear()
        self._places.clear()
        self.open_number = 0
        for line in lines:
            row = VersionRow(self.theme, line, *self._words(line, zone, now))
            place = QVBoxLayout()
            place.setContentsMargins(0, 0, 0, 0)
            self.rows[line.number], self._places[line.number] = row, place
            self._list.addWidget(row)
            self._list.addLayout(place)
            row.clicked.connect(lambda _on=False, shown=line.number: self._clicked(shown))
        self.nothing.setVisible(not lines)
        if was_open in self.rows:
            self._clicked(was_open)
        if has_focus in self.rows:
            self.rows[has_focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def _recolor(self) -> None:
        """The colours stand in the words of the difference."""
        if self.open_number:
            self.opened.emit(self.open_number)

    def _is_naming(self) -> bool:
        field = self.findChild(QLineEdit, "rename_version")
        return field is not None and field.hasFocus()

    def _focused(self) -> int:
        return next((shown for shown, row in self.rows.items() if row.hasFocus()), 0)

    def _words(self, line: "VersionLine", zone: str, now: datetime) -> tuple[str, str]:
        when = moment(line.at, zone, now)
        why = {
            "saved": self.tr("kept by itself"),
            "named": self.tr("kept by you"),
            "cleared": self.tr("as you cleared it"),
            "before_restore": self.tr("before an older version came back"),
            "before_fix": self.tr("before a suggested wording"),
        }.get(line.why, "")
        below = " · ".join(part for part in ((when if line.name else ""), why, words(line.words)) if part)
        return line.name or when, below

    def _clicked(self, shown: int) -> None:
        was = self.open_number
        self.close_version()
        if shown != was and shown in self.rows:
            self.open_number = shown
            self.rows[shown].setChecked(True)
            self.opened.emit(shown)

    def close_version(self) -> None:
        """Close what is open."""
        if self.open_number in self.rows:
            self.rows[self.open_number].setChecked(False)
            clear_layout(self._places[self.open_number])
        self.open_number = 0

    def show_difference(self, shown: int, compared: Sequence[Compared]) -> None:
        """What differs between the open version and now."""
        if shown != self.open_number:
            return
        if self._is_naming():
            return
        place = self._places[shown]
        old = self.findChild(QWidget, "restore_version")
        had_focus = old is not None and old.hasFocus()
        clear_layout(place)
        made = Difference(self.theme, self, self.rows[shown].line, compared)
        place.addWidget(made)
        if had_focus and (button := made.findChild(QWidget, "restore_version")) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self._focused()
        if here and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            order = list(self.rows)
            at = order.index(here) + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= at < len(order):
                row = self.rows[order[at]]
                row.setFocus(Qt.FocusReason.TabFocusReason)
                self.ensureWidgetVisible(row)
            return
        if event.key() == Qt.Key.Key_Escape and self.open_number:
            row = self.rows[self.open_number]
            self.close_version()
            row.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


class Difference(Surface):
    """Below an open version: words gone and come since then, restore, name."""

    def __init__(
        self, theme: Theme, tab: HistoryTab, line: "VersionLine", compared: Sequence[Compared]
    ) -> None:
        super().__init__("well")
        self.setObjectName("version_difference")
        self._theme, self._tab, self._line = theme, tab, line
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(8))
        gone, come = (sum(each.words(kind) for each in compared) for kind in ("old", "new"))
        summary = self.tr("Since then {come} came, {gone} went.").format(come=words(come), gone=words(gone))
        said = summary if compared else self.tr("The same words as now.")
        head = Label(theme, said, "smallStrong", "text.secondary", wraps=True)
        head.setObjectName("version_summary")
        column.addWidget(head)
        for each in compared:
            self._add_text(column, each)
        self._add_acts(column, has_change=bool(compared))

    def _add_text(self, column: QVBoxLayout, each: Compared) -> None:
        names = {"title": self.tr("Title"), "text": self.tr("Text")}
        column.addWidget(
            Label(self._theme, names.get(each.part) or CHANNEL_NAMES[each.part], "small", "text.tertiary")
        )
        text = QLabel(markup(self._theme, each.pieces))
        text.setObjectName(f"difference_{each.part}")
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setWordWrap(True)
        text.setFont(self._theme.font("quote"))
        text.setProperty("tone", "text.secondary")
        text.setAccessibleName(spoken(each.pieces, self.tr("Gone:"), self.tr("Came:")))
        column.addWidget(text)

    def _add_acts(self, column: QVBoxLayout, *, has_change: bool) -> None:
        name = QLineEdit(self._line.name)
        name.setObjectName("rename_version")
        name.setPlaceholderText(self.tr("Name this version"))
        name.setAccessibleName(self.tr("Name this version"))
        name.setMaxLength(80)
        name.returnPressed.connect(lambda: self._tab.named.emit(self._line.number, name.text().strip()))
        row = QHBoxLayout()
        restore = Button(self._theme, self.tr("Restore"), kind="soft", size="small", icon="history")
        restore.setObjectName("restore_version")
        restore.setAccessibleName(self.tr("Restore this version"))
        restore.setEnabled(has_change)
        restore.clicked.connect(lambda: self._tab.restore_requested.emit(self._line.number))
        row.addWidget(restore)
        row.addWidget(name, 1)
        column.addLayout(row)
