"""Toast, popover, search field, focus ring, labels and finding cards, by keys and clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QCursor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import delete

from medvoice.domain.finding import Citation, Level
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.base import ElidedLabel, Label, PaintedButton
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.citation import citation_row
from medvoice.ui.widgets.field import SearchField
from medvoice.ui.widgets.finding_card import CardFacts, FindingCard
from medvoice.ui.widgets.focus_ring import FocusRing
from medvoice.ui.widgets.message import EmptyState
from medvoice.ui.widgets.overlay import Popover, Toast
from medvoice.ui.widgets.paint import badge_size, pill_size
from medvoice.ui.widgets.pill import KeyCap, StatusPill, TopicMarker

from .gallery import Gallery, popover, sample_finding

KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def shown(widget: QWidget, qtbot) -> QWidget:
    qtbot.addWidget(widget)
    QCursor.setPos(-50, -50)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=2000)
    return widget


def test_a_toast_stays_inside_a_window_that_became_smaller(theme: Theme, qtbot) -> None:
    host = QWidget()
    host.resize(1440, 900)
    toast = Toast(theme, host)
    shown(host, qtbot)
    toast.set_room(400, 1300, 50)
    toast.say("Scheduled for Tue 17 Nov, 08:10", "Undo", lambda: None)
    host.resize(700, 500)
    undo = toast.findChild(QWidget, "toast_action")
    qtbot.waitUntil(lambda: undo.mapTo(host, undo.rect().bottomRight()).x() < host.width())
    host.hide()


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


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of the offscreen platform
def test_without_a_compositor_a_popover_is_cut_to_its_box(theme: Theme, qtbot, monkeypatch) -> None:
    anchor = Button(theme, "Schedule")
    shown(anchor, qtbot)
    for is_mixed in (False, True):
        monkeypatch.setattr(
            "medvoice.ui.widgets.overlay.can_be_see_through", lambda is_mixed=is_mixed: is_mixed
        )
        box = popover(theme)
        qtbot.addWidget(box)
        box.show_below(anchor)
        inside = box.rect().marginsRemoved(box.layout().contentsMargins())
        # An aliased outline may lose or gain a pixel.
        room = QRect(0, 0, 0, 0) if is_mixed else inside
        assert abs(box.mask().boundingRect().width() - room.width()) <= 2
        assert abs(box.mask().boundingRect().height() - room.height()) <= 2
        box.hide()


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


def test_no_focus_ring_over_other_parts_when_its_widget_is_scrolled_away(theme: Theme, qtbot) -> None:
    window = QWidget()
    window.resize(300, 200)
    column = QVBoxLayout(window)
    column.addWidget(Button(theme, "Above"))
    area, inner, button = QScrollArea(), QWidget(), Button(theme, "Two")
    area.setWidgetResizable(True)
    inside = QVBoxLayout(inner)
    inside.addWidget(button)
    inside.addSpacing(900)
    area.setWidget(inner)
    column.addWidget(area)
    ring = FocusRing(theme, window)
    shown(window, qtbot)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    area.verticalScrollBar().setValue(400)
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()


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
    assert field.accessibleDescription() == "1 more character"
    qtbot.keyClicks(field, ", but now it is not")
    assert field.accessibleDescription() == ""
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
            assert min(control.sizeHint().width(), control.sizeHint().height()) >= 28, control
    for button in gallery.findChildren(IconButton):
        assert button.accessibleName()
        assert button.toolTip()


def test_a_source_without_an_address_is_text_to_a_reader(theme: Theme, qtbot) -> None:
    source = Citation("ABPI Code 2024, clause 6", "", "2024-10-01")
    text = citation_row(theme, source)
    link = citation_row(theme, replace(source, url="https://example.org/code"))
    for each in (text, link):
        qtbot.addWidget(each)
    roles = [QAccessible.queryAccessibleInterface(each).role() for each in (text, link)]
    assert roles == [QAccessible.Role.StaticText, QAccessible.Role.Button]
    assert text.accessibleName().startswith("Source: ABPI Code 2024")
    assert text.focusPolicy() == Qt.FocusPolicy.NoFocus
    asked: list[str] = []
    link.link_requested.connect(asked.append)
    link.click()
    assert asked == ["https://example.org/code"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_long_toast_is_read_whole_in_a_small_window(theme: Theme, qtbot, scale: float) -> None:
    theme.set_text_scale(scale)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(480, 300)
    host.show()
    toast = Toast(theme, host)
    toast.say("No browser opened. The address is https://example.org/a/long/way/to/go", "Undo", lambda: None)
    label = toast.findChild(Label)
    assert label.width() < label.fontMetrics().horizontalAdvance(label.text())
    assert label.height() >= label.heightForWidth(label.width())
    assert host.rect().contains(toast._close.geometry().translated(toast.pos()))
    toast.say("Scheduled for Tue 17 Nov, 08:10")
    assert label.height() < 2 * label.fontMetrics().height()


def test_keys_in_a_search_field_give_way_to_its_words(theme: Theme, qtbot) -> None:
    field = SearchField(theme, "Find in the queue", "Ctrl+F")
    shown(field, qtbot)
    caps = field.findChildren(KeyCap)
    for width, is_shown in ((248, True), (150, False), (248, True)):
        field.setFixedWidth(width)
        QApplication.processEvents()
        assert [cap.isVisible() for cap in caps] == [is_shown] * 2


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_an_empty_state_is_read_whole_in_a_narrow_column(theme: Theme, qtbot, scale: float) -> None:
    theme.set_text_scale(scale)
    state = EmptyState(theme, "Start with what you noticed", "A question a clinician asked, a talk.", "New")
    shown(state, qtbot)
    for width in (900, 430, 900):
        state.resize(width, 500)
        QApplication.processEvents()
        for label in state.findChildren(Label):
            assert state.rect().contains(label.geometry())
            assert label.height() >= label.heightForWidth(label.width())
    theme.set_text_scale(1.0)
