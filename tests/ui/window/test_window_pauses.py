"""Pausing a part of the plan from the window: by palette, with a reason and an end, and one click back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from medvoice.ui.commands import UndoStack
from medvoice.ui.widgets.message import Banner

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


def banners(stage) -> list[str]:
    return [
        each.text()
        for each in stage.window.findChildren(Banner)
        if each.isVisible() and "paused" in each.text()
    ]


def ready(stage):
    stage.bot.waitUntil(lambda: stage.window.pauses is not None and stage.window.pauses.news is not None)
    return stage.window.pauses


def test_a_topic_is_paused_with_an_end_and_comes_back(stage) -> None:
    topic = stage.workspace.topics.add("Registries")
    pauses = ready(stage)
    pauses.look()
    stage.bot.waitUntil(lambda: any(each.name == topic.name for each in pauses.news.choices))
    pauses.ask()
    sheet = pauses.sheet
    names = [each.name for each in pauses.news.choices]
    assert names[0] == "Everything"
    sheet.what.combo.setCurrentIndex(names.index(topic.name))
    sheet.since.line.setFocus()
    QTest.keyClicks(sheet.until.line, "some day")
    QTest.keyClick(sheet.until.line, Qt.Key.Key_Return)
    assert sheet.isVisible(), "what cannot be read keeps the sheet open"
    assert sheet.until.problem.isVisibleTo(sheet)
    sheet.until.line.clear()
    QTest.keyClicks(sheet.until.line, "in 3 days")
    QTest.keyClicks(sheet.reason.line, "Time off")
    QTest.keyClick(sheet.reason.line, Qt.Key.Key_Return)
    stage.bot.waitUntil(lambda: len(banners(stage)) == 1)
    assert not sheet.isVisible()
    (pause,) = stage.workspace.pausing.open()
    assert (pause.scope, pause.scope_id, pause.reason) == ("topic", topic.id, "Time off")
    # A day without an hour is meant from the morning on, whatever the hour is now.
    assert timedelta(days=2) < pause.until - pause.since < timedelta(days=4)
    (words,) = banners(stage)
    assert words.startswith(f"{topic.name} is paused until ")
    assert words.endswith(": Time off. Nothing of it goes out.")
    banner = next(each for each in stage.window.findChildren(Banner) if each.text() == words)
    assert isinstance(banner.action, QAbstractButton)
    banner.action.click()
    stage.bot.waitUntil(lambda: not banners(stage))
    assert stage.workspace.pausing.open() == ()
    UndoStack.of(stage.window).undo()
    stage.bot.waitUntil(lambda: len(banners(stage)) == 1)
    UndoStack.of(stage.window).redo()
    stage.bot.waitUntil(lambda: not banners(stage))
    assert stage.workspace.pausing.open() == ()


def test_the_palette_pauses_everything_and_goes_on(stage) -> None:
    pauses = ready(stage)
    book = stage.window.hub.book
    assert book.find("plan.resume").why_disabled() == "nothing is paused"
    book.find("plan.pause").run()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not pauses.sheet.isVisible()
    book.find("plan.pause").run()
    pauses.sheet.go.click()
    stage.bot.waitUntil(lambda: banners(stage) == ["Everything is paused. Nothing of it goes out."])
    book.find("plan.resume").run()
    stage.bot.waitUntil(lambda: not banners(stage))
    assert stage.workspace.pausing.open() == ()


def test_a_pause_of_the_command_line_is_seen(stage) -> None:
    ready(stage)
    stage.workspace.pausing.start("all", "", "Jordan Sample", reason="A safety signal")
    stage.window.bridge.look()
    stage.bot.waitUntil(
        lambda: banners(stage) == ["Everything is paused: A safety signal. Nothing of it goes out."]
    )
