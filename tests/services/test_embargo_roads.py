"""No road leads round an embargo: not planning, moving, "now", a copy, a later programme, an edited row of
the database, nor a computer whose clock was set ahead."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.services.clearing import Clearing
from medvoice.services.congresses import Congresses
from medvoice.services.drafting import Drafting
from medvoice.services.queueing import Queueing
from medvoice.services.slots import Slots

from .conftest import START

ME = "Jordan Sample"
DAYS = (date(2026, 11, 29), date(2026, 12, 4))
# 08:30 in Berlin is half an hour after START, for which the rig plans.
SESSION = "2026-12-01 08:30"


class Programme:
    """A congress in Berlin with one session and one abstract shown in it."""

    def __init__(self, rig) -> None:
        self.service = Congresses(rig.db, rig.clock)
        self.event = self.service.add_event("Sample Congress", "Europe/Berlin", *DAYS)
        self.session = self.service.add_session(self.event.id, "Registry studies", SESSION)
        self.abstract = self.service.add_abstract(
            self.event.id, "A registry of 400", kind="session", session_id=self.session.id
        )

    def tie(self, delivery):
        return self.service.link(delivery.draft_id, self.abstract.id, ME)


@pytest.fixture
def programme(rig) -> Programme:
    return Programme(rig)


def queueing(rig) -> Queueing:
    def no_link(network: str, pasted: str) -> tuple[str, str]:
        raise AssertionError("no link is read here")

    clearing: Clearing = rig.gate
    return Queueing(rig.db, rig.clock, clearing, no_link)


def code_of(call) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


def test_tying_a_planned_draft_holds_it_and_says_so_in_the_record(rig, programme) -> None:
    delivery = rig.plan()
    (held,) = programme.tie(delivery)
    assert (held.id, rig.states(delivery), rig.reasons(delivery)) == (
        delivery.id,
        ["held"],
        ["under_embargo"],
    )
    kinds = [record.kind for record in rig.publishing.records.list()]
    assert kinds == ["held", "embargo_linked"]
    assert programme.tie(delivery) == ()
    rig.run()
    assert rig.network.sent == []


def test_a_later_plan_is_left_alone(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    assert programme.tie(delivery) == ()
    assert rig.states(delivery) == ["planned"]


def test_an_edited_row_is_looked_at_again_when_it_is_sent(rig, programme) -> None:
    """Someone changes the planned moment in the file itself: the programme is asked, not the row."""
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    rig.db.run("UPDATE deliveries SET due_at = '2026-12-01T07:00:00.000000Z'")
    rig.run()
    assert (rig.states(delivery), rig.reasons(delivery)) == (["held"], ["under_embargo"])
    assert rig.network.sent == []
    assert rig.told.titles == ["Held, not sent"]


def test_an_embargo_without_a_known_end_holds(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    (held,) = programme.service.remove_session(programme.session.id, ME)
    assert held.id == delivery.id
    queue = queueing(rig)
    assert code_of(lambda: queue.post_now(delivery.id, ME)) == "embargo_unknown"
    assert code_of(lambda: queue.move(delivery.id, "2027-01-01 08:00", "UTC", ME)) == "embargo_unknown"


def test_moving_and_now_are_refused_until_it_ends(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    queue = queueing(rig)
    assert (
        code_of(lambda: queue.move(delivery.id, "2026-12-01 08:29", "Europe/Berlin", ME)) == "under_embargo"
    )
    assert code_of(lambda: queue.post_now(delivery.id, ME)) == "under_embargo"
    assert rig.states(delivery) == ["planned"]
    queue.move(delivery.id, "2026-12-01 08:30", "Europe/Berlin", ME)
    rig.wait(minutes=30)
    rig.network.time = rig.clock.now()
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_planning_before_it_ends_is_refused_and_nothing_is_cleared(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    queue = queueing(rig)
    queue.cancel(delivery.id, ME)

    def plan() -> None:
        rig.gate.remember = lambda draft_id: None
        queue.schedule(delivery.draft_id, "2026-12-01 08:10", "Europe/Berlin", ME)

    with pytest.raises(UserError) as refused:
        plan()
    assert refused.value.code == "under_embargo"
    assert refused.value.params["wall"] == SESSION
    assert refused.value.params["zone"] == "Europe/Berlin"
    assert refused.value.params["title"] == "A registry of 400"


def test_the_next_free_time_of_a_draft_lies_after_its_embargo(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    slots = Slots(rig.db, rig.clock)
    wall = "2026-12-03 18:00"
    later = programme.service.add_abstract(programme.event.id, "Another", kind="fixed", wall=wall)
    assert slots.next_free(delivery.draft_id).wall == "2026-12-02 09:00"
    programme.service.link(delivery.draft_id, later.id, ME)
    assert slots.next_free(delivery.draft_id).wall == "2026-12-04 09:00"
    programme.service.change_abstract(later.id, ME, kind="session")
    assert code_of(lambda: slots.next_free(delivery.draft_id)) == "no_free_slot"


def test_a_copy_draws_on_the_same_abstract(rig, programme) -> None:
    delivery = rig.plan()
    programme.tie(delivery)
    copy = Drafting(rig.db, rig.clock).duplicate(delivery.draft_id)
    holding = programme.service.embargoes.holding(copy.id)
    assert holding is not None
    assert holding.abstract == programme.abstract


@pytest.mark.parametrize("minutes", [1, 61])
def test_a_session_that_is_moved_back_holds_what_waits(rig, programme, minutes: int) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    later = (datetime.fromisoformat(SESSION) + timedelta(minutes=minutes)).isoformat(" ", "minutes")
    _, held = programme.service.change_session(programme.session.id, ME, wall=later)
    assert [each.id for each in held] == [delivery.id]
    assert rig.reasons(delivery) == ["under_embargo"]


def test_a_session_that_is_moved_forward_holds_nothing(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    _, held = programme.service.change_session(programme.session.id, ME, wall="2026-12-01 08:00")
    assert held == ()
    assert rig.states(delivery) == ["planned"]


def test_another_zone_of_the_congress_counts_at_once(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    _, held = programme.service.change_event(programme.event.id, ME, zone="America/Chicago")
    assert [each.id for each in held] == [delivery.id]


def test_a_computer_set_ahead_waits_for_the_network_s_clock(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    rig.wait(minutes=31)
    rig.network.time = rig.clock.now() - timedelta(minutes=11)
    rig.run()
    part = rig.outbox.get(delivery.id).parts[0]
    assert (str(part.state), part.reason) == ("waiting", "clock_ahead")
    assert part.retry_at == rig.clock.now() + timedelta(minutes=10)
    assert rig.network.sent == []
    rig.wait(minutes=10)
    rig.network.time = rig.network.time + timedelta(minutes=10)
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_a_network_that_does_not_say_the_time_is_asked_again(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    rig.wait(minutes=31)
    rig.run()
    assert (rig.states(delivery), rig.reasons(delivery)) == (["waiting"], ["time_unproven"])
    rig.network.time = rig.clock.now()
    rig.wait(minutes=1)
    rig.run()
    assert rig.states(delivery) == ["published"]


def test_only_a_draft_with_an_abstract_asks_for_the_time(rig) -> None:
    delivery = rig.plan()
    rig.run()
    assert rig.network.time is None
    assert rig.states(delivery) == ["published"]


def test_by_hand_is_held_too_and_the_notice_names_the_end(rig, programme) -> None:
    delivery = rig.plan(route="by_hand", due_at=START + timedelta(minutes=30))
    programme.tie(delivery)
    rig.db.run("UPDATE deliveries SET due_at = '2026-12-01T07:00:00.000000Z'")
    rig.run()
    assert rig.reasons(delivery) == ["under_embargo"]


def test_the_last_of_several_counts(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    wall = "2026-12-01 10:15"
    later = programme.service.add_abstract(programme.event.id, "Another", kind="fixed", wall=wall)
    (held,) = programme.service.link(delivery.draft_id, later.id, ME)
    assert held.id == delivery.id
    assert programme.service.unlink(delivery.draft_id, later.id, ME)
    queueing(rig).move(delivery.id, "2026-12-01 09:30", "Europe/Berlin", ME)
    assert rig.states(delivery) == ["planned"]
    kinds = [record.kind for record in rig.publishing.records.list()]
    assert kinds[:2] == ["moved", "embargo_unlinked"]


def test_what_drafts_draw_on_cannot_be_removed(rig, programme) -> None:
    delivery = rig.plan()
    programme.tie(delivery)
    assert code_of(lambda: programme.service.remove_abstract(programme.abstract.id)) == "abstract_in_use"
    assert code_of(lambda: programme.service.remove_event(programme.event.id)) == "event_in_use"
    programme.service.unlink(delivery.draft_id, programme.abstract.id, ME)
    programme.service.remove_event(programme.event.id)
    assert programme.service.store.events() == ()


def test_a_changed_end_is_recorded_for_the_drafts_it_holds(rig, programme) -> None:
    delivery = rig.plan(due_at=START + timedelta(hours=2))
    programme.tie(delivery)
    programme.service.change_abstract(programme.abstract.id, ME, kind="fixed", wall="2026-12-01 08:00")
    record = rig.publishing.records.list()[0]
    assert (record.kind, record.draft_id) == ("embargo_changed", delivery.draft_id)
    facts = json.loads(record.facts)
    assert (facts["from"], facts["to"]) == (f"{SESSION} Europe/Berlin", "2026-12-01 08:00 Europe/Berlin")
    programme.service.change_abstract(programme.abstract.id, ME, title="A registry of 401")
    assert rig.publishing.records.list()[0] == record


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "event_without_name"),
        ({"zone": "Mars/Olympus"}, "zone_unknown"),
        ({"ends_on": date(2026, 11, 1)}, "event_ends_before"),
        ({"release_on": date(26, 11, 1)}, "day_unreadable"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_nothing_changes(rig, programme, change, code) -> None:
    assert code_of(lambda: programme.service.change_event(programme.event.id, ME, **change)) == code
    assert programme.service.store.event(programme.event.id) == programme.event


def test_sessions_and_abstracts_are_looked_at_too(rig, programme) -> None:
    service, event = programme.service, programme.event.id
    other = service.add_event("Another", "UTC", *DAYS)
    assert code_of(lambda: service.add_session(event, " ", SESSION)) == "session_without_title"
    assert code_of(lambda: service.add_session(event, "Late", "2026-12-05 08:00")) == "session_outside"
    assert code_of(lambda: service.add_session(event, "Late", "noon")) == "time_unreadable"
    assert code_of(lambda: service.add_abstract(event, "")) == "abstract_without_title"
    assert code_of(lambda: service.add_abstract("e_none", "A title")) == "event_unknown"
    wrong = programme.session.id
    assert code_of(lambda: service.add_abstract(other.id, "T", session_id=wrong)) == "session_unknown"
    assert code_of(lambda: service.link("d_none", programme.abstract.id, ME)) == "draft_unknown"


def test_an_event_comes_back_as_it_was_kept(rig) -> None:
    service = Congresses(rig.db, rig.clock)
    made = service.add_event(
        "  ASCO   2027 ",
        "America/Chicago",
        date(2027, 6, 4),
        date(2027, 6, 8),
        style="asco",
        release_on=date(2027, 5, 20),
        hashtag="#ASCO27",
        photo_policy="ask",
    )
    assert (made.name, made.hashtag, made.created_at.tzinfo) == ("ASCO 2027", "ASCO27", UTC)
    assert service.store.event(made.id) == made
    abstract = service.add_abstract(made.id, "A title", number="4001")
    assert service.store.abstracts(made.id) == (abstract,)
    assert service.store.events(date(2027, 6, 8), date(2027, 6, 9)) == (made,)
    assert service.store.events(until=date(2027, 6, 3)) == ()
    assert service.embargoes.of_event(made.id)[0].lift.at == datetime(2027, 5, 20, 21, 0, tzinfo=UTC)
