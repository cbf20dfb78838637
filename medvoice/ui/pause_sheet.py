"""The sheet that pauses part of the plan: what, from when until when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from medvoice.domain.clock import wall_to_utc
from medvoice.domain.errors import MedVoiceError
from medvoice.domain.pause import Scope
from medvoice.ui.models.moments import local, moment
from medvoice.ui.models.typed_time import read_typed
from medvoice.ui.pages.settings.fields import Field, TextField
from medvoice.ui.pages.settings.tick import Combo
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import Label, ProblemLabel
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.cover import Cover

WIDTH, TOP, MORNING = 520, 96, time(8, 0)


@dataclass(frozen=True, slots=True)
class Pausable:
    """Something that can be paused, by its name."""

    scope: Scope
    scope_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PauseWish:
    """What the person asks for; moments are UTC, None for now and for no end."""

    what: Pausable
    since: datetime | None
    until: datetime | None
    reason: str


class ComboField(Field):
    """One of many, from a list."""

    def __init__(self, theme: Theme, name: str, caption: str) -> None:
        self.combo = Combo(theme)
        super().__init__(theme, name, caption, self.combo)

    def value(self) -> int:
        return self.combo.currentIndex()

    def put(self, value: object) -> None:
        self.combo.setCurrentIndex(int(str(value)))


class PauseSheet(Cover):
    """`wished(PauseWish)` when the person pauses."""

    wished = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, width=WIDTH, top=TOP)
        self.setObjectName("pause_sheet")
        self._choices: Sequence[Pausable] = ()
        self._zone, self._now = "UTC", datetime.now(UTC)
        px = theme.px
        self.body.setContentsMargins(px(24), px(20), px(24), px(20))
        self.body.setSpacing(px(14))
        self.body.addWidget(Label(theme, self.tr("Pause"), "panelTitle"))
        lead = self.tr("Nothing of it goes out meanwhile. Planned posts stay where they are.")
        self.body.addWidget(Label(theme, lead, "body", "text.secondary", wraps=True))
        self.what = ComboField(theme, "pause_what", self.tr("What"))
        self.since = TextField(
            theme, "pause_since", self.tr("From"), placeholder=self.tr("now, or a day: 4 Dec, Monday 9:00")
        )
        self.until = TextField(
            theme,
            "pause_until",
            self.tr("Until"),
            placeholder=self.tr("until you resume it, or a day: 12 Jan"),
        )
        self.reason = TextField(
            theme,
            "pause_reason",
            self.tr("Why"),
            self.tr("Kept in the record."),
            self.tr("A safety signal, a new employer, time off"),
        )
        for field in (self.what, self.since, self.until, self.reason):
            self.body.addWidget(field)
        self.problem = ProblemLabel(theme, parent=self.box)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(self.theme, self.tr("Cancel"), kind="ghost", parent=self.box)
        leave.clicked.connect(self.close_up)
        self.go = Button(self.theme, self.tr("Pause"), kind="primary", icon="pause", parent=self.box)
        self.go.setObjectName("pause_go")
        self.go.clicked.connect(self._wish)
        for name in ("since", "until", "reason"):
            getattr(self, name).line.returnPressed.connect(self._wish)
        row.addWidget(leave)
        row.addWidget(self.go)
        return row

    def ask(self, choices: Sequence[Pausable], zone: str, now: datetime) -> None:
        """Open it; `now` is an instant, moments are typed as wall time of `zone`."""
        self._choices, self._zone, self._now = choices, zone, now
        self.what.combo.clear()
        self.what.combo.addItems([each.name for each in choices])
        for field in (self.since, self.until, self.reason):
            field.put("")
            field.show_problem("")
        self.show_problem(None)
        self.open()

    def take_focus(self) -> None:
        """What is paused, first."""
        from PySide6.QtCore import Qt

        self.what.combo.setFocus(Qt.FocusReason.TabFocusReason)

    def show_problem(self, problem: MedVoiceError | None) -> None:
        """Say what did not work; None takes it away."""
        words = sentence_for(problem) if problem is not None else ""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _wish(self) -> None:
        self.since.show_problem("")
        self.until.show_problem("")
        since, is_fit = self._moment(self.since)
        until, is_fit_too = self._moment(self.until)
        if is_fit and is_fit_too:
            what = self._choices[max(0, self.what.value())]
            self.wished.emit(PauseWish(what, since, until, str(self.reason.value())))

    def _moment(self, field: TextField) -> tuple[datetime | None, bool]:
        """The moment typed into a field, and whether it could be read."""
        text = str(field.value())
        if not text or text.lower() == self.tr("now"):
            return None, True
        here = local(self._now, self._zone).replace(tzinfo=None)
        typed = read_typed(text, here, MORNING)
        if typed is not None:
            try:
                return wall_to_utc(f"{typed.at:%Y-%m-%d %H:%M}", self._zone), True
            except MedVoiceError as problem:
                field.show_problem(sentence_for(problem))
                return None, False
        field.show_problem(self.tr("This is not a time. Write a day, an hour, or both."))
        return None, False


def pause_words(name: str, until: datetime | None, reason: str, zone: str, now: datetime) -> str:
    """One sentence about a pause that holds: "Registries is paused until Mon 12 Jan, 08:00: time off." """
    from PySide6.QtCore import QCoreApplication

    def tr(text: str) -> str:
        return QCoreApplication.translate("pauses", text)

    when = tr(" until {moment}").format(moment=moment(until, zone, now, zone)) if until is not None else ""
    why = f": {reason}" if reason else ""
    return tr("{name} is paused{when}{why}. Nothing of it goes out.").format(name=name, when=when, why=why)
