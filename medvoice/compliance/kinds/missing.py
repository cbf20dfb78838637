"""Kind missing: what a post, or a post of a thread, should have and has not."""

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.judge import judge
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.tokens import WORD
from medvoice.compliance.view import View, is_covered

_SPEAKS = 2  # words
_TOPIC = ("own_product", "own_company", "product", "company", "disease", "therapy_area")


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for the post, or each part, without a standing hit of `a` (and with `b`, if asked)."""
    if not view.facts:
        return []
    parts = sorted(set(view.parts)) if rule.spec.per_part else [-1]
    return [one for part in parts for one in _in_part(rule, view, part)]


def _in_part(rule: Rule, view: View, part: int) -> list[Candidate]:
    numbers = [i for i in range(len(view.facts)) if part < 0 or view.parts[i] == part]
    with_a = [i for i in view.sentences_with(rule.a) if part < 0 or view.parts[i] == part]
    if any(_stands(rule, view, number) for number in with_a):
        return []
    at, span = numbers[0], (0, len(view.facts[numbers[0]].text))
    if rule.b:
        cause = next((i for i in numbers if view.facts[i].has_any(rule.b)), None)
        if cause is None:
            return []
        at, span = cause, view.facts[cause].span(*view.facts[cause].all_of(rule.b)[0])
    if rule.absent and any(view.facts[i].has_any(rule.absent) for i in numbers):
        return []
    if rule.spec.profile_counts and view.document.profile_carries_disclaimer and not _has_topic(view):
        return []
    return [view.place(rule, at, *span)]


def _has_topic(view: View) -> bool:
    names = view.ruleset.names
    classes = tuple(names[name] for name in _TOPIC if name in names)
    return not view.seen.isdisjoint(classes)


def _stands(rule: Rule, view: View, number: int) -> bool:
    """Whether the sentence has a hit of `a` that is not negated, quoted with distance or excepted."""
    facts = view.facts[number]
    longer = facts.all_of(rule.excepts) if rule.excepts else []
    for hit in facts.all_of(rule.a):
        if longer and is_covered(hit, longer):
            continue
        verdict = judge(rule.contexts, facts, hit)
        if verdict is not None and not (verdict.in_quotes and _talks_about(facts)):
            return True
    return False


def _talks_about(facts: Facts) -> bool:
    """Whether words stand outside the quotation marks: such a sentence speaks of what it quotes."""
    tokens = facts.tokens
    outside = [
        at
        for at, kind in zip(tokens.starts, tokens.kinds, strict=False)
        if kind == WORD and not any(start < at <= end for start, end in tokens.quotes)
    ]
    return len(outside) >= _SPEAKS
