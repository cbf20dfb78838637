"""Whether one link, hashtag, name or list is well formed for X, by the rules published with twitter-text 3.

These judge a whole string; `entities` finds the same things inside a text.
"""

import re

from . import entities
from .urls import MAX_URL_LENGTH

_SCHEME = r"(?:(?P<scheme>[^:/?#]+)://)?"
_PARTS = re.compile(
    rf"{_SCHEME}(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?"
)
_UNRESERVED = r"a-zA-Z\u0400-\u04ff0-9\-._~"
_DELIMITERS = r"!$&'()*+,;="
_ESCAPED = "%[0-9a-fA-F]{2}"
_SEGMENT = rf"[{_UNRESERVED}{_DELIMITERS}:|@/]|{_ESCAPED}"
_PATH = re.compile(rf"(?:/(?:{_SEGMENT})*+)?")
_QUERY = re.compile(rf"(?:[?]|{_SEGMENT})*+")
_USER = rf"(?:(?:[{_UNRESERVED}{_DELIMITERS}:]|{_ESCAPED})*+@)?"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_WIDE = r"a-zA-Z0-9\u0080-\U0010ffff"
_LABEL = rf"[{_WIDE}](?:[{_WIDE}-]*[{_WIDE}])?"
_SUBDOMAIN = rf"[{_WIDE}](?:[{_WIDE}_-]*[{_WIDE}])?"
_TLD = rf"(?![0-9]){_LABEL}"
_ADDRESS = rf"{_OCTET}(?:\.{_OCTET}){{3}}|\[[a-fA-F0-9:.]+\]"
_HOST = re.compile(rf"{_USER}(?:{_ADDRESS}|(?:{_SUBDOMAIN}\.)*{_LABEL}\.{_TLD})(?::[0-9]{{1,5}})?")


def is_url(text: str, *, needs_protocol: bool = True) -> bool:
    """Whether the whole text is a well-formed web address; without `needs_protocol` a bare host will do."""
    if not text or len(text) > MAX_URL_LENGTH:
        return False
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return False
    scheme = parts["scheme"]
    if (scheme is None and needs_protocol) or (scheme and scheme.lower() not in ("http", "https")):
        return False
    return bool(
        _HOST.fullmatch(parts["host"])
        and _PATH.fullmatch(parts["path"])
        and _QUERY.fullmatch(parts["query"] or "")
        and _QUERY.fullmatch(parts["fragment"] or "")
    )


def is_hashtag(text: str) -> bool:
    """Whether the whole text, with its sign, is one hashtag."""
    return entities.hashtags(text) == ((0, len(text)),)


def is_username(text: str) -> bool:
    """Whether the whole text, with its sign, is one name."""
    return entities.mentions(text) == ((0, len(text)),)


def is_list(text: str) -> bool:
    """Whether the whole text, with its sign, is one `@name/list`."""
    found = entities.mentions_or_lists(text)
    return len(found) == 1 and found[0][:2] == (0, len(text)) and bool(found[0].list_slug)
