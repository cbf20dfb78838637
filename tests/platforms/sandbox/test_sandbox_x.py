"""X's rules for writing, on the wire (platforms reference 2.1 to 2.8, 9)."""

from __future__ import annotations

import json
from typing import Any

import pytest

JORDAN = "1799000000000000001"
REPLY_RULE = "You can only reply to or quote posts where you are mentioned or are the author."


def foreign_post(wire: Any) -> str:
    """The id of a post by the other member."""
    return wire.sandbox.world.planted.entries()[0].remote_id


def test_me(wire: Any, x_token: str) -> None:
    reply = wire.x("GET", "/2/users/me", x_token)
    assert reply.json == {"data": {"id": JORDAN, "name": "Jordan Sample", "username": "jordansample"}}
    assert int(JORDAN) > 2**53
    more = wire.x("GET", "/2/users/me?user.fields=subscription_type,verified_type", x_token).json["data"]
    assert (more["subscription_type"], more["verified_type"]) == ("None", "none")
    assert wire.x("GET", "/2/users/me?user.fields=shoe_size", x_token).status == 400
    assert wire.x("GET", "/2/users/me?fields=id", x_token).status == 400


def test_a_post_is_made(wire: Any, x_token: str) -> None:
    body = json.dumps({"text": "Tea & <biscuits> at example.org/a_b, e\u0301t\u00e9"}).encode()
    reply = wire.x("POST", "/2/tweets", x_token, body)
    assert reply.status == 201
    data = reply.json["data"]
    assert isinstance(data["id"], str)
    assert int(data["id"]) > 2**53
    assert data["text"].startswith("Tea &amp; &lt;biscuits&gt; at https://t.co/")
    assert data["edit_history_post_ids"] == [data["id"]]
    (entry,) = wire.sandbox.ledger
    assert (entry.network, entry.author, entry.remote_id) == ("x", JORDAN, data["id"])
    assert entry.text == "Tea & <biscuits> at example.org/a_b, \u00e9t\u00e9"
    assert entry.request_body == body
    assert entry.reply_to is None


def test_older_naming_behind_the_switch(wire: Any, x_token: str) -> None:
    wire.control("settings", x_naming="2.166")
    data = wire.x("POST", "/2/tweets", x_token, {"text": "a"}).json["data"]
    assert data["edit_history_tweet_ids"] == [data["id"]]
    assert "edit_history_post_ids" not in data


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"text":"a","text":"b"}',
        b'{"text":"\\ud800"}',
        {},
        {"text": ""},
        {"text": " \n"},
        {"text": 7},
        {"text": "a\ufeffb"},
        {"text": "a\0b"},
        {"text": "a", "status": "b"},
        {"text": "a", "reply": {}},
        {"text": "a", "reply": {"in_reply_to_tweet_id": 7}},
        {"text": "a", "reply": {"in_reply_to_tweet_id": "x"}},
        {"text": "a", "reply": {"in_reply_to_tweet_id": "1" * 20}},
        {"text": "a", "reply": {"in_reply_to_tweet_id": "1", "extra": True}},
        {"text": "a", "reply_settings": "everyone"},
        {"text": "a", "made_with_ai": 1},
        {"text": "a", "media": {"media_ids": ["1"]}},
        {"text": "a", "poll": {"options": ["a"], "duration_minutes": 60}},
        {"text": "a", "poll": {"options": ["a", "b" * 26], "duration_minutes": 60}},
        {"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": 4}},
        {"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": 60}, "quote_tweet_id": "1"},
    ],
)
def test_bodies_that_are_refused(wire: Any, x_token: str, body: Any) -> None:
    reply = wire.x("POST", "/2/tweets", x_token, body)
    assert reply.status == 400
    assert reply.json["title"] == "Invalid Request"
    assert reply.json["type"].endswith("/invalid-request")
    assert reply.json["errors"][0]["message"]
    assert wire.sandbox.ledger == []


@pytest.mark.parametrize(
    "extra",
    [
        {"made_with_ai": True},
        {"paid_partnership": True},
        {"reply_settings": "following"},
        {"poll": {"options": ["a", "b"], "duration_minutes": 60}},
    ],
)
def test_fields_that_are_taken(wire: Any, x_token: str, extra: dict[str, Any]) -> None:
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a", **extra}).status == 201


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({"text": "x" * 281}, "too long"),
        ({"text": "日" * 141}, "too long"),
        ({"text": "x" * 258 + " a.com"}, "too long"),
        ({"text": "$ABC and $DEF"}, "cashtag"),
        ({"text": "a", "quote_tweet_id": "1"}, REPLY_RULE),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": "1"}}, "deleted or not visible"),
        ({"text": "a", "nullcast": True}, "nullcast"),
        ({"text": "a", "edit_options": {"previous_post_id": "1"}}, "edit_options"),
    ],
)
def test_what_is_forbidden(wire: Any, x_token: str, body: dict[str, Any], part: str) -> None:
    reply = wire.x("POST", "/2/tweets", x_token, body)
    assert (reply.status, reply.json["title"]) == (403, "Forbidden")
    assert part in reply.json["detail"]
    assert wire.sandbox.ledger == []


@pytest.mark.parametrize("text", ["x" * 280, "日" * 140, "x" * 256 + " a.com", "👩🏽‍⚕️" * 140, "one $ABC"])
def test_what_just_fits(wire: Any, x_token: str, text: str) -> None:
    assert wire.x("POST", "/2/tweets", x_token, {"text": text}).status == 201


def test_content_type_is_needed(wire: Any, x_token: str) -> None:
    bearer = {"Authorization": f"Bearer {x_token}"}
    assert wire.send("POST", "/2/tweets", b'{"text":"a"}', bearer).status == 415
    assert wire.sandbox.ledger == []


def test_duplicate_text_is_refused_without_an_id(wire: Any, x_token: str) -> None:
    made = wire.x("POST", "/2/tweets", x_token, {"text": "Same"}).json["data"]["id"]
    reply = wire.x("POST", "/2/tweets", x_token, {"text": "Same"})
    assert reply.status == 403
    assert reply.json == {
        "detail": "You are not allowed to create a Tweet with duplicate content.",
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
    }
    assert made not in reply.body.decode()
    assert wire.x("DELETE", f"/2/tweets/{made}", x_token).status == 200
    assert wire.x("POST", "/2/tweets", x_token, {"text": "Same"}).status == 201


def test_a_thread_by_self_replies(wire: Any, x_token: str) -> None:
    first = wire.x("POST", "/2/tweets", x_token, {"text": "one"}).json["data"]["id"]
    body = {"text": "two", "reply": {"in_reply_to_tweet_id": first}}
    second = wire.x("POST", "/2/tweets", x_token, body)
    assert second.status == 201
    assert wire.sandbox.ledger[1].reply_to == first
    wire.x("DELETE", f"/2/tweets/{first}", x_token)
    gone = wire.x("POST", "/2/tweets", x_token, {"text": "3", "reply": {"in_reply_to_tweet_id": first}})
    assert (gone.status, "deleted or not visible" in gone.json["detail"]) == (403, True)


def test_foreign_posts_cannot_be_answered_unless_mentioned(wire: Any, x_token: str) -> None:
    body = {"text": "Hello", "reply": {"in_reply_to_tweet_id": foreign_post(wire)}}
    reply = wire.x("POST", "/2/tweets", x_token, body)
    assert (reply.status, reply.json["detail"]) == (403, REPLY_RULE)
    assert reply.json["type"].endswith("/not-authorized-for-resource")
    robin = wire.x_tokens(practice_member="robinexample")["access_token"]
    named = wire.x("POST", "/2/tweets", robin, {"text": "Hi @jordansample"}).json["data"]["id"]
    body = {"text": "Hello", "reply": {"in_reply_to_tweet_id": named}}
    assert wire.x("POST", "/2/tweets", x_token, body).status == 201


def test_delete(wire: Any, x_token: str) -> None:
    made = wire.x("POST", "/2/tweets", x_token, {"text": "a"}).json["data"]["id"]
    robin = wire.x_tokens(practice_member="robinexample")["access_token"]
    assert wire.x("DELETE", f"/2/tweets/{made}", robin).status == 403
    assert wire.x("DELETE", f"/2/tweets/{made}", x_token).json == {"data": {"deleted": True}}
    assert wire.x("DELETE", f"/2/tweets/{made}", x_token).status == 404
    assert wire.sandbox.ledger[0].deleted_at is not None


def test_credits(wire: Any, x_token: str) -> None:
    def left() -> float:
        return wire.send("GET", "/_practice/state").json["credits_usd"]

    wire.control("credits", usd=0.22)
    assert wire.x("POST", "/2/tweets", x_token, {"text": "plain"}).status == 201
    assert left() == pytest.approx(0.205)
    assert wire.x("POST", "/2/tweets", x_token, {"text": "see MedVoice.com"}).status == 201
    assert left() == pytest.approx(0.005)
    wire.control("credits", usd=0)
    reply = wire.x("POST", "/2/tweets", x_token, {"text": "more"})
    assert reply.status == 402
    assert reply.json["type"].rsplit("/", 1)[1] == "credits-depleted"
    assert wire.x("GET", "/2/users/me", x_token).status == 402
    assert len(wire.sandbox.ledger) == 2


def test_windows_and_their_headers(wire: Any, x_token: str) -> None:
    wire.control("settings", x_posts_per_window=2)
    remaining = []
    for number in range(2):
        reply = wire.x("POST", "/2/tweets", x_token, {"text": f"n {number}"})
        remaining.append(reply.headers["x-rate-limit-remaining"])
    assert remaining == ["1", "0"]
    refused = wire.x("POST", "/2/tweets", x_token, {"text": "n 3"})
    assert (refused.status, refused.json["title"]) == (429, "Too Many Requests")
    assert refused.headers["x-rate-limit-remaining"] == "0"
    reset_s = int(refused.headers["x-rate-limit-reset"])
    assert reset_s == 1_795_521_600 + 900
    wire.control("clock", advance_s=900)
    assert wire.x("POST", "/2/tweets", x_token, {"text": "n 3"}).status == 201


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/2/tweets", "100"),
        ("GET", "/2/tweets?ids=1", "5000"),
        ("GET", "/2/tweets/1", "900"),
        ("DELETE", "/2/tweets/1", "50"),
        ("GET", "/2/users/me", "75"),
        ("GET", f"/2/users/{JORDAN}/tweets", "900"),
    ],
)
def test_rate_headers_on_every_answer(wire: Any, x_token: str, method: str, path: str, limit: str) -> None:
    good = wire.x(method, path, x_token, {} if method == "POST" else None)
    bad = wire.x(method, path, "nothing", {} if method == "POST" else None)
    assert bad.status == 401
    for reply in (good, bad):
        assert reply.headers["x-rate-limit-limit"] == limit
        assert {"x-rate-limit-remaining", "x-rate-limit-reset"} <= reply.headers.keys()


def test_writing_needs_its_scope(wire: Any) -> None:
    token = wire.x_tokens(scope="tweet.read users.read")["access_token"]
    reply = wire.x("POST", "/2/tweets", token, {"text": "a"})
    assert (reply.status, reply.json["type"].rsplit("/", 1)[1]) == (403, "oauth2-permissions")


def test_a_linkedin_token_is_nothing_here(wire: Any, linkedin_token: str) -> None:
    reply = wire.x("POST", "/2/tweets", linkedin_token, {"text": "a"})
    assert reply.json == {
        "title": "Unauthorized",
        "detail": "Unauthorized",
        "type": "about:blank",
        "status": 401,
    }


def test_media_upload_is_not_played_here(wire: Any, x_token: str) -> None:
    assert wire.x("POST", "/2/media/upload", x_token, {}).status == 404
