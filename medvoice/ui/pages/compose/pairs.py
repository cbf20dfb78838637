"""What says most about where the line of a rule runs: its rulings, and two of its examples."""

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from medvoice.compliance.ruling import pair_of, rulings_for
from medvoice.ui.widgets.citation import dated
from medvoice.ui.widgets.minimal_pair import Pair, Side

if TYPE_CHECKING:
    from medvoice.compliance.ruling import Ruling
    from medvoice.compliance.spec import ExampleSpec
    from medvoice.ui.bridge import Desk

LONGEST = 320  # an example that is a whole post explains nothing at a glance
OF_LETTERS = "FDA"  # objects by letter and gives guidance; the others find breaches


def _tr(text: str) -> str:
    return QCoreApplication.translate("Pairs", text)


def pair_for(desk: "Desk", rule: str) -> Pair | None:
    """The ruling that the rule rests on, and the sentence it finds and the one it lets pass that are most
    alike. Check lane. None for a rule without either."""
    loaded = desk.checking.rulebook.loaded
    examples: tuple[ExampleSpec, ...] = ()
    for pack in loaded.packs:
        for each in pack.rules:
            if each.id == rule:
                examples = tuple(each.examples)
    breach, passed = pair_of(rulings_for(rule, loaded.rulings))
    made = choose(examples)
    if breach is None and passed is None:
        return made
    return replace(
        made or Pair(),
        breach=breach and side_of(breach, is_breach=True),
        passed=passed and side_of(passed, is_breach=False),
    )


def side_of(ruling: "Ruling", *, is_breach: bool) -> Side:
    """One side of a ruling in words: what it was, and whose ruling of which day."""
    if is_breach:
        word = _tr("Was objected to") if ruling.body == OF_LETTERS else _tr("Was a breach")
    else:
        word = _tr("Is what they suggest") if ruling.body == OF_LETTERS else _tr("Was no breach")
    source = f"{ruling.body} {ruling.id} · {dated(ruling.dated)}"
    if not ruling.is_verified:
        source += " · " + _tr("not verified")
    return Side(word, ruling.breach if is_breach else ruling.passed, source)


def choose(examples: "tuple[ExampleSpec, ...]") -> Pair | None:
    """Of these examples the sentence that is found and the one that passes that are most alike. Pure."""
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
