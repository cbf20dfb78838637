"""Pauses with a scope and a span hold the publisher; ideas keep where they came from."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medvoice.domain.errors import UserError
from medvoice.services.ideas import Ideas, check_link, split_words
from medvoice.services.pausing import Pausing
from medvoice.services.topics import Topics

from .conftest import START

ME = "Jordan Sample"


def code_of(call) -> str:
    with pytest.raises(UserError) as refused:
        call()
    return refused.value.code


@pytest.fixture
def pausing(rig) -> Pausing:
    return Pausing(rig.db, rig.clock)


def test_everything_rests_until_the_pause_is_ended(rig, pausing) -> None:
    delivery = rig.plan()
    pause = pausing.start("all", "", ME, reason="A safety signal")
    rig.run()
    assert (rig.states(delivery), rig.network.sent) == (["planned"], [])
    assert pausing.holding(delivery) == pause
    pausing.end(pause.id, ME)
    pausing.end(pause.id, ME)
    rig.run()
    assert rig.states(delivery) == ["published"]
    kinds = [record.kind for record in reversed(rig.publishing.records.list())]
    assert kinds == ["pause_started", "pause_ended", "sending", "published"]


def test_a_topic_or_an_account_rests_alone(rig, pausing) -> None:
    topic = Topics(rig.db, rig.clock).add("Oncology")
    of_topic, of_account, free = rig.plan("one"), rig.plan("two"), rig.plan("three")
    rig.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [topic.id, of_topic.draft_id])
    pausing.start("topic", topic.id, ME)
    pausing.start("account", of_account.account_id, ME)
    rig.run()
    assert [rig.states(each) for each in (of_topic, of_account, free)] == [
        ["planned"],
        ["planned"],
        ["published"],
    ]


def test_a_span_holds_between_its_ends_only(rig, pausing) -> None:
    delivery = rig.plan(due_at=START + timedelta(minutes=10))
    span = (START + timedelta(minutes=5), START + timedelta(minutes=15))
    pausing.start("all", "", ME, since=span[0], until=span[1])
    assert pausing.holding(delivery) is None
    rig.wait(minutes=10)
    rig.run()
    assert rig.states(delivery) == ["planned"]
    rig.wait(minutes=5)
    rig.run()
    assert rig.states(delivery) == ["published"]
    assert pausing.open() == ()


def test_a_thread_stops_in_the_middle_when_a_pause_begins(rig, pausing) -> None:
    delivery = rig.plan("one\n---\ntwo")
    rig.network.before_answer = lambda: pausing.start("all", "", ME)
    rig.run()
    assert rig.states(delivery) == ["published", "planned"]


def test_what_was_due_in_a_long_pause_is_asked_about(rig, pausing) -> None:
    delivery = rig.plan()
    pause = pausing.start("all", "", ME)
    rig.wait(hours=3)
    rig.run()
    pausing.end(pause.id, ME)
    rig.run()
    assert (rig.states(delivery), rig.network.sent) == (["missed"], [])


def test_a_pause_of_nothing_is_refused(rig, pausing) -> None:
    assert code_of(lambda: pausing.start("topic", "t_none", ME)) == "topic_unknown"
    assert code_of(lambda: pausing.start("account", "a_none", ME)) == "account_unknown"
    assert code_of(lambda: pausing.start("all", "", ME, until=START)) == "pause_ends_before"
    assert code_of(lambda: pausing.end("z_none", ME)) == "pause_unknown"
    assert pausing.store.open() == ()


@pytest.fixture
def ideas(rig) -> Ideas:
    return Ideas(rig.db, rig.clock)


def test_an_idea_keeps_its_source_when_it_becomes_a_draft(ideas) -> None:
    made = ideas.add(
        "What registries cannot tell\nThree examples", url="https://example.org/a", source_title="A paper"
    )
    (idea,) = ideas.list()
    assert (idea.row.id, idea.row.title, idea.row.is_idea) == (made.id, "What registries cannot tell", True)
    assert made.text == "Three examples"
    draft = ideas.to_draft(made.id, "A starter that is not needed")
    assert (draft.is_idea, draft.text) == (False, "Three examples")
    assert ideas.list() == ()
    source = ideas.source_of(draft.id)
    assert source is not None
    assert (source.url, source.title, source.way) == ("https://example.org/a", "A paper", "typed")


def test_a_link_in_the_words_is_the_source(ideas) -> None:
    made = ideas.add("Worth a post: https://example.org/paper?x=1.")
    source = ideas.source_of(made.id)
    assert source is not None
    assert source.url == "https://example.org/paper?x=1"
    assert ideas.source_of(ideas.add("Only words").id) is None


def test_an_idea_without_words_starts_with_the_starter(ideas) -> None:
    made = ideas.add("A method I wish I had known")
    assert ideas.to_draft(made.id, "What it does:\n").text == "What it does:\n"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "x" * 9]
)
def test_an_address_that_is_none_is_refused(ideas, url: str) -> None:
    assert code_of(lambda: ideas.add("Words", url=url)) == "link_unreadable"
    assert ideas.list() == ()


def test_nothing_is_no_idea(ideas) -> None:
    assert code_of(lambda: ideas.add("  \n ")) == "idea_empty"
    assert ideas.add("", url="https://example.org").title == "https://example.org"
    check_link("http://example.org/x")


@given(st.text(min_size=1, max_size=300))
def test_no_word_of_an_idea_is_lost(words: str) -> None:
    title, text = split_words(words.strip())
    assert len(title) <= 81
    kept = set(f"{title} {text}".split())
    assert set(words.split()) <= kept
