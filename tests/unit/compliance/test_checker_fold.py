"""Folding: disguises come off, honest letters stay, and every span maps back."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.compliance.fold import fold
from medvoice.domain.finding import CheckResult


@pytest.mark.parametrize(
    ("text", "plain", "kind"),
    [
        ("𝗦𝗮𝗳𝗲", "safe", "styled"),
        ("𝓼𝓪𝓯𝓮", "safe", "styled"),
        ("ｓａｆｅ", "safe", "styled"),
        ("ⓢⓐⓕⓔ", "safe", "styled"),
        ("🅂🄰🄵🄴", "safe", "styled"),
        ("ꜱᴀꜰᴇ", "safe", "styled"),
        ("s\u200ba\u200bf\u200be", "safe", "zero_width"),
        ("s\u200daf\u2060e", "safe", "zero_width"),
        ("sa\u00adfe", "safe", "soft_hyphen"),
        ("s\u0336a\u0336f\u0336e\u0336", "safe", "overlay"),
        ("sаfе", "safe", "mixed_script"),
        ("Kеytrudа", "keytruda", "mixed_script"),
        ("\u202eefas\u202c", "safe", "bidi"),
    ],
)
def test_disguise_comes_off_and_is_noted(text: str, plain: str, kind: str) -> None:
    folded = fold(text)
    assert folded.text == plain
    assert {note.kind for note in folded.notes} == {kind}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("TNF-α and PPARγ", "tnf-α and pparγ"),
        ("Jörg Björklund, Łukasz", "jorg bjorklund, lukasz"),
        ("naïve café", "naive cafe"),
        ("Привет мир", "привет мир"),
        ("👩‍🔬 at work", "👩🔬 at work"),
        ("Straße ½ ﬁne İstanbul", "strasse 1/2 fine istanbul"),
        ("0️⃣ effects", "0 effects"),
        ("don’t", "don't"),
        ("H₂O x²", "h2o x2"),
        ("שלום world", "שלום world"),
    ],
)
def test_honest_text_is_silent(text: str, plain: str) -> None:
    folded = fold(text)
    assert folded.text == plain
    assert folded.notes == ()


def test_word_wholly_of_look_alikes_needs_a_known_word_and_latin_around_it() -> None:
    disguised = "Good сосоа"
    assert fold(disguised).text == disguised.lower()
    assert fold(disguised, lambda word: word == "cocoa").text == "good cocoa"
    assert fold("сосоа", lambda word: True).text == "сосоа"


def test_span_maps_expansion_and_deletion_back() -> None:
    folded = fold("ﬁne s\u200bafe")
    start = folded.text.index("safe")
    assert folded.span(start, start + 4) == (4, 9)
    assert folded.span(0, 1) == (0, 1)
    assert folded.span(0, 2) == (0, 1)


@given(st.text())
def test_source_indices_cover_the_text(text: str) -> None:
    folded = fold(text, lambda word: True)
    if folded.source is None:
        assert folded.text == text.lower()
        return
    assert len(folded.source) == len(folded.text)
    assert all(0 <= index < len(text) for index in folded.source)
    assert all(0 <= note.start < note.end <= len(text) for note in folded.notes)


@given(st.text(alphabet=st.characters(categories=("Cs",)), max_size=20))
def test_lone_surrogates_fold_to_nothing(text: str) -> None:
    assert fold(text).text == ""


def test_twice_the_combining_marks_is_no_trouble() -> None:
    folded = fold("a" + "\u0301" * 10_000 + "b")
    assert folded.text == "ab"
    assert folded.span(1, 2) == (10_001, 10_002)


@pytest.mark.parametrize(
    "text",
    [
        "Key🎉truda works.",
        "K🎉e🎉y🎉t🎉r🎉u🎉d🎉a works.",
        "Key.truda works.",
        "Key/truda works.",
        "Key-truda works.",
        "#key #truda works.",
        "K3ytruda works.",
        "0z3mp1c works.",
        "K e y t r u d a works.",
        "K.e.y.t.r.u.d.a works.",
        "ᴋᴇʏᴛʀᴜᴅᴀ works.",
        "🅺🅴🆈🆃🆁🆄🅳🅰 works.",
        "Key\u00adtruda works.",
        "Кеytruda works.",
    ],
)
def test_each_disguise_of_a_medicine_is_seen_and_is_a_finding_of_its_own(
    checked: Callable[..., CheckResult], text: str
) -> None:
    found = {one.category for one in checked(text).findings}
    assert {"obfuscation", "product_promo"} <= found


@pytest.mark.parametrize(
    "text",
    [
        "[D]emonstrated in patient(s) with/without follow-up.",
        "A game-changer? Anti-depressants, he/she and/or they.",
        "love💙health, data🔬science and ✅step ✅by ✅step.",
        "β-blockers, α-synuclein, IgA, H2O, p53, COVID-19.",
        "👩‍🔬 and 👨‍👩‍👧 at the booth. Müller, Łódź, naïve café.",
        "U.S.A., e.g. this, i.e. that, at 5 p.m. sharp.",
        "#Real #World #Evidence and #Medical #Affairs",
        "CO₂, m², 5×10⁹/L and ½ a day.",
        "Результаты исследования.",
    ],
)
def test_honest_signs_are_no_disguise(checked: Callable[..., CheckResult], text: str) -> None:
    assert not [one.quote for one in checked(text).findings if one.category == "obfuscation"]
