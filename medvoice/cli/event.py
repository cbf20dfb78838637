"""`medvoice event`: congresses with their sessions and abstracts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from medvoice.bootstrap import Workspace
from medvoice.cli.shared import json_option, person, print_json, workspace
from medvoice.domain.clock import to_text
from medvoice.domain.congress import KINDS, POLICIES, STYLES, Event
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery
from medvoice.services.embargoes import Embargo

WHY_OPEN = {
    "release_missing": "unknown: the day of release is not set",
    "session_missing": "unknown: the session is not set",
}


def day(text: str) -> date:
    """The day `YYYY-MM-DD`. Raises UserError `day_unreadable`."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UserError("day_unreadable", text=text) from problem


def embargo_dict(embargo: Embargo) -> dict[str, object]:
    """An embargo as plain values; `ends_at` is UTC, None while it is not known."""
    lift = embargo.lift
    return {
        "abstract": embargo.abstract.id,
        "number": embargo.abstract.number,
        "title": embargo.abstract.title,
        "event": embargo.event.name,
        "kind": embargo.abstract.kind,
        "session": embargo.abstract.session_id,
        "ends_at": to_text(lift.at) if lift.at else None,
        "wall": lift.wall,
        "zone": lift.zone,
        "why": lift.why,
    }


def embargo_line(embargo: Embargo) -> str:
    """An embargo in one line for people."""
    lift = embargo.lift
    until = f"{lift.wall} {lift.zone}" if lift.at else WHY_OPEN[lift.why]
    number = f"{embargo.abstract.number} " if embargo.abstract.number else ""
    return f"{embargo.abstract.id}  until {until}  {number}{embargo.abstract.title}  ({embargo.event.name})"


def say_held(held: Sequence[Delivery]) -> None:
    """Name what is held by a change."""
    for delivery in held:
        click.echo(f"Held: “{delivery.title}” on {delivery.channel}, planned for {delivery.wall}.")


@click.group()
def event() -> None:
    """Congresses, their sessions and abstracts."""


def _event_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--style", type=click.Choice(STYLES), help="Whose embargo rules it follows."),
        click.option("--release", help="The day its regular abstracts are published."),
        click.option("--place"),
        click.option("--hashtag"),
        click.option("--social", "social_policy", type=click.Choice(POLICIES), help="May one post?"),
        click.option("--photo", "photo_policy", type=click.Choice(POLICIES), help="May one photograph?"),
        click.option("--url"),
        click.option("--notes"),
    ):
        command = option(command)
    return command


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in given.items() if value is not None}
    if "release" in fields:
        fields["release_on"] = day(fields.pop("release")) if fields["release"] else None
    return fields


@event.command("add")
@click.argument("name")
@click.option("--zone", "zone_name", required=True, help="IANA zone of its place, such as Europe/Berlin.")
@click.option("--from", "first", required=True, help="First day, 2026-12-01.")
@click.option("--to", "last", default="", help="Last day; the first when left out.")
@_event_options
@json_option
@click.pass_context
def add(
    ctx: click.Context, name: str, zone_name: str, first: str, last: str, as_json: bool, **given: Any
) -> None:
    """Add a congress."""
    with workspace(ctx) as opened:
        made = opened.congresses.add_event(name, zone_name, day(first), day(last or first), **_fields(given))
    print_json({"id": made.id, "name": made.name}) if as_json else click.echo(f"{made.id}  {made.name}")


@event.command("change")
@click.argument("event_id", metavar="EVENT")
@click.option("--name")
@click.option("--zone")
@click.option("--from", "first")
@click.option("--to", "last")
@_event_options
@click.pass_context
def change(ctx: click.Context, event_id: str, first: str | None, last: str | None, **given: Any) -> None:
    """Change a congress; what would go out before a later embargo is held."""
    fields = _fields(given)
    if first:
        fields["starts_on"] = day(first)
    if last:
        fields["ends_on"] = day(last)
    with workspace(ctx) as opened:
        changed, held = opened.congresses.change_event(event_id, person(opened), **fields)
    click.echo(_event_line(changed))
    say_held(held)


@event.command("list")
@json_option
@click.pass_context
def list_events(ctx: click.Context, as_json: bool) -> None:
    """List the congresses."""
    with workspace(ctx) as opened:
        events = opened.congresses.store.events()
    if as_json:
        print_json([_event_dict(each) for each in events])
        return
    for each in events:
        click.echo(_event_line(each))
    if not events:
        click.echo('No events yet. Add one: medvoice event add "ESMO 2026" --zone Europe/Madrid --from …')


@event.command("show")
@click.argument("event_id", metavar="EVENT")
@json_option
@click.pass_context
def show(ctx: click.Context, event_id: str, as_json: bool) -> None:
    """Show a congress with its sessions, its abstracts and when each embargo ends."""
    with workspace(ctx) as opened:
        found = opened.congresses.store.event(event_id)
        sessions = opened.congresses.store.sessions(event_id)
        embargoes = opened.congresses.embargoes.of_event(event_id)
    if as_json:
        rows = [{"id": each.id, "title": each.title, "wall": each.wall} for each in sessions]
        print_json(
            _event_dict(found) | {"sessions": rows, "abstracts": [embargo_dict(each) for each in embargoes]}
        )
        return
    click.echo(_event_line(found))
    for session in sessions:
        click.echo(f"{session.id}  {session.wall}  {session.title}")
    for embargo in embargoes:
        click.echo(embargo_line(embargo))


@event.command("remove")
@click.argument("event_id", metavar="EVENT")
@click.pass_context
def remove(ctx: click.Context, event_id: str) -> None:
    """Remove a congress on whose abstracts no draft draws."""
    with workspace(ctx) as opened:
        opened.congresses.remove_event(event_id)
    click.echo("Removed.")


@event.command("session")
@click.argument("event_id", metavar="EVENT")
@click.argument("title")
@click.option("--at", "wall", required=True, help="Its start in the zone of the congress, 2026-12-01 08:10.")
@json_option
@click.pass_context
def session(ctx: click.Context, event_id: str, title: str, wall: str, as_json: bool) -> None:
    """Add a session."""
    with workspace(ctx) as opened:
        made = opened.congresses.add_session(event_id, title, wall)
    print_json({"id": made.id, "wall": made.wall}) if as_json else click.echo(
        f"{made.id}  {made.wall}  {made.title}"
    )


@event.command("move-session")
@click.argument("session_id", metavar="SESSION")
@click.option("--at", "wall", required=True)
@click.pass_context
def move_session(ctx: click.Context, session_id: str, wall: str) -> None:
    """Let a session start at another time; what would go out too early is held."""
    with workspace(ctx) as opened:
        moved, held = opened.congresses.change_session(session_id, person(opened), wall=wall)
    click.echo(f"{moved.id}  {moved.wall}  {moved.title}")
    say_held(held)


def _abstract_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--kind", type=click.Choice(KINDS), help="How its embargo is fixed."),
        click.option("--number"),
        click.option("--session", "session_id", help="Where it is shown."),
        click.option("--until", "wall", help="For --kind fixed: when its embargo ends, 2026-12-01 08:10."),
        click.option("--zone", help="The IANA zone of --until; else that of the congress."),
    ):
        command = option(command)
    return command


@event.command("abstract")
@click.argument("event_id", metavar="EVENT")
@click.argument("title")
@_abstract_options
@json_option
@click.pass_context
def abstract(ctx: click.Context, event_id: str, title: str, as_json: bool, **given: Any) -> None:
    """Add an abstract."""
    with workspace(ctx) as opened:
        fields = {name: value for name, value in given.items() if value is not None}
        made = opened.congresses.add_abstract(event_id, title, **fields)
        embargo = _embargo(opened, event_id, made.id)
    print_json(embargo_dict(embargo)) if as_json else click.echo(embargo_line(embargo))


@event.command("change-abstract")
@click.argument("abstract_id", metavar="ABSTRACT")
@click.option("--title")
@_abstract_options
@click.pass_context
def change_abstract(ctx: click.Context, abstract_id: str, **given: Any) -> None:
    """Change an abstract; what would go out before a later embargo is held."""
    with workspace(ctx) as opened:
        fields = {name: value for name, value in given.items() if value is not None}
        changed, held = opened.congresses.change_abstract(abstract_id, person(opened), **fields)
        embargo = _embargo(opened, changed.event_id, changed.id)
    click.echo(embargo_line(embargo))
    say_held(held)


def _embargo(opened: Workspace, event_id: str, abstract_id: str) -> Embargo:
    found = opened.congresses.embargoes.of_event(event_id)
    return next(each for each in found if each.abstract.id == abstract_id)


def _event_dict(each: Event) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "zone": each.zone,
        "from": each.starts_on.isoformat(),
        "to": each.ends_on.isoformat(),
        "style": each.style,
        "release": each.release_on.isoformat() if each.release_on else None,
        "place": each.place,
        "hashtag": each.hashtag,
        "social_policy": each.social_policy,
        "photo_policy": each.photo_policy,
        "url": each.url,
        "notes": each.notes,
    }


def _event_line(each: Event) -> str:
    days = f"{each.starts_on}" if each.starts_on == each.ends_on else f"{each.starts_on} to {each.ends_on}"
    return f"{each.id}  {days}  {each.name}" + (f", {each.place}" if each.place else "")
