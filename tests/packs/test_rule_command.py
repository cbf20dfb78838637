"""`medvoice rule`: a rule in full, with the rulings behind it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from medvoice.cli.main import cli
from medvoice.domain.errors import UserError


def run(home: Path, *words: str) -> str:
    return CliRunner().invoke(cli, ["--home", str(home), "rule", *words], catch_exceptions=False).output


def test_a_rule_shows_what_was_a_breach_and_what_was_not(tmp_path: Path) -> None:
    said = run(tmp_path, "show", "eu-promo-002")
    assert "PMCPA AUTH/2612/6/13, 2013" in said
    breach, passed = said.index("Objected to: A tweet"), said.index("Not objected to: A tweet")
    assert breach < passed
    assert "Must fix in US, IN if own_product" in said
    assert "Food and Drug Regulations (Canada) C.01.044" in said
    told = json.loads(run(tmp_path, "show", "EU-PROMO-002", "--json"))
    assert told["rulings"][0]["case"] == "AUTH/2612/6/13"
    assert all(told["rulings"][0][key] for key in ("breach", "passed", "dated"))
    assert told["found"]
    assert told["passes"]


def test_a_wider_form_opens_the_rulings_of_its_rule(tmp_path: Path) -> None:
    assert "AUTH/3854/11/23" in run(tmp_path, "show", "GL-ENG-001-B")


def test_what_could_not_be_verified_says_so(tmp_path: Path) -> None:
    assert "(not verified)" in run(tmp_path, "show", "GL-SRC-003")
    told = json.loads(run(tmp_path, "show", "GL-SRC-003", "--json"))
    assert not told["rulings"][0]["verified"]


def test_rules_are_found_by_their_words(tmp_path: Path) -> None:
    rows = json.loads(run(tmp_path, "list", "adverse", "--json"))
    assert rows
    assert {row["category"] for row in rows} == {"adverse_event"}
    assert "0 rules." in run(tmp_path, "list", "no-such-word-anywhere")


def test_a_rule_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        run(tmp_path, "show", "GL-NOT-001")
    assert told.value.code == "rule_unknown"


def test_no_workspace_is_made(tmp_path: Path) -> None:
    run(tmp_path / "none", "show", "GL-AE-001")
    assert not (tmp_path / "none").exists()
