"""The rulebook from what an earlier run compiled: used when it fits, made anew when it does not."""

from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, rule_sources
from medvoice.services import checking
from medvoice.services.checking import Rulebook


class Shelf:
    """Keeps bytes in memory and counts."""

    stamp = "as it is"

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.writes = 0

    def read(self, key: str, /) -> bytes | None:
        return self.bodies.get(key)

    def write(self, key: str, body: bytes, /) -> None:
        self.bodies[key] = body
        self.writes += 1


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {name: text for name, text in rule_sources().items() if name.startswith(("core/", "uk/"))}


def test_second_time_nothing_is_compiled(sources: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    first = Rulebook.from_kept(sources, shelf)
    monkeypatch.setattr(checking, "compile_ruleset", None)
    second = Rulebook.from_kept(sources, shelf)
    assert shelf.writes == 1
    assert second.ruleset.rules == first.ruleset.rules
    assert second.problems == first.problems


def test_damaged_or_other_sources_are_compiled_again(sources: dict[str, str]) -> None:
    shelf = Shelf()
    first = Rulebook.from_kept(sources, shelf)
    shelf.bodies = {key: body[: len(body) // 2] for key, body in shelf.bodies.items()}
    again = Rulebook.from_kept(sources, shelf)
    changed = Rulebook.from_kept(sources | {"uk/more.toml": "[class.extra]\nterms = ['x']\n"}, shelf)
    assert shelf.writes == 3
    assert again.ruleset.rules == first.ruleset.rules
    assert changed.loaded.packs != first.loaded.packs


def test_kept_below_the_workspace_and_nowhere_else(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    load_rulebook(absent)
    assert not absent.exists()
    home = tmp_path / "home"
    home.mkdir()
    load_rulebook(home)
    assert [path.name for path in (home / "cache").iterdir()] == ["rules.bin"]
