"""Ctrl+Z outside a text takes back what was done last, in the real window over a real workspace."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.ui.commands import UndoStack

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def undo(stage) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)


def redo(stage) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL | SHIFT)


def archived(stage, draft_id: str) -> bool:
    return stage.workspace.drafting.get(draft_id).archived_at is not None


def test_a_draft_put_away_comes_back_and_goes_again(stage):
    compose = stage.window.compose
    draft_id = compose.session.draft.id
    compose.drafts.list.view.setFocus()
    QTest.keyClick(compose.drafts.list.view, Qt.Key.Key_Backspace, CONTROL)
    stage.wait(lambda: archived(stage, draft_id))
    stage.wait(lambda: UndoStack.of(stage.window).undo_label == "Moved to the archive")
    stage.window.rail.focus_current()
    undo(stage)
    stage.wait(lambda: not archived(stage, draft_id))
    assert stage.window.toast.text() == "Taken back: Moved to the archive"
    stage.wait(lambda: compose.session.draft is not None and compose.session.draft.id == draft_id)
    stage.window.rail.focus_current()
    redo(stage)
    stage.wait(lambda: archived(stage, draft_id))


def test_the_button_of_the_toast_and_the_key_are_one_deed(stage):
    compose, toast = stage.window.compose, stage.window.toast
    draft_id = compose.session.draft.id
    compose.drafts.archive(draft_id)
    stage.wait(lambda: archived(stage, draft_id))
    stage.wait(lambda: toast.isVisible() and toast.text() == "Moved to the archive")
    toast.findChild(QWidget, "toast_action").click()
    stage.wait(lambda: not archived(stage, draft_id))
    assert UndoStack.of(stage.window).undo_label == ""


def test_the_whole_queue_is_paused_and_goes_on_with_one_key(stage):
    window = stage.window
    window.show_page("queue")
    window.hub.book.run("queue.pause_all")
    stage.wait(lambda: stage.workspace.queueing.is_all_paused)
    stage.wait(lambda: UndoStack.of(window).undo_label == "All posts are paused")
    window.rail.focus_current()
    undo(stage)
    stage.wait(lambda: not stage.workspace.queueing.is_all_paused)
    stage.wait(lambda: window.toast.text() == "Posts go out again.")
    undo(stage)  # nothing more: what was taken back is not a deed of its own
    assert not stage.workspace.queueing.is_all_paused
    assert window.toast.text() == "Nothing to take back."


def test_in_the_text_the_key_is_the_texts(stage):
    window, editor = stage.window, stage.window.compose.column.editor
    done: list[str] = []
    UndoStack.of(window).push("A deed", lambda: done.append("back"))
    editor.setFocus()
    stage.wait(editor.hasFocus)
    before = editor.text()
    QTest.keyClicks(editor, "typed ")
    undo(stage)
    assert (editor.text(), done) == (before, [])
    window.rail.focus_current()
    undo(stage)
    assert done == ["back"]


def test_after_another_size_and_other_colours_the_first_key_takes_words_back(stage):
    window, editor = stage.window, stage.window.compose.column.editor
    stage.settle()
    editor.setFocus()
    stage.wait(editor.hasFocus)
    before = editor.text()
    QTest.keyClicks(editor, "typed ")
    try:
        QTest.keyClick(editor, Qt.Key.Key_Plus, CONTROL)
        assert window.theme.text_scale > 1
        window.hub.book.run("view.mode_dark")
        undo(stage)
        assert editor.text() == before
        QTest.keyClick(editor, Qt.Key.Key_0, CONTROL)
        redo(stage)
        assert editor.text() == f"typed {before}"
        stage.settle(saves=True)
        draft = stage.workspace.drafting.get(window.compose.session.draft.id)
        assert draft.text == f"typed {before}"
    finally:
        window.zoom(0)


def test_where_the_text_has_nothing_left_the_key_takes_back_the_last_deed(stage):
    """The focus stays in the text, where nothing was typed: the key is the window's."""
    editor, done = stage.window.compose.column.editor, []
    stage.settle()
    editor.setFocus()
    stage.wait(editor.hasFocus)
    assert stage.window.hub.book  # its keys are installed
    UndoStack.of(stage.window).push("A deed", lambda: done.append("back"), lambda: done.append("again"))
    undo(stage)
    redo(stage)
    assert done == ["back", "again"]
    QTest.keyClicks(editor, "x")
    undo(stage)
    assert done == ["back", "again"], "what was typed since comes first"


def test_a_name_on_the_stack_is_in_the_menu(stage):
    window = stage.window
    window.tell("Moved to Wed 25 Nov, 08:10.", lambda: None)
    window.rail.focus_current()
    assert window.hub.book.find("edit.undo").detail() == "Moved to Wed 25 Nov, 08:10"
    assert window.hub.book.find("edit.redo").why_disabled() == "nothing to do again"
