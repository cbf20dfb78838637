"""How alike two texts are, by runs of words. A word may count as another one (a brand as its generic)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

RUN = 3
# From here on two posts say the same to a reader: more than half of their runs are shared.
ALIKE = 0.5
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Gives the word that another one counts as.
Canonical = Callable[[str], str]


def _same(word: str) -> str:
    return word


def runs_of(text: str, canonical: Canonical = _same) -> frozenset[int]:
    """The runs of three words of a text, as hashes; of a shorter one the whole of it; none of no words."""
    words = [canonical(word.casefold()) for word in _WORD.findall(text)]
    if not words:
        return frozenset()
    if len(words) < RUN:
        return frozenset({hash(tuple(words))})
    return frozenset(hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))


@dataclass(frozen=True, slots=True)
class Alike:
    """A text that was kept under `key`, and the share of runs it has in common with the one asked for."""

    key: str
    share: float


class Likenesses:
    """Texts kept by their runs, so that one is compared with thousands in a few milliseconds. Not
    thread-safe."""

    def __init__(self, canonical: Canonical = _same) -> None:
        self.canonical = canonical
        self.sizes: dict[str, int] = {}
        self.runs: dict[str, frozenset[int]] = {}
        self.keys_by_run: dict[int, set[str]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.sizes

    def keep(self, key: str, text: str) -> None:
        """Keep a text; one that is kept under this key already is replaced."""
        self.drop(key)
        runs = runs_of(text, self.canonical)
        self.sizes[key] = len(runs)
        self.runs[key] = runs
        for run in runs:
            self.keys_by_run.setdefault(run, set()).add(key)

    def drop(self, key: str) -> None:
        """Keep a text no more; nothing happens for one that was not."""
        for run in self.runs.pop(key, ()):
            keys = self.keys_by_run[run]
            keys.discard(key)
            if not keys:
                del self.keys_by_run[run]
        self.sizes.pop(key, None)

    def alike(self, text: str, least: float = ALIKE, without: Iterable[str] = ()) -> tuple[Alike, ...]:
        """Kept texts that share at least `least` of all runs of both, the closest first."""
        runs = runs_of(text, self.canonical)
        shared: dict[str, int] = {}
        for run in runs:
            for key in self.keys_by_run.get(run, ()):
                shared[key] = shared.get(key, 0) + 1
        left_out = set(without)
        found = [
            Alike(key, count / (len(runs) + self.sizes[key] - count))
            for key, count in shared.items()
            if key not in left_out
        ]
        return tuple(
            sorted((each for each in found if each.share >= least), key=lambda each: (-each.share, each.key))
        )
