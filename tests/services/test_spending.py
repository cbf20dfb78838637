"""The month's limit on X: what went out and what is planned counts, by hand and practice cost nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, read_link
from medvoice.domain.account import Account
from medvoice.domain.clock import FixedClock
from medvoice.domain.errors import UserError
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.identity import Identity
from medvoice.services.queueing import Queueing
from medvoice.services.spending import month_around
from medvoice.store.account import AccountStore
from medvoice.store.connection import open_workspace

START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ME, ZONE = "Jordan Sample", "Europe/Berlin"
LINK = "My own view. What I read this week: https://example.org/paper"
PLAIN = "My own view. What do you read first in a registry?"


@pytest.fixture
def desk(tmp_path: Path):
    clock = FixedClock(START)
    db = open_workspace(tmp_path / "medvoice.sqlite3", clock=clock)
    clearing = Clearing(db, Checking(load_rulebook(), clock), clock)
    Identity(db).save(Profile(name=ME, zone=ZONE))

    class Made:
        queueing = Queueing(db, clock, clearing, read_link)
        spending = queueing.spending
        drafting = Drafting(db, clock)
        accounts = AccountStore(db)

        def account(self, **columns: object) -> Account:
            made = Account(
                "a_x", "x", "oauth", ME, "jordan", "1", "app", "", (), "connected", "", None, START
            )  # fmt: skip
            made = replace(made, **columns)
            self.accounts.add(made)
            return made

        def plan(self, text: str, wall: str):
            draft = self.drafting.create(text=text, channels=("x",))
            for item in clearing.standing(draft.id).items:
                clearing.tick(draft.id, item.item.code, ME)
            return self.queueing.schedule(draft.id, wall, ZONE, ME)[0]

    yield Made()
    db.close()


def refused(act) -> dict[str, object]:
    with pytest.raises(UserError) as told:
        act()
    assert told.value.code == "over_budget"
    return told.value.params


def test_planned_posts_count_and_the_one_that_passes_the_limit_is_refused(desk) -> None:
    desk.account()
    desk.spending.set_budget(400)
    desk.plan(LINK, "2026-11-26 08:10")
    assert desk.spending.month().planned.mills == 200
    desk.plan(LINK + " again, another one", "2026-11-27 08:10")
    told = refused(lambda: desk.plan(PLAIN, "2026-11-28 08:10"))
    assert told == {
        "cost": "$0.015", "spent": "$0.00", "planned": "$0.40", "budget": "$0.40", "month": "2026-11",
    }  # fmt: skip
    assert len(desk.queueing.outbox.list()) == 2, "nothing was scheduled"
    december = desk.plan(PLAIN + " Say.", "2026-12-01 08:10")
    refused(lambda: desk.queueing.move(december.id, "2026-11-29 08:10", ZONE, ME))
    desk.queueing.move(december.id, "2026-12-02 08:10", ZONE, ME)
    desk.spending.set_budget(0)
    desk.plan(PLAIN, "2026-11-28 08:10")


def test_within_its_month_a_post_moves_whatever_the_limit_became(desk) -> None:
    desk.account()
    planned = desk.plan(LINK, "2026-11-26 08:10")
    desk.spending.set_budget(10)
    moved = desk.queueing.move(planned.id, "2026-11-27 08:10", ZONE, ME)
    assert moved.wall == "2026-11-27 08:10"


@pytest.mark.parametrize("columns", [{"route": "by_hand"}, {"base_url": "http://127.0.0.1:9"}])
def test_by_hand_and_practice_cost_nothing(desk, columns) -> None:
    desk.account(**columns)
    desk.spending.set_budget(10)
    desk.plan(LINK, "2026-11-26 08:10")
    assert (desk.spending.month().spent.mills, desk.spending.month().planned.mills) == (0, 0)


def test_what_went_out_or_may_have_is_spent_and_what_was_cancelled_is_not(desk) -> None:
    from medvoice.domain.outbox import PartState

    desk.account()
    outbox = desk.queueing.outbox
    sent, doubtful, taken = (
        desk.plan(text, f"2026-11-26 0{hour}:10")
        for hour, text in ((8, LINK), (9, PLAIN), (7, PLAIN + " Or not?"))
    )
    desk.queueing.cancel(taken.id, ME)
    fence = outbox.acquire_lease("test", START, 60, is_forced=True)
    for delivery, end in ((sent, PartState.PUBLISHED), (doubtful, PartState.UNCONFIRMED)):
        part = delivery.parts[0]
        outbox.move_part(part.id, part.state, PartState.DUE, fence=fence)
        outbox.begin_attempt(part.id, fence, "0" * 64, START)
        outbox.move_part(part.id, PartState.SENDING, end, fence=fence)
    month = desk.spending.month()
    assert (month.spent.mills, month.planned.mills) == (215, 0)


def test_a_month_is_one_of_the_calendar_in_utc() -> None:
    late = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    assert month_around(late) == (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
