"""Drafts: kept whole, saved by compare-and-set, listed light, found by any words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medvoice.domain.draft import Variant
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import PartState
from medvoice.store import draft as draft_module
from medvoice.store.draft import DraftFilter, DraftStore, match_expression
from medvoice.store.topic import TopicStore

from .conftest import START, a_draft, plan
from .test_small_stores import a_topic


@pytest.fixture
def store(db) -> DraftStore:
    return DraftStore(db)


def test_a_draft_comes_back_as_it_was(db, store) -> None:
    TopicStore(db).add(a_topic("t_1", "Evidence", "rwe"))
    draft = a_draft(
        title="Ünïcode 👩‍⚕️",
        text="One\n\nTwo “quoted” \x0b",
        topic_id="t_1",
        audience="peers",
        variants=(
            Variant("linkedin", text="Own words", disclaimer="Views my own.", disclaimer_place="start"),
            Variant("x", is_on=False, is_numbered=True, split_marks=(3, 9)),
        ),
        revision=7,
        is_idea=True,
        planned_wall="2026-12-01 08:10",
        planned_zone="Europe/Berlin",
        archived_at=START,
    )
    store.add(draft)
    assert store.get(draft.id) == draft
    with pytest.raises(UserError, match="draft_unknown"):
        store.get("d_none")


def test_saving_is_a_compare_and_set(store) -> None:
    draft = a_draft()
    store.add(draft)
    second = replace(draft, text="Second", revision=2)
    assert store.save(second, 1) == second
    with pytest.raises(UserError) as caught:
        store.save(replace(draft, text="From elsewhere", revision=2), 1)
    assert caught.value.code == "draft_changed_elsewhere"
    assert caught.value.params["revision"] == 2
    assert store.get(draft.id) == second
    with pytest.raises(UserError, match="draft_unknown"):
        store.save(a_draft(), 1)


def test_the_list_is_light_and_last_changed_first(db, store) -> None:
    old = a_draft(text="\n  First line\nSecond", updated_at=START - timedelta(days=1))
    new = a_draft(
        text="", variants=(Variant("x", text="Only on X"),), is_idea=True, planned_wall="2026-12-24 08:00"
    )
    put_away = a_draft(archived_at=START)
    for draft in (old, new, put_away):
        store.add(draft)
    rows = store.list()
    assert [row.id for row in rows] == [new.id, old.id]
    assert [row.first_line for row in rows] == ["Only on X", "First line"]
    assert rows[0].channels == ("x",)
    assert (rows[0].is_idea, rows[0].planned_wall) == (True, "2026-12-24 08:00")
    assert [row.id for row in store.list(DraftFilter(is_archived=True))] == [put_away.id]
    assert len(store.list(DraftFilter(is_archived=None))) == 3
    assert [row.id for row in store.list(DraftFilter(is_idea=False))] == [old.id]
    assert [row.id for row in store.list(DraftFilter(channel="x"))] == [new.id]
    assert store.list(DraftFilter(topic_id="t_none")) == ()
    assert [row.id for row in store.list(DraftFilter(limit=1))] == [new.id]


def test_rows_say_where_deliveries_stand(db, store) -> None:
    draft = a_draft()
    store.add(draft)
    assert store.list()[0].delivery_state == ""
    plan(db, PartState.CANCELLED, draft=draft)
    assert (store.list()[0].delivery_state, store.list()[0].due_at) == ("", None)
    plan(db, PartState.PLANNED, draft=draft, is_paused=True, due_at=START + timedelta(hours=3))
    assert (store.list()[0].delivery_state, store.list()[0].due_at) == ("paused", START + timedelta(hours=3))
    plan(db, PartState.PUBLISHED, draft=draft)
    assert store.list()[0].delivery_state == "partly"


def test_search_finds_beginnings_of_words_everywhere(store) -> None:
    in_title = a_draft(title="Registry lessons", text="nothing")
    in_text = a_draft(text="A registre of Müller", updated_at=START + timedelta(1))
    in_variant = a_draft(text="", variants=(Variant("x", text="REGISTRIES matter"),))
    hidden = a_draft(text="registry", archived_at=START)
    for draft in (in_title, in_text, in_variant, hidden):
        store.add(draft)
    assert [row.id for row in store.search("regist")] == [in_text.id, in_variant.id, in_title.id]
    assert [row.id for row in store.search("muller REGIS")] == [in_text.id]
    assert [row.id for row in store.search("registry", is_archived=True)] == [hidden.id]
    assert len(store.search("registr", is_archived=None)) == 4
    assert len(store.search("regist", limit=1)) == 1
    assert store.search("egistry") == ()


def test_search_follows_edits_and_removal(db, store) -> None:
    draft = a_draft(text="before")
    store.add(draft)
    store.save(replace(draft, text="after", revision=2), 1)
    assert store.search("before") == ()
    assert [row.id for row in store.search("after")] == [draft.id]
    store.remove(draft.id)
    assert store.search("after") == ()
    db.run("INSERT INTO drafts_fts (drafts_fts, rank) VALUES ('integrity-check', 1)")


def test_search_looks_at_the_newest_of_very_many(store, monkeypatch) -> None:
    monkeypatch.setattr(draft_module, "SEARCH_WINDOW", 2)
    drafts = [a_draft(text="common", updated_at=START - timedelta(days=number)) for number in range(3)]
    for draft in drafts:
        store.add(draft)
    assert {row.id for row in store.search("common")} == {drafts[1].id, drafts[2].id}


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "AND", "a OR", "NEAR(", "title:", "*", "-", "^x", "_", "\x00", "()"]
)
def test_odd_searches_are_answered(store, query: str) -> None:
    store.add(a_draft(text="and or near title x a"))
    assert isinstance(store.search(query), tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(query=st.text(max_size=60))
def test_no_text_breaks_a_search(store, query: str) -> None:
    assert isinstance(store.search(query), tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(word=st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12))
def test_a_word_that_is_there_is_found(store, word: str) -> None:
    draft = a_draft(text=f"something {word} else")
    store.add(draft)
    assert draft.id in {row.id for row in store.search(word, limit=500)}


def test_only_word_characters_reach_the_index() -> None:
    assert match_expression('say "no" OR (title:yes*) - _') == '"say"* "no"* "OR"* "title"* "yes"*'
    assert len(match_expression("w " * 40).split()) == 16


def test_versions_are_kept_whole_and_newest_first(store) -> None:
    draft = a_draft()
    store.add(draft)
    assert store.last_version_at(draft.id) is None
    first = store.add_version(draft.id, 1, draft, "saved", "", START)
    changed = replace(draft, text="Changed", revision=2)
    store.add_version(draft.id, 2, changed, "named", "Before the congress", START + timedelta(1))
    versions = store.versions(draft.id)
    assert [version.snapshot for version in versions] == [changed, draft]
    assert (versions[0].why, versions[0].name) == ("named", "Before the congress")
    assert store.last_version_at(draft.id) == START + timedelta(1)
    assert store.get_version(draft.id, first).snapshot == draft
    with pytest.raises(UserError, match="version_unknown"):
        store.get_version("d_other", first)


def test_what_was_cleared_or_planned_is_not_removed(db, store) -> None:
    delivery = plan(db)
    with pytest.raises(UserError, match="draft_has_records"):
        store.remove(delivery.draft_id)
    assert store.get(delivery.draft_id)


def test_archiving_tells_whether_it_changed_anything(store) -> None:
    draft = a_draft()
    store.add(draft)
    assert store.set_archived(draft.id, START)
    assert not store.set_archived(draft.id, START + timedelta(1))
    assert store.get(draft.id).archived_at == START
    assert store.set_archived(draft.id, None)
    assert not store.set_archived(draft.id, None)
