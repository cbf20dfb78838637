"""Texts that say nearly the same are found, also under another name of the same medicine."""

from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.likeness import ALIKE, Likenesses, runs_of

FIRST = "Three questions I ask before I trust a registry, and why the second one matters most to me."
WORDS = st.lists(st.sampled_from("one two three four five six seven".split()), max_size=30).map(" ".join)


def test_the_same_words_in_other_clothes_are_alike() -> None:
    kept = Likenesses()
    kept.keep("a", FIRST)
    (found,) = kept.alike(
        "three QUESTIONS i ask before I trust a registry and why the second one matters most, to me"
    )
    assert (found.key, found.share) == ("a", 1.0)
    assert kept.alike("Something else entirely about survival curves and how to read them at leisure.") == ()


def test_a_changed_ending_is_still_alike_and_half_another_text_is_not() -> None:
    kept = Likenesses()
    kept.keep("a", FIRST)
    (found,) = kept.alike(FIRST.replace("most to me", "least to us"))
    assert ALIKE <= found.share < 1
    half = "Three questions I ask before I trust a registry. Then come twelve other words that nobody wrote."
    assert kept.alike(half) == ()


def test_a_brand_and_its_generic_are_one_word() -> None:
    names = {"examplix": "exampletinib"}
    kept = Likenesses(lambda word: names.get(word, word))
    kept.keep("a", "What registries tell about Examplix in the second line of treatment")
    (found,) = kept.alike("What registries tell about exampletinib in the second line of treatment")
    assert found.share == 1.0


def test_a_text_is_replaced_dropped_and_left_out() -> None:
    kept = Likenesses()
    kept.keep("a", FIRST)
    kept.keep("a", "Quite another text with words of its own in it")
    assert kept.alike(FIRST) == ()
    kept.keep("b", FIRST)
    assert kept.alike(FIRST, without=["b"]) == ()
    kept.drop("b")
    kept.drop("never kept")
    assert "b" not in kept
    assert kept.keys_by_run.keys() == runs_of("Quite another text with words of its own in it")


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS), WORDS)
def test_the_quick_way_finds_what_the_plain_way_finds(texts: dict[str, str], asked: str) -> None:
    kept = Likenesses()
    for key, text in texts.items():
        kept.keep(key, text)
    own = runs_of(asked)
    plain = {}
    for key, text in texts.items():
        other = runs_of(text)
        if own & other and len(own & other) / len(own | other) >= ALIKE:
            plain[key] = len(own & other) / len(own | other)
    assert {each.key: each.share for each in kept.alike(asked)} == plain
