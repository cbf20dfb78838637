"""The practice network's own switches under /_practice/: JSON in, JSON out, loopback only.

| path | method | what |
|---|---|---|
| ledger | GET | `{"entries": [...]}`, bodies as base64; `?network=x` filters |
| requests | GET | `{"requests": [...]}`: route, path, status, fault, at_s, has_authorization |
| state | GET | clock, settings, credits, waiting faults, callback addresses |
| faults | POST | `{"route": "POST /2/tweets", "kind": "drop_after", "count": 1, "delay_s": 0.2, ...}` |
| reset | POST | forget posts, faults, windows, credits used; tokens stay |
| clock | POST | `{"offset_s": 600}` or `{"advance_s": 600}` |
| settings | POST | fields of `Settings` |
| register-redirect | POST | `{"network": "x", "uri": "http://127.0.0.1:5555/callback"}` |
| credits | POST | `{"usd": 0.5}` |
| revoke-tokens | POST | `{"network": "x"}`, without a network both |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from medvoice.platforms.sandbox.exchange import Answer, BadJsonError, Refused, Request, json_answer, read_json
from medvoice.platforms.sandbox.faults import Fault
from medvoice.platforms.sandbox.world import SETTING_CHOICES, Settings, World


def _body(request: Request) -> dict[str, Any]:
    if request.media_type != "application/json":
        raise Refused(json_answer(415, {"error": "Content-Type must be application/json"}))
    try:
        return read_json(request.body or b"{}")
    except BadJsonError as bad:
        raise Refused(json_answer(400, {"error": str(bad)})) from bad


def _number(body: dict[str, Any], name: str) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} must be a number")
    return float(value)


def _only(body: dict[str, Any], *names: str) -> None:
    unknown = sorted(body.keys() - set(names))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")


def ledger(world: World, request: Request, route: str) -> Answer:
    """GET ledger."""
    wanted = request.query.get("network", [None])[0]
    entries = [e.as_json() for e in world.ledger.entries() if wanted in (None, e.network)]
    return json_answer(200, {"entries": entries})


def requests(world: World, request: Request, route: str) -> Answer:
    """GET requests."""
    return json_answer(200, {"requests": [seen.as_json() for seen in world.log]})


def state(world: World, request: Request, route: str) -> Answer:
    """GET state."""
    value = {
        "now_s": world.now_s(),
        "offset_s": world.offset_s,
        "credits_usd": world.x_credit_mills / 1000,
        "settings": asdict(world.settings),
        "faults": world.faults.waiting(),
        "redirect_uris": {app.network: sorted(app.redirect_uris) for app in world.apps.values()},
    }
    return json_answer(200, value)


def change(routes: frozenset[str]) -> Callable[..., Answer]:
    """The handler of all POSTs. `routes` are the names that faults may be scripted for."""

    def handler(world: World, request: Request, route: str, what: str) -> Answer:
        action = _CHANGES[what]
        try:
            body = _body(request)
            if what == "faults" and body.get("route") not in routes:
                raise ValueError(f"route must be one of: {', '.join(sorted(routes))}")
            return json_answer(200, action(world, body))
        except ValueError as wrong:
            return json_answer(400, {"error": str(wrong)})

    return handler


def _faults(world: World, body: dict[str, Any]) -> dict[str, Any]:
    route = body.pop("route")
    world.faults.add(route, Fault.from_json(body))
    return {"waiting": world.faults.waiting()}


def _reset(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body)
    world.reset()
    return {"reset": True}


def _clock(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body, "offset_s", "advance_s")
    if len(body) != 1:
        raise ValueError("give offset_s or advance_s")
    if "offset_s" in body:
        world.offset_s = _number(body, "offset_s")
    else:
        world.offset_s += _number(body, "advance_s")
    return {"now_s": world.now_s(), "offset_s": world.offset_s}


def _settings(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body, *(field.name for field in fields(Settings)))
    for name, value in body.items():
        kind = type(getattr(world.settings, name))
        if name in SETTING_CHOICES and value not in SETTING_CHOICES[name]:
            raise ValueError(f"{name} must be one of {', '.join(SETTING_CHOICES[name])}")
        if kind is float:
            value = _number(body, name)
        elif type(value) is not kind:
            raise ValueError(f"{name} must be {kind.__name__}")
        setattr(world.settings, name, value)
    return asdict(world.settings)


def _register(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body, "network", "uri")
    network, uri = body.get("network"), body.get("uri")
    if not isinstance(network, str) or not isinstance(uri, str):
        raise ValueError("network and uri are needed")
    world.register_redirect(network, uri)
    return {"registered": uri}


def _credits(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body, "usd")
    world.x_credit_mills = round(_number(body, "usd") * 1000)
    return {"credits_usd": world.x_credit_mills / 1000}


def _revoke(world: World, body: dict[str, Any]) -> dict[str, Any]:
    _only(body, "network")
    if body.get("network") not in (None, "linkedin", "x"):
        raise ValueError("network must be linkedin or x")
    return {"revoked": world.revoke_tokens(body.get("network"))}


_CHANGES: dict[str, Callable[[World, dict[str, Any]], dict[str, Any]]] = {
    "faults": _faults,
    "reset": _reset,
    "clock": _clock,
    "settings": _settings,
    "register-redirect": _register,
    "credits": _credits,
    "revoke-tokens": _revoke,
}
CHANGE_NAMES = tuple(_CHANGES)
