"""`medvoice plan`: what is missing, and when there is room for it."""

import click

from medvoice.cli.shared import json_option, print_json, workspace


@click.group()
def plan() -> None:
    """What your topics ask for."""


@plan.command("suggest")
@json_option
@click.pass_context
def suggest(ctx: click.Context, as_json: bool) -> None:
    """Topics whose rhythm has run out, each with a free slot, and quiet stretches ahead."""
    with workspace(ctx) as opened:
        zone = opened.identity.get().zone
        gaps, quiet = opened.planning.gaps(zone), opened.planning.quiet(zone)
    if as_json:
        shown = [
            {
                "topic": gap.topic.id,
                "name": gap.topic.name,
                "last": gap.last_on.isoformat() if gap.last_on else None,
                "due": gap.due_on.isoformat(),
                "every_days": gap.topic.cadence_days,
                "slot": {"wall": gap.slot.wall, "zone": gap.slot.zone, "why": gap.slot.why}
                if gap.slot
                else None,
            }
            for gap in gaps
        ]
        still = [{"from": each.first.isoformat(), "to": each.last.isoformat()} for each in quiet]
        print_json({"gaps": shown, "quiet": still})
        return
    for gap in gaps:
        since = f"since {gap.last_on}" if gap.last_on else "yet"
        free = f" Free: {gap.slot.wall} {gap.slot.zone}." if gap.slot else ""
        click.echo(
            f"No {gap.topic.name} post {since}; the plan is every {gap.topic.cadence_days} days.{free}"
        )
    for each in quiet:
        click.echo(f"Quiet from {each.first} to {each.last}. Fine if you planned it.")
    if not gaps and not quiet:
        click.echo("Nothing is missing.")
