"""No key is lost: closing, switching, a crash, another writer, a full disk."""

import errno
import json
import os
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.app import build
from medvoice.bootstrap import open_workspace
from medvoice.domain.errors import StorageError
from medvoice.infra.paths import make_paths
from medvoice.services.drafting import Drafting
from medvoice.ui.editor import PostEditor
from medvoice.ui.pages.compose.journal import Journal, Unsaved, fingerprint, own_folder, put
from medvoice.ui.pages.compose.title_edit import TitleEdit
from medvoice.ui.strings import sentence_for


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def write(stage, text: str) -> None:
    editor = editor_of(stage)
    editor.setFocus()
    editor.selectAll()
    stage.bot.keyClicks(editor, text)


def texts(stage) -> set[str]:
    return {stage.workspace.drafting.get(row.id).text for row in stage.workspace.drafting.list()}


def test_closing_saves_the_last_key(stage):
    write(stage, "Typed just before the window closed.")
    stage.window.close()
    assert texts(stage) == {"Typed just before the window closed."}
    assert not list(stage.window.compose.session.journal.folder.glob("*.json"))


def test_opening_another_draft_saves_the_one_that_was_typed(stage):
    other = stage.workspace.drafting.create(title="Another", text="Second text")
    first = editor_of(stage).text()
    write(stage, "The first draft, changed.")
    stage.window.open_draft(other.id)
    stage.wait(lambda: editor_of(stage).text() == "Second text")
    stage.wait(lambda: texts(stage) == {"The first draft, changed.", "Second text"})
    assert first not in texts(stage)


def test_the_journal_holds_what_is_typed_until_it_is_saved(stage):
    session = stage.window.compose.session
    write(stage, "Half a thought")
    session.write_journal()
    files = list(session.journal.folder.glob("*.json"))
    assert [json.loads(file.read_text())["text"] for file in files] == ["Half a thought"]
    stage.wait(lambda: not list(session.journal.folder.glob("*.json")))
    assert texts(stage) == {"Half a thought"}


def test_what_a_crash_left_is_there_at_the_next_start(stage, home, qtbot):
    session = stage.window.compose.session
    draft = session.draft
    # The window dies here: the timers never save, the journal is all there is.
    session._save_timer.setInterval(60_000)
    session._limit_timer.setInterval(60_000)
    write(stage, "Written before the crash")
    session.write_journal()
    session._journal_timer.stop()
    session.presence.release()  # as the end of its process does
    window, runner = build(stage.theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    assert stage.workspace.drafting.get(draft.id).text == "Written before the crash"
    editor = window.findChild(PostEditor, "post_editor")
    assert editor.text() == "Written before the crash"
    assert not list(session.journal.folder.glob("*.json"))
    window.close()
    runner.shutdown()


def test_a_journal_older_than_the_draft_becomes_a_draft_of_its_own(stage, home, qtbot):
    session = stage.window.compose.session
    session._save_timer.setInterval(60_000)
    session._limit_timer.setInterval(60_000)
    write(stage, "Written before the crash")
    session.write_journal()
    draft = session.draft
    stage.workspace.drafting.save(draft.id, draft.revision, text="Changed by the command line")
    session.presence.release()
    window, runner = build(stage.theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    assert texts(stage) == {"Changed by the command line", "Written before the crash"}
    window.close()
    runner.shutdown()


def test_a_draft_changed_elsewhere_keeps_both_texts_and_says_so(stage):
    session = stage.window.compose.session
    draft = session.draft
    stage.workspace.drafting.save(draft.id, draft.revision, text="From the command line")
    write(stage, "Typed in the window")
    stage.wait(lambda: texts(stage) == {"From the command line", "Typed in the window"})
    stage.wait(lambda: stage.window.toast.isVisible())
    assert "kept as a draft of their own" in stage.window.toast.text()
    editor = editor_of(stage)
    stage.bot.keyClicks(editor, " and on")
    stage.wait(lambda: "Typed in the window and on" in texts(stage))
    assert "From the command line" in texts(stage)


def test_a_full_disk_is_said_and_tried_again(stage, monkeypatch):
    real, is_full = Drafting.save, [True]

    def save(self, *args, **fields):
        if is_full[0]:
            raise StorageError("disk_full")
        return real(self, *args, **fields)

    monkeypatch.setattr(Drafting, "save", save)
    stage.window.compose.session._again_timer.setInterval(200)
    write(stage, "Typed on a full disk")
    line = stage.find(QLabel, "saved_line")
    stage.wait(lambda: line.text() == "Not saved, the disk is full")
    stage.wait(lambda: stage.window.findChild(QWidget, "banner_danger") is not None)
    banners = stage.window.findChildren(QWidget, "banner_danger")
    assert [banner.text() for banner in banners] == [sentence_for(StorageError("disk_full"))]
    stage.find(QWidget, "banner_action").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == "A first draft\n\nTyped on a full disk"
    assert list(stage.window.compose.session.journal.folder.glob("*.json"))
    is_full[0] = False
    stage.wait(lambda: texts(stage) == {"Typed on a full disk"})
    stage.wait(lambda: line.text().startswith("Saved"))
    stage.wait(lambda: stage.window.toast.text() == "Saved again. Nothing was lost.")
    assert not any(banner.isVisible() for banner in stage.window.findChildren(QWidget, "banner_danger"))


def test_typing_is_never_further_than_two_seconds_from_the_file(stage):
    session = stage.window.compose.session
    session._save_timer.setInterval(60_000)
    write(stage, "Never a pause in typing")
    stage.wait(lambda: texts(stage) == {"Never a pause in typing"}, 4000)


def test_the_title_is_saved_and_enter_goes_to_the_page(stage):
    title = stage.find(TitleEdit, "draft_title")
    title.setFocus()
    title.selectAll()
    stage.bot.keyClicks(title, "A better title")
    stage.bot.keyClick(title, Qt.Key.Key_Return)
    assert editor_of(stage).hasFocus()
    stage.wait(lambda: stage.workspace.drafting.list()[0].title == "A better title")
    stage.wait(lambda: stage.window.windowTitle() == "A better title[*] · MedVoice")


def test_hostile_text_is_kept_as_it_can_be(stage):
    editor = editor_of(stage)
    editor.selectAll()
    editor.insert_text("Line\x00one\ud83d \U0001f600 e" + "\u0301" * 3000)
    kept = "Line\ufffdone\ufffd \U0001f600 e" + "\u0301" * 3000
    stage.wait(lambda: texts(stage) == {kept})


def test_archived_drafts_come_back_with_undo(stage):
    stage.workspace.drafting.create(title="Stays", text="Second text")
    stage.window.compose.drafts.reload()
    drafts = stage.window.compose.drafts.list
    stage.wait(lambda: drafts.count() == 2)
    drafts.view.setFocus()
    stage.bot.keyClick(drafts.view, Qt.Key.Key_Delete)
    stage.wait(lambda: len(stage.workspace.drafting.list()) == 1)
    stage.wait(lambda: stage.window.toast.isVisible())
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: len(stage.workspace.drafting.list()) == 2)


def test_the_last_draft_archived_leaves_an_empty_page_with_one_button(stage):
    drafts = stage.window.compose.drafts.list
    stage.bot.keyClick(drafts.view, Qt.Key.Key_Delete)
    nothing = stage.window.compose.nothing
    stage.wait(nothing.isVisible)
    assert not stage.find(QWidget, "schedule_button").isVisible()
    nothing.button.click()
    stage.wait(lambda: editor_of(stage).isVisible() and editor_of(stage).isEnabled())
    stage.wait(lambda: len(stage.workspace.drafting.list()) == 1)


def test_the_workspace_of_the_window_can_be_read_by_others_meanwhile(stage, home, rulebook):
    write(stage, "Shared")
    stage.wait(lambda: texts(stage) == {"Shared"})
    other = open_workspace(home, rulebook)
    assert [other.drafting.get(row.id).text for row in other.drafting.list()] == ["Shared"]
    other.close()


def test_a_draft_open_in_two_windows_is_said_and_both_texts_stay(stage, home, qtbot):
    other, runner = build(stage.theme, make_paths(home), with_agent=False)
    other.show()
    with qtbot.waitSignal(other.ready, timeout=10_000):
        other.start()
    stage.wait(lambda: other.findChild(QWidget, "banner_info") is not None)
    said = other.findChild(QWidget, "banner_info")
    assert said.text().startswith("This draft is open in another window too.")
    assert stage.window.findChild(QWidget, "banner_info") is None
    write(stage, "Typed in the first window")
    stage.window.compose.session.write_journal()
    editor = other.findChild(PostEditor, "post_editor")
    editor.selectAll()
    editor.insert_text("Typed in the second window")
    stage.wait(lambda: texts(stage) == {"Typed in the first window", "Typed in the second window"})
    other.compose.session.presence._again.setInterval(50)
    stage.window.close()
    other.close()
    runner.shutdown()


def test_the_sentence_goes_with_the_other_window(stage, home, qtbot):
    other, runner = build(stage.theme, make_paths(home), with_agent=False)
    other.show()
    with qtbot.waitSignal(other.ready, timeout=10_000):
        other.start()
    presence = other.compose.session.presence
    stage.wait(lambda: presence.is_elsewhere)
    presence._again.start(50)
    stage.window.close()
    stage.wait(lambda: not presence.is_elsewhere)
    assert not any(banner.isVisible() for banner in other.findChildren(QWidget, "banner_info"))
    other.close()
    runner.shutdown()


def test_a_window_leaves_alone_what_another_one_has_unsaved(stage, home, qtbot):
    session = stage.window.compose.session
    session._save_timer.setInterval(60_000)
    session._limit_timer.setInterval(60_000)
    write(stage, "Still being typed")
    session.write_journal()
    other, runner = build(stage.theme, make_paths(home), with_agent=False)
    other.show()
    with qtbot.waitSignal(other.ready, timeout=10_000):
        other.start()
    assert texts(stage) == {"I read the methods before the results."}
    assert list(session.journal.folder.glob("*.json"))
    other.close()
    runner.shutdown()


def test_a_crash_while_a_save_is_under_way_makes_no_second_draft(stage, home, qtbot):
    """The save arrived, the window died before it knew, and more had been typed."""
    session, drafting = stage.window.compose.session, stage.workspace.drafting
    session._save_timer.setInterval(60_000)
    session._limit_timer.setInterval(60_000)
    write(stage, "One two")
    old = drafting.get(session.draft.id)
    sent = session.on_screen()
    session._sent.append(fingerprint(sent))
    write(stage, "One two three")
    session.journal.write(Unsaved.of(session.on_screen(), old.revision, session._sent))
    drafting.save(old.id, old.revision, text=sent.text)
    session.presence.release()
    window, runner = build(stage.theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    assert texts(stage) == {"One two three"}
    window.close()
    runner.shutdown()


def test_a_draft_of_five_megabytes_is_said_and_kept_and_others_stay_editable(stage):
    text = "A sentence with words in it. " * 170_000
    huge = stage.workspace.drafting.create(title="From a script", text=text)
    other = stage.window.compose.session.draft.id
    began = time.monotonic()
    stage.window.open_draft(huge.id)
    stage.wait(lambda: stage.window.findChild(QWidget, "too_long") is not None)
    assert time.monotonic() - began < 2
    assert not stage.find(QWidget, "schedule_button").isVisible()
    stage.find(QWidget, "too_long").button.click()
    assert QGuiApplication.clipboard().text() == f"From a script\n\n{text}"
    stage.window.compose.drafts.reload()
    stage.window.open_draft(other)
    stage.wait(lambda: editor_of(stage).isVisible() and editor_of(stage).isEnabled())
    write(stage, "Still to be written")
    stage.wait(lambda: "Still to be written" in texts(stage))
    assert stage.workspace.drafting.get(huge.id).text == text


def test_words_the_disk_did_not_take_are_there_when_their_draft_comes_back(stage, monkeypatch):
    other = stage.workspace.drafting.create(title="Another", text="Second text")
    real, is_full = Drafting.save, [True]

    def save(self, *args, **fields):
        if is_full[0]:
            raise StorageError("disk_full")
        return real(self, *args, **fields)

    monkeypatch.setattr(Drafting, "save", save)
    session = stage.window.compose.session
    first = session.draft.id
    write(stage, "Typed on a full disk")
    stage.window.open_draft(other.id)
    stage.wait(lambda: editor_of(stage).text() == "Second text")
    stage.wait(lambda: first in session.leftovers._held)
    stage.window.open_draft(first)
    stage.wait(lambda: editor_of(stage).text() == "Typed on a full disk")
    stage.window.open_draft(other.id)
    stage.wait(lambda: editor_of(stage).text() == "Second text")
    stage.wait(lambda: first in session.leftovers._held)
    is_full[0] = False
    session.leftovers._again.start(10)
    stage.wait(lambda: texts(stage) == {"Typed on a full disk", "Second text"})
    stage.wait(lambda: not session.leftovers._held and not list(session.journal.folder.glob("*.json")))


def test_words_of_a_full_disk_survive_the_window(stage, home, qtbot, monkeypatch):
    """The workspace takes nothing, not even the journal: another place of the computer keeps the words."""

    def save(self, *args, **fields):
        raise StorageError("disk_full")

    real = os.open

    def no_room(path, *args, **more):
        if str(path).startswith(str(home)):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, *args, **more)

    journal = stage.window.compose.session.journal
    with monkeypatch.context() as full:
        full.setattr(Drafting, "save", save)
        full.setattr(os, "open", no_room)
        write(stage, "Typed on a full disk")
        stage.wait(lambda: stage.window.findChild(QWidget, "banner_danger") is not None)
        stage.window.close()
    assert not list(journal.folder.glob("*.json"))
    assert len(list(journal.spare.glob("*.json"))) == 1
    assert journal.spare.stat().st_mode & 0o77 == 0
    window, runner = build(stage.theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    assert texts(stage) == {"Typed on a full disk"}
    assert not list(journal.spare.glob("*.json"))
    window.close()
    runner.shutdown()


def test_the_newest_of_two_journals_counts_and_foreign_folders_are_refused(tmp_path):
    journal = Journal(tmp_path / "home", tmp_path / "spare")
    journal.write(Unsaved("d_1", 1, "", "old"))
    (tmp_path / "spare").mkdir()
    put(tmp_path / "spare", "d_1.json", Unsaved("d_1", 1, "", "new"))
    os.utime(journal.path("d_1"), ns=(0, 0))
    assert [each.text for each in journal.read_all()] == ["new"]
    journal.write(Unsaved("d_1", 1, "", "newer"))
    assert [each.text for each in journal.read_all()] == ["newer"]
    assert not list((tmp_path / "spare").glob("*.json"))
    (tmp_path / "link").symlink_to(tmp_path / "spare")
    with pytest.raises(OSError, match="somebody else"):
        own_folder(tmp_path / "link")
