"""Sample texts and ideas are read as models: none of them shows a breach, but for the one that is there to be
fixed."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from medvoice.domain.finding import Document, Finding, Level
from medvoice.infra.resources import resource_path

Find = Callable[[Document], tuple[Finding, ...]]
# What nobody's post is made of, whatever the rules find (compliance reference: closed meetings).
CLOSED = ("advisory board", "ad board", "internal meeting", "confidential", "unpublished")


def sample() -> dict[str, Any]:
    return tomllib.loads(resource_path("templates", "sample_workspace.toml").read_text("utf-8"))


def texts() -> list[tuple[str, str, tuple[str, ...]]]:
    """(title, text, channels) of all that the sample workspace holds."""
    data = sample()
    found = [(each["title"], each["text"], tuple(each["channels"])) for each in data["draft"]]
    return found + [(each["title"], each["text"], ("linkedin", "x")) for each in data["published"]]


@pytest.mark.parametrize(("title", "text", "channels"), texts(), ids=[title for title, _, _ in texts()])
def test_a_sample_text_models_no_breach(title: str, text: str, channels: tuple[str, ...], find: Find) -> None:
    sentence = sample()["profile"]["disclosure"]
    for channel in channels:
        document = Document(text=f"{text.strip()}\n\n{sentence}", channel=channel)
        assert [(f.rule, f.quote) for f in find(document) if f.level is Level.BLOCK] == []
        warned = [(f.rule, f.quote) for f in find(document) if f.level is Level.WARN]
        assert len(warned) <= 1, warned
    words = f"{title} {text}".lower()
    assert [word for word in CLOSED if word in words] == []


def test_ideas_and_topics_name_no_closed_source() -> None:
    data = sample()
    words = " ".join(f"{topic['name']} {topic['promise']}" for topic in data["topic"]).lower()
    assert [word for word in CLOSED if word in words] == []
    assert any(each["state"] == "idea" for each in data["draft"])


def test_the_text_that_is_there_to_be_fixed_has_one_of_each(find: Find) -> None:
    text = resource_path("templates", "sample_post.txt").read_text("utf-8").strip()
    found = find(Document(text=text, channel="linkedin"))
    assert {finding.level for finding in found} >= {Level.BLOCK, Level.WARN}
    block = next(finding for finding in found if finding.level is Level.BLOCK)
    assert block.fixes[0].replacement == ""
