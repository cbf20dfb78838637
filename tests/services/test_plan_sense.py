"""Topics against their targets, and clashes, on a real workspace file."""

from datetime import datetime, timedelta

import pytest

from medvoice.services.clashes import Clashes
from medvoice.services.topic_progress import TopicProgress
from medvoice.services.topics import Topics

from .conftest import START

BERLIN = "Europe/Berlin"
WORDS = "Three questions I ask before I trust a registry, and why the second one matters most."


def under(rig, topic, at: datetime, state: str = "published", text: str = "Words"):
    post = rig.plan(text=text, due_at=at)
    rig.db.run("UPDATE drafts SET topic_id = ? WHERE id = ?", [topic.id, post.draft_id])
    rig.db.run("UPDATE parts SET state = ? WHERE delivery_id = ?", [state, post.id])
    return post


def test_shares_weeks_streaks_and_the_next_post(rig) -> None:
    topics = Topics(rig.db, rig.clock)
    rwe = topics.add("Registries", target_share=50, cadence_days=7)
    career = topics.add("Career", target_share=50, cadence_days=14)
    idle = topics.add("Idle")
    # START is a Tuesday.
    for back in (1, 8, 15, 36):
        under(rig, rwe, START - timedelta(days=back))
    under(rig, career, START - timedelta(days=40))
    under(rig, career, START - timedelta(days=100))
    under(rig, rwe, START + timedelta(days=2), "planned")
    under(rig, career, START - timedelta(days=2), "cancelled")
    stand = {each.topic.name: each for each in TopicProgress(rig.db, rig.clock).all(BERLIN)}
    first, second, third = (stand[topic.name] for topic in (rwe, career, idle))
    assert (first.topic, first.share, first.posts) == (rwe, 80, 4)
    assert first.weeks == (False,) * 6 + (True, False, False, True, True, True)
    assert (first.streak, first.behind, first.status) == (3, 0, "over")
    assert first.next_at == START + timedelta(days=2)
    assert (second.topic, second.share, second.behind, second.status) == (career, 20, 2, "behind")
    assert second.streak == 0
    assert second.last_at == START - timedelta(days=40)
    assert (third.topic, third.status) == (idle, "no_posts")


def test_a_topic_joined_with_another_takes_its_posts_and_words_along(rig) -> None:
    topics = Topics(rig.db, rig.clock)
    kept = topics.add("Registries", keywords=("registry",), hashtags=("#RWE",))
    gone = topics.add("Real life", keywords=("Registry", "claims data"), mentions=("@sample",))
    post = under(rig, gone, START, "planned")
    merged = topics.merge(gone.id, kept.id)
    assert topics.list() == (merged,)
    assert (merged.keywords, merged.hashtags) == (("registry", "claims data"), ("RWE",))
    assert merged.mentions == ("@sample",)
    assert rig.states(post) == ["planned"], "what is planned stays planned"
    assert TopicProgress(rig.db, rig.clock).all(BERLIN)[0].next_at == START


@pytest.fixture
def clashes(rig) -> Clashes:
    return Clashes(rig.db, rig.clock)


def kinds(clashes: Clashes, draft_id: str, at: datetime) -> list[str]:
    return [each.kind for each in clashes.of(draft_id, at, BERLIN)]


def test_the_same_hour_and_close_by_are_told_per_network(rig, clashes) -> None:
    other = rig.plan(text="Something else entirely, at some length", due_at=START + timedelta(days=1))
    mine = rig.plan(text=WORDS, due_at=START + timedelta(days=5))
    at = START + timedelta(days=1)
    (clash,) = clashes.of(mine.draft_id, at + timedelta(minutes=59), BERLIN)
    assert (clash.kind, clash.draft_id, clash.at, clash.channel) == ("same_hour", other.draft_id, at, "x")
    assert kinds(clashes, mine.draft_id, at - timedelta(hours=3)) == ["close"]
    assert kinds(clashes, mine.draft_id, at + timedelta(hours=4)) == []
    elsewhere = rig.plan(text="Words for the other network", channel="linkedin", due_at=START)
    assert kinds(clashes, elsewhere.draft_id, at) == []


def test_more_than_three_on_a_day_are_many(rig, clashes) -> None:
    for number, word in enumerate(("Alpha", "Beta", "Gamma")):
        rig.plan(text=f"{word} stands alone here {word}", due_at=START + timedelta(hours=5 * number))
    mine = rig.plan(text=WORDS, due_at=START + timedelta(days=5))
    clash = clashes.of(mine.draft_id, START + timedelta(hours=15), BERLIN)[0]
    assert (clash.kind, clash.count) == ("many", 4)


def test_nearly_the_same_words_are_told_within_ninety_days(rig, clashes) -> None:
    old = rig.plan(text=WORDS, due_at=START - timedelta(days=89))
    rig.plan(text=WORDS, due_at=START - timedelta(days=91))
    mine = rig.plan(text=WORDS.replace("most", "least"), due_at=START + timedelta(days=5))
    (clash,) = clashes.of(mine.draft_id, mine.due_at, BERLIN)
    assert (clash.kind, clash.draft_id) == ("alike", old.draft_id)
    assert clash.share > 0.5
    rig.db.run("UPDATE parts SET state = 'cancelled' WHERE delivery_id = ?", [old.id])
    assert clashes.of(mine.draft_id, mine.due_at, BERLIN) == ()
