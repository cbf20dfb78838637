"""`kill -9` of the agent around a send: no post twice, none lost in silence."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from medvoice.domain.outbox import PartState
from medvoice.platforms.sandbox import LedgerEntry

KILLS = {"before": 60, "after": 60, "free": 80}
SENTENCE = "My own view, not my employer's. Question {number}: which part of a paper do you read first?"


class Zygote:
    """Starts agents and kills them."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            cwd=Path(__file__).parents[2],
        )
        self.expect("ready")

    def expect(self, word: str) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line.startswith(word), f"waited for {word!r}, read {line!r}"
        return line

    def run(self, mode: str) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(f"run {mode}\n")
        self.process.stdin.flush()
        # The child may speak before its parent has printed the pid.
        self.early = []
        assert self.process.stdout is not None
        while True:
            line = self.process.stdout.readline().strip()
            if line.startswith("pid "):
                return int(line.split()[1])
            self.early.append(line)

    def kill_at(self, mode: str, wait_s: float) -> None:
        """Start an agent and kill it at the moment `mode` names, for "free" after `wait_s`."""
        pid = self.run(mode)
        if mode == "free":
            time.sleep(wait_s)
        elif mode not in self.early:
            self.expect(mode)
        # An agent that had no pause may have come to its end first.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self.drain()

    def finish(self) -> float:
        """Let one agent run to its end; returns the seconds it took."""
        started = time.monotonic()
        self.run("free")
        self.drain()
        return time.monotonic() - started

    def drain(self) -> None:
        assert self.process.stdout is not None
        while self.process.stdout.readline().strip() != "gone":
            pass

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_two_hundred_kills_lose_nothing_and_double_nothing(journey, capsys, monkeypatch):
    for network in ("x", "linkedin"):
        journey.connect(network)
    settings = journey.sandbox.settings
    settings.x_posts_per_window = 10_000
    settings.linkedin_calls_per_day = 10_000
    journey.sandbox.set_credits(1000.0)
    workspace = journey.open()
    rng = random.Random(20261124)
    zygote = Zygote(journey.env)
    seen: Counter[str] = Counter()
    planned: dict[str, str] = {}
    try:
        number = 0
        text = SENTENCE.format(number=number)
        planned[text] = journey.plan(workspace, text, "x").id
        # The kills at free moments fall around the send, late in a run: the keys are opened first.
        usual_s = zygote.finish()
        for mode, count in KILLS.items():
            for _ in range(count):
                number += 1
                channel = "x" if number % 2 else "linkedin"
                text = SENTENCE.format(number=number)
                delivery = journey.plan(workspace, text, channel)
                planned[text] = delivery.id
                zygote.kill_at(mode, rng.uniform(0.6, 1.1) * usual_s)
                seen[window(journey, workspace, delivery.id, text)] += 1
                if mode == "free":
                    # What is left would go out first next time, and no kill would reach the new one.
                    zygote.finish()
        zygote.finish()
    finally:
        zygote.close()
    finish_all(journey, workspace, monkeypatch)
    states = judged(journey, workspace, planned)
    with capsys.disabled():
        print(f"\n  {sum(seen.values())} kills: {dict(seen)}; in the end: {dict(states)}")
    assert sum(seen.values()) == 200
    assert seen["between sending and request"] >= 40
    assert seen["between act and id"] >= 40


def judged(journey, workspace, planned: dict[str, str]) -> Counter[str]:
    """No text is on the ledger twice, none is lost in silence; how many ended in which state."""
    ledger = Counter(entry.text for entry in journey.sandbox.ledger)
    states: Counter[str] = Counter()
    for text, delivery_id in planned.items():
        part = workspace.queueing.outbox.get(delivery_id).parts[0]
        states[str(part.state)] += 1
        assert ledger[text] <= 1, f"sent twice: {text}"
        if part.state is PartState.PUBLISHED:
            assert ledger[text] == 1
            assert part.remote_id == remote_id(journey.sandbox.ledger, text)
        else:
            assert part.state is PartState.UNCONFIRMED, (
                f"lost in silence: {text} is {part.state} ({part.reason})"
            )
    return states


def window(journey, workspace, delivery_id: str, text: str) -> str:
    """Where the kill fell, by the workspace and the network's own ledger."""
    part = workspace.queueing.outbox.get(delivery_id).parts[0]
    is_made = any(entry.text == text for entry in journey.sandbox.ledger)
    if part.state is PartState.SENDING:
        return "between act and id" if is_made else "between sending and request"
    if part.state is PartState.PUBLISHED:
        return "after the id"
    assert not is_made, f"{text} is live but the workspace calls it {part.state}"
    return "before sending"


def finish_all(journey, workspace, monkeypatch) -> None:
    """Let the agent look for what can be read back, as minutes go by; LinkedIn waits for the person."""
    for shift in ("+20", "+60", "+130", "+170"):
        monkeypatch.setenv("MEDVOICE_CLOCK", shift)
        journey.env = dict(os.environ)
        journey.sandbox.advance(0)
        journey.medvoice("agent", "--once")
    monkeypatch.delenv("MEDVOICE_CLOCK")


def remote_id(ledger: list[LedgerEntry], text: str) -> str:
    return next(entry.remote_id for entry in ledger if entry.text == text)
