"""`medvoice prompt`: what you want to be reminded to write, again and again."""

from datetime import date, time

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import utc_to_wall
from medvoice.domain.recurrence import read_recurrence
from medvoice.services.prompts import FIRST_HOUR, Prompt, Prompts

SHIFTS = {
    "skipped": " (the clocks skip that hour: when they have jumped)",
    "twice": " (that hour comes twice: the first)",
}


@click.group()
def prompt() -> None:
    """Recurring prompts. Each becomes an idea at its time; none is ever posted by itself."""


def _clock(text: str) -> time:
    try:
        hour, minute = (int(part) for part in text.split(":"))
        return time(hour, minute)
    except ValueError as problem:
        raise click.UsageError(f"“{text}” is not a time. Write it as 08:10.") from problem


@prompt.command("add")
@click.argument("words")
@click.option("--every", type=click.Choice(["week", "month"]), default="week", show_default=True)
@click.option("--on", required=True, help='"tuesday"; for a month "first tuesday", "last friday" or 31.')
@click.option("--step", type=click.IntRange(1, 52), default=1, help="Every so many weeks or months.")
@click.option("--at", default=f"{FIRST_HOUR:%H:%M}", show_default=True, help="Time of day in your zone.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="The first day that counts.")
@click.option("--topic", "topic_id", default=None)
@json_option
@click.pass_context
def add(
    ctx: click.Context, words: str, every: str, on: str, step: int, at: str, start: object,
    topic_id: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Add a prompt, such as: "A paper in plain words" --every month --on "first tuesday" """
    with workspace(ctx) as opened:
        first: date = start.date() if start is not None else opened.prompts.today()  # type: ignore[attr-defined]
        rule = read_recurrence(every, on, step, first)
        made = opened.prompts.add(words, rule, _clock(at), topic_id)
        _tell(opened.prompts, made, as_json)


@prompt.command("list")
@json_option
@click.pass_context
def list_prompts(ctx: click.Context, as_json: bool) -> None:
    """List the prompts with their next moments."""
    with workspace(ctx) as opened:
        prompts = opened.prompts.list()
        if as_json:
            print_json([_row(opened.prompts, each) for each in prompts])
            return
        for each in prompts:
            _tell(opened.prompts, each, as_json=False)
    if not prompts:
        click.echo('No prompts yet. Add one: medvoice prompt add "A question to peers" --on thursday')


@prompt.command("remove")
@click.argument("prompt_id", metavar="PROMPT")
@click.pass_context
def remove(ctx: click.Context, prompt_id: str) -> None:
    """End a prompt. The ideas it made stay."""
    with workspace(ctx) as opened:
        opened.prompts.remove(prompt_id)
    click.echo("Removed. Its ideas are kept.")


@prompt.command("rest")
@click.argument("prompt_id", metavar="PROMPT")
@click.pass_context
def rest(ctx: click.Context, prompt_id: str) -> None:
    """Let a prompt rest."""
    with workspace(ctx) as opened:
        opened.prompts.set_on(prompt_id, False)
    click.echo("It rests.")


@prompt.command("resume")
@click.argument("prompt_id", metavar="PROMPT")
@click.pass_context
def resume(ctx: click.Context, prompt_id: str) -> None:
    """Let a prompt go on."""
    with workspace(ctx) as opened:
        _tell(opened.prompts, opened.prompts.set_on(prompt_id, True), as_json=False)


def _row(prompts: Prompts, one: Prompt) -> dict[str, object]:
    zone = prompts.identity.get().zone
    moments = [{"wall": utc_to_wall(each.at, zone), "shift": each.shift} for each in prompts.upcoming(one)]
    return {
        "id": one.id, "words": one.words, "every": one.rule.every, "step": one.rule.step,
        "weekday": one.rule.weekday, "nth": one.rule.nth, "day": one.rule.day, "at": f"{one.clock:%H:%M}",
        "zone": zone, "topic": one.topic_id, "on": one.is_on, "next": moments if one.is_on else [],
    }  # fmt: skip


def _tell(prompts: Prompts, one: Prompt, as_json: bool) -> None:
    if as_json:
        print_json(_row(prompts, one))
        return
    click.echo(f"{one.id}  {one.words}" + ("" if one.is_on else "  (resting)"))
    zone = prompts.identity.get().zone
    for each in prompts.upcoming(one) if one.is_on else ():
        click.echo(f"  {utc_to_wall(each.at, zone)} {zone}{SHIFTS.get(each.shift, '')}")
