"""`medvoice slot`: the times of the week that you keep for posting."""

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.services.slots import KeptTime

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@click.group()
def slot() -> None:
    """Your times of the week, and what is free of them."""


def _time(day: str, clock: str) -> KeptTime:
    try:
        hour, minute = (int(part) for part in clock.split(":"))
        if not (0 <= hour < 24 and 0 <= minute < 60):
            raise ValueError
    except ValueError as problem:
        raise click.UsageError(f"“{clock}” is not a time. Write it as 08:10.") from problem
    return KeptTime(DAYS.index(day), hour, minute)


@slot.command("list")
@json_option
@click.pass_context
def list_slots(ctx: click.Context, as_json: bool) -> None:
    """List the times you keep, and the next that are free."""
    with workspace(ctx) as opened:
        kept, free = opened.planning.slots.kept, opened.planning.slots.free(3)
    if as_json:
        times = [{"day": DAYS[each.weekday], "time": f"{each.clock:%H:%M}"} for each in kept]
        print_json({"kept": times, "free": [{"wall": each.wall, "zone": each.zone} for each in free]})
        return
    for each in kept:
        click.echo(f"{DAYS[each.weekday]} {each.clock:%H:%M}")
    for one in free:
        click.echo(f"Free: {one.wall} {one.zone}")


@slot.command("keep")
@click.argument("day", type=click.Choice(DAYS))
@click.argument("clock", metavar="TIME")
@click.pass_context
def keep(ctx: click.Context, day: str, clock: str) -> None:
    """Keep a time of the week, such as: tuesday 08:10"""
    with workspace(ctx) as opened:
        opened.planning.slots.keep_time(_time(day, clock), True)
    click.echo("Kept.")


@slot.command("drop")
@click.argument("day", type=click.Choice(DAYS))
@click.argument("clock", metavar="TIME")
@click.pass_context
def drop(ctx: click.Context, day: str, clock: str) -> None:
    """Keep a time no more."""
    with workspace(ctx) as opened:
        opened.planning.slots.keep_time(_time(day, clock), False)
    click.echo("Dropped.")
