"""Which two examples of a rule are shown, and how."""

from PySide6.QtWidgets import QLabel

from medvoice.compliance.ruling import Ruling
from medvoice.compliance.spec import ExampleSpec
from medvoice.ui.pages.compose.pairs import choose, likeness, side_of
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.minimal_pair import MinimalPair, Pair, Side


def example(text: str, hit: bool, spans: tuple[tuple[int, int], ...] = ()) -> ExampleSpec:
    return ExampleSpec(text=text, hit=hit, spans=spans)


def test_the_two_most_alike_are_chosen() -> None:
    examples = (
        example("We saw a cure at last.", True),
        example("Zentorva is safe in older adults.", True, ((12, 16),)),
        example("The weather was fine.", False),
        example("Is it safe in older adults?", False),
    )
    assert choose(examples) == Pair(
        "Zentorva is safe in older adults.", ((12, 16),), "Is it safe in older adults?"
    )
    assert likeness("one two", "one two") == 1.0


def test_a_rule_without_examples_has_no_pair_and_one_without_misses_half_of_it() -> None:
    assert choose(()) is None
    assert choose((example("Long. " * 100, True),)) is None
    assert choose((example("Found.", True),)) == Pair("Found.")


def test_the_marked_words_are_marked_and_markup_is_text(theme: Theme, qtbot) -> None:
    made = MinimalPair(theme, Pair("It is <b>safe</b> now.", ((9, 13),), "It was studied."))
    qtbot.addWidget(made)
    texts = [label.text() for label in made.findChildren(QLabel)]
    assert any("&lt;b&gt;<span" in text and ">safe</span>" in text for text in texts)
    names = [label.accessibleName() for label in made.findChildren(QLabel) if label.accessibleName()]
    assert names == ["Is found: It is <b>safe</b> now.", "Passes: It was studied."]


def test_a_ruling_stands_before_the_sentences(theme: Theme, qtbot) -> None:
    breach = Side("Was a breach", "A tweet with a medicine and its patients.", "PMCPA AUTH/1/1/13 · 2013")
    passed = Side("Was no breach", "A tweet on a symposium.", "PMCPA AUTH/1/1/13 · 2013")
    made = MinimalPair(theme, Pair("It is safe.", ((6, 10),), "", breach, passed))
    qtbot.addWidget(made)
    names = [label.accessibleName() for label in made.findChildren(QLabel) if label.accessibleName()]
    assert names == [f"{one.word}: {one.text} {one.source}" for one in (breach, passed)] + [
        "Is found: It is safe."
    ]
    alone = MinimalPair(theme, Pair(passed=passed))
    qtbot.addWidget(alone)
    assert "Was no breach" in {label.text() for label in alone.findChildren(QLabel)}


def test_a_side_names_body_case_and_date_and_says_what_was_not_verified() -> None:
    ruling = Ruling("AUTH/1/1/13", "PMCPA", "2013-11", ("X",), "It was.", "It was not.", is_verified=False)
    side = side_of(ruling, is_breach=True)
    assert side == Side("Was a breach", "It was.", "PMCPA AUTH/1/1/13 · Nov 2013 · not verified")
    assert side_of(ruling, is_breach=False).word == "Was no breach"
    letter = Ruling("Letter", "FDA", "2025-01-22", ("X",), "It was.")
    assert side_of(letter, is_breach=True).word == "Was objected to"
    assert side_of(letter, is_breach=True).source.endswith("22 Jan 2025")
