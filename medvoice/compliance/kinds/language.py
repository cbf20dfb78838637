"""Kind language: sentences in a language that no rule reads."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View

NAMES = {
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "sv": "Swedish",
    "da": "Danish",
    "pl": "Polish",
    "tr": "Turkish",
    "de": "German",
    "fr": "French",
    "cjk": "Chinese or Japanese",
    "hiragana": "Japanese",
    "katakana": "Japanese",
    "hangul": "Korean",
}


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for each run of sentences in the same uncovered language; unsure sentences are silent."""
    read = {*rule.spec.covered, *rule.spec.partial}
    found: list[Candidate] = []
    last: Candidate | None = None
    for sentence, facts in enumerate(view.facts):
        name = facts.language
        if not name or name in read:
            last = None
            continue
        if last is not None and last.values["a"] == NAMES.get(name, name.capitalize()):
            last.end = view.starts[sentence] - view.starts[last.sentence] + len(facts.text)
            continue
        last = view.place(rule, sentence, 0, len(facts.text))
        last.values["a"] = NAMES.get(name, name.capitalize())
        found.append(last)
    return found
