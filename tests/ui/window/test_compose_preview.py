"""The preview as a person uses it: the fold, the whole post, copies, and splits moved by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.domain.account import Account
from medvoice.domain.draft import channel_text
from medvoice.ui.commands import UndoStack
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.post_text import PostText
from medvoice.ui.pages.compose.preview_thread import SplitHandle

LONG = "Most questions start the same way. " * 12
THREAD = "First thought of the day. A second one follows. A third one ends it."


@pytest.fixture
def preview(stage):
    stage.settle()
    stage.window.compose.pane.show_page("preview")
    return stage.window.compose.preview


def seen(stage, kind, name: str):
    """The part of that name on the screen; one that has gone may be waiting for its end."""
    found = [each for each in stage.window.findChildren(kind, name) if each.isVisible()]
    return found[-1] if found else None


def write(stage, text: str) -> None:
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    editor.selectAll()
    editor.insert_text(text)
    stage.settle()


def thread(stage, preview, marks=(26,)):
    """The text as a thread of the person's own splits, without the added sentence."""
    stage.find(QWidget, "channel_chip_x").click()
    stage.settle()
    session = stage.window.compose.session
    write(stage, THREAD)
    session.set_variant("x", disclaimer="", split_marks=tuple(marks))
    stage.settle()
    preview.choose("x")
    stage.wait(lambda: preview.thread_view is not None and len(preview.thread_view.parts) == len(marks) + 1)
    return preview.thread_view


def posts(preview) -> list[str]:
    return [part.text for part in preview.thread_view.parts]


def saved_marks(stage) -> tuple[int, ...]:
    draft_id = stage.window.compose.session.draft.id
    return stage.workspace.drafting.get(draft_id).variant("x").split_marks


def test_more_opens_the_post_and_closes_it(stage, preview):
    write(stage, LONG)
    stage.wait(lambda: seen(stage, PostText, "above_fold") is not None)
    above = seen(stage, PostText, "above_fold")
    assert above.text().endswith("…more</a></p>")
    above.more_clicked.emit()
    assert (
        preview.findChild(QWidget, "fold_line") is None
        or not preview.findChild(QWidget, "fold_line").isVisible()
    )
    stage.find(QWidget, "show_whole").click()
    stage.wait(lambda: seen(stage, PostText, "above_fold") is not None)


def test_a_phone_folds_earlier_than_a_desktop(stage, preview):
    write(stage, LONG)
    stage.wait(lambda: seen(stage, PostText, "above_fold") is not None)
    desktop = seen(stage, PostText, "above_fold").plain_text()
    stage.find(QWidget, "preview_mobile").click()
    stage.wait(lambda: seen(stage, PostText, "above_fold") is not None)
    phone = seen(stage, PostText, "above_fold").plain_text()
    assert len(phone) < len(desktop)
    assert desktop.startswith(phone.rstrip())
    assert seen(stage, QWidget, "linkedin_card").maximumWidth() == 300


def test_what_is_copied_is_what_is_posted(stage, preview):
    text = "Erste Zeile 😀\n\n\nשלום עולם\n#oncology and https://example.org/a"
    write(stage, text)
    draft = stage.window.compose.session.draft
    stage.wait(lambda: seen(stage, QWidget, "copy_whole") is not None)
    seen(stage, QWidget, "copy_whole").click()
    assert QGuiApplication.clipboard().text() == channel_text(draft, "linkedin")
    assert "😀\n\n\nשלום" in QGuiApplication.clipboard().text()


def test_each_post_of_a_thread_and_the_whole_are_copied(stage, preview):
    thread(stage, preview)
    stage.find(QWidget, "copy_post_2").click()
    assert QGuiApplication.clipboard().text() == "A second one follows. A third one ends it."
    stage.wait(lambda: seen(stage, QWidget, "copy_whole") is not None)
    seen(stage, QWidget, "copy_whole").click()
    assert QGuiApplication.clipboard().text() == (
        "First thought of the day.\n\nA second one follows. A third one ends it."
    )


def test_a_split_is_moved_by_keys_and_keeps_the_focus(stage, preview):
    view = thread(stage, preview)
    handle = view.handles[0]
    assert handle.accessibleName() == "Split before post 2, which begins with “A second one follows.”"
    handle.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(handle, Qt.Key.Key_Down)
    assert posts(preview) == ["First thought of the day. A second one follows.", "A third one ends it."]
    stage.wait(lambda: saved_marks(stage) == (48,))
    stage.settle()
    focused = stage.window.focusWidget()
    assert isinstance(focused, SplitHandle)
    stage.bot.keyClick(focused, Qt.Key.Key_Left)
    assert posts(preview)[1] == "follows. A third one ends it."
    stage.bot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Up)
    assert posts(preview)[1] == "A second one follows. A third one ends it."
    stage.settle()


def test_a_split_of_the_person_is_taken_out_and_undone(stage, preview):
    view = thread(stage, preview)
    view.handles[0].setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(view.handles[0], Qt.Key.Key_Delete)
    stage.wait(lambda: saved_marks(stage) == ())
    assert posts(preview) == [THREAD]
    stage.settle()
    UndoStack.of(stage.window).undo()
    stage.wait(lambda: saved_marks(stage) == (26,))
    stage.wait(lambda: len(posts(preview)) == 2)


def test_a_split_is_dragged_to_a_word(stage, preview):
    view = thread(stage, preview)
    handle, below = view.handles[0], view.findChildren(PostText)[1]
    stage.wait(lambda: below.isVisible() and below.width() > 150 and handle.width() > 150)
    start = handle.rect().center()
    aim = handle.mapFromGlobal(below.mapToGlobal(QPoint(below.width() - 2, 6)))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(handle, start + QPoint(0, 10))
    QTest.mouseMove(handle, aim)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, aim)
    assert len(posts(preview)) == 2
    assert posts(preview)[0].startswith("First thought of the day. A second")
    stage.wait(lambda: saved_marks(stage) not in ((), (26,)))
    assert " ".join(posts(preview)) == THREAD


def test_esc_lets_a_dragged_split_go(stage, preview):
    view = thread(stage, preview)
    handle = view.handles[0]
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(handle, start + QPoint(0, 30))
    stage.bot.keyClick(handle, Qt.Key.Key_Escape)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    stage.settle()
    assert saved_marks(stage) == (26,)


def test_posts_are_numbered_on_wish_and_split_by_itself_again(stage, preview):
    thread(stage, preview)
    stage.find(QWidget, "check_item_number_posts").click()
    stage.wait(
        lambda: (
            posts(preview)
            == ["First thought of the day. 1/2", "A second one follows. A third one ends it. 2/2"]
        )
    )
    stage.settle()
    stage.find(QWidget, "split_by_itself").click()
    stage.wait(lambda: saved_marks(stage) == ())
    stage.settle()


def test_a_channel_that_is_off_says_so(stage, preview):
    preview.choose("x")

    def words() -> list[str]:
        return [label.text() for label in preview.findChildren(QLabel) if label.isVisible()]

    stage.wait(lambda: "This channel is off for this draft." in words())


def test_typing_changes_the_words_of_the_thread_in_their_place(stage, preview):
    view = thread(stage, preview)
    editor = stage.find(PostEditor, "post_editor")
    editor.setFocus()
    stage.bot.keyClicks(editor, " Truly")
    stage.wait(lambda: any("Truly" in part.text for part in preview.thread_view.parts))
    stage.settle()
    assert preview.thread_view is view
    assert [part.text for part in view.parts] == [each.plain_text() for each in view.findChildren(PostText)]


def test_what_a_post_costs_on_x_stands_below_it_and_follows_the_words(stage, preview) -> None:
    work = stage.workspace
    thread(stage, preview)
    assert seen(stage, QLabel, "x_cost") is None, "the practice network takes nothing"
    work.accounts.add(
        Account(
            "a_real",
            "x",
            "oauth",
            "Jordan",
            "jo",
            "7",
            "app",
            "",
            (),
            "connected",
            "",
            None,
            work.clock.now(),
        )
    )
    stage.window.compose.session.reload()
    stage.wait(lambda: seen(stage, QLabel, "x_cost") is not None)
    said = seen(stage, QLabel, "x_cost")
    assert said.text() == "Costs about $0.03 on X (prices of 22 Aug 2026)."
    write(stage, THREAD.replace("thought", "thought on clinique.fr"))
    stage.wait(lambda: "one of 2 posts holds a link" in seen(stage, QLabel, "x_cost").text())
    assert "$0.215" in seen(stage, QLabel, "x_cost").text()
