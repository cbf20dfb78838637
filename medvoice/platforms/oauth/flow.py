"""One flow object per network: LinkedIn as a confidential client, X as a public client with PKCE S256."""

from dataclasses import dataclass, field
from datetime import datetime

from oauthlib.oauth2 import WebApplicationClient
from requests_oauthlib import OAuth2Session

from medvoice.domain.account import Tokens
from medvoice.domain.errors import AccountError, RemoteError
from medvoice.platforms.http import Http, NoAnswer, at_origin
from medvoice.platforms.oauth.tokens import TokenCalls
from medvoice.platforms.wire import json_of, plain
from medvoice.services.signing import Client, Grant, Member, OAuthFlow, Started

CALLBACK_PATH = "/callback"
VERIFIER_LENGTH = 64  # RFC 7636 allows 43 to 128


@dataclass(slots=True)
class LinkedInFlow:
    """signing.OAuthFlow for a self-serve LinkedIn app (platforms reference 1.2, 1.3): own id and secret,
    no refresh token, 60 days."""

    http: Http = field(default_factory=Http)
    network: str = "linkedin"
    scopes: tuple[str, ...] = ("openid", "profile", "w_member_social")
    needs_secret: bool = True
    can_refresh: bool = False

    def redirect_uri(self, port: int) -> str:
        """LinkedIn takes http for the name localhost."""
        return f"http://localhost:{port}{CALLBACK_PATH}"

    def start(self, client: Client, redirect_uri: str, state: str) -> Started:
        url = _authorize_url(
            "https://www.linkedin.com/oauth/v2/authorization", client, redirect_uri, self.scopes, state
        )
        return Started(self.network, url, redirect_uri, state, "")

    def exchange(self, started: Started, client: Client, code: str, now: datetime) -> Grant:
        return self._calls.exchange(client, code, started.redirect_uri, "", self.scopes, now)

    def refresh(self, client: Client, tokens: Tokens, now: datetime) -> Grant:
        """Works only for the few apps that LinkedIn gave refresh tokens to."""
        return self._calls.refresh(client, tokens, now)

    def who(self, client: Client, tokens: Tokens) -> Member:
        """GET /v2/userinfo, without a LinkedIn-Version header."""
        body = _get(self.http, "https://api.linkedin.com/v2/userinfo", client, tokens, self.network)
        return _member(self.network, body.get("sub"), body.get("name"), "")

    def revoke(self, client: Client, tokens: Tokens) -> bool:
        """The address is used by several apps but stands on no official page: a no is no surprise."""
        return self._calls.revoke(client, tokens.access)

    @property
    def _calls(self) -> TokenCalls:
        return TokenCalls(
            self.network,
            "https://www.linkedin.com/oauth/v2/accessToken",
            "https://www.linkedin.com/oauth/v2/revoke",
            self.http,
        )


@dataclass(slots=True)
class XFlow:
    """signing.OAuthFlow for an X "Native App" (platforms reference 2.2): no secret, PKCE S256, two-hour
    tokens, refresh tokens that rotate."""

    http: Http = field(default_factory=Http)
    network: str = "x"
    scopes: tuple[str, ...] = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
    needs_secret: bool = False
    can_refresh: bool = True

    def redirect_uri(self, port: int) -> str:
        """X refuses the name localhost and compares the whole address."""
        return f"http://127.0.0.1:{port}{CALLBACK_PATH}"

    def start(self, client: Client, redirect_uri: str, state: str) -> Started:
        maker = WebApplicationClient(client.id)
        verifier = maker.create_code_verifier(VERIFIER_LENGTH)
        challenge = maker.create_code_challenge(verifier, "S256")
        url = _authorize_url(
            "https://x.com/i/oauth2/authorize",
            client,
            redirect_uri,
            self.scopes,
            state,
            code_challenge=challenge,
            code_challenge_method="S256",
        )
        return Started(self.network, url, redirect_uri, state, verifier)

    def exchange(self, started: Started, client: Client, code: str, now: datetime) -> Grant:
        return self._calls.exchange(client, code, started.redirect_uri, started.verifier, self.scopes, now)

    def refresh(self, client: Client, tokens: Tokens, now: datetime) -> Grant:
        return self._calls.refresh(client, tokens, now)

    def who(self, client: Client, tokens: Tokens) -> Member:
        """GET /2/users/me."""
        body = _get(self.http, "https://api.x.com/2/users/me", client, tokens, self.network)
        data = body.get("data")
        data = data if isinstance(data, dict) else {}
        return _member(self.network, data.get("id"), data.get("name"), str(data.get("username") or ""))

    def revoke(self, client: Client, tokens: Tokens) -> bool:
        """The refresh token first: it is the one that lives long."""
        calls = self._calls
        is_done = calls.revoke(client, tokens.refresh) if tokens.refresh else True
        return calls.revoke(client, tokens.access) or (bool(tokens.refresh) and is_done)

    @property
    def _calls(self) -> TokenCalls:
        return TokenCalls(
            self.network, "https://api.x.com/2/oauth2/token", "https://api.x.com/2/oauth2/revoke", self.http
        )


def flows(http: Http | None = None) -> dict[str, OAuthFlow]:
    """Every network's flow by name."""
    door = http or Http()
    return {"linkedin": LinkedInFlow(door), "x": XFlow(door)}


def _authorize_url(
    endpoint: str, client: Client, redirect_uri: str, scopes: tuple[str, ...], state: str, **extra: str
) -> str:
    """The address for the browser. It is built against the real https address, as oauthlib demands, and
    then moved to the practice network if the client is there."""
    session = OAuth2Session(client.id, redirect_uri=redirect_uri, scope=list(scopes))
    url, _ = session.authorization_url(endpoint, state=state, **extra)
    head, _, query = url.partition("?")
    # A plus between scopes is right for forms, but both networks document %20. A literal plus is %2B.
    return at_origin(f"{head}?{query.replace('+', '%20')}", client.base_url)


def _get(http: Http, url: str, client: Client, tokens: Tokens, network: str) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {tokens.access}", "Accept": "application/json"}
    try:
        answer = http.call("GET", at_origin(url, client.base_url), headers)
    except NoAnswer as problem:
        raise RemoteError("sign_in_no_answer", network=network, detail=problem.code) from None
    if answer.status in (401, 402, 403):
        body = json_of(answer)
        words = plain(body.get("message") or body.get("detail") or "", tokens.access)
        raise AccountError("identity_refused", network=network, status=answer.status, words=words)
    if answer.status != 200 or not answer.is_whole:
        raise RemoteError("sign_in_no_answer", network=network, detail=f"http_{answer.status}")
    return json_of(answer)


def _member(network: str, member_id: object, name: object, handle: str) -> Member:
    if not isinstance(member_id, str) or not member_id.strip():
        raise RemoteError("sign_in_no_answer", network=network, detail="no_member")
    return Member(member_id, plain(name or ""), plain(handle))
