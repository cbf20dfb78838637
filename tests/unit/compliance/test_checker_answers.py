"""What is made of findings: fixes, dismissals, reports, the checklist, disclaimers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from medvoice.compliance.checklist import items_for
from medvoice.compliance.disclaimer import OFFERED, sentence_for
from medvoice.compliance.engine import check
from medvoice.compliance.fix import apply
from medvoice.compliance.report import notes, show, summary, to_dict, to_text
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.compliance.sarif import to_sarif
from medvoice.compliance.waiver import apply_waivers, make_waiver
from medvoice.domain.errors import UserError
from medvoice.domain.finding import CheckResult, Document, Finding, Level, Product

from .conftest import read_shipped
from .small_packs import AS_OF, findings_of, rule_text, ruleset_of

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Piece:
    start: int
    end: int


@dataclass(frozen=True)
class Length:
    used: int = 10
    limit: int = 3000
    unit: str = "code points"
    parts: tuple[Piece, ...] = (Piece(0, 10),)


def fixed(fix: str, text: str, terms: str = '["safe"]', more: str = "", **context: object) -> str:
    """`text` after the first fix of its first finding."""
    keys = f'kind = "phrase"\na = {terms}\nfix = [{{ label = "Fix", {fix} }}]\n{more}'
    ruleset = ruleset_of(rule_text(keys))
    return apply(text, findings_of(ruleset, text, **context)[0].fixes[0])


@pytest.mark.parametrize(
    ("fix", "text", "expected"),
    [
        ('kind = "delete_span"', "It is safe today.", "It is today."),
        ('kind = "delete_span"', "It is safe.", "It is."),
        ('kind = "delete_span"', "Safe today.", "today."),
        ('kind = "delete_sentence"', "One. It is safe. Two.", "One. Two."),
        ('kind = "delete_sentence"', "It is safe. Two.", "Two."),
        ('kind = "delete_sentence"', "One. It is safe.", "One."),
        ('kind = "delete_sentence"', "One.\n\nIt is safe.\n\nTwo.", "One.\n\nTwo."),
        ('kind = "delete_tag"', "Day. #safe #work", "Day. #work"),
        ('kind = "replace", with = "this"', "It is safe.", "It is this."),
        ('kind = "replace", with = "this"', "Safe it is.", "This it is."),
        ('kind = "replace", with = "Please ask."', "One. It is safe. Two.", "One. Please ask. Two."),
        (
            'kind = "generalise", class = "product", with = "a medicine"',
            "Ozempic is safe.",
            "A medicine is safe.",
        ),
        (
            'kind = "generalise", class = "product", with = "a medicine"',
            "I say Ozempic is safe.",
            "I say a medicine is safe.",
        ),
        ('kind = "plain_text"', "It is 𝘀𝗮𝗳𝗲.", "It is safe."),
        ('kind = "plain_text"', "It is s\u200bafe.", "It is safe."),
        ('kind = "move_first"', "One. It is safe. Two.", "It is safe.\n\nOne. Two."),
    ],
)
def test_fixes(fix: str, text: str, expected: str) -> None:
    assert fixed(fix, text) == expected


def test_insert_disclaimer_on_x_and_in_a_thread() -> None:
    assert fixed('kind = "insert_disclaimer"', "It is safe.", channel="x") == "It is safe. Views mine."
    text = "It is safe. Two."
    assert fixed('kind = "insert_disclaimer"', text, channel="x", parts=((0, 11), (12, 16))) == (
        "It is safe. (views mine) Two."
    )


def test_move_first_is_not_offered_where_it_stands_first() -> None:
    keys = 'kind = "phrase"\na = ["safe"]\nfix = [{ label = "Fix", kind = "move_first" }]'
    assert findings_of(ruleset_of(rule_text(keys)), "It is safe.")[0].fixes == ()


def finding_of(level: Level = Level.WARN, quote: str = "safe") -> Finding:
    ruleset = ruleset_of(rule_text('kind = "phrase"\na = ["safe"]'))
    return replace(findings_of(ruleset, "safe")[0], level=level, quote=quote)


def test_dismissal_needs_a_reason_and_no_block() -> None:
    with pytest.raises(UserError, match="reason_too_short"):
        make_waiver(finding_of(), "  short  ", "Jordan", AT)
    with pytest.raises(UserError, match="cannot_dismiss_block"):
        make_waiver(finding_of(Level.BLOCK), "a good reason indeed", "Jordan", AT)
    waiver = make_waiver(finding_of(), " a good reason indeed ", "Jordan", AT)
    assert (waiver.rule, waiver.quote, waiver.reason) == ("GL-T-001", "safe", "a good reason indeed")


def test_dismissals_hold_for_the_same_words_and_go_stale_with_others() -> None:
    waiver = make_waiver(finding_of(), "a good reason indeed", "Jordan", AT)
    other, block = finding_of(quote="safer"), finding_of(Level.BLOCK)
    waived = apply_waivers([finding_of(), other], [waiver])
    assert (waived.open, waived.stale) == ((other,), ())
    assert [one for _, one in waived.dismissed] == [waiver]
    assert apply_waivers([other], [waiver]).stale == (waiver,)
    assert apply_waivers([block], [waiver]).open == (block,)


def test_dict_has_the_shape_of_the_command_line(shipped: Ruleset) -> None:
    document = Document("Zentorva is 𝘀𝗮𝗳𝗲 \ud800.", regions=("EU",))
    result = check(document, shipped, AS_OF)
    answer = json.loads(json.dumps(to_dict("d1", document, result, Length()), ensure_ascii=True))
    assert answer["id"] == "d1"
    assert answer["length"] == {"used": 10, "limit": 3000, "unit": "code points", "parts": [[0, 10]]}
    assert answer["blocked"] is result.is_blocked
    claim = next(one for one in answer["findings"] if one["category"] == "safety_claim")
    assert document.text[claim["span"][0] : claim["span"][1]] == claim["quote"]
    assert {
        "rule",
        "severity",
        "message",
        "why",
        "basis",
        "fixes",
        "regions",
        "confidence",
        "cue",
    } <= claim.keys()
    assert {"doc", "url", "dated"} <= claim["basis"][0].keys()
    assert {pack["id"] for pack in answer["packs"]} >= {"core", "eu"}


def test_text_never_calls_anything_cleared(shipped: Ruleset) -> None:
    document = Document("I like trains. Views are my own.", regions=("US", "EU", "UK"))
    result = check(document, shipped, AS_OF)
    text = to_text(document, result, Length())
    assert result.findings == ()
    assert "No rule matched (CORE" in text
    assert "Not a clearance by your company." in text
    assert "Draft rules, no legal review." in text
    assert "compliant" not in text.lower()


def test_text_shows_hidden_signs(shipped: Ruleset) -> None:
    document = Document("Zentorva is s\u200bafe.")
    text = to_text(document, check(document, shipped, AS_OF), Length())
    assert "s‹U+200B›afe" in text
    assert show("a\ud800\x1b") == "a‹U+D800›‹U+001B›"
    text.encode("utf-8")


def test_summary_counts_levels() -> None:
    result = CheckResult((finding_of(Level.BLOCK), finding_of(), finding_of()), ())
    assert summary(result) == "1 × Must fix, 2 × Check."
    assert notes(result) == ("No rules are in force, so nothing was checked.",)


def test_sarif_places_findings_by_line_and_column(shipped: Ruleset) -> None:
    document = Document("One line.\n\nZentorva is 𝘀𝗮𝗳𝗲 here.")
    result = check(document, shipped, AS_OF)
    sarif = json.loads(json.dumps(to_sarif(document, result)))
    assert sarif["version"] == "2.1.0"
    (run,) = sarif["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(result.findings)
    one = next(item for item in run["results"] if item["ruleId"] == "GL-CLAIM-002")
    region = one["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 13, 17)
    assert (region["charOffset"], region["charLength"]) == (23, 4)
    rules = run["tool"]["driver"]["rules"]
    assert rules[one["ruleIndex"]]["id"] == "GL-CLAIM-002"


def test_checklist_core_triggered_and_standing(checked: Callable[..., CheckResult]) -> None:
    checklist = read_shipped().checklist

    def codes(text: str, *, image: bool = False, dismissed: bool = False) -> dict[str, str]:
        document = Document(text)
        items = items_for(checked(text), document, image, dismissed, checklist=checklist)
        return {item.code: item.kind for item in items}

    plain = codes("I like trains.")
    assert {code for code, kind in plain.items() if kind == "core"} == {"C01", "C02", "C10", "C12", "C19"}
    assert not [code for code, kind in plain.items() if kind == "triggered"]
    assert {"C07", "C08", "C09"} <= codes("48% of 120 patients.").keys()
    assert {"C05", "C06", "C21"} <= codes("A talk on psoriasis.").keys()
    assert {"C13", "C14"} <= codes("I like trains.", image=True).keys()
    assert "C18" in codes("Hello @jordan")
    assert "C26" in codes("I like trains.", dismissed=True)
    assert list(plain.values()) == sorted(plain.values(), key=["core", "triggered", "standing"].index)


@pytest.mark.parametrize(
    ("channel", "employer", "role", "short", "sentence"),
    [
        ("linkedin", "", "", True, "Views are my own."),
        ("linkedin", "Novartis", "", True, "I work at Novartis; views my own."),
        ("linkedin", "", "", False, "These are my personal views and not those of my employer."),
        (
            "linkedin",
            "Roche",
            "Medical Affairs",
            False,
            "I work in Medical Affairs at Roche. These are my personal views and not those of my employer.",
        ),
        ("x", "", "", True, "Views mine."),
        ("x", "Novartis", "", True, "Views mine. I work at Novartis."),
    ],
)
def test_offered_sentences_are_recognised(
    checked: Callable[..., CheckResult], channel: str, employer: str, role: str, short: bool, sentence: str
) -> None:
    offered = sentence_for(channel, employer, role, ("US", "EU"), short)
    assert offered == sentence
    result = checked(f"{offered} I like trains.", channel=channel, employer=employer)
    categories = {finding.category for finding in result.findings}
    assert not categories & {"missing_personal_view_disclaimer", "missing_employer_disclosure"}


def test_negated_sentence_is_none(checked: Callable[..., CheckResult]) -> None:
    found = {finding.category for finding in checked("I like trains. Views are not my own.").findings}
    assert "missing_personal_view_disclaimer" in found


def test_sentences_without_rules_are_those_of_the_pack() -> None:
    shipped = {one.id: one for one in read_shipped().sentences}
    assert [shipped.get(one.id) for one in OFFERED] == list(OFFERED)


def test_a_sentence_in_the_language_of_the_post() -> None:
    offered = read_shipped().sentences
    assert sentence_for("linkedin", "Exampharm", "", ("DE",), False, offered, "de").startswith(
        "Ich arbeite bei"
    )
    assert sentence_for("linkedin", "", "", ("EU",), False, offered, "nl") == OFFERED[1].text
    assert sentence_for("linkedin", "", "", ("EU",), False, ()) == ""


def test_the_fix_puts_the_pack_s_own_sentence() -> None:
    ruleset = compile_ruleset(read_shipped().packs)
    text = "Semaglutide made me think about trials again."
    fixes = [fix for one in check(Document(text, channel="x"), ruleset, AS_OF).findings for fix in one.fixes]
    assert any(fix.replacement.strip() == OFFERED[2].text for fix in fixes)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Did you know Zentorva has no side effects?", Level.BLOCK),
        ("Does Zentorva have no side effects?", Level.WARN),
        ("Does anything have no side effects?", Level.ADVISE),
    ],
)
def test_a_question_lowers_a_denial_and_a_rhetorical_one_does_not(
    checked: Callable[..., CheckResult], text: str, level: Level
) -> None:
    result = checked(text, products=(Product("Zentorva"),))
    assert [one.level for one in result.findings if one.rule == "GL-CLAIM-003"] == [level]
