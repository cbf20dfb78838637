"""The words a topic keeps for its posts are offered where a tag or a mention is put in."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_tags_of_the_topic_are_offered_and_one_can_be_typed(stage) -> None:
    topic = stage.workspace.topics.add("Registries", hashtags=("RWE", "Registries"))
    compose = stage.window.compose
    session = compose.session
    stage.wait(lambda: session.draft is not None and not session.is_dirty)
    stage.window.compose.drafts.reload()
    stage.wait(lambda: any(each.id == topic.id for each in compose.column.topics))
    compose.column.topic_chosen.emit(topic.id)
    stage.wait(lambda: session.draft.topic_id == topic.id and not session.is_dirty)
    stage.find(QAbstractButton, "tool_tag").click()
    menu = compose.column.findChild(QMenu, "bank_menu")
    assert menu is not None
    actions = {each.text(): each for each in menu.actions() if each.text()}
    assert list(actions) == ["#RWE", "#Registries", "Another one"]
    actions["#RWE"].trigger()
    assert compose.column.editor.text().count("#RWE ") == 1
    menu.close()
    before = compose.column.editor.text()
    stage.find(QAbstractButton, "tool_mention").click()
    assert len(compose.column.editor.text()) > len(before), (
        "without people of the topic the sign stands there"
    )
