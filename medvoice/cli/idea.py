"""`medvoice idea`: caught now, written later."""

import os
import sys

import click

from medvoice.cli.shared import json_option, print_json, workspace

SCREENS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@click.group()
def idea() -> None:
    """Ideas for posts, with where they came from."""


@idea.command("add")
@click.argument("words", required=False, default="")
@click.option("--url", default="", help="Where it comes from.")
@click.option("--source", "source_title", default="", help="The title of what it comes from.")
@click.option("--topic", "topic_id", default=None)
@json_option
@click.pass_context
def add(
    ctx: click.Context, words: str, url: str, source_title: str, topic_id: str | None, as_json: bool
) -> None:
    """Keep an idea."""
    with workspace(ctx) as opened:
        made = opened.ideas.add(words, url=url, source_title=source_title, topic_id=topic_id)
    print_json({"id": made.id, "title": made.title}) if as_json else click.echo(f"{made.id}  {made.title}")


@idea.command("capture")
@click.pass_context
def capture(ctx: click.Context) -> None:
    """Ask for an idea in a small window: the command for a key of your desktop. The MedVoice that is open
    shows it, else it comes by itself. Without a screen it is asked here."""
    from medvoice.infra.paths import find_home
    from medvoice.infra.ringing import ring

    home = ctx.find_root().obj
    if ring(find_home(home)):
        return
    is_linux = sys.platform.startswith("linux")
    if not is_linux or any(os.environ.get(name) for name in SCREENS):
        from medvoice import app

        ctx.exit(app.capture(home))
    words = click.prompt("Idea", prompt_suffix=": ")
    with workspace(ctx) as opened:
        made = opened.ideas.add(words)
    click.echo(f"{made.id}  {made.title}")


@idea.command("list")
@json_option
@click.pass_context
def list_ideas(ctx: click.Context, as_json: bool) -> None:
    """List the ideas."""
    with workspace(ctx) as opened:
        ideas = opened.ideas.list()
    if as_json:
        print_json(
            [
                {
                    "id": each.row.id,
                    "title": each.row.title,
                    "topic": each.row.topic_id,
                    "url": each.source.url if each.source else "",
                    "source": each.source.title if each.source else "",
                }
                for each in ideas
            ]
        )
        return
    for each in ideas:
        click.echo(f"{each.row.id}  {each.row.title}" + (f"  {each.source.url}" if each.source else ""))
    if not ideas:
        click.echo('No ideas yet. Keep one: medvoice idea add "What registries cannot tell"')


@idea.command("draft")
@click.argument("draft_id", metavar="IDEA")
@click.pass_context
def draft(ctx: click.Context, draft_id: str) -> None:
    """Make a draft of an idea; its source stays with it."""
    with workspace(ctx) as opened:
        made = opened.ideas.to_draft(draft_id)
    click.echo(f"{made.id}  {made.title}")
