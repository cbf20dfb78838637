"""The facts of one sentence: tokens, hits of every class, context, language. They are cached."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from medvoice.compliance.context import Context
from medvoice.compliance.fold import Folded, Note
from medvoice.compliance.hits import Hit, Hits
from medvoice.compliance.tokens import Tag, Tokens


@dataclass(slots=True)
class Facts:
    """One sentence. Spans of `notes` are code points of the sentence as given; of `tokens`, folded ones.
    `local` is what the rules of one sentence found, `near` the rules that must look at its neighbours too,
    `asked` its classes that rules of the whole post ask for,
    `tag_classes` what stands inside its hashtags; `serial` tells it from all others of its cache."""

    text: str
    folded: Folded
    tokens: Tokens
    hits: Hits
    context: Context
    language: str
    notes: tuple[Note, ...]
    local: list["Candidate"] = field(default_factory=list["Candidate"])
    near: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()
    tag_classes: frozenset[int] = frozenset()
    serial: int = 0

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
