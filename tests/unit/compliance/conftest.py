"""The shipped packs, read and compiled once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import CheckResult, Document

from .small_packs import AS_OF

ROOT = Path(__file__).parents[3]


@cache
def read_shipped() -> LoadedPacks:
    files = [*ROOT.glob("resources/packs/*/*.toml"), *ROOT.glob("resources/lexicon/*.txt")]
    return load_packs(
        {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(files)}
    )


@cache
def compile_shipped() -> Ruleset:
    return compile_ruleset(read_shipped().packs)


@pytest.fixture(scope="session")
def shipped() -> Ruleset:
    """All packs of the repository, compiled once."""
    return compile_shipped()


@pytest.fixture(scope="session")
def checked(shipped: Ruleset) -> Callable[..., CheckResult]:
    """Check a text with the shipped packs."""
    return lambda text, **context: check(Document(text=text, **context), shipped, AS_OF)
