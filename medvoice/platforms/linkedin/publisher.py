"""A text post on LinkedIn: one POST /rest/posts and what its answer means (platforms reference 1.5, 1.11)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from medvoice.domain.account import Account, Tokens
from medvoice.domain.channel.little import escape
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, Part
from medvoice.domain.outcome import (
    CannotTell,
    Duplicate,
    NotSent,
    Outcome,
    Published,
    Refused,
    Sighting,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.platforms.http import Answer, Http, NoAnswer, at_origin
from medvoice.platforms.linkedin.versions import DEFAULT_VERSION
from medvoice.platforms.wire import json_of, plain, to_bytes
from medvoice.services.ports import Prepared

POSTS_URL = "https://api.linkedin.com/rest/posts"
PAGE_URL = "https://www.linkedin.com/feed/update/"
_POST_URN = re.compile(r"urn:li:(?:share|ugcPost):\d+")
_SIGN_IN_CODES = frozenset({"EMPTY_ACCESS_TOKEN", "EXPIRED_ACCESS_TOKEN", "REVOKED_ACCESS_TOKEN"})
_SIGN_IN_NUMBERS = frozenset({65600, 65601})
# What LinkedIn says of a version that ended or never was; seen with more than one status.
_NO_SUCH_VERSION = re.compile(r"requested version \d+ is not active", re.IGNORECASE)


@dataclass(slots=True)
class LinkedInPublisher:
    """ports.Publisher for LinkedIn. Holds no state; may be used from any thread.

    `api_version` goes into the LinkedIn-Version header (`YYYYMM`, see versions.py).
    """

    http: Http = field(default_factory=Http)
    api_version: str = DEFAULT_VERSION
    network: str = "linkedin"

    def prepare(self, account: Account, delivery: Delivery, part: Part, reply_to: str) -> Prepared:
        """The body of the post, the same bytes for the same part every time.

        Raises UserError `text_empty`, `text_unreadable` (it holds half a character or NUL) or
        `channel_has_no_threads`.
        """
        if reply_to:
            raise UserError("channel_has_no_threads", channel="linkedin")
        body = {
            "author": f"urn:li:person:{account.member_id}",
            "commentary": escape(part.text),
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }
        return Prepared(to_bytes(body, part.text, "linkedin"))

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        """POST the prepared bytes once. Blocks up to the time-outs of `http`; never raises for what the
        network does."""
        headers = {
            "Authorization": f"Bearer {tokens.access}",
            "LinkedIn-Version": self.api_version,
            "X-Restli-Protocol-Version": "2.0.0",
            "Content-Type": "application/json",
        }
        try:
            answer = self.http.call("POST", at_origin(POSTS_URL, account.base_url), headers, prepared.body)
        except NoAnswer as problem:
            if problem.may_have_acted:
                return Unconfirmed(problem.code, problem.detail)
            return NotSent(problem.code, problem.detail)
        return read_answer(answer, account.base_url, tokens.access)

    def time_of(self, account: Account) -> datetime | None:
        """What time the network says it is, UTC; None without an answer. Signs in nowhere."""
        return self.http.time_at(at_origin(POSTS_URL, account.base_url))

    def look(self, account: Account, tokens: Tokens, part: Part, reply_to: str, since: datetime) -> Sighting:
        """LinkedIn lets a self-serve sign-in read no posts, not even its own (reference 1.1, 7.1)."""
        return CannotTell("linkedin_has_no_reading", "")


def post_url(urn: str, base_url: str = "") -> str:
    """The public address of a post by its URN, "" for no URN."""
    return at_origin(f"{PAGE_URL}{quote(urn, safe=':')}/", base_url) if urn else ""


def read_answer(answer: Answer, base_url: str, token: str) -> Outcome:
    """What an answer to POST /rest/posts means. `token` is cut out of any words that are kept."""
    if 200 <= answer.status < 300:
        return _read_success(answer, base_url)
    body = json_of(answer)
    message = plain(body.get("message", ""), token)
    code = str(body.get("code", ""))
    detail = f"{answer.status} {code} {message}".replace("  ", " ").strip()
    if 400 <= answer.status < 500 and answer.status != 408:
        return _read_no(answer.status, code, body.get("serviceErrorCode"), message, detail, base_url)
    return Unconfirmed("redirected" if 300 <= answer.status < 400 else "server_trouble", detail)


def _read_success(answer: Answer, base_url: str) -> Outcome:
    urn = answer.header("x-restli-id") or answer.header("x-linkedin-id")
    if re.fullmatch(r"urn:li:\w+:\d+", urn):
        return Published(urn, post_url(urn, base_url))
    # LinkedIn's 201 has no body. Another kind of page behind a good status comes from something else.
    if answer.status == 201 and "html" not in answer.header("content-type") and answer.is_whole:
        return Published("", "")
    return Unconfirmed("answer_unreadable", f"{answer.status} without an id")


def _read_no(  # one value of the answer each
    status: int, code: str, number: object, message: str, detail: str, base_url: str
) -> Outcome:
    if status == 426 or code == "NONEXISTENT_VERSION" or _NO_SUCH_VERSION.search(message):
        return Stopped("api_version_ended", detail)
    if status == 401 or code in _SIGN_IN_CODES or number in _SIGN_IN_NUMBERS:
        return SignInNeeded("token_refused", detail)
    if status in (400, 409, 422) and "duplicate" in message.lower():
        found = _POST_URN.search(message)
        urn = found.group(0) if found else ""
        return Duplicate(urn, post_url(urn, base_url), detail)
    if status == 403:
        return Stopped("permission_missing", detail)
    if status == 409:
        return NotSent("conflict", detail)
    if status == 429:
        return NotSent("rate_limited", detail)
    known = {"FIELD_LENGTH_TOO_LONG": "too_long", "INVALID_VALUE_BLANK_FIELD": "text_empty"}
    return Refused(known.get(code, "not_accepted"), detail)
