"""The plan: one query behind month, week and list; congresses and embargoes over it; gaps; moving."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.services.clearing import Clearing
from medvoice.services.congresses import Congresses
from medvoice.services.drafting import Drafting
from medvoice.services.planning import Planning, Quiet, local_day, midnight
from medvoice.services.queueing import Queueing
from medvoice.services.topics import Topics

from .conftest import START

ME = "Jordan Sample"
BERLIN = "Europe/Berlin"
ZONES = sorted(available_timezones())
TODAY = date(2026, 12, 1)


@pytest.fixture
def planning(rig) -> Planning:
    def no_link(network: str, pasted: str) -> tuple[str, str]:
        raise AssertionError("no link is read here")

    clearing: Clearing = rig.gate
    return Planning(rig.db, rig.clock, Queueing(rig.db, rig.clock, clearing, no_link))


def a_draft(rig, text: str = "Words", wall: str = "", zone: str = "", topic_id: str | None = None) -> str:
    drafting = Drafting(rig.db, rig.clock)
    draft = drafting.create(text=text, channels=("x",))
    drafting.save(draft.id, draft.revision, planned_wall=wall, planned_zone=zone, topic_id=topic_id)
    return draft.id


def code_of(call) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


def test_posts_and_drafts_with_a_moment_stand_in_it_by_time(rig, planning) -> None:
    post = rig.plan(due_at=START + timedelta(days=1))
    draft = a_draft(rig, "In mind", "2026-12-01 20:00", BERLIN)
    a_draft(rig, "Nowhere")
    entries = planning.between(TODAY, TODAY + timedelta(days=7), BERLIN)
    assert [(each.draft_id, each.state) for each in entries] == [
        (draft, "draft"),
        (post.draft_id, "planned"),
    ]
    assert (entries[0].deliveries, entries[0].title) == ((), "In mind")
    assert entries[0].at == datetime(2026, 12, 1, 19, 0, tzinfo=UTC)


def test_two_networks_at_one_moment_are_one_entry(rig, planning) -> None:
    first = rig.plan(due_at=START + timedelta(hours=3))
    second = rig.plan(channel="linkedin", due_at=START + timedelta(hours=3))
    rig.db.run("UPDATE deliveries SET draft_id = ? WHERE id = ?", [first.draft_id, second.id])
    (entry,) = planning.between(TODAY, TODAY, BERLIN)
    assert set(entry.deliveries) == {first.id, second.id}
    assert entry.channels == ("linkedin", "x")


def test_what_was_cancelled_leaves_and_its_draft_s_moment_comes_back(rig, planning) -> None:
    post = rig.plan(due_at=START + timedelta(hours=3))
    rig.db.run(
        "UPDATE drafts SET planned_wall = '2026-12-02 09:00', planned_zone = ? WHERE id = ?",
        [BERLIN, post.draft_id],
    )
    planning.queueing.cancel(post.id, ME)
    (entry,) = planning.between(TODAY, TODAY + timedelta(days=3), BERLIN)
    assert (entry.wall, entry.state) == ("2026-12-02 09:00", "draft")


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 95), st.sampled_from(ZONES)), max_size=12))
def test_month_week_and_list_hold_the_same(rig, planning, moments) -> None:
    """The month's grid day by day, its weeks, and the list of all its days: one set, in any zone."""
    rig.db.run("DELETE FROM drafts")
    for day, quarter, zone in moments:
        wall = f"{TODAY + timedelta(days=day)} {quarter // 4:02}:{quarter % 4 * 15:02}"
        # A moment that the clocks skip cannot be kept in mind; it stands nowhere then.
        with contextlib.suppress(UserError):
            a_draft(rig, "Words", wall, zone)
    first, last = date(2026, 11, 30), date(2027, 2, 7)
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    as_list = planning.between(first, last, BERLIN)
    by_day = [entry for day in days for entry in planning.between(day, day, BERLIN)]
    by_week = [
        entry
        for monday in days[::7]
        for entry in planning.between(monday, monday + timedelta(days=6), BERLIN)
    ]
    assert list(as_list) == by_day == by_week
    for day in days:
        for entry in planning.between(day, day, BERLIN):
            assert local_day(entry.at, BERLIN) == day


@pytest.mark.parametrize("year", [2024, 2026])
def test_days_of_all_zones_follow_each_other(year: int) -> None:
    """Each day of the year starts after the one before, and starts on itself: both changes of the clocks, the
    leap day, and zones that skip midnight."""
    for name in ZONES:
        before = midnight(date(year, 1, 1), name)
        for ahead in range(1, 366):
            day = date(year, 1, 1) + timedelta(days=ahead)
            at = midnight(day, name)
            assert timedelta(hours=22) <= at - before <= timedelta(hours=26), (name, day)
            assert local_day(at, name) == day, (name, day)
            assert local_day(at - timedelta(seconds=1), name) == day - timedelta(days=1), (name, day)
            before = at


def test_congresses_and_embargoes_lie_over_the_days(rig, planning) -> None:
    service = Congresses(rig.db, rig.clock)
    event = service.add_event(
        "Sample Congress", "Europe/Vienna", date(2026, 12, 8), date(2026, 12, 11), place="Vienna"
    )
    session = service.add_session(event.id, "Registry studies", "2026-12-10 09:00")
    for title in ("One", "Two"):
        service.add_abstract(event.id, title, kind="session", session_id=session.id)
    service.add_abstract(event.id, "Three")
    bands = planning.bands(TODAY, date(2026, 12, 31))
    assert [(each.kind, each.first.day, each.last.day) for each in bands] == [
        ("congress", 8, 11),
        ("embargo", 8, 10),
        ("embargo", 8, 11),
    ]
    assert bands[0].title == "Sample Congress, Vienna"
    assert bands[1].until == datetime(2026, 12, 10, 8, 0, tzinfo=UTC)
    assert bands[2].until is None
    assert planning.bands(TODAY, date(2026, 12, 7)) == ()


def test_an_early_release_has_its_band_before_the_congress(rig, planning) -> None:
    service = Congresses(rig.db, rig.clock)
    event = service.add_event(
        "ASCO",
        "America/Chicago",
        date(2027, 6, 4),
        date(2027, 6, 8),
        style="asco",
        release_on=date(2027, 5, 20),
    )
    service.add_abstract(event.id, "One")
    (band,) = planning.bands(date(2027, 5, 1), date(2027, 5, 31))
    assert (band.kind, band.first, band.last) == ("embargo", date(2027, 5, 20), date(2027, 5, 20))


def test_a_topic_whose_rhythm_has_run_out_is_a_gap_with_a_free_slot(rig, planning) -> None:
    topics = Topics(rig.db, rig.clock)
    career = topics.add("MSL career", cadence_days=14)
    calm = topics.add("Registries", cadence_days=30)
    topics.add("No rhythm")
    post = rig.plan(due_at=START)
    rig.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [career.id, post.draft_id])
    assert planning.gaps(BERLIN) == ()
    rig.wait(days=15)
    (gap,) = planning.gaps(BERLIN)
    assert (gap.topic, gap.last_on, gap.due_on) == (career, TODAY, date(2026, 12, 15))
    assert gap.slot is not None
    told = (gap.slot.wall, gap.slot.zone)
    assert told == ("2026-12-17 07:00", "UTC"), "the hour that was chosen before, the next working day"
    rig.wait(days=17)
    found = planning.gaps(BERLIN)
    assert [each.topic for each in found] == [career, calm]
    assert found[1].last_on is None
    assert found[0].slot != found[1].slot


def test_a_planned_post_closes_the_gap(rig, planning) -> None:
    topic = Topics(rig.db, rig.clock).add("MSL career", cadence_days=14)
    rig.wait(days=20)
    post = rig.plan(due_at=rig.clock.now() + timedelta(days=5))
    assert len(planning.gaps(BERLIN)) == 1
    rig.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [topic.id, post.draft_id])
    assert planning.gaps(BERLIN) == ()


def test_quiet_stretches_are_told(rig, planning) -> None:
    for day in (2, 3, 8, 12, 14):
        rig.plan(due_at=START + timedelta(days=day - 1))
    found = planning.quiet(BERLIN)
    assert found == (
        Quiet(date(2026, 12, 4), date(2026, 12, 7)),
        Quiet(date(2026, 12, 15), date(2026, 12, 29)),
    )


def test_the_month_s_plan_counts_by_rhythm(rig, planning) -> None:
    topic = Topics(rig.db, rig.clock).add("Registries", cadence_days=7)
    for day in (1, 8):
        post = rig.plan(due_at=START + timedelta(days=day))
        rig.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [topic.id, post.draft_id])
    (share,) = planning.month_shares(date(2026, 12, 15), BERLIN)
    assert (share.count, share.target) == (2, 4)


def test_moving_an_entry_moves_all_of_it_or_nothing(rig, planning) -> None:
    first = rig.plan(due_at=START + timedelta(hours=3))
    second = rig.plan(channel="linkedin", due_at=START + timedelta(hours=3))
    rig.db.run("UPDATE deliveries SET draft_id = ? WHERE id = ?", [first.draft_id, second.id])
    (entry,) = planning.between(TODAY, TODAY, BERLIN)
    planning.move(entry, "2026-12-03 09:15", BERLIN, ME)
    (moved,) = planning.between(TODAY, TODAY + timedelta(days=7), BERLIN)
    assert (moved.wall, len(moved.deliveries)) == ("2026-12-03 09:15", 2)
    rig.db.run("UPDATE parts SET state = 'published' WHERE delivery_id = ?", [second.id])
    assert code_of(lambda: planning.move(moved, "2026-12-04 09:15", BERLIN, ME)) == "cannot_move"
    assert {each.wall for each in rig.outbox.list()} == {"2026-12-03 09:15"}


def test_a_draft_in_mind_moves_and_leaves(rig, planning) -> None:
    draft_id = a_draft(rig)
    assert [each["id"] for each in planning.unplaced()] == [draft_id]
    planning.place(draft_id, "2026-12-02 09:00", BERLIN)
    assert planning.unplaced() == ()
    (entry,) = planning.between(TODAY, TODAY + timedelta(days=3), BERLIN)
    planning.move(entry, "2026-12-03 09:00", BERLIN, ME)
    (entry,) = planning.between(TODAY, TODAY + timedelta(days=3), BERLIN)
    assert entry.wall == "2026-12-03 09:00"
    planning.unplace(draft_id)
    assert planning.between(TODAY, TODAY + timedelta(days=3), BERLIN) == ()


def test_the_words_under_a_drag_say_why_not(rig, planning) -> None:
    post = rig.plan(due_at=START + timedelta(hours=3))
    service = Congresses(rig.db, rig.clock)
    event = service.add_event("Sample Congress", BERLIN, TODAY, TODAY)
    abstract = service.add_abstract(event.id, "One", kind="fixed", wall="2026-12-01 09:00")
    service.link(post.draft_id, abstract.id, ME)
    (entry,) = planning.between(TODAY, TODAY, BERLIN)

    def why(wall: str) -> str:
        problem = planning.why_not(entry, wall, BERLIN)
        return problem.code if problem else ""

    assert why("2026-11-30 09:00") == "time_past"
    assert why("2026-12-01 08:59") == "under_embargo"
    assert why("2026-12-01 09:00") == ""
    assert why("2027-03-28 02:30") == "time_skipped"
    assert code_of(lambda: planning.place(post.draft_id, "2026-12-01 08:59", BERLIN)) == "under_embargo"
    rig.db.run("UPDATE parts SET state = 'published'")
    (entry,) = planning.between(TODAY, TODAY, BERLIN)
    assert why("2026-12-02 09:00") == "cannot_move"
