"""The profile, topics and the reading of records."""

import json
from datetime import timedelta

import pytest

from medvoice.domain.errors import UserError
from medvoice.domain.finding import Product
from medvoice.domain.profile import CompanyPolicy, Permission, Profile
from medvoice.domain.topic import TOPIC_SLOTS
from medvoice.services.identity import PROFILE_KEY, Identity
from medvoice.services.records import Records
from medvoice.services.topics import Topics
from medvoice.store.record import RecordStore
from medvoice.store.setting import SettingStore

from .conftest import START


def test_a_profile_comes_back_as_it_was(db) -> None:
    identity = Identity(db)
    assert identity.get() == Profile()
    profile = Profile(
        name="Jordan Sample",
        role="Medical Science Liaison",
        employer="Sample Pharma",
        disclosure="I work at Sample Pharma; views my own.",
        regions=("DE", "CH"),
        products=(
            Product("Examplumab", aliases=("EX-1",), indications=("asthma",), is_investigational=True),
            Product("Otherva", "competitor"),
        ),
        confidential_words=("Project Aurora",),
        policy=CompanyPolicy("yes", "unknown", "no", "safety@example.org", "3", "2026-11-01", "Legal"),
        permissions=(
            Permission("Legal", "congress posts", "R-1", "linkedin", "2026-12-31", "mail of 1 Nov"),
        ),
        profile_carries_disclaimer=True,
        zone="Europe/Zurich",
        linkedin_route="oauth",
        linkedin_terms_read_on="2026-11-20",
        late_limit_min=90,
    )
    identity.save(profile)
    assert identity.get() == profile


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        (Profile(zone="Mars/Base"), "zone_unknown"),
        (Profile(regions=("XX",)), "region_unknown"),
        (Profile(products=(Product(" "),)), "product_without_name"),
    ],
)
def test_a_profile_is_refused_with_its_reason(db, profile: Profile, code: str) -> None:
    with pytest.raises(UserError) as caught:
        Identity(db).save(profile)
    assert caught.value.code == code
    assert Identity(db).get() == Profile()


def test_an_older_or_newer_profile_can_be_read(db) -> None:
    raw = {
        "name": "Jordan Sample",
        "shoe_size": 44,
        "products": [{"name": "A", "colour": "red"}],
        "policy": None,
    }
    SettingStore(db).save(PROFILE_KEY, json.dumps(raw))
    assert Identity(db).get() == Profile(name="Jordan Sample", products=(Product("A"),))


def test_topics_take_free_slots_up_to_six(db, clock) -> None:
    topics = Topics(db, clock)
    first = topics.add("  Real-world   evidence ", promise=" One. ", target_share=40, keywords=[" rwe ", ""])
    assert (first.name, first.promise, first.keywords, first.slot) == (
        "Real-world evidence",
        "One.",
        ("rwe",),
        TOPIC_SLOTS[0],
    )
    assert topics.add("Careers", slot="career").slot == "career"
    for number in range(4):
        clock.advance(timedelta(minutes=1))
        topics.add(f"Topic {number}")
    assert {topic.slot for topic in topics.list()} == set(TOPIC_SLOTS)
    with pytest.raises(UserError, match="topics_full"):
        topics.add("One too many")
    topics.remove(first.id)
    assert topics.add("In its place").slot == TOPIC_SLOTS[0]


def test_topics_are_refused_with_their_reason(db, clock) -> None:
    topics = Topics(db, clock)
    topic = topics.add("Evidence", slot="rwe")
    other = topics.add("Careers")
    for call, code in (
        (lambda: topics.add("  "), "topic_without_name"),
        (lambda: topics.add("EVIDENCE"), "topic_exists"),
        (lambda: topics.add("A", slot="rwe"), "slot_taken"),
        (lambda: topics.add("A", slot="pink"), "slot_unknown"),
        (lambda: topics.add("A", target_share=101), "share_unreadable"),
        (lambda: topics.rename(other.id, "evidence"), "topic_exists"),
        (lambda: topics.rename("t_none", "A"), "topic_unknown"),
    ):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == code
    assert topics.rename(topic.id, "evidence").name == "evidence"
    changed = topics.change(topic.id, promise=" New ", target_share=10, keywords=["a", " "])
    assert (changed.promise, changed.target_share, changed.keywords) == ("New", 10, ("a",))
    assert topics.get(topic.id) == changed


def test_records_are_read_in_the_order_they_were_written(db) -> None:
    store = RecordStore(db)
    for number in range(3):
        facts = {"number": number, "words": "Grüezi"}
        store.append("cleared", "Jordan Sample", "d_1", "y_1" if number else "", facts, START)
    records = Records(db)
    assert [record.number for record in records.list(limit=2)] == [2, 3]
    assert records.list(draft_id="d_2") == ()
    assert records.facts(records.show(1)) == {"number": 0, "words": "Grüezi"}
    assert records.verify() is None
    text = records.export_text(draft_id="d_1")
    assert text.startswith("1. 2026-12-01T07:00:00.000000Z cleared by Jordan Sample\n   draft: d_1\n")
    assert "   words: Grüezi\n" in text
    assert text.endswith("The record is whole.\n")
    db.run("DROP TRIGGER records_never_change")
    db.run("UPDATE records SET by = '' WHERE number = 2")
    assert records.verify() == 2
    assert "Entry 2 does not fit the one before." in records.export_text()


def test_text_that_no_file_can_hold_is_answered(db, clock) -> None:
    with pytest.raises(UserError) as caught:
        Topics(db, clock).add("half a pair \ud83d")
    assert (caught.value.code, caught.value.params) == ("characters_broken", {"position": 12})
    assert not db.conn.in_transaction
