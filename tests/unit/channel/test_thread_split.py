"""Threads: nothing is lost, nothing is cut that belongs together, every post fits."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medvoice.domain.channel import emoji, entities
from medvoice.domain.channel.thread import MIN_LIMIT, split
from medvoice.domain.channel.weighted import weighted_length

FAMILY = "👨‍👩‍👧‍👦"
WORDS = st.sampled_from(
    [
        "data",
        "the",
        "OS",
        "été",
        "https://example.com/a_b?q=1",
        "example.com",
        "#ESMO2026",
        "@colleague",
        FAMILY,
        "👍🏽",
        "1️⃣",
        "end.",
        "Dr.",
        "why?",
        "中文句子。再来",
        "a" * 50,
        "e\u0301t\u0301",
        "🇫🇷🇩🇪",
        "30\u00a0%",
        "…",
        "שלום",
    ]
)
SPACE = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", "\t", "\u3000"])
PROSE = st.lists(st.tuples(WORDS, SPACE), max_size=80).map(lambda pairs: "".join(w + s for w, s in pairs))
ANY_TEXT = st.text(st.characters() | st.sampled_from(" \n.#@a\u0301\ud800\u200d"), max_size=400)
LIMITS = st.integers(MIN_LIMIT, 300)


def visible(text: str) -> str:
    return re.sub(r"\s", "", text)


@settings(max_examples=600, deadline=None)
@given(PROSE | ANY_TEXT, LIMITS, st.booleans(), st.lists(st.integers(-5, 500), max_size=4))
@example("a" * 1000, 280, True, [])
@example("a\u0301" + "\u0301" * 5000, 280, False, [])
@example("", 280, True, [0, 1])
@example("x" * 279 + " " * 40, 280, False, [])
def test_every_sign_goes_out_once_in_order_and_every_post_fits(
    text: str, limit: int, numbered: bool, marks: list[int]
) -> None:
    parts = split(text, limit, numbered, tuple(marks))
    assert parts
    assert visible("".join(text[part.start : part.end] for part in parts)) == visible(text)
    for before, after in pairwise(parts):
        assert before.end <= after.start
    for number, part in enumerate(parts, 1):
        suffix = f" {number}/{len(parts)}" if numbered and len(parts) > 1 else ""
        assert part.text == text[part.start : part.end] + suffix
        assert part.length == weighted_length(part.text).length <= limit or not visible(text)


@settings(max_examples=600, deadline=None)
@given(PROSE, LIMITS, st.booleans())
def test_nothing_that_belongs_together_is_cut(text: str, limit: int, numbered: bool) -> None:
    found = entities.extract(text)
    whole = [span for group in found for span in group] + list(emoji.clusters(text))
    for part in split(text, limit, numbered)[1:]:
        assert not [span for span in whole if span.start < part.start < span.end]
        # Only a run longer than the shortest post may be cut between spaces.
        before = re.search(r"\S*\Z", text[: part.start])
        after = re.match(r"\S*", text[part.start :])
        assert before is not None
        assert after is not None
        run = before.group() + after.group()
        assert not before.group() or weighted_length(run).length > limit - 8 or "。" in run


def test_a_fitting_text_stays_as_it_is() -> None:
    text = " Hello\n\nworld \n"
    (part,) = split(text, numbered=True)
    assert (part.text, part.start, part.end, part.length) == (text, 0, len(text), len(text))


def test_paragraphs_come_before_sentences_and_sentences_before_words() -> None:
    first, second = "One two. " * 15 + "End.", "Three four five. " * 15
    assert split(f"{first}\n\n{second}")[0].text == first
    sentences = "Six words are in this sentence. " * 12
    assert all(part.text.endswith(".") for part in split(sentences))
    short_forms = "We asked Dr. Sample about it and Prof. Sample as well, e.g. at noon vs. " * 6
    assert not split(short_forms)[0].text.endswith(("Dr.", "Prof.", "e.g.", "vs."))
    words = "word " * 80
    assert [len(part.text) for part in split(words)] == [279, 119]


def test_numbers_only_when_asked_and_inside_the_limit() -> None:
    text = "word " * 600
    plain, numbered = split(text), split(text, numbered=True)
    assert not any("/" in part.text for part in plain)
    assert numbered[0].text.endswith(f" 1/{len(numbered)}")
    assert numbered[-1].text.endswith(f" {len(numbered)}/{len(numbered)}")
    assert len(numbered) >= 11
    assert max(part.length for part in numbered) <= 280


def test_marks_split_where_the_person_wants_but_never_inside_a_link_or_emoji() -> None:
    text = f"First post. Second https://example.com/long {FAMILY} end"
    link, family = text.index("https"), text.index(FAMILY)
    assert [part.text for part in split(text, marks=(12,))] == ["First post.", text[12:]]
    assert split(text, marks=(link + 9,))[1].start == link
    assert split(text, marks=(family + 3,))[1].start == family
    assert len(split(text, marks=(0, len(text), 10_000, -3))) == 1


def test_a_long_word_is_cut_between_characters() -> None:
    parts = split("e\u0301\u0302" * 400)
    assert len(parts) > 1
    assert all(part.text.startswith("e\u0301\u0302") for part in parts)
    chinese = split("这是一个很长的句子没有空格" * 30 + "https://example.com/x" + "文" * 100)
    assert sum("https://example.com/x" in part.text for part in chinese) == 1
    flags = split("🇫🇷" * 300)
    assert all(len(part.text) % 2 == 0 and part.length <= 280 for part in flags)


def test_a_limit_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="39"):
        split("text", MIN_LIMIT - 1)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 60_000,
        "a" + "\u0301" * 60_000,
        "#" + "a" * 60_000,
        "http://example.com/" + "a" * 60_000,
        "a.com," * 10_000,
        "👨‍" * 30_000,
        "." * 60_000,
        "word " * 12_000,
        "。" * 60_000,
        "\ud800" * 60_000,
        "\0" * 60_000,
        " " * 60_000,
        "@a" * 30_000,
        "שלום " * 12_000,
        "é.com " * 10_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_splitting_a_huge_text_takes_linear_time(text: str) -> None:
    began = time.perf_counter()
    parts = split(text, numbered=True)
    assert time.perf_counter() - began < 15
    assert visible("".join(text[part.start : part.end] for part in parts)) == visible(text)
