"""The measure of a text: lengths, limits, spans, the fold; and that no text makes it crash or hang."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medvoice.domain.channel.measure import FOLD_DESKTOP, FOLD_MOBILE, fold_at, measure
from medvoice.domain.channel.weighted import V2, V3, weighted_length
from medvoice.domain.errors import UserError

ANY_TEXT = st.text(st.characters() | st.sampled_from(" \n.#@a\u0301\ud800\u200d$/:"), max_size=200)
HOSTILE = {
    "one word": "a" * 1_000_000,
    "dots": "." * 200_000,
    "nul": "\0" * 200_000,
    "lone surrogates": "\ud800" * 200_000,
    "combining": "a" + "\u0301" * 10_000,
    "many combining": ("a" + "\u0301" * 10_000 + " ") * 20,
    "right to left": "مرحبا بالعالم שלום עולם " * 8_000,
    "brackets": "http://a.com/" + "(" * 200_000,
    "nested brackets": "http://a.com/" + "(a" * 100_000,
    "links": "see https://example.com/a_b?q=1 now " * 5_500,
    "hosts": "a." * 100_000 + "com",
    "wide host": "あ_" * 100_000 + ".com",
    "hashtags": "#a" * 100_000,
    "hash signs": "#" * 200_000,
    "joiners": "👨\u200d" * 50_000,
    "flags": "🇫" * 200_000,
    "query": "a.com/?" + "!" * 200_000,
    "punycode": "xn--." * 40_000,
}


def test_linkedin_counts_code_points_as_readers_see_them() -> None:
    found = measure("Été (déjà) 👩🏽‍⚕️ #IA", "linkedin")
    assert (found.used, found.limit, found.unit, found.valid) == (20, 3_000, "code points", True)
    assert [tuple(span) for span in found.hashtags] == [(17, 20)]
    assert [part.text for part in found.parts] == ["Été (déjà) 👩🏽‍⚕️ #IA"]
    assert measure("x" * 3_000, "linkedin").valid
    assert not measure("x" * 3_001, "linkedin").valid
    assert not measure(" \n", "linkedin").valid
    assert len(measure("x" * 9_000, "linkedin").parts) == 1


def test_x_counts_by_weight() -> None:
    text = "Read clinique.fr/étude @colleague #ESMO2026 $ACME 👩🏽‍⚕️ … 中"
    found = measure(text, "x")
    assert found.unit == "weighted"
    assert found.used == len("Read  @colleague #ESMO2026 $ACME   ") + 23 + 2 + 2 + 2
    assert [text[span.start : span.end] for span in found.urls] == ["clinique.fr/étude"]
    assert [text[span.start : span.end] for span in found.mentions] == ["@colleague"]
    assert [text[span.start : span.end] for span in found.hashtags] == ["#ESMO2026"]
    assert (found.valid, len(found.parts), found.parts[0].text) == (True, 1, text)


def test_spans_belong_to_the_text_as_given_even_when_nfc_shortens_it() -> None:
    text = "e\u0301e\u0301 example.com #tag"
    found = measure(text, "x")
    assert [text[span.start : span.end] for span in found.urls] == ["example.com"]
    assert found.used == 2 + 1 + 23 + 1 + 4


def test_x_validity_is_that_of_one_post() -> None:
    assert not measure("", "x").valid
    assert measure("x" * 280, "x").valid
    over = measure("word " * 57, "x")
    assert (over.used, over.valid, len(over.parts)) == (285, False, 2)
    assert measure("word " * 57, "x", limit_override=25_000).valid
    assert not measure("bad \ufeff sign", "x").valid
    assert len(measure("two posts", "x", marks=(3,)).parts) == 2
    assert measure("word " * 100, "x", numbered=True).parts[0].text.endswith(" 1/2")


def test_another_channel_is_refused_by_name() -> None:
    with pytest.raises(UserError, match="bad_field"):
        measure("text", "fax")


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("\u2013\u2014\u2018\u2019\u201c\u201d\u00a0«»\n", 10),
        ("…•€→™\u202f", 12),
        ("©®", 2),
        ("©\ufe0f", 2),
        ("™\ufe0f", 2),
        ("☺", 2),
        ("☺\ufe0f", 2),
        ("☺\ufe0e", 4),
        ("#\ufe0f\u20e3", 2),
        ("👍🏿", 2),
        ("🇫🇷", 2),
        ("🇫🇷🇩", 4),
        ("🇽🇽", 4),
        ("👩🏽‍❤️‍💋‍👨🏻", 2),
        ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", 2),
        ("🐦‍🔥🧑‍🧑‍🧒‍🧒", 4),
        ("😀‍😀", 5),
        ("👨🏽‍👩🏽‍👧", 8),
        ("example.com/1\ufe0f\u20e3", 23 + 2 + 2),
        ("MedVoice.com", 23),
        ("a@b.com", 7),
        ("שלום", 4),
        ("ελληνικά", 8),
        ("中文", 4),
        ("\ud800", 2),
        ("\0", 1),
        ("e\u0301", 1),
    ],
)
def test_weights_of_single_things(text: str, weight: int) -> None:
    assert weighted_length(text, V3).length == weight


def test_without_emoji_parsing_each_code_point_weighs() -> None:
    assert weighted_length("👨‍👩‍👧‍👦", V2).length == 11
    assert weighted_length("👨‍👩‍👧‍👦", V3).length == 2


@settings(max_examples=500, deadline=None)
@given(ANY_TEXT, st.sampled_from(["linkedin", "x"]))
def test_any_text_is_measured(text: str, channel: str) -> None:
    found = measure(text, channel)
    assert 0 <= found.used <= 23 * len(text)
    for group in (found.urls, found.hashtags, found.mentions):
        previous = 0
        for span in group:
            assert previous <= span.start < span.end <= len(text)
            previous = span.end
    assert found.parts
    assert measure(text, channel) == found
    assert 0 <= fold_at(text) <= len(text)
    assert fold_at(text, "mobile") <= fold_at(text)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("channel", ["linkedin", "x"])
def test_hostile_texts_are_measured_in_linear_time(name: str, channel: str) -> None:
    text = HOSTILE[name]
    began = time.perf_counter()
    found = measure(text, channel)
    # About a second on a slow machine; a quadratic step would take minutes.
    assert time.perf_counter() - began < 15
    assert found.used > 0


def test_the_fold_is_by_length_or_by_lines() -> None:
    assert fold_at("short") == 5
    assert fold_at("x" * 500) == FOLD_DESKTOP == 210
    assert fold_at("x" * 500, "mobile") == FOLD_MOBILE == 140
    assert fold_at("one\ntwo\nthree\nfour") == len("one\ntwo\nthree")
    assert fold_at("one\ntwo\nthree\n") == len("one\ntwo\nthree\n")
    assert fold_at("x" * 209 + "e\u0301" * 50) == 209
    assert fold_at("a" + "\u0301" * 5_000) == 210
