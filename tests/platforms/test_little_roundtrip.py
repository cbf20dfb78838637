"""What MedVoice escapes, the practice network reads back unchanged; neither knows the other's code."""

from hypothesis import given, settings
from hypothesis import strategies as st

from medvoice.domain.channel.little import escape
from medvoice.platforms.sandbox.little import read_little

RISKY = "\\|{}@[]()<>#*_~＃ \n.aé0\u0301\u200d\ud800\0"
ANY_TEXT = st.text(st.characters() | st.sampled_from(RISKY), max_size=60)


@settings(max_examples=10_000, deadline=None)
@given(ANY_TEXT)
def test_any_text_comes_back_whole(text: str) -> None:
    assert read_little(escape(text)) == text


@settings(max_examples=2_000, deadline=None)
@given(ANY_TEXT)
def test_the_other_ways_of_writing_hashtags_come_back_whole(text: str) -> None:
    assert read_little(escape(text, hashtags="template")) == text
    assert read_little(escape(text, hashtags="escaped")) == text


def test_unescaped_text_is_cut_so_the_test_above_can_fail() -> None:
    assert read_little("up (EPRI) now") == "up "
    assert escape("#AI_santé (now)") == "#AI\\_santé \\(now\\)"
    assert read_little("#AI\\_santé \\(now\\)") == "#AI_santé (now)"
