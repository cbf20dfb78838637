"""Small packs written in the tests."""

from datetime import date

from medvoice.compliance.engine import check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import Document, Finding

AS_OF = date(2026, 11, 24)
HEAD = """
[pack]
id = "core"
version = "1"
title = "Core"
effective = 2026-01-01
review_by = 2027-01-01
regions = ["all"]
"""
EXAMPLES = """example = [
  { text = "one", hit = true }, { text = "two", hit = true },
  { text = "three", hit = false }, { text = "four", hit = false },
]
"""
DRUGS = "ozempic\tsemaglutide\nsemaglutide\nadalimumab\nhumira\tadalimumab\n!ella\tulipristal\n"
STEMS = "mab\ntinib\nvastatin\n-algenib\n"


def rule_text(keys: str, rule_id: str = "GL-T-001", category: str = "safety_claim") -> str:
    """One [[rule]] with the keys given and harmless others; levels default to warn everywhere."""
    lines = [
        "[[rule]]",
        f'id = "{rule_id}"',
        'version = "1"',
        f'category = "{category}"',
        'why = "Because."',
        'advice = "Change it."',
        'cite = [{ doc = "A code" }]',
    ]
    if "title =" not in keys:
        lines.append('title = "Title"')
    if "severity =" not in keys:
        lines.append('severity = [{ level = "warn" }]')
    return "\n".join(lines) + "\n" + keys.strip() + "\n" + EXAMPLES


def ruleset_of(
    *texts: str, lexicon: dict[str, str] | None = None, more: dict[str, str] | None = None
) -> Ruleset:
    """Compile a core pack of these TOML pieces. Fails when a piece has a mistake."""
    sources = {
        "core/core.toml": HEAD + "\n".join(texts),
        "lexicon/drugs.txt": DRUGS,
        "lexicon/stems.txt": STEMS,
    }
    sources |= {f"lexicon/{name}": text for name, text in (lexicon or {}).items()} | (more or {})
    loaded = load_packs(sources)
    assert [problem.params for problem in loaded.problems] == []
    ruleset = compile_ruleset(loaded.packs)
    assert [problem.params for problem in ruleset.problems] == []
    return ruleset


def findings_of(ruleset: Ruleset, text: str, **context: object) -> tuple[Finding, ...]:
    """The findings of one text; context are fields of Document."""
    return check(Document(text=text, **context), ruleset, AS_OF).findings  # pyright: ignore[reportArgumentType]


def quotes(ruleset: Ruleset, text: str, **context: object) -> list[str]:
    """What is quoted, in the order of the findings."""
    return [finding.quote for finding in findings_of(ruleset, text, **context)]
