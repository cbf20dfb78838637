"""Where topics stand, and which one a draft is likely about: pure judgements."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.topic import Topic
from medvoice.services.likely_topic import guess, learn
from medvoice.services.topic_progress import behind_by, monday_of, streak_of, whole_shares

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def a_topic(name: str, *keywords: str, cadence: int = 0) -> Topic:
    return Topic(f"t_{name}", name, "rwe", "", 20, keywords, NOW - timedelta(days=100), cadence)


RWE = a_topic("rwe", "registry", "real-world evidence")
CAREER = a_topic("career", "mentoring")


def test_keywords_speak_and_are_named() -> None:
    lore = learn((RWE, CAREER), ())
    found = guess("What a Registry cannot tell: real-world evidence has its own confounders.", lore)
    assert found is not None
    assert (found.topic, found.because) == (RWE, ("real-world evidence", "registry"))
    assert guess("A registryless text about evidence from the real world", lore) is None
    assert guess("", lore) is None


def test_what_tagged_posts_have_in_common_speaks_too() -> None:
    tagged = [(RWE.id, f"comparator cohort and propensity number {each} today") for each in "abc"]
    tagged += [(CAREER.id, f"my first manager taught me patience number {each} today") for each in "abc"]
    lore = learn((RWE, CAREER), tagged)
    found = guess("Which comparator would you choose for a cohort by propensity?", lore)
    assert found is not None
    assert found.topic is RWE
    assert set(found.because) == {"cohort", "comparator", "propensity"}
    assert "number" not in lore.weights[RWE.id], "words of all topics tell nothing"
    assert guess("number today", lore) is None


def test_words_for_two_topics_are_no_guess() -> None:
    lore = learn((RWE, CAREER), ())
    assert guess("Mentoring on a registry", lore) is None


def test_one_post_is_no_pattern() -> None:
    lore = learn((RWE, CAREER), [(RWE.id, "comparator cohort propensity confounder")])
    assert guess("comparator cohort propensity confounder", lore) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50)))
def test_shares_add_up(counts: dict[str, int]) -> None:
    shares = whole_shares(counts)
    total = sum(counts.values())
    assert sum(shares.values()) == (100 if total else 0)
    for key, count in counts.items():
        assert not total or abs(shares[key] - count * 100 / total) < 1


@pytest.mark.parametrize(
    ("weeks_ago", "streak"), [((), 0), ((0,), 1), ((1,), 1), ((0, 1, 2, 4), 3), ((1, 2), 2), ((2, 3), 0)]
)
def test_a_streak_counts_back_and_waits_for_this_week(weeks_ago: tuple[int, ...], streak: int) -> None:
    assert streak_of(set(weeks_ago)) == streak


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.mark.parametrize(
    ("last", "following", "behind"),
    [
        (NOW - days(13), None, 0),
        (NOW - days(14), None, 1),
        (NOW - days(29), None, 2),
        (NOW - days(29), NOW + days(3), 0),
        (NOW - days(29), NOW + days(40), 2),
        (None, None, 7),
    ],
)
def test_behind_is_what_the_rhythm_asks_for(last, following, behind: int) -> None:
    assert behind_by(a_topic("career", cadence=14), last, following, NOW) == behind
    assert behind_by(a_topic("career"), last, following, NOW) == 0


def test_weeks_begin_on_monday() -> None:
    assert monday_of(date(2026, 12, 6)) == date(2026, 11, 30) == monday_of(date(2026, 11, 30))
