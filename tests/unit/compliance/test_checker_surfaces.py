"""Every surface is read; regions stand side by side."""

from dataclasses import replace

from medvoice.compliance.by_region import compare, to_lines, to_plain
from medvoice.compliance.engine import check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.report import LEVEL_WORDS
from medvoice.compliance.surfaces import Attachment, check_attached
from medvoice.domain.finding import Document, Level, Product

from .conftest import compile_shipped
from .small_packs import AS_OF, HEAD, findings_of, rule_text, ruleset_of

POST = Document(
    "Places available at the Basel symposium on uterine fibroids. Views are my own.", regions=("EU",)
)
TOGETHER = """
kind = "near"
a = ["marvel"]
b = ["gadget"]
scope = "post"
"""


def test_an_attachment_is_read_as_a_surface_of_its_own() -> None:
    alt = Attachment("alt_text", "A banner that says Zentorva is completely safe")
    ruleset = compile_shipped()
    document = Document(POST.text, products=(Product("Zentorva"),))
    result, (attached,) = check_attached(document, [alt], ruleset, AS_OF)
    assert not result.is_blocked
    claim = next(one for one in attached.findings if one.category == "safety_claim")
    assert alt.text[claim.start : claim.end] == claim.quote
    assert not [one for one in attached.findings if one.category == "missing_personal_view_disclaimer"]


def test_what_only_shows_together_is_found_where_its_words_stand() -> None:
    ruleset = compile_shipped()
    names = [
        Attachment("first_comment", "Here is the paper on ulipristal acetate."),
        Attachment("alt_text", "A hall."),
    ]
    result, (comment, hall) = check_attached(POST, names, ruleset, AS_OF)
    found = [one for one in (*result.findings, *comment.findings) if one.rule == "EU-PROMO-002"]
    assert len(found) == 1
    assert hall.findings == ()
    assert "EU-PROMO-002" not in {one.rule for one in check(POST, ruleset, AS_OF).findings}


def test_fixes_of_a_finding_stay_in_its_own_text() -> None:
    ruleset = ruleset_of(rule_text(TOGETHER + 'fix = [{ kind = "delete_sentence", label = "Take out" }]\n'))
    document = Document("No wonders here.")
    result, (alt,) = check_attached(
        document, [Attachment("alt_text", "A marvel and a gadget.")], ruleset, AS_OF
    )
    assert result.findings == ()
    (finding,) = alt.findings
    assert (finding.start, finding.end) == (2, 8)
    result, (alt,) = check_attached(
        Document("A gadget."), [Attachment("document", "Good day. It is a marvel.")], ruleset, AS_OF
    )
    (finding,) = alt.findings
    (fix,) = finding.fixes
    assert 0 <= fix.start <= fix.end <= len("Good day. It is a marvel.")


def test_without_attachments_nothing_is_added() -> None:
    result, attached = check_attached(POST, [], compile_shipped(), AS_OF)
    assert (result, attached) == (check(POST, compile_shipped(), AS_OF), ())


def test_before_a_reaction_the_other_s_text_decides() -> None:
    ruleset = compile_shipped()

    def level(text: str, surface: str = "reaction") -> list[Level]:
        found = findings_of(ruleset, text, surface=surface)
        assert not [
            one
            for one in found
            if one.category == "missing_personal_view_disclaimer" and surface == "reaction"
        ]
        return [one.level for one in found if one.rule == "GL-ENG-001-B"]

    assert level("Celebrating ulipristal acetate today!") == [Level.BLOCK]
    assert level("A good day for people with psoriasis.") == [Level.WARN]
    assert level("Our choir sings on Friday.") == []
    assert level("Celebrating ulipristal acetate today!", "post") == []


def test_regions_side_by_side_say_what_each_says_alone() -> None:
    text = "A symposium on Zentorva in obesity. Views are my own; I work at Exampharm."
    document = Document(text, products=(Product("Zentorva"),))
    view = compare(document, compile_shipped(), AS_OF, ("US", "EU", "UK", "JP"))
    for region, strictest in view.outcomes:
        alone = check(replace(document, regions=(region,)), compile_shipped(), AS_OF)
        assert alone.is_blocked is (strictest is Level.BLOCK)
        told = {row.rule for row in view.rows if dict(row.levels)[region] is not None}
        assert told == {one.rule for one in alone.findings}
    (row,) = [row for row in view.rows if row.rule == "EU-PROMO-003"]
    assert row.is_split
    assert dict(row.levels)["US"] is Level.ADVISE
    assert dict(row.levels)["JP"] is Level.WARN
    lines = "\n".join(to_lines(view, LEVEL_WORDS))
    assert "Check in JP; Suggestion in US." in lines
    assert "Because:" in lines
    assert to_plain(view)[0]["levels"]


def test_regions_that_agree_say_so() -> None:
    view = compare(Document("I like trains. Views are my own."), compile_shipped(), AS_OF, ("US", "UK"))
    assert view.rows == ()
    assert to_lines(view, LEVEL_WORDS) == [
        "US: nothing matched  UK: nothing matched",
        "The regions do not differ on this text.",
    ]


def test_an_always_rule_speaks_of_certain_surfaces() -> None:
    loaded = load_packs({"core/core.toml": HEAD + rule_text('kind = "always"\n')})
    (problem,) = loaded.problems
    assert "speaks of certain surfaces" in str(problem.params["reason"])
