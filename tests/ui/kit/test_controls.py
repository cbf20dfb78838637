"""Each control by keys and clicks: states, names, sizes, focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.button import SKINS, Button
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.controls import CheckItem, PaneTabs, SegmentedControl, Switch
from medvoice.ui.widgets.nav_rail import NavRail
from medvoice.ui.widgets.schedule_button import ScheduleButton

KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def shown(widget: QWidget, qtbot) -> QWidget:
    qtbot.addWidget(widget)
    QCursor.setPos(-50, -50)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=2000)
    return widget


@pytest.mark.parametrize("key", KEYS)
def test_space_and_enter_press_a_button(theme: Theme, qtbot, key: Qt.Key) -> None:
    button = Button(theme, "New")
    shown(button, qtbot)
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize(("size", "height"), [("small", 28), ("normal", 32), ("large", 36)])
@pytest.mark.parametrize("kind", SKINS)
def test_buttons_have_the_height_of_their_size(
    theme: Theme, qtbot, kind: str, size: str, height: int
) -> None:
    button = Button(theme, "Schedule", kind=kind, size=size, icon="send")
    qtbot.addWidget(button)
    assert button.sizeHint().height() == height
    theme.set_text_scale(1.5)
    assert button.sizeHint().height() == round(height * 1.5)


def test_primary_is_filled_with_the_accent_and_hover_is_darker(theme: Theme, qtbot) -> None:
    button = Button(theme, "Schedule", kind="primary")
    shown(button, qtbot)
    at = (button.width() // 2, 3)
    assert button.grab().toImage().pixelColor(*at) == theme.color("accent.solid")
    button.setDown(True)
    assert button.grab().toImage().pixelColor(*at) == theme.color("accent.pressed")
    button.setDown(False)
    theme.set_mode(Mode.DARK)
    assert button.grab().toImage().pixelColor(*at) == theme.color("accent.solid")


def test_schedule_says_where_it_stands(theme: Theme, qtbot) -> None:
    button = ScheduleButton(theme)
    qtbot.addWidget(button)
    said: list[str] = []
    for signal, word in (
        (button.schedule_requested, "schedule"),
        (button.left_requested, "left"),
        (button.menu_requested, "menu"),
    ):
        signal.connect(lambda word=word: said.append(word))
    button.set_not_ready(2)
    assert (button.kind, button.accessibleName()) == ("neutral", "Schedule, 2 things left")
    button.click()
    button.set_not_ready(1)
    assert button.accessibleName() == "Schedule, 1 thing left"
    button.set_ready("Tuesday 17 November, 08:10")
    assert (button.kind, button.accessibleName()) == ("primary", "Schedule for Tuesday 17 November, 08:10")
    button.click()
    button.set_working()
    button.click()
    button.set_embargo("19 Nov, 09:00")
    assert button.kind == "neutral"
    button.click()
    assert said == ["left", "schedule", "schedule"]


def test_a_double_click_cannot_open_the_menu_after_scheduling(theme: Theme, qtbot) -> None:
    button = ScheduleButton(theme)
    qtbot.addWidget(button)
    said: list[str] = []
    button.menu_requested.connect(lambda: said.append("menu"))
    button.set_scheduled()
    button.click()
    assert said == []
    button._deaf.setInterval(1)
    button._deaf.start()
    qtbot.waitUntil(lambda: not button._deaf.isActive(), timeout=1000)
    button.set_scheduled("Tuesday 17 November, 08:10")
    button.click()
    assert said == ["menu"]
    assert button.isEnabled()


@pytest.mark.parametrize(
    ("used", "words", "tone"),
    [(0, "0 / 3,000", "ok"), (2699, "2,699 / 3,000", "ok"), (2700, "300 left", "warn"),
     (3000, "0 left", "warn"), (3001, "1 over", "danger"), (4500, "1,500 over", "danger")],
)  # fmt: skip
def test_chip_words_follow_the_meter(theme: Theme, qtbot, used: int, words: str, tone: str) -> None:
    chip = ChannelChip(theme, "linkedin", "LinkedIn")
    qtbot.addWidget(chip)
    chip.setChecked(True)
    chip.set_meter(used, 3000)
    assert (chip.words(), chip.tone()) == (words, tone)
    assert "LinkedIn, on" in chip.accessibleName()


def test_chip_is_off_until_switched_and_asks_to_sign_in(theme: Theme, qtbot) -> None:
    chip = ChannelChip(theme, "x", "X")
    shown(chip, qtbot)
    assert (chip.words(), chip.accessibleName()) == ("Off", "X, off")
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert chip.isChecked()
    chip.set_meter(181, 280, parts=5)
    assert chip.accessibleName() == "X, Thread of 5, on, 181 of 280 characters"
    full = chip.sizeHint().width()
    chip.set_density(1)
    assert chip.sizeHint().width() == full - 44
    chip.set_density(2)
    assert chip.words() == "5 posts"
    chip.set_needs_sign_in(True)
    with qtbot.waitSignal(chip.sign_in_requested, timeout=1000):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()


def test_only_a_person_ticks_a_check(theme: Theme, qtbot) -> None:
    item = CheckItem(theme, "C01", "No patient can be recognised", "a note")
    shown(item, qtbot)
    said: list[bool] = []
    item.ticked.connect(said.append)
    item.set_ticked(True)
    assert said == []
    item.resize(300, item.heightForWidth(300))
    qtbot.mouseClick(item, Qt.MouseButton.LeftButton, pos=item.rect().bottomRight())
    qtbot.keyClick(item, Qt.Key.Key_Space)
    assert said == [False, True]
    assert item.accessibleDescription() == "a note"


def test_a_long_check_wraps_and_none_is_below_28(theme: Theme, qtbot) -> None:
    item = CheckItem(theme, "C01", "word " * 40)
    qtbot.addWidget(item)
    assert CheckItem(theme, "C02", "Short").heightForWidth(300) >= 28
    assert item.heightForWidth(300) > 60


def test_switch_turns_and_shows_it(theme: Theme, qtbot) -> None:
    switch = Switch(theme, "Personal-view sentence")
    shown(switch, qtbot)
    off = switch.grab().toImage()
    with qtbot.waitSignal(switch.toggled, timeout=1000) as told:
        qtbot.keyClick(switch, Qt.Key.Key_Return)
    assert told.args == [True]
    assert switch.grab().toImage() != off
    assert switch.sizeHint().height() >= 28
    assert switch.focus_rect().size().toTuple() == (32, 18)


def test_arrows_move_in_the_segments(theme: Theme, qtbot) -> None:
    control = SegmentedControl(theme, "Preview of")
    control.add("linkedin", "LinkedIn", "linkedin")
    control.add("x", "X thread", "x")
    shown(control, qtbot)
    assert control.current() == "linkedin"
    control._group.checkedButton().setFocus()
    with qtbot.waitSignal(control.chosen, timeout=1000) as told:
        qtbot.keyClick(control._group.checkedButton(), Qt.Key.Key_Right)
    assert told.args == ["x"]
    assert control.current() == "x"


def test_tabs_are_44_high_and_tell_the_key(theme: Theme, qtbot) -> None:
    tabs = PaneTabs(theme)
    for key, label in (("preview", "Preview"), ("compliance", "Compliance")):
        tabs.add(key, label)
    shown(tabs, qtbot)
    assert tabs.height() == 44
    with qtbot.waitSignal(tabs.tab_chosen, timeout=1000) as told:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert told.args == ["compliance"]
    narrow = tabs.tabRect(1).width()
    tabs.set_mark("compliance", "12", "danger")
    assert tabs.tabRect(1).width() > narrow
    assert tabs.accessibleTabName(1) == "Compliance, 12"


def rail_of(theme: Theme) -> NavRail:
    rail = NavRail(theme)
    rail.add("compose", "pen-line", "Compose")
    rail.add("queue", "send", "Queue")
    rail.add("settings", "settings", "Settings", is_at_bottom=True)
    return rail


def test_rail_is_80_wide_with_items_of_68_by_54(theme: Theme, qtbot) -> None:
    rail = rail_of(theme)
    rail.resize(80, 800)
    shown(rail, qtbot)
    assert rail.width() == 80
    assert rail.item("queue").size().toTuple() == (68, 54)
    assert rail.item("settings").geometry().bottom() > 700
    image = rail.grab().toImage()
    assert image.pixelColor(40, 500).name().upper() == theme.hex("bg.rail")
    bar = rail.item("compose").geometry().center().y()
    assert image.pixelColor(1, bar).name().upper() == theme.hex("accent.solid")


def test_rail_is_one_stop_and_arrows_move_inside(theme: Theme, qtbot) -> None:
    rail = rail_of(theme)
    rail.resize(80, 800)
    shown(rail, qtbot)
    rail.focus_current()
    qtbot.keyClick(rail.item("compose"), Qt.Key.Key_Down)
    assert rail.item("queue").hasFocus()
    assert rail.current() == "compose"
    with qtbot.waitSignal(rail.page_requested, timeout=1000) as told:
        qtbot.keyClick(rail.item("queue"), Qt.Key.Key_Space)
    assert told.args == ["queue"]
    by_tab = Qt.FocusPolicy.TabFocus
    assert [key for key in ("compose", "queue", "settings") if rail.item(key).focusPolicy() & by_tab] == [
        "queue"
    ]


def test_rail_badge_and_agent_say_it_in_words(theme: Theme, qtbot) -> None:
    rail = rail_of(theme)
    rail.resize(80, 800)
    shown(rail, qtbot)
    rail.set_badge("queue", 1, "1 needs attention")
    assert rail.item("queue").accessibleName() == "Queue, 1 needs attention"
    rail.set_badge("queue", 0)
    assert rail.item("queue").accessibleName() == "Queue"
    rail.agent.set_state("paused")
    assert (rail.agent.words(), rail.agent.accessibleName()) == ("Paused", "Publishing agent, Paused")
    rail.resize(80, 600)
    assert rail.agent.isHidden()
