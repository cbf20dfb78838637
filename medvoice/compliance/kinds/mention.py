"""Kind mention: an @mention that is not on the list of harmless ones."""

from medvoice.compliance.classes import BUILT_IN
from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for each mention."""
    allowed = {handle.lower() for handle in rule.spec.allow}
    found: list[Candidate] = []
    for sentence in view.sentences_with((BUILT_IN["mention"],)):
        facts = view.facts[sentence]
        for hit in facts.hits[BUILT_IN["mention"]]:
            if facts.tokens.texts[hit[0]] in allowed:
                continue
            if any(
                classes and view.find(classes, sentence, rule.spec.scope, hit) is None
                for classes in (rule.b, rule.c)
            ):
                continue
            if rule.absent and view.find(rule.absent, sentence, rule.spec.absent_scope, hit) is not None:
                continue
            candidate = view.place(rule, sentence, *facts.span(*hit))
            candidate.values["a"] = facts.words(hit)
            found.append(candidate)
    return found
