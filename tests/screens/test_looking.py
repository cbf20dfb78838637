"""The looks see what is wrong: each fault is planted once."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from medvoice.infra.resources import resource_path
from medvoice.ui.theme import Mode, Theme
from medvoice.ui.widgets.button import Button

from .looking import contrast, invisible_focus, look_over, walk_by_tab
from .painted_text import texts_in

STYLE = (
    "* { color: black; background: white; font-size: 16px; } QPushButton:focus { border: 4px solid black; }"
)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet(STYLE)
    made.resize(400, 300)
    return made


def open_up(window: QWidget) -> QWidget:
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def label(window: QWidget, words: str, place: QRect, style: str = "") -> QLabel:
    made = QLabel(words, window)
    made.setObjectName(words.split()[0].lower())
    made.setGeometry(place)
    if style:
        made.setStyleSheet(style)
    return made


def found_in(window: QWidget) -> str:
    return "\n".join(look_over(open_up(window)))


def test_a_calm_window_is_fine(window):
    label(window, "Calm words", QRect(10, 10, 300, 30))
    label(window, "More words", QRect(10, 50, 300, 30))
    assert found_in(window) == ""


def test_words_without_room_are_seen(window):
    label(window, "Words that need far more room than this", QRect(10, 10, 80, 30))
    assert "cut label 'Words that need" in found_in(window)


def test_words_over_words_are_seen_but_not_what_floats(window):
    grid = QGridLayout(window)
    for words in ("Under", "Over"):
        grid.addWidget(label(window, words, QRect(), "background: transparent"), 0, 0)
    label(window, "Floating", QRect(10, 140, 300, 30), "background: transparent").raise_()
    assert found_in(window) == "over each other: 'Under' and 'Over'"


def test_faint_words_are_seen_and_large_ones_may_be_fainter(window):
    label(window, "Faint words", QRect(10, 10, 300, 30), "color: rgb(150, 150, 150)")
    label(window, "Large words", QRect(10, 60, 300, 40), "color: rgb(130, 130, 130); font-size: 30px")
    found = found_in(window)
    assert "faint 'Faint words' #969696 on #ffffff 3.0" in found
    assert "Large words" not in found


def test_disabled_words_are_exempt(window):
    label(window, "Faint words", QRect(10, 10, 300, 30), "color: rgb(190, 190, 190)").setEnabled(False)
    assert found_in(window) == ""


def test_a_button_that_is_not_read_whole_is_seen(window, qapp):
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    button = Button(theme, "Put it back into the queue", parent=window)
    button.setObjectName("back")
    button.setGeometry(10, 10, 120, 32)
    found = found_in(window)
    assert "elided 'Put it" in found
    assert "narrow button back" in found


def test_a_button_beyond_the_edge_is_seen(window):
    button = QPushButton("Go", window)
    button.setObjectName("go")
    button.setGeometry(380, 10, 60, 30)
    assert "outside the window: go" in found_in(window)


class Painter(QWidget):
    """Writes beyond its own edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawText(QRect(0, 0, 1000, 30), 0, "Painted by hand and far too long for it")


def test_words_painted_by_hand_are_seen(window):
    painter = Painter(window)
    painter.setGeometry(10, 10, 100, 30)
    painter.setObjectName("by_hand")
    found = found_in(window)
    assert "cut text 'Painted by hand and far too long for it' of by_hand" in found
    assert [text.ink for text in texts_in(window)] == ["#000000"]


def test_contrast_is_the_one_of_wcag():
    assert contrast(0x000000, 0xFFFFFF) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)


def test_focus_that_shows_nothing_is_seen(window):
    column = QVBoxLayout(window)
    for name, style in (("seen", ""), ("unseen", "border: none; outline: none")):
        button = QPushButton("Press", window)
        button.setObjectName(name)
        button.setStyleSheet(style)
        button.setFlat(bool(style))
        column.addWidget(button)
    field = QLineEdit("A field")
    field.setObjectName("field")
    column.addWidget(field)
    assert invisible_focus(open_up(window)) == ["focus not seen on unseen"]


def test_a_trap_for_tab_is_seen(window):
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("Press"))
    trap = QTextEdit()
    trap.setObjectName("trap")
    column.addWidget(trap)
    open_up(window)
    with pytest.raises(AssertionError, match="Tab does not leave trap"):
        walk_by_tab(window)
    trap.setTabChangesFocus(True)
    QApplication.processEvents()
    assert len(walk_by_tab(window)) == 2
