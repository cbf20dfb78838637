"""The panel for a possible side effect: its clock, the note without a word of the post, the two ways on."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDateTime
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
