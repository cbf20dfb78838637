"""`python -m medvoice.platforms.sandbox --port N --json`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from medvoice.platforms.sandbox.standalone import serve


def main(arguments: list[str] | None = None) -> int:
    """Parse and serve; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m medvoice.platforms.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--json", action="store_true", help="print one JSON line when ready")
    parser.add_argument("--ledger", type=Path, help="append every change to this file as JSON lines")
    parser.add_argument("--seed", type=int, help="repeat ids and tokens")
    parser.add_argument(
        "--redirect",
        nargs=2,
        action="append",
        default=[],
        metavar=("NETWORK", "URI"),
        help="allow one more callback address",
    )
    given = parser.parse_args(arguments)
    extra = tuple((network, uri) for network, uri in given.redirect)
    return serve(
        port=given.port, as_json=given.json, ledger=given.ledger, seed=given.seed, redirect_uris=extra
    )


if __name__ == "__main__":
    sys.exit(main())
