"""Reading posts back from X, on the wire (platforms reference 2.4, 7.2, 9)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

JORDAN = "1799000000000000001"
TIMELINE = f"/2/users/{JORDAN}/tweets"


def post(wire: Any, token: str, text: str, reply_to: str | None = None) -> str:
    body: dict[str, Any] = {"text": text}
    if reply_to:
        body["reply"] = {"in_reply_to_tweet_id": reply_to}
    reply = wire.x("POST", "/2/tweets", token, body)
    assert reply.status == 201
    return reply.json["data"]["id"]


def test_a_post_as_it_is_given_back(wire: Any, x_token: str) -> None:
    text = "Ω & <b> see example.org/a and https://clinique.fr/" + "p" * 60
    made = post(wire, x_token, text)
    fields = "created_at,author_id,entities,conversation_id,public_metrics"
    data = wire.x("GET", f"/2/tweets/{made}?post.fields={fields}", x_token).json["data"]
    assert data["created_at"] == "2026-11-24T12:00:00.000Z"
    assert (data["author_id"], data["conversation_id"]) == (JORDAN, made)
    assert data["public_metrics"]["repost_count"] == 0
    first, second = data["entities"]["urls"]
    assert first["expanded_url"] == "http://example.org/a"
    assert second["expanded_url"] == "https://clinique.fr/" + "p" * 60
    for url in (first, second):
        assert data["text"][url["start"] : url["end"]] == url["url"]
        assert len(url["url"]) == 23
    restored = data["text"]
    for url in (first, second):
        restored = restored.replace(url["url"], url["expanded_url"])
    restored = restored.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert restored == text.replace("example.org/a", "http://example.org/a")


def test_parts_of_a_thread_know_their_place(wire: Any, x_token: str) -> None:
    one = post(wire, x_token, "one")
    two = post(wire, x_token, "two", one)
    three = post(wire, x_token, "three", two)
    fields = "conversation_id,referenced_posts,in_reply_to_user_id,public_metrics"
    data = wire.x("GET", f"/2/tweets/{three}?post.fields={fields}", x_token).json["data"]
    assert data["conversation_id"] == one
    assert data["referenced_posts"] == [{"type": "replied_to", "id": two}]
    assert data["in_reply_to_user_id"] == JORDAN


def test_naming_switch(wire: Any, x_token: str) -> None:
    one = post(wire, x_token, "one")
    two = post(wire, x_token, "two", one)
    assert wire.x("GET", f"/2/tweets/{two}?tweet.fields=created_at", x_token).status == 400
    assert wire.x("GET", f"/2/tweets/{two}?post.fields=referenced_tweets", x_token).status == 400
    wire.control("settings", x_naming="2.166")
    old = wire.x("GET", f"/2/tweets/{two}?tweet.fields=referenced_tweets,public_metrics", x_token).json[
        "data"
    ]
    assert old["referenced_tweets"] == [{"type": "replied_to", "id": one}]
    assert old["edit_history_tweet_ids"] == [two]
    assert "retweet_count" in old["public_metrics"]
    assert wire.x("GET", f"/2/tweets/{two}?post.fields=created_at", x_token).status == 400


def test_a_missing_post_is_an_error_inside_a_200(wire: Any, x_token: str) -> None:
    made = post(wire, x_token, "here")
    reply = wire.x("GET", f"/2/tweets?ids={made},17", x_token)
    assert reply.status == 200
    assert [data["id"] for data in reply.json["data"]] == [made]
    (error,) = reply.json["errors"]
    assert (error["title"], error["resource_id"]) == ("Not Found Error", "17")
    assert error["type"].rsplit("/", 1)[1] == "resource-not-found"
    alone = wire.x("GET", "/2/tweets/17", x_token)
    assert alone.status == 200
    assert "data" not in alone.json
    wire.x("DELETE", f"/2/tweets/{made}", x_token)
    assert "errors" in wire.x("GET", f"/2/tweets/{made}", x_token).json


def test_timeline_newest_first_with_bounds(wire: Any, x_token: str) -> None:
    ids = []
    for number in range(4):
        ids.append(post(wire, x_token, f"n {number}"))
        wire.control("clock", advance_s=60)

    def read(query: str) -> list[str]:
        reply = wire.x("GET", f"{TIMELINE}?max_results=5&{query}", x_token)
        assert reply.status == 200
        return [data["id"] for data in reply.json.get("data", [])]

    assert read("") == ids[::-1]
    assert read(f"since_id={ids[1]}") == [ids[3], ids[2]]
    assert read(f"until_id={ids[1]}") == [ids[0]]
    assert read("start_time=" + quote("2026-11-24T12:02:00Z")) == [ids[3], ids[2]]
    assert read("end_time=" + quote("2026-11-24T12:01:00Z")) == [ids[0]]


def test_empty_timeline_has_no_data(wire: Any, x_token: str) -> None:
    assert wire.x("GET", TIMELINE, x_token).json == {"meta": {"result_count": 0}}


def test_timeline_pages_and_excludes_replies(wire: Any, x_token: str) -> None:
    first = post(wire, x_token, "root")
    for number in range(6):
        post(wire, x_token, f"n {number}", first)
    one = wire.x("GET", f"{TIMELINE}?max_results=5", x_token).json
    assert (one["meta"]["result_count"], len(one["data"])) == (5, 5)
    assert one["meta"]["newest_id"] == one["data"][0]["id"]
    token = one["meta"]["next_token"]
    two = wire.x("GET", f"{TIMELINE}?max_results=5&pagination_token={token}", x_token).json
    assert two["meta"]["result_count"] == 2
    assert "next_token" not in two["meta"]
    only = wire.x("GET", f"{TIMELINE}?exclude=replies", x_token).json
    assert [data["id"] for data in only["data"]] == [first]


@pytest.mark.parametrize(
    "query",
    [
        "max_results=4",
        "max_results=101",
        "max_results=many",
        "since_id=abc",
        "start_time=2026-11-24",
        "start_time=2026-13-24T12:00:00Z",
        "exclude=likes",
        "pagination_token=made-up",
        "since_id=1&since_id=2",
        "count=5",
        "post.fields=shoe_size",
    ],
)
def test_parameters_that_are_refused(wire: Any, x_token: str, query: str) -> None:
    reply = wire.x("GET", f"{TIMELINE}?{query}", x_token)
    assert (reply.status, reply.json["title"]) == (400, "Invalid Request")


def test_other_lookups_that_are_refused(wire: Any, x_token: str) -> None:
    assert wire.x("GET", "/2/users/42/tweets", x_token).status == 400
    assert wire.x("GET", "/2/tweets/abc", x_token).status == 400
    assert wire.x("GET", "/2/tweets", x_token).status == 400
    assert wire.x("GET", "/2/tweets?ids=" + ",".join("1" * 101), x_token).status == 400


def test_the_timeline_may_lag(wire: Any, x_token: str) -> None:
    wire.control("settings", timeline_lag_s=20)
    made = post(wire, x_token, "soon")
    assert "data" not in wire.x("GET", TIMELINE, x_token).json
    assert "data" not in wire.x("GET", f"/2/tweets/{made}", x_token).json
    wire.control("clock", advance_s=20)
    assert wire.x("GET", TIMELINE, x_token).json["data"][0]["id"] == made


def test_ids_carry_their_time(wire: Any, x_token: str) -> None:
    made = int(post(wire, x_token, "when"))
    assert (made >> 22) + 1_288_834_974_657 == 1_795_521_600_000
