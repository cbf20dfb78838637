"""Holes a word could fall through: a save that takes its time while the person closes, switches, types on or
brings a version back; a journal that a power cut tore."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medvoice.app import build
from medvoice.infra.paths import make_paths
from medvoice.services.drafting import Drafting
from medvoice.ui.bridge import WORLD
from medvoice.ui.editor import PostEditor

CTRL = Qt.KeyboardModifier.ControlModifier


def editor_of(stage) -> PostEditor:
    return stage.find(PostEditor, "post_editor")


def type_at_end(stage, words: str) -> None:
    editor = editor_of(stage)
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    QTest.keyClicks(editor, words)


def texts(stage) -> list[str]:
    drafting = stage.workspace.drafting
    return sorted(drafting.get(row.id).text for row in drafting.list(None))


@pytest.fixture
def slow_disk(monkeypatch):
    """Each save of the window takes a while; how long can be set."""
    real, wait_s = Drafting.save, [0.3]

    def save(self, *args, **fields):
        time.sleep(wait_s[0])
        return real(self, *args, **fields)

    monkeypatch.setattr(Drafting, "save", save)
    return wait_s


def start_again(stage, home, qtbot):
    window, runner = build(stage.theme, make_paths(home), with_agent=False)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    return window, runner


def test_closing_while_a_save_is_under_way_saves_what_came_after_it(stage, slow_disk):
    type_at_end(stage, " One.")
    stage.window.compose.session.save()
    type_at_end(stage, " Two.")
    stage.window.close()
    # A machine at its limit may let the window go first; the lane ends its work all the same.
    stage.wait(lambda: texts(stage) == ["I read the methods before the results. One. Two."])
    left = stage.window.compose.session.journal.read_all()
    assert [each.text for each in left] in ([], texts(stage))


def test_a_save_that_outlives_the_window_is_in_the_journal_once(stage, slow_disk, home, qtbot, monkeypatch):
    monkeypatch.setattr("medvoice.ui.bridge.CLOSE_WAIT_S", 0.2)
    slow_disk[0] = 1.5
    type_at_end(stage, " One.")
    stage.window.compose.session.save()
    type_at_end(stage, " Two.")
    stage.window.close()
    assert list(stage.window.compose.session.journal.folder.glob("*.json"))
    stage.wait(lambda: texts(stage)[0].endswith(("One.", "Two.")))
    slow_disk[0] = 0
    stage.bot.wait(2000)  # the lanes of the closed window have ended by then
    window, runner = start_again(stage, home, qtbot)
    assert texts(stage) == ["I read the methods before the results. One. Two."]
    window.close()
    runner.shutdown()


def test_switching_drafts_in_the_middle_of_saves_keeps_each_word_in_its_draft(stage, slow_disk):
    session = stage.window.compose.session
    first = session.draft.id
    other = stage.workspace.drafting.create(title="Another", text="Second.").id
    for round_ in range(3):
        type_at_end(stage, f" a{round_}")
        session.save()
        type_at_end(stage, f"b{round_}")
        stage.window.open_draft(other)
        type_at_end(stage, f"c{round_}")  # the first is still on the screen
        stage.wait(lambda: session.draft.id == other)
        type_at_end(stage, f" x{round_}")
        stage.window.open_draft(first)
        stage.wait(lambda: session.draft.id == first)
    stage.settle(saves=True)
    get = stage.workspace.drafting.get
    stage.wait(lambda: get(first).text.endswith(" a0b0c0 a1b1c1 a2b2c2"))
    stage.wait(lambda: get(other).text == "Second. x0 x1 x2")
    assert len(stage.workspace.drafting.list(None)) == 2


def test_a_draft_that_is_read_again_does_not_come_back_in_place_of_the_one_just_chosen(stage):
    """What the agent wrote makes the window read the open draft again, at the moment another is chosen."""
    stage.settle()
    session = stage.window.compose.session
    first = session.draft.id
    other = stage.workspace.drafting.create(title="Another", text="Second.").id
    session.reload()  # under way when the other is chosen
    stage.window.open_draft(other)
    session.reload()  # and once more before that one is there
    stage.window.bridge.changed.emit(WORLD)
    stage.wait(lambda: session.draft.id == other)
    stage.settle()
    stage.bot.wait(200)
    assert (session.draft.id, editor_of(stage).text()) == (other, "Second.")
    session.reload()
    stage.window.open_draft(first)
    stage.wait(lambda: session.draft.id == first)


def test_a_draft_that_is_gone_leaves_the_open_one_in_step(stage):
    stage.settle()
    session = stage.window.compose.session
    first = session.draft
    stage.window.open_draft("d_gone")
    stage.wait(lambda: stage.window.toast.isVisible())
    assert session.draft.id == first.id
    stage.workspace.drafting.save(first.id, session.draft.revision, text="Changed elsewhere.")
    stage.window.bridge.changed.emit(WORLD)
    stage.wait(lambda: editor_of(stage).text() == "Changed elsewhere.")


class Composing:
    """As an input method does it: what is half composed is handed over when it is told to."""

    def __init__(self, editor: PostEditor, word: str) -> None:
        self.editor, self.word = editor, word
        QApplication.sendEvent(editor, QInputMethodEvent(word[:1], []))

    def inputMethod(self) -> "Composing":
        return self

    def commit(self) -> None:
        event = QInputMethodEvent()
        event.setCommitString(self.word)
        QApplication.sendEvent(self.editor, event)


def test_a_word_half_composed_stays_with_the_draft_it_was_begun_in(stage, monkeypatch):
    stage.settle()
    first, session = stage.window.compose.session.draft.id, stage.window.compose.session
    other = stage.workspace.drafting.create(title="Another", text="Second.").id
    stage.window.compose.drafts.reload()
    type_at_end(stage, " ")
    composing = Composing(editor_of(stage), "語")
    monkeypatch.setattr("medvoice.ui.pages.compose.keeping.QGuiApplication", composing)
    stage.window.compose.drafts.chosen.emit(other)
    stage.wait(lambda: session.draft.id == other)
    stage.wait(lambda: stage.workspace.drafting.get(first).text.endswith(" 語"))
    assert editor_of(stage).text() == "Second."


def test_what_is_answered_while_a_save_is_under_way_and_another_draft_opens_is_not_lost(stage, slow_disk):
    stage.settle()
    session, rows = stage.window.compose.session, stage.window.compose.compliance.rows
    stage.wait(lambda: rows)
    first, code = session.draft.id, next(iter(rows))
    other = stage.workspace.drafting.create(title="Another", text="Second.").id
    type_at_end(stage, " One.")
    stage.settle(saves=True)
    stage.wait(lambda: code in rows)
    type_at_end(stage, " Two.")
    stage.window.compose.planning.tick(code, True)
    stage.window.open_draft(other)
    stage.wait(lambda: session.draft.id == other)
    stage.wait(lambda: [one.code for one in stage.workspace.clearing.store.ticks(first)] == [code])
    assert stage.workspace.drafting.get(first).text.endswith(" One. Two.")


def test_archiving_while_one_types_keeps_the_words_in_the_archive(stage, slow_disk):
    first = stage.window.compose.session.draft.id
    stage.workspace.drafting.create(title="Another", text="Second.")
    type_at_end(stage, " One.")
    stage.window.compose.drafts.archive(first)
    type_at_end(stage, " Two.")
    get = stage.workspace.drafting.get
    stage.wait(lambda: get(first).archived_at is not None)
    stage.wait(lambda: get(first).text.endswith(" One. Two."))
    assert len(stage.workspace.drafting.list(None)) == 2


@pytest.mark.parametrize("torn", ["", '{"draft": "d_', "null", '{"draft": "d_1", "revision": "x"}'])
def test_a_journal_that_a_power_cut_tore_costs_nothing_else(stage, home, qtbot, torn):
    session = stage.window.compose.session
    type_at_end(stage, " Saved before the cut.")
    stage.settle(saves=True)
    path = session.journal.path(session.draft.id)
    path.write_text(torn, encoding="utf-8")
    session.presence.release()
    window, runner = start_again(stage, home, qtbot)
    assert texts(stage) == ["I read the methods before the results. Saved before the cut."]
    editor = window.findChild(PostEditor, "post_editor")
    assert editor.text().endswith("Saved before the cut.")
    assert path.read_text(encoding="utf-8") == torn, "what cannot be read is kept for somebody who can"
    window.close()
    runner.shutdown()


def test_the_journal_is_never_half_written(stage, monkeypatch):
    """A power cut in the middle of writing leaves the file of half a second ago."""
    session = stage.window.compose.session
    session._save_timer.setInterval(60_000)
    session._limit_timer.setInterval(60_000)
    type_at_end(stage, " One.")
    session.write_journal()
    type_at_end(stage, " Two.")
    with monkeypatch.context() as cut:
        cut.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(5, "cut")))
        session.write_journal()
    (kept,) = session.journal.read_all()
    assert kept.text.endswith((" One.", " Two."))
    session.write_journal()
    assert session.journal.read_all()[0].text.endswith(" One. Two.")
