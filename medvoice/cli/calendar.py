"""`medvoice calendar`: what stands when, out and in."""

import sys
from datetime import date, timedelta
from pathlib import Path

import click

from medvoice.bootstrap import Workspace
from medvoice.cli.event import day
from medvoice.cli.shared import json_option, print_json, workspace
from medvoice.domain.clock import to_text, utc_to_wall
from medvoice.domain.errors import RemoteError, UserError
from medvoice.infra.settings import write_atomic
from medvoice.services.calendar_publishing import Report
from medvoice.services.ical import read_events
from medvoice.services.plan_table import from_csv, from_json, to_csv, to_json

WHY_LEFT_OUT = {
    "no_date": "it has no date",
    "date_unreadable": "its date is none",
    "ends_before": "it ends before it starts",
    "repeats": "it repeats",
    "too_many": "the file holds too many",
}
first_option = click.option("--from", "first", default="", help="First day; today when left out.")
last_option = click.option("--to", "last", default="", help="Last day; four weeks after the first.")


@click.group()
def calendar() -> None:
    """The content calendar, for reading and for other programs."""


def _days(opened: Workspace, first: str, last: str) -> tuple[date, date, str]:
    zone = opened.identity.get().zone
    today = date.fromisoformat(utc_to_wall(opened.clock.now(), zone)[:10])
    start = day(first) if first else today
    end = day(last) if last else start + timedelta(days=28)
    if end < start:
        raise UserError("event_ends_before", starts=str(start), ends=str(end))
    return start, end, zone


@calendar.command("list")
@first_option
@last_option
@json_option
@click.pass_context
def list_entries(ctx: click.Context, first: str, last: str, as_json: bool) -> None:
    """List posts and planned drafts of some days, with congresses and embargoes."""
    with workspace(ctx) as opened:
        start, end, zone = _days(opened, first, last)
        entries = opened.planning.between(start, end, zone)
        bands = opened.planning.bands(start, end)
        topics = {topic.id: topic.name for topic in opened.topics.list()}
    if as_json:
        shown = [
            {
                "draft": each.draft_id,
                "deliveries": list(each.deliveries),
                "title": each.title,
                "topic": topics.get(each.topic_id or "", ""),
                "channels": list(each.channels),
                "at": to_text(each.at),
                "wall": utc_to_wall(each.at, zone),
                "zone": zone,
                "state": each.state,
            }
            for each in entries
        ]
        over = [
            {
                "kind": band.kind,
                "event": band.event_id,
                "title": band.title,
                "from": band.first.isoformat(),
                "to": band.last.isoformat(),
                "until": to_text(band.until) if band.until else None,
            }
            for band in bands
        ]
        print_json({"entries": shown, "bands": over})
        return
    for band in bands:
        until = f", until {utc_to_wall(band.until, zone)}" if band.until else ""
        click.echo(f"{band.first} to {band.last}  {band.kind}: {band.title}{until}")
    for each in entries:
        channels = " and ".join(each.channels)
        click.echo(f"{utc_to_wall(each.at, zone)}  {each.state:<11}  {channels:<15}  {each.title}")
    if not entries and not bands:
        click.echo(f"Nothing stands from {start} to {end}.")


@calendar.command("export")
@click.option("--ics", "ics_file", type=click.Path(dir_okay=False, path_type=Path), help="iCalendar.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="All drafts.")
@click.option("--json-file", type=click.Path(dir_okay=False, path_type=Path), help="All drafts.")
@first_option
@last_option
@click.option("--titles/--no-titles", "has_titles", default=True, help="In iCalendar: name the posts.")
@click.pass_context
def export(
    ctx: click.Context,
    ics_file: Path | None,
    csv_file: Path | None,
    json_file: Path | None,
    first: str,
    last: str,
    has_titles: bool,
) -> None:
    """Write the plan to a file: iCalendar for other calendars, CSV or JSON with all drafts."""
    if not (ics_file or csv_file or json_file):
        raise click.UsageError("Say where to: --ics FILE, --csv FILE or --json-file FILE.")
    with workspace(ctx) as opened:
        if ics_file:
            start, end, zone = _days(opened, first, last)
            _write(ics_file, opened.calendars.ics(start, end, zone, has_titles=has_titles))
        if csv_file:
            _write(csv_file, to_csv(opened.plan_table.rows()).encode("utf-8-sig"))
        if json_file:
            _write(json_file, to_json(opened.plan_table.rows()).encode())


def _write(path: Path, content: bytes) -> None:
    try:
        write_atomic(path, content)
    except OSError as problem:
        raise UserError("calendar_unwritable", path=str(path), reason=problem.strerror or "") from problem
    click.echo(f"Written: {path}")


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be read: {problem.strerror}.") from problem


@calendar.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_context
def import_file(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Take congresses from an .ics file, or drafts from a .csv or .json one. Twice is as good as once."""
    kind = file.suffix.lower()
    if kind not in (".ics", ".csv", ".json"):
        raise click.UsageError("The file must end in .ics, .csv or .json.")
    raw = _read(file, 20_000_000)
    if kind == ".ics":
        _import_events(ctx, raw, as_json)
        return
    if len(raw) > 20_000_000:
        raise UserError("table_too_large", most=20_000)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{file} is not UTF-8 text (byte {problem.start}).") from problem
    rows = from_csv(text) if kind == ".csv" else from_json(text)
    with workspace(ctx) as opened:
        taken = opened.plan_table.take(rows)
    if as_json:
        print_json({"added": taken.added, "changed": taken.changed, "same": taken.same})
    else:
        click.echo(f"{len(taken.added)} new, {len(taken.changed)} changed, {taken.same} as they were.")


def _import_events(ctx: click.Context, raw: bytes, as_json: bool) -> None:
    read = read_events(raw)
    with workspace(ctx) as opened:
        added = opened.calendars.add_events(read, opened.identity.get().zone)
    if as_json:
        ids = [each.id for each in added.events]
        print_json({"added": ids, "known": added.known, "left_out": [list(each) for each in read.left_out]})
        return
    click.echo(f"{len(added.events)} new, {added.known} known.")
    for name, why in read.left_out:
        click.echo(f"Left out: {name} ({WHY_LEFT_OUT[why]}).")


@calendar.command("live")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--off", is_flag=True, help="Keep no file up to date any more.")
@click.option("--titles/--no-titles", "has_titles", default=True, help="Name the posts.")
@click.pass_context
def live(ctx: click.Context, file: Path | None, off: bool, has_titles: bool) -> None:
    """Keep an iCalendar file up to date that other calendars subscribe to; the agent rewrites it."""
    with workspace(ctx) as opened:
        if file or off:
            opened.calendars.set_live_file(None if off else file, has_titles=has_titles)
            opened.calendars.write_live(write_atomic)
        path = opened.calendars.live_file
    click.echo(f"Kept up to date: {path}" if path else "No file is kept up to date.")


@calendar.command("publish")
@click.option("--to", "url", default="", help="The address of a calendar of yours (CalDAV).")
@click.option("--user", default="", help="Your name on that server.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--titles/--no-titles", "has_titles", default=True, help="Name the posts.")
@click.option("--overwrite", is_flag=True, help="Put the plan over what somebody edited there.")
@click.option("--off", is_flag=True, help="Publish no more; the password is forgotten.")
@click.option("--remove", is_flag=True, help="With --off: take away what MedVoice put there.")
@json_option
@click.pass_context
def publish(
    ctx: click.Context,
    url: str,
    user: str,
    password_stdin: bool,
    has_titles: bool,
    overwrite: bool,
    off: bool,
    remove: bool,
    as_json: bool,
) -> None:
    """Keep the plan in a calendar of yours on a CalDAV server. The agent does it again after changes."""
    with workspace(ctx) as opened:
        service = opened.calendar_publishing
        if off:
            report = service.stop(removes_items=remove)
        else:
            if url:
                word = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
                service.set_place(url, user, word, has_titles=has_titles)
            report = service.publish(overwrites=overwrite)
        place = service.place
    if as_json:
        facts = {"put": report.put, "deleted": report.deleted, "edited": list(report.edited)}
        print_json(facts | {"code": report.code, "detail": report.detail, "url": place.url if place else ""})
    else:
        _say_published(report, is_off=off)
    if report.code:
        raise RemoteError(report.code, detail=report.detail)


def _say_published(report: Report, *, is_off: bool) -> None:
    if report.code:
        return
    for name in report.edited:
        click.echo(f"Left as it is, somebody edited it there: {name} (--overwrite puts yours over it)")
    words = "The plan is not published any more." if is_off else "The calendar there holds the plan."
    click.echo(f"{report.put} written, {report.deleted} taken away. {words}")
