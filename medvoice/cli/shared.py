"""What every command needs: the workspace, the person's name, and JSON or lines on standard output."""

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from medvoice.bootstrap import Workspace, open_workspace
from medvoice.domain.clock import to_text
from medvoice.domain.outbox import Delivery

json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@contextmanager
def workspace(ctx: click.Context) -> Iterator[Workspace]:
    """The workspace of `--home`, closed afterwards."""
    opened = open_workspace(ctx.find_root().obj)
    try:
        yield opened
    finally:
        opened.close()


def person(opened: Workspace) -> str:
    """Who acts: the profile's name, else the name of the computer's account."""
    return opened.identity.get().name or getpass.getuser()


def print_json(value: object) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def plain(value: Any) -> object:
    """Values that JSON does not know, in plain form."""
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)


def delivery_dict(delivery: Delivery) -> dict[str, object]:
    """A delivery as plain values."""
    return {
        "id": delivery.id,
        "draft": delivery.draft_id,
        "title": delivery.title,
        "channel": delivery.channel,
        "route": delivery.route,
        "state": delivery.state,
        "due_at": to_text(delivery.due_at),
        "wall": delivery.wall,
        "zone": delivery.zone,
        "paused": delivery.is_paused,
        "clearance": delivery.clearance_id,
        "parts": [
            {
                "position": part.position + 1,
                "state": str(part.state),
                "reason": part.reason,
                "text": part.text,
                "attempts": part.attempts,
                "remote_id": part.remote_id,
                "url": part.remote_url,
                "published_at": to_text(part.published_at) if part.published_at else None,
            }
            for part in delivery.parts
        ],
    }


def delivery_line(delivery: Delivery) -> str:
    """A delivery in one line for people."""
    url = next((part.remote_url for part in delivery.parts if part.remote_url), "")
    reasons = sorted({part.reason for part in delivery.parts if part.reason})
    tail = f"  {url}" if url else (f"  ({', '.join(reasons)})" if reasons else "")
    when = f"{delivery.wall} {delivery.zone}"
    return f"{delivery.id}  {when}  {delivery.channel:<8}  {delivery.state:<11}  {delivery.title}{tail}"
