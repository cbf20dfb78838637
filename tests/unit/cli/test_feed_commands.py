"""`medvoice feed`: from an address to an idea with its reference, by commands alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from medvoice.cli.main import cli
from medvoice.domain.errors import UserError
from medvoice.domain.feed import Fetched, Found, Reading
from medvoice.platforms.sources import feeds as door

FOUND = Found("1", "Registries and reality", "https://j.example/1", "Words", "Sample Medicine", "10.1000/x.1")


class Scripted(door.FeedSource):
    """The addresses that are refused are the real ones; what comes back is given."""

    answer = Fetched("", Reading("Sample Medicine", (FOUND,)), etag='"1"')

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        return Fetched("feed_same") if etag and not self.answer.code else self.answer


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "FeedSource", Scripted)
    runner = CliRunner()

    def run_it(*words: str):
        return runner.invoke(cli, ["--home", str(tmp_path), "feed", *words])

    return run_it


def test_from_an_address_to_an_idea(run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = json.loads(run("add", "https://j.example/feed", "--json").output)
    assert (made["name"], made["new"], made["state"]) == ("Sample Medicine", 1, "")
    assert json.loads(run("list", "--json").output)["is_on"] is False
    assert "every six hours" in run("switch", "on").output
    assert json.loads(run("fetch", "--json").output)[0]["new"] == 0
    (entry,) = json.loads(run("new", "--json").output)
    assert (entry["doi"], entry["is_new"]) == ("10.1000/x.1", True)
    assert json.loads(run("idea", entry["id"], "--json").output)["title"] == FOUND.title
    assert json.loads(run("new", "--json").output) == [], "what became an idea was read"
    assert json.loads(run("new", "--all", "--json").output)[0]["idea"]
    assert "No other address" in run("move", made["id"]).output
    known = run("add", "https://j.example/feed").exception
    assert isinstance(known, UserError)
    assert known.code == "feed_known"
    assert isinstance(run("add", "http://j.example/feed").exception, UserError)
    monkeypatch.setattr(Scripted, "answer", Fetched("feed_is_page", detail="https://k.example/rss"))
    page = run("add", "https://k.example/")
    assert page.exit_code
    assert "a web page, not a feed. It names one: https://k.example/rss" in page.output
    assert json.loads(run("remove", made["id"], "--json").output)["entries"] == 1
    assert "No feeds yet" in run("list").output
