"""Connecting and disconnecting end to end on loopback."""

from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.clock import ShiftedClock, SystemClock
from medvoice.domain.errors import AccountError, MedVoiceError, UserError
from medvoice.infra.secrets import SessionVault
from medvoice.platforms.http import Http
from medvoice.platforms.oauth.receiver import LoopbackReceiver
from medvoice.store.secret import SecretStore


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


def test_declined_wrong_state_and_timed_out(sandbox, desk, browse):
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
def test_paste_instead(sandbox, desk, is_whole, ports):
    pending = desk.begin(sandbox, "x", listens=False)
    assert not pending.can_wait
    assert pending.redirect_uri == f"http://127.0.0.1:{ports[0]}/callback"
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


def test_what_is_missing_is_said_before_the_browser_opens(sandbox, desk, ports):
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
            begin(*arguments, ports=ports, open_browser=browser)
        assert caught.value.code == code
    held = [LoopbackReceiver("x", (port,), "s") for port in ports]
    with pytest.raises(UserError) as caught:
        desk.begin(sandbox, "x", browser)
    assert caught.value.code == "ports_in_use"
    for receiver in held:
        receiver.close()
    assert opened == []
    pending = desk.begin(sandbox, "x")
    assert pending.redirect_uri.endswith(f"{ports[0]}/callback"), "all ports are free again"
    desk.connecting.cancel(pending)


def test_no_vault_no_browser(tmp_path, sandbox, desk_at):
    class Closed:
        def seal(self, name, secret):
            raise AccountError("no_keyring")

        open = seal

    desk = desk_at(tmp_path, Closed(), SystemClock())
    with pytest.raises(AccountError) as caught:
        desk.begin(sandbox, "x", lambda url: pytest.fail("the browser was opened"))
    assert caught.value.code == "no_keyring"
    desk.db.close()


def test_clock_off_by_hours(tmp_path, vault, sandbox, monkeypatch, desk_at):
    import medvoice.services.connecting as module

    desk = desk_at(tmp_path, vault, ShiftedClock(timedelta(hours=5)))
    desk.connect(sandbox, "linkedin")  # a moved practice clock over a right system clock is no trouble
    monkeypatch.setattr(module, "SystemClock", lambda: desk.clock)
    with pytest.raises(AccountError) as caught:
        desk.connect(sandbox, "linkedin")
    assert caught.value.code == "clock_off"
    assert caught.value.params["hours"] == 5.0
    desk.db.close()


def test_again_is_the_same_account_and_another_member_is_refused(sandbox, desk, browse):
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
