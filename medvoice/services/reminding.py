"""What the person should hear about in time: sign-ins that end soon. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from medvoice.domain.account import Account
from medvoice.domain.outbox import ENDED, Delivery

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
