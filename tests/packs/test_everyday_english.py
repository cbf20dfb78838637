"""100,000 words of everyday English: the lexicons of illnesses and symptoms take none for something else.

The text is committed (everyday/README.md says where it is from). Where it really speaks of an illness, the
name stands in MEANT, read one by one; what is both an illness and an everyday word stands in BOTH, and rules
never speak for such a word alone.
"""

import lzma
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from medvoice.compliance.terms import expand

HERE = Path(__file__).parent
CORE = HERE.parents[1] / "resources" / "packs" / "core"
MEANT = frozenset(
    "cancer|pneumonia|heart disease|asthmatic|asthmatics|lung cancer|malaria|anxiety"
    "|phenylketonuria|ebola|tumor|with aids|aids epidemic"
    "|fungal infection|flu|alcoholism|arthritis|enteritis|hiv|meningitis|gout|heart attack|glaucoma|septic"
    "|musty odor|puffy lids|dry skin|low blood pressure|sore throat|inflammation".split("|")
)
BOTH = frozenset(("stroke", "strokes", "shingles", "depression"))
BOTH_AT_MOST = 10


@cache
def sentences() -> tuple[list[str], ...]:
    text = lzma.decompress((HERE / "everyday" / "sentences.txt.xz").read_bytes()).decode("utf-8")
    return tuple(re.findall(r"[a-z0-9']+", line.lower()) for line in text.splitlines())


def hits(name: str) -> Counter[str]:
    """How often each term of a class stands in the text, hyphens and spaces alike."""
    terms: dict[str, list[list[str]]] = defaultdict(list)
    for path in CORE.glob("*.toml"):
        for term in (
            tomllib.loads(path.read_text(encoding="utf-8")).get("class", {}).get(name, {}).get("terms", ())
        ):
            for one in expand(term):
                words = re.findall(r"[a-z0-9']+", one.lower())
                terms[words[0]].append(words)
    found: Counter[str] = Counter()
    for words in sentences():
        for at, word in enumerate(words):
            for term in terms.get(word, ()):
                if words[at : at + len(term)] == term:
                    found[" ".join(term)] += 1
    return found


def test_the_text_is_long_enough() -> None:
    assert sum(map(len, sentences())) >= 100_000


@pytest.mark.parametrize("name", ["disease", "phenotype"])
def test_no_word_is_taken_for_an_illness(name: str) -> None:
    found = hits(name)
    assert {one for one in found if one not in MEANT and one not in BOTH} == set()
    assert sum(found[one] for one in BOTH) <= BOTH_AT_MOST


def test_the_search_finds_what_stands_there() -> None:
    assert hits("disease")["malaria"] == 1
    assert hits("phenotype")["sore throat"] == 1
