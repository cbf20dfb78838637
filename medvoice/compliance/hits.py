"""Which classes have a hit in a sentence, and where. Most classes are only ever asked for whether they have
one, so the places are put together when somebody asks for them."""

from collections.abc import Iterable
from operator import itemgetter

Hit = tuple[int, int]
Ids = tuple[int, ...]
_IDS = itemgetter(0)
_FEW = 30


class Hits:
    """`classes` are those with a hit. A hit is (first token, token after the last); those of a class are in
    order, and the longest match wins inside it. `terms` are all terms found, by their first token, as (their
    classes, first token, token after the last); `given` are the hits of classes that no term has."""

    __slots__ = ("_made", "classes", "given", "terms")

    def __init__(self) -> None:
        self.classes: set[int] = set()
        self.terms: list[tuple[Ids, int, int]] = []
        self.given: dict[int, list[Hit]] = {}
        self._made: dict[int, list[Hit]] = {}

    def count(self) -> None:
        """Let the classes of all terms found count; to be called when terms were added."""
        self.classes.update(*map(_IDS, self.terms))

    def __contains__(self, one: int) -> bool:
        return one in self.classes

    def __getitem__(self, one: int) -> list[Hit]:
        """The hits of a class that has some."""
        found = self._made.get(one)
        if found is None:
            found = self._made[one] = self._find(one) if one not in self.given else self.given[one]
        return found

    def __setitem__(self, one: int, found: list[Hit]) -> None:
        """Let a class have these hits instead."""
        self.given[one] = self._made[one] = found
        self.classes.add(one)

    def get(self, one: int) -> list[Hit]:
        """The hits of a class, perhaps none. Not to be changed."""
        return self[one] if one in self.classes else []

    def add(self, one: int, hit: Hit) -> None:
        """One more hit of a class that no term has."""
        self.given.setdefault(one, []).append(hit)
        self.classes.add(one)

    def pop(self, one: int) -> list[Hit]:
        """The hits of a class, which has none from now on."""
        found = self[one]
        self.classes.discard(one)
        return found

    def all_of(self, classes: Ids) -> list[Hit]:
        """The hits of the classes, in order, without doubles. Not to be changed."""
        if len(classes) == 1:
            return self.get(classes[0])
        rows = [self[one] for one in classes if one in self.classes]
        if len(rows) < 2:
            return rows[0] if rows else []
        return sorted({hit for row in rows for hit in row})

    def touching(self, inside: Iterable[int]) -> frozenset[int]:
        """The classes with a hit that begins at one of these tokens."""
        firsts = frozenset(inside)
        found: set[int] = set()
        unsure: set[int] = set()  # a longer match that begins before may hold this one
        reached = 0
        for ids, first, after in self.terms:
            if first in firsts:
                (found if first >= reached else unsure).update(ids)
            elif after > reached:
                reached = after
        unsure.update(self.given)
        found.update(one for one in unsure - found if any(hit[0] in firsts for hit in self.get(one)))
        return frozenset(found & self.classes)

    def _find(self, one: int) -> list[Hit]:
        """The hits of one class; of a long sentence those of all, as each look goes through all terms."""
        found: dict[int, list[Hit]] = {one: []}
        if len(self.terms) <= _FEW:
            for ids, first, after in self.terms:
                if one in ids:
                    _keep(found[one], first, after)
        else:
            for ids, first, after in self.terms:
                for each in ids:
                    if each not in found:
                        found[each] = [(first, after)]
                    else:
                        _keep(found[each], first, after)
            self._made = found | self._made
        return found[one]


def _keep(found: list[Hit], first: int, after: int) -> None:
    """Longest match: a hit replaces a shorter one with the same start, and is dropped inside an earlier
    one."""
    if not found:
        found.append((first, after))
        return
    last_first, last_after = found[-1]
    if after > last_after:
        if last_first == first:
            found[-1] = (first, after)
        else:
            found.append((first, after))
