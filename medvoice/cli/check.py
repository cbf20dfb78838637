"""`medvoice check`: what the rules find in a text. Needs no workspace and touches none."""

import json
import sys
from datetime import date
from typing import cast

import click

from medvoice.bootstrap import load_rulebook
from medvoice.cli.draft import read_file
from medvoice.compliance import report
from medvoice.compliance.engine import SentenceCache
from medvoice.compliance.engine import check as check_document
from medvoice.domain.channel.measure import measure
from medvoice.domain.clock import SystemClock
from medvoice.domain.errors import UserError
from medvoice.domain.finding import REGIONS, Document, Product
from medvoice.services.checking import Rulebook

SURFACES = ("post", "comment", "reply", "reshare", "profile", "alt_text")


@click.command()
@click.argument("file", default="-")
@click.option("--channel", type=click.Choice(["linkedin", "x"]), default="linkedin")
@click.option("--region", "regions", multiple=True, help="Repeatable; US, EU and UK when none is named.")
@click.option("--employer", default="")
@click.option("--product", "products", multiple=True, help="A product of your own company. Repeatable.")
@click.option("--surface", type=click.Choice(SURFACES), default="post")
@click.option("--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line, answer one a line.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Judge by this day.")
@click.pass_context
def check(
    ctx: click.Context,
    file: str,
    channel: str,
    regions: tuple[str, ...],
    employer: str,
    products: tuple[str, ...],
    surface: str,
    style: str,
    jsonl: bool,
    as_of: object,
) -> None:
    """Check FILE, or standard input. Exit code 1 when a finding blocks."""
    day = as_of.date() if hasattr(as_of, "date") else SystemClock().now().date()  # pyright: ignore
    rulebook = load_rulebook(ctx.find_root().obj)
    if jsonl:
        stream(rulebook, day, channel, regions)
        return
    document = build(
        {
            "text": read_file(file),
            "channel": channel,
            "regions": list(regions),
            "employer": employer,
            "products": list(products),
            "surface": surface,
        }
    )
    result = check_document(document, rulebook.ruleset, day)
    length = measure(document.text, document.channel)
    if style == "json":
        click.echo(json.dumps(report.to_dict(None, document, result, length), ensure_ascii=True, indent=2))
    elif style == "sarif":
        click.echo(json.dumps(report.to_sarif(document, result), ensure_ascii=True, indent=2))
    else:
        click.echo(report.to_text(document, result, length))
    ctx.exit(1 if result.is_blocked else 0)


def stream(rulebook: Rulebook, day: date, channel: str, regions: tuple[str, ...]) -> None:
    """Answer each line as it comes; a bad line is answered with its problem, in its place."""
    cache = SentenceCache()
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        click.echo(json.dumps(answer(rulebook, day, line, channel, regions, cache), ensure_ascii=True))
        sys.stdout.flush()


def answer(
    rulebook: Rulebook,
    day: date,
    line: bytes,
    channel: str,
    regions: tuple[str, ...],
    cache: SentenceCache | None = None,
) -> dict[str, object]:
    """The result of one JSONL line; with `cache` sentences seen before cost next to nothing."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return {"error": f"not JSON: {problem}"}
    if not isinstance(asked, dict):
        return {"error": "not a JSON object"}
    fields = cast(dict[str, object], asked)
    try:
        document = build({"channel": channel, "regions": list(regions)} | fields)
    except UserError as problem:
        known: dict[str, object] = {"id": fields["id"]} if "id" in fields else {}
        return known | {"error": str(problem)}
    result = check_document(document, rulebook.ruleset, day, cache)
    length = measure(document.text, document.channel)
    return report.to_dict(fields.get("id"), document, result, length)


def build(asked: dict[str, object]) -> Document:
    """A document from plain values. Raises UserError `bad_field` naming the field."""
    text = asked.get("text")
    if not isinstance(text, str):
        raise UserError("bad_field", field="text")
    channel = asked.get("channel") or "linkedin"
    if channel not in ("linkedin", "x"):
        raise UserError("bad_field", field="channel", value=channel)
    surface = asked.get("surface") or "post"
    if surface not in SURFACES:
        raise UserError("bad_field", field="surface", value=surface)
    employer = asked.get("employer") or ""
    if not isinstance(employer, str):
        raise UserError("bad_field", field="employer")
    length = measure(text, channel)
    is_thread = channel == "x" and len(length.parts) > 1
    return Document(
        text=text,
        channel=channel,
        regions=_regions(asked.get("regions")),
        surface=surface,
        employer=employer,
        products=_products(asked.get("products")),
        parts=tuple((part.start, part.end) for part in length.parts) if is_thread else (),
    )


def _regions(value: object) -> tuple[str, ...]:
    if value in (None, [], ""):
        return ("US", "EU", "UK")
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserError("bad_field", field="regions")
    regions = tuple(item.upper() for item in value)
    for region in regions:
        if region not in REGIONS:
            raise UserError("bad_field", field="regions", value=region)
    return regions


def _products(value: object) -> tuple[Product, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UserError("bad_field", field="products")
    return tuple(Product(item) for item in value if item.strip())
