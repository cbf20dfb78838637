"""What posts on X cost in a month, and the person's own limit.

Counted are posts that went out, or may have, through a real account; X's own bill may differ (reads,
deletes, a price that changed). A month is a calendar month in UTC, as X resets at midnight UTC. Posts by hand
and those of the practice network cost nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from medvoice.domain.account import Account
from medvoice.domain.channel.price import Cost, cost_of, dollars
from medvoice.domain.clock import Clock
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, PartState
from medvoice.store.account import AccountStore
from medvoice.store.connection import Workspace
from medvoice.store.outbox import OutboxStore
from medvoice.store.setting import SettingStore

BUDGET_KEY = "x.budget_mills"
NETWORK = "x"
# A send whose outcome is not known may have been charged.
CHARGED = (PartState.PUBLISHED, PartState.UNCONFIRMED, PartState.SENDING)
AHEAD = (PartState.PLANNED, PartState.DUE, PartState.WAITING, PartState.HELD)


@dataclass(frozen=True, slots=True)
class Month:
    """What the month from `first` (UTC) cost so far and what is planned in it; `budget` in thousandths of a
    dollar, 0 for none."""

    first: datetime
    spent: Cost
    planned: Cost
    budget: int

    def passes(self, more: int) -> bool:
        """Whether `more` thousandths of a dollar on top of it are beyond the budget."""
        return bool(self.budget) and self.spent.mills + self.planned.mills + more > self.budget


class Spending:
    """Over one connection; call from the thread that owns it."""

    def __init__(self, db: Workspace, clock: Clock) -> None:
        self.clock = clock
        self.settings = SettingStore(db)
        self.outbox = OutboxStore(db)
        self.accounts = AccountStore(db)

    @property
    def budget(self) -> int:
        """The limit of a month in thousandths of a dollar, 0 for none."""
        return int(self.settings.get(BUDGET_KEY, "0"))

    def set_budget(self, mills: int) -> None:
        """Keep the limit of a month; 0 for none."""
        self.settings.save(BUDGET_KEY, str(max(0, mills)))

    def month(self, at: datetime | None = None, apart_from: str = "") -> Month:
        """The month that holds `at` (aware; now when None), without the delivery `apart_from`."""
        first, after = month_around(at or self.clock.now())
        spent, planned = Cost(), Cost()
        for delivery in self.outbox.list(channel=NETWORK, since=first, until=after):
            account = self.accounts.find(delivery.account_id)
            if delivery.id != apart_from and account is not None and account.costs_credits:
                spent += _cost(delivery, CHARGED)
                planned += _cost(delivery, AHEAD)
        return Month(first, spent, planned, self.budget)

    def refuse_beyond(
        self, account: Account, texts: Sequence[str], due_at: datetime, apart_from: str = ""
    ) -> None:
        """Raises UserError `over_budget` (cost, spent, planned, budget, month) when these posts would take
        the month of `due_at` beyond the person's limit."""
        if not self.budget or not account.costs_credits:
            return
        month, cost = self.month(due_at, apart_from), cost_of(texts)
        if month.passes(cost.mills):
            raise UserError(
                "over_budget",
                cost=dollars(cost.mills),
                spent=dollars(month.spent.mills),
                planned=dollars(month.planned.mills),
                budget=dollars(month.budget),
                month=f"{month.first:%Y-%m}",
            )


def month_around(at: datetime) -> tuple[datetime, datetime]:
    """The first instants of the calendar month, in UTC, that holds `at`, and of the next."""
    first = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, after


def _cost(delivery: Delivery, states: Sequence[PartState]) -> Cost:
    return cost_of([part.text for part in delivery.parts if part.state in states])
