"""A company's pack that is spoiled behind our back: the last good one stays in force, and that is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from medvoice.bootstrap import LAST_GOOD, load_rulebook, own_pack_sources
from medvoice.cli.main import cli
from medvoice.services.last_good import in_force
from medvoice.ui.models.rules_data import problem_of


def medvoice(home: Path, *words: str) -> str:
    return CliRunner().invoke(cli, ["--home", str(home), "pack", *words], catch_exceptions=False).output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home, file = tmp_path / "home", tmp_path / "acme.toml"
    file.write_text(
        medvoice(home, "new", "acme").replace('version = "20', 'version = "19', 1), encoding="utf-8"
    )
    assert "is in force" in medvoice(home, "add", str(file))
    return home


def spoil(home: Path, old: str, new: str) -> Path:
    path = home / "packs" / "acme.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1).replace('version = "19', 'version = "21', 1), encoding="utf-8")
    return path


def version_of(home: Path) -> str:
    return next(one.meta.version for one in load_rulebook(home).loaded.packs if one.id == "acme")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('engine = ">=1,<2"', 'engine = ">=9"', "needs engine >=9"),
        ('kind = "phrase"', 'kind = "frase"', "did you mean 'phrase'?"),
        ("[[rule]]", "[[rule", "acme/acme.toml:"),
    ],
)
def test_the_last_good_one_stays_in_force_and_that_is_said(
    home: Path, old: str, new: str, words: str
) -> None:
    before = version_of(home)
    spoil(home, old, new)
    for _ in ("compiled", "from the cache"):
        book = load_rulebook(home)
        assert version_of(home) == before
        assert "ACME-WORD-001" in book.ruleset.by_id
        (problem, *_) = book.problems
        assert problem.params["stays"] == before
    said = medvoice(home, "list")
    assert words in said
    assert f"acme {before} stays in force" in said
    assert f"acme {before} stays in force" in problem_of(problem).words


def test_a_good_change_by_hand_is_the_new_last_good(home: Path) -> None:
    path = spoil(home, "The name of this programme is not public.", "It is not public.")
    assert version_of(home).startswith("21")
    assert (home / "packs" / LAST_GOOD / "acme.toml").read_text(encoding="utf-8") == path.read_text(
        encoding="utf-8"
    )
    spoil(home, "[[rule]]", "[[rule")
    assert version_of(home).startswith("21")


def test_one_that_never_was_good_is_told_and_not_in_force(tmp_path: Path) -> None:
    packs = tmp_path / "home" / "packs"
    packs.mkdir(parents=True)
    (packs / "acme.toml").write_text("[pack", encoding="utf-8")
    book = load_rulebook(tmp_path / "home")
    assert "acme" not in {one.id for one in book.loaded.packs}
    assert "stays" not in book.problems[0].params


def test_nothing_is_read_twice_when_nothing_changed(home: Path) -> None:
    own = own_pack_sources(home)
    found = in_force(own, own)
    assert (found.sources, found.problems, found.fresh) == (own, (), ())
