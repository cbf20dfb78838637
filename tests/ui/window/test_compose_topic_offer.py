"""A likely topic is offered where one is chosen, with its reasons; only the person sets it, or says no."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from medvoice.services.topic_guessing import TopicGuessing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier


class Offer:
    """The button over the title, its menu, and the draft behind."""

    def __init__(self, stage) -> None:
        self.stage, self.column = stage, stage.window.compose.column
        self.session = stage.window.compose.session
        stage.wait(lambda: self.session.draft is not None and not self.session.is_dirty)
        stage.settle()
        self.topic = stage.workspace.topics.add("Registries", keywords=("registry", "missing data"))
        stage.window.compose.drafts.reload()
        stage.wait(lambda: any(each.id == self.topic.id for each in self.column.topics))
        self.column.topic_chosen.emit("")
        stage.wait(lambda: self.session.draft.topic_id is None and not self.session.is_dirty)

    def write(self, words: str) -> None:
        self.column.editor.setFocus()
        self.stage.bot.keyClicks(self.column.editor, words)

    @property
    def words(self) -> str:
        return self.column.no_topic.text()

    def menu(self) -> dict[str, object]:
        self.column.no_topic.setFocus(Qt.FocusReason.TabFocusReason)
        self.stage.bot.keyClick(self.column.no_topic, Qt.Key.Key_Space)
        found = [each for each in self.column.findChildren(QMenu, "topic_menu") if each.isVisible()][-1]
        found.close()
        self.stage.window.activateWindow()  # where no window manager does it
        return {each.text(): each for each in found.actions() if each.text()}


def test_it_is_offered_at_rest_with_its_reasons_and_set_by_the_person_alone(stage) -> None:
    offer = Offer(stage)
    assert offer.words == "Choose a topic"
    offer.write(" A registry has missing data. ")
    stage.wait(lambda: offer.words == "Registries?")
    assert "missing data, registry" in offer.column.no_topic.accessibleDescription()
    assert offer.session.draft.topic_id is None, "nothing is set by itself"
    actions = offer.menu()
    assert list(actions)[:3] == ["Use Registries", "Because of: missing data, registry", "Not this one"]
    assert not actions["Because of: missing data, registry"].isEnabled()
    actions["Use Registries"].trigger()
    stage.wait(lambda: offer.session.draft.topic_id == offer.topic.id)
    stage.wait(lambda: offer.column.topic_chip.isVisible() and not offer.column.no_topic.isVisible())
    stage.settle(saves=True)
    offer.column.topic_chip.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(stage.window, Qt.Key.Key_Z, CTRL)
    stage.wait(lambda: offer.session.draft.topic_id is None)


def test_no_is_remembered_for_the_draft_and_can_be_taken_back(stage) -> None:
    offer = Offer(stage)
    offer.write(" A registry has missing data. ")
    stage.wait(lambda: offer.words == "Registries?")
    offer.menu()["Not this one"].trigger()
    assert offer.words == "Choose a topic"
    draft = offer.session.draft
    stage.settle(saves=True)
    guessing = TopicGuessing(stage.workspace.db)
    words = f"{draft.title}\n{draft.text}"
    stage.wait(lambda: guessing.offer(draft.id, words) is None)
    assert guessing.offer("d_another", words) is not None
    offer.write("More. ")
    stage.settle(saves=True)
    stage.wait(lambda: stage.window.compose.topic_offer.is_at_rest)
    assert offer.words == "Choose a topic"
    offer.column.no_topic.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(stage.window, Qt.Key.Key_Z, CTRL)
    stage.wait(lambda: offer.words == "Registries?")
