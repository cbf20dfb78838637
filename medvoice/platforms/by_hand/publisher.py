"""By hand: nothing is sent; the composer's address and reading the link that the person pastes back."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

from medvoice.domain.account import Account, Tokens
from medvoice.domain.errors import UserError
from medvoice.domain.outbox import Delivery, Part
from medvoice.domain.outcome import CannotTell, HandedOver, Outcome, Sighting
from medvoice.services.ports import Prepared

# Composer addresses as the networks' own pages use them. Neither is documented for long texts: the text
# is always on the clipboard as well.
COMPOSERS = {
    "linkedin": "https://www.linkedin.com/feed/?shareActive=true&text={}",
    "x": "https://x.com/intent/post?text={}",
}
# Browsers and servers differ in how long an address they take; beyond this the composer opens empty.
MAX_URL = 8_000
_LINKEDIN_HOSTS = re.compile(r"(?:[a-z]{2,3}\.|www\.)?linkedin\.com")
_X_HOSTS = re.compile(r"(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com")
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d{5,25}")
_LINKEDIN_SLUG = re.compile(r"/posts/[^/]*?-(share|ugcPost|activity)-(\d{5,25})(?:-[\w-]+)?/?")
_X_PATH = re.compile(r"/(?:i/web|i|[A-Za-z0-9_]{1,15})/status/(\d{1,19})(?:/.*)?")


@dataclass(slots=True)
class ByHandPublisher:
    """ports.Publisher for posts that the person puts up. Touches no network; may run on any thread."""

    network: str

    def prepare(self, account: Account, delivery: Delivery, part: Part, reply_to: str) -> Prepared:
        """The text itself, so that the record holds what was handed over.
        Raises UserError `text_unreadable` for half a character."""
        try:
            return Prepared(part.text.encode("utf-8"))
        except UnicodeEncodeError as problem:
            raise UserError("text_unreadable", channel=self.network) from problem

    def send(self, account: Account, tokens: Tokens, prepared: Prepared) -> Outcome:
        """Always HandedOver."""
        return HandedOver()

    def time_of(self, account: Account) -> datetime | None:
        """No network is asked."""
        return None

    def look(self, account: Account, tokens: Tokens, part: Part, reply_to: str, since: datetime) -> Sighting:
        """Only the person can tell."""
        return CannotTell("by_hand", "")


def composer_url(network: str, text: str) -> str:
    """The address that opens the network's composer, with the text in it when it fits into an address."""
    url = COMPOSERS[network].format(quote(text, safe="", errors="replace"))
    return url if len(url) <= MAX_URL else COMPOSERS[network].format("")


def read_link(network: str, pasted: str) -> tuple[str, str]:
    """The remote id and the clean address of a post from what the person pasted.

    LinkedIn: an URN, /feed/update/URN or /posts/…-activity-N-…; X: …/status/N. Tracking parameters are
    left out. Raises UserError `link_not_a_post` for anything else.
    """
    text = pasted.strip().strip("<>").strip()
    problem = UserError("link_not_a_post", network=network)
    if len(text) > 2_000 or not text:
        raise problem
    if network == "linkedin" and _URN.fullmatch(text):
        return text, f"https://www.linkedin.com/feed/update/{text}/"
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
    except ValueError as bad:
        raise problem from bad
    if parts.scheme not in ("http", "https"):
        raise problem
    found = _linkedin_link(host, parts.path) if network == "linkedin" else _x_link(host, parts.path)
    if found is None:
        raise problem
    return found


def _linkedin_link(host: str, path: str) -> tuple[str, str] | None:
    path = unquote(path)
    if not _LINKEDIN_HOSTS.fullmatch(host):
        return None
    update = re.fullmatch(rf"(?:/embed)?/feed/update/({_URN.pattern})/?", path)
    if update:
        return update.group(1), f"https://www.linkedin.com/feed/update/{update.group(1)}/"
    slug = _LINKEDIN_SLUG.fullmatch(path)
    if slug:
        urn = f"urn:li:{slug.group(1)}:{slug.group(2)}"
        return urn, f"https://www.linkedin.com{quote(path, safe='/-_')}"
    return None


def _x_link(host: str, path: str) -> tuple[str, str] | None:
    found = _X_PATH.fullmatch(path) if _X_HOSTS.fullmatch(host) else None
    if found is None:
        return None
    return found.group(1), f"https://x.com{path[: found.end(1)]}"
