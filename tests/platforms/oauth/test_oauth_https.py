"""Token calls over TLS, as on the real networks: the exact form, no header, no redirect, no echo in logs."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from medvoice.domain.account import Tokens
from medvoice.domain.errors import AccountError, RemoteError
from medvoice.platforms.http import Http, NoAnswer, Timeouts
from medvoice.platforms.oauth.tokens import TokenCalls
from medvoice.services.signing import Client

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TOKEN = {"access_token": "access-secret-1", "token_type": "bearer", "expires_in": 7200}


@pytest.fixture
def calls(tls_server, monkeypatch) -> TokenCalls:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", tls_server.authority)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    http = Http(Timeouts(2, 2, 2))
    return TokenCalls("x", f"{tls_server.url}/token", f"{tls_server.url}/revoke", http)


def test_linkedin_form_and_comma_scopes(tls_server, calls, caplog):
    caplog.set_level(logging.DEBUG)
    tls_server.give(200, TOKEN | {"scope": "openid,profile,w_member_social", "id_token": "eyJ.a.b"})
    client = Client("my-id", "my secret/+&=")
    scopes = ("openid", "profile", "w_member_social")
    grant = calls.exchange(client, "the-code", "http://localhost:8765/callback", "", scopes, NOW)
    ((path, headers, form),) = tls_server.seen
    assert path == "/token"
    assert form == {
        "grant_type": ["authorization_code"],
        "code": ["the-code"],
        "client_id": ["my-id"],
        "client_secret": ["my secret/+&="],
        "redirect_uri": ["http://localhost:8765/callback"],
    }
    assert "Authorization" not in headers
    assert headers["User-Agent"].startswith("MedVoice/")
    assert grant.tokens == Tokens("access-secret-1", "", NOW + timedelta(hours=2), scopes)
    for secret in ("access-secret-1", "the-code", "my secret", "my-id"):
        assert secret not in caplog.text


def test_x_form_has_verifier_and_no_secret(tls_server, calls):
    tls_server.give(200, TOKEN | {"scope": "tweet.write tweet.read", "refresh_token": "r1"}, Date="x")
    grant = calls.exchange(
        Client("app"), "c", "http://127.0.0.1:8765/callback", "v" * 64, ("tweet.read", "tweet.write"), NOW
    )
    ((_, headers, form),) = tls_server.seen
    assert form == {
        "grant_type": ["authorization_code"],
        "code": ["c"],
        "client_id": ["app"],
        "code_verifier": ["v" * 64],
        "redirect_uri": ["http://127.0.0.1:8765/callback"],
    }
    assert "Authorization" not in headers
    assert grant.tokens.refresh == "r1"


def test_fewer_scopes_are_told_not_raised(tls_server, calls):
    tls_server.give(200, TOKEN | {"scope": "openid"})
    grant = calls.exchange(
        Client("app", "s"), "c", "http://localhost:1/callback", "", ("openid", "profile"), NOW
    )
    assert grant.tokens.scopes == ("openid",)


def test_refresh_form_and_kept_token(tls_server, calls):
    tls_server.give(200, TOKEN)
    grant = calls.refresh(Client("app"), Tokens("old", "r1", NOW, ("tweet.read",)), NOW)
    ((_, headers, form),) = tls_server.seen
    assert form == {"grant_type": ["refresh_token"], "client_id": ["app"], "refresh_token": ["r1"]}
    assert "Authorization" not in headers
    assert grant.tokens == Tokens("access-secret-1", "r1", NOW + timedelta(hours=2), ("tweet.read",))


def test_spent_refresh_token_in_x_words(tls_server, calls):
    words = "Value passed for the token was invalid."
    tls_server.give(400, {"error": "invalid_request", "error_description": words})
    with pytest.raises(AccountError) as caught:
        calls.refresh(Client("app"), Tokens("old", "r1", NOW), NOW)
    assert caught.value.code == "refresh_spent"
    assert caught.value.params["words"] == words


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, TOKEN),
        (200, {"access_token": ""}),
        (200, {"access_token": None}),
        (200, {"something": "else"}),
        (200, b"<html>sign in to the hotel</html>"),
        (200, b"access_token=form&token_type=bearer"),
    ],
)
def test_no_token_is_no_answer(tls_server, calls, status, body):
    tls_server.give(status, body)
    with pytest.raises(RemoteError) as caught:
        calls.refresh(Client("app"), Tokens("old", "r1", NOW), NOW)
    assert caught.value.code == "sign_in_no_answer"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(tls_server, calls, status):
    tls_server.give(status, b"", Location=f"{tls_server.url}/trap")
    with pytest.raises(RemoteError):
        calls.exchange(Client("app"), "c", "http://127.0.0.1:1/callback", "v" * 64, (), NOW)
    assert [path for path, _, _ in tls_server.seen] == ["/token"]
    tls_server.give(status, b"", Location=f"{tls_server.url}/trap")
    assert Http().call("GET", f"{tls_server.url}/somewhere").status == status
    assert [path for path, _, _ in tls_server.seen] == ["/token", "/somewhere"]


def test_netrc_and_unknown_authority_are_not_used(tls_server, calls, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    tls_server.give(200, b"{}")
    Http().call("GET", f"{tls_server.url}/x")
    assert "Authorization" not in tls_server.seen[0][1]
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(NoAnswer) as caught:
        Http().call("GET", f"{tls_server.url}/x")
    assert (caught.value.code, caught.value.may_have_acted) == ("tls", False)
    with pytest.raises(RemoteError) as refused:
        calls.refresh(Client("app"), Tokens("old", "r1", NOW), NOW)
    assert refused.value.params["detail"] == "tls"
