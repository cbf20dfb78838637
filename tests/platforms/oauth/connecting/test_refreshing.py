"""Tokens are kept fresh: once, stored before use, and never lost to trouble on the way."""

import dataclasses
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medvoice.domain.account import Tokens
from medvoice.domain.clock import FixedClock
from medvoice.domain.errors import AccountError, RemoteError
from medvoice.infra.locks import FileLocks
from medvoice.infra.secrets import PassphraseVault
from medvoice.platforms.sandbox import Fault, Sandbox
from medvoice.store.secret import SecretStore


def _token_calls(sandbox: Sandbox) -> int:
    return [seen.route for seen in sandbox.requests].count("POST /2/oauth2/token")


def test_refresh_is_stored_before_use(sandbox, aged):
    desk, account = aged
    new = desk.connecting.tokens(account)
    assert new.access_expires_at == desk.clock.now() + timedelta(hours=2)
    assert desk.connecting.tokens(account) == new
    assert _token_calls(sandbox) == 2  # the code, one refresh
    assert sandbox.world.tokens[new.access].refresh == new.refresh


def test_many_threads_refresh_once(tmp_path, vault, sandbox, aged, desk_at):
    first, account = aged
    start = threading.Barrier(6)
    got: list[Tokens] = []

    def ask():
        desk = desk_at(tmp_path, vault, first.clock)
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


def test_linkedin_is_good_until_it_ends(tmp_path, vault, sandbox, desk_at):
    clock = FixedClock(datetime.now(UTC))
    desk = desk_at(tmp_path, vault, clock)
    account = desk.connect(sandbox, "linkedin")
    clock.advance(timedelta(days=59, hours=23, minutes=58))
    assert desk.connecting.tokens(account).access
    clock.advance(timedelta(minutes=2))
    with pytest.raises(AccountError) as caught:
        desk.connecting.tokens(account)
    assert caught.value.params["reason"] == "expired"
    assert desk.connecting.accounts.get(account.id).state == "sign_in"
    desk.db.close()


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


def test_processes_refresh_once(tmp_path, sandbox, desk_at):
    clock = FixedClock(datetime.now(UTC))
    vault = PassphraseVault(tmp_path / "vault.json", b"between processes", FileLocks(tmp_path / "locks"))
    desk = desk_at(tmp_path, vault, clock)
    account = desk.connect(sandbox)
    clock.advance(timedelta(hours=3))
    sandbox.script("POST /2/oauth2/token", Fault("delay_before", delay_s=0.5))
    command = [sys.executable, "-c", REFRESH, str(tmp_path), clock.now().isoformat(), account.id]
    root = Path(__file__).parents[4]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) for _ in range(3)]
    assert [child.communicate(timeout=60)[0].strip() for child in children] == [b"fine"] * 3
    assert _token_calls(sandbox) == 2
    desk.db.close()


def test_account_value_may_be_stale(sandbox, desk):
    account = desk.connect(sandbox)
    stale = dataclasses.replace(account, state="sign_in")
    assert desk.connecting.tokens(stale).access
