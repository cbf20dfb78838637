"""Whether the context of a hit silences or lowers a rule, by the rule's own settings."""

from collections.abc import Sequence
from typing import NamedTuple

from medvoice.compliance.context import Cue
from medvoice.compliance.facts import Facts
from medvoice.compliance.hits import Hit
from medvoice.compliance.spec import Mode


class Verdict(NamedTuple):
    """The rule may fire, `lowered` levels down because of `cue`. `in_quotes` is judged with neighbours."""

    cue: str | None = None
    lowered: int = 0
    in_quotes: bool = False


_PLAIN = Verdict()


def judge(asked: Sequence[tuple[str, Mode]], facts: Facts, hit: Hit) -> Verdict | None:
    """None when the context silences the rule at `hit`. `asked` are contexts with what each does to the rule,
    without those it ignores."""
    context = facts.context
    is_bare = not (context.cues or context.is_question or facts.tokens.quotes)
    if not asked or (is_bare and all(mode != "require" for _name, mode in asked)):
        return _PLAIN
    cue_words: str | None = None
    lowered = 0
    in_quotes = False
    for name, mode in asked:
        if name == "quotation":
            in_quotes = is_quoted(facts, hit)
            continue
        holds, cue = _holds(name, facts, hit)
        if mode == "require":
            if not holds:
                return None
            cue_words = _words(facts, cue)
        elif holds:
            if mode == "suppress":
                return None
            lowered, cue_words = lowered + 1, _words(facts, cue)
    return Verdict(cue_words, lowered, in_quotes)


def _words(facts: Facts, cue: Cue | None) -> str | None:
    return facts.words((cue.first, cue.after)) if cue else None


def _holds(name: str, facts: Facts, hit: Hit) -> tuple[bool, Cue | None]:
    context = facts.context
    if name == "negation":
        cue = context.negation(*hit)
        return cue is not None, cue
    cue = context.before(name, hit[0])
    if name == "question" and cue is None:
        return context.is_question, None
    return cue is not None, cue


def is_quoted(facts: Facts, hit: Hit) -> bool:
    """Whether the hit stands between quotation marks."""
    if not facts.tokens.quotes or hit[0] >= len(facts.tokens.starts):
        return False
    low, high = facts.tokens.starts[hit[0]], facts.tokens.ends[hit[1] - 1]
    return any(start < low and high <= end for start, end in facts.tokens.quotes)


def is_distanced(facts: Facts, following: Facts | None) -> bool:
    """Whether a quotation in this sentence is held at arm's length, here or in a few words after it."""
    if facts.context.is_question or facts.context.any_of(("distancing", "attribution", "question")):
        return True
    if following is None:
        return False
    if following.context.any_of(("distancing",)):
        return True
    cue = following.context.any_of(("negation_before", "negation_after"))
    return cue is not None and cue.first <= 2 and len(following.tokens.texts) <= 8
