"""The routing table: which paths exist, what each is called, who answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from medvoice.platforms.sandbox import (
    consent,
    control,
    idtoken,
    linkedin,
    lipost,
    oauth,
    page,
    x,
    xpost,
    xread,
)
from medvoice.platforms.sandbox.exchange import Answer, Request, json_answer
from medvoice.platforms.sandbox.world import World

Handler = Callable[..., Answer]
TRAP_PATH = "/_practice/trap"


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table. `name` is "METHOD /path/{with}/places": the key for faults and the log."""

    method: str
    name: str
    pattern: re.Pattern[str]
    handler: Handler
    family: str


def _route(family: str, name: str, handler: Handler) -> Route:
    method, path = name.split(" ", 1)
    pattern = re.sub(r"\\\{rest\\\}", "(.+)", re.escape(path))
    pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", pattern)
    return Route(method, name, re.compile(pattern), handler, family)


def _plain(action: Callable[[World, Request], Answer]) -> Handler:
    """A handler without route name or path values."""
    return lambda world, request, route: action(world, request)


def _keys(world: World, request: Request, route: str) -> Answer:
    return json_answer(200, idtoken.public_keys())


def _feed(world: World, request: Request, route: str) -> Answer:
    return page.feed(world)


def _linkedin_post(world: World, request: Request, route: str, urn: str) -> Answer:
    return page.single(world, "linkedin", unquote(urn))


def _x_post(world: World, request: Request, route: str, handle: str, remote_id: str) -> Answer:
    return page.single(world, "x", remote_id, handle)


def _trap(world: World, request: Request, route: str) -> Answer:
    return json_answer(200, {"trap": "A client followed a redirect that it must not follow."})


_NETWORK_ROUTES = [
    _route("linkedin-oauth", "GET /oauth/v2/authorization", _plain(consent.authorize_linkedin)),
    _route("linkedin-oauth", "POST /oauth/v2/authorization", _plain(consent.authorize_linkedin)),
    _route("linkedin-oauth", "POST /oauth/v2/accessToken", _plain(oauth.linkedin_token)),
    _route("linkedin-oauth", "POST /oauth/v2/introspectToken", _plain(oauth.linkedin_introspect)),
    _route("linkedin-oauth", "POST /oauth/v2/revoke", _plain(oauth.linkedin_revoke)),
    _route("linkedin-oauth", "GET /oauth/openid/jwks", _keys),
    _route("linkedin", "GET /v2/userinfo", linkedin.userinfo),
    _route("linkedin", "POST /rest/posts", linkedin.create),
    _route("linkedin", "GET /rest/posts", linkedin.find_posts),
    _route("linkedin", "GET /rest/posts/{urn}", linkedin.read_post),
    _route("linkedin", "POST /rest/posts/{urn}", linkedin.change),
    _route("linkedin", "DELETE /rest/posts/{urn}", linkedin.delete),
    _route("linkedin", "POST /rest/images", linkedin.start_image),
    _route("linkedin", "GET /rest/images/{urn}", linkedin.read_image),
    _route("linkedin", "PUT /dms-uploads/{slot}", linkedin.put_image),
    _route("linkedin", "GET /rest/socialActions/{rest}", linkedin.partner_comment),
    _route("linkedin", "POST /rest/socialActions/{rest}", linkedin.partner_comment),
    _route("linkedin", "DELETE /rest/socialActions/{rest}", linkedin.partner_comment),
    _route("linkedin", "POST /v2/socialActions/{urn}/comments", linkedin.comment),
    _route("x-oauth", "GET /i/oauth2/authorize", _plain(consent.authorize_x)),
    _route("x-oauth", "POST /i/oauth2/authorize", _plain(consent.authorize_x)),
    _route("x-oauth", "POST /2/oauth2/token", _plain(oauth.x_token)),
    _route("x-oauth", "POST /2/oauth2/revoke", _plain(oauth.x_revoke)),
    _route("x", "GET /2/users/me", x.me),
    _route("x", "POST /2/tweets", x.create),
    _route("x", "GET /2/tweets", xread.many),
    _route("x", "GET /2/tweets/{id}", xread.single),
    _route("x", "DELETE /2/tweets/{id}", x.delete),
    _route("x", "GET /2/users/{id}/tweets", xread.timeline),
]
FAULT_ROUTES = frozenset(route.name for route in _NETWORK_ROUTES)
ROUTES = [
    *_NETWORK_ROUTES,
    _route("practice", "GET /_practice/ledger", control.ledger),
    _route("practice", "GET /_practice/requests", control.requests),
    _route("practice", "GET /_practice/state", control.state),
    *(_route("practice", f"{method} {TRAP_PATH}", _trap) for method in ("GET", "POST", "PUT", "DELETE")),
    *(
        Route("POST", f"POST /_practice/{name}", re.compile(f"/_practice/({name})"), handler, "practice")
        for handler in [control.change(FAULT_ROUTES)]
        for name in control.CHANGE_NAMES
    ),
    _route("page", "GET /", _feed),
    _route("page", "GET /feed/update/{urn}", _linkedin_post),
    _route("page", "GET /feed/update/{urn}/", _linkedin_post),
    _route("page", "GET /{handle}/status/{id}", _x_post),
]


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | list[str]:
    """The route with its path values, or the methods that this path does take (none: no such path)."""
    others: list[str] = []
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if match and route.method == method:
            return route, match.groups()
        if match:
            others.append(route.method)
    return others


def failure(family: str, status: int, detail: str) -> Answer:
    """An error body as `family` writes them; `detail` in its own words."""
    if family == "x":
        return xpost.problem(status, detail, detail)
    if family == "linkedin":
        code = detail.upper().replace(" ", "_")
        return lipost.error(status, code, detail)
    if family in ("x-oauth", "linkedin-oauth"):
        names = {429: "slow_down", 401: "invalid_client"}
        error = names.get(status, "server_error" if status >= 500 else "invalid_request")
        return json_answer(
            status, {"error": error, "error_description": detail}, ("Cache-Control", "no-store")
        )
    return json_answer(status, {"error": detail})


def family_of(path: str) -> str:
    """Whose error body fits an unknown path."""
    if path.startswith("/2/"):
        return "x"
    return "linkedin" if path.startswith(("/rest/", "/v2/", "/oauth/", "/dms-uploads/")) else "practice"
