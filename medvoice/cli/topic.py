"""`medvoice topic`: the topics of your voice."""

from collections.abc import Callable
from typing import Any

import click

from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import to_text, utc_to_wall
from medvoice.services.topic_guessing import TopicGuessing
from medvoice.services.topic_progress import Progress

STATUS = {
    "on_plan": "on plan",
    "over": "a little over",
    "behind": "behind by {n}",
    "no_posts": "no posts yet",
    "resting": "resting",
}


@click.group()
def topic() -> None:
    """Your topics, at most six."""


def _topic_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--promise", help="One sentence: what readers get from you on this."),
        click.option("--share", type=click.IntRange(0, 100), help="Target share of posts in percent."),
        click.option("--every", type=click.IntRange(0, 366), help="Days between two posts; 0 for no rhythm."),
        click.option("--audience", help="For whom."),
        click.option("--keyword", "keywords", multiple=True),
        click.option("--hashtag", "hashtags", multiple=True),
        click.option("--mention", "mentions", multiple=True),
        click.option("--avoid", multiple=True, help="What you mean to stay clear of."),
    ):
        command = option(command)
    return command


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in given.items() if value not in (None, ())}
    for option, name in (("share", "target_share"), ("every", "cadence_days")):
        if option in fields:
            fields[name] = fields.pop(option)
    return fields


@topic.command("add")
@click.argument("name")
@_topic_options
@json_option
@click.pass_context
def add(ctx: click.Context, name: str, as_json: bool, **given: Any) -> None:
    """Add a topic."""
    with workspace(ctx) as opened:
        made = opened.topics.add(name, **_fields(given))
    print_json({"id": made.id, "name": made.name}) if as_json else click.echo(f"{made.id}  {made.name}")


@topic.command("change")
@click.argument("topic_id", metavar="TOPIC")
@click.option("--name")
@_topic_options
@click.pass_context
def change(ctx: click.Context, topic_id: str, **given: Any) -> None:
    """Change a topic; what is not given stays."""
    with workspace(ctx) as opened:
        changed = opened.topics.change(topic_id, **_fields(given))
    click.echo(f"{changed.id}  {changed.name}")


@topic.command("merge")
@click.argument("topic_id", metavar="TOPIC")
@click.argument("into_id", metavar="INTO")
@click.pass_context
def merge(ctx: click.Context, topic_id: str, into_id: str) -> None:
    """Put all of a topic under another one; what is planned stays planned."""
    with workspace(ctx) as opened:
        kept = opened.topics.merge(topic_id, into_id)
    click.echo(f"{kept.id}  {kept.name}")


@topic.command("remove")
@click.argument("topic_id", metavar="TOPIC")
@click.pass_context
def remove(ctx: click.Context, topic_id: str) -> None:
    """Forget a topic; its drafts stay, without one."""
    with workspace(ctx) as opened:
        opened.topics.remove(topic_id)
    click.echo("Removed.")


@topic.command("list")
@json_option
@click.pass_context
def list_topics(ctx: click.Context, as_json: bool) -> None:
    """List the topics with how they stand against what you meant."""
    with workspace(ctx) as opened:
        zone = opened.identity.get().zone
        found = opened.topic_progress.all(zone)
    if as_json:
        print_json([_as_dict(each) for each in found])
        return
    for each in found:
        weeks = "".join("■" if had else "□" for had in each.weeks)
        following = f", next {utc_to_wall(each.next_at, zone)}" if each.next_at else ""
        status = STATUS[each.status].format(n=each.behind)
        target = f" of {each.topic.target_share} %" if each.topic.target_share else ""
        click.echo(
            f"{each.topic.id}  {each.topic.name}  {each.share} %{target}  {weeks}  {status}{following}"
        )
    if not found:
        click.echo('No topics yet. Add one: medvoice topic add "Real-world evidence"')


@topic.command("guess")
@click.argument("draft_id", metavar="DRAFT")
@json_option
@click.pass_context
def guess_topic(ctx: click.Context, draft_id: str, as_json: bool) -> None:
    """Say which topic a draft is likely about, and because of which of your own words. Nothing is set."""
    with workspace(ctx) as opened:
        draft = opened.drafting.get(draft_id)
        found = TopicGuessing(opened.db).guess(f"{draft.title}\n{draft.text}")
    if as_json:
        print_json({"topic": found.topic.id, "because": found.because} if found else {"topic": None})
    elif found is None:
        click.echo("Nothing in it speaks clearly for one of your topics.")
    else:
        click.echo(f"{found.topic.id}  {found.topic.name}, because of: {', '.join(found.because)}")


def _as_dict(each: Progress) -> dict[str, object]:
    topic = each.topic
    return {
        "id": topic.id,
        "name": topic.name,
        "slot": topic.slot,
        "promise": topic.promise,
        "target_share": topic.target_share,
        "every_days": topic.cadence_days,
        "audience": topic.audience,
        "keywords": topic.keywords,
        "hashtags": topic.hashtags,
        "mentions": topic.mentions,
        "avoid": topic.avoid,
        "share": each.share,
        "posts": each.posts,
        "weeks": each.weeks,
        "streak": each.streak,
        "last_at": to_text(each.last_at) if each.last_at else None,
        "next_at": to_text(each.next_at) if each.next_at else None,
        "behind": each.behind,
        "status": each.status,
    }
