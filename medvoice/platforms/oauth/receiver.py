"""The loopback address at which the browser comes back: listens on this machine only, answers once."""

import errno
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from medvoice.domain.errors import AccountError, MedVoiceError, UserError
from medvoice.platforms.oauth.flow import CALLBACK_PATH
from medvoice.platforms.oauth.page import callback_page
from medvoice.services.callback import code_from_query

DEFAULT_PORTS = (8765, 8766)
# A browser may open a connection in advance and say nothing on it.
REQUEST_TIMEOUT_S = 10.0
# LinkedIn's localhost may resolve to either family; X's address is IPv4 by its letters.
_BINDINGS = {
    "linkedin": ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")),
    "x": ((socket.AF_INET, "127.0.0.1"),),
}
_HOST_NAMES = {"linkedin": ("localhost", "127.0.0.1", "[::1]"), "x": ("127.0.0.1",)}


@dataclass(slots=True)
class _Exchange:
    """What the request threads and the waiting thread share."""

    network: str
    state: str
    hosts: frozenset[str]
    lock: threading.Lock = field(default_factory=threading.Lock)
    done: threading.Event = field(default_factory=threading.Event)
    code: str = ""
    problem: MedVoiceError | None = None
    wrong_states: int = 0

    def settle(self, code: str, problem: MedVoiceError | None) -> bool:
        """Keep the first answer; False when there is one already."""
        with self.lock:
            if self.done.is_set():
                return False
            self.code, self.problem = code, problem
            self.done.set()
            return True


class LoopbackReceiver:
    """signing.Receiver: listens from the moment it is made until `close`.

    `port` is the first of `ports` that was free on every address needed. Raises UserError `ports_in_use`.
    """

    def __init__(self, network: str, ports: tuple[int, ...], state: str) -> None:
        self.port, self._servers = _bind_first(network, ports)
        hosts = frozenset(f"{name}:{self.port}" for name in _HOST_NAMES[network])
        self._exchange = _Exchange(network, state, hosts)
        for server in self._servers:
            server.exchange = self._exchange
            threading.Thread(
                target=server.serve_forever, args=(0.1,), name="sign-in-callback", daemon=True
            ).start()

    def wait(self, timeout_s: float) -> str:
        """See signing.Receiver. Closes the receiver in every case."""
        exchange = self._exchange
        try:
            if not exchange.done.wait(timeout_s):
                is_foreign = exchange.wrong_states > 0
                code = "sign_in_wrong_state" if is_foreign else "sign_in_timed_out"
                raise AccountError(code, network=exchange.network, waited_s=int(timeout_s))
            # The page that says "you may close this" leaves before the socket closes.
            time.sleep(0.05)
        finally:
            self.close()
        if exchange.problem is not None:
            raise exchange.problem
        return exchange.code

    def close(self) -> None:
        """See signing.Receiver."""
        self._exchange.settle("", UserError("sign_in_cancelled", network=self._exchange.network))
        servers, self._servers = self._servers, []
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Elsewhere the option only skips TIME_WAIT; on Windows it would let two programs share the port.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")
    exchange: _Exchange

    def __init__(self, family: socket.AddressFamily, host: str, port: int) -> None:
        self.address_family = family
        super().__init__((host, port), _Handler, bind_and_activate=False)
        try:
            if family == socket.AF_INET6:
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            self.server_bind()
            self.server_activate()
        except BaseException:
            self.server_close()
            raise

    def server_bind(self) -> None:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        # Not HTTPServer's own: it asks the resolver for a full host name, which may take seconds.
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no event; nothing of the request may reach a log."""


class _Handler(BaseHTTPRequestHandler):
    timeout = REQUEST_TIMEOUT_S
    server: _Server  # pyright: ignore[reportIncompatibleVariableOverride]
    server_version = "MedVoice"
    sys_version = ""

    def do_GET(self) -> None:
        exchange = self.server.exchange
        if self.headers.get("Host", "").lower() not in exchange.hosts:
            self._answer(400, callback_page("foreign_host", exchange.network))
            return
        parts = urlsplit(self.path)
        if parts.path != CALLBACK_PATH:
            self._answer(404, callback_page("not_here", exchange.network))
            return
        try:
            code, problem = code_from_query(parts.query, exchange.state, exchange.network), None
        except MedVoiceError as refused:
            code, problem = "", refused
        if problem is not None and problem.code in ("sign_in_wrong_state", "sign_in_no_code"):
            exchange.wrong_states += problem.code == "sign_in_wrong_state"
            self._answer(400, callback_page(problem.code, exchange.network))
            return
        with exchange.lock:
            is_late = exchange.done.is_set()
        name = "already_done" if is_late else problem.code if problem else "done"
        # The page goes first: the waiting thread closes the server as soon as it knows.
        try:
            self._answer(200, callback_page(name, exchange.network))
        finally:
            exchange.settle(code, problem)

    def do_HEAD(self) -> None:
        """Link checkers get nothing and settle nothing."""
        self.send_error(405)

    def _answer(self, status: int, page: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(page)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """The request line holds the code: it is never logged."""


def _bind_first(network: str, ports: tuple[int, ...]) -> tuple[int, list[_Server]]:
    for port in ports:
        servers = _bind_all(network, port)
        if servers:
            return port or servers[0].server_port, servers
    raise UserError("ports_in_use", network=network, ports=", ".join(str(port) for port in ports))


def _bind_all(network: str, port: int) -> list[_Server]:
    """Servers on every loopback address of that network, [] when the port is taken on one of them.
    A machine without IPv6 has one address less."""
    servers: list[_Server] = []
    for family, host in _BINDINGS[network]:
        try:
            servers.append(_Server(family, host, port or (servers[0].server_port if servers else 0)))
        except OSError as problem:
            if family == socket.AF_INET6 and problem.errno in _NO_IPV6:
                continue
            for server in servers:
                server.server_close()
            return []
    return servers


_NO_IPV6 = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT)
