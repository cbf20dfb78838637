"""Before I like or share this: one key from the clipboard to an answer, and nothing of it kept."""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from medvoice.ui.pages.compose.share_check import LONGEST, ShareCheck

PRAISE = "Our new treatment is now available. Zentorva is safe in heart failure and free of side effects."
CALM = "Which registry do you trust most, and what does it leave out?"


def open_by_key(stage, words: str) -> ShareCheck:
    stage.settle()
    QGuiApplication.clipboard().setText(words)
    editor = stage.window.compose.column.editor
    editor.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    stage.bot.keyClick(editor, Qt.Key.Key_B, both)
    stage.wait(lambda: stage.window.findChild(ShareCheck) is not None)
    return stage.window.findChild(ShareCheck)


def verdict(stage) -> str:
    return stage.find(QLabel, "share_verdict").text()


def test_one_key_reads_the_clipboard_and_answers(stage):
    started = time.monotonic()
    pane = open_by_key(stage, PRAISE)
    stage.wait(lambda: verdict(stage).startswith("Better not like or share it"))
    assert time.monotonic() - started < 10
    assert pane.text.toPlainText() == PRAISE
    assert stage.window.compose.pane.current() == "share"
    assert stage.window.focusWidget() is pane.text


def test_calm_words_are_no_clearance(stage):
    open_by_key(stage, CALM)
    stage.wait(lambda: verdict(stage) == "No rule matched. Not a clearance by your company.")


def test_words_can_be_typed_and_forgotten(stage):
    pane = open_by_key(stage, "")
    stage.wait(lambda: verdict(stage) == "No words yet.")
    stage.bot.keyClicks(pane.text, "It is free of side effects.")
    stage.wait(lambda: verdict(stage).startswith(("Better not", "Look twice")))
    stage.find(QWidget, "forget_words").click()
    stage.wait(lambda: verdict(stage) == "No words yet.")


def test_the_deed_decides_how_they_are_read(stage):
    pane = open_by_key(stage, "You should stop your statin.")
    stage.wait(lambda: verdict(stage) not in ("", "Checking"))
    stage.bot.keyClick(pane.deed.findChildren(QWidget)[0], Qt.Key.Key_Right)
    assert pane.deed.current() == "answer"
    assert "medical information" in stage.find(QLabel, "share_hint").text()
    stage.wait(lambda: verdict(stage).startswith(("Do not answer like this", "Look twice")))


def test_nothing_of_it_is_kept(stage):
    drafting = stage.workspace.drafting
    before = [row.id for row in drafting.list(archived=None)]
    open_by_key(stage, PRAISE)
    stage.wait(lambda: verdict(stage).startswith("Better not"))
    stage.settle()
    assert [row.id for row in drafting.list(archived=None)] == before
    assert all("Zentorva" not in drafting.get(draft_id).text for draft_id in before)


def test_a_very_long_text_is_cut_and_that_is_said(stage):
    pane = open_by_key(stage, "Calm words. " * (LONGEST // 6))
    stage.wait(lambda: "Only the first part was read." in pane.unread.text())
    assert len(stage.find(QPlainTextEdit, "share_text").toPlainText()) == LONGEST + 1
