"""The end of a check: findings merged, what was not read, what evidence was seen."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

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
        by_rule.setdefault(one.rule, []).append(one)
    kept: list[Finding] = []
    for rule_id, same in by_rule.items():
        joined = _joined(same) if len(same) > 1 else same
        spec = ruleset.by_id[rule_id].spec
        if spec.is_once and len(joined) > 1:
            joined = [min(joined, key=lambda one: (LEVEL_ORDER[one.level], one.start))]
        kept += joined
    return kept


def settle(joined: Sequence[Finding], ruleset: Ruleset, starts: Sequence[int]) -> list[Finding]:
    """Of joined findings those that stand: rules that yield are silent where they do, and a rule and its
    wider forms (GL-AE-001, GL-AE-001-B...) speak once in a sentence. `starts` are the code points where
    sentences begin; none keeps all forms."""
    kept = list(joined)
    rules = ruleset.by_id
    yielding = {one.rule for one in kept if rules[one.rule].spec.yields_to}
    if not yielding:
        return _one_of_a_family(kept, ruleset, starts)
    by_name: dict[str, list[Finding]] = {}
    for one in kept:
        by_name.setdefault(one.rule, []).append(one)
        by_name.setdefault(one.category, []).append(one)
    kept = [one for one in kept if one.rule not in yielding or not _yields(one, by_name, ruleset)]
    return _one_of_a_family(kept, ruleset, starts)


def _one_of_a_family(kept: list[Finding], ruleset: Ruleset, starts: Sequence[int]) -> list[Finding]:
    """Of a rule and its wider forms in one sentence the strictest; the listed wording where they are equal,
    all its hits."""
    rules = ruleset.by_id
    families = {rules[one.rule].family for one in kept if rules[one.rule].is_wider} if starts else set[str]()
    if not families:
        return kept
    first: dict[tuple[str, int], Finding] = {}
    places: dict[int, tuple[str, int]] = {}
    members = [one for one in kept if rules[one.rule].family in families]
    for one in sorted(members, key=lambda one: (LEVEL_ORDER[one.level], one.rule, one.start)):
        place = places[id(one)] = (rules[one.rule].family, bisect_right(starts, one.start))
        first.setdefault(place, one)
    return [
        one
        for one in kept
        if id(one) not in places
        or first[places[id(one)]] is one
        or not (rules[one.rule].is_wider or rules[first[places[id(one)]].rule].is_wider)
    ]


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


def _yields(one: Finding, by_name: Mapping[str, list[Finding]], ruleset: Ruleset) -> bool:
    for name in ruleset.by_id[one.rule].spec.yields_to:
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
