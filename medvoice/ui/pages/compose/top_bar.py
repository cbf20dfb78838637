"""The bar over the editor, 56 high: status, channels with their meters, the time, and Schedule."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES, CHANNELS, Draft
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Rule, Surface
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.paint import paint_text, text_width
from medvoice.ui.widgets.pill import StatusPill
from medvoice.ui.widgets.schedule_button import ScheduleButton

if TYPE_CHECKING:
    from medvoice.domain.channel.measure import Measure

GAP, CLOSE_GAP, TIME_ICON = 10, 6, "calendar-clock"
TWO_ROWS_HIGH = 92


class TimeButton(Button):
    """The time, and before it in a quiet ink what it is where nobody chose it: "Next free". The text is the
    time alone; eyes lose the words before it when room is short, ears and the tooltip never."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text, icon=TIME_ICON, trailing_icon="chevron-down")
        self._lead, self._has_room = "", True
        self.set_icon_inks("accent.text", "text.tertiary")

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
            y = (self.height() - side) / 2
            theme.paint_icon(painter, self._icon_name, self._icon_ink(0, ink), x, y, 15)
            x += side + theme.px(6)
        paint_text(painter, theme, QRectF(x, 0, width, self.height()), self.lead, "body", "text.secondary")
        x += width
        room = max(self.width() - x - self._width_after_text(), 0)
        paint_text(painter, theme, QRectF(x, 0, room, self.height()), self.text(), self.skin().role, ink)
        x += text_width(theme, self.text(), self.skin().role) + theme.px(6)
        theme.paint_icon(painter, self._trailing, self._icon_ink(1, ink), x, (self.height() - side) / 2, 15)


class TopBar(Surface):
    """`channel_switched(channel, is_on)`; the buttons' own signals are used by the page."""

    channel_switched = Signal(str, bool)
    drafts_requested = Signal()
    sign_in_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("surface", edge="bottom")
        self.theme = theme
        self.setObjectName("top_bar")
        self._has_two_rows = False
        self._fitted: object = None
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
        self.hairline = Rule("v")
        self._count = ""
        self._rows = QVBoxLayout(self)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(GAP)
            self._rows.addLayout(row)
        for part in (self.drafts_button, self.pill, self.hairline, *self.chips.values()):
            self._first.addWidget(part)
        for chip in self.chips.values():
            chip.toggled.connect(self._switched)
            chip.sign_in_requested.connect(self.sign_in_requested)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._first.addWidget(self.time_button)
        self._first.addWidget(self.schedule_button)
        self.drafts_button.clicked.connect(self.drafts_requested)
        self._is_showing = False
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self.theme.px
        above = px(10) if self._has_two_rows else 0
        self._rows.setContentsMargins(20, above, 16, above)
        self._rows.setSpacing(px(8) if self._has_two_rows else 0)
        self.hairline.setFixedHeight(px(20))
        self.setFixedHeight(px(TWO_ROWS_HIGH) if self._has_two_rows else px("topBar"))

    def _set_two_rows(self, has_two: bool) -> None:
        if has_two == self._has_two_rows:
            return
        self._has_two_rows = has_two
        row = self._second if has_two else self._first
        for part in (self.time_button, self.schedule_button):
            (self._first if has_two else self._second).removeWidget(part)
            row.addWidget(part)
        self._restyle()

    def show_count(self, words: str) -> None:
        """How many drafts the list behind the button holds, "" for none; it gives way where room is short."""
        self._count = words
        self.drafts_button.set_count(words)

    def show_draft(self, draft: Draft) -> None:
        """Set the chips without telling the page."""
        self._is_showing = True
        for channel, chip in self.chips.items():
            chip.setChecked(channel in draft.channels_on)
        self._is_showing = False

    def set_usable(self, is_usable: bool) -> None:
        """Without an open draft there is nothing to switch, time or schedule."""
        parts = (self.pill, self.hairline, *self.chips.values(), self.time_button, self.schedule_button)
        for part in parts:
            part.setVisible(is_usable)

    def show_measure(self, channel: str, measure: "Measure") -> None:
        """The meter of one channel: of the longest post where there are several."""
        parts = len(measure.parts)
        used = max((part.length for part in measure.parts), default=0) if parts > 1 else measure.used
        self.chips[channel].set_meter(used, measure.limit, parts)

    def fit(self, width: int) -> None:
        """Meter bars give way first, then the words before a time that nobody chose, the channels' names, the
        word on the drafts' button, the icon beside the time and the numbers (the tooltip has them), the
        number of drafts and a part of the gaps; then time and Schedule get a row of their own. Pill, time and
        Schedule never shrink."""
        whole = self.tr("Drafts")
        steps = (
            (whole, TIME_ICON, True, self._count, GAP, (0, 1)),
            (whole, TIME_ICON, False, self._count, GAP, (1, 2)),
            ("", TIME_ICON, False, self._count, GAP, (2,)),
            ("", "", False, self._count, GAP, (2, 3)),
            ("", "", False, "", CLOSE_GAP, (3,)),
        )
        margins = self._rows.contentsMargins()
        room = width - margins.left() - margins.right()
        for has_two in (False, True):
            if any(self._try(step, room, has_two) for step in steps):
                break
        self._set_two_rows(has_two)
        self._rows.activate()
        self._fitted = self._words()

    def _words(self) -> object:
        """All that the parts say; another word may need another fit."""
        time, schedule = self.time_button, self.schedule_button
        parts = (self.pill.text(), time.text(), time.accessibleName(), schedule.text(), schedule.count)
        chips = tuple(chip.accessibleName() for chip in self.chips.values())
        seen = (self.drafts_button.isHidden(), self.pill.isHidden(), self._count)
        return (*parts, *chips, *seen, self.theme.text_scale, self.width())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._fitted not in (None, self._words()):
            self.fit(self.width())
        return super().event(event)

    def _try(
        self, step: tuple[str, str, bool, str, int, tuple[int, ...]], room: int, has_two_rows: bool
    ) -> bool:
        """Dress the parts so; whether they fit then, beside each other or in two rows."""
        words, icon, has_lead, count, gap, densities = step
        self.drafts_button.setText(words)
        self.drafts_button.set_count(count)
        self.time_button.set_icon(icon)
        self.time_button.set_room_for_lead(has_lead or has_two_rows)
        self.hairline.setVisible(gap == GAP and bool(icon) and not self.pill.isHidden())
        for row in (self._first, self._second):
            row.setSpacing(gap)
        front = (self.drafts_button, self.pill, self.hairline, *self.chips.values())
        back = (self.time_button, self.schedule_button)
        for density in densities:
            for chip in self.chips.values():
                chip.set_density(density)
            needed = (width_of(front, gap), width_of(back, gap))
            if (max(needed) if has_two_rows else sum(needed)) - gap <= room:
                return True
        return False

    def _switched(self, is_on: bool) -> None:
        if self._is_showing:
            return
        for channel, chip in self.chips.items():
            if chip is self.sender():
                self.channel_switched.emit(channel, is_on)


def width_of(parts: Sequence[QWidget], gap: int) -> int:
    """What those that are there take side by side, with a gap after each."""
    return sum(part.sizeHint().width() + gap for part in parts if not part.isHidden())
