"""What the person should hear about in time: sign-ins that end soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.account import Account
from medvoice.domain.clock import Clock, to_text, utc_to_wall
from medvoice.domain.draft import CHANNEL_NAMES
from medvoice.domain.outbox import ENDED, Delivery
from medvoice.services.identity import Identity
from medvoice.services.ports import Notifier
from medvoice.store.account import AccountStore
from medvoice.store.connection import Workspace
from medvoice.store.setting import SettingStore

# A week leaves a working day to act, whatever the weekday (look.md section 6: expiring sign-ins).
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ending:
    """A sign-in that ends within a week. `waiting` counts the posts in the queue that are due after that."""

    account: Account
    ends_at: datetime
    waiting: int


def ending_sign_ins(
    accounts: Iterable[Account], deliveries: Iterable[Delivery], now: datetime
) -> tuple[Ending, ...]:
    """The sign-ins to be renewed, the one that ends first in front. Accounts by hand have none, and one that
    must sign in already is told by its posts."""
    ahead = [each for each in deliveries if any(part.state not in ENDED for part in each.parts)]
    found: list[Ending] = []
    for account in accounts:
        ends_at = account.expires_at
        if ends_at is None or account.route != "oauth" or account.state != "connected":
            continue
        if now < ends_at <= now + SOON:
            waiting = sum(each.account_id == account.id and each.due_at > ends_at for each in ahead)
            found.append(Ending(account, ends_at, waiting))
    return tuple(sorted(found, key=lambda each: each.ends_at))


class Reminding:
    """Tells of each ending sign-in once, through the computer's notices. Agent only; its thread."""

    def __init__(self, db: Workspace, clock: Clock, notifier: Notifier) -> None:
        self.clock = clock
        self.notifier = notifier
        self.accounts = AccountStore(db)
        self.settings = SettingStore(db)
        self.identity = Identity(db)

    def tell_once(self) -> int:
        """Tell of what was not told before; a renewed sign-in is told anew when it ends. Returns how many.
        Raises StorageError."""
        told = 0
        for ending in ending_sign_ins(self.accounts.list(), (), self.clock.now()):
            key, end = f"reminded.{ending.account.id}", to_text(ending.ends_at)
            if self.settings.get(key) == end:
                continue
            self.settings.save(key, end)
            name = CHANNEL_NAMES[ending.account.network]
            day = utc_to_wall(ending.ends_at, self.identity.get().zone)
            self.notifier.tell("A sign-in ends soon", f"Your sign-in to {name} ends on {day}. Sign in again.")
            told += 1
        return told
