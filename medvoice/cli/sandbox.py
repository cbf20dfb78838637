"""`medvoice sandbox`: the practice network."""

from pathlib import Path

import click


@click.command()
@click.option("--port", type=int, default=8799, show_default=True, help="0 takes any free port.")
@click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False), default=None)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON when ready.")
def sandbox(port: int, ledger: Path | None, as_json: bool) -> None:
    """Practice LinkedIn and X on this computer. Nothing leaves it. Ctrl-C ends it."""
    from medvoice.platforms.sandbox import serve

    raise SystemExit(serve(port=port, as_json=as_json, ledger=ledger))
