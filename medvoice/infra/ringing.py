"""Asking the window that is open on a workspace for the line for an idea. No Qt: that would take longer.

Where the window listens: a socket of the person's own, on Windows a named pipe. Nothing is told but the wish.
"""

import hashlib
import os
import socket
import sys
import tempfile
from pathlib import Path

IDEA, YES, MOST = b"idea", b"yes", 400  # as `ui.doorbell` hears and says them
WAIT_S = 2.0
LONGEST = 100  # bytes of a socket's path: 104 is the end of it on macOS, 108 on Linux


def address_of(home: Path) -> str:
    """Where the window of a workspace listens: a path below `home`, or one of the person's own in the folder
    for what is passing where that would be too long; a name on Windows."""
    name = f"medvoice-{hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    path = home.absolute() / "window.sock"
    if len(os.fsencode(path)) > LONGEST:
        path = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"{name}.sock"
    return str(path)


def ring(home: Path, wait_s: float = WAIT_S) -> bool:
    """Ask the open window for the line. False when none is open or it does not answer in time."""
    # With it a Wayland desktop lets the line come to the front.
    wish = IDEA + b" " + os.environ.get("XDG_ACTIVATION_TOKEN", "").encode("ascii", "ignore")[: MOST // 2]
    try:
        if sys.platform == "win32":
            with open(rf"\\.\pipe\{address_of(home)}", "r+b", buffering=0) as pipe:
                pipe.write(wish.strip() + b"\n")
                return pipe.read(len(YES)) == YES
        path = Path(address_of(home))
        if path.stat().st_uid != os.getuid():
            return False
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(wait_s)
            wire.connect(str(path))
            wire.sendall(wish.strip() + b"\n")
            return wire.recv(len(YES)) == YES
    except OSError:
        return False
