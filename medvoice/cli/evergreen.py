"""`medvoice evergreen`: posts that may return."""

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import to_text


@click.group()
def evergreen() -> None:
    """Posts that come back as an idea after some time and ask: is it still true?"""


@evergreen.command("add")
@click.argument("draft_id", metavar="DRAFT")
@click.option("--weeks", type=int, default=26, show_default=True)
@click.pass_context
def add(ctx: click.Context, draft_id: str, weeks: int) -> None:
    """Let a published post return."""
    with workspace(ctx) as opened:
        made = opened.evergreens.add(draft_id, weeks)
    click.echo(f"It comes back as an idea on {made.due_at:%Y-%m-%d}. It asks whether it is still true.")


@evergreen.command("list")
@json_option
@click.pass_context
def list_evergreens(ctx: click.Context, as_json: bool) -> None:
    """List the posts that may return."""
    with workspace(ctx) as opened:
        found = opened.evergreens.titled()
    if as_json:
        print_json(
            [
                {"draft": each.draft_id, "title": title, "weeks": each.weeks,
                 "due_at": to_text(each.due_at)}
                for each, title in found
            ]
        )  # fmt: skip
        return
    for each, title in found:
        click.echo(f"{each.due_at:%Y-%m-%d}  {each.draft_id}  {title}")
    if not found:
        click.echo("No post returns. Let one: medvoice evergreen add DRAFT --weeks 26")


@evergreen.command("remove")
@click.argument("draft_id", metavar="DRAFT")
@click.pass_context
def remove(ctx: click.Context, draft_id: str) -> None:
    """Let a post return no more."""
    with workspace(ctx) as opened:
        opened.evergreens.remove(draft_id)
    click.echo("It returns no more. The post stays as it is.")
