"""How a workspace database is opened: one factory, one set of pragmas, one mapping of SQLite's errors.

A connection belongs to the thread that opened it; every lane and process opens its own. It is in SQLite's
autocommit mode: a statement outside `transaction` commits by itself. sqlite-utils makes and changes the
schema; it is imported only when there is something to migrate, for a start would pay for it.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medvoice.domain.clock import Clock
from medvoice.domain.errors import MedVoiceError, StorageError, UserError
from medvoice.store.backup import last_backup, make_backup
from medvoice.store.schema import pending, unknown

# "MdVc": tells a workspace from any other SQLite file.
APPLICATION_ID = 0x4D645663
BUSY_TIMEOUT_MS = 5000
_CODES = {
    sqlite3.SQLITE_BUSY: "workspace_locked",
    sqlite3.SQLITE_LOCKED: "workspace_locked",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "workspace_read_only",
    sqlite3.SQLITE_PERM: "workspace_read_only",
    sqlite3.SQLITE_AUTH: "workspace_read_only",
    sqlite3.SQLITE_IOERR: "workspace_unreadable",
    sqlite3.SQLITE_CANTOPEN: "workspace_unreadable",
    sqlite3.SQLITE_CORRUPT: "workspace_damaged",
    sqlite3.SQLITE_NOTADB: "workspace_damaged",
}
Parameters = Sequence[Any] | Mapping[str, Any]


class Workspace:
    """An open workspace. Use it on the thread that opened it only."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.conn = connection
        self.path = path

    def rows(self, sql: str, parameters: Parameters = ()) -> list[dict[str, Any]]:
        """All rows of a SELECT or of a write with RETURNING. A write joins the open transaction or
        commits by itself. Raises StorageError."""
        with mapped(self.path):
            cursor = self.conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tuples(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """As `rows`, for very many: plain tuples in the order of the select's columns."""
        with mapped(self.path):
            return self.conn.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> dict[str, Any] | None:
        """The first row, or None. Raises StorageError."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """One write; the number of rows it changed. Raises StorageError."""
        with mapped(self.path):
            return self.conn.execute(sql, parameters).rowcount

    def close(self) -> None:
        """Close the connection; it cannot be used again."""
        self.conn.close()


def open_workspace(path: Path, *, clock: Clock) -> Workspace:
    """Open or create the workspace database at `path` and bring its schema up to date.

    A backup is written to `backups/` beside it before anything is migrated. Any thread; the connection
    then belongs to that thread.
    Raises StorageError: `newer_workspace`, `not_a_workspace`, `workspace_damaged` (params path, backup: the
    latest backup or ""), `workspace_locked`, `workspace_read_only`, `workspace_unreadable`, `disk_full`.
    """
    path = Path(path)
    try:
        _prepare_file(path)
    except OSError as problem:
        code = "workspace_read_only" if isinstance(problem, PermissionError) else "workspace_unreadable"
        raise StorageError(code, path=str(path)) from problem
    with mapped(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None)
        try:
            db = Workspace(connection, path)
            _configure(db)
            _migrate(db, clock)
        except BaseException:
            connection.close()
            raise
        return db


def data_version(db: Workspace) -> int:
    """A number that changes when another connection has committed. The owner's thread only."""
    row = db.row("PRAGMA data_version")
    assert row is not None
    return int(row["data_version"])


@contextlib.contextmanager
def transaction(db: Workspace) -> Generator[None, None, None]:
    """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when the body raises.

    Inside another transaction it joins that one behind a savepoint: what the body wrote is undone when it
    raises, and nothing is committed before the outermost ends. Raises StorageError.
    """
    with mapped(db.path):
        is_inner = db.conn.in_transaction
        db.conn.execute("SAVEPOINT inner" if is_inner else "BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("RELEASE inner" if is_inner else "COMMIT")
        except BaseException:
            # An error such as RAISE(ROLLBACK) may have ended all of it already.
            if db.conn.in_transaction:
                _undo(db.conn, is_inner=is_inner)
            raise


def _undo(connection: sqlite3.Connection, *, is_inner: bool) -> None:
    if not is_inner:
        connection.execute("ROLLBACK")
        return
    # Savepoints of one name nest: the innermost is meant.
    connection.execute("ROLLBACK TO inner")
    connection.execute("RELEASE inner")


@contextlib.contextmanager
def mapped(path: Path) -> Generator[None, None, None]:
    """Turn SQLite's errors about the file into StorageError, and text that no file can hold (half a
    surrogate pair) into UserError `characters_broken`; all others are bugs and pass."""
    try:
        yield
    except UnicodeEncodeError as problem:
        raise UserError("characters_broken", position=problem.start) from problem
    except sqlite3.DatabaseError as problem:
        error = storage_error(problem, path)
        if error is None:
            raise
        raise error from problem


def storage_error(problem: sqlite3.Error, path: Path) -> StorageError | None:
    """The StorageError for a SQLite error, None when it is not about the file (a bug of ours)."""
    # The low byte is the primary code; the rest only refines it.
    primary = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    code = _CODES.get(primary)
    if code is None:
        return None
    if code == "workspace_damaged":
        return damaged(path)
    return StorageError(code, path=str(path))


def damaged(path: Path) -> StorageError:
    """The error that names the damaged file and the backup to offer ("" when there is none)."""
    backup = last_backup(path)
    return StorageError("workspace_damaged", path=str(path), backup=str(backup) if backup else "")


def _prepare_file(path: Path) -> None:
    """Create the file readable by its owner only. An existing one is never opened here: closing a file that
    SQLite has open in this process would drop SQLite's locks on it and let another process damage it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _configure(db: Workspace) -> None:
    db.conn.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    _switch_to_wal(db.conn)
    # FULL: an acknowledged draft or `sending` row survives a power cut (measured 0.19 ms a write).
    db.conn.execute("PRAGMA synchronous = FULL")
    db.conn.execute("PRAGMA foreign_keys = ON")
    db.conn.execute("PRAGMA recursive_triggers = ON")
    db.conn.execute("PRAGMA journal_size_limit = 16777216")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The first switch needs the file alone and SQLite does not wait for that by itself."""
    give_up_at = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as problem:
            is_busy = problem.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not is_busy or time.monotonic() > give_up_at:
                raise
            time.sleep(0.02)


def _migrate(db: Workspace, clock: Clock) -> None:
    application_id = db.conn.execute("PRAGMA application_id").fetchone()[0]
    if application_id == 0:
        if db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StorageError("not_a_workspace", path=str(db.path))
    elif application_id != APPLICATION_ID:
        raise StorageError("not_a_workspace", path=str(db.path))
    _refuse_newer(db)
    if not pending(db.conn):
        return
    if application_id:
        make_backup(db.conn, db.path, clock.now(), "before-update")
    from medvoice.store.migrations import migrate

    # One write lock around all of them: two processes that start together must not both migrate.
    with transaction(db):
        _refuse_newer(db)
        migrate(db.conn)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _refuse_newer(db: Workspace) -> None:
    """Migrations pass over names they do not know, so a newer workspace has to be told by hand."""
    newer = unknown(db.conn)
    if newer:
        raise StorageError("newer_workspace", path=str(db.path), migrations=", ".join(newer))


def is_damaged(problem: MedVoiceError) -> bool:
    """Whether a restore from backup should be offered."""
    return problem.code == "workspace_damaged"
