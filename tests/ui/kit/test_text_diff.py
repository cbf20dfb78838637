"""What differs between two states of a draft: nothing lost, nothing made up, in reasonable time."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.draft import Draft, Variant
from medvoice.ui.pages.compose.text_diff import compare_drafts, compare_texts, markup, spoken
from medvoice.ui.theme import Theme

AT = datetime(2026, 11, 24, tzinfo=UTC)
DRAFT = Draft(
    "d", "Title", "One two three", None, "", (), (Variant("linkedin"), Variant("x")), 1, False, "", "", AT, AT
)
WORDS = st.lists(st.sampled_from(["one ", "two ", "😀", "\n", ", ", "naïve", " "]), max_size=30).map("".join)


@given(old=WORDS, new=WORDS)
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    pieces = compare_texts(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new


def test_long_texts_are_compared_by_paragraphs_in_time() -> None:
    lines = [f"Paragraph {number} has some words in it and ends here.\n" for number in range(1800)]
    old = "".join(lines)
    lines[900] = "Paragraph 900 has other words in it and ends here.\n"
    new = "".join([*lines, "x" * 5000])
    began = time.perf_counter()
    pieces = compare_texts(old, new)
    assert time.perf_counter() - began < 2
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new
    changed = [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"]
    assert changed[:2] == [("old", "some"), ("new", "other")]


def test_only_what_differs_is_named_in_order() -> None:
    own = (Variant("linkedin", text="Own words"), Variant("x"))
    found = compare_drafts(DRAFT, replace(DRAFT, title="Other", variants=own))
    assert [each.part for each in found] == ["title", "linkedin"]
    assert (found[1].words("new"), found[1].words("old")) == (2, 0)
    assert compare_drafts(DRAFT, DRAFT) == ()
    assert [each.part for each in compare_drafts(replace(DRAFT, variants=own), DRAFT)] == ["linkedin"]


@pytest.mark.parametrize("text", ["<b>bold</b> & more", "a < b"])
def test_signs_of_markup_are_only_signs(theme: Theme, text: str) -> None:
    shown = markup(theme, compare_texts("", text))
    assert "<b>" not in shown
    assert "&lt;" in shown


def test_a_change_is_told_to_who_listens() -> None:
    pieces = compare_texts("One old word of some length", "One new word of some length")
    assert spoken(pieces, "Gone:", "Came:") == "Gone: old. Came: new"


def test_a_paragraph_added_at_the_end_leaves_the_last_one_alone() -> None:
    pieces = compare_texts("One.\n\nTwo?", "One.\n\nTwo?\n\nThree words more.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "One.\n\nTwo?"),
        ("new", "\n\nThree words more."),
    ]


def test_all_that_changed_is_shown_and_little_of_what_stayed(theme: Theme) -> None:
    same, added = "stays " * 400, "comes " * 400
    shown = markup(theme, compare_texts(same + "x", same + added + "x"))
    assert shown.count("comes") == 400
    assert shown.count("stays") < 20
