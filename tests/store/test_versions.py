"""Kept states: listed with their words, named, brought back and taken back."""

from datetime import timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.services.versions import MAX_NAME, keep_version, list_versions, name_version, restore, state_of


@pytest.fixture
def draft(drafting):
    return drafting.create(title="A title", text="One two three")


def test_versions_are_listed_newest_first_with_their_words(drafting, draft, clock) -> None:
    keep_version(drafting, draft.id, "  First  ")
    clock.advance(timedelta(minutes=1))
    drafting.save(draft.id, 1, text="One two three four")
    keep_version(drafting, draft.id)
    lines = list_versions(drafting, draft.id, 10)
    assert [(line.name, line.why, line.words) for line in lines] == [("", "named", 4), ("First", "named", 3)]
    assert lines[0].at - lines[1].at == timedelta(minutes=1)
    assert len(list_versions(drafting, draft.id, 1)) == 1


def test_a_name_is_given_changed_and_taken_away(drafting, draft) -> None:
    number = keep_version(drafting, draft.id).number
    for given, kept in (("Sent", "Sent"), ("x" * 300, "x" * MAX_NAME), ("a\0b", "a\ufffdb"), (" ", "")):
        name_version(drafting, draft.id, number, given)
        assert list_versions(drafting, draft.id, 5)[0].name == kept
    with pytest.raises(UserError, match="version_unknown"):
        name_version(drafting, draft.id, number + 9, "x")
    with pytest.raises(UserError, match="version_unknown"):
        name_version(drafting, "d_none", number, "x")


def test_restoring_can_be_taken_back_with_its_own_answer(drafting, draft, clock) -> None:
    number = keep_version(drafting, draft.id).number
    clock.advance(timedelta(hours=1))
    drafting.save(draft.id, 1, title="Other", text="Quite different")
    back, before = restore(drafting, draft.id, number)
    assert (back.title, back.text) == ("A title", "One two three")
    again, after = restore(drafting, draft.id, before)
    assert (again.title, again.text) == ("Other", "Quite different")
    assert drafting.store.get_version(draft.id, after).snapshot.text == "One two three"


def test_a_state_is_put_beside_the_present_words(drafting, draft) -> None:
    number = keep_version(drafting, draft.id).number
    now = drafting.save(draft.id, 1, text="Now")
    then = state_of(drafting, draft.id, number, now)
    assert (then.text, then.revision) == ("One two three", now.revision)
