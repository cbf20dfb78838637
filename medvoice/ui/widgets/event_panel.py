"""A possible side effect in the words: the clock, what to say, whom to tell, and where to note it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDateTime, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.clock import utc_to_wall, wall_to_utc
from medvoice.domain.errors import UserError
from medvoice.ui.models.moments import moment
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, Rule
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.finding_forms import ReasonForm
from medvoice.ui.widgets.pill import PaintedMark

TICK_MS = 20_000
WALL = "yyyy-MM-dd HH:mm"


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody_asked(_at: datetime) -> None:
    """The moment is told with the answer alone."""


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """What the company says of side effects: `contact` ("" when not noted) and `hours` from knowing to
    telling; who writes, in which zone (IANA), and the workspace's clock. `since` is when the person knew of
    it as far as is known (UTC, None for now); `know` is called with another moment that they say."""

    contact: str = ""
    hours: int = 24
    by: str = ""
    zone: str = "UTC"
    channel: str = ""
    now: Callable[[], datetime] = _utc_now
    since: datetime | None = None
    know: Callable[[datetime], None] = _nobody_asked


def _tr(text: str) -> str:
    return QCoreApplication.translate("EventPanel", text)


def note_for_safety(facts: SafetyFacts, aware_at: datetime, place: str = "") -> str:
    """What can be sent to safety at once; `place` says where it was read, a draft when "". It repeats no word
    of the post: what was told about a person goes to safety by their own way."""
    now = facts.now()
    day = moment(aware_at, facts.zone, now)
    where = facts.channel or _tr("a social network")
    lines = [
        _tr("Possible adverse event, to be taken up by safety."),
        "",
        _tr("Where: {place}").format(place=place)
        if place
        else _tr("Where: a draft of a personal post for {where}. It was not posted.").format(where=where),
        _tr("I have known of it since: {day} ({zone}).").format(day=day, zone=facts.zone),
        _tr("Reporter: {by}.").format(by=facts.by or _tr("(your name)")),
        _tr("Medicine, event and how the person can be told apart: I will tell you directly."),
        _tr("Please send me your reference."),
    ]
    return "\n".join(lines) + "\n"


class EventClock(PaintedMark):
    """The hours since knowing as a ring, with what is left in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._share = 0.0
        self._is_late = False

    def set_share(self, share: float, is_late: bool, words: str) -> None:
        """`share` of the time is used, from 0 to 1."""
        self._share, self._is_late = max(0.0, min(share, 1.0)), is_late
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.px(36)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(theme.color("border.default"), 3))
        painter.drawEllipse(area)
        ink = "danger.solid" if self._is_late else "warn.solid" if self._share > 0.75 else "accent.solid"
        pen = QPen(theme.color(ink), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(area, 90 * 16, -round(self._share * 360 * 16))
        theme.paint_icon(
            painter, "clock", ink, (self.width() - theme.px(15)) / 2, (self.height() - theme.px(15)) / 2, 15
        )


class EventPanel(QWidget):
    """The way out of a possible side effect: told to safety, with reference and time of knowing; or none in
    these words, with a reason. `routed(reference, since)` with wall time in the person's zone;
    `misread(reason)`; `note_wanted(text)` to be copied; `contact_wanted()` opens the settings."""

    routed = Signal(str, str)
    misread = Signal(str)
    note_wanted = Signal(str)
    contact_wanted = Signal()

    def __init__(self, theme: Theme, key: str, facts: SafetyFacts) -> None:
        super().__init__()
        self.theme, self.facts = theme, facts
        self.setObjectName(f"event_panel_{key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Rule())
        self._add_clock(column)
        self._add_what(column, key)
        column.addWidget(Rule())
        self._add_answer(column, key)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.show_clock)
        self.since.dateTimeChanged.connect(self.show_clock)
        self.show_clock()

    def _add_clock(self, column: QVBoxLayout) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.clock = EventClock(theme)
        row.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = self.tr("Your safety team comes first. Nothing is posted meanwhile.")
        words.addWidget(Label(theme, title, "bodyStrong", wraps=True))
        self.left = Label(theme, "", "small", "text.secondary", wraps=True)
        self.left.setObjectName("event_left")
        words.addWidget(self.left)
        row.addLayout(words, 1)
        column.addLayout(row)

    def _add_what(self, column: QVBoxLayout, key: str) -> None:
        theme, contact = self.theme, self.facts.contact.strip()
        what = self.tr(
            "Tell them four things: that there is a person, who told it, which medicine, and what happened."
            " Ask for a reference."
        )
        column.addWidget(Label(theme, what, "body", "text.secondary", wraps=True))
        if contact:
            who = Label(theme, self.tr("Safety contact: {who}").format(who=contact), "body", wraps=True)
            who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            who.setObjectName(f"safety_contact_{key}")
            column.addWidget(who)
        else:
            add = Button(theme, self.tr("Note your safety contact"), kind="link", size="small")
            add.setObjectName(f"add_contact_{key}")
            add.set_flush()
            add.clicked.connect(self.contact_wanted)
            column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        copy = Button(theme, self.tr("Copy a note for them"), size="small", icon="copy")
        copy.setObjectName(f"copy_note_{key}")
        copy.setToolTip(self.tr("It holds no word of the post and nothing about the person."))
        copy.clicked.connect(self._copy)
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_answer(self, column: QVBoxLayout, key: str) -> None:
        theme = self.theme
        self.since = QDateTimeEdit()
        self.since.setObjectName(f"aware_{key}")
        self.since.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        inner = self.since.lineEdit()
        if inner is not None:
            # The style sheet's padding does not reach the editor inside.
            inner.setTextMargins(theme.px(10), 0, 0, 0)
        now = self.facts.now()
        self.since.setMaximumDateTime(self._shown(now))
        self.since.setDateTime(self._shown(min(self.facts.since or now, now)))
        self._told = self.since.dateTime()
        self.since.editingFinished.connect(self._since_said)
        self.since.setAccessibleName(self.tr("You have known of it since"))
        caption = Label(theme, self.tr("You have known of it since"), "small", "text.secondary")
        caption.setBuddy(self.since)
        self.reference = QLineEdit()
        self.reference.setObjectName(f"reference_{key}")
        self.reference.setPlaceholderText(self.tr("Their reference"))
        self.reference.setAccessibleName(self.tr("Reference of the safety team"))
        send = Button(theme, self.tr("It is reported"), size="small")
        send.setObjectName(f"route_{key}")
        send.setEnabled(False)
        self.reference.textChanged.connect(lambda text: send.setEnabled(bool(text.strip())))
        self.reference.returnPressed.connect(send.click)
        send.clicked.connect(lambda: self.routed.emit(self.reference.text().strip(), self.since_wall()))
        column.addWidget(caption)
        column.addWidget(self.since)
        column.addWidget(self.reference)
        column.addWidget(send, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr("Or, when these words tell of no such event:")
        column.addWidget(Label(theme, words, "small", "text.secondary", wraps=True))
        column.addWidget(ReasonForm(theme, f"misread_{key}", self.tr("It is none"), self.misread.emit))

    def _shown(self, at: datetime) -> QDateTime:
        return QDateTime.fromString(utc_to_wall(at, self.facts.zone)[:16], WALL)

    def _since_said(self) -> None:
        """The person has left the field or pressed Enter."""
        if self.since.dateTime() != self._told:
            self._told = self.since.dateTime()
            self.facts.know(self.aware_at())

    def since_wall(self) -> str:
        """The chosen moment as wall time in the person's zone."""
        return self.since.dateTime().toString(WALL)

    def aware_at(self) -> datetime:
        """The chosen moment (UTC); a wall time that a clock change skips counts as now."""
        try:
            return wall_to_utc(self.since_wall(), self.facts.zone)
        except UserError:
            return self.facts.now()

    def show_clock(self) -> None:
        """Say how much of the time is left."""
        now = self.facts.now()
        self.since.setMaximumDateTime(self._shown(now))  # it went on, and nobody can know later than now
        aware_at = self.aware_at()
        until = aware_at + timedelta(hours=self.facts.hours)
        left_s = (until - now).total_seconds()
        day = moment(until, self.facts.zone, now)
        if left_s >= 0:
            hours, minutes = divmod(int(left_s) // 60, 60)
            words = self.tr("{hours} h {minutes} min left of {all} h, until {day}").format(
                hours=hours, minutes=minutes, all=self.facts.hours, day=day
            )
        else:
            words = self.tr("The {all} h ended {day}. Report it now all the same.").format(
                all=self.facts.hours, day=day
            )
        self.left.setText(words)
        self.left.set_tone("danger.text" if left_s < 0 else "text.secondary")
        used_s = (now - aware_at).total_seconds()
        self.clock.set_share(used_s / max(self.facts.hours * 3600, 1), left_s < 0, words)

    def _copy(self) -> None:
        self.note_wanted.emit(note_for_safety(self.facts, self.aware_at()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_clock()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
