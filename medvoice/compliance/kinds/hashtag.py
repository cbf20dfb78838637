"""Kind hashtag: a tag that holds a hit of `a`, or on which a finding of another rule lies."""

from collections.abc import Sequence

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View, overlaps
from medvoice.domain.finding import Finding


def find(rule: Rule, view: View, findings: Sequence[Finding]) -> list[Candidate]:
    """One candidate for each such tag. Spans are the whole tag."""
    found: list[Candidate] = []
    names = rule.spec.reveals
    revealed = [one for one in findings if one.rule in names or one.category in names]
    for sentence in view.tagged:
        facts = view.facts[sentence]
        for tag in facts.tokens.tags:
            start, end = facts.tag_span(tag)
            offset = view.starts[sentence]
            inside = any(overlaps(hit, (tag.first, tag.last + 1)) for hit in facts.all_of(rule.a))
            if inside or any(
                finding.start < offset + end and offset + start < finding.end for finding in revealed
            ):
                found.append(view.place(rule, sentence, start, end))
    return found
