"""Reading posts back from X: lookups and timelines (platforms reference 2.4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from medvoice.platforms.sandbox import x
from medvoice.platforms.sandbox.exchange import Answer, Request, json_answer
from medvoice.platforms.sandbox.ledger import LedgerEntry
from medvoice.platforms.sandbox.world import Token, World
from medvoice.platforms.sandbox.xpost import bad_request

_ID = re.compile(r"[0-9]{1,19}")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z")
_FIELDS = (
    "id",
    "text",
    "created_at",
    "author_id",
    "conversation_id",
    "entities",
    "in_reply_to_user_id",
    "public_metrics",
    "reply_settings",
    "lang",
)
# name in spec 2.167 -> name in spec 2.166
_RENAMED = {
    "edit_history_post_ids": "edit_history_tweet_ids",
    "referenced_posts": "referenced_tweets",
    "note_post": "note_tweet",
}
_TIMELINE = (
    "max_results",
    "since_id",
    "until_id",
    "start_time",
    "end_time",
    "exclude",
    "pagination_token",
)


def _is_new_naming(world: World) -> bool:
    return world.settings.x_naming == "2.167"


def _name(world: World, new_name: str) -> str:
    return new_name if _is_new_naming(world) else _RENAMED.get(new_name, new_name)


def _parameters(world: World, request: Request, allowed: tuple[str, ...]) -> tuple[dict[str, str], set[str]]:
    """The query as single values, and the wanted fields. Raises 400 for what X does not know."""
    fields_name = "post.fields" if _is_new_naming(world) else "tweet.fields"
    values: dict[str, str] = {}
    for name, given in request.query.items():
        if name not in (*allowed, fields_name):
            raise bad_request(f"The query parameter [{name}] is not one of the known ones", name, given[0])
        if len(given) > 1:
            raise bad_request(f"The query parameter [{name}] came twice", name, given)
        values[name] = given[0]
    wanted = {field for field in values.pop(fields_name, "").split(",") if field}
    known = {*_FIELDS, *(_name(world, new_name) for new_name in _RENAMED)}
    if wanted - known:
        unknown = sorted(wanted - known)[0]
        raise bad_request(f"The `{fields_name}` query parameter value [{unknown}] is not known", fields_name)
    return values, wanted | {"id", "text", _name(world, "edit_history_post_ids")}


def _is_visible(world: World, entry: LedgerEntry) -> bool:
    return world.now_s() - entry.created_at.timestamp() >= world.settings.timeline_lag_s


def _root(world: World, entry: LedgerEntry) -> str:
    """The id of the post that the conversation began with."""
    while entry.reply_to is not None:
        parent = world.ledger.get("x", entry.reply_to) or world.planted.get("x", entry.reply_to)
        if parent is None:
            break
        entry = parent
    return entry.remote_id


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def _view(world: World, entry: LedgerEntry, wanted: set[str]) -> dict[str, Any]:
    text, urls = x.shown_text(entry.text)
    reposts = "repost_count" if _is_new_naming(world) else "retweet_count"
    replies = sum(1 for other in world.ledger.entries() if other.reply_to == entry.remote_id)
    metrics = {
        reposts: 0,
        "reply_count": replies,
        "like_count": 0,
        "quote_count": 0,
        "bookmark_count": 0,
        "impression_count": 0,
    }
    view: dict[str, Any] = {
        "id": entry.remote_id,
        "text": text,
        "created_at": _stamp(entry.created_at),
        "author_id": entry.author,
        "conversation_id": _root(world, entry),
        "public_metrics": metrics,
        "reply_settings": "everyone",
        "lang": "en",
        _name(world, "edit_history_post_ids"): [entry.remote_id],
    }
    if urls:
        view["entities"] = {"urls": urls}
    parent = entry.reply_to and (
        world.ledger.get("x", entry.reply_to) or world.planted.get("x", entry.reply_to)
    )
    if parent:
        view["in_reply_to_user_id"] = parent.author
        view[_name(world, "referenced_posts")] = [{"type": "replied_to", "id": parent.remote_id}]
    return {name: value for name, value in view.items() if name in wanted}


def _charge(world: World, token: Token, entries: list[LedgerEntry]) -> None:
    for entry in entries:
        is_own = entry.author == token.member.member_id
        world.x_credit_mills -= x.PRICE_OWN_READ if is_own else x.PRICE_READ


def _lookup(world: World, token: Token, ids: list[str], wanted: set[str]) -> tuple[list[Any], list[Any]]:
    found: list[LedgerEntry] = []
    missing: list[dict[str, str]] = []
    for remote_id in ids:
        if not _ID.fullmatch(remote_id):
            raise bad_request(f"The `ids` query parameter value [{remote_id}] is not valid", "ids", remote_id)
        entry = x.find_post(world, remote_id)
        if entry is not None and _is_visible(world, entry):
            found.append(entry)
        else:
            missing.append(
                {
                    "value": remote_id,
                    "detail": f"Could not find tweet with ids: [{remote_id}].",
                    "title": "Not Found Error",
                    "resource_type": "tweet",
                    "parameter": "ids",
                    "resource_id": remote_id,
                    "type": "https://api.x.com/2/problems/resource-not-found",
                }
            )
    _charge(world, token, found)
    return [_view(world, entry, wanted) for entry in found], missing


def many(world: World, request: Request, route: str) -> Answer:
    """GET /2/tweets?ids=: up to 100 ids; a missing one is an entry in `errors` of a 200."""
    token = x.caller(world, request, "tweet.read", "users.read")
    x.count_call(world, request, route)
    values, wanted = _parameters(world, request, ("ids",))
    ids = values.get("ids", "").split(",")
    if not 1 <= len(ids) <= 100:
        raise bad_request("The `ids` query parameter takes 1 to 100 ids", "ids")
    found, missing = _lookup(world, token, ids, wanted)
    answer = {"data": found} if found else {}
    return json_answer(200, {**answer, **({"errors": missing} if missing else {})})


def single(world: World, request: Request, route: str, remote_id: str) -> Answer:
    """GET /2/tweets/{id}."""
    token = x.caller(world, request, "tweet.read", "users.read")
    x.count_call(world, request, route)
    _, wanted = _parameters(world, request, ())
    found, missing = _lookup(world, token, [remote_id], wanted)
    return json_answer(200, {"data": found[0]} if found else {"errors": missing})


def timeline(world: World, request: Request, route: str, member_id: str) -> Answer:
    """GET /2/users/{id}/tweets: newest first."""
    token = x.caller(world, request, "tweet.read", "users.read")
    x.count_call(world, request, route)
    values, wanted = _parameters(world, request, _TIMELINE)
    if member_id not in {member.member_id for member in world.members("x")}:
        raise bad_request(f"The `id` query parameter value [{member_id}] is not known", "id", member_id)
    if not re.fullmatch(r"[0-9]{1,3}", values.get("max_results", "10")):
        raise bad_request("max_results must be a number", "max_results", values["max_results"])
    size = int(values.get("max_results", "10"))
    if not 5 <= size <= 100:
        raise bad_request(
            f"The `max_results` query parameter value [{size}] is not between 5 and 100", "max_results"
        )
    entries = [entry for entry in _matching(world, values, member_id) if _is_visible(world, entry)]
    first = _page_start(values)
    chosen = entries[first : first + size]
    _charge(world, token, chosen)
    if not chosen:
        return json_answer(200, {"meta": {"result_count": 0}})
    meta: dict[str, Any] = {
        "result_count": len(chosen),
        "newest_id": chosen[0].remote_id,
        "oldest_id": chosen[-1].remote_id,
    }
    if first + size < len(entries):
        meta["next_token"] = f"practice{first + size}"
    return json_answer(200, {"data": [_view(world, entry, wanted) for entry in chosen], "meta": meta})


def _page_start(values: dict[str, str]) -> int:
    token = values.get("pagination_token")
    if token is None:
        return 0
    if not re.fullmatch(r"practice[0-9]{1,6}", token):
        raise bad_request(
            "The `pagination_token` query parameter value is not valid", "pagination_token", token
        )
    return int(token.removeprefix("practice"))


def _matching(world: World, values: dict[str, str], member_id: str) -> list[LedgerEntry]:
    """The member's posts inside the asked bounds, newest first. `since_id` and `until_id` are exclusive."""
    exclude = set(values.get("exclude", "").split(",")) - {""}
    if exclude - {"replies", "retweets"}:
        raise bad_request("The `exclude` query parameter takes replies and retweets", "exclude")
    since, until = _number(values, "since_id"), _number(values, "until_id")
    start, end = _moment(values, "start_time"), _moment(values, "end_time")
    posts = [*world.planted.by_author("x", member_id), *world.ledger.by_author("x", member_id)]
    chosen = [
        entry
        for entry in posts
        if (since is None or int(entry.remote_id) > since)
        and (until is None or int(entry.remote_id) < until)
        and (start is None or entry.created_at >= start)
        and (end is None or entry.created_at < end)
        and not ("replies" in exclude and entry.reply_to)
    ]
    return sorted(chosen, key=lambda entry: int(entry.remote_id), reverse=True)


def _number(values: dict[str, str], name: str) -> int | None:
    if name not in values:
        return None
    if not _ID.fullmatch(values[name]):
        raise bad_request(
            f"The `{name}` query parameter value [{values[name]}] is not valid", name, values[name]
        )
    return int(values[name])


def _moment(values: dict[str, str], name: str) -> datetime | None:
    if name not in values:
        return None
    try:
        if not _STAMP.fullmatch(values[name]):
            raise ValueError(values[name])
        return datetime.fromisoformat(values[name])
    except ValueError as bad:
        raise bad_request(
            f"The `{name}` query parameter value is no RFC 3339 instant", name, values[name]
        ) from bad
