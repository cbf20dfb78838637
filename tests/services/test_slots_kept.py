"""The person's own times, the readers' zone and what is taken, kept in a real workspace file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, read_link
from medvoice.domain.clock import FixedClock
from medvoice.domain.errors import UserError
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.identity import Identity
from medvoice.services.queueing import Queueing
from medvoice.services.slots import KeptTime, Slots, Use
from medvoice.services.topics import Topics
from medvoice.store.connection import open_workspace

START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.fixture
def desk(tmp_path: Path):
    clock = FixedClock(START)
    db = open_workspace(tmp_path / "medvoice.sqlite3", clock=clock)
    clearing = Clearing(db, Checking(load_rulebook(), clock), clock)
    Identity(db).save(Profile(name="Jordan Sample", zone=BERLIN))

    class Made:
        slots = Slots(db, clock)
        queueing = Queueing(db, clock, clearing, read_link)
        drafting = Drafting(db, clock)
        topics = Topics(db, clock)

        def plan(self, wall: str):
            draft = self.drafting.create(text="My own view, not my employer's. What do you read first?")
            for item in clearing.standing(draft.id).items:
                clearing.tick(draft.id, item.item.code, "Jordan Sample")
            return self.queueing.schedule(draft.id, wall, BERLIN, "Jordan Sample")[0]

    yield Made()
    db.close()


def test_times_are_kept_and_given_up(desk) -> None:
    assert desk.slots.keep("2026-12-01 08:10", True) == (KeptTime(1, 8, 10),)
    desk.slots.keep("2026-11-27 12:00", True)
    assert desk.slots.kept == (KeptTime(1, 8, 10), KeptTime(4, 12, 0))
    assert desk.slots.next_free().wall == "2026-11-27 12:00"
    desk.slots.keep("2026-12-08 08:10", False)
    assert desk.slots.kept == (KeptTime(4, 12, 0),)


def test_the_readers_zone_is_kept(desk) -> None:
    assert desk.slots.audience_zone == ""
    desk.slots.set_audience_zone("America/New_York")
    assert desk.slots.audience_zone == "America/New_York"
    with pytest.raises(UserError):
        desk.slots.set_audience_zone("Mars/Base")
    desk.slots.set_audience_zone("")
    assert desk.slots.audience_zone == ""


def test_other_posts_take_a_slot_and_the_draft_s_own_does_not(desk) -> None:
    made = desk.plan("2026-11-27 08:10")
    assert desk.slots.next_free().wall == "2026-11-30 08:10"
    assert desk.slots.next_free(made.draft_id).wall == "2026-11-27 08:10"
    desk.queueing.cancel(made.id, "Jordan Sample")
    assert desk.slots.next_free().wall == "2026-11-27 08:10"


def test_the_usual_hour_is_learned_from_what_was_chosen(desk) -> None:
    desk.plan("2026-11-27 17:00")
    assert desk.slots.next_free().wall == "2026-11-30 17:00"


def test_no_slot_is_said(desk) -> None:
    desk.slots.keep("2026-11-30 08:00", True)
    for week in range(14):
        desk.plan(f"{datetime(2026, 11, 30) + timedelta(weeks=week):%Y-%m-%d} 08:00")  # noqa: DTZ001
    with pytest.raises(UserError) as told:
        desk.slots.next_free()
    assert told.value.code == "no_free_slot"


def test_a_time_kept_for_a_topic_or_a_network_is_offered_to_what_it_is_kept_for(desk) -> None:
    registries, career = desk.topics.add("Registries"), desk.topics.add("Career")
    desk.slots.keep_time(KeptTime(0, 9, 0, registries.id), True)
    desk.slots.keep_time(KeptTime(1, 8, 10, "", "x"), True)
    both = desk.drafting.create(text="A registry", topic_id=registries.id, channels=("linkedin", "x"))
    on_x = desk.drafting.create(text="A thread", channels=("x",))
    on_linkedin = desk.drafting.create(text="A post", channels=("linkedin",), topic_id=career.id)
    assert [each.wall for each in desk.slots.free(3, both.id)] == [
        "2026-11-30 09:00",
        "2026-12-01 08:10",
        "2026-12-07 09:00",
    ]
    assert desk.slots.next_free(on_x.id).wall == "2026-12-01 08:10"
    first = desk.slots.next_free(on_linkedin.id)
    assert (first.wall, first.why) == ("2026-11-27 08:10", "usual"), "no time that is kept fits"
    tuesdays = [each.wall for each in desk.slots.free(4, on_linkedin.id)]
    assert "2026-12-01 08:10" not in tuesdays, "kept for something else"
    assert desk.slots.next_free().wall == "2026-11-30 09:00", "nobody asks for anything in particular"


def test_a_topic_that_goes_leaves_its_time_to_anything_and_a_merged_one_to_the_other(desk) -> None:
    registries, career = desk.topics.add("Registries"), desk.topics.add("Career")
    desk.slots.keep_time(KeptTime(0, 9, 0, registries.id), True)
    before = desk.topics.get(career.id)
    desk.topics.merge(registries.id, career.id)
    assert desk.slots.kept == (KeptTime(0, 9, 0, career.id),)
    desk.topics.put_back(registries, (), before)
    assert desk.slots.kept == (KeptTime(0, 9, 0, registries.id),)
    desk.topics.remove(registries.id)
    assert desk.slots.kept == (KeptTime(0, 9, 0),), "the merge was taken back"
    assert desk.slots.free_for([Use("t_other", ("x",))], 1)[0][0].wall == "2026-11-30 09:00"
    assert desk.slots.keep("2026-11-30 09:00", False) == ()
