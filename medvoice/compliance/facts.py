"""The facts of one sentence: tokens, hits of every class, context, language. They are cached."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from medvoice.compliance.context import Context
from medvoice.compliance.fold import Folded, Note
from medvoice.compliance.hits import Hit, Hits
from medvoice.compliance.tokens import Tag, Tokens

_AT_END = 24  # signs; fix.py looks that far back for a word, and ahead for the next sign only
_MANY = 9  # words; judge.py asks whether a sentence has eight or fewer
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True, eq=False)
class Weighed:
    """What the learned reader sums up (learned.py): of the sentence itself, for the one after it and the one
    before it; the last `total` between two neighbours with the high scores it gave, by column; and by column
    the words that weighed most."""

    own: int
    before: int
    after: int
    total: int
    scores: tuple[tuple[str, int], ...] = ()
    words: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True, eq=False)
class Facts:
    """One sentence. Spans of `notes` are code points of the sentence as given; of `tokens`, folded ones.
    `local` is what the rules of one sentence found, `near` the rules that must look at its neighbours too,
    `far` the patterns that look at the whole post and may match here,
    `asked` its classes that rules of the whole post ask for,
    `tag_classes` what stands inside its hashtags; `serial` tells it from all others of its cache, `outlook`
    from those that look different to a neighbour, `weighed` is what the learned reader made of it."""

    text: str
    folded: Folded
    tokens: Tokens
    hits: Hits
    context: Context
    language: str
    notes: tuple[Note, ...]
    local: list["Candidate"] = field(default_factory=list["Candidate"])
    near: tuple[int, ...] = ()
    far: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()
    tag_classes: frozenset[int] = frozenset()
    serial: int = 0
    outlook: int = 0
    seen_from_outside: object = None
    weighed: "Weighed | None" = None

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Tokens first..after as code points of the sentence as given."""
        low, high = self.tokens.starts[first], self.tokens.ends[after - 1]
        return self.folded.span(low, max(high, low + 1))

    def tag_span(self, tag: Tag) -> tuple[int, int]:
        """A hashtag with its sign, as code points of the sentence as given."""
        return self.folded.span(tag.start, tag.end)

    def has_any(self, classes: Iterable[int]) -> bool:
        """Whether any of the classes has a hit."""
        return not self.hits.classes.isdisjoint(classes)

    def all_of(self, classes: tuple[int, ...]) -> list[Hit]:
        """The hits of the classes, in order, without doubles."""
        return self.hits.all_of(classes)

    def outward(self) -> object:
        """All of this sentence that what its neighbours give may follow from: classes and the words that have
        them, context, language, and at its ends what deleting a neighbour looks at. A sentence with links or
        tags is looked at whole."""
        if self.seen_from_outside is None:
            self.seen_from_outside = self._outward()
        return self.seen_from_outside

    def _outward(self) -> object:
        text, hits, context = self.text, self.hits, self.context
        tail = text[-_AT_END:]
        if not self.tokens.is_plain or self.folded.source is not None or not _LETTER.search(tail):
            return text
        return (
            self.language,
            context.is_question,
            tuple(context.cues),
            tuple(context.breaks),
            min(len(self.tokens.texts), _MANY),
            tuple([(*term, self.words(term[1:])) for term in hits.terms]),
            tuple([(one, hit, self.words(hit)) for one in sorted(hits.given) for hit in hits.given[one]]),
            text[:1],
            tail,
        )

    def words(self, hit: Hit) -> str:
        """The folded words of a hit."""
        return " ".join(self.tokens.texts[hit[0] : hit[1]])


@dataclass(slots=True)
class Candidate:
    """A rule that fired at a place. `start` and `end` are code points of the sentence as given, or of the
    text once the engine has placed it; `sentence` is its number. `lowered` counts levels to go down."""

    rule: int
    sentence: int
    start: int
    end: int
    cue: str | None = None
    lowered: int = 0
    in_quotes: bool = False
    count: int = 0
    values: dict[str, str] = field(default_factory=dict[str, str])
