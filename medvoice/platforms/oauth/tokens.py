"""Token calls with requests-oauthlib, and around its traps (platforms reference 6.3).

On the real networks OAuth2Session makes the call. On the practice network, which is http on loopback and
which oauthlib refuses, oauthlib's own body builder and parser work over our HTTP door; the process-wide
switch that would allow http is never set. Refreshing is always explicit, never `auto_refresh_url`.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import requests
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from requests_oauthlib import OAuth2Session
from urllib3.exceptions import HTTPError

from medvoice.domain.account import Tokens
from medvoice.domain.errors import AccountError, RemoteError
from medvoice.platforms.http import Http, NoAnswer, Trace, at_origin, no_answer, set_up
from medvoice.platforms.wire import plain
from medvoice.services.signing import Client, Grant

# Both log headers, bodies and tokens at DEBUG; urllib3 logs addresses.
for _name in ("requests_oauthlib", "oauthlib", "urllib3"):
    logging.getLogger(_name).setLevel(logging.WARNING)

FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
Scopes = tuple[str, ...]
_CLIENT_ERRORS = frozenset({"invalid_client", "unauthorized_client"})


class _NotOAuth(Exception):  # noqa: N818 - carries an answer out of a hook
    """The answer is not one of OAuth's: a server in trouble or something in between."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(slots=True)
class TokenCalls:
    """The token endpoint of one network. No state between calls; may be used from any thread.

    `url` and `revoke_url` are the real addresses; a client's base_url moves them to loopback.
    """

    network: str
    url: str
    revoke_url: str
    http: Http = field(default_factory=Http)

    def exchange(
        self,
        client: Client,
        code: str,
        redirect_uri: str,
        verifier: str,
        scopes: Scopes,
        now: datetime,
    ) -> Grant:
        """Trade a code. Client id, and the secret if there is one, go into the body. Errors: OAuthFlow."""
        extra: dict[str, Any] = {"code_verifier": verifier} if verifier else {}
        if client.secret:
            extra["client_secret"] = client.secret

        def on_https(session: OAuth2Session, url: str) -> Mapping[str, Any]:
            return session.fetch_token(
                url, code=code, include_client_id=True, timeout=self._timeout, headers=FORM, **extra
            )

        def body(builder: WebApplicationClient) -> str:
            return builder.prepare_request_body(
                code=code, redirect_uri=redirect_uri, include_client_id=True, **extra
            )

        return self._call(client, redirect_uri, scopes, now, on_https, body, "code_not_accepted")

    def refresh(self, client: Client, tokens: Tokens, now: datetime) -> Grant:
        """Trade a refresh token; without a new one in the answer the old one is kept. Errors: OAuthFlow."""
        extra: dict[str, Any] = {"client_id": client.id} | (
            {"client_secret": client.secret} if client.secret else {}
        )

        def on_https(session: OAuth2Session, url: str) -> Mapping[str, Any]:
            return session.refresh_token(
                url, refresh_token=tokens.refresh, timeout=self._timeout, headers=FORM, **extra
            )

        def body(builder: WebApplicationClient) -> str:
            return builder.prepare_refresh_body(refresh_token=tokens.refresh, scope=None, **extra)

        # The scope is not sent and so stays what it was (RFC 6749 section 6).
        grant = self._call(client, None, (), now, on_https, body, "refresh_spent")
        kept = Tokens(
            grant.tokens.access,
            grant.tokens.refresh or tokens.refresh,
            grant.tokens.access_expires_at,
            grant.tokens.scopes or tokens.scopes,
        )
        return Grant(kept, grant.server_at)

    def revoke(self, client: Client, token: str) -> bool:
        """Ask for the end of one token; True when the network said yes."""
        form = {"token": token, "client_id": client.id}
        if client.secret:
            form["client_secret"] = client.secret
        body = urlencode(form)
        try:
            answer = self.http.call("POST", at_origin(self.revoke_url, client.base_url), FORM, body.encode())
        except NoAnswer:
            return False
        return answer.status == 200

    @property
    def _timeout(self) -> tuple[float, float]:
        return self.http.timeouts.connect_s, self.http.timeouts.read_s

    def _call(
        self,
        client: Client,
        redirect_uri: str | None,
        scopes: Scopes,
        now: datetime,
        on_https: Any,
        body: Any,
        spent_code: str,
    ) -> Grant:
        seen: list[datetime] = []
        try:
            if client.base_url:
                token = self._on_loopback(client, scopes, body, seen)
            else:
                token = self._on_network(client, redirect_uri, scopes, on_https, seen)
        except Warning as widened:
            # oauthlib raises when the granted scopes are not those asked for; who needs which, decides
            # the caller. The token rides on the warning.
            token = getattr(widened, "token", {})
        except OAuth2Error as problem:
            raise self._refusal(problem, client, spent_code) from None
        except _NotOAuth as problem:
            raise RemoteError("sign_in_no_answer", network=self.network, detail=problem.detail) from None
        except NoAnswer as problem:
            raise RemoteError("sign_in_no_answer", network=self.network, detail=problem.code) from None
        return Grant(_tokens_of(token, scopes, now, self.network), seen[0] if seen else None)

    def _on_loopback(
        self, client: Client, scopes: Scopes, body: Any, seen: list[datetime]
    ) -> Mapping[str, Any]:
        builder = WebApplicationClient(client.id)
        form = body(builder)
        answer = self.http.call("POST", at_origin(self.url, client.base_url), FORM, form.encode("utf-8"))
        if answer.at is not None:
            seen.append(answer.at)
        text = _checked(answer.status, answer.body.decode("utf-8", "replace"))
        return builder.parse_request_body_response(text, scope=list(scopes) or None)

    def _on_network(
        self,
        client: Client,
        redirect_uri: str | None,
        scopes: Scopes,
        on_https: Any,
        seen: list[datetime],
    ) -> Mapping[str, Any]:
        trace = Trace()
        with _Session(client.id, redirect_uri=redirect_uri, scope=list(scopes) or None) as session:
            set_up(session, self.url, trace)

            def hook(response: requests.Response) -> requests.Response:
                at = _date_of(response)
                if at is not None:
                    seen.append(at)
                text = _checked(response.status_code, response.text)
                response._content = text.encode("utf-8")
                response.encoding = "utf-8"
                return response

            session.register_compliance_hook("access_token_response", hook)
            session.register_compliance_hook("refresh_token_response", hook)
            try:
                return on_https(session, self.url)
            except (requests.RequestException, HTTPError, OSError) as problem:
                raise no_answer(problem, trace) from None

    def _refusal(self, problem: OAuth2Error, client: Client, spent_code: str) -> AccountError:
        """OAuth's error in our words. Class names of oauthlib mislead for X (reference 6.3, 7): only the
        error's own name and description count."""
        error = str(problem.error or "")
        words = plain(problem.description or "", client.secret)
        if error in _CLIENT_ERRORS:
            return AccountError("client_not_accepted", network=self.network, words=words)
        if error == "invalid_redirect_uri" or "redirect uri" in words.lower():
            return AccountError("redirect_not_accepted", network=self.network, words=words)
        if error in ("invalid_grant", "invalid_request") and "missing required" not in words.lower():
            return AccountError(spent_code, network=self.network, words=words)
        return AccountError("sign_in_refused", network=self.network, error=error[:100], words=words)


class _Session(OAuth2Session):
    """An OAuth2Session that follows no redirect."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _date_of(response: requests.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")).astimezone(UTC)
    except (TypeError, ValueError):
        return None


def _checked(status: int, text: str) -> str:
    """The JSON text of a token answer with LinkedIn's commas between scopes turned into spaces.
    Raises _NotOAuth for what is neither a token nor an OAuth error."""
    if status >= 500 or 300 <= status < 400 or status in (408, 429):
        raise _NotOAuth(f"http_{status}")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise _NotOAuth(f"http_{status}_unreadable") from None
    if not isinstance(value, dict) or not ("error" in value or "access_token" in value):
        raise _NotOAuth(f"http_{status}_unreadable")
    if isinstance(value.get("scope"), str):
        value["scope"] = value["scope"].replace(",", " ")
    return json.dumps(value)


def _tokens_of(token: Mapping[str, Any], asked: Scopes, now: datetime, network: str) -> Tokens:
    """Tokens of a parsed answer. A missing scope means: as asked (RFC 6749 section 5.1)."""
    access = token.get("access_token")
    if not isinstance(access, str) or not access.strip():
        raise RemoteError("sign_in_no_answer", network=network, detail="no_token")
    refresh = token.get("refresh_token")
    scope = token.get("scope")
    granted = scope if isinstance(scope, list) else str(scope or "").split()
    scopes = tuple(sorted(granted or asked))
    try:
        expires_at = now + timedelta(seconds=float(token["expires_in"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        expires_at = None
    return Tokens(access, refresh if isinstance(refresh, str) else "", expires_at, scopes)
