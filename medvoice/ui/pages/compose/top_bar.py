"""The bar over the editor, 56 high: status, channels with their meters, the time, and Schedule."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.pill import StatusPill
from medvoice.ui.widgets.schedule_button import ScheduleButton

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure

GAP, TIME_ICON = 10, "calendar-clock"


class TopBar(Surface):
    """`channel_switched(channel, is_on)`; the buttons' own signals are used by the page."""

    channel_switched = Signal(str, bool)
    drafts_requested = Signal()
    sign_in_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface", edge="bottom")
        self.theme = theme
        self.setObjectName("top_bar")
        self._restyle()
        theme.changed.connect(self._restyle)
        self.drafts_button = Button(theme, self.tr("Drafts"), icon="panel-left")
        self.drafts_button.setObjectName("show_drafts")
        self.drafts_button.setAccessibleName(self.tr("Drafts"))
        self.drafts_button.hide()
        self.pill = StatusPill(theme)
        self.pill.setObjectName("status_pill")
        self.chips = {channel: ChannelChip(theme, channel, CHANNEL_NAMES[channel]) for channel in CHANNELS}
        self.time_button = Button(
            theme, self.tr("Choose a time"), icon=TIME_ICON, trailing_icon="chevron-down"
        )
        self.time_button.setObjectName("time_button")
        self.schedule_button = ScheduleButton(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(GAP)
        row.addWidget(self.drafts_button)
        row.addWidget(self.pill)
        for chip in self.chips.values():
            row.addWidget(chip)
            chip.toggled.connect(self._switched)
            chip.sign_in_requested.connect(self.sign_in_requested)
        row.addStretch(1)
        row.addWidget(self.time_button)
        row.addWidget(self.schedule_button)
        self.drafts_button.clicked.connect(self.drafts_requested)
        self._is_showing = False

    def _restyle(self) -> None:
        self.setFixedHeight(self.theme.px("topBar"))

    def show_draft(self, draft: Draft) -> None:
        """Set the chips without telling the page."""
        self._is_showing = True
        for channel, chip in self.chips.items():
            chip.setChecked(channel in draft.channels_on)
        self._is_showing = False

    def set_usable(self, is_usable: bool) -> None:
        """Without an open draft there is nothing to switch, time or schedule."""
        for part in (self.pill, *self.chips.values(), self.time_button, self.schedule_button):
            part.setVisible(is_usable)

    def show_measure(self, channel: str, measure: "Measure") -> None:
        """The meter of one channel: of the longest post where there are several."""
        parts = len(measure.parts)
        used = max((part.length for part in measure.parts), default=0) if parts > 1 else measure.used
        self.chips[channel].set_meter(used, measure.limit, parts)

    def fit(self, width: int) -> None:
        """Meter bars give way first, then the channels' names, then the word on the drafts' button, the icon
        beside the time and the numbers (the tooltip has them); pill, time and Schedule never shrink."""
        whole = self.tr("Drafts")
        for words, icon, densities in (
            (whole, TIME_ICON, (0, 1, 2)),
            ("", TIME_ICON, (2,)),
            ("", "", (2, 3)),
        ):
            self.drafts_button.setText(words)
            self.time_button.set_icon(icon)
            if self._fits(width, densities):
                return

    def _fits(self, width: int, densities: tuple[int, ...]) -> bool:
        parts = [self.drafts_button, self.pill, self.time_button, self.schedule_button]
        fixed = sum(part.sizeHint().width() for part in parts if not part.isHidden())
        layout = self.layout()
        margins = layout.contentsMargins() if layout is not None else self.contentsMargins()
        gaps = margins.left() + margins.right() + GAP * (len(parts) + len(self.chips))
        for density in densities:
            for chip in self.chips.values():
                chip.set_density(density)
            chips = sum(chip.sizeHint().width() for chip in self.chips.values())
            if fixed + chips + gaps <= width:
                return True
        return False

    def _switched(self, is_on: bool) -> None:
        if self._is_showing:
            return
        for channel, chip in self.chips.items():
            if chip is self.sender():
                self.channel_switched.emit(channel, is_on)
