"""The pages and states that matter most, in the looks that differ most: nothing cut, covered, faint or lost.

Look at them: MEDVOICE_PICTURES=/some/folder python -m pytest tests/screens. All states in all looks:
python -m tests.screens.contact_sheet FOLDER.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from medvoice.ui.theme import Mode

from .contact_sheet import Look, picture_of, render, show
from .looking import faint_texts, invisible_focus, look_over, name_of, walk_by_tab
from .painted_text import texts_in
from .scenes import EMPTY, FLOATING, SCENES
from .stand import Stand, rest, wait_for

# The offscreen platform has no real popups.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support")
# look.md 8: text to 150 % without loss at 1280x800.
LOOKS = (
    Look(Mode.LIGHT, QSize(1440, 900), 1.0),
    Look(Mode.DARK, QSize(1024, 680), 1.0),
    Look(Mode.LIGHT, QSize(1280, 800), 1.5),
)
CHOSEN = (
    "compose_must_fix",
    "compose_preview",
    "compose_just_scheduled",
    "compose_reason",
    "compose_nothing",
    "compose_new_rules",
    "network_events",
    "queue_held",
    "settings_profile",
    "settings_accounts",
    "settings_rules",
)


def expect_nothing(sample_home: Path, pictures: Path, name: str, looks: tuple[Look, ...] = LOOKS) -> None:
    for look, image, found in render(sample_home, name, looks):
        assert image.save(str(pictures / f"{name}-{look.name}.png"))
        assert image.size() == look.size
        assert found == [], look.name


@pytest.mark.parametrize("name", CHOSEN)
def test_nothing_is_cut_covered_or_faint(qapp: QApplication, sample_home: Path, pictures: Path, name: str):
    expect_nothing(sample_home, pictures, name)


@POPUP
@pytest.mark.parametrize("name", sorted(FLOATING))
def test_nothing_of_a_panel_is_cut(qapp: QApplication, sample_home: Path, pictures: Path, name: str):
    expect_nothing(sample_home, pictures, name, LOOKS[::2])


def test_every_scene_is_said(qapp: QApplication):
    assert set(CHOSEN) | FLOATING | EMPTY <= set(SCENES)
    assert [name for name, make in SCENES.items() if not make.__doc__] == []


@pytest.mark.parametrize(("mode", "pages"), [(Mode.LIGHT, ("compose", "queue")), (Mode.DARK, ("settings",))])
def test_the_focus_is_always_seen(stand: Stand, mode: Mode, pages: tuple[str, ...]):
    show(stand, Look(mode, QSize(1440, 900), 1.0))
    for page in pages:
        stand.window.show_page(page)
        rest(300)
        assert invisible_focus(stand.window) == [], page


def test_the_pane_never_scrolls_sideways(stand: Stand):
    stand.window.resize(1024, 680)
    rest(100)
    for key in ("preview", "compliance"):
        stand.window.compose.pane.show_page(key)
        area = stand.window.compose.preview if key == "preview" else stand.window.compose.compliance
        inner = area.widget()
        assert isinstance(inner, QWidget)
        wait_for(lambda area=area, inner=inner: inner.width() <= area.viewport().width() + 1)
        for child in inner.findChildren(QWidget):
            if child.isVisible():
                right = child.mapTo(inner, child.rect().topRight()).x()
                assert right <= inner.width() + 1, child


@POPUP
def test_a_picture_shows_what_floats(stand: Stand):
    plain = picture_of(stand.window, None)
    floating = QWidget(stand.window, Qt.WindowType.ToolTip)
    floating.setStyleSheet("background: black")
    floating.resize(50, 50)
    floating.move(stand.window.mapToGlobal(stand.window.rect().center()))
    floating.show()
    wait_for(floating.isVisible)
    with_it = picture_of(stand.window, floating)
    middle = stand.window.rect().center()
    assert with_it.pixelColor(middle.x() + 5, middle.y() + 5).name() == "#000000"
    assert plain.pixelColor(middle.x() + 5, middle.y() + 5).name() != "#000000"
    floating.deleteLater()


@pytest.mark.parametrize("page", ["compose", "queue", "settings"])
def test_tab_goes_around_both_ways(stand: Stand, page: str):
    stand.window.show_page(page)
    rest(300)
    forth = [name_of(each) for each in walk_by_tab(stand.window)]
    back = [name_of(each) for each in walk_by_tab(stand.window, Qt.Key.Key_Backtab)]
    assert [*back[:1], *reversed(back[1:])] == forth
    assert look_over(stand.window) == []


@pytest.mark.parametrize(
    ("ground", "ink", "mark"), [("black", "yellow", "lime"), ("white", "black", "purple")]
)
def test_in_a_contrast_theme_of_the_system_every_word_is_read(
    stand: Stand, pictures: Path, ground: str, ink: str, mark: str
):
    palette = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, QColor(ground))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Link):
        palette.setColor(role, QColor(ink))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(mark))
    stand.theme.follow_palette(palette)
    try:
        for page in ("compose", "queue", "settings"):
            stand.window.show_page(page)
            rest(400)
            image = stand.window.grab().toImage()
            assert image.save(str(pictures / f"contrast-{ground}-{page}.png"))
            assert (
                faint_texts(stand.window, texts_in(stand.window), image, stand.theme.hex("text.disabled"))
                == []
            )
    finally:
        stand.theme.follow_palette(None)
