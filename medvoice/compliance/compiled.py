"""A compiled ruleset as bytes, and back: reading it costs a sixth of reading and compiling the sources.

The bytes are `marshal` of plain values (texts, numbers, tuples, mappings). `marshal` was chosen over `pickle`
because it can name no class and call nothing while it is read, and over JSON because it keeps tuples and is
three times faster. It must still only be given bytes that this program wrote: whoever keeps them compares
`cache_key` and a checksum, and the owner of the file (infra/kept_file). Anything odd makes `restore` answer
None, and the sources are compiled again.
"""

import hashlib
import marshal
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, cast

from medvoice import __version__
from medvoice.compliance.context import Cues
from medvoice.compliance.gates import OPEN, Gate
from medvoice.compliance.learned import Learned
from medvoice.compliance.lexicon import Drugs, Stems
from medvoice.compliance.pack import LoadedPacks, Pack
from medvoice.compliance.ruleset import Rule, Ruleset
from medvoice.compliance.ruling import Ruling
from medvoice.compliance.scan import TermIndex
from medvoice.compliance.shelf import shelves
from medvoice.compliance.spec import (
    ChangeSpec,
    ChecklistSpec,
    ClassSpec,
    CueSpec,
    ExampleSpec,
    FixSpec,
    PackMeta,
    RuleSpec,
    SentenceSpec,
    SeveritySpec,
    WhenSpec,
)
from medvoice.compliance.uncollected import uncollected
from medvoice.domain.errors import PackError
from medvoice.domain.finding import Citation

FORM = 12
_DATES = ("effective", "review_by", "reviewed")
_MANY: Mapping[str, type[Any]] = {
    "severity": SeveritySpec,
    "citations": Citation,
    "fixes": FixSpec,
    "examples": ExampleSpec,
}
_RULE = tuple(one.name for one in fields(Rule) if one.name not in ("spec", "gate"))


def cache_key(sources: Mapping[str, str], stamp: str = "") -> str:
    """SHA-256 over all that decides what compiling gives: names and texts of the sources, this version, this
    Python, and `stamp`, which tells apart two states of the checker's own files. Hexadecimal."""
    digest = hashlib.sha256(
        f"{FORM} {__version__} {sys.version} {marshal.version} {sys.byteorder} {stamp}\0".encode()
    )
    for name in sorted(sources):
        digest.update(f"{name}\0{len(sources[name])}\0".encode("utf-8", "surrogatepass"))
        digest.update(sources[name].encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def keep(loaded: LoadedPacks, ruleset: Ruleset) -> bytes:
    """Both as bytes. The word lists' own texts are left out; `restore` takes them from the sources."""
    index = ruleset.index
    return marshal.dumps(
        {
            "packs": [_plain_pack(pack) for pack in loaded.packs],
            "checklist": [_values(one) for one in loaded.checklist],
            "sentences": [_values(one) for one in loaded.sentences],
            "rulings": [_values(one) for one in loaded.rulings],
            "problems": [_plain_problem(one) for one in loaded.problems],
            "chosen": [pack.id for pack in ruleset.packs],
            "rules": [_plain_compiled(rule) for rule in ruleset.rules],
            "index": (index.heads, index.numbers),
            "cues": (
                dict(ruleset.cues.classes),
                sorted(ruleset.cues.pseudo),
                sorted(ruleset.cues.ends),
            ),
            "names": dict(ruleset.names),
            "drugs": (dict(ruleset.drugs.generic), dict(ruleset.drugs.brands), sorted(ruleset.drugs.gated)),
            "stems": (ruleset.stems.endings, ruleset.stems.exceptions, sorted(ruleset.stems.tails)),
            "words": sorted(ruleset.words),
            "learned": _plain_learned(ruleset.learned),
            "rule_problems": [_plain_problem(one) for one in ruleset.problems],
        }
    )


def restore(kept: bytes, sources: Mapping[str, str]) -> tuple[LoadedPacks, Ruleset] | None:
    """What `keep` was given, or None when the bytes are not what it wrote. The medicine list's names stand
    in the index only. Any thread."""
    try:
        with uncollected():
            plain = marshal.loads(kept)  # noqa: S302 - see the top of this file
            return _restored(plain, sources)
    except (ValueError, TypeError, EOFError, KeyError, IndexError, AttributeError, OverflowError):
        return None


def _restored(plain: dict[str, Any], sources: Mapping[str, str]) -> tuple[LoadedPacks, Ruleset]:
    lexicon = {name.rpartition("/")[2]: text for name, text in sources.items() if name.startswith("lexicon/")}
    packs = tuple(_pack(one, lexicon) for one in plain["packs"])
    loaded = LoadedPacks(
        packs,
        tuple(_problem(one) for one in plain["problems"]),
        tuple(ChecklistSpec(*one) for one in plain["checklist"]),
        tuple(SentenceSpec(*one) for one in plain["sentences"]),
        lexicon,
        tuple(Ruling(*one) for one in plain["rulings"]),
    )
    specs = {spec.id: spec for pack in packs for spec in pack.rules}
    rules = [_compiled(specs[name], gate, values) for name, gate, values in plain["rules"]]
    classes, pseudo, ends = plain["cues"]
    generic, brands, gated = plain["drugs"]
    endings, exceptions, tails = plain["stems"]
    chosen = set(plain["chosen"])
    ruleset = Ruleset(
        packs=tuple(pack for pack in packs if pack.id in chosen),
        rules=tuple(rules),
        by_id={rule.spec.id: rule for rule in rules},
        **shelves(rules),
        index=TermIndex(*plain["index"]),
        cues=Cues(classes, frozenset(pseudo), frozenset(ends)),
        names=plain["names"],
        drugs=Drugs(generic=generic, brands=brands, gated=frozenset(gated)),
        stems=Stems(endings, exceptions, frozenset(tails)),
        words=frozenset(plain["words"]),
        learned=Learned(*plain["learned"]),
        problems=tuple(_problem(one) for one in plain["rule_problems"]),
    )
    return loaded, ruleset


def _values(one: Any) -> list[object]:
    """The fields of a flat value in order."""
    return [getattr(one, each.name) for each in fields(one)]


def _plain_compiled(rule: Rule) -> tuple[object, ...]:
    return rule.spec.id, (rule.gate.words, rule.gate.others), [getattr(rule, name) for name in _RULE]


def _compiled(spec: RuleSpec, gate: tuple[Any, Any], values: list[Any]) -> Rule:
    return Rule(
        spec=spec, gate=Gate(*gate) if spec.pattern else OPEN, **dict(zip(_RULE, values, strict=True))
    )


def _plain_pack(pack: Pack) -> tuple[object, ...]:
    meta = [value.toordinal() if isinstance(value, date) else value for value in _values(pack.meta)]
    return (
        meta,
        pack.sha256,
        [_plain_rule(spec) for spec in pack.rules],
        [_values(one) for one in pack.classes],
        [_values(one) for one in pack.cues],
        [_values(one) for one in pack.sentences],
        [_plain_change(one) for one in pack.changes],
    )


def _plain_change(change: ChangeSpec) -> list[object]:
    return [value.toordinal() if isinstance(value, date) else value for value in _values(change)]


def _change(values: list[Any]) -> ChangeSpec:
    row = dict(zip([one.name for one in fields(ChangeSpec)], values, strict=True))
    if row["approved_on"] is not None:
        row["approved_on"] = date.fromordinal(row["approved_on"])
    return ChangeSpec(**row)


def _plain_rule(spec: RuleSpec) -> list[object]:
    found: list[object] = []
    for one in fields(spec):
        value = getattr(spec, one.name)
        if one.name in _MANY:
            value = [_values(each) for each in value]
        elif one.name == "when":
            value = _values(value)
        elif one.name == "modes":
            value = dict(value)
        found.append(value)
    return found


def _plain_learned(learned: Learned) -> list[object]:
    tables = (learned.words, learned.pairs, learned.classes, learned.before, learned.after, learned.cues)
    return [learned.columns, learned.start, *[dict(one.items()) for one in tables]]


_RULE_FIELDS = tuple(one.name for one in fields(RuleSpec))


def _rule(values: list[Any]) -> RuleSpec:
    row = dict(zip(_RULE_FIELDS, values, strict=True))
    for name, kind in _MANY.items():
        make = cast(Callable[..., object], kind)
        row[name] = tuple([make(*each) for each in row[name]])
    row["when"] = WhenSpec(*row["when"])
    return RuleSpec(**row)


def _pack(plain: tuple[Any, ...], lexicon: Mapping[str, str]) -> Pack:
    meta, sha256, rules, classes, cues, sentences, changes = plain
    names = [one.name for one in fields(PackMeta)]
    row = dict(zip(names, meta, strict=True))
    for name in _DATES:
        if row[name] is not None:
            row[name] = date.fromordinal(row[name])
    return Pack(
        PackMeta(**row),
        sha256,
        tuple([_rule(one) for one in rules]),
        tuple([ClassSpec(*one) for one in classes]),
        tuple([CueSpec(*one) for one in cues]),
        lexicon,
        tuple([SentenceSpec(*one) for one in sentences]),
        tuple([_change(one) for one in changes]),
    )


def _plain_problem(problem: PackError) -> tuple[str, dict[str, object]]:
    return problem.code, dict(problem.params)


def _problem(plain: tuple[str, dict[str, object]]) -> PackError:
    code, params = plain
    return PackError(code, **params)
