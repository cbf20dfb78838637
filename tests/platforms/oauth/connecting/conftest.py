"""A desk at which accounts are connected: real flows, real receiver, real workspace, the practice network."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from medvoice.domain.account import Account
from medvoice.domain.clock import FixedClock, SystemClock
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import SessionVault
from medvoice.platforms.http import Http, Timeouts
from medvoice.platforms.oauth.flow import flows
from medvoice.platforms.oauth.receiver import LoopbackReceiver
from medvoice.platforms.sandbox import Sandbox
from medvoice.services.connecting import Connecting
from medvoice.store.connection import open_workspace


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        return one.getsockname()[1], two.getsockname()[1]


PORTS = _free_ports()
QUICK = Http(Timeouts(connect_s=2, read_s=1, answer_s=2))


@pytest.fixture
def sandbox():
    uris = [("linkedin", f"http://localhost:{port}/callback") for port in PORTS]
    uris += [("x", f"http://127.0.0.1:{port}/callback") for port in PORTS]
    with Sandbox(seed=3, redirect_uris=tuple(uris)) as running:
        yield running


class Desk:
    """One process's view of a workspace."""

    def __init__(self, folder, vault, clock, http=QUICK):
        self.db = open_workspace(folder / "medvoice.sqlite3", clock=clock)
        self.clock = clock
        self.connecting = Connecting(
            self.db, vault, clock, flows(http), LoopbackReceiver, FileLocks(folder / "locks", 5)
        )

    def connect(self, sandbox, network="x", browser=None, **more) -> Account:
        pending = self.begin(sandbox, network, browser or browse(), **more)
        return self.connecting.wait(pending, 5).account

    def begin(self, sandbox, network="x", browser=None, **more):
        secret = "practice-linkedin-secret" if network == "linkedin" else ""
        return self.connecting.begin(
            network,
            f"practice-{network}",
            secret,
            more.pop("base_url", sandbox.base_url),
            ports=PORTS,
            open_browser=browser,
            **more,
        )


def browse(decision="allow", member="", state=None):
    """A browser that presses the button at once and follows the way back, on a thread like a real one."""

    def open_browser(url: str) -> bool:
        def go():
            extra = urlencode(
                {"practice_decision": decision} | ({"practice_member": member} if member else {})
            )
            where = Http().call("GET", f"{url}&{extra}").header("location")
            if state is not None:
                where = where.split("state=")[0] + f"state={state}"
            Http().call("GET", where)

        threading.Thread(target=go).start()
        return True

    return open_browser


@pytest.fixture
def vault():
    return SessionVault()


@pytest.fixture
def desk(tmp_path, vault):
    made = Desk(tmp_path, vault, SystemClock())
    yield made
    made.db.close()


@pytest.fixture
def aged(tmp_path, vault, sandbox):
    """An X account whose access token has four minutes left."""
    clock = FixedClock(datetime.now(UTC))
    made = Desk(tmp_path, vault, clock)
    account = made.connect(sandbox)
    clock.advance(timedelta(hours=1, minutes=56))
    sandbox.advance(116 * 60)
    yield made, account
    made.db.close()


@pytest.fixture
def ports():
    """The two registered callback ports."""
    return PORTS


@pytest.fixture(name="browse")
def _browse():
    return browse


@pytest.fixture
def desk_at():
    """Makes one more desk: another process's view of the same workspace."""
    return Desk
