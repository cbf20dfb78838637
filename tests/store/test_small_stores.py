"""Accounts, topics, settings, sealed secrets, clearances with what leads to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from medvoice.domain.clearance import Dismissal, Tick
from medvoice.domain.errors import UserError
from medvoice.domain.topic import Topic
from medvoice.store.account import AccountStore
from medvoice.store.clearance import ClearanceStore, Routing
from medvoice.store.draft import DraftStore
from medvoice.store.secret import SecretStore
from medvoice.store.setting import SettingStore
from medvoice.store.topic import TopicStore

from .conftest import START, a_clearance, a_draft, an_account, plan


def a_topic(topic_id: str, name: str, slot: str) -> Topic:
    return Topic(topic_id, name, slot, "One sentence.", 20, ("registry", "cohort"), START)


def test_accounts(db) -> None:
    store = AccountStore(db)
    first = an_account()
    second = an_account(network="x", expires_at=None, connected_at=START + timedelta(1))
    store.add(first)
    store.add(second)
    assert store.get(first.id) == first
    assert store.list() == (first, second)
    assert store.list("x") == (second,)
    assert store.find("a_none") is None
    changed = replace(first, display_name="J. Sample", scopes=())
    store.save(changed)
    assert store.find(first.id) == changed
    store.set_state(first.id, "sign_in", "expired")
    assert (store.get(first.id).state, store.get(first.id).state_reason) == ("sign_in", "expired")
    for call in (
        lambda: store.get("a_none"),
        lambda: store.save(an_account()),
        lambda: store.set_state("a_none", "connected", ""),
    ):
        with pytest.raises(UserError, match="account_unknown"):
            call()


def test_an_account_goes_with_its_secrets_unless_deliveries_name_it(db) -> None:
    accounts, secrets = AccountStore(db), SecretStore(db)
    account = an_account()
    accounts.add(account)
    secrets.put(account.id, "tokens", b"sealed")
    accounts.remove(account.id)
    assert accounts.find(account.id) is None
    assert secrets.get(account.id, "tokens") is None
    with pytest.raises(UserError, match="account_in_use"):
        accounts.remove(plan(db).account_id)


def test_secrets_are_replaced_but_never_by_nothing(db) -> None:
    store = SecretStore(db)
    store.put("a_1", "tokens", b"\x00one")
    store.put("a_1", "tokens", b"two")
    store.put("a_1", "client", b"three")
    store.put("a_2", "tokens", b"four")
    with pytest.raises(ValueError, match="never overwrites"):
        store.put("a_1", "tokens", b"")
    assert store.get("a_1", "tokens") == b"two"
    store.remove("a_1", "tokens")
    assert (store.get("a_1", "tokens"), store.get("a_1", "client")) == (None, b"three")
    store.remove("a_1")
    assert (store.get("a_1", "client"), store.get("a_2", "tokens")) == (None, b"four")


def test_settings(db) -> None:
    store = SettingStore(db)
    assert store.get("ui.size") == ""
    assert store.get("ui.size", "none") == "none"
    store.save("ui.size", "1")
    store.save("ui.size", "2")
    store.save("ui_size", "3")
    assert store.list("ui.") == {"ui.size": "2"}
    store.remove("ui.size")
    store.remove("ui.size")
    assert store.list() == {"ui_size": "3"}


def test_topics(db) -> None:
    store = TopicStore(db)
    topic = a_topic("t_1", "Evidence", "rwe")
    store.add(topic)
    assert store.get("t_1") == topic
    store.save(replace(topic, name="Real-world evidence", keywords=()))
    assert store.list()[0].name == "Real-world evidence"
    draft = a_draft(topic_id="t_1")
    DraftStore(db).add(draft)
    store.remove("t_1")
    assert DraftStore(db).get(draft.id).topic_id is None
    for call in (lambda: store.get("t_1"), lambda: store.remove("t_1"), lambda: store.save(topic)):
        with pytest.raises(UserError, match="topic_unknown"):
            call()


def test_clearances_are_voided_by_channel_or_all(db) -> None:
    draft = a_draft()
    DraftStore(db).add(draft)
    store = ClearanceStore(db)
    assert store.latest(draft.id, "linkedin") is None
    first, on_x = a_clearance(draft), a_clearance(draft, "x")
    second = a_clearance(draft, at=START + timedelta(hours=1))
    for clearance in (first, on_x, second):
        store.add(clearance)
    assert store.latest(draft.id, "linkedin") == second
    assert store.list(draft.id) == (second, on_x, first)
    assert store.void(draft.id, "withdrawn", START, "x") == 1
    assert store.latest(draft.id, "x") is None
    assert store.void(draft.id, "changed", START + timedelta(hours=2)) == 2
    assert store.latest(draft.id, "linkedin") is None
    voided = store.get(first.id)
    assert (voided.voided_at, voided.void_reason) == (START + timedelta(hours=2), "changed")
    assert store.get(on_x.id).void_reason == "withdrawn"
    with pytest.raises(UserError, match="clearance_unknown"):
        store.get("c_none")


def test_ticks_fall_and_stand_again(db) -> None:
    draft = a_draft()
    DraftStore(db).add(draft)
    store = ClearanceStore(db)
    tick = Tick(draft.id, "C01", "Jordan Sample", START, "hash-1")
    store.set_tick(tick, "trigger-1")
    assert store.ticks(draft.id) == (tick,)
    assert store.drop_ticks(draft.id, START + timedelta(1)) == 1
    assert store.ticks(draft.id) == ()
    (kept,) = store.kept_ticks(draft.id)
    assert (kept.tick, kept.trigger_hash, kept.fell_at) == (tick, "trigger-1", START + timedelta(1))
    again = replace(tick, text_hash="hash-2")
    store.set_tick(again, "trigger-2")
    assert store.ticks(draft.id) == (again,)
    assert store.remove_tick(draft.id, "C01")
    assert not store.remove_tick(draft.id, "C01")


def test_dismissals_routings_and_sightings(db) -> None:
    draft = a_draft()
    DraftStore(db).add(draft)
    store = ClearanceStore(db)
    dismissal = Dismissal(draft.id, "R-1", "safe", "it is about travel", "Jordan Sample", START)
    store.add_dismissal(dismissal, "A safe trip.")
    store.add_dismissal(replace(dismissal, reason="a better reason"), "A safe trip.")
    store.add_dismissal(dismissal, "Safe home.")
    assert [kept.sentence for kept in store.kept_dismissals(draft.id)] == ["A safe trip.", "Safe home."]
    assert store.dismissals(draft.id)[0].reason == "a better reason"
    assert store.remove_dismissal(draft.id, "R-1", "safe")
    assert not store.remove_dismissal(draft.id, "R-1", "safe")
    routing = Routing(draft.id, "AE-1", "f1", "routed", "SAF-7", START, "by phone", "Jordan Sample", START)
    misread = replace(routing, kind="misread", aware_at=None, reference="")
    store.add_routing(routing)
    store.add_routing(misread)
    assert store.routings(draft.id) == (routing, misread)
    assert store.add_sighting(draft.id, "AE-1", "f1", START)
    assert not store.add_sighting(draft.id, "AE-1", "f2", START)
    assert store.sightings(draft.id) == {"AE-1": "f1"}
    assert store.remove_sighting(draft.id, "AE-1")
    assert not store.remove_sighting(draft.id, "AE-1")
