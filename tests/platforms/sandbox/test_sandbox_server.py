"""The port itself: framing, strangers, control, threads, what the package may import."""

from __future__ import annotations

import ast
import base64
import http.client
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import medvoice.platforms.sandbox as package
from medvoice.platforms.sandbox import Sandbox

# Strangers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}"]
)
def test_a_foreign_host_name_is_refused(wire: Any, host: str) -> None:
    reply = wire.send("GET", "/_practice/ledger", None, {"Host": host.format(port=wire.port)})
    assert reply.status == 421
    assert b"entries" not in reply.body


def test_localhost_is_the_same_place(wire: Any) -> None:
    assert wire.send("GET", "/", None, {"Host": f"LOCALHOST:{wire.port}"}).status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_page_is_refused(wire: Any, origin: str) -> None:
    headers = {"Origin": origin, "Content-Type": "application/json"}
    assert wire.send("POST", "/_practice/reset", b"{}", headers).status == 403
    assert wire.send("GET", "/", None, {"Origin": origin}).status == 403


def test_two_host_headers_or_none_are_refused(wire: Any) -> None:
    one = f"Host: 127.0.0.1:{wire.port}\r\n".encode()
    assert b" 421 " in wire.raw(b"GET / HTTP/1.1\r\n" + one + b"Host: evil.example\r\n\r\n")
    assert b" 421 " in wire.raw(b"GET / HTTP/1.1\r\n\r\n")


def test_it_listens_on_loopback_only(sandbox: Sandbox) -> None:
    assert sandbox.base_url.startswith("http://127.0.0.1:")
    assert sandbox._server.server_address[0] == "127.0.0.1"


# Framing ----------------------------------------------------------------------------------------------


def head(wire: Any, *lines: str) -> bytes:
    return "\r\n".join([*lines, f"Host: 127.0.0.1:{wire.port}", "", ""]).encode()


def test_a_post_without_length_is_refused(wire: Any) -> None:
    assert b" 411 " in wire.raw(head(wire, "POST /2/tweets HTTP/1.1"))
    assert b" 411 " in wire.raw(head(wire, "POST /rest/posts HTTP/1.1"))


def test_chunked_bodies_are_refused(wire: Any) -> None:
    answer = wire.raw(
        head(wire, "POST /2/tweets HTTP/1.1", "Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n\r\n"
    )
    assert b" 411 " in answer
    assert b"Connection: close" in answer


@pytest.mark.parametrize("length", ["-1", "1e3", "abc", "１"])
def test_senseless_lengths_are_refused(wire: Any, length: str) -> None:
    assert b" 400 " in wire.raw(head(wire, "POST /2/tweets HTTP/1.1", f"Content-Length: {length}"))


def test_oversized_bodies_are_refused_unread(wire: Any) -> None:
    answer = wire.raw(head(wire, "POST /2/tweets HTTP/1.1", "Content-Length: 1000001"))
    assert b" 413 " in answer


def test_half_a_request_makes_nothing(wire: Any, x_token: str) -> None:
    lines = ["POST /2/tweets HTTP/1.1", f"Authorization: Bearer {x_token}", "Content-Type: application/json"]
    assert wire.raw(head(wire, *lines, "Content-Length: 14") + b'{"text":') == b""
    assert wire.sandbox.ledger == []


def test_one_connection_carries_many_calls(wire: Any, x_token: str) -> None:
    connection = http.client.HTTPConnection(wire.host, wire.port, timeout=10)
    for number in range(3):
        headers = {"Authorization": f"Bearer {x_token}", "Content-Type": "application/json"}
        connection.request("POST", "/2/tweets", json.dumps({"text": f"n {number}"}), headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status", "shape"),
    [
        ("GET", "/2/unknown", 404, "type"),
        ("PUT", "/2/tweets", 405, "type"),
        ("GET", "/rest/unknown", 404, "serviceErrorCode|code"),
        ("PUT", "/rest/posts", 405, "code"),
        ("GET", "/oauth/v2/accessToken", 405, "code"),
        ("GET", "/unknown", 404, "error"),
        ("PATCH", "/", 405, "error"),
        ("OPTIONS", "/2/tweets", 405, "type"),
    ],
)
def test_unknown_paths_and_methods(wire: Any, method: str, path: str, status: int, shape: str) -> None:
    reply = wire.send(method, path, b"" if method in ("PUT", "PATCH") else None)
    assert reply.status == status
    assert set(shape.split("|")) & reply.json.keys()
    assert ("allow" in reply.headers) == (status == 405)


def test_the_date_header_follows_the_practice_clock(wire: Any) -> None:
    assert wire.send("GET", "/").headers["date"] == "Tue, 24 Nov 2026 12:00:00 GMT"


# Control ----------------------------------------------------------------------------------------------


def test_ledger_over_http(wire: Any, x_token: str, linkedin_token: str, linkedin_post: Any) -> None:
    body = json.dumps({"text": "é 👍"}).encode()
    wire.x("POST", "/2/tweets", x_token, body)
    wire.linkedin("POST", "/rest/posts", linkedin_token, linkedin_post)
    both = wire.send("GET", "/_practice/ledger").json["entries"]
    assert [entry["network"] for entry in both] == ["x", "linkedin"]
    (only,) = wire.send("GET", "/_practice/ledger?network=x").json["entries"]
    assert base64.b64decode(only["request_body"]) == body
    assert only["text"] == "é 👍"
    assert only["created_at"] == "2026-11-24T12:00:00+00:00"
    assert only["deleted_at"] is None
    assert x_token not in wire.send("GET", "/_practice/ledger").body.decode()
    assert x_token not in wire.send("GET", "/_practice/requests").body.decode()


def test_reset_forgets_posts_but_not_tokens(wire: Any, x_token: str) -> None:
    wire.x("POST", "/2/tweets", x_token, {"text": "a"})
    wire.control("faults", route="POST /2/tweets", kind="drop_after")
    wire.control("credits", usd=1)
    assert wire.control("reset").json == {"reset": True}
    assert wire.sandbox.ledger == []
    state = wire.send("GET", "/_practice/state").json
    assert (state["faults"], state["credits_usd"]) == ({}, 100.0)
    assert wire.x("POST", "/2/tweets", x_token, {"text": "a"}).status == 201


def test_clock_settings_and_their_bounds(wire: Any) -> None:
    assert wire.control("clock", offset_s=-3600).json["now_s"] == 1_795_521_600 - 3600
    assert wire.control("clock", advance_s=60).json["offset_s"] == -3540
    for what, body in [
        ("clock", {}),
        ("clock", {"offset_s": "1"}),
        ("clock", {"offset_s": True}),
        ("clock", {"offset_s": 1, "advance_s": 1}),
        ("settings", {"strict_little": "perhaps"}),
        ("settings", {"x_naming": "3"}),
        ("settings", {"comments_on_v2": 1}),
        ("settings", {"unknown": 1}),
        ("credits", {}),
        ("revoke-tokens", {"network": "threads"}),
        ("register-redirect", {"network": "x"}),
        ("reset", {"now": True}),
    ]:
        assert wire.control(what, **body).status == 400, (what, body)


def test_control_wants_json(wire: Any) -> None:
    assert wire.send("POST", "/_practice/reset", b"{}").status == 415
    kind = {"Content-Type": "application/json"}
    assert wire.send("POST", "/_practice/reset", b"[", kind).status == 400
    assert wire.send("POST", "/_practice/unknown", b"{}", kind).status == 404
    assert wire.send("GET", "/_practice/reset").status == 405


def test_ledger_file_grows_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    with Sandbox(ledger_file=file) as sandbox:
        ledger = sandbox.world.ledger
        given = {"network": "x", "author": "1799000000000000001", "request_body": b"{}", "headers": {}}
        ledger.add(remote_id="5", text="a\u2028b", **given)
        ledger.delete("x", "5")
        ledger.delete("x", "5")
    lines = [json.loads(line) for line in file.read_text("ascii").splitlines()]
    assert [line["event"] for line in lines] == ["created", "deleted"]
    assert lines[0]["text"] == "a\u2028b"
    assert lines[1]["deleted_at"] is not None


# Threads ----------------------------------------------------------------------------------------------


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads change places as often as the interpreter can, so that a missing lock shows."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual_s)


@pytest.mark.usefixtures("eager_threads")
def test_many_clients_at_once_make_each_post_once(wire: Any, x_token: str) -> None:
    statuses: list[int] = []

    def client(number: int) -> None:
        # Two clients send each text: one of the two must meet the duplicate rule.
        reply = wire.x("POST", "/2/tweets", x_token, {"text": f"n {number // 2}"})
        statuses.append(reply.status)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] * 12 + [403] * 12
    ids = [entry.remote_id for entry in wire.sandbox.ledger]
    assert len(set(ids)) == 12
    assert ids == sorted(ids, key=int)


@pytest.mark.usefixtures("eager_threads")
def test_one_code_for_many_clients_gives_one_token(wire: Any) -> None:
    code = wire.x_authorize().callback["code"]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(wire.x_exchange(code).status)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [400] * 7


def test_start_and_stop() -> None:
    sandbox = Sandbox().start()
    host = sandbox.base_url.removeprefix("http://")
    idle = http.client.HTTPConnection(host, timeout=5)
    idle.request("GET", "/")
    idle.getresponse().read()
    port = int(host.rsplit(":", 1)[1])
    sandbox.stop()
    sandbox.stop()
    idle.close()
    again = Sandbox(port)  # the port is free
    with pytest.raises(OSError, match="in use"):
        Sandbox(port)
    again.stop()


def test_a_seed_repeats_the_run() -> None:
    def run() -> list[str]:
        sandbox = Sandbox(seed=3, clock=lambda: 1_795_521_600.0)
        try:
            return [sandbox.world.secret(8), sandbox.world.next_number()]
        finally:
            sandbox.stop()

    assert run() == run()


# Isolation --------------------------------------------------------------------------------------------


def test_it_imports_the_standard_library_and_itself_only() -> None:
    folder = Path(str(package.__file__)).parent
    files = sorted(folder.glob("*.py"))
    assert len(files) > 10
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, file.name
                names = [str(node.module)]
            for name in names:
                is_own = name.startswith("medvoice.platforms.sandbox")
                assert is_own or name.split(".")[0] in sys.stdlib_module_names, (file.name, name)
        assert len(file.read_text("utf-8").splitlines()) < 400, file.name
