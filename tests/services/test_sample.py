"""The sample workspace: a year of posts and every state, through the services, nothing that blocks."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from medvoice.bootstrap import load_rulebook
from medvoice.domain.clock import FixedClock
from medvoice.domain.outbox import PartState
from medvoice.infra.resources import resource_path
from medvoice.services.checking import Checking
from medvoice.services.clearing import Clearing
from medvoice.services.sample import SampleWriter, Written, profile_of
from medvoice.store.connection import Workspace, open_workspace
from medvoice.store.record import RecordStore

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
URL = "http://127.0.0.1:8799"
SAMPLE = resource_path("templates", "sample_workspace.toml").read_text(encoding="utf-8")
MUST_FIX = resource_path("templates", "sample_post.txt").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Sample:
    db: Workspace
    writer: SampleWriter
    written: Written
    clearing: Clearing


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    rulebook = load_rulebook()
    clock = FixedClock(NOW)
    db = open_workspace(tmp_path_factory.mktemp("sample") / "medvoice.sqlite3", clock=clock)
    writer = SampleWriter(db, rulebook, NOW, URL)
    written = writer.write(SAMPLE, MUST_FIX)
    yield Sample(db, writer, written, Clearing(db, Checking(rulebook, clock), clock))
    db.close()


def test_what_it_says_it_wrote_is_there(sample: Sample) -> None:
    assert sample.written.topics == len(sample.writer.topics.list()) >= 4
    assert sample.written.drafts == len(sample.writer.drafting.list()) > 60
    assert sample.written.deliveries == len(sample.writer.outbox.list()) > 60
    data = tomllib.loads(SAMPLE)
    assert sample.writer.identity.get() == profile_of(data["profile"])


def test_a_delivery_in_every_state_a_person_meets(sample: Sample) -> None:
    states = Counter(delivery.state for delivery in sample.writer.outbox.list())
    wanted = {str(state) for state in PartState} - {"due", "sending"} | {"partly", "paused"}
    assert wanted - set(states) == set(), states
    held = {
        part.reason
        for delivery in sample.writer.outbox.list()
        for part in delivery.parts
        if part.state is PartState.HELD
    }
    assert {"sign_in", "changed"} <= held


def test_a_post_every_week_for_a_year_on_both_networks(sample: Sample) -> None:
    year = [
        delivery
        for delivery in sample.writer.outbox.list()
        if delivery.state == "published" and delivery.due_at < NOW
    ]
    assert len(year) == 52
    assert {delivery.channel for delivery in year} == {"linkedin", "x"}
    due = sorted(delivery.due_at for delivery in year)
    gaps = [later - earlier for earlier, later in pairwise(due)]
    assert max(gaps) < timedelta(days=8)
    assert NOW - due[0] > timedelta(days=360)
    for delivery in year:
        for part in delivery.parts:
            assert part.remote_url.startswith(URL)
            assert part.published_at == delivery.due_at
            assert sample.writer.outbox.attempts(part.id)[0].outcome == "published"


def test_no_text_of_the_year_is_posted_twice(sample: Sample) -> None:
    texts = Counter(
        (delivery.channel, part.text)
        for delivery in sample.writer.outbox.list()
        for part in delivery.parts
        if part.state is PartState.PUBLISHED
    )
    assert {text: count for text, count in texts.items() if count > 1} == {}


def test_only_the_text_that_is_meant_to_be_put_right_blocks(sample: Sample) -> None:
    blocked = {}
    for row in sample.writer.drafting.list():
        blocks = {each.code for each in sample.clearing.standing(row.id).left if each.kind == "block"}
        if blocks:
            blocked[row.title] = blocks
    assert list(blocked) == ["What a registry can tell you that a trial cannot"], blocked


def test_ideas_and_drafts_without_a_plan_are_there_too(sample: Sample) -> None:
    planned = {delivery.draft_id for delivery in sample.writer.outbox.list()}
    free = [row.id for row in sample.writer.drafting.list() if row.id not in planned]
    drafts = [sample.writer.drafting.get(draft_id) for draft_id in free]
    assert {draft.is_idea for draft in drafts} == {True, False}


def test_accounts_are_on_the_practice_network_and_the_record_is_whole(sample: Sample) -> None:
    accounts = sample.writer.accounts.list()
    assert {account.network for account in accounts if account.is_practice} == {"linkedin", "x"}
    assert RecordStore(sample.db).verify() is None
    kinds = Counter(record.kind for record in RecordStore(sample.db).list(limit=10_000))
    assert kinds["published"] >= 52
    assert kinds["cleared"] >= 52


def test_nobody_real_is_named() -> None:
    data = tomllib.loads(SAMPLE)
    assert data["profile"]["name"] == "Jordan Sample"
    assert data["profile"]["employer"].startswith("Sample ")
