"""Telling the person something through the system's own notifications."""

import logging
import shutil
import subprocess
import sys
import threading

_log = logging.getLogger(__name__)
TIMEOUT_S = 5.0


class SystemNotifier:
    """ports.Notifier: `notify-send` on Linux, `osascript` on macOS. On Windows and where neither exists
    there is only the log and what the window shows. Any thread; never blocks the caller, never raises."""

    def __init__(self, is_on: bool = True) -> None:
        self.is_on = is_on

    def tell(self, title: str, body: str) -> None:
        _log.info("notice: %s", title)
        command = command_for(title, body) if self.is_on else None
        if command is not None:
            threading.Thread(target=_run, args=(command,), name="notify", daemon=True).start()


class QuietNotifier:
    """ports.Notifier that only writes to the log, for the command line and tests."""

    def tell(self, title: str, body: str) -> None:
        _log.info("notice: %s", title)


def command_for(title: str, body: str, platform: str = sys.platform) -> list[str] | None:
    """The program and its arguments that show a notification here; None when there is none. The words are
    arguments of their own and never part of a script."""
    title, body = _line(title), _line(body)
    if platform == "darwin":
        tool = shutil.which("osascript")
        script = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"
        return [tool, "-e", script, title, body] if tool else None
    if platform == "win32":
        return None
    tool = shutil.which("notify-send")
    return [tool, "--app-name=MedVoice", "--", title, _escaped(body)] if tool else None


def _line(text: str) -> str:
    """One line of at most 200 characters without control characters."""
    return "".join(c if c.isprintable() else " " for c in text)[:200]


def _escaped(text: str) -> str:
    """Notification servers read a little markup in the body."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, timeout=TIMEOUT_S, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as problem:
        _log.info("no system notification: %s", type(problem).__name__)
