"""The diff of a suggested wording says exactly what goes and what comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.finding import Fix
from medvoice.ui.pages.compose.suggesting import in_context
from medvoice.ui.widgets.wording import diff, shortened, spoken

WORDS = st.lists(
    st.sampled_from(["safe", "and", "well", "tolerated", ",", " ", "\n", "😀", "é"]), max_size=25
)


@given(WORDS, WORDS)
def test_the_pieces_make_both_texts(first: list[str], second: list[str]) -> None:
    old, new = "".join(first), "".join(second)
    pieces = diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "new") == old
    assert "".join(text for kind, text in pieces if kind != "old") == new


def test_one_word_that_changes_is_one_change() -> None:
    pieces = diff("We saw a revolutionary result here.", "We saw a new result here.")
    assert [piece for piece in pieces if piece.kind != "same"] == [("old", "revolutionary"), ("new", "new")]


def test_changes_side_by_side_are_one() -> None:
    kinds = [kind for kind, _ in diff("our drug is safe", "this medicine was studied")]
    assert kinds == ["old", "new"]


def test_far_words_that_stay_are_left_out() -> None:
    long = " ".join(f"word{number}" for number in range(60))
    pieces = shortened(diff(f"{long} old.", f"{long} new."))
    assert pieces[0].text.startswith("… ")
    assert len(pieces[0].text.split()) == 6


def test_it_can_be_listened_to() -> None:
    assert spoken("All of it. ", "") == "Take out “All of it.”"
    assert spoken("", "Views mine.") == "Add “Views mine.”"
    assert spoken("old", "new") == "Replace “old” with “new”"


@pytest.mark.parametrize(
    ("text", "cut", "words", "expected"),
    [
        ("One. A great drug here. Two.", "great ", "", ("A great drug here.", "A drug here.")),
        ("One. Take me out. Two.", "Take me out. ", "", ("Take me out. ", "")),
        ("One. Take me out. Two.", " Take me out.", "", ("Take me out.", "")),
        ("First line\nsecond great line\nthird", "great ", "", ("second great line", "second line")),
    ],
)
def test_a_fix_is_read_in_its_sentence(text: str, cut: str, words: str, expected: tuple[str, str]) -> None:
    start = text.index(cut)
    old, new = in_context(text, Fix("", start, start + len(cut), words))
    assert (old.strip(), new.strip()) == (expected[0].strip(), expected[1].strip())
