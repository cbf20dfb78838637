"""Size, place and splitters are kept; a window nobody could reach is brought back."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from medvoice.app import build
from medvoice.infra.paths import make_paths
from medvoice.ui.window_place import WindowPlace, inside

ONE = QRect(0, 0, 1920, 1040)
LEFT = QRect(-1920, 0, 1920, 1080)


@pytest.fixture
def window(qtbot) -> QMainWindow:
    made = QMainWindow()
    made.setMinimumSize(1024, 680)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


def place_of(window, tmp_path, *rooms: QRect) -> WindowPlace:
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    return WindowPlace(window, kept, lambda: list(rooms))


def test_a_window_on_a_screen_stays_where_it_is(window, tmp_path):
    window.move(120, 60)
    place_of(window, tmp_path, ONE).fit()
    assert (window.pos().toTuple(), window.size().toTuple()) == ((120, 60), (1440, 900))


def test_a_window_on_a_screen_that_was_unplugged_comes_back(window, tmp_path):
    window.move(-1800, 40)
    place = place_of(window, tmp_path, ONE, LEFT)
    place.fit()
    assert window.x() == -1800
    place.rooms = lambda: [ONE]
    place.fit()
    assert ONE.contains(window.frameGeometry())
    assert window.size().toTuple() == (1440, 900)


@pytest.mark.parametrize("pos", [(1900, 1000), (-1400, 300), (300, -880), (5000, 5000)])
def test_a_window_that_cannot_be_taken_hold_of_comes_back(window, tmp_path, pos):
    window.move(*pos)
    place_of(window, tmp_path, ONE).fit()
    assert ONE.contains(window.frameGeometry())


def test_at_200_percent_on_a_small_screen_the_whole_window_can_be_seen(window, tmp_path):
    room = QRect(0, 0, 960, 520)
    place_of(window, tmp_path, room).fit()
    assert room.contains(window.frameGeometry())
    edges = window.frameGeometry().size() - window.size()
    assert window.minimumSize() == room.size() - edges


def test_on_a_large_screen_again_the_least_size_is_the_usual_one(window, tmp_path):
    place = place_of(window, tmp_path, QRect(0, 0, 800, 500))
    place.fit()
    place.rooms = lambda: [ONE]
    place.fit()
    assert window.minimumSize().toTuple() == (1024, 680)
    assert window.width() >= 1024


def test_size_and_place_are_kept_for_these_screens(window, tmp_path):
    window.setMinimumSize(100, 100)
    window.resize(640, 480)  # of the 800 x 800 that the offscreen platform has
    window.move(33, 44)
    place_of(window, tmp_path, ONE).keep()
    other = QMainWindow()
    place_of(other, tmp_path, ONE).restore()
    other.show()
    assert (other.size(), other.pos()) == (QSize(640, 480), window.pos())
    other.deleteLater()


def test_inside_moves_the_shortest_way():
    room = QRect(0, 0, 1000, 800)
    assert inside(QRect(900, -50, 400, 300), room) == QRect(600, 0, 400, 300)
    assert inside(QRect(10, 20, 400, 300), room) == QRect(10, 20, 400, 300)


def test_splitters_are_where_they_were_left(stage, home):
    window, frame = stage.window, stage.window.compose.frame
    frame.outer.moveSplitter(310, 1)
    frame.inner.moveSplitter(frame.inner.width() - 440, 1)
    assert frame.widths() == {"list": 310, "pane": 440}
    window.close()
    again, runner = build(stage.theme, make_paths(home), with_agent=False)
    again.resize(1440, 900)
    again.show()
    with stage.bot.waitSignal(again.ready, timeout=10_000):
        again.start()
    drafts, pane = again.findChild(QWidget, "draft_list"), again.findChild(QWidget, "right_pane")
    stage.wait(lambda: (drafts.width(), pane.width()) == (310, 440))
    again.close()
    runner.shutdown()


def test_a_narrow_window_does_not_forget_the_widths_of_a_wide_one(stage):
    window, frame = stage.window, stage.window.compose.frame
    frame.outer.moveSplitter(300, 1)
    window.resize(1100, 720)
    stage.wait(lambda: frame.is_narrow)
    window.resize(1440, 900)
    stage.wait(lambda: not frame.is_narrow)
    stage.wait(lambda: stage.find(QWidget, "draft_list").width() == 300)


def test_the_drawer_slides_holds_the_focus_and_gives_it_back(stage):
    window, frame = stage.window, stage.window.compose.frame
    editor = window.compose.column.editor
    window.resize(1100, 720)
    stage.wait(lambda: frame.is_narrow)
    editor.setFocus()
    stage.wait(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_F9)
    drafts = stage.find(QWidget, "draft_list")
    assert frame.drawer.isVisible()
    stage.wait(lambda: drafts.x() == 0)
    assert drafts.height() == frame.height()
    assert frame.drawer.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not frame.drawer.isVisible()
    assert editor.hasFocus()


def test_the_title_names_the_draft_and_marks_what_is_not_saved(stage):
    window, editor = stage.window, stage.window.compose.column.editor
    assert window.windowTitle() == "A first draft[*] · MedVoice"
    assert not window.isWindowModified()
    editor.setFocus()
    QTest.keyClicks(editor, "word ")
    assert window.isWindowModified()
    stage.wait(lambda: not window.isWindowModified())


def test_the_title_names_the_page_in_front(stage):
    window = stage.window
    window.show_page("queue")
    assert window.windowTitle() == "Queue[*] · MedVoice"
    window.show_page("compose")
    assert window.windowTitle() == "A first draft[*] · MedVoice"


def test_the_column_of_the_settings_stands_still(stage):
    """With a scroll bar and without one the column is at the same place."""
    window, places = stage.window, set()
    for sheet in ("profile", "appearance", "publishing"):
        window.show_settings(sheet)
        shown = window.settings.sheets[sheet]
        stage.wait(lambda shown=shown: shown.isVisible() and shown.middle.width() > 400)
        stage.bot.wait(50)
        places.add(shown.middle.mapTo(window, QPoint(0, 0)).x())
    assert len(places) == 1


def test_focus_mode_takes_the_rail_away(stage):
    window, rail = stage.window, stage.find(QWidget, "nav_rail")
    window.hub.book.run("compose.focus_mode")
    assert not rail.isVisible()
    window.hub.book.run("compose.focus_mode")
    assert rail.isVisible()
