"""Plain text of what strangers wrote: whatever it is, no markup and nothing unseen is left of it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.plain_text import plain_text

PIECES = st.sampled_from(
    "< > </ <!-- --> <![CDATA[ ]]> <script> </script> <b <? ?> <svg/onload= <!DOCTYPE".split()
    + "&lt; &gt; &amp; &#60; &#x3c; &#x202e; & ; \" ' a é".split()
    + [
        "\u202e",
        "\u2066",
        "\x00",
        "\x1b[2J",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\U000e0041",
        " ",
        "\n",
        "<img src=",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join), st.integers(1, 80))
def test_no_markup_and_nothing_unseen_survives(raw: str, most: int) -> None:
    text = plain_text(raw, most)
    assert not re.search(r"<[/!?A-Za-z]", text)
    assert len(text) <= most
    assert text == text.strip()
    unseen = {each for each in text if unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert not unseen
    assert {each for each in text if unicodedata.category(each) == "Cf"} <= {"\u200c", "\u200d"}
    text.encode()


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("P &lt; 0.05 &amp; n &gt; 3", "P < 0.05 & n > 3"),
        ("One<br>two <b>three</b>", "One two three"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("H<sub>2</sub>O", "H2O"),
        ("A <!-- note --> B", "A B"),
        ("x" * 400, "x" * 19 + "…"),
    ],
)
def test_words_stay_as_they_were_meant(raw: str, wanted: str) -> None:
    assert plain_text(raw, 20) == wanted
