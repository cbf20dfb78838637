"""The publisher's lease: one holder, a number that only rises, and clocks that jump."""

import threading
from datetime import timedelta

import pytest

from medvoice.store.connection import open_workspace
from medvoice.store.lease import Lease
from medvoice.store.outbox import OutboxStore

from .conftest import START

TTL_S = 60


@pytest.fixture
def outbox(db) -> OutboxStore:
    return OutboxStore(db)


def test_one_holder_at_a_time(outbox) -> None:
    assert outbox.lease() is None
    assert outbox.acquire_lease("one", START, TTL_S) == 1
    assert outbox.lease() == Lease("one", 1, START + timedelta(seconds=60), START)
    almost = START + timedelta(seconds=59)
    assert outbox.acquire_lease("two", almost, TTL_S) is None
    assert outbox.acquire_lease("one", almost, TTL_S) is None


def test_an_expired_lease_is_taken_over_and_the_old_holder_learns_it(outbox) -> None:
    assert outbox.acquire_lease("one", START, TTL_S) == 1
    over = START + timedelta(seconds=60)
    assert outbox.acquire_lease("two", over, TTL_S) == 2
    assert not outbox.renew_lease("one", 1, over, TTL_S)
    assert not outbox.release_lease("one", 1)
    assert outbox.renew_lease("two", 2, over, TTL_S)


def test_an_expired_lease_that_nobody_took_is_renewed(outbox) -> None:
    assert outbox.acquire_lease("one", START, TTL_S) == 1
    woken = START + timedelta(hours=8)
    assert outbox.renew_lease("one", 1, woken, TTL_S)
    assert outbox.acquire_lease("two", woken + timedelta(seconds=59), TTL_S) is None


def test_a_lease_given_back_is_free_and_its_number_used(outbox) -> None:
    assert outbox.acquire_lease("one", START, TTL_S) == 1
    assert outbox.release_lease("one", 1)
    assert outbox.lease() is None
    assert outbox.acquire_lease("one", START, TTL_S) == 2
    # The same name with the old number is another, earlier life.
    assert not outbox.renew_lease("one", 1, START, TTL_S)
    assert not outbox.release_lease("one", 1)


def test_a_heartbeat_from_the_future_does_not_hold_for_days(outbox) -> None:
    """A practice clock moved ahead, or a computer's clock set back."""
    assert outbox.acquire_lease("one", START + timedelta(days=2), TTL_S) == 1
    assert outbox.acquire_lease("two", START, TTL_S) == 2


def test_a_holder_known_dead_is_replaced_at_once(outbox) -> None:
    assert outbox.acquire_lease("one", START, TTL_S) == 1
    assert outbox.acquire_lease("two", START, TTL_S, is_forced=True) == 2
    assert not outbox.renew_lease("one", 1, START, TTL_S)


def test_one_wins_when_many_connections_race(path, clock, db) -> None:
    won: list[int] = []
    gate = threading.Barrier(8)

    def race(name: str) -> None:
        mine = open_workspace(path, clock=clock)
        try:
            gate.wait()
            fence = OutboxStore(mine).acquire_lease(name, START, TTL_S)
            if fence is not None:
                won.append(fence)
        finally:
            mine.close()

    threads = [threading.Thread(target=race, args=(f"agent-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [1]
