"""Builds tests/packs/everyday/sentences.txt.xz: 100,000 words of everyday English to hold lexicons against.

Source: the example sentences of WordNet 3.0 (data.adj, data.adv, data.noun, data.verb), as in Debian's
wordnet-base 1:3.0-37. Those of states, of body parts and of what a body does (lexicographer files noun.state,
noun.body, verb.body) are left out, since many speak of illness. Chosen and sorted by their hash, so the
result is the same each time.

    python packaging/lexicon/build_everyday.py /usr/share/wordnet
"""

import hashlib
import lzma
import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "tests" / "packs" / "everyday" / "sentences.txt.xz"
ABOUT_BODIES = frozenset((("noun", 26), ("noun", 8), ("verb", 29)))
WORDS, SHORTEST = 100_000, 20


def sentences(folder: Path) -> set[str]:
    """All examples that are long enough."""
    found: set[str] = set()
    for part in ("adj", "adv", "noun", "verb"):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  ") or (part, int(line.split()[1])) in ABOUT_BODIES:
                continue
            gloss = line.split(" | ", 1)[1]
            found.update(one.strip() for one in re.findall(rf'"([^"]{{{SHORTEST},}})"', gloss))
    return found


def main() -> None:
    """Writes the sentences, one a line."""
    kept: list[str] = []
    words = 0
    for one in sorted(sentences(Path(sys.argv[1])), key=lambda text: hashlib.sha256(text.encode()).digest()):
        if words >= WORDS:
            break
        kept.append(one)
        words += len(one.split())
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress("\n".join(kept).encode("utf-8"), preset=9))
    print(f"{len(kept)} sentences, {words} words, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
