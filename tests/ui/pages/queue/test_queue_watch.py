"""Times under an embargo and on a journey, and the comments of a young post, in the queue."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from medvoice.domain.outbox import PartState
from medvoice.ui.models import time_choice

P = PartState
ZONE = "Europe/Berlin"


def write_time(queue, text: str) -> None:
    field = queue.find("queue_time_field")
    field.selectAll()
    QTest.keyClicks(field, text)


def test_under_embargo_the_first_moment_is_offered_and_none_before_it_taken(rig, open_queue) -> None:
    planned = rig.plan()
    congresses = rig.desk.congresses
    day = rig.clock.now().date() + timedelta(days=9)
    event = congresses.add_event("A meeting", ZONE, day, day)
    talk = congresses.add_session(event.id, "Oral abstracts", f"{day} 08:00")
    made = congresses.add_abstract(event.id, "A registry", kind="session", session_id=talk.id)
    congresses.link(planned.draft_id, made.id, "Jordan Sample")
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    assert queue.find("queue_time_field").text() == "Sat 21 Nov 2026, 08:00", "the first that is possible"
    write_time(queue, "Tue 8:10")
    QTest.keyClick(queue.find("queue_time_field"), Qt.Key.Key_Return)
    assert queue.words("queue_form_problem").startswith("“A registry” (A meeting) is under embargo until")
    assert rig.get(planned).wall == planned.wall
    queue.press("queue_time_first")
    assert not queue.has("queue_form_problem")
    queue.press("queue_form_confirm")
    assert rig.get(planned).wall == "2026-11-21 08:00"


def test_on_a_journey_the_time_is_said_by_the_laptop_s_clock_too(rig, open_queue, monkeypatch) -> None:
    monkeypatch.setattr(time_choice, "laptop_zone", lambda: "America/New_York")
    planned = rig.plan()
    queue = open_queue()
    queue.choose(planned)
    queue.press("queue_do_choose_time")
    write_time(queue, "Tue 4:10")
    said = queue.words("queue_time_meant").split("\n")
    assert said[:2] == [
        "Tuesday 17 November 2026, 04:10",
        "Mon 16 Nov, 22:10 by this laptop's clock (New York)",
    ]
    QTest.keyClick(queue.find("queue_time_field"), Qt.Key.Key_Return)
    assert rig.get(planned).wall == "2026-11-17 04:10", "meant in the post's own zone"


def test_the_comments_of_a_young_post_are_asked_for_and_a_look_is_on_record(rig, open_queue) -> None:
    out = rig.end_as(P.PUBLISHED, ago_min=5 * 60)
    queue = open_queue()
    QTest.qWait(1)  # it is read when what is under way is done
    line = queue.find("comments_line")
    assert line.words() == f"Look at the comments of “{out.title}”."
    queue.choose(out)
    assert queue.has("queue_do_answer")
    said = " ".join(each.text() for each in queue.page.pane.findChildren(QLabel))
    assert "Look at its comments now. A side effect told there counts from when you could read it." in said
    queue.press("queue_do_comments_looked")
    assert queue.toasts[-1] == ("Noted, on record.", None)
    assert [each.by for each in rig.desk.records.list(kind="comments_looked")] == ["Jordan Sample"]
    queue.page.comments.read()
    QTest.qWait(1)
    assert line.words() == ""
    queue.choose(out)
    said = " ".join(each.text() for each in queue.page.pane.findChildren(QLabel))
    assert "Look at its comments next on Fri 13 Nov" in said
    assert "You looked at the comments" in said


def test_a_post_of_long_ago_asks_for_nothing(rig, open_queue) -> None:
    out = rig.end_as(P.PUBLISHED, ago_min=8 * 24 * 60)
    queue = open_queue()
    queue.choose(out)
    assert not queue.has("queue_do_comments_looked")
    assert queue.page.comments.words() == ""
