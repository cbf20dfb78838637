"""`medvoice check` beyond the post itself: surfaces, what goes out beside it, regions side by side."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from medvoice.bootstrap import load_rulebook
from medvoice.cli import check as check_module
from medvoice.cli.main import cli
from medvoice.services.checking import Rulebook

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load_rulebook(tmp_path_factory.mktemp("none") / "absent")


@pytest.fixture
def run(rules: Rulebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setattr(check_module, "load_rulebook", lambda *_: rules)

    def checked(text: str, *words: str) -> tuple[int, str]:
        path = tmp_path / "post.txt"
        path.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(cli, ["check", str(path), *words], catch_exceptions=False)
        return result.exit_code, result.output

    return checked


def test_plain_json_has_no_more_than_before(run: Run) -> None:
    _, output = run("I like trains. Views are my own.", "--format", "json")
    assert set(json.loads(output)) == {
        "id", "channel", "regions", "length", "blocked", "findings", "packs", "unread",
    }  # fmt: skip


def test_an_alt_text_can_block(run: Run) -> None:
    post = "A day at the congress. Views are my own."
    assert run(post)[0] == 0
    code, output = run(
        post, "--product", "Zentorva", "--alt-text", "Zentorva has no side effects", "--format", "json"
    )
    (attached,) = json.loads(output)["attachments"]
    assert code == 1
    assert attached["surface"] == "alt_text"
    assert "GL-CLAIM-003" in {one["rule"] for one in attached["findings"]}
    assert (
        "Alt text: “Zentorva has no side effects”"
        in run(post, "--alt-text", "Zentorva has no side effects")[1]
    )


def test_a_reaction_is_judged_by_the_other_s_text(run: Run) -> None:
    code, output = run("Great news on niraparib in glioblastoma.", "--surface", "reaction")
    assert code == 1
    assert "GL-ENG-001-B" in output
    assert "GL-DISC-001" not in output
    assert run("Our choir sings on Friday.", "--surface", "reaction")[0] == 0


@pytest.mark.parametrize(
    ("surface", "limit"), [("reply", 1_250), ("comment", 1_250), ("profile", 2_600), ("post", 3_000)]
)
def test_each_surface_has_its_length(run: Run, surface: str, limit: int) -> None:
    _, output = run("Thank you.", "--surface", surface, "--format", "json")
    assert json.loads(output)["length"]["limit"] == limit


def test_regions_side_by_side(run: Run) -> None:
    post = "A symposium on semaglutide in obesity. Views are my own."
    _, output = run(post, "--explain-regions", "--region", "us", "--region", "jp", "--format", "json")
    rows = {row["rule"]: row["levels"] for row in json.loads(output)["by_region"]}
    assert set(rows["EU-PROMO-002"]) == {"US", "JP"}
    _, text = run(post, "--explain-regions")
    assert all(f"{region}: " in text for region in ("US", "EU", "UK", "DE", "CH", "CA", "AU", "JP", "IN"))
    assert "Because:" in text
