"""The queue page by keys and clicks: every state shows its words and offers its actions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDateTime, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QLineEdit, QWidget

from medvoice.domain.outbox import PartState
from medvoice.platforms.by_hand.publisher import composer_url
from medvoice.ui.pages.queue import QueuePage
from medvoice.ui.pages.queue.geometry import lay_out
from medvoice.ui.widgets.button import Button

P = PartState


class Queue:
    """The page with everything it told, and hands to use it."""

    def __init__(self, page: QueuePage, qtbot, toasts: list[Any], opened: list[str]) -> None:
        self.page, self.qtbot, self.toasts, self.opened = page, qtbot, toasts, opened
        self.drafts: list[str] = []
        self.settings: list[str] = []
        page.draft_requested.connect(self.drafts.append)
        page.settings_requested.connect(self.settings.append)

    def find(self, name: str, kind: type = QWidget) -> Any:
        found = [each for each in self.page.findChildren(kind, name) if each.isVisible()]
        assert found, f"{name} is not shown"
        return found[-1]

    def has(self, name: str) -> bool:
        return any(each.isVisible() for each in self.page.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def choose(self, delivery) -> None:
        index = self.page.model.index_of(delivery.id)
        at = self.page.list.visualRect(index)
        self.qtbot.mouseClick(
            self.page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, at.center().y())
        )

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.list, key)

    def click_row_button(self, delivery) -> None:
        page = self.page
        index = page.model.index_of(delivery.id)
        place = lay_out(page.theme, page.list.visualRect(index).toRectF(), page.model.row_at(index))
        target = place.button if place.button.width() else place.dots
        self.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=target.center().toPoint())

    def row(self, delivery) -> Any:
        return self.page.row_of(delivery.id)

    def keys_of(self, delivery) -> list[str]:
        return [action.key for action in self.row(delivery).actions]

    def words(self, name: str) -> str:
        return self.find(name, QLabel).text()


@pytest.fixture
def open_queue(rig, theme, qtbot) -> Callable[..., Queue]:
    def make(width: int = 1360, height: int = 900) -> Queue:
        toasts: list[Any] = []
        opened: list[str] = []
        page = QueuePage(
            theme,
            rig.bridge,
            composer_url=composer_url,
            open_url=opened.append,
            toast=lambda words, undo: toasts.append((words, undo)),
        )
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        return Queue(page, qtbot, toasts, opened)

    return make


def test_rows_stand_in_their_sections_with_pill_and_action(rig, open_queue) -> None:
    held = rig.end_as(P.HELD, "sign_in", title="Held one")
    planned = rig.plan(title="Planned one")
    sent = rig.end_as(P.PUBLISHED, title="Published one", ago_min=2000)
    queue = open_queue()
    rows = queue.page.snapshot.rows
    assert [(row.section, row.title) for row in rows] == [
        ("needs", "Held one"),
        ("scheduled", "Planned one"),
        ("published", "Published one"),
    ]
    assert [queue.row(d).look.word for d in (held, planned, sent)] == [
        "Held, not sent",
        "Scheduled",
        "Published",
    ]
    assert queue.row(planned).line == "Checked and cleared by you on Thu 12 Nov"
    assert "Nothing was posted." in queue.row(held).line
    assert queue.row(held).topic_slot == "rwe"
    assert queue.row(planned).time == "12:00"
    assert queue.row(sent).link == "https://x.com/i/status/190"


def test_the_model_is_sound_and_headings_cannot_be_chosen(rig, open_queue, qtmodeltester) -> None:
    rig.plan()
    rig.miss(title="Missed one")
    queue = open_queue()
    qtmodeltester.check(queue.page.model)
    model = queue.page.model
    assert model.rowCount() == 4
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Missed one, Missed, Thu 12 Nov, 02:00, X")


def test_needs_you_is_counted_for_the_rail(rig, open_queue, qtbot) -> None:
    rig.miss(title="Missed one")
    queue = open_queue()
    counts: list[int] = []
    queue.page.needs_you_changed.connect(counts.append)
    rig.end_as(P.HELD, "sign_in", title="Held one")
    queue.page.reload()
    queue.page.reload()
    assert counts == [2]


def test_choosing_a_row_shows_it_and_escape_closes(rig, open_queue) -> None:
    held = rig.end_as(P.HELD, "sign_in", title="Small cohorts, big claims")
    queue = open_queue()
    assert not queue.page.pane.isVisible()
    queue.choose(held)
    assert queue.page.pane.isVisible()
    assert queue.words("queue_pane_title") == "Small cohorts, big claims"
    assert "Your text is unchanged" in queue.words("queue_pane_sentence")
    steps = [label.text() for label in queue.find("queue_steps").findChildren(QLabel)]
    assert steps[0] == "You cleared this text"
    assert steps[1] == "Thu 12 Nov, 08:00 · version 1"
    assert "Held, nothing was posted" in steps
    assert any("401 Unauthorized" in step for step in steps)
    assert (
        steps.index("You scheduled it") < steps.index("Sent to X") < steps.index("Held, nothing was posted")
    )
    queue.key(Qt.Key.Key_Escape)
    assert not queue.page.pane.isVisible()
    queue.choose(held)
    assert queue.page.pane.isVisible()


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


def test_a_cancelled_post_whose_time_is_over_has_no_undo(rig, open_queue) -> None:
    waiting = rig.end_as(P.WAITING, "rate_limited")
    queue = open_queue()
    queue.choose(waiting)
    assert queue.row(waiting).look.word == "Trying again at 10:05"
    queue.press("queue_do_unschedule")
    assert queue.toasts[-1][1] is None


def test_change_time_moves_and_undo_moves_back(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    field: QDateTimeEdit = queue.find("queue_time_field")
    field.setDateTime(QDateTime(2026, 11, 17, 8, 10, 0))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert rig.get(planned).wall == "2026-11-17 08:10"
    assert queue.toasts[-1][0] == "Moved to Tue 17 Nov, 08:10."
    assert not queue.has("queue_time_field")
    queue.toasts[-1][1]()
    assert rig.get(planned).wall == planned.wall


def test_a_time_that_has_passed_is_said_at_the_field(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    queue.find("queue_time_field").setDateTime(QDateTime(2026, 11, 1, 8, 10, 0))
    queue.press("queue_form_confirm")
    assert queue.words("queue_form_problem") == "This time has passed. Choose a later one."
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


def test_a_post_of_an_account_that_must_sign_in_says_so_early(rig, open_queue) -> None:
    planned = rig.plan()
    rig.desk.accounts.set_state(planned.account_id, "sign_in", "refresh_spent")
    queue = open_queue()
    assert queue.row(planned).look.word == "Needs X sign-in"
    assert queue.row(planned).section == "scheduled"
    assert queue.keys_of(planned)[0] == "sign_in"


def test_the_menu_mirrors_every_action_of_the_row(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    menu = queue.page.list.menu_for(queue.row(planned))
    names = [action.objectName() for action in menu.actions()]
    assert names == [f"queue_menu_{key}" for key in queue.keys_of(planned)]
    menu.actions()[-1].trigger()
    assert queue.drafts == [planned.draft_id]


def test_the_empty_queue_offers_to_write(open_queue) -> None:
    queue = open_queue()
    asked: list[bool] = []
    queue.page.compose_requested.connect(lambda: asked.append(True))
    assert not queue.page.list.isVisible()
    queue.press("queue_write")
    assert asked == [True]


@pytest.mark.parametrize(
    ("width", "list_w", "pane_w"), [(1360, 1016, 344), (1150, 842, 308), (944, 944, 308)]
)
def test_the_pane_stands_beside_or_over_the_list(rig, open_queue, width, list_w, pane_w) -> None:
    planned = rig.plan()
    queue = open_queue(width)
    assert queue.page.list.width() == width
    queue.choose(planned)
    assert (queue.page.list.width(), queue.page.pane.width()) == (list_w, pane_w)
    assert queue.page.pane.geometry().right() + 1 == width
    assert queue.page.header.height() == 64


def test_one_filled_button_at_a_time(rig, open_queue) -> None:
    missed = rig.miss()
    queue = open_queue()
    assert queue.page.list.delegate.primary_id == missed.id
    queue.choose(missed)
    assert queue.page.list.delegate.primary_id == ""
    filled = [each for each in queue.page.findChildren(Button) if each.isVisible() and each.kind == "primary"]
    assert len(filled) == 1


def test_what_happened_can_be_copied(rig, open_queue) -> None:
    held = rig.end_as(P.HELD, "credits_gone", title="Small cohorts, big claims")
    queue = open_queue()
    queue.choose(held)
    queue.press("queue_copy_story")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Small cohorts, big claims\nHeld, not sent\n")
    assert "Your X plan has no posts left" in text


def test_the_list_keeps_its_place_when_the_agent_writes(rig, open_queue) -> None:
    first = rig.plan(title="First")
    second = rig.plan(title="Second", in_=timedelta(hours=3))
    queue = open_queue()
    queue.choose(second)
    rig.bridge.look()
    rig.try_part(first, 0, P.PUBLISHED)
    rig.bridge.look()
    assert queue.row(first).section == "published"
    assert queue.page.list.current_row().id == second.id
    assert queue.page.pane.delivery_id == second.id


def test_a_story_of_what_is_gone_closes_the_pane(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.page.show_details("y_gone")
    assert not queue.page.pane.isVisible()
    assert rig.problems == []
