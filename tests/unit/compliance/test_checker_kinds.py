"""Every kind of rule, in the smallest packs that show what it does."""

import pytest

from medvoice.domain.finding import Product

from .small_packs import findings_of, quotes, rule_text, ruleset_of

CLASSES = """
[class.medicine_word]
terms = ["pill{,s}", "drug"]
[class.disease]
terms = ["psoriasis", "heart failure"]
[class.age]
terms = ["<num> year old"]
[class.sex]
terms = ["woman", "man"]
[class.town]
terms = ["Bern", "Lyon"]
[class.patient]
terms = ["patient"]
"""


def test_phrase_reports_every_hit_and_keeps_the_longest() -> None:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["safe", "completely safe"]'))
    assert quotes(ruleset, "Safe, completely safe and SAFE") == ["Safe", "completely safe", "SAFE"]


def test_except_beats_terms() -> None:
    ruleset = ruleset_of(
        rule_text('kind = "phrase"\na = ["safe"]\nexcept = ["safe harbo{,u}r", "travel home safe"]')
    )
    assert quotes(ruleset, "Safe harbour, travel home safe, safe.") == ["safe"]


def test_once_reports_the_first() -> None:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["safe"]\nonce = true'))
    assert [finding.start for finding in findings_of(ruleset, "safe safe. safe")] == [0]


def test_numbers_and_any_word_in_terms() -> None:
    ruleset = ruleset_of(
        rule_text('kind = "phrase"\na = ["lost <num> pounds", "nothing <any> comes close", "<num> %"]')
    )
    assert quotes(ruleset, "I lost 66 pounds") == ["lost 66 pounds"]
    assert quotes(ruleset, "nothing else comes close") == ["nothing else comes close"]
    assert quotes(ruleset, "nothing comes close") == []
    assert quotes(ruleset, "48.5% of them") == ["48.5%"]


def test_near_scopes() -> None:
    def rule(keys: str) -> str:
        return rule_text('kind = "near"\na = ["works"]\nb = ["@drug"]\n' + keys)

    sentence, adjacent, post = (
        ruleset_of(rule(f'scope = "{scope}"')) for scope in ("sentence", "adjacent", "post")
    )
    same, next_one, far = "Ozempic works.", "Ozempic. It works.", "Ozempic. I read. I wrote. It works."
    assert [bool(quotes(sentence, text)) for text in (same, next_one, far)] == [True, False, False]
    assert [bool(quotes(adjacent, text)) for text in (same, next_one, far)] == [True, True, False]
    assert [bool(quotes(post, text)) for text in (same, next_one, far)] == [True, True, True]


def test_near_within_words_and_order() -> None:
    keys = 'kind = "near"\na = ["new"]\nb = ["@drug"]\nwithin = 2\norder = "ab"'
    ruleset = ruleset_of(rule_text(keys))
    assert quotes(ruleset, "The new pen Ozempic") == ["new"]
    assert quotes(ruleset, "The new and shiny pen Ozempic") == []
    assert quotes(ruleset, "Ozempic new") == []


def test_near_with_c_and_absent() -> None:
    keys = (
        'kind = "near"\na = ["hives"]\nb = ["@drug"]\nc = ["my aunt"]\nscope = "post"\nabsent = ["the trial"]'
    )
    ruleset = ruleset_of(rule_text(keys))
    assert quotes(ruleset, "My aunt took Ozempic. Then hives.") == ["hives"]
    assert quotes(ruleset, "She took Ozempic. Then hives.") == []
    assert quotes(ruleset, "My aunt took Ozempic. Hives were common in the trial.") == []


def test_absent_may_downgrade() -> None:
    ruleset = ruleset_of(
        rule_text('kind = "phrase"\na = ["safe"]\nabsent = ["label"]\nabsent_effect = "downgrade"')
    )
    assert findings_of(ruleset, "safe by its label")[0].level == "advise"
    assert findings_of(ruleset, "safe")[0].level == "warn"


def test_score_counts_different_classes() -> None:
    keys = """kind = "score"
a = ["@sex"]
of = ["@age", "@sex", "@town", "@disease"]
at_least = 3
scope = "adjacent"
severity = [{ level = "warn", if = "three_identifiers" }, { level = "block", if = "four_identifiers" }]
"""
    ruleset = ruleset_of(CLASSES, rule_text(keys))
    assert quotes(ruleset, "A woman from Bern.") == []
    assert [f.level for f in findings_of(ruleset, "A 45-year-old woman from Bern.")] == ["warn"]
    assert [f.level for f in findings_of(ruleset, "A 45-year-old woman from Bern. Psoriasis.")] == ["block"]


def test_pattern_needs_its_anchor_and_may_narrow_the_span() -> None:
    keys = r"""kind = "pattern"
pattern = '(?:mrn|nhs)[ :]{1,3}(?P<hit>\d{4,10})'
anchor = ["mrn", "nhs"]
"""
    ruleset = ruleset_of(rule_text(keys))
    assert quotes(ruleset, "MRN: 0045821 and NHS 12345") == ["0045821", "12345"]
    assert quotes(ruleset, "NCT 0045821") == []


def test_pattern_with_class_anchor() -> None:
    keys = 'kind = "pattern"\npattern = \'ward \\d\'\nanchor = "@patient"\n'
    ruleset = ruleset_of(CLASSES, rule_text(keys))
    assert quotes(ruleset, "Patient on ward 4") == ["ward 4"]
    assert quotes(ruleset, "Visitors on ward 4") == []


@pytest.mark.parametrize(
    ("what", "text", "quote"),
    [
        ("hashtag", "#a #bb #ccc", "#ccc"),
        ("mention", "@aa @bb @cc", "@cc"),
        ("exclamation", "Oh! Oh! Oh!", "!"),
        ("emoji", "🎉 🎉 ✅", "✅"),
        ("caps_word", "THIS IS VERY LOUD HERE", "LOUD"),
        ("url", "https://a.org https://b.org https://c.org", "https://c.org"),
    ],
)
def test_count(what: str, text: str, quote: str) -> None:
    maximum = 1 if what == "caps_word" else 2
    keys = f'kind = "count"\nwhat = "{what}"\nmax = {maximum + (what == "caps_word")}'
    found = quotes(ruleset_of(rule_text(keys)), text)
    assert found == ([quote] if what != "caps_word" else ["LOUD"])


def test_count_too_few() -> None:
    ruleset = ruleset_of(rule_text('kind = "count"\nwhat = "hashtag"\nmin = 1'))
    assert quotes(ruleset, "No tag.") == ["No tag."]
    assert quotes(ruleset, "A #tag") == []


def test_measure() -> None:
    long = ruleset_of(rule_text('kind = "measure"\nwhat = "sentence_words"\nmax = 4'))
    assert quotes(long, "One two three. One two three four five.") == ["One two three four five."]
    loud = ruleset_of(rule_text('kind = "measure"\nwhat = "caps_percent"\nmax = 50'))
    assert quotes(loud, "LOUD TEXT") == ["LOUD TEXT"]
    assert quotes(loud, "Calm text") == []
    hard = ruleset_of(rule_text('kind = "measure"\nwhat = "reading_ease"\nmin = 30'))
    assert (
        quotes(hard, "Immunohistochemical heterogeneity necessitates multidisciplinary reevaluation.") != []
    )
    assert quotes(hard, "The cat sat on the mat.") == []
    size = ruleset_of(rule_text('kind = "measure"\nwhat = "characters"\nmax = 3'))
    assert quotes(size, "abcd") == ["abcd"]


def test_hygiene_joins_neighbours_and_takes_the_level_of_what_it_reveals() -> None:
    keys = """kind = "hygiene"
signs = ["zero_width", "styled", "mixed_script"]
severity = [{ level = "inherit", from = "revealed" }, { level = "advise", if = "otherwise" }]
"""
    claim = rule_text('kind = "phrase"\na = ["safe"]\nseverity = [{ level = "block" }]', "GL-T-CLAIM")
    ruleset = ruleset_of(claim, rule_text(keys, category="obfuscation"))
    (hello,) = findings_of(ruleset, "𝗵𝗲𝗹𝗹𝗼 𝘄𝗼𝗿𝗹𝗱")
    assert (hello.rule, hello.level, hello.quote) == ("GL-T-001", "advise", "𝗵𝗲𝗹𝗹𝗼 𝘄𝗼𝗿𝗹𝗱")
    found = findings_of(ruleset, "It is 𝘀𝗮𝗳𝗲.")
    assert {(f.rule, f.level) for f in found} == {("GL-T-CLAIM", "block"), ("GL-T-001", "block")}
    assert quotes(ruleset, "TNF-α, Jörg, 👩‍🔬, Привет") == []


def test_language_reports_runs_of_foreign_sentences() -> None:
    keys = 'kind = "language"\ncovered = ["en"]\npartial = ["de", "fr"]'
    ruleset = ruleset_of(rule_text(keys, category="unsupported_language"))
    spanish = "Los resultados del ensayo son muy buenos para todos. Gracias a todos por el trabajo de hoy."
    assert quotes(ruleset, "I work here and I like it. " + spanish) == [spanish]
    assert quotes(ruleset, "Die Studie ist gut und die Daten sind da.") == []
    assert quotes(ruleset, "Jordan Sample, Basel, #ESMO26") == []


def test_missing_looks_at_the_post_or_at_each_part() -> None:
    ruleset = ruleset_of(rule_text('kind = "missing"\na = ["views my own"]'))
    assert quotes(ruleset, "I read.") == ["I read."]
    assert quotes(ruleset, "I read. Views my own.") == []
    per_part = ruleset_of(rule_text('kind = "missing"\na = ["views mine"]\nper_part = true'))
    text = "One. Views mine.\nTwo."
    assert quotes(per_part, text, parts=((0, 16), (17, 21))) == ["Two."]


def test_missing_with_cause_is_placed_there() -> None:
    ruleset = ruleset_of(CLASSES, rule_text('kind = "missing"\na = ["i work at"]\nb = ["@disease"]'))
    assert quotes(ruleset, "I read about psoriasis.") == ["psoriasis"]
    assert quotes(ruleset, "I read about trains.") == []


def test_missing_may_stand_in_the_profile() -> None:
    keys = 'kind = "missing"\na = ["views my own"]\nprofile_counts = true'
    ruleset = ruleset_of(CLASSES, rule_text(keys))
    assert quotes(ruleset, "I read.", profile_carries_disclaimer=True) == []
    assert quotes(ruleset, "I read of psoriasis.", profile_carries_disclaimer=True) != []


def test_mention_and_its_allow_list() -> None:
    ruleset = ruleset_of(rule_text('kind = "mention"\nallow = ["@ESMO"]'))
    assert quotes(ruleset, "Hello @esmo and @jordan") == ["@jordan"]


def test_fold_counts_from_the_start_of_the_post() -> None:
    ruleset = ruleset_of(rule_text('kind = "fold"\na = ["views my own"]'))
    late = "A long line of words. " * 12 + "Views my own."
    assert quotes(ruleset, late) == ["Views my own"]
    assert quotes(ruleset, "Views my own. " + late) == []
    assert quotes(ruleset, late, channel="x") == []


def test_hashtag_with_terms_and_with_what_it_reveals() -> None:
    claim = rule_text('kind = "phrase"\na = ["no side effects"]', "GL-T-CLAIM")
    tag = rule_text(
        'kind = "hashtag"\na = ["@product"]\nreveals = ["safety_claim"]', category="hashtag_claim"
    )
    ruleset = ruleset_of(claim, tag, lexicon={"words.txt": "journey side effects"})
    assert quotes(ruleset, "Day. #NoSideEffects") == ["#NoSideEffects", "NoSideEffects"]
    assert quotes(ruleset, "Day. #ozempicjourney") == ["#ozempicjourney"]
    assert quotes(ruleset, "Day. #obesitycare Ozempic") == []


def test_tags_only_and_plain_only() -> None:
    only = ruleset_of(rule_text('kind = "phrase"\na = ["cure"]\ntags = "only"'))
    assert quotes(only, "A cure. #cure") == ["#cure"]
    plain = ruleset_of(rule_text('kind = "phrase"\na = ["cure"]\ntags = "no"'))
    assert [f.start for f in findings_of(plain, "A cure. #cure")] == [2]


def test_echo_needs_another_finding() -> None:
    claim = rule_text('kind = "phrase"\na = ["safe"]\nseverity = [{ level = "block" }]', "GL-T-CLAIM")
    echo = rule_text('kind = "echo"\na = ["views my own"]\nreveals = ["block"]')
    ruleset = ruleset_of(claim, echo)
    assert [f.rule for f in findings_of(ruleset, "Views my own: safe.")] == ["GL-T-CLAIM", "GL-T-001"]
    assert quotes(ruleset, "Views my own: fine.") == []


def test_yields_to_an_overlapping_finding() -> None:
    claim = rule_text('kind = "phrase"\na = ["completely safe"]', "GL-T-CLAIM")
    weaker = rule_text('kind = "phrase"\na = ["safe"]\nyields_to = ["GL-T-CLAIM"]')
    found = findings_of(ruleset_of(claim, weaker), "completely safe. safe")
    assert [(f.rule, f.quote) for f in found] == [("GL-T-CLAIM", "completely safe"), ("GL-T-001", "safe")]


def test_when_limits_channel_surface_and_image() -> None:
    keys = (
        'kind = "phrase"\na = ["safe"]\nwhen = { channels = ["x"], surfaces = ["reply"], has_image = true }'
    )
    ruleset = ruleset_of(rule_text(keys))
    assert quotes(ruleset, "safe", channel="x", surface="reply", image_count=1) == ["safe"]
    assert quotes(ruleset, "safe", channel="x", surface="reply") == []
    assert quotes(ruleset, "safe", channel="linkedin", surface="reply", image_count=1) == []


def test_sentence_in_another_language_is_not_read_by_the_rule() -> None:
    german = "Das ist ein safe Ort und die Leute sind nicht da."
    assert quotes(ruleset_of(rule_text('kind = "phrase"\na = ["safe"]')), german) == []
    assert quotes(ruleset_of(rule_text('kind = "phrase"\na = ["safe"]\nlanguages = ["*"]')), german) == [
        "safe"
    ]


def test_own_words_of_a_person() -> None:
    rules = "".join(
        rule_text(f'kind = "phrase"\na = ["@{name}"]', f"GL-T-{name}")
        for name in ("own_product", "competitor_product", "own_company", "rival_company", "confidential_word")
    )
    ruleset = ruleset_of(rules)
    found = findings_of(
        ruleset,
        "Zentorva, ZX 77, Orvastins, Novartis, Otherpharm, Project Falcon and semaglutide",
        products=(
            Product("Zentorva", aliases=("ZX-77",)),
            Product("Orvastin", "competitor"),
            Product("Ozempic"),
        ),
        employer="Novartis AG",
        competitors=("Otherpharm Ltd",),
        confidential_words=("Project Falcon",),
    )
    assert [(f.rule[5:], f.quote) for f in found] == [
        ("own_product", "Zentorva"),
        ("own_product", "ZX 77"),
        ("competitor_product", "Orvastins"),
        ("own_company", "Novartis"),
        ("rival_company", "Otherpharm"),
        ("confidential_word", "Project Falcon"),
        ("own_product", "semaglutide"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ozempic and semaglutide", ["Ozempic", "semaglutide"]),
        ("ozempic #OzempicJourney", ["ozempic", "Ozempic"]),
        ("the new newabtinib", ["newabtinib"]),
        ("ZX-1123 and ABC12345", ["ZX-1123", "ABC12345"]),
        ("NCT00458213, ISO 9001, ASCO2026, zx-1123, COVID-19, ESMO26", []),
        ("My friend Ella came by", []),
        ("ella (ulipristal acetate)", ["ella", "ulipristal"]),
        ("ella® is here", ["ella"]),
        ("algenib is a star", []),
    ],
)
def test_products(text: str, found: list[str]) -> None:
    lexicon = {"words.txt": "journey"}
    drugs = {"drugs.txt": "ozempic\tsemaglutide\nsemaglutide\n!ella\tulipristal\nulipristal\n"}
    ruleset = ruleset_of(
        rule_text('kind = "phrase"\na = ["@product"]\nlanguages = ["*"]'), lexicon=lexicon | drugs
    )
    assert quotes(ruleset, text) == found


def test_product_in_a_link() -> None:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["@url_product"]'))
    assert quotes(ruleset, "see https://www.ozempic.com/start now") == ["https://www.ozempic.com/start"]
    assert quotes(ruleset, "see https://www.who.int/ozone") == []


def test_link_hosts_are_terms() -> None:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["bit.ly", "nice.org.uk"]'))
    assert quotes(ruleset, "https://bit.ly/x, www.nice.org.uk/guidance, https://example.org") == [
        "https://bit.ly/x",
        "www.nice.org.uk/guidance",
    ]
