"""Asks for feeds: https only, nothing of the person said, few redirects, bounds on bytes and time."""

import ipaddress
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from medvoice.domain.feed import Fetched
from medvoice.platforms.http import MAX_ANSWER_BYTES, Answer, Http, NoAnswer, Timeouts, is_public
from medvoice.platforms.sources.feed_parse import read_apart

MAX_REDIRECTS = 4
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, */*;q=0.1"
)
SLOW = Timeouts(connect_s=10, read_s=20, answer_s=30)
LONGEST_WAIT_S = 14 * 24 * 3600
PERMANENT, PASSING = (301, 308), (302, 303, 307)
_BY_STATUS = {404: "feed_missing", 410: "feed_gone", 429: "feed_busy", 503: "feed_busy"}
_BY_WIRE = {"private": "feed_private", "timed_out": "feed_too_slow"}
Read = Callable[[bytes, str, str], Fetched]


class FeedSource:
    """Fetches one document at a time; holds no state, any thread. `allows_loopback` is for tests: http on
    this machine then counts as well."""

    def __init__(
        self, *, timeouts: Timeouts = SLOW, allows_loopback: bool = False, read: Read = read_apart
    ) -> None:
        self.allows_loopback = allows_loopback
        self.read = read
        self.public = Http(timeouts, refuses_private=True)
        self.near = Http(timeouts)

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """The document at `url`, or why there is none (see `Fetched`). With what the server said the last
        time, an unchanged document is not sent again. Blocks up to the time-outs of each redirect."""
        moved_to, is_moving = "", True
        for _ in range(MAX_REDIRECTS + 1):
            refused = self.refusal(url)
            if refused:
                return Fetched(refused, detail=_host(url))
            try:
                answer = self._ask(url, etag, last_modified)
            except NoAnswer as problem:
                return Fetched(_BY_WIRE.get(problem.code, "feed_no_answer"), detail=problem.code)
            target = answer.header("location")
            if answer.status not in (*PERMANENT, *PASSING) or not target:
                return replace(self._take(answer, url), moved_to=moved_to)
            try:
                url = urljoin(url, target)
            except ValueError:
                return Fetched("feed_redirects")
            # A move is one from the start to the end: after a passing turn the place is a passing one.
            is_moving = is_moving and answer.status in PERMANENT
            moved_to = url if is_moving else moved_to
        return Fetched("feed_redirects")

    def refusal(self, url: str) -> str:
        """The code of why this address is not asked at all, "" when it may be."""
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            return "feed_not_https"
        if self._is_near(url):
            return ""
        if parts.scheme != "https" or not host or parts.username is not None or parts.password is not None:
            return "feed_not_https"
        try:
            ipaddress.ip_address(host)
        except ValueError:
            is_near = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
            return "feed_private" if is_near else ""
        return "" if is_public(host) else "feed_private"

    def _is_near(self, url: str) -> bool:
        parts = urlsplit(url)
        return self.allows_loopback and parts.scheme == "http" and parts.hostname == "127.0.0.1"

    def _ask(self, url: str, etag: str, last_modified: str) -> Answer:
        headers = {"Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        http = self.near if self._is_near(url) else self.public
        return http.call("GET", url.partition("#")[0], headers)

    def _take(self, answer: Answer, url: str) -> Fetched:
        if answer.status == 304:
            return Fetched("feed_same")
        if answer.status != 200:
            code = "feed_server" if answer.status >= 500 else "feed_refused"
            wait_s = retry_after_s(answer.header("retry-after"), datetime.now(UTC))
            code = _BY_STATUS.get(answer.status, code)
            return Fetched(code, detail=str(answer.status), retry_after_s=wait_s)
        if not answer.is_whole:
            is_large = len(answer.body) > MAX_ANSWER_BYTES
            return Fetched("feed_too_large" if is_large else "feed_too_slow")
        fetched = self.read(answer.body, url, answer.header("content-type"))
        etag, last = answer.header("etag")[:500], answer.header("last-modified")[:100]
        return replace(fetched, etag=etag, last_modified=last) if not fetched.code else fetched


def retry_after_s(value: str, now: datetime) -> int | None:
    """Seconds that a server asks to wait, two weeks at most; None when it does not say."""
    if value.strip().isdecimal() and value.isascii():
        return min(int(value.strip()[:9]), LONGEST_WAIT_S)
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return min(max(int((at - now).total_seconds()), 0), LONGEST_WAIT_S)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname or ''}"
    except ValueError:
        return ""
