"""The draft list of the window: outline, screenfuls, found words; and what the archive lets go."""

from datetime import timedelta

import pytest

from medvoice.domain.clock import to_text
from medvoice.domain.draft import Variant
from medvoice.domain.errors import UserError
from medvoice.services.archive import clear_archive
from medvoice.store.draft import DraftStore
from medvoice.store.draft_shelf import DraftShelf, Found, ShelfFilter
from medvoice.store.topic import TopicStore

from .conftest import START, a_draft, plan
from .test_small_stores import a_topic


@pytest.fixture
def store(db) -> DraftStore:
    return DraftStore(db)


@pytest.fixture
def shelf(db) -> DraftShelf:
    return DraftShelf(db)


def put(store: DraftStore, draft_id: str, minutes: int, **fields) -> None:
    store.add(a_draft(id=draft_id, updated_at=START + timedelta(minutes=minutes), **fields))


def test_the_outline_is_in_order_and_knows_what_a_section_needs(db, store, shelf) -> None:
    put(store, "d_old", 0, is_idea=True)
    put(store, "d_new", 2, revision=3)
    put(store, "d_gone", 3, archived_at=START)
    outline = shelf.outline(ShelfFilter())
    assert outline == [("d_new", 3, False, ""), ("d_old", 1, True, "")]
    assert [row.id for row in shelf.newest(ShelfFilter(), 1)] == ["d_new"]
    assert [line[0] for line in shelf.outline(ShelfFilter(is_archived=True))] == ["d_gone"]
    assert {row.id for row in shelf.rows(["d_old", "d_none", "d_new"])} == {"d_old", "d_new"}


def test_what_is_in_the_queue_is_told_as_the_rows_tell_it(db, store, shelf) -> None:
    draft_id = plan(db).draft_id
    row = shelf.rows([draft_id])[0]
    assert shelf.outline(ShelfFilter())[0][3] == row.delivery_state == "planned"


def test_what_waits_is_told_with_its_next_moment(db, store, shelf) -> None:
    assert shelf.due() == {}
    planned = plan(db)
    assert shelf.due() == {planned.draft_id: to_text(planned.due_at)}


def test_topic_and_channel_narrow_the_list(db, store, shelf) -> None:
    TopicStore(db).add(a_topic("t_1", "Evidence", "rwe"))
    put(store, "d_1", 0, topic_id="t_1", variants=(Variant("linkedin"), Variant("x", is_on=False)))
    put(store, "d_2", 1, variants=(Variant("linkedin", is_on=False), Variant("x")))
    assert [line[0] for line in shelf.outline(ShelfFilter(topic_id="t_1"))] == ["d_1"]
    assert [line[0] for line in shelf.outline(ShelfFilter(channel="x"))] == ["d_2"]
    assert shelf.outline(ShelfFilter(topic_id="t_1", channel="x")) == []


def test_found_words_are_marked_in_title_text_and_own_texts(store, shelf) -> None:
    put(store, "d_1", 0, title="Registry notes", text="Nothing here")
    put(store, "d_2", 1, title="", text="A régistry with two registries")
    own = (Variant("linkedin"), Variant("x", text="Only the registry on X"))
    put(store, "d_3", 2, title="", text="Long before it", variants=own)
    wanted = ShelfFilter(query="regis")
    assert [line[0] for line in shelf.outline(wanted)] == ["d_3", "d_2", "d_1"]
    found = shelf.found("regis", ["d_1", "d_2", "d_3"])
    assert found["d_1"] == Found("\x02Registry\x03 notes", "Nothing here")
    assert found["d_2"].snippet == "A \x02régistry\x03 with two \x02registries\x03"
    assert found["d_3"].snippet == "Only the \x02registry\x03 on X"


@pytest.mark.parametrize("query", ["", "  ", '"', "***", "NEAR(", "a OR b", "x' ; DROP TABLE drafts"])
def test_any_query_is_safe(store, shelf, query: str) -> None:
    put(store, "d_1", 0, text="A draft")
    shelf.outline(ShelfFilter(query=query))
    shelf.found(query, ["d_1"])
    assert len(shelf.outline(ShelfFilter())) == 1


def test_the_archive_lets_go_after_thirty_days_but_keeps_what_has_records(db, drafting, clock) -> None:
    old, recorded, young, kept = (drafting.create(title=title) for title in ("old", "rec", "young", "kept"))
    plan(db, draft=recorded)
    db.run("UPDATE parts SET state = 'cancelled'")
    drafting.archive(old.id)
    drafting.archive(recorded.id)
    clock.advance(timedelta(days=29, hours=23))
    drafting.archive(young.id)
    assert clear_archive(drafting) == ()
    clock.advance(timedelta(hours=1))
    assert clear_archive(drafting) == (old.id,)
    assert {row.id for row in drafting.list(None)} == {recorded.id, young.id, kept.id}
    with pytest.raises(UserError, match="draft_unknown"):
        drafting.get(old.id)
