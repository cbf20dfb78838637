"""Rule packs as things a person keeps: which are in force, adding a company's own, and what a change changes.

Pure over texts; files are the caller's. Any thread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from medvoice.compliance.engine import check
from medvoice.compliance.overlay import loosens
from medvoice.compliance.pack import Pack
from medvoice.compliance.spec import ChangeSpec, RuleSpec
from medvoice.compliance.trial import Outcome, run
from medvoice.domain.errors import PackError
from medvoice.domain.finding import Document, Finding
from medvoice.services.checking import Rulebook


@dataclass(frozen=True, slots=True)
class Judged:
    """A company's pack read on top of what is in force: what is wrong with it, and what it does. With any
    problem or miss, or a rule that flags none of its own examples, it must not be added."""

    pack: Pack | None
    problems: tuple[PackError, ...]
    outcome: Outcome | None
    effects: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return (
            self.pack is not None
            and not self.problems
            and self.outcome is not None
            and not self.outcome.misses
            and not self.outcome.silent
        )


def judge_pack(shipped: Mapping[str, str], name: str, text: str, as_of: date) -> Judged:
    """Read the pack of file `name` on top of the shipped sources. `name` is the pack's id with `.toml`: the
    file is refused when it calls itself otherwise."""
    stem = name.removesuffix(".toml")
    place = f"{stem}/{name}"
    if any(one.startswith(f"{stem}/") for one in shipped):
        taken = PackError(
            "pack_meaning", file=name, pack=stem, rule="", key="id", line=1,
            reason=f"{stem!r} is the name of a pack that comes with MedVoice",
        )  # fmt: skip
        return Judged(None, (taken,), None, ())
    book = Rulebook.from_sources({**shipped, place: text})
    problems = tuple(one for one in book.problems if stem in (one.params.get("pack"), _stem_of(one)))
    pack = next((one for one in book.loaded.packs if one.id == stem), None)
    if pack is None:
        return Judged(None, problems, None, ())
    changed = {change.rule for change in pack.changes if not change.is_off}
    outcome = run(book.ruleset, as_of, (stem,))
    if changed:
        # A changed rule must still do what its own examples say, but for a level that was moved.
        ids = {rule.pack for one in book.loaded.packs for rule in one.rules if rule.id in changed}
        whole = run(book.ruleset, as_of, ids)
        more = [miss for miss in whole.misses if miss.rule in changed and " be " not in miss.what]
        outcome = Outcome(outcome.rules, outcome.examples, (*outcome.misses, *more), outcome.silent)
    return Judged(pack, problems, outcome, effects_of(pack))


def _stem_of(problem: PackError) -> str:
    return str(problem.params.get("file", "")).rpartition("/")[0]


def effects_of(pack: Pack) -> tuple[str, ...]:
    """What a pack does, one line each: rules it adds, and what it changes in others."""
    lines = [f"adds {rule.id}: {rule.title}" for rule in pack.rules]
    return (*lines, *(_effect(change) for change in pack.changes))


def _effect(change: ChangeSpec) -> str:
    words: list[str] = []
    if change.is_off:
        words.append("switched off")
    if change.at_least:
        words.append(f"at least {change.at_least}")
    if change.at_most:
        words.append(f"at most {change.at_most}")
    if change.regions and (change.at_least or change.at_most):
        words.append(f"in {', '.join(change.regions)}")
    if change.a:
        words.append(f"{len(change.a)} more wordings")
    if change.excepts:
        words.append(f"{len(change.excepts)} more exceptions")
    if change.title or change.why or change.advice:
        words.append("reworded")
    tail = f" (approved by {change.approved_by}, {change.approved_on})" if loosens(change) else ""
    return f"changes {change.rule}: {', '.join(words) or 'nothing'}{tail}"


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """Rule ids that one set of rules has and the other has not, and those whose content differs."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def diff_rules(old: Rulebook, new: Rulebook) -> RuleDiff:
    """What differs between two rulebooks, rule by rule; examples count too."""
    one, other = _rules_of(old), _rules_of(new)
    return RuleDiff(
        tuple(sorted(other.keys() - one.keys())),
        tuple(sorted(one.keys() - other.keys())),
        tuple(sorted(name for name in one.keys() & other.keys() if one[name] != other[name])),
    )


def _rules_of(book: Rulebook) -> dict[str, RuleSpec]:
    return {rule.id: rule for pack in book.loaded.packs for rule in pack.rules}


@dataclass(frozen=True, slots=True)
class TextDiff:
    """A text of the corpus that two rulebooks judge differently; `number` counts from 1."""

    number: int
    text: str
    appear: tuple[Finding, ...]
    vanish: tuple[Finding, ...]


def diff_findings(
    old: Rulebook, new: Rulebook, documents: Iterable[Document], as_of: date
) -> Sequence[TextDiff]:
    """The texts whose findings (rule, level, place) differ, with what comes and what goes."""
    found: list[TextDiff] = []
    for number, document in enumerate(documents, 1):
        before = {_key(one): one for one in check(document, old.ruleset, as_of).findings}
        after = {_key(one): one for one in check(document, new.ruleset, as_of).findings}
        if before.keys() != after.keys():
            found.append(
                TextDiff(
                    number,
                    document.text,
                    tuple(after[key] for key in after if key not in before),
                    tuple(before[key] for key in before if key not in after),
                )
            )
    return found


def _key(one: Finding) -> tuple[str, str, int, int]:
    return one.rule, str(one.level), one.start, one.end
