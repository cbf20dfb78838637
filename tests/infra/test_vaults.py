"""Vaults: what is sealed opens only with the same key and name; backends that leak are refused."""

import sys
import threading
from contextlib import nullcontext

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.errors import KeyringLocked

from medvoice.domain.errors import AccountError, UserError
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import (
    KeyringVault,
    PassphraseVault,
    SessionVault,
    choose_vault,
    read_passphrase,
    safe_backend,
)

PHRASE = b"a quiet passphrase"


def _no_locks(name):
    return nullcontext()


class _Store:
    """A backend in memory. No subclass of keyring's own class: that would register it for all tests."""

    def __init__(self):
        self.kept: dict[tuple[str, str], str] = {}
        self.reads = 0

    def get_password(self, service, username):
        self.reads += 1
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


def _named(module, name):
    """A store whose class claims that name."""
    return type(name, (_Store,), {"__module__": module, "__qualname__": name})()


@pytest.fixture
def store():
    return _named("keyring.backends.SecretService", "Keyring")


def _vaults(tmp_path, store):
    locks = FileLocks(tmp_path / "locks")
    return {
        "session": SessionVault(),
        "passphrase": PassphraseVault(tmp_path / "vault.json", PHRASE, locks),
        "keyring": KeyringVault("w1", locks, get_backend=lambda: store),
    }


@pytest.mark.parametrize("kind", ["session", "passphrase", "keyring"])
def test_seal_and_open(tmp_path, store, kind):
    vault = _vaults(tmp_path, store)[kind]
    secret = "tøken ".encode() * 800
    sealed = vault.seal("a_1/tokens", secret)
    assert vault.open("a_1/tokens", sealed) == secret
    assert "tøken".encode() not in sealed
    assert vault.seal("a_1/tokens", secret) != sealed
    for name, blob in [
        ("a_2/tokens", sealed),
        ("a_1/tokens", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("a_1/tokens", sealed[:20]),
        ("a_1/tokens", b""),
        ("a_1/tokens", b"\x02" + sealed[1:]),
    ]:
        with pytest.raises(AccountError) as caught:
            vault.open(name, blob)
        assert caught.value.code == "seal_broken"


def test_no_secret_reaches_a_file(tmp_path, store):
    for vault in _vaults(tmp_path, store).values():
        vault.seal("n", b"very-secret-token")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"scrypt" in written
    assert b"very-secret-token" not in written
    assert PHRASE not in written


def test_passphrase_again_and_wrong(tmp_path):
    path = tmp_path / "vault.json"
    sealed = PassphraseVault(path, PHRASE, _no_locks).seal("n", b"s")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0
    assert PassphraseVault(path, PHRASE, _no_locks).open("n", sealed) == b"s"
    wrong = PassphraseVault(path, b"another passphrase", _no_locks)
    for act in (lambda: wrong.open("n", sealed), lambda: wrong.seal("n", b"x")):
        with pytest.raises(AccountError) as caught:
            act()
        assert (caught.value.code, caught.value.params["why"]) == ("seal_broken", "wrong_passphrase")
    for damage in (b"", b"{}", b"[1]", path.read_bytes().replace(b"65536", b"2")):
        path.write_bytes(damage)
        with pytest.raises(AccountError) as caught:
            PassphraseVault(path, PHRASE, _no_locks).open("n", sealed)
        assert caught.value.params["why"] == "vault_file"
    path.unlink()
    with pytest.raises(AccountError) as caught:
        PassphraseVault(path, PHRASE, _no_locks).open("n", sealed)
    assert caught.value.params["why"] == "key_gone"
    assert not path.exists(), "opening makes no new salt"


def test_short_passphrase_and_its_file(tmp_path, caplog):
    with pytest.raises(UserError) as caught:
        PassphraseVault(tmp_path / "v", b"short", _no_locks)
    assert caught.value.code == "passphrase_too_short"
    file = tmp_path / "phrase"
    file.write_bytes(b"with spaces inside \r\n")
    file.chmod(0o644)
    assert read_passphrase(file) == b"with spaces inside "
    assert sys.platform == "win32" or "can be read by other users" in caplog.text
    file.chmod(0o600)
    caplog.clear()
    assert read_passphrase(file) == b"with spaces inside "
    assert caplog.text == ""
    with pytest.raises(UserError) as caught:
        read_passphrase(tmp_path / "absent")
    assert caught.value.code == "passphrase_file_unreadable"


def test_choice(tmp_path):
    file = tmp_path / "phrase"
    file.write_bytes(PHRASE)
    file.chmod(0o600)
    environ = {"MEDVOICE_PASSPHRASE_FILE": str(file)}
    vault_file = tmp_path / "vault.json"
    assert isinstance(choose_vault("w", vault_file, _no_locks, environ=environ), PassphraseVault)
    assert isinstance(choose_vault("w", vault_file, _no_locks, environ={}), KeyringVault)
    chosen = choose_vault("w", vault_file, _no_locks, environ=environ, is_session_only=True)
    assert isinstance(chosen, SessionVault)


# Keyring ----------------------------------------------------------------------------------------------


def test_one_key_per_workspace_of_64_hex(store):
    one = KeyringVault("w1", _no_locks, get_backend=lambda: store)
    two = KeyringVault("w2", _no_locks, get_backend=lambda: store)
    sealed = one.seal("n", b"s")
    two.seal("n", b"s")
    assert set(store.kept) == {("MedVoice", "w1"), ("MedVoice", "w2")}
    assert all(len(bytes.fromhex(text)) == 32 and len(text) == 64 for text in store.kept.values())
    assert KeyringVault("w1", _no_locks, get_backend=lambda: store).open("n", sealed) == b"s"
    with pytest.raises(AccountError) as caught:
        two.open("n", sealed)
    assert caught.value.params["why"] == "other_key"


def test_a_lost_key_is_not_made_anew_to_open(store):
    sealed = KeyringVault("w1", _no_locks, get_backend=lambda: store).seal("n", b"s")
    store.kept.clear()
    with pytest.raises(AccountError) as caught:
        KeyringVault("w1", _no_locks, get_backend=lambda: store).open("n", sealed)
    assert (caught.value.code, caught.value.params["why"]) == ("seal_broken", "key_gone")
    assert store.kept == {}


def test_key_is_asked_for_once(store):
    vault = KeyringVault("w1", _no_locks, get_backend=lambda: store)
    vault.open("n", vault.seal("n", b"s"))
    reads = store.reads
    vault.open("n", vault.seal("n", b"s"))
    assert store.reads == reads


def test_two_at_once_make_one_key(tmp_path, store):
    locks = FileLocks(tmp_path)
    vaults = [KeyringVault("w1", locks, get_backend=lambda: store) for _ in range(6)]
    start = threading.Barrier(6)
    sealed: list[bytes] = []

    def seal(vault):
        start.wait()
        sealed.append(vault.seal("n", b"s"))

    threads = [threading.Thread(target=seal, args=(vault,)) for vault in vaults]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vaults[0].open("n", one) for one in sealed] == [b"s"] * 6


def test_a_blocking_keyring_is_not_waited_for_twice(store):
    unlocked = threading.Event()
    asked: list[int] = []

    def slow_read(service, username):
        asked.append(1)
        unlocked.wait(10)
        return "ab" * 32

    store.get_password = slow_read
    vault = KeyringVault("w1", _no_locks, wait_s=0.1, get_backend=lambda: store)
    for _ in range(2):
        with pytest.raises(AccountError) as caught:
            vault.seal("n", b"s")
        assert (caught.value.code, caught.value.params["why"]) == ("keys_locked", "waiting")
    assert len(asked) == 1, "a second prompt would only confuse"
    unlocked.set()
    assert vault.open("n", vault.seal("n", b"s")) == b"s"


@pytest.mark.parametrize("problem", [KeyringLocked("x"), OSError("bus gone"), RuntimeError("odd")])
def test_trouble_is_locked_never_signed_out(store, problem):
    def fail(service, username):
        raise problem

    store.get_password = fail
    with pytest.raises(AccountError) as caught:
        KeyringVault("w1", _no_locks, get_backend=lambda: store).seal("n", b"s")
    assert caught.value.code == "keys_locked"


def test_no_backend_is_said_with_a_way_out():
    with pytest.raises(AccountError) as caught:
        KeyringVault("w1", _no_locks, get_backend=FailKeyring).seal("n", b"s")
    assert caught.value.code == "no_keyring"
    assert caught.value.params["passphrase"] == "MEDVOICE_PASSPHRASE_FILE"
    assert caught.value.params["otherwise"] == "session_only"


def test_plain_text_backends_are_refused(monkeypatch, store):
    plain = _named("keyrings.alt.file", "PlaintextKeyring")
    with pytest.raises(AccountError) as caught:
        KeyringVault("w1", _no_locks, get_backend=lambda: plain).seal("n", b"s")
    assert caught.value.code == "no_keyring"
    assert "keyrings.alt" in str(caught.value.params["found"])
    assert plain.kept == {}
    chain = ChainerBackend()
    monkeypatch.setattr(ChainerBackend, "backends", [plain, store])
    assert safe_backend(chain) is store
    monkeypatch.setattr(ChainerBackend, "backends", [plain])
    with pytest.raises(AccountError):
        safe_backend(chain)


def test_tampered_keyring_entry(store):
    store.kept["MedVoice", "w1"] = "not hex"
    with pytest.raises(AccountError) as caught:
        KeyringVault("w1", _no_locks, get_backend=lambda: store).seal("n", b"s")
    assert caught.value.code == "seal_broken"
