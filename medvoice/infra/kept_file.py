"""A file that only saves time: written in one step, and believed only when it is surely our own.

The first line names the key it was made for, the second the SHA-256 of the rest. It is read only if it is a
plain file of this user that nobody else may write (POSIX; on Windows the profile folder is private). A wrong
key, a damaged body, a stranger's file: the answer is None, and the caller does the work itself.
"""

import hashlib
import os
import stat
import sys
from pathlib import Path

from medvoice.infra.settings import write_atomic

MAX_BYTES = 64_000_000
_HEAD = len("0" * 64) * 2 + 2


def read_kept(path: Path, key: str) -> bytes | None:
    """The body that was kept for `key`, or None. Never raises."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    try:
        facts = os.fstat(handle)
        if not _is_ours(facts) or not _HEAD < facts.st_size <= MAX_BYTES:
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read()
    except OSError:
        return None
    finally:
        os.close(handle)
    head, body = content[:_HEAD], content[_HEAD:]
    return body if head == _head(key, body) else None


def write_kept(path: Path, key: str, body: bytes) -> bool:
    """Keep `body` for `key`. Tells whether it could; a full disk or a folder that is closed loses nothing."""
    try:
        write_atomic(path, _head(key, body) + body)
    except OSError:
        return False
    return True


def stamp_of(module: str) -> str:
    """Names, sizes and times of the files of a package, as one text: a changed program never takes what an
    older one kept. Empty when the program lies in an archive."""
    found: list[str] = []
    for folder in sys.modules[module].__path__:
        for path in sorted(Path(folder).rglob("*.py")):
            facts = path.stat()
            found.append(f"{path.name}:{facts.st_size}:{facts.st_mtime_ns}")
    return " ".join(found)


def _head(key: str, body: bytes) -> bytes:
    return f"{key}\n{hashlib.sha256(body).hexdigest()}\n".encode()


def _is_ours(facts: os.stat_result) -> bool:
    if not stat.S_ISREG(facts.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return facts.st_uid == os.geteuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class KeptRules:
    """Where the compiled rules are kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def stamp(self) -> str:
        return stamp_of("medvoice.compliance")

    def read(self, key: str) -> bytes | None:
        return read_kept(self.path, key)

    def write(self, key: str, body: bytes) -> bool:
        return write_kept(self.path, key, body)
