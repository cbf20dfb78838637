"""Writes medvoice/domain/channel/tlds.py: the names of the top-level domains, dated.

How to repeat (any Python 3.11+, outside the project's own environment):

    python -m pip install publicsuffixlist
    python packaging/tlds.py --also ../shared/data/twitter-text/conformance_tld_lib.yml

The names come from the ICANN section of the Public Suffix List that the package carries. `--also` adds the
names that X's own conformance suite expects, some of which have left the root zone since: X still counts
them. Only names are taken, which are facts of the root zone.
"""

import argparse
import importlib.metadata
import importlib.resources
import re
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "medvoice" / "domain" / "channel" / "tlds.py"
PACKAGE = "publicsuffixlist"
# Names of the list that no reader can follow: reverse look-up is not for web pages.
NOT_FOR_POSTS = frozenset({"arpa"})

HEAD = '''"""The names of the top-level domains. Made by packaging/tlds.py; do not edit by hand.

Made on {made_on} from {package} {version}, whose Public Suffix List is of {listed}.
That list is under MPL-2.0; only the names in its ICANN section are taken, which are facts of the DNS root
zone. Added are the names that X's twitter-text conformance suite of 2021 expects; {kept} of them are no
longer in the list. {total} names, lower case, non-ASCII ones in Unicode.
"""

NAMES = """
{names}
"""

TLDS: frozenset[str] = frozenset(NAMES.split())
'''


def names_in_list(text: str) -> set[str]:
    """The last label of every rule between the ICANN markers of a Public Suffix List."""
    section = text.split("===BEGIN ICANN DOMAINS===", 1)[1].split("===END ICANN DOMAINS===", 1)[0]
    rules = (line.split()[0] for line in section.splitlines() if line.strip() and not line.startswith("//"))
    return {rule.lstrip("!*.").rsplit(".", 1)[-1].lower() for rule in rules}


def names_in_suite(text: str) -> set[str]:
    """The names of conformance_tld_lib.yml: one `- name` a line, `no` and `off` quoted."""
    return {name.strip("'\"").lower() for name in re.findall(r"^- (.+)$", text, re.MULTILINE)}


def wrapped(names: list[str]) -> list[str]:
    """The names in lines that stay short on screen: names in wide scripts take two columns a character."""
    ascii_names = [name for name in names if name.isascii()]
    others = [name for name in names if not name.isascii()]
    options = {"break_on_hyphens": False, "break_long_words": False}
    return textwrap.wrap(" ".join(ascii_names), 100, **options) + textwrap.wrap(
        " ".join(others), 50, **options
    )


def module_text(listed: str, also: str, version: str, made_on: date) -> str:
    """The source of the generated module."""
    fresh = names_in_list(listed) - NOT_FOR_POSTS
    suite = names_in_suite(also)
    names = sorted(fresh | suite)
    stamp = re.search(r"VERSION: (\d{4}-\d{2}-\d{2})", listed)
    return HEAD.format(
        made_on=made_on.isoformat(),
        package=PACKAGE,
        version=version,
        listed=stamp.group(1) if stamp else "unknown date",
        kept=len(suite - fresh),
        total=len(names),
        names="\n".join(wrapped(names)),
    )


def main() -> None:
    """Reads the installed package and the suite's file; writes the module beside the other channel rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--also", type=Path, required=True, help="conformance_tld_lib.yml of twitter-text")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    data = importlib.resources.files(PACKAGE).joinpath("public_suffix_list.dat").read_text("utf-8")
    source = module_text(
        data, options.also.read_text("utf-8"), importlib.metadata.version(PACKAGE), datetime.now(UTC).date()
    )
    options.out.write_text(source, "utf-8")


if __name__ == "__main__":
    main()
