"""A person who never saw MedVoice writes, fixes, ticks, schedules and cancels, by keyboard alone.

All they know is that F1 often helps. They press keys, they read what the sheet of keys says and what a screen
reader would say of the place that has the focus. No mouse, no calls into the program.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.ui.widgets.controls import CheckItem

# The offscreen platform has no real popups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
MOST_TABS = 60


class Person:
    """Hands on the keyboard, eyes on what has the focus."""

    def __init__(self, stage) -> None:
        self.stage = stage
        self.window: QWidget = stage.window
        self.known: dict[str, QKeySequence] = {}

    # Hands

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def do(self, deed: str) -> None:
        """Press the keys that the sheet names for a deed."""
        assert deed in self.known, f"{deed!r} is not on the sheet: {sorted(self.known)}"
        stroke = self.known[deed][0]
        self.press(stroke.key(), stroke.keyboardModifiers())

    # Eyes

    def learn_the_keys(self) -> None:
        """Read the sheet that F1 opens, and close it."""
        self.press(Qt.Key.Key_F1)
        sheet = self.window.findChild(QWidget, "shortcut_sheet")
        self.stage.wait(lambda: sheet is not None and sheet.isVisible())
        for row in sheet.findChildren(QWidget):
            deed, comma, caps = row.accessibleName().rpartition(", ")
            keys = QKeySequence("+".join(caps.split()))
            if comma and keys.count() == 1:
                self.known[deed] = keys
        self.press(Qt.Key.Key_Escape)
        self.stage.wait(lambda: not sheet.isVisible())

    def focus(self) -> str:
        """What is read aloud of the place that has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)

    def tab_to(self, wanted) -> None:
        """Tab until a place says what is wanted."""
        for _step in range(MOST_TABS):
            if wanted():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"not found by Tab; the focus is on {self.focus()!r}")

    def hears(self, button: str) -> str:
        """What a button of that name says now."""
        found = self.window.findChild(QWidget, button)
        return found.accessibleName() if found is not None and found.isVisible() else ""

    def settle(self) -> None:
        session = self.stage.window.compose.session
        self.stage.wait(lambda: not session.is_dirty and not session.live_check.is_busy)


@pytest.fixture
def person(stage) -> Person:
    made = Person(stage)
    made.learn_the_keys()
    return made


def write(person: Person) -> None:
    drafts = len(person.stage.workspace.drafting.list())
    person.do("New draft")
    person.stage.wait(lambda: len(person.stage.workspace.drafting.list()) == drafts + 1)
    person.stage.wait(lambda: person.focus() == "Private title, never posted")
    person.type("What I check first")
    person.press(Qt.Key.Key_Return)
    person.stage.wait(lambda: person.focus() == "Post text")
    person.type("I read the methods before the results. We are proud of the results in older adults.")
    person.settle()


def text(person: Person) -> str:
    drafting = person.stage.workspace.drafting
    return next(drafting.get(row.id).text for row in drafting.list() if row.title == "What I check first")


def fix(person: Person) -> None:
    """Go from finding to finding, and use what is suggested where it must be fixed."""
    pane = person.stage.window.compose.compliance
    person.stage.wait(lambda: pane.cards)
    assert "We are proud" in text(person)
    person.do("Next finding")
    person.do("Use the suggested wording")
    person.settle()
    person.stage.wait(lambda: text(person) == "I read the methods before the results.")


def tick(person: Person) -> int:
    """Tick what is to be ticked: Space, then Tab to the next box that is open."""
    ticked = 0
    person.do("Go to the first open check")
    while "left" in (left := person.hears("schedule_button")):
        person.tab_to(is_open_box)
        person.press(Qt.Key.Key_Space)
        ticked += 1
        person.stage.wait(lambda left=left: person.hears("schedule_button") != left)
        person.settle()
        assert ticked < 20, f"ticked {ticked} boxes, and still: {person.hears('schedule_button')}"
    return ticked


def is_open_box() -> bool:
    widget = QApplication.focusWidget()
    return isinstance(widget, CheckItem) and not widget.isChecked()


def test_written_fixed_ticked_scheduled_and_cancelled_by_keys_alone(person: Person):
    states = lambda: [str(each.state) for each in person.stage.workspace.queueing.outbox.list()]  # noqa: E731
    write(person)
    fix(person)
    assert tick(person) >= 3
    person.stage.wait(lambda: person.hears("schedule_button").startswith("Schedule for "))
    person.do("Schedule this post")
    person.stage.wait(lambda: states() == ["planned"])
    person.stage.wait(lambda: person.hears("schedule_button").startswith("Scheduled for "))
    person.do("Find a command or a draft")
    person.type("cancel")
    person.press(Qt.Key.Key_Return)
    person.stage.wait(lambda: states() == ["cancelled"])
    person.stage.wait(lambda: person.hears("schedule_button").startswith("Schedule for "))


def test_scheduled_and_taken_back_with_undo(person: Person):
    states = lambda: [str(each.state) for each in person.stage.workspace.queueing.outbox.list()]  # noqa: E731
    write(person)
    fix(person)
    tick(person)
    person.stage.wait(lambda: person.hears("schedule_button").startswith("Schedule for "))
    person.do("Schedule this post")
    person.stage.wait(lambda: states() == ["planned"])
    person.stage.wait(lambda: person.hears("schedule_button").startswith("Scheduled for "))
    person.do("Undo")
    person.stage.wait(lambda: states() == ["cancelled"])


def test_every_key_of_the_sheet_can_be_pressed(person: Person):
    """The keys that everything else is found by are on the sheet, and no two deeds share one."""
    wanted = {
        "New draft",
        "Next finding",
        "Use the suggested wording",
        "Go to the first open check",
        "Schedule this post",
        "Undo",
        "Find a command or a draft",
        "Next pane",
        "Show all keys",
    }
    assert wanted <= set(person.known)
    keys = [each.toString() for deed, each in person.known.items() if "in the list" not in deed]
    assert sorted(keys) == sorted(set(keys))
