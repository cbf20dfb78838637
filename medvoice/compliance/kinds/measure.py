"""Kind measure: a number about the text against a limit."""

import re

from medvoice.compliance.facts import Candidate
from medvoice.compliance.ruleset import Rule
from medvoice.compliance.tokens import WORD
from medvoice.compliance.view import View

_VOWELS = re.compile(r"[aeiouy]+")


def find(rule: Rule, view: View) -> list[Candidate]:
    """One candidate for the post; for sentence_words one for each sentence over the limit."""
    if rule.spec.what == "sentence_words":
        return [
            view.place(rule, sentence, 0, len(facts.text))
            for sentence, facts in enumerate(view.facts)
            if _is_out(rule, float(facts.tokens.kinds.count(WORD)))
        ]
    if view.facts and _is_out(rule, _value(rule.spec.what, view)):
        return [view.place(rule, 0, 0, len(view.facts[0].text))]
    return []


def _is_out(rule: Rule, value: float) -> bool:
    most, least = rule.spec.most, rule.spec.least
    return (most is not None and value > most) or (least is not None and value < least)


def _value(what: str, view: View) -> float:
    if what == "characters":
        return float(len(view.document.text))
    if what == "caps_percent":
        letters = [char for char in view.document.text if char.isalpha()]
        return 100.0 * sum(char.isupper() for char in letters) / max(1, len(letters))
    words = [
        text
        for facts in view.facts
        for text, kind in zip(facts.tokens.texts, facts.tokens.kinds, strict=True)
        if kind == WORD
    ]
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    count = max(1, len(words))
    return 206.835 - 1.015 * count / max(1, len(view.facts)) - 84.6 * syllables / count
