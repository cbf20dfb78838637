"""The small commands on a workspace of their own: profile, topics, and the help of every command."""

import json
import sys

import click
import pytest

from medvoice import __version__
from medvoice.cli.main import COMMANDS, cli, main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command; returns (exit code, standard output, standard error)."""

    def run_it(*arguments: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["medvoice", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run_it


def all_commands() -> list[tuple[str, ...]]:
    """Every command and sub-command by its words."""
    found: list[tuple[str, ...]] = []
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, each) for each in command.list_commands(context)]
    return found


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_explains_itself(run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Usage: ")
    explained = out.split("\n\n")[1].strip()
    assert len(explained) > 10, "a sentence says what it is for"
    assert not explained.startswith(("Options:", "Commands:"))


def test_the_commands_of_the_book_exist() -> None:
    words = {" ".join(each) for each in all_commands()}
    for group, names in {
        "account": "connect list disconnect",
        "draft": "add list show edit delete dismiss",
        "topic": "add list",
        "profile": "show set",
        "queue": "list show cancel resolve",
        "record": "list show verify",
    }.items():
        assert {f"{group} {name}" for name in names.split()} <= words
    assert {"agent", "check", "clear", "demo", "measure", "sandbox", "schedule"} <= words


def test_version_and_unknown_commands(run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert __version__ in out
    code, _, err = run("nonsense")
    assert code == 2
    assert "nonsense" in err


def test_profile_is_set_piece_by_piece(run) -> None:
    code, _, err = run("profile", "set", "--name", "Jordan Sample", "--employer", "Example Pharma")
    assert (code, err) == (0, "")
    run("profile", "set", "--region", "eu", "--region", "uk", "--product", "Exampletinib:asthma, COPD")
    run(
        "profile",
        "set",
        "--competitor",
        "Rivalumab",
        "--confidential",
        "Project Heron",
        "--zone",
        "Europe/Berlin",
    )
    code, out, _ = run("profile", "show", "--json")
    kept = json.loads(out)
    assert code == 0
    assert (kept["name"], kept["employer"]) == ("Jordan Sample", "Example Pharma")
    assert kept["regions"] == ["EU", "UK"]
    assert kept["zone"] == "Europe/Berlin"
    assert kept["confidential_words"] == ["Project Heron"]
    assert [(p["name"], p["relation"], p["indications"]) for p in kept["products"]] == [
        ("Exampletinib", "own", ["asthma", "COPD"]),
        ("Rivalumab", "competitor", []),
    ]
    assert kept["linkedin_route"] == "by_hand", "until the terms were read"
    code, out, _ = run("profile", "show")
    assert "Jordan Sample" in out


def test_a_zone_that_does_not_exist_changes_nothing(run) -> None:
    run("profile", "set", "--zone", "Europe/Berlin")
    code, _, err = run("profile", "set", "--zone", "Mars/Olympus", "--name", "Someone Else")
    assert code == 2
    assert "Mars/Olympus" in err
    kept = json.loads(run("profile", "show", "--json")[1])
    assert (kept["zone"], kept["name"]) == ("Europe/Berlin", "")


def test_topics_are_added_and_listed(run) -> None:
    code, out, _ = run("topic", "list")
    assert (code, "No topics yet" in out) == (0, True)
    code, out, _ = run("topic", "add", "Real-world evidence", "--promise", "What registries tell.", "--json")
    made = json.loads(out)
    assert code == 0
    code, out, _ = run("topic", "list", "--json")
    (kept,) = json.loads(out)
    assert (kept["id"], kept["name"], kept["promise"]) == (
        made["id"],
        "Real-world evidence",
        "What registries tell.",
    )
    code, _, err = run("topic", "add", "  ")
    assert code == 2
    assert "Traceback" not in err


def test_a_seventh_topic_is_refused(run) -> None:
    for number in range(6):
        assert run("topic", "add", f"Topic {number}")[0] == 0
    assert run("topic", "add", "One more")[0] == 2
    assert len(json.loads(run("topic", "list", "--json")[1])) == 6


def test_drafts_are_written_found_and_archived(run) -> None:
    code, out, _ = run("draft", "add", "--text", "How I read a registry paper", "--channel", "x", "--json")
    made = json.loads(out)
    assert code == 0
    run("draft", "edit", made["id"], "--text", "How I read a cohort paper", "--title", "Reading")
    shown = json.loads(run("draft", "show", made["id"], "--json")[1])
    assert (shown["text"], shown["title"], shown["channels"]) == (
        "How I read a cohort paper",
        "Reading",
        ["x"],
    )
    assert shown["revision"] > made["revision"]
    assert [row["id"] for row in json.loads(run("draft", "list", "--search", "cohort", "--json")[1])] == [
        made["id"]
    ]
    assert json.loads(run("draft", "list", "--search", "registry", "--json")[1]) == []
    assert run("draft", "delete", made["id"])[0] == 0
    assert json.loads(run("draft", "list", "--json")[1]) == []
    assert run("draft", "show", "d_absent")[0] == 2
    assert run("draft", "add")[0] == 2
