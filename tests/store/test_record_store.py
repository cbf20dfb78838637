"""The trail: append-only, chained, and honest about tampering."""

import sqlite3
from datetime import timedelta
from itertools import pairwise

import pytest

from medvoice.domain.errors import UserError
from medvoice.store.connection import transaction
from medvoice.store.record import RecordStore

from .conftest import START


@pytest.fixture
def store(db) -> RecordStore:
    store = RecordStore(db)
    for number in range(5):
        facts = {"n": number, "words": "ünï \ud800", "list": [1, 2]}
        store.append("cleared", "Jordan Sample", f"d_{number % 2}", "y_1", facts, START + timedelta(number))
    return store


def tamper(db, sql: str) -> None:
    """As somebody with another program would."""
    db.run("DROP TRIGGER records_never_change")
    db.run("DROP TRIGGER records_never_go")
    db.run(sql)


def test_each_entry_carries_the_hash_of_the_one_before(store) -> None:
    entries = store.list()
    assert [entry.number for entry in entries] == [5, 4, 3, 2, 1]
    assert entries[-1].previous == ""
    assert all(entry.previous == before.hash for entry, before in pairwise(entries))
    assert store.get(3) == entries[2]
    assert store.verify() is None
    with pytest.raises(UserError, match="record_unknown"):
        store.get(99)


def test_an_empty_trail_is_whole(db) -> None:
    assert RecordStore(db).verify() is None


def test_entries_are_chosen(store) -> None:
    assert [e.number for e in store.list(draft_id="d_1")] == [4, 2]
    assert [e.number for e in store.list(delivery_id="y_1", limit=2)] == [5, 4]
    assert store.list(kind="published") == ()
    since = START + timedelta(2)
    assert [e.number for e in store.list(since=since, until=since + timedelta(1))] == [3]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records SET by = 'x'",
        "DELETE FROM records",
        "REPLACE INTO records SELECT * FROM records WHERE number = 2",
    ],
)
def test_the_database_refuses_to_change_an_entry(db, store, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.run(sql)
    assert store.verify() is None


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE records SET by = 'Somebody' WHERE number = 3", 3),
        ("UPDATE records SET facts = '{}' WHERE number = 5", 5),
        ("UPDATE records SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 1", 1),
        ("UPDATE records SET hash = 'x' WHERE number = 2", 2),
        ("UPDATE records SET previous = '' WHERE number = 4", 4),
        ("DELETE FROM records WHERE number = 2", 2),
        ("DELETE FROM records WHERE number = 1", 1),
        (
            "INSERT INTO records SELECT 0, at, kind, by, draft_id, delivery_id, facts, '', hash FROM records"
            " WHERE number = 1",
            1,
        ),
        ("UPDATE records SET number = number + 10 WHERE number > 3", 4),
    ],
)
def test_tampering_is_found_where_it_was_done(db, store, sql: str, broken: int) -> None:
    tamper(db, sql)
    assert store.verify() == broken


def test_an_entry_goes_with_the_transaction_it_belongs_to(db, store) -> None:
    with pytest.raises(RuntimeError), transaction(db):  # noqa: PT012
        store.append("lost", "", "", "", {}, START)
        raise RuntimeError
    assert store.append("kept", "", "", "", {}, START).number == 6
    assert store.verify() is None


def test_two_connections_keep_one_chain(connect) -> None:
    one, other = RecordStore(connect()), RecordStore(connect())
    for _ in range(5):
        one.append("a", "", "", "", {}, START)
        other.append("b", "", "", "", {}, START)
    assert one.verify() is None
    assert len(one.list()) == 10


def test_a_long_trail_is_read_in_pages(db, monkeypatch) -> None:
    store = RecordStore(db)
    with transaction(db):
        for _ in range(1001):
            store.append("a", "", "", "", {}, START)
    assert store.verify() is None
