"""`medvoice check`: what the rules find in a text. Needs no workspace and touches none."""

import json
import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import click

from medvoice.bootstrap import load_rulebook
from medvoice.cli.asked import ACTIONS, OWN_WORDS, Asked, ask, length_of, text_or_file
from medvoice.cli.draft import read_file
from medvoice.compliance import report
from medvoice.compliance.by_region import ByRegion, compare, to_lines, to_plain
from medvoice.compliance.engine import SentenceCache
from medvoice.compliance.reply import QUESTION, Question, beside_question, check_question, of_question
from medvoice.compliance.ruleset import Ruleset
from medvoice.compliance.sarif import to_sarif
from medvoice.compliance.surfaces import Attached, check_attached
from medvoice.domain.clock import SystemClock
from medvoice.domain.errors import UserError
from medvoice.domain.finding import REGIONS, SURFACES, CheckResult, Finding, Level
from medvoice.services.checking import Rulebook


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say of all that was asked. `by_region` is there when it was asked for."""

    asked: Asked
    result: CheckResult
    attached: tuple[Attached, ...] = ()
    question: Question | None = None
    by_region: ByRegion | None = None

    @property
    def is_blocked(self) -> bool:
        """A must-fix finding in any of the texts. A question that is rightly passed on stops nothing; one
        that may tell of a side effect does, until safety was told."""
        return (
            self.result.is_blocked
            or any(one.level is Level.BLOCK for each in self.attached for one in each.findings)
            or (self.question is not None and self.question.goes_to_safety)
        )


@click.command()
@click.argument("file", default="-")
@click.option("--channel", type=click.Choice(["linkedin", "x"]), default="linkedin")
@click.option("--region", "regions", multiple=True, help="Repeatable; US, EU and UK when none is named.")
@click.option("--employer", default="")
@click.option("--product", "products", multiple=True, help="A product of your own company. Repeatable.")
@click.option("--surface", type=click.Choice(SURFACES), default="post", help="What the text is.")
@click.option("--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--alt-text", multiple=True, help="The alt text of an image. Repeatable; words or a file.")
@click.option("--document", multiple=True, help="The words of a document or carousel; words or a file.")
@click.option("--link", multiple=True, help="The address a link goes to. Repeatable.")
@click.option("--link-text", multiple=True, help="The words of a link or its preview. Repeatable.")
@click.option("--first-comment", multiple=True, help="What you put under the post at once; words or a file.")
@click.option("--headline", multiple=True, help="With --surface profile: your headline.")
@click.option("--question", default="", help="What a reply or comment answers; words or a file.")
@click.option("--action", type=click.Choice(ACTIONS), default=None, help="With --surface reaction.")
@click.option("--words", default="", help="Your own words above or below what you share; words or a file.")
@click.option("--explain-regions", is_flag=True, help="Each region alone: what passes here and not there.")
@click.option("--jsonl", is_flag=True, help="Read one JSON object a line, answer one a line.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Judge by this day.")
@click.pass_context
def check(ctx: click.Context, file: str, jsonl: bool, as_of: object, style: str, **options: Any) -> None:
    """Check FILE, or standard input. Exit code 1 when a finding blocks."""
    day = as_of.date() if hasattr(as_of, "date") else SystemClock().now().date()  # pyright: ignore
    rulebook = load_rulebook(ctx.find_root().obj)
    if jsonl:
        stream(rulebook, day, options["channel"], options["regions"])
        return
    asked = ask({"text": read_file(file), **fields_of(options)})
    answered = judge(asked, rulebook.ruleset, day, SentenceCache())
    if options["explain_regions"]:
        view = compare(asked.document, rulebook.ruleset, day, regions_asked(options["regions"]))
        answered = replace(answered, by_region=view)
    show(answered, style)
    ctx.exit(1 if answered.is_blocked else 0)


def fields_of(options: dict[str, Any]) -> dict[str, object]:
    """The options of the command line as the fields of a JSON line. Raises UserError `bad_field` for one that
    the surface has no use for."""
    surface, action = options["surface"], options["action"]
    beside = [
        *(("alt_text", text_or_file(one)) for one in options["alt_text"]),
        *(("document", text_or_file(one)) for one in options["document"]),
        *(("link", one) for one in (*options["link_text"], *options["link"])),
        *(("first_comment", text_or_file(one)) for one in options["first_comment"]),
        *(("profile", one) for one in options["headline"]),
    ]
    for name, wanted in (("headline", "profile"), ("action", "reaction"), ("words", "reaction")):
        if options[name] and surface != wanted:
            raise UserError("bad_field", field=name, value=f"needs --surface {wanted}")
    if options["words"]:
        beside.append((OWN_WORDS[action or "share"], text_or_file(options["words"])))
    return {
        "channel": options["channel"],
        "regions": list(options["regions"]),
        "employer": options["employer"],
        "products": list(options["products"]),
        "surface": surface,
        "question": text_or_file(options["question"]),
        "action": (action or "like") if surface == "reaction" else "",
        "attachments": [{"surface": name, "text": text} for name, text in beside],
    }


def judge(asked: Asked, ruleset: Ruleset, day: date, cache: SentenceCache) -> Answer:
    """Check all that was asked. Deterministic."""
    document = asked.document
    if document.surface == QUESTION:
        result, attached = check_attached(document, (), ruleset, day, cache)
        return Answer(asked, replace(result, findings=of_question(result, ruleset)))
    result, attached = check_attached(document, asked.attachments, ruleset, day, cache)
    if not asked.question:
        return Answer(asked, result, attached)
    question = check_question(document, asked.question, ruleset, day, cache)
    result = beside_question(result, document, question, ruleset, day, cache)
    return Answer(asked, result, attached, question)


def show(answered: Answer, style: str) -> None:
    """Print the answer as text, JSON or SARIF."""
    document, result = answered.asked.document, answered.result
    if style == "sarif":
        click.echo(json.dumps(to_sarif(document, result, beside(answered)), ensure_ascii=True, indent=2))
    elif style == "json":
        click.echo(json.dumps(plain(None, answered), ensure_ascii=True, indent=2))
    else:
        if answered.question is not None:
            click.echo(report.question_text(answered.question))
        if answered.asked.action:
            click.echo(f"Before you {answered.asked.action} this:")
        click.echo(report.to_text(document, result, length_of(document)))
        for one in answered.attached:
            click.echo(report.attached_text(one))
        if answered.by_region:
            click.echo("\n".join(to_lines(answered.by_region, report.LEVEL_WORDS)))


def beside(answered: Answer) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """The other texts by the name that SARIF gives them, with their findings."""
    rows = [
        (f"{one.attachment.surface}-{number}.txt", one.attachment.text, one.findings)
        for number, one in enumerate(answered.attached, 1)
    ]
    if answered.question is not None:
        rows.append(("question.txt", answered.question.text, answered.question.findings))
    return rows


def plain(document_id: object, answered: Answer) -> dict[str, object]:
    """The answer as JSON-able values; what was not asked is not in it."""
    document = answered.asked.document
    found = report.to_dict(document_id, document, answered.result, length_of(document))
    found["blocked"] = answered.is_blocked
    if answered.asked.action:
        found["action"] = answered.asked.action
    if answered.question is not None:
        found["question"] = report.question_dict(answered.question)
    if answered.attached:
        found["attachments"] = [report.attached_dict(one) for one in answered.attached]
    if answered.by_region:
        found["by_region"] = to_plain(answered.by_region)
    return found


def regions_asked(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The regions to set side by side: those named, or all."""
    return tuple(region.upper() for region in regions) if len(regions) > 1 else REGIONS


def stream(rulebook: Rulebook, day: date, channel: str, regions: tuple[str, ...]) -> None:
    """Answer each line as it comes; a bad line is answered with its problem, in its place."""
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        click.echo(json.dumps(answer(rulebook, day, line, channel, regions), ensure_ascii=True))
        sys.stdout.flush()


def answer(
    rulebook: Rulebook,
    day: date,
    line: bytes,
    channel: str,
    regions: tuple[str, ...],
) -> dict[str, object]:
    """The result of one JSONL line. Nothing is kept for the next: hardly a sentence comes twice, and
    thousands of kept ones make each check a third dearer."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return {"error": f"not JSON: {problem}"}
    if not isinstance(asked, dict):
        return {"error": "not a JSON object"}
    fields = cast(dict[str, object], asked)
    try:
        wanted = ask({"channel": channel, "regions": list(regions)} | fields)
    except UserError as problem:
        known: dict[str, object] = {"id": fields["id"]} if "id" in fields else {}
        return known | {"error": str(problem)}
    return plain(fields.get("id"), judge(wanted, rulebook.ruleset, day, SentenceCache()))
