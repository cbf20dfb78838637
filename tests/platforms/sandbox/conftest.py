"""Raw access to the practice network: http.client and sockets, nothing of the adapters."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from medvoice.platforms.sandbox import Sandbox

NOON_S = 1_795_521_600.0  # 2026-11-24T12:00:00Z
LINKEDIN_CALLBACK = "http://localhost:8765/callback"
X_CALLBACK = "http://127.0.0.1:8765/callback"
VERIFIER = "practice-verifier-" + "v" * 40
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
LINKEDIN_SCOPE = "openid profile email w_member_social"
X_SCOPE = "tweet.read tweet.write users.read offline.access"


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def callback(self) -> dict[str, str]:
        """The single-valued query of the Location."""
        return {k: v[0] for k, v in parse_qs(urlsplit(self.headers["location"]).query).items()}


@dataclass
class Wire:
    """A client that sends exactly what it is told."""

    sandbox: Sandbox
    host: str = field(init=False)
    port: int = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.sandbox.base_url)
        self.host, self.port = str(parts.hostname), int(parts.port or 0)

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            given = body.encode() if isinstance(body, str) else body
            connection.request(method, path, given, headers or {})
            answer = connection.getresponse()
            content = answer.read()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
        finally:
            connection.close()

    def raw(self, content: bytes) -> bytes:
        """Send these bytes on a socket; what comes back until the server closes."""
        with socket.create_connection((self.host, self.port), timeout=10) as connection:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
            return b"".join(parts)

    def control(self, what: str, **body: Any) -> Reply:
        return self.send("POST", f"/_practice/{what}", json.dumps(body), {"Content-Type": "application/json"})

    def form(self, path: str, fields: dict[str, str], **headers: str) -> Reply:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields), kind | headers)

    # LinkedIn

    def linkedin_authorize(self, decision: str = "allow", **changed: str | None) -> Reply:
        query = {
            "response_type": "code",
            "client_id": "practice-linkedin",
            "redirect_uri": LINKEDIN_CALLBACK,
            "scope": LINKEDIN_SCOPE,
            "state": "state-1",
            "practice_decision": decision,
        }
        return self.send("GET", "/oauth/v2/authorization?" + _query(query, changed))

    def linkedin_exchange(self, code: str, **changed: str | None) -> Reply:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": "practice-linkedin",
            "client_secret": "practice-linkedin-secret",
            "redirect_uri": LINKEDIN_CALLBACK,
        }
        return self.form("/oauth/v2/accessToken", _merge(fields, changed))

    def linkedin_token(self, **changed: str | None) -> str:
        code = self.linkedin_authorize(**changed).callback["code"]
        return self.linkedin_exchange(code).json["access_token"]

    def linkedin(
        self, method: str, path: str, token: str, body: object = None, **changed: str | None
    ) -> Reply:
        """A call with all headers right; `changed` replaces headers by their name with _ for -."""
        headers = {
            "Authorization": f"Bearer {token}",
            "LinkedIn-Version": "202609",
            "X-Restli-Protocol-Version": "2.0.0",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        replaced = {name.replace("_", "-"): value for name, value in changed.items()}
        content = body if isinstance(body, bytes | str) or body is None else json.dumps(body)
        return self.send(method, path, content, _merge(headers, replaced))

    # X

    def x_authorize(self, decision: str = "allow", **changed: str | None) -> Reply:
        query = {
            "response_type": "code",
            "client_id": "practice-x",
            "redirect_uri": X_CALLBACK,
            "scope": X_SCOPE,
            "state": "state-2",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "practice_decision": decision,
        }
        return self.send("GET", "/i/oauth2/authorize?" + _query(query, changed))

    def x_exchange(self, code: str, **changed: str | None) -> Reply:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": "practice-x",
            "redirect_uri": X_CALLBACK,
            "code_verifier": VERIFIER,
        }
        return self.form("/2/oauth2/token", _merge(fields, changed))

    def x_tokens(self, **changed: str | None) -> dict[str, Any]:
        return self.x_exchange(self.x_authorize(**changed).callback["code"]).json

    def x(self, method: str, path: str, token: str, body: object = None) -> Reply:
        headers = {"Authorization": f"Bearer {token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = body if isinstance(body, bytes | str) or body is None else json.dumps(body)
        return self.send(method, path, content, headers)


def _merge(base: dict[str, str], changed: dict[str, str | None]) -> dict[str, str]:
    """`base` with changes; None takes a name away."""
    return {name: value for name, value in {**base, **changed}.items() if value is not None}


def _query(base: dict[str, str], changed: dict[str, str | None]) -> str:
    return urlencode(_merge(base, changed))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(clock=lambda: NOON_S, seed=7) as running:
        yield running


@pytest.fixture
def wire(sandbox: Sandbox) -> Wire:
    return Wire(sandbox)


@pytest.fixture
def linkedin_token(wire: Wire) -> str:
    return wire.linkedin_token()


@pytest.fixture
def x_token(wire: Wire) -> str:
    return wire.x_tokens()["access_token"]


@pytest.fixture
def linkedin_post() -> dict[str, Any]:
    """A body that LinkedIn takes as it is."""
    return {
        "author": "urn:li:person:practice7Qx1",
        "commentary": "Hello from practice",
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
