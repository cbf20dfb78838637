"""The time, the one click, and what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.domain.outbox import PartState
from medvoice.domain.profile import Profile


def states(stage) -> list[str]:
    return [delivery.state for delivery in stage.workspace.queueing.outbox.list()]


def test_a_double_click_schedules_once_and_opens_no_menu(stage):
    button = stage.make_ready()
    stage.bot.mouseDClick(button, Qt.MouseButton.LeftButton)
    stage.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.wait(lambda: states(stage) == ["planned"])
    stage.wait(lambda: button.state == "scheduled")
    stage.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stage.window.findChild(QWidget, "scheduled_menu") is None


def test_unscheduling_from_the_menu_leaves_a_ready_draft(stage):
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: states(stage) == ["planned"] and button.state == "scheduled")
    planning = stage.window.compose.planning
    words = {action.text(): action for action in planning.menu(stage.window).actions()}
    assert list(words) == ["Change time", "Unschedule", "Show in the queue"]
    words["Unschedule"].trigger()
    stage.wait(lambda: states(stage) == ["cancelled"])
    stage.wait(lambda: button.state == "ready")


def test_moving_a_planned_post_keeps_its_clearance(stage):
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: states(stage) == ["planned"] and button.state == "scheduled")
    before = stage.workspace.queueing.outbox.list()[0]
    planning = stage.window.compose.planning
    planning._time_chosen("2031-05-05 09:30", "UTC")
    stage.wait(lambda: stage.workspace.queueing.outbox.list()[0].wall == "2031-05-05 09:30")
    after = stage.workspace.queueing.outbox.list()[0]
    assert (after.id, after.clearance_hash) == (before.id, before.clearance_hash)
    stage.wait(lambda: stage.find(QWidget, "time_button").text() == "Mon 5 May, 09:30")


def test_without_a_name_the_button_asks_for_it(stage):
    session = stage.window.compose.session
    stage.wait(lambda: session.draft is not None and not session.is_dirty)
    stage.workspace.identity.save(Profile(zone="UTC"))
    planning = stage.window.compose.planning

    def asks_for_a_name() -> bool:
        session.reload()  # a look at the workspace may come while a save is on its way
        return any(item.kind == "name" for item in planning.left)

    stage.wait(asks_for_a_name)
    name = next(item for item in planning.left if item.kind == "name")
    stage.window.compose.acts.jump(name)
    assert stage.window.page() == "settings"
    assert stage.window.settings.current == "profile"


def test_x_without_an_account_leads_to_the_accounts(stage):
    stage.settle()
    stage.find(QWidget, "channel_chip_x").click()
    planning = stage.window.compose.planning
    stage.wait(lambda: any(item.kind == "account" for item in planning.left))
    account = next(item for item in planning.left if item.kind == "account")
    stage.window.compose.acts.jump(account)
    assert stage.window.settings.current == "accounts"


def test_the_agent_block_and_the_badge_follow_the_workspace(stage):
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: states(stage) == ["planned"])
    outbox = stage.workspace.queueing.outbox
    assert outbox.acquire_lease("test", stage.workspace.clock.now(), 60) is not None
    stage.window.bridge.look()
    stage.wait(lambda: stage.window.rail.agent.state == "on")
    stage.workspace.drafting.save(
        stage.window.compose.session.draft.id,
        stage.workspace.drafting.list()[0].revision,
        text="Changed from outside.",
    )
    stage.window.bridge.look()
    stage.wait(lambda: stage.window.rail.item("queue").badge == 1)
    stage.wait(lambda: stage.find(QWidget, "status_pill").text() == "Changed since you cleared it")
    stage.wait(lambda: stage.window.compose.column.editor.text() == "Changed from outside.")


def test_keys_reach_what_they_name(stage):
    window, compose = stage.window, stage.window.compose
    stage.settle()
    stage.bot.keyClick(window, Qt.Key.Key_F2)
    assert compose.pane.current() == "preview"
    stage.wait(lambda: any(card.isVisible() for card in window.findChildren(QWidget, "linkedin_card")))
    stage.bot.keyClick(window, Qt.Key.Key_F7)
    assert compose.pane.current() == "compliance"
    stage.bot.keyClick(window, Qt.Key.Key_F9)
    assert not stage.find(QWidget, "draft_list").isVisible()
    stage.bot.keyClick(window, Qt.Key.Key_F9)
    stage.bot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not stage.find(QWidget, "right_pane").isVisible()
    stage.bot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    stage.bot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.page() == "queue"
    stage.bot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.page() == "settings"
    stage.bot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.page() == "compose"


def test_no_two_commands_share_a_key(stage):
    keys = [
        sequence.toString()
        for action in stage.window.actions()
        for sequence in action.shortcuts()
        if not sequence.isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_a_published_text_says_so(stage):
    stage.settle()
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: states(stage) == ["planned"])
    outbox = stage.workspace.queueing.outbox
    part = outbox.list()[0].parts[0]
    outbox.move_part(part.id, PartState.PLANNED, PartState.DUE)
    outbox.move_part(part.id, PartState.DUE, PartState.HANDED_OVER, reason="by_hand")
    stage.window.bridge.look()
    pill = stage.find(QWidget, "status_pill")
    stage.wait(lambda: pill.text() == "Ready to post by hand")
    stage.workspace.queueing.resolve_live(
        outbox.list()[0].id,
        "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/",
        "Jordan Sample",
    )
    stage.window.bridge.look()
    stage.wait(lambda: pill.text() == "Published")
    planning = stage.window.compose.planning
    assert [item.kind for item in planning.left] == ["published"]
    stage.wait(lambda: button.state == "published")
    offered = [action.text() for action in planning.menu(stage.window).actions()]
    assert offered == ["Copy the link on LinkedIn", "Show in the queue"]
    assert stage.find(QLabel, "saved_line").text().startswith("Saved")
