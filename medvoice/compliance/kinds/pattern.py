"""Kind pattern: a guarded regular expression, run only where its anchor stands."""

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.hits import Hit
from medvoice.compliance.judge import judge
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View, is_covered, reads

MAX_MATCHES = 20


def find(rule: Rule, view: View) -> list[Candidate]:
    """Candidates in all sentences that call the rule."""
    return [
        one
        for sentence, facts in enumerate(view.facts)
        if rule.number in facts.far
        for one in find_in(rule, view, sentence)
    ]


def find_in(rule: Rule, view: View, sentence: int) -> list[Candidate]:
    """Candidates in one sentence."""
    facts = view.facts[sentence]
    compiled = rule.pattern
    if compiled is None or not is_anchored(rule, facts) or not reads(rule, facts.language):
        return []
    if compiled.search(facts.folded.text) is None:
        return []
    found: list[Candidate] = []
    longer = facts.all_of(rule.excepts) if rule.excepts else []
    for count, match in enumerate(compiled.finditer(facts.folded.text)):
        if count >= MAX_MATCHES:
            break
        low, high = match.span("hit") if "hit" in compiled.groupindex else match.span()
        if low < 0 or low == high:
            continue
        hit = _tokens_of(facts, low, high)
        if longer and is_covered(hit, longer):
            continue
        candidate = _at(rule, view, sentence, hit, facts.folded.span(low, high))
        if candidate is not None:
            candidate.values["a"] = match[0]
            found.append(candidate)
    return found


def is_anchored(rule: Rule, facts: Facts) -> bool:
    """Whether one of the pattern's anchors stands in the sentence."""
    text = facts.folded.text
    return any(anchor in text for anchor in rule.literals) or facts.has_any(rule.anchor_classes)


def _tokens_of(facts: Facts, low: int, high: int) -> Hit:
    """The tokens that the folded characters low..high touch."""
    starts, ends = facts.tokens.starts, facts.tokens.ends
    first = next((i for i, end in enumerate(ends) if end > low), len(ends))
    after = first
    while after < len(starts) and starts[after] < high:
        after += 1
    return first, max(after, first)


def _at(rule: Rule, view: View, sentence: int, hit: Hit, span: tuple[int, int]) -> Candidate | None:
    for classes in (rule.b, rule.c):
        if classes and view.find(classes, sentence, rule.spec.scope) is None:
            return None
    lowered = 0
    if rule.absent and view.find(rule.absent, sentence, rule.spec.absent_scope) is not None:
        if rule.spec.absent_effect == "suppress":
            return None
        lowered = 1
    verdict = judge(rule.contexts, view.facts[sentence], hit)
    if verdict is None:
        return None
    candidate = view.place(rule, sentence, *span)
    candidate.cue, candidate.in_quotes = verdict.cue, verdict.in_quotes
    candidate.lowered = verdict.lowered + lowered
    return candidate
