"""Where Compose is narrow or its text large: what gives way, in which order, and what never does."""

import pytest
from PySide6.QtWidgets import QListView, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from medvoice.ui.editor.split_margin import SMALLEST_PX, SplitMargin, SplitMark
from medvoice.ui.pages.compose.compliance_tab import CheckedLine
from medvoice.ui.pages.compose.title_edit import TitleEdit
from medvoice.ui.pages.compose.top_bar import TopBar
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.button import Button, IconButton
from medvoice.ui.widgets.card_titles import RowTitle
from medvoice.ui.widgets.finding_forms import ButtonRow
from medvoice.ui.widgets.message import Banner
from medvoice.ui.widgets.over_bar import WIDTH_PX, OverBar

LONG = "The sentence that says whose view it is excuses nothing that stands before it in the post"


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int = 60) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()


def test_a_title_takes_two_lines_before_it_is_cut(qtbot: QtBot, theme: Theme):
    title = RowTitle(theme, LONG, "bodyLarge")
    shown(qtbot, title, 420)
    assert title.text().replace("\n", " ") == LONG
    assert title.text().count("\n") == 1
    assert title.toolTip() == ""
    assert title.heightForWidth(420) == 2 * title.fontMetrics().lineSpacing()
    title.resize(160, 60)
    assert title.text().endswith("…")
    assert title.text().count("\n") == 1
    assert (title.toolTip(), title.accessibleName(), title.full_text()) == (LONG, LONG, LONG)


def test_a_row_of_buttons_gives_up_icon_and_words_before_its_line(qtbot: QtBot, theme: Theme):
    first, go = (
        Button(theme, "Take the sentence out", kind="primary", size="small"),
        Button(theme, "Go to text"),
    )
    more = IconButton(theme, "ellipsis", "More", size="small")
    row = ButtonRow([first, go], 8, more, "wand-sparkles", "Show")
    shown(qtbot, row, 400)
    assert (first.icon_name, go.text()) == ("wand-sparkles", "Go to text")
    for width in range(400, 270, -6):
        row.resize(width, 40)
        assert go.y() == first.y() == 0, width
        assert more.y() == 0, width
    assert (first.icon_name, go.text(), go.accessibleName()) == ("", "Show", "Go to text")
    row.resize(400, 40)
    assert (first.icon_name, go.text()) == ("wand-sparkles", "Go to text")


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_time_and_schedule_never_shrink(qtbot: QtBot, theme: Theme, scale: float):
    theme.set_text_scale(scale)
    host = QWidget()
    shown(qtbot, host, 2000, 120)
    bar = TopBar(theme)
    bar.setParent(host)
    bar.resize(1200, 56)
    bar.show()
    bar.drafts_button.show()
    bar.show_count("69")
    bar.time_button.show_time("Thu 26 Nov, 09:00", "Next free")
    bar.schedule_button.set_not_ready(10)
    bar.pill.set_status("warn", "pencil", "Changed since you cleared it")
    heights = []
    for width in (1200, 1000, 944, 918, 700):
        bar.resize(width, bar.height())
        bar.fit(width)
        for part in (bar.pill, bar.time_button, bar.schedule_button):
            assert part.width() >= part.sizeHint().width(), (width, part.objectName())
            assert part.geometry().right() < width
        heights.append(bar.height())
    assert heights[0] == theme.px(56) or scale > 1
    assert heights[-1] == theme.px(92)
    bar.resize(2000, bar.height())
    bar.fit(2000)
    assert bar.height() == theme.px(56)
    bar.pill.set_status("ok", "circle-check", "Ready")
    bar.resize(700, bar.height())
    bar.fit(700)
    bar.pill.set_status("warn", "pencil", "Changed since you cleared it")  # it fits itself then
    qtbot.waitUntil(lambda: bar.height() == theme.px(92))
    bar.resize(2000, bar.height())
    bar.fit(2000)
    assert bar.time_button.lead == "Next free"


def test_the_line_on_the_rules_drops_its_date_and_is_read_whole(qtbot: QtBot, theme: Theme):
    line = CheckedLine(theme)
    whole, short = (
        "Checked now against EU, UK, US rules of 25 Nov 2026",
        "Checked now against EU, UK, US rules",
    )
    line.set_words(whole, short)
    shown(qtbot, line, 400)
    assert line.text() == whole
    line.resize(240, 20)
    assert (line.text(), line.accessibleName()) == (short, whole)


def test_a_bar_over_a_list_follows_it_and_moves_it(qtbot: QtBot, theme: Theme):
    from PySide6.QtCore import QStringListModel

    view = QListView()
    bar = OverBar(view)
    shown(qtbot, view, 200, 100)
    assert not bar.isVisible()
    view.setModel(QStringListModel([str(number) for number in range(100)]))
    qtbot.waitUntil(bar.isVisible)
    assert view.viewport().width() == 200  # the rows have their whole width
    assert bar.geometry().right() == 199
    assert bar.width() == WIDTH_PX
    view.verticalScrollBar().setValue(40)
    assert bar.value() == 40
    bar.setValue(60)
    assert view.verticalScrollBar().value() == 60


def test_the_number_of_a_post_fits_a_margin_that_does_not_grow(qtbot: QtBot, theme: Theme):
    theme.set_text_scale(1.5)
    editor = QTextEdit()
    shown(qtbot, editor, 400, 200)
    margin = SplitMargin(theme, editor)
    margin.marks = [SplitMark(0, "2/3", False)]
    margin.resize(24, 200)
    font, right = margin._font()
    assert font.pixelSize() >= SMALLEST_PX
    assert margin.fontMetrics().horizontalAdvance("") == 0
    from PySide6.QtGui import QFontMetricsF

    assert QFontMetricsF(font).horizontalAdvance("2/3") <= right <= 24


def test_a_long_title_leaves_the_text_its_room(qtbot: QtBot, theme: Theme):
    title = TitleEdit(theme)
    shown(qtbot, title, 300)
    title.set_text(LONG * 2)
    line = theme.line_height("draftTitle")
    assert title.height() > 4 * line
    title.fit_into(300)
    assert title.height() == 3 * line + theme.px(4)
    title.fit_into(10)
    assert title.height() == 2 * line + theme.px(4)


def test_the_act_of_a_narrow_banner_stands_below_its_words(qtbot: QtBot, theme: Theme):
    banner = Banner(theme, "danger", LONG, "Copy text")
    shown(qtbot, banner, 700)
    assert banner.action.x() > banner._label.geometry().right()
    banner.resize(260, banner.heightForWidth(260) if banner.hasHeightForWidth() else 200)
    banner.resize(260, banner.sizeHint().height())
    qtbot.waitUntil(lambda: banner.action.y() >= banner._label.geometry().bottom())
    assert banner._label.height() >= banner._label.heightForWidth(banner._label.width())
