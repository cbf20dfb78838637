"""Clearing: what stands in the way, the boxes, and the ways out."""

import json
from datetime import timedelta

import pytest

from medvoice.domain.draft import Variant
from medvoice.domain.errors import FindingsBlock, UserError
from medvoice.domain.outbox import PartState
from medvoice.domain.profile import Permission, Profile
from medvoice.services.checking import Checking, Rulebook
from medvoice.services.clearing import Clearing
from medvoice.services.identity import Identity
from medvoice.services.standing import Left
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore

from .clearing_kit import CORE, ME, REASON, edit, left_of
from .conftest import START, plan


def test_a_quiet_text_needs_only_the_core_ticks(clearing, write) -> None:
    draft_id = write("A quiet text.")
    assert left_of(clearing, draft_id) == [("tick", "C01"), ("tick", "C02")]
    standing = clearing.standing(draft_id)
    assert [item.item.code for item in standing.items] == ["C01", "C02", "C04"]
    assert not standing.is_cleared
    assert not standing.can_reconfirm


def test_everything_left_is_named_with_its_place(clearing, write) -> None:
    text = "So wobbly and forbidden. Plainly 42."
    left = clearing.standing(write(text)).left
    assert [(item.kind, item.code) for item in left] == [
        ("block", "T-BLOCK"),
        ("warning", "T-WARN"),
        ("tick", "C01"),
        ("tick", "C02"),
        ("tick", "C07"),
    ]
    assert text[left[0].start : left[0].end] == "forbidden"
    assert left[0].words == "Take this out"
    assert left[4].words == "Every number is in the source."


def test_nothing_to_post_is_said_first(clearing, drafting, db, write) -> None:
    assert left_of(clearing, write("text", channels=())) == [("no_channel", "no_channel")]
    assert left_of(clearing, write(" \n "))[0] == ("empty", "empty")
    # A disclaimer alone is no post.
    Identity(db).save(Profile(disclosure="Views my own."))
    assert left_of(clearing, write(""))[0] == ("empty", "empty")
    both = drafting.create(text="", channels=("linkedin", "x"))
    variants = (Variant("linkedin", text="Own words"), Variant("x"))
    drafting.save(both.id, 1, variants=variants)
    assert clearing.standing(both.id).left[0] == Left("empty", "empty", "x", "There is no text for X.")


def test_length_and_characters_are_looked_at_per_channel(clearing, write) -> None:
    too_long = clearing.standing(write("a " * 1501)).left[0]
    assert (too_long.kind, too_long.code, too_long.channel) == ("length", "too_long", "linkedin")
    assert too_long.words == "3,001 of 3,000 characters: shorten it by 1."
    assert left_of(clearing, write("word " * 500, channels=("x",)))[0][0] == "tick"
    refused = clearing.standing(write("a\ufffe", channels=("x",))).left[0]
    assert (refused.kind, refused.code) == ("length", "characters")


def test_without_any_rules_nothing_is_cleared(db, clock, write) -> None:
    empty = Clearing(db, Checking(Rulebook.from_sources({}), clock), clock)
    assert left_of(empty, write("A quiet text.")) == [("block", "no_rules")]


def test_an_unknown_draft_is_said(clearing) -> None:
    for call in (
        lambda: clearing.standing("d_none"),
        lambda: clearing.tick("d_none", "C01", ME),
        lambda: clearing.clear("d_none", ME),
        lambda: clearing.dismiss("d_none", "T-WARN", "x", REASON, ME),
    ):
        with pytest.raises(UserError, match="draft_unknown"):
            call()


# Boxes


def test_ticks_fall_with_the_text_and_are_reconfirmed_in_one_act(clearing, drafting, write) -> None:
    draft_id = write("The cohort had 42 people. Hello @someone. Goodbye.")
    for code in (*CORE, "C07", "C18"):
        clearing.tick(draft_id, code, ME)
    assert left_of(clearing, draft_id) == []
    edit(drafting, draft_id, "The cohort had 43 people. Hello @someone. Goodbye!")
    standing = clearing.standing(draft_id)
    assert [item.item.code for item in standing.items if item.is_ticked] == []
    told = {item.item.code: (item.was_ticked_before_change, item.can_reconfirm) for item in standing.items}
    assert told == {
        "C01": (True, True),
        "C02": (True, True),
        "C04": (False, False),
        "C07": (True, False),
        "C18": (True, True),
    }
    assert standing.can_reconfirm
    again = clearing.reconfirm(draft_id, ME)
    assert [(item.kind, item.code) for item in again.left] == [("tick", "C07")]
    clearing.tick(draft_id, "C07", ME)
    assert left_of(clearing, draft_id) == []


def test_going_back_to_the_old_text_does_not_bring_ticks_back(clearing, drafting, write) -> None:
    draft_id = write("One.")
    clearing.tick(draft_id, "C01", ME)
    edit(drafting, draft_id, "Two.")
    edit(drafting, draft_id, "One.")
    assert left_of(clearing, draft_id) == [("tick", "C01"), ("tick", "C02")]


def test_regions_and_channels_are_part_of_what_is_ticked(clearing, drafting, write) -> None:
    draft_id = write("One.")
    clearing.tick(draft_id, "C01", ME)
    drafting.save(draft_id, 1, regions=("US",))
    assert ("tick", "C01") in left_of(clearing, draft_id)
    clearing.tick(draft_id, "C01", ME)
    drafting.save(draft_id, 2, variants=(Variant("linkedin"), Variant("x")))
    assert ("tick", "C01") in left_of(clearing, draft_id)


def test_a_new_number_elsewhere_asks_anew(clearing, drafting, write) -> None:
    draft_id = write("The cohort had 42 people.")
    clearing.tick(draft_id, "C07", ME)
    edit(drafting, draft_id, "The cohort had 42 people. And 7 sites.")
    assert ("tick", "C07") in [(item.kind, item.code) for item in clearing.reconfirm(draft_id, ME).left]


def test_a_box_that_is_not_asked_cannot_be_ticked(clearing, write) -> None:
    draft_id = write("A quiet text.")
    for code in ("C07", "C99"):
        with pytest.raises(UserError) as caught:
            clearing.tick(draft_id, code, ME)
        assert (caught.value.code, caught.value.params) == ("tick_unknown", {"item": code})


def test_standing_items_hold_for_all_posts_of_a_quarter_and_are_never_required(
    clearing, clock, write
) -> None:
    first, second = write("A quiet text."), write("Another one.")
    standing = clearing.tick(first, "C04", ME)
    assert [item.item.code for item in standing.items if item.is_ticked] == ["C04"]
    assert clearing.clear(second, ME, CORE)[0].ticks == ("C01", "C02", "C04")
    clock.advance(timedelta(days=92))
    assert not any(item.is_ticked for item in clearing.standing(first).items)
    clearing.tick(first, "C04", ME)
    standing = clearing.untick(second, "C04", ME)
    assert [item.item.code for item in standing.items if item.is_ticked] == ["C01", "C02"]
    assert standing.is_cleared


# Warnings


def test_a_warning_is_dismissed_with_a_reason_and_asks_for_a_box(clearing, db, write) -> None:
    draft_id = write("A wobbly chair. A wobbly table.")
    assert clearing.dismiss(draft_id, "T-WARN", "wobbly", f"  {REASON}  ", ME) == 2
    assert left_of(clearing, draft_id) == [("tick", "C01"), ("tick", "C02"), ("tick", "C26")]
    dismissed = clearing.standing(draft_id).per_channel[0].dismissed
    assert [(item.finding.start, item.dismissal.reason) for item in dismissed] == [(2, REASON), (18, REASON)]
    assert RecordStore(db).list()[0].kind == "dismissed"


def test_a_dismissal_holds_only_while_its_words_stand_in_their_sentence(clearing, drafting, write) -> None:
    draft_id = write("A wobbly chair. The end.")
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    edit(drafting, draft_id, "A wobbly chair. Another end, longer.")
    assert ("warning", "T-WARN") not in left_of(clearing, draft_id)
    edit(drafting, draft_id, "A wobbly claim. Another end.")
    assert ("warning", "T-WARN") in left_of(clearing, draft_id)
    edit(drafting, draft_id, "A wobbly chair. Now a wobbly claim as well.")
    assert left_of(clearing, draft_id).count(("warning", "T-WARN")) == 1


@pytest.mark.parametrize(
    ("rule", "quote", "reason", "code"),
    [
        ("T-WARN", "wobbly", "too short", "reason_too_short"),
        ("T-WARN", "wobbly", "  a        b   ", "reason_too_short"),
        ("T-BLOCK", "forbidden", REASON, "cannot_dismiss_block"),
        ("T-WARN", "other words", REASON, "finding_unknown"),
        ("T-NONE", None, REASON, "finding_unknown"),
        ("T-ADVISE", None, REASON, "finding_unknown"),
    ],
)
def test_a_dismissal_is_refused_with_its_reason(clearing, write, rule, quote, reason, code) -> None:
    draft_id = write("A wobbly and forbidden chair, plainly.")
    with pytest.raises(UserError) as caught:
        clearing.dismiss_rule(draft_id, rule, reason, ME, quote)
    assert caught.value.code == code
    assert clearing.store.dismissals(draft_id) == ()


def test_opening_a_warning_again_withdraws_what_rested_on_it(clearing, db, write) -> None:
    draft_id = write("A wobbly chair.")
    clearing.dismiss(draft_id, "T-WARN", "wobbly", REASON, ME)
    clearing.clear(draft_id, ME, (*CORE, "C26"))
    delivery = plan(db, draft=clearing.drafts.get(draft_id))
    assert clearing.undismiss(draft_id, "T-WARN", "wobbly", ME)
    assert not clearing.undismiss(draft_id, "T-WARN", "wobbly", ME)
    assert clearing.standing(draft_id).per_channel[0].clearance is None
    part = OutboxStore(db).get(delivery.id).parts[0]
    assert (part.state, part.reason) == (PartState.HELD, "not_cleared")
    assert [record.kind for record in RecordStore(db).list(kind="withdrawn")] == ["withdrawn"]


def test_unticking_withdraws_too(clearing, db, write) -> None:
    draft_id = write("A quiet text.")
    clearing.clear(draft_id, ME, CORE)
    assert clearing.standing(draft_id).is_cleared
    standing = clearing.untick(draft_id, "C01", ME)
    assert not standing.is_cleared
    assert [(item.kind, item.code) for item in standing.left] == [("tick", "C01")]
    records = len(RecordStore(db).list())
    clearing.untick(draft_id, "C01", ME)
    clearing.tick(draft_id, "C01", ME)
    clearing.untick(draft_id, "C01", ME)
    assert len(RecordStore(db).list()) == records


# Ways out of a block


def test_a_reviewers_block_has_no_way_out_but_the_text(clearing, drafting, write) -> None:
    draft_id = write("Something reviewable.")
    for call in (
        lambda: clearing.dismiss_rule(draft_id, "T-REVIEW", REASON, ME),
        lambda: clearing.route(draft_id, "T-REVIEW", "SAF-1", START, ME),
        lambda: clearing.misread(draft_id, "T-REVIEW", REASON, ME),
    ):
        with pytest.raises(UserError):
            call()
    edit(drafting, draft_id, "Something else.")
    assert ("block", "T-REVIEW") not in left_of(clearing, draft_id)


def test_an_adverse_event_stays_until_it_is_routed_even_when_its_text_goes(
    clearing, drafting, db, write
) -> None:
    draft_id = write("A neighbour had a rash.")
    assert left_of(clearing, draft_id)[0] == ("block", "AE-1")
    edit(drafting, draft_id, "A quiet text.")
    noted = clearing.standing(draft_id).left[0]
    assert (noted.kind, noted.code, noted.channel, noted.start, noted.end) == ("block", "AE-1", "", 0, 0)
    with pytest.raises(FindingsBlock):
        clearing.clear(draft_id, ME, CORE)
    aware_at = START - timedelta(hours=3)
    assert clearing.route(draft_id, "AE-1", " SAF-7 ", aware_at, ME, "by phone") == 1
    assert len(clearing.clear(draft_id, ME, CORE)) == 1
    routed = RecordStore(db).list(kind="routed")[0]
    facts = json.loads(routed.facts)
    assert facts == {
        "rule": "AE-1",
        "reference": "SAF-7",
        "note": "by phone",
        "aware_at": "2026-12-01T04:00:00.000000Z",
    }


def test_since_when_one_knows_is_when_it_was_seen_until_the_person_says(clearing, write) -> None:
    draft_id = write("A neighbour had a rash.")
    assert clearing.store.known_since(draft_id) is None
    clearing.standing(draft_id)
    assert clearing.store.known_since(draft_id) == START
    clearing.know_since(draft_id, START - timedelta(hours=9))
    clearing.standing(draft_id)
    assert clearing.store.known_since(draft_id) == START - timedelta(hours=9)
    with pytest.raises(UserError, match="aware_in_future"):
        clearing.know_since(draft_id, START + timedelta(minutes=1))
    clearing.route(draft_id, "AE-1", "SAF-7", START, ME)
    assert clearing.store.known_since(draft_id) is None


def test_a_routed_event_lifts_its_own_words_only(clearing, drafting, db, write) -> None:
    draft_id = write("A neighbour had a rash. She also had a rash in May.")
    assert clearing.route(draft_id, "AE-1", "SAF-7", START, ME) == 2
    standing = clearing.standing(draft_id)
    assert [(lift.way, lift.detail) for lift in standing.per_channel[0].lifted] == [("routed", "SAF-7")] * 2
    assert ("block", "AE-1") not in [(item.kind, item.code) for item in standing.left]
    edit(drafting, draft_id, "A neighbour had a rash. A colleague had a rash.")
    assert left_of(clearing, draft_id).count(("block", "AE-1")) == 1
    assert clearing.misread(draft_id, "AE-1", "it is a rash decision of his", ME) == 1
    assert [lift.way for lift in clearing.standing(draft_id).per_channel[0].lifted] == ["routed", "misread"]
    # Answered once more when nothing is open: the new answer is added to the trail and counts.
    assert clearing.route(draft_id, "AE-1", "SAF-8", START, ME) == 2
    assert len(clearing.store.routings(draft_id)) == 5
    assert clearing.misread(draft_id, "AE-1", "both are rash decisions", ME) == 2
    (clearance,) = clearing.clear(draft_id, ME, CORE)
    facts = json.loads(RecordStore(db).list(kind="cleared")[0].facts)
    assert facts["clearance"] == clearance.id
    assert [finding[0] for finding in facts["findings"]] == ["AE-1", "AE-1"]
    assert all(finding[4] == "" for finding in facts["findings"])
    assert [lift[1] for lift in facts["lifted"]] == ["misread", "misread"]
    trail = " ".join(
        record.facts for record in RecordStore(db).list() if record.kind in ("routed", "misread")
    )
    assert "neighbour" not in trail


def test_what_was_routed_is_not_asked_again_when_it_returns(clearing, drafting, write) -> None:
    draft_id = write("A neighbour had a rash.")
    clearing.standing(draft_id)
    edit(drafting, draft_id, "Quiet.")
    assert clearing.misread(draft_id, "AE-1", "it was a rash decision", ME) == 1
    edit(drafting, draft_id, "A neighbour had a rash.")
    assert ("block", "AE-1") not in left_of(clearing, draft_id)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda c, d: c.route(d, "AE-1", "  ", START, ME), "reference_missing"),
        (lambda c, d: c.route(d, "AE-1", "S", START + timedelta(seconds=1), ME), "aware_in_future"),
        (lambda c, d: c.route(d, "T-BLOCK", "S", START, ME), "cannot_route"),
        (lambda c, d: c.route(d, "AE-2", "S", START, ME), "finding_unknown"),
        (lambda c, d: c.misread(d, "AE-1", "no", ME), "reason_too_short"),
        (lambda c, d: c.misread(d, "T-WARN", REASON, ME), "cannot_route"),
    ],
)
def test_a_route_is_refused_with_its_reason(clearing, write, call, code: str) -> None:
    draft_id = write("A neighbour had a rash, forbidden and wobbly.")
    with pytest.raises(UserError) as caught:
        call(clearing, draft_id)
    assert caught.value.code == code
    assert clearing.store.routings(draft_id) == ()


def test_an_event_is_remembered_though_clearing_was_undone(clearing, drafting, write) -> None:
    draft_id = write("A neighbour had a rash.")
    with pytest.raises(FindingsBlock):
        clearing.clear(draft_id, ME, CORE)
    edit(drafting, draft_id, "Quiet.")
    assert left_of(clearing, draft_id)[0] == ("block", "AE-1")


@pytest.mark.parametrize(
    ("permission", "is_lifted"),
    [
        (Permission("Legal", "launch", "T-PERMIT", "", "", "mail"), True),
        (Permission("Legal", "launch", "T-PERMIT", "linkedin", "2026-12-01", "mail"), True),
        (Permission("Legal", "launch", "T-PERMIT", "linkedin", "2026-11-30", "mail"), False),
        (Permission("Legal", "launch", "T-PERMIT", "linkedin", "some day", "mail"), False),
        (Permission("Legal", "launch", "T-PERMIT", "x", "", "mail"), False),
        (Permission("Legal", "launch", "T-OTHER", "", "", "mail"), False),
        (Permission(" ", "launch", "T-PERMIT", "", "", "mail"), False),
    ],
)
def test_a_recorded_permission_lifts_its_block(clearing, db, write, permission, is_lifted: bool) -> None:
    Identity(db).save(Profile(permissions=(permission,)))
    draft_id = write("We announced it.")
    assert (("block", "T-PERMIT") not in left_of(clearing, draft_id)) is is_lifted


def test_a_permission_that_ends_stops_the_sending(clearing, db, clock, write) -> None:
    Identity(db).save(
        Profile(permissions=(Permission("Legal", "launch", "T-PERMIT", "", "2026-12-01", "mail"),))
    )
    draft_id = write("We announced it.")
    (clearance,) = clearing.clear(draft_id, ME, CORE)
    draft = clearing.drafts.get(draft_id)
    assert clearing.still_holds(clearance, draft)
    clock.advance(timedelta(days=1))
    assert not clearing.still_holds(clearance, draft)


def test_one_way_of_one_channel_and_the_same_words_on_another(clearing, write) -> None:
    """The same sentence on two channels is one event."""
    draft_id = write("A neighbour had a rash.", channels=("linkedin", "x"))
    assert clearing.route(draft_id, "AE-1", "SAF-7", START, ME) == 1
    assert ("block", "AE-1") not in left_of(clearing, draft_id)
