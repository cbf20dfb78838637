"""Connecting end to end on loopback: real flows, real receiver, real workspace, the practice network."""

import dataclasses
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from medvoice.domain.account import Account, Tokens
from medvoice.domain.clock import FixedClock, ShiftedClock, SystemClock
from medvoice.domain.errors import AccountError, MedVoiceError, RemoteError, UserError
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import PassphraseVault, SessionVault
from medvoice.platforms.http import Http, Timeouts
from medvoice.platforms.oauth.flow import flows
from medvoice.platforms.oauth.receiver import LoopbackReceiver
from medvoice.platforms.sandbox import Fault, Sandbox
from medvoice.services.connecting import Connecting
from medvoice.store.connection import open_workspace
from medvoice.store.secret import SecretStore


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


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_connected_account(sandbox, desk, tmp_path, network):
    account = desk.connect(sandbox, network)
    assert desk.connecting.accounts.list() == (account,)
    member = sandbox.world.members(network)[0]
    assert account.member_id == member.member_id
    assert (account.state, account.route, account.is_practice) == ("connected", "oauth", True)
    if network == "linkedin":
        left = account.expires_at - datetime.now(UTC)
        assert timedelta(days=59, hours=23) < left <= timedelta(days=60)
    else:
        assert account.expires_at is None
    tokens = desk.connecting.tokens(account)
    assert tokens.access in sandbox.world.tokens
    desk.db.conn.execute("PRAGMA wal_checkpoint")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (tokens.access, tokens.refresh, "practice-linkedin-secret"):
        assert not secret or secret.encode() not in written
    assert tokens.access not in repr(tokens)


def test_secrets_stay_out_of_repr(sandbox, desk):
    pending = desk.begin(sandbox, "linkedin")
    try:
        assert "practice-linkedin-secret" not in repr(pending)
        assert pending.started.state not in repr(pending).replace(pending.url, "")
    finally:
        desk.connecting.cancel(pending)


def test_declined_wrong_state_and_timed_out(sandbox, desk):
    for browser, code in [
        (browse("deny"), "sign_in_declined"),
        (browse(state="foreign"), "sign_in_wrong_state"),
        (lambda url: False, "sign_in_timed_out"),
    ]:
        pending = desk.begin(sandbox, "linkedin", browser)
        with pytest.raises(MedVoiceError) as caught:
            desk.connecting.wait(pending, 0.7)
        assert caught.value.code == code
    assert pending.browser_opened is False
    assert desk.connecting.accounts.list() == ()


@pytest.mark.parametrize("is_whole", [True, False])
def test_paste_instead(sandbox, desk, is_whole):
    pending = desk.begin(sandbox, "x", listens=False)
    assert not pending.can_wait
    assert pending.redirect_uri == f"http://127.0.0.1:{PORTS[0]}/callback"
    where = Http().call("GET", f"{pending.url}&practice_decision=allow").header("location")
    for nonsense in ("", "two words", where.replace("state=", "state=x"), "http://127.0.0.1/callback"):
        with pytest.raises(UserError):
            desk.connecting.paste(pending, nonsense)
    code = where.split("code=")[1].split("&")[0]
    account = desk.connecting.paste(pending, f" {where} \n" if is_whole else code).account
    assert account.handle == "jordansample"


def test_paste_while_listening_frees_the_port(sandbox, desk):
    pending = desk.begin(sandbox, "x")
    where = Http().call("GET", f"{pending.url}&practice_decision=allow").header("location")
    desk.connecting.paste(pending, where)
    again = desk.begin(sandbox, "x", lambda url: False)
    assert again.redirect_uri == pending.redirect_uri
    desk.connecting.cancel(again)


def test_what_is_missing_is_said_before_the_browser_opens(sandbox, desk):
    opened = []
    begin = desk.connecting.begin

    def browser(url):
        opened.append(url)
        return True

    for arguments, code in [
        (("myspace", "id"), "channel_unknown"),
        (("x", "  "), "client_id_missing"),
        (("x", "id", "secret"), "client_secret_not_wanted"),
        (("linkedin", "id"), "client_secret_missing"),
        (("x", "id", "", "http://example.org:80"), "base_url_not_loopback"),
    ]:
        with pytest.raises(UserError) as caught:
            begin(*arguments, ports=PORTS, open_browser=browser)
        assert caught.value.code == code
    held = [LoopbackReceiver("x", (port,), "s") for port in PORTS]
    with pytest.raises(UserError) as caught:
        desk.begin(sandbox, "x", browser)
    assert caught.value.code == "ports_in_use"
    for receiver in held:
        receiver.close()
    assert opened == []
    pending = desk.begin(sandbox, "x")
    assert pending.redirect_uri.endswith(f"{PORTS[0]}/callback"), "all ports are free again"
    desk.connecting.cancel(pending)


def test_no_vault_no_browser(tmp_path, sandbox):
    class Closed:
        def seal(self, name, secret):
            raise AccountError("no_keyring")

        open = seal

    desk = Desk(tmp_path, Closed(), SystemClock())
    with pytest.raises(AccountError) as caught:
        desk.begin(sandbox, "x", lambda url: pytest.fail("the browser was opened"))
    assert caught.value.code == "no_keyring"
    desk.db.close()


def test_clock_off_by_hours(tmp_path, vault, sandbox, monkeypatch):
    import medvoice.services.connecting as module

    desk = Desk(tmp_path, vault, ShiftedClock(timedelta(hours=5)))
    desk.connect(sandbox, "linkedin")  # a moved practice clock over a right system clock is no trouble
    monkeypatch.setattr(module, "SystemClock", lambda: desk.clock)
    with pytest.raises(AccountError) as caught:
        desk.connect(sandbox, "linkedin")
    assert caught.value.code == "clock_off"
    assert caught.value.params["hours"] == 5.0
    desk.db.close()


def test_again_is_the_same_account_and_another_member_is_refused(sandbox, desk):
    first = desk.connect(sandbox)
    again = desk.connect(sandbox)
    assert again.id == first.id
    renewed = desk.connect(sandbox, account_id=first.id)
    assert renewed.id == first.id
    before = desk.connecting.tokens(renewed)
    with pytest.raises(AccountError) as caught:
        desk.connect(sandbox, browser=browse(member="robinexample"), account_id=first.id)
    assert caught.value.code == "other_member"
    assert desk.connecting.tokens(renewed) == before
    other = desk.connect(sandbox, browser=browse(member="robinexample"))
    assert other.id != first.id
    assert len(desk.connecting.accounts.list()) == 2


# Keeping fresh ----------------------------------------------------------------------------------------


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


def _token_calls(sandbox: Sandbox) -> int:
    return [seen.route for seen in sandbox.requests].count("POST /2/oauth2/token")


def test_refresh_is_stored_before_use(sandbox, aged):
    desk, account = aged
    new = desk.connecting.tokens(account)
    assert new.access_expires_at == desk.clock.now() + timedelta(hours=2)
    assert desk.connecting.tokens(account) == new
    assert _token_calls(sandbox) == 2  # the code, one refresh
    assert sandbox.world.tokens[new.access].refresh == new.refresh


def test_many_threads_refresh_once(tmp_path, vault, sandbox, aged):
    first, account = aged
    start = threading.Barrier(6)
    got: list[Tokens] = []

    def ask():
        desk = Desk(tmp_path, vault, first.clock)
        start.wait()
        got.append(desk.connecting.tokens(account))
        desk.db.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 6
    assert len(set(got)) == 1
    assert _token_calls(sandbox) == 2


def test_spent_token_asks_for_a_new_sign_in(sandbox, aged):
    desk, account = aged
    sandbox.revoke_tokens("x")
    for _ in range(2):
        with pytest.raises(AccountError) as caught:
            desk.connecting.tokens(account)
        assert caught.value.code == "sign_in_needed"
    stored = desk.connecting.accounts.get(account.id)
    assert (stored.state, stored.state_reason) == ("sign_in", "refresh_spent")
    assert desk.connect(sandbox, account_id=account.id).state == "connected"
    desk.connecting.tokens(account)


def test_spent_because_another_process_was_first(sandbox, aged, monkeypatch):
    """Someone without our lock rotated the pair between our read and our call: theirs is used."""
    desk, account = aged
    connecting = desk.connecting
    flow = connecting.flows["x"]
    real = flow.refresh
    theirs: list[Tokens] = []

    class First:
        def __getattr__(self, name):
            return getattr(flow, name)

        def refresh(self, client, tokens, now):
            grant = real(client, tokens, now)
            connecting._store(account.id, grant.tokens)
            theirs.append(grant.tokens)
            return real(client, tokens, now)

    connecting.flows = {"x": First()}
    assert connecting.tokens(account) == theirs[0]
    assert connecting.accounts.get(account.id).state == "connected"


@pytest.mark.parametrize(
    "fault", [Fault("status_before", status=503), Fault("drop_before"), Fault("garble")], ids=lambda f: f.kind
)
def test_trouble_never_signs_out(sandbox, aged, fault):
    desk, account = aged
    before = SecretStore(desk.db).get(account.id, "tokens")
    sandbox.script("POST /2/oauth2/token", fault)
    with pytest.raises(RemoteError):
        desk.connecting.tokens(account)
    assert desk.connecting.accounts.get(account.id).state == "connected"
    after = SecretStore(desk.db).get(account.id, "tokens")
    opened = [desk.connecting.vault.open(f"{account.id}/tokens", sealed) for sealed in (before, after)]
    assert opened[0] == opened[1]


def test_a_full_disk_shows_before_the_old_token_is_spent(sandbox, aged, monkeypatch):
    desk, account = aged

    def full(self, owner, name, sealed):
        raise OSError("full")

    monkeypatch.setattr(SecretStore, "put", full)
    with pytest.raises(OSError, match="full"):
        desk.connecting.tokens(account)
    monkeypatch.undo()
    assert desk.connecting.tokens(account).access


def test_linkedin_is_good_until_it_ends(tmp_path, vault, sandbox):
    clock = FixedClock(datetime.now(UTC))
    desk = Desk(tmp_path, vault, clock)
    account = desk.connect(sandbox, "linkedin")
    clock.advance(timedelta(days=59, hours=23, minutes=58))
    assert desk.connecting.tokens(account).access
    clock.advance(timedelta(minutes=2))
    with pytest.raises(AccountError) as caught:
        desk.connecting.tokens(account)
    assert caught.value.params["reason"] == "expired"
    assert desk.connecting.accounts.get(account.id).state == "sign_in"
    desk.db.close()


def test_forget_marks_once_and_only_a_connected_account(sandbox, desk):
    account = desk.connect(sandbox)
    desk.connecting.forget(account, "401 Unauthorized")
    desk.connecting.forget(account, "later")
    assert desk.connecting.accounts.get(account.id).state_reason == "401 Unauthorized"
    desk.connecting.disconnect(account.id)
    desk.connecting.forget(account, "even later")
    assert desk.connecting.accounts.get(account.id).state == "disconnected"


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_disconnect(sandbox, desk, network):
    account = desk.connect(sandbox, network)
    tokens = desk.connecting.tokens(account)
    changes, is_revoked = desk.connecting.disconnect(account.id)
    assert changes.accounts == {account.id}
    assert is_revoked
    assert sandbox.world.tokens[tokens.access].is_revoked
    assert SecretStore(desk.db).get(account.id, "tokens") is None
    assert SecretStore(desk.db).get(account.id, "client_secret") is None
    with pytest.raises(AccountError):
        desk.connecting.tokens(account)


def test_disconnect_without_network_or_keys(tmp_path, sandbox, desk):
    account = desk.connect(sandbox)
    desk.connecting.vault = SessionVault()  # another key: nothing opens
    changes, is_revoked = desk.connecting.disconnect(account.id)
    assert not is_revoked
    assert changes.accounts == {account.id}
    assert SecretStore(desk.db).get(account.id, "tokens") is None


def test_by_hand_account(desk):
    made = desk.connecting.add_by_hand("linkedin")
    again = desk.connecting.add_by_hand("linkedin")
    assert again.account == made.account
    assert made.account.route == "by_hand"
    assert desk.connecting.tokens(made.account).access == ""
    assert desk.connecting.disconnect(made.account.id)[1] is False
    assert desk.connecting.add_by_hand("linkedin").account.id != made.account.id


REFRESH = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from medvoice.domain.clock import FixedClock
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import PassphraseVault
from medvoice.platforms.oauth.flow import flows
from medvoice.services.connecting import Connecting
from medvoice.store.connection import open_workspace
folder, now, account_id = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), sys.argv[3]
clock, locks = FixedClock(now), FileLocks(folder / "locks", 20)
vault = PassphraseVault(folder / "vault.json", b"between processes", locks)
db = open_workspace(folder / "medvoice.sqlite3", clock=clock)
connecting = Connecting(db, vault, clock, flows(), None, locks)
print(hash(connecting.tokens(connecting.accounts.get(account_id)).access) and "fine")
"""


def test_processes_refresh_once(tmp_path, sandbox):
    clock = FixedClock(datetime.now(UTC))
    vault = PassphraseVault(tmp_path / "vault.json", b"between processes", FileLocks(tmp_path / "locks"))
    desk = Desk(tmp_path, vault, clock)
    account = desk.connect(sandbox)
    clock.advance(timedelta(hours=3))
    sandbox.script("POST /2/oauth2/token", Fault("delay_before", delay_s=0.5))
    command = [sys.executable, "-c", REFRESH, str(tmp_path), clock.now().isoformat(), account.id]
    root = Path(__file__).parents[3]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) for _ in range(3)]
    assert [child.communicate(timeout=60)[0].strip() for child in children] == [b"fine"] * 3
    assert _token_calls(sandbox) == 2
    desk.db.close()


def test_account_value_may_be_stale(sandbox, desk):
    account = desk.connect(sandbox)
    stale = dataclasses.replace(account, state="sign_in")
    assert desk.connecting.tokens(stale).access
