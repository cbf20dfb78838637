"""Which account carries a post, and whether its sign-in reaches that far."""

from datetime import datetime

from medvoice.domain.account import Account, account_by_hand, signed_in
from medvoice.domain.clock import Clock, utc_to_wall
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.errors import UserError
from medvoice.domain.profile import Profile
from medvoice.store.account import AccountStore


class Carriers:
    """Over the accounts of one workspace; call from the thread that owns them."""

    def __init__(self, accounts: AccountStore, clock: Clock) -> None:
        self.accounts = accounts
        self.clock = clock

    def account_for(self, channel: str, profile: Profile, by_hand: bool, due_at: datetime) -> Account:
        """The account that will carry a post due at `due_at` (UTC): signed in if the person chose that, else
        by hand, which needs no account and gets one. Raises UserError `account_missing`,
        `sign_in_ends_before`."""
        known = [a for a in self.accounts.list() if a.network == channel and a.state != "disconnected"]
        account = signed_in(known, channel, is_linkedin_by_hand=profile.linkedin_route == "by_hand")
        if account is not None and not by_hand:
            refuse_beyond_sign_in(account, due_at, profile.zone)
            return account
        for account in known:
            if account.route == "by_hand":
                return account
        if by_hand or channel == "linkedin":
            return self._by_hand_account(channel, profile)
        raise UserError("account_missing", channel=CHANNEL_NAMES[channel])

    def _by_hand_account(self, channel: str, profile: Profile) -> Account:
        account = account_by_hand(channel, profile.name or CHANNEL_NAMES[channel], self.clock.now())
        self.accounts.add(account)
        return account


def refuse_beyond_sign_in(account: Account, due_at: datetime, zone: str) -> None:
    """Raise UserError `sign_in_ends_before` when the account's sign-in ends before `due_at` (UTC).
    `ends_wall` is the wall time of its end in `zone`."""
    if account.expires_at is not None and account.expires_at < due_at:
        raise UserError(
            "sign_in_ends_before",
            channel=CHANNEL_NAMES[account.network],
            ends_wall=utc_to_wall(account.expires_at, zone),
        )
