"""The sheet of an event: what it is, its sessions, and its abstracts with the end of each embargo."""

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from medvoice.domain.congress import Event
from medvoice.domain.errors import MedVoiceError
from medvoice.ui.models.embargo_words import day_text, policy_words, style_words
from medvoice.ui.models.events_data import EventRow, EventsSnapshot
from medvoice.ui.models.typed_day import read_day
from medvoice.ui.pages.network.acts import EventActs
from medvoice.ui.pages.network.programme import AbstractCard, SessionCard
from medvoice.ui.pages.settings.fields import ChoiceField, Field, TextField, ZoneField
from medvoice.ui.pages.settings.sheet import Sheet
from medvoice.ui.strings import sentence_for
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.button import Button

# Under which field a refusal of the service is said.
FIELD_OF = {
    "event_without_name": "name",
    "zone_unknown": "zone",
    "event_ends_before": "last",
    "day_unreadable": "first",
}


class DayField(TextField):
    """A day as a person types it; the line below says which one is meant."""

    def __init__(self, theme: Theme, name: str, caption: str, help_: str = "") -> None:
        super().__init__(theme, name, caption, help_, "2026-11-17")
        self._plain = help_
        self.today = datetime.now().astimezone().date()
        self.line.textChanged.connect(self._typed)

    def day(self) -> date | None:
        """The day meant, None when there is none."""
        return read_day(self.line.text(), self.today)

    def _typed(self, text: str) -> None:
        day = read_day(text, self.today)
        words = day_text(day, "dddd d MMMM yyyy") if day is not None else self._plain
        self.help.setText(words)
        self.help.setVisible(bool(words))
        self.show_problem("")


class EventSheet(Sheet):
    """`left(event id)` when the person is done; "" for none. A new event is kept first, then its sessions and
    abstracts one by one: each is a deed of its own, with Undo."""

    left = Signal(str)

    def __init__(self, theme: Theme, acts: EventActs) -> None:
        super().__init__(theme, "")
        self.acts = acts
        self.setObjectName("event_sheet")
        self.event_now: Event | None = None
        self.home = "UTC"
        self._has_warned = False
        self._tell_title()
        done = Button(theme, self.tr("Back to the events"), kind="ghost", icon="chevron-left")
        done.setObjectName("event_sheet_done")
        done.clicked.connect(self._leave)
        self.head_row.addWidget(done)
        self.fields: dict[str, Field] = {}
        self._details()
        self.sessions = SessionCard(theme, acts)
        self.column.addWidget(self.sessions)
        self.abstracts = AbstractCard(theme, acts)
        self.column.addWidget(self.abstracts)
        self.finish()

    def _tell_title(self) -> None:
        words = self.tr("Edit event") if self.event_now else self.tr("Add event")
        self.title.setText(words)
        self.setAccessibleName(words)

    def _details(self) -> None:
        inner, theme = self.add_card(), self.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(12))
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        zone_help = self.tr("The zone of its place, such as Europe/Vienna")
        rules = self.tr("Whose embargo rules")
        styles = (("own", self.tr("Its own"), ""), ("asco", "ASCO", ""), ("esmo", "ESMO", ""))
        policies = tuple((key, words, "") for key, words in policy_words().items())
        release = self.tr("Day its regular abstracts are released")
        made: tuple[tuple[Field, int, int, int], ...] = (
            (TextField(theme, "name", self.tr("Name")), 0, 0, 2),
            (TextField(theme, "place", self.tr("Place"), "", self.tr("Vienna, or Online")), 1, 0, 1),
            (ZoneField(theme, "zone", self.tr("Time zone"), zone_help), 1, 1, 1),
            (DayField(theme, "first", self.tr("First day")), 2, 0, 1),
            (DayField(theme, "last", self.tr("Last day"), self.tr("Empty: one day")), 2, 1, 1),
            (ChoiceField(theme, "style", rules, styles, style_words()["own"]), 3, 0, 2),
            (DayField(theme, "release", release, self.tr("Empty: not known yet")), 4, 0, 1),
            (TextField(theme, "hashtag", self.tr("Hashtag"), "", "#EIOF26"), 5, 0, 1),
            (TextField(theme, "url", self.tr("Address of its policy"), "", "https://"), 5, 1, 1),
            (ChoiceField(theme, "social", self.tr("Posting about it"), policies), 6, 0, 2),
            (ChoiceField(theme, "photo", self.tr("Photographs there"), policies), 7, 0, 2),
            (TextField(theme, "notes", self.tr("Notes, for you alone")), 8, 0, 2),
        )
        for field, row, column, span in made:
            self.fields[field.objectName().removeprefix("field_")] = field
            grid.addWidget(field, row, column, 1, span)
            if isinstance(field, TextField):
                field.line.returnPressed.connect(self.save)
            if isinstance(field, ChoiceField):
                for button in field.choice.group.buttons():
                    button.setAccessibleName(f"{field.caption.text()}: {button.text()}")
        inner.addLayout(grid)
        self._style_field.choice.chosen.connect(self._style_chosen)
        self.save_button = Button(theme, "", kind="primary")
        self.save_button.setObjectName("event_save")
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        inner.addLayout(row)

    @property
    def _style_field(self) -> ChoiceField:
        field = self.fields["style"]
        assert isinstance(field, ChoiceField)
        return field

    def _style_chosen(self, style: object) -> None:
        self._style_field.help.setText(style_words()[str(style)])
        self.fields["release"].setVisible(style == "asco")

    # Showing

    def open(self, row: EventRow | None, home: str, *, at: str = "", abstract_id: str = "") -> None:
        """Show an event, or an empty sheet for a new one; `at` "abstracts" goes to that part of it."""
        self.home = home
        is_kept = row is None and self.event_now is None and self._is_begun()
        self.event_now = row.event if row is not None else None
        if not is_kept:
            self._fill(self.event_now)
        self._has_warned = False
        self._show_parts(row)
        self.verticalScrollBar().setValue(0)
        first: QWidget = self.fields["name"].editor
        if at == "abstracts" and row is not None:
            first = self.abstracts.form.number
            embargo = next((each for each in row.embargoes if each.abstract.id == abstract_id), None)
            if embargo is not None:
                self.abstracts.change(embargo.abstract)
        QTimer.singleShot(0, self, lambda: self._focus(first))

    def _focus(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(target)

    def _fill(self, event: Event | None) -> None:
        values: dict[str, object] = {
            "name": event.name if event else "",
            "place": event.place if event else "",
            "zone": event.zone if event else self.home,
            "first": event.starts_on.isoformat() if event else "",
            "last": event.ends_on.isoformat() if event else "",
            "style": event.style if event else "own",
            "release": event.release_on.isoformat() if event and event.release_on else "",
            "hashtag": event.hashtag if event else "",
            "url": event.url if event else "",
            "social": event.social_policy if event else "unknown",
            "photo": event.photo_policy if event else "unknown",
            "notes": event.notes if event else "",
        }
        for name, value in values.items():
            self.fields[name].show_problem("")
            self.fields[name].put(value)
        self._style_chosen(values["style"])
        self.save_button.setText(self.tr("Save changes") if event else self.tr("Add event"))
        self.save_button.set_kind("default" if event else "primary")
        self._tell_title()

    def _show_parts(self, row: EventRow | None) -> None:
        for card in (self.sessions, self.abstracts):
            card.setVisible(self.event_now is not None)
        if self.event_now is not None:
            self.sessions.show_row(self.event_now, row)
            self.abstracts.show_row(self.event_now, row, self.home)

    def follow(self, snapshot: EventsSnapshot) -> None:
        """The workspace changed: sessions and abstracts follow; what is being typed stays."""
        row = snapshot.find(self.event_now.id) if self.event_now is not None else None
        if row is not None:
            self.event_now = row.event
            self._show_parts(row)

    # Saving

    def save(self) -> None:
        """Keep the event; what does not fit is said under its field."""
        values = self._values()
        if values is None:
            return
        if self.event_now is None:
            self.acts.add_event(values, self._added, self._refused)
        else:
            self.acts.change_event(self.event_now, values, self._changed, self._refused)

    def _values(self) -> dict[str, Any] | None:
        text = {name: str(field.value() or "") for name, field in self.fields.items()}
        days: dict[str, date | None] = {}
        problems: dict[str, str] = {}
        for name in ("first", "last", "release"):
            field = self.fields[name]
            assert isinstance(field, DayField)
            days[name] = field.day()
            if text[name] and days[name] is None:
                problems[name] = self.tr("There is no such day. Write it as 2026-12-01.")
        if not text["name"].strip():
            problems["name"] = self.tr("An event needs a name.")
        if not text["first"]:
            problems["first"] = self.tr("When does it begin?")
        for name, field in self.fields.items():
            field.show_problem(problems.get(name, ""))
        if problems:
            self._focus(self.fields[next(name for name in self.fields if name in problems)].editor)
            return None
        return {
            "name": text["name"],
            "zone_name" if self.event_now is None else "zone": text["zone"],
            "starts_on": days["first"],
            "ends_on": days["last"] or days["first"],
            "style": text["style"],
            "release_on": days["release"] if text["style"] == "asco" else None,
            "place": text["place"],
            "hashtag": text["hashtag"],
            "url": text["url"],
            "social_policy": text["social"],
            "photo_policy": text["photo"],
            "notes": text["notes"],
        }

    def _refused(self, problem: MedVoiceError) -> None:
        field = self.fields[FIELD_OF.get(problem.code, "name")]
        field.show_problem(sentence_for(problem))
        self._focus(field.editor)

    def _added(self, event: Event) -> None:
        self.event_now = event
        self._fill(event)
        self._show_parts(None)
        QTimer.singleShot(0, self, lambda: self._focus(self.sessions.form.title))

    def _changed(self, event: Event) -> None:
        self.event_now = event
        self._fill(event)

    def _is_begun(self) -> bool:
        """Whether something of a new event was typed."""
        return any(self.fields[name].value() for name in ("name", "place", "first", "last", "hashtag", "url"))

    def _leave(self) -> None:
        """Back to the list; nothing that was typed is lost. What does not fit keeps the person here once."""
        event = self.event_now
        if event is None:
            if self._is_begun():
                words = self.tr("Not added yet. What you typed is still there when you come back.")
                self.acts.toast(words, None, None)
            self.left.emit("")
            return
        values = None if self._has_warned else self._values()
        if values is None and not self._has_warned:
            self._has_warned = True
        elif values is None or all(getattr(event, name) == value for name, value in values.items()):
            self.left.emit(event.id)
        else:
            self.acts.change_event(event, values, lambda changed: self.left.emit(changed.id), self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
