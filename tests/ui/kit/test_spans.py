"""Code points and UTF-16 units, both ways, for any text."""

from hypothesis import given
from hypothesis import strategies as st

from medvoice.ui.editor.spans import SpanMap, clean_text, utf16_length

CLEAN = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(CLEAN)
def test_both_ways_agree_with_the_codec(text: str) -> None:
    spans = SpanMap(text)
    for position in range(len(text) + 1):
        expected = len(text[:position].encode("utf-16-le")) // 2
        assert spans.to_utf16(position) == expected
        assert spans.to_code_point(expected) == position
    assert spans.length_utf16 == utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(CLEAN, st.integers(-5, 400))
def test_offsets_outside_are_brought_inside(text: str, offset: int) -> None:
    spans = SpanMap(text)
    assert 0 <= spans.to_utf16(offset) <= spans.length_utf16
    assert 0 <= spans.to_code_point(offset) <= len(text)


def test_inside_a_pair_counts_as_before_it() -> None:
    spans = SpanMap("a😀b")
    assert [spans.to_code_point(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


@given(st.text(alphabet=st.characters()))
def test_clean_text_can_always_be_stored_and_is_stable(text: str) -> None:
    clean = clean_text(text)
    clean.encode("utf-8")
    assert not set(clean) & set("\0\r\u2028\u2029")
    assert clean_text(clean) == clean


@given(CLEAN)
def test_clean_text_leaves_ordinary_text_alone(text: str) -> None:
    if not set(text) & set("\0\r\u2028\u2029\ufdd0\ufdd1"):
        assert clean_text(text) == text


def test_what_cannot_be_sent_is_visible() -> None:
    assert clean_text("a\0b\ud800c\r\nd") == "a\ufffdb\ufffdc\nd"
    assert clean_text("\ud83d\ude00") == "😀"
