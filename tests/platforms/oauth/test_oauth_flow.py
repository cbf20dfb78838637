"""The flows against the strict practice network: what goes out, what comes back, what goes wrong."""

import base64
import hashlib
import os
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from medvoice.domain.account import Tokens
from medvoice.domain.errors import AccountError, RemoteError, UserError
from medvoice.platforms.http import Http, Timeouts
from medvoice.platforms.oauth.flow import LinkedInFlow, XFlow, flows
from medvoice.platforms.sandbox import Fault, Sandbox
from medvoice.services.signing import Client, Started

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
STATE = "s" * 43
QUICK = Http(Timeouts(connect_s=2, read_s=0.5, answer_s=2))


def _client(network: str, sandbox: Sandbox) -> Client:
    secret = "practice-linkedin-secret" if network == "linkedin" else ""
    return Client(f"practice-{network}", secret, sandbox.base_url)


def _consent(started: Started, decision: str = "allow") -> dict[str, list[str]]:
    """Press the button on the network's page and return the callback's query."""
    answer = Http().call("GET", f"{started.url}&practice_decision={decision}")
    assert answer.status == 302, answer.body
    where = urlsplit(answer.header("location"))
    assert f"{where.scheme}://{where.netloc}{where.path}" == started.redirect_uri
    return parse_qs(where.query)


def _begin(network: str, sandbox: Sandbox, http: Http = QUICK):
    flow, client = flows(http)[network], _client(network, sandbox)
    return flow, client, flow.start(client, flow.redirect_uri(8765), STATE)


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_whole_sign_in(sandbox, network):
    flow, client, started = _begin(network, sandbox)
    back = _consent(started)
    assert back["state"] == [STATE]
    grant = flow.exchange(started, client, back["code"][0], NOW)
    assert set(grant.tokens.scopes) == set(flow.scopes)
    life = timedelta(seconds=5183999) if network == "linkedin" else timedelta(hours=2)
    assert grant.tokens.access_expires_at == NOW + life
    assert bool(grant.tokens.refresh) is (network == "x")
    assert abs(grant.server_at - datetime.now(UTC)) < timedelta(seconds=30)
    member = flow.who(client, grant.tokens)
    known = sandbox.world.members(network)[0]
    assert (member.member_id, member.name) == (known.member_id, "Jordan Sample")
    assert member.handle == ("jordansample" if network == "x" else "")
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_linkedin_address_has_spaces_as_percent_20():
    flow = LinkedInFlow()
    started = flow.start(Client("my+app", "secret"), flow.redirect_uri(8766), STATE)
    assert started.url.startswith("https://www.linkedin.com/oauth/v2/authorization?")
    assert "scope=openid%20profile%20w_member_social" in started.url
    assert "client_id=my%2Bapp" in started.url
    assert "redirect_uri=http%3A%2F%2Flocalhost%3A8766%2Fcallback" in started.url
    assert "code_challenge" not in started.url
    assert "secret" not in started.url


def test_x_address_has_a_matching_s256_challenge():
    flow = XFlow()
    started = flow.start(Client("app"), flow.redirect_uri(8765), STATE)
    query = parse_qs(urlsplit(started.url).query)
    assert started.url.startswith("https://x.com/i/oauth2/authorize?")
    assert query["code_challenge_method"] == ["S256"]
    digest = hashlib.sha256(started.verifier.encode()).digest()
    assert query["code_challenge"] == [base64.urlsafe_b64encode(digest).decode().rstrip("=")]
    assert query["redirect_uri"] == ["http://127.0.0.1:8765/callback"]
    assert query["scope"] == ["tweet.read tweet.write users.read media.write offline.access"]
    assert started.verifier not in started.url
    assert flow.start(Client("app"), flow.redirect_uri(8765), STATE).verifier != started.verifier


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_a_code_is_good_once(sandbox, network):
    flow, client, started = _begin(network, sandbox)
    code = _consent(started)["code"][0]
    flow.exchange(started, client, code, NOW)
    with pytest.raises(AccountError) as caught:
        flow.exchange(started, client, code, NOW)
    assert caught.value.code == "code_not_accepted"


def test_a_late_code_is_not_accepted(sandbox):
    flow, client, started = _begin("x", sandbox)
    code = _consent(started)["code"][0]
    sandbox.advance(31)
    with pytest.raises(AccountError) as caught:
        flow.exchange(started, client, code, NOW)
    assert caught.value.code == "code_not_accepted"


def test_another_verifier_is_not_accepted(sandbox):
    flow, client, started = _begin("x", sandbox)
    other = flow.start(client, started.redirect_uri, STATE)
    code = _consent(started)["code"][0]
    with pytest.raises(AccountError) as caught:
        flow.exchange(other, client, code, NOW)
    assert caught.value.code == "code_not_accepted"


def test_wrong_secret_and_unknown_app(sandbox):
    flow, client, started = _begin("linkedin", sandbox)
    code = _consent(started)["code"][0]
    wrong = Client(client.id, "another-secret-12345", client.base_url)
    with pytest.raises(AccountError) as caught:
        flow.exchange(started, wrong, code, NOW)
    assert caught.value.code == "client_not_accepted"
    assert "another-secret-12345" not in str(caught.value)
    x_flow, x_client, x_started = _begin("x", sandbox)
    code = _consent(x_started)["code"][0]
    with pytest.raises(AccountError) as caught:
        x_flow.exchange(x_started, Client("unknown", "", x_client.base_url), code, NOW)
    assert caught.value.code == "client_not_accepted"


def test_another_callback_is_not_accepted(sandbox):
    flow, client, started = _begin("linkedin", sandbox)
    code = _consent(started)["code"][0]
    moved = Started("linkedin", started.url, flow.redirect_uri(8766), STATE, "")
    with pytest.raises(AccountError) as caught:
        flow.exchange(moved, client, code, NOW)
    assert caught.value.code == "redirect_not_accepted"


def test_refresh_rotates_and_the_old_one_is_spent(sandbox):
    flow, client, started = _begin("x", sandbox)
    first = flow.exchange(started, client, _consent(started)["code"][0], NOW).tokens
    second = flow.refresh(client, first, NOW).tokens
    assert second.refresh not in ("", first.refresh)
    assert second.access != first.access
    assert second.scopes == first.scopes
    assert flow.who(client, second).handle == "jordansample"
    with pytest.raises(AccountError) as caught:
        flow.refresh(client, first, NOW)
    assert caught.value.code == "refresh_spent"


def test_unknown_app_at_refresh_is_not_a_spent_token(sandbox):
    flow, client, started = _begin("x", sandbox)
    tokens = flow.exchange(started, client, _consent(started)["code"][0], NOW).tokens
    with pytest.raises(AccountError) as caught:
        flow.refresh(Client("unknown", "", client.base_url), tokens, NOW)
    assert caught.value.code == "client_not_accepted"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status_before", status=503),
        Fault("drop_before"),
        Fault("drop_after"),
        Fault("garble"),
        Fault("rate_limit"),
        Fault("redirect", status=307),
        Fault("delay_after", delay_s=1.5),
        Fault("truncate"),
    ],
    ids=lambda fault: fault.kind,
)
def test_trouble_at_refresh_never_ends_a_sign_in(sandbox, fault):
    flow, client, started = _begin("x", sandbox)
    tokens = flow.exchange(started, client, _consent(started)["code"][0], NOW).tokens
    sandbox.script("POST /2/oauth2/token", fault)
    with pytest.raises(RemoteError) as caught:
        flow.refresh(client, tokens, NOW)
    assert caught.value.code == "sign_in_no_answer"
    assert not any("trap" in seen.path for seen in sandbox.requests)


@pytest.mark.parametrize("network", ["linkedin", "x"])
def test_revoke(sandbox, network):
    flow, client, started = _begin(network, sandbox)
    tokens = flow.exchange(started, client, _consent(started)["code"][0], NOW).tokens
    assert flow.revoke(client, tokens) is True
    with pytest.raises(AccountError) as caught:
        flow.who(client, tokens)
    assert caught.value.code == "identity_refused"
    sandbox.stop()
    assert flow.revoke(client, tokens) is False


def test_identity_trouble(sandbox):
    flow, client, started = _begin("linkedin", sandbox)
    tokens = flow.exchange(started, client, _consent(started)["code"][0], NOW).tokens
    sandbox.script("GET /v2/userinfo", Fault("status_before", status=502))
    with pytest.raises(RemoteError):
        flow.who(client, tokens)
    sandbox.script("GET /v2/userinfo", Fault("garble"))
    with pytest.raises(RemoteError):
        flow.who(client, tokens)


def test_practice_is_loopback_only():
    flow = XFlow()
    foreign = (
        "http://example.org:80",
        "https://127.0.0.1:80",
        "http://127.0.0.1",
        "http://10.0.0.1:8000",
        "http://localhost.example.org:80",
        "http://u@127.0.0.1:80",
        "http://127.0.0.1:80/path",
    )
    for base_url in foreign:
        with pytest.raises(UserError) as caught:
            flow.start(Client("app", "", base_url), flow.redirect_uri(8765), STATE)
        assert caught.value.code == "base_url_not_loopback"
        with pytest.raises(UserError):
            flow.who(Client("app", "", base_url), Tokens("secret", "", None))
    assert flow.start(Client("a", "", "http://[::1]:80"), "r", STATE).url.startswith("http://[::1]:80/i/")
