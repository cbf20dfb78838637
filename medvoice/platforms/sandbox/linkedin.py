"""LinkedIn as the practice network plays it: the rules of every call, posts, images, comments.

Platforms reference 1.1 to 1.12. `route` names are those of the routing table.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from medvoice.platforms.sandbox.exchange import Answer, BadJsonError, Request, json_answer, read_json
from medvoice.platforms.sandbox.lipost import (
    bad_value,
    check_author,
    check_commentary,
    check_post,
    only,
    refuse,
)
from medvoice.platforms.sandbox.world import Image, Token, World

DUPLICATE_S = 10 * 60
UPLOAD_LIFE_S = 24 * 60 * 60
MAX_COMMENT = 1_250
# Version -> the day (UTC) on which it stops; the newest has none: this table cannot know its successors.
SUNSETS: dict[str, tuple[int, int, int] | None] = {
    "202504": (2026, 4, 15),
    "202505": (2026, 5, 15),
    "202506": (2026, 6, 15),
    "202507": (2026, 7, 15),
    "202508": (2026, 8, 17),
    "202509": (2026, 9, 15),
    "202510": (2026, 10, 15),
    "202511": (2026, 11, 16),
    "202601": (2027, 1, 15),
    "202602": (2027, 2, 15),
    "202603": (2027, 3, 16),
    "202604": (2027, 4, 15),
    "202605": (2027, 5, 15),
    "202606": (2027, 6, 15),
    "202607": (2027, 7, 15),
    "202608": (2027, 8, 15),
    "202609": None,
}


# The rules of every call ------------------------------------------------------------------------------


def caller(world: World, request: Request, scope: str) -> Token:
    """The token behind the call. Raises 401 for none, unknown, expired or revoked, 403 for no scope."""
    given = request.header("Authorization") or ""
    kind, _, value = given.partition(" ")
    if kind != "Bearer" or not value:
        raise refuse(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", serviceErrorCode=65600)
    token = world.tokens.get(value)
    if token is None or token.app.network != "linkedin":
        raise refuse(401, "INVALID_ACCESS_TOKEN", "Invalid access token", serviceErrorCode=65600)
    if token.is_revoked:
        message = "The token used in the request has been revoked by the user"
        raise refuse(401, "REVOKED_ACCESS_TOKEN", message, serviceErrorCode=65601)
    if world.now_s() > token.expires_at_s:
        message = "The token used in the request has expired"
        raise refuse(401, "EXPIRED_ACCESS_TOKEN", message, serviceErrorCode=65602)
    if scope not in token.scopes:
        raise no_permission(f"{scope} is not granted")
    return token


def no_permission(gate: str) -> Exception:
    """403 as a self-serve token meets it at a partner gate."""
    return refuse(403, "ACCESS_DENIED", f"Not enough permissions to access: {gate}", serviceErrorCode=100)


def _versioned(world: World, request: Request) -> Token:
    """Token, LinkedIn-Version, Rest.li protocol and path: what every call under /rest needs."""
    token = caller(world, request, "w_member_social")
    version = request.header("LinkedIn-Version")
    if not version:
        raise refuse(400, "VERSION_MISSING", "A version must be present. Please specify a version.")
    if not _is_active(world, version):
        shown = f"{version}01" if re.fullmatch(r"\d{6}", version) else version
        raise refuse(426, "NONEXISTENT_VERSION", f"Requested version {shown} is not active")
    _rest_li(request)
    _count(world, token)
    return token


def _is_active(world: World, version: str) -> bool:
    if version not in SUNSETS:
        return False
    sunset = SUNSETS[version]
    return sunset is None or world.now_s() < datetime(*sunset, tzinfo=UTC).timestamp()


def _rest_li(request: Request) -> None:
    if request.header("X-Restli-Protocol-Version") != "2.0.0":
        raise refuse(400, "ILLEGAL_ARGUMENT", "X-RestLi-Protocol-Version 2.0.0 is needed")
    if ":" in request.path or "(" in request.path:
        raise refuse(400, "ILLEGAL_ARGUMENT", "Syntax exception in path variables")


def _count(world: World, token: Token) -> None:
    """One of the member's calls of the UTC day. LinkedIn says nothing of when to come back."""
    day = (token.member.member_id, int(world.now_s() // 86_400))
    world.linkedin_calls[day] = world.linkedin_calls.get(day, 0) + 1
    if world.linkedin_calls[day] > world.settings.linkedin_calls_per_day:
        message = "Resource level throttle limit for calls to this resource is reached."
        raise refuse(429, "TOO_MANY_REQUESTS", message, serviceErrorCode=101)


def _json(request: Request) -> dict[str, Any]:
    if request.media_type != "application/json":
        raise refuse(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json")
    try:
        return read_json(request.body)
    except BadJsonError as bad:
        raise refuse(400, "ILLEGAL_ARGUMENT", f"The body is not valid JSON: {bad}") from bad


def _method(request: Request, *allowed: str | None) -> str | None:
    """X-RestLi-Method, which must fit the HTTP method."""
    given = request.header("X-RestLi-Method")
    named = given.upper() if given else None
    if named not in allowed:
        raise refuse(400, "ILLEGAL_ARGUMENT", f"X-RestLi-Method {given} does not fit this request")
    return named


# Member -----------------------------------------------------------------------------------------------


def userinfo(world: World, request: Request, route: str) -> Answer:
    """GET /v2/userinfo: the claims that the scopes allow."""
    token = caller(world, request, "openid")
    member = token.member
    claims: dict[str, Any] = {"sub": member.member_id}
    if "profile" in token.scopes:
        claims |= {
            "name": member.name,
            "given_name": member.given_name,
            "family_name": member.family_name,
            "locale": {"country": "US", "language": "en"},
        }
    if "email" in token.scopes:
        claims |= {"email": member.email, "email_verified": True}
    return json_answer(200, claims)


# Posts ------------------------------------------------------------------------------------------------


def create(world: World, request: Request, route: str) -> Answer:
    """POST /rest/posts: 201, an empty body, the URN in x-restli-id."""
    token = _versioned(world, request)
    _method(request, None, "CREATE")
    if request.raw_query:
        raise refuse(400, "ILLEGAL_ARGUMENT", "No query parameters are known here")
    body = _json(request)
    visible = check_post(world, token, body)
    kind = "ugcPost" if {"media", "multiImage", "poll"} & body.get("content", {}).keys() else "share"
    same = json.dumps(body, sort_keys=True, ensure_ascii=True)
    _refuse_duplicate(world, token, same)
    urn = f"urn:li:{kind}:{world.next_number()}"
    world.linkedin_bodies[urn] = same
    world.ledger.add(
        network="linkedin",
        author=token.member.member_id,
        remote_id=urn,
        text=visible,
        request_body=request.body,
        headers=_of_interest(request),
    )
    return Answer(201, headers=(("x-restli-id", urn), ("x-li-uuid", world.secret(16))))


def _of_interest(request: Request) -> dict[str, str]:
    names = ("LinkedIn-Version", "X-Restli-Protocol-Version", "Content-Type", "User-Agent")
    return {name.lower(): value for name in names if (value := request.header(name))}


def _refuse_duplicate(world: World, token: Token, same: str) -> None:
    """The same body by the same author within ten minutes names the post that exists."""
    since_s = world.now_s() - DUPLICATE_S
    for entry in world.ledger.by_author("linkedin", token.member.member_id):
        is_recent = entry.created_at.timestamp() > since_s
        if is_recent and world.linkedin_bodies.get(entry.remote_id) == same:
            message = f"Content is a duplicate of {entry.remote_id}"
            kind = "com.linkedin.common.error.UnprocessableEntity"
            raise refuse(422, "UNPROCESSABLE_ENTITY", message, errorDetailType=kind)


def _own(world: World, token: Token, urn: str, gate: str) -> None:
    entry = world.ledger.get("linkedin", urn)
    if entry is None:
        raise refuse(404, "NOT_FOUND", "Entity could not be found")
    if entry.author != token.member.member_id:
        raise no_permission(gate)


def change(world: World, request: Request, route: str, coded_urn: str) -> Answer:
    """POST /rest/posts/{urn} with PARTIAL_UPDATE: the commentary of an own post. 204."""
    token = _versioned(world, request)
    if _method(request, "PARTIAL_UPDATE", "DELETE") == "DELETE":
        return _delete(world, token, unquote(coded_urn))
    urn = unquote(coded_urn)
    body = only(_json(request), "", {"patch": dict}, {})
    patch = only(body["patch"], "/patch", {"$set": dict}, {})
    changed = only(patch["$set"], "/patch/$set", {"commentary": str}, {})
    _own(world, token, urn, "partnerApiPostsExternal.PARTIAL_UPDATE")
    visible = check_commentary(world, changed["commentary"])
    world.ledger.edit("linkedin", urn, visible)
    return Answer(204)


def delete(world: World, request: Request, route: str, coded_urn: str) -> Answer:
    """DELETE /rest/posts/{urn}: 204, and 204 again."""
    token = _versioned(world, request)
    _method(request, None, "DELETE")
    return _delete(world, token, unquote(coded_urn))


def _delete(world: World, token: Token, urn: str) -> Answer:
    _own(world, token, urn, "partnerApiPostsExternal.DELETE")
    world.ledger.delete("linkedin", urn)
    return Answer(204)


def read_post(world: World, request: Request, route: str, coded_urn: str) -> Answer:
    """GET /rest/posts/{urn}: closed to self-serve apps."""
    _versioned(world, request)
    raise no_permission("partnerApiPostsExternal.GET")


def find_posts(world: World, request: Request, route: str) -> Answer:
    """GET /rest/posts?q=author: closed to self-serve apps."""
    _versioned(world, request)
    raise no_permission("partnerApiPostsExternal.FINDER-author")


# Images -----------------------------------------------------------------------------------------------


def start_image(world: World, request: Request, route: str) -> Answer:
    """POST /rest/images?action=initializeUpload: where to put the bytes, and the URN they will have."""
    token = _versioned(world, request)
    if request.raw_query != "action=initializeUpload":
        raise refuse(400, "ILLEGAL_ARGUMENT", "The action must be initializeUpload")
    body = only(_json(request), "", {"initializeUploadRequest": dict}, {})
    wish = only(body["initializeUploadRequest"], "/initializeUploadRequest", {"owner": str}, {})
    check_author(token, wish["owner"], "/initializeUploadRequest/owner")
    urn = f"urn:li:image:C4E{world.secret(12)}"
    path = f"/dms-uploads/{world.secret(24)}"
    expires_at_s = world.now_s() + UPLOAD_LIFE_S
    world.images[urn] = Image(wish["owner"], path, expires_at_s)
    value = {
        "uploadUrl": request.base_url + path,
        "image": urn,
        "uploadUrlExpiresAt": int(expires_at_s * 1000),
    }
    return json_answer(200, {"value": value})


def put_image(world: World, request: Request, route: str, slot: str) -> Answer:
    """PUT to the upload address, with the token: 201, empty."""
    token = caller(world, request, "w_member_social")
    _count(world, token)
    image = next((i for i in world.images.values() if i.upload_path == request.path), None)
    if image is None:
        raise refuse(404, "NOT_FOUND", "No such upload")
    if image.owner != f"urn:li:person:{token.member.member_id}":
        raise no_permission("dms-uploads")
    if world.now_s() > image.expires_at_s:
        raise refuse(400, "EXPIRED_UPLOAD_URL", "The upload address has expired")
    if not request.body:
        raise bad_value("/", "the upload is empty")
    image.content = request.body
    return Answer(201)


def read_image(world: World, request: Request, route: str, coded_urn: str) -> Answer:
    """GET /rest/images/{urn}: closed to a token that may only share."""
    _versioned(world, request)
    message = "Accessing this image resource is forbidden for this application"
    raise refuse(403, "ACCESS_DENIED", message, serviceErrorCode=100)


# Comments ---------------------------------------------------------------------------------------------


def partner_comment(world: World, request: Request, route: str, rest: str) -> Answer:
    """/rest/socialActions/...: closed to self-serve apps."""
    _versioned(world, request)
    gate = "GET_ALL" if request.method == "GET" else "CREATE" if request.method == "POST" else "DELETE"
    raise no_permission(f"partnerApiSocialActions.{gate}")


def comment(world: World, request: Request, route: str, coded_urn: str) -> Answer:
    """POST /v2/socialActions/{urn}/comments: works only behind the switch. Plain text, not little."""
    token = caller(world, request, "w_member_social")
    _rest_li(request)
    _count(world, token)
    if not world.settings.comments_on_v2:
        raise no_permission("partnerApiSocialActions.CREATE")
    urn = unquote(coded_urn)
    required: dict[str, type] = {"actor": str, "object": str, "message": dict}
    body = only(_json(request), "", required, {"parentComment": str})
    text = only(body["message"], "/message", {"text": str}, {"attributes": list})["text"]
    check_author(token, body["actor"], "/actor")
    entry = world.ledger.get("linkedin", urn)
    if entry is None or entry.deleted_at is not None:
        raise refuse(404, "NOT_FOUND", "Entity could not be found")
    if not text.strip():
        raise bad_value("/message/text", "must not be blank", "INVALID_VALUE_BLANK_FIELD")
    if len(text) > MAX_COMMENT:
        raise bad_value("/message/text", f"exceeds {MAX_COMMENT} characters", "FIELD_LENGTH_TOO_LONG")
    number = world.next_number()
    comment_urn = f"urn:li:comment:(urn:li:activity:{urn.rsplit(':', 1)[1]},{number})"
    world.ledger.add(
        network="linkedin",
        author=token.member.member_id,
        remote_id=comment_urn,
        text=text,
        request_body=request.body,
        headers=_of_interest(request),
        reply_to=urn,
    )
    answer = {"actor": body["actor"], "commentUrn": comment_urn, "id": number, "message": {"text": text}}
    return json_answer(201, answer, ("x-restli-id", number))
