"""Builds resources/lexicon/learned.txt: what the linear reader (medvoice/compliance/learned.py) goes by.

A logistic regression per category over the sentences of our own example texts: packaging/reader/texts
(written for this), and of tests/benchmarks/corpora those that were ever tuned on (own without the third set
aside, the rounds, blind/dev_*). Of a text with a breach only its strongest sentence counts, chosen in rounds,
because only the text is labelled. Texts of another category count little against a column: a testimonial may
promise a cure. Five folds say how it does on texts it was not made from; the score is then moved so that few
of the harmless ones reach 100 (TARGET, OF_MISSES).

    python packaging/reader/build.py [--check]         needs scikit-learn 1.9 and numpy, as nothing else does
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

import quality  # noqa: E402

from medvoice.compliance.facts import Facts  # noqa: E402
from medvoice.compliance.learned import BESIDE, around, shape  # noqa: E402
from medvoice.compliance.pack import load_packs  # noqa: E402
from medvoice.compliance.profile import build_profile  # noqa: E402
from medvoice.compliance.reading import read_sentences  # noqa: E402
from medvoice.compliance.ruleset import Ruleset, compile_ruleset  # noqa: E402
from medvoice.compliance.sentence import sentences  # noqa: E402
from medvoice.domain.finding import Document, Product  # noqa: E402

OUT = ROOT / "resources" / "lexicon" / "learned.txt"
TEXTS = Path(__file__).parent / "texts"
COLUMNS = (
    "adverse_event",
    "absolute_claim",
    "safety_claim",
    "product_promo",
    "testimonial",
    "patient_privacy",
    "off_label_investigational",
)
SAME = {"patient_direct": "patient_privacy", "patient_combo": "patient_privacy",
        "disease_claim_unapproved": "off_label_investigational"}  # fmt: skip
TARGET, OF_MISSES = 0.014, 0.10  # at most so many harmless texts, and near misses of the column, reach 100
OTHER, NEAR_MISS = 0.3, 9.0  # weights of a text of another category, and of one that must stay silent
STRENGTH, ROUNDS, FOLDS, RAREST = 0.1, 4, 5, 3
SCALE = 100
PRODUCTS = (Product("Zentorva", "own", aliases=("ZX-1123",)), Product("Orvastin", "competitor"))
DOCUMENT = Document("", employer="Exampharm", products=PRODUCTS)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the category it breaches ("" for none), and the one it is a near miss of."""

    words: str
    breach: str = ""
    misses: str = ""


def texts() -> list[Text]:
    """Everything to learn from, each text once, in an order that follows from the texts."""
    found: dict[str, Text] = {}
    for category, words in _pairs():
        name = SAME.get(category.lstrip("!"), category.lstrip("!"))
        if category == "none":
            found.setdefault(words, Text(words))
        elif category.startswith("!"):
            found.setdefault(words, Text(words, misses=name))
        else:
            found.setdefault(words, Text(words, breach=name))
    return sorted(found.values(), key=lambda one: hashlib.sha256(one.words.encode()).hexdigest())


def _pairs() -> Iterator[tuple[str, str]]:
    for path in sorted(TEXTS.glob("*.txt")):
        yield from quality.pairs_of(path)
    for case in quality.own_cases():
        if case.kept:
            yield case.category if case.wanted else f"!{case.category}", case.text
    for case in (*quality.round_cases(), *(one for one in quality.blind_cases() if one.kept)):
        yield case.category if case.wanted else f"!{case.category}", case.text
    for text in (*quality.benign_posts(), *quality.lines_of(quality.CORPORA / "blind" / "dev_benign.txt")):
        if not quality.is_set_aside(text):
            yield "none", text


def read_rules() -> tuple[Ruleset, dict[int, str]]:
    """The rules, all their classes by name, and the names by number."""
    files = [*ROOT.glob("resources/packs/*/*.toml"), *ROOT.glob("resources/lexicon/*.txt")]
    sources = {f"{one.parent.name}/{one.name}": one.read_text("utf-8") for one in sorted(files) if one != OUT}
    packs = load_packs(sources).packs
    named = "".join(f"class {one.id}\t\n" for pack in packs for one in pack.classes)
    for pack in packs:
        pack.lexicon["learned.txt"] = f"none\n{named}"  # type: ignore[index]
    ruleset = compile_ruleset(packs)
    return ruleset, {number: name for name, number in ruleset.names.items()}


def features(row: list[Facts], at: int, names: dict[int, str]) -> dict[str, int]:
    """The features of one sentence of a text, as `Learned` sums them up."""
    line = shape(row[at])
    found = {f"word {word}": 1 for word in line}
    found |= {f"pair {one} {two}": 1 for one, two in pairwise(line)}
    found |= {f"class {names[one]}": 1 for one in row[at].hits.classes if one in names}
    found |= {f"cue {kind}": 1 for kind in around(row[at])}
    for place, kind in ((at - 1, "before"), (at + 1, "after")):
        if 0 <= place < len(row):
            classes = (names.get(one) for one in row[place].hits.classes)
            found |= {f"{kind} {name}": 1 for name in classes if name in BESIDE}
    return found


def matrix(corpus: list[Text]) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    """One row per sentence, the names of the features, and which text each sentence is of."""
    ruleset, names = read_rules()
    profile = build_profile(DOCUMENT, ruleset.drugs, ruleset.index, ruleset.names.get("investigational"))
    rows: list[dict[str, int]] = []
    owner: list[int] = []
    for number, text in enumerate(corpus):
        parts = [text.words[start:end] for start, end in sentences(text.words)]
        facts = read_sentences(parts, DOCUMENT, ruleset, profile)
        for at in range(len(facts)):
            rows.append(
                {one: 1 for one in features(facts, at, names) if one.count(" ") < 3 and "\t" not in one}
            )
            owner.append(number)
    vectorizer = DictVectorizer(dtype=np.float32)
    found = vectorizer.fit_transform(rows)
    kept = np.asarray((found > 0).sum(axis=0)).ravel() >= RAREST
    return found[:, kept].tocsr(), np.array(vectorizer.feature_names_)[kept], np.array(owner)


def fit(
    found: csr_matrix, owner: np.ndarray, of: list[Text], column: str, use: np.ndarray
) -> LogisticRegression:
    """The regression of one column, learned from the texts that `use` says."""
    is_breach = np.array([one.breach == column for one in of])
    weight = np.array([NEAR_MISS if one.misses == column else OTHER if one.breach else 1.0 for one in of])
    count = np.bincount(owner, minlength=len(of))
    against = (use & ~is_breach)[owner]
    chosen = (use & is_breach)[owner] & (count[owner] <= 2)
    for _ in range(ROUNDS):
        rows = chosen | against
        right = chosen[rows]
        share = 0.5 * against.sum() / chosen.sum()
        weights = np.where(right, share, weight[owner][rows])
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(found[rows], right, sample_weight=weights)
        score = model.decision_function(found)
        best = strongest(score, owner, len(of))
        chosen = (use & is_breach)[owner] & ((score >= best[owner]) | (score > 0.5))
    return model


def strongest(score: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """The highest score of the sentences of each text."""
    best = np.full(count, -99.0)
    np.maximum.at(best, owner, score)
    return best


def held_out(found: csr_matrix, owner: np.ndarray, of: list[Text], column: str) -> np.ndarray:
    """The score of each text by a regression that did not see it."""
    best = np.zeros(len(of))
    fold = np.arange(len(of)) % FOLDS
    for one in range(FOLDS):
        model = fit(found, owner, of, column, fold != one)
        score = strongest(model.decision_function(found), owner, len(of))
        best[fold == one] = score[fold == one]
    return best


def learn(of: list[Text]) -> tuple[list[str], dict[str, dict[int, int]]]:
    """What is said about each column, and the weights by feature and column."""
    found, names, owner = matrix(of)
    said: list[str] = []
    weights: dict[str, dict[int, int]] = {}
    harmless = np.array([not one.breach for one in of])
    for number, column in enumerate(COLUMNS):
        breach = np.array([one.breach == column for one in of])
        unseen = held_out(found, owner, of, column)
        miss = np.array([one.misses == column for one in of])
        least = float(
            max(np.quantile(unseen[harmless], 1 - TARGET), np.quantile(unseen[miss], 1 - OF_MISSES))
        )
        caught = int((unseen[breach] >= least).sum())
        said.append(
            f"{column}: {caught} of {breach.sum()} held out reach 100, "
            f"{int((unseen[harmless] >= least).sum())} of {harmless.sum()} harmless ones, "
            f"{int((unseen[miss] >= least).sum())} of {miss.sum()} near misses"
        )
        model = fit(found, owner, of, column, np.ones(len(of), bool))
        start = SCALE * (1 - least + float(model.intercept_[0]))
        weights.setdefault("start", {})[number] = round(start)
        for name, weight in zip(names, model.coef_[0], strict=True):
            if round(SCALE * weight):
                weights.setdefault(str(name), {})[number] = round(SCALE * weight)
        print(said[-1], flush=True)
    return said, weights


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say how it does, write nothing")
    asked = parser.parse_args()
    corpus = texts()
    said, weights = learn(corpus)
    mark = hashlib.sha256("\n".join(f"{one}" for one in corpus).encode()).hexdigest()[:16]
    lines = [
        "# Weights of the linear reader, log odds times 100. Made by packaging/reader/build.py; do not edit.",
        f"# {datetime.now(UTC).date()}, {len(corpus)} texts (mark {mark}). Held out: of other folds.",
        *[f"# {one}" for one in said],
        " ".join(COLUMNS),
    ]
    for name in sorted(weights):
        values = " ".join(f"{column}:{weight}" for column, weight in sorted(weights[name].items()))
        lines.append(f"{name}\t{values}")
    print(len(weights), "features")
    if not asked.check:
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
