"""`medvoice queue`: what is planned, what happened, and your word on doubtful posts."""

from dataclasses import asdict

import click

from medvoice.bootstrap import Workspace
from medvoice.cli.shared import delivery_dict, delivery_line, json_option, person, print_json, workspace
from medvoice.domain.clock import to_text, utc_to_wall, wall_to_utc
from medvoice.domain.outbox import Delivery
from medvoice.domain.pause import Scope


@click.group()
def queue() -> None:
    """What is planned, and what became of it."""


@queue.command("list")
@click.option("--state", default=None, help="Only deliveries in this state.")
@json_option
@click.pass_context
def list_deliveries(ctx: click.Context, state: str | None, as_json: bool) -> None:
    """List deliveries, oldest first."""
    with workspace(ctx) as opened:
        found = [d for d in opened.queueing.outbox.list() if state is None or d.state == state]
        paused = opened.queueing.is_all_paused
    if as_json:
        print_json([delivery_dict(item) for item in found])
        return
    if paused:
        click.echo("All publishing is paused. Resume: medvoice queue resume")
    for item in found:
        click.echo(delivery_line(item))
    if not found:
        click.echo("Nothing is planned.")


@queue.command("show")
@click.argument("delivery_id", metavar="DELIVERY")
@json_option
@click.pass_context
def show(ctx: click.Context, delivery_id: str, as_json: bool) -> None:
    """One delivery with every try."""
    with workspace(ctx) as opened:
        delivery = opened.queueing.outbox.get(delivery_id)
        tries = tries_of(opened, delivery)
    if as_json:
        print_json(delivery_dict(delivery) | {"tries": tries})
        return
    click.echo(delivery_line(delivery))
    for part in delivery.parts:
        click.echo(
            f"  {part.position + 1}/{len(delivery.parts)}  {part.state}  {part.remote_url or part.reason}"
        )
    for each in tries:
        outcome = each["outcome"] or "no answer"
        click.echo(f"  try {each['number']} of part {each['part']}: {outcome} {each['started_at']}")


def tries_of(opened: Workspace, delivery: Delivery) -> list[dict[str, object]]:
    """All attempts of a delivery as plain values."""
    return [
        {
            "part": part.position + 1,
            "number": attempt.number,
            "started_at": to_text(attempt.started_at),
            "ended_at": to_text(attempt.ended_at) if attempt.ended_at else None,
            "outcome": attempt.outcome,
            "detail": attempt.detail,
            "body_sha256": attempt.body_sha256,
        }
        for part in delivery.parts
        for attempt in opened.queueing.outbox.attempts(part.id)
    ]


def _answer(delivery: Delivery, as_json: bool) -> None:
    print_json(delivery_dict(delivery)) if as_json else click.echo(delivery_line(delivery))


@queue.command("cancel")
@click.argument("delivery_id", metavar="DELIVERY")
@json_option
@click.pass_context
def cancel(ctx: click.Context, delivery_id: str, as_json: bool) -> None:
    """Take a delivery out of the queue."""
    with workspace(ctx) as opened:
        _answer(opened.queueing.cancel(delivery_id, person(opened)), as_json)


@queue.command("move")
@click.argument("delivery_id", metavar="DELIVERY")
@click.option("--at", "wall", required=True, metavar="'YYYY-MM-DD HH:MM'")
@click.option("--zone", default=None)
@json_option
@click.pass_context
def move(ctx: click.Context, delivery_id: str, wall: str, zone: str | None, as_json: bool) -> None:
    """Choose another time; the clearance stays."""
    with workspace(ctx) as opened:
        where = zone or opened.identity.get().zone
        _answer(opened.queueing.move(delivery_id, wall, where, person(opened)), as_json)


@queue.command("now")
@click.argument("delivery_id", metavar="DELIVERY")
@json_option
@click.pass_context
def now(ctx: click.Context, delivery_id: str, as_json: bool) -> None:
    """Let it go out at the agent's next look, however late it is."""
    with workspace(ctx) as opened:
        _answer(opened.queueing.post_now(delivery_id, person(opened)), as_json)


@queue.command("resolve")
@click.argument("delivery_id", metavar="DELIVERY")
@click.option("--live", "link", default=None, metavar="LINK", help="It is there: the post's link.")
@click.option("--not-there", is_flag=True, help="You looked and it is not there: send it again.")
@click.option("--ask", is_flag=True, help="LinkedIn only, within eight minutes: send the same post once.")
@json_option
@click.pass_context
def resolve(
    ctx: click.Context, delivery_id: str, link: str | None, not_there: bool, ask: bool, as_json: bool
) -> None:
    """Say what became of a post that may or may not be live, or that you posted by hand."""
    if sum((link is not None, not_there, ask)) != 1:
        raise click.UsageError("Choose one of --live LINK, --not-there or --ask.")
    with workspace(ctx) as opened:
        by = person(opened)
        if link is not None:
            delivery = opened.queueing.resolve_live(delivery_id, link, by)
        elif not_there:
            delivery = opened.queueing.resolve_absent(delivery_id, by)
        else:
            delivery = opened.queueing.resolve_ask(delivery_id, by)
        _answer(delivery, as_json)


@queue.command("pause")
@click.argument("delivery_id", metavar="[DELIVERY]", required=False)
@click.option("--topic", "topic_id", default="", help="Only posts of this topic.")
@click.option("--account", "account_id", default="", help="Only posts on this account.")
@click.option("--since", default="", help="From then on, 2026-12-01 08:10 in your zone; now when left out.")
@click.option("--until", default="", help="Until then; until resumed when left out.")
@click.option("--reason", default="")
@click.pass_context
def pause(
    ctx: click.Context,
    delivery_id: str | None,
    topic_id: str,
    account_id: str,
    since: str,
    until: str,
    reason: str,
) -> None:
    """Pause one delivery, a topic, an account, or everything; now or between two moments."""
    if bool(delivery_id) + bool(topic_id) + bool(account_id) > 1:
        raise click.UsageError("Name one: a delivery, a topic or an account.")
    if delivery_id or not (topic_id or account_id or since or until or reason):
        _set_paused(ctx, delivery_id, True)
        return
    scope: Scope = "topic" if topic_id else "account" if account_id else "all"
    with workspace(ctx) as opened:
        zone = opened.identity.get().zone
        made = opened.pausing.start(
            scope,
            topic_id or account_id,
            person(opened),
            since=wall_to_utc(since, zone) if since else None,
            until=wall_to_utc(until, zone) if until else None,
            reason=reason,
        )
    click.echo(f"{made.id}  Paused.")


@queue.command("pauses")
@json_option
@click.pass_context
def pauses(ctx: click.Context, as_json: bool) -> None:
    """List pauses with a scope or a span."""
    with workspace(ctx) as opened:
        found, zone = opened.pausing.open(), opened.identity.get().zone
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        until = f" until {utc_to_wall(each.until, zone)}" if each.until else ""
        since = utc_to_wall(each.since, zone)
        click.echo(f"{each.id}  {each.scope} {each.scope_id}  since {since}{until}  {each.reason}".rstrip())
    if not found:
        click.echo("Nothing is paused by topic, account or date.")


@queue.command("resume")
@click.argument("delivery_id", metavar="[DELIVERY]", required=False)
@click.option("--pause", "pause_id", default="", help="End this pause: medvoice queue pauses")
@click.pass_context
def resume(ctx: click.Context, delivery_id: str | None, pause_id: str) -> None:
    """Resume one delivery, end a pause, or resume everything."""
    if pause_id:
        with workspace(ctx) as opened:
            opened.pausing.end(pause_id, person(opened))
        click.echo("Resumed.")
        return
    _set_paused(ctx, delivery_id, False)


def _set_paused(ctx: click.Context, delivery_id: str | None, is_paused: bool) -> None:
    with workspace(ctx) as opened:
        by = person(opened)
        if delivery_id:
            opened.queueing.set_paused(delivery_id, is_paused, by)
        else:
            opened.queueing.set_all_paused(is_paused, by)
    click.echo("Paused." if is_paused else "Resumed.")
