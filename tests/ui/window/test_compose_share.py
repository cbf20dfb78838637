"""Before I like or share this: one key from the clipboard to an answer, and nothing of it kept."""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from medvoice.ui.pages.compose.share_check import ShareCheck
from medvoice.ui.pages.compose.share_read import LONGEST

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


def choose(stage, pane: ShareCheck, deed: str) -> None:
    """Go to a deed by the arrow keys."""
    while pane.deed.current() != deed:
        stage.bot.keyClick(pane.deed.findChildren(QWidget)[0], Qt.Key.Key_Right)


def test_the_deed_decides_how_they_are_read(stage):
    pane = open_by_key(stage, "")
    choose(stage, pane, "answer")
    assert "medical information" in stage.find(QLabel, "share_hint").text()
    stage.bot.keyClicks(pane.text, "You should stop your statin.")
    stage.wait(lambda: verdict(stage).startswith(("Do not answer like this", "Look twice")))


def test_copied_words_become_the_question_and_are_passed_on(stage):
    pane = open_by_key(stage, "What dose of pembrolizumab do you begin with?")
    stage.wait(lambda: verdict(stage) not in ("", "Checking"))
    choose(stage, pane, "answer")
    assert pane.question.toPlainText().startswith("What dose")
    assert pane.text.toPlainText() == ""
    stage.wait(lambda: verdict(stage) == "Pass this on; do not answer it here")
    stage.find(QWidget, "use_routing_answer").click()
    assert "medical information team" in pane.text.toPlainText()
    stage.wait(lambda: verdict(stage) == "This answer passes it on. Now do pass it on.")
    pane.text.setPlainText("In my experience the lower dose is enough.")
    stage.wait(lambda: verdict(stage).startswith("Do not answer like this"))


def test_a_side_effect_in_a_question_has_a_note_without_its_words(stage):
    told = "My mother had a rash after pembrolizumab. Is that normal?"
    pane = open_by_key(stage, told)
    choose(stage, pane, "answer")
    stage.wait(lambda: stage.window.findChild(QWidget, "question_note") is not None)
    stage.find(QWidget, "question_note").click()
    note = QGuiApplication.clipboard().text()
    assert "It was not answered" in note
    assert not [word for word in ("mother", "rash", "pembrolizumab") if word in note]
    stage.find(QWidget, "use_routing_answer").click()
    assert "safety team" in pane.text.toPlainText()


def test_a_harmless_question_is_answered(stage):
    pane = open_by_key(stage, "In which hall is your poster?")
    choose(stage, pane, "answer")
    pane.text.setPlainText("In hall B, at ten. Views are my own.")
    stage.wait(lambda: verdict(stage) == "No rule matched. Not a clearance by your company.")
    assert stage.window.findChild(QWidget, "question_card") is None


def test_a_profile_is_read_with_its_headline(stage):
    pane = open_by_key(stage, "I read registries and like trains.")
    choose(stage, pane, "profile")
    assert pane.headline.isVisible()
    assert not pane.question.isVisible()
    stage.bot.keyClicks(pane.headline, "Medical Science Liaison, pembrolizumab in melanoma")
    stage.wait(lambda: verdict(stage) == "Look twice: 2 to check")
    pane.headline.setText("Pembrolizumab has no side effects")
    stage.wait(lambda: verdict(stage).startswith("Not in your profile"))


def test_a_reaction_is_publishing(stage):
    open_by_key(stage, "Great news on niraparib in glioblastoma.")
    stage.wait(lambda: verdict(stage).startswith("Better not like or share it"))
    words = {each.text() for each in stage.window.findChild(ShareCheck).findChildren(QLabel)}
    assert "A reaction to this would be publishing it" in words


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


def test_the_key_works_from_any_page_and_needs_no_account(stage):
    assert not stage.workspace.accounts.list()
    stage.window.show_page("queue")
    stage.settle()
    QGuiApplication.clipboard().setText(PRAISE)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    started = time.monotonic()
    stage.bot.keyClick(stage.window.focusWidget() or stage.window, Qt.Key.Key_B, both)
    stage.wait(lambda: stage.window.page() == "compose" and stage.window.findChild(ShareCheck) is not None)
    stage.wait(lambda: verdict(stage).startswith("Better not like or share it"))
    assert time.monotonic() - started < 10
