"""What a screen reader does to a control does what a click does, once; what the program does does nothing."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication

from medvoice.infra.resources import resource_path
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.controls import CheckItem, SegmentedControl, Switch
from medvoice.ui.widgets.nav_rail import NavRail


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme.from_resources(resource_path(), mode=Mode.LIGHT)


def act(button: QAbstractButton, action: str) -> None:
    """As an assistive technology does it."""
    face = QAccessible.queryAccessibleInterface(button)
    actions = face.actionInterface()
    assert action in actions.actionNames(), actions.actionNames()
    actions.doAction(action)


@pytest.mark.parametrize("action", ["Toggle", "Press"])
def test_a_box_is_ticked_by_a_reader(qtbot, theme, action):
    box = CheckItem(theme, "C01", "I wrote this.")
    qtbot.addWidget(box)
    told: list[bool] = []
    box.ticked.connect(told.append)
    act(box, action)
    qtbot.waitUntil(lambda: told == [True])
    act(box, action)
    qtbot.waitUntil(lambda: told == [True, False])
    box.set_ticked(True)
    box.click()
    assert told == [True, False, False]


@pytest.mark.parametrize("action", ["Toggle", "Press"])
def test_a_switch_is_switched_by_a_reader(qtbot, theme, action):
    switch = Switch(theme, "Disclaimer on X")
    qtbot.addWidget(switch)
    told: list[bool] = []
    switch.clicked.connect(lambda: told.append(switch.isChecked()))
    act(switch, action)
    qtbot.waitUntil(lambda: told == [True])
    switch.setChecked(False)
    assert told == [True]


def test_one_of_a_few_is_chosen_by_a_reader(qtbot, theme):
    control = SegmentedControl(theme, "Which post")
    qtbot.addWidget(control)
    for key in ("linkedin", "x"):
        control.add(key, key)
    told: list[str] = []
    control.chosen.connect(told.append)
    act(control.findChildren(QAbstractButton)[1], "Toggle")
    qtbot.waitUntil(lambda: told == ["x"])
    control.set_current("linkedin")
    assert told == ["x"]


def test_a_page_is_chosen_by_a_reader(qtbot, theme):
    rail = NavRail(theme)
    qtbot.addWidget(rail)
    for key in ("compose", "queue"):
        rail.add(key, "send", key)
    told: list[str] = []
    rail.page_requested.connect(told.append)
    rail.set_current("compose")
    act(rail.findChild(QAbstractButton, "rail_queue"), "Toggle")
    qtbot.waitUntil(lambda: told == ["queue"])


def test_a_channel_is_switched_once_by_a_reader(qtbot, theme):
    chip = ChannelChip(theme, "x", "X")
    qtbot.addWidget(chip)
    told: list[bool] = []
    chip.toggled.connect(told.append)
    act(chip, "Toggle")
    assert told == [True]
    chip.set_needs_sign_in(True)
    asked: list[bool] = []
    chip.sign_in_requested.connect(lambda: asked.append(True))
    chip.click()
    assert asked == [True]
