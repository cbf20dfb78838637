"""Builds resources/packs/core/given_names.toml: given names, so that a patient's name is seen.

Source: the given names of the 1990 census of the United States (US Census Bureau, public domain), as
carried by the PyPI package names 0.3.0 (MIT), files dist.female.first and dist.male.first. The commonest
TOP_WOMEN and TOP_MEN of four letters and more that are no everyday word, no medicine and no day, month, town
or country. Sorted, so the result is the same each time.

    python packaging/lexicon/build_given_names.py names-0.3.0/names
"""

import hashlib
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = ROOT / "resources" / "packs" / "core"
OUT = CORE / "given_names.toml"
LEXICON = ROOT / "resources" / "lexicon"
PLACES = frozenset(
    """
    alberta argentina asia aspen austin bayer bristol brooklyn carolina chelsea chester cheyenne china
    clinton dakota dallas denver devon ella florence georgia houston hudson india israel jackson jordan
    kent kenya lancaster lincoln london lourdes madison memphis merck milan montana odessa paris phoenix
    preston roche savannah sydney troy tyler venice verona victoria vienna virginia washington weston
    """.split()
)
SHORTEST, TOP_WOMEN, TOP_MEN = 4, 1000, 600


def known_words() -> set[str]:
    """Everyday words, medicines, days, months, countries, towns."""
    text = (LEXICON / "words.txt").read_text(encoding="utf-8")
    found = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    found.update(re.findall(r"[a-z]+", (LEXICON / "drugs.txt").read_text(encoding="utf-8").lower()))
    places = tomllib.loads((CORE / "atoms_figures.toml").read_text(encoding="utf-8"))["class"]["calendar"]
    return found | set(places["terms"]) | PLACES


def main() -> None:
    """Writes the class."""
    folder = Path(sys.argv[1])
    known, found, digest = known_words(), set[str](), hashlib.sha256()
    for name, top in (("dist.female.first", TOP_WOMEN), ("dist.male.first", TOP_MEN)):
        raw = (folder / name).read_bytes()
        digest.update(raw)
        found.update(line.split()[0].lower() for line in raw.decode("ascii").splitlines()[:top])
    kept = sorted(one for one in found if len(one) >= SHORTEST and one not in known)
    lines = [
        "# Given names. Source: 1990 census of the United States (US Census Bureau, public domain), from",
        "# names 0.3.0 (PyPI, MIT), dist.female.first and dist.male.first, sha256 of both in this order",
        f"# {digest.hexdigest()}.",
        f"# Built by packaging/lexicon/build_given_names.py; {len(kept)} names. The class goes on in",
        "# atoms_people.toml.",
        "",
        "[class.first_name]",
        "terms = [",
    ]
    row = "  "
    for one in kept:
        piece = f'"{one}", '
        if len(row) + len(piece) > 180:
            lines.append(row.rstrip())
            row = "  "
        row += piece
    OUT.write_text("\n".join([*lines, row.rstrip(), "]", ""]), encoding="utf-8")
    print(f"{len(kept)} names, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
