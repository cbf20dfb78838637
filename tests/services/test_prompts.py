"""Recurring prompts on a real workspace file. START is a Tuesday."""

from datetime import date, time, timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.domain.recurrence import Recurrence, read_recurrence
from medvoice.services.prompts import Prompt, Prompts
from medvoice.services.topics import Topics

from .conftest import START

DAILY = timedelta(days=1)


@pytest.fixture
def prompts(rig) -> Prompts:
    return Prompts(rig.db, rig.clock)


def weekly(prompts: Prompts, **more) -> Prompt:
    rule = read_recurrence("week", "thursday", 1, prompts.today())
    return prompts.add("A question to peers", rule, time(8, 10), **more)


def test_each_time_gives_one_idea_and_asking_again_none(rig, prompts) -> None:
    weekly(prompts)
    assert prompts.make_due() == ()
    rig.clock.advance(3 * DAILY)
    (made,) = prompts.make_due()
    assert (made.title, made.is_idea, made.planned_wall) == ("A question to peers", True, "")
    assert Prompts(rig.db, rig.clock).make_due() == (), "another process makes no second one"
    rig.clock.advance(7 * DAILY)
    assert len(prompts.make_due()) == 1
    assert [each.row.title for each in prompts.ideas.list()] == ["A question to peers"] * 2


def test_after_a_long_sleep_there_is_one_not_a_heap(rig, prompts) -> None:
    weekly(prompts)
    rig.clock.advance(60 * DAILY)
    assert len(prompts.make_due()) == 1
    assert prompts.make_due() == ()


def test_what_rests_makes_none_and_does_not_make_up_for_it(rig, prompts) -> None:
    made = weekly(prompts)
    prompts.set_on(made.id, False)
    rig.clock.advance(10 * DAILY)
    assert prompts.make_due() == ()
    prompts.set_on(made.id, True)
    assert prompts.make_due() == (), "what was missed while it rested is over"
    rig.clock.advance(7 * DAILY)
    assert len(prompts.make_due()) == 1


def test_what_lies_before_is_not_made_up_for(prompts) -> None:
    prompts.add("Every day of the month", Recurrence("month", date(2020, 1, 1), day=1))
    assert prompts.make_due() == ()


def test_a_topic_that_is_gone_leaves_the_idea_without_one(rig, prompts) -> None:
    topic = Topics(rig.db, rig.clock).add("Registries")
    weekly(prompts, topic_id=topic.id)
    rig.clock.advance(3 * DAILY)
    assert prompts.make_due()[0].topic_id == topic.id
    Topics(rig.db, rig.clock).remove(topic.id)
    rig.clock.advance(7 * DAILY)
    assert prompts.make_due()[0].topic_id is None


def test_removed_and_put_back_it_is_as_it_was(prompts) -> None:
    made = weekly(prompts)
    gone = prompts.remove(made.id)
    assert prompts.list() == ()
    prompts.put_back(gone)
    assert prompts.list() == (made,)
    with pytest.raises(UserError, match="prompt_unknown"):
        prompts.remove("q_none")


def test_the_next_moments_are_ahead_and_in_order(prompts) -> None:
    moments = [each.at for each in prompts.upcoming(weekly(prompts))]
    assert len(moments) == 3
    assert moments == sorted(moments)
    assert moments[0] > START


def test_words_are_needed_and_fifty_are_the_most(prompts) -> None:
    rule = read_recurrence("week", "monday", 1, prompts.today())
    with pytest.raises(UserError, match="idea_empty"):
        prompts.add("  ", rule)
    for at in range(50):
        prompts.add(f"Prompt {at}", rule)
    with pytest.raises(UserError, match="prompts_full"):
        prompts.add("One more", rule)
