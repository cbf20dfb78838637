"""What X's refusals mean, in all three shapes they come in (platforms reference 2.7)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from medvoice.domain.clock import Clock
from medvoice.domain.outcome import (
    Duplicate,
    NotSent,
    Outcome,
    Refused,
    SignInNeeded,
    Stopped,
    Unconfirmed,
)
from medvoice.platforms.http import Answer
from medvoice.platforms.wire import json_of, plain

DUPLICATE_CODE = 187  # of the older error shape
_PERMISSION_KINDS = frozenset(
    {"oauth1-permissions", "oauth2-permissions", "unsupported-authentication", "client-not-enrolled"}
)
_LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal. `kind` is the last piece of the problem's type address; `numbers` are codes of the older
    shape; `detail` is fit to be kept."""

    kind: str
    title: str
    detail: str
    numbers: frozenset[int]


def read_problem(answer: Answer, token: str) -> Problem:
    """Reads problem+json, `{"code", "message"}` and `{"errors": [{"code", "message"}]}`.
    `token` is cut out of the words."""
    body = json_of(answer)
    errors = body.get("errors")
    inner = [item for item in errors if isinstance(item, dict)] if isinstance(errors, list) else []
    numbers = {item.get("code") for item in (body, *inner)}
    words = [body.get("detail") or body.get("message") or ""]
    words += [item.get("message") or item.get("detail") or "" for item in inner[:2]]
    detail = " ".join(str(word) for word in dict.fromkeys(words) if word)
    if body.get("period"):
        detail += f" (period: {body['period']})"
    return Problem(
        kind=str(body.get("type", "")).rstrip("/").rsplit("/", 1)[-1],
        title=plain(body.get("title", ""), token),
        detail=plain(f"{answer.status} {body.get('title', '')} {detail}", token),
        numbers=frozenset(n for n in numbers if isinstance(n, int) and not isinstance(n, bool)),
    )


def outcome_of(answer: Answer, clock: Clock, token: str) -> Outcome:
    """The outcome of an answer to POST /2/tweets that is no success."""
    problem = read_problem(answer, token)
    status, detail = answer.status, problem.detail
    if status >= 500 or status == 408:
        return Unconfirmed("server_trouble", detail)
    if status < 400:
        return Unconfirmed("redirected" if status >= 300 else "answer_unreadable", detail)
    words = detail.lower()
    if DUPLICATE_CODE in problem.numbers or (status == 403 and "duplicate content" in words):
        return Duplicate("", "", detail)
    if status == 401:
        return SignInNeeded("token_refused", detail)
    if status == 402:
        return Stopped("credits_gone", detail)
    if status == 429:
        if problem.kind == "usage-capped":
            return Stopped("usage_capped", detail)
        return NotSent("rate_limited", detail, retry_at(answer, clock))
    if status == 403:
        return _forbidden(problem, words)
    return Refused("not_accepted", detail)


def _forbidden(problem: Problem, words: str) -> Outcome:
    if problem.kind in _PERMISSION_KINDS:
        return Stopped("permission_missing", problem.detail)
    if "reply to" in words or "reply" in words.split():
        return Refused("reply_not_allowed", problem.detail)
    if "too long" in words:
        return Refused("too_long", problem.detail)
    return Refused("not_accepted", problem.detail)


def retry_at(answer: Answer, clock: Clock) -> datetime | None:
    """When X's rate window opens again, on our clock: the reset header is X's time, so the distance to X's
    own Date is what counts. None when the header is absent or makes no sense."""
    try:
        reset = datetime.fromtimestamp(int(answer.header("x-rate-limit-reset")), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    now = clock.now()
    wait = reset - (answer.at or now)
    if wait > _LONGEST_WAIT:
        return None
    return now + max(wait, timedelta(seconds=1)) + timedelta(seconds=1)
