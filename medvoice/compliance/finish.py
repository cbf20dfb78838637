"""The end of a check: findings merged, what was not read, what evidence was seen."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from medvoice.compliance.classes import BUILT_IN
from medvoice.compliance.facts import Facts
from medvoice.compliance.kinds.language import NAMES
from medvoice.compliance.ruleset import REGION_PARENTS, Ruleset
from medvoice.compliance.view import View
from medvoice.domain.finding import LEVEL_ORDER, Document, Finding

_ATOMS = {
    "product": ("product",),
    "disease": ("disease",),
    "therapy_area": ("therapy_area",),
    "statistic": ("statistic", "percent"),
    "number": ("number",),
    "mention": ("mention",),
    "meeting": ("closed_meeting",),
    "congress": ("society",),
    "link": ("url",),
    "patient": ("patient", "single_patient"),
    "employer": ("own_company",),
    "disclaimer": ("disclaimer",),
}
_REGION_NAMES = {
    "US": "United States",
    "EU": "European Union",
    "UK": "United Kingdom",
    "DE": "Germany",
    "CH": "Switzerland",
    "CA": "Canada",
    "AU": "Australia",
    "JP": "Japan",
    "IN": "India",
}


def join(findings: Sequence[Finding], ruleset: Ruleset) -> list[Finding]:
    """One finding where findings of the same rule overlap (the longest, the strictest), `once` rules once."""
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        if one.rule in by_rule:
            by_rule[one.rule].append(one)
        else:
            by_rule[one.rule] = [one]
    kept: list[Finding] = []
    for rule_id, same in by_rule.items():
        if len(same) > 1:
            same = same if _is_apart(same) else _joined(same)
            if len(same) > 1 and ruleset.by_id[rule_id].spec.is_once:
                same = [min(same, key=lambda one: (LEVEL_ORDER[one.level], one.start))]
        kept += same
    return kept


def settle(joined: Sequence[Finding], ruleset: Ruleset, starts: Sequence[int]) -> list[Finding]:
    """Of joined findings those that stand: rules that yield are silent where they do, and a rule and its
    wider forms (GL-AE-001, GL-AE-001-B...) speak once in a sentence. `starts` are the code points where
    sentences begin; none keeps all forms."""
    kept = list(joined)
    names = _yielded_to(kept, ruleset)
    if names:
        by_name: dict[str, list[Finding]] = {}
        for one in kept:
            for name in (one.rule, one.category):
                if name in names:
                    by_name.setdefault(name, []).append(one)
        if by_name:
            yields = ruleset.yields
            kept = [one for one in kept if one.rule not in yields or not _yields(one, by_name, yields)]
    return _one_of_a_family(kept, ruleset, starts)


def settle_more(
    settled: list[Finding],
    joined: list[Finding],
    more: list[Finding],
    ruleset: Ruleset,
    starts: Sequence[int],
) -> list[Finding]:
    """As settle((*joined, *more)), given that settle(joined) is `settled`: at once where `more` has nothing
    to do with what stands."""
    names = _yielded_to(joined, ruleset)
    families = {ruleset.wider[one.rule] for one in joined if one.rule in ruleset.wider}
    for one in more:
        if one.rule in ruleset.yields or one.rule in names or one.category in names:
            return settle((*joined, *more), ruleset, starts)
        if one.rule in ruleset.wider or ruleset.by_id[one.rule].family in families:
            return settle((*joined, *more), ruleset, starts)
    return settled + more


def _yielded_to(findings: Iterable[Finding], ruleset: Ruleset) -> set[str]:
    """The rules and categories that the rules of these findings yield to."""
    yields = ruleset.yields
    return {name for one in findings if one.rule in yields for name in yields[one.rule]}


def _one_of_a_family(kept: list[Finding], ruleset: Ruleset, starts: Sequence[int]) -> list[Finding]:
    """Of a rule and its wider forms in one sentence the strictest; the listed wording where they are equal,
    all its hits."""
    wider, rules = ruleset.wider, ruleset.by_id
    families = {wider[one.rule] for one in kept if one.rule in wider} if starts else set[str]()
    if not families:
        return kept
    groups: dict[tuple[str, int], list[Finding]] = {}
    for one in kept:
        family = rules[one.rule].family
        if family in families:
            groups.setdefault((family, bisect_right(starts, one.start)), []).append(one)
    dropped: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            first = min(group, key=lambda one: (LEVEL_ORDER[one.level], one.rule, one.start))
            is_wide = first.rule in wider
            dropped.update(id(one) for one in group if one is not first and (is_wide or one.rule in wider))
    return [one for one in kept if id(one) not in dropped] if dropped else kept


def _is_apart(same: list[Finding]) -> bool:
    """Whether findings follow each other without touching, as nearly always."""
    end = -1
    for one in same:
        if one.start < end or one.end <= one.start:
            return False
        end = one.end
    return True


def _joined(same: list[Finding]) -> list[Finding]:
    same = sorted(same, key=lambda one: (one.start, one.start - one.end))
    joined: list[Finding] = []
    for one in same:
        if joined and one.start < joined[-1].end:
            if _weight(one) > _weight(joined[-1]):
                joined[-1] = one
            continue
        joined.append(one)
    return joined


def _weight(one: Finding) -> tuple[int, int]:
    return (-LEVEL_ORDER[one.level], one.end - one.start)


def _yields(
    one: Finding, by_name: Mapping[str, list[Finding]], yields: Mapping[str, tuple[str, ...]]
) -> bool:
    for name in yields[one.rule]:
        for other in by_name.get(name, ()):
            if other.start < one.end and one.start < other.end and other.rule != one.rule:
                return True
    return False


def unread_of(document: Document, view: View | None) -> tuple[str, ...]:
    """Sentences about what was not read: length (no `view`), images, links, languages, regions without
    rules."""
    facts: Sequence[Facts] = view.facts if view else ()
    found: list[str] = []
    if not facts and document.text.strip():
        found.append("The text is too long; nothing in it was read.")
    if document.image_count:
        found.append(f"{_some(document.image_count, 'image')} not read.")
    url = BUILT_IN["url"]
    links = sum(len(facts[i].hits[url]) for i in view.sentences_with((url,))) if view else 0
    if links:
        found.append(f"{_some(links, 'linked page')} not read.")
    foreign: dict[str, int] = {}
    for one in facts:
        if one.language not in ("", "en", "de", "fr"):
            foreign[one.language] = foreign.get(one.language, 0) + 1
    if foreign:
        names = ", ".join(sorted(NAMES.get(name, name.capitalize()) for name in foreign))
        found.append(f"{_some(sum(foreign.values()), 'sentence')} in a language no rule reads ({names}).")
    if view:
        found += _regions_without_pack(document.regions, view.ruleset)
    return tuple(found)


def _regions_without_pack(regions: Sequence[str], ruleset: Ruleset) -> list[str]:
    packs = {pack.id for pack in ruleset.packs}
    return [
        f"{_REGION_NAMES.get(region, region)}: read with the "
        + ("EU rules" if region in REGION_PARENTS else "core rules only")
        + "; a pack of its own does not exist yet."
        for region in regions
        if region.lower() not in packs and region not in ("US", "EU", "UK")
    ]


def _some(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def atoms_of(view: View, findings: Sequence[Finding]) -> frozenset[str]:
    """The kinds of evidence seen anywhere; they call items of the checklist."""
    names = view.ruleset.names
    seen = view.seen
    found = {atom for atom, classes in _ATOMS.items() if any(names.get(name, -1) in seen for name in classes)}
    if view.document.image_count:
        found.add("image")
    languages = {facts.language for facts in view.facts if facts.language}
    if languages - {"en"}:
        found.add("language")
    if len(languages) > 1:
        found.add("translation")
    if any(finding.category == "confidential_unpublished" for finding in findings):
        found.add("meeting")
    return frozenset(found)
