"""Tables of a pack into checked values. Every reader raises SpecError naming the key."""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from medvoice.compliance.example import read_example
from medvoice.compliance.guard import PatternError, compile_pattern
from medvoice.compliance.overlay import loosens
from medvoice.compliance.schema import SpecError, Table
from medvoice.compliance.spec import (
    BUILT_IN_CLASSES,
    CATEGORIES,
    CONDITIONS,
    CONTEXTS,
    COUNTED,
    CUE_KINDS,
    DEFAULT_MODES,
    FIX_KINDS,
    HYGIENE_SIGNS,
    KINDS,
    MEASURED,
    ChangeSpec,
    ChecklistSpec,
    ClassSpec,
    CueSpec,
    FixSpec,
    Mode,
    PackMeta,
    RuleSpec,
    SentenceSpec,
    SeveritySpec,
    WhenSpec,
)
from medvoice.compliance.terms import TermError, expand
from medvoice.domain.finding import REGIONS, Citation

ENGINE = "1.1"
_BOUND = re.compile(r"(>=|<=|==|>|<)(\d{1,4}(?:\.\d{1,4}){0,3})")
MIN_NAME = 3
_MODES = ("ignore", "suppress", "downgrade", "require")
_SCOPES = ("sentence", "adjacent", "post", "part")
_LIFTS = ("route", "permission", "reviewer")
_CONFIDENCE = ("pattern", "combination", "heuristic", "learned")
_NAMED: Mapping[str, tuple[str, ...]] = {"count": COUNTED, "measure": MEASURED, "learned": CATEGORIES}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "phrase": ("a",),
    "near": ("a", "b"),
    "pair": ("a", "b"),
    "score": ("a", "of", "at_least"),
    "pattern": ("pattern", "anchor"),
    "count": ("what",),
    "measure": ("what",),
    "hygiene": ("signs",),
    "language": ("covered",),
    "missing": ("a",),
    "fold": ("a",),
    "echo": ("a", "reveals"),
    "always": (),
    "learned": ("what", "at_least"),
}
_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "phrase": ("b", "c", "within", "order"),
    "near": ("c", "within", "order"),
    "pair": ("c", "within", "order"),
    "score": (),
    "pattern": ("b", "c"),
    "count": ("min", "max"),
    "measure": ("min", "max"),
    "language": ("partial",),
    "missing": ("b", "per_part", "profile_counts"),
    "mention": ("allow", "b", "c"),
    "fold": ("b",),
    "hashtag": ("a", "reveals"),
    "learned": ("a",),
}


def check_terms(table: Table, key: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    """`terms`, all of them readable. Raises SpecError."""
    for term in terms:
        try:
            wordings = expand(term)
        except TermError as problem:
            raise table.error(key, str(problem)) from None
        if not all(wordings):
            raise table.error(key, f"{term!r} has an empty wording")
        if any(wording.startswith("<any>") for wording in wordings):
            raise table.error(key, f"{term!r} begins with <any>")
    return terms


def _terms(table: Table, key: str, *, is_required: bool = False) -> tuple[str, ...]:
    return check_terms(table, key, table.texts(key) if is_required else table.texts(key, ()))


def fits_engine(wanted: str) -> bool:
    """Whether this engine lies within bounds such as ">=1,<2". What cannot be read is not met."""
    here = tuple(int(part) for part in ENGINE.split("."))
    for piece in wanted.replace(" ", "").split(","):
        bound = _BOUND.fullmatch(piece)
        if bound is None:
            return False
        there = tuple(int(part) for part in bound[2].split("."))
        size = max(len(here), len(there))
        one, other = (value + (0,) * (size - len(value)) for value in (here, there))
        if not {
            ">=": one >= other,
            "<=": one <= other,
            "==": one == other,
            ">": one > other,
            "<": one < other,
        }[bound[1]]:
            return False
    return True


def read_change(table: Table) -> ChangeSpec:
    """One [[change]] of a company's pack. Raises SpecError, also where a loosening names no approver."""
    change = ChangeSpec(
        rule=table.text("rule"),
        title=table.text("title", ""),
        why=table.text("why", ""),
        advice=table.text("advice", ""),
        a=_terms(table, "a_add"),
        excepts=_terms(table, "except_add"),
        at_least=table.choice("at_least", ("block", "warn", "advise"), ""),
        at_most=table.choice("at_most", ("block", "warn", "advise"), ""),
        lift=table.choice("lift", _LIFTS, ""),
        regions=table.texts("regions", ()),
        is_off=table.boolean("off", default=False),
        approved_by=table.text("approved_by", "").strip(),
        approved_on=table.day("approved_on") if "approved_on" in table else None,
    )
    table.finish()
    for region in change.regions:
        if region not in REGIONS:
            raise SpecError("regions", f"{region!r} is none of {', '.join(REGIONS)}")
    milder = loosens(change)
    if milder and (len(change.approved_by) < MIN_NAME or change.approved_on is None):
        raise SpecError(milder[0], "makes the rule milder: name who approved it (approved_by, approved_on)")
    return change


def read_meta(folder: str, table: Table) -> PackMeta:
    engine = table.text("engine", ">=1,<2")
    if not fits_engine(engine):
        raise SpecError("engine", f"the pack {folder!r} needs engine {engine}, this is {ENGINE}")
    meta = PackMeta(
        id=table.text("id"),
        version=table.text("version"),
        title=table.text("title"),
        effective=table.day("effective"),
        review_by=table.day("review_by"),
        review_state=table.text("review_state", "draft"),
        licence=table.text("licence", ""),
        regions=(table.text("regions"),)
        if isinstance(table.value("regions"), str)
        else table.texts("regions"),
        reviewed=table.day("reviewed") if "reviewed" in table else None,
    )
    table.finish()
    if meta.id != folder:
        raise SpecError("id", f"is {meta.id!r} in the folder {folder!r}")
    for region in meta.regions:
        if region not in (*REGIONS, "all"):
            raise SpecError("regions", f"{region!r} is none of all, {', '.join(REGIONS)}")
    return meta


def read_class(name: str, table: Table) -> ClassSpec:
    spec = ClassSpec(
        name, _terms(table, "terms", is_required="extends" not in table), table.texts("extends", ())
    )
    table.finish()
    if name in BUILT_IN_CLASSES:
        raise SpecError("class", f"{name!r} is made by the engine")
    return spec


def read_cue(kind: str, table: Table) -> CueSpec:
    if kind not in CUE_KINDS:
        raise SpecError("cue", f"{kind!r} is none of {', '.join(CUE_KINDS)}")
    default = 8 if kind.startswith("negation") else 12
    spec = CueSpec(
        kind, _terms(table, "terms", is_required=True), table.integer("window", default) or default
    )
    table.finish()
    return spec


def read_checklist(table: Table) -> ChecklistSpec:
    spec = ChecklistSpec(
        code=table.text("code"),
        text=table.text("text"),
        note=table.text("note", ""),
        kind=cast(Any, table.choice("kind", ("core", "triggered", "standing"))),
        triggers=table.texts("trigger", ()),
    )
    table.finish()
    if spec.kind == "triggered" and not spec.triggers:
        raise SpecError("trigger", "is missing")
    return spec


def read_sentence(table: Table) -> SentenceSpec:
    spec = SentenceSpec(
        id=table.text("id"),
        language=table.text("language"),
        is_short=table.boolean("short", default=False),
        channel=table.text("channel"),
        text=table.text("text"),
        with_employer=table.text("with_employer"),
    )
    table.finish()
    return spec


def _severity(table: Table) -> tuple[SeveritySpec, ...]:
    found: list[SeveritySpec] = []
    default_lift = table.choice("lift", (*_LIFTS, ""), "")
    for row in table.tables("severity"):
        level = row.choice("level", ("block", "warn", "advise", "inherit"))
        names: tuple[str, ...] | None = None
        if row.value("regions", "all") != "all":
            names = row.texts("regions")
            for name in names:
                if name not in REGIONS:
                    raise row.error("regions", f"{name!r} is none of {', '.join(REGIONS)}")
        condition = row.choice("if", CONDITIONS, "")
        lift = row.choice("lift", _LIFTS, default_lift if level == "block" else "")
        source = row.text("from", "")
        if (level == "inherit") != bool(source):
            raise row.error("from", "stands with level inherit, and only there")
        row.finish()
        found.append(SeveritySpec(level, names, condition, lift, source))
    if not found:
        raise table.error("severity", "is missing")
    return tuple(found)


def _citations(table: Table) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for row in table.tables("cite"):
        is_verified = row.boolean("verified", default=True)
        found.append(Citation(row.text("doc"), row.text("url", ""), row.text("dated", ""), is_verified))
        row.finish()
    if not found:
        raise table.error("cite", "is missing")
    return tuple(found)


def _fixes(table: Table) -> tuple[FixSpec, ...]:
    found: list[FixSpec] = []
    for row in table.tables("fix"):
        kind = row.choice("kind", FIX_KINDS)
        fix = FixSpec(kind, row.text("label"), row.text("with", ""), row.text("class", ""))
        row.finish()
        if kind in ("replace", "generalise") and not fix.to:
            raise row.error("with", f"{kind} needs its words")
        if kind == "generalise" and not fix.class_id:
            raise row.error("class", "generalise needs the class it speaks of")
        found.append(fix)
    return tuple(found)


def _when(table: Table) -> WhenSpec:
    row = table.table("when")
    if row is None:
        return WhenSpec()
    spec = WhenSpec(
        channels=row.texts("channels", ()),
        surfaces=row.texts("surfaces", ()),
        has_image=row.boolean("has_image", default=False) if "has_image" in row else None,
        is_thread=row.boolean("is_thread", default=False) if "is_thread" in row else None,
    )
    row.finish()
    return spec


def _signs(table: Table, key: str) -> tuple[str, ...]:
    found = table.texts(key)
    for sign in found:
        if sign not in HYGIENE_SIGNS:
            raise table.error(key, f"{sign!r} is none of {', '.join(HYGIENE_SIGNS)}")
    return found


def _anchors(table: Table, key: str) -> tuple[str, ...]:
    return (table.text(key),) if isinstance(table.value(key), str) else table.texts(key)


_READ: Mapping[str, tuple[str, Callable[[Table, str], object]]] = {
    "a": ("a", _terms),
    "b": ("b", _terms),
    "c": ("c", _terms),
    "of": ("of", _terms),
    "within": ("within", lambda table, key: table.integer(key, 0) or 0),
    "order": ("is_ordered", lambda table, key: table.choice(key, ("any", "ab"), "any") == "ab"),
    "at_least": ("at_least", lambda table, key: table.integer(key, 0) or 0),
    "pattern": ("pattern", lambda table, key: table.text(key)),
    "anchor": ("anchors", _anchors),
    "signs": ("signs", _signs),
    "min": ("least", lambda table, key: table.integer(key)),
    "max": ("most", lambda table, key: table.integer(key)),
    "covered": ("covered", lambda table, key: table.texts(key)),
    "partial": ("partial", lambda table, key: table.texts(key, ())),
    "reveals": ("reveals", lambda table, key: table.texts(key, ())),
    "allow": ("allow", lambda table, key: table.texts(key, ())),
    "per_part": ("per_part", lambda table, key: table.boolean(key, default=False)),
    "profile_counts": ("profile_counts", lambda table, key: table.boolean(key, default=False)),
}


def _kind_keys(table: Table, kind: str) -> dict[str, Any]:
    """The keys that belong to the kind; another kind's keys stay unread and are refused by `finish`."""
    values: dict[str, Any] = {}
    required = _REQUIRED.get(kind, ())
    for key in (*required, *_OPTIONAL.get(kind, ())):
        if key in required and key not in table:
            raise table.error(key, f"is missing ({kind} needs it)")
        if key == "what":
            values[key] = table.choice(key, _NAMED[kind])
            continue
        name, read = _READ[key]
        values[name] = read(table, key)
        if key in required and values[name] in ((), 0):
            raise table.error(key, "is empty")
    if kind in ("count", "measure") and values["least"] is None and values["most"] is None:
        raise table.error("max", "is missing")
    if kind == "hashtag" and not values["a"] and not values["reveals"]:
        raise table.error("a", "a hashtag rule needs a or reveals")
    if kind == "always" and "when" not in table:
        raise table.error("when", "is missing (an always rule speaks of certain surfaces)")
    if kind == "pattern":
        try:
            compile_pattern(values["pattern"], values["anchors"])
        except PatternError as problem:
            raise table.error("pattern", str(problem)) from None
    return values


def read_rule(table: Table, pack: str) -> RuleSpec:
    """One [[rule]]. Raises SpecError. At least two examples that hit and two that miss, and one citation."""
    kind = table.choice("kind", KINDS)
    modes = dict(DEFAULT_MODES)
    modes.update({key: cast(Mode, table.choice(key, _MODES)) for key in CONTEXTS if key in table})
    examples = tuple(read_example(row) for row in table.tables("example"))
    tags = table.value("tags", "yes")
    if tags not in ("yes", "no", "only"):
        raise table.error("tags", 'must be "yes", "no" or "only"')
    rule = RuleSpec(
        id=table.text("id"),
        pack=pack,
        version=table.text("version"),
        title=table.text("title"),
        kind=kind,
        category=table.choice("category", CATEGORIES),
        severity=_severity(table),
        why=table.text("why"),
        advice=table.text("advice"),
        languages=table.texts("languages", ("en",)),
        confidence=cast(Any, table.choice("confidence", _CONFIDENCE, "pattern")),
        modes=modes,
        citations=_citations(table),
        fixes=_fixes(table),
        examples=examples,
        when=_when(table),
        absent=_terms(table, "absent"),
        excepts=_terms(table, "except"),
        scope=cast(Any, table.choice("scope", _SCOPES, "sentence")),
        absent_scope=cast(Any, table.choice("absent_scope", _SCOPES, "sentence")),
        absent_effect=cast(Any, table.choice("absent_effect", ("suppress", "downgrade"), "suppress")),
        evidence=cast(Any, table.choice("evidence", _SCOPES, "adjacent")),
        is_once=table.boolean("once", default=False),
        tags=cast(Any, tags),
        yields_to=table.texts("yields_to", ()),
        **_kind_keys(table, kind),
    )
    table.finish()
    for is_hit, word in ((True, "hit"), (False, "miss")):
        if sum(example.hit is is_hit for example in examples) < 2:
            raise SpecError("example", f"needs at least two that {word}")
    return rule
