"""`medvoice agent`: the one publisher."""

import sys

import click

from medvoice.cli.shared import json_option


@click.command()
@click.option("--once", is_flag=True, help="One look at the queue, then end.")
@click.option("--while-open", is_flag=True, help="End when standard input closes (used by the window).")
@json_option
@click.pass_context
def agent(ctx: click.Context, once: bool, while_open: bool, as_json: bool) -> None:
    """Publish what is due. Only one agent works on a workspace at a time."""
    from medvoice import agent as publisher

    sys.exit(publisher.run(ctx.find_root().obj, once=once, as_json=as_json, while_open=while_open))
