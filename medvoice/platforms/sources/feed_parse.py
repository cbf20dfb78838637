"""Reads a feed document. Strangers wrote it, so `read_apart` does it in a process of its own, which is
ended when it takes too long or too much memory.

feedparser is the parser: kept up (6.0.14 of 2026), BSD, pure Python, with a second parser for what is broken.
fastfeedparser would bring lxml and has no second one; atoma is unkept and strict; one of our own would take
years to know what feedparser knows of feeds as they are.
"""

import json
import re
import subprocess
import sys
from calendar import timegm
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

from medvoice.domain.clock import from_text, to_text
from medvoice.domain.feed import Fetched, Found, Reading
from medvoice.domain.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH, MAX_ATTRIBUTES, MAX_ENTRIES = 100, 200, 300
TITLE, SUMMARY, NAME, MAX_LINK = 300, 1_000, 120, 2_000
READ_S, MEMORY_BYTES = 10.0, 768 * 1024 * 1024
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>?#]{1,200}")
_PMID = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|\bpubmed:|\bpmid:?\s*)(\d{1,9})\b", re.I
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_ALTERNATE = re.compile(r"<link\b[^>]*\btype\s*=\s*[\"']application/(?:rss|atom)\+xml[\"'][^>]*>", re.I)
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"'<>\s]{1,2000})[\"']", re.I)


class _Refused(Exception):  # noqa: N818 - a code, raised through expat
    pass


def read_apart(body: bytes, url: str, content_type: str, *, limit_s: float = READ_S) -> Fetched:
    """As `read_feed`, in a process of its own that has `limit_s` seconds. Blocks; any thread."""
    command = [sys.executable, "-I", "-m", __name__, url, content_type]
    try:
        done = subprocess.run(
            command,
            input=body,
            capture_output=True,
            timeout=limit_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        return Fetched("feed_unreadable")
    reading = answer.pop("reading")
    return Fetched(**answer, reading=_reading_of(reading) if reading else None)


def read_feed(body: bytes, url: str, content_type: str = "") -> Fetched:
    """What stands in a document that came from `url`: plain text only. The codes `feed_is_page`,
    `feed_unreadable`, `feed_entities`, `feed_too_deep`."""
    if _PAGE.match(body[:4_096]):
        return Fetched("feed_is_page", detail=_named_feed(body, url))
    refused = _refusal(body)
    if refused:
        return Fetched(refused)
    import feedparser

    # As a stream: bytes could be the name of a file, which the library would open.
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        parsed: Any = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        LookupError,
        AssertionError,
        RecursionError,
    ):
        # Its second parser is not proof against everything that bytes can be.
        return Fetched("feed_unreadable")
    problem = parsed.get("bozo_exception") if parsed.get("bozo") else None
    is_broken = problem is not None and type(problem).__name__ not in (
        "CharacterEncodingOverride",
        "NonXMLContentType",
    )
    if not parsed.get("version") and not parsed.entries:
        return Fetched("feed_unreadable")
    name = plain_text(str(parsed.feed.get("title", "")), NAME)
    found: dict[str, Found] = {}
    for raw in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(raw, name)
        if entry is not None:
            found.setdefault(entry.identity, entry)
    if is_broken and not found:
        return Fetched("feed_unreadable")
    return Fetched("", Reading(name, tuple(found.values()), is_broken))


def _refusal(body: bytes) -> str:
    """Why a document is not read at all: one cheap pass of expat, which ends where it is broken."""
    if b"<!ENTITY" in body or b"<\0!\0E\0N\0T\0I\0T\0Y" in body or b"\0<\0!\0E\0N\0T\0I\0T\0Y" in body:
        return "feed_entities"
    # A broken document is read by a forgiving parser; what that may have to bear is bounded here.
    if re.search(rb"<[^<>\s]+(?:\s+[^<>\s=]+\s*=[^<>\s]*){%d}" % MAX_ATTRIBUTES, body):
        return "feed_too_deep"
    parser = expat.ParserCreate()
    depth = 0

    def start(_name: str, attributes: "Mapping[str, str]") -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(attributes) > MAX_ATTRIBUTES:
            raise _Refused("feed_too_deep")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_what: object) -> None:
        raise _Refused("feed_entities")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(body, True)
    except _Refused as refused:
        return str(refused)
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return ""


def _entry(raw: Any, feed_name: str) -> Found | None:
    link = _link(str(raw.get("link", "")))
    title = plain_text(str(raw.get("title", "")), TITLE)
    summary = plain_text(_summary(raw), SUMMARY)
    if not title and not summary:
        return None
    identity = str(raw.get("id", "")) or link or f"{title}\n{summary}"
    ids = " ".join(
        str(raw.get(name, "")) for name in ("prism_doi", "dc_identifier", "identifier", "id", "link")
    )
    doi = _DOI.search(ids)
    pmid = _PMID.search(ids)
    journal = (
        str(raw.get("prism_publicationname", "") or raw.get("dc_source", "") or _source(raw)) or feed_name
    )
    return Found(
        identity=identity[:2_000],
        title=title or plain_text(summary, 120),
        link=link,
        summary=summary if title else "",
        journal=plain_text(journal, NAME),
        doi=plain_text(doi.group().rstrip(".,;)"), 200) if doi else "",
        pmid=pmid.group(1) if pmid else "",
        published_at=_moment(raw.get("published_parsed") or raw.get("updated_parsed")),
    )


def _summary(raw: Any) -> str:
    if raw.get("summary"):
        return str(raw["summary"])
    content = raw.get("content")
    return str(content[0].get("value", "")) if content else ""


def _source(raw: Any) -> str:
    source = raw.get("source")
    return str(source.get("title", "")) if isinstance(source, dict) else str(source or "")


def _link(text: str) -> str:
    """An http(s) address without a name and password in it, "" for anything else."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        is_fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    is_plain = len(text) <= MAX_LINK and all(each.isprintable() and not each.isspace() for each in text)
    return text if is_fit and is_plain and not set(text) & set('<>"') else ""


def _moment(parsed: Any) -> datetime | None:
    """UTC; None for none, and for one that no feed of today can mean."""
    try:
        at = datetime.fromtimestamp(timegm(parsed), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return at if datetime(1970, 1, 2, tzinfo=UTC) < at < datetime.now(UTC) + timedelta(days=400) else None


def _named_feed(body: bytes, url: str) -> str:
    """The address of the feed that a page names in its head, "" for none."""
    head = body[:200_000].decode("utf-8", "replace")
    for tag in _ALTERNATE.findall(head)[:5]:
        href = _HREF.search(tag)
        if href:
            try:
                return _link(urljoin(url, href.group(1).replace("&amp;", "&")))
            except ValueError:
                continue
    return ""


def _reading_of(value: dict[str, Any]) -> Reading:
    entries = (
        Found(**(each | {"published_at": from_text(each["published_at"]) if each["published_at"] else None}))
        for each in value["entries"]
    )
    return Reading(value["title"], tuple(entries), value["is_partly"])


def _limit_memory() -> None:
    """On systems that can, so that a document cannot take the computer with it."""
    try:
        import resource
    except ImportError:
        return
    seconds = int(READ_S) + 1
    with suppress(OSError, ValueError):  # some systems know the name and not the limit
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Read a document from standard input, write what was found as JSON."""
    _limit_memory()
    url, content_type = sys.argv[1:3]
    fetched = read_feed(sys.stdin.buffer.read(), url, content_type)
    plain = lambda value: to_text(value) if isinstance(value, datetime) else str(value)  # noqa: E731
    sys.stdout.write(json.dumps(asdict(fetched), default=plain))


if __name__ == "__main__":
    main()
