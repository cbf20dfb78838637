"""The queue by commands and keys: each says why it cannot be done, none clashes with another."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from medvoice.domain.outbox import PartState
from medvoice.ui.commands import CommandBook

P = PartState


def book_of(queue) -> CommandBook:
    made = CommandBook(queue.page)
    made.set_source("page", queue.page.commands())
    return made


def test_commands_have_names_and_keys_of_their_own(rig, open_queue) -> None:
    rig.plan()
    book = book_of(open_queue())
    assert book.clashes == ()
    assert book.find("queue.find").keys == ("Ctrl+F",)


def test_without_a_chosen_post_the_reason_is_said(rig, open_queue) -> None:
    rig.plan()
    book = book_of(open_queue())
    assert book.run("queue.main") == "choose a post first"
    assert book.run("queue.unschedule") == "choose a post first"
    assert book.run("queue.resume_all") == "nothing is paused as a whole"


def test_commands_do_what_the_row_offers(rig, open_queue) -> None:
    missed = rig.miss(title="Missed one")
    queue = open_queue()
    book = book_of(queue)
    queue.page.focus_list()
    assert book.find("queue.main").detail() == "Post now"
    assert book.run("queue.main") == ""
    assert rig.get(missed).state == "planned"
    assert book.run("queue.pause") == ""
    assert rig.get(missed).is_paused
    assert book.run("queue.open_post") == "not for this post as it stands"


def test_pause_all_by_command_is_kept_and_goes_on(rig, open_queue) -> None:
    rig.plan()
    queue = open_queue()
    book = book_of(queue)
    assert book.run("queue.pause_all") == ""
    assert rig.desk.queueing.is_all_paused
    assert book.run("queue.pause_all") == "everything is paused already"
    book.run("queue.resume_all")
    assert not rig.desk.queueing.is_all_paused


def test_an_undo_is_no_deed_of_its_own(rig, open_queue) -> None:
    planned = rig.plan()
    queue = open_queue()
    queue.page.acts.pause_parts([planned], True)
    words, undo = queue.toasts[-1]
    undo()
    assert queue.toasts[-1] == ("Resumed.", None)
    assert not rig.get(planned).is_paused
    assert words == "Paused. It stays in the queue."


def test_from_search_to_a_done_deed_by_keys_alone(rig, open_queue) -> None:
    """Find a post, open its details, choose another time, and come back to the list."""
    planned = rig.plan(title="Registries")
    rig.plan(title="Another one")
    queue = open_queue()
    book_of(queue).run("queue.find")
    QTest.keyClicks(queue.page.focusWidget(), "regis")
    QTest.keyClick(queue.page.focusWidget(), Qt.Key.Key_Down)
    assert queue.page.focusWidget() is queue.page.list
    queue.key(Qt.Key.Key_Return)
    assert queue.page.focusWidget().objectName() == "queue_do_choose_time"
    QTest.keyClick(queue.page.focusWidget(), Qt.Key.Key_Space)
    field = queue.page.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, "Tue 8:10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert rig.get(planned).wall == "2026-11-17 08:10"
    QTest.keyClick(queue.page.focusWidget(), Qt.Key.Key_Escape)
    assert queue.page.focusWidget() is queue.page.list
    assert not queue.page.pane.isVisible()


def test_all_that_can_be_pressed_has_a_name_and_room(rig, open_queue) -> None:
    rig.end_as(P.UNCONFIRMED, "timed_out", title="Doubtful", channel="linkedin")
    queue = open_queue()
    queue.page.focus_list()
    from PySide6.QtWidgets import QAbstractButton

    buttons = [each for each in queue.page.findChildren(QAbstractButton) if each.isVisible()]
    assert len(buttons) > 8
    for button in buttons:
        assert button.accessibleName() or button.text(), button
        assert button.height() >= 28, button


def test_while_all_is_paused_each_row_says_so(rig, open_queue) -> None:
    planned = rig.plan()
    waiting = rig.end_as(P.WAITING, "rate_limited", title="Waiting", ago_min=20)
    rig.desk.queueing.set_all_paused(True, "Jordan Sample")
    queue = open_queue()
    assert {queue.row(each).look.word for each in (planned, waiting)} == {"Paused"}
    assert queue.row(planned).line == "Waits until you resume all posts"
    assert queue.row(waiting).line.startswith("Its time has passed.")
    queue.choose(planned)
    assert queue.words("queue_pane_sentence") == "Waits until you resume all posts."
    queue.press("queue_pause_all")
    assert queue.row(planned).look.word == "Scheduled"


def test_tab_goes_head_filters_list_pane(rig, open_queue) -> None:
    missed = rig.miss()
    queue = open_queue()
    queue.choose(missed)
    page = queue.page
    page.header.pause.setFocus(Qt.FocusReason.TabFocusReason)
    areas = [page.header, page.filters, page.list, page.pane]
    seen: list[int] = []
    for _step in range(40):
        focus = page.focusWidget()
        place = next((at for at, area in enumerate(areas) if area is focus or area.isAncestorOf(focus)), -1)
        if not seen or seen[-1] != place:
            seen.append(place)
        if len(seen) > 4:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == [0, 1, 2, 3, 0]


def test_what_newly_needs_the_person_is_announced(rig, open_queue, monkeypatch) -> None:
    from PySide6.QtGui import QAccessible

    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    planned = rig.plan(title="Small cohorts")
    queue = open_queue()
    rig.try_part(planned, 0, P.HELD, "sign_in")
    queue.page.reload()
    queue.page.reload()
    assert said == [
        "Held, not sent: Small cohorts. X ended your sign-in, which it does from time to time."
        " Nothing was posted."
    ]
