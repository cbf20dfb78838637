"""Tokens: every contrast pair, every name, the style sheet and the palette."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from medvoice.ui.theme import Mode, Theme, Tokens, contrast_ratio
from medvoice.ui.theme.qss import TEMPLATE
from medvoice.ui.widgets.paint import paint_box

ROOT = Path(__file__).parents[3]
TOKENS = Tokens.from_json((ROOT / "resources" / "themes" / "tokens.json").read_text("utf-8"))


def test_there_are_77_contrast_pairs() -> None:
    assert len(TOKENS.contrast) == 77


@pytest.mark.parametrize("pair", TOKENS.contrast, ids=lambda pair: f"{pair['fg']} on {pair['bg']}")
def test_each_pair_has_its_contrast_in_light_and_dark(pair: dict) -> None:
    for name, table in (("light", TOKENS.light), ("dark", TOKENS.dark)):
        ratio = contrast_ratio(table[pair["fg"]], table[pair["bg"]])
        assert ratio >= pair["min"]
        assert ratio == pytest.approx(pair[name], abs=0.01)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#FFFFFF", "#000000") == pytest.approx(21)


def test_light_and_dark_have_the_same_names() -> None:
    assert TOKENS.light.keys() == TOKENS.dark.keys()


def test_no_colour_literal_in_the_code_of_the_window() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b(?=[\"';])")
    found = [
        f"{path.name}: {match.group()}"
        for path in (ROOT / "medvoice" / "ui").rglob("*.py")
        for match in literal.finditer(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_style_sheet_is_filled_and_understood(qapp: QApplication, mode: Mode) -> None:
    theme = Theme(TOKENS, mode=mode)
    sheet = theme.qss()
    assert not re.search(r"\{[a-z]+[.:]", sheet)
    assert theme.hex("bg.rail") in sheet
    label = QLabel("x")
    label.setStyleSheet(sheet)  # Qt warns about what it cannot parse, and a warning fails the test
    label.ensurePolished()


def test_unknown_names_are_told(qapp: QApplication) -> None:
    theme = Theme(TOKENS)
    for ask in (theme.color, theme.font, theme.px, theme.radius):
        with pytest.raises(KeyError):
            ask("no.such.name")
    assert "{bg.nothing}" not in TEMPLATE


def test_mode_changes_at_run_time(theme: Theme, qapp: QApplication) -> None:
    seen: list[bool] = []
    theme.changed.connect(lambda: seen.append(theme.is_dark))
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == TOKENS.light["bg.surface"]
    theme.set_mode(Mode.DARK)
    assert seen == [True]
    assert theme.hex("bg.surface") == TOKENS.dark["bg.surface"]
    assert theme.color("text.primary").name().upper() == TOKENS.dark["text.primary"]
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == TOKENS.dark["bg.surface"]
    theme.set_mode(Mode.DARK)
    assert seen == [True]


def test_text_size_scales_and_stays_between_90_and_150(theme: Theme) -> None:
    theme.set_text_scale(1.3)
    assert theme.font("editor").pixelSize() == 23
    assert theme.line_height("editor") == 38
    assert theme.px("control") == 42
    assert theme.fixed("rail") == 80
    theme.set_text_scale(9)
    assert theme.text_scale == 1.5
    theme.set_text_scale(0.1)
    assert theme.text_scale == 0.9


def test_fonts_of_the_roles_are_the_shipped_ones(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == "Inter"
    assert QFontInfo(theme.font("editor")).family() == "MV Newsreader"
    assert theme.font("bodyStrong").weight() == 600
    assert theme.font("quote", is_italic=True).italic()


@pytest.mark.parametrize("role", ["body", "small"])
def test_lines_of_a_wrapped_text_are_as_far_apart_as_drawn(theme: Theme, role: str) -> None:
    for percent in (100, 150):
        theme.set_text_scale(percent / 100)
        drawn = theme.line_height(role)
        assert abs(QFontMetrics(theme.font(role)).lineSpacing() - drawn) <= (0 if percent == 100 else 1)


def test_less_motion_makes_durations_zero(theme: Theme) -> None:
    theme.set_less_motion(True)
    assert theme.duration_ms("base") == 0
    theme.set_less_motion(False)
    assert theme.duration_ms("base") in (0, 180)


def test_icons_take_the_colour_and_the_pixel_ratio(theme: Theme) -> None:
    pixmap = theme.pixmap("check", "danger.solid", 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    image = pixmap.toImage()
    inks = {
        image.pixelColor(x, y).name().upper()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.hex("danger.solid")}
    assert theme.pixmap("check", "danger.solid", 16, 2.0) is pixmap


def test_every_icon_named_in_the_code_is_shipped(theme: Theme) -> None:
    quoted = re.compile(r'"([a-z]+(?:-[a-z0-9]+)*)"')
    named = set(quoted.findall((ROOT / "medvoice/ui/widgets/channel_chip.py").read_text("utf-8")))
    shipped = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    wanted = {icon for _kind, icon in TOKENS.status.values()}
    wanted |= {spec["icon"] for spec in TOKENS.severity.values()}
    wanted |= {"octagon-alert", "triangle-alert", "log-in", "minus"} & named
    wanted |= {"send", "lock", "clock", "search", "x", "scale", "wand-sparkles", "ellipsis", "check"}
    assert wanted <= shipped
    assert not theme.has_icon("no-such-icon")
    assert not theme.pixmap("no-such-icon").isNull()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_more_contrast_makes_all_text_plain_and_all_borders_seen(theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    theme.set_more_contrast(True)
    grounds = ("bg.window", "bg.rail", "bg.sidebar", "bg.surface", "bg.sunken", "bg.raised")
    for ground in grounds:
        for text in ("text.primary", "text.secondary", "text.tertiary"):
            assert contrast_ratio(theme.hex(text), theme.hex(ground)) >= 7, (text, ground)
        for border in ("border.subtle", "border.default", "border.control"):
            assert contrast_ratio(theme.hex(border), theme.hex(ground)) >= 2.7, (border, ground)
    for kind in ("danger", "warn", "info", "ok"):
        assert contrast_ratio(theme.hex(f"{kind}.text"), theme.hex("bg.surface")) >= 4.5
    assert "1px solid" not in theme.qss()
    theme.set_more_contrast(False)
    assert "1px solid" in theme.qss()


def test_more_contrast_drops_tints_for_borders(theme: Theme) -> None:
    def pixels() -> tuple[str, ...]:
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(theme.color("bg.surface"))
        painter = QPainter(image)
        paint_box(painter, theme, QRect(0, 0, 40, 40), fill="danger.soft", radius=0)
        painter.end()
        return tuple(image.pixelColor(at, 20).name().upper() for at in (0, 1, 20))

    soft, text, ground = (theme.hex(name) for name in ("danger.soft", "danger.text", "bg.surface"))
    assert pixels() == (soft, soft, soft)
    theme.set_more_contrast(True)
    assert pixels() == (text, text, ground)


def test_the_systems_wish_for_contrast_counts(theme: Theme) -> None:
    seen: list[bool] = []
    theme.changed.connect(lambda: seen.append(theme.is_high_contrast))
    hints = QGuiApplication.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert seen == [True, False]


def test_a_dressed_window_has_the_sheet_and_the_program_has_none(theme: Theme, qapp, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    assert qapp.styleSheet() == ""
    assert window.styleSheet() == theme.qss()
    theme.set_mode(Mode.DARK)
    assert window.styleSheet() == theme.qss()
    assert theme.hex("bg.rail") in window.styleSheet()
    assert qapp.styleSheet() == ""
