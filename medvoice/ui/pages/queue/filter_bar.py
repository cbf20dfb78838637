"""The row under the head: what is shown, for which network, and a search in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS
from medvoice.ui.models.queue_filter import QueueFilter
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.controls import SegmentedControl
from medvoice.ui.widgets.field import SearchField

HEIGHT = 48
LEAST_SEARCH = 140


class FilterBar(Surface):
    """`changed(QueueFilter)`; `left_downwards` for the Down key, to the list."""

    changed = Signal(object)
    left_downwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("surface", edge="bottom", parent=parent)
        self.theme = theme
        self.setObjectName("queue_filters")
        self.kind = SegmentedControl(theme, self.tr("Show"), self)
        self.kind.setObjectName("queue_filter_kind")
        for key, words in (
            ("", self.tr("All")),
            ("needs", self.tr("Needs you")),
            ("ahead", self.tr("Scheduled")),
            ("over", self.tr("Published")),
        ):
            self.kind.add(key, words)
        self.channel = SegmentedControl(theme, self.tr("Network"), self)
        self.channel.setObjectName("queue_filter_channel")
        self.channel.add("", self.tr("All networks"))
        for channel in CHANNELS:
            self.channel.add(channel, CHANNEL_NAMES[channel], channel)
        self.search = SearchField(theme, self.tr("Find in the queue"), "Ctrl+F", self)
        self.search.setObjectName("queue_search")
        self.row = QHBoxLayout(self)
        self.row.setSpacing(theme.px(10))
        self.row.addWidget(self.kind)
        self.row.addWidget(self.channel)
        self.row.addStretch(1)
        self.row.addWidget(self.search)
        self.kind.chosen.connect(self._tell)
        self.channel.chosen.connect(self._tell)
        self.search.searched.connect(self._tell)
        self.search.left_downwards.connect(self.left_downwards)
        theme.changed.connect(self._restyle)
        self._restyle()

    def wanted(self) -> QueueFilter:
        """What is chosen now."""
        return QueueFilter(self.kind.current(), self.channel.current(), self.search.text())

    def clear(self) -> None:
        """Show all again; tells `changed` once."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.kind.set_current("")
        self.channel.set_current("")
        self.changed.emit(self.wanted())

    def show_kind(self, kind: str) -> None:
        """Choose a kind as a click does."""
        self.kind.set_current(kind)
        self.changed.emit(self.wanted())

    def focus_search(self) -> None:
        """Bring the search field to the person."""
        self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def _tell(self, _value: str) -> None:
        self.changed.emit(self.wanted())

    def _restyle(self) -> None:
        side = self.theme.px(24)
        self.row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(self.theme.px(HEIGHT))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The search field gives way first, then the networks: a row never grows wider than the page."""
        px = self.theme.px
        margins = 2 * px(24) + 3 * px(10)
        rest = self.width() - margins - self.kind.sizeHint().width()
        has_channels = rest - self.channel.sizeHint().width() >= px(LEAST_SEARCH)
        if not has_channels and self.channel.current():
            has_channels = True  # what is chosen must be seen
        self.channel.setVisible(has_channels)
        if has_channels:
            rest -= self.channel.sizeHint().width()
        self.search.setFixedWidth(max(min(px(248), rest), px(80)))
