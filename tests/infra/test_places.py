"""Paths, settings, notices and the browser."""

import os
import sys

import pytest

from medvoice.domain.errors import StorageError, UserError
from medvoice.infra import browser, notify
from medvoice.infra.paths import find_home, make_paths
from medvoice.infra.settings import Settings, load_settings, save_settings


def test_home_by_option_variable_and_default(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDVOICE_HOME", str(tmp_path / "env"))
    assert find_home(tmp_path / "opt") == tmp_path / "opt"
    assert find_home() == tmp_path / "env"
    monkeypatch.delenv("MEDVOICE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert find_home().is_absolute()
    assert find_home().name == "MedVoice"


def test_folders_are_closed_to_others(tmp_path):
    paths = make_paths(tmp_path / "w")
    assert paths.database == tmp_path / "w" / "medvoice.sqlite3"
    for folder in (paths.home, paths.logs, paths.backups, paths.locks):
        assert folder.is_dir()
        if sys.platform != "win32":
            assert folder.stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        make_paths(tmp_path / "file" / "w")
    assert caught.value.code == "home_unusable"


def test_settings_round_and_foreign_names_stay(tmp_path):
    path = tmp_path / "settings.toml"
    assert load_settings(path) == Settings()
    path.write_text('theme = "dark"\nfrom_the_future = [1, 2]\nkeyring_wait_s = 3\n')
    settings = load_settings(path)
    assert (settings.theme, settings.keyring_wait_s) == ("dark", 3.0)
    save_settings(path, Settings(callback_ports=(9001,)))
    assert load_settings(path) == Settings(callback_ports=(9001,))
    assert "from_the_future" in path.read_text()
    assert [item.name for item in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "text",
    ["theme = ", "theme = 1", "callback_ports = []", "callback_ports = [80]", "notifications = 1", "\udcff"],
)
def test_settings_that_cannot_be_read(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UserError) as caught:
        load_settings(path)
    assert caught.value.code == "settings_unreadable"


def test_a_broken_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    save_settings(path, Settings(theme="dark"))

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError):
        save_settings(path, Settings(theme="light"))
    assert load_settings(path).theme == "dark"
    assert [item.name for item in tmp_path.iterdir()] == ["settings.toml"]


def test_notification_words_are_arguments(monkeypatch):
    monkeypatch.setattr(notify.shutil, "which", lambda name: f"/usr/bin/{name}")
    command = notify.command_for('Held"; rm', "<b>bold</b>\n& more", "linux")
    assert command == ["/usr/bin/notify-send", "--app-name=MedVoice", "--", 'Held"; rm',
                       "&lt;b&gt;bold&lt;/b&gt; &amp; more"]  # fmt: skip
    mac = notify.command_for('a" & b', "c", "darwin")
    assert mac[-2:] == ['a" & b', "c"]
    assert 'a" & b' not in mac[2]
    assert notify.command_for("a", "b", "win32") is None
    monkeypatch.setattr(notify.shutil, "which", lambda name: None)
    assert notify.command_for("a", "b", "linux") is None


def test_notifier_never_raises(monkeypatch, tmp_path):
    absent = [str(tmp_path / "absent")]
    monkeypatch.setattr(notify, "command_for", lambda title, body: absent)
    notify.SystemNotifier().tell("a", "b")
    notify._run(absent)
    notify._run([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="displays are a matter of Linux")
def test_browser_absent_is_said(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    opened = []
    monkeypatch.setattr(browser.webbrowser, "open", lambda url: opened.append(url) or True)
    assert browser.open_in_browser("https://example.org/") is False
    monkeypatch.setenv("DISPLAY", ":0")
    assert browser.open_in_browser("https://example.org/") is True
    assert opened == ["https://example.org/"]

    def fail(url):
        raise browser.webbrowser.Error("no runnable browser")

    monkeypatch.setattr(browser.webbrowser, "open", fail)
    assert browser.open_in_browser("https://example.org/") is False
    with pytest.raises(ValueError, match="http"):
        browser.open_in_browser("file:///etc/passwd")
