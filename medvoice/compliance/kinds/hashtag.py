"""Kind hashtag: a tag that holds a hit of `a`, or on which a finding of another rule lies."""

from collections.abc import Sequence

from medvoice.compliance.facts import Candidate
from medvoice.compliance.overlap import Overlaps
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View
from medvoice.domain.finding import Finding


def find(rule: Rule, view: View, findings: Sequence[Finding]) -> list[Candidate]:
    """One candidate for each such tag. Spans are the whole tag."""
    found: list[Candidate] = []
    names = rule.spec.reveals
    revealed = Overlaps([one for one in findings if one.rule in names or one.category in names])
    for sentence in view.tagged:
        facts, offset = view.facts[sentence], view.starts[sentence]
        inside = {token for hit in facts.all_of(rule.a) for token in range(*hit)}
        for tag in facts.tokens.tags:
            start, end = facts.tag_span(tag)
            if not inside.isdisjoint(range(tag.first, tag.last + 1)) or revealed.at(
                offset + start, offset + end
            ):
                found.append(view.place(rule, sentence, start, end))
    return found
