"""What somebody with a say decided: the pairs of what was a breach and what was none that rules rest on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from medvoice.compliance.schema import SpecError, Table

_DATED = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_FORM = re.compile(r"-[B-Z]$")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision, in our words: `breach` is what was one, `passed` what was none; one of them may be "".
    `dated` is as exact as it is known ("2013", "2023-11", "2025-01-22"); `is_verified` is False where the
    source could not be checked."""

    id: str
    body: str
    dated: str
    rules: tuple[str, ...]
    breach: str = ""
    passed: str = ""
    url: str = ""
    is_verified: bool = True


def read_ruling(table: Table) -> Ruling:
    """One [[ruling]] of a pack. Raises SpecError naming the key."""
    ruling = Ruling(
        id=table.text("id"),
        body=table.text("body"),
        dated=table.text("dated"),
        rules=table.texts("rules"),
        breach=table.text("breach", ""),
        passed=table.text("passed", ""),
        url=table.text("url", ""),
        is_verified=table.boolean("verified", default=True),
    )
    table.finish()
    if not (ruling.breach or ruling.passed):
        raise SpecError("breach", "is missing, and so is passed: say what was a breach, or what was none")
    if not _DATED.fullmatch(ruling.dated):
        raise SpecError("dated", f"{ruling.dated!r} is no date: write 2013, 2023-11 or 2025-01-22")
    return ruling


def base_of(rule: str) -> str:
    """The rule that a wider form belongs to: "GL-AE-001" of "GL-AE-001-B"; any other id as it is."""
    return _FORM.sub("", rule)


def rulings_for(rule: str, rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings whose line a rule draws: those with both sides first, then verified ones, then breaches,
    then the newest. A wider form of a rule has those of the rule."""
    names = {rule, base_of(rule)}
    found = [one for one in rulings if not names.isdisjoint(one.rules)]
    newest = sorted(found, key=lambda one: one.dated, reverse=True)
    return tuple(
        sorted(newest, key=lambda one: (not (one.breach and one.passed), not one.is_verified, not one.breach))
    )


def pair_of(rulings: Iterable[Ruling]) -> tuple[Ruling | None, Ruling | None]:
    """Of `rulings_for`: the one that shows what was a breach and the one that shows what was none; the same
    one where it shows both."""
    rulings = tuple(rulings)
    breach = next((one for one in rulings if one.breach), None)
    if breach is not None and breach.passed:
        return breach, breach
    return breach, next((one for one in rulings if one.passed), None)
