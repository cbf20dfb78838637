"""Writing, seeing what is wrong, ticking, scheduling with one click, undo: as a person does it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medvoice.store.clearance import ClearanceStore
from medvoice.ui.editor import PostEditor


def type_text(stage, text: str) -> PostEditor:
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    stage.bot.keyClicks(editor, text)
    return editor


def only_draft(stage):
    return stage.workspace.drafting.get(stage.workspace.drafting.list()[0].id)


def test_typing_is_saved_by_itself(stage):
    type_text(stage, "Registries have people who type late.")
    stage.wait(lambda: only_draft(stage).text == "Registries have people who type late.")
    stage.wait(lambda: stage.find(QLabel, "saved_line").text().startswith("Saved"))


def test_a_claim_is_underlined_while_typing_and_the_button_says_what_is_left(stage):
    editor = type_text(stage, "This medicine always works and it is completely safe for everyone.")
    stage.wait(lambda: any(level in ("block", "warn") for _s, _e, level, _i in editor.findings()))
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "not_ready" and stage.window.compose.planning.left)
    stage.wait(lambda: stage.window.compose.compliance.cards)


def tick_all(stage) -> None:
    compliance = stage.window.compose.compliance
    stage.wait(lambda: bool(compliance.rows))
    for code in list(compliance.rows):
        row = compliance.rows[code]
        if not row.isChecked():
            row.setFocus()
            stage.bot.keyClick(row, Qt.Key.Key_Space)
            stage.wait(lambda code=code: compliance.rows[code].isChecked())
            stage.wait(lambda code=code: code in {t.code for t in ticks(stage)})


def ticks(stage):
    return ClearanceStore(stage.workspace.db).ticks(only_draft(stage).id)


def test_one_click_schedules_and_undo_takes_it_back(stage):
    tick_all(stage)
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "ready")
    stage.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    outbox = stage.workspace.queueing.outbox
    stage.wait(lambda: [d.state for d in outbox.list()] == ["planned"])
    stage.wait(lambda: button.state == "scheduled")
    stage.wait(lambda: stage.find(QWidget, "toast").isVisible())
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: [d.state for d in outbox.list()] == ["cancelled"])
    stage.wait(lambda: button.state == "ready")


def test_an_edit_after_scheduling_holds_the_post_and_says_so(stage):
    tick_all(stage)
    button = stage.find(QWidget, "schedule_button")
    stage.wait(lambda: button.state == "ready")
    button.click()
    outbox = stage.workspace.queueing.outbox
    stage.wait(lambda: [d.state for d in outbox.list()] == ["planned"])
    stage.wait(lambda: button.state == "scheduled")
    type_text(stage, "Now something else.")
    stage.wait(lambda: [d.state for d in outbox.list()] == ["held"])
    stage.wait(lambda: stage.find(QWidget, "status_pill").text() == "Changed since you cleared it")


def test_a_new_draft_and_the_search(stage):
    stage.bot.keyClick(stage.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.wait(lambda: len(stage.workspace.drafting.list()) == 2)
    stage.wait(lambda: stage.find(PostEditor, "post_editor").text() == "")
    field = stage.find(QLineEdit, "draft_search")
    stage.bot.keyClicks(field, "methods")
    drafts = stage.window.compose.drafts.list
    stage.wait(lambda: drafts.count() == 1)
    field.clear()
    stage.wait(lambda: drafts.count() == 2)
