"""The plan by command: topics, ideas, slots, congresses, the calendar out and in, pauses."""

import io
import json
import sys
from pathlib import Path

import docx
import pytest

from medvoice.cli.main import main


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


@pytest.fixture
def said(run):
    """The JSON that a command answers."""

    def ask(*arguments: str):
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return ask


def test_topics_change_join_and_say_how_they_stand(run, said) -> None:
    rwe = said("topic", "add", "Registries", "--share", "60", "--every", "7", "--keyword", "registry")["id"]
    other = said("topic", "add", "Claims data", "--keyword", "claims", "--hashtag", "#RWE")["id"]
    run("topic", "change", rwe, "--promise", "What happens after the trial.", "--avoid", "salaries")
    (first, second) = sorted(said("topic", "list"), key=lambda each: each["name"], reverse=True)
    assert (first["promise"], first["every_days"], first["avoid"]) == (
        "What happens after the trial.",
        7,
        ["salaries"],
    )
    assert second["hashtags"] == ["RWE"]
    draft = said("draft", "add", "--text", "What a registry can tell.", "--topic", other)["id"]
    assert said("topic", "guess", draft) == {"topic": rwe, "because": ["registry"]}
    run("topic", "merge", other, rwe)
    (kept,) = said("topic", "list")
    assert kept["keywords"] == ["registry", "claims"]
    assert said("draft", "show", draft)["topic"] == rwe
    code, out, _ = run("topic", "list")
    assert code == 0
    assert "□" * 12 in out
    assert run("topic", "merge", rwe, rwe)[0] == 2
    run("topic", "remove", rwe)
    assert said("topic", "list") == []


def test_an_idea_is_asked_for_where_there_is_no_screen(run, said, monkeypatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "stdin", io.StringIO("Worth a post: https://example.org/a\n"))
    code, out, err = run("idea", "capture")
    assert (code, err) == (0, "")
    assert out.startswith("Idea: ")
    assert [each["url"] for each in said("idea", "list")] == ["https://example.org/a"]


def test_word_and_markdown_files_become_drafts(run, said, tmp_path: Path) -> None:
    word, note, old = tmp_path / "a.docx", tmp_path / "b.md", tmp_path / "old.doc"
    document = docx.Document()
    document.add_heading("From Word", 1)
    document.add_comment(document.add_paragraph("Words.").runs, "Really?")
    document.save(str(word))
    note.write_text("# From Markdown\n\n![A chart](chart.png)\nWords.", "utf-8")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    code, _, err = run("draft", "import", str(note), str(old))
    assert (code, err) == (2, "old.doc is of an old Word. Save it as .docx and try again.\n")
    made = said("draft", "import", str(word), str(note))
    assert [each["title"] for each in made["drafts"]] == ["From Word", "From Markdown"], "all or none"
    assert made["left_out"] == {"comments": 1, "images": 1}
    code, out, _ = run("draft", "import", str(word))
    assert (code, out.splitlines()[-1]) == (0, "Left out: comments (1).")
    assert run("draft", "import", str(tmp_path / "gone.docx"))[0] == 2


def test_ideas_become_drafts(run, said) -> None:
    made = said("idea", "add", "What diaries miss", "--url", "https://example.org/a", "--source", "A paper")[
        "id"
    ]
    assert said("idea", "list") == [
        {
            "id": made,
            "title": "What diaries miss",
            "topic": None,
            "url": "https://example.org/a",
            "source": "A paper",
        }
    ]
    assert run("idea", "draft", made)[0] == 0
    assert said("idea", "list") == []
    code, _, err = run("idea", "add", "Words", "--url", "javascript:alert(1)")
    assert code == 2
    assert "address of a page" in err


def test_slots_are_kept_and_dropped(run, said) -> None:
    run("slot", "keep", "tuesday", "08:10")
    anything = {"day": "tuesday", "time": "08:10", "topic": "", "topic_name": "", "channel": ""}
    assert said("slot", "list")["kept"] == [anything]
    assert all(each["wall"].endswith("08:10") for each in said("slot", "list")["free"])
    assert run("slot", "keep", "tuesday", "25:00")[0] == 2
    run("slot", "drop", "tuesday", "08:10")
    assert said("slot", "list")["kept"] == []


def test_a_time_is_kept_for_one_topic_and_one_network(run, said) -> None:
    run("topic", "add", "Registries")
    run("slot", "keep", "tuesday", "08:10", "--topic", "registries", "--channel", "x")
    kept = said("slot", "list")["kept"]
    assert [(each["topic_name"], each["channel"]) for each in kept] == [("Registries", "x")]
    assert "only Registries, x" in run("slot", "list")[1]
    assert run("slot", "drop", "tuesday", "08:10")[0] == 2, "that one is kept for a topic"
    assert run("slot", "keep", "tuesday", "08:10", "--topic", "nothing")[0] != 0
    run("slot", "drop", "tuesday", "08:10", "--topic", kept[0]["topic"], "--channel", "x")
    assert said("slot", "list")["kept"] == []


def test_a_congress_with_its_embargoes(run, said) -> None:
    days = ("--from", "2027-06-04", "--to", "2027-06-08")
    event = said("event", "add", "ASCO 2027", "--zone", "America/Chicago", *days, "--style", "asco")["id"]
    session = said("event", "session", event, "Plenary", "--at", "2027-06-06 13:00")["id"]
    regular = said("event", "abstract", event, "Regular", "--number", "4001")
    assert (regular["ends_at"], regular["why"]) == (None, "release_missing")
    late = said("event", "abstract", event, "Late", "--kind", "late_breaking", "--session", session)
    assert late["ends_at"] == "2027-06-06T12:00:00.000000Z"
    run("event", "change", event, "--release", "2027-05-20")
    shown = said("event", "show", event)
    assert [each["ends_at"] for each in shown["abstracts"]] == [
        "2027-05-20T21:00:00.000000Z",
        "2027-06-06T12:00:00.000000Z",
    ]
    draft = said("draft", "add", "--text", "Three talks.")["id"]
    run("embargo", "tie", draft, late["abstract"])
    assert [each["title"] for each in said("embargo", "list", draft)] == ["Late"]
    assert len(said("embargo", "list")) == 2
    code, _, err = run("event", "remove", event)
    assert code == 2
    assert "untie" in err
    run("embargo", "untie", draft, late["abstract"])
    assert run("event", "remove", event)[0] == 0
    assert said("event", "list") == []


def test_the_calendar_goes_out_and_comes_in(run, said, tmp_path: Path) -> None:
    said("topic", "add", "Registries", "--every", "7")
    said("draft", "add", "--text", "Words of a draft.", "--title", "=1+1")
    ics, table = tmp_path / "plan.ics", tmp_path / "plan.csv"
    said("event", "add", "Sample Forum", "--zone", "Europe/Vienna", "--from", "2026-12-08")
    span = ("--from", "2026-12-01", "--to", "2026-12-31")
    assert [band["title"] for band in said("calendar", "list", *span)["bands"]] == ["Sample Forum"]
    run("calendar", "export", "--ics", str(ics), "--csv", str(table), *span)
    assert b"SUMMARY:Sample Forum\r\n" in ics.read_bytes()
    assert "'=1+1" in table.read_text("utf-8-sig")
    assert said("calendar", "import", str(ics))["known"] == 1
    assert said("calendar", "import", str(table)) == {"added": [], "changed": [], "same": 1}
    assert run("calendar", "export")[0] == 2
    code, _, err = run("calendar", "import", str(tmp_path / "gone.ics"))
    assert code != 0
    assert "cannot be read" in err
    code, out, _ = run("calendar", "live", str(tmp_path / "live.ics"))
    assert code == 0
    assert (tmp_path / "live.ics").is_file()
    assert "Kept up to date" in out
    assert said("plan", "suggest")["gaps"] == []


def test_pauses_by_scope_and_span(run, said) -> None:
    topic = said("topic", "add", "Registries")["id"]
    run("queue", "pause", "--topic", topic, "--reason", "A safety signal", "--until", "2099-01-01 08:00")
    (pause,) = said("queue", "pauses")
    assert (pause["scope"], pause["scope_id"], pause["reason"]) == ("topic", topic, "A safety signal")
    assert run("queue", "pause", "--topic", topic, "--account", "a_1")[0] == 2
    run("queue", "resume", "--pause", pause["id"])
    assert said("queue", "pauses") == []


def test_no_comments_to_look_at_is_said(run, said) -> None:
    assert said("comments", "list") == []
    assert "No comments to look at" in run("comments", "list")[1]
    assert run("comments", "looked", "y_nothing")[0] != 0
