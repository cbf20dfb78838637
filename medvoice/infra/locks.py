"""A lock that holds across threads and processes: a locked file, which the OS frees when a process dies."""

import os
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from medvoice.domain.errors import AccountError, StorageError

POLL_S = 0.05


class FileLocks:
    """Named locks in one folder. May be used from any thread; not re-entrant.

    Call it with a name: `with locks("a_k3v9"):`. Only letters, digits, `_` and `-` make a name.
    Raises AccountError `keys_busy` (param name) after `timeout_s`, StorageError `workspace_read_only` when
    the folder cannot be written.
    """

    def __init__(self, folder: Path, timeout_s: float = 60.0) -> None:
        self.folder = folder
        self.timeout_s = timeout_s
        self._own = threading.Lock()
        self._threads: dict[str, threading.Lock] = {}

    @contextmanager
    def __call__(self, name: str) -> Generator[None, None, None]:
        if not name or not all(char.isalnum() or char in "_-" for char in name):
            raise ValueError(f"not a lock name: {name!r}")
        until_s = time.monotonic() + self.timeout_s
        with self._own:
            lock = self._threads.setdefault(name, threading.Lock())
        if not lock.acquire(timeout=self.timeout_s):
            raise AccountError("keys_busy", name=name)
        try:
            with self._open(name) as file:
                while not try_lock(file):
                    if time.monotonic() > until_s:
                        raise AccountError("keys_busy", name=name)
                    time.sleep(POLL_S)
                try:
                    yield
                finally:
                    unlock(file)
        finally:
            lock.release()

    def _open(self, name: str) -> IO[bytes]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The file stays: removing a locked file would let two processes lock two different files.
            return os.fdopen(os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError as problem:
            raise StorageError("workspace_read_only", path=str(self.folder)) from problem


if sys.platform == "win32":
    import msvcrt

    def try_lock(file: IO[bytes]) -> bool:
        """Lock the first byte without waiting; False when another process holds it."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(file: IO[bytes]) -> None:
        """Give the lock back."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(file: IO[bytes]) -> bool:
        """Lock the file without waiting; False when another process holds it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(file: IO[bytes]) -> None:
        """Give the lock back."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
