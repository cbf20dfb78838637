"""What stands around a hit: negation, hope, question, research objective, attribution, quotation.

Cue tables with scopes, after the ConText idea (checker reference, section 4): a cue works inside its clause
and window; pseudo cues win by being longer; two negations flip back; commas do not end a scope.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from medvoice.compliance.scan import Hit, Hits
from medvoice.compliance.tokens import SIGN, Tokens

_BREAKS = frozenset(";:?()[]–—-•")
_JOINING = frozenset((",", "and", "or", "nor", "und", "oder", "noch", "et", "ou", "ni", "&", "/"))


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue classes of a ruleset: for each kind the (class, window in words) pairs."""

    classes: Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in force: its kind, tokens and reach."""

    kind: str
    first: int
    after: int
    window: int


@dataclass(slots=True)
class Context:
    """The cues of one sentence, where its clauses break, and the tokens that go on an enumeration."""

    cues: list[Cue] = field(default_factory=list[Cue])
    breaks: list[int] = field(default_factory=list[int])
    joins: frozenset[int] = frozenset()
    is_question: bool = False

    def _is_cut(self, low: int, high: int) -> bool:
        return any(low <= at < high for at in self.breaks)

    def before(self, kind: str, first: int) -> Cue | None:
        """The nearest cue of `kind` before token `first` that reaches it."""
        for cue in reversed(self.cues):
            reaches = cue.kind == kind and cue.after <= first and first - cue.after < cue.window
            if reaches and not self._is_cut(cue.after, first):
                return cue
        return None

    def negation(self, first: int, after: int) -> Cue | None:
        """The cue that negates tokens first..after, None when there is none or two of them flip back."""
        found: list[Cue] = []
        for cue in self.cues:
            if cue.kind == "negation_before":
                reaches = cue.after <= first and first - cue.after < cue.window
                if reaches and not self._is_cut(cue.after, first):
                    found.append(cue)
            elif cue.kind == "negation_after":
                reaches = cue.first >= after and cue.first - after < cue.window
                if reaches and not self._is_cut(after, cue.first):
                    found.append(cue)
        # "Not a miracle, not a breakthrough": the second negation repeats the first and undoes nothing.
        counted = 1 + sum(later.first not in self.joins for later in found[1:]) if found else 0
        return found[-1] if counted % 2 else None

    def any_of(self, kinds: Sequence[str]) -> Cue | None:
        """Any cue of these kinds in the sentence."""
        return next((cue for cue in self.cues if cue.kind in kinds), None)


def read_context(tokens: Tokens, hits: Hits, cues: Cues) -> Context:
    """The cues of one scanned sentence, without those a longer pseudo cue covers."""
    context = Context()
    pseudo = _hits_of("pseudo", hits, cues)
    ends = _hits_of("terminator", hits, cues)
    context.breaks = sorted(
        {first for first, after in ends if not _inside((first, after), pseudo)}
        | {i for i, kind in enumerate(tokens.kinds) if kind == SIGN and tokens.texts[i] in _BREAKS}
    )
    for kind, classes in cues.classes.items():
        if kind in ("pseudo", "terminator"):
            continue
        for class_id, window in classes:
            for hit in hits.get(class_id, ()):
                if not (kind.startswith("negation") and _inside(hit, pseudo)):
                    context.cues.append(Cue(kind, hit[0], hit[1], window))
    context.joins = frozenset(
        i for i, word in enumerate(tokens.texts) if word == "nor" or (i and tokens.texts[i - 1] in _JOINING)
    )
    context.cues.sort(key=lambda cue: (cue.first, cue.after))
    last = len(tokens.texts) - 1
    while last >= 0 and tokens.kinds[last] == SIGN and tokens.texts[last] in "!…":
        last -= 1
    context.is_question = last >= 0 and tokens.texts[last] == "?"
    return context


def _hits_of(kind: str, hits: Hits, cues: Cues) -> list[Hit]:
    return [hit for class_id, _ in cues.classes.get(kind, ()) for hit in hits.get(class_id, ())]


def _inside(hit: Hit, longer: Sequence[Hit]) -> bool:
    first, after = hit
    return any(low <= first and after <= high for low, high in longer)
