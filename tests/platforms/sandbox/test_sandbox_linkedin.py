"""LinkedIn's rules on the wire (platforms reference 1.3 to 1.12, 9)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
ME = "urn:li:person:practice7Qx1"


def put(path: str, value: Any, body: dict[str, Any]) -> dict[str, Any]:
    """A deep copy of `body` with `value` at the dotted path; the value ... takes the name away."""
    copy = json.loads(json.dumps(body))
    *parents, last = path.split(".")
    target = copy
    for name in parents:
        target = target[name]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return copy


def test_userinfo_needs_no_version_and_follows_the_scopes(wire: Any, linkedin_token: str) -> None:
    reply = wire.send("GET", "/v2/userinfo", None, {"Authorization": f"Bearer {linkedin_token}"})
    assert reply.status == 200
    assert reply.json["sub"] == "practice7Qx1"
    assert reply.json["name"] == "Jordan Sample"
    assert reply.json["email_verified"] is True
    less = wire.linkedin("GET", "/v2/userinfo", wire.linkedin_token(scope="openid w_member_social"))
    assert less.json == {"sub": "practice7Qx1"}
    none = wire.linkedin("GET", "/v2/userinfo", wire.linkedin_token(scope="w_member_social"))
    assert (none.status, none.json["code"]) == (403, "ACCESS_DENIED")


def test_a_post_is_made(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    body = json.dumps(put("commentary", r"Data \(n=12\) é 👩🏽‍⚕️", linkedin_post)).encode()
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, body)
    assert (reply.status, reply.body) == (201, b"")
    urn = reply.headers["x-restli-id"]
    assert urn.startswith("urn:li:share:")
    assert int(urn.rsplit(":", 1)[1]) > 2**53
    (entry,) = wire.sandbox.ledger
    assert entry.network == "linkedin"
    assert entry.author == "practice7Qx1"
    assert entry.remote_id == urn
    assert entry.text == "Data (n=12) é 👩🏽‍⚕️"
    assert entry.request_body == body
    assert entry.headers["linkedin-version"] == "202609"
    assert "authorization" not in entry.headers
    assert entry.created_at.isoformat() == "2026-11-24T12:00:00+00:00"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Authorization": None}, 401, "EMPTY_ACCESS_TOKEN"),
        ({"Authorization": "Bearer made-up"}, 401, "INVALID_ACCESS_TOKEN"),
        ({"Authorization": "Basic x"}, 401, "EMPTY_ACCESS_TOKEN"),
        ({"LinkedIn_Version": None}, 400, "VERSION_MISSING"),
        ({"LinkedIn_Version": "202509"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "202511"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "202512"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "202412"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "202701"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "20260901"}, 426, "NONEXISTENT_VERSION"),
        ({"LinkedIn_Version": "latest"}, 426, "NONEXISTENT_VERSION"),
        ({"X_Restli_Protocol_Version": None}, 400, "ILLEGAL_ARGUMENT"),
        ({"X_Restli_Protocol_Version": "1.0.0"}, 400, "ILLEGAL_ARGUMENT"),
        ({"Content_Type": None}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Content_Type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"X_RestLi_Method": "DELETE"}, 400, "ILLEGAL_ARGUMENT"),
    ],
)
def test_header_rules(
    wire: Any,
    linkedin_token: str,
    linkedin_post: dict[str, Any],
    headers: dict[str, Any],
    status: int,
    code: str,
) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post, **headers)
    assert (reply.status, reply.json["code"], reply.json["status"]) == (status, code, status)
    assert reply.json["message"]
    assert wire.sandbox.ledger == []


@pytest.mark.parametrize("version", ["202601", "202608", "202609"])
def test_living_versions(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any], version: str) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post, LinkedIn_Version=version)
    assert reply.status == 201


def test_sunset_message_shows_eight_digits(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post, LinkedIn_Version="202509")
    assert reply.json["message"] == "Requested version 20250901 is not active"


def test_versions_die_by_the_clock(wire: Any, linkedin_post: dict[str, Any]) -> None:
    wire.control("clock", advance_s=53 * 86_400)  # 2027-01-16
    token = wire.linkedin_token()
    old = wire.linkedin("POST", "/rest/posts", token, linkedin_post, LinkedIn_Version="202601")
    assert old.status == 426
    assert wire.linkedin("POST", "/rest/posts", token, linkedin_post).status == 201


@pytest.mark.parametrize(
    ("path", "value", "status", "code"),
    [
        ("author", ..., 400, "MISSING_FIELD"),
        ("commentary", ..., 400, "MISSING_FIELD"),
        ("visibility", ..., 400, "MISSING_FIELD"),
        ("distribution", ..., 400, "MISSING_FIELD"),
        ("lifecycleState", ..., 400, "MISSING_FIELD"),
        ("distribution.feedDistribution", ..., 400, "MISSING_FIELD"),
        ("distribution.targetEntities", ..., 400, "MISSING_FIELD"),
        ("author", "practice7Qx1", 400, "INVALID_URN_TYPE"),
        ("author", "urn:li:organization:1", 400, "INVALID_URN_TYPE"),
        ("author", "urn:li:person:practice9Zk4", 403, "ACCESS_DENIED"),
        ("visibility", "EVERYONE", 400, "INVALID_VALUE_FOR_FIELD"),
        ("lifecycleState", "DRAFT", 400, "INVALID_VALUE_FOR_FIELD"),
        ("distribution.feedDistribution", "NONE", 400, "INVALID_VALUE_FOR_FIELD"),
        ("distribution.targetEntities", [{"x": 1}], 400, "INVALID_VALUE_FOR_FIELD"),
        ("distribution.extra", 1, 422, "UNPROCESSABLE_ENTITY"),
        ("scheduledAt", 1, 422, "UNPROCESSABLE_ENTITY"),
        ("isReshareDisabledByAuthor", "no", 400, "INVALID_VALUE_FOR_FIELD"),
        ("commentary", 7, 400, "INVALID_VALUE_FOR_FIELD"),
        ("commentary", "", 400, "INVALID_VALUE_BLANK_FIELD"),
        ("commentary", " \n ", 400, "INVALID_VALUE_BLANK_FIELD"),
        ("commentary", "x" * 3001, 400, "FIELD_LENGTH_TOO_LONG"),
        ("commentary", "👍" * 3001, 400, "FIELD_LENGTH_TOO_LONG"),
        ("commentary", "a\0b", 400, "INVALID_VALUE_FOR_FIELD"),
        ("content", {}, 400, "INVALID_VALUE_FOR_FIELD"),
        ("content", {"video": {}}, 422, "UNPROCESSABLE_ENTITY"),
        ("content", {"media": {"id": "urn:li:share:1"}}, 400, "INVALID_URN_TYPE"),
        ("content", {"media": {"id": "urn:li:image:unknown"}}, 400, "INVALID_IMAGE_ID"),
        ("content", {"media": {"id": "urn:li:image:x", "altText": "a" * 4087}}, 400, "FIELD_LENGTH_TOO_LONG"),
        (
            "content",
            {"multiImage": {"images": [{"id": "urn:li:image:x"}]}},
            400,
            "INVALID_VALUE_FOR_FIELD",
        ),
        ("content", {"article": {"source": "https://example.org/"}}, 400, "MISSING_FIELD"),
        ("content", {"article": {"source": "example.org", "title": "T"}}, 400, "INVALID_VALUE_FOR_FIELD"),
        ("reshareContext", {"parent": "urn:li:person:x"}, 400, "INVALID_URN_TYPE"),
    ],
)
def test_body_rules(
    wire: Any,
    linkedin_token: str,
    linkedin_post: dict[str, Any],
    path: str,
    value: Any,
    status: int,
    code: str,
) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, put(path, value, linkedin_post))
    assert (reply.status, reply.json["code"]) == (status, code)
    assert wire.sandbox.ledger == []


@pytest.mark.parametrize(
    "content",
    [
        {"article": {"source": "https://example.org/a_(b)", "title": "A study", "description": "d"}},
        {
            "poll": {
                "question": "Which?",
                "options": [{"text": "a"}, {"text": "b"}],
                "settings": {"duration": "ONE_DAY"},
            }
        },
    ],
)
def test_other_content_is_taken(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any], content: dict[str, Any]
) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, {**linkedin_post, "content": content})
    assert reply.status == 201
    kind = "ugcPost" if "poll" in content else "share"
    assert reply.headers["x-restli-id"].startswith(f"urn:li:{kind}:")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"a":1,"a":2}', b'{"a":"\\ud800"}', b"\xff", b"NaN"])
def test_unreadable_json(wire: Any, linkedin_token: str, body: bytes) -> None:
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, body)
    assert (reply.status, reply.json["code"]) == (400, "ILLEGAL_ARGUMENT")


def test_three_thousand_visible_code_points_pass(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    text = "👍" + r"\(" * 2_999  # 5,999 characters sent, 3,000 shown
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, put("commentary", text, linkedin_post))
    assert reply.status == 201
    assert wire.sandbox.ledger[0].text == "👍" + "(" * 2_999


def test_a_bare_reserved_character_cuts_in_silence(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    body = put("commentary", "up from 4% today (EPRI, 2024) and more", linkedin_post)
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, body).status == 201
    assert wire.sandbox.ledger[0].text == "up from 4% today "


def test_strict_little_can_be_switched_on(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    assert wire.control("settings", strict_little="reject").status == 200
    body = put("commentary", "up (EPRI)", linkedin_post)
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, body)
    assert (reply.status, reply.json["code"]) == (400, "INVALID_VALUE_FOR_FIELD")
    good = put("commentary", r"up \(EPRI\) #AI", linkedin_post)
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, good).status == 201


def test_duplicate_names_the_post_for_ten_minutes(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    wire.control("clock", advance_s=599)
    again = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (again.status, again.json["message"]) == (422, f"Content is a duplicate of {urn}")
    other = put("commentary", "Something else", linkedin_post)
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, other).status == 201
    wire.control("clock", advance_s=2)
    later = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert later.status == 201
    assert later.headers["x-restli-id"] != urn
    assert len(wire.sandbox.ledger) == 3


def test_two_members_may_say_the_same(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).status == 201
    robin = wire.linkedin_token(practice_member="robin-example")
    body = {**linkedin_post, "author": "urn:li:person:practice9Zk4"}
    assert wire.linkedin("POST", "/rest/posts", robin, body).status == 201


def test_call_151_of_the_day_waits_without_a_hint(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    for _ in range(150):
        assert wire.linkedin("GET", "/rest/posts/x", linkedin_token).status == 403
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (reply.status, reply.json["code"]) == (429, "TOO_MANY_REQUESTS")
    assert not [name for name in reply.headers if "retry" in name or "rate" in name]
    wire.control("clock", advance_s=12 * 3600)  # midnight UTC
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).status == 201


def test_daily_limit_can_be_moved(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    wire.control("settings", linkedin_calls_per_day=0)
    assert wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).status == 429


def test_delete_is_idempotent(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    robin = wire.linkedin_token(practice_member="robin-example")
    path = f"/rest/posts/{quote(urn, safe='')}"
    assert wire.linkedin("DELETE", path, robin).status == 403
    for _ in range(2):
        reply = wire.linkedin("DELETE", path, linkedin_token, X_RestLi_Method="DELETE")
        assert (reply.status, reply.body) == (204, b"")
    assert wire.sandbox.ledger[0].deleted_at is not None
    unknown = wire.linkedin("DELETE", "/rest/posts/urn%3Ali%3Ashare%3A1", linkedin_token)
    assert (unknown.status, unknown.json["code"]) == (404, "NOT_FOUND")


def test_raw_colon_in_a_path_is_refused(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    reply = wire.linkedin("DELETE", f"/rest/posts/{urn}", linkedin_token)
    assert (reply.status, reply.json["code"]) == (400, "ILLEGAL_ARGUMENT")
    assert wire.sandbox.ledger[0].deleted_at is None


def test_partial_update(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    path = f"/rest/posts/{quote(urn, safe='')}"

    def change(patch: Any, method: str | None = "PARTIAL_UPDATE") -> Any:
        return wire.linkedin("POST", path, linkedin_token, patch, X_RestLi_Method=method)

    assert change({"patch": {"$set": {"commentary": r"New \(text\)"}}}).status == 204
    assert wire.sandbox.ledger[0].text == "New (text)"
    assert wire.sandbox.ledger[0].edited_at is not None
    assert change({"patch": {"$set": {"visibility": "PUBLIC"}}}).status == 422
    assert change({"patch": {"$set": {"commentary": "x"}}}, None).status == 400


@pytest.mark.parametrize(
    ("method", "path", "gate"),
    [
        ("GET", "/rest/posts/urn%3Ali%3Ashare%3A1", "partnerApiPostsExternal.GET"),
        ("GET", "/rest/posts?q=author&author=urn%3Ali%3Aperson%3Ax", "partnerApiPostsExternal.FINDER-author"),
        ("GET", "/rest/socialActions/urn%3Ali%3Ashare%3A1/comments", "partnerApiSocialActions.GET_ALL"),
        ("POST", "/rest/socialActions/urn%3Ali%3Ashare%3A1/comments", "partnerApiSocialActions.CREATE"),
        ("GET", "/rest/images/urn%3Ali%3Aimage%3AC4E", "Accessing this image resource is forbidden"),
    ],
)
def test_partner_gates(wire: Any, linkedin_token: str, method: str, path: str, gate: str) -> None:
    reply = wire.linkedin(method, path, linkedin_token, {} if method == "POST" else None)
    assert (reply.status, reply.json["serviceErrorCode"]) == (403, 100)
    assert gate in reply.json["message"]


def test_comments_on_v2_only_behind_the_switch(
    wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]
) -> None:
    urn = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post).headers["x-restli-id"]
    path = f"/v2/socialActions/{quote(urn, safe='')}/comments"
    body = {"actor": ME, "object": urn, "message": {"text": "Source (link): a_b"}}
    assert wire.linkedin("POST", path, linkedin_token, body, LinkedIn_Version=None).status == 403
    wire.control("settings", comments_on_v2=True)
    reply = wire.linkedin("POST", path, linkedin_token, body, LinkedIn_Version=None)
    assert reply.status == 201
    assert reply.json["commentUrn"].startswith("urn:li:comment:(urn:li:activity:")
    assert reply.headers["x-restli-id"] == reply.json["id"]
    comment = wire.sandbox.ledger[1]
    assert (comment.text, comment.reply_to) == ("Source (link): a_b", urn)  # plain, not little
    long = {**body, "message": {"text": "x" * 1251}}
    assert wire.linkedin("POST", path, linkedin_token, long).json["code"] == "FIELD_LENGTH_TOO_LONG"


def _start_image(wire: Any, token: str, owner: str = ME) -> Any:
    body = {"initializeUploadRequest": {"owner": owner}}
    return wire.linkedin("POST", "/rest/images?action=initializeUpload", token, body)


def test_image_upload_and_post(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    value = _start_image(wire, linkedin_token).json["value"]
    assert value["uploadUrl"].startswith(wire.sandbox.base_url + "/dms-uploads/")
    path = value["uploadUrl"].removeprefix(wire.sandbox.base_url)
    post = {**linkedin_post, "content": {"media": {"id": value["image"], "altText": "a chart"}}}
    early = wire.linkedin("POST", "/rest/posts", linkedin_token, post)
    assert (early.status, early.json["code"]) == (400, "MEDIA_ASSET_WAITING_UPLOAD")
    assert wire.send("PUT", path, PNG).status == 401
    bearer = {"Authorization": f"Bearer {linkedin_token}"}
    assert wire.send("PUT", path, PNG, bearer).status == 201
    made = wire.linkedin("POST", "/rest/posts", linkedin_token, post)
    assert made.status == 201
    assert made.headers["x-restli-id"].startswith("urn:li:ugcPost:")


def test_image_rules(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    robin = "urn:li:person:practice9Zk4"
    assert _start_image(wire, linkedin_token, robin).json["code"] == "ACCESS_DENIED"
    value = _start_image(wire, linkedin_token).json["value"]
    path = value["uploadUrl"].removeprefix(wire.sandbox.base_url)
    bearer = {"Authorization": f"Bearer {linkedin_token}"}
    assert wire.send("PUT", path, b"RIFF0000WEBPVP8 ", bearer).status == 201
    post = {**linkedin_post, "content": {"media": {"id": value["image"]}}}
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, post)
    assert reply.json["code"] == "MEDIA_ASSET_PROCESSING_FAILED"
    other = wire.linkedin_token(practice_member="robin-example")
    theirs = {**post, "author": robin}
    assert wire.linkedin("POST", "/rest/posts", other, theirs).json["code"] == "INVALID_IMAGE_ID"
    wire.control("clock", advance_s=86_401)
    assert wire.send("PUT", path, PNG, bearer).json["code"] == "EXPIRED_UPLOAD_URL"


def test_a_revoked_token_is_told_so(wire: Any, linkedin_token: str, linkedin_post: dict[str, Any]) -> None:
    assert wire.control("revoke-tokens", network="linkedin").json["revoked"] >= 1
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (reply.status, reply.json["code"], reply.json["serviceErrorCode"]) == (
        401,
        "REVOKED_ACCESS_TOKEN",
        65601,
    )


def test_an_x_token_is_nothing_here(wire: Any, x_token: str, linkedin_post: dict[str, Any]) -> None:
    assert wire.linkedin("POST", "/rest/posts", x_token, linkedin_post).status == 401


def test_sharing_needs_its_scope(wire: Any, linkedin_post: dict[str, Any]) -> None:
    token = wire.linkedin_token(scope="openid profile")
    reply = wire.linkedin("POST", "/rest/posts", token, linkedin_post)
    assert (reply.status, reply.json["code"]) == (403, "ACCESS_DENIED")
