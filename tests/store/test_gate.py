"""The gate at the instant of sending: each way in which a clearance no longer covers what would go out."""

from dataclasses import replace

import pytest

from medvoice.domain.draft import Variant
from medvoice.domain.finding import Product
from medvoice.domain.profile import Profile
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.drafting import Drafting
from medvoice.services.standing import GateProblem

from .conftest import plan
from .tiny_rules import rulebook

ME = "Jordan Sample"
TICKS = ("C01", "C02", "C07", "C26")


class Planned:
    """A cleared and planned draft, and the gate asked about it."""

    def __init__(self, db, clock, text: str = "A wobbly chair with 4 legs.") -> None:
        self.db, self.clock = db, clock
        self.drafting = Drafting(db, clock)
        self.clearing = Clearing(db, Checking(rulebook(), clock), clock)
        self.draft = self.drafting.create(text=text)
        self.clearing.dismiss_rule(self.draft.id, "T-WARN", "it is about furniture", ME)
        (self.clearance,) = self.clearing.clear(self.draft.id, ME, TICKS)
        self.delivery = replace(
            plan(db, draft=self.draft), clearance_id=self.clearance.id, clearance_hash=self.clearance.hash
        )
        self.profile = Profile()

    def ask(self, **changes) -> GateProblem | None:
        asked = {
            "delivery": self.delivery,
            "draft": self.draft,
            "clearance": self.clearance,
            "profile": self.profile,
        }
        return self.clearing.gate(**(asked | changes))

    def under(self, **rules: str) -> None:
        """The same workspace under other rules."""
        self.clearing = Clearing(self.db, Checking(rulebook(**rules), self.clock), self.clock)

    def rebound(self, **changes):
        """The clearance with other fields, its hash made to fit."""
        from medvoice.domain.clearance import clearance_hash

        other = replace(self.clearance, **changes)
        other = replace(
            other,
            hash=clearance_hash(other.content_hash, other.packs, other.ticks, other.dismissals),
        )
        return {"clearance": other, "delivery": replace(self.delivery, clearance_hash=other.hash)}


@pytest.fixture
def planned(db, clock) -> Planned:
    return Planned(db, clock)


def test_what_was_cleared_may_go(planned) -> None:
    assert planned.ask() is None


def test_another_draft_delivery_or_channel_is_not_cleared(planned) -> None:
    for changes in (
        {"delivery": replace(planned.delivery, clearance_id="c_other")},
        {"delivery": replace(planned.delivery, clearance_hash="00")},
        {"delivery": replace(planned.delivery, draft_id="d_other")},
        {"delivery": replace(planned.delivery, channel="x")},
        {"draft": replace(planned.draft, id="d_other")},
    ):
        assert planned.ask(**changes) == GateProblem("not_cleared")


def test_a_clearance_that_was_tampered_with_is_none(planned) -> None:
    for changes in (
        {"ticks": ("C01",)},
        {"dismissals": ()},
        {"packs": ()},
        {"content_hash": "00"},
    ):
        assert planned.ask(clearance=replace(planned.clearance, **changes)) == GateProblem("not_cleared")
    other = replace(planned.clearance, draft_id="d_other")
    assert planned.ask(clearance=other) == GateProblem("not_cleared")


def test_a_voided_clearance_says_why(planned, clock) -> None:
    voided = replace(planned.clearance, voided_at=clock.now(), void_reason="changed")
    assert planned.ask(clearance=voided) == GateProblem("changed", "changed")
    voided = replace(voided, void_reason="answer_withdrawn")
    assert planned.ask(clearance=voided) == GateProblem("not_cleared", "answer_withdrawn")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "A wobbly chair with 5 legs."},
        {"regions": ("US",)},
        {"variants": (Variant("linkedin", is_on=False), Variant("x"))},
        {"variants": (Variant("linkedin", disclaimer="Views my own."),)},
    ],
)
def test_other_content_is_changed_even_if_nothing_was_voided(planned, changes) -> None:
    assert planned.ask(draft=replace(planned.draft, **changes)) == GateProblem("changed")


def test_other_rules_are_said(planned) -> None:
    planned.under(version="2")
    assert planned.ask() == GateProblem("rules_changed")


def test_a_finding_that_the_cleared_rules_would_not_have_let_through(planned) -> None:
    assert planned.ask(**planned.rebound(dismissals=())) == GateProblem("new_finding", "T-WARN")


def test_new_words_of_the_profile_count_at_the_gate(db, clock) -> None:
    """The same rules find more when the person's own lists grow."""
    planned = Planned(db, clock)
    profile = Profile(products=(Product("chair"),))
    assert planned.ask(profile=profile) is None
    planned.under(extra_word="furniture")
    assert planned.ask() == GateProblem("rules_changed")


def test_a_missing_tick_is_named_and_standing_items_are_not_asked(planned) -> None:
    assert planned.ask(**planned.rebound(ticks=("C01", "C02", "C26"))) == GateProblem("no_tick", "C07")
    assert planned.ask(**planned.rebound(ticks=("C02", "C07", "C26"))) == GateProblem("no_tick", "C01")
    assert "C04" not in planned.clearance.ticks


def test_an_unfitting_edit_of_the_database_is_seen(planned, db) -> None:
    """Text changed around MedVoice: no void was written, the hash tells."""
    db.run("UPDATE drafts SET text = 'Other words.' WHERE id = ?", [planned.draft.id])
    draft = planned.drafting.get(planned.draft.id)
    assert planned.ask(draft=draft) == GateProblem("changed")
    assert not planned.clearing.standing(planned.draft.id).is_cleared


def test_checking_needs_no_workspace_and_names_what_is_out_of_force(clock) -> None:
    from medvoice.domain.draft import Draft
    from medvoice.services.checking import Rulebook

    from .tiny_rules import sources

    texts = sources()
    texts["uk/uk.toml"] = texts["uk/uk.toml"].replace('kind = "phrase"', 'kind = "guess"')
    texts["us/us.toml"] = "[pack\n"
    book = Rulebook.from_sources(texts)
    assert {problem.code for problem in book.problems} == {"pack_meaning", "pack_syntax"}
    checking = Checking(book, clock)
    now = clock.now()
    draft = Draft("d", "", "Wobbly.", None, "", ("EU",), (Variant("x"),), 1, False, "", "", now, now)
    assert [finding.rule for finding in checking.check(draft, "x", Profile()).findings] == ["T-WARN"]
    assert [pack.id for pack in checking.packs_in_force(("EU",))] == ["core"]
    assert checking.measure_of(draft, "x").used == 7
