"""LinkedIn's little text: the vectors, and that nothing is lost on the way."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medvoice.domain.channel import little

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "linkedin" / "little-text-vectors.json"
ANY_TEXT = st.text(st.characters() | st.sampled_from("\\|{}@[]()<>#*_~ \n＃aé0\u0301\ud800"), max_size=60)


@cache
def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("shared data absent: linkedin/little-text-vectors.json")
    return json.loads(VECTORS.read_text("utf-8"))


@pytest.mark.shared_data
def test_the_reserved_signs_are_those_of_the_vectors() -> None:
    assert set(vectors()["reserved"]) == little.RESERVED
    assert len(little.RESERVED) == 15


@pytest.mark.shared_data
def test_plain_text_is_escaped_as_the_vectors_say() -> None:
    assert len(vectors()["plain_to_little"]) >= 13
    for vector in vectors()["plain_to_little"]:
        assert little.escape(vector["plain"], hashtags="escaped") == vector["little"]
        assert little.unescape(vector["little"]) == vector["plain"]


@pytest.mark.shared_data
def test_hashtags_are_written_both_ways() -> None:
    for vector in vectors()["hashtags"]:
        plain = f"#{vector['tag']}"
        assert little.escape(plain, hashtags="template") == vector["template"]
        assert little.escape(plain, hashtags="bare") == little.escape(plain) == vector["bare"]
        assert little.unescape(vector["template"]) == little.unescape(vector["bare"]) == plain


@pytest.mark.shared_data
def test_mentions_are_written_as_the_vectors_say() -> None:
    for vector in vectors()["mentions"]:
        assert little.mention(vector["name"], vector["urn"]) == vector["little"]
        assert little.unescape(vector["little"]) == vector["name"]


@pytest.mark.shared_data
def test_what_linkedin_cuts_is_refused_and_the_escaped_text_is_whole() -> None:
    for vector in vectors()["truncation_simulation"]:
        with pytest.raises(ValueError, match=str(len(vector["real_linkedin_publishes"]))):
            little.unescape(vector["sent_unescaped"])
        assert little.unescape(little.escape(vector["sent_unescaped"])) == vector["sent_unescaped"]


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("#AI and #ESMO2026.", "#AI and #ESMO2026."),
        ("(#AI)", "\\(#AI\\)"),
        ("C# and F#", "C\\# and F\\#"),
        ("room #5, #1", "room \\#5, \\#1"),
        ("##AI", "\\#\\#AI"),
        ("#AI#ML", "\\#AI\\#ML"),
        ("#_a", "\\#\\_a"),
        ("https://example.com/a_b#part", "https://example.com/a\\_b\\#part"),
        ("a@b.example", "a\\@b.example"),
        ("@Jordan hello", "\\@Jordan hello"),
        ("{hashtag|\\#|AI}", "\\{hashtag\\|\\\\\\#\\|AI\\}"),
        ("＃AI", "＃AI"),
        ("#santé_publique", "#santé\\_publique"),
        ("#e\u0301te", "\\#e\u0301te"),
        ("👍#AI", "👍\\#AI"),
    ],
)
def test_only_free_standing_words_stay_hashtags(plain: str, expected: str) -> None:
    assert little.escape(plain) == expected
    assert little.unescape(expected) == plain


@settings(max_examples=10_000, deadline=None)
@given(ANY_TEXT)
def test_escaping_loses_nothing(text: str) -> None:
    for style in ("bare", "template", "escaped"):
        assert little.unescape(little.escape(text, hashtags=style)) == text


@settings(max_examples=500, deadline=None)
@given(ANY_TEXT)
def test_fully_escaped_text_has_no_free_reserved_sign(text: str) -> None:
    written = little.escape(text, hashtags="escaped")
    assert len(written) == len(text) + sum(char in little.RESERVED for char in text)
