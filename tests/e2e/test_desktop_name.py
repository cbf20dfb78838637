"""The name and icon that a desktop shows for the window, as another program reads them from the screen."""

import configparser
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "xprop", "xdotool")
ABSENT = [name for name in NEEDED if shutil.which(name) is None]
LIMIT_S = 30
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X is of Linux"),
    pytest.mark.skipif(
        bool(ABSENT), reason=f"absent: {', '.join(ABSENT)} (apt install xvfb x11-utils xdotool)"
    ),
]


def until(ask: Callable[[], str], what: str) -> str:
    """The first answer that says something. Raises AssertionError after half a minute."""
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come")


def said(command: list[str], env: dict[str, str]) -> str:
    """What a command prints, "" where it finds nothing."""
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=20, check=False).stdout


def test_a_desktop_knows_the_window_by_name_and_icon(screen: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "medvoice", "--home", str(tmp_path / "home")]
    with subprocess.Popen(command, cwd=ROOT, env=screen, stderr=subprocess.DEVNULL) as window:
        try:
            find = ["xdotool", "search", "--onlyvisible", "--class", "MedVoice"]
            name = until(lambda: said(find, screen).strip(), "the window").splitlines()[0]
            read = ["xprop", "-id", name]
            assert 'WM_CLASS(STRING) = "medvoice", "MedVoice"' in said([*read, "WM_CLASS"], screen)
            until(lambda: "Icon (" in said([*read, "_NET_WM_ICON"], screen) and "icon", "the icon")
            assert "MedVoice" in said([*read, "_NET_WM_NAME"], screen)
        finally:
            window.terminate()


def test_the_entry_of_the_desktop_belongs_to_the_window() -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str
    entry.read(ROOT / "packaging" / "linux" / "medvoice.desktop", "utf-8")
    said_there = dict(entry["Desktop Entry"])
    assert said_there["StartupWMClass"] == said_there["Name"] == "MedVoice"
    assert said_there["Exec"] == said_there["Icon"] == "medvoice"
    assert said_there["Actions"] == "new-idea;"
    assert dict(entry["Desktop Action new-idea"])["Exec"] == "medvoice idea capture"
    assert (ROOT / "resources" / "icons" / "medvoice.svg").is_file()
    assert 'setDesktopFileName("medvoice")' in (ROOT / "medvoice" / "app.py").read_text("utf-8")
