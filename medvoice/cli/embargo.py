"""`medvoice embargo`: which draft draws on which abstract, and until when that holds it back."""

import click

from medvoice.cli.event import embargo_dict, embargo_line, say_held
from medvoice.cli.shared import json_option, person, print_json, workspace


@click.group()
def embargo() -> None:
    """Embargoes: until when a draft may not go out."""


@embargo.command("list")
@click.argument("draft_id", metavar="[DRAFT]", required=False)
@json_option
@click.pass_context
def list_embargoes(ctx: click.Context, draft_id: str | None, as_json: bool) -> None:
    """List the embargoes of a draft, or all that are not over."""
    with workspace(ctx) as opened:
        now = opened.clock.now()
        embargoes = opened.congresses.embargoes
        if draft_id:
            opened.drafting.get(draft_id)
            found = embargoes.of(draft_id)
        else:
            events = opened.congresses.store.events()
            every = [each for event in events for each in embargoes.of_event(event.id)]
            found = tuple(each for each in every if not each.lift.is_over(now))
    if as_json:
        print_json([embargo_dict(each) | {"is_over": each.lift.is_over(now)} for each in found])
        return
    for each in found:
        click.echo(embargo_line(each) + ("  (over)" if each.lift.is_over(now) else ""))
    if not found:
        click.echo("No abstract holds this draft back." if draft_id else "No embargo is open.")


@embargo.command("tie")
@click.argument("draft_id", metavar="DRAFT")
@click.argument("abstract_id", metavar="ABSTRACT")
@click.pass_context
def tie(ctx: click.Context, draft_id: str, abstract_id: str) -> None:
    """Say that a draft draws on an abstract: it cannot go out before the embargo ends."""
    with workspace(ctx) as opened:
        held = opened.congresses.link(draft_id, abstract_id, person(opened))
        found = opened.congresses.embargoes.of(draft_id)
    for each in found:
        click.echo(embargo_line(each))
    say_held(held)


@embargo.command("untie")
@click.argument("draft_id", metavar="DRAFT")
@click.argument("abstract_id", metavar="ABSTRACT")
@click.pass_context
def untie(ctx: click.Context, draft_id: str, abstract_id: str) -> None:
    """Say that a draft does not draw on an abstract. This is recorded."""
    with workspace(ctx) as opened:
        is_gone = opened.congresses.unlink(draft_id, abstract_id, person(opened))
    click.echo("Recorded." if is_gone else "The draft does not draw on this abstract.")
