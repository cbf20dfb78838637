"""Runs agents in forked processes, so that a test can kill many of them quickly.

Reads `run MODE` from standard input, forks a real agent (`--once`) on the workspace of MEDVOICE_HOME and
prints `pid N`. MODE before: the agent stops for a moment between the `sending` commit and the request, and
prints `before`. MODE after: it stops between the network's answer and the commit of the id, and prints
`after`. MODE free: it runs without stops. Only the pauses are added; the code is the product's.
"""

import os
import sys
import time
from pathlib import Path

from medvoice import agent, bootstrap
from medvoice.domain.account import Account, Route, Tokens
from medvoice.domain.outcome import Outcome
from medvoice.platforms import registry
from medvoice.services.ports import Prepared, Publisher

PAUSE_S = 5.0
RULES = bootstrap.load_rulebook()
real_publisher_for = registry.publisher_for


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


class Pausing:
    """A publisher that stops at one of the two dangerous moments."""

    def __init__(self, inner: Publisher, mode: str) -> None:
        self.inner = inner
        self.mode = mode
        self.network = inner.network
        self.prepare = inner.prepare
        self.look = inner.look

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        if self.mode == "before":
            say("before")
            time.sleep(PAUSE_S)
        outcome = self.inner.send(account, tokens, prepared)
        if self.mode == "after":
            say("after")
            time.sleep(PAUSE_S)
        return outcome


def run_agent(mode: str) -> None:
    def publisher_for(network: str, route: Route, **options: object) -> Publisher:
        inner = real_publisher_for(network, route, **options)  # pyright: ignore[reportArgumentType]
        return inner if mode == "free" else Pausing(inner, mode)  # pyright: ignore[reportReturnType]

    registry.publisher_for = publisher_for  # pyright: ignore[reportAttributeAccessIssue]
    bootstrap.load_rulebook = lambda *_: RULES
    code = agent.run(Path(os.environ["MEDVOICE_HOME"]), once=True)
    say(f"ended {code}")
    os._exit(code)


def main() -> None:
    say("ready")
    for line in sys.stdin:
        mode = line.split()[1]
        pid = os.fork()
        if pid == 0:
            try:
                run_agent(mode)
            finally:
                os._exit(70)
        say(f"pid {pid}")
        os.waitpid(pid, 0)
        say("gone")


main()
