"""Vaults: secrets are sealed with AES-256-GCM under a key that lives in the OS keyring, in the person's
passphrase, or in memory only. Nothing is ever written in the clear.

keyring is imported late and called on a thread of its own with a time limit: a locked keyring opens a
prompt and blocks its caller for as long as the prompt stands.
"""

import base64
import hashlib
import json
import logging
import os
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from medvoice.domain.errors import AccountError, StorageError, UserError
from medvoice.infra.settings import write_atomic

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)
SERVICE = "MedVoice"
PASSPHRASE_VARIABLE = "MEDVOICE_PASSPHRASE_FILE"  # noqa: S105 - a name, no secret
KEY_BYTES = 32
KEYRING_WAIT_S = 8.0
MIN_PASSPHRASE = 8
# Sealed form: format, key id, nonce, ciphertext with tag. The key id is no secret: it tells a wrong key from
# a damaged seal.
_FORMAT = b"\x01"
_KEY_ID_BYTES, _NONCE_BYTES = 8, 12
# OWASP's choice of scrypt for 64 MB of memory; other parameters in a vault file are refused.
_SCRYPT = {"n": 2**16, "r": 8, "p": 2}
_CHECK = b"MedVoice vault"
# The only backends that keep a secret from other users and from plain files.
ALLOWED_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_CHAINER = "keyring.backends.chainer.ChainerBackend"
T = TypeVar("T")
Locks = Callable[[str], AbstractContextManager[None]]


class _SealingVault:
    """Sealing over a key that a subclass finds. The key is kept in memory once found. Any thread."""

    def __init__(self) -> None:
        self._key: bytes | None = None
        self._finding = threading.Lock()

    def seal(self, name: str, secret: bytes) -> bytes:
        """See ports.Vault."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self._get_key(may_make=True)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORMAT + _key_id(key) + nonce + AESGCM(key).encrypt(nonce, secret, _bound_to(name))

    def open(self, name: str, sealed: bytes) -> bytes:
        """See ports.Vault. `seal_broken` has the param why: key_gone, other_key or damaged."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self._get_key(may_make=False)
        rest = sealed[len(_FORMAT) :]
        key_id, rest = rest[:_KEY_ID_BYTES], rest[_KEY_ID_BYTES:]
        if not sealed.startswith(_FORMAT) or len(rest) < _NONCE_BYTES:
            raise AccountError("seal_broken", why="damaged")
        if key_id != _key_id(key):
            raise AccountError("seal_broken", why="other_key")
        try:
            return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _bound_to(name))
        except InvalidTag:
            raise AccountError("seal_broken", why="damaged") from None

    def _get_key(self, may_make: bool) -> bytes:
        with self._finding:
            if self._key is None:
                self._key = self._find_key(may_make)
            return self._key

    def _find_key(self, may_make: bool) -> bytes:
        raise NotImplementedError


class SessionVault(_SealingVault):
    """Sealed under a key that exists in this process only: after it, everything is sealed for good and
    accounts must sign in again."""

    def _find_key(self, may_make: bool) -> bytes:
        return secrets.token_bytes(KEY_BYTES)


class KeyringVault(_SealingVault):
    """One 32-byte key per workspace as 64 hex characters in the OS keyring (service MedVoice, user
    `workspace_id`). Windows' vault takes no more than 1,280 characters, so tokens never go there.

    `get_backend` is keyring.get_keyring unless a test gives another.
    """

    def __init__(
        self,
        workspace_id: str,
        locks: Locks,
        *,
        wait_s: float = KEYRING_WAIT_S,
        get_backend: "Callable[[], KeyringBackend] | None" = None,
    ) -> None:
        super().__init__()
        self.workspace_id = workspace_id
        self.locks = locks
        self._caller = _TimedCaller(wait_s)
        self._get_backend = get_backend

    def _find_key(self, may_make: bool) -> bytes:
        text = self._caller.call(self._read)
        if text is None and not may_make:
            raise AccountError("seal_broken", why="key_gone")
        if text is None:
            # Two processes that both find no key must not both make one.
            with self.locks("vault"):
                text = self._caller.call(self._read) or self._caller.call(self._make)
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise AccountError("seal_broken", why="key_gone")
        return key

    def _read(self) -> str | None:
        return self._backend().get_password(SERVICE, self.workspace_id)

    def _make(self) -> str:
        backend = self._backend()
        backend.set_password(SERVICE, self.workspace_id, secrets.token_bytes(KEY_BYTES).hex())
        text = backend.get_password(SERVICE, self.workspace_id)
        if text is None:
            raise AccountError("no_keyring", **_advice("forgets"))
        return text

    def _backend(self) -> "KeyringBackend":
        import keyring

        return safe_backend((self._get_backend or keyring.get_keyring)())


class PassphraseVault(_SealingVault):
    """Sealed under a key that scrypt makes from the person's passphrase and the salt in `path`.

    The file also holds a check value, so that a wrong passphrase is AccountError `seal_broken` (why:
    wrong_passphrase) at once and nothing is sealed under it.
    """

    def __init__(self, path: Path, passphrase: bytes, locks: Locks) -> None:
        """Raises UserError `passphrase_too_short` under eight bytes."""
        super().__init__()
        if len(passphrase) < MIN_PASSPHRASE:
            raise UserError("passphrase_too_short", least=MIN_PASSPHRASE)
        self.path = path
        self.locks = locks
        self._passphrase = passphrase

    def _find_key(self, may_make: bool) -> bytes:
        with self.locks("vault"):
            if not self.path.exists():
                if not may_make:
                    raise AccountError("seal_broken", why="key_gone")
                return self._make()
            salt, check = self._read()
        key = self._derive(salt)
        if not secrets.compare_digest(_key_check(key), check):
            raise AccountError("seal_broken", why="wrong_passphrase")
        return key

    def _make(self) -> bytes:
        salt = secrets.token_bytes(16)
        key = self._derive(salt)
        value = {
            "kind": "scrypt",
            **_SCRYPT,
            "salt": base64.b64encode(salt).decode(),
            "check": base64.b64encode(_key_check(key)).decode(),
        }
        try:
            write_atomic(self.path, json.dumps(value).encode())
        except OSError as problem:
            raise StorageError("workspace_read_only", path=str(self.path)) from problem
        return key

    def _read(self) -> tuple[bytes, bytes]:
        try:
            value = json.loads(self.path.read_bytes())
            if {"kind": "scrypt", **_SCRYPT}.items() - value.items():
                raise ValueError("parameters")
            return base64.b64decode(value["salt"]), base64.b64decode(value["check"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise AccountError("seal_broken", why="vault_file", path=str(self.path)) from problem

    def _derive(self, salt: bytes) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        return Scrypt(salt=salt, length=KEY_BYTES, **_SCRYPT).derive(self._passphrase)


def choose_vault(
    workspace_id: str,
    vault_file: Path,
    locks: Locks,
    *,
    wait_s: float = KEYRING_WAIT_S,
    is_session_only: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> SessionVault | PassphraseVault | KeyringVault:
    """The vault of a workspace: in memory if the person chose that; by passphrase if
    MEDVOICE_PASSPHRASE_FILE names a file; else the OS keyring.

    The keyring is first touched by the first seal or open, which raises AccountError `no_keyring` (params
    say what to install and what else there is) or `keys_locked`.
    Raises UserError `passphrase_file_unreadable` or `passphrase_too_short`.
    """
    if is_session_only:
        return SessionVault()
    if environ.get(PASSPHRASE_VARIABLE):
        return PassphraseVault(vault_file, read_passphrase(Path(environ[PASSPHRASE_VARIABLE])), locks)
    return KeyringVault(workspace_id, locks, wait_s=wait_s)


def read_passphrase(path: Path) -> bytes:
    """The passphrase in a file without its final line end. Raises UserError `passphrase_file_unreadable`."""
    try:
        content = path.read_bytes()
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            _log.warning("the passphrase file can be read by other users of this computer")
    except OSError as problem:
        raise UserError("passphrase_file_unreadable", path=str(path)) from problem
    return content.rstrip(b"\r\n")


def safe_backend(backend: "KeyringBackend") -> "KeyringBackend":
    """`backend` if it is on the allow-list; of a chain its first member that is. Raises AccountError
    `no_keyring` for all others: some write plain text (keyrings.alt), some nothing at all."""
    members: list[Any] = (
        list(getattr(backend, "backends", ())) if _name_of(backend) == _CHAINER else [backend]
    )
    for member in members:
        if _name_of(member) in ALLOWED_BACKENDS:
            return member
    raise AccountError("no_keyring", **_advice(", ".join(map(_name_of, members)) or "none"))


def _name_of(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _advice(found: str) -> dict[str, str]:
    """What to install here, and what else there is."""
    install = {"linux": "gnome-keyring or KWallet, in a desktop session"}.get(sys.platform, "")
    return {
        "found": found,
        "install": install,
        "passphrase": PASSPHRASE_VARIABLE,
        "otherwise": "session_only",
    }


class _TimedCaller:
    """Calls something that may block for ever on a thread of its own. While one call hangs no second one is
    started: it would only open a second prompt."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s
        self._hanging: threading.Event | None = None

    def call(self, work: Callable[[], T]) -> T:
        """The result of `work`. Raises AccountError `keys_locked` or `no_keyring`."""
        if self._hanging is not None and not self._hanging.wait(self.wait_s):
            raise AccountError("keys_locked", why="waiting")
        done = threading.Event()
        result: list[T] = []
        problem: list[AccountError] = []

        def run() -> None:
            try:
                result.append(work())
            # A keyring backend may raise anything of its own or of D-Bus; all mean that the key is not to
            # be had now, and none may pass as "signed out".
            except Exception as bad:  # noqa: BLE001
                problem.append(_as_ours(bad))
            finally:
                done.set()

        self._hanging = done
        threading.Thread(target=run, name="keyring", daemon=True).start()
        if not done.wait(self.wait_s):
            raise AccountError("keys_locked", why="waiting")
        self._hanging = None
        if problem:
            raise problem[0]
        return result[0]


def _as_ours(bad: Exception) -> AccountError:
    from keyring.errors import NoKeyringError

    if isinstance(bad, AccountError):
        return bad
    if isinstance(bad, NoKeyringError):
        return AccountError("no_keyring", **_advice("none"))
    return AccountError("keys_locked", why=type(bad).__name__)


def _bound_to(name: str) -> bytes:
    return b"medvoice/1/" + name.encode("utf-8")


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"medvoice key id" + key).digest()[:_KEY_ID_BYTES]


def _key_check(key: bytes) -> bytes:
    return hashlib.blake2b(_CHECK, key=key, digest_size=32).digest()
