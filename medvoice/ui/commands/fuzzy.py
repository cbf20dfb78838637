"""How well a few typed letters fit a name, and which of its letters they are."""

from dataclasses import dataclass

# A letter that begins a word is what people type; a run of letters is better than the same ones scattered.
START, WORD, RUN, LETTER, GAP = 24, 18, 14, 4, 1
NOTHING = -(10**6)


@dataclass(frozen=True, slots=True)
class Fit:
    """`score` is higher for a better fit; `places` are indices into the name, ascending."""

    score: int
    places: tuple[int, ...]


def fit(query: str, name: str) -> Fit | None:
    """Every word of `query` must be found in `name`, its letters in order but not side by side. None when one
    is not. Case and accents' own letters are compared as typed, in lower case."""
    lowered = _lower(name)
    score, places = 0, set[int]()
    for word in _lower(query).split():
        found = _fit_word(word, lowered)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Fit(score - len(name) // 8, tuple(sorted(places)))


def begins_words(query: str, words: str) -> bool:
    """Whether each typed word begins one of `words`."""
    known = _lower(words).split()
    return all(any(one.startswith(word) for one in known) for word in _lower(query).split())


def _lower(text: str) -> str:
    # Letter by letter: "İ" has two letters in lower case, which would shift the places.
    return "".join(char.lower()[:1] or char for char in text)


def _fit_word(word: str, name: str) -> Fit | None:
    at = -1
    for char in word:
        at = name.find(char, at + 1)
        if at < 0:
            return None
    whole = _whole(word, name)
    return whole if whole is not None else _scattered(word, name)


def _whole(word: str, name: str) -> Fit | None:
    """The word in one piece, best at a word's start."""
    places = [at for at in range(len(name) - len(word) + 1) if name.startswith(word, at)]
    if not places:
        return None
    best = max(places, key=lambda at: (_bonus(name, at), -at))
    score = _bonus(name, best) + LETTER + (len(word) - 1) * (RUN + LETTER)
    return Fit(score, tuple(range(best, best + len(word))))


def _bonus(name: str, at: int) -> int:
    if at == 0:
        return START
    return WORD if not name[at - 1].isalnum() else 0


def _scattered(word: str, name: str) -> Fit | None:
    """The best way to find the letters in order; letters that begin no word and follow none are dear."""
    best = [[NOTHING] * len(name) for _ in word]
    before = [[-1] * len(name) for _ in word]
    for row, char in enumerate(word):
        top, top_at = NOTHING, -1
        for at, other in enumerate(name):
            if row and at:
                top -= GAP
                if best[row - 1][at - 1] > top:
                    top, top_at = best[row - 1][at - 1], at - 1
            if other != char:
                continue
            own = LETTER + _bonus(name, at)
            if row == 0:
                best[row][at] = own
            elif top > NOTHING // 2:
                jump, run = top + own, best[row - 1][at - 1] + LETTER + RUN
                is_run = run >= jump
                best[row][at] = run if is_run else jump
                before[row][at] = at - 1 if is_run else top_at
    return _trace(best, before, word, name)


def _trace(best: list[list[int]], before: list[list[int]], word: str, name: str) -> Fit | None:
    at = max(range(len(name)), key=lambda index: best[-1][index])
    score = best[-1][at]
    places = []
    for row in range(len(word) - 1, -1, -1):
        places.append(at)
        at = before[row][at]
    fitting = Fit(score, tuple(reversed(places)))
    # Letters strewn over a name without a start or a run are chance, not what was meant.
    return fitting if score >= (LETTER + WORD // 2) * len(word) else None
