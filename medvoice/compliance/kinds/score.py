"""Kind score: at least so many different classes around an anchor (a patient vignette)."""

from medvoice.compliance.facts import Candidate
from medvoice.compliance.judge import judge
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View, is_covered, reads


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for each sentence with an anchor and enough classes in scope; `count` says how many."""
    return [one for sentence in view.sentences_with(rule.a) for one in find_in(rule, view, sentence)]


def find_in(rule: Rule, view: View, sentence: int) -> list[Candidate]:
    """The candidate of one sentence, if it is one."""
    facts = view.facts[sentence]
    if not reads(rule, facts.language):
        return []
    if rule.absent and view.find(rule.absent, sentence, rule.spec.absent_scope) is not None:
        return []
    count = sum(view.find(classes, sentence, rule.spec.scope) is not None for classes in rule.of)
    if count < rule.spec.at_least:
        return []
    longer = facts.all_of(rule.excepts) if rule.excepts else []
    for hit in facts.all_of(rule.a):
        if longer and is_covered(hit, longer):
            continue
        verdict = judge(rule.contexts, facts, hit)
        if verdict is None:
            continue
        candidate = view.place(rule, sentence, *facts.span(*hit))
        candidate.count, candidate.cue, candidate.lowered = count, verdict.cue, verdict.lowered
        candidate.in_quotes = verdict.in_quotes
        candidate.values["a"] = facts.words(hit)
        return [candidate]
    return []
