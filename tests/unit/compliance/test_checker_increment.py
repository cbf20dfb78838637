"""What a cache answers while a text grows is what a check from nothing answers."""

import random

from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.sentence import MAX_SENTENCE, resplit, sentences
from medvoice.domain.finding import Document, Product

from .conftest import compile_shipped
from .small_packs import AS_OF

PIECES = (
    "Zentorva is completely safe. ", "It cures psoriasis. ", "Nobody said that. ", "It ", "never ", "works ",
    "#NoSideEffects ", "#Zentorva ", "Views are my own. ", "I work at Exampharm. ", "\n\n",
    "“safe”, they said. ",
    "My patient, a 47-year-old woman from Basel, had a rash after Zentorva. ", "Dr. ", "48% ", ". ", "? ",
    "https://doi.org/10.1/x ", "Orvastin is worse. ", "psoriasis ", "CBD oil ", "cures ", "S a f e ", "\n- ",
)  # fmt: skip
ODD = (
    "a",
    "b",
    " ",
    ".",
    "\n",
    "\n\n",
    "A",
    "e.g. ",
    "dr. ",
    "! ",
    "x" * 400,
    "word ",
    "9",
    '"',
    "👉",
    "\x1c",
)


def edited(rng: random.Random, text: str, pieces: tuple[str, ...]) -> str:
    """`text` with something taken out and something put in at one place."""
    at = rng.randint(0, len(text))
    after = min(len(text), at + rng.choice((0, 0, 0, 1, 5, 40)))
    return text[:at] + "".join(rng.choice(pieces) for _ in range(rng.randint(0, 2))) + text[after:]


def test_growing_text_gets_the_answers_of_a_new_one() -> None:
    ruleset, rng = compile_shipped(), random.Random(7)
    products = (Product("Zentorva"), Product("Orvastin", "competitor"))
    fired = 0
    for _ in range(3):
        cache, text = SentenceCache(), ""
        for step in range(40):
            text = edited(rng, text, PIECES)
            half = text.find(" ", len(text) // 2) + 1
            document = Document(
                text=text,
                channel="x" if step % 9 == 8 else "linkedin",
                regions=("US", "EU", "UK") if step % 5 else ("DE",),
                employer="Exampharm",
                products=products,
                parts=((0, half), (half, len(text))) if step % 7 == 6 and half else (),
            )
            growing = check(document, ruleset, AS_OF, cache)
            assert growing == check(document, ruleset, AS_OF), text
            fired += len(growing.findings)
    assert fired > 300


def test_splitting_near_an_edit_equals_splitting_all() -> None:
    rng = random.Random(11)
    for _ in range(3_000):
        text = "".join(rng.choice(ODD) for _ in range(rng.randint(1, 40)))
        after = edited(rng, text, ODD)
        spans = sentences(text)
        if spans:
            assert resplit(text, spans, after) == sentences(after), (text, after)


def test_a_piece_cut_for_its_length_is_not_taken_for_a_sentence() -> None:
    text = "word " * (MAX_SENTENCE // 2)
    assert resplit(text, sentences(text), text[:100] + ". A" + text[100:]) == sentences(
        text[:100] + ". A" + text[100:]
    )


def test_a_title_at_the_start_of_a_sentence_ends_none() -> None:
    text = "It rained. Dr. Sample spoke."
    assert [text[start:end] for start, end in sentences(text)] == ["It rained.", "Dr. Sample spoke."]


def test_findings_move_with_their_sentence_and_keep_their_fixes() -> None:
    ruleset, cache = compile_shipped(), SentenceCache()
    text = "It guarantees a cure. It guarantees a cure."
    check(Document(text=text), ruleset, AS_OF, cache)
    moved = Document(text="Good morning. " + text)
    result = check(moved, ruleset, AS_OF, cache)
    assert result == check(moved, ruleset, AS_OF)
    for finding in result.findings:
        assert moved.text[finding.start : finding.end] == finding.quote
