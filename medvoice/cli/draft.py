"""`medvoice draft`: what you write."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from medvoice.bootstrap import Workspace
from medvoice.cli.safety import misread, route
from medvoice.cli.shared import json_option, person, print_json, workspace
from medvoice.domain.clock import to_text
from medvoice.domain.draft import Draft, Variant, channel_text
from medvoice.services.importing import Imported, left_out, most_bytes, read_drafts

LEFT_OUT = {
    "images": "pictures",
    "comments": "comments",
    "deletions": "tracked deletions",
    "notes": "notes",
    "formulas": "formulas",
    "hidden": "hidden words",
}


def as_dict(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "title": draft.title,
        "text": draft.text,
        "channels": list(draft.channels_on),
        "regions": list(draft.regions),
        "topic": draft.topic_id,
        "revision": draft.revision,
        "texts": {channel: channel_text(draft, channel) for channel in draft.channels_on},
        "updated_at": to_text(draft.updated_at),
        "archived": draft.archived_at is not None,
    }


def read_file(name: str) -> str:
    """The text of a file, or of standard input for `-`. Bytes that are no UTF-8 are refused in words."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{name} is not UTF-8 text (byte {problem.start}).") from problem
    except OSError as problem:
        raise click.ClickException(f"{name} cannot be read: {problem.strerror}.") from problem


@click.group()
def draft() -> None:
    """Your drafts."""


channel_option = click.option(
    "--channel", "channels", multiple=True, type=click.Choice(["linkedin", "x"]), help="Repeatable."
)
region_option = click.option("--region", "regions", multiple=True, help="Repeatable; else the profile's.")


@draft.command("add")
@click.argument("file", required=False)
@click.option("--text", default=None, help="The text itself, instead of FILE or - for standard input.")
@click.option("--title", default="", help="A private title, never posted.")
@channel_option
@region_option
@click.option("--topic", "topic_id", default=None)
@click.option("--disclaimer/--no-disclaimer", default=None, help="Add your personal-view sentence.")
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    file: str | None,
    text: str | None,
    title: str,
    channels: tuple[str, ...],
    regions: tuple[str, ...],
    topic_id: str | None,
    disclaimer: bool | None,
    as_json: bool,
) -> None:
    """Add a draft from FILE, from standard input (-) or from --text."""
    if (file is None) == (text is None):
        raise click.UsageError("Give FILE (or - for standard input), or --text, not both.")
    body = text if text is not None else read_file(str(file))
    with workspace(ctx) as opened:
        made = opened.drafting.create(
            title=title, text=body, topic_id=topic_id, channels=channels or ("linkedin",)
        )
        made = change(opened, made, regions=regions, disclaimer=disclaimer)
    print_json(as_dict(made)) if as_json else click.echo(f"{made.id}  {made.title or made.text[:60]}")


@draft.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--topic", "topic_id", default=None)
@json_option
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], topic_id: str | None, as_json: bool) -> None:
    """Make drafts of Word (.docx), Markdown and text files; a line --- parts several in one file, in Word a
    new page or a Heading 1 too. All or none."""
    found: list[Imported] = []
    for file in files:
        try:
            with file.open("rb") as stream:
                found += read_drafts(file.name, stream.read(most_bytes(file.name) + 1))
        except OSError as problem:
            raise click.ClickException(f"{file} cannot be read: {problem.strerror}.") from problem
    with workspace(ctx) as opened:
        made = opened.importing.keep(found, topic_id)
    out = left_out(found)
    if as_json:
        images = out.get("images", 0)
        drafts = [{"id": one.id, "title": one.title} for one in made]
        print_json({"drafts": drafts, "images_left_out": images, "left_out": out})
        return
    for one in made:
        click.echo(f"{one.id}  {one.title}")
    if out:
        click.echo(
            "Left out: " + ", ".join(f"{LEFT_OUT[kind]} ({count})" for kind, count in out.items()) + "."
        )


@draft.command("edit")
@click.argument("draft_id", metavar="DRAFT")
@click.option("--file", default=None, help="The new text from a file, or - for standard input.")
@click.option("--text", default=None)
@click.option("--title", default=None)
@click.option("--for", "only", type=click.Choice(["linkedin", "x"]), help="Only this channel's wording.")
@channel_option
@region_option
@click.option("--disclaimer/--no-disclaimer", default=None)
@click.option("--disclaimer-first/--disclaimer-last", default=None, help="Before or after the text.")
@json_option
@click.pass_context
def edit(
    ctx: click.Context,
    draft_id: str,
    file: str | None,
    text: str | None,
    title: str | None,
    only: str | None,
    channels: tuple[str, ...],
    regions: tuple[str, ...],
    disclaimer: bool | None,
    disclaimer_first: bool | None,
    as_json: bool,
) -> None:
    """Change a draft. Any change of what would be posted voids its clearance."""
    body = text if text is not None else (read_file(file) if file is not None else None)
    with workspace(ctx) as opened:
        kept = opened.drafting.get(draft_id)
        kept = change(
            opened,
            kept,
            body=body,
            title=title,
            only=only,
            channels=channels,
            regions=regions,
            disclaimer=disclaimer,
            is_first=disclaimer_first,
        )
    print_json(as_dict(kept)) if as_json else click.echo(f"{kept.id}  revision {kept.revision}")


def change(
    opened: Workspace,
    kept: Draft,
    *,
    body: str | None = None,
    title: str | None = None,
    only: str | None = None,
    channels: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    disclaimer: bool | None = None,
    is_first: bool | None = None,
) -> Draft:
    """Save what is asked for in one revision; nothing asked, nothing saved."""
    variants = tuple(
        _variant(
            opened, variant, kept, body if variant.channel == only else None, channels, disclaimer, is_first
        )
        for variant in kept.variants
    )
    known = {variant.channel for variant in variants}
    variants += tuple(Variant(channel) for channel in channels if channel not in known)
    changes: dict[str, object] = {}
    if body is not None and only is None:
        changes["text"] = body
    if title is not None:
        changes["title"] = title
    if regions:
        changes["regions"] = tuple(region.upper() for region in regions)
    if variants != kept.variants:
        changes["variants"] = variants
    if not changes:
        return kept
    return opened.drafting.save(kept.id, kept.revision, **changes)  # pyright: ignore[reportArgumentType]


def _variant(
    opened: Workspace,
    variant: Variant,
    kept: Draft,
    body: str | None,
    channels: tuple[str, ...],
    disclaimer: bool | None,
    is_first: bool | None,
) -> Variant:
    if body is not None:
        variant = replace(variant, text=body)
    if channels:
        variant = replace(variant, is_on=variant.channel in channels)
    if disclaimer is not None:
        sentence = opened.clearing.disclaimer_for(kept, variant.channel) if disclaimer else ""
        variant = replace(variant, disclaimer=sentence)
    if is_first is not None:
        variant = replace(variant, disclaimer_place="start" if is_first else "end")
    return variant


@draft.command("list")
@click.option("--search", "query", default=None)
@click.option("--archived", is_flag=True)
@json_option
@click.pass_context
def list_drafts(ctx: click.Context, query: str | None, archived: bool, as_json: bool) -> None:
    """List drafts, newest first, or search them."""
    with workspace(ctx) as opened:
        rows = opened.drafting.search(query) if query else opened.drafting.list(archived=archived)
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "title": row.title,
                    "first_line": row.first_line,
                    "channels": list(row.channels),
                    "updated_at": to_text(row.updated_at),
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        click.echo(f"{row.id}  {to_text(row.updated_at)[:16]}  {row.title or row.first_line}")
    if not rows:
        click.echo("No drafts." if query is None else "No draft holds these words.")


@draft.command("show")
@click.argument("draft_id", metavar="DRAFT")
@json_option
@click.pass_context
def show(ctx: click.Context, draft_id: str, as_json: bool) -> None:
    """Show a draft as each channel would get it."""
    with workspace(ctx) as opened:
        kept = opened.drafting.get(draft_id)
    if as_json:
        print_json(as_dict(kept))
        return
    for channel in kept.channels_on:
        click.echo(f"--- {channel} ---\n{channel_text(kept, channel)}\n")


@draft.command("delete")
@click.argument("draft_id", metavar="DRAFT")
@click.pass_context
def delete(ctx: click.Context, draft_id: str) -> None:
    """Move a draft to the archive, where it stays for 30 days."""
    with workspace(ctx) as opened:
        opened.drafting.archive(draft_id)
    click.echo("Moved to the archive.")


@draft.command("dismiss")
@click.argument("draft_id", metavar="DRAFT")
@click.argument("rule")
@click.option("--reason", required=True, help="At least ten characters; it is recorded.")
@click.option("--quote", default=None, help="Only the finding on these words.")
@json_option
@click.pass_context
def dismiss(
    ctx: click.Context, draft_id: str, rule: str, reason: str, quote: str | None, as_json: bool
) -> None:
    """Set an open warning aside, with a reason. A block cannot be dismissed."""
    with workspace(ctx) as opened:
        count = opened.clearing.dismiss_rule(draft_id, rule, reason, person(opened), quote)
    print_json({"dismissed": count}) if as_json else click.echo(f"Dismissed {count}, with your reason.")


draft.add_command(route)
draft.add_command(misread)
