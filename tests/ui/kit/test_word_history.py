"""The history of words: typing in runs, one step for each change of another kind, never a format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from medvoice.ui.editor import PostEditor, word_history
from medvoice.ui.pages.compose.title_edit import TitleEdit
from medvoice.ui.theme import Mode, Theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(theme: Theme, qtbot) -> PostEditor:
    editor = PostEditor(theme)
    qtbot.addWidget(editor)
    editor.resize(700, 400)
    editor.set_text("Before. 😀 ")
    editor.show()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    return editor


def heights(editor: PostEditor) -> set[float]:
    block, found = editor.document().begin(), set()
    while block.isValid():
        found.add(block.blockFormat().lineHeight())
        block = block.next()
    return found


@pytest.mark.parametrize("scale", [0.9, 1.15, 1.5])
def test_after_another_text_size_the_first_key_takes_words_back(editor, theme, qtbot, scale) -> None:
    qtbot.keyClicks(editor, "typed")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    editor.insert_text("pasted\nlines")
    theme.set_text_scale(scale)
    theme.set_mode(Mode.DARK)
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "Before. 😀 typed\n"
    assert heights(editor) == {theme.line_height("editor")}
    theme.set_text_scale(1.0)
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL | SHIFT)
    assert editor.text() == "Before. 😀 typed\npasted\nlines", "the way ahead is kept as well"
    assert heights(editor) == {theme.line_height("editor")}
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == "Before. 😀 "


def test_the_title_keeps_its_words_history_too(theme: Theme, qtbot) -> None:
    title = TitleEdit(theme)
    qtbot.addWidget(title)
    title.set_text("Before")
    assert not title.can_undo()
    title.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(title, " after")
    theme.set_text_scale(1.3)
    qtbot.keyClick(title, Qt.Key.Key_Z, CTRL)
    assert title.text() == "Before"
    assert not title.can_undo()
    qtbot.keyClick(title, Qt.Key.Key_Y, CTRL)
    assert title.text() == "Before after"


def test_a_run_of_typing_is_one_step_until_the_keys_rest(editor, qtbot, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(word_history.time, "monotonic", lambda: now[0])
    qtbot.keyClicks(editor, "one")
    now[0] += word_history.PAUSE_S + 0.1
    qtbot.keyClicks(editor, " two")
    editor.undo()
    assert editor.text() == "Before. 😀 one"
    editor.undo()
    assert editor.text() == "Before. 😀 "
    editor.redo()
    qtbot.keyClicks(editor, "!")
    editor.undo()
    assert editor.text() == "Before. 😀 one", "what is typed after redo is a step of its own"


def test_backspace_and_delete_are_runs_and_a_caret_moved_away_begins_another(editor, qtbot) -> None:
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "Before."
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text() == "fore."
    editor.undo()
    assert editor.text() == "Before."
    editor.undo()
    assert editor.text() == "Before. 😀 "
    editor.redo()
    editor.redo()
    assert editor.text() == "fore."


def test_the_caret_stands_where_words_came_back(editor, qtbot) -> None:
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.insert_text("Here ")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.undo()
    assert editor.textCursor().position() == 0
    editor.redo()
    assert editor.textCursor().position() == len("Here ")


def test_words_typed_after_undo_end_what_could_come_again(editor, qtbot) -> None:
    qtbot.keyClicks(editor, "one")
    editor.undo()
    assert editor.can_redo()
    qtbot.keyClicks(editor, "two")
    assert not editor.can_redo()


def test_where_nothing_can_be_taken_back_the_key_is_the_windows(editor, qtbot) -> None:
    def is_taken(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(editor, event)
        return event.isAccepted()

    assert not is_taken(Qt.Key.Key_Z, CTRL)
    qtbot.keyClicks(editor, "x")
    assert is_taken(Qt.Key.Key_Z, CTRL)
    assert not is_taken(Qt.Key.Key_Z, CTRL | SHIFT)
    editor.undo()
    assert is_taken(Qt.Key.Key_Z, CTRL | SHIFT)


def test_the_menu_of_the_text_takes_back_words(editor, qtbot) -> None:
    def items() -> dict[str, object]:
        menu = editor.standard_menu()
        menu.setParent(editor)
        return {action.objectName(): action for action in menu.actions()}

    assert not items()["edit-undo"].isEnabled()
    qtbot.keyClicks(editor, "typed")
    items()["edit-undo"].trigger()
    assert editor.text() == "Before. 😀 "
    items()["edit-redo"].trigger()
    assert editor.text() == "Before. 😀 typed"


def test_a_text_that_may_not_be_changed_is_not_taken_back(editor, qtbot) -> None:
    qtbot.keyClicks(editor, "typed")
    editor.setReadOnly(True)
    editor.undo()
    assert (editor.can_undo(), editor.text()) == (False, "Before. 😀 typed")


def test_only_so_many_steps_are_kept(editor, monkeypatch) -> None:
    monkeypatch.setattr(word_history, "STEPS_KEPT", 5)
    monkeypatch.setattr(word_history, "BYTES_KEPT", 40)
    for number in range(9):
        editor.insert_text(f"{number}0000000 ")
    assert len(editor.words._done) == 2
    editor.undo()
    editor.undo()
    editor.undo()
    assert editor.text().endswith("60000000 ")


WORDS = st.text(alphabet="ab é😀\n\u200d✊", max_size=6)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), WORDS, st.sampled_from(["put", "all", "size", "key"])),
    max_size=12,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=CHANGES)
def test_all_the_way_back_and_again_every_text_stands_there(theme, editor, changes) -> None:
    editor.set_text("Before. 😀 ")
    seen = [editor.text()]
    for first, second, words, how in changes:
        text = editor.text()
        start, end = sorted((round(first * len(text)), round(second * len(text))))
        if how == "put":
            editor.apply_fix(start, end, words)
        elif how == "all":
            editor.put_text(words)
        elif how == "size":
            theme.set_text_scale((0.9, 1.0, 1.3)[int(first * 2.9)])
        elif words:
            editor.select_span(start, start)
            editor.textCursor().insertText(words[0])
        editor.words.seal()
        if editor.text() != seen[-1]:
            seen.append(editor.text())
    for text in reversed(seen[:-1]):
        editor.undo()
        assert editor.text() == text
    assert not editor.can_undo()
    for text in seen[1:]:
        editor.redo()
        assert editor.text() == text
    assert len(heights(editor)) == 1
