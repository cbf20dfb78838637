"""The programme in the sheet of an event: its sessions and abstracts."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit

from medvoice.domain.congress import Abstract, Event, Session
from medvoice.domain.embargo import Lift, lift_of
from medvoice.domain.errors import MedVoiceError, UserError
from medvoice.ui.models.clock_change import change_at, change_words
from medvoice.ui.models.embargo_words import (
    KIND_CHOICES,
    abstract_name,
    choice_of,
    session_words,
    until_words,
)
from medvoice.ui.models.events_data import EventRow
from medvoice.ui.models.typed_day import read_start
from medvoice.ui.pages.network.acts import EventActs
from medvoice.ui.pages.network.programme_parts import AbstractForm, PartCard, PartRow, SessionForm
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme


class SessionCard(PartCard):
    """The sessions of an event."""

    def __init__(self, theme: Theme, acts: EventActs) -> None:
        self.form = SessionForm(theme)
        title, lead = self.tr("Sessions"), self.tr("Where embargoes end. Times are those of the place.")
        super().__init__(theme, acts, title, lead, self.form)
        self.setObjectName("session_card")
        self._shown: tuple[Session, ...] | None = None
        self._changing: Session | None = None
        self.form.submitted.connect(self.submit)
        self.form.cancelled.connect(self._reset)
        self.form.when.textChanged.connect(lambda _text: self._judge())

    def show_row(self, event: Event, row: EventRow | None) -> None:
        """Show the sessions; what is being typed stays."""
        sessions = row.sessions if row is not None else ()
        is_other = self.event_now is None or self.event_now.id != event.id
        self.event_now = event
        if is_other:
            self._reset()
        if self._shown == sessions and not is_other:
            return
        self._shown = sessions
        self.clear_rows()
        for each in sessions:
            made = PartRow(self.theme, each.id, session_words(each), "")
            made.changed.connect(lambda each=each: self.change(each))
            made.removed.connect(lambda each=each: self.acts.remove_session(event, each))
            self.put_row(made)

    def change(self, session: Session) -> None:
        """Put a session into the fields to change it."""
        self._changing = session
        self.form.title.setText(session.title)
        self.form.when.setText(session.wall)
        self.form.set_changing(True)
        self.form.title.setFocus(Qt.FocusReason.TabFocusReason)

    def _reset(self) -> None:
        self._changing = None
        self.form.title.clear()
        self.form.when.clear()
        self.form.set_changing(False)
        self.form.say(self.form.when, "")

    def _wall(self) -> str:
        event = self.event_now
        text = self.form.when.text().strip()
        return read_start(text, event.starts_on, event.ends_on) if event is not None and text else ""

    def _judge(self) -> str:
        """Say what the start means; the wall time, "" when there is none."""
        wall, event = self._wall(), self.event_now
        problem, note = judge_wall(wall, event.zone) if wall and event is not None else ("", "")
        if problem or note or not wall:
            self.form.say(self.form.when, problem, note)
        return "" if problem else wall

    def submit(self) -> None:
        """Keep the session."""
        event, title = self.event_now, self.form.title.text()
        if event is None:
            return
        if not title.strip():
            self._refuse(self.form.title, self.tr("A session needs a title."))
            return
        wall = self._judge()
        if not wall:
            words = self.form.problem.text() or self.tr("This is not a time. Write it such as 19 Nov 9:00.")
            self._refuse(self.form.when, words)
        elif self._changing is not None:
            self.acts.change_session(self._changing, title, wall, self._kept, self._refused)
        else:
            self.acts.add_session(event, title, wall, self._kept, self._refused)

    def _kept(self, _session: Session) -> None:
        self._reset()
        self.form.title.setFocus(Qt.FocusReason.TabFocusReason)

    def _refused(self, problem: MedVoiceError) -> None:
        self._refuse(self.form.when, sentence_for(problem))

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.form.say(field, words)
        field.setFocus(Qt.FocusReason.TabFocusReason)


class AbstractCard(PartCard):
    """The abstracts of an event, each with the end of its embargo."""

    def __init__(self, theme: Theme, acts: EventActs) -> None:
        self.form = AbstractForm(theme)
        lead = self.tr("An embargo belongs to an abstract. One that is not known locks each linked post.")
        super().__init__(theme, acts, self.tr("Abstracts"), lead, self.form)
        self.setObjectName("abstract_card")
        self.home = "UTC"
        self.sessions: tuple[Session, ...] = ()
        self._shown: object = None
        self._changing: Abstract | None = None
        self.form.submitted.connect(self.submit)
        self.form.cancelled.connect(self._reset)
        self.form.kind.currentIndexChanged.connect(lambda _at: self._judge())
        self.form.session.currentIndexChanged.connect(lambda _at: self._judge())
        self.form.when.textChanged.connect(lambda _text: self._judge())

    def show_row(self, event: Event, row: EventRow | None, home: str) -> None:
        """Show the abstracts; what is being typed stays."""
        sessions, embargoes = (row.sessions, row.embargoes) if row is not None else ((), ())
        is_other = self.event_now is None or self.event_now.id != event.id
        self.event_now, self.home = event, home
        if self.sessions != sessions or is_other:
            self.sessions = sessions
            self._offer_sessions()
        if is_other:
            self._reset()
        if self._shown == embargoes and not is_other:
            self._judge()
            return
        self._shown = embargoes
        self.clear_rows()
        for each in embargoes:
            note = until_words(each.lift, home, event.created_at)
            made = PartRow(self.theme, each.abstract.id, abstract_name(each.abstract), note)
            made.changed.connect(lambda one=each.abstract: self.change(one))
            made.removed.connect(lambda one=each.abstract: self.acts.remove_abstract(event, one))
            self.put_row(made)
        self._judge()

    def _offer_sessions(self) -> None:
        box, kept = self.form.session, self.form.session.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(self.tr("No session yet"), "")
        for each in self.sessions:
            box.addItem(session_words(each), each.id)
        box.setCurrentIndex(max(box.findData(kept), 0))
        box.blockSignals(False)

    def change(self, abstract: Abstract) -> None:
        """Put an abstract into the fields to change it."""
        form, event = self.form, self.event_now
        self._changing = abstract
        form.number.setText(abstract.number)
        form.title.setText(abstract.title)
        form.kind.setCurrentIndex(KIND_CHOICES.index(choice_of(abstract, event.style if event else "own")))
        form.session.setCurrentIndex(max(form.session.findData(abstract.session_id), 0))
        form.when.setText(abstract.wall)
        form.set_changing(True)
        form.number.setFocus(Qt.FocusReason.TabFocusReason)

    def _reset(self) -> None:
        """Number, title and time are the abstract's own; kind and session stay for the next one."""
        self._changing = None
        for line in (self.form.number, self.form.title, self.form.when):
            line.clear()
        self.form.set_changing(False)
        self._judge()

    def _fields(self) -> dict[str, Any]:
        form, choice = self.form, str(self.form.kind.currentData())
        event, is_fixed = self.event_now, choice == "fixed"
        typed = form.when.text().strip()
        wall = read_start(typed, event.starts_on, event.ends_on) if is_fixed and event and typed else ""
        return {
            "kind": "session" if choice == "unknown" else choice,
            "number": form.number.text().strip(),
            "title": form.title.text().strip(),
            "session_id": "" if choice == "unknown" else form.session.currentData() or "",
            "wall": wall,
            "zone": event.zone if is_fixed and event else "",
        }

    def _lift(self, fields: dict[str, Any]) -> Lift | None:
        event = self.event_now
        if event is None or (fields["kind"] == "fixed" and not fields["wall"]):
            return None
        session = next((each for each in self.sessions if each.id == fields["session_id"]), None)
        try:
            return lift_of(event, Abstract("", event.id, **fields), session)
        except UserError:
            return None

    def _judge(self) -> str:
        """Say when the embargo would end; the sentence of what stands against it, "" for nothing."""
        form, choice, event = self.form, str(self.form.kind.currentData()), self.event_now
        is_fixed = choice == "fixed"
        form.when.setVisible(is_fixed)
        is_release = choice == "regular" and event is not None and event.style == "asco"
        form.session.setVisible(choice != "unknown" and not is_release)
        if event is None:
            return ""
        fields = self._fields()
        problem, note = judge_wall(fields["wall"], event.zone) if fields["wall"] else ("", "")
        lift = self._lift(fields)
        if lift is not None and not problem:
            until = until_words(lift, self.home, event.created_at)
            words = self.tr("Embargo until {moment}.").format(moment=until) if lift.at else f"{until}."
            note = f"{words} {note}".strip()
        form.say(form.when if is_fixed else form.kind, problem, note)
        return problem

    def submit(self) -> None:
        """Keep the abstract."""
        event, fields = self.event_now, self._fields()
        if event is None:
            return
        if not fields["title"]:
            self._refuse(self.form.title, self.tr("An abstract needs a title."))
            return
        if fields["kind"] == "fixed" and (not fields["wall"] or self._judge()):
            words = self.form.problem.text() or self.tr("This is not a time. Write it such as 19 Nov 9:00.")
            self._refuse(self.form.when, words)
        elif self._changing is not None:
            self.acts.change_abstract(self._changing, fields, self._kept, self._refused)
        else:
            self.acts.add_abstract(event, fields, self._kept, self._refused)

    def _kept(self, _abstract: Abstract) -> None:
        self._reset()
        self.form.number.setFocus(Qt.FocusReason.TabFocusReason)

    def _refused(self, problem: MedVoiceError) -> None:
        self._refuse(self.form.title, sentence_for(problem))

    def _refuse(self, field: QLineEdit, words: str) -> None:
        self.form.say(field, words)
        field.setFocus(Qt.FocusReason.TabFocusReason)


def judge_wall(wall: str, zone: str) -> tuple[str, str]:
    """What stands against a wall time, and what is worth saying of it: nights when clocks change."""
    try:
        change = change_at(wall, zone)
    except UserError as problem:
        return sentence_for(problem), ""
    if change is None:
        return "", ""
    words = change_words(change, wall, zone)
    if change.kind == "skipped":
        return words, ""
    # The sentence about which of the two is meant is that of a post: an embargo ends late, never early.
    last = QCoreApplication.translate("programme", "The embargo ends with the second one.")
    return "", f"{words.split('. ')[0].rstrip('.')}. {last}"
