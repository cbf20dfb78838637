"""A reason whose words are gone is not passed over: it counts for nothing, is told, and goes on record."""

import json

from medvoice.store.record import RecordStore

from .clearing_kit import CORE, ME, REASON, edit, left_of


def test_a_reason_without_its_words_is_told(clearing, drafting, write) -> None:
    draft_id = write("A wobbly chair. The end.")
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    assert clearing.standing(draft_id).stale == ()
    edit(drafting, draft_id, "A wobbly chair. Another end.")
    assert clearing.standing(draft_id).stale == ()
    edit(drafting, draft_id, "A wobbly claim. Another end.")
    (stale,) = clearing.standing(draft_id).stale
    assert (stale.rule, stale.quote, stale.reason, stale.by) == ("T-WARN", "wobbly", REASON, ME)
    assert stale.at.tzinfo is not None
    assert ("warning", "T-WARN") in left_of(clearing, draft_id)


def test_one_that_fits_again_is_stale_no_more(clearing, drafting, write) -> None:
    draft_id = write("A wobbly chair.")
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    edit(drafting, draft_id, "A firm chair.")
    assert len(clearing.standing(draft_id).stale) == 1
    edit(drafting, draft_id, "A wobbly chair.")
    assert clearing.standing(draft_id).stale == ()


def test_reasons_are_kept_with_the_revision_and_stale_ones_beside_them(clearing, db, drafting, write) -> None:
    draft_id = write("A wobbly chair. A wobbly table.")
    clearing.dismiss_rule(draft_id, "T-WARN", REASON, ME)
    edit(drafting, draft_id, "A wobbly chair. A firm table.")
    (cleared,) = clearing.clear(draft_id, ME, (*CORE, "C26"))
    assert cleared.draft_revision == drafting.get(draft_id).revision
    assert cleared.dismissals == (("T-WARN", "wobbly", REASON),)
    facts = json.loads(next(one for one in RecordStore(db).list() if one.kind == "cleared").facts)
    assert facts["dismissals"] == [["T-WARN", "wobbly", REASON]]
    assert facts["stale_dismissals"] == [["T-WARN", "wobbly", REASON]]
