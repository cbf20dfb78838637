"""A gate may be too wide, never too narrow: what a pattern matches must always come through."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from medvoice.compliance.disguise import tokenize
from medvoice.compliance.fold import fold
from medvoice.compliance.gates import OPEN, gate_of
from medvoice.compliance.pack import load_packs
from medvoice.compliance.reading import _words  # pyright: ignore[reportPrivateUsage]
from medvoice.compliance.ruleset import Ruleset

PACKS = Path(__file__).parents[3] / "resources" / "packs"
PATTERNS = {
    rule.id: rule.pattern
    for pack in load_packs(
        {
            f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8")
            for path in PACKS.glob("*/*.toml")
        }
    ).packs
    for rule in pack.rules
    if rule.pattern
}


def is_open(pattern: str, text: str) -> bool:
    """Whether the gate of `pattern` lets a sentence through, by the words the checker sees in it."""
    folded = fold(text)
    tokens = tokenize(folded, text, lambda word: word in ("safe", "cure"), lambda word: (word,))
    digits = sum(char.isdecimal() for char in folded.text)
    gate = gate_of(pattern)
    return not gate.words.isdisjoint(_words(tokens, folded.text)) or any(
        least <= digits and all(piece in folded.text for piece in pieces) for least, pieces in gate.others
    )


@pytest.mark.parametrize("name", sorted(PATTERNS))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(data=st.data())
def test_what_a_shipped_pattern_matches_comes_through(name: str, data: st.DataObject) -> None:
    compiled = re.compile(PATTERNS[name])
    text = data.draw(st.from_regex(compiled))
    assume(compiled.search(fold(text).text))
    assert is_open(PATTERNS[name], text), (name, text, gate_of(PATTERNS[name]))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:ssn|passport)\b\D{0,9}\d", {"ssn", "passport"}),
        (r"\bmails?:", {"mail", "mails"}),
        (r"\b(?:date of birth|dob) ?\d", {"birth", "dob"}),
        (r"\d{1,4} (?:[a-z]{2,9} ){1,2}(?:street|road)\b", {"street", "road"}),
        (r"\bip(?: address)?: \d", {"ip", "address"}),
    ],
)
def test_whole_words_are_asked_for(pattern: str, words: set[str]) -> None:
    gate = gate_of(pattern)
    assert (gate.words, gate.others) == (words, ())


@pytest.mark.parametrize(
    "pattern", [r"\bpatient[a-z]", r"patient\b", r"\bpatient", r"\bpatients?", r"[a-z]{2,4}itis\b"]
)
def test_a_part_of_a_word_is_no_word(pattern: str) -> None:
    assert gate_of(pattern).words == frozenset()


@pytest.mark.parametrize(
    ("pattern", "others"),
    [
        (r"\d{3}-\d\d-\d{4}", ((9, ("-",)),)),
        (r"(?:\d{4} ){3}", ((12, ()),)),
        (r"\d ?fold", ((1, (" fold",)), (1, ("fold",)))),
        (r"[a-z]{3,16}(?:itis|emia)\b", ((0, ("emia",)), (0, ("itis",)))),
    ],
)
def test_where_no_word_is_sure_pieces_and_digits_are_asked_for(
    pattern: str, others: tuple[tuple[int, tuple[str, ...]], ...]
) -> None:
    assert gate_of(pattern).others == others


def test_what_patterns_match_in_the_packs_own_examples_comes_through(shipped: Ruleset) -> None:
    texts = [one.text for rule in shipped.rules for one in rule.spec.examples]
    folded = [fold(text).text for text in texts]
    checked = 0
    for rule in shipped.rules:
        if rule.pattern is None:
            continue
        for text, plain in zip(texts, folded, strict=True):
            if rule.pattern.search(plain):
                checked += 1
                assert is_open(rule.spec.pattern, text), (rule.spec.id, text)
    assert checked > 20


def test_too_many_ways_or_flags_leave_the_gate_open() -> None:
    assert gate_of(r"(?:a|b|c|d|e|f){0,1}" + "(?:ab|bc|cd|de)" * 9) is OPEN
    assert gate_of(r"(?i)\bpatient\b") is OPEN
    assert gate_of(r"(?i:patient) name") is OPEN


@pytest.mark.parametrize("text", ["l'patient name: x", "s a f e patient name: x", "#a patient name: x"])
def test_words_beside_apostrophes_disguises_and_tags_are_seen(text: str) -> None:
    assert is_open(r"\bpatient name: ?\w", text)
