"""Write medvoice/compliance/language_letters.py: how often three letters in a row stand in a language.

    python packaging/lexicon/build_languages.py FOLDER

FOLDER holds the profiles of langdetect 1.0.9 (PyPI, Apache-2.0; counted in Wikipedia's articles): the folder
langdetect/profiles of its source distribution. Only counts are taken over, of the most frequent triples,
rounded. langdetect itself is no dependency.
"""

import json
import math
import sys
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "pl", "tr")
MOST = 400  # triples of each language
STEP = 0.5  # natural logarithm of a frequency, in steps; "a" is the rarest
FLOOR = -11.0
WIDTH = 100
TARGET = Path(__file__).parents[2] / "medvoice" / "compliance" / "language_letters.py"
HEAD = '''"""How often three letters in a row stand in twelve languages: the data of `language`.

Made by packaging/lexicon/build_languages.py from the letter counts in langdetect 1.0.9 (Apache-2.0), counted
in Wikipedia's articles. Each entry is three letters ("_" is the edge of a word) and one sign a
language, in the order of LANGUAGES: "a" is as rare as FLOOR (natural logarithm of the frequency), each next
letter STEP more.
"""

LANGUAGES = {languages}
FLOOR, STEP = {floor}, {step}
TRIPLES = """
{table}
"""
'''


def triples_of(path: Path) -> tuple[dict[str, float], float]:
    """The counts of triples, in lower case, and their sum."""
    counts = json.loads(path.read_text(encoding="utf-8"))["freq"]
    found: dict[str, float] = {}
    for gram, count in counts.items():
        if len(gram) == 3 and all(char.isalpha() or char == " " for char in gram):
            low = gram.lower()
            if len(low) == 3:
                found[low] = found.get(low, 0.0) + count
    return found, sum(found.values())


def main(folder: Path) -> None:
    counts = {language: triples_of(folder / language) for language in LANGUAGES}
    chosen: set[str] = set()
    for found, _ in counts.values():
        chosen.update(sorted(found, key=lambda gram: (-found[gram], gram))[:MOST])
    entries = [
        gram.replace(" ", "_") + "".join(sign(counts[one], gram) for one in LANGUAGES)
        for gram in sorted(chosen)
    ]
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) + 1 > WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {entry}".strip()
    names = ", ".join(f'"{one}"' for one in LANGUAGES)
    table = "\n".join([*lines, line])
    text = HEAD.format(languages=f"({names})", floor=FLOOR, step=STEP, table=table)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(entries)} triples, {len(text):,} characters")


def sign(counted: tuple[dict[str, float], float], gram: str) -> str:
    found, total = counted
    value = math.log(found[gram] / total) if found.get(gram) else FLOOR
    return chr(ord("a") + max(0, min(25, round((value - FLOOR) / STEP))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
