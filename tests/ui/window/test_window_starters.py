"""A draft that begins with the labels of a starter, from the palette, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from medvoice.domain.starter import STARTERS
from medvoice.ui.commands import UndoStack

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_starter_is_chosen_by_keys_and_taken_back(stage) -> None:
    before = {row.id for row in stage.workspace.drafting.list()}
    QTest.keyClick(stage.window, Qt.Key.Key_K, CONTROL)
    field = stage.window.findChild(object, "palette_field")
    stage.bot.waitUntil(lambda: field is not None and field.isVisible())
    QTest.keyClicks(field, "method explained")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.bot.waitUntil(lambda: len(stage.workspace.drafting.list()) == len(before) + 1)
    (made,) = [row.id for row in stage.workspace.drafting.list() if row.id not in before]
    session = stage.window.compose.session
    stage.bot.waitUntil(lambda: session.draft is not None and session.draft.id == made)
    draft = stage.workspace.drafting.get(made)
    wanted = next(each for each in STARTERS if each.id == "method")
    assert draft.title == wanted.name
    assert draft.text.startswith(wanted.text)
    UndoStack.of(stage.window).undo()
    stage.bot.waitUntil(lambda: stage.workspace.drafting.get(made).archived_at is not None)
    UndoStack.of(stage.window).redo()
    stage.bot.waitUntil(lambda: stage.workspace.drafting.get(made).archived_at is None)
