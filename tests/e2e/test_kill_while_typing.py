"""kill -9 while a person types at 120 words a minute: at most the last second is lost, and nothing doubles.

Each start takes up what the one before left, so every kill is checked by the program itself.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, open_workspace
from medvoice.domain.profile import Profile

TYPIST = Path(__file__).with_name("typist.py")
KILLS = 10
KEYS_A_SECOND = 12
LIVES_S = (0.4, 1.9)


def read_start(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    return json.loads(line)


def type_and_die(home: Path, seed: int, life_s: float) -> tuple[str, int]:
    """The text at the start, and how many characters were on the screen at the moment of the kill."""
    with subprocess.Popen(
        [sys.executable, str(TYPIST), str(home), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        found = read_start(process)
        time.sleep(life_s)
        process.send_signal(signal.SIGKILL)
        keys = process.communicate(timeout=20)[0].split()
    return found, int(keys[-1]) if keys else len(found)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
@pytest.mark.timeout(180)
def test_at_most_the_last_second_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, chance = tmp_path / "workspace", random.Random(20261124)
    workspace = open_workspace(home, load_rulebook())
    workspace.identity.save(Profile(name="Jordan Sample", zone="UTC"))
    workspace.drafting.create(title="Typed in a hurry", text="Begin ")
    typed = len("Begin ")
    lost: list[int] = []
    for number in range(KILLS + 1):
        life_s = chance.uniform(*LIVES_S) if number < KILLS else 0.0
        found, on_screen = type_and_die(home, number, life_s)
        if number:
            lost.append(typed - len(found))
        assert found.startswith("Begin ")
        typed = on_screen
    with capsys.disabled():
        keys = typed - len("Begin ") + sum(lost)
        print(f"\n  {KILLS} kills, {keys} keys, lost per kill: {lost}, {sum(lost)} in all")
    assert [len(workspace.drafting.list()), len(lost)] == [1, KILLS]
    assert all(0 <= each <= KEYS_A_SECOND for each in lost)
    workspace.close()
