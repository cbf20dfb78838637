"""`medvoice pack`: list, new, test, add and diff, on a workspace of its own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from medvoice.cli.main import cli

CHANGE = '\n[[change]]\nrule = "GL-CLAIM-007"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def medvoice(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "pack", *words], catch_exceptions=False)


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    path = tmp_path / "exampharm.toml"
    path.write_text(medvoice(home, "new", "exampharm").output, encoding="utf-8")
    return path


def test_what_new_writes_can_be_added_and_is_in_force(home: Path, own: Path) -> None:
    added = medvoice(home, "add", str(own))
    assert added.exit_code == 0
    assert "changes GL-CLAIM-007: at least block, reworded" in added.output
    listed = json.loads(medvoice(home, "list", "--json").output)
    (row,) = [one for one in listed["packs"] if one["own"]]
    assert (row["id"], row["rules"], row["changes"]) == ("exampharm", 1, 1)
    assert listed["problems"] == []
    tested = medvoice(home, "test", "exampharm")
    assert (tested.exit_code, tested.output) == (0, "1 rules, 4 of 4 examples do what they say.\n")


def test_list_touches_no_workspace(home: Path) -> None:
    result = medvoice(home, "list")
    assert result.exit_code == 0
    assert "core" in result.output
    assert not home.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('at_most = "advise"\n', "at_most: makes the rule milder: name who approved it"),
        ('at_leest = "block"\n', "did you mean 'at_least'?"),
        ('at_least = = "block"\n', ":52:12: "),
    ],
)
def test_a_pack_with_a_mistake_changes_nothing(home: Path, own: Path, text: str, words: str) -> None:
    own.write_text(own.read_text(encoding="utf-8").rstrip("\n") + CHANGE + text, encoding="utf-8")
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 6
    assert "exampharm.toml:" in result.output
    assert words in result.output or ":12: " in result.output
    assert "Nothing was added" in result.output
    assert not home.exists()


def test_an_example_that_does_not_hold_is_named(home: Path, own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace("A blue bird sat", "project bluebird sat"))
    tested = medvoice(home, "test", str(own))
    assert tested.exit_code == 6
    assert "EXAMPHARM-WORD-001, example 3: must pass, but “project bluebird” is flagged" in tested.output
    assert medvoice(home, "add", str(own)).exit_code == 6


def test_a_shipped_name_and_a_newer_engine_are_refused(home: Path, own: Path, tmp_path: Path) -> None:
    taken = tmp_path / "core.toml"
    taken.write_bytes(own.read_bytes())
    assert "'core' is the name of a pack that comes with MedVoice" in medvoice(home, "add", str(taken)).output
    own.write_text(own.read_text(encoding="utf-8").replace(">=1,<2", ">=3"), encoding="utf-8")
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 6
    assert "the pack 'exampharm' needs engine >=3" in result.output


def test_what_is_no_text_is_refused_with_its_place(home: Path, own: Path) -> None:
    own.write_bytes(b"# ok\n# \xff\n" + own.read_bytes())
    result = CliRunner().invoke(cli, ["--home", str(home), "pack", "add", str(own)])
    assert result.exception is not None
    assert "line=2, column=3" in str(result.exception)


def test_diff_shows_what_comes_and_goes(home: Path, own: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    lines = [
        "This trial is a game changer.",
        json.dumps({"text": "Project Bluebird", "regions": ["UK"]}),
        "Hello.",
    ]
    corpus.write_text("\n".join(lines), encoding="utf-8")
    result = medvoice(home, "diff", "shipped", str(own), "--corpus", str(corpus), "--json")
    answer = json.loads(result.output)
    assert answer["added"] == ["EXAMPHARM-WORD-001"]
    assert answer["changed"] == ["GL-CLAIM-007"]
    assert answer["removed"] == []
    assert [text["number"] for text in answer["texts"]] == [1, 2]
    assert [one["severity"] for one in answer["texts"][0]["appear"] if one["rule"] == "GL-CLAIM-007"] == [
        "block"
    ]
    assert "~ GL-CLAIM-007" in medvoice(home, "diff", "shipped", str(own)).output


def test_a_class_that_is_not_there_is_told_with_file_line_and_what_may_be_meant(
    home: Path, own: Path
) -> None:
    text = own.read_text(encoding="utf-8").replace('a = ["project bluebird"]', 'a = ["@diseas"]')
    own.write_text(text, encoding="utf-8")
    line = text.split("\n").index('a = ["@diseas"]') + 1
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 6
    assert f"exampharm.toml:{line}: EXAMPHARM-WORD-001 @diseas" in result.output
    assert "did you mean '@disease'?" in result.output


def test_a_change_of_no_rule_names_the_one_that_may_be_meant(home: Path, own: Path) -> None:
    own.write_text(own.read_text(encoding="utf-8").replace("GL-CLAIM-007", "GL-CLAIM-07"), encoding="utf-8")
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 6
    assert "there is no rule 'GL-CLAIM-07' to change; did you mean 'GL-CLAIM-007'?" in result.output


def test_loosening_is_shown_with_the_name_of_who_approved_it(home: Path, own: Path) -> None:
    named = 'at_most = "warn"\napproved_by = "Jordan Sample"\napproved_on = 2026-11-20\n'
    text = own.read_text(encoding="utf-8").replace('at_least = "block"\nlift = "reviewer"\n', named)
    own.write_text(text, encoding="utf-8")
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 0
    assert "at most warn" in result.output
    assert "(approved by Jordan Sample, 2026-11-20)" in result.output
    changed = json.loads(medvoice(home, "diff", "shipped", "installed", "--json").output)["changed"]
    assert changed == ["GL-CLAIM-007"]


@pytest.mark.parametrize(("old", "new"), [(">=1,<2", ">=3"), ('kind = "phrase"', 'kind = "frase"')])
def test_the_last_good_one_stays_in_force(home: Path, own: Path, old: str, new: str) -> None:
    text = own.read_text(encoding="utf-8")
    assert medvoice(home, "add", str(own)).exit_code == 0
    own.write_text(text.replace(old, new).replace('version = "20', 'version = "30', 1), encoding="utf-8")
    result = medvoice(home, "add", str(own))
    assert result.exit_code == 6
    version = text.split('version = "', 1)[1].split('"')[0]
    assert f"exampharm {version} stays in force." in result.output
    (row,) = [one for one in json.loads(medvoice(home, "list", "--json").output)["packs"] if one["own"]]
    assert row["version"] == version
