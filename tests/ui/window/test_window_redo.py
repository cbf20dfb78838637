"""What was taken back is done again by Ctrl+Shift+Z and Ctrl+Y, on the draft it was done on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.domain.finding import Level
from medvoice.ui.commands import UndoStack
from medvoice.ui.editor import PostEditor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CLAIM = "In one registry 38% had stopped their treatment after a year."
REASON = "It is my own department, not a medicine."


def undo(stage) -> None:
    stage.window.rail.focus_current()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)


def redo(stage) -> None:
    stage.window.rail.focus_current()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL | SHIFT)


def redo_by_y(stage) -> None:
    stage.window.rail.focus_current()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y, CONTROL)


def words_of(stage, name: str) -> str:
    """What the Edit menu says, opened as a person does."""
    menu = stage.window.hub.menus._menus["edit"]
    menu.aboutToShow.emit()
    words = stage.find(QAction, f"action_{name}").text()
    menu.aboutToHide.emit()
    stage.bot.wait(1)  # the keys answer again once no menu is open
    return words


def deliveries(stage):
    return stage.workspace.queueing.outbox.list()


def states(stage) -> list[str]:
    return [str(each.state) for each in deliveries(stage)]


def open_id(stage) -> str:
    return stage.window.compose.session.draft.id


def kept(stage):
    return stage.workspace.drafting.get(open_id(stage))


def undo_label(stage) -> str:
    return UndoStack.of(stage.window).undo_label


@pytest.fixture
def aside(stage) -> str:
    """The draft with one warning set aside by a click; its id."""
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(f"I read the methods first.\n\n{CLAIM}")
    compliance = stage.window.compose.compliance
    stage.settle()
    stage.wait(lambda: any(card.finding.level is Level.WARN for card in compliance.cards.values()))
    key = next(key for key, card in compliance.cards.items() if card.finding.level is Level.WARN)
    stage.window.compose.planning.dismiss(compliance.shown[key].finding.rule, REASON)
    stage.wait(lambda: undo_label(stage) == "Set aside, with your reason on record")
    return open_id(stage)


def reasons(stage, draft_id: str) -> list[str]:
    return [each.reason for each in stage.workspace.clearing.store.dismissals(draft_id)]


def test_a_dismissal_is_opened_again_and_set_aside_again(stage, aside):
    assert words_of(stage, "edit.undo") == "Undo: what was typed", "in the text, the key is the text's"
    stage.window.rail.focus_current()
    assert words_of(stage, "edit.undo") == "Undo: Set aside, with your reason on record"
    undo(stage)
    stage.wait(lambda: reasons(stage, aside) == [])
    assert words_of(stage, "edit.redo") == "Redo: Set aside, with your reason on record"
    redo(stage)
    stage.wait(lambda: reasons(stage, aside) == [REASON])
    undo(stage)
    stage.wait(lambda: reasons(stage, aside) == [])
    redo_by_y(stage)
    stage.wait(lambda: reasons(stage, aside) == [REASON])


def test_opening_a_warning_again_is_taken_back_with_its_reason(stage, aside):
    dismissal = stage.workspace.clearing.store.dismissals(aside)[0]
    stage.window.compose.planning.undismiss(dismissal.rule, dismissal.quote)
    stage.wait(lambda: undo_label(stage) == "Open again")
    assert reasons(stage, aside) == []
    undo(stage)
    stage.wait(lambda: reasons(stage, aside) == [REASON])
    redo(stage)
    stage.wait(lambda: reasons(stage, aside) == [])


def test_undo_means_the_draft_it_was_done_on_though_another_is_open(stage, aside):
    stage.window.new_draft()
    stage.wait(lambda: open_id(stage) != aside)
    undo(stage)
    stage.wait(lambda: reasons(stage, aside) == [])
    assert open_id(stage) != aside
    redo(stage)
    stage.wait(lambda: reasons(stage, aside) == [REASON])


def test_scheduling_is_taken_back_and_done_again(stage):
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: states(stage) == ["planned"])
    stage.wait(lambda: undo_label(stage).startswith("Scheduled for"))
    wall = deliveries(stage)[0].wall
    undo(stage)
    stage.wait(lambda: states(stage) == ["cancelled"])
    redo(stage)
    stage.wait(lambda: sorted(states(stage)) == ["cancelled", "planned"])
    assert {each.wall for each in deliveries(stage)} == {wall}
    undo(stage)
    stage.wait(lambda: states(stage) == ["cancelled", "cancelled"])


def test_a_move_is_taken_back_and_done_again(stage):
    stage.make_ready().click()
    stage.wait(lambda: states(stage) == ["planned"])
    before = deliveries(stage)[0].wall
    stage.wait(lambda: stage.window.compose.planning.facts.deliveries)
    stage.window.compose.planning._time_chosen("2031-05-05 09:30", "UTC")
    stage.wait(lambda: undo_label(stage).startswith("Moved to"))
    undo(stage)
    stage.wait(lambda: deliveries(stage)[0].wall == before)
    redo(stage)
    stage.wait(lambda: deliveries(stage)[0].wall == "2031-05-05 09:30")


def test_taking_out_of_the_queue_is_taken_back_for_its_own_draft(stage):
    stage.make_ready().click()
    stage.wait(lambda: states(stage) == ["planned"])
    first = open_id(stage)
    stage.wait(lambda: stage.window.compose.planning.facts.deliveries)
    stage.window.compose.planning.unschedule()
    stage.wait(lambda: undo_label(stage) == "Unscheduled. Your text is unchanged")
    stage.window.new_draft()
    stage.wait(lambda: open_id(stage) != first)
    undo(stage)
    stage.wait(lambda: "planned" in states(stage))
    assert {each.draft_id for each in deliveries(stage)} == {first}
    redo(stage)
    stage.wait(lambda: "planned" not in states(stage))


def test_a_tick_is_taken_back_and_done_again(stage):
    stage.settle()
    rows = stage.window.compose.compliance.rows
    stage.wait(lambda: rows)
    code = next(iter(rows))
    rows[code].click()
    stage.wait(lambda: rows[code].isChecked() and undo_label(stage).startswith("Tick: "))
    stage.settle()
    undo(stage)
    stage.wait(lambda: not rows[code].isChecked())
    redo(stage)
    stage.wait(lambda: rows[code].isChecked())


@pytest.mark.parametrize(
    ("act", "read", "label"),
    [
        (lambda page: page.acts.back.set_idea(True), lambda draft: draft.is_idea, "Marked as an idea"),
        (
            lambda page: page.acts.switch_channel("x", True),
            lambda draft: draft.variant("x").is_on,
            "X on",
        ),
        (
            lambda page: page.acts.switch_disclaimer("linkedin", False),
            lambda draft: draft.variant("linkedin").disclaimer,
            "Disclaimer off for LinkedIn",
        ),
        (
            lambda page: page.planning._time_chosen("2031-05-05 09:30", "UTC"),
            lambda draft: draft.planned_wall,
            "Choice of a time",
        ),
    ],
)
def test_what_a_draft_was_given_is_taken_back_and_given_again(stage, act, read, label):
    stage.settle()
    before = read(kept(stage))
    act(stage.window.compose)
    stage.wait(lambda: read(kept(stage)) != before)
    after = read(kept(stage))
    assert undo_label(stage) == label
    undo(stage)
    stage.wait(lambda: read(kept(stage)) == before)
    redo(stage)
    stage.wait(lambda: read(kept(stage)) == after)


def test_what_is_typed_in_a_text_of_its_own_stays_when_its_channel_is_switched(stage):
    stage.settle()
    compose, editor = stage.window.compose, stage.find(PostEditor, "post_editor")
    compose.acts.switch_channel("x", True)
    stage.settle()
    compose.acts.set_own_text("x", True)
    stage.settle()
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClicks(editor, " Typed now.")
    compose.acts.switch_disclaimer("x", True)
    compose.acts.switch_channel("x", False)
    assert editor.text().endswith(" Typed now.")
    stage.settle(saves=True)
    assert kept(stage).variant("x").text.endswith(" Typed now.")


def test_following_the_main_text_again_is_taken_back_with_every_word(stage):
    stage.settle()
    compose, editor = stage.window.compose, stage.find(PostEditor, "post_editor")
    compose.acts.set_own_text("linkedin", True)
    stage.settle()
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClicks(editor, " Only here.")
    compose.acts.set_own_text("linkedin", False)
    stage.wait(lambda: kept(stage).variant("linkedin").text is None)
    undo(stage)
    stage.wait(lambda: (kept(stage).variant("linkedin").text or "").endswith(" Only here."))
    redo(stage)
    stage.wait(lambda: kept(stage).variant("linkedin").text is None)


def test_the_menu_says_when_there_is_nothing(stage):
    assert words_of(stage, "edit.redo") == "Redo: nothing to do again"
    assert words_of(stage, "edit.undo") == "Undo: nothing to take back"
    redo(stage)
    assert stage.window.toast.text() == "Nothing to do again."


def test_the_toast_of_a_replacement_does_not_take_back_what_was_typed_since(stage):
    stage.settle()
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    stage.window.compose.writing.replace()
    bar = stage.window.compose.column.find_bar()
    bar.words.setText("methods")
    bar.other.setText("protocol")
    bar.replace_all()
    assert "protocol" in editor.text()
    action = stage.find(QWidget, "toast_action")
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClicks(editor, " More.")
    action.click()
    assert editor.text().endswith(" More.")
    assert "protocol" in editor.text()
    assert stage.window.toast.text().startswith("You wrote since")
