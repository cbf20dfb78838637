"""Accounts on networks. Their secrets lie sealed in SecretStore, never here."""

from typing import Any

from medvoice.domain.account import Account, AccountState
from medvoice.domain.clock import from_text, to_text
from medvoice.domain.errors import UserError
from medvoice.store.codec import dump, instant, load, stamp
from medvoice.store.connection import Workspace, transaction


class AccountStore:
    """Accounts in one workspace. Owner's thread only. Methods raise StorageError."""

    def __init__(self, db: Workspace) -> None:
        self.db = db

    def add(self, account: Account) -> None:
        """Keep a new account."""
        row = _to_row(account)
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        self.db.run(f"INSERT INTO accounts ({names}) VALUES ({places})", row)  # noqa: S608 - own names

    def find(self, account_id: str) -> Account | None:
        """The account, None when there is none of that id."""
        row = self.db.row("SELECT * FROM accounts WHERE id = ?", [account_id])
        return None if row is None else _from_row(row)

    def get(self, account_id: str) -> Account:
        """The account. Raises UserError `account_unknown`."""
        account = self.find(account_id)
        if account is None:
            raise UserError("account_unknown", id=account_id)
        return account

    def list(self, network: str | None = None) -> "tuple[Account, ...]":
        """All accounts, oldest first; of one network when it is named."""
        rows = self.db.rows(
            "SELECT * FROM accounts WHERE :network IS NULL OR network = :network ORDER BY connected_at, id",
            {"network": network},
        )
        return tuple(_from_row(row) for row in rows)

    def save(self, account: Account) -> None:
        """Write all of `account`. Raises UserError `account_unknown`."""
        row = _to_row(account)
        assignments = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        if not self.db.run(f"UPDATE accounts SET {assignments} WHERE id = :id", row):  # noqa: S608
            raise UserError("account_unknown", id=account.id)

    def set_state(self, account_id: str, state: AccountState, reason: str) -> None:
        """Change only the state and its reason. Raises UserError `account_unknown`."""
        changed = self.db.run(
            "UPDATE accounts SET state = ?, state_reason = ? WHERE id = ?", [state, reason, account_id]
        )
        if not changed:
            raise UserError("account_unknown", id=account_id)

    def remove(self, account_id: str) -> None:
        """Forget the account and its secrets. Raises UserError `account_in_use` when deliveries name it."""
        with transaction(self.db):
            if self.db.row("SELECT 1 FROM deliveries WHERE account_id = ? LIMIT 1", [account_id]):
                raise UserError("account_in_use", id=account_id)
            self.db.run("DELETE FROM secrets WHERE owner = ?", [account_id])
            self.db.run("DELETE FROM accounts WHERE id = ?", [account_id])


def _to_row(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "network": account.network,
        "route": account.route,
        "display_name": account.display_name,
        "handle": account.handle,
        "member_id": account.member_id,
        "client_id": account.client_id,
        "base_url": account.base_url,
        "scopes": dump(account.scopes),
        "state": account.state,
        "state_reason": account.state_reason,
        "expires_at": stamp(account.expires_at),
        "connected_at": to_text(account.connected_at),
    }


def _from_row(row: dict[str, Any]) -> Account:
    return Account(
        id=row["id"],
        network=row["network"],
        route=row["route"],
        display_name=row["display_name"],
        handle=row["handle"],
        member_id=row["member_id"],
        client_id=row["client_id"],
        base_url=row["base_url"],
        scopes=tuple(load(row["scopes"])),
        state=row["state"],
        state_reason=row["state_reason"],
        expires_at=instant(row["expires_at"]),
        connected_at=from_text(row["connected_at"]),
    )
