"""JSON and words as they go over the wire, the same for every network."""

import json

from medvoice.domain.errors import UserError
from medvoice.platforms.http import Answer


def to_bytes(body: dict[str, object], text: str, channel: str) -> bytes:
    """Compact JSON of `body` in UTF-8; the same bytes for the same body.

    Raises UserError `text_empty`, or `text_unreadable` when `text`, the post in it, holds NUL or half a
    character (a lone surrogate).
    """
    if not text.strip():
        raise UserError("text_empty", channel=channel)
    try:
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError as problem:
        raise UserError("text_unreadable", channel=channel) from problem
    if "\0" in text:
        raise UserError("text_unreadable", channel=channel)
    return raw


def json_of(answer: Answer) -> dict[str, object]:
    """The JSON object of an answer, {} when it holds none."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def plain(text: object, *secrets: str) -> str:
    """A server's own words, fit to be kept: one line, at most 300 characters, without `secrets`."""
    words = str(text)
    for secret in secrets:
        if secret:
            words = words.replace(secret, "…")
    words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return words if len(words) <= 300 else words[:299] + "…"
