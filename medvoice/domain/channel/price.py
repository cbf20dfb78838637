"""What X takes for a post on pay-per-use credits, as dated data.

Prices: X's developer pricing page as read on 22 August 2026 (platforms notes, section on X). They change;
what is said with them names that day. Amounts are thousandths of a US dollar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import entities

MOST_DOLLARS = 10_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Thousandths of a US dollar for one post, for one that contains a link, and the day they were read."""

    post: int
    post_with_link: int
    as_of: date


X_PRICES = Prices(post=15, post_with_link=200, as_of=date(2026, 8, 22))


@dataclass(frozen=True, slots=True)
class Cost:
    """`mills` (thousandths of a US dollar) for `posts`, of which `links` contain a link."""

    posts: int = 0
    links: int = 0
    mills: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.posts + other.posts, self.links + other.links, self.mills + other.mills)


def cost_of(texts: Sequence[str], prices: Prices = X_PRICES) -> Cost:
    """What these posts cost by the network's rule. A bare domain ("medvoice.com" in a sentence) is a link to
    X and costs as one. Pure; linear in the texts; any thread."""
    links = sum(bool(entities.extract(text).urls) for text in texts)
    mills = links * prices.post_with_link + (len(texts) - links) * prices.post
    return Cost(len(texts), links, mills)


def dollars(mills: int) -> str:
    """ "$0.26"; "$0.015" where cents would not say it."""
    return f"${mills / 1000:.3f}" if mills % 10 else f"${mills / 1000:.2f}"


def read_dollars(text: str) -> int | None:
    """Thousandths of a dollar of "5", "$5.50" or "5,50"; 0 for "" and "0"; None for anything else."""
    plain = text.strip().removeprefix("$").strip().replace(",", ".")
    if not plain:
        return 0
    whole, _, part = plain.partition(".")
    is_number = f"{whole}{part}".isascii() and whole.isdigit() and (not part or part.isdigit())
    if not is_number or len(part) > 2:
        return None
    mills = int(whole) * 1000 + int(part.ljust(2, "0") or 0) * 10
    return mills if mills <= MOST_DOLLARS * 1000 else None
