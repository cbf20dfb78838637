"""Kinds phrase, near and pair: a hit of `a`, with `b` and `c` within reach, without `absent`."""

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.hits import Hit
from medvoice.compliance.judge import judge
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.view import View, is_covered, overlaps, reads


def find(rule: Rule, view: View) -> list[Candidate]:
    """Candidates in all sentences."""
    found: list[Candidate] = []
    for sentence in view.sentences_with(rule.a):
        found += find_in(rule, view, sentence)
    return found


def find_in(rule: Rule, view: View, sentence: int) -> list[Candidate]:
    """Candidates in one sentence; where companions are asked for, the first hit of `a` that has them."""
    facts = view.facts[sentence]
    if not (_may_hold(rule, view, facts) and reads(rule, facts.language)):
        return []
    longer = facts.all_of(rule.excepts) if rule.excepts else []
    found: list[Candidate] = []
    for hit in facts.all_of(rule.a):
        if (longer and is_covered(hit, longer)) or not _tag_fits(rule, facts, hit):
            continue
        candidate = _at(rule, view, sentence, facts, hit)
        if candidate is not None:
            found.append(candidate)
            if rule.b and rule.spec.kind != "phrase":
                break
    return found


def _may_hold(rule: Rule, view: View, facts: Facts) -> bool:
    """A quick look: whether the companions stand anywhere they may."""
    seen = facts.hits.classes if rule.is_local else view.seen
    return not (
        (rule.b and seen.isdisjoint(rule.b))
        or (rule.c and seen.isdisjoint(rule.c))
        or (rule.is_local and facts.hits.classes.isdisjoint(rule.a))
    )


def _tag_fits(rule: Rule, facts: Facts, hit: Hit) -> bool:
    if not rule.in_tag_only and rule.spec.tags == "yes":
        return True
    return (facts.tokens.tag_of(hit[0]) is not None) == rule.in_tag_only


def _at(rule: Rule, view: View, sentence: int, facts: Facts, hit: Hit) -> Candidate | None:
    companions = _companions(rule, view, sentence, hit)
    if companions is None:
        return None
    verdict = judge(rule.contexts, facts, hit)
    if verdict is None:
        return None
    lowered = verdict.lowered
    if rule.absent and view.find(rule.absent, sentence, rule.spec.absent_scope, hit) is not None:
        if rule.spec.absent_effect == "suppress":
            return None
        lowered += 1
    tag = facts.tokens.tag_of(hit[0]) if rule.in_tag_only else None
    start, end = facts.tag_span(tag) if tag else facts.span(*hit)
    candidate = view.place(rule, sentence, start, end)
    candidate.cue, candidate.lowered, candidate.in_quotes = verdict.cue, lowered, verdict.in_quotes
    candidate.values["a"] = facts.words(hit)
    if companions:
        number, other = companions[0]
        candidate.values["b"] = view.facts[number].words(other)
    return candidate


def _companions(rule: Rule, view: View, sentence: int, hit: Hit) -> list[tuple[int, Hit]] | None:
    """The hits of `b` and `c` that go with `hit`; None when one is missing."""
    found: list[tuple[int, Hit]] = []
    for classes in (rule.b, rule.c):
        if not classes:
            continue
        if rule.spec.within or rule.spec.is_ordered:
            other = _near(rule, view.facts[sentence], classes, hit)
            companion = None if other is None else (sentence, other)
        else:
            companion = view.find(classes, sentence, rule.spec.scope, hit, rule.excepts)
        if companion is None:
            return None
        found.append(companion)
    return found


def _near(rule: Rule, facts: Facts, classes: tuple[int, ...], hit: Hit) -> Hit | None:
    """The nearest hit of `classes` within the words and the order asked for."""
    best: tuple[int, Hit] | None = None
    for other in facts.all_of(classes):
        if overlaps(other, hit) or (rule.spec.is_ordered and other[0] < hit[1]):
            continue
        distance = max(other[0] - hit[1], hit[0] - other[1]) + 1
        if rule.spec.within and distance > rule.spec.within:
            continue
        if best is None or distance < best[0]:
            best = (distance, other)
    return best[1] if best else None
