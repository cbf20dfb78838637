"""What goes over the wire in the practice network: a request as read, an answer as written.

Nothing here knows a network. Handlers get a `Request` and return an `Answer`, or raise `Refused`
with the answer they want to give; the server does the socket work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

MAX_JSON_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `path` is kept percent-encoded as sent; `body` is the raw body bytes."""

    method: str
    path: str
    raw_query: str
    headers: Mapping[str, str]
    body: bytes
    base_url: str

    @property
    def query(self) -> dict[str, list[str]]:
        """Query values by name, decoded; a repeated name keeps all its values."""
        return parse_qs(self.raw_query, keep_blank_values=True)

    def header(self, name: str) -> str | None:
        """A header's value without regard to case, or None. Lookup relies on the mail-style mapping."""
        return self.headers.get(name)

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case, or ""."""
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `remote_id` is set when the call made something, for the fault that hides it."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = field(default=())

    def with_headers(self, *extra: tuple[str, str]) -> Answer:
        """The same answer with more headers."""
        return Answer(self.status, self.body, self.headers + extra)


class Refused(Exception):  # noqa: N818  (it is an answer, not a defect)
    """Raised by a handler to answer at once."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class BadJsonError(ValueError):
    """The body is no JSON object: bad UTF-8, bad syntax, a doubled key, a lone surrogate."""


def json_answer(status: int, value: object, *headers: tuple[str, str]) -> Answer:
    """A JSON answer; text goes out as UTF-8."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Answer(status, body, (("Content-Type", "application/json; charset=utf-8"), *headers))


def html_answer(status: int, page: str, *headers: tuple[str, str]) -> Answer:
    """An HTML answer that no frame may hold and that runs no script."""
    return Answer(
        status,
        page.encode("utf-8"),
        (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *headers,
        ),
    )


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise BadJsonError(f"doubled key {name!r}")
        seen[name] = value
    return seen


def _no_constant(name: str) -> Any:
    raise BadJsonError(f"{name} is not JSON")


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`. Raises `BadJsonError` for anything else."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
        # A lone surrogate can be written as an escape in JSON, but it is no text.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except BadJsonError:
        raise
    except (ValueError, RecursionError) as problem:
        raise BadJsonError(str(problem)) from problem
    if not isinstance(value, dict):
        raise BadJsonError("the body must be an object")
    return value
