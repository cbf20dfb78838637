"""OAuth of both networks on the wire (platforms reference 1.2, 2.2, 6.1, 9)."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import pytest

LINKEDIN_FORM = {
    "grant_type": "authorization_code",
    "code": "x",
    "client_id": "practice-linkedin",
    "client_secret": "practice-linkedin-secret",
    "redirect_uri": "http://localhost:8765/callback",
}


# LinkedIn ---------------------------------------------------------------------------------------------


def test_linkedin_token_answer(wire: Any) -> None:
    back = wire.linkedin_authorize()
    assert back.status == 302
    assert back.headers["location"].startswith("http://localhost:8765/callback?")
    assert back.callback["state"] == "state-1"
    reply = wire.linkedin_exchange(back.callback["code"])
    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-store"
    token = reply.json
    assert token["expires_in"] == 5_183_999
    assert token["scope"] == "email,openid,profile,w_member_social"
    assert token["token_type"] == "Bearer"
    assert "refresh_token" not in token
    assert 500 <= len(token["access_token"]) <= 1000


def test_linkedin_id_token_is_signed_and_only_with_openid(wire: Any) -> None:
    token = wire.linkedin_exchange(wire.linkedin_authorize().callback["code"]).json
    head, claims, signature = token["id_token"].split(".")
    decode = lambda part: base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))  # noqa: E731
    assert json.loads(decode(claims))["sub"] == "practice7Qx1"
    (key,) = wire.send("GET", "/oauth/openid/jwks").json["keys"]
    modulus, exponent = (int.from_bytes(decode(key[name]), "big") for name in "ne")
    opened = pow(int.from_bytes(decode(signature), "big"), exponent, modulus)
    digest = hashlib.sha256(f"{head}.{claims}".encode()).digest()
    assert opened.to_bytes(128, "big").endswith(digest)
    bare = wire.linkedin_exchange(wire.linkedin_authorize(scope="w_member_social").callback["code"]).json
    assert "id_token" not in bare


def test_linkedin_code_is_good_once(wire: Any) -> None:
    code = wire.linkedin_authorize().callback["code"]
    assert wire.linkedin_exchange(code).status == 200
    again = wire.linkedin_exchange(code)
    assert (again.status, again.json["error"]) == (401, "invalid_request")
    assert "authorization code not found" in again.json["error_description"]


@pytest.mark.parametrize(("age_s", "status"), [(30 * 60 - 1, 200), (30 * 60 + 1, 400)])
def test_linkedin_code_lives_thirty_minutes(wire: Any, age_s: int, status: int) -> None:
    code = wire.linkedin_authorize().callback["code"]
    wire.control("clock", advance_s=age_s)
    assert wire.linkedin_exchange(code).status == status


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_secret": None}, 400, "invalid_request"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "unknown"}, 401, "invalid_client"),
        ({"code": None}, 400, "invalid_request"),
        ({"code": "made-up"}, 401, "invalid_request"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"redirect_uri": "http://localhost:8766/callback"}, 400, "invalid_redirect_uri"),
        ({"redirect_uri": "http://localhost:8765/callback/"}, 400, "invalid_redirect_uri"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token"}, 400, "invalid_request"),
        ({"json": "{'text': 'a draft'}"}, 400, "invalid_request"),
    ],
)
def test_linkedin_exchange_refuses(wire: Any, changed: dict[str, Any], status: int, error: str) -> None:
    code = wire.linkedin_authorize().callback["code"]
    reply = wire.linkedin_exchange(**{"code": code, **changed}) if "code" in changed else None
    reply = reply or wire.linkedin_exchange(code, **changed)
    assert (reply.status, reply.json["error"]) == (status, error)
    assert reply.headers["cache-control"] == "no-store"


def test_linkedin_exchange_wants_a_form_and_no_basic_header(wire: Any) -> None:
    kind = {"Content-Type": "application/json"}
    reply = wire.send("POST", "/oauth/v2/accessToken", json.dumps(LINKEDIN_FORM), kind)
    assert (reply.status, reply.json["error"]) == (400, "invalid_request")
    reply = wire.form("/oauth/v2/accessToken", LINKEDIN_FORM, Authorization="Basic eDp5")
    assert (reply.status, reply.json["error"]) == (401, "invalid_client")
    doubled = urlencode(LINKEDIN_FORM) + "&code=y"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert wire.send("POST", "/oauth/v2/accessToken", doubled, kind).status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "unknown"},
        {"redirect_uri": "http://localhost:8765/callback/"},
        {"redirect_uri": "http://localhost:9999/callback"},
        {"redirect_uri": "http://127.0.0.1:8765/callback"},
        {"redirect_uri": None},
    ],
)
def test_linkedin_never_redirects_to_an_unknown_place(wire: Any, changed: dict[str, Any]) -> None:
    reply = wire.linkedin_authorize(**changed)
    assert reply.status == 400
    assert "location" not in reply.headers
    assert reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"decision": "deny"}, "user_cancelled_authorize"),
        ({"scope": "openid w_organization_social"}, "unauthorized_scope_error"),
        ({"scope": ""}, "unauthorized_scope_error"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_linkedin_callback_errors_carry_the_state(wire: Any, changed: dict[str, Any], error: str) -> None:
    reply = wire.linkedin_authorize(**changed)
    assert reply.status == 302
    assert reply.callback["error"] == error
    assert reply.callback["state"] == "state-1"
    assert "code" not in reply.callback


def test_linkedin_other_scopes_end_earlier_tokens(wire: Any) -> None:
    first = wire.linkedin_token()
    assert wire.linkedin("GET", "/v2/userinfo", first).status == 200
    wire.linkedin_token()
    assert wire.linkedin("GET", "/v2/userinfo", first).status == 200
    wire.linkedin_token(scope="openid w_member_social")
    assert wire.linkedin("GET", "/v2/userinfo", first).json["code"] == "REVOKED_ACCESS_TOKEN"


def test_linkedin_introspection_and_revocation(wire: Any, linkedin_token: str) -> None:
    app = {"client_id": "practice-linkedin", "client_secret": "practice-linkedin-secret"}
    seen = wire.form("/oauth/v2/introspectToken", {**app, "token": linkedin_token}).json
    assert (seen["active"], seen["status"], seen["auth_type"]) == (True, "active", "3L")
    assert seen["expires_at"] - seen["created_at"] == 5_183_999
    assert wire.form("/oauth/v2/introspectToken", {**app, "token": "foreign"}).json == {"active": False}
    assert wire.form("/oauth/v2/revoke", {**app, "token": linkedin_token}).status == 200
    seen = wire.form("/oauth/v2/introspectToken", {**app, "token": linkedin_token}).json
    assert (seen["active"], seen["status"]) == (False, "revoked")


def test_linkedin_token_expires(wire: Any, linkedin_token: str) -> None:
    wire.control("clock", advance_s=5_183_998)
    assert wire.linkedin("GET", "/v2/userinfo", linkedin_token).status == 200
    wire.control("clock", advance_s=3)
    assert wire.linkedin("GET", "/v2/userinfo", linkedin_token).json["code"] == "EXPIRED_ACCESS_TOKEN"


# X ----------------------------------------------------------------------------------------------------


def test_x_token_answer(wire: Any) -> None:
    back = wire.x_authorize()
    assert back.status == 302
    assert back.callback["state"] == "state-2"
    reply = wire.x_exchange(back.callback["code"])
    assert reply.headers["cache-control"] == "no-store"
    token = reply.json
    assert token["expires_in"] == 7200
    assert token["token_type"] == "bearer"
    assert set(token["scope"].split(" ")) == {"tweet.read", "tweet.write", "users.read", "offline.access"}
    assert token["refresh_token"]


def test_x_gives_a_refresh_token_only_with_offline_access(wire: Any) -> None:
    assert "refresh_token" not in wire.x_tokens(scope="tweet.read tweet.write users.read")


def test_x_code_is_good_once_and_thirty_seconds(wire: Any) -> None:
    code = wire.x_authorize().callback["code"]
    wire.control("clock", advance_s=29)
    assert wire.x_exchange(code).status == 200
    assert wire.x_exchange(code).status == 400
    late = wire.x_authorize().callback["code"]
    wire.control("clock", advance_s=31)
    assert (wire.x_exchange(late).status, wire.x_exchange(late).json["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "w" * 50},
        {"code_verifier": "short"},
        {"code_verifier": None},
        {"client_id": None},
        {"redirect_uri": "http://127.0.0.1:8766/callback"},
        {"redirect_uri": "http://127.0.0.1:8765/callback/"},
        {"code": "made-up"},
        {"grant_type": "password"},
        {"client_secret": "s"},
    ],
)
def test_x_exchange_refuses_and_the_code_stays_good(wire: Any, changed: dict[str, Any]) -> None:
    code = wire.x_authorize().callback["code"]
    reply = wire.x_exchange(**{"code": code, **changed})
    assert reply.status == 400
    assert wire.x_exchange(code).status == 200


def test_x_names_the_missing_client_id(wire: Any) -> None:
    reply = wire.x_exchange("any", client_id=None)
    assert reply.json == {
        "error": "invalid_request",
        "error_description": "Missing required parameter [client_id].",
    }


def test_x_public_client_must_not_send_basic(wire: Any) -> None:
    code = wire.x_authorize().callback["code"]
    fields = {"grant_type": "authorization_code", "code": code, "client_id": "practice-x"}
    reply = wire.form("/2/oauth2/token", fields, Authorization="Basic cHJhY3RpY2UteDo=")
    assert (reply.status, reply.json["error"]) == (401, "unauthorized_client")
    assert wire.x_exchange(code, client_id="unknown").json["error"] == "unauthorized_client"


def test_x_refresh_tokens_rotate_and_are_good_once(wire: Any) -> None:
    first = wire.x_tokens()
    fields = {"grant_type": "refresh_token", "client_id": "practice-x"}
    second = wire.form("/2/oauth2/token", {**fields, "refresh_token": first["refresh_token"]}).json
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    spent = wire.form("/2/oauth2/token", {**fields, "refresh_token": first["refresh_token"]})
    assert spent.status == 400
    assert spent.json == {
        "error": "invalid_request",
        "error_description": "Value passed for the token was invalid.",
    }
    third = wire.form("/2/oauth2/token", {**fields, "refresh_token": second["refresh_token"]})
    assert third.status == 200
    leak = {**fields, "refresh_token": third.json["refresh_token"], "allow_redirects": "True"}
    assert wire.form("/2/oauth2/token", leak).status == 400
    more = {**fields, "refresh_token": third.json["refresh_token"], "scope": "media.write"}
    assert wire.form("/2/oauth2/token", more).json["error"] == "invalid_scope"
    del fields["client_id"]
    bare = {**fields, "refresh_token": third.json["refresh_token"]}
    assert "client_id" in wire.form("/2/oauth2/token", bare).json["error_description"]


def test_x_access_token_lives_two_hours(wire: Any) -> None:
    token = wire.x_tokens()["access_token"]
    wire.control("clock", advance_s=7199)
    assert wire.x("GET", "/2/users/me", token).status == 200
    wire.control("clock", advance_s=2)
    reply = wire.x("GET", "/2/users/me", token)
    assert (reply.status, reply.json["type"]) == (401, "about:blank")


def test_x_revocation_ends_both_tokens(wire: Any) -> None:
    tokens = wire.x_tokens()
    fields = {"client_id": "practice-x", "token": tokens["access_token"]}
    assert wire.form("/2/oauth2/revoke", fields).json == {"revoked": True}
    assert wire.x("GET", "/2/users/me", tokens["access_token"]).status == 401
    refresh = {"grant_type": "refresh_token", "client_id": "practice-x"}
    assert wire.form("/2/oauth2/token", {**refresh, "refresh_token": tokens["refresh_token"]}).status == 400
    assert wire.form("/2/oauth2/revoke", {**fields, "token": "unknown"}).status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "http://localhost:8765/callback"},
        {"redirect_uri": "http://127.0.0.1:8765/callback/"},
        {"redirect_uri": "http://127.0.0.1:8765/Callback"},
        {"redirect_uri": "http://127.0.0.1:1234/callback"},
        {"client_id": "practice-linkedin"},
        {"state": None},
        {"state": "s" * 501},
    ],
)
def test_x_never_redirects_to_an_unknown_place(wire: Any, changed: dict[str, Any]) -> None:
    reply = wire.x_authorize(**changed)
    assert (reply.status, "location" in reply.headers) == (400, False)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"decision": "deny"}, "access_denied"),
        ({"scope": "tweet.read like.write"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "x" * 42}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_x_callback_errors_carry_the_state(wire: Any, changed: dict[str, Any], error: str) -> None:
    reply = wire.x_authorize(**changed)
    assert (reply.status, reply.callback["error"], reply.callback["state"]) == (302, error, "state-2")


def test_longest_state_passes(wire: Any) -> None:
    assert wire.x_authorize(state="s" * 500).callback["state"] == "s" * 500


# Both -------------------------------------------------------------------------------------------------


def test_further_callback_addresses_are_registered(wire: Any) -> None:
    uri = "http://127.0.0.1:40123/callback"
    assert wire.x_authorize(redirect_uri=uri).status == 400
    assert wire.control("register-redirect", network="x", uri=uri).status == 200
    assert wire.x_authorize(redirect_uri=uri).headers["location"].startswith(uri)
    for network, refused in [
        ("x", "http://localhost:40123/callback"),
        ("x", "https://evil.example/callback"),
        ("linkedin", "http://localhost:40123/callback#part"),
        ("threads", "http://localhost:40123/callback"),
    ]:
        assert wire.control("register-redirect", network=network, uri=refused).status == 400


def test_another_member_can_sign_in(wire: Any) -> None:
    token = wire.linkedin_token(practice_member="robin-example")
    assert wire.linkedin("GET", "/v2/userinfo", token).json["sub"] == "practice9Zk4"
    token = wire.x_tokens(practice_member="robinexample")["access_token"]
    assert wire.x("GET", "/2/users/me", token).json["data"]["username"] == "robinexample"
    assert wire.x_authorize(practice_member="nobody").status == 400


def test_a_person_decides_on_the_page(wire: Any) -> None:
    query = urlencode(
        {
            "response_type": "code",
            "client_id": "practice-linkedin",
            "redirect_uri": "http://localhost:8765/callback",
            "scope": "openid w_member_social",
            "state": "<s>",
        }
    )
    page = wire.send("GET", f"/oauth/v2/authorization?{query}")
    assert page.status == 200
    text = page.body.decode()
    assert "Practice LinkedIn asks: allow MedVoice?" in text
    assert ">Allow</button>" in text
    assert ">Deny</button>" in text
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://localhost:8765" in policy
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": wire.sandbox.base_url}
    path = f"/oauth/v2/authorization?{query}"
    allowed = wire.send("POST", path, "practice_decision=allow&practice_member=robin-example", kind)
    assert allowed.callback["state"] == "<s>"
    token = wire.linkedin_exchange(allowed.callback["code"]).json["access_token"]
    assert wire.linkedin("GET", "/v2/userinfo", token).json["sub"] == "practice9Zk4"
    denied = wire.send("POST", path, "practice_decision=deny", kind)
    assert denied.callback["error"] == "user_cancelled_authorize"
    foreign = wire.send("POST", path, "practice_decision=allow", {**kind, "Origin": "https://evil.example"})
    assert foreign.status == 403
    assert wire.send("POST", path, "practice_decision=perhaps", kind).status == 400


def test_a_doubled_parameter_is_refused(wire: Any) -> None:
    path = "/i/oauth2/authorize?client_id=practice-x&client_id=practice-x"
    assert wire.send("GET", path).status == 400
