"""The socket side: one loopback port, HTTP/1.1, scripted faults, orderly start and stop."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from medvoice.platforms.sandbox import mishap, routes, x
from medvoice.platforms.sandbox.exchange import MAX_JSON_BYTES, Answer, Refused, Request, json_answer
from medvoice.platforms.sandbox.faults import Fault
from medvoice.platforms.sandbox.ledger import LedgerEntry
from medvoice.platforms.sandbox.world import Seen, Settings, World

MAX_UPLOAD_BYTES = 25_000_000
_IDLE_S = 60


class _Server(ThreadingHTTPServer):
    """Keeps the open connections, so that stop() ends them instead of waiting for their idle time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, world: World) -> None:
        self.world = world
        self.stopping = threading.Event()
        self.live: set[socket.socket] = set()
        self.live_changed = threading.Condition()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        with self.live_changed:
            self.live.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.live_changed:
                self.live.discard(request)
                self.live_changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; anything else is a defect of ours and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def end_connections(self, timeout_s: float) -> None:
        """Wake every handler and wait until all are gone."""
        self.stopping.set()
        with self.live_changed:
            for connection in self.live:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self.live_changed.wait_for(lambda: not self.live, timeout_s)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "PracticeNetwork"
    sys_version = ""
    timeout = _IDLE_S
    wbufsize = -1  # one write per answer: headers and body leave together
    disable_nagle_algorithm = True

    @property
    def _host(self) -> _Server:
        return cast(_Server, self.server)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the request log is `/_practice/requests`."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header follows the practice clock."""
        return super().date_time_string(self._host.world.now_s() if timestamp is None else timestamp)

    def version_string(self) -> str:
        return self.server_version

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        answer = self._foreign()
        body = b""
        if answer is None:
            answer, body = self._read_body(path)
        if answer is not None:
            self.close_connection = True  # what follows on this connection cannot be trusted
            self._send(answer)
            return
        world = self._host.world
        request = Request(
            self.command, path, query, cast("Mapping[str, str]", self.headers), body, world.base_url
        )
        found = routes.find(self.command, path)
        if isinstance(found, list):
            self._no_route(request, found)
            return
        route, values = found
        fault = world.faults.take(route.name)
        seen = Seen(
            route=route.name,
            path=path,
            status=None,
            fault=fault.kind if fault else None,
            at_s=world.now_s(),
            has_authorization=bool(request.header("Authorization")),
        )
        with world.lock:
            world.log.append(seen)
        self._run(route, request, values, fault, seen)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _serve  # noqa: N815

    # Reading -----------------------------------------------------------------------------------------

    def _foreign(self) -> Answer | None:
        """Refuse a name that is not ours (DNS rebinding) and a page from elsewhere (its Origin)."""
        port = self._host.server_address[1]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        given = self.headers.get_all("Host") or []
        if len(given) != 1 or given[0].lower() not in hosts:
            return json_answer(421, {"error": "This is a practice network on loopback; that host is not it."})
        origin = self.headers.get("Origin")
        if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
            return json_answer(403, {"error": "Pages from elsewhere may not call the practice network."})
        return None

    def _read_body(self, path: str) -> tuple[Answer | None, bytes]:
        if self.headers.get("Transfer-Encoding"):
            return routes.failure(routes.family_of(path), 411, "Length Required"), b""
        lengths = self.headers.get_all("Content-Length") or []
        if not lengths:
            needs = self.command in ("POST", "PUT", "PATCH")
            return (
                (routes.failure(routes.family_of(path), 411, "Length Required"), b"")
                if needs
                else (None, b"")
            )
        if len(lengths) > 1 or not lengths[0].isascii() or not lengths[0].isdigit():
            return routes.failure(routes.family_of(path), 400, "Bad Request"), b""
        limit = MAX_UPLOAD_BYTES if path.startswith("/dms-uploads/") else MAX_JSON_BYTES
        if int(lengths[0]) > limit:
            return routes.failure(routes.family_of(path), 413, "Request Entity Too Large"), b""
        body = self.rfile.read(int(lengths[0]))
        if len(body) < int(lengths[0]):
            raise ConnectionError("the client left in the middle of its request")
        return None, body

    def _no_route(self, request: Request, methods: list[str]) -> None:
        family = routes.family_of(request.path)
        if methods:
            allow = ", ".join(sorted(methods))
            self._send(routes.failure(family, 405, "Method Not Allowed").with_headers(("Allow", allow)))
        else:
            self._send(routes.failure(family, 404, "Not Found"))

    # Acting ------------------------------------------------------------------------------------------

    def _run(
        self, route: routes.Route, request: Request, values: tuple[str, ...], fault: Fault | None, seen: Seen
    ) -> None:
        is_late = fault is not None and fault.acts and fault.kind != "delay_before"
        if fault is not None and not is_late and self._wait(fault.delay_s):
            self._drop()
            return
        answer: Answer | None = None
        if fault is None or fault.acts:
            answer = self._act(route, request, values)
        is_stopped = fault is not None and is_late and self._wait(fault.delay_s)
        if is_stopped or (fault is not None and fault.kind in ("drop_before", "drop_after")):
            self._drop()
            return
        if answer is None or (fault is not None and fault.kind == "status_after"):
            assert fault is not None
            answer = mishap.instead(fault, route.family, request.base_url)
        if route.family == "x":
            with self._host.world.lock:
                answer = answer.with_headers(*x.rate_headers(self._host.world, request, route.name))
        seen.status = answer.status
        if fault is not None and fault.kind == "truncate":
            self._send_cut(answer)
        else:
            self._send(mishap.spoil(fault, answer) if fault else answer)

    def _act(self, route: routes.Route, request: Request, values: tuple[str, ...]) -> Answer:
        with self._host.world.lock:
            try:
                return route.handler(self._host.world, request, route.name, *values)
            except Refused as refused:
                return refused.answer

    def _wait(self, seconds: float) -> bool:
        """Whether the network was stopped meanwhile: it does nothing more then, and answers nobody."""
        return bool(seconds) and self._host.stopping.wait(seconds)

    # Answering ---------------------------------------------------------------------------------------

    def _send(self, answer: Answer) -> None:
        self._head(answer, len(answer.body))
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _send_cut(self, answer: Answer) -> None:
        """Announce more than is sent, then close."""
        self._head(answer, len(answer.body) + 16)
        self.wfile.write(answer.body[: len(answer.body) // 2])
        self.wfile.flush()
        self._drop()

    def _head(self, answer: Answer, length: int) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _drop(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


class Sandbox:
    """The practice network: LinkedIn, X and their OAuth on one loopback port.

    `port` 0 takes a free one; `clock` gives epoch seconds; with a `seed` ids and tokens repeat; `ledger_file`
    gets one JSON line per change; `redirect_uris` are further callback addresses as (network, address).
    Use it as a context manager or by start() and stop(). All members may be used from any thread.
    Raises OSError when the port is taken.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        clock: Callable[[], float] = time.time,
        seed: int | None = None,
        ledger_file: Path | None = None,
        redirect_uris: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.world = World(clock=clock, seed=seed, ledger_file=ledger_file)
        for network, uri in redirect_uris:
            self.world.register_redirect(network, uri)
        self._server = _Server(port, self.world)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.world.base_url = self.base_url
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="practice", daemon=True
        )

    def start(self) -> Self:
        """Begin to answer. A sandbox can be started once."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End all connections and free the port. May be called twice."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.end_connections(timeout_s=5)
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def ledger(self) -> list[LedgerEntry]:
        """Every post that was made, in order, deleted ones too."""
        return self.world.ledger.entries()

    @property
    def requests(self) -> list[Seen]:
        """Every call to a known path, in order of arrival."""
        with self.world.lock:
            return list(self.world.log)

    @property
    def settings(self) -> Settings:
        """The switches; may be changed at any time."""
        return self.world.settings

    def script(self, route: str, fault: Fault) -> None:
        """Let `fault` happen on `route` ("POST /2/tweets"). Raises ValueError for an unknown route."""
        if route not in routes.FAULT_ROUTES:
            raise ValueError(f"route must be one of: {', '.join(sorted(routes.FAULT_ROUTES))}")
        self.world.faults.add(route, fault)

    def register_redirect(self, network: str, uri: str) -> None:
        """Allow one more callback address. Raises ValueError for one the network would refuse."""
        self.world.register_redirect(network, uri)

    def advance(self, seconds: float) -> None:
        """Move the practice clock forward (or back)."""
        with self.world.lock:
            self.world.offset_s += seconds

    def set_credits(self, usd: float) -> None:
        """Set what is left of the X credit."""
        with self.world.lock:
            self.world.x_credit_mills = round(usd * 1000)

    def revoke_tokens(self, network: str | None = None) -> int:
        """Revoke all tokens of a network, or of both; says how many."""
        return self.world.revoke_tokens(network)

    def reset(self) -> None:
        """Forget posts, faults, windows and the request log; tokens and settings stay."""
        self.world.reset()
