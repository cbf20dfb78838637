"""The level of a finding: over regions, conditions and inherited rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medvoice.compliance.conditions import CHECKS, Evidence
from medvoice.compliance.spec import SeveritySpec
from medvoice.domain.finding import LEVEL_ORDER, Finding, Level

REVEALED = "revealed"
_MAX_INHERIT = 4


@dataclass(frozen=True, slots=True)
class Decision:
    """The level, its way out, and the regions it comes from."""

    level: Level
    lift: str
    regions: tuple[str, ...]


def decide(
    evidence: Evidence, regions: Sequence[str], lies_on: Sequence[Finding] = (), depth: int = 0
) -> Decision | None:
    """The strictest level over `regions`, None when no region has one. For each region, entries whose `if`
    holds go before those without and `otherwise`; of the same standing the strictest counts."""
    return _decide(evidence.rule.spec.severity, evidence, regions, lies_on, depth)


def _decide(
    severity: Sequence[SeveritySpec],
    evidence: Evidence,
    regions: Sequence[str],
    lies_on: Sequence[Finding],
    depth: int,
) -> Decision | None:
    held: dict[str, bool] = {}
    best: dict[str, Decision] = {}
    for region in regions:
        special: list[Decision] = []
        general: list[Decision] = []
        for entry in severity:
            if entry.regions is not None and region not in entry.regions:
                continue
            is_general = entry.condition in ("", "otherwise")
            if not is_general and not _holds(entry.condition, evidence, held):
                continue
            decision = _entry(entry, evidence, region, lies_on, depth)
            if decision is not None:
                # Where something is revealed, that counts before what is said otherwise.
                is_special = not is_general or entry.source == REVEALED
                (special if is_special else general).append(decision)
        found = special or general
        if found:
            best[region] = min(found, key=lambda one: LEVEL_ORDER[one.level])
    if not best:
        return None
    top = min(best.values(), key=lambda one: LEVEL_ORDER[one.level])
    same = tuple(region for region in regions if region in best and best[region].level is top.level)
    lift = next((best[region].lift for region in same if best[region].lift), "")
    return Decision(top.level, lift, same)


def _holds(condition: str, evidence: Evidence, held: dict[str, bool]) -> bool:
    if condition not in held:
        held[condition] = CHECKS[condition](evidence)
    return held[condition]


def _entry(
    entry: SeveritySpec, evidence: Evidence, region: str, lies_on: Sequence[Finding], depth: int
) -> Decision | None:
    if entry.level != "inherit":
        return Decision(Level(entry.level), entry.lift, (region,))
    if entry.source == REVEALED:
        found = [finding for finding in lies_on if region in finding.regions]
        if not found:
            return None
        top = min(found, key=lambda finding: LEVEL_ORDER[finding.level])
        return Decision(top.level, top.lift, (region,))
    rules: Mapping[str, object] = evidence.view.ruleset.by_id
    if entry.source not in rules or depth >= _MAX_INHERIT:
        return Decision(Level.ADVISE, "", (region,))
    parent = evidence.view.ruleset.by_id[entry.source]
    return _decide(parent.spec.severity, evidence, (region,), lies_on, depth + 1)


def lower(level: Level, steps: int) -> Level | None:
    """`level` so many steps milder; below advise there is nothing."""
    order = (Level.BLOCK, Level.WARN, Level.ADVISE)
    at = order.index(level) + steps
    return order[at] if at < len(order) else None
