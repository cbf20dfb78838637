"""Running the examples that stand in rules: what must be flagged is, where it is marked; the rest passes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from medvoice.compliance.engine import check
from medvoice.compliance.ruleset import Ruleset
from medvoice.compliance.spec import ExampleSpec, RuleSpec
from medvoice.domain.finding import REGIONS, Document, Finding, Product


@dataclass(frozen=True, slots=True)
class Miss:
    """An example that did not do what it says. `what` says so in a few words."""

    rule: str
    pack: str
    number: int
    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many examples ran, what missed, and the rules none of whose own examples they flagged."""

    rules: int
    examples: int
    misses: tuple[Miss, ...]
    silent: tuple[str, ...]


def document_of(example: ExampleSpec) -> Document:
    """The document an example speaks of. Without regions: all nine."""
    own = tuple(
        Product(name, indications=example.indications, is_investigational=name in example.investigational)
        for name in example.products
    )
    return Document(
        text=example.text,
        channel=example.channel,
        regions=example.regions or REGIONS,
        surface=example.surface,
        employer=example.employer,
        products=(*own, *(Product(name, "competitor") for name in example.competitors)),
        competitors=example.rivals,
        confidential_words=example.confidential_words,
        profile_carries_disclaimer=example.profile_disclaimer,
        image_count=example.images,
        parts=example.parts,
    )


def run(ruleset: Ruleset, as_of: date, packs: Iterable[str] | None = None) -> Outcome:
    """Run all examples of the rules of `packs`, or of all. Deterministic; a few milliseconds a rule."""
    wanted = None if packs is None else set(packs)
    rules = [rule.spec for rule in ruleset.rules if wanted is None or rule.spec.pack in wanted]
    misses: list[Miss] = []
    silent: list[str] = []
    count = 0
    for spec in rules:
        fired = False
        for number, example in enumerate(spec.examples, 1):
            count += 1
            result = check(document_of(example), ruleset, as_of, all_forms=True)
            findings = [one for one in result.findings if one.rule == spec.id]
            fired = fired or (bool(findings) and example.hit)
            misses += _misses(spec, number, example, findings)
        if not fired:
            silent.append(spec.id)
    return Outcome(len(rules), count, tuple(misses), tuple(silent))


def _misses(spec: RuleSpec, number: int, example: ExampleSpec, findings: list[Finding]) -> Iterator[Miss]:
    def miss(what: str) -> Miss:
        return Miss(spec.id, spec.pack, number, example.text, what)

    if not example.hit:
        if findings:
            yield miss(f"must pass, but “{findings[0].quote}” is flagged")
        return
    if not findings:
        yield miss("must be flagged, but is not")
        return
    spans = sorted((one.start, one.end) for one in findings)
    if example.spans and spans != sorted(example.spans):
        marked = ", ".join(f"“{example.text[start:end]}”" for start, end in example.spans)
        quotes = ", ".join(f"“{one.quote}”" for one in findings)
        yield miss(f"marked is {marked}, flagged is {quotes}")
    if example.level and all(str(one.level) != example.level for one in findings):
        yield miss(f"must be {example.level}, but is {findings[0].level}")
