"""X as the practice network plays it: who am I, post, delete (platforms reference 2.2 to 2.8)."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

from medvoice.platforms.sandbox import weight
from medvoice.platforms.sandbox.exchange import Answer, BadJsonError, Refused, Request, json_answer, read_json
from medvoice.platforms.sandbox.ledger import LedgerEntry
from medvoice.platforms.sandbox.world import Token, World, XWindow
from medvoice.platforms.sandbox.xpost import bad_request, check_shape, forbidden, problem

WINDOW_S = 15 * 60
DUPLICATE_S = 24 * 60 * 60  # X names no window; a day is stricter than anything seen
LIMITS = {
    "POST /2/tweets": 100,
    "GET /2/tweets": 5_000,
    "GET /2/tweets/{id}": 900,
    "DELETE /2/tweets/{id}": 50,
    "GET /2/users/me": 75,
    "GET /2/users/{id}/tweets": 900,
}
# Prices in thousandths of a dollar.
PRICE_POST, PRICE_POST_WITH_URL, PRICE_DELETE, PRICE_USER_READ = 15, 200, 10, 10
PRICE_OWN_READ, PRICE_READ = 1, 5
_REPLY_RULE = "You can only reply to or quote posts where you are mentioned or are the author."
_DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
_USER_FIELDS = {
    "id": lambda member: member.member_id,
    "name": lambda member: member.name,
    "username": lambda member: member.handle,
    "subscription_type": lambda member: "None",
    "verified_type": lambda member: "none",
    "verified": lambda member: False,
    "protected": lambda member: False,
    "description": lambda member: "On the practice network",
}


# Signing in, windows, credits ------------------------------------------------------------------------


def caller(world: World, request: Request, *scopes: str) -> Token:
    """The token behind the call. Raises 401 without a good one, 403 when a scope is missing."""
    kind, _, value = (request.header("Authorization") or "").partition(" ")
    token = world.tokens.get(value) if kind == "Bearer" else None
    is_good = token is not None and token.app.network == "x" and not token.is_revoked
    if token is None or not is_good or world.now_s() > token.expires_at_s:
        raise Refused(problem(401, "Unauthorized", "Unauthorized"))
    if not token.scopes.issuperset(scopes):
        raise forbidden("Your token does not have the scope for this request.", "oauth2-permissions")
    return token


def rate_headers(world: World, request: Request, route: str) -> tuple[tuple[str, str], ...]:
    """The three headers for `route` as they stand, without counting anything."""
    limit = _limit(world, route)
    window = _window(world, request, route)
    return (
        ("x-rate-limit-limit", str(limit)),
        ("x-rate-limit-remaining", str(max(0, limit - window.used))),
        ("x-rate-limit-reset", str(int(window.started_at_s + WINDOW_S))),
    )


def _limit(world: World, route: str) -> int:
    return world.settings.x_posts_per_window if route == "POST /2/tweets" else LIMITS.get(route, 900)


def _window(world: World, request: Request, route: str) -> XWindow:
    token = world.tokens.get((request.header("Authorization") or "").partition(" ")[2])
    if token is None:
        return XWindow(world.now_s())
    window = world.x_windows.get((token.member.member_id, route))
    if window is None or not 0 <= world.now_s() - window.started_at_s < WINDOW_S:
        window = world.x_windows[token.member.member_id, route] = XWindow(world.now_s())
    return window


def count_call(world: World, request: Request, route: str) -> None:
    """Take one call from the window. Raises 429 when none is left, 402 when the credit is used up."""
    window = _window(world, request, route)
    if window.used >= _limit(world, route):
        raise Refused(problem(429, "Too Many Requests", "Too Many Requests", "rate-limit-exceeded"))
    window.used += 1
    if world.x_credit_mills <= 0:
        raise Refused(problem(402, "Payment Required", "credits depleted", "credits-depleted"))


# Members ----------------------------------------------------------------------------------------------


def me(world: World, request: Request, route: str) -> Answer:
    """GET /2/users/me."""
    token = caller(world, request, "tweet.read", "users.read")
    count_call(world, request, route)
    wanted = {"id", "name", "username"}
    for name, values in request.query.items():
        if name != "user.fields":
            raise bad_request(f"The query parameter [{name}] is not known", name, values[0])
        wanted.update(field for value in values for field in value.split(","))
    unknown = sorted(wanted - _USER_FIELDS.keys())
    if unknown:
        raise bad_request(
            f"The `user.fields` query parameter value [{unknown[0]}] is not known", "user.fields"
        )
    world.x_credit_mills -= PRICE_USER_READ
    data = {name: read(token.member) for name, read in _USER_FIELDS.items() if name in wanted}
    return json_answer(200, {"data": data})


# Posts ------------------------------------------------------------------------------------------------


def find_post(world: World, remote_id: str) -> LedgerEntry | None:
    """A post on show, ours or planted."""
    entry = world.ledger.get("x", remote_id) or world.planted.get("x", remote_id)
    return None if entry is None or entry.deleted_at is not None else entry


def create(world: World, request: Request, route: str) -> Answer:
    """POST /2/tweets."""
    token = caller(world, request, "tweet.read", "tweet.write", "users.read")
    if request.media_type != "application/json":
        raise Refused(problem(415, "Unsupported Media Type", "Content-Type must be application/json"))
    count_call(world, request, route)
    try:
        body = read_json(request.body)
    except BadJsonError as bad:
        raise bad_request(f"The body is not valid JSON: {bad}") from bad
    check_shape(body)
    text = unicodedata.normalize("NFC", body.get("text", ""))
    _check_text(text)
    _check_rules(world, token, body, text)
    world.x_credit_mills -= PRICE_POST_WITH_URL if weight.find_urls(text) else PRICE_POST
    remote_id = world.next_number()
    world.ledger.add(
        network="x",
        author=token.member.member_id,
        remote_id=remote_id,
        text=text,
        request_body=request.body,
        headers=_of_interest(request),
        reply_to=body.get("reply", {}).get("in_reply_to_tweet_id"),
    )
    history = "edit_history_post_ids" if world.settings.x_naming == "2.167" else "edit_history_tweet_ids"
    shown, _ = shown_text(text)
    return json_answer(201, {"data": {"id": remote_id, "text": shown, history: [remote_id]}})


def _of_interest(request: Request) -> dict[str, str]:
    names = ("Content-Type", "User-Agent")
    return {name.lower(): value for name in names if (value := request.header(name))}


def _check_text(text: str) -> None:
    if not text.strip():
        raise bad_request("text must not be empty", "$.text")
    if weight.FORBIDDEN.intersection(text) or "\0" in text:
        raise bad_request("text holds a character that is not allowed", "$.text")
    if weight.weigh(text) > weight.MAX_WEIGHT:
        raise forbidden(
            "Your Tweet text is too long. For more information on how Twitter determines text length "
            "see https://github.com/twitter/twitter-text."
        )
    if len(weight.find_cashtags(text)) > 1:
        raise forbidden("Posts may hold at most one cashtag.", "client-forbidden")


def _check_rules(world: World, token: Token, body: dict[str, Any], text: str) -> None:
    if "quote_tweet_id" in body:
        raise forbidden(_REPLY_RULE, "not-authorized-for-resource")
    if "media" in body:
        raise bad_request("Your media IDs are invalid.", "$.media.media_ids", body["media"].get("media_ids"))
    if "reply" in body:
        target = find_post(world, body["reply"]["in_reply_to_tweet_id"])
        if target is None:
            raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
        is_own = target.author == token.member.member_id
        if not is_own and token.member.handle not in weight.find_mentions(target.text):
            raise forbidden(_REPLY_RULE, "not-authorized-for-resource")
    since_s = world.now_s() - DUPLICATE_S
    for entry in world.ledger.by_author("x", token.member.member_id):
        if entry.text == text and entry.created_at.timestamp() > since_s:
            raise forbidden(_DUPLICATE)


def shown_text(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back, and its `entities.urls`: addresses as t.co, `& < >` escaped."""
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    at = length = 0
    for start, end in weight.find_urls(text):
        before = _escape(text[at:start])
        length += len(before)
        long = text[start:end]
        full = long if "://" in long else f"http://{long}"
        short = f"https://t.co/{_slug(full)}"
        bare = full.split("://", 1)[1]
        display = bare if len(bare) <= 27 else bare[:26] + "…"
        entities.append(
            {
                "start": length,
                "end": length + len(short),
                "url": short,
                "expanded_url": full,
                "display_url": display,
            }
        )
        parts += [before, short]
        length += len(short)
        at = end
    parts.append(_escape(text[at:]))
    return "".join(parts), entities


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slug(url: str) -> str:
    """Ten letters and digits that depend on the address alone."""
    number = int.from_bytes(hashlib.sha256(url.encode("utf-8", "replace")).digest()[:8], "big")
    digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(digits[number // 62**place % 62] for place in range(10))


def delete(world: World, request: Request, route: str, remote_id: str) -> Answer:
    """DELETE /2/tweets/{id}."""
    token = caller(world, request, "tweet.read", "tweet.write", "users.read")
    count_call(world, request, route)
    entry = find_post(world, remote_id)
    if entry is None:
        return problem(
            404, "Not Found Error", f"Could not find tweet with id: [{remote_id}].", "resource-not-found"
        )
    if entry.author != token.member.member_id:
        raise forbidden("You are not allowed to delete this Tweet.", "not-authorized-for-resource")
    world.x_credit_mills -= PRICE_DELETE
    world.ledger.delete("x", remote_id)
    return json_answer(200, {"data": {"deleted": True}})
