"""Compiled rules, kept and restored, say what the sources say; damaged ones say nothing."""

import marshal

import pytest

from medvoice.compliance.compiled import cache_key, keep, restore
from medvoice.compliance.engine import check
from medvoice.compliance.pack import LoadedPacks, load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import Document, Product

from .conftest import compile_shipped, read_shipped
from .small_packs import AS_OF

TEXTS = (
    "Zentorva is completely safe and cures psoriasis. #NoSideEffects",
    "My patient, a 47-year-old woman, had a rash after K e y t r u d a.",
    "Lost 30 pounds with semaglutide; call me at jordan@example.org.",
    "Voici les résultats de la cohorte, et nous en parlons demain.",
)


@pytest.fixture(scope="module")
def kept() -> bytes:
    return keep(read_shipped(), compile_shipped())


@pytest.fixture(scope="module")
def restored(kept: bytes) -> tuple[LoadedPacks, Ruleset]:
    found = restore(kept, {f"lexicon/{name}": text for name, text in read_shipped().lexicon.items()})
    assert found is not None
    return found


def test_findings_are_the_same(restored: tuple[LoadedPacks, Ruleset]) -> None:
    examples = [one.text for rule in compile_shipped().rules for one in rule.spec.examples]
    for text in (*TEXTS, *examples[::5]):
        document = Document(text=text, employer="Exampharm", products=(Product("Zentorva"),))
        assert check(document, restored[1], AS_OF) == check(document, compile_shipped(), AS_OF)


def test_all_that_was_read_comes_back(restored: tuple[LoadedPacks, Ruleset]) -> None:
    loaded, ruleset = restored
    assert loaded.packs == read_shipped().packs
    assert loaded.checklist == read_shipped().checklist
    assert loaded.sentences == read_shipped().sentences
    assert loaded.lexicon == read_shipped().lexicon
    assert ruleset.rules == compile_shipped().rules
    assert ruleset.names == compile_shipped().names
    assert ruleset.learned == compile_shipped().learned
    assert ruleset.words == compile_shipped().words


def test_problems_come_back_with_their_place() -> None:
    loaded = load_packs({"core/core.toml": "[pack\n"})
    found = restore(keep(loaded, compile_ruleset(loaded.packs)), {})
    assert found is not None
    assert [(one.code, one.params) for one in found[0].problems] == [
        (one.code, one.params) for one in loaded.problems
    ]


def test_damaged_bytes_are_refused(kept: bytes) -> None:
    for damaged in (
        b"",
        kept[:-1],
        kept[: len(kept) // 2],
        b"x" * 100,
        marshal.dumps({}),
        marshal.dumps([1]),
    ):
        assert restore(damaged, {}) is None


def test_the_key_follows_names_and_texts() -> None:
    one = {"core/a.toml": "x", "core/b.toml": "y"}
    assert cache_key(one) == cache_key(dict(reversed(one.items())))
    keys = {
        cache_key(sources)
        for sources in (one, one | {"core/a.toml": "z"}, {"core/a.toml": "xcore/b.toml", "y": ""}, {})
    }
    assert len(keys) == 4
