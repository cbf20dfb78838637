"""A calm line over a page about what waits there, with a sign before it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medvoice.services.changes import Changes
from medvoice.ui.bridge import Bridge
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule

if TYPE_CHECKING:
    from medvoice.ui.bridge import Desk

SIDE, WIDE = 20, 24  # of a pane with a rule above the line, and of a page whose head ends with one


class NoticeLine(QWidget):
    """Hidden while there is nothing to say. `read_with` gives the lines; it runs on the work lane, when asked
    to and when the workspace changes while the page around is seen. `shown` when it may have come or gone."""

    shown = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        parent: QWidget,
        name: str,
        icon: str,
        read_with: "Callable[[Desk], tuple[str, ...]]",
        *,
        has_rule: bool = True,
    ) -> None:
        super().__init__(parent)
        self.theme, self.bridge, self._host = theme, bridge, parent
        self.setObjectName(name)
        self._read_with, self._icon = read_with, icon
        self._has_rule = has_rule
        self.rule = Rule("h", self)
        self.rule.setVisible(has_rule)
        self.label = Label(theme, "", "small", "text.secondary", wraps=True, parent=self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.rule)
        self._column.addWidget(self.label)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read)
        bridge.changed.connect(self._workspace_changed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def read(self) -> None:
        """Look again, once what is under way is done."""
        self._soon.start()

    def words(self) -> str:
        """What it says, "" for nothing."""
        return self.label.text()

    def _workspace_changed(self, changes: Changes) -> None:
        if changes and self._host.isVisible():
            self._soon.start()

    def _read(self) -> None:
        self.bridge.work(self._read_with, owner=self, on_done=self._show, on_error=self.bridge.report)

    def _show(self, lines: tuple[str, ...]) -> None:
        self.label.setText("\n".join(lines))
        self.setVisible(bool(lines))
        self.shown.emit()

    def _restyle(self) -> None:
        px = self.theme.px
        side, top, bottom = (px(SIDE), 0, px(16)) if self._has_rule else (px(WIDE), px(12), px(4))
        self._column.setContentsMargins(side, top, side, bottom)
        self._column.setSpacing(px(12))
        self.label.setContentsMargins(px(22), 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.label.geometry()
        self.theme.paint_icon(QPainter(self), self._icon, "warn.text", place.x(), place.y() + 1, 15)
