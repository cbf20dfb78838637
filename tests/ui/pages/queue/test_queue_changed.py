"""Edited after clearing, also while the person has it in hand; stop; the same draft elsewhere; sign-ins."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from medvoice.domain.outbox import PartState
from tests.ui.pages.queue.test_queue_groups import plan_both

P = PartState
POST = "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678/"


def edit(rig, delivery, text: str) -> None:
    """The person changes the draft, with the services that void its clearance."""
    draft = rig.desk.drafting.get(delivery.draft_id)
    rig.desk.drafting.save(draft.id, draft.revision, text=text)


def steps(queue) -> list[str]:
    return [label.text() for label in queue.find("queue_steps").findChildren(QLabel)]


@pytest.fixture
def in_hand(rig):
    """A by-hand post whose minute has come, edited after that."""
    delivery = rig.hand_over(channel="linkedin", title="By hand")
    edit(rig, delivery, "Another text altogether")
    assert rig.get(delivery).state == "handed_over", "no agent can hold what the person has in hand"
    return delivery


def test_an_edit_while_in_hand_is_said_on_the_row(in_hand, open_queue) -> None:
    queue = open_queue()
    row = queue.row(in_hand)
    assert row.look.word == "Changed since you cleared it"
    assert row.line == "Edited after you cleared it. What you copy is the cleared text."
    assert row.section == "needs"
    assert queue.keys_of(in_hand)[:4] == ["take_back", "copy_open", "is_live", "not_done"]


def test_the_pane_asks_which_text_and_shows_the_change(in_hand, open_queue) -> None:
    queue = open_queue()
    queue.choose(in_hand)
    assert queue.words("queue_pane_sentence").endswith("Which one do you want to post?")
    change = queue.find("change_linkedin")
    assert "taken out: “A”" in change.text.accessibleName()
    assert "You changed the text" in steps(queue)


def test_what_is_copied_is_only_ever_the_cleared_text(in_hand, open_queue) -> None:
    queue = open_queue()
    queue.choose(in_hand)
    queue.press("queue_do_copy_open")
    assert QGuiApplication.clipboard().text() == "A text of its own By hand"
    assert queue.toasts[-1][0] == "The text you cleared is on your clipboard, without your later changes."
    assert "Another" not in queue.opened[-1]


def test_clearing_the_new_text_takes_the_old_one_back_first(rig, in_hand, open_queue) -> None:
    queue = open_queue()
    queue.choose(in_hand)
    queue.press("queue_do_take_back")
    assert rig.get(in_hand).state == "cancelled"
    assert queue.drafts == [in_hand.draft_id]
    again = rig.desk.queueing.schedule(
        in_hand.draft_id, "2026-11-20 08:10", "Europe/Berlin", "Jordan Sample", by_hand=True
    )
    assert again[0].parts[0].text == "Another text altogether"


def test_a_link_pasted_for_the_cleared_text_ends_it(rig, in_hand, open_queue) -> None:
    queue = open_queue()
    queue.choose(in_hand)
    queue.press("queue_do_is_live")
    QTest.keyClicks(queue.find("queue_link_field"), POST)
    QTest.keyClick(queue.find("queue_link_field"), Qt.Key.Key_Return)
    assert rig.get(in_hand).state == "published"


def test_a_held_post_shows_what_was_edited(rig, open_queue) -> None:
    planned = rig.plan(title="Held by an edit")
    edit(rig, planned, "A text of its own, longer. Held by an edit")
    queue = open_queue()
    queue.choose(planned)
    words = queue.words("queue_pane_sentence")
    assert words == "You changed the text after you cleared it. Nothing was posted. Your new text is kept."
    assert queue.find("change_x").text.accessibleName() == "new: “, longer.”"
    assert steps(queue).count("You changed the text") == 1


def test_a_post_about_to_go_out_can_be_stopped(rig, open_queue) -> None:
    planned = rig.plan()
    rig.outbox.move_part(planned.parts[0].id, P.PLANNED, P.DUE)
    queue = open_queue()
    queue.click_row_button(planned)
    assert rig.get(planned).state == "cancelled"
    assert queue.toasts[-1][0] == "Stopped. Nothing was posted."


def test_what_is_being_sent_says_that_it_cannot_be_called_back(rig, open_queue) -> None:
    rig.clock.advance(-timedelta(minutes=60))
    alone = rig.plan(title="Alone", in_=timedelta(minutes=60))
    thread = rig.plan(title="Thread", text="One\n---\nTwo\n---\nThree", in_=timedelta(minutes=60))
    rig.clock.advance(timedelta(minutes=60))
    rig.try_part(alone, 0, P.SENDING)
    rig.try_part(thread, 0, P.SENDING)
    queue = open_queue()
    queue.choose(alone)
    texts = [label.text() for label in queue.page.pane.findChildren(QLabel)]
    assert "It is being sent and cannot be called back." in texts
    assert "stop" not in queue.keys_of(alone)
    queue.choose(thread)
    queue.press("queue_do_stop")
    assert [str(part.state) for part in rig.get(thread).parts] == ["sending", "cancelled", "cancelled"]
    assert queue.toasts[-1][0] == "Stopped. What is out stays, the rest is not sent."


def test_the_pane_leads_to_the_same_draft_on_the_other_network(rig, open_queue) -> None:
    linkedin, x = plan_both(rig)
    queue = open_queue()
    queue.choose(linkedin)
    other = queue.find("queue_other_x")
    assert other.accessibleName() == "X, Scheduled, Thu 12 Nov, 12:00"
    queue.press("queue_other_x")
    assert queue.page.pane.delivery_id == x.id
    assert queue.page.list.current_row().id == x.id
    assert queue.find("queue_other_linkedin", QWidget)


def test_the_link_of_a_published_post_can_be_copied(rig, open_queue) -> None:
    sent = rig.end_as(P.PUBLISHED, title="Published one")
    queue = open_queue()
    queue.choose(sent)
    queue.press("queue_do_copy_link")
    assert QGuiApplication.clipboard().text() == "https://x.com/i/status/190"


def test_one_looks_at_one_s_own_profile_before_saying_whether_it_is_live(rig, open_queue) -> None:
    rig.account("x", base_url="")
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out", title="Doubtful")
    queue = open_queue()
    queue.choose(doubtful)
    queue.press("queue_do_look")
    assert queue.opened == ["https://x.com/jordansample_demo"]


def test_a_post_beyond_its_sign_in_says_so_early(rig, open_queue) -> None:
    account = rig.account("x")
    planned = rig.plan(in_=timedelta(days=5))
    rig.desk.db.run(
        "UPDATE accounts SET expires_at = ? WHERE id = ?", ["2026-11-14T09:00:00.000000Z", account.id]
    )
    told: list[str] = []
    queue = open_queue()
    queue.page.sign_in_reminder.connect(told.append)
    row = queue.row(planned)
    assert row.look.word == "Needs X sign-in"
    assert row.line == "Your sign-in to X ends before that, on Sat 14 Nov, 10:00."
    assert queue.keys_of(planned)[0] == "sign_in"


def test_the_reminder_is_told_once_and_taken_back_after_signing_in(rig, open_queue) -> None:
    queue = open_queue()
    told: list[str] = []
    queue.page.sign_in_reminder.connect(told.append)
    account = rig.account("x", expires_at=rig.clock.now() + timedelta(days=6))
    queue.page.reload()
    queue.page.reload()
    assert told == ["Your sign-in to X ends in 6 days, on Wed 18 Nov."]
    rig.desk.db.run(
        "UPDATE accounts SET expires_at = ? WHERE id = ?", ["2027-01-14T09:00:00.000000Z", account.id]
    )
    queue.page.reload()
    assert told[-1] == ""


def test_a_time_beyond_the_sign_in_is_refused_at_the_field(rig, open_queue) -> None:
    rig.account("x", expires_at=rig.clock.now() + timedelta(days=3))
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    field = queue.find("queue_time_field")
    field.selectAll()
    QTest.keyClicks(field, "in 4 days 9:00")
    QTest.keyClick(field, Qt.Key.Key_Return)
    told = "Your sign-in to X ends Sun 15 Nov, 10:00, before that moment. Sign in again first."
    assert queue.words("queue_form_problem") == told
    assert rig.get(planned).wall == planned.wall


def test_in_doubt_one_sees_what_to_look_for(rig, open_queue) -> None:
    words = "Who is missing from a registry says more than who stayed in it. " * 8
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out", title="Doubtful", text=words)
    queue = open_queue()
    queue.choose(doubtful)
    shown = queue.words("queue_pane_text")
    assert shown.startswith("Who is missing from a registry")
    assert shown.endswith("Doubtful")
    assert len(shown) < 300


def test_by_hand_the_pane_shows_the_cleared_text(in_hand, open_queue) -> None:
    queue = open_queue()
    queue.choose(in_hand)
    assert queue.words("queue_pane_text") == "A text of its own By hand"
