"""Builds resources/lexicon/words.txt, everyday English words, from SCOWL's small list.

The list is Debian's wamerican-small. The checker needs it to tell a name it does not know from a word, and to
read hashtags. Kept are words of three letters and more in small letters without apostrophes, and a few
prefixes, so that `re-use` is not a disguise.

    python packaging/lexicon/build_words.py /usr/share/dict/american-english-small
"""

import hashlib
import sys
import textwrap
from pathlib import Path

OUT = Path(__file__).parents[2] / "resources" / "lexicon" / "words.txt"
PREFIXES = """re co pre non anti post sub inter multi over under up de semi micro un mid bi tri mono poly
pro ex extra intra trans ultra mis dis counter self cross neo para peri hyper hypo auto bio
cardio neuro immuno onco radio on off in out low high well ill all long short first second
third late early best health clinical""".split()
NOTICE = """Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell
these word lists, the associated scripts, the output created from the scripts, and its
documentation for any purpose is hereby granted without fee, provided that the above copyright
notice appears in all copies and that both that copyright notice and this permission notice
appear in supporting documentation. Kevin Atkinson makes no representations about the
suitability of this array for any purpose. It is provided "as is" without express or implied
warranty."""


def main() -> None:
    """Writes the list, many words a line."""
    source = Path(sys.argv[1])
    lines = source.read_text(encoding="utf-8").splitlines()
    words = {line for line in lines if line.isascii() and line.isalpha() and line.islower() and len(line) > 2}
    words |= set(PREFIXES)
    sha = hashlib.sha256(source.read_bytes()).hexdigest()
    head = [
        "# Everyday English words. Source: SCOWL, small list, as in Debian's wamerican-small 2020.12.07-2,",
        f"# sha256 {sha}. Built 2026-11-24 by packaging/lexicon/build_words.py; {len(words)} words.",
        *(f"# {line}" for line in NOTICE.splitlines()),
    ]
    body = textwrap.wrap(" ".join(sorted(words)), 110, break_long_words=False, break_on_hyphens=False)
    OUT.write_text("\n".join([*head, *body, ""]), encoding="utf-8")
    print(f"{len(words)} words, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
