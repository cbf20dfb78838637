"""Backups: sound copies, enough of them and not too many, and the way back."""

from datetime import timedelta

import pytest

from medvoice.domain.errors import StorageError
from medvoice.store.backup import (
    KEEP,
    backup_folder,
    backup_if_due,
    backups,
    is_sound,
    last_backup,
    make_backup,
    restore,
)
from medvoice.store.connection import open_workspace
from medvoice.store.setting import SettingStore


def test_a_backup_holds_what_was_committed(db, clock) -> None:
    SettingStore(db).save("a", "1")
    backup = make_backup(db.conn, db.path, clock.now())
    SettingStore(db).save("a", "2")
    copy = open_workspace(backup, clock=clock)
    assert SettingStore(copy).get("a") == "1"
    copy.close()


def test_one_backup_a_day_and_the_oldest_go(db, clock) -> None:
    first = backup_if_due(db.conn, db.path, clock.now())
    assert first is not None
    assert backup_if_due(db.conn, db.path, clock.now() + timedelta(hours=23)) is None
    for day in range(1, KEEP["daily"] + 2):
        assert backup_if_due(db.conn, db.path, clock.now() + timedelta(days=day)) is not None
    assert len(backups(db.path)) == KEEP["daily"]
    assert not first.exists()


def test_a_backup_from_the_future_is_not_waited_for(db, clock) -> None:
    make_backup(db.conn, db.path, clock.now() + timedelta(days=30), "daily")
    assert backup_if_due(db.conn, db.path, clock.now()) is not None


def test_asked_backups_do_not_push_daily_ones_out(db, clock) -> None:
    daily = make_backup(db.conn, db.path, clock.now(), "daily")
    for minute in range(KEEP["asked"] + 1):
        make_backup(db.conn, db.path, clock.now() + timedelta(minutes=minute))
    assert daily.exists()
    assert len(backups(db.path)) == KEEP["asked"] + 1


def test_the_last_sound_backup_is_offered(db, clock) -> None:
    assert last_backup(db.path) is None
    good = make_backup(db.conn, db.path, clock.now())
    bad = make_backup(db.conn, db.path, clock.now() + timedelta(minutes=1))
    bad.write_bytes(bad.read_bytes()[:5000])
    (backup_folder(db.path) / "workspace-notes.sqlite").write_bytes(b"not one of ours")
    assert not is_sound(bad)
    assert last_backup(db.path) == good


def test_a_backup_that_is_not_sound_is_not_kept(db, clock, monkeypatch) -> None:
    monkeypatch.setattr("medvoice.store.backup.is_sound", lambda path: False)
    with pytest.raises(StorageError) as caught:
        make_backup(db.conn, db.path, clock.now())
    assert caught.value.code == "workspace_damaged"
    assert list(backup_folder(db.path).iterdir()) == []


def test_restoring_moves_the_old_file_aside_with_its_journal(db, path, clock) -> None:
    SettingStore(db).save("a", "1")
    backup = make_backup(db.conn, path, clock.now())
    SettingStore(db).save("a", "2")
    wal = path.with_name(path.name + "-wal").read_bytes()
    assert wal
    # The connection is left open as a crash leaves it: its journal must go aside too.
    aside = restore(path, backup, clock.now())
    assert aside.name == "workspace.sqlite.damaged-20261201T070000Z"
    assert aside.with_name(aside.name + "-wal").read_bytes() == wal
    db.close()
    opened = open_workspace(path, clock=clock)
    assert SettingStore(opened).get("a") == "1"
    opened.close()


def test_a_broken_backup_is_not_put_in_the_place_of_anything(db, path, clock, tmp_path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database")
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        restore(path, broken, clock.now())
    assert caught.value.code == "backup_damaged"
    assert path.read_bytes() == before
    assert not is_sound(tmp_path / "absent.sqlite")
