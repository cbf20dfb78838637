"""`medvoice rule`: one rule in full: what it finds, where it counts, and the rulings behind it."""

from collections.abc import Iterable

import click

from medvoice.bootstrap import load_rulebook
from medvoice.cli.shared import json_option, print_json
from medvoice.compliance.report import LEVEL_WORDS, LIFT_WORDS, show
from medvoice.compliance.ruling import Ruling, rulings_for
from medvoice.compliance.spec import RuleSpec, SeveritySpec
from medvoice.domain.errors import UserError
from medvoice.domain.finding import Level
from medvoice.services.checking import Rulebook

SHOWN = 2  # examples of each side


@click.group()
def rule() -> None:
    """The rules themselves."""


@rule.command(name="list")
@click.argument("words", nargs=-1)
@json_option
@click.pass_context
def list_rules(ctx: click.Context, words: tuple[str, ...], as_json: bool) -> None:
    """All rules in force by id, or those whose id, title or category holds all WORDS."""
    book = load_rulebook(ctx.find_root().obj)
    rows = [one for one in rules_of(book) if all(word.lower() in haystack(one) for word in words)]
    if as_json:
        print_json(
            [
                {"id": one.id, "title": one.title, "category": one.category, "pack": one.pack}
                for one in sorted(rows, key=lambda one: one.id)
            ]
        )
        return
    for one in sorted(rows, key=lambda one: one.id):
        click.echo(f"{one.id:<18} {one.category:<32} {one.title}")
    click.echo(f"{len(rows)} rules.")


@rule.command(name="show")
@click.argument("rule_id", metavar="ID")
@json_option
@click.pass_context
def show_rule(ctx: click.Context, rule_id: str, as_json: bool) -> None:
    """A rule in full: what was a breach, what was none, by which case and of which day."""
    book = load_rulebook(ctx.find_root().obj)
    spec = next((one for one in rules_of(book) if one.id == rule_id.upper()), None)
    if spec is None:
        raise UserError("rule_unknown", id=rule_id)
    rulings = rulings_for(spec.id, book.loaded.rulings)
    if as_json:
        print_json(plain(spec, rulings))
        return
    click.echo("\n".join(lines_of(spec, rulings)))


def rules_of(book: Rulebook) -> tuple[RuleSpec, ...]:
    """The rules in force, as packs and changes left them."""
    return tuple(one for pack in book.loaded.packs for one in pack.rules)


def haystack(one: RuleSpec) -> str:
    return f"{one.id} {one.title} {one.category}".lower()


def level_line(entry: SeveritySpec) -> str:
    """ "Must fix in EU, UK if own_product (way out: …)"."""
    words = "As the finding it stands on" if entry.level == "inherit" else LEVEL_WORDS[Level(entry.level)]
    where = f" in {', '.join(entry.regions)}" if entry.regions else ""
    condition = f" if {entry.condition}" if entry.condition else ""
    lift = f". {LIFT_WORDS[entry.lift]}" if entry.lift else ""
    return f"{words}{where}{condition}{lift}"


def lines_of(spec: RuleSpec, rulings: Iterable[Ruling]) -> list[str]:
    """For a terminal."""
    lines = [f"{spec.id}  {spec.title}", f"  {spec.category}, pack {spec.pack}, version {spec.version}", ""]
    lines += [spec.why, spec.advice, "", "Level"]
    lines += [f"  {level_line(entry)}" for entry in spec.severity]
    lines += [f"  Confidence: {spec.confidence}. Reads: {', '.join(spec.languages)}."]
    lines += ["", "Basis"]
    for source in spec.citations:
        dated = f", {source.dated}" if source.dated else ""
        unsure = "" if source.is_verified else " (not verified)"
        lines.append(f"  {source.doc}{dated}{unsure} {source.url}".rstrip())
    for ruling in rulings:
        unsure = "" if ruling.is_verified else " (not verified)"
        lines += ["", f"{ruling.body} {ruling.id}, {ruling.dated}{unsure} {ruling.url}".rstrip()]
        if ruling.breach:
            lines.append(f"  Objected to: {ruling.breach}")
        if ruling.passed:
            lines.append(f"  Not objected to: {ruling.passed}")
    lines += ["", "Examples, invented"]
    for word, is_hit in (("found", True), ("passes", False)):
        lines += [f"  {word:<7} {show(text)}" for text in examples_of(spec, is_hit)]
    return lines


def examples_of(spec: RuleSpec, is_hit: bool) -> list[str]:
    """The first examples of one side, each in one line."""
    found = [one.text for one in spec.examples if one.hit == is_hit]
    return [" ".join(text.split()) for text in found[:SHOWN]]


def plain(spec: RuleSpec, rulings: Iterable[Ruling]) -> dict[str, object]:
    """The same as JSON-able values."""
    return {
        "id": spec.id,
        "version": spec.version,
        "title": spec.title,
        "category": spec.category,
        "pack": spec.pack,
        "why": spec.why,
        "advice": spec.advice,
        "confidence": spec.confidence,
        "languages": list(spec.languages),
        "levels": [
            {
                "level": entry.level,
                "regions": list(entry.regions) if entry.regions else "all",
                "if": entry.condition,
                "lift": entry.lift,
            }
            for entry in spec.severity
        ],
        "basis": [
            {"doc": one.doc, "url": one.url, "dated": one.dated, "verified": one.is_verified}
            for one in spec.citations
        ],
        "rulings": [
            {
                "case": one.id,
                "body": one.body,
                "dated": one.dated,
                "breach": one.breach,
                "passed": one.passed,
                "url": one.url,
                "verified": one.is_verified,
            }
            for one in rulings
        ],
        "found": examples_of(spec, True),
        "passes": examples_of(spec, False),
    }
