"""Versions and separate texts, as a person uses them: kept, named, compared, brought back, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.history_tab import HistoryTab

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")
FIRST = "I read the methods before the results."


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def write(stage, text: str) -> PostEditor:
    editor = editor_of(stage)
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(text)
    stage.settle(saves=True)
    return editor


def saved(stage):
    return stage.workspace.drafting.get(stage.window.compose.session.draft.id)


def versions(stage):
    return stage.workspace.drafting.versions(saved(stage).id)


@pytest.fixture
def history(stage) -> HistoryTab:
    """A named version of the first text, then another text; the versions are in front."""
    tab = open_history(stage)
    stage.bot.keyClicks(stage.find(QLineEdit, "version_name"), "Before the congress")
    stage.bot.keyClick(stage.find(QLineEdit, "version_name"), Qt.Key.Key_Return)
    stage.wait(lambda: any(row.line.name == "Before the congress" for row in tab.rows.values()))
    write(stage, "I read all the methods.\nThen the results 😀.")
    return tab


def open_history(stage) -> HistoryTab:
    stage.window.compose.history.show()
    tab = stage.find(HistoryTab, "history_tab")
    stage.wait(tab.isVisible)
    return tab


def open_version(stage, tab: HistoryTab, name: str) -> int:
    number = next(number for number, row in tab.rows.items() if row.line.name == name)
    row = tab.rows[number]
    row.setFocus()
    stage.bot.keyClick(row, Qt.Key.Key_Space)
    stage.wait(lambda: tab.findChild(QWidget, "version_difference") is not None)
    return number


def test_nothing_kept_is_said(stage):
    open_history(stage)
    assert stage.find(QLabel, "no_versions").text() == "No version is kept yet."


def test_a_version_kept_by_key_is_in_the_open_list_at_once(stage):
    open_history(stage)
    stage.settle(saves=True)
    before = set(stage.window.compose.history.tab.rows)
    editor_of(stage).setFocus()
    stage.bot.keyClick(editor_of(stage), Qt.Key.Key_S, CTRL)
    stage.wait(lambda: len(stage.window.compose.history.tab.rows) == len(before) + 1)
    assert stage.window.toast.text() == "This version is kept"
    assert len(versions(stage)) == len(before) + 1


def test_a_version_is_named_listed_and_compared_word_by_word(stage, history):
    number = open_version(stage, history, "Before the congress")
    row = history.rows[number]
    assert row.below.endswith("kept by you · 7 words")
    assert stage.find(QLabel, "version_summary").text() == "Since then 2 words came, 1 word went."
    difference = stage.find(QLabel, "difference_text")
    assert difference.accessibleName().startswith("Came: all")
    assert "line-through" in difference.text()
    assert "😀" in difference.text()


def test_a_version_comes_back_and_undo_takes_it_back(stage, history):
    now = editor_of(stage).text()
    open_version(stage, history, "Before the congress")
    stage.find(QWidget, "restore_version").click()
    stage.wait(lambda: editor_of(stage).text() == FIRST)
    stage.wait(lambda: saved(stage).text == FIRST)
    stage.wait(lambda: stage.window.toast.text() == "The version is back")
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: editor_of(stage).text() == now)
    stage.wait(lambda: saved(stage).text == now)


def test_ctrl_z_in_the_text_takes_a_restored_version_back(stage, history):
    now = editor_of(stage).text()
    open_version(stage, history, "Before the congress")
    stage.find(QWidget, "restore_version").click()
    stage.wait(lambda: editor_of(stage).text() == FIRST)
    stage.settle(saves=True)
    editor_of(stage).setFocus()
    stage.bot.keyClick(editor_of(stage), Qt.Key.Key_Z, CTRL)
    assert editor_of(stage).text() == now
    stage.wait(lambda: saved(stage).text == now)


def test_a_restored_version_keeps_what_stood_there(stage, history):
    now = editor_of(stage).text()
    open_version(stage, history, "Before the congress")
    stage.find(QWidget, "restore_version").click()
    stage.wait(lambda: saved(stage).text == FIRST)
    kept = versions(stage)[0]
    assert (kept.why, kept.snapshot.text) == ("before_restore", now)
    stage.wait(lambda: any(row.line.why == "before_restore" for row in history.rows.values()))


def test_an_older_version_gets_a_name_later(stage, history):
    number = open_version(stage, history, "Before the congress")
    field = stage.find(QLineEdit, "rename_version")
    field.selectAll()
    stage.bot.keyClicks(field, "Sent to a colleague")
    stage.bot.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: history.rows[number].line.name == "Sent to a colleague")
    assert versions(stage)[-1].name == "Sent to a colleague"


def test_what_is_typed_while_a_version_comes_back_is_kept(stage, history):
    open_version(stage, history, "Before the congress")
    first = saved(stage).id
    stage.find(QWidget, "restore_version").click()
    editor_of(stage).insert_text("Typed meanwhile. ")
    stage.settle(saves=True)

    def texts() -> list[str]:
        kept = [stage.workspace.drafting.get(each.id) for each in stage.workspace.drafting.list()]
        return [draft.text for draft in kept]

    stage.wait(lambda: any("Typed meanwhile." in text for text in texts()))
    stage.wait(lambda: FIRST in texts() or any(FIRST in text for text in texts()))
    assert "Typed meanwhile." in editor_of(stage).text()
    assert first in {each.id for each in stage.workspace.drafting.list()}


def test_versions_are_walked_through_by_key(stage, history):
    stage.window.compose.history.keep("Second")
    stage.wait(lambda: len(history.rows) >= 2)
    order = list(history.rows)
    history.rows[order[0]].setFocus()
    stage.bot.keyClick(history.rows[order[0]], Qt.Key.Key_Down)
    assert history.rows[order[1]].hasFocus()
    stage.bot.keyClick(history.rows[order[1]], Qt.Key.Key_Return)
    stage.wait(lambda: history.open_number == order[1])
    stage.wait(lambda: history.findChild(QWidget, "version_difference") is not None)
    stage.bot.keyClick(history.rows[order[1]], Qt.Key.Key_Escape)
    assert history.open_number == 0
    stage.bot.keyClick(history.rows[order[1]], Qt.Key.Key_Up)
    assert history.rows[order[0]].hasFocus()


def test_the_versions_follow_the_draft_that_is_open(stage, history):
    other = stage.workspace.drafting.create(title="Other", text="Other words")
    stage.window.open_draft(other.id)
    stage.wait(lambda: editor_of(stage).text() == "Other words")
    stage.wait(lambda: not history.rows)
    assert history.open_number == 0


def test_a_suggested_wording_leaves_a_version_behind(stage):
    write(stage, "Our therapy is safe. It is the best drug.")
    tab = stage.window.compose.compliance
    stage.wait(lambda: any(one.finding.fixes for one in tab.shown.values()))
    key = next(key for key, one in tab.shown.items() if one.finding.fixes)
    before = editor_of(stage).text()
    tab.fix_requested.emit(key)
    stage.wait(lambda: any(each.why == "before_fix" for each in versions(stage)))
    kept = next(each for each in versions(stage) if each.why == "before_fix")
    assert kept.snapshot.text == before


@POPUP
def test_a_channel_is_edited_separately_compared_and_follows_again(stage):
    compose = stage.window.compose
    stage.find(QWidget, "channel_chip_x").click()
    stage.settle(saves=True)
    commands = {command.name: command for command in compose.commands()}
    assert commands["post.follow_x"].why_disabled() == "it follows the main text"
    assert commands["post.separate_x"].start() == ""
    stage.settle(saves=True)
    write(stage, "I read methods first.")
    assert saved(stage).variant("x").text == "I read methods first."
    assert saved(stage).text == FIRST
    commands["post.compare_x"].start()
    summary = stage.find(QLabel, "variant_summary").text()
    assert summary == "Only here: 2 words. Only in the main text: 5 words."
    spoken = stage.find(QLabel, "variant_difference").accessibleName()
    assert "Only in the main text: before the results" in spoken.replace("the methods ", "")
    stage.find(QWidget, "follow_main_text").click()
    stage.settle(saves=True)
    stage.wait(lambda: saved(stage).variant("x").text is None)
    assert editor_of(stage).text() == FIRST
    stage.wait(lambda: stage.window.toast.text() == "X follows the main text again")
    stage.find(QWidget, "toast_action").click()
    stage.settle(saves=True)
    stage.wait(lambda: saved(stage).variant("x").text == "I read methods first.")


def test_typing_with_the_versions_open_renews_what_differs_but_not_what_is_named(stage, history):
    open_version(stage, history, "Before the congress")
    rows = dict(history.rows)
    write(stage, "Quite other words.")
    stage.wait(
        lambda: stage.find(QLabel, "version_summary").text() == "Since then 3 words came, 7 words went."
    )
    assert history.rows == rows
    field = stage.find(QLineEdit, "rename_version")
    field.setFocus()
    field.setText("Half a na")
    stage.window.compose.history.reload()
    stage.bot.wait(150)
    assert stage.find(QLineEdit, "rename_version") is field
    assert field.text() == "Half a na"
