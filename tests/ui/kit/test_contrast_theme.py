"""Contrast themes of the system: their colours and no others, readable and seen everywhere."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from medvoice.ui.theme import Mode, Theme
from medvoice.ui.theme.contrast_theme import colors_of
from medvoice.ui.theme.tokens import contrast_ratio
from medvoice.ui.widgets.paint import paint_box

ROLE = QPalette.ColorRole
# Ground, text, highlight, its text, link: as the four that come with Windows 11, and an old one.
THEMES = {
    "aquatic": ("202020", "ffffff", "8ee3f0", "263b50", "75e9fc"),
    "desert": ("fffaef", "3d3d3d", "903909", "fff5e3", "1c5e75"),
    "dusk": ("2d3236", "ffffff", "a1bfde", "212d3b", "70ebde"),
    "night sky": ("000000", "ffffff", "d6b4fd", "2b2b2b", "8080ff"),
    "high contrast 1": ("000000", "ffff00", "00ff00", "000000", "ffffff"),
}


def palette_of(name: str) -> QPalette:
    ground, text, highlight, on_highlight, link = (QColor(f"#{each}") for each in THEMES[name])
    made = QPalette()
    for role in (ROLE.Window, ROLE.Base, ROLE.Button):
        made.setColor(role, ground)
    for role in (ROLE.WindowText, ROLE.Text, ROLE.ButtonText):
        made.setColor(role, text)
    made.setColor(ROLE.Highlight, highlight)
    made.setColor(ROLE.HighlightedText, on_highlight)
    made.setColor(ROLE.Link, link)
    return made


@pytest.fixture(params=THEMES)
def themed(request, theme: Theme) -> Iterator[Theme]:
    theme.follow_palette(palette_of(request.param))
    yield theme
    theme.follow_palette(None)


def test_every_pair_of_the_design_has_its_contrast(themed: Theme) -> None:
    for pair in themed.tokens.contrast:
        reached = contrast_ratio(themed.hex(pair["fg"]), themed.hex(pair["bg"]))
        assert reached >= pair["min"], (pair["fg"], pair["bg"], reached)


def test_no_colour_is_ours(themed: Theme, qapp) -> None:
    given = {f"#{each.upper()}" for name in THEMES for each in THEMES[name]}
    ours = {themed.hex(name) for name in themed.tokens.light if name != "text.disabled"}
    assert ours <= given
    in_sheet = {each.upper() for each in re.findall("#[0-9a-fA-F]{6}", themed.qss())}
    assert in_sheet - {themed.hex("text.disabled")} <= given
    assert qapp.palette().color(ROLE.Window).name().upper() in given


def test_mode_is_of_no_account_and_borders_are_strong(themed: Theme) -> None:
    before = {name: themed.hex(name) for name in themed.tokens.light}
    themed.set_mode(Mode.DARK)
    assert before == {name: themed.hex(name) for name in themed.tokens.light}
    assert themed.is_high_contrast
    assert "1px solid" not in themed.qss()
    ground = themed.color("bg.window")
    assert themed.is_dark == (ground.lightnessF() < 0.5)


@pytest.mark.parametrize("fill", ["bg.selected", "bg.hover", "accent.soft", "warn.soft"])
def test_what_was_a_tint_is_a_border(themed: Theme, fill: str) -> None:
    image = QImage(30, 30, QImage.Format.Format_ARGB32)
    image.fill(themed.color("bg.surface"))
    painter = QPainter(image)
    paint_box(painter, themed, QRect(0, 0, 30, 30), fill=fill, radius=0)
    painter.end()
    edge, middle = image.pixelColor(0, 15).name(), image.pixelColor(15, 15).name()
    assert middle == themed.color("bg.window").name()
    assert contrast_ratio(edge, middle) >= 3


def test_it_ends_as_it_began(theme: Theme) -> None:
    before = theme.qss()
    theme.follow_palette(palette_of("desert"))
    assert theme.qss() != before
    theme.follow_palette(None)
    assert theme.qss() == before
    assert not theme.has_system_colors


def test_a_palette_without_contrast_gives_way_to_its_text() -> None:
    poor = palette_of("dusk")
    poor.setColor(ROLE.Link, QColor("#303539"))
    poor.setColor(ROLE.Highlight, QColor("#33383c"))
    colors = colors_of(poor, ("accent.text", "accent.solid", "accent.on", "bg.window", "text.primary"))
    assert colors["accent.text"] == colors["accent.solid"] == colors["text.primary"]
    assert colors["accent.on"] == colors["bg.window"]


@pytest.mark.parametrize(("platform", "is_followed"), [("win32", True), ("linux", False), ("darwin", False)])
def test_only_where_more_contrast_is_a_theme_its_colours_count(
    theme: Theme, monkeypatch, platform: str, is_followed: bool
) -> None:
    from PySide6.QtCore import Qt

    monkeypatch.setattr("sys.platform", platform)
    theme._contrast_changed(Qt.ContrastPreference.HighContrast)
    assert theme.has_system_colors == is_followed
    assert theme.is_high_contrast
    theme._contrast_changed(Qt.ContrastPreference.NoPreference)
    assert not theme.has_system_colors
    assert not theme.is_high_contrast
