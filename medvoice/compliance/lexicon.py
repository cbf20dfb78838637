"""Medicine names: the list, own products, compound codes, INN endings; and splitting hashtags."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from medvoice.compliance.fold import Folded, fold
from medvoice.compliance.hits import Hit, Hits
from medvoice.compliance.tokens import NUMBER, WORD, Tokens, term_tokens

MIN_STEM_WORD = 6
_CODE_NOT_TEXT = """
nct isrctn pmid pmc doi iso iec covid cov ich cfr auth case eudract ctis euct rfc ansi astm en din bs sars
act art gmp gcp ean isbn issn ndc gtin cas ec fda ema box booth hall room po zip icd phase grade day week
part page fig table no nr eur usd chf gbp mrn ssn nhs
"""
_CODE_NOT = frozenset(_CODE_NOT_TEXT.split())
_SPLITTABLE = re.compile(r"[a-z]{6,60}")


@dataclass(frozen=True, slots=True)
class Drugs:
    """The medicine list. `generic` maps a brand (words joined by spaces) to its generic; names that are also
    everyday words (`gated`) count only in a hashtag, with a registered sign or beside their generic."""

    singles: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    generic: Mapping[str, str] = field(default_factory=dict[str, str])
    brands: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    gated: frozenset[str] = frozenset()


def read_drugs(text: str) -> Drugs:
    """From lexicon/drugs.txt: a line is `name`, or `brand TAB generic`; a leading `!` marks a gated name."""
    singles: list[str] = []
    phrases: list[tuple[str, ...]] = []
    generic: dict[str, str] = {}
    brands: dict[str, list[str]] = {}
    gated: set[str] = set()
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        name, _, other = line.partition("\t")
        is_gated = name[0] == "!"
        if is_gated:
            name = name[1:]
        key = name
        if name.isalpha() and name.isascii():
            singles.append(name)
        else:
            words = term_tokens(fold(name).text)
            key = " ".join(words)
            if len(words) == 1:
                singles.append(key)
            elif words:
                phrases.append(words)
        if other:
            generic[key] = other
            brands.setdefault(other, []).append(key)
        if is_gated:
            gated.add(key)
    return Drugs(
        tuple(singles),
        tuple(phrases),
        generic,
        {name: tuple(found) for name, found in brands.items()},
        frozenset(gated),
    )


@dataclass(frozen=True, slots=True)
class Stems:
    """INN endings; `tails` are their last two letters, for a quick look."""

    endings: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    tails: frozenset[str] = frozenset()

    def ending_of(self, word: str) -> str:
        """The INN ending of a folded word, "" when it has none. Plural s is allowed."""
        if len(word) < MIN_STEM_WORD:
            return ""
        base = word[:-1] if word[-1] == "s" and word[-3:-1] in self.tails else word
        if base[-2:] not in self.tails:
            return ""
        for ending in self.endings:
            if base.endswith(ending) and len(base) > len(ending) + 1:
                return "" if base.endswith(self.exceptions) else ending
        return ""


def read_stems(text: str) -> Stems:
    """From lexicon/stems.txt: an ending a line; a line with a leading minus takes a word ending out."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    endings = tuple(sorted((line for line in lines if line[0] != "-"), key=len, reverse=True))
    exceptions = tuple(line[1:] for line in lines if line[0] == "-")
    return Stems(endings, exceptions, frozenset(ending[-2:] for ending in endings))


def keep_drugs(found: Sequence[Hit], tokens: Tokens, folded: str, drugs: Drugs) -> list[Hit]:
    """The hits of the medicine list that count: gated names only with a second cue."""
    kept: list[Hit] = []
    for first, after in found:
        key = " ".join(tokens.texts[first:after])
        if key in drugs.gated and not _has_second_cue(key, first, after, tokens, folded, drugs):
            continue
        kept.append((first, after))
    return kept


def _has_second_cue(key: str, first: int, after: int, tokens: Tokens, folded: str, drugs: Drugs) -> bool:
    if tokens.tag_of(first) is not None:
        return True
    if folded[tokens.ends[after - 1] : tokens.ends[after - 1] + 2].lstrip().startswith(("®", "tm", "▼")):
        return True
    generic = drugs.generic.get(key, "").split(" ")[0]
    around = tokens.texts[max(0, first - 4) : after + 4]
    return bool(generic) and generic in around


def codes(tokens: Tokens, original: str, folded: Folded) -> list[Hit]:
    """Compound codes of pharma style: two to five capitals, perhaps a hyphen, three to six digits. Registry
    and standards numbers and years are none."""
    found: list[Hit] = []
    texts, kinds = tokens.texts, tokens.kinds
    for index in range(len(texts) - 1):
        if kinds[index + 1] != NUMBER or kinds[index] != WORD:
            continue
        word, digits = texts[index], texts[index + 1]
        if not (2 <= len(word) <= 5 and 3 <= len(digits) <= 6 and digits.isdigit()):
            continue
        starts, ends = tokens.starts, tokens.ends
        gap = starts[index + 1] - ends[index]
        if gap > 1 or word in _CODE_NOT or not word.isascii() or (index and ends[index - 1] == starts[index]):
            continue
        low, high = folded.span(starts[index], ends[index + 1])
        shown = original[low:high]
        if not shown[: len(word)].isupper() or (gap == 1 and "-" not in shown):
            continue
        if gap == 0 and len(digits) == 4 and digits[:2] in ("19", "20"):
            continue
        found.append((index, index + 2))
    return found


def other_names(name: str, drugs: Drugs) -> tuple[str, ...]:
    """The generic of a brand, or the brands of a generic."""
    key = " ".join(term_tokens(fold(name).text))
    generic = drugs.generic.get(key)
    return (generic,) if generic else drugs.brands.get(key, ())


def product_in_url(url: str, is_product: Callable[[str], bool]) -> bool:
    """Whether a link names a product in its host or path."""
    return any(len(word) >= 5 and is_product(word) for word in re.findall(r"[a-z]+", url))


class Splitter:
    """Divides lower-case hashtags into known words: fewest words win, longer ones first.

    Knows medicine names, so that `keytrudasaveslives` is not `key trud a saves lives`. Thread-safe.
    """

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self.split = lru_cache(maxsize=2048)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """The words of `word`, itself alone when it cannot be divided wholly (a known head is kept apart)."""
        if not _SPLITTABLE.fullmatch(word) or self._is_known(word):
            return (word,)
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(word) + 1):
            options = [
                (best[start][0] + _cost(word[start:end]), start)
                for start in range(max(0, end - 24), end)
                if best[start][0] < 1e9 and self._counts(word[start:end])
            ]
            best.append(min(options) if options else (1e9, 0))
        if best[-1][0] < 1e9:
            pieces: list[str] = []
            end = len(word)
            while end:
                start = best[end][1]
                pieces.append(word[start:end])
                end = start
            return tuple(reversed(pieces))
        return self._known_head(word)

    def _counts(self, piece: str) -> bool:
        if len(piece) == 1:
            return piece in "ai"
        return (piece in _SHORT) if len(piece) == 2 else self._is_known(piece)

    def _known_head(self, word: str) -> tuple[str, ...]:
        for size in range(len(word) - 3, 5, -1):
            if self._is_known(word[:size]):
                return (word[:size], word[size:])
        return (word,)


_SHORT = frozenset("no my of in is it to we me on at by up us do go so an as be or if the".split())


def _cost(piece: str) -> float:
    return 1.0 + (2.0 if len(piece) <= 2 else 1.0 if len(piece) == 3 else 0.0) - len(piece) / 100


def merge_hits(hits: Hits, class_id: int, sources: Sequence[int]) -> None:
    """Let class `class_id` have the hits of all `sources`, in order and without doubles."""
    found = {hit for source in sources for hit in hits.get(source)}
    if found:
        hits[class_id] = sorted(found)
