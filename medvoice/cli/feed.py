"""`medvoice feed`: journals, searches and authorities that are followed, and what is new there."""

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.feed import Entry, Feed
from medvoice.services.feeds import Came

# What the last fetch of a feed came to, for people.
STATES = {
    "": "fine",
    "feed_same": "nothing changed",
    "feed_partly": "the feed is broken; what could be read was kept",
    "feed_gone": "the server says this feed is gone for good; it is not asked for any more",
    "feed_missing": "there is nothing at this address",
    "feed_refused": "the server does not give it out ({detail})",
    "feed_busy": "the server asks to wait",
    "feed_server": "the server has trouble ({detail})",
    "feed_no_answer": "no answer ({detail})",
    "feed_not_https": "it leads to an address that is not https ({detail})",
    "feed_private": "it leads to this computer or its own network",
    "feed_redirects": "it is passed on too often",
    "feed_too_large": "it is larger than 2 MB",
    "feed_too_slow": "it comes too slowly",
    "feed_is_page": "this is a web page, not a feed",
    "feed_unreadable": "this is not a feed that can be read",
    "feed_entities": "it defines entities of its own, which can be used to do harm; it was not read",
    "feed_too_deep": "its parts are nested too deeply; it was not read",
}


@click.group()
def feed() -> None:
    """Feeds (RSS, Atom) of journals, searches and authorities."""


def state_words(state: str, detail: str) -> str:
    """What the last fetch came to."""
    words = STATES[state].format(detail=detail)
    return f"{words}. It names one: {detail}" if state == "feed_is_page" and detail else words


def _feed_dict(each: Feed, fresh: int) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "url": each.url,
        "topic": each.topic_id,
        "new": fresh,
        "state": each.state,
        "detail": each.detail,
        "moved_to": each.moved_to,
        "checked_at": each.checked_at,
        "next_at": each.next_at,
    }


def _entry_dict(entry: Entry) -> dict[str, object]:
    found = entry.found
    return {
        "id": entry.id,
        "feed": entry.feed_id,
        "title": found.title,
        "link": found.link,
        "journal": found.journal,
        "doi": found.doi,
        "pmid": found.pmid,
        "published_at": found.published_at,
        "seen_at": entry.seen_at,
        "is_new": entry.read_at is None,
        "idea": entry.idea_id,
    }


@feed.command("add")
@click.argument("url")
@click.option("--name", default="", help="What to call it; else its own title.")
@click.option("--topic", "topic_id", default=None, help="The topic of ideas made of it.")
@click.option("--no-fetch", is_flag=True, help="Do not ask for it now.")
@json_option
@click.pass_context
def add(ctx: click.Context, url: str, name: str, topic_id: str | None, no_fetch: bool, as_json: bool) -> None:
    """Follow a feed. It is asked for once to see whether it is one."""
    with workspace(ctx) as opened:
        if topic_id is not None:
            opened.topics.get(topic_id)
        fetched = None if no_fetch else opened.feeds.test(url)
        if fetched is not None and fetched.reading is None:
            raise click.ClickException(f"Nothing was added: {state_words(fetched.code, fetched.detail)}.")
        came = opened.feeds.add(url, name, topic_id, fetched)
        is_on = opened.feeds.is_on
    if as_json:
        print_json(_feed_dict(came.feed, came.added))
        return
    click.echo(f"{came.feed.id}  {came.feed.name}  ({came.added} entries)")
    if not is_on:
        click.echo("It is not fetched by itself: medvoice feed switch on")


@feed.command("list")
@json_option
@click.pass_context
def list_feeds(ctx: click.Context, as_json: bool) -> None:
    """List the feeds with the state of each."""
    with workspace(ctx) as opened:
        feeds, counts, is_on = opened.feeds.list(), opened.feeds.store.counts(), opened.feeds.is_on
    if as_json:
        print_json({"is_on": is_on, "feeds": [_feed_dict(each, counts.get(each.id, 0)) for each in feeds]})
        return
    for each in feeds:
        click.echo(
            f"{each.id}  {each.name}  {counts.get(each.id, 0)} new, {state_words(each.state, each.detail)}"
        )
        if each.moved_to:
            click.echo(f"    moved to {each.moved_to}: medvoice feed move {each.id}")
    if not feeds:
        click.echo("No feeds yet. Follow one: medvoice feed add https://…")
    click.echo("Feeds are fetched every six hours." if is_on else "Feeds are not fetched by themselves.")


@feed.command("switch")
@click.argument("word", type=click.Choice(["on", "off"]))
@click.pass_context
def switch(ctx: click.Context, word: str) -> None:
    """Fetch feeds every six hours by the agent, or not (the default). The servers of the feeds see this
    computer's internet address and that MedVoice asks; nothing else leaves it."""
    with workspace(ctx) as opened:
        opened.feeds.set_on(word == "on")
    click.echo(
        "Feeds are fetched every six hours." if word == "on" else "Feeds are not fetched by themselves."
    )


@feed.command("fetch")
@click.argument("feed_ids", metavar="[FEED]...", nargs=-1)
@json_option
@click.pass_context
def fetch(ctx: click.Context, feed_ids: tuple[str, ...], as_json: bool) -> None:
    """Ask for these feeds now, or for all."""
    with workspace(ctx) as opened:
        ids = feed_ids or tuple(each.id for each in opened.feeds.list())
        came = [opened.feeds.fetch(each) for each in ids]
    if as_json:
        print_json([_feed_dict(each.feed, each.added) for each in came])
        return
    for each in came:
        click.echo(_came_line(each))


def _came_line(came: Came) -> str:
    words = state_words(came.feed.state, came.feed.detail)
    return f"{came.feed.id}  {came.feed.name}  {came.added} new, {words}"


@feed.command("new")
@click.option("--feed", "feed_id", default=None, help="Of one feed.")
@click.option("--all", "with_read", is_flag=True, help="Those that were read as well.")
@click.option("--mark-read", is_flag=True, help="Mark what is listed as read.")
@json_option
@click.pass_context
def new(ctx: click.Context, feed_id: str | None, with_read: bool, mark_read: bool, as_json: bool) -> None:
    """List what is new, the latest first."""
    with workspace(ctx) as opened:
        entries = opened.feeds.entries(feed_id, is_new=not with_read)
        if mark_read:
            opened.feeds.mark_read(entry.id for entry in entries)
    if as_json:
        print_json([_entry_dict(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.id}  {entry.found.title}" + (f"  {entry.found.link}" if entry.found.link else ""))
    if not entries:
        click.echo("Nothing new.")


@feed.command("idea")
@click.argument("entry_id", metavar="ENTRY")
@click.option("--topic", "topic_id", default=None)
@json_option
@click.pass_context
def idea(ctx: click.Context, entry_id: str, topic_id: str | None, as_json: bool) -> None:
    """Make an idea of an entry, with its reference."""
    with workspace(ctx) as opened:
        made = opened.feeds.to_idea(entry_id, topic_id)
    print_json({"id": made.id, "title": made.title}) if as_json else click.echo(f"{made.id}  {made.title}")


@feed.command("move")
@click.argument("feed_id", metavar="FEED")
@click.option("--stay", is_flag=True, help="Keep the address it has.")
@click.pass_context
def move(ctx: click.Context, feed_id: str, stay: bool) -> None:
    """Take the new address that a server named for its feed."""
    with workspace(ctx) as opened:
        if not opened.feeds.store.get(feed_id).moved_to:
            raise click.ClickException("No other address was named for this feed.")
        moved = opened.feeds.move(feed_id, not stay)
    click.echo(f"{moved.id}  {moved.url}")


@feed.command("remove")
@click.argument("feed_id", metavar="FEED")
@json_option
@click.pass_context
def remove(ctx: click.Context, feed_id: str, as_json: bool) -> None:
    """Follow a feed no more. Ideas made of it stay."""
    with workspace(ctx) as opened:
        removed = opened.feeds.remove(feed_id)
    if as_json:
        print_json({"id": removed.feed.id, "entries": len(removed.entries)})
    else:
        click.echo(f"Removed: {removed.feed.name}. Ideas made of it are kept.")
