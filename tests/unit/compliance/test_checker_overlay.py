"""A company's own pack: adds, tightens and rewords; loosens only with a named approver."""

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.pack import MAX_FILE, LoadedPacks, load_packs
from medvoice.compliance.reader import fits_engine
from medvoice.compliance.ruleset import compile_ruleset
from medvoice.compliance.trial import run
from medvoice.domain.finding import Document, Level

from .conftest import read_shipped
from .small_packs import AS_OF, HEAD, rule_text

OWN = """
[pack]
id = "exampharm"
version = "2026.11.1"
title = "Exampharm"
regions = ["all"]
effective = 2026-11-01
review_by = 2027-11-01
"""
RULE = rule_text('kind = "phrase"\na = ["marvel"]\n', "T-1")
BASE = {"core/core.toml": HEAD + RULE}


def loaded(own: str, head: str = OWN) -> LoadedPacks:
    return load_packs(BASE | {"exampharm/exampharm.toml": head + own})


def level_of(packs: LoadedPacks, text: str, *regions: str) -> list[Level]:
    ruleset = compile_ruleset(packs.packs)
    return [one.level for one in check(Document(text, regions=regions), ruleset, AS_OF).findings]


def test_tightened_in_one_region_only() -> None:
    packs = loaded('[[change]]\nrule = "T-1"\nat_least = "block"\nregions = ["UK"]\n')
    assert packs.problems == ()
    assert level_of(packs, "A marvel today.", "UK") == [Level.BLOCK]
    assert level_of(packs, "A marvel today.", "US") == [Level.WARN]


def test_a_block_that_a_company_made_has_a_way_out() -> None:
    packs = loaded('[[change]]\nrule = "T-1"\nat_least = "block"\nlift = "permission"\n')
    ruleset = compile_ruleset(packs.packs)
    finding = check(Document("A marvel today."), ruleset, AS_OF).findings[0]
    assert (finding.lift, finding.version) == ("permission", "1+exampharm")


def test_words_added_and_reworded() -> None:
    packs = loaded('[[change]]\nrule = "T-1"\na_add = ["moonshot{,s}"]\nadvice = "Ask Legal."\n')
    ruleset = compile_ruleset(packs.packs)
    finding = check(Document("Two moonshots a year."), ruleset, AS_OF).findings[0]
    assert (finding.quote, finding.advice) == ("moonshots", "Ask Legal.")


@pytest.mark.parametrize("key", ['at_most = "advise"', 'except_add = ["marvel comics"]', "off = true"])
def test_loosening_needs_a_named_approver(key: str) -> None:
    change = f'[[change]]\nrule = "T-1"\n{key}\n'
    refused = loaded(change)
    (problem,) = refused.problems
    assert problem.params["rule"] == "T-1"
    assert problem.params["key"] == key.partition(" ")[0]
    assert "approved_by" in str(problem.params["reason"])
    assert level_of(refused, "A marvel comics day.", "US") == [Level.WARN]
    approved = loaded(change + 'approved_by = "Jordan Sample"\napproved_on = 2026-11-20\n')
    assert approved.problems == ()
    assert level_of(approved, "A marvel comics day.", "US") in ([Level.ADVISE], [])


def test_a_change_of_no_rule_names_its_line() -> None:
    packs = loaded('[[change]]\nrule = "T-404"\nat_least = "block"\n')
    (problem,) = packs.problems
    assert problem.params["line"] == len(OWN.split("\n")) + 1
    assert "T-404" in str(problem.params["reason"])


def test_a_misspelt_key_gets_a_suggestion() -> None:
    (problem,) = loaded('[[change]]\nrule = "T-1"\nat_leest = "block"\n').problems
    assert "did you mean 'at_least'?" in str(problem.params["reason"])


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (">=1,<2", True), (">=1.1", True), ("==1.1", True), (">=2", False), (">=1,<1.1", False),
        (">1.1", False), ("<=1", False), ("", False), (">=1; print", False), ("~=1", False),
    ],
)  # fmt: skip
def test_engine_bounds(wanted: str, fits: bool) -> None:
    assert fits_engine(wanted) is fits


def test_a_pack_for_a_newer_engine_is_refused_by_name_and_the_others_stay() -> None:
    head = OWN.replace("regions", 'engine = ">=7"\nregions')
    packs = loaded('[[change]]\nrule = "T-1"\nat_least = "block"\n', head)
    assert [pack.id for pack in packs.packs] == ["core"]
    assert any("'exampharm' needs engine >=7" in str(one.params["reason"]) for one in packs.problems)
    assert level_of(packs, "A marvel today.", "US") == [Level.WARN]


def test_marks_and_line_ends_of_other_systems_are_read() -> None:
    text = (HEAD + RULE).replace("\n", "\r\n")
    packs = load_packs({"core/core.toml": "\ufeff" + text})
    assert packs.problems == ()
    assert len(packs.packs[0].rules) == 1


def test_a_pack_of_ten_thousand_rules_loads() -> None:
    text = HEAD + "".join(RULE.replace('"T-1"', f'"T-{number}"') for number in range(10_000))
    packs = load_packs({"core/core.toml": text})
    assert len(packs.packs[0].rules) == 10_000
    assert packs.problems == ()
    assert len(compile_ruleset(packs.packs).rules) == 10_000


def test_a_file_too_large_is_refused_by_name_and_size() -> None:
    packs = load_packs(BASE | {"own/own.toml": "#" * (MAX_FILE + 1)})
    assert [pack.id for pack in packs.packs] == ["core"]
    (problem,) = packs.problems
    assert problem.params["file"] == "own/own.toml"
    assert f"{MAX_FILE:,} characters" in str(problem.params["reason"])


def test_shipped_examples_do_what_they_say() -> None:
    outcome = run(compile_ruleset(read_shipped().packs), AS_OF, ("eu", "uk", "us"))
    assert outcome.rules >= 4
    assert outcome.misses == ()
    assert outcome.silent == ()


def test_a_wrong_example_is_named() -> None:
    outcome = run(compile_ruleset(load_packs(BASE).packs), AS_OF)
    assert [miss.what for miss in outcome.misses] == ["must be flagged, but is not"] * 2
    assert outcome.silent == ("T-1",)
