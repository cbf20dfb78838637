"""Posts that may return come back as an idea that asks, on a real workspace file."""

from datetime import timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.services.evergreen import QUESTION, Evergreens

from .conftest import START


@pytest.fixture
def evergreens(rig) -> Evergreens:
    return Evergreens(rig.db, rig.clock)


def published(rig, text: str = "Words that last") -> str:
    post = rig.plan(text=text, due_at=START - timedelta(days=1))
    rig.db.run("UPDATE parts SET state = 'published' WHERE delivery_id = ?", [post.id])
    return post.draft_id


def test_it_comes_back_as_an_idea_that_asks_and_without_a_moment(rig, evergreens) -> None:
    draft_id = published(rig)
    evergreens.add(draft_id, 26)
    assert evergreens.make_due() == ()
    rig.clock.advance(timedelta(weeks=26))
    (made,) = evergreens.make_due()
    assert made.title.startswith(QUESTION)
    assert made.is_idea, "only the person makes a draft of it"
    assert made.planned_wall == ""
    assert made.text == evergreens.drafting.get(draft_id).text
    assert made.id != draft_id
    assert rig.db.rows("SELECT * FROM clearances WHERE draft_id = ?", [made.id]) == []
    assert Evergreens(rig.db, rig.clock).make_due() == (), "once for each time"
    rig.clock.advance(timedelta(weeks=26))
    assert len(evergreens.make_due()) == 1


def test_only_what_is_out_may_return_and_not_at_once(rig, evergreens) -> None:
    waiting = rig.plan(due_at=START + timedelta(days=3)).draft_id
    with pytest.raises(UserError, match="not_published"):
        evergreens.add(waiting, 26)
    with pytest.raises(UserError, match="weeks_unreadable"):
        evergreens.add(published(rig), 1)
    with pytest.raises(UserError, match="draft_unknown"):
        evergreens.add("d_none", 26)


def test_asked_twice_it_stands_once_and_can_be_let_go(rig, evergreens) -> None:
    draft_id = published(rig)
    evergreens.add(draft_id, 26)
    evergreens.add(draft_id, 52)
    (one,) = evergreens.list()
    assert one.weeks == 52
    evergreens.remove(draft_id)
    assert evergreens.list() == ()
    rig.clock.advance(timedelta(weeks=60))
    assert evergreens.make_due() == ()
