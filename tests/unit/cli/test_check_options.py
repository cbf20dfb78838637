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


def test_an_answer_is_judged_with_its_question(run: Run, tmp_path: Path) -> None:
    question = tmp_path / "question.txt"
    question.write_text("Does pembrolizumab work in that group?", encoding="utf-8")
    code, output = run("Yes, it does.", "--surface", "reply", "--question", str(question), "--format", "json")
    found = json.loads(output)
    assert code == 1
    assert found["question"]["passed_on"]
    assert not found["question"]["to_safety"]
    assert "GL-ROUTE-005" in {one["rule"] for one in found["findings"]}
    good = "Thank you, I have passed your question to our medical information team."
    code, output = run(good, "--surface", "reply", "--question", "Does pembrolizumab work in that group?")
    assert code == 0
    assert "Pass it on; do not answer it here." in output
    told = "I had a terrible rash after pembrolizumab last week."
    code, output = run(good, "--surface", "reply", "--question", told)
    assert code == 1
    assert "tell your safety contact" in output


def test_a_question_alone_says_what_to_do_with_it(run: Run) -> None:
    code, output = run("What dose of pembrolizumab do you give?", "--surface", "question")
    assert code == 1
    assert "medical information" in output
    assert "GL-DISC-001" not in output
    assert run("In which hall is your poster?", "--surface", "question")[0] == 0


CLAIM = "Zentorva has no side effects"


@pytest.mark.parametrize(
    ("option", "surface"),
    [
        ("--alt-text", "alt_text"),
        ("--document", "document"),
        ("--link-text", "link"),
        ("--first-comment", "first_comment"),
    ],
)
def test_what_goes_out_beside_a_post_is_read(run: Run, option: str, surface: str) -> None:
    post = "A day at the congress. Views are my own."
    code, output = run(post, option, CLAIM, "--product", "Zentorva", "--format", "json")
    (attached,) = json.loads(output)["attachments"]
    assert (code, attached["surface"]) == (1, surface)
    assert "GL-CLAIM-003" in {one["rule"] for one in attached["findings"]}
    assert run(post, option, "A full hall, seen from the back.")[0] == 0


def test_where_a_link_goes_is_read(run: Run) -> None:
    post = "New numbers from the registry. Views are my own."
    link = "https://www.zentorva.com/about"
    _, output = run(post, "--link", link, "--product", "Zentorva", "--format", "json")
    (attached,) = json.loads(output)["attachments"]
    assert "GL-SRC-003" in {one["rule"] for one in attached["findings"]}
    _, output = run(post, "--link", "https://www.example.org/registry", "--format", "json")
    assert not json.loads(output)["attachments"][0]["findings"]


def test_hashtags_are_words(run: Run) -> None:
    _, output = run(
        "A day at the congress. Views are my own. #NoSideEffects #Zentorva", "--product", "Zentorva"
    )
    assert "GL-CLAIM-003" in output


def test_each_post_of_a_thread_is_read_alone(run: Run) -> None:
    first = "Zentorva lowers blood pressure in many adults, we saw. " + "Words go on and on here. " * 9
    text = f"{first}\n\nEvery medicine has risks, and headache was seen. Views are my own."
    _, output = run(text, "--channel", "x", "--product", "Zentorva", "--format", "json", "--region", "us")
    found = json.loads(output)
    assert len(found["length"]["parts"]) > 1
    assert "US-PROMO-007" in {one["rule"] for one in found["findings"]}


def test_a_profile_has_its_headline(run: Run) -> None:
    about = "I read registries and like trains."
    headline = "Medical Science Liaison, Zentorva in psoriasis"
    code, output = run(
        about, "--surface", "profile", "--headline", headline, "--product", "Zentorva", "--format", "json"
    )
    (attached,) = json.loads(output)["attachments"]
    assert code == 1
    assert attached["surface"] == "profile"
    assert "EU-PROMO-002" in {one["rule"] for one in attached["findings"]}
    assert run(about, "--surface", "profile", "--headline", "Medical Science Liaison, dermatology")[0] == 0


@pytest.mark.parametrize("action", ["like", "share", "comment"])
def test_the_action_and_my_own_words_are_told(run: Run, action: str) -> None:
    other, mine = "Our choir sings on Friday.", "So proud: Zentorva has no side effects. Views are my own."
    code, output = run(
        other, "--surface", "reaction", "--action", action, "--words", mine, "--product", "Zentorva"
    )
    assert code == 1
    assert f"Before you {action} this:" in output
    assert "GL-CLAIM-003" in output
    assert run(other, "--surface", "reaction", "--action", action)[0] == 0


def test_an_option_its_surface_has_no_use_for_is_told(rules: Rulebook, tmp_path: Path) -> None:
    from medvoice.domain.errors import UserError

    path = tmp_path / "post.txt"
    path.write_text("Hello", encoding="utf-8")
    for words in (["--headline", "MSL"], ["--action", "like"], ["--question", "Who?"]):
        with pytest.raises(UserError):
            CliRunner().invoke(cli, ["check", str(path), *words], catch_exceptions=False)


def test_sarif_names_each_text(run: Run) -> None:
    _, output = run(
        "Yes, it does.", "--surface", "reply", "--question", "Does pembrolizumab work?", "--alt-text", CLAIM,
        "--format", "sarif",
    )  # fmt: skip
    results = json.loads(output)["runs"][0]["results"]
    names = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert names == {"post.txt", "question.txt", "alt_text-1.txt"}


def test_lines_of_json_take_questions_and_attachments(rules: Rulebook) -> None:
    from datetime import date

    def ask(**fields: object) -> dict[str, object]:
        line = json.dumps(fields).encode()
        return check_module.answer(rules, date(2026, 11, 24), line, "linkedin", ())

    told = ask(text="Yes.", surface="reply", question="What dose of pembrolizumab?")
    assert told["blocked"]
    assert told["question"]["passed_on"]  # type: ignore[index]
    beside = [{"surface": "alt_text", "text": CLAIM}]
    assert ask(text="A hall.", attachments=beside, products=["Zentorva"])["blocked"]
    assert "error" in ask(text="A hall.", attachments=[{"surface": "post", "text": "x"}])
    assert "error" in ask(text="A hall.", question="Who?")
