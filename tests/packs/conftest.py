"""The shipped packs, compiled once for all tests of this folder."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.compliance.spec import ExampleSpec
from medvoice.domain.finding import REGIONS, Document, Finding, Product

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "compliance"
AS_OF = date(2026, 11, 24)


def read_sources() -> dict[str, str]:
    """Pack and lexicon files as load_packs wants them."""
    files = [*ROOT.glob("resources/packs/*/*.toml"), *ROOT.glob("resources/lexicon/*.txt")]
    return {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(files)}


@cache
def read_loaded() -> LoadedPacks:
    return load_packs(read_sources())


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule, for a parametrised test."""

    rule: str
    example: ExampleSpec


def example_cases() -> list[tuple[str, Case]]:
    """(test id, case) of every example of every shipped rule."""
    return [
        (f"{rule.id}-{number}-{'hit' if example.hit else 'miss'}", Case(rule.id, example))
        for pack in read_loaded().packs
        for rule in pack.rules
        for number, example in enumerate(rule.examples)
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`case` runs over all examples, `hit_case` over those that must be flagged."""
    for name in ("case", "hit_case"):
        if name in metafunc.fixturenames:
            cases = [one for one in example_cases() if name == "case" or one[1].example.hit]
            metafunc.parametrize(name, [case for _, case in cases], ids=[case_id for case_id, _ in cases])


def document_of(example: ExampleSpec, text: str | None = None) -> Document:
    """The document an example speaks of; `text` replaces its words."""
    products = tuple(
        Product(
            name,
            "own",
            indications=example.indications,
            is_investigational=name in example.investigational,
        )
        for name in example.products
    ) + tuple(Product(name, "competitor") for name in example.competitors)
    return Document(
        text=example.text if text is None else text,
        channel=example.channel,
        regions=example.regions or REGIONS,
        surface=example.surface,
        employer=example.employer,
        products=products,
        competitors=example.rivals,
        confidential_words=example.confidential_words,
        profile_carries_disclaimer=example.profile_disclaimer,
        image_count=example.images,
        parts=example.parts if text is None else (),
    )


def shared_lines(name: str) -> Iterator[dict[str, object]]:
    """Lines of a shared data file, or a skip that says so."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data absent: {name}")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


@pytest.fixture(scope="session")
def loaded() -> LoadedPacks:
    return read_loaded()


@pytest.fixture(scope="session")
def ruleset(loaded: LoadedPacks) -> Ruleset:
    return compile_ruleset(loaded.packs)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    return document_of


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Iterator[dict[str, object]]]:
    return shared_lines


@pytest.fixture(scope="session")
def find(ruleset: Ruleset) -> Callable[[Document], tuple[Finding, ...]]:
    """The findings of a document under all shipped packs, each wider form of a rule by itself."""

    def findings(document: Document) -> tuple[Finding, ...]:
        return check(document, ruleset, AS_OF, all_forms=True).findings

    return findings
