"""What takes a claim back, and what only looks as if it did: each as a pair, one word group apart."""

from collections.abc import Callable

import pytest

from medvoice.domain.finding import Document, Finding, Level, Product

Find = Callable[[Document], tuple[Finding, ...]]
OWN = (Product("Zentorva", "own"),)

# category, said so (found), said otherwise (silent above a suggestion), the canceller
PAIRS = [
    ("safety_claim", "Zentorva is completely safe.", "Zentorva is not completely safe.", "negation"),
    ("absolute_claim", "This drug cures gout.", "This drug does not cure gout.", "negation"),
    ("absolute_claim", "This drug cures gout.", "No drug cures gout.", "negation before"),
    ("absolute_claim", "The drug cures gout.", "That the drug cures gout is a myth.", "negation after"),
    (
        "comparative_superlative",
        "The new drug is a game changer.",
        "The new drug is no game changer.",
        "negation",
    ),
    ("safety_claim", "The tablets are completely safe.", "Are the tablets completely safe?", "question"),
    ("absolute_claim", "The injection cures lupus.", "Does the injection cure lupus?", "question"),
    ("absolute_claim", "We cure migraine with this drug.", "We hope to cure migraine one day.", "hope"),
    (
        "safety_claim",
        "The drug is well tolerated.",
        "A trial to assess whether the drug is well tolerated.",
        "research",
    ),
    ("safety_claim", "The pill is completely safe.", "Never write “completely safe” of a pill.", "quotation"),
    ("absolute_claim", "A miracle cure for lupus!", "Beware of the phrase “miracle cure”.", "quotation"),
    (
        "absolute_claim",
        "The drug is a miracle.",
        "The advert promises a “miracle” drug. It is none.",
        "attribution",
    ),
    (
        "comparative_superlative",
        "This drug is superior to statins.",
        "The superior vena cava was open.",
        "anatomy",
    ),
    ("absolute_claim", "It eliminates cancer.", "Elimination half-life is eleven hours.", "kinetics"),
    ("absolute_claim", "A proven cure for cancer.", "All tumours were biopsy-proven.", "statistics"),
    ("absolute_claim", "The drug cures cancer.", "We fitted a mixture cure model in cancer.", "statistics"),
    (
        "comparative_superlative",
        "The best drug there is.",
        "Best supportive care was the comparator drug.",
        "name",
    ),
    (
        "adverse_event",
        "My aunt had a rash after the drug.",
        "Rash was reported in 4 % of patients on the drug.",
        "many",
    ),
    (
        "off_label_investigational",
        "I use it off-label in lupus.",
        "A debate about off-label use.",
        "talk about",
    ),
    (
        "safety_claim",
        "The drug is safe in children.",
        "The documents are safe in the archive.",
        "other thing",
    ),
]

# what looks like a canceller and is none
STILL = [
    ("absolute_claim", "No doubt this drug cures gout."),
    ("absolute_claim", "Without a doubt, the new drug cures lupus."),
    ("absolute_claim", "The drug does not just help, it cures gout."),
    ("absolute_claim", "Did you know that this drug cures gout?"),
    ("safety_claim", "Why worry? Zentorva is completely safe."),
    ("safety_claim", "It is not true that Zentorva is not completely safe."),
    ("absolute_claim", "There is no patient whom this drug does not cure."),
    ("comparative_superlative", "Need I say more? The new drug is a game changer."),
    ("safety_claim", "Zentorva has no side effects."),
]


def loud(find: Find, text: str) -> set[str]:
    found = find(Document(text, products=OWN, employer="Exampharm"))
    return {one.category for one in found if one.level is not Level.ADVISE}


@pytest.mark.parametrize(("category", "said", "taken_back", "canceller"), PAIRS)
def test_a_canceller_silences(find: Find, category: str, said: str, taken_back: str, canceller: str) -> None:
    assert category in loud(find, said), canceller
    assert category not in loud(find, taken_back), canceller


@pytest.mark.parametrize(("category", "text"), STILL)
def test_what_only_looks_like_a_canceller_does_not(find: Find, category: str, text: str) -> None:
    assert category in loud(find, text)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("I liked the talk on asthma. Views are my own.", False),
        ("I liked the talk on asthma. Views are not my own.", True),
        ("I liked the talk on asthma. “Views are my own” is a sentence people forget.", True),
        ("I liked the talk on asthma. These are not the views of my employer, they are mine.", False),
    ],
)
def test_a_negated_disclaimer_is_none(find: Find, text: str, missing: bool) -> None:
    found = find(Document(text, employer="Exampharm"))
    assert any(one.category == "missing_personal_view_disclaimer" for one in found) is missing
