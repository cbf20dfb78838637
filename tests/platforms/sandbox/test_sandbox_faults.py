"""Scripted faults: what the client sees, and whether the server acted."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import closing
from typing import Any

import pytest

from medvoice.platforms.sandbox import Fault, Sandbox

X_ROUTE = "POST /2/tweets"
LINKEDIN_ROUTE = "POST /rest/posts"


def test_drop_before_does_not_act(wire: Any, x_token: str) -> None:
    wire.sandbox.script(X_ROUTE, Fault("drop_before"))
    with pytest.raises(http.client.RemoteDisconnected):
        wire.x("POST", "/2/tweets", x_token, {"text": "a"})
    assert wire.sandbox.ledger == []
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 201


def test_drop_after_acts_without_an_answer(wire: Any, linkedin_token: str, linkedin_post: Any) -> None:
    wire.sandbox.script(LINKEDIN_ROUTE, Fault("drop_after"))
    with pytest.raises(http.client.RemoteDisconnected):
        wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    (entry,) = wire.sandbox.ledger
    again = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (again.status, entry.remote_id in again.json["message"]) == (422, True)


@pytest.mark.parametrize(("kind", "made"), [("status_before", 0), ("status_after", 1)])
@pytest.mark.parametrize("status", [500, 503, 504])
def test_server_errors(wire: Any, x_token: str, kind: str, made: int, status: int) -> None:
    wire.sandbox.script(X_ROUTE, Fault(kind, status=status))
    reply = wire.x("POST", "/2/tweets", x_token, {"text": "a"})
    assert (reply.status, reply.json["status"]) == (status, status)
    assert "x-rate-limit-limit" in reply.headers
    assert len(wire.sandbox.ledger) == made


@pytest.mark.parametrize(("kind", "made"), [("status_before", 0), ("status_after", 1)])
def test_server_errors_of_linkedin(
    wire: Any, linkedin_token: str, linkedin_post: Any, kind: str, made: int
) -> None:
    wire.sandbox.script(LINKEDIN_ROUTE, Fault(kind, status=503))
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (reply.status, reply.json["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert "x-restli-id" not in reply.headers
    assert len(wire.sandbox.ledger) == made


@pytest.mark.parametrize("network", ["x", "linkedin"])
def test_truncated_answers(wire: Any, network: str, linkedin_post: Any) -> None:
    if network == "x":
        token = wire.x_tokens()["access_token"]
        wire.sandbox.script(X_ROUTE, Fault("truncate"))
        with pytest.raises(http.client.IncompleteRead):
            wire.x("POST", "/2/tweets", token, {"text": "a"})
    else:
        token = wire.linkedin_token()
        wire.sandbox.script(LINKEDIN_ROUTE, Fault("truncate"))
        with pytest.raises(http.client.IncompleteRead):
            wire.linkedin("POST", "/rest/posts", token, linkedin_post)
    assert len(wire.sandbox.ledger) == 1


def test_garbled_and_idless_answers(wire: Any, linkedin_token: str, linkedin_post: Any) -> None:
    wire.sandbox.script(LINKEDIN_ROUTE, Fault("no_id"))
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (reply.status, "x-restli-id" in reply.headers) == (201, False)
    wire.sandbox.script(LINKEDIN_ROUTE, Fault("garble"))
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, {**linkedin_post, "commentary": "b"})
    assert (reply.status, "x-restli-id" in reply.headers) == (201, False)
    assert reply.headers["content-type"].startswith("text/html")
    assert len(wire.sandbox.ledger) == 2


def test_rate_limits(wire: Any, x_token: str, linkedin_token: str, linkedin_post: Any) -> None:
    wire.sandbox.script(X_ROUTE, Fault("rate_limit"))
    wire.sandbox.script(X_ROUTE, Fault("rate_limit", capped=True))
    wire.sandbox.script(LINKEDIN_ROUTE, Fault("rate_limit"))
    first, second = (wire.x("POST", "/2/tweets", x_token, {"text": "a"}) for _ in range(2))
    assert (first.status, first.json["type"].rsplit("/", 1)[1]) == (429, "rate-limit-exceeded")
    assert (second.status, second.json["type"].rsplit("/", 1)[1]) == (429, "usage-capped")
    assert second.json["period"] == "Daily"
    third = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (third.status, third.json["code"]) == (429, "TOO_MANY_REQUESTS")
    assert "retry-after" not in third.headers
    assert wire.sandbox.ledger == []


def test_revoked_for_one_call(wire: Any, x_token: str, linkedin_token: str, linkedin_post: Any) -> None:
    wire.sandbox.script(X_ROUTE, Fault("revoked"))
    wire.sandbox.script(LINKEDIN_ROUTE, Fault("revoked"))
    wire.sandbox.script("POST /2/oauth2/token", Fault("revoked"))
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 401
    reply = wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    assert (reply.status, reply.json["code"]) == (401, "REVOKED_ACCESS_TOKEN")
    spent = wire.form("/2/oauth2/token", {"grant_type": "refresh_token"})
    assert spent.json["error_description"] == "Value passed for the token was invalid."
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 201


def test_redirects_lead_to_a_trap_that_remembers(wire: Any, x_token: str) -> None:
    wire.sandbox.script(X_ROUTE, Fault("redirect"))
    wire.sandbox.script(X_ROUTE, Fault("redirect", status=302))
    reply = wire.x("POST", "/2/tweets", x_token, {"text": "a"})
    assert (reply.status, reply.headers["location"]) == (307, wire.sandbox.base_url + "/_practice/trap")
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 302
    assert not [seen for seen in wire.sandbox.requests if "trap" in seen.route]
    wire.x("POST", "/_practice/trap", x_token, {"text": "a"})
    (seen,) = [seen for seen in wire.sandbox.requests if "trap" in seen.route]
    assert seen.has_authorization
    assert wire.sandbox.ledger == []


@pytest.mark.parametrize(("kind", "made_early"), [("delay_before", 0), ("delay_after", 1)])
def test_delays_fall_before_or_after_the_act(wire: Any, x_token: str, kind: str, made_early: int) -> None:
    wire.sandbox.script(X_ROUTE, Fault(kind, delay_s=1.0))
    statuses: list[int] = []
    client = threading.Thread(
        target=lambda: statuses.append(wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status)
    )
    client.start()
    ended_s = time.monotonic() + 5
    while not any(seen.route == X_ROUTE for seen in wire.sandbox.requests):
        assert time.monotonic() < ended_s
        time.sleep(0.005)
    time.sleep(0.05)
    assert len(wire.sandbox.ledger) == made_early
    assert statuses == []
    client.join()
    assert statuses == [201]
    assert len(wire.sandbox.ledger) == 1


def test_faults_queue_skip_and_count(wire: Any, x_token: str) -> None:
    wire.sandbox.script(X_ROUTE, Fault("status_before", status=500, count=2, skip=1))
    wire.sandbox.script(X_ROUTE, Fault("status_before", status=503))
    statuses = [wire.x("POST", "/2/tweets", x_token, {"text": f"n {n}"}).status for n in range(5)]
    assert statuses == [201, 500, 500, 503, 201]
    assert [seen.fault for seen in wire.sandbox.requests if seen.route == X_ROUTE] == [
        None,
        "status_before",
        "status_before",
        "status_before",
        None,
    ]


def test_other_routes_are_untouched(wire: Any, x_token: str) -> None:
    wire.sandbox.script(X_ROUTE, Fault("drop_before"))
    assert wire.x("GET", "/2/users/me", x_token).status == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "explode"},
        {"kind": "drop_after", "count": 0},
        {"kind": "drop_after", "skip": -1},
        {"kind": "drop_after", "delay_s": -1},
        {"kind": "drop_after", "count": "1"},
        {"kind": "drop_after", "count": True},
        {"kind": "status_after", "status": 200},
        {"kind": "redirect", "status": 304},
        {"kind": "drop_after", "when": "now"},
        {},
    ],
)
def test_senseless_faults_are_refused(wire: Any, wrong: dict[str, Any]) -> None:
    assert wire.control("faults", route=X_ROUTE, **wrong).status == 400
    assert wire.send("GET", "/_practice/state").json["faults"] == {}


def test_unknown_routes_are_refused(wire: Any) -> None:
    assert wire.control("faults", route="POST /3/tweets", kind="drop_after").status == 400
    with pytest.raises(ValueError, match="route"):
        wire.sandbox.script("POST /3/tweets", Fault("drop_after"))


def test_faults_over_http(wire: Any, x_token: str) -> None:
    reply = wire.control("faults", route=X_ROUTE, kind="status_after", status=504, count=2, delay_s=0)
    assert reply.json == {"waiting": {X_ROUTE: 2}}
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 504


def test_stopping_does_not_wait_for_a_delay() -> None:
    with Sandbox() as sandbox:
        sandbox.script("GET /2/users/me", Fault("delay_before", delay_s=60))
        host = sandbox.base_url.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request("GET", "/2/users/me")
        while not sandbox.requests:
            time.sleep(0.005)
        started_s = time.monotonic()
    assert time.monotonic() - started_s < 5
    with closing(connection), pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        connection.getresponse()


def test_a_client_that_leaves_during_a_delay_leaves_the_post(
    wire: Any, x_token: str, capfd: pytest.CaptureFixture[str]
) -> None:
    wire.sandbox.script(X_ROUTE, Fault("delay_after", delay_s=0.2))
    connection = http.client.HTTPConnection(wire.host, wire.port)
    headers = {"Authorization": f"Bearer {x_token}", "Content-Type": "application/json"}
    connection.request("POST", "/2/tweets", json.dumps({"text": "a"}), headers)
    while not wire.sandbox.ledger:
        time.sleep(0.005)
    connection.close()
    time.sleep(0.25)
    assert len(wire.sandbox.ledger) == 1
    assert wire.x("GET", "/2/users/me", x_token).status == 200
    assert capfd.readouterr().err == ""
