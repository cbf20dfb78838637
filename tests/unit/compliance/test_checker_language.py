"""The language of a sentence: right on 98 of 100 sentences of ten languages, silent where it cannot know."""

from collections import Counter
from pathlib import Path

import pytest

from medvoice.compliance.engine import check
from medvoice.compliance.memory import SentenceCache
from medvoice.compliance.reading import read_sentences
from medvoice.domain.finding import Document

from .conftest import compile_shipped
from .small_packs import AS_OF

CORPUS = Path(__file__).with_name("sentences_by_language.txt")
WANTED = 0.98


def language_of(text: str) -> str:
    ruleset, document = compile_shipped(), Document(text)
    profile = SentenceCache().profile_for(document, ruleset)
    return read_sentences([text], document, ruleset, profile)[0].language


def corpus(path: Path = CORPUS) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(code, text) for code, text in pairs]


@pytest.mark.parametrize(
    ("name", "least", "most_wrong"),
    [
        # Written before the word lists were looked at: words alone had 186 of 200 right. That letters should
        # count was decided on it, so that only the next one is unseen.
        ("sentences_unseen.txt", 196, 0),
        # Written after that: the first run had 93 of 100 right and none wrong; seven short ones stay unsure.
        ("sentences_fresh.txt", 93, 0),
    ],
)
def test_sentences_the_lists_were_not_made_from(name: str, least: int, most_wrong: int) -> None:
    pairs = [(code, language_of(text)) for code, text in corpus(CORPUS.with_name(name))]
    right = sum(code == found for code, found in pairs)
    wrong = sum(found not in ("", code) for code, found in pairs)
    print(f"\n{name}: right on {right} of {len(pairs)}, wrong on {wrong}")
    assert right >= least
    assert wrong <= most_wrong


@pytest.mark.parametrize(
    "text",
    [
        "Pembrolizumab versus nivolumab versus atezolizumab, overall survival.",
        "ustekinumab risankizumab guselkumab tildrakizumab",
        "Hepatocellular carcinoma, cholangiocarcinoma, pancreatic adenocarcinoma.",
        "in vitro in vivo ex vivo in silico",
        "gastroenterology nephrology rheumatology dermatology",
        "Zurich Basel Geneva Lugano, four trains.",
        "Jordan Sample, Basel, Milano, Madrid.",
        "rituximab obinutuzumab venetoclax ibrutinib zanubrutinib",
    ],
)
def test_words_of_the_field_are_no_other_language(text: str) -> None:
    assert language_of(text) in ("", "en")


def test_two_hundred_sentences_in_ten_languages() -> None:
    sentences = corpus()
    assert len(sentences) == 200
    assert set(Counter(code for code, _ in sentences).values()) == {20}
    wrong = [(code, found, text) for code, text in sentences if (found := language_of(text)) != code]
    print(f"\nlanguage right on {200 - len(wrong)} of 200; wrong: {wrong}")
    assert len(wrong) <= 200 * (1 - WANTED)


@pytest.mark.parametrize(
    "text",
    [
        "Semaglutide, tirzepatide, dulaglutide.",
        "Jordan Sample, Exampharm Basel, ESMO Madrid",
        "Curriculum vitae, in vitro, de novo, per se",
        "ASCO 2026: abstract 1123, poster 44, hall B",
        "Coup d'état? Déjà vu.",
        "👏👏👏",
    ],
)
def test_names_and_borrowed_words_are_no_language(text: str) -> None:
    assert language_of(text) in ("", "en")


@pytest.mark.parametrize(
    "text",
    [
        "The Zürich team and the São Paulo team met in Łódź.",
        "I moved from Kraków to Malmö and learned to love the fika.",
        "Señor Sample taught us the word mañana, and we laughed.",
        "Many thanks to Dr. Müller-Lüdenscheidt of the Universitätsklinikum.",
    ],
)
def test_english_with_foreign_names_stays_english(text: str) -> None:
    assert language_of(text) == "en"


def test_a_sentence_no_rule_reads_is_said_so() -> None:
    ruleset = compile_shipped()
    for text, is_said in (
        ("Los pacientes son expertos en vivir con su enfermedad.", True),
        ("患者は自分の病気の専門家です。", True),
        ("Patients are experts in living with their condition.", False),
        ("Die Folien sind online, die Aufzeichnung folgt am Freitag.", False),
        ("#médicos #salud #ciencia", False),
    ):
        found = [one for one in check(Document(text), ruleset, AS_OF).findings if one.rule == "GL-LANG-001"]
        assert bool(found) is is_said, text
        assert all(str(one.level) == "warn" for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Porozmawiajmy o opiekunach. Najpierw kawa, potem plan analizy. Dwie lekcje.",
        "Vissa diagram ljuger artigt. En tyst timme på biblioteket hjälper mig.",
    ],
)
def test_short_sentences_that_say_little_each_are_read_together(text: str) -> None:
    assert all(language_of(f"{one}.") == "" for one in text.rstrip(".").split(". "))
    found = check(Document(text), compile_shipped(), AS_OF).findings
    assert "GL-LANG-001" in {one.rule for one in found}


def test_english_headings_are_no_other_language() -> None:
    for text in (
        "Methods. Results. Limits. Next steps.",
        "Zurich. Basel. Geneva.",
        "Semaglutide. Tirzepatide. Gout.",
    ):
        assert "GL-LANG-001" not in {
            one.rule for one in check(Document(text), compile_shipped(), AS_OF).findings
        }
