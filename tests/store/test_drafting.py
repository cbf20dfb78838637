"""Writing: what an edit touches, what it leaves, and what can be brought back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from medvoice.domain.clearance import Tick
from medvoice.domain.draft import Variant, channel_text
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import PartState
from medvoice.domain.profile import Profile
from medvoice.services.changes import Changes
from medvoice.services.drafting import VERSION_EVERY, Drafting, clean
from medvoice.services.identity import Identity
from medvoice.store.clearance import ClearanceStore
from medvoice.store.connection import open_workspace
from medvoice.store.outbox import OutboxStore
from medvoice.store.record import RecordStore

from .conftest import START, a_clearance, plan


@pytest.fixture
def drafting(db, clock) -> Drafting:
    return Drafting(db, clock)


def settle(db, draft) -> None:
    """Cleared and ticked."""
    store = ClearanceStore(db)
    store.add(a_clearance(draft))
    store.set_tick(Tick(draft.id, "C01", "Jordan Sample", START, "hash"))


def test_a_new_draft_takes_the_profiles_regions_and_sentence(db, drafting) -> None:
    Identity(db).save(Profile(regions=("DE",), disclosure=" I work at Sample Pharma; views my own. "))
    draft = drafting.create("Title", "Text", channels=("x",))
    assert draft.regions == ("DE",)
    assert draft.channels_on == ("x",)
    assert channel_text(draft, "x") == "Text\n\nI work at Sample Pharma; views my own."
    assert drafting.get(draft.id) == draft
    assert drafting.create(regions=("US",)).regions == ("US",)


def test_without_a_sentence_of_their_own_nothing_is_added(drafting) -> None:
    draft = drafting.create(text="Text")
    assert channel_text(draft, "linkedin") == "Text"
    assert draft.channels_on == ("linkedin",)
    assert [variant.channel for variant in draft.variants] == ["linkedin", "x"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channels": ("myspace",)}, "channel_unknown"),
        ({"regions": ("MARS",)}, "region_unknown"),
        ({"topic_id": "t_none"}, "topic_unknown"),
    ],
)
def test_a_draft_is_refused_with_its_reason(drafting, changes: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        drafting.create(**changes)
    assert caught.value.code == code
    assert drafting.list(None) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"planned_wall": "2026-12-24 08:00", "planned_zone": "Europe/Berlin"},
        {"is_idea": True},
        {"text": "  Hello\n\n"},
        {"topic_id": None},
        {"regions": ("UK", "US", "EU", "US")},
        {"variants": (Variant("linkedin"), Variant("x", is_on=False, text="not on"))},
    ],
)
def test_what_is_never_posted_leaves_everything_cleared(db, drafting, clock, changes) -> None:
    draft = drafting.create(text="Hello")
    settle(db, draft)
    delivery = plan(db, draft=draft)
    clock.advance(timedelta(minutes=1))
    saved = drafting.save(draft.id, 1, **changes)
    assert saved.revision == 1
    assert ClearanceStore(db).latest(draft.id, "linkedin") is not None
    assert len(ClearanceStore(db).ticks(draft.id)) == 1
    assert OutboxStore(db).get(delivery.id).parts[0].state is PartState.PLANNED
    assert RecordStore(db).list() == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Hello!"},
        {"regions": ("US",)},
        {"audience": "peers"},
        {"variants": (Variant("linkedin", text="Own"), Variant("x", is_on=False))},
        {"variants": (Variant("linkedin"), Variant("x"))},
        {"variants": (Variant("linkedin", disclaimer="Views my own."),)},
    ],
)
def test_an_edit_voids_ticks_and_clearance_and_holds_what_waits(db, drafting, clock, changes) -> None:
    draft = drafting.create(text="Hello")
    settle(db, draft)
    delivery = plan(
        db, PartState.PUBLISHED, PartState.SENDING, PartState.PLANNED, PartState.WAITING, draft=draft
    )
    saved = drafting.save(draft.id, 1, **changes)
    assert saved.revision == 2
    store = ClearanceStore(db)
    assert store.latest(draft.id, "linkedin") is None
    assert {clearance.void_reason for clearance in store.list(draft.id)} == {"changed"}
    assert store.ticks(draft.id) == ()
    assert store.kept_ticks(draft.id)[0].fell_at == clock.now()
    parts = OutboxStore(db).get(delivery.id).parts
    assert [part.state for part in parts] == [
        PartState.PUBLISHED,
        PartState.SENDING,
        PartState.HELD,
        PartState.HELD,
    ]
    (record,) = RecordStore(db).list()
    assert record.kind == "changed"
    assert delivery.id in record.facts
    # A second edit has nothing more to take back.
    drafting.save(draft.id, 2, text="Hello again")
    assert len(RecordStore(db).list()) == 1


def test_an_edit_and_what_it_voids_are_one_transaction(db, drafting, monkeypatch) -> None:
    draft = drafting.create(text="Hello")
    settle(db, draft)

    def fail(*_args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(drafting.outbox, "hold_unsent", fail)
    with pytest.raises(RuntimeError):
        drafting.save(draft.id, 1, text="Edited")
    assert drafting.get(draft.id) == draft
    assert ClearanceStore(db).latest(draft.id, "linkedin") is not None


def test_saving_over_somebody_elses_save_is_refused(path, clock, db, drafting) -> None:
    draft = drafting.create(text="Hello")
    other = open_workspace(path, clock=clock)
    Drafting(other, clock).save(draft.id, 1, text="From the other window")
    other.close()
    with pytest.raises(UserError, match="draft_changed_elsewhere"):
        drafting.save(draft.id, 1, text="Mine")
    assert drafting.get(draft.id).text == "From the other window"


def test_saving_the_same_is_no_change(drafting, clock) -> None:
    draft = drafting.create(text="Hello")
    clock.advance(timedelta(hours=1))
    assert drafting.save(draft.id, 1, text="Hello") == draft
    assert drafting.get(draft.id).updated_at == START


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"variants": (Variant("myspace"),)}, "channel_unknown"),
        ({"regions": ("MARS",)}, "region_unknown"),
        ({"topic_id": "t_none"}, "topic_unknown"),
        ({"planned_wall": "soon", "planned_zone": "UTC"}, "time_unreadable"),
        ({"planned_wall": "2027-03-28 02:30", "planned_zone": "Europe/Berlin"}, "time_skipped"),
        ({"planned_wall": "2027-03-28 02:30", "planned_zone": "Nowhere"}, "zone_unknown"),
    ],
)
def test_a_save_is_refused_with_its_reason(drafting, changes, code: str) -> None:
    draft = drafting.create(text="Hello")
    with pytest.raises(UserError) as caught:
        drafting.save(draft.id, 1, **changes)
    assert caught.value.code == code
    assert drafting.get(draft.id) == draft


def test_hostile_text_is_kept_readable(drafting) -> None:
    draft = drafting.create(text="a\ud800b\x00c", title="\udfff")
    assert drafting.get(draft.id).text == "a\ufffdb\ufffdc"
    assert drafting.get(draft.id).title == "\ufffd"
    huge = "é" * 1_000_000
    saved = drafting.save(draft.id, 1, text=huge, variants=(Variant("x", text="\ud83d", disclaimer="\x00"),))
    assert drafting.get(draft.id) == saved
    assert saved.text == huge
    assert (saved.variant("x").text, saved.variant("x").disclaimer) == ("\ufffd", "\ufffd")
    assert clean("👩‍⚕️ stays") == "👩‍⚕️ stays"


def test_states_are_kept_every_few_minutes_of_writing(drafting, clock) -> None:
    draft = drafting.create(text="One")
    drafting.save(draft.id, 1, text="Two")
    assert [version.snapshot.text for version in drafting.versions(draft.id)] == ["One"]
    clock.advance(timedelta(minutes=1))
    drafting.save(draft.id, 2, text="Three")
    assert len(drafting.versions(draft.id)) == 1
    clock.advance(VERSION_EVERY)
    drafting.save(draft.id, 3, text="Four")
    assert [version.snapshot.text for version in drafting.versions(draft.id)] == ["Three", "One"]


def test_a_kept_state_comes_back_as_a_new_revision(db, drafting) -> None:
    draft = drafting.create(title="First", text="One")
    version = drafting.keep_version(draft.id, name="Before the congress")
    assert (version.why, version.name, version.snapshot) == ("named", "Before the congress", draft)
    second = drafting.save(draft.id, 1, text="Two", title="Second")
    settle(db, second)
    restored = drafting.restore_version(draft.id, version.number)
    assert (restored.title, restored.text, restored.revision) == ("First", "One", 3)
    assert ClearanceStore(db).latest(draft.id, "linkedin") is None
    assert drafting.versions(draft.id)[0].why == "before_restore"
    assert drafting.versions(draft.id)[0].snapshot.text == "Two"
    with pytest.raises(UserError, match="version_unknown"):
        drafting.restore_version(draft.id, 99)


def test_the_archive(db, drafting, clock) -> None:
    draft = drafting.create(text="Hello")
    drafting.archive(draft.id)
    assert drafting.list() == ()
    assert [row.id for row in drafting.list(True)] == [draft.id]
    assert drafting.unarchive(draft.id).archived_at is None
    with pytest.raises(UserError, match="not_archived"):
        drafting.remove_forever(draft.id)
    drafting.archive(draft.id)
    clock.advance(timedelta(days=29, hours=23))
    with pytest.raises(UserError, match="archived_too_recently"):
        drafting.remove_forever(draft.id)
    clock.advance(timedelta(hours=1))
    drafting.remove_forever(draft.id)
    for call in (drafting.get, drafting.archive, drafting.unarchive, drafting.remove_forever):
        with pytest.raises(UserError, match="draft_unknown"):
            call(draft.id)


@pytest.mark.parametrize("state", [PartState.PLANNED, PartState.HELD, PartState.UNCONFIRMED])
def test_what_waits_to_be_sent_is_not_put_away(db, drafting, state: PartState) -> None:
    delivery = plan(db, PartState.PUBLISHED, state)
    with pytest.raises(UserError, match="draft_in_queue"):
        drafting.archive(delivery.draft_id)


def test_what_was_published_is_put_away_and_kept(db, drafting, clock) -> None:
    delivery = plan(db, PartState.PUBLISHED)
    drafting.archive(delivery.draft_id)
    clock.advance(timedelta(days=40))
    with pytest.raises(UserError, match="draft_has_records"):
        drafting.remove_forever(delivery.draft_id)


def test_a_copy_starts_anew(db, drafting) -> None:
    draft = drafting.create("Title", "Hello")
    draft = drafting.save(draft.id, 1, text="Hello!", planned_wall="2026-12-24 08:00", planned_zone="UTC")
    settle(db, draft)
    copy = drafting.duplicate(draft.id)
    assert copy == replace(draft, id=copy.id, revision=1, planned_wall="", planned_zone="")
    assert ClearanceStore(db).latest(copy.id, "linkedin") is None
    assert len(drafting.list()) == 2


def test_lists_and_searches_reach_the_store(drafting) -> None:
    draft = drafting.create("Registry", "Hello", channels=("x",), is_idea=True)
    assert [row.id for row in drafting.list(channel="x", is_idea=True, limit=3)] == [draft.id]
    assert [row.id for row in drafting.search("regis")] == [draft.id]


def test_changes_add_up() -> None:
    one = Changes.of(drafts=["d_1"], deliveries=["y_1"])
    two = Changes.of(drafts=["d_2"], accounts=["a_1"], topics=["t_1"], is_profile=True)
    both = one | two
    assert both.drafts == {"d_1", "d_2"}
    assert (both.deliveries, both.accounts, both.topics) == ({"y_1"}, {"a_1"}, {"t_1"})
    assert both.is_profile
    assert not Changes()
    assert Changes.of(is_profile=True)
