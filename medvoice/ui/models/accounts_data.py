"""What the accounts page shows, as frozen values made on the work lane."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from medvoice.domain.account import Account
from medvoice.domain.draft import CHANNELS
from medvoice.domain.outbox import PartState
from medvoice.ui.models.states import SIGN_IN

if TYPE_CHECKING:
    from medvoice.services.connecting import Connected
    from medvoice.services.signing import Client
    from medvoice.services.spending import Month
    from medvoice.ui.bridge import Desk


@dataclass(frozen=True, slots=True)
class AccountView:
    """One card. `account` is None where nobody is signed in; `held` posts wait for the sign-in; `month` is
    what posts cost in this one, where the network charges for them."""

    network: str
    account: Account | None
    held: int
    last_post_at: datetime | None
    month: "Month | None" = None

    @property
    def key(self) -> str:
        """Tells the cards apart."""
        return self.account.id if self.account else self.network


@dataclass(frozen=True, slots=True)
class AccountsSnapshot:
    """All cards in the order of the networks."""

    views: tuple[AccountView, ...]
    zone: str
    now: datetime


def load_accounts(desk: "Desk") -> AccountsSnapshot:
    """Read the accounts with what waits for them. Work lane. Raises StorageError."""
    views: list[AccountView] = []
    for network in CHANNELS:
        signed_in = [
            account
            for account in desk.accounts.list(network)
            if account.route == "oauth" and account.state != "disconnected"
        ]
        if signed_in:
            views += [view_of(desk, account) for account in signed_in]
        else:
            views.append(AccountView(network, None, 0, None))
    return AccountsSnapshot(tuple(views), desk.identity.get().zone, desk.clock.now())


def view_of(desk: "Desk", account: Account) -> AccountView:
    """One account with its numbers."""
    outbox = desk.queueing.outbox
    held = [
        each
        for each in outbox.list(account_id=account.id, states={PartState.HELD})
        if any(part.state is PartState.HELD and part.reason in SIGN_IN for part in each.parts)
    ]
    sent = outbox.list(account_id=account.id, states={PartState.PUBLISHED})
    moments = [part.published_at for each in sent for part in each.parts if part.published_at]
    month = desk.queueing.spending.month() if account.costs_credits else None
    return AccountView(account.network, account, len(held), max(moments, default=None), month)


def client_of(desk: "Desk", account: Account) -> "Client":
    """The app an account was connected with, its secret unsealed, to sign in again with. Net lane (the
    keyring may ask). Raises AccountError as the vault does."""
    return desk.connecting._client(account)


def settle_connected(desk: "Desk", connected: "Connected", has_read_terms: bool) -> "Connected":
    """After a sign-in: remember the choice against posting by hand, and free what was held for it."""
    account = connected.account
    if has_read_terms and account.network == "linkedin" and not account.is_practice:
        today = desk.clock.now().date().isoformat()
        profile = desk.identity.get()
        desk.identity.save(replace(profile, linkedin_route="oauth", linkedin_terms_read_on=today))
    desk.queueing.free_signed_in(account.id)
    return connected
