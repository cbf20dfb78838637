"""The loopback receiver with raw requests: right host, path and state, answered once."""

import http.client
import socket
import threading
import time

import pytest

from medvoice.domain.errors import AccountError, UserError
from medvoice.platforms.oauth.receiver import LoopbackReceiver

STATE = "right-state-" + "x" * 32


def _free_ports(count: int) -> tuple[int, ...]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = tuple(one.getsockname()[1] for one in held)
    for one in held:
        one.close()
    return ports


def _get(port: int, path: str, host: str = "", address: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, port, timeout=5)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.getheader("Cache-Control") == "no-store"
    connection.close()
    return answer.status, body


@pytest.fixture
def receiver():
    made = LoopbackReceiver("x", _free_ports(2), STATE)
    yield made
    made.close()


def test_right_answer(receiver):
    status, page = _get(receiver.port, f"/callback?code=the-code&state={STATE}")
    assert status == 200
    assert "You are back in MedVoice" in page
    assert "the-code" not in page
    assert receiver.wait(1) == "the-code"


def test_linkedin_is_heard_on_both_families():
    ports = _free_ports(2)
    made = LoopbackReceiver("linkedin", ports, STATE)
    try:
        with socket.create_connection(("::1", made.port), timeout=2):
            pass
    except OSError:
        made.close()
        pytest.skip("no IPv6 on this machine")
    _get(made.port, f"/callback?code=c6&state={STATE}", f"localhost:{made.port}", "::1")
    assert made.wait(1) == "c6"


@pytest.mark.parametrize(
    "query",
    ["code=stolen", "code=stolen&state=", "code=stolen&state=other", f"code=stolen&state={STATE}&state=b"],
)
def test_foreign_state_is_refused_and_listening_goes_on(receiver, query):
    status, page = _get(receiver.port, f"/callback?{query}")
    assert status == 400
    assert "stolen" not in page
    assert _get(receiver.port, f"/callback?code=good&state={STATE}")[0] == 200
    assert receiver.wait(1) == "good"


def test_only_foreign_states_came(receiver):
    _get(receiver.port, "/callback?code=stolen&state=other")
    with pytest.raises(AccountError) as caught:
        receiver.wait(0.05)
    assert caught.value.code == "sign_in_wrong_state"


def test_nothing_came(receiver):
    with pytest.raises(AccountError) as caught:
        receiver.wait(0.05)
    assert caught.value.code == "sign_in_timed_out"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", receiver.port), timeout=1)


@pytest.mark.parametrize("path", ["/callback/?code=c&state=", "/?code=c&state=", "/favicon.ico?state="])
def test_other_paths_settle_nothing(receiver, path):
    assert _get(receiver.port, path + STATE)[0] == 404
    with pytest.raises(AccountError):
        receiver.wait(0.05)


def test_other_hosts_settle_nothing(receiver):
    for host in ("evil.example", f"evil.example:{receiver.port}", f"localhost:{receiver.port}", "127.0.0.1"):
        assert _get(receiver.port, f"/callback?code=c&state={STATE}", host)[0] == 400
    with pytest.raises(AccountError):
        receiver.wait(0.05)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("access_denied", "sign_in_declined"),
        ("user_cancelled_login", "sign_in_declined"),
        ("user_cancelled_authorize", "sign_in_declined"),
        ("unauthorized_scope_error", "scope_refused"),
        ("server_error", "sign_in_refused"),
    ],
)
def test_the_network_says_no(receiver, error, code):
    path = f"/callback?error={error}&error_description=<script>x</script>&state={STATE}"
    assert "<script>" not in _get(receiver.port, path)[1]
    with pytest.raises((UserError, AccountError)) as caught:
        receiver.wait(1)
    assert caught.value.code == code


def test_the_first_answer_counts(receiver):
    _get(receiver.port, f"/callback?code=first&state={STATE}")
    assert "Already done" in _get(receiver.port, f"/callback?code=second&state={STATE}")[1]
    assert receiver.wait(1) == "first"


def test_the_second_port_is_the_reserve():
    ports = _free_ports(2)
    with socket.create_server(("127.0.0.1", ports[0])):
        made = LoopbackReceiver("x", ports, STATE)
        assert made.port == ports[1]
        with pytest.raises(UserError) as caught:
            LoopbackReceiver("x", ports, STATE)
        assert caught.value.code == "ports_in_use"
        assert str(ports[0]) in str(caught.value.params["ports"])
        made.close()
    again = LoopbackReceiver("x", ports, STATE)
    assert again.port == ports[0]
    again.close()


def test_a_silent_connection_does_not_block(receiver):
    """Browsers open a connection in advance and say nothing on it."""
    with socket.create_connection(("127.0.0.1", receiver.port)):
        assert _get(receiver.port, f"/callback?code=c&state={STATE}")[0] == 200
        started_s = time.monotonic()
        assert receiver.wait(1) == "c"
    assert time.monotonic() - started_s < 2


def test_cancel_from_another_thread(receiver):
    threading.Timer(0.1, receiver.close).start()
    with pytest.raises(UserError) as caught:
        receiver.wait(5)
    assert caught.value.code == "sign_in_cancelled"


def test_listens_on_loopback_only(receiver):
    for server in receiver._servers:
        assert server.server_address[0] in ("127.0.0.1", "::1")
