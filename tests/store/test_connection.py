"""Opening a workspace file: pragmas, migrations, and every way a file can be wrong."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from medvoice.domain.errors import StorageError
from medvoice.store.backup import backups, is_sound, make_backup, restore
from medvoice.store.connection import (
    APPLICATION_ID,
    Workspace,
    data_version,
    is_damaged,
    open_workspace,
    storage_error,
    transaction,
)
from medvoice.store.draft import DraftStore
from medvoice.store.migrations import MIGRATIONS
from medvoice.store.schema import MIGRATION_NAMES
from medvoice.store.setting import SettingStore

from .conftest import START, a_draft

FIXTURE = Path(__file__).parent / "fixtures" / "workspace-1.sqlite"


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        " ORDER BY type, name"
    ).fetchall()


def test_every_connection_gets_the_pragmas(db: Workspace) -> None:
    def pragma(name: str) -> object:
        return db.conn.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 5000
    assert pragma("application_id") == APPLICATION_ID


def test_all_own_tables_are_strict(db: Workspace) -> None:
    tables = [row["name"] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [name for name in tables if not name.startswith(("drafts_fts", "_sqlite", "sqlite_"))]
    assert len(own) >= 14
    strict = {row["name"] for row in db.rows("SELECT name FROM pragma_table_list WHERE strict = 1")}
    assert set(own) <= strict


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in another way")
def test_the_file_is_its_owners_only(db: Workspace) -> None:
    assert stat.S_IMODE(db.path.stat().st_mode) == 0o600


def test_names_of_migrations_are_those_registered() -> None:
    memory = sqlite3.connect(":memory:")
    try:
        pending = MIGRATIONS.pending(Database(memory))
        assert tuple(migration.name for migration in pending) == MIGRATION_NAMES
    finally:
        memory.close()


def test_the_first_release_file_opens_and_equals_a_fresh_one(tmp_path: Path, clock, db: Workspace) -> None:
    old = tmp_path / "old.sqlite"
    old.write_bytes(FIXTURE.read_bytes())
    opened = open_workspace(old, clock=clock)
    try:
        assert schema_of(opened.conn) == schema_of(db.conn)
        rows = DraftStore(opened).list()
        assert [row.title for row in rows] == ["From the first release"]
        assert DraftStore(opened).search("fibrosis")[0].id == rows[0].id
        assert opened.rows("PRAGMA foreign_key_check") == []
        assert opened.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    finally:
        opened.close()


def test_a_backup_is_written_before_migrating(path: Path, clock, db: Workspace) -> None:
    DraftStore(db).add(a_draft())
    # As if the file came from a release before the last migration.
    db.run("DELETE FROM _sqlite_migrations WHERE name = ?", [MIGRATION_NAMES[-1]])
    db.close()
    with pytest.raises(sqlite3.OperationalError, match=r"already exists|duplicate column"):
        open_workspace(path, clock=clock)
    (backup,) = backups(path)
    assert backup.name == "workspace-20261201T070000Z-before-update.sqlite"
    assert is_sound(backup)
    # The migration that broke has left nothing behind.
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (
            len(MIGRATION_NAMES) - 1,
        )
    finally:
        connection.close()


def test_a_fresh_workspace_needs_no_backup(db: Workspace) -> None:
    assert backups(db.path) == ()


def test_a_newer_workspace_is_refused_and_left_alone(path: Path, clock, db: Workspace) -> None:
    db.run(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('medvoice', 'm9999_later', '')"
    )
    db.close()
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.code == "newer_workspace"
    assert caught.value.params["migrations"] == "m9999_later"
    assert not is_damaged(caught.value)


@pytest.mark.parametrize("application_id", [0, 1234])
def test_another_programs_database_is_refused(path: Path, clock, application_id: int) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.code == "not_a_workspace"
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    connection.close()


def test_a_file_that_is_no_database_is_kept_and_named(path: Path, clock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is a letter, not a database" * 40)
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.code == "workspace_damaged"
    assert caught.value.params == {"path": str(path), "backup": ""}
    assert path.read_bytes().startswith(b"this is a letter")


def filled(db: Workspace) -> int:
    """Fills a workspace and closes it; returns how long its file was when it was empty."""
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    empty = db.path.stat().st_size
    store = DraftStore(db)
    for number in range(100):
        store.add(a_draft(text=f"Text {number} " * 500))
    db.close()
    return empty


def test_a_broken_page_is_told_from_a_bug(path: Path, clock, db: Workspace) -> None:
    empty = filled(db)
    data = bytearray(path.read_bytes())
    assert len(data) > 2 * empty
    data[empty:] = b"\xa5" * (len(data) - empty)
    path.write_bytes(data)
    opened = open_workspace(path, clock=clock)
    store = DraftStore(opened)
    try:
        with pytest.raises(StorageError) as caught:
            [store.get(row.id) for row in store.list()]
        assert is_damaged(caught.value)
    finally:
        opened.close()


def test_a_damaged_file_names_the_last_backup_and_is_kept(path: Path, clock, db: Workspace) -> None:
    backup = make_backup(db.conn, path, clock.now())
    filled(db)
    data = bytearray(path.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    path.write_bytes(data)
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.params == {"path": str(path), "backup": str(backup)}
    assert path.read_bytes() == bytes(data)
    aside = restore(path, backup, clock.now())
    assert aside.read_bytes() == bytes(data)
    opened = open_workspace(path, clock=clock)
    assert DraftStore(opened).list() == ()
    opened.close()


def test_a_locked_workspace_says_so(path: Path, clock, db: Workspace) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    db.conn.execute("PRAGMA busy_timeout = 10")
    try:
        with pytest.raises(StorageError) as caught:
            SettingStore(db).save("a", "b")
        assert caught.value.code == "workspace_locked"
        with pytest.raises(StorageError), transaction(db):
            raise AssertionError("must not begin")
    finally:
        other.close()
    SettingStore(db).save("a", "b")
    assert SettingStore(db).get("a") == "b"


def test_a_full_disk_says_so(db: Workspace) -> None:
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(StorageError) as caught:
        SettingStore(db).save("a", "x" * 100_000)
    assert caught.value.code == "disk_full"
    assert SettingStore(db).get("a") == ""


def test_a_folder_in_the_place_of_the_file(path: Path, clock) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.code == "workspace_unreadable"


def test_a_read_only_workspace_says_so(db: Workspace) -> None:
    db.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError) as caught:
        SettingStore(db).save("a", "b")
    assert caught.value.code == "workspace_read_only"


def test_a_bug_stays_a_bug(db: Workspace) -> None:
    with pytest.raises(sqlite3.OperationalError):
        db.rows("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError):
        db.run("INSERT INTO draft_versions VALUES (1, 'd_none', 1, '', '', '', '')")
    assert storage_error(sqlite3.Error("no code"), Path("x")) is None


def test_transactions_join_and_undo_only_their_own(db: Workspace) -> None:
    settings = SettingStore(db)
    with transaction(db):
        settings.save("outer", "1")
        with pytest.raises(ValueError, match="inner"), transaction(db):  # noqa: PT012
            settings.save("inner", "1")
            raise ValueError("inner")
        with transaction(db):
            settings.save("second", "1")
    assert settings.list() == {"outer": "1", "second": "1"}
    with pytest.raises(KeyError), transaction(db):  # noqa: PT012
        settings.save("lost", "1")
        with transaction(db):
            settings.save("lost too", "1")
        raise KeyError
    assert settings.list() == {"outer": "1", "second": "1"}
    assert not db.conn.in_transaction


def test_errors_of_others_pass_a_transaction_unchanged(db: Workspace) -> None:
    """requests' errors are OSErrors: they must not be taken for the disk's."""
    with pytest.raises(ConnectionError), transaction(db):
        raise ConnectionError


def test_data_version_tells_of_another_connection(connect) -> None:
    mine, other = connect(), connect()
    before = data_version(mine)
    SettingStore(mine).save("a", "1")
    assert data_version(mine) == before
    SettingStore(other).save("a", "2")
    assert data_version(mine) != before


def test_a_connection_belongs_to_its_thread(db: Workspace) -> None:
    caught: list[Exception] = []

    def use() -> None:
        try:
            SettingStore(db).get("a")
        except sqlite3.ProgrammingError as problem:
            caught.append(problem)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_processes_that_start_together_migrate_once(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from medvoice.domain.clock import SystemClock;"
        "from medvoice.store.connection import open_workspace;"
        "open_workspace(Path(sys.argv[1]), clock=SystemClock()).close()"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stderr=subprocess.PIPE) for _ in range(4)
    ]
    for run in runs:
        _, complaint = run.communicate(timeout=60)
        assert run.returncode == 0, complaint.decode()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (len(MIGRATION_NAMES),)
    connection.close()


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_kill_in_mid_transaction_leaves_the_state_before_it(path: Path, clock, db: Workspace) -> None:
    SettingStore(db).save("state", "before")
    program = (
        "import sys, os, time; from pathlib import Path; from medvoice.domain.clock import SystemClock\n"
        "from medvoice.store.connection import open_workspace, transaction\n"
        "from medvoice.store.setting import SettingStore\n"
        "db = open_workspace(Path(sys.argv[1]), clock=SystemClock())\n"
        "with transaction(db):\n"
        "    SettingStore(db).save('state', 'during')\n"
        "    db.conn.execute('PRAGMA cache_spill = 1')\n"
        "    SettingStore(db).save('filler', 'x' * 5_000_000)\n"
        "    print('written', flush=True)\n"
        "    time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "written\n"
    assert SettingStore(db).get("state") == "before"
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=30)
    opened = open_workspace(path, clock=clock)
    try:
        assert SettingStore(opened).list() == {"state": "before"}
        SettingStore(opened).save("state", "after")
    finally:
        opened.close()
    assert SettingStore(db).get("state") == "after"
    assert clock.now() == START


def test_a_folder_that_takes_no_files_says_so(path: Path, clock, monkeypatch) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageError) as caught:
        open_workspace(path, clock=clock)
    assert caught.value.code == "workspace_read_only"


def test_the_switch_to_wal_waits_for_its_turn(tmp_path: Path, clock, monkeypatch) -> None:
    """Another program has the file for a moment while it is still in the old journal mode."""
    path = tmp_path / "workspace.sqlite"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = DELETE").fetchone()
    other.execute("BEGIN EXCLUSIVE")
    waits: list[float] = []

    def nap(seconds: float) -> None:
        waits.append(seconds)
        other.rollback()
        other.close()

    monkeypatch.setattr("medvoice.store.connection.BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr("medvoice.store.connection.time.sleep", nap)
    monkeypatch.setattr("medvoice.store.connection.time.monotonic", lambda: 0.0)
    opened = open_workspace(path, clock=clock)
    assert opened.rows("PRAGMA journal_mode") == [{"journal_mode": "wal"}]
    assert len(waits) == 1
    opened.close()
