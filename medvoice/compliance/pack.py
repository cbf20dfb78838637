"""Read and validate rule packs. Text in, values out: files are read by the caller.

The format is resources/packs/FORMAT.md. A syntax mistake takes its file out of force (file, line, column);
a mistake of meaning takes one class, cue or rule out of force (rule, key, line). The rest stays in force.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeVar, cast

from medvoice.compliance.overlay import apply_changes
from medvoice.compliance.reader import (
    read_change,
    read_checklist,
    read_class,
    read_cue,
    read_meta,
    read_rule,
    read_sentence,
)
from medvoice.compliance.ruling import Ruling, read_ruling
from medvoice.compliance.schema import SpecError, Table, line_of, syntax_place
from medvoice.compliance.spec import (
    ChangeSpec,
    ChecklistSpec,
    ClassSpec,
    CueSpec,
    PackMeta,
    RuleSpec,
    SentenceSpec,
)
from medvoice.compliance.uncollected import uncollected
from medvoice.domain.errors import PackError

_SECTIONS = ("pack", "class", "cue", "rule", "item", "sentence", "change", "ruling")
MAX_FILE = 12_000_000
_T = TypeVar("_T")
_Files = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Pack:
    """One folder of rules. `sha256` is over the names and texts of its files, sorted by name. `lexicon` maps
    a word list's name ("drugs.txt") to its text and is shared by all packs."""

    meta: PackMeta
    sha256: str
    rules: tuple[RuleSpec, ...]
    classes: tuple[ClassSpec, ...]
    cues: tuple[CueSpec, ...]
    lexicon: Mapping[str, str]
    sentences: tuple[SentenceSpec, ...] = ()
    changes: tuple[ChangeSpec, ...] = ()

    @property
    def id(self) -> str:
        return self.meta.id


@dataclass(frozen=True, slots=True)
class LoadedPacks:
    """What could be read, core first, and what could not."""

    packs: tuple[Pack, ...]
    problems: tuple[PackError, ...]
    checklist: tuple[ChecklistSpec, ...]
    sentences: tuple[SentenceSpec, ...]
    lexicon: Mapping[str, str]
    rulings: tuple[Ruling, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What the files of all packs hold so far, and what went wrong."""

    sources: Mapping[str, str]
    problems: list[PackError] = field(default_factory=list[PackError])
    checklist: list[ChecklistSpec] = field(default_factory=list[ChecklistSpec])
    sentences: list[SentenceSpec] = field(default_factory=list[SentenceSpec])
    rulings: list[Ruling] = field(default_factory=list[Ruling])
    rule_ids: set[str] = field(default_factory=set[str])
    class_ids: set[str] = field(default_factory=set[str])

    def note(self, name: str, section: str, owner: str, problem: SpecError, number: int = 0) -> None:
        """Record a mistake of meaning in file `name`."""
        self.problems.append(
            PackError(
                "pack_meaning",
                file=name,
                pack=_folder(name),
                rule=owner,
                key=problem.key,
                line=line_of(self.sources[name], section, owner, problem.key, number),
                reason=problem.reason,
            )
        )


@uncollected()
def load_packs(sources: Mapping[str, str]) -> LoadedPacks:
    """Read all packs and word lists from `sources`, which maps "us/us.toml" or "lexicon/drugs.txt" to the
    text of that file. Never raises for a mistake inside a pack: it is in `problems` as a PackError whose
    params are file, line, column, reason (syntax) or file, pack, rule, key, line, reason (meaning).
    Any thread.
    """
    gathered = _Gathered(sources)
    parsed: dict[str, _Files] = {}
    lexicon: dict[str, str] = {}
    for name in sorted(sources):
        if _folder(name) == "lexicon":
            lexicon[name.rpartition("/")[2]] = sources[name]
        elif name.endswith(".toml"):
            data = _parse(name, gathered)
            if data is not None:
                parsed.setdefault(_folder(name), {})[name] = data
    packs = [_pack(folder, parsed[folder], lexicon, gathered) for folder in sorted(parsed, key=_core_first)]
    return LoadedPacks(
        _overlaid([pack for pack in packs if pack is not None], gathered),
        tuple(gathered.problems),
        tuple(gathered.checklist),
        tuple(gathered.sentences),
        lexicon,
        tuple(gathered.rulings),
    )


def _overlaid(packs: list[Pack], gathered: _Gathered) -> tuple[Pack, ...]:
    """The packs with what companies' packs change in them."""
    changes = [(pack.id, change) for pack in packs for change in pack.changes]
    if not changes:
        return tuple(packs)
    rules = [rule for pack in packs for rule in pack.rules]
    changed, lost = apply_changes(rules, changes)
    for pack, change in lost:
        name = next(one for one in sorted(gathered.sources) if _folder(one) == pack)
        close = get_close_matches(change.rule, [rule.id for rule in rules], 1, 0.8)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        reason = f"there is no rule {change.rule!r} to change{hint}"
        gathered.note(name, "change", change.rule, SpecError("rule", reason))
    return tuple(
        replace(pack, rules=tuple(rule for rule in changed if rule.pack == pack.id)) for pack in packs
    )


def _folder(name: str) -> str:
    return name.rpartition("/")[0].rpartition("/")[2]


def _core_first(folder: str) -> tuple[bool, str]:
    return (folder != "core", folder)


def _parse(name: str, gathered: _Gathered) -> dict[str, object] | None:
    text = gathered.sources[name].removeprefix("\ufeff")  # an editor's mark of UTF-8
    if len(text) > MAX_FILE:
        reason = f"is longer than {MAX_FILE:,} characters"
        gathered.problems.append(PackError("pack_syntax", file=name, line=1, column=1, reason=reason))
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        place = syntax_place(str(problem), text)
        gathered.problems.append(
            PackError("pack_syntax", file=name, line=place.line, column=place.column, reason=place.reason)
        )
        return None


def _rows(data: Mapping[str, object], section: str) -> Iterator[tuple[int, str, Table]]:
    """(number, owner, table) of every [[section]] or [section.name]; what is no table is left to `finish`."""
    rows = data.get(section, [])
    if isinstance(rows, dict):
        named = cast(dict[str, object], rows)
        for number, (name, row) in enumerate(named.items()):
            yield number, name, Table(cast(dict[str, object], row) if isinstance(row, dict) else {name: row})
    elif isinstance(rows, list):
        for number, row in enumerate(cast(list[object], rows)):
            values = cast(dict[str, object], row) if isinstance(row, dict) else {section: row}
            yield number, str(values.get("id", values.get("code", values.get("rule", "")))), Table(values)


def _meta(folder: str, files: _Files, gathered: _Gathered) -> PackMeta | None:
    found: PackMeta | None = None
    for name, data in files.items():
        row = data.get("pack")
        if row is None:
            continue
        try:
            if not isinstance(row, dict):
                raise SpecError("pack", "must be one table")
            if found is not None:
                raise SpecError("pack", "stands in two files of the pack")
            found = read_meta(folder, Table(cast(dict[str, object], row)))
        except SpecError as problem:
            gathered.note(name, "pack", "", problem)
    if found is None:
        gathered.note(min(files), "pack", "", SpecError("pack", "is missing or out of force"))
    return found


def _read(
    name: str,
    section: str,
    data: Mapping[str, object],
    gathered: _Gathered,
    read: Callable[[str, Table], _T],
) -> list[_T]:
    found: list[_T] = []
    for number, owner, table in _rows(data, section):
        try:
            found.append(read(owner, table))
        except SpecError as problem:
            gathered.note(name, section, owner, problem, number)
    return found


def _pack(folder: str, files: _Files, lexicon: Mapping[str, str], gathered: _Gathered) -> Pack | None:
    meta = _meta(folder, files, gathered)
    rules: list[RuleSpec] = []
    changes: list[ChangeSpec] = []
    classes: list[ClassSpec] = []
    cues: list[CueSpec] = []
    sentences: list[SentenceSpec] = []

    def rule(_owner: str, table: Table) -> RuleSpec:
        spec = read_rule(table, folder)
        if spec.id in gathered.rule_ids:
            raise SpecError("id", "is used twice")
        gathered.rule_ids.add(spec.id)
        return spec

    for name, data in files.items():
        for section in data:
            if section not in _SECTIONS:
                gathered.note(name, section, "", SpecError(section, "is no known section"))
        classes += _read(name, "class", data, gathered, read_class)
        cues += _read(name, "cue", data, gathered, read_cue)
        gathered.checklist += _read(name, "item", data, gathered, lambda _, table: read_checklist(table))
        sentences += _read(name, "sentence", data, gathered, lambda _, table: read_sentence(table))
        rules += _read(name, "rule", data, gathered, rule)
        gathered.rulings += _read(name, "ruling", data, gathered, lambda _, table: read_ruling(table))
        changes += _read(name, "change", data, gathered, lambda _, table: read_change(table))
    gathered.sentences += sentences
    if meta is None:
        return None
    digest = hashlib.sha256()
    for name in sorted(name for name in gathered.sources if _folder(name) == folder):
        content = f"{name.rpartition('/')[2]}\0{gathered.sources[name]}\0"
        digest.update(content.encode("utf-8", "surrogatepass"))
    return Pack(
        meta,
        digest.hexdigest(),
        tuple(rules),
        tuple(classes),
        tuple(cues),
        lexicon,
        tuple(sentences),
        tuple(changes),
    )
