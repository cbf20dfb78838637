"""Small panels under the bar: what is left, and when to post."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.ui.pages.compose.todo import SLOT_MIN, Todo
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, PaintedButton
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.overlay import Popover
from medvoice.ui.widgets.paint import paint_box, paint_text

FORMAT = "yyyy-MM-dd HH:mm"
LINES = 9
# The arrow of the calendar without the frame of another style.
PLAIN_ARROW = "QDateEdit::drop-down { border: none; width: 26px; }"
ICONS = {
    "block": ("octagon-alert", "danger.solid"),
    "warning": ("triangle-alert", "warn.solid"),
    "tick": ("square", "text.tertiary"),
    "queue": ("send", "warn.solid"),
    "name": ("user", "text.tertiary"),
    "account": ("plug", "text.tertiary"),
}


class LeftLine(PaintedButton):
    """One thing that is left: icon, words, where. A click goes to its place."""

    def __init__(self, theme: Theme, item: Todo, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.item = item
        self.setObjectName(f"left_{item.code}")
        where = f" · {CHANNEL_NAMES[item.channel]}" if item.channel in CHANNEL_NAMES else ""
        self.setText(f"{item.words}{where}")
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def sizeHint(self):
        size = super().sizeHint()
        size.setWidth(self.theme.px(280))
        size.setHeight(self.theme.px(32))
        return size

    def paintEvent(self, event: object) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        painter, theme = QPainter(self), self.theme
        if self.is_hovered or self.isDown():
            paint_box(painter, theme, self.rect(), fill="bg.hover", radius=8)
        icon, ink = ICONS.get(self.item.kind, ("pen-line", "text.tertiary"))
        side = theme.px(15)
        theme.paint_icon(painter, icon, ink, theme.px(8), (self.height() - side) / 2, 15)
        left = theme.px(31)
        area = QRectF(left, 0, self.width() - left - theme.px(26), self.height())
        paint_text(painter, theme, area, self.text(), "body")
        x = self.width() - theme.px(22)
        theme.paint_icon(painter, "chevron-right", "text.tertiary", x, (self.height() - side) / 2, 15)


class LeftPopover(Popover):
    """ "Two things before you schedule": each line jumps to its place."""

    jumped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, left: Sequence[Todo]) -> None:
        super().__init__(theme, parent, width=340)
        self.setObjectName("left_popover")
        if len(left) == 1:
            title = self.tr("One thing before you schedule")
        else:
            title = self.tr("{n} things before you schedule").format(n=len(left))
        self.body.addWidget(Label(theme, title, "section"))
        inner = QWidget()
        inner.setProperty("scroll", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for item in left:
            line = LeftLine(theme, item)
            line.clicked.connect(lambda _on=False, item=item: self._jump(item))
            column.addWidget(line)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFixedHeight(theme.px(32) * min(len(left), LINES) + 2)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.body.addWidget(scroll)

    def _jump(self, item: Todo) -> None:
        self.close()
        self.jumped.emit(item)


class TimePopover(Popover):
    """Date, time and zone; slots of fifteen minutes. `chosen(wall, zone)` for a moment that is ahead."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget, wall: str, zone: str, now: datetime) -> None:
        super().__init__(theme, parent, width=300)
        self.setObjectName("time_popover")
        self._now = now
        self.body.addWidget(Label(theme, self.tr("When to post"), "section"))
        at = QDateTime.fromString(wall, FORMAT)
        self.date = QDateEdit(at.date() if at.isValid() else QDate.currentDate())
        self.date.setObjectName("time_date")
        self.date.setDisplayFormat("ddd d MMM yyyy")
        self.date.setCalendarPopup(True)
        self.date.setStyleSheet(PLAIN_ARROW)
        self.time = QuarterEdit(at.time() if at.isValid() else QTime(9, 0))
        self.time.setObjectName("time_time")
        self.time.setDisplayFormat("HH:mm")
        self.time.set_margin(theme.px(10))
        self.zone = QComboBox()
        self.zone.setObjectName("time_zone")
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setCurrentText(zone)
        completer = self.zone.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        rows = ((self.tr("Date"), self.date), (self.tr("Time"), self.time), (self.tr("Zone"), self.zone))
        for row, (name, field) in enumerate(rows):
            label = Label(theme, name, "body", "text.secondary")
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.setMinimumWidth(0)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.body.addLayout(grid)
        self.problem = Label(theme, "", "small", "danger.text", wraps=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        done = Button(theme, self.tr("Use this time"), kind="primary", size="small")
        done.setObjectName("use_time")
        done.clicked.connect(self._done)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(done)
        self.body.addLayout(end)

    def _done(self) -> None:
        wall = QDateTime(self.date.date(), self.time.time()).toString(FORMAT)
        zone = self.zone.currentText().strip()
        try:
            is_past = wall_to_utc(wall, zone) <= self._now
        except UserError as problem:
            self._refuse(sentence_for(problem))
            return
        if is_past:
            self._refuse(sentence_for(UserError("time_past")))
            return
        self.close()
        self.chosen.emit(wall, zone)

    def _refuse(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.adjustSize()


class QuarterEdit(QTimeEdit):
    """A time whose arrows go to the next quarter of an hour; any minute can be typed."""

    def set_margin(self, left: int) -> None:
        """Room before the digits, as the other fields have it."""
        edit = self.lineEdit()
        if edit is not None:
            edit.setTextMargins(left, 0, 0, 0)

    def stepBy(self, steps: int) -> None:
        minutes = self.time().hour() * 60 + self.time().minute()
        rest = minutes % SLOT_MIN
        if steps > 0:
            minutes += steps * SLOT_MIN - rest
        else:
            minutes += steps * SLOT_MIN + (SLOT_MIN - rest if rest else 0)
        minutes %= 24 * 60
        self.setTime(QTime(minutes // 60, minutes % 60))

    def stepEnabled(self) -> QTimeEdit.StepEnabledFlag:
        return QTimeEdit.StepEnabledFlag.StepUpEnabled | QTimeEdit.StepEnabledFlag.StepDownEnabled
