"""Findings: seen while typing, fixed, set aside, routed; the checklist; texts of their own; the thread."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QLineEdit, QWidget

from medvoice.domain.finding import Level
from medvoice.ui.commands import UndoStack
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.popovers import LeftPopover
from medvoice.ui.widgets.finding_card import FindingCard

# The offscreen platform has no real popups.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")
CLAIM = "We are proud of the results in older adults."
EVENT = "My uncle got his first injection on Friday and woke up covered in hives."


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def write(stage, text: str) -> PostEditor:
    editor = editor_of(stage)
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(text)
    return editor


def cards(stage) -> dict[str, FindingCard]:
    return stage.window.compose.compliance.cards


def first_fixable(stage) -> str:
    stage.settle()
    return next(key for key, card in cards(stage).items() if card.finding.fixes)


def test_a_fix_is_one_step_and_ctrl_z_takes_it_back(stage):
    editor = write(stage, f"I read the methods first.\n\n{CLAIM}")
    stage.wait(lambda: any(card.finding.fixes for card in cards(stage).values()))
    key = first_fixable(stage)
    stage.window.compose.compliance.open_card(key)
    stage.find(QWidget, f"use_fix_{key}").click()
    assert CLAIM not in editor.text()
    stage.wait(lambda: key not in cards(stage))
    editor.setFocus()
    stage.bot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert CLAIM in editor.text()


def test_go_to_text_selects_the_words(stage):
    editor = write(stage, f"\U0001f600 First.\n\n{CLAIM}")
    stage.wait(lambda: bool(cards(stage)))
    stage.settle()
    key, card = next((key, card) for key, card in cards(stage).items() if card.finding.quote in CLAIM)
    stage.window.compose.acts.go_to(key)
    assert editor.textCursor().selectedText() == card.finding.quote
    assert editor.hasFocus()


def test_the_caret_in_marked_words_opens_their_card(stage):
    editor = write(stage, f"In one registry 38% had left. {CLAIM}")
    stage.wait(lambda: len(editor.findings()) > 1)
    stage.settle()
    start, _end, _level, key = editor.findings()[-1]
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start + 1)
    editor.setTextCursor(cursor)
    stage.wait(lambda: cards(stage)[key].is_open)
    assert sum(card.is_open for card in cards(stage).values()) == 1


def warn_card(stage) -> str:
    return next((key for key, card in cards(stage).items() if card.finding.level is Level.WARN), "")


def test_a_warning_is_set_aside_with_a_reason_and_opened_again(stage):
    write(stage, "In one registry 38% had stopped their treatment after a year.")
    stage.wait(lambda: warn_card(stage))
    stage.settle()
    key = warn_card(stage)
    compliance = stage.window.compose.compliance
    compliance.open_card(key)
    cards(stage)[key].ask_reason()
    field = stage.find(QLineEdit, f"reason_{key}")
    button = stage.find(QWidget, f"give_reason_{key}")
    stage.bot.keyClicks(field, "too short")
    assert not button.isEnabled()
    stage.bot.keyClicks(field, ", but now it is long enough")
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: key not in cards(stage))
    draft = stage.window.compose.session.draft
    kept = stage.workspace.clearing.store.dismissals(draft.id)
    assert [item.reason for item in kept] == ["too short, but now it is long enough"]
    stage.find(QWidget, f"undismiss_{kept[0].rule}").click()
    stage.wait(lambda: key in cards(stage))


def test_what_is_typed_into_a_card_survives_the_next_check(stage):
    editor = write(stage, "In one registry 38% had stopped their treatment after a year.")
    stage.wait(lambda: warn_card(stage))
    stage.settle()
    key = warn_card(stage)
    stage.window.compose.compliance.open_card(key)
    cards(stage)[key].ask_reason()
    field = stage.find(QLineEdit, f"reason_{key}")
    stage.bot.keyClicks(field, "Half a rea")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.insert_text("Before. ")
    stage.settle()
    assert stage.find(QLineEdit, f"reason_{key}") is field
    assert field.text() == "Half a rea"
    assert cards(stage)[key].finding.start > 8


def event_card(stage) -> str:
    return next((key for key, card in cards(stage).items() if card.finding.lift == "route"), "")


def test_an_adverse_event_is_routed_with_reference_and_time(stage):
    write(stage, EVENT)
    stage.wait(lambda: event_card(stage))
    stage.settle()
    key = event_card(stage)
    stage.window.compose.compliance.open_card(key)
    send = stage.find(QWidget, f"route_{key}")
    assert not send.isEnabled()
    stage.bot.keyClicks(stage.find(QLineEdit, f"reference_{key}"), "PV-2026-118")
    stage.find(QDateTimeEdit, f"aware_{key}").setDateTime(QDateTime(2026, 1, 5, 9, 10, 0))
    send.click()
    stage.wait(lambda: not event_card(stage))
    draft = stage.window.compose.session.draft
    kept = stage.workspace.clearing.store.routings(draft.id)
    assert {each.reference for each in kept} == {"PV-2026-118"}
    assert {each.aware_at.isoformat() for each in kept} == {"2026-01-05T09:10:00+00:00"}


def test_since_when_one_knows_is_kept_and_the_clock_counts_from_there(stage):
    write(stage, EVENT)
    stage.wait(lambda: event_card(stage))
    stage.settle(saves=True)
    draft_id, store = stage.window.compose.session.draft.id, stage.workspace.clearing.store
    stage.wait(lambda: store.known_since(draft_id) is not None)
    first = stage.workspace.clock.now() - timedelta(hours=7)
    store.set_known_since(draft_id, first)  # as if the words had stood there for some hours
    compliance = stage.window.compose.compliance

    def come_back() -> str:
        stage.window.new_draft()
        stage.wait(lambda: stage.window.compose.session.draft.id != draft_id)
        stage.window.open_draft(draft_id)
        stage.wait(lambda: event_card(stage))
        compliance.open_card(event_card(stage))
        return event_card(stage)

    key = come_back()
    left = lambda: cards(stage)[key].findChild(QLabel, "event_left").text()  # noqa: E731
    assert left().startswith(("16 h 59 min left", "17 h 0 min left"))
    field = cards(stage)[key].findChild(QDateTimeEdit, f"aware_{key}")
    said = (stage.workspace.clock.now() - timedelta(hours=20)).replace(second=0, microsecond=0)
    field.setFocus()
    field.setDateTime(QDateTime(said.year, said.month, said.day, said.hour, said.minute, 0))
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: store.known_since(draft_id) == said)
    assert left().startswith("3 h 5")
    key = come_back()
    assert left().startswith("3 h 5")


def test_an_event_that_was_deleted_still_wants_an_answer(stage):
    write(stage, EVENT)
    stage.wait(lambda: event_card(stage))
    stage.settle()
    write(stage, "Something harmless.")
    compliance = stage.window.compose.compliance
    stage.wait(lambda: compliance.noted_panel() is not None)
    stage.settle()
    panel = compliance.noted_panel()
    field = panel.findChild(QLineEdit, f"reason_misread_{panel.objectName()}")
    stage.bot.keyClicks(field, "It was a line from a novel")
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: compliance.noted_panel() is None)


def test_ticks_fall_with_an_edit_and_are_reconfirmed_in_one_act(stage):
    stage.settle()
    rows = stage.window.compose.compliance.rows
    stage.wait(lambda: bool(rows))
    code = next(iter(rows))
    stage.bot.mouseClick(rows[code], Qt.MouseButton.LeftButton)
    draft_id = stage.window.compose.session.draft.id
    stage.wait(lambda: [t.code for t in stage.workspace.clearing.store.ticks(draft_id)] == [code])
    write(stage, "Another calm text.")
    stage.wait(lambda: code in rows and not rows[code].isChecked())
    stage.settle()
    assert rows[code].accessibleDescription() == "Text changed, please confirm again"
    stage.find(QWidget, "reconfirm").click()
    stage.wait(lambda: rows[code].isChecked())
    stage.settle()
    UndoStack.of(stage.window.compose).undo()
    stage.wait(lambda: not rows[code].isChecked())
    UndoStack.of(stage.window.compose).redo()
    stage.wait(lambda: rows[code].isChecked())


def test_nothing_found_is_no_clearance(stage):
    write(stage, "I read the methods before the results.")
    stage.settle()
    stage.wait(lambda: "No rule matched" in stage.find(QLabel, "nothing_found").text())
    assert "Not a clearance by your company." in stage.find(QLabel, "nothing_found").text()
    assert stage.find(QLabel, "review_line").text() == "Draft rules, no legal review."


@POPUP
def test_the_left_popover_jumps_to_a_box(stage):
    stage.settle()
    stage.wait(lambda: bool(stage.window.compose.planning.left))
    stage.find(QWidget, "schedule_button").click()
    popover = stage.window.findChild(LeftPopover)
    tick = next(item for item in stage.window.compose.planning.left if item.kind == "tick")
    popover.findChild(QWidget, f"left_{tick.code}").click()
    row = stage.window.compose.compliance.rows[tick.code]
    stage.wait(lambda: stage.window.focusWidget() is row)
    left = stage.window.findChild(LeftPopover)
    assert left is None or not left.isVisible()


def test_a_text_of_its_own_for_x_and_back(stage):
    stage.settle()
    stage.find(QWidget, "channel_chip_x").click()
    stage.wait(lambda: "x" in stage.workspace.drafting.list()[0].channels)
    column = stage.window.compose.column
    stage.settle()
    words = {action.text(): action for action in column.more_menu().actions()}
    words["Edit separately for X"].trigger()
    stage.settle()
    write(stage, "Only on X.")
    stage.settle()
    draft = stage.workspace.drafting.get(stage.window.compose.session.draft.id)
    assert draft.variant("x").text == "Only on X."
    assert draft.text == "I read the methods before the results."
    column.layers._group.buttons()[0].click()
    assert editor_of(stage).text() == draft.text
    words = {action.text(): action for action in column.more_menu().actions()}
    words["X: follow the main text again"].trigger()
    stage.settle()
    assert stage.workspace.drafting.get(draft.id).variant("x").text is None


def test_the_disclaimer_is_switched_and_counted(stage):
    stage.settle()
    switch = stage.find(QWidget, "disclaimer_linkedin")
    assert switch.isChecked()
    switch.click()
    draft_id = stage.window.compose.session.draft.id
    stage.wait(lambda: stage.workspace.drafting.get(draft_id).variant("linkedin").disclaimer == "")
    stage.settle()
    assert stage.window.compose.bar.chips["linkedin"].words().startswith("38 /")
    stage.find(QWidget, "disclaimer_linkedin").click()
    stage.wait(lambda: bool(stage.workspace.drafting.get(draft_id).variant("linkedin").disclaimer))


def test_a_split_moves_with_the_words_before_it(stage):
    stage.settle()
    stage.find(QWidget, "channel_chip_x").click()
    stage.settle()
    editor = write(stage, "First post. Second post.")
    cursor = editor.textCursor()
    cursor.setPosition(len("First post. "))
    editor.setTextCursor(cursor)
    stage.find(QWidget, "tool_split").click()
    stage.settle()
    preview = stage.window.compose.preview
    stage.wait(lambda: preview.findChild(QWidget, "x_post_2") is not None)
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.insert_text("Now the ")
    stage.settle()
    parts = stage.window.compose.standing.per_channel[-1].measure.parts
    assert parts[0].text == "Now the First post."
