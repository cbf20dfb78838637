"""X's own conformance suite: what is a link, a hashtag, a mention, a cashtag."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from medvoice.domain.channel import entities

SUITE = Path(__file__).parents[4] / "shared" / "data" / "twitter-text"

pytestmark = pytest.mark.shared_data


@cache
def groups(name: str) -> dict[str, list[dict[str, Any]]]:
    path = SUITE / f"conformance_{name}.yml"
    return yaml.safe_load(path.read_text("utf-8"))["tests"] if path.exists() else {}


def cases(name: str, *wanted: str) -> list[Any]:
    found = [
        pytest.param(group, case, id=f"{group}-{index}")
        for group in wanted
        for index, case in enumerate(groups(name).get(group, []))
    ]
    return found or [pytest.param("", {}, marks=pytest.mark.skip(f"shared data absent: {SUITE.name} {name}"))]


def bodies(text: str, spans: tuple[entities.Span, ...]) -> list[str]:
    return [text[span.start + 1 : span.end] for span in spans]


def strings(group: str, text: str) -> list[str]:
    if group.startswith(("urls", "tco", "country", "generic")):
        return [text[span.start : span.end] for span in entities.urls(text)]
    if group.startswith("hashtags"):
        return bodies(text, entities.hashtags(text))
    if group.startswith("cashtags"):
        return bodies(text, entities.cashtags(text))
    return bodies(text, entities.mentions(text))


PLAIN = ("urls", "tco_urls_with_params", "hashtags", "hashtags_from_astral", "mentions", "cashtags")


@pytest.mark.parametrize(("group", "case"), cases("extract", *PLAIN))
def test_extracts_the_strings(group: str, case: dict[str, Any]) -> None:
    assert strings(group, case["text"]) == case["expected"], case["description"]


@pytest.mark.parametrize(
    ("group", "case"),
    cases(
        "extract",
        "urls_with_indices",
        "urls_with_directional_markers",
        "hashtags_with_indices",
        "mentions_with_indices",
        "cashtags_with_indices",
    ),
)
def test_extracts_the_places(group: str, case: dict[str, Any]) -> None:
    text = case["text"]
    find = {
        "urls": entities.urls,
        "hashtags": entities.hashtags,
        "mentions": entities.mentions,
        "cashtags": entities.cashtags,
    }[group.split("_")[0]]
    assert [list(span) for span in find(text)] == [item["indices"] for item in case["expected"]]
    words = [next(value for key, value in item.items() if key != "indices") for item in case["expected"]]
    assert strings(group, text) == words, case["description"]


@pytest.mark.parametrize(("group", "case"), cases("extract", "mentions_or_lists_with_indices"))
def test_extracts_names_and_lists(group: str, case: dict[str, Any]) -> None:
    found = [
        {"screen_name": item.screen_name, "list_slug": item.list_slug, "indices": [item.start, item.end]}
        for item in entities.mentions_or_lists(case["text"])
    ]
    assert found == case["expected"], case["description"]


@pytest.mark.parametrize(("group", "case"), cases("extract", "replies"))
def test_extracts_the_reply(group: str, case: dict[str, Any]) -> None:
    span = entities.reply_to(case["text"])
    found = case["text"][span.start + 1 : span.end] if span else None
    assert found == case["expected"], case["description"]


@pytest.mark.parametrize(("group", "case"), cases("tlds", "country", "generic"))
def test_knows_the_top_level_domains(group: str, case: dict[str, Any]) -> None:
    assert strings(group, case["text"]) == case["expected"], case["description"]


def test_every_extract_group_is_run() -> None:
    if not groups("extract"):
        pytest.skip("shared data absent: twitter-text extract")
    assert set(groups("extract")) == {
        *PLAIN,
        "urls_with_indices",
        "urls_with_directional_markers",
        "hashtags_with_indices",
        "mentions_with_indices",
        "mentions_or_lists_with_indices",
        "cashtags_with_indices",
        "replies",
    }
    counts = {group: len(found) for group, found in groups("extract").items()}
    # Counted when the suite was laid down: a shorter file would prove less.
    assert counts["urls"] >= 91
    assert counts["hashtags"] >= 65
    assert counts["mentions"] >= 23
