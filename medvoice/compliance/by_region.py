"""One text under several regions side by side: what passes here and blocks there, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.ruleset import Ruleset
from medvoice.domain.finding import LEVEL_ORDER, REGIONS, Citation, Document, Finding, Level


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One rule at one place. `levels` has each region asked, with None where the rule is silent there."""

    rule: str
    start: int
    end: int
    quote: str
    message: str
    why: str
    basis: tuple[Citation, ...]
    levels: tuple[tuple[str, Level | None], ...]

    @property
    def is_split(self) -> bool:
        """Whether the regions differ."""
        return len({level for _, level in self.levels}) > 1


@dataclass(frozen=True, slots=True)
class ByRegion:
    """`outcomes` is the strictest level of each region, None where no rule matched."""

    outcomes: tuple[tuple[str, Level | None], ...]
    rows: tuple[RegionRow, ...]


def compare(
    document: Document,
    ruleset: Ruleset,
    as_of: date,
    regions: Sequence[str] = REGIONS,
    cache: SentenceCache | None = None,
) -> ByRegion:
    """Check `document` once for each region alone. Sentences are read once, so nine regions cost less than
    twice one. Rows by the strictest level, then position. Any thread, with a cache of its own."""
    cache = cache or SentenceCache()
    found: dict[tuple[str, int, int], dict[str, Finding]] = {}
    outcomes: list[tuple[str, Level | None]] = []
    for region in regions:
        result = check(replace(document, regions=(region,)), ruleset, as_of, cache)
        levels = [one.level for one in result.findings]
        outcomes.append((region, min(levels, key=lambda level: LEVEL_ORDER[level]) if levels else None))
        for one in result.findings:
            found.setdefault((one.rule, one.start, one.end), {})[region] = one
    rows = [_row(by_region, regions) for by_region in found.values()]
    rows.sort(key=lambda row: (_top(row), row.start, row.end, row.rule))
    return ByRegion(tuple(outcomes), tuple(rows))


def _row(by_region: dict[str, Finding], regions: Sequence[str]) -> RegionRow:
    one = next(iter(by_region.values()))
    return RegionRow(
        rule=one.rule,
        start=one.start,
        end=one.end,
        quote=one.quote,
        message=one.message,
        why=one.why,
        basis=one.basis,
        levels=tuple(
            (region, by_region[region].level if region in by_region else None) for region in regions
        ),
    )


def _top(row: RegionRow) -> int:
    return min(LEVEL_ORDER[level] for _, level in row.levels if level is not None)


def to_plain(view: ByRegion) -> list[dict[str, object]]:
    """The rows as JSON-able values."""
    return [
        {
            "rule": row.rule,
            "span": [row.start, row.end],
            "quote": row.quote,
            "message": row.message,
            "why": row.why,
            "basis": [one.doc for one in row.basis],
            "levels": {region: None if level is None else str(level) for region, level in row.levels},
            "differs": row.is_split,
        }
        for row in view.rows
    ]


def to_lines(view: ByRegion, words: dict[Level, str]) -> list[str]:
    """For a terminal: the outcome of each region, then each rule whose regions differ, with its source."""
    lines = [
        "  ".join(
            f"{region}: {words[level] if level else 'nothing matched'}" for region, level in view.outcomes
        )
    ]
    for row in view.rows:
        if not row.is_split:
            continue
        by_level: dict[Level | None, list[str]] = {}
        for region, level in row.levels:
            by_level.setdefault(level, []).append(region)
        said = "; ".join(
            f"{words[level] if level else 'silent'} in {', '.join(names)}"
            for level, names in sorted(
                by_level.items(), key=lambda item: LEVEL_ORDER[item[0]] if item[0] else len(LEVEL_ORDER)
            )
        )
        basis = f" Because: {row.basis[0].doc}." if row.basis else ""
        lines.append(f"“{row.quote}”  {row.message}  [{row.rule}]")
        lines.append(f"  {said}.{basis}")
    if not any(row.is_split for row in view.rows):
        lines.append("The regions do not differ on this text.")
    return lines
