"""X's own conformance suite: what a text weighs and what is well formed."""

from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from medvoice.domain.channel import validate
from medvoice.domain.channel.weighted import V1, V2, V3, CountingConfig, weighted_length

SUITE = Path(__file__).parents[4] / "shared" / "data" / "twitter-text"
JUDGES = {
    "usernames": validate.is_username,
    "lists": validate.is_list,
    "hashtags": validate.is_hashtag,
    "urls": validate.is_url,
    "urls_without_protocol": partial(validate.is_url, needs_protocol=False),
    "tweets": lambda text: weighted_length(text, V1).valid,
}
COUNTED: dict[str, tuple[CountingConfig, int]] = {
    "WeightedTweetsCounterTest": (V2, 20),
    "WeightedTweetsWithDiscountedEmojiCounterTest": (V3, 22),
    "UnicodeDirectionalMarkerCounterTest": (V3, 2),
}

pytestmark = pytest.mark.shared_data


@cache
def groups() -> dict[str, list[dict[str, Any]]]:
    path = SUITE / "conformance_validate.yml"
    return yaml.safe_load(path.read_text("utf-8"))["tests"] if path.exists() else {}


def cases(*wanted: str) -> list[Any]:
    found = [
        pytest.param(group, case, id=f"{group}-{index}")
        for group in wanted
        for index, case in enumerate(groups().get(group, []))
    ]
    return found or [
        pytest.param("", {}, marks=pytest.mark.skip("shared data absent: twitter-text validate"))
    ]


@pytest.mark.parametrize(("group", "case"), cases(*JUDGES))
def test_judges_as_x_does(group: str, case: dict[str, Any]) -> None:
    assert JUDGES[group](case["text"]) is case["expected"], case["description"]


@pytest.mark.parametrize(("group", "case"), cases(*COUNTED))
def test_weighs_as_x_does(group: str, case: dict[str, Any]) -> None:
    config, _ = COUNTED[group]
    weighed = weighted_length(case["text"], config)
    expected = case["expected"]
    assert weighed.length == expected["weightedLength"], case["description"]
    assert weighed.valid is expected["valid"], case["description"]
    assert weighed.length * 1000 // weighed.limit == expected["permillage"], case["description"]


def test_every_validate_group_is_run() -> None:
    if not groups():
        pytest.skip("shared data absent: twitter-text validate")
    assert set(groups()) == {*JUDGES, *COUNTED}
    for group, (_, count) in COUNTED.items():
        assert len(groups()[group]) >= count
