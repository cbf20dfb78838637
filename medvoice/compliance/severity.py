"""The level of a finding: over regions, conditions and inherited rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medvoice.compliance.conditions import CHECKS, Evidence
from medvoice.compliance.spec import SeveritySpec
from medvoice.domain.finding import LEVEL_ORDER, Finding, Level

REVEALED = "revealed"
_MAX_INHERIT = 4
_MAX_DECIDED = 20_000
_UNKNOWN = object()
_LEVELS = {str(level): level for level in Level}


@dataclass(frozen=True, slots=True)
class Decision:
    """The level, its way out, and the regions it comes from."""

    level: Level
    lift: str
    regions: tuple[str, ...]


def decide(
    evidence: Evidence, regions: tuple[str, ...], lies_on: Sequence[Finding] = (), depth: int = 0
) -> Decision | None:
    """The strictest level over `regions`, None when no region has one. For each region, entries whose `if`
    holds go before those without and `otherwise`; of the same standing the strictest counts."""
    rule = evidence.rule
    if rule.is_deferring:
        return _decide(rule.spec.severity, evidence, regions, lies_on, depth)
    place = (rule.number, evidence.candidate.sentence)
    held = evidence.view.held.get(place)
    if held is None or rule.asks_of_place:
        held = evidence.view.held[place] = tuple([CHECKS[name](evidence) for name in rule.conditions])
    seen = tuple([(one.level, one.lift, one.regions) for one in lies_on])
    memo, key = evidence.view.ruleset.decided, (rule.number, regions, held, seen)
    decision = memo.get(key, _UNKNOWN)
    if decision is not _UNKNOWN:
        assert decision is None or isinstance(decision, Decision)
        return decision
    if len(memo) >= _MAX_DECIDED:
        memo.clear()
    made = memo[key] = _decide(rule.spec.severity, evidence, regions, lies_on, depth)
    return made


def _decide(
    severity: Sequence[SeveritySpec],
    evidence: Evidence,
    regions: Sequence[str],
    lies_on: Sequence[Finding],
    depth: int,
) -> Decision | None:
    return _over_regions(regions, _by_region(severity, evidence, regions, lies_on, depth))


def _by_region(
    severity: Sequence[SeveritySpec],
    evidence: Evidence,
    regions: Sequence[str],
    lies_on: Sequence[Finding],
    depth: int,
) -> dict[str, Decision]:
    special: dict[str, Decision] = {}
    general: dict[str, Decision] = {}
    held: dict[str, bool] = {}
    for entry in severity:
        is_general = entry.condition in ("", "otherwise")
        if not is_general:
            if entry.condition not in held:
                held[entry.condition] = CHECKS[entry.condition](evidence)
            if not held[entry.condition]:
                continue
        # Where something is revealed, that counts before what is said otherwise.
        best = general if is_general and entry.source != REVEALED else special
        fitting = [region for region in regions if entry.regions is None or region in entry.regions]
        for region, decision in _entry(entry, evidence, fitting, lies_on, depth).items():
            if _is_stricter(decision, best.get(region)):
                best[region] = decision
    return {**general, **special}


def _is_stricter(one: Decision, other: Decision | None) -> bool:
    return other is None or LEVEL_ORDER[one.level] < LEVEL_ORDER[other.level]


def _over_regions(regions: Sequence[str], best: Mapping[str, Decision]) -> Decision | None:
    """The strictest of the regions' decisions, with all regions that say the same."""
    top: Decision | None = None
    for decision in best.values():
        if _is_stricter(decision, top):
            top = decision
    if top is None:
        return None
    same = tuple(region for region in regions if region in best and best[region].level is top.level)
    lift = next((best[region].lift for region in same if best[region].lift), "")
    return Decision(top.level, lift, same)


def _entry(
    entry: SeveritySpec,
    evidence: Evidence,
    regions: Sequence[str],
    lies_on: Sequence[Finding],
    depth: int,
) -> dict[str, Decision]:
    """What one entry says for each of the regions it fits."""
    if entry.level != "inherit":
        return dict.fromkeys(regions, Decision(_LEVELS[entry.level], entry.lift, ()))
    if entry.source == REVEALED:
        found: dict[str, Decision] = {}
        for finding in lies_on:
            decision = Decision(finding.level, finding.lift, ())
            for region in finding.regions:
                if region in regions and _is_stricter(decision, found.get(region)):
                    found[region] = decision
        return found
    rules: Mapping[str, object] = evidence.view.ruleset.by_id
    if entry.source not in rules or depth >= _MAX_INHERIT:
        return dict.fromkeys(regions, Decision(Level.ADVISE, "", ()))
    parent = evidence.view.ruleset.by_id[entry.source]
    return _by_region(parent.spec.severity, evidence, regions, lies_on, depth + 1)


def lower(level: Level, steps: int) -> Level | None:
    """`level` so many steps milder; below advise there is nothing."""
    if not steps:
        return level
    order = (Level.BLOCK, Level.WARN, Level.ADVISE)
    at = order.index(level) + steps
    return order[at] if at < len(order) else None
