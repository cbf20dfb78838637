"""The two examples of a rule that say most about where its line runs."""

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from medvoice.ui.widgets.minimal_pair import Pair

if TYPE_CHECKING:
    from medvoice.compliance.spec import ExampleSpec
    from medvoice.ui.bridge import Desk

LONGEST = 320  # an example that is a whole post explains nothing at a glance


def pair_for(desk: "Desk", rule: str) -> Pair | None:
    """The sentence the rule finds and the one it lets pass that are most alike. Check lane. None for a rule
    without a short example."""
    examples: tuple[ExampleSpec, ...] = ()
    for pack in desk.checking.rulebook.loaded.packs:
        for each in pack.rules:
            if each.id == rule:
                examples = tuple(each.examples)
    return choose(examples)


def choose(examples: "tuple[ExampleSpec, ...]") -> Pair | None:
    """As `pair_for`, of these examples. Pure."""
    short = [each for each in examples if len(each.text) <= LONGEST and not each.parts]
    hits, misses = [each for each in short if each.hit], [each for each in short if not each.hit]
    if not hits:
        return None
    if not misses:
        return Pair(hits[0].text, hits[0].spans)
    hit, miss = max(
        ((hit, miss) for hit in hits for miss in misses),
        key=lambda both: likeness(both[0].text, both[1].text),
    )
    return Pair(hit.text, hit.spans, miss.text)


def likeness(first: str, second: str) -> float:
    """How alike two sentences are, from 0 to 1, by their words in order."""
    return SequenceMatcher(None, first.lower().split(), second.lower().split(), autojunk=False).ratio()
