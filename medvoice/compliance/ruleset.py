"""Packs compiled once into what a check needs: one word index, rules with class numbers, cues, pack facts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

from medvoice.compliance.classes import BUILT_IN, ClassTable, UnknownClass, by_name
from medvoice.compliance.context import Cues, make_cues
from medvoice.compliance.gates import OPEN, Gate, gate_of
from medvoice.compliance.learned import Learned, classes_of, read_learned
from medvoice.compliance.lexicon import Drugs, Stems, read_drugs, read_stems
from medvoice.compliance.pack import Pack
from medvoice.compliance.scan import TermIndex
from medvoice.compliance.shelf import Shelf, shelves
from medvoice.compliance.spec import Mode, RuleSpec, SentenceSpec
from medvoice.compliance.uncollected import uncollected
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
    "first_name",
    "tag_product",
)
_T = TypeVar("_T")
_MAX_MEMO = 64
_WIDER = re.compile(r"(?<=-\d\d\d)-[B-Z]$")  # GL-AE-001-B is a wider form of GL-AE-001
_LOCAL_KINDS = ("phrase", "near", "pair", "pattern")
_WITH_DIGITS = ("@number", "@url", "@email", "@mention")  # digits may stand in these tokens only
# What stands behind a tag or mention on its line decides how it can be taken out.
_OF_TAGS = ("mention", "hashtag")
_TAG_CLASSES = frozenset((BUILT_IN["mention"], BUILT_IN["hashtag"]))
# Conditions that ask more of a place than which sentence it is in.
_OF_PLACE = frozenset(("three_identifiers", "four_identifiers", "brand_account"))
_FIXES_OF_POST = ("move_first", "insert_disclaimer")


@lru_cache(maxsize=4096)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run. `a`, `b`, `c`... are class numbers. A local rule needs its own sentence only,
    a near one its neighbours too. `contexts` are those it does not ignore, with what each does to it. What a
    steady rule says follows from these and a few facts of the post."""

    number: int
    spec: RuleSpec
    a: tuple[int, ...]
    b: tuple[int, ...]
    c: tuple[int, ...]
    absent: tuple[int, ...]
    excepts: tuple[int, ...]
    of: tuple[tuple[int, ...], ...]
    called_by: tuple[int, ...]
    literals: tuple[str, ...]
    gate: Gate
    anchor_classes: tuple[int, ...]
    looked_at: frozenset[int]
    is_local: bool
    is_near: bool
    is_steady: bool
    in_tag_only: bool
    conditions: tuple[str, ...]
    contexts: tuple[tuple[str, Mode], ...]
    is_inheriting: bool
    is_deferring: bool
    is_revealing: bool
    asks_of_place: bool
    family: str
    is_wider: bool

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """The compiled pattern of the kind `pattern`; compiled when first asked for. It was judged when the
        pack was read."""
        return _compiled(self.spec.pattern) if self.spec.pattern else None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Immutable and thread-safe; good for all regions and all people. `problems` are rules set aside."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    by_id: Mapping[str, Rule]
    calls: Shelf
    hygiene: tuple[int, ...]
    post_by_anchor: Mapping[int, tuple[int, ...]]
    always_rules: tuple[Rule, ...]
    after_rules: tuple[Rule, ...]
    asked_of_post: frozenset[int]
    yields: Mapping[str, tuple[str, ...]]  # of the rules that yield: to whom
    wider: Mapping[str, str]  # of the rules that are a wider form: their family
    revealing: frozenset[str]
    index: TermIndex
    cues: Cues
    names: Mapping[str, int]
    drugs: Drugs
    stems: Stems
    words: frozenset[str]
    learned: Learned
    problems: tuple[PackError, ...]
    memo: dict[object, object] = field(default_factory=dict[object, object], compare=False, repr=False)

    # Levels by rule, regions, conditions held, and what was found there already.
    decided: dict[object, object] = field(default_factory=dict[object, object], compare=False, repr=False)
    groups: dict[tuple[str, ...], tuple[int, ...]] = field(
        default_factory=dict[tuple[str, ...], tuple[int, ...]], compare=False, repr=False
    )

    def classes(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers of the classes of these names, without those no pack defines."""
        found = self.groups.get(names)
        if found is None:
            found = tuple(self.names[name] for name in names if name in self.names)
            self.groups[names] = found
        return found

    def remember(self, key: object, make: Callable[[], _T]) -> _T:
        """What `make` answers for `key`, made once and kept: it follows from the rules and the key alone.
        Two threads may both make it; either answer is good."""
        found = self.memo.get(key)
        if found is None:
            if len(self.memo) >= _MAX_MEMO:
                self.memo.clear()
            found = self.memo[key] = make()
        return cast(_T, found)

    @property
    def sentences(self) -> tuple[SentenceSpec, ...]:
        """The personal-view sentences on offer."""
        return self.remember("sentences", lambda: tuple(one for pack in self.packs for one in pack.sentences))

    def packs_for(self, regions: Iterable[str]) -> tuple[Pack, ...]:
        """The packs whose regions meet these, and those with a rule that names one of these in its levels; DE
        and CH count as EU too."""
        wanted = _with_parents(regions)
        naming = {rule.spec.pack for rule in self.rules if _names(rule, wanted)}
        return tuple(pack for pack in self.packs if _is_for(pack, wanted) or pack.id in naming)

    def rules_for(self, regions: Iterable[str]) -> tuple[Rule, ...]:
        """The rules in force for `regions`: those of packs for these regions, and of other packs those that
        name one of these in their levels (a rule of the UK pack may say what holds for the EU)."""
        wanted = _with_parents(regions)
        whole = {pack.id for pack in self.packs if _is_for(pack, wanted)}
        return tuple(rule for rule in self.rules if rule.spec.pack in whole or _names(rule, wanted))

    def refs(self, as_of: date, regions: Iterable[str]) -> tuple[PackRef, ...]:
        """The packs in force for `regions`, and whether they are stale on `as_of`."""
        regions = tuple(regions)
        return self.remember(("refs", as_of, regions), lambda: self._refs(as_of, regions))

    def _refs(self, as_of: date, regions: tuple[str, ...]) -> tuple[PackRef, ...]:
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


def _with_parents(regions: Iterable[str]) -> set[str]:
    wanted = set(regions)
    return wanted | {REGION_PARENTS[region] for region in wanted if region in REGION_PARENTS}


def _is_for(pack: Pack, wanted: set[str]) -> bool:
    return "all" in pack.meta.regions or bool(wanted.intersection(pack.meta.regions))


def _names(rule: Rule, wanted: set[str]) -> bool:
    """Whether a level of the rule is said for one of these regions by name."""
    return any(entry.regions and wanted.intersection(entry.regions) for entry in rule.spec.severity)


@uncollected()
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
    weights = lexicon.get("learned.txt", "")
    names = {**BUILT_IN, **by_name(table, (*ASKED, *classes_of(weights)))}
    builder = table.index
    del table
    return Ruleset(
        packs=chosen,
        rules=tuple(rules),
        by_id={rule.spec.id: rule for rule in rules},
        **shelves(rules),
        index=builder.build(),
        cues=make_cues(cues),
        names=names,
        drugs=drugs,
        stems=read_stems(lexicon.get("stems.txt", "")),
        words=_read_words(lexicon.get("words.txt", "")),
        learned=read_learned(weights, names),
        problems=tuple(problems),
    )


def _read_words(text: str) -> frozenset[str]:
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def _problem(spec: RuleSpec, name: str) -> PackError:
    return PackError(
        "pack_meaning", pack=spec.pack, rule=spec.id, key=name, line=0, reason=f"{name} is defined nowhere"
    )


def _rarest(groups: Sequence[tuple[int, ...]], table: ClassTable) -> tuple[int, ...]:
    """Of groups that must all stand in a sentence the one to call the rule by: the first without a word that
    stands in nearly every sentence."""
    used = [group for group in groups if group]
    return next((group for group in used if table.everyday.isdisjoint(group)), used[0] if used else ())


def _is_named(anchor: str) -> bool:
    """Whether the anchor of a pattern is a class, not letters."""
    return anchor == "0-9" or (anchor.startswith("@") and len(anchor) > 1)


def _reach(spec: RuleSpec) -> tuple[bool, bool]:
    """Whether the rule looks at its own sentence only, and whether at no more than its neighbours."""
    looks = {spec.scope if spec.b or spec.c or spec.of else "sentence"}
    looks.add(spec.absent_scope if spec.absent else "sentence")
    is_local = spec.kind in _LOCAL_KINDS and looks == {"sentence"}
    can_be_near = spec.kind in (*_LOCAL_KINDS, "score", "hygiene")
    return is_local, not is_local and can_be_near and looks <= {"sentence", "adjacent"}


def _is_steady(spec: RuleSpec, needs_tag: bool, classes: tuple[int, ...]) -> bool:
    """Whether what the rule says at a place follows from the sentence, its neighbours, and the classes that
    conditions ask for in the whole post."""
    return (
        all(entry.level != "inherit" for entry in spec.severity)
        and spec.evidence in ("sentence", "adjacent")
        and not (needs_tag or spec.kind in _OF_TAGS or _TAG_CLASSES.intersection(classes))
        and all(fix.kind not in _FIXES_OF_POST for fix in spec.fixes)
    )


def _anchors(spec: RuleSpec, table: ClassTable) -> tuple[int, ...]:
    """The classes that call a pattern."""
    named = [sign for sign in spec.anchors if _is_named(sign)]
    return table.refs([name for sign in named for name in (_WITH_DIGITS if sign == "0-9" else (sign,))])


def _rule(number: int, spec: RuleSpec, table: ClassTable) -> Rule:
    a, c = table.refs(spec.a), table.refs(spec.c)
    b = table.refs([item for item in spec.b if item != "@in_tag"])
    absent, of = table.refs(spec.absent), tuple(table.refs((item,)) for item in spec.of)
    needs_tag = "@in_tag" in spec.b or spec.tags == "only"
    is_local, is_near = _reach(spec)
    anchors = _anchors(spec, table)
    conditions = [entry.condition for entry in spec.severity if entry.condition not in ("", "otherwise")]
    return Rule(
        number=number,
        spec=spec,
        a=a,
        b=b,
        c=c,
        called_by=() if spec.kind == "pattern" else _rarest((a, b, c) if is_local else (a,), table),
        absent=absent,
        excepts=table.refs(spec.excepts),
        of=of,
        gate=gate_of(spec.pattern) if spec.pattern else OPEN,
        literals=tuple(sign for sign in spec.anchors if not _is_named(sign)),
        anchor_classes=anchors,
        looked_at=frozenset((*a, *b, *c, *absent, *(one for group in of for one in group))),
        is_local=is_local,
        is_near=is_near,
        is_steady=_is_steady(spec, needs_tag, (*a, *b)),
        in_tag_only=needs_tag,
        conditions=tuple(dict.fromkeys(conditions)),
        contexts=tuple((name, mode) for name, mode in spec.modes.items() if mode != "ignore"),
        is_inheriting=any(entry.level == "inherit" for entry in spec.severity),
        is_deferring=any(entry.level == "inherit" and entry.source != "revealed" for entry in spec.severity),
        is_revealing=any(entry.source == "revealed" for entry in spec.severity),
        asks_of_place=not _OF_PLACE.isdisjoint(conditions),
        family=_WIDER.sub("", spec.id),
        is_wider=_WIDER.search(spec.id) is not None,
    )
