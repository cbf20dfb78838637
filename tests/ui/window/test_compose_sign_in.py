"""A sign-in that ends before the slot: said on the button, in the panel, and in a banner a week before."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medvoice.domain.account import Account
from medvoice.ui.pages.compose.time_popover import TimePopover
from medvoice.ui.widgets.message import Banner

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ending(stage) -> Account:
    """LinkedIn on the practice network, signed in for three more days."""
    now = stage.workspace.clock.now()
    made = Account(
        id="a_linkedin",
        network="linkedin",
        route="oauth",
        display_name="Jordan Sample",
        handle="",
        member_id="1",
        client_id="practice",
        base_url="http://127.0.0.1:8799",
        scopes=(),
        state="connected",
        state_reason="",
        expires_at=now + timedelta(days=3),
        connected_at=now,
    )
    stage.workspace.accounts.add(made)
    stage.window.compose.session.reload()
    stage.wait(lambda: stage.window.compose.planning.facts.accounts)
    stage.settle()
    return made


def choose(stage, text: str) -> TimePopover:
    stage.window.compose.planning.choose_time()
    popover = [each for each in stage.window.findChildren(TimePopover) if each.isVisible()][-1]
    stage.wait(lambda: popover.offers.ends)
    popover.words.selectAll()
    stage.bot.keyClicks(popover.words, text)
    return popover


def test_the_panel_refuses_a_time_beyond_the_sign_in(stage, ending):
    popover = choose(stage, "in 4 days 12:00")
    stage.bot.keyClick(popover.words, Qt.Key.Key_Return)
    assert popover.isVisible()
    words = popover.note.text()
    assert words.startswith("Your sign-in to LinkedIn ends ")
    assert words.endswith(": sign in again, or post before.")
    popover.words.selectAll()
    stage.bot.keyClicks(popover.words, "tomorrow 12:00")
    stage.bot.keyClick(popover.words, Qt.Key.Key_Return)
    stage.settle()
    assert stage.workspace.drafting.get(stage.window.compose.session.draft.id).planned_wall


def test_a_time_chosen_before_counts_as_one_thing_left_and_leads_to_the_accounts(stage, ending):
    planning, session = stage.window.compose.planning, stage.window.compose.session
    later = stage.workspace.clock.now() + timedelta(days=5)
    session.change(planned_wall=later.strftime("%Y-%m-%d %H:%M"), planned_zone="UTC")
    stage.settle()
    stage.wait(lambda: any(item.code == "sign_in_ends_linkedin" for item in planning.left))
    item = next(item for item in planning.left if item.code == "sign_in_ends_linkedin")
    stage.window.compose.acts.jump(item)
    assert stage.window.settings.current == "accounts"


def test_the_banner_comes_by_the_one_door_and_goes_when_it_is_over(stage, ending):
    window = stage.window
    window.queue.reload()

    def banners() -> list[str]:
        return [each.text() for each in window.findChildren(Banner) if not each.isHidden()]

    stage.wait(lambda: any(text.startswith("Your sign-in to LinkedIn ends in 3 days") for text in banners()))
    banner = next(each for each in window.findChildren(Banner) if "LinkedIn" in each.text())
    banner.findChild(QWidget, "banner_action").click()
    assert window.settings.current == "accounts"
    stage.workspace.db.run(
        "UPDATE accounts SET expires_at = ?",
        [f"{ending.expires_at + timedelta(days=60):%Y-%m-%dT%H:%M:%S.%fZ}"],
    )
    window.queue.reload()
    stage.wait(lambda: not any("LinkedIn" in text for text in banners()))
