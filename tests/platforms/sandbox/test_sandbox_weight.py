"""X's weighted length as the practice network counts it (platforms reference 2.8)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from medvoice.platforms.sandbox.weight import find_cashtags, find_mentions, find_urls, weigh

SUITE = Path(__file__).parents[3].parent / "shared" / "data" / "twitter-text"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),  # NFC first
        ("«été» – “ok”\n", 13),
        ("…", 2),
        ("•€→\u202f™", 10),
        ("日本", 4),
        ("Привет", 6),
        ("👍", 2),
        ("👩🏽‍⚕️", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇫🇷🇩🇪", 4),
        ("1️⃣", 2),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
        ("©", 1),
        ("©️", 2),
        ("❤️", 2),
        ("https://example.org/" + "a" * 200, 23),
        ("example.com", 23),
        ("see clinique.fr today", 4 + 23 + 6),
        ("a@b.com", 7),
        ("3.5 mg", 6),
        ("e.g. this", 9),
        ("https://example.com. End", 23 + 5),
        ("(https://example.com/a_(b))", 23 + 2),
        ("https://example.madeuptld", 25),
    ],
)
def test_weight(text: str, weight: int) -> None:
    assert weigh(text) == weight


def test_cashtags_and_mentions() -> None:
    assert find_cashtags("$ABC and $DEF.A but not x$GHI nor $1") == ["$ABC", "$DEF.A"]
    assert find_mentions("@Jordan and .@robin but not a@b.org") == ["jordan", "robin"]


def test_hostile_text_is_read_in_time() -> None:
    started_s = time.perf_counter()
    assert weigh("a." * 5_000) == 10_000
    assert weigh("http://a.com/" + "(" * 5_000) == 23 + 5_000
    assert weigh("http://" + "a-" * 5_000) == 10_007
    assert weigh("👩\u200d" * 5_000 + "x") == 2 + 1 + 1  # one sequence, the joiner left over, x
    assert time.perf_counter() - started_s < 5


def _cases(name: str, group: str) -> list[dict[str, object]]:
    file = SUITE / name
    if not file.exists():
        pytest.skip(f"shared data absent: {name}")
    return yaml.safe_load(file.read_text(encoding="utf-8"))["tests"][group]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("group", "least"),
    [("WeightedTweetsWithDiscountedEmojiCounterTest", 22), ("UnicodeDirectionalMarkerCounterTest", 2)],
)
def test_published_weights(group: str, least: int) -> None:
    cases = _cases("conformance_validate.yml", group)
    assert len(cases) >= least
    wrong = [c["description"] for c in cases if weigh(c["text"]) != c["expected"]["weightedLength"]]  # type: ignore[index, arg-type]
    assert wrong == []


@pytest.mark.shared_data
def test_published_addresses() -> None:
    cases = _cases("conformance_extract.yml", "urls")
    assert len(cases) == 91
    wrong = []
    for case in cases:
        text = str(case["text"])
        if [text[start:end] for start, end in find_urls(text)] != case["expected"]:
            wrong.append(case["description"])
    assert wrong == []
