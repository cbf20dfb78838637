"""How long a check takes (issues 2 and 4, Speed).

One thread, all shipped packs, processor time, the best of many runs (the machine is shared; medians are
printed beside it). The limits are the targets times SLACK, for other work on the same cores.
  whole check, 3,000 characters, nine regions, identifiers included   2.5 ms
  after a keystroke, about 10 findings / about 40 findings            0.5 ms
  reading packs and lexicon from the compiled cache                   60 ms
  memory of code, rules, lexicon and a check, beside an empty Python  60 MB
  10,000 posts of 1,000 characters through `check --jsonl`            700 a second
  text twice and four times as long: no more than linear; 500 -> 5,000 rules: under 1.3x
  the worst of 1,000 hostile texts of 3,000 characters                8 ms
Run: python -m pytest tests/benchmarks/test_check_speed.py -s -n0
"""

import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from medvoice.compliance.compiled import cache_key, keep, restore
from medvoice.compliance.engine import SentenceCache, check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import REGIONS, Document, Product

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)
COLD_MS, KEYSTROKE_MS, LOAD_MS, KEPT_MS, WORST_MS, POSTS_A_SECOND = 2.5, 0.5, 500.0, 60.0, 8.0, 700
SLACK = 1.5
MEMORY_MB, POSTS = 60.0, 10_000
BREACHES = """
Zentorva is completely safe.
It cures psoriasis.
Zentorva beats Orvastin.
This is a game changer.
My patient, a 47-year-old woman, had a rash after Zentorva.
No side effects at all.
We are proud to launch Zentorva.
It is the best drug.
Ask your doctor for Zentorva.
""".strip().split("\n")
WHO = ("the nurse", "a colleague", "our chair", "the librarian", "two students", "my old teacher", "a reader")
WHERE = (
    "in Basel",
    "over coffee",
    "at the door",
    "on the train",
    "before lunch",
    "without a smile",
    "at length",
)
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


def document(text: str, regions: tuple[str, ...] = REGIONS) -> Document:
    return Document(text, employer="Exampharm", products=PRODUCTS, regions=regions)


def breaches() -> str:
    """A post of 3,000 characters with about thirty findings."""
    lines = [line for pair in zip(SENTENCES, BREACHES * 3, strict=False) for line in pair]
    return post_of([*lines[: len(BREACHES) * 4], *SENTENCES[len(BREACHES) * 2 :]])


def post_of(lines: list[str]) -> str:
    return " ".join(lines)[:3_000]


def best_ms(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """(best, median) CPU time of `times` runs, in milliseconds; the first one warms up."""
    taken: list[float] = []
    for number in range(times + 1):
        started = time.process_time()
        work(number)
        taken.append((time.process_time() - started) * 1e3)
    return min(taken[1:]), statistics.median(taken[1:])


def test_whole_check(ruleset: Ruleset) -> None:
    text = post()
    assert len(check(document(text), ruleset, AS_OF).findings) >= 7
    best, median = best_ms(lambda _: check(document(text), ruleset, AS_OF), 60)
    print(f"\ncheck of 3,000 characters, nine regions: {best:.2f} ms, median {median:.2f} (target {COLD_MS})")
    assert best <= COLD_MS * SLACK


@pytest.mark.parametrize("kind", ["few", "many"])
def test_keystroke(ruleset: Ruleset, kind: str) -> None:
    text, cache = post() if kind == "few" else breaches(), SentenceCache()
    findings = len(check(document(text), ruleset, AS_OF, cache).findings)
    middle = text.index("A good registry") + 10
    words = [f"{chr(97 + i // 12 % 26)}{chr(97 + i // 312)}etaoinshrdlu"[: 3 + i % 12] for i in range(241)]
    typed = [document(text[:middle] + word + text[middle:]) for word in words]  # a letter more at each key
    best, median = best_ms(lambda i: check(typed[i], ruleset, AS_OF, cache), 240)
    print(f"\nkeystroke, {findings} findings: {best:.2f} ms, median {median:.2f} (target {KEYSTROKE_MS})")
    assert best <= KEYSTROKE_MS * SLACK


def test_grows_with_the_text_and_not_faster(ruleset: Ruleset) -> None:
    texts = [document(post(3_000 * times)) for times in (1, 2, 4)]
    taken = [best_ms(lambda _, one=one: check(one, ruleset, AS_OF), 12)[0] for one in texts]
    print(f"\n3,000 / 6,000 / 12,000 characters: {' / '.join(f'{one:.2f}' for one in taken)} ms")
    assert taken[2] <= taken[0] * 4 * 1.3


def test_hardly_grows_with_the_rules(sources: dict[str, str]) -> None:
    """500 and 5,000 rules of three words each, on texts that hold some of them."""
    head = """[pack]\nid = "core"\nversion = "1"\ntitle = "Core"\nregions = ["all"]
effective = 2026-01-01\nreview_by = 2027-01-01\n"""
    words = sorted(
        {word for word in sources["lexicon/words.txt"].split() if word.isalpha() and len(word) > 6}
    )

    def ruleset_of(count: int) -> Ruleset:
        rules = "".join(
            f"""[[rule]]\nid = "T-{i}"\nversion = "1"\ntitle = "T"\ncategory = "safety_claim"\nwhy = "W"
advice = "A"\nkind = "phrase"\na = ["{words[3 * i]}", "{words[3 * i + 1]} {words[3 * i + 2]}"]
severity = [{{ level = "warn" }}]\ncite = [{{ doc = "D" }}]
example = [{{ text = "a" }}, {{ text = "b" }},
{{ text = "c", hit = false }}, {{ text = "d", hit = false }}]\n"""
            for i in range(count)
        )
        lists = {name: text for name, text in sources.items() if name.startswith("lexicon/")}
        return compile_ruleset(load_packs(lists | {"core/core.toml": head + rules}).packs)

    text = document(post())
    few, many = ruleset_of(500), ruleset_of(5_000)
    small = large = float("inf")
    for _ in range(4):  # in turns, so that a busy moment of the machine meets both
        small = min(small, best_ms(lambda _: check(text, few, AS_OF), 12)[0])
        large = min(large, best_ms(lambda _: check(text, many, AS_OF), 12)[0])
    print(f"\n500 rules {small:.2f} ms, 5,000 rules {large:.2f} ms: {large / small:.2f}x (target 1.3)")
    assert large <= small * 1.3 * 1.15


def test_the_worst_of_hostile_texts(ruleset: Ruleset) -> None:
    """A thousand texts of 3,000 characters made of what is dear to read."""
    rng = random.Random(4)
    pieces = (
        "no ozempic ", "keytruda ", ". ", "\u200b", "👩\u200d🔬 ", "𝗞𝗲𝘆 ", "s a f e ", "#SafeBestCure ",
        "a@b.co ", "1.2 ", "45% ", "(", '"', "not safe, ", "my patient, 45, ", "\n", "К", "https://x.co/a ",
        "s4fe ",
        "\u0301", "No side effects. ", "Zentorva ", "we hope ",
    )  # fmt: skip
    worst, name = 0.0, ""
    for _ in range(1_000):
        chosen = rng.sample(pieces, rng.choice((1, 1, 2, 3)))
        text = "".join(rng.choice(chosen) for _ in range(3_000))[:3_000]
        one = document(text)
        taken = once_ms(one, ruleset)
        if taken > worst:
            again = best_ms(lambda _, one=one: check(one, ruleset, AS_OF), 4)[0]  # not the machine's doing
            if again > worst:
                worst, name = again, repr(text[:30])
    print(f"\nworst of 1,000 hostile texts: {worst:.2f} ms, {name} (target {WORST_MS})")
    assert worst <= WORST_MS * SLACK


def once_ms(one: Document, ruleset: Ruleset) -> float:
    started = time.process_time()
    check(one, ruleset, AS_OF)
    return (time.process_time() - started) * 1e3


def test_lines_a_second(tmp_path: Path) -> None:
    """Posts of 1,000 characters, no sentence twice, through one process of `check --jsonl`, its start
    included."""
    rng = random.Random(9)
    lines: list[bytes] = []
    for number in range(POSTS):
        said = (f"{line[:-1]}, said {rng.choice(WHO)} {rng.choice(WHERE)} {number}." for line in SENTENCES)
        chosen = list(said)
        rng.shuffle(chosen)
        lines.append(json.dumps({"id": number, "text": " ".join(chosen)[:1_000]}).encode())
    asked = b"\n".join(lines)
    home = os.environ | {"HOME": str(tmp_path)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "medvoice", "--home", str(tmp_path), "check", "--jsonl"]
    done = subprocess.run(
        command, input=asked, capture_output=True, cwd=ROOT, env=home, timeout=240, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert done.stdout.count(b"\n") == POSTS
    print(f"\ncheck --jsonl: {POSTS / seconds:.0f} posts a second (target {POSTS_A_SECOND})")
    assert POSTS / seconds >= POSTS_A_SECOND / SLACK


MEASURED = """
import gc, sys
from pathlib import Path
def proportional():
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
if sys.argv[2] == "window":
    from PySide6.QtWidgets import QApplication
    import medvoice.ui.main_window
    app = QApplication(["measured"])
empty = proportional()
from datetime import date
from medvoice.bootstrap import load_rulebook
from medvoice.compliance.engine import check
from medvoice.domain.finding import REGIONS, Document
book = load_rulebook(sys.argv[1])
check(Document("Zentorva is completely safe. " * 100, regions=REGIONS), book.ruleset, date(2026, 11, 24))
print(proportional() - empty)
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's smaps_rollup")
@pytest.mark.parametrize("process", ["plain", "window"])
def test_memory(tmp_path: Path, process: str) -> None:
    """What rules, lexicon and their code take in a process, compiled anew and from the cache."""
    command = [sys.executable, "-c", MEASURED, str(tmp_path), process]
    home = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    taken = [
        float(subprocess.run(command, capture_output=True, cwd=ROOT, env=home, timeout=60, check=True).stdout)
        for _ in range(2)
    ]
    print(f"\nmemory, {process}: compiled anew {taken[0]:.0f} MB, from the cache {taken[1]:.0f} MB")
    assert max(taken) <= MEMORY_MB


def test_loading(sources: dict[str, str]) -> None:
    load, _ = best_ms(lambda _: load_packs(sources), 3)
    loaded = load_packs(sources)
    compiled, _ = best_ms(lambda _: compile_ruleset(loaded.packs), 3)
    body = keep(loaded, compile_ruleset(loaded.packs))

    held: list[object] = []  # at a start nothing is given back

    def from_cache(_: int) -> None:
        assert cache_key(sources)
        assert hashlib.sha256(body).digest()
        held.append(restore(body, sources))

    kept, median = best_ms(from_cache, 6)
    assert None not in held
    print(f"\nreading {load:.0f} ms, compiling {compiled:.0f} ms")
    print(f"from the cache {kept:.0f} ms, median {median:.0f} (target {KEPT_MS})")
    assert load + compiled <= LOAD_MS * SLACK
    assert kept <= KEPT_MS * SLACK
