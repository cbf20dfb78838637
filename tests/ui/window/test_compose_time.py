"""Choosing the time by keys, as a person does: typed, from free times, from the calendar, in other zones."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from medvoice.domain.profile import Profile
from medvoice.services.slots import Slot, Slots
from medvoice.ui.pages.compose.time_popover import TimePopover

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Panel:
    """The open time panel and hands to use it."""

    def __init__(self, stage) -> None:
        self.stage = stage
        stage.settle()
        stage.bot.keyClick(stage.window, Qt.Key.Key_T, CTRL | SHIFT)
        stage.wait(lambda: any(each.isVisible() for each in stage.window.findChildren(TimePopover)))
        found = [each for each in stage.window.findChildren(TimePopover) if each.isVisible()]
        self.popover = found[-1]
        stage.wait(lambda: self.popover.rows)

    @property
    def words(self) -> QLineEdit:
        return self.popover.words

    def write(self, text: str) -> None:
        self.words.selectAll()
        self.stage.bot.keyClicks(self.words, text)

    def says(self, name: str) -> str:
        label = self.popover.findChild(QLabel, name)
        return label.text() if not label.isHidden() else ""

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = self.popover.focusWidget() or self.words
        self.stage.bot.keyClick(target, key, modifiers)


def planned_wall(stage) -> str:
    return stage.workspace.drafting.get(stage.window.compose.session.draft.id).planned_wall


def deliveries(stage):
    return stage.workspace.queueing.outbox.list()


def tomorrow(hour: str) -> str:
    return f"{datetime.now() + timedelta(days=1):%Y-%m-%d} {hour}"  # noqa: DTZ005 - the stage's zone is UTC


def test_typed_words_and_enter_keep_the_time(stage):
    panel = Panel(stage)
    panel.write("tomorrow 8:10")
    assert panel.says("time_meant").endswith("08:10")
    assert panel.says("time_note").startswith("Tomorrow.")
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == tomorrow("08:10"))
    assert stage.find(QWidget, "time_button").text().endswith("08:10")


def test_what_is_not_understood_stays_open_and_says_how(stage):
    panel = Panel(stage)
    panel.write("whenever")
    assert panel.says("time_meant") == "Not understood yet"
    panel.key(Qt.Key.Key_Return)
    assert panel.popover.isVisible()
    assert "tomorrow 8:10" in panel.says("time_note")
    panel.key(Qt.Key.Key_Escape)


def test_a_past_moment_is_explained(stage):
    panel = Panel(stage)
    panel.write("2020-01-01 08:10")
    panel.key(Qt.Key.Key_Return)
    assert panel.popover.isVisible()
    assert panel.says("time_note").startswith("That has passed: it is ")
    assert "The next 08:10 is " in panel.says("time_note")
    instead = stage.find(QWidget, "time_instead")
    stage.bot.keyClick(instead, Qt.Key.Key_Space)
    assert not instead.isVisible()
    assert panel.popover.focusWidget() is panel.words
    offered = panel.popover.wall
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == offered)
    assert offered.endswith("08:10")


def test_hours_of_clock_changes_are_said(stage):
    panel = Panel(stage)
    panel.popover.zone.setCurrentText("Europe/Berlin")
    panel.write("2031-03-30 02:30")
    assert "go from 02:00 to 03:00. Use 03:00." in panel.says("time_note")
    panel.key(Qt.Key.Key_Return)
    assert panel.popover.isVisible()
    stage.find(QWidget, "time_instead").click()
    assert panel.popover.wall == "2031-03-30 03:00"
    panel.write("2031-10-26 02:30")
    assert panel.says("time_note").startswith("02:30 comes twice that night")
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == "2031-10-26 02:30")


def test_either_of_the_two_hours_can_be_chosen_by_keys_and_is_said(stage):
    panel = Panel(stage)
    panel.popover.zone.setCurrentText("Europe/Berlin")
    which = panel.popover.which
    panel.write("2031-10-25 02:30")
    assert which.isHidden()
    panel.write("2031-10-26 02:30")
    assert not which.isHidden()
    assert [each.accessibleName() for each in which.segments] == [
        "02:30, before the clocks go back",
        "02:30, after the clocks go back",
    ]
    assert panel.says("time_note").endswith("The first one is meant.")
    assert panel.says("time_elsewhere") == "00:30 where you are (UTC)"
    panel.key(Qt.Key.Key_Tab)
    assert panel.popover.focusWidget() is which.segments[0]
    panel.key(Qt.Key.Key_Right)
    assert panel.says("time_note").endswith("The second one is meant.")
    assert panel.says("time_elsewhere") == "01:30 where you are (UTC)"
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == "2031-10-26 02:30+01:00")
    time_button = stage.find(QWidget, "time_button")
    assert time_button.text() == "Sun 26 Oct, 02:30 CET Berlin"
    again = Panel(stage)
    assert again.popover.which.current() == "1"
    again.key(Qt.Key.Key_Escape)


def test_a_post_in_the_second_hour_goes_out_then_and_the_queue_tells_them_apart(stage):
    button = stage.make_ready()
    panel = Panel(stage)
    panel.popover.zone.setCurrentText("Europe/Berlin")
    panel.write("2031-10-26 02:30")
    panel.popover.which.segments[1].click()
    panel.key(Qt.Key.Key_Return, CTRL)
    stage.wait(lambda: button.state == "scheduled" and deliveries(stage))
    assert deliveries(stage)[0].due_at == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)
    assert "02:30 CET" in stage.window.toast.text()


def test_both_times_are_shown_for_other_zones(stage):
    panel = Panel(stage)
    panel.popover.zone.setCurrentText("Europe/Berlin")
    panel.popover.audience.setCurrentText("America/New_York")
    panel.write("2031-01-10 04:10")
    assert panel.says("time_elsewhere").splitlines() == [
        "03:10 where you are (UTC)",
        "Thu 9 Jan, 22:10 for readers in New York",
    ]
    stage.wait(lambda: Slots(stage.workspace.db, stage.workspace.clock).audience_zone == "America/New_York")
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == "2031-01-10 04:10")
    again = Panel(stage)
    assert again.popover.audience.currentText() == "America/New_York"
    again.key(Qt.Key.Key_Escape)


def test_free_times_by_arrows(stage):
    panel = Panel(stage)
    panel.key(Qt.Key.Key_Down)
    panel.key(Qt.Key.Key_Down)
    assert panel.popover.focusWidget() is panel.popover.rows[1]
    assert panel.popover.ring.isVisible()
    assert panel.popover.ring.target is panel.popover.rows[1]
    second = panel.popover.rows[1].slot.wall
    panel.key(Qt.Key.Key_Space)
    assert panel.popover.wall == second
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == second)


def test_the_calendar_by_keys(stage):
    panel = Panel(stage)
    panel.write("2031-01-31 08:10")
    grid = panel.popover.month.grid
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(grid, Qt.Key.Key_Right)
    assert panel.popover.wall == "2031-02-01 08:10"
    assert panel.says("time_month") == "February 2031"
    stage.bot.keyClick(grid, Qt.Key.Key_Down)
    stage.bot.keyClick(grid, Qt.Key.Key_PageDown)
    assert panel.popover.wall == "2031-03-08 08:10"
    spoken = grid.model().data(grid.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Saturday 8 March 2031"
    stage.bot.keyClick(grid, Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == "2031-03-08 08:10")


def test_ctrl_enter_in_the_panel_schedules(stage):
    button = stage.make_ready()
    panel = Panel(stage)
    panel.write("tomorrow 8:10")
    panel.key(Qt.Key.Key_Return, CTRL)
    stage.wait(lambda: [each.wall for each in deliveries(stage)] == [tomorrow("08:10")])
    stage.wait(lambda: button.state == "scheduled")
    assert "Scheduled for " in stage.window.toast.text()
    assert stage.window.toast.text().endswith(". You are reminded, and post it by hand")


def test_ctrl_enter_with_things_left_shows_them_and_keeps_the_time(stage):
    stage.settle()
    stage.wait(lambda: stage.window.compose.planning.left)
    panel = Panel(stage)
    assert panel.popover.schedule.accessibleName() == "Schedule, 5 left"
    assert (panel.popover.schedule.kind, panel.popover.use.kind) == ("neutral", "primary")
    panel.write("tomorrow 8:10")
    panel.key(Qt.Key.Key_Return, CTRL)
    stage.wait(lambda: planned_wall(stage) == tomorrow("08:10"))
    stage.wait(lambda: stage.window.findChild(QWidget, "left_popover") is not None)
    assert deliveries(stage) == ()
    stage.window.findChild(QWidget, "left_popover").close()


def test_the_panel_moves_a_scheduled_post_and_undo_moves_it_back(stage):
    button = stage.make_ready()
    button.click()
    stage.wait(lambda: button.state == "scheduled" and deliveries(stage))
    before = deliveries(stage)[0].wall
    panel = Panel(stage)
    assert panel.popover.schedule.isHidden()
    panel.write("tomorrow 8:10")
    panel.key(Qt.Key.Key_Return, CTRL)
    stage.wait(lambda: deliveries(stage)[0].wall == tomorrow("08:10"))
    stage.wait(lambda: stage.window.toast.text().startswith("Moved to "))
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: deliveries(stage)[0].wall == before)


def test_a_time_kept_as_one_s_own_is_offered_first(stage):
    panel = Panel(stage)
    panel.write("2031-01-11 11:45")
    stage.find(QWidget, "keep_time").click()
    stage.wait(lambda: panel.popover.offers.kept)
    assert panel.popover.rows[0].accessibleName().endswith("11:45, one of your times")
    assert panel.popover.keep.text() == "No longer my time: Saturday, 11:45"
    panel.key(Qt.Key.Key_Escape)


def test_the_bar_proposes_the_next_free_time_and_one_click_uses_it(stage):
    expected = Slots(stage.workspace.db, stage.workspace.clock).next_free()
    button, time_button = stage.make_ready(), stage.find(QWidget, "time_button")
    planning = stage.window.compose.planning
    stage.wait(lambda: planning.proposed)
    assert (planning.wall, planning.zone) == (expected.wall, expected.zone)
    shown = time_button.text()
    assert time_button.lead == "Next free"
    assert time_button.accessibleName() == f"Next free time: {shown}"
    assert button.accessibleName() == f"Schedule for {shown}"
    assert planned_wall(stage) == "", "what is proposed is not chosen"
    button.click()
    stage.wait(lambda: [each.wall for each in deliveries(stage)] == [expected.wall])
    stage.wait(lambda: stage.window.toast.text().endswith(", by hand: next free working day, usual hour"))
    assert f"Scheduled for {shown}" in stage.window.toast.text()
    stage.wait(lambda: button.state == "scheduled")
    assert (time_button.lead, time_button.accessibleName()) == ("", shown)


def test_a_click_uses_the_time_on_the_button_though_another_is_free_by_then(stage):
    button, planning = stage.make_ready(), stage.window.compose.planning
    stage.wait(lambda: planning.proposed)
    shown = planning.wall
    Slots(stage.workspace.db, stage.workspace.clock).keep("2031-01-11 11:45", True)
    button.click()
    stage.wait(lambda: [each.wall for each in deliveries(stage)] == [shown])


def test_a_proposal_that_passed_while_the_computer_slept_is_refused_and_made_anew(stage):
    button, planning = stage.make_ready(), stage.window.compose.planning
    stage.wait(lambda: planning.proposed)
    planning.proposed = Slot("2020-01-01 08:10", "UTC", "usual")
    planning.proposing.slot = planning.proposed
    button.click()
    stage.wait(lambda: stage.window.toast.text())
    assert deliveries(stage) == ()
    stage.wait(lambda: planning.proposed and planning.proposed.wall > tomorrow("00:00"))
    stage.wait(lambda: button.state == "ready")
    assert stage.window.toast.text() == "This time has passed. Choose a later one."


def test_what_the_panel_says_of_the_proposed_time(stage):
    stage.wait(lambda: stage.window.compose.planning.proposed)
    panel = Panel(stage)
    assert panel.popover.wall == panel.popover.rows[0].slot.wall
    assert panel.says("time_note").endswith(" Next free time: working day, your usual hour.")
    panel.write("2031-01-11 11:45")
    assert "free" not in panel.says("time_note")
    panel.key(Qt.Key.Key_Escape)


def test_the_proposal_follows_what_the_person_keeps_and_what_gets_taken(stage):
    planning, time_button = stage.window.compose.planning, stage.find(QWidget, "time_button")
    stage.wait(lambda: planning.proposed)
    panel = Panel(stage)
    panel.write("2031-01-11 11:45")
    stage.find(QWidget, "keep_time").click()
    stage.wait(lambda: planning.wall.endswith("11:45"))
    assert time_button.text().startswith("Sat ")
    panel.key(Qt.Key.Key_Escape)
    stage.make_ready().click()
    stage.wait(lambda: deliveries(stage))
    taken = deliveries(stage)[0].wall
    stage.window.new_draft()
    stage.wait(lambda: planning.proposed and planning.wall > taken)
    assert planning.wall.endswith("11:45")


def test_a_time_chosen_by_the_person_is_not_called_free(stage):
    panel = Panel(stage)
    panel.write("2031-01-11 11:45")
    panel.key(Qt.Key.Key_Return)
    stage.wait(lambda: planned_wall(stage) == "2031-01-11 11:45")
    time_button = stage.find(QWidget, "time_button")
    assert (time_button.lead, stage.window.compose.planning.proposed) == ("", None)


def test_times_changed_in_the_settings_reach_the_bar_and_ctrl_z_takes_them_back(stage):
    planning = stage.window.compose.planning
    stage.wait(lambda: planning.proposed)
    before = planning.wall
    stage.window.show_settings("rhythm")
    part = stage.window.settings.rhythm.times
    part.day.setCurrentIndex(5)
    stage.bot.keyClicks(part.line, "11:45")
    stage.bot.keyClick(part.line, Qt.Key.Key_Return)
    stage.wait(lambda: part.rows and planning.wall.endswith("11:45"))
    part.rows[0].remove.setFocus(Qt.FocusReason.TabFocusReason)
    stage.bot.keyClick(stage.window, Qt.Key.Key_Z, CTRL)
    stage.wait(lambda: not part.rows and planning.wall == before)


def schedule_next(stage) -> None:
    stage.bot.keyClick(stage.window, Qt.Key.Key_Return, CTRL | SHIFT)


def test_the_next_free_time_by_one_key_and_what_it_was(stage):
    stage.workspace.identity.save(Profile(name="Jordan Sample", zone="UTC"))
    stage.make_ready()
    expected = Slots(stage.workspace.db, stage.workspace.clock).next_free().wall
    schedule_next(stage)
    stage.wait(lambda: [each.wall for each in deliveries(stage)] == [expected])
    words = stage.window.toast.text
    stage.wait(lambda: words().endswith(": next free working day, usual hour"))
    stage.find(QWidget, "toast_action").click()
    stage.wait(lambda: [each.state for each in deliveries(stage)] == ["cancelled"])


def test_the_next_free_time_shows_what_is_left(stage):
    stage.settle()
    stage.wait(lambda: stage.window.compose.planning.left)
    schedule_next(stage)
    stage.wait(lambda: stage.window.findChild(QWidget, "left_popover") is not None)
    assert deliveries(stage) == ()
    stage.window.findChild(QWidget, "left_popover").close()
