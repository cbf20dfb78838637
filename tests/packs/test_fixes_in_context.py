"""Every fix of every rule, read where a person would meet it: it takes away, generalises or moves, adds
nothing that was not there, and leaves sentences."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from medvoice.compliance.fix import apply
from medvoice.domain.finding import Document, Finding, Fix, Level

Find = Callable[[Document], tuple[Finding, ...]]
FRAMES = {
    "alone": "{}",
    "between sentences": "I read the paper twice. {} Which line would you add?",
    "a paragraph": "I read the paper twice.\n\n{}\n\nWhich line would you add?",
    "a list": "Three notes:\n\n1. I read the paper.\n2. {}\n3. I asked a friend.\n\nWhich would you add?",
    "bullets": "Notes:\n• I read the paper.\n• {}\n• I asked a friend.",
}
# All that a fix may bring along: words that name nothing and claim nothing. They are read one by one when
# this list grows.
MAY_BRING = (
    "Please speak to your own doctor",
    "this medicine",
    "views mine",
    "Views mine",
    "Views are my own",
    "I work at",
    "views my own",
    "These are my personal views and not those of my employer",
)
HANGING = frozenset(
    (
        "a an the of for with and or but to in on at by from our my their your his her its is are was were"
    ).split()
)
AFTER_MEDICINE = frozenset(
    (
        "in on at for with and or but to by from of as is was has had does did can could may might will would"
        " should after before during than when while that which today again here there now yet too"
    ).split()
)
ORPHAN = re.compile(r"(?m)^[ \t]*(?:\d+[.)]|[•\-*–→✅▶])[ \t]*$")


def words_of(text: str) -> Counter[str]:
    return Counter(word.lower() for word in re.findall(r"[^\W_]+(?:[’'][^\W_]+)*", text))


def sentences_of(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"(?<=[.!?…])\s+|\n+", text) if piece.strip()]


def new_sentences(before: str, after: str) -> list[str]:
    kept = set(sentences_of(before))
    return [each for each in sentences_of(after) if each not in kept]


def complaints(before: str, after: str, fix: Fix, employer: str) -> list[str]:
    """What is wrong with the text after a fix; empty when a careful reader would find nothing."""
    found: list[str] = []
    for name, pattern in (
        ("two spaces", r"\S  +\S"),
        ("a space before a sign", r"\w +[,;:!?](?=\s|$)"),
        ("an empty bracket", r"\(\s*\)|\[\s*\]|“\s*”"),
        ("a gap of lines", r"\n{3,}"),
        ("two signs", r"[,;:]\s*[.!?]|(?<!\.)\.\.(?!\.)"),
    ):
        if len(re.findall(pattern, after)) > len(re.findall(pattern, before)):
            found.append(name)
    if after != after.strip() and before == before.strip():
        found.append("white space at an end")
    if len(ORPHAN.findall(after)) > len(ORPHAN.findall(before)):
        found.append("a number or bullet without words")
    allowed = words_of(employer)  # the person's own entry
    for phrase in MAY_BRING:
        if phrase.lower() in after.lower():
            allowed |= words_of(phrase)
    brought = words_of(after) - words_of(before) - allowed
    if brought and fix.label != "Write it plainly":
        found.append(f"new words: {sorted(brought)}")
    for sentence in new_sentences(before, after):
        found += wrong_in(sentence)
    return found


def wrong_in(sentence: str) -> list[str]:
    """What is wrong with a sentence that a fix made."""
    found: list[str] = []
    words = re.findall(r"[^\W\d_]+", sentence)
    if words and sentence[0].isalpha() and sentence[0].islower():
        found.append(f"starts small: {sentence!r}")
    if words and words[-1].lower() in HANGING and not sentence.endswith("?"):
        found.append(f"hangs: {sentence!r}")
    if re.search(r"\b(\w+) \1\b", sentence, re.IGNORECASE):
        found.append(f"says a word twice: {sentence!r}")
    if re.search(r"\b[Aa] [aeioAEIO]\w+|\b[Aa]n [^aeiouhAEIOUHFLMNRSX\W]\w*", sentence):
        found.append(f"a or an: {sentence!r}")
    if re.search(r"\b(?:an?|the|our|my|your|this|that|these)\s+this medicine\b", sentence, re.IGNORECASE):
        found.append(f"two articles: {sentence!r}")
    following = re.search(r"\bthis medicine (\w+)", sentence)
    if following and following[1].lower() not in AFTER_MEDICINE:
        found.append(f"a noun after “this medicine”: {sentence!r}")
    return found


def fixes_of(rule: str, document: Document, find: Find) -> list[Fix]:
    return [fix for finding in find(document) if finding.rule == rule for fix in finding.fixes]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_fix_leaves_sentences_and_adds_nothing(
    hit_case: Any, frame: str, find: Find, document: Callable[..., Document]
) -> None:
    example = hit_case.example
    if example.parts and frame != "alone":
        return  # a thread is its own context
    text = FRAMES[frame].format(example.text)
    whole = document(example) if frame == "alone" else document(example, text)
    wrong = {
        (fix.label, after): found
        for fix in fixes_of(hit_case.rule, whole, find)
        if (found := complaints(text, after := apply(text, fix), fix, whole.employer))
    }
    assert wrong == {}


def test_fixes_come_to_an_end(hit_case: Any, find: Find, document: Callable[..., Document]) -> None:
    """Using the offered wordings one after the other ends, and nothing that they answered comes back."""
    example = hit_case.example
    if example.parts:
        return
    text = example.text
    for _ in range(12):
        offered = [
            finding
            for finding in find(document(example, text))
            if finding.fixes and finding.level is not Level.ADVISE
        ]
        if not offered:
            return
        after = apply(text, offered[0].fixes[0])
        assert after != text, offered[0].rule
        text = after
    pytest.fail(f"still offered: {text!r}")


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("results were seen.", "starts small"),
        ("I read about the.", "hangs"),
        ("We saw the the data.", "twice"),
        ("It is a amazing day.", "a or an"),
        ("Looking for this medicine colleagues.", "noun"),
        ("I like our this medicine.", "two articles"),
    ],
)
def test_the_reader_of_fixes_sees_what_is_wrong(sentence: str, word: str) -> None:
    assert any(word in found for found in wrong_in(sentence))
