"""Feeds from a server of our own that does everything that servers do, and a few things they should not."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from medvoice.domain.clock import FixedClock
from medvoice.domain.feed import Fetched
from medvoice.platforms.http import Timeouts, is_public
from medvoice.platforms.sources.feed_parse import read_apart, read_feed
from medvoice.platforms.sources.feeds import FeedSource, retry_after_s
from medvoice.services.feeds import Feeds
from medvoice.store.connection import open_workspace

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Journal of &lt;b&gt;Samples&lt;/b&gt;</title>
<item><title>Registry &amp;amp; reality: &lt;i&gt;P&lt;/i&gt; &lt; 0.05</title><guid>pubmed:123456</guid>
<link>https://pubmed.ncbi.nlm.nih.gov/123456/?utm=rss</link><dc:identifier>doi:10.1000/sample.7</dc:identifier>
<dc:source>Sample Medicine</dc:source><pubDate>Mon, 02 Nov 2026 08:00:00 +0100</pubDate>
<description>&lt;p&gt;Ten years&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description></item>
<item><title>Second</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry><id>urn:1</id><title>Notice</title>
<link href="https://agency.example/1"/><updated>2026-11-01T10:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://j.example"><title>Old journal</title></channel>
<item rdf:about="https://j.example/1"><title>Paper</title><link>https://j.example/1</link></item></rdf:RDF>"""
HTML = b"""<!DOCTYPE html><html><head>
<link rel="alternate" type="application/rss+xml" href="https://j.example/feed"></head><body>Latest</body></html>"""
BOMB = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
LATIN = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Übersicht</title>"
    "<item><title>Größe</title></item></channel></rss>"
)
QUICK = Timeouts(connect_s=2, read_s=0.4, answer_s=0.6)
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Answers by path; keeps what was asked with which headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                answer = site.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def source() -> FeedSource:
    return FeedSource(timeouts=QUICK, allows_loopback=True, read=read_feed)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A feed that never ends, a little at a time."""
    handler.send_response(200)
    handler.end_headers()
    try:
        handler.wfile.write(b"<rss><channel>")
        for _ in range(20):
            handler.wfile.write(b"<item>")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass


def flood(handler: BaseHTTPRequestHandler) -> None:
    """A feed that never ends, as fast as it can."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<item>" * 10_000)
    except OSError:
        pass


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def answers() -> dict[str, Any]:
    """What each path of the site does."""
    hops = {f"/loop{n}": (302, {"Location": f"/loop{n + 1}"}, b"") for n in range(9)}
    packed = gzip.compress(b"<rss>" + b" " * 30_000_000)
    return hops | {
        "/rss": (200, {"Content-Type": "text/plain"}, RSS),
        "/empty": (200, {}, b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>"),
        "/gone": (410, {}, b""),
        "/private": (403, {}, b""),
        "/busy": (429, {"Retry-After": "7200"}, b""),
        "/down": (502, {}, b"<html>"),
        "/page": (200, {}, HTML),
        "/bomb": (200, {}, BOMB),
        "/bomb16": (200, {}, BOMB.decode().encode("utf-16")),
        "/text": (200, {}, b"Just words"),
        "/nothing": (200, {}, b""),
        "/deep": (200, {}, b"<rss><channel>" + b"<a>" * 200),
        "/wide": (200, {}, b"<rss><item " + b" ".join(b'a%d="1"' % n for n in range(5_000)) + b">"),
        "/wrong-encoding": (200, {"Content-Type": "application/xml; charset=utf-8"}, LATIN.encode("latin-1")),
        "/cut": (200, {}, RSS[:-60]),
        "/packed": (200, {"Content-Encoding": "gzip"}, packed),
        "/drip": drip,
        "/flood": flood,
        "/hang-up": hang_up,
        "/moved": (301, {"Location": "/rss"}, b""),
        "/moved-then-passing": (302, {"Location": "/moved"}, b""),
        "/to-file": (301, {"Location": "file:///etc/passwd"}, b""),
        "/to-http": (302, {"Location": "http://j.example/feed"}, b""),
        "/to-inside": (302, {"Location": "https://10.0.0.1/feed"}, b""),
    }


WANTED = {
    "/rss": "",
    "/empty": "",
    "/gone": "feed_gone",
    "/absent": "feed_missing",
    "/private": "feed_refused",
    "/busy": "feed_busy",
    "/down": "feed_server",
    "/page": "feed_is_page",
    "/bomb": "feed_entities",
    "/bomb16": "feed_entities",
    "/text": "feed_unreadable",
    "/nothing": "feed_unreadable",
    "/deep": "feed_too_deep",
    "/wide": "feed_too_deep",
    "/wrong-encoding": "",
    "/cut": "",
    "/packed": "feed_too_large",
    "/drip": "feed_too_slow",
    "/flood": "feed_too_large",
    "/hang-up": "feed_no_answer",
    "/moved": "",
    "/moved-then-passing": "",
    "/to-file": "feed_not_https",
    "/to-http": "feed_not_https",
    "/to-inside": "feed_private",
    "/loop0": "feed_redirects",
}


def test_every_answer_is_said_as_what_it_is(site: Site, source: FeedSource) -> None:
    site.answers = answers()
    got: dict[str, Fetched] = {path: source.fetch(site.url + path) for path in WANTED}
    assert {path: fetched.code for path, fetched in got.items()} == WANTED
    assert got["/page"].detail == "https://j.example/feed"
    assert got["/busy"].retry_after_s == 7200
    assert got["/moved"].moved_to == site.url + "/rss"
    assert not got["/moved-then-passing"].moved_to, "what passes is not where it lives"
    assert got["/cut"].reading is not None
    assert got["/cut"].reading.is_partly
    assert got["/cut"].reading.entries[0].pmid == "123456"
    read = got["/wrong-encoding"].reading
    assert read is not None
    assert [entry.title for entry in read.entries] == ["Größe"]


def test_what_leaves_the_laptop_is_the_address_and_nothing_of_the_person(
    site: Site, source: FeedSource
) -> None:
    site.asked.clear()
    site.answers = {
        "/a": (302, {"Location": "/b", "Set-Cookie": "who=you"}, b""),
        "/b": (200, {"ETag": '"1"', "Last-Modified": "Mon, 02 Nov 2026 00:00:00 GMT"}, ATOM),
    }
    fetched = source.fetch(site.url + "/a")
    source.fetch(site.url + "/b", fetched.etag, fetched.last_modified)
    asked = [headers for _, headers in site.asked]
    own = {"host", "connection", "user-agent", "accept", "accept-encoding"}
    assert set(asked[0]) == set(asked[1]) == own
    assert set(asked[2]) == own | {"if-none-match", "if-modified-since"}
    assert asked[2]["if-none-match"] == '"1"'
    assert asked[0]["user-agent"].startswith("MedVoice/")


def test_addresses_that_are_never_asked() -> None:
    source = FeedSource()
    private = (
        "https://127.0.0.1/f",
        "https://[::1]/f",
        "https://192.168.1.4/f",
        "https://localhost/f",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/f",
        "https://router.local/",
    )
    assert {source.refusal(url) for url in private} == {"feed_private"}
    other = (
        "http://j.example/f",
        "ftp://j.example/f",
        "file:///etc/passwd",
        "https://a:b@j.example/",
        "https://[x/",
        "https://j.example:port/",
        "",
    )
    assert {source.refusal(url) for url in other} == {"feed_not_https"}
    assert source.refusal("https://pubmed.ncbi.nlm.nih.gov/rss/search/1/") == ""
    assert [is_public(each) for each in ("8.8.8.8", "fe80::1%eth0", "224.0.0.1", "100.64.0.1", "x")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_a_name_that_leads_inside_is_refused_before_a_byte_is_sent(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public name whose address is this machine: the connection is closed at once."""
    import socket

    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    port = site.server.server_port
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, _port, *more, **how: real("127.0.0.1", port, *more, **how)
    )
    site.asked.clear()
    assert FeedSource(timeouts=QUICK).fetch("https://j.example/f").code == "feed_private"
    assert not site.asked


def test_all_kinds_of_feeds_are_read_as_plain_text() -> None:
    rss, atom, rdf = (read_feed(raw, "https://j.example/feed").reading for raw in (RSS, ATOM, RDF))
    assert rss is not None
    assert atom is not None
    assert rdf is not None
    first, second = rss.entries
    assert rss.title == "Journal of Samples"
    assert (first.title, first.summary) == ("Registry & reality: P < 0.05", "Ten years")
    assert (first.doi, first.pmid, first.journal) == ("10.1000/sample.7", "123456", "Sample Medicine")
    assert first.published_at == datetime(2026, 11, 2, 7, tzinfo=UTC)
    assert second.link == "", "only what a browser may open"
    assert (atom.title, atom.entries[0].identity, rdf.entries[0].title) == ("Agency", "urn:1", "Paper")


def test_a_document_is_read_in_a_process_of_its_own_that_can_be_ended() -> None:
    assert read_apart(RSS, "https://j.example/feed", "") == read_feed(RSS, "https://j.example/feed")
    assert read_apart(RSS, "https://j.example/feed", "", limit_s=0.001).code == "feed_unreadable"


def test_a_document_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(RSS)
    assert read_feed(str(file).encode(), "https://j.example/feed").code == "feed_unreadable"
    assert read_feed(f"file://{file}".encode(), "https://j.example/feed").code == "feed_unreadable"


def test_retry_after_is_seconds_or_a_date_within_reason() -> None:
    wanted = {
        "120": 120,
        "": None,
        "soon": None,
        "-5": None,
        "99999999999999999999": 14 * 86_400,
        "Mon, 02 Nov 2026 10:00:00 GMT": 3_600,
        "Sun, 01 Nov 2026 10:00:00 GMT": 0,
    }
    assert {value: retry_after_s(value, NOW) for value in wanted} == wanted


@pytest.fixture
def feeds(tmp_path: Path, source: FeedSource) -> Iterator[Feeds]:
    clock = FixedClock(NOW)
    db = open_workspace(tmp_path / "medvoice.sqlite3", clock=clock)
    yield Feeds(db, clock, source)
    db.close()


def test_an_idea_has_the_reference_and_fetching_again_waits_as_asked(feeds: Feeds, site: Site) -> None:
    source, clock = feeds.source, feeds.clock
    site.answers = {"/f": (200, {"ETag": '"1"'}, RSS)}
    feed = feeds.add(site.url + "/f", fetched=source.fetch(site.url + "/f")).feed
    assert [feeds.due(), len(feeds.entries(is_new=True))] == [(), 2], "nothing by itself unless switched on"
    feeds.set_on(True)
    kept = next(entry for entry in feeds.entries() if entry.found.doi)
    idea = feeds.to_idea(kept.id)
    assert feeds.to_idea(kept.id) == idea, "twice is once"
    assert idea.text.splitlines() == [
        "Sample Medicine, 2026",
        "DOI 10.1000/sample.7",
        "PMID 123456",
        "https://pubmed.ncbi.nlm.nih.gov/123456/?utm=rss",
    ]
    source_kept = feeds.ideas.source_of(idea.id)
    assert source_kept is not None
    assert (source_kept.url, source_kept.way) == ("https://doi.org/10.1000/sample.7", "feed")

    waits: list[float] = []
    for answer in (
        (304, {}, b""),
        (500, {}, b""),
        (500, {}, b""),
        (503, {"Retry-After": "200000"}, b""),
        (200, {}, b"nonsense"),
        (301, {"Location": "/new"}, b""),
        (410, {}, b""),
    ):
        site.answers = {"/f": answer, "/new": (200, {}, ATOM)}
        came = feeds.fetch(feed.id)
        waits.append((came.feed.next_at - clock.now()).total_seconds() / 3600 if came.feed.next_at else -1)
        if came.feed.moved_to:
            assert (came.feed.url, came.feed.moved_to) == (site.url + "/f", site.url + "/new"), "it is asked"
            before = came.feed
            assert feeds.move(feed.id).url == site.url + "/new"
            feeds.move_back(before)
            assert feeds.move(feed.id, is_wanted=False).url == site.url + "/f"
            assert not feeds.fetch(feed.id).feed.moved_to, "an answer is remembered"
    assert waits == [6, 0.5, 1, pytest.approx(200_000 / 3600), 4, 6, -1]
    assert {entry.id: entry.idea_id for entry in feeds.entries()}[kept.id] == idea.id
    assert {entry.found.title for entry in feeds.entries(is_new=True)} == {"Second", "Notice"}
    assert feeds.due() == ()


def test_what_left_the_feed_long_ago_goes_and_a_removal_has_a_way_back(feeds: Feeds, site: Site) -> None:
    clock = feeds.clock
    assert isinstance(clock, FixedClock)
    site.answers = {"/f": (200, {}, RSS)}
    feeds.set_on(True)
    feed = feeds.add(site.url + "/f", fetched=feeds.test(site.url + "/f")).feed
    idea = feeds.to_idea(feeds.entries()[0].id)
    site.answers = {"/f": (410, {}, b"")}
    feeds.fetch(feed.id)
    clock.advance(timedelta(days=30))
    assert feeds.due() == (), "what is gone is not asked for again"
    clock.advance(timedelta(days=61))
    site.answers = {"/f": (200, {}, ATOM)}
    feeds.fetch(feed.id)
    assert [entry.found.title for entry in feeds.entries()] == ["Notice"], "after ninety days it is forgotten"
    assert feeds.drafting.get(idea.id).title == idea.title, "the idea has its own copy"
    removed = feeds.remove(feed.id)
    assert feeds.entries() == ()
    feeds.put_back(removed)
    assert (feeds.list(), feeds.entries()) == ((removed.feed,), removed.entries)
