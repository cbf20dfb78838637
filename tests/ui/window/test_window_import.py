"""Drafts out of files in the window: all of them or none, and taken back."""

from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QFileDialog

from medvoice.ui.commands import UndoStack

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def titles(stage) -> set[str]:
    return {row.title for row in stage.workspace.drafting.list()}


def test_files_become_drafts_and_can_be_taken_back(stage, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "notes.md"
    file.write_text("# First note\n\nWords.\n\n---\n\n# Second note\n\nMore words.\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given, **_more: ([str(file)], ""))
    stage.window.hub.book.find("draft.import").run()
    stage.bot.waitUntil(lambda: {"First note", "Second note"} <= titles(stage))
    session = stage.window.compose.session
    stage.bot.waitUntil(lambda: session.draft is not None and session.draft.title == "First note")
    UndoStack.of(stage.window).undo()
    stage.bot.waitUntil(lambda: not {"First note", "Second note"} & titles(stage))
    UndoStack.of(stage.window).redo()
    stage.bot.waitUntil(lambda: {"First note", "Second note"} <= titles(stage))


def test_a_word_file_comes_and_what_it_leaves_behind_is_said(stage, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "note.docx"
    document = docx.Document()
    document.add_heading("A note from Word", 1)
    document.add_comment(document.add_paragraph("Words.").runs, "Really?", author="Jordan Sample")
    document.save(str(file))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given, **_more: ([str(file)], ""))
    stage.window.hub.book.find("draft.import").run()
    stage.wait(lambda: stage.window.toast.text() == "1 draft imported. Left out: comments (1).")
    assert "A note from Word" in titles(stage)


def test_one_file_that_is_no_text_keeps_all_out_and_is_named(stage, tmp_path: Path, monkeypatch) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("A good note", "utf-8")
    bad.write_bytes(b"\x89PNG\x00\x01")
    before = titles(stage)
    told: list[str] = []
    monkeypatch.setattr(stage.window, "tell", lambda words, *_ways: told.append(words))
    names = [str(good), str(bad)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given, **_more: (names, ""))
    stage.window.hub.book.find("draft.import").run()
    stage.bot.waitUntil(lambda: bool(told))
    assert told[0].startswith("bad.txt is no plain text.")
    assert told[0].endswith("Nothing was imported.")
    assert titles(stage) == before
