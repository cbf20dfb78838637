"""What a few letters find, and which letters are marked."""

import pytest

from medvoice.ui.commands.fuzzy import begins_words, fit


@pytest.mark.parametrize(
    ("query", "name", "marked"),
    [
        ("sche", "Schedule this post", "Sche"),
        ("sche", "Change scheduled time", "sche"),
        ("spt", "Schedule this post", "Spt"),
        ("post sched", "Schedule this post", "Schedpost"),
        ("nd", "New draft", "Nd"),
        ("KEYS", "Show all keys", "keys"),
        ("größe", "Größe ändern", "Größe"),
        ("r", "Larger text", "r"),
    ],
)
def test_the_letters_that_fit(query: str, name: str, marked: str) -> None:
    found = fit(query, name)
    assert found is not None
    assert "".join(name[at] for at in found.places) == marked


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("xyz", "Schedule this post"),
        ("tsop", "post"),
        ("schedule tomorrow", "Schedule this post"),
        ("edi", "Needs a date first"),
    ],
)
def test_what_does_not_fit(query: str, name: str) -> None:
    assert fit(query, name) is None


def test_the_beginning_of_a_word_is_better_than_its_middle() -> None:
    names = ["Unschedule this post", "Change scheduled time", "Schedule this post"]
    best = sorted(names, key=lambda name: -fit("sche", name).score)
    assert best == ["Schedule this post", "Change scheduled time", "Unschedule this post"]


def test_an_initial_beats_letters_by_chance() -> None:
    assert fit("ld", "Last draft").score > fit("ld", "Yields a date").score


def test_letters_keep_their_places_where_lower_case_is_longer() -> None:
    found = fit("draft", "İzmir draft")
    assert found is not None
    assert found.places == (6, 7, 8, 9, 10)


def test_each_typed_word_begins_a_known_one() -> None:
    assert begins_words("short", "Show all keys shortcuts help")
    assert begins_words("help sh", "Show all keys shortcuts help")
    assert not begins_words("sche", "Show all keys shortcuts help")
