"""Tables of a pack into checked values. Every reader raises SpecError naming the key."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from medvoice.compliance.example import read_example
from medvoice.compliance.guard import PatternError, compile_pattern
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

ENGINE_MAJOR = 1
_MODES = ("ignore", "suppress", "downgrade", "require")
_SCOPES = ("sentence", "adjacent", "post", "part")
_LIFTS = ("route", "permission", "reviewer")
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


def read_meta(folder: str, table: Table) -> PackMeta:
    engine = table.text("engine", ">=1,<2")
    if f">={ENGINE_MAJOR}" not in engine.replace(" ", ""):
        raise SpecError("engine", f"needs engine {engine}, this is {ENGINE_MAJOR}")
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
            values[key] = table.choice(key, COUNTED if kind == "count" else MEASURED)
            continue
        name, read = _READ[key]
        values[name] = read(table, key)
        if key in required and values[name] in ((), 0):
            raise table.error(key, "is empty")
    if kind in ("count", "measure") and values["least"] is None and values["most"] is None:
        raise table.error("max", "is missing")
    if kind == "hashtag" and not values["a"] and not values["reveals"]:
        raise table.error("a", "a hashtag rule needs a or reveals")
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
        confidence=cast(Any, table.choice("confidence", ("pattern", "combination", "heuristic"), "pattern")),
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
