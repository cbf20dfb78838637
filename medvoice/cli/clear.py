"""`medvoice clear`: your own clearing of a draft. Not company approval."""

import click

from medvoice.cli.shared import json_option, person, print_json, workspace
from medvoice.compliance.report import show
from medvoice.domain.errors import FindingsBlock


@click.command()
@click.argument("draft_id", metavar="DRAFT")
@click.option("--tick", "ticks", multiple=True, metavar="CODE", help="A checklist box, for instance C01.")
@json_option
@click.pass_context
def clear(ctx: click.Context, draft_id: str, ticks: tuple[str, ...], as_json: bool) -> None:
    """Clear DRAFT on its channels. Exit code 1, with what is left, while it cannot be cleared."""
    with workspace(ctx) as opened:
        try:
            cleared = opened.clearing.clear(draft_id, person(opened), ticks)
            stale = opened.clearing.standing(draft_id).stale
        except FindingsBlock as problem:
            show_left(problem, as_json)
            ctx.exit(1)
            return
    if as_json:
        print_json(
            {
                "cleared": True,
                "stale_dismissals": [
                    {"rule": one.rule, "quote": one.quote, "reason": one.reason} for one in stale
                ],
                "clearances": [
                    {"id": c.id, "channel": c.channel, "content_hash": c.content_hash, "hash": c.hash}
                    for c in cleared
                ],
            }
        )
        return
    for one in stale:
        click.echo(f"A reason fits nothing any more: {one.rule}, “{show(one.quote)}”: {one.reason}")
    for each in cleared:
        click.echo(f"Cleared by you for {each.channel}. Not company approval. Fingerprint {each.hash[:12]}.")


def show_left(problem: FindingsBlock, as_json: bool) -> None:
    """Print what stands between a draft and its clearing."""
    left = problem.params["left"]
    assert isinstance(left, tuple)
    if as_json:
        rows = [
            {"kind": x.kind, "code": x.code, "channel": x.channel, "words": x.words, "span": [x.start, x.end]}
            for x in left
        ]
        print_json({"cleared": False, "left": rows})
        return
    click.echo(f"Not cleared yet. {len(left)} left:", err=True)
    for item in left:
        where = f" ({item.channel})" if item.channel else ""
        click.echo(f"  {item.kind:<8} {item.code}{where}: {item.words}", err=True)
