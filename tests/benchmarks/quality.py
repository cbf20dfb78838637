"""How often the rules are right, per category: recall with a 95 % interval, and false alarms.

Run: python tests/benchmarks/quality.py [--missed] [--only CATEGORY] [--set NAME ...]
Sets: own (tests/benchmarks/corpora), rounds (round*.txt), blind and registers (corpora/blind, written without
sight of the rules: dev_* in the first column, sealed_* as set aside in the second), unseen (corpora/unseen,
by another person, never tuned on), probes and real (shared development texts, when present). A third of the
own texts is set aside by the hash of the text; `--missed` never shows those nor sealed ones, so nobody tunes
on them. Below 30 texts only counts are printed. Rules about a whole post (missing or late personal-view
sentence, employer not named) are not scored. Wilson's interval. Floors: tests/packs/test_quality_floors.py.
"""

import argparse
import hashlib
import json
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medvoice.compliance.engine import check
from medvoice.compliance.pack import load_packs
from medvoice.compliance.ruleset import Ruleset, compile_ruleset
from medvoice.domain.finding import Document, Finding, Level, Product

ROOT = Path(__file__).parents[2]
CORPORA = Path(__file__).parent / "corpora"
SHARED = ROOT.parent / "shared" / "data" / "compliance"
AS_OF = date(2026, 11, 24)
SMALL = 30
FILE_CATEGORY = {
    "patient_direct": "patient_privacy",
    "patient_combo": "patient_privacy",
    "confidential": "confidential_unpublished",
    "financial": "financial_forward_looking",
}
DOCUMENT_LEVEL = frozenset(
    {
        "missing_personal_view_disclaimer",
        "missing_employer_disclosure",
        "disclaimer_truncated",
        "x_thread_disclaimer",
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """One text and one category that must (or must not) be found in it. `name` is the row of the table."""

    name: str
    category: str
    text: str
    wanted: bool
    channel: str = "linkedin"
    kept: bool = True


def is_set_aside(text: str) -> bool:
    """True for the third of the texts nobody tunes on."""
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 3 == 0


def lines_of(path: Path) -> Iterator[str]:
    """The texts of a corpus file, line breaks restored."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield line.strip().replace("\\n", "\n")


def benign_posts() -> list[str]:
    return [text for path in sorted(CORPORA.glob("benign*.txt")) for text in lines_of(path)]


def pairs_of(path: Path) -> Iterator[tuple[str, str]]:
    for line in lines_of(path):
        category, text = line.split("|", 1)
        yield category.strip(), text.strip()


def own_cases() -> Iterator[Case]:
    for path in sorted(CORPORA.glob("breach/*.txt")):
        category = FILE_CATEGORY.get(path.stem, path.stem)
        for text in lines_of(path):
            yield Case(path.stem, category, text, True, kept=not is_set_aside(text))
    for category, text in pairs_of(CORPORA / "must_not.txt"):
        yield Case(category, category, text, False, kept=not is_set_aside(text))


def round_cases() -> Iterator[Case]:
    """Rounds: `category | text`, and `!category | text` for what must stay silent."""
    for path in sorted(CORPORA.glob("round*.txt")):
        for category, text in pairs_of(path):
            name = category.lstrip("!")
            yield Case(name, FILE_CATEGORY.get(name, name), text, category == name)


def blind_cases(*, by_register: bool = False) -> Iterator[Case]:
    """By somebody who had not seen the rules, sealed ones set aside; a row is a category or a register."""
    for path in sorted((CORPORA / "blind").glob("*_*.txt")):
        part, register = path.stem.split("_", 1)
        for label, text in pairs_of(path) if register != "benign" else ():
            name = label.lstrip("!")
            row = register if by_register else name
            yield Case(row, FILE_CATEGORY.get(name, name), text, label == name, kept=part == "dev")


def unseen_cases() -> Iterator[Case]:
    """By another person without sight of the rules; nobody tunes on them, and the learned reader saw none."""
    for path in sorted(CORPORA.glob("unseen/*.txt")):
        for name, text in pairs_of(path) if path.stem != "benign" else ():
            yield Case(name, FILE_CATEGORY.get(name, name), text, True, kept=False)


def shared_cases(name: str) -> Iterator[Case]:
    path = SHARED / name
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for row in (json.loads(line) for line in rows if line.strip()):
        channel = row.get("channel") or "linkedin"
        if "category" in row:
            yield Case(row["category"], row["category"], row["text"], row["expected"], channel)
        for category in set(row.get("labels", ())) - DOCUMENT_LEVEL:
            yield Case(category, category, row["text"], True, channel)
        for category in set(row.get("must_not", ())) - DOCUMENT_LEVEL:
            yield Case(category, category, row["text"], False, channel)


SETS: dict[str, Callable[[], Iterator[Case]]] = {
    "own": own_cases,
    "rounds": round_cases,
    "blind": blind_cases,
    "registers": lambda: blind_cases(by_register=True),
    "unseen": unseen_cases,
    "probes": lambda: shared_cases("dev_probes.jsonl"),
    "real": lambda: shared_cases("dev_real.jsonl"),
}


def read_ruleset() -> Ruleset:
    files = [*ROOT.glob("resources/packs/*/*.toml"), *ROOT.glob("resources/lexicon/*.txt")]
    sources = {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(files)}
    return compile_ruleset(load_packs(sources).packs)


def findings_of(text: str, ruleset: Ruleset, channel: str = "linkedin") -> tuple[Finding, ...]:
    """As an author with one product of their own sees it."""
    products = (Product("Zentorva", "own", aliases=("ZX-1123",)), Product("Orvastin", "competitor"))
    document = Document(text, channel=channel, employer="Exampharm", products=products)
    return check(document, ruleset, AS_OF).findings


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_text(right: int, count: int) -> str:
    if not count:
        return "-"
    if count < SMALL:
        return f"{right}/{count}"
    low, high = interval(right, count)
    return f"{right}/{count} {right / count:.2f} ({low:.2f} to {high:.2f})"


@dataclass(slots=True)
class Tally:
    """Counts of one row and one column."""

    caught: int = 0
    wanted: int = 0
    alarms: int = 0
    silent: int = 0


def score(cases: list[Case], ruleset: Ruleset) -> tuple[dict[str, list[Tally]], list[Case]]:
    """Tallies by row name (tuned, set aside) and the cases that went wrong."""
    table: dict[str, list[Tally]] = defaultdict(lambda: [Tally(), Tally()])
    wrong: list[Case] = []
    for case in cases:
        found = case.category in {f.category for f in findings_of(case.text, ruleset, case.channel)}
        tally = table[case.name][0 if case.kept else 1]
        if case.wanted:
            tally.wanted += 1
            tally.caught += found
        else:
            tally.silent += 1
            tally.alarms += found
        if found is not case.wanted:
            wrong.append(case)
    return table, wrong


def print_table(title: str, table: dict[str, list[Tally]]) -> None:
    head = f"{'category':30} {'recall, tuned':28} {'recall, set aside':28} false alarms (tuned, aside)"
    print(f"\n{title}\n{head}")
    total = [Tally(), Tally()]
    for name in sorted(table):
        for one, whole in zip(table[name], total, strict=True):
            whole.caught += one.caught
            whole.wanted += one.wanted
            whole.alarms += one.alarms
            whole.silent += one.silent
    for name, (tuned, aside) in [*sorted(table.items()), ("all", total)]:
        print(
            f"{name:30} {share_text(tuned.caught, tuned.wanted):28} "
            f"{share_text(aside.caught, aside.wanted):28} "
            f"{tuned.alarms}/{tuned.silent}, {aside.alarms}/{aside.silent}"
        )


def benign_figures(
    posts: list[str], ruleset: Ruleset
) -> tuple[int, float, float, list[tuple[str, str, str]]]:
    """Posts with a block, median warnings and findings, and each warning or block (level, rule, quote)."""
    blocked, warnings, counts, loud = 0, [], [], []
    for text in posts:
        found = findings_of(text, ruleset)
        levels = [finding.level for finding in found]
        blocked += Level.BLOCK in levels
        warnings.append(levels.count(Level.WARN))
        counts.append(len(found))
        loud += [
            (f.level.value, f.rule, f"{f.quote!r} in {text[:90]!r}")
            for f in found
            if f.level is not Level.ADVISE and f.category not in DOCUMENT_LEVEL
        ]
    return blocked, statistics.median(warnings), statistics.median(counts), loud


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--missed", action="store_true", help="print what went wrong, except texts set aside")
    parser.add_argument("--only", default="", help="one category")
    parser.add_argument("--set", nargs="*", default=list(SETS), choices=list(SETS))
    options = parser.parse_args()
    ruleset = read_ruleset()
    for name in options.set:
        cases = [case for case in SETS[name]() if options.only in ("", case.category, case.name)]
        table, wrong = score(cases, ruleset)
        if cases:
            print_table(name, table)
        for case in wrong:
            if options.missed and case.kept:
                print(f"  {'missed' if case.wanted else 'FALSE '} {case.name}: {case.text!r}")
    posts = benign_posts()
    groups = [
        ("tuned", [text for text in posts if not is_set_aside(text)]),
        ("set aside", [text for text in posts if is_set_aside(text)]),
    ]
    groups += [
        (f"blind {path.stem}", [*lines_of(path)]) for path in sorted(CORPORA.glob("blind/*_benign.txt"))
    ]
    groups += [("unseen, sealed", [*lines_of(path)]) for path in CORPORA.glob("unseen/benign.txt")]
    for title, chosen in groups:
        hidden = title == "set aside" or "sealed" in title
        blocked, warned, count, loud = benign_figures(chosen, ruleset)
        print(f"\nordinary posts, {title}: {len(chosen)}, blocked {blocked}, ", end="")
        print(f"median warnings {warned:g}, median findings {count:g}, other warnings {len(loud)}")
        for level, rule, where in loud:
            if options.missed and not hidden:
                print(f"  {level} {rule} {where}")


if __name__ == "__main__":
    main()
