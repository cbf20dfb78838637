"""The token endpoints of both networks (platforms reference 1.2 and 2.2): forms in, tokens out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import NoReturn
from urllib.parse import parse_qsl

from medvoice.platforms.sandbox import idtoken
from medvoice.platforms.sandbox.exchange import Answer, Refused, Request, json_answer
from medvoice.platforms.sandbox.world import ClientApp, Code, Token, World

LINKEDIN_TOKEN_LIFE_S = 5_183_999
X_TOKEN_LIFE_S = 7_200
_NO_STORE = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_X_INVALID_TOKEN = "Value passed for the token was invalid."  # noqa: S105  (X's sentence, not a secret)


def _refuse(status: int, error: str, description: str) -> NoReturn:
    raise Refused(json_answer(status, {"error": error, "error_description": description}, *_NO_STORE))


def _form(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """The form fields. A doubled or unknown field is refused: it would be a leak of something else."""
    if request.media_type != "application/x-www-form-urlencoded":
        _refuse(400, "invalid_request", "The body must be application/x-www-form-urlencoded.")
    if request.raw_query:
        _refuse(400, "invalid_request", "Parameters belong in the body, not in the address.")
    try:
        pairs = parse_qsl(
            request.body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(request.body)
        )
    except ValueError:
        _refuse(400, "invalid_request", "The body is no form.")
    fields = dict(pairs)
    if len(fields) != len(pairs):
        _refuse(400, "invalid_request", "A parameter came twice.")
    for name in fields:
        if name not in allowed:
            _refuse(400, "invalid_request", f"Unknown parameter [{name}].")
    return fields


# LinkedIn ---------------------------------------------------------------------------------------------


def _linkedin_app(world: World, request: Request, fields: dict[str, str], *needed: str) -> ClientApp:
    if request.header("Authorization"):
        _refuse(401, "invalid_client", "Client authentication belongs in the body.")
    for name in ("client_id", "client_secret", *needed):
        if not fields.get(name):
            _refuse(400, "invalid_request", f'A required parameter "{name}" is missing')
    app = world.apps.get(("linkedin", fields["client_id"]))
    if app is None or not hmac.compare_digest((app.secret or "").encode(), fields["client_secret"].encode()):
        _refuse(401, "invalid_client", "Client authentication failed")
    return app


def linkedin_token(world: World, request: Request) -> Answer:
    """POST /oauth/v2/accessToken: the code for a 60-day token; there is no refresh token."""
    names = ("grant_type", "code", "client_id", "client_secret", "redirect_uri", "refresh_token")
    fields = _form(request, names)
    if fields.get("grant_type") == "refresh_token":
        _linkedin_app(world, request, fields)
        _refuse(400, "invalid_request", "The provided refresh token is invalid, expired or revoked")
    if fields.get("grant_type") != "authorization_code":
        _refuse(400, "unsupported_grant_type", "Only authorization_code is offered.")
    app = _linkedin_app(world, request, fields, "code", "redirect_uri")
    code = world.codes.get(fields["code"])
    if code is None or code.is_used or code.app is not app:
        _refuse(401, "invalid_request", "Unable to retrieve access token: authorization code not found")
    if code.redirect_uri != fields["redirect_uri"] or world.now_s() > code.expires_at_s:
        text = "Unable to retrieve access token: appid/redirect uri/code verifier does not match"
        _refuse(400, "invalid_redirect_uri", text + " authorization code. Or authorization code expired.")
    code.is_used = True
    return _linkedin_grant(world, code)


def _linkedin_grant(world: World, code: Code) -> Answer:
    now_s = world.now_s()
    for other in world.tokens.values():
        is_same = other.app is code.app and other.member == code.member
        if is_same and other.scopes != code.scopes:  # another scope set ends all earlier tokens
            other.is_revoked = True
    token = Token(
        value="AQV" + world.secret(400),
        app=code.app,
        member=code.member,
        scopes=code.scopes,
        created_at_s=now_s,
        expires_at_s=now_s + LINKEDIN_TOKEN_LIFE_S,
    )
    world.tokens[token.value] = token
    answer = {
        "access_token": token.value,
        "expires_in": LINKEDIN_TOKEN_LIFE_S,
        "scope": ",".join(sorted(code.scopes)),
        "token_type": "Bearer",
    }
    if "openid" in code.scopes:
        answer["id_token"] = idtoken.sign(
            {
                "iss": f"{world.base_url}/oauth",
                "aud": code.app.client_id,
                "sub": code.member.member_id,
                "iat": int(now_s),
                "exp": int(now_s) + 3600,
                "name": code.member.name,
            }
        )
    return json_answer(200, answer, *_NO_STORE)


def linkedin_introspect(world: World, request: Request) -> Answer:
    """POST /oauth/v2/introspectToken: what LinkedIn knows about one of the app's tokens."""
    fields = _form(request, ("client_id", "client_secret", "token"))
    app = _linkedin_app(world, request, fields, "token")
    token = world.tokens.get(fields["token"])
    if token is None or token.app is not app:
        return json_answer(200, {"active": False}, *_NO_STORE)
    status = "expired" if world.now_s() > token.expires_at_s else "active"
    status = "revoked" if token.is_revoked else status
    answer = {
        "active": status == "active",
        "client_id": app.client_id,
        "status": status,
        "scope": ",".join(sorted(token.scopes)),
        "created_at": int(token.created_at_s),
        "authorized_at": int(token.created_at_s),
        "expires_at": int(token.expires_at_s),
        "auth_type": "3L",
    }
    return json_answer(200, answer, *_NO_STORE)


def linkedin_revoke(world: World, request: Request) -> Answer:
    """POST /oauth/v2/revoke: always 200, as RFC 7009 asks."""
    fields = _form(request, ("client_id", "client_secret", "token"))
    app = _linkedin_app(world, request, fields, "token")
    token = world.tokens.get(fields["token"])
    if token is not None and token.app is app:
        token.is_revoked = True
    return Answer(200, headers=_NO_STORE)


# X ----------------------------------------------------------------------------------------------------


def _x_app(world: World, request: Request, fields: dict[str, str], *needed: str) -> ClientApp:
    """A public client names itself in the body; a Basic header means it thinks it has a secret."""
    if request.header("Authorization"):
        _refuse(401, "unauthorized_client", "This app is a public client: no authorization header.")
    for name in ("client_id", *needed):
        if not fields.get(name):
            _refuse(400, "invalid_request", f"Missing required parameter [{name}].")
    app = world.apps.get(("x", fields["client_id"]))
    if app is None:
        _refuse(401, "unauthorized_client", "Missing valid authorization header")
    return app


def x_token(world: World, request: Request) -> Answer:
    """POST /2/oauth2/token: code with verifier, or a refresh token, for a two-hour token."""
    names = ("grant_type", "code", "client_id", "redirect_uri", "code_verifier", "refresh_token", "scope")
    fields = _form(request, names)
    grant = fields.get("grant_type")
    if grant == "authorization_code":
        return _x_exchange(world, request, fields)
    if grant == "refresh_token":
        return _x_refresh(world, request, fields)
    _refuse(400, "unsupported_grant_type", "Only authorization_code and refresh_token are offered.")


def _x_exchange(world: World, request: Request, fields: dict[str, str]) -> Answer:
    app = _x_app(world, request, fields, "code", "redirect_uri", "code_verifier")
    code = world.codes.get(fields["code"])
    if code is None or code.is_used or code.app is not app or world.now_s() > code.expires_at_s:
        _refuse(400, "invalid_request", "Value passed for the authorization code was invalid.")
    if code.redirect_uri != fields["redirect_uri"]:
        _refuse(
            400, "invalid_request", "Value passed for the redirect uri did not match the uri of the code."
        )
    digest = hashlib.sha256(fields["code_verifier"].encode("utf-8", "replace")).digest()
    challenge = base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
    if not _VERIFIER.fullmatch(fields["code_verifier"]) or challenge != code.challenge:
        _refuse(
            400, "invalid_request", "Value passed for the code verifier did not match the code challenge."
        )
    code.is_used = True
    return _x_grant(world, app, code.member.member_id, code.scopes)


def _x_refresh(world: World, request: Request, fields: dict[str, str]) -> Answer:
    app = _x_app(world, request, fields, "refresh_token")
    old = next((t for t in world.tokens.values() if t.refresh == fields["refresh_token"]), None)
    if old is None or old.is_refresh_spent or old.app is not app:
        _refuse(400, "invalid_request", _X_INVALID_TOKEN)
    scopes = frozenset(fields.get("scope", "").split()) or old.scopes
    if not scopes <= old.scopes:
        _refuse(400, "invalid_scope", "More was asked than was granted.")
    old.is_refresh_spent = True
    return _x_grant(world, app, old.member.member_id, scopes)


def _x_grant(world: World, app: ClientApp, member_id: str, scopes: frozenset[str]) -> Answer:
    now_s = world.now_s()
    member = next(m for m in world.members("x") if m.member_id == member_id)
    token = Token(
        value=world.secret(68),
        app=app,
        member=member,
        scopes=scopes,
        created_at_s=now_s,
        expires_at_s=now_s + X_TOKEN_LIFE_S,
        refresh=world.secret(68) if "offline.access" in scopes else None,
    )
    world.tokens[token.value] = token
    answer = {
        "token_type": "bearer",
        "expires_in": X_TOKEN_LIFE_S,
        "access_token": token.value,
        "scope": " ".join(sorted(scopes, reverse=True)),  # the order is not the one that was asked
    }
    if token.refresh is not None:
        answer["refresh_token"] = token.refresh
    return json_answer(200, answer, *_NO_STORE)


def x_revoke(world: World, request: Request) -> Answer:
    """POST /2/oauth2/revoke: takes an access or a refresh token."""
    fields = _form(request, ("client_id", "token", "token_type_hint"))
    app = _x_app(world, request, fields, "token")
    for token in world.tokens.values():
        if token.app is app and fields["token"] in (token.value, token.refresh):
            token.is_revoked = token.is_refresh_spent = True
            return json_answer(200, {"revoked": True}, *_NO_STORE)
    _refuse(400, "invalid_request", _X_INVALID_TOKEN)
