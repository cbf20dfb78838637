"""Small settings that belong to the workspace, as text under a key."""

from medvoice.store.connection import Workspace


class SettingStore:
    """Settings in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def get(self, key: str, default: str = "") -> str:
        """The text under `key`, `default` when there is none."""
        row = self.db.row("SELECT value FROM settings WHERE key = ?", [key])
        return default if row is None else row["value"]

    def save(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        self.db.run(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )

    def remove(self, key: str) -> None:
        """Forget the key; nothing happens when it is not there."""
        self.db.run("DELETE FROM settings WHERE key = ?", [key])

    def list(self, prefix: str = "") -> dict[str, str]:
        """All settings whose key begins with `prefix`."""
        rows = self.db.rows(
            "SELECT key, value FROM settings WHERE substr(key, 1, length(:prefix)) = :prefix ORDER BY key",
            {"prefix": prefix},
        )
        return {row["key"]: row["value"] for row in rows}
