"""About: the version, and the licences that MedVoice has to show."""

import pytest
from PySide6.QtWidgets import QLabel

from medvoice import __version__
from medvoice.ui.pages.settings.about import AboutSheet, AppMark, Work


@pytest.fixture
def about(theme, qtbot, kept) -> AboutSheet:
    sheet = AboutSheet(theme)
    qtbot.addWidget(sheet)
    kept.append(sheet)
    sheet.resize(900, 700)
    sheet.show()
    return sheet


def test_it_says_which_version_it_is_and_shows_its_icon(about) -> None:
    assert __version__ in about.findChild(QLabel, "about_version").text()
    mark = about.findChild(AppMark).pixmap()
    assert mark.toImage().pixelColor(mark.width() // 2, 3).alpha() == 255


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ("work_inter", "The Inter Project Authors"),
        ("work_newsreader", "The Newsreader Project Authors"),
        ("work_lucide", "Lucide Icons and"),
    ],
)
def test_licences_are_shown_in_full_when_asked_for(about, work, words) -> None:
    part = about.findChild(Work, work)
    assert part.text is None
    part.show_button.click()
    assert words in part.text.toPlainText()
    assert part.text.isReadOnly()
    assert part.show_button.text() == "Hide"
    part.show_button.click()
    assert not part.text.isVisible()
    assert part.show_button.text() == "Show"


def test_qt_is_named_with_its_licence(about) -> None:
    labels = {label.text() for label in about.findChildren(QLabel)}
    assert {"Qt for Python", "GNU LGPL 3"} <= labels
