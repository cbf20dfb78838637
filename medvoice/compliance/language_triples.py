"""Which language a sentence is in by its letters alone, for one whose words do not tell."""

import re
from collections.abc import Iterator
from itertools import repeat

from medvoice.compliance.language_letters import LANGUAGES, STEP, TRIPLES

_WORD = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 12
_MOST = 400  # code points; a longer sentence says nothing new, and would cost as much as its check
# Latin that English texts of the field hold; letters would take it for Italian.
_LATIN = frozenset("vitro vivo silico situ novo utero quo versa versus vice via per ad hoc et al".split())
# Steps of all languages in one integer, so that one sum adds them all: the lowest lane counts triples, lane
# k + 1 holds the steps of language k. A sentence of _MOST code points stays far below a lane's end.
_LANE = 20
_MASK = (1 << _LANE) - 1
_NONE = repeat(0)


def _table() -> dict[str, int]:
    rows: dict[str, int] = {}
    for entry in TRIPLES.split():
        steps = [1, *[ord(sign) - ord("a") for sign in entry[3:]]]
        rows[entry[:3]] = sum(step << (_LANE * lane) for lane, step in enumerate(steps))
    return rows


_ROWS = _table()


def _triples(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if word in _LATIN:
            continue
        edged = f"_{word}_"
        yield from [edged[at : at + 3] for at in range(len(word))]


def by_triples(text: str) -> tuple[str, float]:
    """The language whose letters are most like those of `text`, and by how much it leads the next (natural
    logarithm, for each triple); "" with 0 where there is too little to go by. Deterministic; linear."""
    total = sum(map(_ROWS.get, _triples(text[:_MOST]), _NONE))
    count = total & _MASK
    if count < MIN_LETTERS:
        return "", 0.0
    steps = [(total >> (_LANE * lane)) & _MASK for lane in range(1, len(LANGUAGES) + 1)]
    order = sorted(range(len(LANGUAGES)), key=lambda number: (-STEP * steps[number], number))
    lead = STEP * (steps[order[0]] - steps[order[1]])
    return LANGUAGES[order[0]], lead / count
