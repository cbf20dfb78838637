"""What a person does in the queue, by keys and clicks, and what it changes in the workspace."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from medvoice.domain.outbox import PartState
from medvoice.ui.widgets.button import Button

P = PartState
ZONE = "Europe/Berlin"


def test_sign_in_leads_to_the_accounts_by_key_click_and_button(rig, open_queue) -> None:
    held = rig.end_as(P.HELD, "sign_in")
    queue = open_queue()
    queue.click_row_button(held)
    queue.choose(held)
    queue.key(Qt.Key.Key_R)
    queue.press("queue_do_sign_in")
    assert queue.settings == ["accounts"] * 3
    assert queue.keys_of(held) == ["sign_in", "choose_time", "back_to_draft", "open_draft"]


def test_enter_puts_the_keyboard_on_the_main_button(rig, open_queue) -> None:
    missed = rig.miss()
    queue = open_queue()
    queue.page.list.select(missed.id)
    queue.key(Qt.Key.Key_Return)
    assert queue.page.focusWidget() is queue.page.pane.primary
    assert queue.page.pane.primary.text() == "Post now"


def test_post_now_lets_a_missed_post_go(rig, open_queue) -> None:
    missed = rig.miss()
    queue = open_queue()
    queue.choose(missed)
    queue.press("queue_do_post_now")
    now = rig.get(missed)
    assert now.state == "planned"
    assert now.is_late_allowed
    assert queue.toasts[-1][0] == "It goes out now."
    assert queue.row(missed).section == "scheduled"


def test_unschedule_can_be_undone(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_unschedule")
    assert rig.get(planned).state == "cancelled"
    assert [row.section for row in queue.page.snapshot.rows] == ["cancelled"]
    words, undo = queue.toasts[-1]
    assert words == "Taken out of the queue. The draft is kept."
    undo()
    rows = queue.page.snapshot.rows
    assert [row.section for row in rows] == ["scheduled"]
    assert rows[0].delivery.wall == planned.wall


def test_back_to_draft_can_be_undone_while_its_time_is_ahead(rig, open_queue) -> None:
    held = rig.end_as(P.HELD, "sign_in")
    queue = open_queue()
    queue.choose(held)
    queue.press("queue_do_back_to_draft")
    assert rig.get(held).state == "cancelled"
    words, undo = queue.toasts[-1]
    assert words == "Taken out of the queue. The draft is kept."
    assert (undo is not None) == (held.due_at > rig.clock.now())
    missed = rig.miss()
    queue.page.reload()
    queue.choose(missed)
    queue.press("queue_do_back_to_draft")
    assert queue.toasts[-1] == ("Taken out of the queue. The draft is kept.", None), "its time has passed"


def test_scheduling_again_can_be_undone_and_done_again(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_unschedule")

    def ahead() -> list:
        return [row.delivery for row in queue.page.snapshot.rows if row.section == "scheduled"]

    queue.page.acts.schedule([planned], planned.wall, planned.zone)
    assert len(ahead()) == 1
    (words, undo), redo = queue.toasts[-1], queue.redos[-1]
    assert words.startswith("Scheduled for ")
    for _turn in range(2):
        undo()
        assert ahead() == []
        redo()
        assert len(ahead()) == 1


def test_what_was_taken_back_in_the_queue_can_be_done_again_and_back(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_unschedule")
    (_words, undo), redo = queue.toasts[-1], queue.redos[-1]

    def scheduled() -> list:
        return [row.delivery for row in queue.page.snapshot.rows if row.section == "scheduled"]

    for _turn in range(2):
        undo()
        assert len(scheduled()) == 1
        redo()
        assert scheduled() == []
    assert queue.toasts[-1] == ("Taken out of the queue. The draft is kept.", None)
    undo()
    [again] = scheduled()
    queue.page.acts.pause_parts([again], True)
    (_words, undo), redo = queue.toasts[-1], queue.redos[-1]
    undo()
    assert not rig.get(again).is_paused
    redo()
    assert rig.get(again).is_paused
    assert queue.redos[-1] is None


def test_a_cancelled_post_whose_time_is_over_has_no_undo(rig, open_queue) -> None:
    waiting = rig.end_as(P.WAITING, "rate_limited")
    queue = open_queue()
    queue.choose(waiting)
    assert queue.row(waiting).look.word == "Trying again at 10:05"
    queue.press("queue_do_unschedule")
    assert queue.toasts[-1][1] is None


def write_time(queue, text: str) -> None:
    field = queue.find("queue_time_field")
    field.selectAll()
    QTest.keyClicks(field, text)


def test_change_time_moves_and_undo_moves_back(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    write_time(queue, "Tue 8:10")
    assert queue.words("queue_time_meant") == "Tuesday 17 November 2026, 08:10\nIn 5 days."
    QTest.keyClick(queue.find("queue_time_field"), Qt.Key.Key_Return)
    assert rig.get(planned).wall == "2026-11-17 08:10"
    assert queue.toasts[-1][0] == "Moved to Tue 17 Nov, 08:10."
    assert not queue.has("queue_time_field")
    queue.toasts[-1][1]()
    assert rig.get(planned).wall == planned.wall


def test_either_hour_of_the_night_the_clocks_go_back_can_be_chosen_here_too(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    assert not queue.has("time_which")
    write_time(queue, "2027-10-31 02:30")
    assert queue.words("queue_time_meant").endswith("The first one is meant.")
    field = queue.find("queue_time_field")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClick(queue.page.focusWidget(), Qt.Key.Key_Right)
    assert queue.words("queue_time_meant").endswith("The second one is meant.")
    QTest.keyClick(queue.page.focusWidget(), Qt.Key.Key_Return)
    moved = rig.get(planned)
    assert moved.wall == "2027-10-31 02:30+01:00"
    assert moved.due_at.isoformat() == "2027-10-31T01:30:00+00:00"
    assert queue.toasts[-1][0] == "Moved to Sun 31 Oct 2027, 02:30 CET."


def test_a_time_that_has_passed_is_said_at_the_field(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    write_time(queue, "2026-11-01 08:10")
    queue.press("queue_form_confirm")
    told = "That has passed: it is Thu 12 Nov, 10:00 there now. The next 08:10 is tomorrow."
    assert queue.words("queue_form_problem") == told
    write_time(queue, "whenever")
    queue.press("queue_form_confirm")
    assert queue.words("queue_form_problem").startswith("Write it such as ")
    assert rig.get(planned).wall == planned.wall
    queue.page.reload()
    assert queue.has("queue_time_field"), "a refresh must not take the form away"
    queue.press("queue_form_cancel")
    assert not queue.has("queue_time_field")


def test_space_pauses_and_resumes(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.page.list.select(planned.id)
    queue.key(Qt.Key.Key_Space)
    assert rig.get(planned).is_paused
    assert queue.row(planned).look.word == "Paused"
    queue.key(Qt.Key.Key_Space)
    assert not rig.get(planned).is_paused
    queue.toasts[-1][1]()
    assert rig.get(planned).is_paused


def test_pause_all_and_undo(rig, open_queue) -> None:
    rig.plan()
    queue = open_queue()
    queue.press("queue_pause_all")
    assert rig.desk.queueing.is_all_paused
    button: Button = queue.find("queue_pause_all")
    assert button.text() == "Resume all"
    assert queue.page.header.agent.full_text() == "Everything is paused. Nothing goes out."
    queue.toasts[-1][1]()
    assert not rig.desk.queueing.is_all_paused
    assert button.text() == "Pause all"


def test_an_unconfirmed_post_is_never_simply_sent_again(rig, open_queue) -> None:
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out", channel="linkedin", ago_min=20)
    queue = open_queue()
    queue.choose(doubtful)
    assert queue.keys_of(doubtful) == ["is_live", "not_there", "later", "open_draft"]
    assert "does not send it again by itself" in queue.words("queue_pane_sentence")
    queue.press("queue_do_later")
    assert not queue.page.pane.isVisible()
    assert rig.get(doubtful).state == "unconfirmed"


def test_it_is_live_takes_the_pasted_link(rig, open_queue) -> None:
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out")
    queue = open_queue()
    queue.choose(doubtful)
    queue.press("queue_do_is_live")
    field: QLineEdit = queue.find("queue_link_field")
    QTest.keyClicks(field, "not a link")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert queue.words("queue_form_problem") == "This is not the address of a post on X."
    assert rig.get(doubtful).state == "unconfirmed"
    field.setText("https://x.com/jordansample/status/1900?s=20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    part = rig.get(doubtful).parts[0]
    assert (part.state, part.remote_url) == (P.PUBLISHED, "https://x.com/jordansample/status/1900")
    assert queue.row(doubtful).section == "published"


def test_it_is_not_there_sends_again(rig, open_queue) -> None:
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out")
    queue = open_queue()
    queue.choose(doubtful)
    queue.press("queue_do_not_there")
    assert rig.get(doubtful).state == "planned"


def test_linkedin_can_be_asked_for_eight_minutes(rig, open_queue) -> None:
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out", channel="linkedin", ago_min=5)
    queue = open_queue()
    queue.choose(doubtful)
    assert queue.has("queue_do_ask")
    queue.press("queue_do_ask")
    assert rig.get(doubtful).parts[0].reason == "ask_requested"
    assert not queue.has("queue_do_ask")


def test_asking_ends_while_one_looks_on(rig, open_queue) -> None:
    doubtful = rig.end_as(P.UNCONFIRMED, "timed_out", channel="linkedin", ago_min=5)
    queue = open_queue()
    queue.choose(doubtful)
    rig.clock.advance(timedelta(minutes=4))
    queue.page.reload()
    assert not queue.has("queue_do_ask")


def test_by_hand_copies_opens_and_takes_the_link(rig, open_queue) -> None:
    due = rig.hand_over(title="Poster morning", channel="linkedin")
    queue = open_queue()
    queue.choose(due)
    queue.press("queue_do_copy_open")
    assert QGuiApplication.clipboard().text() == "A text of its own Poster morning"
    assert queue.opened[0].startswith("https://www.linkedin.com/feed/?shareActive=true&text=A%20text")
    queue.press("queue_do_is_live")
    queue.find("queue_link_field").setText("urn:li:share:7001234567")
    queue.press("queue_form_confirm")
    assert rig.get(due).state == "published"
    assert queue.row(due).line.startswith("Posted by you, link pasted")


def test_by_hand_not_done_becomes_missed(rig, open_queue) -> None:
    due = rig.hand_over(channel="linkedin")
    queue = open_queue()
    queue.choose(due)
    queue.press("queue_do_not_done")
    assert rig.get(due).state == "missed"
    assert queue.row(due).line.startswith("You said that it was not done.")


def test_a_thread_by_hand_is_copied_post_by_post(rig, open_queue) -> None:
    due = rig.hand_over(channel="linkedin", text="First\n---\nSecond")
    queue = open_queue()
    queue.choose(due)
    queue.press("queue_copy_1")
    assert QGuiApplication.clipboard().text().startswith("Second")


def test_changed_text_is_cleared_again_in_the_draft(rig, open_queue) -> None:
    planned = rig.plan()
    draft = rig.desk.drafting.get(planned.draft_id)
    rig.desk.drafting.save(draft.id, draft.revision, text="Another text")
    queue = open_queue()
    assert queue.row(planned).look.word == "Changed since you cleared it"
    queue.click_row_button(planned)
    assert queue.drafts == [draft.id]


def test_back_to_draft_cancels_and_opens_it(rig, open_queue) -> None:
    missed = rig.miss()
    queue = open_queue()
    queue.choose(missed)
    queue.press("queue_do_back_to_draft")
    assert rig.get(missed).state == "cancelled"
    assert queue.drafts == [missed.draft_id]


def test_a_refused_post_goes_back_to_its_draft(rig, open_queue) -> None:
    refused = rig.end_as(P.REFUSED, "too_long")
    queue = open_queue()
    queue.choose(refused)
    assert queue.words("queue_pane_sentence").startswith("X says that this post is too long.")
    queue.press("queue_do_back_to_draft")
    assert queue.drafts == [refused.draft_id]
    assert queue.row(refused).section == "cancelled"


def test_a_half_published_thread_goes_on(rig, open_queue) -> None:
    thread = rig.plan(text="One\n---\nTwo\n---\nThree", in_=timedelta(minutes=1))
    rig.try_part(thread, 0, P.PUBLISHED)
    rig.try_part(thread, 1, P.HELD, "credits_gone")
    queue = open_queue()
    assert queue.row(thread).look.word == "1 of 3 published"
    queue.choose(thread)
    queue.press("queue_do_post_now")
    assert [part.state for part in rig.get(thread).parts] == [P.PUBLISHED, P.PLANNED, P.PLANNED]
    assert queue.row(thread).section == "now"
    assert queue.row(thread).shows_progress


def test_o_and_the_row_open_a_published_post(rig, open_queue) -> None:
    sent = rig.end_as(P.PUBLISHED)
    queue = open_queue()
    queue.click_row_button(sent)
    queue.page.list.select(sent.id)
    queue.key(Qt.Key.Key_O)
    assert queue.opened == ["https://x.com/i/status/190"] * 2


def test_a_cancelled_post_can_be_scheduled_again(rig, open_queue) -> None:
    planned = rig.plan()
    rig.desk.queueing.cancel(planned.id, "Jordan Sample")
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_schedule_again")
    queue.press("queue_form_confirm")
    assert [row.section for row in queue.page.snapshot.rows] == ["scheduled"]
    assert queue.toasts[-1][0] == "Scheduled for Thu 12 Nov, 12:00."


def test_scheduling_again_what_is_not_clear_opens_the_draft(rig, open_queue) -> None:
    planned = rig.plan()
    rig.desk.queueing.cancel(planned.id, "Jordan Sample")
    draft = rig.desk.drafting.get(planned.draft_id)
    rig.desk.drafting.save(draft.id, draft.revision, text="Another text")
    queue = open_queue()
    for desk in rig.desks:
        desk.clearing.blocks = True
    queue.choose(planned)
    queue.press("queue_do_schedule_again")
    queue.press("queue_form_confirm")
    assert queue.drafts == [draft.id]
