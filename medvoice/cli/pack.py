"""`medvoice pack`: the rules in force, a company's own pack, its examples, and what a change would change."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import click

from medvoice.bootstrap import find_home, load_rulebook, own_pack_sources, rule_sources, write_own_pack
from medvoice.cli.shared import json_option, person, print_json, workspace
from medvoice.compliance.report import LEVEL_WORDS, show
from medvoice.compliance.trial import Miss, run
from medvoice.domain.clock import SystemClock
from medvoice.domain.errors import PackError, UserError
from medvoice.domain.finding import Document, Finding
from medvoice.services.checking import Rulebook
from medvoice.services.packing import diff_findings, diff_rules, judge_pack

PACK_EXIT = 6
SKELETON = """\
# Rules of {title} for its people's own posts. The format: resources/packs/FORMAT.md
[pack]
id = "{name}"
version = "{version}"
title = "{title}"
engine = ">=1,<2"
regions = ["all"]
effective = {today}
review_by = {review}
review_state = "draft"
licence = "internal"

# Tighten or reword a rule that is there. What makes it milder (at_most, except_add, off) needs approved_by
# and approved_on.
[[change]]
rule = "GL-CLAIM-007"
at_least = "block"
lift = "reviewer"
advice = "Say what was measured. Our word list is on the intranet."

[[rule]]
id = "{upper}-WORD-001"
version = "1"
title = "“{{quote}}” is a name inside the company"
kind = "phrase"
category = "confidential_unpublished"
why = "The name of this programme is not public."
advice = "Leave the name out."
a = ["project bluebird"]
severity = [{{ level = "block", regions = "all", lift = "permission" }}]
cite = [{{ doc = "Company policy on personal posts, section 3" }}]
example = [
  {{ text = "Proud of [[Project Bluebird]] today.", hit = true }},
  {{ text = "A year of [[project bluebird]], and many friends.", hit = true }},
  {{ text = "A blue bird sat on my window.", hit = false }},
  {{ text = "My garden project is nearly done.", hit = false }},
]
"""


def today() -> date:
    return SystemClock().now().date()


@click.group()
def pack() -> None:
    """The rules in force, and a company's own."""


@pack.command(name="list")
@json_option
@click.pass_context
def list_packs(ctx: click.Context, as_json: bool) -> None:
    """The packs in force, with version, review and hash; what could not be read is named."""
    book = load_rulebook(ctx.find_root().obj)
    own = {name.rpartition("/")[0] for name in own_pack_sources(find_home(ctx.find_root().obj))}
    rows = [
        {
            "id": one.id,
            "version": one.meta.version,
            "title": one.meta.title,
            "regions": list(one.meta.regions),
            "rules": len(one.rules),
            "changes": len(one.changes),
            "effective": str(one.meta.effective),
            "review_by": str(one.meta.review_by),
            "review_state": one.meta.review_state,
            "stale": today() > one.meta.review_by,
            "own": one.id in own,
            "licence": one.meta.licence,
            "sha256": one.sha256,
        }
        for one in book.loaded.packs
    ]
    if as_json:
        print_json({"packs": rows, "problems": [problem_dict(one) for one in book.problems]})
        return
    for row in rows:
        state = "due for review" if row["stale"] else row["review_state"]
        kind = "own  " if row["own"] else "     "
        click.echo(
            f"{row['id']:<12} {row['version']:<11} {row['rules']:>3} rules  {kind} "
            f"review by {row['review_by']}  {state}  {str(row['sha256'])[:12]}  {row['title']}"
        )
    for problem in book.problems:
        click.echo(problem_line(problem), err=True)


@pack.command()
@click.argument("which", nargs=-1)
@json_option
@click.pass_context
def test(ctx: click.Context, which: tuple[str, ...], as_json: bool) -> None:
    """Run the examples inside the rules of all packs, of the packs named, or of a pack FILE on top of them.

    Exit code 6 when one does not do what it says, or a rule flags none of its own.
    """
    files = [Path(one) for one in which if one.endswith(".toml")]
    sources = rule_sources() | own_pack_sources(find_home(ctx.find_root().obj))
    for path in files:
        sources[f"{path.stem}/{path.name}"] = read_pack(path)
    book = Rulebook.from_sources(sources)
    names = [one for one in which if not one.endswith(".toml")] + [path.stem for path in files]
    known = {one.id for one in book.loaded.packs}
    missing = [name for name in names if name not in known]
    outcome = run(book.ruleset, today(), names or None)
    is_bad = bool(outcome.misses or outcome.silent or book.problems or missing)
    if as_json:
        print_json(
            {
                "rules": outcome.rules,
                "examples": outcome.examples,
                "misses": [miss_dict(one) for one in outcome.misses],
                "silent": list(outcome.silent),
                "problems": [problem_dict(one) for one in book.problems],
                "unknown": missing,
            }
        )
    else:
        for miss in outcome.misses:
            click.echo(f"{miss.rule}, example {miss.number}: {miss.what}\n  {show(miss.text)}")
        for rule in outcome.silent:
            click.echo(f"{rule}: flags none of its own examples")
        for name in missing:
            click.echo(f"There is no pack {name}.", err=True)
        for problem in book.problems:
            click.echo(problem_line(problem), err=True)
        fine = outcome.examples - len(outcome.misses)
        click.echo(f"{outcome.rules} rules, {fine} of {outcome.examples} examples do what they say.")
    ctx.exit(PACK_EXIT if is_bad else 0)


@pack.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def add(ctx: click.Context, file: Path) -> None:
    """Put a company's pack in force: it may add, tighten and reword, and loosen with a named approver.

    Nothing changes unless all of it can be read and its examples do what they say.
    """
    judged = judge_pack(rule_sources(), file.name, read_pack(file), today())
    for problem in judged.problems:
        click.echo(problem_line(problem), err=True)
    for miss in judged.outcome.misses if judged.outcome else ():
        click.echo(f"{miss.rule}, example {miss.number}: {miss.what}", err=True)
    for rule in judged.outcome.silent if judged.outcome else ():
        click.echo(f"{rule}: flags none of its own examples", err=True)
    if not judged.is_good or judged.pack is None:
        click.echo("Nothing was added; the rules in force stay as they were.", err=True)
        for one in load_rulebook(ctx.find_root().obj).loaded.packs:
            if one.id == file.stem:
                click.echo(f"{one.id} {one.meta.version} stays in force.", err=True)
        ctx.exit(PACK_EXIT)
    write_own_pack(ctx.find_root().obj, file.name, file.read_bytes())
    for line in judged.effects:
        click.echo(line)
    click.echo(f"{judged.pack.id} {judged.pack.meta.version} is in force.")


@pack.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--corpus",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="Texts to compare on: a line each, or JSON lines with text, channel, regions.",
)
@json_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, corpus: Path | None, as_json: bool) -> None:
    """What differs between OLD and NEW: each is `shipped`, `installed`, a folder of packs, or a pack file on
    top of the shipped ones. With --corpus also which findings come and go."""
    home = find_home(ctx.find_root().obj)
    one, other = book_of(old, home), book_of(new, home)
    rules = diff_rules(one, other)
    texts = diff_findings(one, other, documents_of(corpus), today()) if corpus else ()
    if as_json:
        print_json(
            {
                "added": list(rules.added),
                "removed": list(rules.removed),
                "changed": list(rules.changed),
                "texts": [
                    {
                        "number": each.number,
                        "text": each.text,
                        "appear": [finding_dict(finding) for finding in each.appear],
                        "vanish": [finding_dict(finding) for finding in each.vanish],
                    }
                    for each in texts
                ],
            }
        )
        return
    for sign, names in (("+", rules.added), ("-", rules.removed), ("~", rules.changed)):
        for name in names:
            click.echo(f"{sign} {name}")
    for each in texts:
        click.echo(f"\n{each.number}: {show(each.text[:100])}")
        for sign, findings in (("+", each.appear), ("-", each.vanish)):
            for finding in findings:
                click.echo(f"  {sign} {LEVEL_WORDS[finding.level]}  {finding.rule}  “{show(finding.quote)}”")
    counts = f"{len(rules.added)} added, {len(rules.removed)} removed, {len(rules.changed)} changed"
    tail = f"; {len(texts)} texts judged otherwise" if corpus else ""
    click.echo(f"Rules: {counts}{tail}.")


@pack.command()
@json_option
@click.pass_context
def recheck(ctx: click.Context, as_json: bool) -> None:
    """Look at every scheduled and published post again under the rules of today.

    What is scheduled and has a new block or warning is held; the rest goes out as planned.
    """
    with workspace(ctx) as opened:
        found = opened.rechecking.run(person(opened))
    if as_json:
        print_json(
            {
                "checked": found.checked,
                "rebound": list(found.rebound),
                **{
                    name: [
                        {
                            "delivery": one.delivery.id,
                            "findings": [finding_dict(each) for each in one.findings],
                        }
                        for one in newly
                    ]
                    for name, newly in (("held", found.held), ("published", found.published))
                },
            }
        )
        return
    for word, newly in (("Held", found.held), ("Published", found.published)):
        for one in newly:
            rules = ", ".join(sorted({each.rule for each in one.findings}))
            click.echo(
                f"{word}  {one.delivery.id}  {one.delivery.channel:<8}  {one.delivery.title}  ({rules})"
            )
    click.echo(
        f"{found.checked} posts looked at: {len(found.held)} held, {len(found.rebound)} bound to the rules "
        f"of today, {len(found.published)} published ones with something new."
    )


@pack.command()
@click.argument("name")
@click.option("--title", default="")
def new(name: str, title: str) -> None:
    """Write the beginning of a company's pack to standard output. NAME is its id: small letters, digits."""
    if not (name.isascii() and name.isalnum() and name == name.lower()):
        raise UserError("bad_field", field="name", value=name)
    day = today()
    click.echo(
        SKELETON.format(
            name=name,
            upper=name.upper(),
            title=title or name.capitalize(),
            version=f"{day.year}.{day.month}.1",
            today=day,
            review=day.replace(year=day.year + 1, day=min(day.day, 28)),
        ),
        nl=False,
    )


def read_pack(path: Path) -> str:
    """The text of a pack file. Raises PackError `pack_syntax` naming line and column where it is no UTF-8."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        before = content[: problem.start]
        line, column = before.count(b"\n") + 1, problem.start - (before.rfind(b"\n") + 1) + 1
        raise PackError(
            "pack_syntax", file=path.name, line=line, column=column, reason="is not UTF-8 text"
        ) from problem


def book_of(name: str, home: Path) -> Rulebook:
    """The rulebook a word of the command line means."""
    if name == "shipped":
        return Rulebook.from_sources(rule_sources())
    if name == "installed":
        return Rulebook.from_sources(rule_sources() | own_pack_sources(home))
    path = Path(name)
    if path.is_dir():
        found = {f"{one.parent.name}/{one.name}": read_pack(one) for one in sorted(path.rglob("*.toml"))}
        lists = {name: text for name, text in rule_sources().items() if name.startswith("lexicon/")}
        return Rulebook.from_sources(lists | found)
    if path.is_file():
        return Rulebook.from_sources(rule_sources() | {f"{path.stem}/{path.name}": read_pack(path)})
    raise UserError("bad_field", field="pack", value=name)


def documents_of(path: Path) -> Iterator[Document]:
    """The texts of a corpus file."""
    from medvoice.cli.asked import build

    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if not line.strip():
            continue
        asked: Any = {"text": line}
        if line.lstrip().startswith("{"):
            try:
                asked = json.loads(line)
            except ValueError:
                asked = {"text": line}
        known = {
            key: asked[key] for key in ("text", "channel", "regions", "employer", "products") if key in asked
        }
        try:
            yield build(cast(dict[str, object], known))
        except UserError as problem:
            print(problem, file=sys.stderr)


def problem_line(problem: PackError) -> str:
    """A mistake in a pack in one line: file, line and column, or rule and key, and why."""
    params = problem.params
    place = f"{params.get('file', params.get('pack', ''))}:{params.get('line', 1)}"
    if "column" in params:
        place += f":{params['column']}"
    where = " ".join(str(params[key]) for key in ("rule", "key") if params.get(key))
    stays = f"; {params.get('pack')} {params['stays']} stays in force" if "stays" in params else ""
    return f"{place}: {where + ': ' if where else ''}{params.get('reason', problem.code)}{stays}"


def problem_dict(problem: PackError) -> dict[str, object]:
    return {"code": problem.code, **problem.params}


def miss_dict(miss: Miss) -> dict[str, object]:
    return {
        "rule": miss.rule, "pack": miss.pack, "example": miss.number, "text": miss.text, "what": miss.what,
    }  # fmt: skip


def finding_dict(one: Finding) -> dict[str, object]:
    return {"rule": one.rule, "severity": str(one.level), "span": [one.start, one.end], "quote": one.quote}
