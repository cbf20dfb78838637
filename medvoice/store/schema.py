"""Which migrations a database has had, read without the library that applies them."""

import sqlite3

MIGRATION_SET = "medvoice"
# In order; a test holds this equal to what `migrations` registers.
MIGRATION_NAMES = ("m0001_first", "m0002_congress", "m0003_plan", "m0004_ideas", "m0006_feeds")
# The table in which sqlite-utils keeps what was applied.
TABLE = "_sqlite_migrations"


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of our migrations that were applied to this database, in order. The owner's thread only."""
    has_table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [TABLE]).fetchone()
    if has_table is None:
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", [MIGRATION_SET]
    )
    return tuple(name for (name,) in rows.fetchall())


def pending(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names still to apply, in order. The owner's thread only."""
    had = applied(connection)
    return tuple(name for name in MIGRATION_NAMES if name not in had)


def unknown(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names that were applied and that this program does not know, in order. The owner's thread only."""
    return tuple(name for name in applied(connection) if name not in MIGRATION_NAMES)
