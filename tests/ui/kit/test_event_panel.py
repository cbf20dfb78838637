"""The panel for a possible side effect: its clock, the note without a word of the post, the two ways on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QLineEdit

from medvoice.ui.theme import Theme
from medvoice.ui.widgets.button import Button
from medvoice.ui.widgets.event_panel import EventPanel, SafetyFacts, note_for_safety

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
FACTS = SafetyFacts("drugsafety@example.org", 24, "Jordan Sample", "Europe/Berlin", "LinkedIn", lambda: NOW)


@pytest.fixture
def panel(theme: Theme, qtbot) -> EventPanel:
    made = EventPanel(theme, "p", FACTS)
    qtbot.addWidget(made)
    made.resize(330, 600)
    made.show()
    return made


def test_the_clock_runs_from_knowing(panel: EventPanel) -> None:
    assert panel.left.text() == "24 h 0 min left of 24 h, until Thu 26 Nov, 09:00"
    panel.since.setDateTime(QDateTime(2026, 11, 24, 20, 30, 0))
    assert panel.left.text() == "11 h 30 min left of 24 h, until Wed 25 Nov, 20:30"
    assert panel.clock.accessibleName() == panel.left.text()
    panel.since.setDateTime(QDateTime(2026, 11, 23, 9, 0, 0))
    assert panel.left.text().startswith("The 24 h ended Tue 24 Nov, 09:00.")


def test_the_clock_counts_from_when_it_was_first_seen_and_the_person_says_another(theme, qtbot) -> None:
    told: list[datetime] = []
    first = NOW - timedelta(hours=5)
    made = EventPanel(theme, "p", replace(FACTS, since=first, know=told.append))
    qtbot.addWidget(made)
    made.show()
    assert made.since_wall() == "2026-11-25 04:00"
    assert made.left.text().startswith("19 h 0 min left of 24 h")
    made.since.setFocus()
    made.since.setDateTime(QDateTime(2026, 11, 24, 18, 45, 0))
    assert told == [], "not before the person is done with the field"
    qtbot.keyClick(made.since, Qt.Key.Key_Return)
    qtbot.keyClick(made.since, Qt.Key.Key_Return)
    assert told == [datetime(2026, 11, 24, 17, 45, tzinfo=UTC)]
    assert made.left.text().startswith("9 h 45 min left of 24 h")


def test_now_goes_on_while_the_panel_is_open(theme, qtbot) -> None:
    now = [NOW]
    made = EventPanel(theme, "p", replace(FACTS, now=lambda: now[0]))
    qtbot.addWidget(made)
    now[0] = NOW + timedelta(minutes=30)
    made.show_clock()
    assert made.left.text().startswith("23 h 30 min left")
    made.since.setDateTime(QDateTime(2026, 11, 25, 9, 20, 0))
    assert made.since_wall() == "2026-11-25 09:20"


def test_the_company_sets_the_hours(theme: Theme, qtbot) -> None:
    made = EventPanel(theme, "p", SafetyFacts(hours=8, now=lambda: NOW))
    qtbot.addWidget(made)
    assert made.left.text() == "8 h 0 min left of 8 h, until Wed 25 Nov, 16:00"


def test_nobody_can_have_known_later_than_now(panel: EventPanel) -> None:
    panel.since.setDateTime(QDateTime(2027, 1, 1, 0, 0, 0))
    assert panel.since_wall() == "2026-11-25 09:00"
    assert panel.aware_at() == NOW


def test_the_note_names_time_and_reporter_and_no_one_else(panel: EventPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.note_wanted) as told:
        panel.findChild(Button, "copy_note_p").click()
    (note,) = told.args
    assert note == note_for_safety(FACTS, NOW)
    assert "Wed 25 Nov, 09:00 (Europe/Berlin)" in note
    assert "Reporter: Jordan Sample." in note
    assert "hives" not in note


def test_reported_needs_a_reference_and_tells_since_when(panel: EventPanel, qtbot) -> None:
    send, field = panel.findChild(Button, "route_p"), panel.findChild(QLineEdit, "reference_p")
    assert not send.isEnabled()
    qtbot.keyClicks(field, "PV-118")
    panel.since.setDateTime(QDateTime(2026, 11, 25, 7, 15, 0))
    with qtbot.waitSignal(panel.routed) as told:
        send.click()
    assert told.args == ["PV-118", "2026-11-25 07:15"]


def test_without_a_contact_there_is_a_way_to_note_one(theme: Theme, qtbot) -> None:
    made = EventPanel(theme, "p", SafetyFacts(now=lambda: NOW))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.contact_wanted):
        made.findChild(Button, "add_contact_p").click()


def test_less_than_an_hour_is_said_in_minutes_too(theme: Theme, qtbot) -> None:
    late = SafetyFacts(hours=24, now=lambda: NOW + timedelta(minutes=5))
    made = EventPanel(theme, "p", late)
    qtbot.addWidget(made)
    made.since.setDateTime(QDateTime(2026, 11, 24, 8, 30, 0))
    assert made.left.text().startswith("0 h 25 min left")
