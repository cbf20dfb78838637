"""One door to the network: no redirects, no netrc, time-outs always, TLS checked, and the one fact that
publishing needs: whether the request can have left this machine when something went wrong.

A fresh session serves one call, so that no stale connection is ever used again and nothing is kept.
"""

import ipaddress
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3 import PoolManager, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from medvoice import __version__
from medvoice.domain.errors import UserError

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
# A server that drips bytes keeps every single read alive; the whole answer must come within this.
ANSWER_DEADLINE_S = 60.0
MAX_ANSWER_BYTES = 2_000_000
USER_AGENT = f"MedVoice/{__version__}"


@dataclass(slots=True)
class Trace:
    """How far one call came. `is_connected` turns true once a connection stands, TLS and proxy tunnel
    included: from then on the request may have acted. With `refuses_private` no connection is made to an
    address that is not on the public internet, whatever name led there."""

    is_connected: bool = False
    refuses_private: bool = False


class PrivateAddress(OSError):  # noqa: N818 - where a name led
    """A name led to this machine or its own network."""


class NoAnswer(Exception):  # noqa: N818 - what happened on the wire, classified by callers
    """No status line came. `may_have_acted` is False only when it is proven that no byte of the request
    left. `code` is one of name_unknown, refused, tls, private, no_connection, timed_out, reset,
    unreadable."""

    def __init__(self, code: str, detail: str, may_have_acted: bool) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.may_have_acted = may_have_acted


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `headers` have lower-case names. `is_whole` is False when the body broke off;
    status and headers are good even then."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    is_whole: bool = True

    def header(self, name: str) -> str:
        """A header's value without regard to case, "" when absent."""
        return self.headers.get(name.lower(), "")

    @property
    def at(self) -> datetime | None:
        """The server's own time, UTC, from its Date header; None when absent or unreadable."""
        try:
            at = parsedate_to_datetime(self.header("date"))
        except (TypeError, ValueError):
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for connecting, for each read, and for the whole answer."""

    connect_s: float = CONNECT_TIMEOUT_S
    read_s: float = READ_TIMEOUT_S
    answer_s: float = ANSWER_DEADLINE_S


def loopback_origin(base_url: str) -> str:
    """`base_url` as `http://HOST:PORT` without a trailing slash.

    Raises UserError `base_url_not_loopback` unless it is http on 127.0.0.0/8, [::1] or localhost with a
    port and nothing after it: tokens of a practice sign-in never leave this machine.
    """
    problem = UserError("base_url_not_loopback", given=base_url)
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port
    except ValueError as bad:
        raise problem from bad
    has_more = parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme != "http" or not port or has_more or not _is_loopback(host):
        raise problem
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def at_origin(url: str, base_url: str) -> str:
    """`url` itself on the real network (`base_url` ""), else the same path and query at `base_url`.
    Raises UserError `base_url_not_loopback`."""
    if not base_url:
        return url
    origin = urlsplit(loopback_origin(base_url))
    parts = urlsplit(url)
    return urlunsplit((origin.scheme, origin.netloc, parts.path, parts.query, ""))


@dataclass(frozen=True, slots=True)
class Http:
    """Makes calls. Holds no state; may be used from any thread. With `refuses_private` only public addresses
    are spoken to (a proxy of the environment may stand anywhere)."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    refuses_private: bool = False

    def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send one request once and read its answer. Blocks up to the time-outs.

        Raises NoAnswer; never follows a redirect, never tries again.
        """
        trace = Trace()
        with new_session(url, trace) as session:
            trace.refuses_private = self.refuses_private and not session.proxies
            try:
                got = session.request(
                    method,
                    url,
                    headers=dict(headers or {}),
                    data=body,
                    timeout=(self.timeouts.connect_s, self.timeouts.read_s),
                    allow_redirects=False,
                    stream=True,
                )
            except (requests.RequestException, HTTPError, OSError) as problem:
                raise no_answer(problem, trace) from None
            with got:
                content, is_whole = self._read(got)
        return Answer(got.status_code, {k.lower(): v for k, v in got.headers.items()}, content, is_whole)

    def time_at(self, url: str) -> datetime | None:
        """The time, UTC to the second, that the server at `url` says it is, by one plain GET without any
        sign-in; None when it does not answer or does not say. Blocks up to the time-outs."""
        try:
            return self.call("GET", url).at
        except NoAnswer:
            return None

    def _read(self, got: requests.Response) -> tuple[bytes, bool]:
        """The body as far as it came within the time and size allowed, and whether that is all of it."""
        until_s = time.monotonic() + self.timeouts.answer_s
        content = bytearray()
        try:
            for chunk in got.iter_content(16_384):
                content += chunk
                if len(content) > MAX_ANSWER_BYTES or time.monotonic() > until_s:
                    return bytes(content), False
        except (requests.RequestException, HTTPError, OSError):
            return bytes(content), False
        return bytes(content), True


def new_session(url: str, trace: Trace) -> requests.Session:
    """A plain session for one call to `url`; see `set_up`."""
    session = requests.Session()
    set_up(session, url, trace)
    return session


def set_up(session: requests.Session, url: str, trace: Trace) -> None:
    """Make `session` fit for one call to `url`, with `trace` told when a connection stands.

    The environment is read for two things only, and never for loopback: an https proxy, and a bundle of
    certificate authorities (companies that inspect TLS need both). netrc would add a foreign
    Authorization header and stays unread. An http address that is not loopback is refused.
    """
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not is_local:
        raise UserError("base_url_not_loopback", given=f"{parts.scheme}://{parts.netloc}")
    session.trust_env = False
    session.headers["User-Agent"] = USER_AGENT
    session.adapters.clear()
    session.mount("http://" if is_local else "https://", _TracedAdapter(trace))
    if not is_local:
        session.proxies.update(get_environ_proxies(url))
        session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or True


def no_answer(problem: Exception, trace: Trace) -> NoAnswer:
    """The exception of a failed call in our words. Its text is never passed on: it may hold the URL."""
    names = _names(problem)
    if not trace.is_connected:
        for code, kinds in _BEFORE.items():
            if names & kinds:
                return NoAnswer(code, sorted(names & kinds)[0], may_have_acted=False)
        return NoAnswer("no_connection", type(problem).__name__, may_have_acted=False)
    if names & {"ReadTimeout", "ReadTimeoutError", "TimeoutError"}:
        return NoAnswer("timed_out", "ReadTimeout", may_have_acted=True)
    if names & {"ConnectionResetError", "RemoteDisconnected", "BrokenPipeError"}:
        return NoAnswer("reset", "the connection was closed without an answer", may_have_acted=True)
    return NoAnswer("unreadable", type(problem).__name__, may_have_acted=True)


_BEFORE = {
    "name_unknown": {"NameResolutionError", "gaierror"},
    "private": {"PrivateAddress"},
    "tls": {"SSLError", "SSLCertVerificationError"},
    "refused": {"ConnectionRefusedError"},
    "no_connection": {"ConnectTimeout", "ConnectTimeoutError", "ProxyError", "NewConnectionError"},
}


def _names(problem: BaseException) -> set[str]:
    """The class names of an exception and of everything it wraps, four deep."""
    found: set[str] = set()
    layer: list[BaseException] = [problem]
    for _ in range(4):
        below: list[BaseException] = []
        for one in layer:
            found.add(type(one).__name__)
            inner = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
            below += [item for item in inner if isinstance(item, BaseException)]
        layer = below
    return found


class _TracedAdapter(HTTPAdapter):
    """An adapter whose connections tell `trace` when they stand."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:  # type: ignore[override]
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        _teach(self.poolmanager, self._trace)

    def proxy_manager_for(self, proxy: str, **kwargs: object) -> PoolManager:  # type: ignore[override]
        manager = super().proxy_manager_for(proxy, **kwargs)
        _teach(manager, self._trace)
        return manager


def _public(made: socket.socket, trace: Trace) -> socket.socket:
    """The connection, closed before a byte was sent where it must not be. Raises PrivateAddress."""
    if trace.refuses_private and not is_public(made.getpeername()[0]):
        made.close()
        raise PrivateAddress("not a public address")
    return made


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not ip.is_multicast


def _teach(manager: PoolManager, trace: Trace) -> None:
    class TracedHttp(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _public(super()._new_conn(), trace)

        def connect(self) -> None:
            super().connect()
            trace.is_connected = True

    class TracedHttps(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _public(super()._new_conn(), trace)

        def connect(self) -> None:
            super().connect()
            trace.is_connected = True

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = TracedHttp  # pyright: ignore[reportAssignmentType]

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = TracedHttps  # pyright: ignore[reportAssignmentType]

    manager.pool_classes_by_scheme = {"http": HttpPool, "https": HttpsPool}
