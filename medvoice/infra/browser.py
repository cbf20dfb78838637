"""Opening an address in the person's own browser, with an honest answer whether that worked."""

import os
import subprocess
import sys
import webbrowser
from urllib.parse import urlsplit


def open_in_browser(url: str) -> bool:
    """Start the system browser on an http(s) address. False when there is none or it did not start: then
    the address must be shown. Never a browser inside the terminal. May block for a moment; not on the UI
    thread. Raises ValueError for another kind of address."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("only http and https addresses are opened")
    if sys.platform not in ("win32", "darwin") and not _has_screen():
        return False
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError, subprocess.SubprocessError):
        return False


def _has_screen() -> bool:
    """Without a display `webbrowser` would fall back to a text browser that takes over the terminal; a
    BROWSER variable is the person's own word."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
