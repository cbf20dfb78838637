"""What must stand in a sentence before a pattern can match there, read from the pattern itself.

A regular expression is dear where it is run in vain. Each way a pattern can match (`a|b` are two) asks for a
word, or at least for some signs and digits; a sentence without them is never searched. Nothing here may ask
for too much: a match that a gate shuts out is a finding lost (tests/unit/compliance/test_gates.py).
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _parser as _sre  # pyright: ignore

MAX_WAYS = 400
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_APART = frozenset(("CATEGORY_DIGIT", "CATEGORY_SPACE", "CATEGORY_NOT_WORD"))  # no letter among them
_Atom = tuple[str, Any]
_Way = tuple[_Atom, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """One of `words` (whole runs of letters), or for one of `others` so many digits and each of the pieces of
    text. A gate with `others` ((0, ()),) is always open."""

    words: frozenset[str] = frozenset()
    others: tuple[tuple[int, tuple[str, ...]], ...] = ((0, ()),)


OPEN = Gate()


def gate_of(source: str) -> Gate:
    """The gate of a pattern that `guard` let pass. One with flags, or with more than MAX_WAYS ways to match,
    has an open gate."""
    tree: Any = _sre.parse(source)  # pyright: ignore
    ways = None if re.compile(source).flags & re.IGNORECASE else _ways(tree)
    if ways is None:
        return OPEN
    words: set[str] = set()
    others: set[tuple[int, frozenset[str]]] = set()
    for way in ways:
        found = [*_words(way)]
        if found:
            words.add(max(found, key=lambda word: (len(word), word)))
        else:
            others.add((sum(map(_digits, way)), frozenset(_pieces(way))))
    asked = [
        one
        for one in others
        if not any(two != one and two[0] <= one[0] and two[1] <= one[1] for two in others)
    ]
    return Gate(frozenset(words), tuple(sorted((digits, tuple(sorted(pieces))) for digits, pieces in asked)))


def _ways(node: Any) -> list[_Way] | None:
    """All ways to go through a tree, groups and choices laid flat; None where they are too many."""
    found: list[_Way] = [()]
    for operation, argument in node:
        name = str(operation)
        options = _options(name, argument)
        if options is None or len(found) * len(options) > MAX_WAYS:
            if name not in _REPEATS:
                return None
            options = [((name, argument),)]
        found = [way + option for way in found for option in options]
    return found


def _options(name: str, argument: Any) -> list[_Way] | None:
    """The ways through one part of a tree."""
    if name == "SUBPATTERN":
        return None if argument[1] else _ways(argument[3])
    if name == "ATOMIC_GROUP":
        return _ways(argument)
    if name == "BRANCH":
        branches = [_ways(branch) for branch in argument[1]]
        return None if None in branches else [way for branch in branches if branch for way in branch]
    if name in _REPEATS and tuple(argument[:2]) == (0, 1):
        inner = _ways(argument[2])
        return None if inner is None else [(), *inner]
    return [((name, argument),)]


def _words(way: _Way) -> Iterator[str]:
    """The runs of letters in a way that are whole words wherever it matches."""
    at = 0
    while at < len(way):
        start = at
        while at < len(way) and way[at][0] == "LITERAL" and chr(way[at][1]).isalpha():
            at += 1
        if at == start:
            at += 1
        elif _is_free(way[:start][::-1], is_back=True) and _is_free(way[at:], is_back=False):
            yield "".join(chr(code) for _, code in way[start:at])


def _is_free(way: Sequence[_Atom], *, is_back: bool) -> bool:
    """Whether no letter can be the first sign of the way; backwards if so given."""
    for name, argument in way:
        if name == "AT":
            return str(argument) in ("AT_BOUNDARY", "AT_END", "AT_BEGINNING")
        if name in ("ASSERT", "ASSERT_NOT"):
            continue
        if name not in _REPEATS:
            return _is_apart(name, argument)
        inner = _ways(argument[2])
        if inner is None or not all(
            one and _is_free(one[::-1] if is_back else one, is_back=is_back) for one in inner
        ):
            return False
        if argument[0]:
            return True
    return False


def _is_apart(name: str, argument: Any) -> bool:
    """Whether a part matches one sign that is no letter."""
    if name == "LITERAL":
        return not chr(argument).isalpha()
    if name == "IN":
        return all(_is_apart(str(one), part) for one, part in argument)
    if name == "RANGE":
        return argument[1] < 128 and not any(
            chr(code).isalpha() for code in range(argument[0], argument[1] + 1)
        )
    return name == "CATEGORY" and str(argument) in _APART


def _digits(atom: _Atom) -> int:
    """How many digits this part of a way has at least."""
    name, argument = atom
    if name == "LITERAL":
        return 48 <= argument <= 57
    if name == "IN":
        return all(_is_digit(str(one), part) for one, part in argument)
    if name in _REPEATS and argument[0]:
        inner = _ways(argument[2])
        return argument[0] * min(sum(map(_digits, one)) for one in inner) if inner else 0
    return 0


def _is_digit(name: str, argument: Any) -> bool:
    if name == "RANGE":
        return argument[0] >= 48 and argument[1] <= 57
    return (name == "CATEGORY" and str(argument) == "CATEGORY_DIGIT") or (
        name == "LITERAL" and 48 <= argument <= 57
    )


def _pieces(way: _Way) -> Iterator[str]:
    """The longest run of signs that stands in every match, and the rare ones."""
    runs = [""]
    for name, argument in way:
        if name == "LITERAL":
            runs[-1] += chr(argument)
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            runs.append("")
    longest = max(runs, key=len)
    if longest:
        yield longest
    yield from {
        sign for run in runs for sign in run if not (sign.isalnum() or sign in longest or sign == " ")
    }
