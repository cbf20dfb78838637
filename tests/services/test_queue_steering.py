"""Stopping, moving beyond a sign-in's end, and the reminder before it: on a real workspace file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, read_link
from medvoice.domain.account import Account
from medvoice.domain.clock import FixedClock
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import PartState
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.queueing import Queueing
from medvoice.services.reminding import Reminding, ending_sign_ins
from medvoice.store.account import AccountStore
from medvoice.store.connection import open_workspace

P = PartState
START = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
ME = "Jordan Sample"
CALM = "My own view, not my employer's. Which section of a paper do you read first?"


class Desk:
    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(START)
        self.db = open_workspace(folder / "medvoice.sqlite3", clock=self.clock)
        self.drafting = Drafting(self.db, self.clock)
        self.clearing = Clearing(self.db, Checking(load_rulebook(), self.clock), self.clock)
        self.queueing = Queueing(self.db, self.clock, self.clearing, read_link)
        self.outbox = self.queueing.outbox
        self.accounts = AccountStore(self.db)

    def account(self, ends_in: timedelta | None = None, network: str = "x", state: str = "connected"):
        made = Account(
            id=f"a_{network}",
            network=network,
            route="oauth",
            display_name=ME,
            handle="",
            member_id="1",
            client_id="",
            base_url="http://127.0.0.1:1",
            scopes=(),
            state=state,  # pyright: ignore[reportArgumentType]
            state_reason="",
            expires_at=START + ends_in if ends_in is not None else None,
            connected_at=START,
        )
        self.accounts.add(made)
        return made

    def plan(self, wall: str, text: str = CALM, channel: str = "x"):
        draft = self.drafting.create(text=text, channels=(channel,))
        ticks = tuple(each.code for each in self.clearing.standing(draft.id).left)
        return self.queueing.schedule(draft.id, wall, BERLIN, ME, ticks=ticks)[0]


@pytest.fixture
def desk(tmp_path: Path):
    made = Desk(tmp_path)
    yield made
    made.db.close()


def long_thread() -> str:
    return "\n\n".join(f"{CALM} Number {word}." * 3 for word in ("one", "two", "three"))


def test_stopping_a_thread_keeps_what_is_out_and_cancels_the_rest(desk: Desk) -> None:
    desk.account()
    delivery = desk.plan("2026-12-02 08:10", long_thread())
    assert len(delivery.parts) > 1
    fence = desk.outbox.acquire_lease("test", START, 60)
    first = delivery.parts[0]
    desk.outbox.move_part(first.id, P.PLANNED, P.DUE)
    assert desk.outbox.begin_attempt(first.id, fence, "0" * 64, START) == 1
    stopped = desk.queueing.stop(delivery.id, ME)
    assert {part.state for part in stopped.parts[1:]} == {P.CANCELLED}
    assert stopped.parts[0].state is P.SENDING
    desk.outbox.move_part(first.id, P.SENDING, P.PUBLISHED, published_at=START, remote_id="1")
    assert desk.outbox.get(delivery.id).state == "partly"
    assert desk.queueing.records.list(delivery_id=delivery.id)[0].kind == "stopped"
    with pytest.raises(UserError, match="cannot_cancel"):
        desk.queueing.stop(delivery.id, ME)


def test_stopping_before_the_request_leaves_cancels_all(desk: Desk) -> None:
    desk.account()
    delivery = desk.plan("2026-12-02 08:10")
    desk.outbox.move_part(delivery.parts[0].id, P.PLANNED, P.DUE)
    assert desk.queueing.stop(delivery.id, ME).state == "cancelled"
    fence = desk.outbox.acquire_lease("test", START, 60)
    assert desk.outbox.begin_attempt(delivery.parts[0].id, fence, "0" * 64, START) is None


def test_moving_beyond_the_end_of_the_sign_in_is_refused_with_its_end(desk: Desk) -> None:
    desk.account(timedelta(days=3))
    delivery = desk.plan("2026-12-02 08:10")
    with pytest.raises(UserError, match="sign_in_ends_before") as told:
        desk.queueing.move(delivery.id, "2026-12-05 08:10", BERLIN, ME)
    assert told.value.params["ends_wall"] == "2026-12-04 08:00"
    assert desk.outbox.get(delivery.id).wall == "2026-12-02 08:10"
    assert desk.queueing.move(delivery.id, "2026-12-04 07:59", BERLIN, ME).wall == "2026-12-04 07:59"


def test_planning_beyond_the_end_of_the_sign_in_is_refused(desk: Desk) -> None:
    desk.account(timedelta(days=3))
    with pytest.raises(UserError, match="sign_in_ends_before"):
        desk.plan("2026-12-05 08:10")
    assert desk.outbox.list() == ()


def test_the_reminder_comes_a_week_before_and_counts_what_waits(desk: Desk) -> None:
    account = desk.account(timedelta(days=10))
    desk.plan("2026-12-10 08:10")
    deliveries = desk.outbox.list()
    assert ending_sign_ins([account], deliveries, START) == ()
    assert ending_sign_ins([account], deliveries, START + timedelta(days=2, hours=23)) == ()
    (ending,) = ending_sign_ins([account], deliveries, START + timedelta(days=3))
    assert (ending.ends_at, ending.waiting) == (START + timedelta(days=10), 0)
    desk.outbox.set_due(deliveries[0].id, START + timedelta(days=11), "2026-12-12 08:10", BERLIN)
    (ending,) = ending_sign_ins([account], desk.outbox.list(), START + timedelta(days=3))
    assert ending.waiting == 1
    assert ending_sign_ins([account], deliveries, START + timedelta(days=10)) == ()


def test_no_reminder_without_an_end_or_where_sign_in_is_asked_for_already(desk: Desk) -> None:
    endless = desk.account()
    asked = desk.account(timedelta(days=1), "linkedin", "sign_in")
    assert ending_sign_ins([endless, asked], (), START) == ()


class Told:
    def __init__(self) -> None:
        self.words: list[str] = []

    def tell(self, title: str, body: str) -> None:
        self.words.append(f"{title}: {body}")


def test_the_computer_tells_once_for_each_end(desk: Desk) -> None:
    account = desk.account(timedelta(days=6))
    told = Told()
    reminding = Reminding(desk.db, desk.clock, told)
    assert [reminding.tell_once() for _pass in range(3)] == [1, 0, 0]
    assert told.words == ["A sign-in ends soon: Your sign-in to X ends on 2026-12-07 07:00. Sign in again."]
    assert Reminding(desk.db, desk.clock, told).tell_once() == 0, "also after a restart"
    renewed = "2027-03-01T07:00:00.000000Z"
    desk.db.run("UPDATE accounts SET expires_at = ? WHERE id = ?", [renewed, account.id])
    assert reminding.tell_once() == 0
    desk.clock.advance(timedelta(days=84))
    assert reminding.tell_once() == 1
