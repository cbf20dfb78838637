"""Packs compiled once into what a check needs: one word index, rules with class numbers, cues, pack facts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from medvoice.compliance.classes import BUILT_IN, ClassTable, UnknownClass, by_name
from medvoice.compliance.context import Cues
from medvoice.compliance.guard import compile_pattern
from medvoice.compliance.lexicon import Drugs, Stems, read_drugs, read_stems
from medvoice.compliance.pack import Pack
from medvoice.compliance.scan import TermIndex
from medvoice.compliance.spec import RuleSpec
from medvoice.domain.errors import PackError
from medvoice.domain.finding import PackRef

REGION_PARENTS: Mapping[str, str] = {"DE": "EU", "CH": "EU"}
ASKED = (
    "medicine_word",
    "treatment_word",
    "drug_class",
    "nickname",
    "historical",
    "disease",
    "therapy_area",
    "company",
    "employer_self",
    "we",
    "we_strong",
    "announce",
    "epidemiology",
    "vaccination",
    "patient",
    "single_patient",
    "benefit",
    "statistic",
    "society",
    "employer_news",
    "investigational",
    "closed_meeting",
    "disclaimer",
    "taking",
    "tag_product",
)
_LOCAL_KINDS = ("phrase", "near", "pair", "pattern")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run. `a`, `b`, `c`... are class numbers. A local rule needs its own sentence only."""

    number: int
    spec: RuleSpec
    a: tuple[int, ...]
    b: tuple[int, ...]
    c: tuple[int, ...]
    absent: tuple[int, ...]
    excepts: tuple[int, ...]
    of: tuple[tuple[int, ...], ...]
    pattern: re.Pattern[str] | None
    anchor_classes: tuple[int, ...]
    is_local: bool
    in_tag_only: bool
    conditions: tuple[str, ...]
    is_inheriting: bool


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Immutable and thread-safe; good for all regions and all people. `problems` are rules set aside."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    by_id: Mapping[str, Rule]
    by_anchor: Mapping[int, tuple[int, ...]]
    pattern_rules: tuple[Rule, ...]
    document_rules: tuple[Rule, ...]
    index: TermIndex
    cues: Cues
    names: Mapping[str, int]
    drugs: Drugs
    stems: Stems
    words: frozenset[str]
    problems: tuple[PackError, ...]

    def packs_for(self, regions: Iterable[str]) -> tuple[Pack, ...]:
        """The packs whose regions meet these; DE and CH count as EU until they have packs of their own."""
        wanted = set(regions)
        wanted |= {REGION_PARENTS[region] for region in wanted if region in REGION_PARENTS}
        return tuple(
            pack for pack in self.packs if "all" in pack.meta.regions or wanted & set(pack.meta.regions)
        )

    def refs(self, as_of: date, regions: Iterable[str]) -> tuple[PackRef, ...]:
        """The packs in force for `regions`, and whether they are stale on `as_of`."""
        return tuple(
            PackRef(
                id=pack.id,
                version=pack.meta.version,
                sha256=pack.sha256,
                title=pack.meta.title,
                effective=pack.meta.effective,
                review_by=pack.meta.review_by,
                review_state=pack.meta.review_state,
                is_stale=as_of > pack.meta.review_by,
            )
            for pack in self.packs_for(regions)
        )


def compile_ruleset(packs: Sequence[Pack], pack_ids: tuple[str, ...] | None = None) -> Ruleset:
    """Compile `packs`, or those named. A rule that speaks of an unknown class is set aside and named in
    `problems`. Takes about 60 ms for the packs shipped; any thread."""
    chosen = tuple(pack for pack in packs if pack_ids is None or pack.id in pack_ids)
    lexicon: Mapping[str, str] = chosen[0].lexicon if chosen else dict[str, str]()
    drugs = read_drugs(lexicon.get("drugs.txt", ""))
    table = ClassTable([spec for pack in chosen for spec in pack.classes], drugs)
    problems: list[PackError] = []
    rules: list[Rule] = []
    for pack in chosen:
        for spec in pack.rules:
            try:
                rules.append(_rule(len(rules), spec, table))
            except UnknownClass as problem:
                problems.append(_problem(spec, str(problem)))
    cues: dict[str, list[tuple[int, int]]] = {}
    for pack in chosen:
        for cue in pack.cues:
            cues.setdefault(cue.kind, []).append((table.refs(cue.terms)[0], cue.window))
    names = {**BUILT_IN, **by_name(table, ASKED)}
    by_anchor: dict[int, list[int]] = {}
    for rule in rules:
        if rule.is_local and rule.spec.kind != "pattern":
            for number in rule.a:
                by_anchor.setdefault(number, []).append(rule.number)
    return Ruleset(
        packs=chosen,
        rules=tuple(rules),
        by_id={rule.spec.id: rule for rule in rules},
        by_anchor={number: tuple(found) for number, found in by_anchor.items()},
        pattern_rules=tuple(rule for rule in rules if rule.is_local and rule.spec.kind == "pattern"),
        document_rules=tuple(rule for rule in rules if not rule.is_local),
        index=table.index,
        cues=Cues({kind: tuple(found) for kind, found in cues.items()}),
        names=names,
        drugs=drugs,
        stems=read_stems(lexicon.get("stems.txt", "")),
        words=_read_words(lexicon.get("words.txt", "")),
        problems=tuple(problems),
    )


def _read_words(text: str) -> frozenset[str]:
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def _problem(spec: RuleSpec, name: str) -> PackError:
    return PackError(
        "pack_meaning", pack=spec.pack, rule=spec.id, key=name, line=0, reason=f"{name} is defined nowhere"
    )


def _rule(number: int, spec: RuleSpec, table: ClassTable) -> Rule:
    b = table.refs([item for item in spec.b if item != "@in_tag"])
    needs_tag = "@in_tag" in spec.b or spec.tags == "only"
    is_local = (
        spec.kind in _LOCAL_KINDS
        and (spec.scope == "sentence" or not (spec.b or spec.c))
        and (spec.absent_scope == "sentence" or not spec.absent)
    )
    return Rule(
        number=number,
        spec=spec,
        a=table.refs(spec.a),
        b=b,
        c=table.refs(spec.c),
        absent=table.refs(spec.absent),
        excepts=table.refs(spec.excepts),
        of=tuple(table.refs((item,)) for item in spec.of),
        pattern=compile_pattern(spec.pattern, spec.anchors) if spec.pattern else None,
        anchor_classes=table.refs(
            [anchor for anchor in spec.anchors if anchor.startswith("@") and len(anchor) > 1]
        ),
        is_local=is_local,
        in_tag_only=needs_tag,
        conditions=tuple(
            dict.fromkeys(
                entry.condition for entry in spec.severity if entry.condition not in ("", "otherwise")
            )
        ),
        is_inheriting=any(entry.level == "inherit" for entry in spec.severity),
    )
