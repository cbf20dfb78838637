"""`medvoice draft route` and `misread`: the two ways out when a text may tell of an adverse event."""

import click

from medvoice.cli.shared import person, workspace
from medvoice.domain.clock import wall_to_utc


@click.command()
@click.argument("draft_id", metavar="DRAFT")
@click.argument("rule")
@click.option("--reference", required=True, help="The reference that your safety contact gave you.")
@click.option("--aware", required=True, metavar="'YYYY-MM-DD HH:MM'", help="When you became aware of it.")
@click.option("--zone", default=None, help="IANA zone of that time; else the profile's.")
@click.option("--note", default="", help="Never the person's data.")
@click.pass_context
def route(
    ctx: click.Context, draft_id: str, rule: str, reference: str, aware: str, zone: str | None, note: str
) -> None:
    """Record that a possible adverse event went to safety. Deleting the text does not do this."""
    with workspace(ctx) as opened:
        aware_at = wall_to_utc(aware, zone or opened.identity.get().zone)
        opened.clearing.route(draft_id, rule, reference, aware_at, person(opened), note)
    click.echo(f"Recorded: routed to safety under {reference}.")


@click.command()
@click.argument("draft_id", metavar="DRAFT")
@click.argument("rule")
@click.option("--reason", required=True, help="At least ten characters; it is recorded.")
@click.pass_context
def misread(ctx: click.Context, draft_id: str, rule: str, reason: str) -> None:
    """Record that the tool misread this: no adverse event is told here."""
    with workspace(ctx) as opened:
        opened.clearing.misread(draft_id, rule, reason, person(opened))
    click.echo("Recorded, with your reason.")
