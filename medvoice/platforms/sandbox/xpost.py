"""What the body of an X post may hold (platforms reference 2.3): every name, its type, its bounds."""

from __future__ import annotations

import re
from typing import Any

from medvoice.platforms.sandbox.exchange import Answer, Refused, json_answer

_ID = re.compile(r"[0-9]{1,19}")
_REPLY_SETTINGS = ("following", "mentionedUsers", "subscribers", "verified")
_FIELDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "reply": dict,
    "media": dict,
    "poll": dict,
    "reply_settings": str,
    "quote_tweet_id": str,
    "made_with_ai": bool,
    "paid_partnership": bool,
    "edit_options": dict,
    "community_id": str,
    "share_with_followers": bool,
    "geo": dict,
    "for_super_followers_only": bool,
    "nullcast": bool,
    "card_uri": str,
    "direct_message_deep_link": str,
}
_INNER: dict[str, dict[str, type]] = {
    "reply": {
        "in_reply_to_tweet_id": str,
        "exclude_reply_user_ids": list,
        "auto_populate_reply_metadata": bool,
    },
    "media": {"media_ids": list, "tagged_user_ids": list},
    "poll": {"options": list, "duration_minutes": int},
    "edit_options": {"previous_post_id": str},
    "geo": {"place_id": str},
}
# What an ordinary self-serve app may not use.
_CLOSED = (
    "edit_options",
    "community_id",
    "share_with_followers",
    "geo",
    "for_super_followers_only",
    "nullcast",
    "card_uri",
    "direct_message_deep_link",
)


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Answer:
    """An X error body. `kind` is a name under api.x.com/2/problems/, or about:blank."""
    where = kind if kind == "about:blank" else f"https://api.x.com/2/problems/{kind}"
    body = {"title": title, "detail": detail, "type": where, "status": status, **more}
    return json_answer(status, body)


def bad_request(message: str, where: str = "$", given: Any = "") -> Refused:
    """400 as X words it for a body or a parameter it does not take."""
    error = {"message": message, "parameters": {where: [str(given)]}}
    return Refused(
        problem(
            400,
            "Invalid Request",
            "One or more parameters to your request was invalid.",
            "invalid-request",
            errors=[error],
        )
    )


def forbidden(detail: str, kind: str = "about:blank") -> Refused:
    """403 with X's sentence."""
    return Refused(problem(403, "Forbidden", detail, kind))


def check_shape(body: dict[str, Any]) -> None:
    """Raise for an unknown name, a wrong type or a value out of bounds, at every level."""
    _check_level(body, _FIELDS, "$")
    for name, fields in _INNER.items():
        if name in body:
            _check_level(body[name], fields, f"$.{name}")
    if "reply" in body:
        _check_reply(body["reply"])
    if body.get("reply_settings", _REPLY_SETTINGS[0]) not in _REPLY_SETTINGS:
        raise bad_request("reply_settings is not one of the known values", "$.reply_settings")
    if "poll" in body:
        _check_poll(body)
    if "text" not in body and not body.get("media"):
        raise bad_request("text is required", "$.text")
    for name in _CLOSED:
        if name in body:
            raise forbidden(f"You are not permitted to use {name} with this app.", "client-forbidden")


def _check_level(value: dict[str, Any], fields: dict[str, Any], where: str) -> None:
    for name, given in value.items():
        if name not in fields:
            raise bad_request(f"{where}.{name}: is not defined in the schema", f"{where}.{name}", given)
        wrong = not isinstance(given, fields[name]) or (isinstance(given, bool) and fields[name] is not bool)
        if wrong:
            raise bad_request(f"{where}.{name}: has the wrong type", f"{where}.{name}", given)


def _check_reply(reply: dict[str, Any]) -> None:
    if not _ID.fullmatch(reply.get("in_reply_to_tweet_id", "")):
        raise bad_request("in_reply_to_tweet_id must be a numeric id", "$.reply.in_reply_to_tweet_id")
    for user in reply.get("exclude_reply_user_ids", []):
        if not isinstance(user, str) or not _ID.fullmatch(user):
            raise bad_request("user ids are numeric text", "$.reply.exclude_reply_user_ids", user)


def _check_poll(body: dict[str, Any]) -> None:
    poll = body["poll"]
    options = poll.get("options", [])
    texts_fit = all(isinstance(option, str) and 1 <= len(option) <= 25 for option in options)
    if not 2 <= len(options) <= 4 or not texts_fit or not 5 <= poll.get("duration_minutes", 0) <= 10_080:
        raise bad_request("poll takes 2-4 options of 1-25 characters and 5-10080 minutes", "$.poll")
    if "media" in body or "quote_tweet_id" in body:
        raise bad_request("poll goes with neither media nor quote", "$.poll")
