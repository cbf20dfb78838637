"""Sentences, tokens and languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.compliance.disguise import tokenize
from medvoice.compliance.fold import fold
from medvoice.compliance.language import guess
from medvoice.compliance.sentence import MAX_SENTENCE, sentences
from medvoice.compliance.terms import TermError, expand
from medvoice.compliance.tokens import Tokens, term_tokens

WORDS = frozenset(
    "safe effects side no cure miracle keytruda saves lives viewsmyown completely it works".split()
)


def split(word: str) -> tuple[str, ...]:
    return {"keytrudasaveslives": ("keytruda", "saves", "lives")}.get(word, (word,))


def tokens_of(text: str) -> Tokens:
    return tokenize(fold(text), text, WORDS.__contains__, split)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dr. Sample met Prof. Example at 11.2 km.", ["Dr. Sample met Prof. Example at 11.2 km."]),
        ("Smith et al. showed it. Next one.", ["Smith et al. showed it.", "Next one."]),
        ("It is e.g. this. Done.", ["It is e.g. this.", "Done."]),
        ("doi:10.1000/182. Good", ["doi:10.1000/182.", "Good"]),
        ("It is\ncompletely\nsafe.", ["It is\ncompletely\nsafe."]),
        ("First\n\nsecond", ["First", "second"]),
        ("List:\n• one\n• two", ["List:", "• one", "• two"]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("  spaced  ", ["spaced"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == pieces


@given(st.text())
def test_sentences_keep_every_sign_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_text_without_breaks_is_cut() -> None:
    spans = sentences("word " * 2_000)
    assert len(spans) > 1
    assert max(end - start for start, end in spans) <= MAX_SENTENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miracle_cure", ["miracle", "cure"]),
        ("a “miracle” cure", ["a", "miracle", "cure"]),
        ("GLP-1, glp1", ["glp", "1", ",", "glp", "1"]),
        ("Alzheimer's don't", ["alzheimer", "don't"]),
        ("48.5% of 1,234", ["48.5", "%", "of", "1,234"]),
        ("mail me@example.org now", ["mail", "me@example.org", "now"]),
        ("see www.example.org/a-b.", ["see", "www.example.org/a-b", "."]),
        ("via bit.ly/abc ok", ["via", "bit.ly/abc", "ok"]),
        ("hi @jordan.sample!", ["hi", "@jordan.sample", "!"]),
        ("#NoSideEffects", ["no", "side", "effects"]),
        ("#keytrudasaveslives", ["keytruda", "saves", "lives"]),
        ("#viewsmyown", ["viewsmyown"]),
        ("#ASCO26", ["asco", "26"]),
        ("s a f e", ["safe"]),
        ("s.a.f.e.", ["safe", "."]),
        ("s✨a✨f✨e", ["safe"]),
        ("sa-fe", ["safe"]),
        ("s4f3", ["safe"]),
        ("a - b", ["a", "-", "b"]),
        ("safe-no", ["safe", "no"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens_of(text).texts == expected


def test_tag_knows_its_span_and_words() -> None:
    tokens = tokens_of("No #NoSideEffects here")
    (tag,) = tokens.tags
    assert (tag.start, tag.end) == (3, 17)
    assert tokens.texts[tag.first : tag.last + 1] == ["no", "side", "effects"]
    assert tokens.tag_of(0) is None
    assert tokens.tag_of(tag.last) == tag


def test_respelt_words_shift_later_tags() -> None:
    tokens = tokens_of("s a f e #NoSideEffects")
    assert tokens.texts == ["safe", "no", "side", "effects"]
    assert tokens.texts[tokens.tags[0].first] == "no"
    assert [note.kind for note in tokens.notes] == ["spaced"]


@given(st.text())
def test_tokens_stay_inside(text: str) -> None:
    folded = fold(text)
    tokens = tokenize(folded, text, WORDS.__contains__, split)
    lists = (tokens.texts, tokens.starts, tokens.ends, tokens.kinds)
    assert len({len(one) for one in lists}) == 1
    assert all(0 <= a <= b <= len(folded.text) for a, b in zip(tokens.starts, tokens.ends, strict=True))


def test_braces_expand() -> None:
    assert expand("cure{,s,d}") == ("cure", "cures", "cured")
    assert expand("{no,zero} side effect{,s}")[-1] == "zero side effects"
    assert expand("are {,all} mine") == ("are mine", "are all mine")
    assert expand("organi{s,z}e{,r{,s}}") == (
        "organise",
        "organiser",
        "organisers",
        "organize",
        "organizer",
        "organizers",
    )


@pytest.mark.parametrize("term", ["a{b", "a}b", "{a,b", "{{{{{{a}}}}}}", "{a,b}" * 12])
def test_bad_braces_are_named(term: str) -> None:
    with pytest.raises(TermError):
        expand(term)


def test_term_tokens_equal_text_tokens() -> None:
    for term in ("best-in-class", "100 %", "don't", "cdk4/6 inhibitor", "bit.ly", "alzheimer's disease"):
        assert list(term_tokens(term)) == tokens_of(term).texts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The results of the trial were published in June", "en"),
        ("Die Ergebnisse der Studie wurden im Juni veröffentlicht und sind gut", "de"),
        ("Les résultats de l'étude ont été publiés dans une revue et sont bons", "fr"),
        ("Los resultados del ensayo se publicaron en junio y son muy buenos para todos", "es"),
        ("Результаты исследования опубликованы в июне", "cyrillic"),
        ("試験の結果は六月に発表されました", "cjk"),
        ("Basel Zentorva Novartis", ""),
        ("Thank you", ""),
        ("TNF-α and IL-6 in the joint", "en"),
        ("", ""),
    ],
)
def test_language_guess(text: str, language: str) -> None:
    folded = fold(text)
    words = [word for word in tokens_of(text).texts if word.isalpha()]
    assert guess(words, len(words), folded.text, text) == language
