"""An idea caught from other programs, on a real screen: by a key of the desktop, and by command."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from medvoice.infra.global_key import XKey, open_global_key

ROOT = Path(__file__).parents[2]
ABSENT = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
LIMIT_S = 30
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X is of Linux"),
    pytest.mark.skipif(bool(ABSENT), reason=f"absent: {', '.join(ABSENT)} (apt install xvfb xdotool)"),
]
COMMAND = [sys.executable, "-m", "medvoice"]


def until(ask: Callable[[], object], what: str) -> None:
    end_s = time.monotonic() + LIMIT_S
    while not ask():
        assert time.monotonic() < end_s, what
        time.sleep(0.05)


def xdotool(screen: dict[str, str], *words: str) -> str:
    done = subprocess.run(["xdotool", *words], env=screen, capture_output=True, text=True, timeout=20)
    return done.stdout.strip()


def line_is_up(screen: dict[str, str]) -> bool:
    return bool(xdotool(screen, "search", "--onlyvisible", "--name", "^New idea · MedVoice$"))


def write(screen: dict[str, str], words: str) -> None:
    """Into the line that has come up, until it goes again."""
    until(lambda: line_is_up(screen), "no line")
    until(lambda: "New idea" in xdotool(screen, "getwindowfocus", "getwindowname"), "no keyboard")
    xdotool(screen, "type", "--delay", "1", words)
    xdotool(screen, "key", "Return")
    until(lambda: not line_is_up(screen), "the line stays")


def test_by_key_and_by_command_with_a_window_and_without(screen: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "window.ini").write_text("[General]\nanywhere_key_on=1\nanywhere_keys=Ctrl+Alt+J\n", "utf-8")
    ours = [*COMMAND, "--home", str(home)]
    socket = home / "window.sock"
    with subprocess.Popen(ours, cwd=ROOT, env=screen, stderr=subprocess.DEVNULL) as window:
        try:
            until(socket.exists, "the window does not listen")
            until(lambda: xdotool(screen, "search", "--onlyvisible", "--class", "MedVoice"), "no window")
            # Another program has the keyboard: without a desktop, none of MedVoice's windows.
            name = xdotool(screen, "search", "--onlyvisible", "--class", "MedVoice").splitlines()[0]
            xdotool(screen, "windowunmap", name)
            xdotool(screen, "key", "ctrl+alt+j")
            write(screen, "by key")
            asked = [*ours, "idea", "capture"]
            subprocess.run(asked, cwd=ROOT, env=screen, timeout=LIMIT_S, check=True)
            write(screen, "by command")
        finally:
            window.terminate()
    with subprocess.Popen([*ours, "idea", "capture"], cwd=ROOT, env=screen) as alone:
        write(screen, "with no window open")
        assert alone.wait(LIMIT_S) == 0
    listed = subprocess.run(
        [*ours, "idea", "list", "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {each["title"] for each in json.loads(listed.stdout)}
    assert found == {"by key", "by command", "with no window open"}


def test_one_key_is_heard_under_every_lock_and_no_other(
    screen: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    ours, other = open_global_key("xcb"), XKey()
    assert isinstance(ours, XKey)
    heard = [ours.grab("Ctrl+Alt+Space"), other.grab("Ctrl+Alt+Space"), other.grab("Ctrl+ß")]
    assert heard == ["", "taken", "unknown"]
    for lock in ("", "Num_Lock", "Caps_Lock"):
        if lock:
            xdotool(screen, "key", lock)
        xdotool(screen, "key", "ctrl+alt+space")
        until(lambda: ours.presses() == 1, f"not heard with {lock or 'no lock'}")
    xdotool(screen, "key", "a", "ctrl+alt+x", "space")
    time.sleep(0.1)
    assert ours.presses() == 0
    assert ours.grab("Meta+Shift+F5") == ""
    assert other.grab("Ctrl+Alt+Space") == "", "the one before is let go"
    ours.close()
    other.close()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert open_global_key("xcb") is None, "there X hears the key in its own windows only"
    assert open_global_key("wayland") is None
