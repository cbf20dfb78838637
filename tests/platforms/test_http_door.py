"""The HTTP door: what is proven not to have left, what may have acted, what the environment may not do."""

import socket
import threading
import time

import pytest
import urllib3.util.connection

from medvoice.domain.errors import UserError
from medvoice.platforms.http import Answer, Http, NoAnswer, Timeouts, at_origin, loopback_origin
from medvoice.platforms.wire import json_of, plain

QUICK = Http(Timeouts(connect_s=1, read_s=0.3, answer_s=0.6))


@pytest.fixture
def serve():
    """A server that reads one request and writes what the test gives, piece by piece."""
    sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []
    received: list[bytes] = []

    def start(*pieces: bytes, pause_s: float = 0.0) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        sockets.append(listener)

        def run():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(65_536)
                while request.startswith(b"POST") and not request.endswith(b"{}"):
                    request += connection.recv(65_536)  # closing over unread bytes would reset
                received.append(request)
                for piece in pieces:
                    try:
                        connection.sendall(piece)
                    except OSError:
                        return
                    time.sleep(pause_s)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        threads.append(thread)
        return listener.getsockname()[1]

    start.received = received
    yield start
    for one in sockets:
        one.close()
    for thread in threads:
        thread.join(3)


def _fails(url: str) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        QUICK.call("POST", url, body=b"{}")
    return caught.value


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (socket.gaierror(-2, "Name or service not known"), "name_unknown"),
        (TimeoutError("timed out"), "no_connection"),
        (ConnectionRefusedError(111, "refused"), "refused"),
        (OSError(101, "Network is unreachable"), "no_connection"),
        (ConnectionResetError(104, "reset while connecting"), "no_connection"),
    ],
)
def test_before_the_connection_stands_nothing_left(monkeypatch, problem, code):
    def fail(*args, **kwargs):
        raise problem

    monkeypatch.setattr(urllib3.util.connection, "create_connection", fail)
    got = _fails("https://api.example.org/x?code=secret-code")
    assert (got.code, got.may_have_acted) == (code, False)
    assert "secret-code" not in str(got)


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ((), "reset"),
        ((b"HTTP/1.1 20",), "unreadable"),
        ((b"SSH-2.0-OpenSSH_9\r\n",), "unreadable"),
        ((b"HTTP/1.1 201 Created\r\n",), "timed_out"),
    ],
)
def test_after_it_everything_may_have_acted(serve, pieces, code):
    port = serve(*pieces, pause_s=1.0 if code == "timed_out" else 0.0)
    got = _fails(f"http://127.0.0.1:{port}/")
    assert got.may_have_acted is True
    if code != "reset":
        assert got.code == code


def test_a_handshake_with_something_else_has_not_acted(serve):
    got = _fails(f"https://127.0.0.1:{serve(b'HTTP/1.1 400 Bad Request')}/")
    assert (got.code, got.may_have_acted) == ("tls", False)


def test_a_proxy_that_refuses_the_tunnel_has_not_acted(serve, monkeypatch):
    port = serve(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    got = _fails("https://api.example.org/secret-path")
    assert (got.code, got.may_have_acted) == ("no_connection", False)
    assert serve.received[0].startswith(b"CONNECT api.example.org:443 ")
    assert b"secret-path" not in serve.received[0]


def test_loopback_is_never_proxied(serve, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    port = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\n\r\nhi")
    answer = QUICK.call("GET", f"http://127.0.0.1:{port}/")
    assert (answer.status, answer.body, answer.header("x-a"), answer.is_whole) == (200, b"hi", "1", True)
    assert b"User-Agent: MedVoice/" in serve.received[0]


@pytest.mark.parametrize(
    ("pieces", "pause_s"),
    [
        ((b"HTTP/1.1 201 C\r\nContent-Length: 99\r\nX-Id: 7\r\n\r\n", b"half"), 0.0),
        ((b"HTTP/1.1 201 C\r\nContent-Length: 99\r\nX-Id: 7\r\n\r\n", *[b"."] * 9), 0.2),
        ((b"HTTP/1.1 201 C\r\nX-Id: 7\r\n\r\n", *[b"x" * 1_000_000] * 4), 0.0),
    ],
    ids=["cut", "drip", "flood"],
)
def test_a_body_without_end_keeps_status_and_headers(serve, pieces, pause_s):
    started_s = time.monotonic()
    answer = QUICK.call("GET", f"http://127.0.0.1:{serve(*pieces, pause_s=pause_s)}/")
    assert (answer.status, answer.header("X-Id"), answer.is_whole) == (201, "7", False)
    assert time.monotonic() - started_s < 2.5
    assert len(answer.body) < 2_100_000


def test_origins():
    assert loopback_origin("http://LOCALHOST:80/") == "http://localhost:80"
    assert loopback_origin("http://127.9.9.9:8000") == "http://127.9.9.9:8000"
    assert loopback_origin("http://[::1]:8000") == "http://[::1]:8000"
    url = "https://api.x.com/2/tweets?a=b"
    assert at_origin(url, "") == url
    assert at_origin(url, "http://127.0.0.1:1") == "http://127.0.0.1:1/2/tweets?a=b"
    for bad in ("http://[::1", "http://127.0.0.1:99999", "ftp://127.0.0.1:1", "http://:80", ""):
        with pytest.raises(UserError):
            loopback_origin(bad)
    with pytest.raises(UserError):
        Http().call("GET", "http://api.x.com/2/tweets")


def test_words_and_json():
    assert plain("a\n\x1b[31mb\u202e " + "c" * 400).startswith("a [31mb ccc")
    assert len(plain("c" * 400)) == 300
    assert json_of(Answer(200, {}, b"[1]")) == {}
    assert json_of(Answer(200, {}, b"[" * 100_000)) == {}
    assert json_of(Answer(200, {}, b'{"a": 1}')) == {"a": 1}
