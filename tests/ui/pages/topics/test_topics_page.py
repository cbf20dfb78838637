"""The Topics page by keys and clicks, on a real workspace. NOW is Thursday 12 November 2026."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QWidget

from medvoice.domain.outbox import PartState
from medvoice.ui.pages.topics import TopicsPage

M = Qt.KeyboardModifier


class Hands:
    """The page with everything it told, and hands to use it."""

    def __init__(self, page: TopicsPage, rig, qtbot, toasts: list[tuple[str, Any, Any]]) -> None:
        self.page, self.rig, self.qtbot, self.toasts = page, rig, qtbot, toasts
        self.drafts: list[str] = []
        page.draft_requested.connect(self.drafts.append)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = M.NoModifier) -> None:
        QTest.keyClick(self.page.window().focusWidget() or self.page, key, modifier)

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        button.click()

    def find(self, name: str) -> QWidget:
        found = [each for each in self.page.findChildren(QWidget, name) if each.isVisible()]
        assert found, name
        return found[-1]

    def write(self, name: str, words: str) -> None:
        line = self.find(name)
        assert isinstance(line, QLineEdit)
        line.selectAll()
        QTest.keyClicks(line, words)

    def names(self) -> list[str]:
        return sorted(topic.name for topic in self.rig.desk.topics.list())

    def undo(self) -> None:
        self.toasts[-1][1]()


@pytest.fixture
def topics(rig, theme, qtbot, kept) -> Callable[..., Hands]:
    def make(width: int = 1360, height: int = 860) -> Hands:
        told: list[Any] = []
        page = TopicsPage(theme, rig.bridge, toast=lambda *words: told.append(words))
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(width, height)
        page.show()
        assert page.read is not None
        page.table.take_focus()
        return Hands(page, rig, qtbot, told)

    return make


def test_a_row_says_in_words_what_its_bars_show(rig, topics) -> None:
    rig.desk.topics.change(
        rig.topic.id, promise="What happens after the trial", target_share=30, cadence_days=7
    )
    rig.end_as(PartState.PUBLISHED)
    hands = topics()
    (row,) = hands.page.table.rows
    assert row.accessibleName() == (
        "Real-world evidence, What happens after the trial, 100% of posts, target 30%, posts in 1 of the last"
        " 12 weeks, streak 1 week, next post Nothing yet, every 7 days, A little over"
    )
    assert "Your target: Real-world evidence 30%" in hands.page.promise.bars.accessibleName()
    assert "Last 90 days: Real-world evidence 100%" in hands.page.promise.bars.accessibleName()
    assert hands.page.promise.note.text() == "Of 1 posts: too few to read much into the shares."


def test_a_topic_is_made_changed_and_taken_back_by_keys(rig, topics) -> None:
    hands = topics()
    hands.page.add()
    sheet = hands.page.sheet
    assert sheet is not None
    hands.write("edit_topic_name", "real-world EVIDENCE")
    hands.key(Qt.Key.Key_Return)
    assert sheet.isVisible(), "a name that is taken keeps the sheet open"
    assert "already" in sheet.fields["name"].problem.text()
    hands.write("edit_topic_name", "Reading trials")
    hands.write("edit_topic_promise", "Figures without fear")
    hands.key(Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert hands.names() == ["Reading trials", "Real-world evidence"]
    assert hands.page.topic.name == "Reading trials", "the new one is chosen"
    hands.page.table.take_focus()
    hands.key(Qt.Key.Key_F2)
    assert sheet.isVisible()
    hands.write("edit_topic_name", "Trials")
    hands.press("topic_save")
    assert hands.names() == ["Real-world evidence", "Trials"]
    hands.undo()
    assert hands.names() == ["Reading trials", "Real-world evidence"]


def test_what_was_written_is_not_lost_by_escape(topics) -> None:
    hands = topics()
    hands.page.edit()
    hands.write("edit_topic_promise", "One sentence")
    hands.key(Qt.Key.Key_Escape)
    assert not hands.page.sheet.isVisible()
    words, back, _ = hands.toasts[-1]
    assert words == "Closed without saving what you wrote."
    back()
    assert hands.page.sheet.isVisible()
    assert hands.page.sheet.fields["promise"].value() == "One sentence"


def test_arrows_choose_and_six_are_the_most(rig, topics) -> None:
    for at in range(5):
        rig.desk.topics.add(f"Topic {at}")
    hands = topics()
    assert not hands.page.new.isEnabled()
    names = [row.topic.name for row in hands.page.read.rows]
    hands.key(Qt.Key.Key_Down)
    assert hands.page.topic.name == names[1]
    hands.key(Qt.Key.Key_End)
    assert hands.page.topic.name == names[5]
    assert hands.page.window().focusWidget() is hands.page.table.rows[-1]
    hands.page.add()
    assert hands.page.sheet is None, "no seventh is asked for"


def test_a_merge_takes_drafts_along_and_comes_apart_again(rig, topics) -> None:
    into = rig.desk.topics.add("Trials", keywords=("endpoint",))
    rig.desk.topics.change(rig.topic.id, keywords=("registry",))
    post = rig.plan(in_=timedelta(days=2), title="Planned")
    hands = topics()
    hands.page.table.choose(rig.topic.id)
    menu = hands.page.menu()
    assert menu is not None
    merge = menu.findChild(QMenu, "topic_merge_menu")
    assert merge is not None
    (action,) = [each for each in merge.actions() if isinstance(each, QAction)]
    assert action.text() == "Trials"
    action.trigger()
    assert hands.names() == ["Trials"]
    assert rig.desk.topics.get(into.id).keywords == ("endpoint", "registry")
    assert rig.desk.drafting.get(post.draft_id).topic_id == into.id
    assert rig.get(post).parts[0].state is PartState.PLANNED
    hands.undo()
    assert hands.names() == ["Real-world evidence", "Trials"]
    assert rig.desk.topics.get(into.id).keywords == ("endpoint",)
    assert rig.desk.drafting.get(post.draft_id).topic_id == rig.topic.id


def test_a_removed_topic_comes_back_with_its_drafts(rig, topics) -> None:
    draft = rig.desk.drafting.create(title="Kept", text="Words", topic_id=rig.topic.id)
    hands = topics()
    hands.page.remove()
    assert hands.names() == []
    assert hands.page.stack.currentWidget() is hands.page.empty
    assert rig.desk.drafting.get(draft.id).topic_id is None
    hands.undo()
    assert hands.names() == ["Real-world evidence"]
    assert rig.desk.drafting.get(draft.id).topic_id == rig.topic.id


def test_the_ready_draft_is_placed_with_one_press(rig, topics) -> None:
    draft = rig.desk.drafting.create(title="Ready", text="Words", topic_id=rig.topic.id)
    hands = topics()
    said = [label.text() for label in hands.page.side.findChildren(QLabel)]
    assert any("One draft is ready" in words for words in said)
    hands.press("topic_place")
    assert rig.desk.drafting.get(draft.id).planned_wall
    hands.undo()
    assert rig.desk.drafting.get(draft.id).planned_wall == ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform has no real popups
def test_an_idea_is_noted_and_becomes_a_draft_with_its_source(rig, topics) -> None:
    hands = topics()
    hands.page.ask_note()
    line = hands.page.note.line
    QTest.keyClicks(line, "Why registries age well https://example.org/registry")
    QTest.keyClick(line, Qt.Key.Key_Return)
    (idea,) = rig.desk.ideas.list()
    assert (idea.row.topic_id, idea.source.url) == (rig.topic.id, "https://example.org/registry")
    hands.press("topic_start_draft")
    assert hands.drafts == [idea.row.id]
    assert rig.desk.ideas.list() == ()
    assert rig.desk.ideas.source_of(idea.row.id).url == "https://example.org/registry"
    hands.undo()
    assert [each.row.id for each in rig.desk.ideas.list()] == [idea.row.id]


def test_the_sentence_is_written_in_its_place(rig, topics) -> None:
    hands = topics()
    hands.press("topics_known_for_button")
    hands.write("topics_known_for_edit", "I help teams read evidence.")
    hands.key(Qt.Key.Key_Return)
    assert rig.desk.topics.known_for == "I help teams read evidence."
    assert hands.page.promise.words.text() == "“I help teams read evidence.”"
    hands.undo()
    assert rig.desk.topics.known_for == ""
    hands.press("topics_known_for_button")
    hands.write("topics_known_for_edit", "Something else")
    hands.key(Qt.Key.Key_Escape)
    assert rig.desk.topics.known_for == ""


def test_where_there_is_little_room_columns_give_way(topics) -> None:
    hands = topics(width=760)
    assert not hands.page.side.isVisible()
    hands.page.resize(1360, 860)
    assert hands.page.side.isVisible()
