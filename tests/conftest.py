"""What holds for every test: its own home, no screen, no keyring of this machine, no network but loopback.

The environment is set when this file is imported, before any test module can import Qt or keyring, and child
processes inherit it. The loopback rule holds in this process only; children reach no network because their
tests give them practice addresses.
"""

import ipaddress
import logging
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
HOME = tempfile.TemporaryDirectory(prefix="medvoice-tests-", ignore_cleanup_errors=True)
FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_RUNTIME_DIR": "run",
    "XDG_STATE_HOME": "state",
    "MEDVOICE_HOME": "workspace",
}
FORGOTTEN = ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "MEDVOICE_PASSPHRASE_FILE")


def isolate() -> None:
    """Point the whole process, and whatever it starts, at a throw-away home without screen and keyring."""
    for variable, folder in FOLDERS.items():
        path = Path(HOME.name) / folder
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(path)
    for variable in FORGOTTEN:
        os.environ.pop(variable, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


isolate()
# How long one example takes says nothing on a machine that runs two test processes on two cores.
settings.register_profile("medvoice", deadline=None)
settings.load_profile("medvoice")


@pytest.fixture(autouse=True)
def workspace_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No two tests share the workspace that MEDVOICE_HOME names; the folder does not exist yet."""
    monkeypatch.setenv("MEDVOICE_HOME", str(tmp_path_factory.getbasetemp() / f"ws-{os.urandom(6).hex()}"))


class Keeper(logging.Handler):
    """Keeps what was logged, as lines."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or worse in the log fails the test, unless it asked for the log with `caplog`."""
    keeper = Keeper()
    logging.getLogger().addHandler(keeper)
    yield
    logging.getLogger().removeHandler(keeper)
    if keeper.lines and "caplog" not in request.fixturenames:
        pytest.fail("Logged, and not expected:\n" + "\n".join(keeper.lines))


def is_loopback(address: object) -> bool:
    """Whether a socket address stays on this machine: a Unix path, a loopback number, or `localhost`."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).split("%")[0]
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse every connect to, and every look-up of, anything but this machine."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_outside(address: object) -> None:
        if not is_loopback(address):
            pytest.fail(f"A test reached for {address!r}: tests talk to loopback only.")

    def guarded_connect(self: socket.socket, address):
        refuse_outside(address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address):
        refuse_outside(address)
        return connect_ex(self, address)

    def guarded_look_up(host, port, *args, **more):
        name = host.decode() if isinstance(host, bytes) else host
        refuse_outside((name or "localhost", port))
        return look_up(host, port, *args, **more)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()
