"""A text as rules see it: its sentences' facts, which part each is in, and how far a rule may look."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from medvoice.compliance.facts import Candidate, Facts
from medvoice.compliance.hits import Hit
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.spec import FixSpec, Scope
from medvoice.domain.finding import Document, Fix

_NONE: frozenset[int] = frozenset()


class View:
    """`starts` are the code points where the sentences begin; `parts` the thread post each stands in; `seen`
    the classes that have a hit anywhere, `tag_hits` those with one inside a hashtag, `tagged` the sentences
    with hashtags. `held` remembers which conditions of a rule hold at a sentence, `cuts` what goes with a
    place that is deleted, `general` the wider words a fix puts into a sentence."""

    __slots__ = (
        "_scores",
        "_where",
        "_with",
        "cuts",
        "document",
        "facts",
        "general",
        "held",
        "parts",
        "ruleset",
        "seen",
        "starts",
        "tag_hits",
        "tagged",
    )

    def __init__(
        self,
        document: Document,
        ruleset: Ruleset,
        facts: list[Facts],
        starts: list[int],
        parts: list[int],
        seen: Set[int] | None = None,
    ) -> None:
        self.document = document
        self.ruleset = ruleset
        self.facts = facts
        self.starts = starts
        self.parts = parts
        self.seen: Set[int] = seen or frozenset[int]().union(*[one.hits.classes for one in facts])
        self.tagged = [i for i, one in enumerate(facts) if one.tag_classes]
        self.tag_hits: frozenset[int] = (
            frozenset[int]().union(*[facts[i].tag_classes for i in self.tagged]) if self.tagged else _NONE
        )
        self.held: dict[tuple[int, int], tuple[bool, ...]] = {}
        self.general: dict[tuple[int, FixSpec], Fix | None] = {}
        self.cuts: dict[tuple[int, int], tuple[int, int]] = {}
        self._with: dict[tuple[int, ...], list[int]] = {}
        self._where: dict[int, list[int]] = {}
        self._scores: Mapping[str, Sequence[tuple[int, int]]] | None = None

    def sentences_with(self, classes: tuple[int, ...]) -> list[int]:
        """The sentences that have a hit of `classes`, in order."""
        found = self._with.get(classes)
        if found is None:
            if self.seen.isdisjoint(classes):
                found = []
            elif self.ruleset.asked_of_post.issuperset(classes):
                where = self._where or self._find_where()
                found = (
                    where[classes[0]]
                    if len(classes) == 1
                    else sorted({i for one in classes for i in where.get(one, ())})
                )
            else:
                found = [i for i, one in enumerate(self.facts) if not one.hits.classes.isdisjoint(classes)]
            self._with[classes] = found
        return found

    def _find_where(self) -> dict[int, list[int]]:
        """The sentences of each class that rules of the whole post ask for."""
        where = self._where
        for i, one in enumerate(self.facts):
            for class_id in one.asked:
                if class_id in where:
                    where[class_id].append(i)
                else:
                    where[class_id] = [i]
        return where

    def scores(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """The sentences that read like some breach, with their scores, by column of the learned reader."""
        if self._scores is None:
            self._scores = self.ruleset.learned.scores(self.facts)
        return self._scores

    def sentence_at(self, position: int) -> int:
        """The sentence that holds, or ends before, code point `position`."""
        return max(0, bisect_right(self.starts, position) - 1)

    def reach(self, sentence: int, scope: Scope, classes: tuple[int, ...]) -> Iterator[int]:
        """The sentences within `scope` that have a hit of `classes`, the given one first."""
        facts = self.facts
        if not facts[sentence].hits.classes.isdisjoint(classes):
            yield sentence
        if scope == "adjacent":
            if sentence and not facts[sentence - 1].hits.classes.isdisjoint(classes):
                yield sentence - 1
            if sentence + 1 < len(facts) and not facts[sentence + 1].hits.classes.isdisjoint(classes):
                yield sentence + 1
        elif scope != "sentence":
            parts, own = self.parts, self.parts[sentence]
            for i in self.sentences_with(classes):
                if i != sentence and (scope == "post" or parts[i] == own):
                    yield i

    def stands(self, sentence: int, scope: Scope, classes: tuple[int, ...]) -> bool:
        """Whether `classes` have a hit within `scope`."""
        if scope == "post":
            return not self.seen.isdisjoint(classes)
        return next(self.reach(sentence, scope, classes), None) is not None

    def find(
        self,
        classes: tuple[int, ...],
        sentence: int,
        scope: Scope,
        apart_from: Hit | None = None,
        excepts: tuple[int, ...] = (),
    ) -> tuple[int, Hit] | None:
        """The first hit of `classes` within `scope` that is not `apart_from` itself nor inside `excepts`."""
        for number in self.reach(sentence, scope, classes):
            facts = self.facts[number]
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
