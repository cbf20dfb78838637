"""Sizes within one pixel of the design, and colours equal to the tokens, in light and dark."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QWidget

from medvoice.ui.theme import Mode


def color_at(window, widget: QWidget, spot: QPoint) -> str:
    image = window.grab().toImage()
    place = widget.mapTo(window, spot)
    return image.pixelColor(place).name().upper()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_sizes_and_colours(stage, mode):
    stage.theme.set_mode(mode)
    window = stage.window
    rail = stage.find(QWidget, "nav_rail")
    drafts = stage.find(QWidget, "draft_list")
    pane = stage.find(QWidget, "right_pane")
    bar = stage.find(QWidget, "top_bar")
    stage.wait(lambda: abs(pane.width() - 384) <= 1)
    assert abs(rail.width() - 80) <= 1
    assert abs(drafts.width() - 272) <= 1
    assert abs(bar.height() - 56) <= 1
    assert color_at(window, rail, QPoint(3, 400)) == stage.theme.hex("bg.rail")
    assert color_at(window, drafts, QPoint(3, drafts.height() - 5)) == stage.theme.hex("bg.sidebar")
    assert color_at(window, bar, QPoint(5, 5)) == stage.theme.hex("bg.surface")
    assert color_at(window, pane, QPoint(6, pane.height() - 6)) == stage.theme.hex("bg.sunken")


def test_the_small_window_turns_the_list_into_a_drawer(stage):
    window = stage.window
    window.resize(QSize(1024, 680))
    drafts = stage.find(QWidget, "draft_list")
    button = stage.find(QWidget, "show_drafts")
    stage.wait(lambda: not drafts.isVisible())
    assert button.isVisible()
    for name in ("schedule_button", "time_button", "status_pill"):
        widget = stage.find(QWidget, name)
        assert widget.width() >= widget.sizeHint().width(), name
        assert widget.mapTo(window, QPoint(widget.width(), 0)).x() <= window.width()
    button.click()
    assert drafts.isVisible()
