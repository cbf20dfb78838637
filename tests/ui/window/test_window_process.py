"""The window as a process: the agent it starts, and the moments it can be asked to leave at."""

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from medvoice.app import build
from medvoice.infra.paths import make_paths
from medvoice.infra.resources import resource_path
from medvoice.ui.theme import Mode, Theme


def test_the_window_starts_an_agent_and_ends_it(qtbot, qapp: QApplication, home):
    theme = Theme.from_resources(resource_path(), mode=Mode.LIGHT)
    window, runner = build(theme, make_paths(home), with_agent=True)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.start()
    qtbot.waitUntil(lambda: window.rail.agent.state == "on", timeout=20_000)
    process = window.agent.process
    pid = process.processId()
    assert pid
    window.close()
    runner.shutdown()
    assert not is_alive(pid)
    theme.changed.disconnect()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("moment", ["painted", "ready", "shown"])
def test_it_leaves_when_asked_and_says_how_long_it_took(home, moment):
    command = [sys.executable, "-m", "medvoice", "--home", str(home), "--exit-when", moment]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    said = json.loads(done.stdout)
    assert list(said) == [f"{moment}_ms"]
    assert 0 < said[f"{moment}_ms"] < 30_000


def test_a_damaged_workspace_ends_a_measured_start_with_the_storage_code(home):
    (home / "medvoice.sqlite3").write_bytes(b"no database " * 500)
    command = [sys.executable, "-m", "medvoice", "--home", str(home), "--exit-when", "ready"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_it_says_so_and_a_measured_start_is_drawn_offscreen(home):
    hidden = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "medvoice", "--home", str(home)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no display here")
    assert "Traceback" not in done.stderr
    brief = [*command, "--exit-when", "painted"]
    subprocess.run(brief, env=env, capture_output=True, timeout=60, check=True)
