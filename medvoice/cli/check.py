"""`medvoice check`: what the rules find in a text. Needs no workspace and touches none."""

import json
import sys
from datetime import date
from typing import cast

import click

from medvoice.bootstrap import load_rulebook
from medvoice.cli.draft import read_file
from medvoice.compliance import report
from medvoice.compliance.by_region import ByRegion, compare, to_lines, to_plain
from medvoice.compliance.engine import SentenceCache
from medvoice.compliance.engine import check as check_document
from medvoice.compliance.surfaces import Attached, Attachment, check_attached
from medvoice.domain.channel.measure import Measure, measure
from medvoice.domain.clock import SystemClock
from medvoice.domain.errors import UserError
from medvoice.domain.finding import REGIONS, SURFACES, CheckResult, Document, Level, Product
from medvoice.services.checking import Rulebook

# Characters of a LinkedIn comment or answer, and of the About text of a profile.
LIMITS = {"comment": 1_250, "reply": 1_250, "first_comment": 1_250, "profile": 2_600}


@click.command()
@click.argument("file", default="-")
@click.option("--channel", type=click.Choice(["linkedin", "x"]), default="linkedin")
@click.option("--region", "regions", multiple=True, help="Repeatable; US, EU and UK when none is named.")
@click.option("--employer", default="")
@click.option("--product", "products", multiple=True, help="A product of your own company. Repeatable.")
@click.option("--surface", type=click.Choice(SURFACES), default="post")
@click.option("--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--alt-text", "alt_texts", multiple=True, help="The alt text of an image. Repeatable.")
@click.option("--first-comment", default="", help="What you put under the post at once.")
@click.option("--explain-regions", is_flag=True, help="Each region alone: what passes here and not there.")
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
    alt_texts: tuple[str, ...],
    first_comment: str,
    explain_regions: bool,
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
    attachments = [Attachment("alt_text", one) for one in alt_texts]
    if first_comment:
        attachments.append(Attachment("first_comment", first_comment))
    result, attached = check_attached(document, attachments, rulebook.ruleset, day)
    view = compare(document, rulebook.ruleset, day, regions_asked(regions)) if explain_regions else None
    show(document, result, attached, view, style)
    is_blocked = result.is_blocked or any(
        finding.level is Level.BLOCK for one in attached for finding in one.findings
    )
    ctx.exit(1 if is_blocked else 0)


def show(
    document: Document,
    result: CheckResult,
    attached: tuple[Attached, ...],
    view: ByRegion | None,
    style: str,
) -> None:
    """Print the answer as text, JSON or SARIF."""
    length = length_of(document)
    if style == "sarif":
        click.echo(json.dumps(report.to_sarif(document, result), ensure_ascii=True, indent=2))
    elif style == "json":
        answer = report.to_dict(None, document, result, length)
        if attached:
            answer["attachments"] = [report.attached_dict(one) for one in attached]
        if view:
            answer["by_region"] = to_plain(view)
        click.echo(json.dumps(answer, ensure_ascii=True, indent=2))
    else:
        click.echo(report.to_text(document, result, length))
        for one in attached:
            click.echo(report.attached_text(one))
        if view:
            click.echo("\n".join(to_lines(view, report.LEVEL_WORDS)))


def regions_asked(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The regions to set side by side: those named, or all."""
    return tuple(region.upper() for region in regions) if len(regions) > 1 else REGIONS


def length_of(document: Document) -> Measure:
    """How long the text is, by the limit of its surface."""
    limit = LIMITS.get(document.surface) if document.channel == "linkedin" else None
    return measure(document.text, document.channel, limit_override=limit)


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
    length = length_of(document)
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
