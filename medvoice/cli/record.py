"""`medvoice record`: the trail of what was cleared, planned and sent."""

import json

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import to_text
from medvoice.domain.errors import StorageError
from medvoice.domain.record import Record


def as_dict(record: Record) -> dict[str, object]:
    return {
        "number": record.number,
        "at": to_text(record.at),
        "kind": record.kind,
        "by": record.by,
        "draft": record.draft_id,
        "delivery": record.delivery_id,
        "facts": json.loads(record.facts),
        "previous": record.previous,
        "hash": record.hash,
    }


@click.group()
def record() -> None:
    """The append-only record."""


@record.command("list")
@click.option("--draft", "draft_id", default=None)
@click.option("--limit", type=int, default=100)
@json_option
@click.pass_context
def list_records(ctx: click.Context, draft_id: str | None, limit: int, as_json: bool) -> None:
    """The newest entries, oldest first."""
    with workspace(ctx) as opened:
        found = opened.records.list(draft_id=draft_id, limit=limit)
    if as_json:
        print_json([as_dict(item) for item in found])
        return
    for item in found:
        where = item.draft_id or "-"
        click.echo(
            f"{item.number:>5}  {to_text(item.at)}  {item.kind:<12}  {item.by:<14}  {where}  {item.hash[:12]}"
        )
    if not found:
        click.echo("Nothing is recorded yet.")


@record.command("show")
@click.argument("number", type=int)
@click.pass_context
def show(ctx: click.Context, number: int) -> None:
    """One entry, whole, as JSON."""
    with workspace(ctx) as opened:
        print_json(as_dict(opened.records.show(number)))


@record.command("verify")
@json_option
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Check the chain of hashes."""
    with workspace(ctx) as opened:
        broken = opened.records.verify()
    if as_json:
        print_json({"whole": broken is None, "first_broken": broken})
    elif broken is None:
        click.echo("The record is whole: each entry carries the fingerprint of the one before.")
    if broken is not None:
        raise StorageError("record_broken", number=broken)
