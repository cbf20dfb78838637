"""A rulebook small enough to hold in the head: one rule for each level and each way out."""

from medvoice.services.checking import Rulebook

HEAD = """
[pack]
id = "{id}"
version = "{version}"
title = "Tiny rules {id}"
engine = ">=1,<2"
regions = {regions}
effective = 2026-01-01
review_by = 2027-01-01
review_state = "draft"
licence = "Apache-2.0"
"""
RULE = """
[[rule]]
id = "{id}"
version = "1"
title = "{title}"
kind = "phrase"
category = "{category}"
why = "Because."
advice = "Change it."
confidence = "pattern"
languages = ["*"]
lift = "{lift}"
a = ["{word}"]
negation = "ignore"
research = "ignore"
hope = "ignore"
severity = [{{ level = "{level}", regions = "all" }}]
cite = [{{ doc = "Nobody" }}]
example = [
  {{ text = "So [[{word}]] here.", hit = true }},
  {{ text = "It is [[{word}]].", hit = true }},
  {{ text = "Nothing.", hit = false }},
  {{ text = "Other words.", hit = false }},
]
"""
CHECKLIST = """
[[item]]
code = "C01"
kind = "core"
text = "I wrote it."
note = ""
[[item]]
code = "C02"
kind = "core"
text = "My own view."
note = ""
[[item]]
code = "C04"
kind = "standing"
text = "My training is in date."
note = ""
[[item]]
code = "C07"
kind = "triggered"
trigger = ["number"]
text = "Every number is in the source."
note = ""
[[item]]
code = "C18"
kind = "triggered"
trigger = ["mention"]
text = "They agreed."
note = ""
[[item]]
code = "C26"
kind = "triggered"
trigger = ["dismissed"]
text = "I asked somebody."
note = ""
"""
RULES = (
    ("T-WARN", "Check this word", "safety_claim", "", "wobbly", "warn"),
    ("T-BLOCK", "Take this out", "safety_claim", "", "forbidden", "block"),
    ("T-REVIEW", "Only a reviewer", "safety_claim", "reviewer", "reviewable", "block"),
    ("T-ADVISE", "A suggestion", "safety_claim", "", "plainly", "advise"),
    ("T-PERMIT", "Needs permission", "safety_claim", "permission", "announced", "block"),
    ("AE-1", "Possible adverse event", "adverse_event", "route", "rash", "block"),
)


def sources(version: str = "1", extra_word: str = "") -> dict[str, str]:
    """The texts of the packs `core` (in force everywhere) and `uk`; `extra_word` is one more warning."""
    rules = list(RULES)
    if extra_word:
        rules.append(("T-NEW", "A new rule", "safety_claim", "", extra_word, "warn"))
    names = ("id", "title", "category", "lift", "word", "level")
    body = "".join(RULE.format(**dict(zip(names, rule, strict=True))) for rule in rules)
    uk = RULE.format(id="UK-1", title="UK word", category="safety_claim", lift="", word="queue", level="warn")
    return {
        "core/core.toml": HEAD.format(id="core", version=version, regions='["all"]') + body,
        "core/checklist.toml": CHECKLIST,
        "uk/uk.toml": HEAD.format(id="uk", version="1", regions='["UK"]') + uk,
    }


def rulebook(version: str = "1", extra_word: str = "") -> Rulebook:
    made = Rulebook.from_sources(sources(version, extra_word))
    assert made.problems == (), made.problems
    return made
