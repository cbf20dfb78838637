"""`medvoice schedule`: plan a draft, clearing it first if that is possible."""

import click

from medvoice.cli.clear import show_left
from medvoice.cli.shared import delivery_dict, delivery_line, json_option, person, print_json, workspace
from medvoice.domain.errors import FindingsBlock


@click.command()
@click.argument("draft_id", metavar="DRAFT")
@click.option("--channel", "channels", multiple=True, type=click.Choice(["linkedin", "x"]))
@click.option("--at", "wall", required=True, metavar="'YYYY-MM-DD HH:MM'")
@click.option("--zone", default=None, help="IANA zone, for instance Europe/Berlin; else the profile's.")
@click.option("--tick", "ticks", multiple=True, metavar="CODE")
@click.option("--by-hand", is_flag=True, help="You post it yourself at that moment.")
@json_option
@click.pass_context
def schedule(
    ctx: click.Context,
    draft_id: str,
    channels: tuple[str, ...],
    wall: str,
    zone: str | None,
    ticks: tuple[str, ...],
    by_hand: bool,
    as_json: bool,
) -> None:
    """Clear and plan DRAFT in one step."""
    with workspace(ctx) as opened:
        where = zone or opened.identity.get().zone
        try:
            planned = opened.queueing.schedule(
                draft_id, wall, where, person(opened), channels, ticks, by_hand
            )
        except FindingsBlock as problem:
            show_left(problem, as_json)
            ctx.exit(1)
            return
    if as_json:
        print_json([delivery_dict(item) for item in planned])
        return
    for item in planned:
        click.echo(delivery_line(item))
