"""A calendar collection of the person's own on a CalDAV server (RFC 4791): what stands there, put, delete.

Every write names the version it replaces (If-Match) or that there is none (If-None-Match), so that nothing of
anybody else is ever written over. No redirect is followed: a password goes to the address it was given for.
"""

import base64
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from medvoice.platforms.http import Answer, Http, NoAnswer, Timeouts

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
ASK = (
    b'<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/>'
    b"</d:prop></d:propfind>"
)
PROMPT = Timeouts(connect_s=10, read_s=20, answer_s=40)
_REFUSED = {401: "dav_sign_in", 403: "dav_sign_in", 404: "dav_no_collection", 410: "dav_no_collection"}


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in a collection: versions (ETags) by the name of the item. `code` says why nothing is
    known: `dav_sign_in`, `dav_no_collection`, `dav_not_calendar`, `dav_elsewhere`, `dav_server`,
    `dav_no_answer`."""

    versions: dict[str, str]
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wrote:
    """What came of a put or delete: `code` as above, or `dav_conflict` where the item is another one by now.
    The version is "" where the server did not say it."""

    code: str = ""
    version: str = ""
    detail: str = ""


class CalDav:
    """Holds no state; any thread. Blocks up to the time-outs."""

    def __init__(self, timeouts: Timeouts = PROMPT) -> None:
        self.http = Http(timeouts)

    def look(self, url: str, user: str, password: str) -> Stands:
        """What stands in the collection at `url` (which ends in a slash)."""
        headers = _headers(user, password) | {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        try:
            answer = self.http.call("PROPFIND", url, headers, ASK)
        except NoAnswer as problem:
            return Stands({}, "dav_no_answer", problem.code)
        if answer.status != 207 or not answer.is_whole:
            return Stands({}, *_refusal(answer))
        return read_multistatus(answer.body, url)

    def put(self, url: str, name: str, body: bytes, version: str, user: str, password: str) -> Wrote:
        """Write an item in the place of this version; "" for one that must not be there yet."""
        condition = {"If-Match": version} if version else {"If-None-Match": "*"}
        headers = _headers(user, password) | {"Content-Type": "text/calendar; charset=utf-8"} | condition
        return self._write("PUT", url + quote(name), headers, body)

    def delete(self, url: str, name: str, version: str, user: str, password: str) -> Wrote:
        """Take away this version of an item; one that is gone already is fine."""
        headers = _headers(user, password) | {"If-Match": version}
        wrote = self._write("DELETE", url + quote(name), headers, None)
        return Wrote() if wrote.code == "dav_no_collection" else wrote

    def _write(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Wrote:
        try:
            answer = self.http.call(method, url, headers, body)
        except NoAnswer as problem:
            return Wrote("dav_no_answer", detail=problem.code)
        if answer.status == 412:
            return Wrote("dav_conflict")
        if answer.status // 100 != 2:
            code, detail = _refusal(answer)
            return Wrote(code, detail=detail)
        return Wrote(version=answer.header("etag"))


def read_multistatus(body: bytes, url: str) -> Stands:
    """The items of a collection, from an answer to PROPFIND. Pure."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return Stands({}, "dav_server", "entities")
    try:
        root = ET.fromstring(body)  # noqa: S314 - no document type, so no entities
    except ET.ParseError:
        return Stands({}, "dav_server", "unreadable")
    own = unquote(urlsplit(url).path).rstrip("/")
    versions: dict[str, str] = {}
    is_calendar = False
    for each in root.iter(f"{DAV}response"):
        path = unquote(urlsplit(urljoin(url, each.findtext(f"{DAV}href", "").strip())).path)
        if path.rstrip("/") == own:
            is_calendar = is_calendar or each.find(f".//{CAL}calendar") is not None
            continue
        folder, _, name = path.rstrip("/").rpartition("/")
        version = each.findtext(f".//{DAV}getetag", "").strip()
        if folder == own and name and version:
            versions[name] = version
    return Stands(versions) if is_calendar else Stands({}, "dav_not_calendar")


def _headers(user: str, password: str) -> dict[str, str]:
    pair = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"} if user else {}


def _refusal(answer: Answer) -> tuple[str, str]:
    if answer.status // 100 == 3:
        return "dav_elsewhere", answer.header("location")[:200]
    if answer.status in (200, 405, 415, 501):
        return "dav_not_calendar", str(answer.status)
    return _REFUSED.get(answer.status, "dav_server"), str(answer.status)
