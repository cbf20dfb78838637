"""The calendar as a person uses it: by keys, by dragging, in month, week and list. NOW is 12 November."""

from datetime import date, timedelta

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from medvoice.ui.pages.calendar.dragging import mime_of
from medvoice.ui.pages.calendar.side_day import DayRow
from medvoice.ui.pages.calendar.side_parts import TrayCard
from medvoice.ui.widgets.message import Banner

from .conftest import TODAY, ZONE, embargo, in_mind

K, M = Qt.Key, Qt.KeyboardModifier


def test_posts_stand_on_their_days_and_today_has_the_cursor(rig, calendar) -> None:
    rig.plan("Small cohorts")
    in_mind(rig, "Registry or trial?", "2026-11-24 08:10")
    hands = calendar()
    assert hands.page.view.day() == TODAY
    assert hands.wall("Small cohorts") == "2026-11-12 12:00"
    assert hands.card("Registry or trial?").is_draft
    hands.titled("November 2026")
    model = hands.page.month.days
    said = model.index_of(TODAY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Thursday 12 November, 1 post"


def test_by_keys_alone_a_card_is_found_moved_and_taken_back(rig, calendar) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    hands.key(K.Key_Right)
    assert hands.page.view.day() == date(2026, 11, 13)
    hands.key(K.Key_Return)
    assert hands.page.view.card().title == "Registry or trial?"
    for key, wall in (
        (K.Key_Right, "2026-11-14 08:10"),
        (K.Key_Down, "2026-11-21 08:10"),
        (K.Key_PageDown, "2026-11-28 08:10"),
        (K.Key_Left, "2026-11-27 08:10"),
        (K.Key_Up, "2026-11-20 08:10"),
        (K.Key_PageUp, "2026-11-13 08:10"),
    ):
        hands.key(key, M.AltModifier)
        assert hands.wall("Registry or trial?") == wall
        assert hands.page.view.card().title == "Registry or trial?", "the cursor goes with it"
    words, undo, redo = hands.toasts[0]
    assert words == "Moved to Sat 14 Nov, 08:10."
    undo()
    assert hands.wall("Registry or trial?") == "2026-11-13 08:10"
    redo()
    assert hands.wall("Registry or trial?") == "2026-11-14 08:10"


def test_a_scheduled_post_keeps_its_clearance_when_it_moves(rig, calendar) -> None:
    delivery = rig.plan("Small cohorts", in_=timedelta(days=2))
    hands = calendar()
    hands.put_on("Small cohorts")
    hands.key(K.Key_Right, M.AltModifier)
    moved = rig.get(delivery)
    assert (moved.wall, moved.clearance_id) == ("2026-11-15 10:00", delivery.clearance_id)


def test_a_step_beyond_the_month_follows_the_card(rig, calendar) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-30 08:10")
    hands = calendar()
    hands.put_on("Registry or trial?")
    hands.key(K.Key_PageDown, M.AltModifier)
    hands.titled("December 2026")
    assert hands.page.view.card().title == "Registry or trial?"


def test_the_past_and_an_embargo_are_refused_in_words(rig, calendar) -> None:
    draft_id = in_mind(rig, "Three talks", "2026-11-19 12:30")
    embargo(rig, draft_id, "2026-11-19 09:00")
    hands = calendar()
    hands.put_on("Three talks")
    assert hands.card("Three talks").word == "After embargo"
    hands.key(K.Key_Left, M.AltModifier)
    assert hands.wall("Three talks") == "2026-11-19 12:30"
    assert hands.page.side.problem.text() == "Not moved. Embargo until Thu 19 Nov, 09:00."
    in_mind(rig, "Today", "2026-11-12 23:00")
    hands.page.reload()
    hands.put_on("Today")
    hands.key(K.Key_Left, M.AltModifier)
    assert "In the past" in hands.page.side.problem.text()


def test_p_places_the_first_that_waits_b_finds_the_next_time_del_takes_it_off(rig, calendar) -> None:
    in_mind(rig, "Bench to bedside")
    hands = calendar()
    for _ in range(3):
        hands.key(K.Key_Right)
    hands.key(K.Key_P)
    assert hands.wall("Bench to bedside") == "2026-11-15 08:10"
    assert hands.page.view.card().title == "Bench to bedside"
    hands.key(K.Key_B)
    assert hands.wall("Bench to bedside") == "2026-11-13 08:10"
    hands.key(K.Key_Delete)
    assert hands.page.read.all() == ()
    words, undo, _redo = hands.toasts[-1]
    assert words == "Taken from the calendar. The draft is kept."
    undo()
    assert hands.wall("Bench to bedside") == "2026-11-13 08:10"


def test_a_scheduled_post_is_taken_out_and_put_back(rig, calendar) -> None:
    delivery = rig.plan("Small cohorts", in_=timedelta(days=2))
    hands = calendar()
    hands.put_on("Small cohorts")
    hands.key(K.Key_Delete)
    assert rig.get(delivery).state == "cancelled"
    hands.toasts[-1][1]()
    again = hands.card("Small cohorts")
    assert again.entry.state == "planned"
    assert hands.wall("Small cohorts") == "2026-11-14 10:00"


def test_enter_opens_the_draft_and_n_makes_one_for_the_day(rig, calendar) -> None:
    draft_id = in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    hands.put_on("Registry or trial?")
    hands.key(K.Key_Return)
    assert hands.drafts == [draft_id]
    hands.page.view.set_day(date(2026, 11, 20))
    hands.key(K.Key_N)
    made = rig.desk.drafting.get(hands.drafts[-1])
    assert (made.planned_wall, made.planned_zone) == ("2026-11-20 08:10", ZONE)


def test_tab_goes_through_the_cards_of_a_day_and_out(rig, calendar) -> None:
    in_mind(rig, "First", "2026-11-12 12:10")
    in_mind(rig, "Second", "2026-11-12 15:10")
    hands = calendar()
    titles = []
    for _ in range(2):
        hands.key(K.Key_Tab)
        titles.append(hands.page.view.card().title)
    assert titles == ["First", "Second"]
    hands.key(K.Key_Tab)
    assert hands.page.view.card() is None
    assert not hands.page.month.hasFocus()


def test_month_week_and_list_show_the_same_posts(rig, calendar) -> None:
    for at in range(4):
        in_mind(rig, f"Post {at}", f"2026-11-{13 + at} 08:10")
    hands = calendar()
    hands.page.show_day(date(2026, 11, 12))
    seen = {}
    for key, kind in ((K.Key_W, "week"), (K.Key_L, "list"), (K.Key_M, "month")):
        hands.key(key)
        assert hands.page.kind == kind
        assert hands.page.view.day() == date(2026, 11, 12), "the cursor stays on its day"
        first, last = date(2026, 11, 12), date(2026, 11, 15)
        seen[kind] = {card.key for card in hands.page.read.all() if first <= card.day <= last}
    assert len(seen["month"]) == 3
    assert seen["month"] == seen["week"] == seen["list"]


def test_the_week_moves_by_quarters_and_the_list_has_the_same_keys(rig, calendar) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    hands.key(K.Key_W)
    hands.put_on("Registry or trial?")
    hands.key(K.Key_Down, M.AltModifier)
    assert hands.wall("Registry or trial?") == "2026-11-13 08:15"
    hands.key(K.Key_Up, M.AltModifier)
    assert hands.wall("Registry or trial?") == "2026-11-13 08:00"
    hands.key(K.Key_L)
    hands.put_on("Registry or trial?")
    hands.key(K.Key_Right, M.AltModifier)
    assert hands.wall("Registry or trial?") == "2026-11-14 08:00"


def test_a_card_is_dragged_to_another_day_and_keeps_its_hour(rig, calendar) -> None:
    draft_id = in_mind(rig, "Three talks", "2026-11-24 12:30")
    embargo(rig, draft_id, "2026-11-19 09:00")
    hands = calendar()
    assert hands.drag(mime_of(hands.card("Three talks")), date(2026, 11, 25))
    assert hands.words == "Drop for 12:30"
    assert hands.wall("Three talks") == "2026-11-25 12:30"
    assert not hands.drag(mime_of(hands.card("Three talks")), date(2026, 11, 18))
    assert hands.words == "Embargo until Thu 19 Nov, 09:00"
    assert not hands.drag(mime_of(hands.card("Three talks")), date(2026, 11, 3))
    assert hands.words == "In the past"
    assert hands.wall("Three talks") == "2026-11-25 12:30"
    hands.toasts[-1][1]()
    assert hands.wall("Three talks") == "2026-11-24 12:30"


def test_one_that_waits_is_dragged_from_the_side(rig, calendar) -> None:
    in_mind(rig, "Bench to bedside")
    hands = calendar()
    (tray,) = hands.page.findChildren(TrayCard)
    assert hands.drag(mime_of(tray.waiting), date(2026, 11, 24))
    assert hands.wall("Bench to bedside") == "2026-11-24 08:10"


def test_a_drag_begins_after_six_pixels_and_carries_the_card(rig, calendar, qtbot) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    carried = []
    view = hands.page.month
    view.drag.run = lambda drag: carried.append(drag.mimeData().formats())
    index = view.days.index_of(date(2026, 11, 13))
    at = view.layout_of(index).placed[0].rect.center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(view.viewport(), at + QPoint(3, 0))
    assert carried == []
    QTest.mouseMove(view.viewport(), at + QPoint(12, 4))
    assert len(carried) == 1


def test_a_gap_is_told_and_filled(rig, calendar, qtbot) -> None:
    rig.desk.topics.change(rig.topic.id, cadence_days=7)
    rig.clock.advance(timedelta(days=20))
    hands = calendar()
    words = [each.text() for each in hands.page.side.findChildren(QWidget) if hasattr(each, "text")]
    assert "Nothing on Real-world evidence yet" in words
    qtbot.mouseClick(hands.find("calendar_place_gap"), Qt.MouseButton.LeftButton)
    made = rig.desk.drafting.get(hands.drafts[-1])
    assert (made.topic_id, made.planned_wall) == (rig.topic.id, "2026-12-03 08:10")


def test_a_gap_stands_on_its_day_until_it_is_skipped(rig, calendar, qtbot) -> None:
    rig.desk.topics.change(rig.topic.id, cadence_days=7)
    rig.clock.advance(timedelta(days=20))
    hands = calendar()
    hands.page.show_day(date(2026, 12, 2))
    view, day = hands.page.month, date(2026, 12, 3)
    index = view.days.index_of(day)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("suggested: Real-world evidence")
    at = view.gap_rect(index, view.layout_of(index)).center()
    assert view.is_warm(at)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert rig.desk.drafting.get(hands.drafts[-1]).planned_wall == "2026-12-03 08:10"
    qtbot.mouseClick(hands.find("calendar_skip_gap"), Qt.MouseButton.LeftButton)
    assert all(view.gap_on(each) is None for each in view.period.days)


def test_one_topic_alone(rig, calendar, qtbot) -> None:
    in_mind(rig, "With", "2026-11-13 08:10")
    in_mind(rig, "Without", "2026-11-14 08:10", topic=False)
    hands = calendar()
    chip = hands.find("calendar_topic_rwe")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert [card.title for card in hands.page.snapshot.all()] == ["With"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(hands.page.snapshot.all()) == 2


def test_g_goes_to_a_date_and_escape_stays(rig, calendar) -> None:
    hands = calendar()
    hands.key(K.Key_G)
    field = hands.page.go_to.field
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, K.Key_Return)
    assert hands.page.go_to.problem.isVisible()
    field.selectAll()
    QTest.keyClicks(field, "2027-11-30")
    QTest.keyClick(field, K.Key_Return)
    hands.titled("November 2027")
    hands.key(K.Key_G)
    QTest.keyClick(field, K.Key_Escape)
    assert not hands.page.go_to.isVisible()
    hands.key(K.Key_T)
    assert hands.page.view.day() == TODAY


def test_what_does_not_fit_is_counted_and_the_day_opens_at_the_side(rig, theme, calendar, qtbot) -> None:
    for at in range(6):
        in_mind(rig, f"Post {at}", f"2026-11-13 {10 + at}:10")
    hands = calendar(944, 616)
    page, view, left = hands.page, hands.page.month, Qt.MouseButton.LeftButton
    for scale in (1.0, 1.5):
        theme.set_text_scale(scale)
        layout = view.layout_of(view.days.index_of(date(2026, 11, 13)))
        assert layout.more + len(layout.placed) == 6
        assert layout.more
        at = layout.more_rect.center()
        assert view.is_warm(at)
        qtbot.mouseClick(view.viewport(), left, pos=at.toPoint())
        assert page.side.isVisible()
        hands.find("calendar_day_row")
        rows = [row for row in page.side.findChildren(DayRow) if row.isVisible()]
        assert [row.card.title for row in rows] == [f"Post {each}" for each in range(6)]
        qtbot.mouseClick(rows[4], left)
        assert view.card().title == "Post 4"
        assert page.side.shown == view.card().key
        page.leave_card()
        assert page.side.shown == "2026-11-13", "back to the day"
        page.leave_card()
        page.leave_card()
        assert not page.side.isVisible()
    theme.set_text_scale(1.0)


def test_the_menu_offers_what_the_keys_do(rig, calendar) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    hands.put_on("Registry or trial?")
    menu = hands.page.doing.menu_for()
    acts = {action.objectName(): action for action in menu.actions()}
    acts["calendar_menu_week_on"].trigger()
    assert hands.wall("Registry or trial?") == "2026-11-20 08:10"
    menu.deleteLater()


def test_in_a_small_window_the_side_opens_over_the_grid(rig, calendar) -> None:
    in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar(944, 600)
    page = hands.page
    assert not page.side.isVisible()
    hands.put_on("Registry or trial?")
    hands.key(K.Key_Space)
    assert page.side.isVisible()
    assert page.stack.width() == page.body.width()
    hands.key(K.Key_Escape)
    hands.key(K.Key_Escape)
    assert not page.side.isVisible()


def test_another_hand_s_change_is_seen(rig, calendar) -> None:
    draft_id = in_mind(rig, "Registry or trial?", "2026-11-13 08:10")
    hands = calendar()
    rig.bridge.work(
        lambda desk: desk.planning.place(draft_id, "2026-11-16 08:10", ZONE), owner=hands.page, changes=_all()
    )
    assert hands.wall("Registry or trial?") == "2026-11-16 08:10"


def _all():
    from medvoice.ui.pages.calendar.acts import ALL

    return ALL


def test_dragging_over_nothing_of_ours_is_left_alone(rig, calendar) -> None:
    hands = calendar()
    strange = QMimeData()
    strange.setText("words from elsewhere")
    assert not hands.drag(strange, date(2026, 11, 24))
    assert hands.page.month.day_under(QPointF(-5, -5)) is None


def test_the_side_says_what_the_chosen_post_clashes_with(rig, calendar, qtbot) -> None:
    rig.plan(in_=timedelta(days=1), title="First", channel="linkedin")
    rig.plan(in_=timedelta(days=1, minutes=20), title="Second", channel="linkedin")
    rig.plan(in_=timedelta(days=9), title="Alone and far away", channel="linkedin", text="Something else.")
    hands = calendar()
    hands.put_on("Second")
    said = [each.text() for each in hands.page.side.findChildren(Banner, "calendar_clash")]
    assert any("“First” goes to LinkedIn within the same hour, at 10:00." in words for words in said), said
    assert any("stands in “First” too" in words for words in said), said
    hands.put_on("Alone and far away")
    qtbot.wait(1)
    assert not hands.page.side.findChildren(Banner, "calendar_clash")
