"""Rulings as data: the shipped ones are whole, and each rule that rests on one opens it."""

import re

import pytest

from medvoice.compliance.compiled import keep, restore
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.ruleset import compile_ruleset
from medvoice.compliance.ruling import Ruling, base_of, pair_of, rulings_for

HEAD = """
[pack]
id = "own"
version = "1"
title = "Own"
regions = ["all"]
effective = 2026-01-01
review_by = 2027-01-01
"""
CASE = re.compile(r"\b(?:AUTH|CASE)/\d{4}/\d{1,2}/\d\d\b|\bA\d\d-\d{7}\b")
BODIES = {"PMCPA", "FDA", "ASA", "MHRA"}


def test_every_ruling_speaks_of_rules_that_exist(loaded: LoadedPacks) -> None:
    ids = {rule.id for pack in loaded.packs for rule in pack.rules}
    assert len(loaded.rulings) >= 25
    assert len({one.id for one in loaded.rulings}) == len(loaded.rulings)
    for one in loaded.rulings:
        assert set(one.rules) <= ids, one.id
        assert one.body in BODIES
        for words in (one.breach, one.passed):
            assert not words or words.endswith("."), one.id


def test_every_case_that_a_rule_cites_opens_a_ruling(loaded: LoadedPacks) -> None:
    """A case number in a rule's sources leads to what was decided: "Why this, here" has something to open."""
    for pack in loaded.packs:
        for rule in pack.rules:
            cited = {case for cite in rule.citations for case in CASE.findall(cite.doc)}
            if cited:
                assert rulings_for(rule.id, loaded.rulings), (rule.id, cited)


@pytest.mark.parametrize(
    ("rule", "breach", "passed"),
    [
        ("EU-PROMO-002", "AUTH/2612/6/13", "AUTH/2612/6/13"),
        ("EU-PROMO-003", "AUTH/3853/11/23", "AUTH/3584/11/21"),
        ("GL-ENG-001-B", "AUTH/3854/11/23", "AUTH/3523/6/21"),
        ("GL-CLAIM-012", None, "CASE/0334/10/24"),
    ],
)
def test_the_pair_of_a_rule(loaded: LoadedPacks, rule: str, breach: str | None, passed: str | None) -> None:
    one, other = pair_of(rulings_for(rule, loaded.rulings))
    assert (one and one.id, other and other.id) == (breach, passed)


def test_a_wider_form_shares_the_rulings_of_its_rule() -> None:
    assert base_of("GL-AE-001-B") == "GL-AE-001"
    assert base_of("GL-AE-001") == "GL-AE-001"
    ruling = Ruling("1", "FDA", "2020", ("GL-AE-001",), "Was.")
    assert rulings_for("GL-AE-001-C", [ruling]) == (ruling,)
    assert rulings_for("GL-AE-002", [ruling]) == ()


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ('body = "FDA"\ndated = "2020"\nrules = ["X"]', "breach"),
        ('body = "FDA"\ndated = "last year"\nrules = ["X"]\nbreach = "It was."', "dated"),
        ('dated = "2020"\nrules = ["X"]\nbreach = "It was."', "body"),
        ('body = "FDA"\ndated = "2020"\nrules = ["X"]\nbreach = "It was."\ncolour = "red"', "colour"),
    ],
)
def test_a_ruling_that_says_too_little_is_named(lines: str, key: str) -> None:
    text = f'{HEAD}\n[[ruling]]\nid = "Case 1"\n{lines}\n'
    found = load_packs({"own/own.toml": text})
    assert found.rulings == ()
    (problem,) = found.problems
    assert (problem.params["rule"], problem.params["key"]) == ("Case 1", key)
    assert text.split("\n")[int(problem.params["line"]) - 1]  # type: ignore[call-overload]


def test_rulings_are_kept_with_the_compiled_rules() -> None:
    lines = 'body = "FDA"\ndated = "2020"\nrules = ["X"]\nbreach = "It was."'
    text = f'{HEAD}\n[[ruling]]\nid = "Case 1"\n{lines}\n'
    sources = {"own/own.toml": text}
    loaded = load_packs(sources)
    back = restore(keep(loaded, compile_ruleset(loaded.packs)), sources)
    assert back is not None
    assert back[0].rulings == loaded.rulings == (Ruling("Case 1", "FDA", "2020", ("X",), "It was."),)
