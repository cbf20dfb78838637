"""What a linear reader learned from example posts: how much a sentence reads like one kind of breach.

Rules name wordings; people find others. The reader adds up weights of the words of a sentence, of its pairs
of words, and of the evidence classes in it and beside it. The weights come from packaging/reader/build.py,
which learns them from our own texts; nothing is learned on anybody's laptop. A score is log odds times 100,
moved so that few harmless posts reach 100 (the file of weights says how few).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from medvoice.compliance.classes import BUILT_IN
from medvoice.compliance.facts import Facts, Weighed
from medvoice.compliance.language import EVERYDAY
from medvoice.compliance.tokens import EMAIL, MENTION, NUMBER, URL

# The evidence of a neighbour that a sentence is read with: "It went badly" after a sentence with a medicine.
BESIDE = ("product", "drug", "med", "disease", "patient", "one_person", "reaction")
LANE = 32  # bits; the sum of one column stays below 2**31 for the longest text that is read
_HALF, _MASK = 1 << (LANE - 1), (1 << LANE) - 1
_COLUMNS = 8  # at most
LEAST = 100  # below, no rule speaks
FAR = 200  # behind another column: what reads much more like a success story is not called a side effect too
# Added to a sum, these leave the highest bit of a lane set where its column reaches LEAST.
_ROUND_UP = sum((_HALF - LEAST) << (LANE * column) for column in range(_COLUMNS))
_HIGHEST = sum(_HALF << (LANE * column) for column in range(_COLUMNS))
_PRODUCT = BUILT_IN["product"]
_NONE = repeat(0)
_MOST = 3
_SHAPES = {NUMBER: "<number>", URL: "<link>", EMAIL: "<address>", MENTION: "<mention>"}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by feature. One integer holds the weights of all columns, so that one sum adds them all: column
    k stands in the bits from 32 * k, signed. `columns` are categories; `start` is what a sentence without any
    feature has. Classes are numbers of the ruleset."""

    columns: tuple[str, ...] = ()
    start: int = 0
    words: Mapping[str, int] = field(default_factory=dict[str, int])
    pairs: Mapping[Pair, int] = field(default_factory=dict[Pair, int])
    classes: Mapping[int, int] = field(default_factory=dict[int, int])
    before: Mapping[int, int] = field(default_factory=dict[int, int])
    after: Mapping[int, int] = field(default_factory=dict[int, int])
    cues: Mapping[str, int] = field(default_factory=dict[str, int])

    def scores(self, row: Sequence[Facts]) -> dict[str, list[tuple[int, int]]]:
        """By column the sentences of a post that reach LEAST in it and are not FAR behind in another, with
        their scores. Each sentence is weighed once and keeps that."""
        found: dict[str, list[tuple[int, int]]] = {}
        weighed = [one.weighed or self._weigh(one) for one in row]
        last = len(row) - 1
        for i, one in enumerate(weighed):
            total = one.own
            if i:
                total += weighed[i - 1].before
            if i < last:
                total += weighed[i + 1].after
            if total != one.total:
                one.total, one.scores = total, self._high(total)
            for column, score in one.scores:
                found.setdefault(column, []).append((i, score))
        return found

    def _weigh(self, facts: Facts) -> Weighed:
        line, classes = shape(facts), facts.hits.classes
        own = (
            self.start
            + sum(map(self.words.get, line, _NONE))
            + sum(map(self.pairs.get, pairwise(line), _NONE))
            + sum(map(self.classes.get, classes, _NONE))
            + sum(map(self.cues.get, around(facts), _NONE))
        )
        beside = classes & self.before.keys()
        before = sum(map(self.before.get, beside, _NONE))
        after = sum(map(self.after.get, beside, _NONE))
        facts.weighed = Weighed(own, before, after, own, self._high(own))
        return facts.weighed

    def _high(self, total: int) -> tuple[tuple[str, int], ...]:
        if not (total + _ROUND_UP) & _HIGHEST:
            return ()
        scores = unpack(total, len(self.columns))
        least = max(LEAST, max(scores) - FAR)
        return tuple([pair for pair in zip(self.columns, scores, strict=True) if pair[1] >= least])

    def reasons(self, facts: Facts, column: str) -> str:
        """The words of the sentence that weighed most for a column, in the order of the sentence; "" where
        that are only words that stand everywhere."""
        kept = facts.weighed.words if facts.weighed else dict[str, str]()
        if column not in kept:
            kept[column] = ", ".join(self._reasons(facts, self.columns.index(column)))
        return kept[column]

    def _reasons(self, facts: Facts, column: int) -> list[str]:
        line = shape(facts)
        weight = {word: _of(self.words[word], column) if word in self.words else 0 for word in line}
        for pair in set(pairwise(line)) & self.pairs.keys():
            share = _of(self.pairs[pair], column) // 2
            for word in pair:
                weight[word] += share
        named = [word for word in weight if weight[word] > 0 and word.isalpha() and word not in EVERYDAY]
        chosen = sorted(named, key=lambda word: -weight[word])[:_MOST]
        return [word for word in weight if word in chosen]


def shape(facts: Facts) -> list[str]:
    """The words of a sentence as the reader sees them: medicines, numbers and addresses by what they are, and
    a mark at either end."""
    texts, kinds = facts.tokens.texts, facts.tokens.kinds
    line = ["<start>", *[_SHAPES.get(kind, text) for text, kind in zip(texts, kinds, strict=True)], "<end>"]
    for first, after in reversed(facts.hits.get(_PRODUCT)):
        line[first + 1 : after + 1] = ["<medicine>"]
    return line


def around(facts: Facts) -> set[str]:
    """The kinds of cues in a sentence, and whether it asks or quotes."""
    found = {cue.kind for cue in facts.context.cues}
    if facts.context.is_question:
        found.add("asks")
    if facts.tokens.quotes:
        found.add("quotes")
    return found


def pack(weights: Mapping[int, int]) -> int:
    """The weights of columns in one integer."""
    return sum(weight << (LANE * column) for column, weight in weights.items())


def unpack(packed: int, columns: int) -> tuple[int, ...]:
    """The sums of the first columns."""
    return tuple([_of(packed, column) for column in range(columns)])


def _of(packed: int, column: int) -> int:
    return (((packed + _HIGHEST) >> (LANE * column)) & _MASK) - _HALF


def read_learned(text: str, names: Mapping[str, int]) -> Learned:
    """The reader in a file of weights, with the classes of `names`; what speaks of another class is left out.
    The first line names the columns; each other line is a feature, a tab, and `column:weight` pairs. Raises
    ValueError for any other line."""
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows:
        return Learned()
    start = 0
    of_words: dict[str, dict[str, int]] = {"word": {}, "cue": {}}
    of_pairs: dict[str, dict[Pair, int]] = {"pair": {}}
    of_classes: dict[str, dict[int, int]] = {"class": {}, "before": {}, "after": {}}
    for row in rows[1:]:
        feature, _, weights = row.partition("\t")
        packed = pack({int(column): int(weight) for column, weight in _pairs(weights)})
        kind, *parts = feature.split(" ")
        if kind in of_words and len(parts) == 1:
            of_words[kind][parts[0]] = packed
        elif kind in of_pairs and len(parts) == 2:
            of_pairs[kind][(parts[0], parts[1])] = packed
        elif kind in of_classes and len(parts) == 1:
            if parts[0] in names:
                of_classes[kind][names[parts[0]]] = packed
        elif kind == "start" and not parts:
            start = packed
        else:
            raise ValueError(row)
    columns = tuple(rows[0].split())
    if len(columns) > _COLUMNS:
        raise ValueError(rows[0])
    return Learned(
        columns,
        start,
        of_words["word"],
        of_pairs["pair"],
        of_classes["class"],
        of_classes["before"],
        of_classes["after"],
        of_words["cue"],
    )


def classes_of(text: str) -> tuple[str, ...]:
    """The names of the classes that a file of weights speaks of."""
    kinds = ("class ", "before ", "after ")
    named = {line.partition("\t")[0].split(" ")[1] for line in text.splitlines() if line.startswith(kinds)}
    return tuple(sorted(named))


def _pairs(weights: str) -> Iterable[tuple[str, str]]:
    for one in weights.split():
        column, sign, weight = one.partition(":")
        if not sign:
            raise ValueError(weights)
        yield column, weight
