"""Every example of every rule: what must be flagged is, at the marked place; what must pass does. And what is
flagged stays flagged in capitals, styled letters and with hidden signs."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from medvoice.compliance.pack import LoadedPacks
from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import Document, Finding

Find = Callable[[Document], tuple[Finding, ...]]
KINDS_OF_LETTERS = ("hygiene", "language")
BOLD_SMALL, BOLD_CAPITAL = 0x1D5EE, 0x1D5D4


def test_packs_load_without_problems(loaded: LoadedPacks, ruleset: Ruleset) -> None:
    assert [problem.params for problem in (*loaded.problems, *ruleset.problems)] == []
    assert [pack.id for pack in loaded.packs] == [
        *("core", "au", "ca", "ch", "de", "eu", "in", "jp", "uk", "us"),
    ]


def test_example(case: Any, find: Find, document: Callable[..., Document]) -> None:
    example = case.example
    found = [finding for finding in find(document(example)) if finding.rule == case.rule]
    assert bool(found) is example.hit
    if example.spans:
        assert [(finding.start, finding.end) for finding in found] == list(example.spans)


def test_hit_quotes_its_span(hit_case: Any, find: Find, document: Callable[..., Document]) -> None:
    text = hit_case.example.text
    for finding in find(document(hit_case.example)):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.quote == text[finding.start : finding.end]


def bold(text: str) -> str:
    """Letters as mathematical sans bold, as people paste them into LinkedIn."""
    return "".join(
        chr(BOLD_SMALL + ord(c) - ord("a"))
        if "a" <= c <= "z"
        else chr(BOLD_CAPITAL + ord(c) - ord("A"))
        if "A" <= c <= "Z"
        else c
        for c in text
    )


def with_hidden_signs(text: str) -> str:
    """A zero-width space inside each word of four letters or more."""
    return re.sub(r"[A-Za-z]{4,}", lambda word: word[0][:2] + "\u200b" + word[0][2:], text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "small": str.lower,
    "capital": lambda text: text.upper() if unicodedata.normalize("NFC", text).isascii() else text,
    "bold": bold,
    "hidden": with_hidden_signs,
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_variant_of_hit_still_hits(
    hit_case: Any, variant: str, ruleset: Ruleset, find: Find, document: Callable[..., Document]
) -> None:
    example = hit_case.example
    spec = ruleset.by_id[hit_case.rule].spec
    kind = spec.kind
    if kind in KINDS_OF_LETTERS or example.parts:
        return
    text = VARIANTS[variant](example.text)
    if variant == "small" and re.search(r"\b[A-Z]{2,5}-?\d{3,6}\b", example.text):
        return  # a development code is known by its capitals
    if variant in ("bold", "hidden") and ("#" in text or "://" in text or "@" in text):
        return  # a tag, link or mention written so is none any more
    if variant == "small" and "@full_name" in spec.a:
        return  # a name is known by its capitals
    if kind == "fold":
        return  # hidden signs move the fold
    rules = {finding.rule for finding in find(document(example, text))}
    assert hit_case.rule in rules
