"""The queue page: every state shows its words; the pane, the menu and the list keep their places."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from medvoice.domain.outbox import PartState
from medvoice.ui.pages.queue.geometry import lay_out, row_height
from medvoice.ui.widgets.button import Button

P = PartState


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
    ("width", "list_w", "pane_w"), [(1360, 1016, 344), (1150, 842, 308), (944, 636, 308)]
)
def test_the_pane_stands_beside_the_list(rig, open_queue, width, list_w, pane_w) -> None:
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


@pytest.mark.parametrize("width", [1360, 1100, 918])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_of_a_row_lies_below_the_pane_or_over_another(rig, open_queue, theme, width, scale) -> None:
    rows = [rig.end_as(P.REFUSED, "already_posted"), rig.miss(), rig.plan()]
    theme.set_text_scale(scale)
    queue = open_queue(width)
    queue.choose(rows[0])
    place = queue.page.list
    for each in rows:
        index = queue.page.model.index_of(each.id)
        area = place.visualRect(index).toRectF()
        assert area.width() <= queue.page.pane.x()
        laid = lay_out(theme, area, queue.page.model.row_at(index), has_buttons=place.delegate.has_buttons)
        parts = [laid.time, laid.day, laid.title, laid.tile, laid.line, laid.pill, laid.button, laid.dots]
        parts = [part for part in parts if not part.isEmpty()]
        assert all(laid.ground.contains(part) for part in parts)
        assert laid.title.width() >= theme.px(150)
        for at, part in enumerate(parts):
            assert [other for other in parts[at + 1 :] if part.intersected(other).width() > 1] == []


def test_pills_end_in_one_line_whatever_stands_beside_them(rig, open_queue, theme) -> None:
    rows = [rig.end_as(P.REFUSED, "already_posted"), rig.miss(), rig.plan()]
    page = open_queue().page
    queue_rows = [page.model.row_at(page.model.index_of(each.id)) for each in rows]
    ends = {lay_out(theme, QRectF(0, 0, 1016, 63), row).pill.right() for row in queue_rows}
    assert len(ends) == 1


def test_the_row_that_gets_the_cursor_is_chosen(rig, open_queue, qtbot) -> None:
    rig.plan()
    place = open_queue().page.list
    qtbot.waitUntil(lambda: place.model().rowCount() > 1)
    # As Qt gives it to the first row when the list gets the focus: a cursor, and nothing chosen.
    first = place.model().index(1, 0)
    place.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
    assert place.selectionModel().isSelected(first)


def test_what_is_typed_in_a_form_stays_when_the_text_becomes_larger(rig, open_queue, theme) -> None:
    missed = rig.miss()
    queue = open_queue()
    queue.choose(missed)
    pane = queue.page.pane
    pane.open_form("time")
    pane.form.put("tomorrow 8:10")
    meant = queue.words("queue_time_meant")
    theme.set_text_scale(1.3)
    assert pane.form.field.text() == "tomorrow 8:10"
    assert queue.words("queue_time_meant") == meant
    theme.set_text_scale(1.0)


@pytest.mark.parametrize("width", [1016, 636, 518])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_how_far_a_thread_is_stands_inside_its_row(rig, open_queue, theme, width, scale) -> None:
    planned = rig.plan()
    page = open_queue().page
    theme.set_text_scale(scale)
    row = replace(page.model.row_at(page.model.index_of(planned.id)), total=3, done=1, section="now")
    height = row_height(theme, width, row, has_buttons=False)
    place = lay_out(theme, QRectF(0, 0, width, height), row, has_buttons=False)
    theme.set_text_scale(1.0)
    assert place.ground.contains(place.bar)
    assert place.ground.contains(place.bar_words)
    assert place.bar_words.width() >= 125 * scale  # "1 of 3 posts published"
    for part in (place.dots, place.pill):
        assert part.intersected(place.bar_words).width() <= 1
