"""Changed after clearing: pill, button and panels say so and show the words; one click goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.domain.outbox import PartState
from medvoice.ui.models.what_changed import changes_between, summary

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def deliveries(stage):
    return stage.workspace.queueing.outbox.list()


@pytest.fixture
def changed(stage):
    """Scheduled, then a few words typed at the end."""
    stage.tick_all()
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "ready")
    button.click()
    stage.wait(lambda: button.state == "scheduled")
    editor = stage.window.compose.column.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    stage.bot.keyClicks(editor, " Always.")
    stage.wait(lambda: [each.state for each in deliveries(stage)] == ["held"])
    stage.wait(lambda: stage.find(QWidget, "status_pill").text() == "Changed since you cleared it")
    stage.settle()
    stage.wait(lambda: stage.window.compose.planning.changed)
    return button


def test_what_changed_is_shown_where_things_are_left(stage, changed):
    stage.wait(lambda: changed.state == "not_ready")
    stage.bot.mouseClick(changed, Qt.MouseButton.LeftButton)
    panel = stage.find(QWidget, "left_popover")
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert any(text.startswith("You changed the text after you cleared it. 1 new word.") for text in texts)
    view = panel.findChild(QWidget, "change_linkedin")
    assert view.text.accessibleName() == "new: “Always.”"
    assert "line-through" not in view.text.text()
    lines = panel.lines
    assert panel.focusWidget() is lines[0]
    stage.bot.keyClick(lines[0], Qt.Key.Key_Down)
    assert panel.focusWidget() is lines[1]
    assert panel.ring.target is lines[1]
    stage.bot.keyClick(lines[1], Qt.Key.Key_Return)
    row = stage.window.compose.compliance.rows[lines[1].item.code]
    stage.wait(lambda: stage.window.focusWidget() is row)


def test_the_palette_s_command_shows_the_words_too(stage, changed):
    book = stage.window.hub.book
    assert book.run("post.what_changed") == ""
    panel = stage.find(QWidget, "changes_popover")
    assert panel.isVisible()
    panel.close()


def test_nothing_changed_is_said(stage):
    stage.settle()
    reason = stage.window.hub.book.run("post.what_changed")
    assert reason == "nothing changed since it was cleared"


def test_a_click_on_the_pill_shows_the_words(stage, changed):
    stage.bot.mouseClick(stage.find(QWidget, "status_pill"), Qt.MouseButton.LeftButton)
    panel = stage.find(QWidget, "changes_popover")
    assert panel.isVisible()
    panel.close()


def test_after_confirming_again_one_click_schedules_again(stage, changed):
    stage.tick_all()
    stage.wait(lambda: changed.state == "changed")
    assert changed.text() == "Schedule again"
    assert changed.accessibleName().endswith("changed since you cleared it")
    assert changed.accessibleDescription() == "You changed the text after you cleared it. 1 new word."
    changed.click()
    stage.wait(lambda: sorted(each.state for each in deliveries(stage)) == ["cancelled", "planned"])
    stage.wait(lambda: changed.state == "scheduled")
    assert stage.window.compose.planning.changed == ()


def test_taking_the_words_back_leaves_nothing_changed_but_asks_again(stage, changed):
    editor = stage.window.compose.column.editor
    for _letter in " Always.":
        stage.bot.keyClick(editor, Qt.Key.Key_Backspace)
    stage.settle()
    planning = stage.window.compose.planning
    stage.wait(lambda: planning.changed and planning.changed[0].pieces == ())
    assert planning.changed[0].words == "You changed the text after you cleared it."


@pytest.mark.parametrize(
    ("old", "new", "pieces", "words"),
    [
        ("same", "same", [], "The text itself is the same."),
        (
            "It is safe for all.",
            "It is studied in all.",
            [("kept", "It is "), ("gone", "safe for"), ("new", "studied in"), ("kept", " all.")],
            "2 words taken out, 2 new.",
        ),
        ("One.", "One!", [("kept", "One"), ("gone", "."), ("new", "!")], "Only signs or spaces changed."),
        ("don't", "do", [("gone", "don't"), ("new", "do")], "1 word taken out, 1 new."),
    ],
)
def test_pieces(old, new, pieces, words):
    found = changes_between(old, new)
    assert [(piece.kind, piece.text) for piece in found] == pieces or not pieces
    assert summary(found) == words


def test_far_words_are_left_out_and_long_texts_stay_quick():
    middle = " ".join(f"word{at}" for at in range(200))
    found = changes_between(f"first {middle} last", f"First {middle} final")
    kept = [piece.text for piece in found if piece.kind == "kept"]
    assert any("…" in text and len(text) < 90 for text in kept)
    long = changes_between("a " * 30_000, "b " * 30_000)
    assert [piece.kind for piece in long] == ["gone", "new"]


def test_an_edit_of_what_one_has_in_hand_asks_which_text(stage):
    """A by-hand post that is due stays as cleared: the agent cannot hold it, so Compose asks."""
    stage.tick_all()
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "ready")
    button.click()
    stage.wait(lambda: button.state == "scheduled")
    outbox = stage.workspace.queueing.outbox
    part = outbox.list()[0].parts[0]
    outbox.move_part(part.id, PartState.PLANNED, PartState.DUE)
    outbox.move_part(part.id, PartState.DUE, PartState.HANDED_OVER, reason="by_hand")
    stage.window.bridge.look()
    pill = stage.find(QWidget, "status_pill")
    stage.wait(lambda: pill.text() == "Ready to post by hand")
    editor = stage.window.compose.column.editor
    editor.setFocus()
    stage.bot.keyClicks(editor, "Later. ")
    stage.wait(lambda: pill.text() == "Changed since you cleared it")
    stage.settle()
    stage.wait(lambda: stage.window.compose.planning.left)
    item = stage.window.compose.planning.left[0]
    assert item.words == "Say which text you post on LinkedIn: the cleared one or this."
    stage.window.compose.acts.jump(item)
    assert stage.window.page() == "queue"
    queue = stage.window.queue
    stage.wait(lambda: queue.snapshot and queue.snapshot.rows and queue.snapshot.rows[0].is_edited)
    row = queue.snapshot.rows[0]
    assert "Later." not in row.delivery.parts[0].text
