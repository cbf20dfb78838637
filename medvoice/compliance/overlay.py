"""A company's own pack may change rules of other packs: add words, tighten, reword; loosen with an approver.

Changes are data (`[[change]]`, resources/packs/FORMAT.md). They are applied when packs are read, in the order
of the packs' ids, so that what is in force is one plain set of rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from medvoice.compliance.spec import ChangeSpec, RuleSpec, SeveritySpec
from medvoice.domain.finding import REGIONS

_ORDER = {"block": 0, "warn": 1, "advise": 2}


def apply_changes(
    rules: Sequence[RuleSpec], changes: Iterable[tuple[str, ChangeSpec]]
) -> tuple[tuple[RuleSpec, ...], tuple[tuple[str, ChangeSpec], ...]]:
    """The rules with the changes of (pack, change) in them, and the changes that speak of no rule there is. A
    changed rule's version names the pack: "1+exampharm". Pure."""
    by_id = {rule.id: rule for rule in rules}
    order = [rule.id for rule in rules]
    lost: list[tuple[str, ChangeSpec]] = []
    for pack, change in changes:
        rule = by_id.get(change.rule)
        if rule is None:
            lost.append((pack, change))
        elif change.is_off:
            del by_id[change.rule]
        else:
            by_id[change.rule] = _changed(rule, change, pack)
    return tuple(by_id[name] for name in order if name in by_id), tuple(lost)


def loosens(change: ChangeSpec) -> tuple[str, ...]:
    """The keys of a change that make a rule milder: they need a named approver."""
    found: list[str] = []
    if change.is_off:
        found.append("off")
    if change.at_most:
        found.append("at_most")
    if change.excepts:
        found.append("except_add")
    return tuple(found)


def _changed(rule: RuleSpec, change: ChangeSpec, pack: str) -> RuleSpec:
    return replace(
        rule,
        version=f"{rule.version}+{pack}",
        title=change.title or rule.title,
        why=change.why or rule.why,
        advice=change.advice or rule.advice,
        a=(*rule.a, *change.a),
        excepts=(*rule.excepts, *change.excepts),
        severity=_levels(rule.severity, change),
    )


def _levels(severity: Sequence[SeveritySpec], change: ChangeSpec) -> tuple[SeveritySpec, ...]:
    """Each entry split into the regions the change speaks of, whose level it moves, and the others."""
    if not (change.at_least or change.at_most):
        return tuple(severity)
    found: list[SeveritySpec] = []
    for entry in severity:
        meant = tuple(region for region in entry.regions or REGIONS if region in (change.regions or REGIONS))
        others = tuple(region for region in entry.regions or REGIONS if region not in meant)
        if meant:
            regions = None if entry.regions is None and not others else meant
            found.append(_moved(replace(entry, regions=regions), change))
        if others:
            found.append(replace(entry, regions=others))
    return tuple(found)


def _moved(entry: SeveritySpec, change: ChangeSpec) -> SeveritySpec:
    level = entry.level
    if level == "inherit":
        return entry
    if change.at_least and _ORDER[level] > _ORDER[change.at_least]:
        level = change.at_least
    if change.at_most and _ORDER[level] < _ORDER[change.at_most]:
        level = change.at_most
    lift = (change.lift or entry.lift or "reviewer") if level == "block" else ""
    return replace(entry, level=level, lift=lift)
