"""The whole check: deterministic, the same with and without a cache, never surprised by a text."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medvoice.compliance.engine import MAX_CODE_POINTS, MAX_PER_RULE, SentenceCache, check
from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import LEVEL_ORDER, CheckResult, Document, Level, Product

from .conftest import compile_shipped
from .small_packs import AS_OF, findings_of, quotes, rule_text, ruleset_of

PIECES = st.sampled_from(
    [
        "Zentorva is completely safe. ",
        "My aunt took Ozempic and got hives. ",
        "We at Novartis are proud to announce it. ",
        "No doubt it cures. ",
        "#NoSideEffects ",
        "𝘀𝗮𝗳𝗲 ",
        "s\u200bafe ",
        "\n\n",
        "48% versus 31%? ",
        "@drx told me she prescribes it. ",
        "“cure” hardly ",
        "👩‍🔬 ",
        "\ud800",
        "\x00",
        "Views are my own. ",
        "Kеytruda ",
        "\u202eefas\u202c ",
        "MRN 0045821 ",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join)


def fits(text: str, result: CheckResult) -> bool:
    """Every span lies inside the text and quotes it, and so does every fix."""
    for finding in result.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.quote == text[finding.start : finding.end]
        assert all(0 <= fix.start <= fix.end <= len(text) for fix in finding.fixes)
    return True


@given(TEXTS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
def test_any_text_is_read_the_same_twice_and_spans_fit(text: str) -> None:
    ruleset = compile_shipped()
    document = Document(text, products=(Product("Zentorva"),), employer="Novartis")
    result = check(document, ruleset, AS_OF)
    assert fits(text, result)
    assert check(document, ruleset, AS_OF, SentenceCache()) == result


@given(st.lists(TEXTS, min_size=2, max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_cache_changes_nothing(texts: list[str]) -> None:
    ruleset, cache = compile_shipped(), SentenceCache()
    for text in [*texts, *texts[::-1]]:
        for products in ((), (Product("Zentorva"),)):
            document = Document(text, products=products)
            assert check(document, ruleset, AS_OF, cache) == check(document, ruleset, AS_OF)


def test_cache_follows_the_person_and_the_rules() -> None:
    cache = SentenceCache()
    one = ruleset_of(rule_text('kind = "phrase"\na = ["@own_product"]'))
    other = ruleset_of(rule_text('kind = "phrase"\na = ["safe"]'))
    document = Document("Zentorva is safe", products=(Product("Zentorva"),))
    assert [f.quote for f in check(document, one, AS_OF, cache).findings] == ["Zentorva"]
    assert check(Document("Zentorva is safe"), one, AS_OF, cache).findings == ()
    assert [f.quote for f in check(document, other, AS_OF, cache).findings] == ["safe"]


def test_findings_are_sorted_by_level_and_place() -> None:
    ruleset = ruleset_of(
        rule_text('kind = "phrase"\na = ["warn"]', "GL-T-W"),
        rule_text('kind = "phrase"\na = ["block"]\nseverity = [{ level = "block" }]', "GL-T-B"),
    )
    found = findings_of(ruleset, "warn block warn block")
    assert [(f.quote, f.start) for f in found] == [("block", 5), ("block", 16), ("warn", 0), ("warn", 11)]


def test_rules_of_a_pack_are_in_force_for_its_regions_only() -> None:
    head = """
[pack]
id = "uk"
version = "1"
title = "UK"
effective = 2026-01-01
review_by = 2027-01-01
regions = ["UK"]
"""
    ruleset = ruleset_of(more={"uk/uk.toml": head + rule_text('kind = "phrase"\na = ["safe"]')})
    assert quotes(ruleset, "safe", regions=("UK",)) == ["safe"]
    assert quotes(ruleset, "safe", regions=("US",)) == []


def level_in(ruleset: Ruleset, text: str, *regions: str, **context: object) -> tuple[str, tuple[str, ...]]:
    (finding,) = findings_of(ruleset, text, regions=regions, **context)
    return str(finding.level), finding.regions


def test_severity_over_regions_and_conditions() -> None:
    keys = """kind = "phrase"
a = ["launch"]
severity = [
  { level = "block", regions = ["EU", "UK"] },
  { level = "block", regions = ["US"], if = "own_product", lift = "reviewer" },
  { level = "warn", regions = ["US"], if = "otherwise" },
  { level = "advise", regions = "all", if = "withdrawn_or_historical" },
]
"""
    ruleset = ruleset_of('[class.historical]\nterms = ["withdrawn"]\n', rule_text(keys))
    own = (Product("Zentorva"),)
    assert level_in(ruleset, "launch", "US") == ("warn", ("US",))
    assert level_in(ruleset, "launch of Zentorva", "US", products=own) == ("block", ("US",))
    assert level_in(ruleset, "launch", "US", "EU", "UK") == ("block", ("EU", "UK"))
    assert level_in(ruleset, "launch, later withdrawn", "US", "EU") == ("advise", ("US", "EU"))
    assert findings_of(ruleset, "launch", regions=("JP",)) == ()
    (finding,) = findings_of(ruleset, "launch of Zentorva", regions=("US",), products=own)
    assert finding.lift == "reviewer"


def test_inherited_level_is_that_of_the_other_rule() -> None:
    parent = rule_text(
        'kind = "phrase"\na = ["@product"]\ntags = "no"\nseverity = [{ level = "block", regions = ["EU"] },'
        ' { level = "advise", regions = ["US"] }]',
        "GL-T-P",
    )
    tag = rule_text(
        'kind = "hashtag"\na = ["@product"]\nseverity = [{ level = "inherit", from = "GL-T-P" }]', "GL-T-TAG"
    )
    ruleset = ruleset_of(parent, tag)
    assert level_in(ruleset, "#ozempic", "US") == ("advise", ("US",))
    assert level_in(ruleset, "#ozempic", "EU", "US") == ("block", ("EU",))


def test_product_in_the_next_sentence_or_a_far_hashtag_counts_as_with_product() -> None:
    severity = 'severity = [{ level = "block", if = "with_product" }, { level = "warn" }]'
    keys = f'kind = "phrase"\na = ["cures"]\n{severity}'
    ruleset = ruleset_of(rule_text(keys))
    assert level_in(ruleset, "Ozempic. It cures.", "EU")[0] == "block"
    assert level_in(ruleset, "It cures. One. Two. #ozempic", "EU")[0] == "block"
    assert level_in(ruleset, "It cures. One. Two. Ozempic", "EU")[0] == "warn"


@pytest.mark.parametrize(
    ("text", "products", "expected"),
    [
        ("semaglutide", (), "advise"),
        ("Ozempic", (), "block"),
        ("semaglutide", (Product("Ozempic"),), "block"),
        ("adalimumab", (Product("Ozempic"),), "advise"),
        ("newabtinib", (), "advise"),
        ("ZX-1123", (), "block"),
    ],
)
def test_unrelated_generic(text: str, products: tuple[Product, ...], expected: str) -> None:
    keys = (
        'kind = "phrase"\na = ["@product"]\n'
        'severity = [{ level = "block" }, { level = "advise", if = "unrelated_generic" }]'
    )
    assert (
        level_in(ruleset_of(rule_text(keys)), f"About {text} today", "EU", products=products)[0] == expected
    )


def test_unread_says_what_was_not_read(shipped: Ruleset) -> None:
    text = "See https://example.org. Los resultados del ensayo son muy buenos para todos."
    result = check(Document(text, regions=("DE", "JP"), image_count=2), shipped, AS_OF)
    assert result.unread == (
        "2 images not read.",
        "1 linked page not read.",
        "1 sentence in a language no rule reads (Spanish).",
        *(
            words
            for pack, words in (
                ("de", "Germany: read with the EU rules; a pack of its own does not exist yet."),
                ("jp", "Japan: read with the core rules only; a pack of its own does not exist yet."),
            )
            if pack not in {one.id for one in shipped.packs}
        ),
    )
    # The UK pack has rules that name the EU in their levels.
    assert [ref.id for ref in result.packs if ref.id not in ("de", "jp")] == ["core", "eu", "uk"]


def test_a_rule_holds_where_its_levels_name_the_region(shipped: Ruleset) -> None:
    text = "Semaglutide news. Prescribing information is in the first comment."
    found = {
        region: [one.level for one in check(Document(text, regions=(region,)), shipped, AS_OF).findings
                 if one.rule == "UK-PROMO-009"]
        for region in ("UK", "EU", "US")
    }  # fmt: skip
    assert found == {"UK": [Level.BLOCK], "EU": [Level.WARN], "US": []}


def test_atoms_name_the_evidence(shipped: Ruleset) -> None:
    text = "Ozempic in psoriasis: 48% of 120. Hello @jordan, see you at the ESMO congress."
    result = check(Document(text, image_count=1), shipped, AS_OF)
    assert result.atoms >= {"product", "disease", "statistic", "number", "mention", "image", "congress"}
    assert "product" not in check(Document("I like trains."), shipped, AS_OF).atoms


def test_empty_and_blank_texts_are_fine(shipped: Ruleset) -> None:
    for text in ("", " ", "\n\n\t", "\u200b"):
        result = check(Document(text), shipped, AS_OF)
        assert fits(text, result)
        assert not result.is_blocked


def test_too_long_text_is_one_finding_and_blocks(shipped: Ruleset) -> None:
    text = "Zentorva is safe. " * (MAX_CODE_POINTS // 18 + 1)
    result = check(Document(text), shipped, AS_OF)
    (finding,) = result.findings
    assert finding.level is Level.BLOCK
    assert "100,000" in finding.message
    assert result.unread == ("The text is too long; nothing in it was read.",)
    assert not check(Document("x" * MAX_CODE_POINTS), shipped, AS_OF).is_blocked


HOSTILE = {
    "combining": "a" + "\u0301" * 10_000,
    "surrogates": "safe \ud83d\ud800" * 2_000,
    "nul": "safe\x00" * 10_000,
    "rtl": "שלום \u202eefas\u202c " * 4_000,
    "hebrew": "זה לא בטוח " * 5_000,
    "no spaces": "x" * 99_999,
    "digits": "1." * 40_000,
    "spaced": "s a f e " * 10_000,
    "mails": "a@a." * 20_000,
    "hosts": ("a" * 60 + ".") * 1_500,
    "tags": "#SafeNoSideEffects" * 5_000,
    "quotes": '"safe" ' * 12_000,
    "codes": "ABC-1234 " * 10_000,
    "drugs": "keytruda " * 10_000,
    "brackets": "(" * 90_000,
    "lines": "\nA" * 40_000,
    "mixed script": "".join(chr(0x430 + i % 30) + chr(97 + i % 26) for i in range(20_000)),
    "leet": "s4f3 " * 15_000,
    "zero width": "s\u200ba\u200bf\u200be " * 8_000,
    "patients": "My patient, 45, a woman from Bern. " * 2_500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_answered_in_time(shipped: Ruleset, name: str) -> None:
    text = HOSTILE[name]
    started = time.perf_counter()
    result = check(Document(text, products=(Product("Zentorva"),)), shipped, AS_OF)
    assert time.perf_counter() - started < 5
    assert fits(text, result)


def test_no_rule_says_more_than_it_may() -> None:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["safe"]'))
    assert len(findings_of(ruleset, "safe. " * 500)) == MAX_PER_RULE


def test_date_only_makes_packs_stale(shipped: Ruleset) -> None:
    document = Document("Zentorva is safe.")
    now, later = (check(document, shipped, day) for day in (AS_OF, date(2040, 1, 1)))
    assert now.findings == later.findings
    assert not any(ref.is_stale for ref in now.packs)
    assert all(ref.is_stale for ref in later.packs)


def test_levels_of_shipped_findings_are_sorted(shipped: Ruleset) -> None:
    text = "Keytruda cures psoriasis. #NoSideEffects Ask your doctor about it. My aunt took it and got hives."
    order = [LEVEL_ORDER[finding.level] for finding in check(Document(text), shipped, AS_OF).findings]
    assert len(order) > 4
    assert order == sorted(order)
