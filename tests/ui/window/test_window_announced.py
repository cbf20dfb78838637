"""What a screen reader is told without being asked (look.md 8), and that no page has a message box."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

UI = Path(__file__).parents[3] / "medvoice" / "ui"
POLITE, ASSERTIVE = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive


@pytest.fixture
def said(monkeypatch) -> list[tuple[str, QAccessible.AnnouncementPoliteness]]:
    """Each announcement with its politeness; other events of accessibility are not of interest."""
    heard: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event) -> None:
        if hasattr(event, "message"):
            heard.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def test_what_was_done_is_said_politely(stage, said):
    stage.window.tell("Scheduled for Tue 17 Nov, 08:10.", lambda: None)
    assert said[-1] == ("Scheduled for Tue 17 Nov, 08:10.", POLITE)
    stage.window.hub.stack.undo()
    assert said[-1] == ("Taken back: Scheduled for Tue 17 Nov, 08:10", POLITE)


def test_the_number_of_findings_is_said_when_it_changes(stage, said):
    editor = stage.window.compose.column.editor
    editor.setFocus()
    QTest.keyClicks(editor, "We are proud of the results. This medicine is safe and always works. ")
    stage.wait(lambda: any("left" in words for words, _how in said))
    words, how = next(each for each in said if "left" in each[0])
    assert re.search(r"\d+ findings? left", words), words
    assert how == POLITE
    editor.selectAll()
    editor.insert_text("I read the methods before the results.")
    count = len(said)
    stage.wait(lambda: len(said) > count)
    assert "left" in said[-1][0] or "No findings" in said[-1][0]


def test_the_palette_says_which_line_is_chosen(stage, said):
    stage.window.hub.show_palette()
    QTest.keyClicks(stage.window.hub._palette.field, "queue")
    stage.wait(lambda: any("Queue" in words for words, _how in said))
    stage.window.hub._palette.close_up()


def test_no_page_makes_a_message_box_of_its_own():
    boxes = re.compile(r"\bQ(MessageBox|ErrorMessage|InputDialog|ProgressDialog)\b")
    found = [path.name for path in UI.rglob("*.py") if boxes.search(path.read_text("utf-8"))]
    assert found == []


def test_dialogs_are_only_those_of_the_design():
    """Panels, not modals (look.md 1): what went wrong in MedVoice, and a workspace that cannot be opened."""
    makers = {path.name for path in UI.rglob("*.py") if re.search(r"\(QDialog\)", path.read_text("utf-8"))}
    assert makers == {"crash.py", "trouble.py"}
