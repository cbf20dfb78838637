"""Looking for a post in the member's own timeline (platforms reference 2.4, 7.2)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from medvoice.domain.account import Account
from medvoice.domain.clock import Clock
from medvoice.domain.outcome import Absent, CannotTell, Found, Sighting
from medvoice.platforms.http import Answer, Http, NoAnswer, at_origin
from medvoice.platforms.wire import json_of
from medvoice.platforms.x.problems import read_problem

TIMELINE_URL = "https://api.x.com/2/users/{}/tweets"
PAGE_SIZE = 20
MAX_PAGES = 10
# A post may carry a time a little before our own note of the moment it was sent.
TOLERANCE = timedelta(seconds=60)
# The names of the spec since 2026-08-07 and before; which one the server takes is not known (11, question 6).
NAMINGS = (
    ("post.fields", "created_at,author_id,entities,referenced_posts,note_post"),
    ("tweet.fields", "created_at,author_id,entities,referenced_tweets,note_tweet"),
)
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ESCAPE = re.compile("|".join(_ESCAPES))


@dataclass(frozen=True, slots=True)
class Sought:
    """The post that is looked for. `since` is on our clock, `reply_to` "" for no parent."""

    text: str
    reply_to: str
    since: datetime


class ReadTrouble(Exception):  # noqa: N818 - a reason why looking says nothing
    """The timeline could not be read. `code` and `detail` as in CannotTell."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def look_for(sought: Sought, account: Account, access: str, http: Http, clock: Clock) -> Sighting:
    """Found, Absent, or CannotTell when the timeline could not be read to the moment of sending.

    Reads newest first and stops at posts older than `since` less 60 seconds. When our clock is ahead of the
    Date of X's answer, `since` is moved back by as much. Blocks on the network.
    """
    try:
        for page in _pages(account, access, http):
            oldest = _on_their_clock(sought.since, page, clock) - TOLERANCE
            posts = _posts_of(page)
            for post in posts:
                if _is_it(post, sought, account, oldest):
                    remote_id = str(post["id"])
                    return Found(remote_id, post_url(remote_id, account))
            if any(_created_at(post) < oldest for post in posts):
                return Absent()
    except ReadTrouble as trouble:
        return CannotTell(trouble.code, trouble.detail)
    except _EndOfTimeline:
        return Absent()
    return CannotTell("timeline_too_long", f"{PAGE_SIZE * MAX_PAGES} newer posts")


class _EndOfTimeline(Exception):  # noqa: N818
    """All posts were seen."""


def post_url(remote_id: str, account: Account) -> str:
    """The public address of a post, "" without an id."""
    if not remote_id:
        return ""
    return at_origin(f"https://x.com/{account.handle or 'i/web'}/status/{remote_id}", account.base_url)


def _pages(account: Account, access: str, http: Http) -> Iterator[Answer]:
    """The timeline's pages, newest first. Ends by _EndOfTimeline after the last page."""
    url = at_origin(TIMELINE_URL.format(account.member_id), account.base_url)
    namings = list(NAMINGS)
    position: dict[str, str] = {}
    pages = 0
    while pages < MAX_PAGES:
        name, fields = namings[0]
        query = urlencode({"max_results": str(PAGE_SIZE), name: fields, **position}, safe=",")
        try:
            answer = http.call("GET", f"{url}?{query}", {"Authorization": f"Bearer {access}"})
        except NoAnswer as problem:
            raise ReadTrouble(problem.code, problem.detail) from problem
        if answer.status == 400 and len(namings) > 1:
            namings.pop(0)
            continue
        if answer.status != 200 or not answer.is_whole:
            raise ReadTrouble(f"http_{answer.status}", read_problem(answer, access).detail)
        pages += 1
        meta = json_of(answer).get("meta")
        if not isinstance(meta, dict):
            raise ReadTrouble("answer_unreadable", "no meta")
        yield answer
        if not meta.get("next_token"):
            raise _EndOfTimeline
        position = {"pagination_token": str(meta["next_token"])}


def _posts_of(page: Answer) -> list[dict[str, Any]]:
    """The posts of a page. Raises ReadTrouble when one lacks what a comparison needs."""
    data = json_of(page).get("data", [])
    if not isinstance(data, list):
        raise ReadTrouble("answer_unreadable", "data")
    for post in data:
        if not isinstance(post, dict) or not {"id", "text", "author_id", "created_at"} <= post.keys():
            raise ReadTrouble("answer_unreadable", "a post without id, text, author or time")
    return data


def _created_at(post: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(post["created_at"]).replace("Z", "+00:00")).astimezone(UTC)
    except ValueError as problem:
        raise ReadTrouble("answer_unreadable", "created_at") from problem


def _on_their_clock(since: datetime, page: Answer, clock: Clock) -> datetime:
    """`since` on X's clock as far as that makes the window wider: too narrow a window would miss a post
    that is live, and it would be sent twice."""
    return since if page.at is None else min(since, since + (page.at - clock.now()))


def _is_it(post: dict[str, Any], sought: Sought, account: Account, oldest: datetime) -> bool:
    if str(post["author_id"]) != account.member_id or _created_at(post) < oldest:
        return False
    if _parent_of(post) != sought.reply_to:
        return False
    return comparable(sought.text) in texts_of(post)


def _parent_of(post: dict[str, Any]) -> str:
    """The id of the post that this one answers, "" when it answers none."""
    for reference in post.get("referenced_posts") or post.get("referenced_tweets") or []:
        if isinstance(reference, dict) and reference.get("type") == "replied_to":
            return str(reference.get("id", ""))
    return ""


def texts_of(post: dict[str, Any]) -> set[str]:
    """The comparable texts that a post as read back may stand for: with its short addresses expanded, and
    as they are (a person may have typed a short address)."""
    long = post.get("note_post") or post.get("note_tweet")
    source = long if isinstance(long, dict) and long.get("text") else post
    raw = _ESCAPE.sub(lambda hit: _ESCAPES[hit.group(0)], str(source["text"]))
    entities = source.get("entities") or post.get("entities") or {}
    expanded = raw
    for entity in entities.get("urls") or []:
        if entity.get("url") and entity.get("expanded_url"):
            expanded = expanded.replace(str(entity["url"]), str(entity["expanded_url"]))
    return {comparable(raw), comparable(expanded)}


def comparable(text: str) -> str:
    """Text as far as X keeps it: NFC, outer white space gone, addresses without scheme and closing slash
    (X adds `http://` to a bare address)."""
    text = unicodedata.normalize("NFC", text).strip()
    text = re.sub(r"https?://", "", text, flags=re.IGNORECASE)
    return re.sub(r"/(?=\s|$)", "", text)
