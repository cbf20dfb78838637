"""Copies of the workspace database, and the way back to one of them.

Backups lie in `backups/` beside the database. A damaged file is never deleted, only moved aside.
"""

import os
import re
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from medvoice.domain.errors import StorageError

DAILY = timedelta(days=1)
KEEP = {"daily": 7, "before-update": 3, "asked": 5}
_NAME = re.compile(r"-(\d{8}T\d{6})Z-([a-z-]+)\.sqlite$")


def backup_folder(path: Path) -> Path:
    """Where the backups of the database at `path` lie."""
    return path.parent / "backups"


def backups(path: Path) -> tuple[Path, ...]:
    """The backups of the database at `path`, newest first. Any thread."""
    found = [file for file in backup_folder(path).glob(f"{path.stem}-*.sqlite") if _NAME.search(file.name)]
    return tuple(sorted(found, key=lambda file: file.name, reverse=True))


def last_backup(path: Path) -> Path | None:
    """The newest backup that SQLite finds sound, None when there is none. Reads the files; any thread."""
    return next((file for file in backups(path) if is_sound(file)), None)


def make_backup(connection: sqlite3.Connection, path: Path, now: datetime, why: str = "asked") -> Path:
    """Copy the open database, check the copy, and only then put it among the backups.

    `why` is a key of KEEP, which says how many of that kind stay. The connection's thread. Raises
    StorageError `workspace_damaged` when the copy is not sound, sqlite3.Error or OSError otherwise.
    """
    folder = backup_folder(path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = folder / f"{path.stem}-{now:%Y%m%dT%H%M%S}Z-{why}.sqlite"
    partial = final.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_RDWR, 0o600))
    target = sqlite3.connect(partial)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        target.close()
    if not is_sound(partial):
        partial.unlink()
        previous = last_backup(path)
        raise StorageError("workspace_damaged", path=str(path), backup=str(previous) if previous else "")
    os.replace(partial, final)
    _prune(path, why)
    return final


def backup_if_due(connection: sqlite3.Connection, path: Path, now: datetime) -> Path | None:
    """A daily backup when the newest one is a day old; None when it is younger. As `make_backup`."""
    for file in backups(path):
        match = _NAME.search(file.name)
        assert match is not None
        made_at = datetime.strptime(match[1] + "+0000", "%Y%m%dT%H%M%S%z")
        # A backup from the future means that the clock went back: do not wait for it.
        if timedelta(0) <= now - made_at < DAILY:
            return None
    return make_backup(connection, path, now, "daily")


def restore(path: Path, backup: Path, now: datetime) -> Path:
    """Put `backup` in the place of the database; all connections must be closed.

    Returns where the replaced file was moved (`….damaged-<time>`), which is kept. Raises StorageError
    `backup_damaged` when the backup is not sound, OSError when a file cannot be moved. Any thread.
    """
    if not is_sound(backup):
        raise StorageError("backup_damaged", path=str(backup))
    fresh = path.with_name(path.name + ".restoring")
    shutil.copyfile(backup, fresh)
    os.chmod(fresh, 0o600)
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            os.replace(old, aside.with_name(aside.name + suffix))
    os.replace(fresh, path)
    return aside


def is_sound(path: Path) -> bool:
    """Whether SQLite can read the file from end to end. Takes about half a second for 140 MB; any thread."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        is_ok = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        return is_ok and bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _prune(path: Path, why: str) -> None:
    same = [file for file in backups(path) if file.name.endswith(f"Z-{why}.sqlite")]
    for file in same[KEEP.get(why, 5) :]:
        file.unlink(missing_ok=True)
