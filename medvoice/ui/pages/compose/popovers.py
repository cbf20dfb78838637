"""Small panels under the bar: what is left, and when to post."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QWidget

from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.services.standing import Left
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.overlay import Popover

FORMAT = "yyyy-MM-dd HH:mm"
SLOT_MIN = 15


class LeftPopover(Popover):
    """ "Two things before you schedule": each line jumps to its place."""

    jumped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, left: tuple[Left, ...]) -> None:
        super().__init__(theme, parent)
        self.setObjectName("left_popover")
        if len(left) == 1:
            title = self.tr("One thing before you schedule")
        else:
            title = self.tr("{n} things before you schedule").format(n=len(left))
        self.body.addWidget(Label(theme, title, "section"))
        for item in left[:12]:
            where = f" · {CHANNEL_NAMES[item.channel]}" if item.channel in CHANNEL_NAMES else ""
            button = Button(theme, f"{item.words}{where}"[:70], kind="ghost", size="small")
            button.setObjectName(f"left_{item.code}")
            button.clicked.connect(lambda _on=False, item=item: self._jump(item))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _jump(self, item: Left) -> None:
        self.close()
        self.jumped.emit(item)


class TimePopover(Popover):
    """Date and time in the person's zone; slots of fifteen minutes."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, wall: str, zone: str) -> None:
        super().__init__(theme, parent)
        self.setObjectName("time_popover")
        self.body.addWidget(Label(theme, self.tr("When to post"), "section"))
        self.field = QDateTimeEdit()
        self.field.setObjectName("time_field")
        self.field.setDisplayFormat(FORMAT)
        self.field.setCalendarPopup(True)
        self.field.setAccessibleName(self.tr("Date and time"))
        self.field.setDateTime(QDateTime.fromString(wall, FORMAT))
        self.body.addWidget(self.field)
        words = self.tr("Your time zone: {zone}").format(zone=zone)
        self.body.addWidget(Label(theme, words, "small", "text.tertiary"))
        row = QHBoxLayout()
        row.addStretch(1)
        done = Button(theme, self.tr("Use this time"), kind="primary", size="small")
        done.setObjectName("use_time")
        done.clicked.connect(self._done)
        row.addWidget(done)
        self.body.addLayout(row)

    def _done(self) -> None:
        self.close()
        self.chosen.emit(self.field.dateTime().toString(FORMAT))


def next_slot(now_wall: datetime) -> str:
    """The next quarter of an hour that is at least ten minutes away, as wall time text."""
    at = now_wall + timedelta(minutes=10)
    extra = (-at.minute) % SLOT_MIN
    return (at + timedelta(minutes=extra)).strftime("%Y-%m-%d %H:%M")
