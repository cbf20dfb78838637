"""Mistakes in packs: named with their place, and everything else stays in force."""

import time

import pytest

from medvoice.compliance.guard import PatternError, compile_pattern
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.compliance.sentence import MAX_SENTENCE

from .small_packs import AS_OF, HEAD, quotes, rule_text, ruleset_of

GOOD = rule_text('kind = "phrase"\na = ["safe"]', "GL-T-GOOD")
BAD = rule_text('kind = "phrase"\na = ["bad"]', "GL-T-BAD")


def load(text: str) -> LoadedPacks:
    return load_packs({"core/core.toml": text})


def test_good_pack_has_no_problems() -> None:
    loaded = load(HEAD + GOOD)
    assert loaded.problems == ()
    (pack,) = loaded.packs
    assert (pack.id, pack.meta.version, [rule.id for rule in pack.rules]) == ("core", "1", ["GL-T-GOOD"])
    assert len(pack.sha256) == 64


def test_syntax_mistake_names_file_line_and_column_and_spares_other_files() -> None:
    broken = "[[rule]]\nid = \n"
    loaded = load_packs({"core/core.toml": HEAD + GOOD, "core/more.toml": broken})
    (problem,) = loaded.problems
    assert problem.code == "pack_syntax"
    assert (problem.params["file"], problem.params["line"], problem.params["column"]) == (
        "core/more.toml",
        2,
        6,
    )
    assert quotes(compile_ruleset(loaded.packs), "It is safe.") == ["safe"]


def test_syntax_mistake_at_the_end_names_the_last_line() -> None:
    (problem,) = load_packs({"core/core.toml": HEAD, "core/more.toml": 'a = "x"\nb = ['}).problems
    assert problem.params["line"] == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('kind = "phrase"', 'kind = "phase"', "kind"),
        ('a = ["bad"]', 'a = ["bad"]\nseverty = 1', "severty"),
        ('a = ["bad"]', 'a = ["bad"]\nwithin = "ten"', "within"),
        ('a = ["bad"]', 'a = ["b{ad"]', "a"),
        ('a = ["bad"]', "a = []", "a"),
        ('a = ["bad"]', 'a = ["<any> bad"]', "a"),
        ('severity = [{ level = "warn" }]', 'severity = [{ level = "loud" }]', "severity.level"),
        ('severity = [{ level = "warn" }]', 'severity = [{ level = "warn", if = "tuesday" }]', "severity.if"),
        (
            'severity = [{ level = "warn" }]',
            'severity = [{ level = "warn", regions = ["XX"] }]',
            "severity.regions",
        ),
        ('severity = [{ level = "warn" }]', 'severity = [{ level = "inherit" }]', "severity.from"),
        ('category = "safety_claim"', 'category = "safety"', "category"),
        ('cite = [{ doc = "A code" }]', "cite = []", "cite"),
        ('{ text = "one", hit = true }, ', "", "example"),
        ('{ text = "one", hit = true }', '{ text = "one]]", hit = true }', "example.text"),
        ('{ text = "three", hit = false }', '{ text = "[[three]]", hit = false }', "example.text"),
        ('why = "Because."', 'why = ""', "why"),
        ('a = ["bad"]', 'a = ["bad"]\nnegation = "sometimes"', "negation"),
    ],
)
def test_mistake_of_meaning_sets_one_rule_aside(old: str, new: str, key: str) -> None:
    assert old in BAD
    loaded = load(HEAD + BAD.replace(old, new) + GOOD)
    (problem,) = loaded.problems
    assert problem.code == "pack_meaning"
    assert problem.params["rule"] == "GL-T-BAD"
    assert problem.params["key"] == key
    assert quotes(compile_ruleset(loaded.packs), "It is safe.") == ["safe"]


def test_mistake_of_meaning_names_the_line() -> None:
    text = HEAD + GOOD + BAD.replace('category = "safety_claim"', 'category = "safety"')
    (problem,) = load(text).problems
    line = problem.params["line"]
    assert isinstance(line, int)
    assert text.split("\n")[line - 1] == 'category = "safety"'


def test_same_id_twice_keeps_the_first() -> None:
    loaded = load(HEAD + GOOD + GOOD.replace('["safe"]', '["other"]'))
    assert [(p.params["rule"], p.params["key"]) for p in loaded.problems] == [("GL-T-GOOD", "id")]
    assert quotes(compile_ruleset(loaded.packs), "safe other") == ["safe"]


def test_unknown_class_sets_the_rule_aside_at_compile_time() -> None:
    loaded = load(HEAD + GOOD + BAD.replace('["bad"]', '["@nowhere"]'))
    ruleset = compile_ruleset(loaded.packs)
    (problem,) = ruleset.problems
    assert (problem.params["rule"], problem.params["key"]) == ("GL-T-BAD", "@nowhere")
    assert quotes(ruleset, "It is safe.") == ["safe"]


def test_bad_class_and_bad_cue_are_set_aside_alone() -> None:
    text = HEAD + GOOD + '[class.odd]\nterms = ["a{b"]\n[cue.sideways]\nterms = ["x"]\n'
    loaded = load(text)
    assert {(p.params["rule"], p.params["key"]) for p in loaded.problems} == {
        ("odd", "terms"),
        ("sideways", "cue"),
    }
    assert quotes(compile_ruleset(loaded.packs), "It is safe.") == ["safe"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "core"', 'id = "kore"', "id"),
        ("effective = 2026-01-01", 'effective = "2026"', "effective"),
        ('regions = ["all"]', 'regions = ["MOON"]', "regions"),
        ('version = "1"', 'version = "1"\nengine = ">=9"', "engine"),
    ],
)
def test_pack_head_mistakes(old: str, new: str, key: str) -> None:
    loaded = load(HEAD.replace(old, new, 1) + GOOD)
    assert loaded.packs == ()
    assert loaded.problems[0].params["key"] == key


def test_unknown_section_is_named() -> None:
    (problem,) = load(HEAD + GOOD + "[[rul]]\nid = 1\n").problems
    assert problem.params["key"] == "rul"


@pytest.mark.parametrize(
    ("source", "anchor"),
    [
        (r"(?:\w+\s*)+!", "abc"),
        (r"(a+)+$", "aaa"),
        (r"(\d+,?)+x", "0-9"),
        (r"a{1,100}", "aaa"),
        (r"((a{1,9}){1,9}){1,9}", "aaa"),
        (r"(?:a{1,30}){1,30}", "aaa"),
        (r"(a)\1", "aaa"),
        ("a" * 201, "aaa"),
        ("abc", "ab"),
        ("a?", "aaa"),
        ("(", "aaa"),
    ],
)
def test_dangerous_patterns_are_refused(source: str, anchor: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(source, [anchor])


def test_fine_patterns_compile() -> None:
    assert compile_pattern(r"\bmrn[ :]{0,3}\d{4,12}", ["mrn"]).search("mrn 0045821")
    assert compile_pattern(r"\d{3}-\d{2}-\d{4}", ["0-9"]).search("ssn 123-45-6789")


def test_refs_follow_regions_and_age() -> None:
    head = HEAD.replace('"core"', '"eu"').replace('["all"]', '["EU"]')
    ruleset = ruleset_of(GOOD, more={"eu/eu.toml": head})
    assert [ref.id for ref in ruleset.refs(AS_OF, ("US",))] == ["core"]
    assert [ref.id for ref in ruleset.refs(AS_OF, ("DE",))] == ["core", "eu"]
    assert not ruleset.refs(AS_OF, ("EU",))[0].is_stale
    assert ruleset.refs(AS_OF.replace(year=2028), ("EU",))[0].is_stale


def test_hash_changes_with_the_text_and_not_with_the_order_of_files() -> None:
    one = load_packs({"core/a.toml": HEAD, "core/b.toml": GOOD}).packs[0].sha256
    same = load_packs({"core/b.toml": GOOD, "core/a.toml": HEAD}).packs[0].sha256
    other = load_packs({"core/a.toml": HEAD + "\n# note", "core/b.toml": GOOD}).packs[0].sha256
    assert one == same != other


def test_shipped_patterns_are_quick_on_hostile_text(shipped: Ruleset) -> None:
    rules = [rule for rule in shipped.rules if rule.pattern is not None]
    assert rules
    seeds = ["1", "1-", "1 ", "a", "a ", "aa.", "a@", "+1 (", "mrn ", "12/", "1.1.", "dr. a", "patient "]
    for rule in rules:
        assert rule.pattern is not None
        for seed in [*seeds, *rule.spec.anchors]:
            text = (seed * MAX_SENTENCE)[:MAX_SENTENCE]
            started = time.perf_counter()
            sum(1 for _ in rule.pattern.finditer(text))
            assert time.perf_counter() - started < 0.1, (rule.spec.id, seed)
