"""The server's own reading of little text (platforms reference 1.6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.platforms.sandbox.little import RESERVED, parse_little, read_little

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "linkedin" / "little-text-vectors.json"


@pytest.mark.parametrize(
    ("commentary", "visible"),
    [
        ("", ""),
        ("plain, with % & - . : / é 👩🏽‍⚕️", "plain, with % & - . : / é 👩🏽‍⚕️"),
        (r"a \(b\) \[c\] \{d\} \< \> \| \@ \# \* \_ \~ \\", "a (b) [c] {d} < > | @ # * _ ~ \\"),
        ("up from 4% today (EPRI, 2024) and more", "up from 4% today "),
        ("a_b", "a"),
        ("a *b*", "a "),
        ("~", ""),
        ("end\\", "end"),
        (r"back\slash", "back"),
        ("#AI rocks", "#AI rocks"),
        (r"#AI\_santé!", "#AI_santé!"),
        ("#AI_x", "#AI"),
        ("C# and more", "C"),
        ("# alone", ""),
        ("#IA#IB", "#IA#IB"),
        (r"{hashtag|\#|AI\_santé} x", "#AI_santé x"),
        ("{hashtag|#|IA}", "#IA"),
        ("{hashtag|＃|IA}", "＃IA"),
        ("{hashtag|#|}", ""),
        ("a {hashtag|#|I(A}", "a "),
        ("a {hashtag|#|open", "a "),
        ("a {other|#|x}", "a "),
        ("Hi @[Devtestco](urn:li:organization:2414183)!", "Hi Devtestco!"),
        (r"@[A \(B\)](urn:li:organization:1)", "A (B)"),
        ("@(urn:li:person:practice7Qx1)", "urn:li:person:practice7Qx1"),
        ("Hi @[Someone](urn:li:share:1)", "Hi "),
        ("Hi @[Someone] (urn:li:person:1)", "Hi "),
        ("mail a@b.org", "mail a"),
        ("Hi @[open", "Hi "),
    ],
)
def test_what_readers_see(commentary: str, visible: str) -> None:
    assert read_little(commentary) == visible


def test_cut_names_the_place() -> None:
    assert parse_little("ab(c").cut_at == 2
    assert parse_little(r"ab\(c").cut_at is None


@given(st.text())
def test_text_with_every_reserved_character_escaped_comes_back(text: str) -> None:
    escaped = "".join("\\" + c if c in RESERVED else c for c in text)
    assert read_little(escaped) == text


@given(st.lists(st.sampled_from([*sorted(RESERVED), "a", " ", "é", "{hashtag|#|", "(urn:li:person:1)"])))
def test_reading_never_raises_and_never_grows(parts: list[str]) -> None:
    text = "".join(parts)
    assert len(read_little(text)) <= len(text)


@pytest.mark.shared_data
def test_shared_vectors() -> None:
    if not SHARED.exists():
        pytest.skip(f"shared data absent: {SHARED.name}")
    vectors = json.loads(SHARED.read_text(encoding="utf-8"))
    assert set(vectors["reserved"]) == set(RESERVED)
    assert len(vectors["plain_to_little"]) > 10
    for case in vectors["plain_to_little"]:
        assert read_little(case["little"]) == case["plain"]
    for case in vectors["hashtags"]:
        assert read_little(case["template"]) == read_little(case["bare"]) == "#" + case["tag"]
    for case in vectors["mentions"]:
        assert read_little(case["little"]) == case["name"]
    for case in vectors["truncation_simulation"]:
        assert read_little(case["sent_unescaped"]) == case["real_linkedin_publishes"]
