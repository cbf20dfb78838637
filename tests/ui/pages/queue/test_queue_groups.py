"""A draft on two networks stands as one, with its parts below; acts on both, filters, the way to nothing."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from medvoice.domain.clock import utc_to_wall
from medvoice.domain.outbox import PartState
from medvoice.ui.models.queue_groups import GroupRow
from medvoice.ui.models.queue_model import GROUP_ROLE
from medvoice.ui.pages.queue.geometry import lay_out_group
from medvoice.ui.widgets.controls import Segment

P = PartState
ZONE = "Europe/Berlin"


def plan_both(rig, title: str = "On both", in_: timedelta = timedelta(hours=2)):
    """One draft, LinkedIn and X, the same minute."""
    for network in ("linkedin", "x"):
        if not rig.desk.accounts.list(network):
            rig.account(network)
    draft = rig.desk.drafting.create(title=title, text=f"A text of {title}", channels=("linkedin", "x"))
    wall = utc_to_wall(rig.clock.now() + in_, ZONE)
    return rig.desk.queueing.schedule(draft.id, wall, ZONE, "Jordan Sample")


def group_of(queue) -> GroupRow:
    model = queue.page.model
    found = [model.index(at).data(GROUP_ROLE) for at in range(model.rowCount())]
    return next(each for each in found if each is not None)


def select_group(queue) -> GroupRow:
    group = group_of(queue)
    queue.page.list.select(group.id)
    queue.page.list.setFocus()
    return group


def choose(queue, control: str, key: str) -> None:
    """Click a segment of the filter bar."""
    segments = getattr(queue.page.filters, control).findChildren(Segment)
    segment = next(each for each in segments if each.key == key)
    queue.qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)


def test_two_parts_stand_under_their_draft_and_count_once(rig, open_queue, qtmodeltester) -> None:
    linkedin, x = plan_both(rig)
    rig.plan(title="Alone", in_=timedelta(hours=3))
    queue = open_queue()
    model = queue.page.model
    qtmodeltester.check(model)
    names = [model.index(at).data() for at in range(model.rowCount())]
    assert names == ["Scheduled", "On both", "On both", "On both", "Alone"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Scheduled, 2"
    assert [queue.row(each).member_at for each in (linkedin, x)] == [1, 2]
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "On both, Thu 12 Nov, 12:00; LinkedIn, Scheduled; X, Scheduled"
    assert model.index(3).data(Qt.ItemDataRole.AccessibleTextRole).startswith("X, On both, Scheduled, ")


def test_parts_in_other_sections_stand_alone(rig, open_queue) -> None:
    linkedin, x = plan_both(rig, in_=timedelta(minutes=1))
    rig.clock.advance(timedelta(minutes=2))
    rig.try_part(x, 0, P.HELD, "sign_in")
    queue = open_queue()
    assert [queue.row(each).member_at for each in (linkedin, x)] == [0, 0]


def test_choosing_the_draft_shows_the_part_that_needs_the_person(rig, open_queue) -> None:
    _linkedin, x = plan_both(rig)
    rig.desk.accounts.set_state(x.account_id, "sign_in", "refresh_spent")
    queue = open_queue()
    select_group(queue)
    assert queue.page.pane.delivery_id == x.id
    QTest.keyClick(queue.page.list, Qt.Key.Key_Down)
    assert queue.page.pane.delivery_id == _linkedin.id


def test_space_on_the_draft_pauses_both_and_undo_resumes(rig, open_queue) -> None:
    made = plan_both(rig)
    queue = open_queue()
    select_group(queue)
    queue.key(Qt.Key.Key_Space)
    assert [rig.get(each).is_paused for each in made] == [True, True]
    _words, undo = queue.toasts[-1]
    undo()
    assert [rig.get(each).is_paused for each in made] == [False, False]
    queue.key(Qt.Key.Key_Space)
    queue.key(Qt.Key.Key_Space)
    assert [rig.get(each).is_paused for each in made] == [False, False]


def test_r_on_the_draft_moves_both_and_undo_moves_both_back(rig, open_queue) -> None:
    made = plan_both(rig)
    queue = open_queue()
    select_group(queue)
    queue.key(Qt.Key.Key_R)
    queue.page.pane.time_chosen.emit(made[0].id, "2026-11-20 08:10")
    assert {rig.get(each).wall for each in made} == {"2026-11-20 08:10"}
    assert group_of(queue).rows[0].time == "08:10"
    queue.toasts[-1][1]()
    assert {rig.get(each).wall for each in made} == {made[0].wall}


def test_moving_both_is_all_or_nothing(rig, open_queue) -> None:
    made = plan_both(rig)
    queue = open_queue()
    select_group(queue)
    queue.key(Qt.Key.Key_R)
    rig.outbox.move_part(made[1].parts[0].id, P.PLANNED, P.CANCELLED)
    queue.page.pane.time_chosen.emit(made[0].id, "2026-11-20 08:10")
    assert rig.get(made[0]).wall == made[0].wall


def test_the_time_of_one_part_leaves_the_other(rig, open_queue) -> None:
    linkedin, x = plan_both(rig)
    queue = open_queue()
    select_group(queue)
    queue.key(Qt.Key.Key_R)
    queue.page.doing.act(x.id, "choose_time")
    queue.page.pane.time_chosen.emit(x.id, "2026-11-20 08:10")
    assert (rig.get(linkedin).wall, rig.get(x).wall) == (linkedin.wall, "2026-11-20 08:10")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_dots_of_the_draft_open_its_menu_and_unschedule_all(rig, open_queue) -> None:
    made = plan_both(rig)
    queue = open_queue()
    group, view = group_of(queue), queue.page.list
    menu = view.menu_for(group)
    keys = [action.objectName().removeprefix("queue_menu_") for action in menu.actions()]
    assert keys == ["choose_time_all", "pause_all_of", "unschedule_all", "open_draft"]
    area = view.visualRect(queue.page.model.index_of(group.id)).toRectF()
    asked: list[str] = []
    view.delegate.menu_requested.connect(lambda entry, _at: asked.append(entry))
    dots = lay_out_group(queue.page.theme, area, group).dots.center().toPoint()
    queue.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(dots))
    assert asked == [group.id]
    menu.actions()[2].trigger()
    assert {rig.get(each).state for each in made} == {"cancelled"}
    queue.toasts[-1][1]()
    states = sorted(each.state for each in rig.outbox.list())
    assert states == ["cancelled", "cancelled", "planned", "planned"]


def test_filters_by_kind_network_and_words(rig, open_queue) -> None:
    rig.end_as(P.HELD, "sign_in", title="Held one")
    plan_both(rig)
    rig.plan(title="Registries", in_=timedelta(hours=3))
    queue = open_queue()

    def titles() -> list[str]:
        model = queue.page.model
        rows = [model.row_at(model.index(at)) for at in range(model.rowCount())]
        return [f"{row.title} {row.channel}" for row in rows if row]

    choose(queue, "kind", "needs")
    assert titles() == ["Held one x"]
    choose(queue, "kind", "ahead")
    choose(queue, "channel", "x")
    assert titles() == ["On both x", "Registries x"]
    queue.page.filters.focus_search()
    QTest.keyClicks(queue.page.filters.search.edit, "REG")
    assert titles() == ["Registries x"]
    QTest.keyClick(queue.page.filters.search.edit, Qt.Key.Key_Down)
    assert queue.page.list.current_row().title == "Registries"


def test_a_search_without_result_says_so_and_shows_all_again(rig, open_queue) -> None:
    rig.plan()
    queue = open_queue()
    QTest.keyClicks(queue.page.filters.search.edit, "nowhere")
    assert not queue.page.list.isVisible()
    assert queue.page.emptiness.title == "No post for “nowhere”"
    queue.press("queue_show_all")
    assert queue.page.list.isVisible()
    assert queue.page.filters.search.text() == ""


def test_nothing_needs_you_says_when_the_next_post_goes_out(rig, open_queue) -> None:
    rig.plan()
    queue = open_queue()
    choose(queue, "kind", "needs")
    what = queue.page.emptiness
    assert (what.title, what.words) == (
        "All clear",
        "Nothing needs you. The next post goes out on Thu 12 Nov, 12:00.",
    )


def test_the_badge_counts_what_the_filters_hide(rig, open_queue) -> None:
    rig.miss(title="Missed one")
    queue = open_queue()
    choose(queue, "kind", "over")
    counts: list[int] = []
    queue.page.needs_you_changed.connect(counts.append)
    rig.end_as(P.HELD, "sign_in", title="Held one")
    queue.page.reload()
    assert counts == [2]


def test_the_filters_fit_a_narrow_page(rig, open_queue) -> None:
    rig.plan()
    queue = open_queue(width=944)
    bar = queue.page.filters
    for part in (bar.kind, bar.channel, bar.search):
        assert part.geometry().right() < bar.width()
    assert bar.channel.geometry().right() < bar.search.geometry().left()
