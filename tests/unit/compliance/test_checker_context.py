"""Negation and its relatives, with the cue table of this test and with the shipped ones."""

from collections.abc import Callable

import pytest

from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import CheckResult

from .small_packs import findings_of, quotes, rule_text, ruleset_of

CUES = """
[cue.negation_before]
terms = ["no", "not", "nor", "never", "without", "hardly any", "nobody", "don't"]
[cue.negation_after]
terms = ["was not observed", "was ruled out", "is a myth"]
[cue.pseudo]
terms = ["no doubt", "not only", "without treatment", "no question that"]
[cue.terminator]
terms = ["but", "however", "which", "because"]
[cue.hope]
terms = ["we hope to", "aims to"]
[cue.research]
terms = ["to assess", "tested whether"]
[cue.question]
terms = ["whether", "why"]
[cue.attribution]
terms = ["claims that"]
[cue.distancing]
terms = ["the word", "hardly"]
"""
PHRASE = 'kind = "phrase"\na = ["nausea", "cure{,s}"]\n'


@pytest.fixture(scope="module")
def suppressing() -> Ruleset:
    return ruleset_of(CUES, rule_text(PHRASE + 'question = "suppress"\nattribution = "suppress"'))


@pytest.mark.parametrize(
    "text",
    [
        "No nausea was seen.",
        "There was no rash, fever or nausea.",
        "It does not ever, in anyone, cause nausea.",
        "Nausea was not observed.",
        "Nausea of any grade was ruled out.",
        "Hardly any nausea.",
        "Nobody reported nausea.",
        "We hope to find a cure.",
        "The programme aims to cure many.",
        "The trial was designed to assess nausea.",
        "They tested whether it cures.",
        "Does it cure?",
        "Nobody knows why it cures.",
        "He claims that it cures.",
        "They call it a “cure”. Hardly.",
        "The word “cure” helps nobody.",
        "I don’t call it a cure.",
        "Not a promise, not a cure.",
        "No promise and no cure.",
        "It is not new, nor does it cure.",
    ],
)
def test_context_silences(suppressing: Ruleset, text: str) -> None:
    assert quotes(suppressing, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nausea came at once.",
        "No doubt nausea.",
        "Not only nausea came.",
        "Without treatment nausea gets worse.",
        "No question that it cures.",
        "It is not cheap, but it cures.",
        "It was not tested; nausea came.",
        "I had no time because nausea came.",
        "Not without nausea.",
        "Nobody says it does not cure.",
        "No one two three four five six seven eight nausea.",
        "It was not there. Nausea came.",
        "We hope to meet; it cures.",
        "They call it a “cure”. I agree with that.",
        "Dogs (not cats) had nausea.",
    ],
)
def test_context_does_not_silence(suppressing: Ruleset, text: str) -> None:
    assert len(quotes(suppressing, text)) == 1


def test_downgrade_lowers_and_names_the_cue() -> None:
    ruleset = ruleset_of(CUES, rule_text(PHRASE + 'negation = "downgrade"'))
    (finding,) = findings_of(ruleset, "It does not cure.")
    assert (finding.level, finding.cue) == ("advise", "not")
    (plain,) = findings_of(ruleset, "It cures.")
    assert (plain.level, plain.cue) == ("warn", None)


def test_downgrade_of_the_lowest_level_is_silent() -> None:
    keys = PHRASE + 'negation = "downgrade"\nseverity = [{ level = "advise" }]'
    assert quotes(ruleset_of(CUES, rule_text(keys)), "It does not cure.") == []


def test_require_fires_only_with_the_cue() -> None:
    ruleset = ruleset_of(CUES, rule_text(PHRASE + 'negation = "require"'))
    assert quotes(ruleset, "No nausea.") == ["nausea"]
    assert quotes(ruleset, "Nausea.") == []


def test_ignore_fires_always() -> None:
    ruleset = ruleset_of(CUES, rule_text(PHRASE + 'negation = "ignore"\nquotation = "ignore"'))
    assert quotes(ruleset, "No nausea.") == ["nausea"]
    assert quotes(ruleset, "The word “cure” is short.") == ["cure"]


def test_negation_inside_the_hit_does_not_count() -> None:
    ruleset = ruleset_of(CUES, rule_text('kind = "phrase"\na = ["no side effects", "free of side effects"]'))
    assert quotes(ruleset, "It has no side effects.") == ["no side effects"]
    assert quotes(ruleset, "No medicine is free of side effects.") == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Zentorva is safe.", True),
        ("Zentorva is not safe.", False),
        ("Zentorva isn't safe.", False),
        ("Nobody can say that Zentorva is safe.", False),
        ("There is no doubt that Zentorva is safe.", True),
        ("It is not expensive, but it is completely safe.", True),
        ("The study was designed to assess whether it is safe.", False),
        ("Views are not my own.", False),
    ],
)
def test_shipped_cues(checked: Callable[..., CheckResult], text: str, fires: bool) -> None:
    categories = {finding.category for finding in checked(text).findings}
    assert ("safety_claim" in categories) is fires
