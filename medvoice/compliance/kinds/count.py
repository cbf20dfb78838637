"""Kind count: too many or too few of something in the post."""

import re

from medvoice.compliance.classes import BUILT_IN
from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.tokens import WORD
from medvoice.compliance.view import View

_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]")
_CAPS = re.compile(r"[^\W\d_]{4,}")


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate: the first one too many, or the start of the post when there are too few."""
    places = [
        (sentence, span)
        for sentence in range(len(view.facts))
        for span in _places(rule.spec.what, view, sentence)
    ]
    if rule.spec.most is not None and len(places) > rule.spec.most:
        sentence, span = places[rule.spec.most]
    elif rule.spec.least is not None and len(places) < rule.spec.least and view.facts:
        sentence, span = 0, (0, len(view.facts[0].text))
    else:
        return []
    candidate = view.place(rule, sentence, *span)
    candidate.count = len(places)
    return [candidate]


def _places(what: str, view: View, sentence: int) -> list[tuple[int, int]]:
    facts = view.facts[sentence]
    if what in ("hashtag", "mention", "url"):
        if what == "hashtag":
            return [facts.tag_span(tag) for tag in facts.tokens.tags]
        return [facts.span(*hit) for hit in facts.hits.get(BUILT_IN[what])]
    if what == "exclamation":
        return [match.span() for match in re.finditer(r"[!！]", facts.text)]
    if what == "emoji":
        return [match.span() for match in _EMOJI.finditer(facts.text)]
    tokens = facts.tokens
    found: list[tuple[int, int]] = []
    for index, kind in enumerate(tokens.kinds):
        if kind == WORD:
            low, high = facts.span(index, index + 1)
            if facts.text[low:high].isupper() and _CAPS.fullmatch(facts.text[low:high]):
                found.append((low, high))
    return found
