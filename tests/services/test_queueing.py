"""Planning and steering on a real workspace file with the rules that ship, and a clock that stands still."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.bootstrap import load_rulebook, read_link
from medvoice.domain.account import Account
from medvoice.domain.clock import FixedClock
from medvoice.domain.draft import Draft, title_of
from medvoice.domain.errors import FindingsBlock, UserError
from medvoice.domain.outbox import Delivery, PartState
from medvoice.services.checking import Checking, Rulebook
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.identity import Identity
from medvoice.services.queueing import Queueing
from medvoice.store.account import AccountStore
from medvoice.store.connection import open_workspace

P = PartState
START = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"
SLOT = "2026-12-02 08:10"  # 07:10 UTC
CALM = "My own view, not my employer's. Which section of a paper do you read first?"
CLAIM = "Exampletinib is completely safe and cures every patient."
ME = "Jordan Sample"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


class Desk:
    def __init__(self, folder: Path, rulebook: Rulebook) -> None:
        self.clock = FixedClock(START)
        self.db = open_workspace(folder / "medvoice.sqlite3", clock=self.clock)
        self.drafting = Drafting(self.db, self.clock)
        self.clearing = Clearing(self.db, Checking(rulebook, self.clock), self.clock)
        self.queueing = Queueing(self.db, self.clock, self.clearing, read_link)
        self.outbox = self.queueing.outbox
        self.accounts = AccountStore(self.db)

    def account(self, network: str, base_url: str = "http://127.0.0.1:1", **more: object) -> Account:
        made = Account(
            id=f"a_{network}{len(self.accounts.list())}",
            network=network,
            route="oauth",
            display_name=ME,
            handle="",
            member_id="1",
            client_id="",
            base_url=base_url,
            scopes=(),
            state="connected",
            state_reason="",
            expires_at=None,
            connected_at=START,
        )
        made = replace(made, **more)  # pyright: ignore[reportArgumentType]
        self.accounts.add(made)
        return made

    def draft(self, *channels: str, text: str = CALM) -> Draft:
        return self.drafting.create(text=text, channels=channels or ("x",))

    def ticks(self, draft: Draft) -> tuple[str, ...]:
        left = self.clearing.standing(draft.id).left
        assert {each.kind for each in left} <= {"tick"}, left
        return tuple(each.code for each in left)

    def schedule(self, draft: Draft, wall: str = SLOT, **more: object) -> tuple[Delivery, ...]:
        ticks = self.ticks(draft)
        return self.queueing.schedule(draft.id, wall, BERLIN, ME, ticks=ticks, **more)  # pyright: ignore

    def planned(self, *channels: str) -> Delivery:
        return self.schedule(self.draft(*channels))[0]

    def put(self, delivery: Delivery, state: PartState, reason: str = "") -> Delivery:
        """Move every part to `state` by the ways the laws allow."""
        steps = {
            P.HELD: (P.HELD,),
            P.MISSED: (P.MISSED,),
            P.HANDED_OVER: (P.DUE, P.HANDED_OVER),
        }.get(state, (P.DUE, P.SENDING, state))
        for part in delivery.parts:
            before = part.state
            for step in steps:
                if step is P.SENDING:
                    self.send(part.id)
                else:
                    why = reason if step is state else ""
                    assert self.outbox.move_part(part.id, {before}, step, reason=why)
                before = step
        return self.outbox.get(delivery.id)

    def send(self, part_id: str) -> None:
        now = self.clock.now()
        fence = self.outbox.acquire_lease("test", now, 60, is_forced=True)
        assert fence is not None
        assert self.outbox.begin_attempt(part_id, fence, "0" * 64, now)

    def kinds(self) -> list[str]:
        return [record.kind for record in reversed(self.queueing.records.list())]


@pytest.fixture
def desk(tmp_path: Path, rulebook: Rulebook) -> Iterator[Desk]:
    made = Desk(tmp_path, rulebook)
    yield made
    made.db.close()


def refused(code: str) -> "pytest.RaisesExc[UserError]":
    return pytest.raises(UserError, match=f"^{code}")


# Planning


def test_one_click_clears_and_plans(desk: Desk) -> None:
    desk.account("x")
    desk.account("linkedin")
    draft = desk.draft("linkedin", "x")
    planned = desk.schedule(draft)
    assert [d.channel for d in planned] == list(draft.channels_on)
    for delivery in planned:
        assert (delivery.state, delivery.due_at) == ("planned", datetime(2026, 12, 2, 7, 10, tzinfo=UTC))
        assert (delivery.wall, delivery.zone) == (SLOT, BERLIN)
        clearance = desk.queueing.clearances.get(delivery.clearance_id)
        assert clearance.hash == delivery.clearance_hash
        assert clearance.channel == delivery.channel
        assert [part.text for part in delivery.parts] == [CALM]
    assert desk.kinds() == ["cleared", "cleared", "scheduled", "scheduled"]


def test_what_cannot_be_cleared_leaves_nothing_behind(desk: Desk) -> None:
    desk.account("x")
    draft = desk.draft("x", text=CLAIM)
    with pytest.raises(FindingsBlock):
        desk.queueing.schedule(draft.id, SLOT, BERLIN, ME)
    assert desk.outbox.list() == ()
    assert desk.kinds() == []
    calm = desk.draft("x")
    with pytest.raises(FindingsBlock) as left:
        desk.queueing.schedule(calm.id, SLOT, BERLIN, ME)
    assert {each.kind for each in left.value.params["left"]} == {"tick"}  # pyright: ignore


def test_one_channel_that_cannot_be_planned_undoes_the_other(desk: Desk) -> None:
    """X has no account: nothing is cleared, no by-hand account is made, nothing is planned on LinkedIn."""
    draft = desk.draft("linkedin", "x")
    with refused("account_missing"):
        desk.schedule(draft)
    assert desk.outbox.list() == ()
    assert desk.accounts.list() == ()
    assert desk.kinds() == []


def test_a_time_that_has_passed_is_refused_the_running_minute_is_not(desk: Desk) -> None:
    desk.account("x")
    draft = desk.draft()
    with refused("time_past"):
        desk.schedule(draft, wall="2026-12-01 07:58")
    desk.clock.advance(timedelta(seconds=40))
    assert desk.schedule(draft, wall="2026-12-01 08:00")[0].due_at == START


def test_only_channels_that_are_on(desk: Desk) -> None:
    desk.account("x")
    draft = desk.draft()
    with refused("channel_off"):
        desk.schedule(draft, channels=("linkedin",))
    with refused("channel_unknown"):
        desk.schedule(draft, channels=("fax",))


def test_a_second_delivery_of_the_same_draft_is_refused(desk: Desk) -> None:
    desk.account("x")
    draft = desk.draft()
    first = desk.schedule(draft)[0]
    with refused("already_scheduled"):
        desk.queueing.schedule(draft.id, SLOT, BERLIN, ME)
    desk.put(first, P.PUBLISHED)
    with refused("already_published"):
        desk.queueing.schedule(draft.id, SLOT, BERLIN, ME)
    desk.drafting.save(draft.id, draft.revision, text=CALM + " Tell me.")
    again = desk.schedule(draft)[0]
    assert {d.id: d.state for d in desk.outbox.list()} == {first.id: "published", again.id: "planned"}
    assert again.parts[0].text.endswith("Tell me.")


@pytest.mark.parametrize("state", [P.CANCELLED, P.REFUSED])
def test_what_came_to_nothing_may_be_planned_again(desk: Desk, state: PartState) -> None:
    desk.account("x")
    draft = desk.draft()
    first = desk.schedule(draft)[0]
    desk.queueing.cancel(first.id, ME) if state is P.CANCELLED else desk.put(first, state)
    assert desk.schedule(draft)[0].id != first.id


def test_an_edit_holds_and_clearing_again_replaces(desk: Desk) -> None:
    desk.account("x")
    draft = desk.draft()
    first = desk.schedule(draft)[0]
    desk.drafting.save(draft.id, draft.revision, text=CALM + " Why?")
    held = desk.outbox.get(first.id).parts[0]
    assert (held.state, held.reason) == (P.HELD, "changed")
    with refused("clear_again"):
        desk.queueing.move(first.id, SLOT, BERLIN, ME)
    with refused("clear_again"):
        desk.queueing.post_now(first.id, ME)
    second = desk.schedule(draft)[0]
    gone = desk.outbox.get(first.id).parts[0]
    assert (gone.state, gone.reason) == (P.CANCELLED, "replaced")
    assert second.clearance_hash != first.clearance_hash


# Whose account


def test_linkedin_goes_by_hand_until_the_person_chose(desk: Desk) -> None:
    signed_in = desk.account("linkedin", base_url="")
    delivery = desk.planned("linkedin")
    assert (delivery.route, delivery.account_id != signed_in.id) == ("by_hand", True)
    desk.queueing.cancel(delivery.id, ME)
    identity = Identity(desk.db)
    identity.save(replace(identity.get(), linkedin_route="oauth", linkedin_terms_read_on="2026-12-01"))
    assert desk.planned("linkedin").account_id == signed_in.id


def test_the_practice_network_asks_for_no_choice(desk: Desk) -> None:
    account = desk.account("linkedin")
    assert desk.planned("linkedin").account_id == account.id


def test_by_hand_when_asked_for_and_the_same_account_each_time(desk: Desk) -> None:
    desk.account("x")
    routes = [desk.schedule(desk.draft(), by_hand=True)[0] for _ in range(2)]
    assert {each.route for each in routes} == {"by_hand"}
    assert len({each.account_id for each in routes}) == 1


def test_a_sign_in_that_ends_before_the_slot_is_said(desk: Desk) -> None:
    desk.account("x", expires_at=START + timedelta(hours=2))
    draft = desk.draft()
    with refused("sign_in_ends_before"):
        desk.schedule(draft)
    assert desk.schedule(draft, wall="2026-12-01 09:00")[0].state == "planned"


def test_an_account_that_was_signed_out_does_not_count(desk: Desk) -> None:
    desk.account("x", state="disconnected")
    with refused("account_missing"):
        desk.planned()


# Steering


def test_moving_keeps_the_clearance(desk: Desk) -> None:
    desk.account("x")
    delivery = desk.planned()
    moved = desk.queueing.move(delivery.id, "2026-12-03 09:00", BERLIN, ME)
    assert (moved.wall, moved.due_at) == ("2026-12-03 09:00", datetime(2026, 12, 3, 8, tzinfo=UTC))
    assert moved.clearance_hash == delivery.clearance_hash
    with refused("time_past"):
        desk.queueing.move(delivery.id, "2026-11-03 09:00", BERLIN, ME)
    desk.put(moved, P.PUBLISHED)
    with refused("cannot_move"):
        desk.queueing.move(delivery.id, "2026-12-04 09:00", BERLIN, ME)


def test_a_missed_post_may_go_late_only_when_told(desk: Desk) -> None:
    desk.account("x")
    missed = desk.put(desk.planned(), P.MISSED, "too_late")
    desk.clock.advance(timedelta(days=3))
    told = desk.queueing.post_now(missed.id, ME)
    assert (told.state, told.is_late_allowed) == ("planned", True)
    moved = desk.queueing.move(missed.id, "2026-12-09 09:00", BERLIN, ME)
    assert not moved.is_late_allowed


def test_post_now_brings_a_planned_one_forward(desk: Desk) -> None:
    desk.account("x")
    delivery = desk.planned()
    assert desk.queueing.post_now(delivery.id, ME).due_at == START
    assert desk.outbox.due(START)


@pytest.mark.parametrize("state", [P.HELD, P.MISSED, P.WAITING, P.REFUSED, P.HANDED_OVER])
def test_what_is_open_can_be_cancelled(desk: Desk, state: PartState) -> None:
    desk.account("x")
    delivery = desk.put(desk.planned(), state, "sign_in")
    assert desk.queueing.cancel(delivery.id, ME).state == "cancelled"
    assert desk.kinds()[-1] == "cancelled"
    with refused("cannot_cancel"):
        desk.queueing.cancel(delivery.id, ME)


@pytest.mark.parametrize(
    ("state", "code"),
    [(P.UNCONFIRMED, "resolve_first"), (P.SENDING, "resolve_first"), (P.PUBLISHED, "cannot_cancel")],
)
def test_what_may_be_live_cannot_be_cancelled(desk: Desk, state: PartState, code: str) -> None:
    desk.account("x")
    delivery = desk.planned()
    if state is P.SENDING:
        desk.outbox.move_part(delivery.parts[0].id, {P.PLANNED}, P.DUE)
        desk.send(delivery.parts[0].id)
    else:
        desk.put(delivery, state)
    with refused(code):
        desk.queueing.cancel(delivery.id, ME)
    assert desk.outbox.get(delivery.id).state == str(state)


def test_pausing_one_and_all(desk: Desk) -> None:
    desk.account("x")
    delivery = desk.planned()
    desk.queueing.set_paused(delivery.id, True, ME)
    assert desk.outbox.get(delivery.id).state == "paused"
    desk.queueing.set_paused(delivery.id, False, ME)
    assert desk.outbox.get(delivery.id).state == "planned"
    desk.queueing.set_all_paused(True, ME)
    assert desk.queueing.is_all_paused
    desk.queueing.set_all_paused(False, ME)
    assert not desk.queueing.is_all_paused
    assert desk.kinds()[-4:] == ["paused", "resumed", "paused_all", "resumed_all"]


def test_a_new_sign_in_frees_what_waited_for_it_alone(desk: Desk) -> None:
    account = desk.account("x")
    waits = desk.put(desk.planned(), P.HELD, "sign_in")
    other = desk.put(desk.planned(), P.HELD, "credits_gone")
    assert desk.queueing.free_signed_in("a_other") == 0
    assert desk.queueing.free_signed_in(account.id) == 1
    assert [desk.outbox.get(each.id).state for each in (waits, other)] == ["planned", "held"]


# The person's word


def test_found_by_the_person_it_is_published_with_its_link(desk: Desk) -> None:
    desk.account("x")
    doubtful = desk.put(desk.planned(), P.UNCONFIRMED, "timeout")
    with refused("link_not_a_post"):
        desk.queueing.resolve_live(doubtful.id, "https://x.com/jordansample", ME)
    assert desk.outbox.get(doubtful.id).state == "unconfirmed"
    part = desk.queueing.resolve_live(doubtful.id, "https://x.com/jordansample/status/1900", ME).parts[0]
    assert (part.state, part.remote_id) == (P.PUBLISHED, "1900")
    assert part.published_at == part.first_sent_at == START
    with refused("nothing_to_resolve"):
        desk.queueing.resolve_absent(doubtful.id, ME)


def test_not_there_sends_again_however_late(desk: Desk) -> None:
    desk.account("x")
    doubtful = desk.put(desk.planned(), P.UNCONFIRMED, "timeout")
    again = desk.queueing.resolve_absent(doubtful.id, ME)
    assert (again.state, again.is_late_allowed) == ("planned", True)
    assert desk.kinds()[-1] == "not_there"


def test_by_hand_done_and_not_done(desk: Desk) -> None:
    done = desk.put(desk.planned("linkedin"), P.HANDED_OVER, "by_hand")
    live = desk.queueing.resolve_live(done.id, "urn:li:share:7001234567", ME)
    assert (live.state, live.parts[0].published_at) == ("published", START)
    other = desk.put(desk.planned("linkedin"), P.HANDED_OVER, "by_hand")
    missed = desk.queueing.resolve_absent(other.id, ME)
    assert (missed.state, missed.parts[0].reason) == ("missed", "not_done")


def test_asking_is_for_linkedin_and_for_eight_minutes(desk: Desk) -> None:
    desk.account("linkedin")
    desk.account("x")
    on_x = desk.put(desk.planned("x"), P.UNCONFIRMED, "timeout")
    with refused("ask_not_here"):
        desk.queueing.resolve_ask(on_x.id, ME)
    doubtful = desk.put(desk.planned("linkedin"), P.UNCONFIRMED, "timeout")
    desk.clock.advance(timedelta(minutes=7, seconds=59))
    asked = desk.queueing.resolve_ask(doubtful.id, ME)
    assert (asked.state, asked.parts[0].reason) == ("unconfirmed", "ask_requested")
    desk.clock.advance(timedelta(seconds=1))
    with refused("ask_too_late"):
        desk.queueing.resolve_ask(doubtful.id, ME)


def test_titles(desk: Desk) -> None:
    draft = desk.draft(text="First line\nSecond")
    assert title_of(draft) == "First line"
    assert title_of(replace(draft, title=" A name ")) == "A name"
    assert title_of(replace(draft, text=" ")) == "Untitled"
