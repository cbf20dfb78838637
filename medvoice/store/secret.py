"""Sealed secrets. What lies here was sealed by the vault; this store never sees a secret in the clear."""

from medvoice.store.connection import Workspace


class SecretStore:
    """Sealed blobs by (owner, name). Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def put(self, owner: str, name: str, sealed: bytes) -> None:
        """Keep a sealed blob, in the place of an earlier one. Raises ValueError for an empty one, so that
        nothing can overwrite a token with nothing."""
        if not sealed:
            raise ValueError("an empty value never overwrites a secret")
        self.db.run(
            "INSERT INTO secrets (owner, name, sealed) VALUES (?, ?, ?)"
            " ON CONFLICT (owner, name) DO UPDATE SET sealed = excluded.sealed",
            [owner, name, sealed],
        )

    def get(self, owner: str, name: str) -> bytes | None:
        """The sealed blob, None when there is none."""
        row = self.db.row("SELECT sealed FROM secrets WHERE owner = ? AND name = ?", [owner, name])
        return None if row is None else bytes(row["sealed"])

    def remove(self, owner: str, name: str | None = None) -> None:
        """Forget one blob of `owner`, or all of them."""
        self.db.run(
            "DELETE FROM secrets WHERE owner = :owner AND (:name IS NULL OR name = :name)",
            {"owner": owner, "name": name},
        )
