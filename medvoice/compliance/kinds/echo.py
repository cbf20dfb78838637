"""Kind echo: a word that is no cure while other findings stand."""

from collections.abc import Sequence

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View
from medvoice.domain.finding import Finding


def find(rule: Rule, view: View, findings: Sequence[Finding]) -> list[Candidate]:
    """One candidate at the first hit of `a`, when a finding of `reveals` (ids, categories, levels) exists."""
    wanted = set(rule.spec.reveals)
    if not any({finding.rule, finding.category, str(finding.level)} & wanted for finding in findings):
        return []
    for sentence in view.sentences_with(rule.a):
        facts = view.facts[sentence]
        return [view.place(rule, sentence, *facts.span(*facts.all_of(rule.a)[0]))]
    return []
