"""`medvoice comments`: the first 72 hours below what you posted."""

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import to_text, utc_to_wall
from medvoice.domain.draft import CHANNEL_NAMES


@click.group()
def comments() -> None:
    """When to look at the comments of your posts, and that you did."""


@comments.command("list")
@json_option
@click.pass_context
def list_watches(ctx: click.Context, as_json: bool) -> None:
    """List posts whose comments are to be looked at, the most urgent first."""
    with workspace(ctx) as opened:
        found, now, zone = opened.queueing.comments.list(), opened.clock.now(), opened.identity.get().zone
    if as_json:
        print_json(
            [
                {
                    "delivery": each.delivery.id,
                    "title": each.delivery.title,
                    "channel": each.delivery.channel,
                    "posted_at": to_text(each.posted_at),
                    "looked_at": to_text(each.looked_at) if each.looked_at else None,
                    "next_at": to_text(each.next_at) if each.next_at else None,
                    "due": each.is_due(now),
                }
                for each in found
            ]
        )
        return
    for each in found:
        assert each.next_at is not None
        when = "look now" if each.is_due(now) else f"look at {utc_to_wall(each.next_at, zone)} {zone}"
        click.echo(
            f"{each.delivery.id}  {CHANNEL_NAMES[each.delivery.channel]}  {each.delivery.title}  {when}"
        )
    if not found:
        click.echo("No comments to look at. Each post is listed for 72 hours after it went out.")


@comments.command("looked")
@click.argument("delivery_id", metavar="POST")
@click.pass_context
def looked(ctx: click.Context, delivery_id: str) -> None:
    """Keep on record that you looked at the comments of a post."""
    with workspace(ctx) as opened:
        profile = opened.identity.get()
        watch = opened.queueing.comments.looked(delivery_id, profile.name or "you")
    following = f" Look again at {utc_to_wall(watch.next_at, profile.zone)}." if watch.next_at else ""
    click.echo(f"Noted.{following}")
    click.echo("Somebody told of a side effect? Tell your safety contact first: medvoice safety --help")
