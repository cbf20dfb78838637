"""What stands around a hit: negation, hope, question, research objective, attribution, quotation.

Cue tables with scopes, after the ConText idea (checker reference, section 4): a cue works inside its clause
and window; pseudo cues win by being longer; two negations flip back; commas do not end a scope.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from medvoice.compliance.hits import Hit, Hits
from medvoice.compliance.tokens import SIGN, Tokens

_BREAKS = frozenset(";:?()[]–—-•")
_FEW = 12
_NEGATIONS = ("negation_before", "negation_after")
_RHETORICAL = ("rhetorical",)
_JOINING = frozenset((",", "and", "or", "nor", "und", "oder", "noch", "et", "ou", "ni", "&", "/"))


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue classes of a ruleset: for each class its (kind, window in words), one pair for each time a pack
    names it; those of the pseudo cues and of the words that end a scope apart."""

    classes: Mapping[int, Sequence[tuple[str, int]]]
    pseudo: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    all_of_them: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_of_them", self.pseudo | self.ends | self.classes.keys())


def make_cues(named: Mapping[str, Sequence[tuple[int, int]]]) -> Cues:
    """From the (class, window) pairs of each kind."""
    classes: dict[int, list[tuple[str, int]]] = {}
    apart: dict[str, set[int]] = {"pseudo": set(), "terminator": set()}
    for kind, pairs in named.items():
        for class_id, window in pairs:
            if kind in apart:
                apart[kind].add(class_id)
            else:
                classes.setdefault(class_id, []).append((kind, window))
    return Cues(classes, frozenset(apart["pseudo"]), frozenset(apart["terminator"]))


class Cue(NamedTuple):
    """A cue in force: its tokens, kind and reach."""

    first: int
    after: int
    kind: str
    window: int


@dataclass(slots=True)
class Context:
    """The cues of one sentence, and where its clauses break."""

    words: Sequence[str] = ()
    cues: list[Cue] = field(default_factory=list[Cue])
    breaks: list[int] = field(default_factory=list[int])
    is_question: bool = False
    reach: int = 0  # where there are many cues, the most words from the start of one to what it reaches
    kinds: Set[str] = frozenset()

    def _is_cut(self, low: int, high: int) -> bool:
        at = bisect_left(self.breaks, low)
        return at < len(self.breaks) and self.breaks[at] < high

    def _joins(self, cue: Cue) -> bool:
        """Whether a cue goes on an enumeration."""
        at = cue.first
        return self.words[at] == "nor" or (at > 0 and self.words[at - 1] in _JOINING)

    def before(self, kind: str, first: int) -> Cue | None:
        """The nearest cue of `kind` before token `first` that reaches it."""
        if kind not in self.kinds:
            return None
        for cue in reversed(self.cues):
            reaches = cue.kind == kind and cue.after <= first and first - cue.after < cue.window
            if reaches and not self._is_cut(cue.after, first):
                return cue
        return None

    def negation(self, first: int, after: int) -> Cue | None:
        """The cue that negates tokens first..after, None when there is none or two of them flip back."""
        if self.kinds.isdisjoint(_NEGATIONS):
            return None
        found: list[Cue] = []
        for cue in self._around(first, after):
            if cue.kind == "negation_before":
                reaches = cue.after <= first and first - cue.after < cue.window
                if reaches and not self._is_cut(cue.after, first):
                    found.append(cue)
            elif cue.kind == "negation_after":
                reaches = cue.first >= after and cue.first - after < cue.window
                if reaches and not self._is_cut(after, cue.first):
                    found.append(cue)
        # "Not a miracle, not a breakthrough": the second negation repeats the first and undoes nothing.
        counted = 1 + sum(not self._joins(later) for later in found[1:]) if found else 0
        return found[-1] if counted % 2 else None

    def _around(self, first: int, after: int) -> Sequence[Cue]:
        """The cues that may reach tokens first..after: of many those near by."""
        if not self.reach:
            return self.cues
        low = bisect_left(self.cues, (first - self.reach,))
        return self.cues[low : bisect_left(self.cues, (after + self.reach,), low)]

    def any_of(self, kinds: Sequence[str]) -> Cue | None:
        """Any cue of these kinds in the sentence."""
        return next((cue for cue in self.cues if cue.kind in kinds), None)


def read_context(tokens: Tokens, hits: Hits, cues: Cues) -> Context:
    """The cues of one scanned sentence, without those a longer pseudo cue covers."""
    texts = tokens.texts
    context = Context(texts)
    found = hits.classes & cues.all_of_them
    pseudo = [hit for one in found & cues.pseudo for hit in hits[one]] if found else []
    breaks: set[int] = set()
    for one in found:
        if one in cues.ends:
            breaks.update(hit[0] for hit in hits[one] if not (pseudo and _inside(hit, pseudo)))
        for kind, window in cues.classes.get(one, ()):
            is_negation = pseudo and kind.startswith("negation")
            for hit in hits[one]:
                if not (is_negation and _inside(hit, pseudo)):
                    context.cues.append(Cue(*hit, kind, window))
    if not _BREAKS.isdisjoint(texts):
        breaks.update(i for i, word in enumerate(texts) if word in _BREAKS)
    context.kinds = {cue.kind for cue in context.cues}
    if breaks:
        context.breaks = sorted(breaks)
    if len(context.cues) > 1:
        context.cues.sort()
    if len(context.cues) > _FEW:
        context.reach = max(cue.after - cue.first + cue.window for cue in context.cues)
    last = len(texts) - 1
    while last >= 0 and tokens.kinds[last] == SIGN and texts[last] in "!…":
        last -= 1
    context.is_question = last >= 0 and texts[last] == "?" and not context.any_of(_RHETORICAL)
    return context


def _inside(hit: Hit, longer: Sequence[Hit]) -> bool:
    first, after = hit
    return any(low <= first and after <= high for low, high in longer)
