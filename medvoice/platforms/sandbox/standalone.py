"""The practice network as a process of its own."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

from medvoice.platforms.sandbox.server import Sandbox
from medvoice.platforms.sandbox.world import World


def _ready(base_url: str, world: World) -> dict[str, object]:
    apps = {app.network: app for app in world.apps.values()}
    linkedin, x = apps["linkedin"], apps["x"]
    return {
        "base_url": base_url,
        "linkedin": {
            "client_id": linkedin.client_id,
            "client_secret": linkedin.secret,
            "redirect_uris": sorted(linkedin.redirect_uris),
        },
        "x": {"client_id": x.client_id, "redirect_uris": sorted(x.redirect_uris)},
    }


def serve(
    *,
    port: int = 0,
    as_json: bool = False,
    ledger: Path | None = None,
    seed: int | None = None,
    redirect_uris: tuple[tuple[str, str], ...] = (),
) -> int:
    """Run until SIGTERM or Ctrl-C; the exit code: 0, or 2 when the port cannot be had.

    When ready it prints one line: with `as_json` an object with `base_url` and the practice apps, else a
    sentence. `ledger` is a file for JSON lines. Main thread only: it takes the signals.
    """
    try:
        sandbox = Sandbox(port, seed=seed, ledger_file=ledger, redirect_uris=redirect_uris)
    except OSError as problem:
        print(
            f"Port {port} cannot be used ({problem.strerror}). Choose another with --port.", file=sys.stderr
        )
        return 2
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    with sandbox:
        if as_json:
            print(json.dumps(_ready(sandbox.base_url, sandbox.world)), flush=True)
        else:
            print(f"The practice network is at {sandbox.base_url}/ (Ctrl-C ends it).", flush=True)
        while not ended.wait(0.25):  # in slices, so that Windows sees Ctrl-C
            pass
    return 0
