"""`medvoice topic`: the topics of your voice."""

import click

from medvoice.cli.shared import json_option, print_json, workspace


@click.group()
def topic() -> None:
    """Your topics, at most six."""


@topic.command("add")
@click.argument("name")
@click.option("--promise", default="", help="One sentence: what readers get from you on this.")
@click.option("--share", type=click.IntRange(0, 100), default=0, help="Target share of posts in percent.")
@click.option("--keyword", "keywords", multiple=True)
@json_option
@click.pass_context
def add(
    ctx: click.Context, name: str, promise: str, share: int, keywords: tuple[str, ...], as_json: bool
) -> None:
    """Add a topic."""
    with workspace(ctx) as opened:
        made = opened.topics.add(name, promise=promise, target_share=share, keywords=keywords)
    print_json({"id": made.id, "name": made.name}) if as_json else click.echo(f"{made.id}  {made.name}")


@topic.command("list")
@json_option
@click.pass_context
def list_topics(ctx: click.Context, as_json: bool) -> None:
    """List the topics."""
    with workspace(ctx) as opened:
        topics = opened.topics.list()
    if as_json:
        print_json([{"id": t.id, "name": t.name, "slot": t.slot, "promise": t.promise} for t in topics])
        return
    for each in topics:
        click.echo(f"{each.id}  {each.name}")
    if not topics:
        click.echo('No topics yet. Add one: medvoice topic add "Real-world evidence"')
