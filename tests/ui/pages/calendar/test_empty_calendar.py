"""An empty calendar says what will stand here, and begins it with one click."""

from datetime import timedelta

from PySide6.QtCore import Qt

from .conftest import in_mind

LEFT = Qt.MouseButton.LeftButton


def test_nothing_yet_says_so_in_each_view_and_begins_the_first_post(rig, calendar, qtbot) -> None:
    hands = calendar()
    page = hands.page
    for kind in ("month", "week", "list"):
        page.show_view(kind)
        assert page.empty.isVisible()
        assert page.stack.geometry().contains(page.empty.geometry())
        if kind == "month":
            today = page.month.rect_of_day(page.read.today).toRect()
            today.moveTopLeft(page.month.viewport().mapTo(page.body, today.topLeft()))
            assert not page.empty.geometry().intersects(today), "today is to be seen"
        else:
            assert page.empty.geometry().center() == page.stack.geometry().center()
    assert page.header.new.kind == "default", "one filled button"
    asked = []
    page.events_requested.connect(lambda: asked.append(True))
    qtbot.mouseClick(hands.find("calendar_empty_events"), LEFT)
    assert asked == [True]
    qtbot.mouseClick(hands.find("calendar_empty_begin"), LEFT)
    assert rig.desk.drafting.get(hands.drafts[-1]).planned_wall == "2026-11-13 08:10"
    page.reload()
    assert not page.empty.isVisible()
    assert page.header.new.kind == "primary"


def test_what_waits_is_spread_over_two_weeks_and_taken_back_at_once(rig, calendar, qtbot) -> None:
    held = in_mind(rig, "Without an end")
    event = rig.desk.congresses.add_event(
        "Sample Forum", "Europe/Vienna", rig.clock.now().date(), rig.clock.now().date()
    )
    abstract = rig.desk.congresses.add_abstract(event.id, "Late", kind="session")
    rig.desk.congresses.link(held, abstract.id, "Jordan Sample")
    for at in range(12):
        in_mind(rig, f"Draft {at:02}")
        rig.clock.advance(timedelta(seconds=1))
    hands = calendar()
    begin = hands.find("calendar_empty_begin")
    assert begin.text() == "Plan two weeks"
    qtbot.mouseClick(begin, LEFT)
    words, undo, redo = hands.toasts[-1]
    assert words == "10 drafts have their time now. None is scheduled yet."
    walls = sorted(f"{card.day} {card.time}" for card in hands.page.read.all())
    assert (walls[0], walls[-1], len(set(walls))) == ("2026-11-13 08:10", "2026-11-26 08:10", 10)
    assert {each.title for each in hands.page.read.tray} >= {"Without an end"}
    undo()
    assert hands.page.read.all() == ()
    assert hands.page.empty.isVisible()
    redo()
    assert len(hands.page.read.all()) == 10


def test_an_empty_month_of_a_workspace_with_posts_is_just_empty(rig, calendar) -> None:
    rig.plan("Small cohorts")
    hands = calendar()
    hands.page.step(24)
    assert hands.page.read.all() == ()
    assert not hands.page.empty.isVisible()
