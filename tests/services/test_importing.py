"""Drafts out of files: what comes, what goes, and what is refused in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.services.importing import MOST_BYTES, Importing, read_drafts

MARKDOWN = """---
tags: rwe
---
# What a **registry** can tell

Read [the paper](https://example.org/paper) first.

## Who is missing?

* one
* *two*

![A chart](chart.png)
`p < 0.05` is no answer.

---

Second one, without a heading.
"""


def test_markdown_becomes_plain_words_and_a_line_parts_drafts() -> None:
    first, second = read_drafts("notes.md", MARKDOWN.encode())
    assert first.title == "What a registry can tell"
    assert first.text == (
        "Read the paper (https://example.org/paper) first.\n\nWho is missing?\n\n- one\n- two\n\n"
        "p < 0.05 is no answer."
    )
    assert first.images == 1
    assert (second.title, second.text) == ("Second one, without a heading.", "Second one, without a heading.")


def test_plain_text_stays_as_it_is() -> None:
    text = "Five * six is thirty, and # is no heading.\nOn [two] lines."
    for data in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), text.encode("utf-16")):
        (one,) = read_drafts("a.txt", data)
        assert one.text == text
        assert one.title == "Five * six is thirty, and # is no heading."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file_not_text"),
        ("Größe".encode("latin-1"), "file_not_text"),
        (b"a" * (MOST_BYTES + 1), "file_too_large"),
        (b" \n---\n \n", "file_empty"),
        (b"x\n---\n" * 201, "too_many_drafts"),
    ],
)
def test_what_is_no_draft_is_said(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_drafts("some.txt", data)
    assert caught.value.code == code
    assert caught.value.params["name"] == "some.txt"


@given(st.text(st.characters(codec="utf-8"), max_size=400), st.sampled_from(("a.md", "a.txt")))
def test_any_text_is_read_or_refused_and_words_are_not_invented(text: str, name: str) -> None:
    try:
        found = read_drafts(name, text.encode())
    except UserError:
        assert "\0" in text or not re.sub(r"[-\s]", "", text) or name.endswith(".md")
        return
    letters = {each for each in text if each.isalnum()}
    assert {each for one in found for each in one.text + one.title if each.isalnum()} <= letters
    assert all(one.text or one.title for one in found)


def test_all_are_kept_or_none(rig) -> None:
    service = Importing(rig.db, rig.clock)
    with pytest.raises(UserError, match="topic_unknown"):
        service.keep(read_drafts("notes.md", MARKDOWN.encode()), "t_none")
    before = len(service.drafting.list())
    made = service.keep(read_drafts("notes.md", MARKDOWN.encode()))
    assert [each.title for each in made] == ["What a registry can tell", "Second one, without a heading."]
    assert len(service.drafting.list()) == before + 2
