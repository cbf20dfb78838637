"""Clearing itself: what the clearance is bound to, and what voids it."""

import json
from datetime import timedelta

import pytest

from medvoice.domain.clearance import clearance_hash
from medvoice.domain.errors import FindingsBlock, UserError
from medvoice.domain.profile import CompanyPolicy, Profile
from medvoice.services.identity import Identity
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import transaction
from medvoice.store.record import RecordStore

from .clearing_kit import CORE, ME, REASON, edit
from .conftest import START

# Clearing


def test_clearing_binds_content_rules_and_answers(clearing, db, write) -> None:
    draft_id = write("A wobbly chair with 4 legs. See https://example.org/a", channels=("linkedin", "x"))
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    on_linkedin, on_x = clearing.clear(draft_id, ME, (*CORE, "C07", "C26"))
    assert (on_linkedin.channel, on_x.channel) == ("linkedin", "x")
    draft = clearing.drafts.get(draft_id)
    content = clearing.content_of(draft, "x")
    assert content.links == ("https://example.org/a",)
    assert on_x.content_hash == content.hash
    assert on_x.hash == clearance_hash(content.hash, on_x.packs, on_x.ticks, on_x.dismissals)
    assert on_x.ticks == ("C01", "C02", "C07", "C26")
    assert on_x.dismissals == (("T-WARN", "wobbly", REASON),)
    assert [pack[:2] for pack in on_x.packs] == [("core", "1"), ("uk", "1")]
    assert (on_x.by, on_x.at, on_x.draft_revision) == (ME, START, 1)
    standing = clearing.standing(draft_id)
    assert standing.is_cleared
    assert [each.clearance for each in standing.per_channel] == [on_linkedin, on_x]
    assert [version.why for version in clearing.drafts.versions(draft_id)] == ["cleared", "cleared"]


def test_the_record_keeps_what_was_asked_and_answered(clearing, db, write) -> None:
    draft_id = write("A wobbly chair, plainly.")
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    clearing.clear(draft_id, ME, (*CORE, "C26"))
    record = RecordStore(db).list(kind="cleared")[0]
    facts = json.loads(record.facts)
    assert record.by == ME
    assert facts["parts"] == ["A wobbly chair, plainly."]
    assert facts["policy"] == "company policy not recorded"
    assert facts["meaning"] == "Cleared by the author. Not company approval."
    assert facts["ticks"]["C01"] == "I wrote it."
    assert facts["packs"][0][3] == "draft"
    assert ["T-WARN", "warn", 2, 8, "wobbly"] in facts["findings"]
    assert facts["dismissals"] == [["T-WARN", "wobbly", REASON]]
    for policy, said in (
        (CompanyPolicy(recorded_on="2026-11-01"), "recorded"),
        (CompanyPolicy(recorded_on="2026-11-01", version="3"), "3"),
    ):
        Identity(db).save(Profile(policy=policy))
        other = write("A quiet text.")
        clearing.clear(other, ME, CORE)
        assert json.loads(RecordStore(db).list(kind="cleared")[0].facts)["policy"] == said
    assert RecordStore(db).verify() is None


def test_clearing_is_all_or_nothing(clearing, db, write) -> None:
    draft_id = write("A wobbly chair.", channels=("linkedin", "x"))
    with pytest.raises(FindingsBlock) as caught:
        clearing.clear(draft_id, ME, CORE)
    left = caught.value.params["left"]
    assert [(item.kind, item.code, item.channel) for item in left] == [
        ("warning", "T-WARN", "linkedin"),
        ("warning", "T-WARN", "x"),
    ]
    assert caught.value.exit_code == 1
    assert clearing.store.ticks(draft_id) == ()
    assert clearing.store.list(draft_id) == ()
    assert RecordStore(db).list() == ()


def test_clearing_the_same_twice_makes_one_clearance(clearing, db, clock, write) -> None:
    draft_id = write("A quiet text.")
    first = clearing.clear(draft_id, ME, CORE)
    clock.advance(timedelta(minutes=1))
    assert clearing.clear(draft_id, ME, CORE) == first
    assert len(RecordStore(db).list()) == 1
    # One more answer is another clearance; the first one stays good for what rests on it.
    (second,) = clearing.clear(draft_id, ME, ("C04",))
    assert second.id != first[0].id
    assert clearing.still_holds(first[0], clearing.drafts.get(draft_id))


def test_a_clearing_needs_a_name_and_known_codes(clearing, write) -> None:
    draft_id = write("A quiet text.")
    with pytest.raises(UserError, match="name_missing"):
        clearing.clear(draft_id, "  ", CORE)
    with pytest.raises(UserError, match="tick_unknown"):
        clearing.clear(draft_id, ME, (*CORE, "C99"))
    # A code of the checklist that this text does not ask is no mistake.
    (clearance,) = clearing.clear(draft_id, ME, (*CORE, "C07"))
    assert clearance.ticks == CORE


def test_clearing_undone_with_the_plan_around_it_leaves_nothing(clearing, db, write) -> None:
    draft_id = write("A quiet text.")
    with pytest.raises(LookupError), transaction(db):  # noqa: PT012
        clearing.clear(draft_id, ME, CORE)
        raise LookupError
    assert clearing.store.list(draft_id) == ()
    assert RecordStore(db).list() == ()


def test_an_edit_voids_and_clearing_anew_is_possible(clearing, drafting, write) -> None:
    draft_id = write("One.")
    (first,) = clearing.clear(draft_id, ME, CORE)
    edit(drafting, draft_id, "Two.")
    assert not clearing.standing(draft_id).is_cleared
    assert not clearing.still_holds(clearing.store.get(first.id), clearing.drafts.get(draft_id))
    clearing.reconfirm(draft_id, ME)
    (second,) = clearing.clear(draft_id, ME)
    assert second.content_hash != first.content_hash
    assert clearing.standing(draft_id).is_cleared


def test_the_sentence_on_whose_view_it_is(clearing, db, drafting) -> None:
    draft = drafting.create(text="One.")
    assert "personal views" in clearing.disclaimer_for(draft, "linkedin").lower()
    Identity(db).save(Profile(employer="Sample Pharma", role="MSL"))
    assert "Sample Pharma" in clearing.disclaimer_for(draft, "linkedin")
    assert len(clearing.disclaimer_for(draft, "x")) < len(clearing.disclaimer_for(draft, "linkedin"))
    Identity(db).save(Profile(disclosure=" I say so myself. "))
    assert clearing.disclaimer_for(draft, "x") == "I say so myself."


def test_lines_and_sentences_of_one_thread_are_told_apart(clearing, write) -> None:
    """A thread is cleared as its posts are sent."""
    draft_id = write("First sentence here. " * 20, channels=("x",))
    draft = clearing.drafts.get(draft_id)
    content = clearing.content_of(draft, "x")
    assert len(content.parts) == 2
    document = clearing.checking.document_for(draft, "x", Profile())
    assert [document.text[start:end] for start, end in document.parts] == list(content.parts)
    assert ClearanceStore(clearing.db).list(draft_id) == ()
