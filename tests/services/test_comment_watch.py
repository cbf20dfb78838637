"""When the comments of a post are to be looked at: from the moment it went out, until the last look."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.bootstrap import load_rulebook, read_link
from medvoice.domain.clock import FixedClock, to_text
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, PartState
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.comment_watch import KIND, LOOKS, CommentWatch, Watch
from medvoice.services.drafting import Drafting
from medvoice.services.identity import Identity
from medvoice.services.queueing import Queueing
from medvoice.store.connection import open_workspace
from medvoice.store.record import RecordStore

START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
H = timedelta(hours=1)
ME = "Jordan Sample"


def watch(looked: timedelta | None) -> Watch:
    delivery = Delivery.__new__(Delivery)
    return Watch(delivery, START, None if looked is None else START + looked)


@pytest.mark.parametrize(
    ("looked", "following"),
    [
        (None, 4),
        (1 * H, 4),
        (4 * H, 24),
        (5 * H, 24),
        (30 * H, 48),
        (50 * H, 72),
        (72 * H, None),
        (90 * H, None),
    ],
)
def test_the_next_look_follows_from_the_last(looked, following) -> None:
    assert watch(looked).next_at == (None if following is None else START + following * H)


@given(st.integers(0, 100 * 60))
def test_each_look_brings_the_next_nearer_the_end(minutes: int) -> None:
    looked = timedelta(minutes=minutes)
    following = watch(looked).next_at
    assert following is None or following > START + looked
    assert following is not None or looked >= LOOKS[-1]


@pytest.fixture
def desk(tmp_path: Path):
    clock = FixedClock(START)
    db = open_workspace(tmp_path / "medvoice.sqlite3", clock=clock)
    clearing = Clearing(db, Checking(load_rulebook(), clock), clock)
    Identity(db).save(Profile(name=ME, zone="UTC"))
    queueing = Queueing(db, clock, clearing, read_link)

    class Made:
        comments = CommentWatch(db, clock)
        records = RecordStore(db)
        at = clock

        def plan(self, title: str) -> Delivery:
            """A post by hand for this very minute."""
            draft = Drafting(db, clock).create(title=title, text=f"My own view. What is {title} to you?")
            for item in clearing.standing(draft.id).items:
                clearing.tick(draft.id, item.item.code, ME)
            wall = f"{clock.now():%Y-%m-%d %H:%M}"
            return queueing.schedule(draft.id, wall, "UTC", ME, by_hand=True)[0]

        def post(self, title: str) -> Delivery:
            """One that is out now."""
            made, outbox = self.plan(title), queueing.outbox
            part, now = made.parts[0].id, clock.now()
            outbox.move_part(part, PartState.PLANNED, PartState.DUE)
            outbox.move_part(part, PartState.DUE, PartState.HANDED_OVER)
            outbox.move_part(part, PartState.HANDED_OVER, PartState.PUBLISHED, published_at=to_text(now))
            return outbox.get(made.id)

    yield Made()
    db.close()


def names(desk) -> list[str]:
    return [each.delivery.title for each in desk.comments.list()]


def test_posts_are_listed_by_urgency_until_the_last_look(desk) -> None:
    first = desk.post("first")
    desk.plan("planned")
    desk.at.advance(3 * H)
    desk.post("second")
    assert names(desk) == ["first", "second"]
    assert [each.is_due(desk.at.now()) for each in desk.comments.list()] == [False, False]
    desk.at.advance(1 * H)
    assert [each.is_due(desk.at.now()) for each in desk.comments.list()] == [True, False]
    desk.comments.looked(first.id, "Jordan Sample")
    assert names(desk) == ["second", "first"], "the first is done until tomorrow"
    kept = desk.records.list(kind=KIND)
    assert [(each.by, each.delivery_id) for each in kept] == [("Jordan Sample", first.id)]
    assert desk.records.verify() is None
    desk.at.advance(72 * H)
    desk.comments.looked(first.id, "Jordan Sample")
    assert names(desk) == ["second"]


def test_a_post_nobody_looks_after_is_listed_for_a_week(desk) -> None:
    made = desk.post("alone")
    desk.at.advance(6 * 24 * H)
    assert names(desk) == ["alone"]
    desk.at.advance(2 * 24 * H)
    assert (names(desk), desk.comments.of(made)) == ([], None)


def test_what_is_not_out_has_no_comments(desk) -> None:
    made = desk.plan("planned")
    assert desk.comments.of(made) is None
    with pytest.raises(UserError) as told:
        desk.comments.looked(made.id, "Jordan Sample")
    assert told.value.code == "nothing_out"
