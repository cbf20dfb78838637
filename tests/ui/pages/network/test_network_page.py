"""The events as a person uses them: lists, the chosen event, sheets, tying, importing; each deed taken back.
NOW is Thursday 12 November 2026, 10:00 in Berlin."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.ui.models.events_data import load_waits, wait_words
from medvoice.ui.pages.network import NetworkPage, tying
from medvoice.ui.widgets.embargo_line import EmbargoLine

K = Qt.Key


@pytest.fixture(autouse=True)
def plain_dates() -> None:
    """ "24 Sep" whatever the machine writes; what ends a test puts the machine's own back."""
    QLocale.setDefault(QLocale.c())


ME, BERLIN, NEW_YORK = "Jordan Sample", "Europe/Berlin", "America/New_York"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sample//EN\r\n"
    "BEGIN:VEVENT\r\nUID:1@x.invalid\r\nDTSTART;VALUE=DATE:20270412\r\nDTEND;VALUE=DATE:20270415\r\n"
    "SUMMARY:Evidence Days\r\nLOCATION:Porto\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2@x.invalid\r\nDTSTART;VALUE=DATE:20261117\r\nDTEND;VALUE=DATE:20261121\r\n"
    "SUMMARY:Sample Forum\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:3@x.invalid\r\nDTSTART;VALUE=DATE:20270601\r\nRRULE:FREQ=WEEKLY\r\n"
    "SUMMARY:Journal club\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Hands:
    """The page with everything it told."""

    def __init__(self, rig, theme, qtbot, kept) -> None:
        self.told: list[tuple[str, Any, Any]] = []
        self.drafts: list[str] = []
        self.service = rig.desk.congresses
        self.page = NetworkPage(
            theme, rig.bridge, toast=lambda *words: self.told.append(words), open_url=lambda _url: None
        )
        qtbot.addWidget(self.page)
        kept.append(self.page)
        self.page.draft_requested.connect(self.drafts.append)
        self.page.resize(1360, 860)
        self.page.show()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.list, key)

    def said(self) -> list[str]:
        model = self.page.list.events
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.index(row).data(role) for row in range(model.rowCount())]

    def find(self, kind: type, name: str):
        QCoreApplication.processEvents()
        shown = [each for each in self.page.findChildren(kind, name) if each.isVisible()]
        assert shown, name
        return shown[-1]

    def pane(self) -> str:
        QCoreApplication.processEvents()
        return " | ".join(each.text() for each in self.page.pane.findChildren(QLabel) if each.isVisible())


@pytest.fixture
def forum(rig):
    """A congress in New York with a session on Thursday and three abstracts."""
    service = rig.desk.congresses
    event = service.add_event(
        "Sample Forum", NEW_YORK, date(2026, 11, 17), date(2026, 11, 20), place="New York", photo_policy="no"
    )
    session = service.add_session(event.id, "Registry studies", "2026-11-19 09:00")
    for number, kind, session_id in (("1", "regular", session.id), ("2", "late_breaking", session.id)):
        service.add_abstract(event.id, f"Question {number}", kind=kind, number=number, session_id=session_id)
    return event


@pytest.fixture
def hands(rig, theme, qtbot, kept) -> Hands:
    return Hands(rig, theme, qtbot, kept)


def test_what_is_ahead_and_over_is_said_with_place_embargo_and_posts(rig, forum, theme, qtbot, kept) -> None:
    service = rig.desk.congresses
    service.add_event("Methods Days", "Europe/Paris", date(2026, 12, 1), date(2026, 12, 1), place="Lyon")
    far = service.add_event(
        "Far Meeting", "America/Chicago", date(2027, 2, 9), date(2027, 2, 9), style="asco"
    )
    service.add_abstract(far.id, "Not released")
    old = service.add_event("Old Days", BERLIN, date(2026, 9, 24), date(2026, 9, 24))
    service.add_abstract(old.id, "Out", kind="fixed", wall="2026-09-24 10:00")
    hands = Hands(rig, theme, qtbot, kept)
    assert hands.said() == [
        "Coming up, 3",
        "Sample Forum, New York, Tue 17 to Fri 20 Nov 2026, Until 19 Nov, 15:00, No posts yet",
        "Methods Days, Lyon, Tue 1 Dec 2026, No embargo, No posts yet",
        "Far Meeting, Tue 9 Feb 2027, Date not known, No posts yet",
        "Past, 1",
        "Old Days, Thu 24 Sep 2026, Lifted 24 Sep, No posts yet",
        "An embargo with no known date locks every linked post. MedVoice never guesses.",
    ]
    words = hands.pane()
    for part in (
        "Thu 19 Nov, 09:00 New York",
        "Thu 19 Nov, 15:00 Berlin",
        "1 regular, 1 late-breaking",
        "Not allowed",
        "Thu 19 Nov, 09:00 Registry studies",
    ):
        assert part in words, words
    hands.key(K.Key_Down)
    hands.key(K.Key_Down)
    assert "Not known: the day of release is missing" in hands.pane()


def test_a_tie_holds_what_is_planned_too_early_and_undo_lets_it_go(rig, forum, hands) -> None:
    delivery = rig.plan("Three talks", in_=timedelta(days=2))
    row = hands.page.pane.abstracts[next(iter(hands.page.pane.abstracts))]
    tying.tie(hands.page.acts, delivery.draft_id, row.embargo.abstract.id, "1 Question 1")
    assert rig.get(delivery).state == "held"
    words, undo, redo = hands.told[-1]
    assert words == "Draws on 1 Question 1 now. 1 post would go out too early: it is held."
    (post,) = hands.page.row.posts
    assert (post.title, post.state, post.icon) == ("Three talks", "waits", "lock")
    undo()
    assert (rig.get(delivery).state, hands.page.row.posts) == ("planned", ())
    redo()
    assert rig.get(delivery).state == "held"
    tying.untie(hands.page.acts, delivery.draft_id, row.embargo.abstract.id, "1 Question 1")
    assert hands.service.store.of_draft(delivery.draft_id) == ()
    kinds = [record.kind for record in rig.desk.records.list()]
    assert kinds.count("embargo_linked") == 2
    assert kinds.count("embargo_unlinked") == 2


def test_the_calm_line_counts_what_waits_and_goes_when_nothing_does(rig, forum, hands, theme, kept) -> None:
    line = EmbargoLine(theme, rig.bridge, hands.page)
    kept.append(line)
    first, second = (each.id for each in hands.service.store.abstracts(forum.id))
    one, two = (rig.desk.drafting.create(title=name, text="Words").id for name in ("One", "Two"))
    tying.tie(hands.page.acts, one, first, "1")
    QCoreApplication.processEvents()
    assert line.words() == (
        "One post waits for the New York embargo. It cannot go out before Thu 19 Nov, 15:00."
    )
    tying.tie(hands.page.acts, two, second, "2")
    hands.service.change_abstract(second, ME, kind="session", session_id="")
    said = [wait_words(each, BERLIN, rig.clock.now()) for each in load_waits(rig.desk)]
    assert said[1] == "One post waits for the embargo of Sample Forum, and when it ends is not known."
    rig.desk.drafting.archive(two)
    rig.clock.advance(timedelta(days=8))
    line.read()
    QCoreApplication.processEvents()
    assert line.isHidden()


def test_an_event_is_removed_with_its_programme_and_comes_back_whole(rig, forum, hands) -> None:
    store = hands.service.store
    before = (store.event(forum.id), store.sessions(forum.id), store.abstracts(forum.id))
    hands.key(K.Key_Delete)
    assert store.events() == ()
    assert hands.page.empty.isVisible()
    hands.told[-1][1]()
    assert (store.event(forum.id), store.sessions(forum.id), store.abstracts(forum.id)) == before
    draft = rig.desk.drafting.create(title="One", text="Words")
    hands.service.link(draft.id, before[2][0].id, ME)
    hands.key(K.Key_Delete)
    assert hands.told[-1][0].startswith("Drafts draw on abstracts of this event.")
    assert store.events() == (before[0],)


def test_days_zones_and_clock_changes_are_said_at_their_field(rig, hands) -> None:
    hands.page.act("add")
    sheet = hands.page.sheet
    for name, text, problem in (
        ("first", "31 Feb 2027", "There is no such day. Write it as 2026-12-01."),
        ("last", "2027-03-01", "The event would end on 2027-03-01, before it starts on 2027-03-26."),
        ("zone", "Atlantis/Capital", "This is not a time zone. Use a name such as Europe/Berlin."),
    ):
        for field, good in (
            ("name", "Night"),
            ("first", "2027-03-26"),
            ("last", "2027-03-29"),
            ("zone", BERLIN),
        ):
            sheet.fields[field].put(good)
        sheet.fields[name].put(text)
        sheet.save()
        assert (sheet.fields[name].problem.text().split(" Nothing")[0], sheet.event_now) == (problem, None)
    sheet.fields["zone"].put(BERLIN)
    sheet.save()
    assert sheet.event_now is not None
    form = sheet.sessions.form
    form.title.setText("At night")
    form.when.setText("28 March 2:30")
    assert form.problem.text().startswith("There is no 02:30 that night")
    sheet.sessions.submit()
    assert hands.service.store.sessions(sheet.event_now.id) == ()
    form.when.setText("28 March 9:00")
    sheet.sessions.submit()
    assert [each.wall for each in hands.service.store.sessions(sheet.event_now.id)] == ["2027-03-28 09:00"]
    twice = hands.service.add_event("Autumn", BERLIN, date(2026, 10, 24), date(2026, 10, 26))
    hands.page.reload()
    hands.page.open_sheet(hands.page.snapshot.find(twice.id), at="abstracts")
    card = sheet.abstracts
    card.form.kind.setCurrentIndex(card.form.kind.findData("fixed"))
    card.form.when.setText("25 Oct 2:30")
    assert card.form.note.text().startswith("Embargo until Sun 25 Oct, 02:30 CET Berlin.")
    assert card.form.note.text().endswith("The embargo ends with the second one.")


def test_a_change_in_the_sheet_is_taken_back(rig, forum, hands) -> None:
    hands.key(K.Key_E)
    sheet = hands.page.sheet
    assert sheet.fields["name"].value() == "Sample Forum"
    sheet.fields["place"].put("Boston")
    sheet.save()
    assert hands.service.store.event(forum.id).place == "Boston"
    hands.told[-1][1]()
    assert hands.service.store.event(forum.id) == forum
    sheet.fields["place"].put("Boston")
    sheet.fields["first"].put("30 Feb 2026")
    QTest.keyClick(sheet, K.Key_Escape)
    assert sheet.fields["first"].problem.text().startswith("There is no such day")
    assert sheet.isVisible(), "what does not fit is not lost without a word"
    sheet.fields["first"].put("2026-11-17")
    hands.page.open_sheet(hands.page.row)
    sheet.fields["place"].put("Boston")
    QTest.keyClick(sheet, K.Key_Escape)
    assert hands.service.store.event(forum.id).place == "Boston", "leaving keeps what was typed"
    hands.told[-1][1]()
    assert hands.service.store.event(forum.id) == forum
    hands.page.act("add")
    sheet.fields["name"].put("Half an event")
    QTest.keyClick(sheet, K.Key_Escape)
    assert hands.told[-1][0].startswith("Not added yet.")
    hands.page.act("add")
    assert sheet.fields["name"].value() == "Half an event"
    sheet.fields["name"].put("")
    hands.page.close_sheet(forum.id)
    hands.page.open_sheet(hands.page.row)
    (session,) = hands.service.store.sessions(forum.id)
    sheet.acts.remove_session(forum, session)
    ends = [each.lift.at for each in hands.service.embargoes.of_event(forum.id)]
    assert ends == [None, None]
    hands.told[-1][1]()
    assert all(each.lift.at for each in hands.service.embargoes.of_event(forum.id))
    QTest.keyClick(sheet, K.Key_Escape)
    assert hands.page.list.isVisible()


def test_dates_of_a_calendar_file_are_looked_at_first_and_taken_back(rig, forum, hands, tmp_path) -> None:
    path = tmp_path / "congresses.ics"
    path.write_bytes(ICS.encode())
    hands.page.choose_file = lambda _parent: str(path)
    hands.key(K.Key_I)
    sheet = hands.page.import_sheet
    assert [(box.text(), box.isChecked()) for box, _found in sheet.boxes] == [
        ("12 Apr – 14 Apr 2027: Evidence Days, Porto", True),
        ("17 Nov – 20 Nov 2026: Sample Forum (known already)", False),
    ]
    assert (
        sheet.omitted.text() == "Left out:\nJournal club: it repeats; a congress has its own days each time"
    )
    assert len(hands.service.store.events()) == 1, "nothing is taken before the person says so"
    sheet.zone.put("Europe/Lisbon")
    sheet.take.click()
    added = hands.service.store.events()[1]
    assert (added.name, added.zone, hands.page.event_id) == ("Evidence Days", "Europe/Lisbon", added.id)
    hands.told[-1][1]()
    assert [each.name for each in hands.service.store.events()] == ["Sample Forum"]
    path.write_bytes(b"no calendar")
    hands.page.act("import")
    assert hands.told[-1][0] == "This file cannot be read as a calendar. Nothing was taken from it."


def test_an_abstract_gets_a_new_draft_and_the_keyboard_reaches_everything(rig, forum, hands) -> None:
    hands.key(K.Key_Return)
    row = next(iter(hands.page.pane.abstracts.values()))
    assert hands.page.focusWidget() is row
    names = [entry.objectName() for entry in hands.page.pane.abstract_menu(row).actions()]
    assert names == ["abstract_tie", "abstract_draft", "abstract_change", "abstract_forget"]
    QTest.keyClick(row, K.Key_Down)
    assert hands.page.focusWidget() is list(hands.page.pane.abstracts.values())[1]
    hands.page.pane.acted.emit("draft", row.embargo.abstract.id)
    (draft_id,) = hands.drafts
    assert rig.desk.drafting.get(draft_id).title == "Question 1"
    assert [each.id for each in hands.service.store.of_draft(draft_id)] == [row.embargo.abstract.id]
    assert hands.find(QWidget, f"linked_{draft_id}").accessibleName() == "Question 1, Draft, waits"
    QTest.keyClick(hands.page.pane, K.Key_Escape)
    assert hands.page.focusWidget() is hands.page.list
