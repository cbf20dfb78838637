"""Which language a sentence is in by its letters alone, for one whose words do not tell."""

import re
from collections.abc import Iterator
from operator import add

from medvoice.compliance.language_letters import FLOOR, LANGUAGES, STEP, TRIPLES

_WORD = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 12
_MOST = 400  # code points; a longer sentence says nothing new, and would cost as much as its check
# Latin that English texts of the field hold; letters would take it for Italian.
_LATIN = frozenset("vitro vivo silico situ novo utero quo versa versus vice via per ad hoc et al".split())


def _table() -> dict[str, tuple[float, ...]]:
    rows: dict[str, tuple[float, ...]] = {}
    for entry in TRIPLES.split():
        signs = entry[3:]
        rows[entry[:3]] = tuple(FLOOR + STEP * (ord(sign) - ord("a")) for sign in signs)
    return rows


_ROWS = _table()


def _triples(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        word = word.lower()
        if word in _LATIN:
            continue
        edged = f"_{word}_"
        for at in range(len(edged) - 2):
            yield edged[at : at + 3]


def by_triples(text: str) -> tuple[str, float]:
    """The language whose letters are most like those of `text`, and by how much it leads the next (natural
    logarithm, for each triple); "" with 0 where there is too little to go by. Deterministic; linear."""
    sums = [0.0] * len(LANGUAGES)
    count = 0
    for triple in _triples(text[:_MOST]):
        row = _ROWS.get(triple)
        if row is not None:
            count += 1
            sums = list(map(add, sums, row))
    if count < MIN_LETTERS:
        return "", 0.0
    order = sorted(range(len(LANGUAGES)), key=lambda number: (-sums[number], number))
    return LANGUAGES[order[0]], (sums[order[0]] - sums[order[1]]) / count
