"""Finding and replacing words, focus mode, counts and type, as a person at the keyboard does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medvoice.ui.editor import PostEditor
from medvoice.ui.editor.find_bar import FindBar

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "Trial and trial 😀 data. Trials differ; a TRIAL ends.\nNo trial is late."


@pytest.fixture
def editor(stage) -> PostEditor:
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(TEXT)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    return editor


def open_find(stage, words: str, key: Qt.Key = Qt.Key.Key_F) -> QLineEdit:
    stage.bot.keyClick(stage.window.focusWidget(), key, CTRL)
    field = stage.find(QLineEdit, "find_words")
    stage.wait(field.hasFocus)
    field.clear()
    stage.bot.keyClicks(field, words)
    return field


def chosen(editor: PostEditor) -> str:
    return editor.textCursor().selectedText()


def count(stage) -> str:
    return stage.find(QLabel, "find_count").text()


def test_words_are_found_stepped_through_and_left_with_escape(stage, editor):
    field = open_find(stage, "trial")
    assert (count(stage), chosen(editor)) == ("1 of 5", "Trial")
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    assert (count(stage), chosen(editor)) == ("2 of 5", "trial")
    stage.bot.keyClick(field, Qt.Key.Key_Return, SHIFT)
    stage.bot.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert (count(stage), chosen(editor)) == ("5 of 5", "trial")
    assert editor.textCursor().blockNumber() == 1
    stage.bot.keyClick(field, Qt.Key.Key_Escape)
    assert editor.hasFocus()
    assert chosen(editor) == "trial"
    assert not stage.find(FindBar, "find_bar").isVisible()
    assert editor.text() == TEXT


def test_escape_in_the_text_closes_what_is_open_and_then_goes_to_the_list(stage, editor):
    open_find(stage, "trial")
    editor.setFocus()
    stage.bot.keyClick(editor, Qt.Key.Key_Escape)
    assert not stage.find(FindBar, "find_bar").isVisible()
    assert editor.hasFocus()
    view = stage.window.compose.drafts.list.view
    stage.bot.keyClick(editor, Qt.Key.Key_Escape)
    assert view.hasFocus()
    stage.bot.keyClick(view, Qt.Key.Key_Return)
    stage.wait(editor.hasFocus)
    stage.window.compose.frame.toggle_list()
    stage.bot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.hasFocus()  # there is no list to go to
    assert editor.text() == TEXT


def test_capitals_and_whole_words_narrow_the_search(stage, editor):
    open_find(stage, "trial")
    stage.find(QWidget, "find_case").click()
    assert count(stage) == "1 of 2"
    stage.find(QWidget, "find_case").click()
    stage.find(QWidget, "find_whole").click()
    assert count(stage) == "2 of 4"
    field = stage.find(QLineEdit, "find_words")
    field.setText("registry")
    assert count(stage) == "Not found"
    assert not stage.find(QWidget, "replace_one").isEnabled()


def test_all_places_are_replaced_in_one_step_and_saved(stage, editor):
    open_find(stage, "trial", Qt.Key.Key_H)
    stage.find(QLineEdit, "replace_words").insert("study 😀")
    stage.find(QWidget, "replace_all").click()
    replaced = "study 😀 and study 😀 😀 data. study 😀s differ; a study 😀 ends.\nNo study 😀 is late."
    assert editor.text() == replaced
    assert stage.window.toast.text() == "5 places replaced"
    stage.wait(lambda: stage.workspace.drafting.list()[0].first_line.startswith("study"))
    editor.setFocus()
    stage.bot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == TEXT
    stage.bot.keyClick(editor, Qt.Key.Key_Y, CTRL)
    assert editor.text() == replaced
    stage.find(QWidget, "toast_action").click()
    assert editor.text() == TEXT


def test_one_place_after_the_other_is_replaced_from_the_keyboard(stage, editor):
    open_find(stage, "trial", Qt.Key.Key_H)
    stage.find(QWidget, "find_case").click()
    other = stage.find(QLineEdit, "replace_words")
    other.setFocus()
    stage.bot.keyClicks(other, "trials and trial")
    stage.bot.keyClick(other, Qt.Key.Key_Return)
    assert editor.text().startswith("Trial and trials and trial 😀")
    assert (count(stage), editor.textCursor().blockNumber()) == ("3 of 3", 1)


def test_what_is_found_stays_true_while_the_text_changes(stage, editor):
    open_find(stage, "trial")
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    stage.bot.keyClicks(editor, " A trial.")
    stage.wait(lambda: count(stage).endswith("of 6"))


def test_the_selected_words_are_what_is_looked_for(stage, editor):
    start = TEXT.index("data")
    editor.select_span(start, start + 4)
    stage.bot.keyClick(editor, Qt.Key.Key_F, CTRL)
    assert stage.find(QLineEdit, "find_words").text() == "data"
    assert count(stage) == "1 of 1"


def test_signs_of_patterns_are_only_signs(stage, editor):
    editor.insert_text("(a+b) costs 5 [1] \\d ")
    for words in ("(a+b)", "[1]", "\\d", "5 ["):
        open_find(stage, words)
        assert count(stage) == "1 of 1"


def test_words_and_characters_are_counted_for_text_and_selection(stage, editor):
    line = stage.find(QLabel, "word_count")
    stage.wait(lambda: line.text() == "14 words · 69 characters")
    start = TEXT.index("trial 😀")
    editor.select_span(start, start + 7)
    stage.wait(lambda: line.text() == "2 of 14 words · 7 characters")
    assert line.accessibleName() == "Selected: 2 of 14 words, 7 characters"


def test_focus_mode_shows_the_page_alone_and_comes_back_with_escape(stage, editor):
    compose = stage.window.compose
    parts = (compose.bar, compose.frame.pane, compose.frame.drafts, stage.find(QWidget, "editor_footer"))
    assert all(part.isVisible() for part in parts)
    stage.bot.keyClick(editor, Qt.Key.Key_F11, CTRL | SHIFT)
    assert not any(part.isVisible() for part in parts)
    assert editor.hasFocus()
    stage.bot.keyClicks(editor, "Alone. ")
    stage.wait(lambda: stage.workspace.drafting.list()[0].first_line.startswith("Alone."))
    assert not stage.find(QWidget, "choose_topic").isVisible()
    stage.bot.keyClick(editor, Qt.Key.Key_Escape)
    assert all(part.isVisible() for part in parts)
    compose.frame.toggle_pane()
    compose.writing.switch_focus_mode()
    compose.writing.switch_focus_mode()
    assert not compose.frame.pane.isVisible()


def test_quotes_become_round_only_when_the_person_wants_it(stage, editor):
    editor.selectAll()
    stage.bot.keyClicks(editor, '"It\'s" a--b... ')
    assert editor.text() == '"It\'s" a--b... '
    stage.window.compose.writing.switch_typeset()
    editor.selectAll()
    stage.bot.keyClicks(editor, '"It\'s" a--b... https://x.org/a--b')
    assert editor.text() == "“It’s” a–b… https://x.org/a--b"
    editor.selectAll()
    stage.bot.keyClicks(editor, 'x"')
    stage.bot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == 'x"'
    assert stage.window.look.value("typeset", False, type=bool)


def test_a_draft_that_comes_back_can_still_be_undone(stage, editor):
    other = stage.workspace.drafting.create(title="Another", text="Second text")
    compose, first = stage.window.compose, stage.window.compose.session.draft.id
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    stage.bot.keyClicks(editor, " One more thought.")
    stage.window.open_draft(other.id)
    stage.wait(lambda: editor.text() == "Second text")
    stage.bot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "Second text"
    stage.window.open_draft(first)
    stage.wait(lambda: editor.text() == f"{TEXT} One more thought.")
    stage.wait(lambda: not compose.session.live_check.is_busy)
    stage.bot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == TEXT
    stage.wait(lambda: stage.workspace.drafting.get(first).text == TEXT)
