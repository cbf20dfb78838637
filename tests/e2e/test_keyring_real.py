"""A real gnome-keyring in a private session bus: sealed, opened again by another process, locked, wrong.

Everything happens in child processes with their own HOME, so that no keyring of this machine is touched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="gnome-keyring is of Linux"),
    pytest.mark.skipif(
        not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
        reason="dbus-run-session or gnome-keyring-daemon absent (apt install dbus gnome-keyring)",
    ),
]
ROOT = Path(__file__).parents[2]
PRELUDE = """
import pathlib, sys, time
from medvoice.domain.errors import AccountError
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import choose_vault
home = pathlib.Path(sys.argv[1])
def vault(**more):
    return choose_vault("w_test", home / "vault.json", FileLocks(home / "locks"), environ={}, **more)
"""
SEAL = "(home / 'sealed').write_bytes(vault().seal('a_1/tokens', b'token-' * 700)); print('sealed')"
OPEN = """
import keyring
assert vault().open('a_1/tokens', (home / 'sealed').read_bytes()) == b'token-' * 700
kept = keyring.get_password('MedVoice', 'w_test')
assert len(bytes.fromhex(kept)) == 32 and len(kept) == 64
print('opened')
"""
TRY = """
started = time.monotonic()
try:
    vault(wait_s=3.0).seal('a_1/tokens', b'x')
    print('sealed')
except AccountError as problem:
    print(problem.code)
assert time.monotonic() - started < 10
"""
LOCK_ALL = """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
"""


@pytest.fixture
def session(tmp_path):
    """Run Python in a fresh session bus; `password` None leaves the keyring as it is (locked)."""
    home = tmp_path / "home"
    runtime = tmp_path / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "PYTHON"))
    }
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"):
        environ.pop(name, None)
    environ |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(ROOT)}

    def run(script: str, password: str | None = "open sesame") -> str:
        unlock = ""
        if password is not None:
            unlock = (
                f"printf '%s' '{password}' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "
            )
        command = ["dbus-run-session", "--", "sh", "-c", f'{unlock}exec "$@"', "sh"]
        command += [sys.executable, "-c", PRELUDE + script, str(home)]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


def test_sealed_in_one_session_opened_in_the_next(session, tmp_path):
    assert session(SEAL) == "sealed"
    assert session(OPEN) == "opened"
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"token-token-" not in kept, "no token in the clear in any file"


def test_locked_keyring_is_not_now_and_never_signed_out(session):
    assert session(SEAL) == "sealed"
    assert session(LOCK_ALL + TRY) == "keys_locked"
    assert session(TRY, password=None) == "keys_locked"
    assert session(TRY, password="wrong words") == "keys_locked"
    assert session(OPEN) == "opened", "the key is still there"


def test_no_session_bus_is_no_keyring(tmp_path):
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/absent"
    environ["XDG_RUNTIME_DIR"] = str(tmp_path)
    command = [sys.executable, "-c", PRELUDE + TRY, str(tmp_path)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "no_keyring"
