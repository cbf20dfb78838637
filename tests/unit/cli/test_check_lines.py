"""`medvoice check --jsonl` and `measure --jsonl`: one answer a line, in order, whatever the line is."""

import io
import json
import sys
import time
from typing import Any

import pytest

from medvoice.cli import check as check_module
from medvoice.cli.main import main
from medvoice.compliance.engine import MAX_CODE_POINTS
from medvoice.services.checking import Rulebook

CLAIM = "Exampletinib is completely safe and cures every patient."
CALM = "Which section of a paper do you read first?"


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return check_module.load_rulebook()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rules: Rulebook):
    """Run a command with these bytes on standard input; returns (exit code, standard output)."""
    monkeypatch.setattr(check_module, "load_rulebook", lambda *_: rules)

    def run_it(*arguments: str, given: bytes = b"") -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["medvoice", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().out

    return run_it


def lines_of(*rows: object) -> bytes:
    """Rows as JSON lines; bytes and text go in as they are."""
    made = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return b"\n".join(made) + b"\n"


def answers(run, *rows: object, command: tuple[str, ...] = ("check", "--jsonl")) -> list[dict[str, Any]]:
    code, out = run(*command, given=lines_of(*rows))
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_one_answer_a_line_in_order_bad_lines_in_their_place(run) -> None:
    found = answers(
        run,
        {"id": 1, "text": CLAIM, "channel": "linkedin", "regions": ["US"]},
        b"{not json",
        {"id": "three", "channel": "x"},
        b"",
        [1, 2],
        {"id": 5, "text": CALM, "channel": "fax"},
        {"id": 6, "text": CALM, "regions": ["Atlantis"]},
        {"id": 7, "text": CALM, "products": [1]},
        {"id": 8, "text": CALM, "surface": "wall"},
        b"\xff\xfe",
        b"[" * 200_000,
        {"id": None, "text": CALM, "channel": "x", "regions": ["eu"]},
    )
    assert [each.get("id", "-") for each in found] == [1, "-", "three", "-", 5, 6, 7, 8, "-", "-", None]
    assert [("error" in each) for each in found] == [False] + [True] * 9 + [False]
    assert found[0]["blocked"] is True
    assert {"rule", "category", "severity", "span", "quote", "message", "why", "basis", "fixes"} <= set(
        found[0]["findings"][0]
    )
    assert found[-1]["regions"] == ["EU"]
    assert found[-1]["length"]["limit"] == 280


def test_spans_are_code_points_of_the_given_text(run) -> None:
    text = "👩‍⚕️ Ünïcode first. " + CLAIM
    (found,) = answers(run, {"id": 1, "text": text, "regions": ["US"]})
    assert found["findings"]
    for each in found["findings"]:
        start, end = each["span"]
        assert text[start:end] == each["quote"]


HARD = {
    "lone surrogate": "\ud800 " + CALM,
    "lone low surrogate at the end": CALM + "\udfff",
    "NUL": "a\0b " + CALM,
    "right to left": "שלום עולם! \u202eabc\u202c مرحبا بالعالم 123",
    "combining marks": "a" + "\u0301" * 10_000,
    "nothing": "",
    "only blanks": " \n\t\u200b\u2028 ",
    "joined emoji": "👨‍👩‍👧‍👦" * 500,
    "long hashtags": "#" + "a" * 5_000 + " @" + "b" * 5_000,
    "many addresses": "https://example.com/a?b=c " * 500,
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("channel", ["linkedin", "x"])
def test_hard_text_gets_an_answer(run, name: str, channel: str) -> None:
    row = {"id": name, "text": HARD[name], "channel": channel}
    started = time.monotonic()
    (checked,) = answers(run, row)
    (measured,) = answers(run, row, command=("measure", "--jsonl", "--channel", channel))
    assert time.monotonic() - started < 20
    assert checked["id"] == measured["id"] == name
    assert "error" not in checked
    assert "error" not in measured
    assert checked["length"]["used"] == measured["used"]


def test_a_megabyte_is_answered_with_a_sentence(run) -> None:
    started = time.monotonic()
    first, second = answers(
        run,
        {"id": 1, "text": "Safe word. " * 95_000},
        {"id": 2, "text": CLAIM, "regions": ["US"]},
    )
    assert time.monotonic() - started < 20
    assert f"{MAX_CODE_POINTS:,}" in first["findings"][0]["message"]
    assert first["blocked"] is True
    assert second["blocked"] is True
    assert second["findings"][0]["rule"] != first["findings"][0]["rule"]


def test_measure_answers_in_place_for_a_channel_it_does_not_know(run) -> None:
    found = answers(
        run,
        {"id": 1, "text": "Hello #world @jordansample https://example.com"},
        {"id": 2, "text": "Hello", "channel": "fax"},
        {"id": 3, "text": "Hello", "channel": ["x"]},
        {"id": 4},
        b"nonsense",
        {"id": 6, "text": "Hello", "channel": "linkedin"},
        command=("measure", "--jsonl", "--channel", "x"),
    )
    assert [each.get("id") for each in found] == [1, 2, 3, 4, None, 6]
    assert [("error" in each) for each in found] == [False, True, True, True, True, False]
    assert (found[0]["used"], found[0]["limit"], found[0]["valid"]) == (27 + 23, 280, True)
    assert found[0]["urls"] == [[27, 46]]
    assert found[0]["hashtags"] == [[6, 12]]
    assert found[0]["mentions"] == [[13, 26]]
    assert found[5]["limit"] == 3000


def test_json_of_one_text(run) -> None:
    code, out = run("check", "-", "--region", "us", "--format", "json", given=CLAIM.encode())
    found = json.loads(out)
    assert code == 1
    assert found["regions"] == ["US"]
    assert {pack["id"] for pack in found["packs"]} >= {"core", "us"}
    assert all(len(pack["sha256"]) == 64 for pack in found["packs"])


def test_sarif_of_one_text(run) -> None:
    text = "First line.\n" + CLAIM
    code, out = run("check", "-", "--region", "us", "--format", "sarif", given=text.encode())
    found = json.loads(out)
    (only,) = found["runs"]
    assert code == 1
    assert found["version"] == "2.1.0"
    assert only["tool"]["driver"]["name"] == "MedVoice"
    ids = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert only["results"]
    for each in only["results"]:
        assert ids[each["ruleIndex"]] == each["ruleId"]
        region = each["locations"][0]["physicalLocation"]["region"]
        at = region["charOffset"]
        assert text[at : at + region["charLength"]] == region["snippet"]["text"]
    blocks = [each for each in only["results"] if each["level"] == "error"]
    assert blocks[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_words_for_a_person(run) -> None:
    code, out = run("check", "-", "--region", "us", given=CLAIM.encode())
    assert code == 1
    assert "Must fix" in out
    assert "compliant" not in out.lower()
    code, out = run("check", "-", given=b"\xff\xfeabc")
    assert code == 2
