"""The parts of the preview by themselves: the fold, the words as typed, where splits may go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextDocument

from medvoice.domain.channel.measure import measure
from medvoice.ui.pages.compose import splits
from medvoice.ui.pages.compose.fold import DESKTOP, PHONE, fold_at
from medvoice.ui.pages.compose.post_text import PostText
from medvoice.ui.pages.compose.preview_linkedin import Author, LinkedInCard
from medvoice.ui.theme import Theme

SENTENCE = "Most of the questions I get about evidence start the same way. "


def test_a_short_text_does_not_fold(theme: Theme, qtbot) -> None:
    font = theme.font("body")
    assert fold_at("", DESKTOP, font) == 0
    assert fold_at("One line.", DESKTOP, font) == 9
    assert fold_at("1\n2\n3", DESKTOP, font) == 5


def test_the_fold_is_about_where_people_report_it(theme: Theme, qtbot) -> None:
    font = theme.font("body")
    assert 180 <= fold_at(SENTENCE * 8, DESKTOP, font) <= 240
    assert 110 <= fold_at(SENTENCE * 8, PHONE, font) <= 160


def test_blank_lines_count(theme: Theme, qtbot) -> None:
    text = "One.\n\nTwo.\nThree.\nFour."
    assert text[: fold_at(text, DESKTOP, theme.font("body"))].rstrip() == "One.\n\nTwo."


def test_blank_lines_at_the_end_hide_nothing(theme: Theme, qtbot) -> None:
    text = "1\n2\n3\n\n\n"
    assert fold_at(text, DESKTOP, theme.font("body")) == len(text)


@pytest.mark.parametrize("text", ["One.\n\nTwo.\nThree.\nFour.", "One.\nTwo.\n\nThree.\nFour.", SENTENCE * 9])
def test_more_stands_on_the_last_line(theme: Theme, qtbot, text: str) -> None:
    author = Author("Jordan Sample", "MSL", "now")
    card = LinkedInCard(theme, author, text, (), form="desktop", is_whole=False)
    qtbot.addWidget(card)
    above = card.findChild(PostText, "above_fold")
    assert above.plain_text().count("\n") <= 2
    assert above.accessibleName().endswith("…more")


@pytest.mark.parametrize("family", ["👩\u200d🔬", "e\u0301", "🇩🇪", "שלום ", "مرحبا "])
def test_no_character_is_cut(theme: Theme, qtbot, family: str) -> None:
    text = family * 300
    for form in (DESKTOP, PHONE):
        at = fold_at(text, form, theme.font("body"))
        assert 0 < at < len(text)
        assert at % len(family) == 0 or family.endswith(" ")


def test_words_stand_as_typed(theme: Theme, qtbot) -> None:
    text = "First  line <b>&amp;\n\n\nשלום עולם 😀\n  indented"
    words = PostText(theme, text)
    qtbot.addWidget(words)
    document = QTextDocument()
    document.setHtml(words.text())
    assert document.toPlainText() == text
    assert document.findBlockByNumber(3).textDirection().name == "RightToLeft"
    assert document.findBlockByNumber(0).textDirection().name == "LeftToRight"
    assert words.accessibleName() == text


def test_links_are_coloured_and_nothing_else(theme: Theme, qtbot) -> None:
    text = "See https://example.org/a for #more\nthen end."
    found = measure(text, "linkedin")
    words = PostText(theme, text, [(span.start, span.end) for span in (*found.urls, *found.hashtags)])
    qtbot.addWidget(words)
    assert words.text().count(theme.hex("accent.text")) == 2


def test_a_point_finds_its_word(theme: Theme, qtbot) -> None:
    text = "First line\n\nthird line 😀 end"
    words = PostText(theme, text)
    qtbot.addWidget(words)
    words.resize(400, words.heightForWidth(400))
    words.show()
    assert words.code_point_at(QPoint(0, 2)) == 0
    assert words.code_point_at(QPoint(0, words.height() - 3)) == text.index("third")
    assert words.code_point_at(QPoint(399, words.height() - 3)) == len(text)


@given(st.integers(0, 30), st.integers(2, 40))
def test_a_moved_split_loses_no_word(seed: int, count: int) -> None:
    text = " ".join(f"Sentence {number} has {'word ' * (number % 9)}ends." for number in range(count))
    made = measure(text, "x").parts
    if len(made) < 2:
        return
    split = seed % (len(made) - 1)
    options = splits.places(text, made, split)
    place = options[seed % len(options)]
    marks = splits.moved(made, (), split, place)
    after = measure(text, "x", marks=marks).parts
    assert "".join("".join(part.text for part in after).split()) == "".join(text.split())
    assert [part.text for part in after[:split]] == [part.text for part in made[:split]]
    assert place in [part.start for part in after]


def test_steps_go_by_sentences_and_end_at_the_neighbours() -> None:
    text = "One is here. Two is here. Three is here."
    parts = measure(text, "x", marks=(13,)).parts
    assert splits.sentence_places(text, parts, 0) == (13, 26)
    assert splits.step((13, 26), 13, 1) == 26
    assert splits.step((13, 26), 26, 1) == 26
    assert splits.is_own(parts, (13,), 0)
    assert splits.joined(parts, (13,), 0) == ()
