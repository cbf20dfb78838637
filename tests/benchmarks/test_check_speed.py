"""How long a check takes: 5 ms for 3,000 characters, 1 ms after a keystroke (issue 2, Speed).

One thread, all shipped packs, a post with a finding in about every third sentence, medians. The limits are
the targets times SLACK, because other work shares the machine. Measured 2026-11-24 on two cores: 3.8 ms and
0.5 ms; reading and compiling the packs 40 and 85 ms (once, after the first paint).
Run: python -m pytest tests/benchmarks/test_check_speed.py -s
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import Document, Product

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)
COLD_MS, KEYSTROKE_MS, LOAD_MS, SLACK = 5.0, 1.0, 400.0, 2.0
PRODUCTS = (Product("Zentorva", aliases=("ZX-1123",)), Product("Orvastin", "competitor"))
SENTENCES = """
I spent three days at the congress and came back with a notebook full of questions about registries.
The session on psoriasis asked how we follow people who change their treatment more than once.
One speaker showed how missing data can bend a curve, and what a careful analysis does about it.
48% versus 31% sounds simple, until you ask who was counted and who was not.
Zentorva is completely safe, somebody said in the corridor, and I had to smile.
A good registry is a promise to people who will never read the paper.
I learned that the first author of the cohort study began as a nurse on ward 4.
Real-world evidence is not a second-class citizen; it answers other questions.
My favourite slide had no numbers at all, only a map of where people live and where they are seen.
We need to talk about adherence, and about the price of not talking about it.
The confirmed response rate in the old trial was never the endpoint that mattered to patients.
A game changer? Too early to say, said the chair, and the room went quiet.
Nobody in the room claimed that it cures anything, and that was refreshing.
Breakthrough pain is a term that still confuses the people who hear it for the first time.
I had coffee with a colleague from Basel who builds data pipelines for rare diseases.
The superior vena cava came up twice, once in anatomy and once in a joke.
It outperforms the standard of care, the poster said, without a source.
For the audience at home: the abstracts are public, and the link is in the first comment.
Internal validity was the word of the week, followed by external validity.
What would you ask a registry if you could ask it one thing today?
Thanks to all who answered my questions with patience and without slides.
Two in three people in the survey waited more than a year for a name for what they have.
The best supportive care is often a phone number that someone answers.
I will write about methods next week, because methods deserve more love.
See you in the poster hall, bring a pen and an open mind.
Views are my own and I work in Medical Affairs at Exampharm.
#MedicalAffairs #RealWorldEvidence #NoSideEffects #Registries
""".strip().split("\n")


def post(length: int = 3_000) -> str:
    """A post of about `length` characters, no sentence twice."""
    lines = [*SENTENCES]
    text = " ".join(lines)
    number = 0
    while len(text) < length:
        number += 1
        text += f" Note {number} is about how people read curves and footnotes in the {number}th paper."
    return text[:length]


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    files = [*ROOT.glob("resources/packs/*/*.toml"), *ROOT.glob("resources/lexicon/*.txt")]
    return {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(files)}


@pytest.fixture(scope="module")
def ruleset(sources: dict[str, str]) -> Ruleset:
    return compile_ruleset(load_packs(sources).packs)


def document(text: str) -> Document:
    return Document(text, employer="Exampharm", products=PRODUCTS)


def median_ms(work: Callable[[int], object], times: int) -> float:
    """The median of `times` runs, in milliseconds; the first one warms up and is not counted."""
    taken: list[float] = []
    for number in range(times + 1):
        started = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - started) * 1e3)
    return statistics.median(taken[1:])


def test_whole_check(ruleset: Ruleset) -> None:
    text = post()
    assert len(check(document(text), ruleset, AS_OF).findings) >= 7
    cold = median_ms(lambda _: check(document(text), ruleset, AS_OF), 40)
    print(f"\ncheck of 3,000 characters, cold: {cold:.2f} ms (target {COLD_MS})")
    assert cold <= COLD_MS * SLACK


def test_keystroke(ruleset: Ruleset) -> None:
    text, cache = post(), SentenceCache()
    check(document(text), ruleset, AS_OF, cache)
    middle = text.index("A good registry") + 10
    typed = [
        document(text[:middle] + "abcdefghij"[: 1 + i % 10] + str(i) + text[middle:]) for i in range(121)
    ]
    key = median_ms(lambda i: check(typed[i], ruleset, AS_OF, cache), 120)
    print(f"\ncheck after a keystroke in 3,000 characters: {key:.2f} ms (target {KEYSTROKE_MS})")
    assert key <= KEYSTROKE_MS * SLACK


def test_grows_with_the_text_and_not_faster(ruleset: Ruleset) -> None:
    short, long = (document(post(length)) for length in (3_000, 24_000))
    small = median_ms(lambda _: check(short, ruleset, AS_OF), 10)
    large = median_ms(lambda _: check(long, ruleset, AS_OF), 5)
    print(f"\n3,000 characters {small:.2f} ms, 24,000 characters {large:.2f} ms")
    assert large <= small * 8 * SLACK


def test_loading(sources: dict[str, str]) -> None:
    load = median_ms(lambda _: load_packs(sources), 3)
    packs = load_packs(sources).packs
    compiled = median_ms(lambda _: compile_ruleset(packs), 3)
    print(f"\nreading all packs: {load:.0f} ms, compiling: {compiled:.0f} ms")
    assert load + compiled <= LOAD_MS
