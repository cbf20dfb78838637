"""`medvoice slot`: the times of the week that you keep for posting."""

from collections.abc import Callable
from dataclasses import replace

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.draft import CHANNELS
from medvoice.domain.errors import UserError
from medvoice.services.slots import KeptTime
from medvoice.services.topics import Topics

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


def _kept_for(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--topic", default="", help="Only for this topic: its name or its id."),
        click.option("--channel", type=click.Choice(CHANNELS), help="Only for this network."),
    ):
        command = option(command)
    return command


def _topic_id(topics: Topics, given: str) -> str:
    """The id of a topic by its name or id, "" for none. Raises UserError `topic_unknown`."""
    if not given:
        return ""
    wanted = given.strip().casefold()
    for each in topics.list():
        if wanted in (each.id, each.name.casefold()):
            return each.id
    raise UserError("topic_unknown", id=given)


@slot.command("list")
@json_option
@click.pass_context
def list_slots(ctx: click.Context, as_json: bool) -> None:
    """List the times you keep, and the next that are free."""
    with workspace(ctx) as opened:
        kept, free = opened.planning.slots.kept, opened.planning.slots.free(3)
        names = {each.id: each.name for each in opened.topics.list()}
    if as_json:
        print_json(
            {
                "kept": [_row(each, names) for each in kept],
                "free": [{"wall": each.wall, "zone": each.zone} for each in free],
            }
        )
        return
    for each in kept:
        only = [names.get(each.topic_id, ""), each.network]
        words = ", ".join(one for one in only if one)
        click.echo(f"{DAYS[each.weekday]} {each.clock:%H:%M}" + (f"  only {words}" if words else ""))
    for one in free:
        click.echo(f"Free: {one.wall} {one.zone}")


def _row(one: KeptTime, names: dict[str, str]) -> dict[str, str]:
    return {
        "day": DAYS[one.weekday],
        "time": f"{one.clock:%H:%M}",
        "topic": one.topic_id,
        "topic_name": names.get(one.topic_id, ""),
        "channel": one.network,
    }


@slot.command("keep")
@click.argument("day", type=click.Choice(DAYS))
@click.argument("clock", metavar="TIME")
@_kept_for
@click.pass_context
def keep(ctx: click.Context, day: str, clock: str, topic: str, channel: str | None) -> None:
    """Keep a time of the week, such as: tuesday 08:10 --topic "Real-world evidence" --channel linkedin"""
    with workspace(ctx) as opened:
        one = replace(_time(day, clock), topic_id=_topic_id(opened.topics, topic), network=channel or "")
        opened.planning.slots.keep_time(one, True)
    click.echo("Kept.")


@slot.command("drop")
@click.argument("day", type=click.Choice(DAYS))
@click.argument("clock", metavar="TIME")
@_kept_for
@click.pass_context
def drop(ctx: click.Context, day: str, clock: str, topic: str, channel: str | None) -> None:
    """Keep a time no more."""
    with workspace(ctx) as opened:
        one = replace(_time(day, clock), topic_id=_topic_id(opened.topics, topic), network=channel or "")
        if one not in opened.planning.slots.kept:
            raise click.UsageError("You keep no such time. List them: medvoice slot list")
        opened.planning.slots.keep_time(one, False)
    click.echo("Dropped.")
