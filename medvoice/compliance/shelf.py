"""The rules sorted by what calls them, so that a sentence is only ever shown to rules that may fire on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from medvoice.compliance.classes import BUILT_IN

if TYPE_CHECKING:
    from medvoice.compliance.ruleset import Rule

Piece = tuple[int, str, tuple[str, ...], int]
_T = TypeVar("_T")
_ANCHORED_KINDS = ("phrase", "near", "pair", "score", "fold")
_AFTER_KINDS = ("hashtag", "echo", "learned")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rules by what calls them: a class number, a whole word, or so many digits and pieces of text; the
    last as (digits, a piece, further pieces, rule), those with fewer digits first."""

    by_class: Mapping[int, tuple[int, ...]]
    classes: frozenset[int]
    by_word: Mapping[str, tuple[int, ...]]
    by_piece: tuple[Piece, ...]


def shelves(rules: Sequence["Rule"]) -> dict[str, Any]:
    """The rules by how far they look and by the class that calls them."""
    post: dict[int, list[int]] = {}
    hygiene: list[int] = []
    always: list[Rule] = []
    after: list[Rule] = []
    for rule in rules:
        kind = rule.spec.kind
        if kind in _AFTER_KINDS:
            after.append(rule)
        elif kind == "hygiene":
            hygiene.append(rule.number)
        elif rule.is_local or rule.is_near:
            continue
        elif kind in _ANCHORED_KINDS:
            for number in rule.a:
                post.setdefault(number, []).append(rule.number)
        else:
            always.append(rule)
    return {
        "calls": _shelf(
            [
                rule
                for rule in rules
                if rule.is_local or rule.spec.pattern or (rule.is_near and rule.spec.kind != "hygiene")
            ]
        ),
        "hygiene": tuple(hygiene),
        "post_by_anchor": _frozen(post),
        "always_rules": tuple(always),
        "after_rules": tuple(after),
        "asked_of_post": frozenset(_asked(rules)),
        "yields": {
            one.spec.id: one.spec.yields_to for one in rules if one.spec.yields_to and one not in after
        },
        "wider": {rule.spec.id: rule.family for rule in rules if rule.is_wider},
        "revealing": frozenset(rule.spec.id for rule in rules if rule.is_revealing),
    }


def _asked(rules: Sequence["Rule"]) -> Iterator[int]:
    """The classes that rules look for in the whole post."""
    yield from (BUILT_IN["url"], BUILT_IN["mention"])
    for rule in rules:
        if not (rule.is_local or rule.is_near):
            yield from (*rule.a, *rule.b, *rule.c, *rule.absent)


def _shelf(rules: Sequence["Rule"]) -> Shelf:
    by_class: dict[int, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    pieces: list[Piece] = []
    for rule in rules:
        if rule.spec.kind == "pattern":
            for word in rule.gate.words:
                by_word.setdefault(word, []).append(rule.number)
            for digits, (first, *further) in ((digits, asked or ("",)) for digits, asked in rule.gate.others):
                pieces.append((digits, first, tuple(further), rule.number))
        else:
            for number in rule.called_by:
                by_class.setdefault(number, []).append(rule.number)
    return Shelf(_frozen(by_class), frozenset(by_class), _frozen(by_word), tuple(sorted(pieces)))


def _frozen(shelf: Mapping[_T, list[int]]) -> dict[_T, tuple[int, ...]]:
    return {key: tuple(found) for key, found in shelf.items()}
