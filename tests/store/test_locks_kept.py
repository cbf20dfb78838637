"""A second connection of one process must not take away the locks of the first (SQLite, howtocorrupt 2.2)."""

import subprocess
import sys
from pathlib import Path

from medvoice.domain.clock import SystemClock
from medvoice.store.connection import open_workspace

VISIT = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("SELECT count(*) FROM sqlite_master").fetchone()
other.close()
"""


def test_another_process_sees_that_the_file_is_in_use(tmp_path: Path) -> None:
    """The last connection to close removes the log; a visitor must not take itself for the last one."""
    path = tmp_path / "medvoice.sqlite3"
    first = open_workspace(path, clock=SystemClock())
    first.run("CREATE TABLE trace (id INTEGER PRIMARY KEY) STRICT")
    second = open_workspace(path, clock=SystemClock())
    second.close()
    subprocess.run([sys.executable, "-c", VISIT, str(path)], check=True, timeout=30)
    assert path.with_name("medvoice.sqlite3-wal").exists()
    first.run("INSERT INTO trace VALUES (1)")
    assert first.row("PRAGMA integrity_check") == {"integrity_check": "ok"}
    first.close()
