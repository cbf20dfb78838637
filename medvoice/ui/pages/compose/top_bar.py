"""The bar over the editor, 56 high: status, channels with their meters, the time, and Schedule."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.paint import paint_text, text_width
from medvoice.ui.widgets.pill import StatusPill
from medvoice.ui.widgets.schedule_button import ScheduleButton

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure

GAP, TIME_ICON = 10, "calendar-clock"


class TimeButton(Button):
    """The time, and before it in a quiet ink what it is where nobody chose it: "Next free". The text is the
    time alone; eyes lose the words before it when room is short, ears and the tooltip never."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text, icon=TIME_ICON, trailing_icon="chevron-down")
        self._lead, self._has_room = "", True

    def show_time(self, words: str, lead: str = "", spoken: str = "") -> None:
        """`lead` stands before the time; `spoken` is read aloud and the tooltip, "" for the time alone."""
        self._lead = lead
        self.setText(words)
        self.setAccessibleName(spoken or words)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def set_room_for_lead(self, has_room: bool) -> None:
        if has_room != self._has_room:
            self._has_room = has_room
            self.updateGeometry()
            self.update()

    @property
    def lead(self) -> str:
        """What is seen before the time, "" for nothing."""
        return self._lead if self._has_room else ""

    def _lead_width(self) -> float:
        return text_width(self.theme, self.lead) + self.theme.px(6) if self.lead else 0.0

    def _content_width(self) -> float:
        return super()._content_width() + self._lead_width()

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        width = self._lead_width()
        if not width:
            super()._paint_content(painter, ink)
            return
        theme, side = self.theme, self.theme.px(15)
        x = (self.width() - self._content_width()) / 2
        if self._icon_name:
            theme.paint_icon(painter, self._icon_name, ink, x, (self.height() - side) / 2, 15)
            x += side + theme.px(6)
        paint_text(painter, theme, QRectF(x, 0, width, self.height()), self.lead, "body", "text.secondary")
        x += width
        room = max(self.width() - x - self._width_after_text(), 0)
        paint_text(painter, theme, QRectF(x, 0, room, self.height()), self.text(), self.skin().role, ink)
        x += text_width(theme, self.text(), self.skin().role) + theme.px(6)
        theme.paint_icon(painter, self._trailing, ink, x, (self.height() - side) / 2, 15)


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
        self.time_button = TimeButton(theme, self.tr("Choose a time"))
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
        """Meter bars give way first, then the words before a time that nobody chose, the channels' names, the
        word on the drafts' button, the icon beside the time and the numbers (the tooltip has them); pill,
        time and Schedule never shrink."""
        whole = self.tr("Drafts")
        for words, icon, has_lead, densities in (
            (whole, TIME_ICON, True, (0, 1)),
            (whole, TIME_ICON, False, (1, 2)),
            ("", TIME_ICON, False, (2,)),
            ("", "", False, (2, 3)),
        ):
            self.drafts_button.setText(words)
            self.time_button.set_icon(icon)
            self.time_button.set_room_for_lead(has_lead)
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
