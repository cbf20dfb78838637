"""Each control by keys and clicks: states, names, sizes, focus."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import delete

from medvoice.domain.finding import Level
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, PaintedButton
from medvoice.ui.widgets.button import SKINS, Button, IconButton
from medvoice.ui.widgets.channel_chip import ChannelChip
from medvoice.ui.widgets.controls import CheckItem, PaneTabs, SegmentedControl, Switch
from medvoice.ui.widgets.field import SearchField
from medvoice.ui.widgets.finding_card import CardFacts, FindingCard
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.nav_rail import NavRail
from medvoice.ui.widgets.overlay import Popover, Toast
from medvoice.ui.widgets.paint import badge_size, pill_size
from medvoice.ui.widgets.pill import StatusPill, TopicMarker
from medvoice.ui.widgets.schedule_button import ScheduleButton

from .gallery import Gallery, popover, sample_finding

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


def test_toast_stays_while_hovered_and_undoes_once(theme: Theme, qtbot) -> None:
    host = QWidget()
    host.resize(900, 500)
    toast = Toast(theme, host)
    shown(host, qtbot)
    said: list[str] = []
    toast.say("Moved to Wednesday", "Undo", lambda: said.append("undone"))
    assert toast.isVisible()
    assert toast.is_counting
    assert toast._timer.interval() == 8000
    middle = QPointF(5, 5)
    toast.enterEvent(QEnterEvent(middle, middle, middle))
    assert not toast.is_counting
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast.is_counting
    toast._undo.setFocus()
    assert not toast.is_counting
    qtbot.keyClick(toast._undo, Qt.Key.Key_Return)
    assert said == ["undone"]
    assert not toast.isVisible()
    toast.say("Again")
    assert toast._undo.isHidden()
    qtbot.mouseClick(toast._close, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    assert said == ["undone"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of the offscreen platform
def test_popover_stays_on_the_screen_and_closes_with_esc(theme: Theme, qtbot) -> None:
    anchor = Button(theme, "Schedule")
    shown(anchor, qtbot)
    room = anchor.screen().availableGeometry()
    anchor.move(room.right() - 10, room.bottom() - 10)
    box = popover(theme)
    qtbot.addWidget(box)
    box.show_below(anchor)
    assert isinstance(box, Popover)
    assert room.contains(box.geometry().marginsRemoved(box.layout().contentsMargins()))
    with qtbot.waitSignal(box.closed, timeout=1000):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_search_field_hides_its_keys_while_used(theme: Theme, qtbot) -> None:
    field = SearchField(theme, "Search drafts", "Ctrl+Shift+F")
    shown(field, qtbot)
    assert len(field._caps) == 3
    qtbot.keyClicks(field.edit, "reg")
    assert all(cap.isHidden() for cap in field._caps)
    with qtbot.waitSignal(field.left_downwards, timeout=1000):
        qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.searched, timeout=1000) as told:
        qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert told.args == [""]
    assert field.height() == 32


def framed(theme: Theme, qtbot) -> tuple[QWidget, FocusRing, list[Button], QLineEdit]:
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(20, 20, 20, 20)
    buttons = [Button(theme, "One"), Button(theme, "Two")]
    edit = QLineEdit()
    for part in (*buttons, edit):
        row.addWidget(part)
    ring = FocusRing(theme, window)
    shown(window, qtbot)
    return window, ring, buttons, edit


def test_focus_ring_follows_tab_and_hides_for_the_mouse(theme: Theme, qtbot) -> None:
    window, ring, (one, two), edit = framed(theme, qtbot)
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert ring.target is two
    assert ring.geometry() == two.geometry().adjusted(-4, -4, 4, 4)
    two.move(two.x() + 7, two.y())
    assert ring.geometry() == two.geometry().adjusted(-4, -4, 4, 4)
    edit.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.target is edit
    edit.hide()
    assert ring.target is not edit
    window.hide()
    assert not ring.isVisible()


def test_focus_ring_survives_the_end_of_its_widget(theme: Theme, qtbot) -> None:
    window, ring, (_one, two), _edit = framed(theme, qtbot)
    two.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is two
    delete(two)
    assert ring.target is not two
    theme.set_mode(Mode.DARK)
    assert window.isVisible()


def test_focus_ring_is_cut_at_the_scroll_area(theme: Theme, qtbot) -> None:
    window = QWidget()
    window.resize(300, 200)
    area, body = QScrollArea(), QWidget()
    column = QVBoxLayout(body)
    buttons = [Button(theme, f"Button {number}") for number in range(12)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(body)
    QVBoxLayout(window).addWidget(area)
    ring = FocusRing(theme, window)
    shown(window, qtbot)
    buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)
    area.verticalScrollBar().setValue(0)
    assert ring.mask().boundingRect().isEmpty() or not ring.isVisible()


def test_elided_label_keeps_the_whole_text(theme: Theme, qtbot) -> None:
    label = ElidedLabel(theme, "A long title that does not fit")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.full_text() == label.accessibleName() == label.toolTip()
    label.resize(600, 20)
    assert label.text() == label.full_text()


def test_labels_never_read_markup(theme: Theme, qtbot) -> None:
    label = Label(theme, "<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_pill_and_badge_grow_with_their_words(theme: Theme, qtbot) -> None:
    assert pill_size(theme, "pencil", "Draft").height() == 24
    assert pill_size(theme, "pencil", "Held, not sent").width() > pill_size(theme, "pencil", "Held").width()
    assert badge_size(theme, "3").width() == badge_size(theme, "3").height()
    pill = StatusPill(theme, "ok", "circle-check", "Ready")
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    assert pill.grab().toImage().pixelColor(pill.width() // 2, 2) == theme.color("ok.soft")


def test_each_topic_has_its_own_shape(theme: Theme, qtbot) -> None:
    pictures = []
    for slot in theme.tokens.topic_shape:
        marker = TopicMarker(theme, slot, 20)
        qtbot.addWidget(marker)
        marker.resize(20, 20)
        image = marker.grab().toImage()
        ground = image.pixelColor(0, 0)
        pictures.append(tuple(image.pixelColor(x, y) == ground for x in range(20) for y in range(20)))
    assert len(set(pictures)) == 6


def card_of(theme: Theme, qtbot, level: Level = Level.WARN) -> FindingCard:
    finding = sample_finding(level, "Claim without a source", with_fix=True)
    card = FindingCard(theme, CardFacts("c1", finding, "1 of 3", ("old words", "new words")))
    card.resize(350, 200)
    shown(card, qtbot)
    return card


def test_a_closed_card_is_a_row_of_56(theme: Theme, qtbot) -> None:
    card = card_of(theme, qtbot)
    assert card.minimumSizeHint().height() <= 56 <= card.minimumHeight()
    with qtbot.waitSignal(card.opened, timeout=1000):
        card.findChild(Button, "open_c1").click()


def test_an_open_card_asks_for_a_reason_of_ten_characters(theme: Theme, qtbot) -> None:
    card = card_of(theme, qtbot)
    card.set_open(True)
    card.ask_reason()
    field, give = card.findChild(QLineEdit, "reason_c1"), card.findChild(Button, "give_reason_c1")
    qtbot.keyClicks(field, "too short")
    assert not give.isEnabled()
    qtbot.keyClicks(field, ", but now it is not")
    with qtbot.waitSignal(card.dismissed, timeout=1000) as told:
        give.click()
    assert told.args == ["sample", "too short, but now it is not"]


def test_a_must_fix_card_cannot_be_dismissed(theme: Theme, qtbot) -> None:
    card = card_of(theme, qtbot, Level.BLOCK)
    card.set_open(True)
    card.ask_reason()
    assert card.findChild(QLineEdit, "reason_c1") is None


def test_a_card_changes_its_colours_and_keeps_a_reason_begun(theme: Theme, qtbot) -> None:
    card = card_of(theme, qtbot)
    card.set_open(True)
    card.ask_reason()
    card.findChild(QLineEdit, "reason_c1").setText("half a reas")
    theme.set_mode(Mode.DARK)
    texts = " ".join(label.text() for label in card._details.findChildren(Label.__mro__[1]))
    assert theme.tokens.dark["ok.text"] in texts
    assert theme.tokens.light["ok.text"] not in texts
    assert card._form.field.text() == "half a reas"


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_whole_kit_in_every_look(theme: Theme, qtbot, mode: Mode, scale: float) -> None:
    theme.set_mode(mode)
    theme.set_text_scale(scale)
    gallery = Gallery(theme)
    shown(gallery, qtbot)
    image = gallery.grab().toImage()
    assert image.pixelColor(image.width() - 3, 3).name().upper() == theme.hex("bg.surface")
    for control in gallery.findChildren(PaintedButton):
        if control.isVisible() and not isinstance(control, QLineEdit):
            assert control.accessibleName() or control.text(), control
            least = 24 if type(control).__name__ == "TopicChip" else 28
            assert min(control.sizeHint().width(), control.sizeHint().height()) >= least, control
    for button in gallery.findChildren(IconButton):
        assert button.accessibleName()
        assert button.toolTip()
