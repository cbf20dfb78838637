"""Which two examples of a rule are shown, and how."""

from PySide6.QtWidgets import QLabel

from medvoice.compliance.spec import ExampleSpec
from medvoice.ui.pages.compose.pairs import choose, likeness
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.minimal_pair import MinimalPair, Pair


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
