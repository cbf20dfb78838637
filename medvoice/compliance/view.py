"""A text as rules see it: its sentences' facts, which part each is in, and how far a rule may look."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.scan import Hit
from medvoice.compliance.spec import Scope
from medvoice.domain.finding import Document


@dataclass(frozen=True, slots=True)
class View:
    """`starts` are the code points where the sentences begin; `parts` the thread post each stands in; `where`
    the sentences of each class; `decided` remembers levels by rule, regions and conditions held."""

    document: Document
    ruleset: Ruleset
    facts: list[Facts]
    starts: list[int]
    parts: list[int]
    where: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    decided: dict[tuple[int, tuple[str, ...], tuple[bool, ...]], object] = field(
        default_factory=dict[tuple[int, tuple[str, ...], tuple[bool, ...]], object]
    )

    def sentences_with(self, classes: tuple[int, ...]) -> list[int]:
        """The sentences that have a hit of `classes` (needs `where`), in order."""
        if len(classes) == 1:
            return self.where.get(classes[0], [])
        return sorted({number for one in classes for number in self.where.get(one, ())})

    def reach(self, sentence: int, scope: Scope) -> Iterable[int]:
        """The sentences that `scope` means, the given one first."""
        if scope == "sentence":
            return (sentence,)
        if scope == "adjacent":
            around = (sentence, sentence - 1, sentence + 1)
            return [i for i in around if 0 <= i < len(self.facts)]
        if scope == "part":
            rest = [
                i for i in range(len(self.facts)) if self.parts[i] == self.parts[sentence] and i != sentence
            ]
        else:
            rest = [i for i in range(len(self.facts)) if i != sentence]
        return [sentence, *rest]

    def find(
        self,
        classes: tuple[int, ...],
        sentence: int,
        scope: Scope,
        apart_from: Hit | None = None,
        excepts: tuple[int, ...] = (),
    ) -> tuple[int, Hit] | None:
        """The first hit of `classes` within `scope` that is not `apart_from` itself nor inside `excepts`."""
        for number in self.reach(sentence, scope):
            facts = self.facts[number]
            if not facts.has_any(classes):
                continue
            longer = facts.all_of(excepts) if excepts else []
            for hit in facts.all_of(classes):
                if (number != sentence or hit != apart_from) and not (longer and is_covered(hit, longer)):
                    return number, hit
        return None

    def place(self, rule: Rule, sentence: int, start: int, end: int) -> Candidate:
        """A candidate at code points start..end of a sentence."""
        return Candidate(rule.number, sentence, start, end)


def overlaps(one: Hit, other: Hit) -> bool:
    """Whether two token ranges share a token."""
    return one[0] < other[1] and other[0] < one[1]


def is_covered(hit: Hit, longer: Iterable[Hit]) -> bool:
    """Whether a hit lies inside one of the longer ones."""
    return any(first <= hit[0] and hit[1] <= after for first, after in longer)


def reads(rule: Rule, language: str) -> bool:
    """Whether the rule reads sentences of this language; an unsure language is read."""
    return not language or "*" in rule.spec.languages or language in rule.spec.languages
