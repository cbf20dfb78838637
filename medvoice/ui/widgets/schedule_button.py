"""The Schedule button: always enabled, always says where the draft stands (look.md 4)."""

from PySide6.QtCore import QCoreApplication, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.button import Button

# A double click must not open the menu of the state the first click led to.
DEAF_AFTER_SCHEDULING_MS = 600


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("ScheduleButton", text, None, count)


class ScheduleButton(Button):
    """States: ready, changed (ready again), not ready ("2 left"), scheduled, publishing, published, embargo,
    working.

    `schedule_requested` when ready, changed or under embargo, `left_requested` when things are left,
    `menu_requested` when it is planned, under way or out. The colour is primary only when one click will
    schedule.
    """

    schedule_requested = Signal()
    left_requested = Signal()
    menu_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _tr("Schedule"), kind="neutral", icon="lock", parent=parent)
        self.setObjectName("schedule_button")
        self._state = "not_ready"
        self._deaf = QTimer(self)
        self._deaf.setSingleShot(True)
        self._deaf.setInterval(DEAF_AFTER_SCHEDULING_MS)
        self.clicked.connect(self._clicked)

    @property
    def state(self) -> str:
        """ "ready", "changed", "not_ready", "scheduled", "publishing", "published", "embargo", "working"."""
        return self._state

    def set_ready(self, spoken_time: str = "", label: str = "") -> None:
        """One click schedules. `spoken_time` completes the name read aloud: "Tuesday 17 November, 08:10"."""
        text = label or _tr("Schedule")
        spoken = _tr("Schedule for {time}").format(time=spoken_time) if spoken_time else text
        self._set("ready", "primary", "send", text, "", spoken)

    def set_changed(self, spoken_time: str, what: str) -> None:
        """Changed since it was cleared, and nothing is left: one click clears and schedules it again. `what`
        is said as the description: "3 words taken out, 2 new"."""
        spoken = _tr("Schedule again for {time}, changed since you cleared it").format(time=spoken_time)
        self._set("changed", "primary", "send", _tr("Schedule again"), "", spoken)
        self.setAccessibleDescription(what)
        self.setToolTip(what)

    def set_publishing(self) -> None:
        """Under way to the network: nothing can be changed now."""
        words = _tr("Publishing")
        self._set("publishing", "default", "loader-circle", words, "", words)

    def set_published(self, spoken_time: str = "") -> None:
        """This text is out. A click asks for the menu, which opens the post."""
        spoken = _tr("Published {time}").format(time=spoken_time) if spoken_time else _tr("Published")
        self._set("published", "default", "circle-check", _tr("Published"), "", spoken)

    def set_not_ready(self, left: int) -> None:
        """`left` things stand between the draft and its time."""
        words = _tr("{n} left").format(n=left)
        if left == 1:
            spoken = _tr("Schedule, 1 thing left")
        else:
            spoken = _tr("Schedule, {n} things left").format(n=left)
        self._set("not_ready", "neutral", "lock", _tr("Schedule"), words, spoken)

    def set_unchecked(self) -> None:
        """The rules could not be read or are still being read: locked without a number."""
        self._set("not_ready", "neutral", "lock", _tr("Schedule"), "", _tr("Schedule, not checked yet"))

    def set_scheduled(self, spoken_time: str = "") -> None:
        """Scheduled and unchanged: a click asks for the menu, but not within 600 ms."""
        if self._state != "scheduled":
            self._deaf.start()
        spoken = _tr("Scheduled for {time}").format(time=spoken_time) if spoken_time else _tr("Scheduled")
        self._set("scheduled", "default", "clock", _tr("Scheduled"), "", spoken)

    def set_embargo(self, until: str, why: str = "") -> None:
        """`until` is "19 Nov, 09:00"; a click uses the first good slot after it. `why` is said as the
        description: what is under embargo, in both zones where they differ."""
        text = _tr("Schedule after {time}").format(time=until)
        self._set("embargo", "neutral", "lock", text, "", text)
        self.setAccessibleDescription(why)
        self.setToolTip(why)

    def set_working(self) -> None:
        """Between the click and the answer: clicks do nothing, the words do not change."""
        self._state = "working"

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self.theme.px(4), hint.height())

    def _set(self, state: str, kind: str, icon: str, text: str, count: str, spoken: str) -> None:
        self._state = state
        self.setAccessibleDescription("")
        self.setToolTip("")
        self._trailing = "chevron-down" if state in ("scheduled", "publishing", "published") else ""
        self.set_kind(kind)
        self.set_icon(icon)
        self.setText(text)
        self.set_count(count, "danger")
        self.setAccessibleName(spoken)

    def _clicked(self) -> None:
        if self._state in ("ready", "changed", "embargo"):
            self.schedule_requested.emit()
        elif self._state == "not_ready":
            self.left_requested.emit()
        elif self._state in ("scheduled", "publishing", "published") and not self._deaf.isActive():
            self.menu_requested.emit()
