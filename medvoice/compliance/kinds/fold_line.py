"""Kind fold: something that must be seen at once starts after the channel's "see more"."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View, is_covered
from medvoice.domain.channel.measure import fold_at


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate, when the first hit of `a` starts after the fold. X shows posts of 280 whole."""
    if view.document.channel != "linkedin" or view.document.surface != "post":
        return []
    fold = fold_at(view.document.text, "mobile")
    for sentence in view.sentences_with(rule.a):
        facts = view.facts[sentence]
        longer = facts.all_of(rule.excepts) if rule.excepts else []
        for hit in facts.all_of(rule.a):
            if longer and is_covered(hit, longer):
                continue
            start, end = facts.span(*hit)
            if view.starts[sentence] + start < fold:
                return []
            if rule.b and view.seen.isdisjoint(rule.b):
                return []
            return [view.place(rule, sentence, start, end)]
    return []
